"""An article's page: what was printed, with every claim marked where it stands and a note in the margin beside it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.model import CUT, Article, Change, Publication, Removed, Reuse, Role, Span
from generator.project import Settings
from generator.site import addresses, catalogue, exports, wording
from generator.site.catalogue import _, ngettext
from generator.site.desk import TITLE, Desk
from generator.site.language import Said
from generator.site.views import base
from generator.site.views.base import Head, Link
from generator.site.views.margin import Note, ParagraphView, grouped, note, paragraphs

ATTRIBUTIONS = 120
CHANGES = 60  # of a version
LONGEST_CHANGE = 400  # characters
LONGEST_HELD = 160  # characters of an attribution in the list
OPENING = 6  # words
CITATIONS = (("BibTeX", "cite.bib"), ("RIS", "cite.ris"), ("CSL-JSON", "cite.csl.json"))


class Field(Struct, frozen=True, gc=False):
    """A line of the article's record; ``value`` is ``None`` where it is not known, ``evidence`` says how it is."""

    name: str
    value: Said | None
    evidence: str | None = None
    href: str | None = None
    iso: str | None = None


class Shares(Struct, frozen=True, gc=False):
    """Another article with which this one has words in common; ``href`` is the page of both side by side."""

    share: str
    outlet: Said
    article: Link
    href: str | None


class RemovedView(Struct, frozen=True, gc=False):
    """``printed`` is whether the words are shown, or only counted."""

    kind: str
    rule: str
    text: Said
    printed: bool = True


class Earlier(Struct, frozen=True, gc=False):
    """An earlier version of the article: when, the file that holds it, and what the next version changed in it."""

    when: wording.When
    file: str
    changes: tuple[tuple[Said | None, Said | None, str | None], ...]


class Held(Struct, frozen=True, gc=False):
    """Who is held to which words, in one sentence: voices from the one nearest to the event to the last relay."""

    voices: str
    cue: str | None
    words: Said
    form: str
    href: str


class ArticleView(Struct, frozen=True, gc=False):
    head: Head
    title: Said
    untitled: bool
    title_notes: tuple[Note, ...]
    outlet: Link
    when: wording.When
    record: tuple[Field, ...]
    groups: tuple[tuple[str, tuple[ParagraphView, ...]], ...]
    credits: tuple[Said, ...]
    captions: tuple[RemovedView, ...]
    removed: tuple[RemovedView, ...]
    shares: tuple[Shares, ...]
    apart: bool
    attributions: tuple[Held, ...]
    earlier: tuple[Earlier, ...]
    publication: Publication | None
    original: str | None
    citations: tuple[tuple[str, str], ...]
    cite: tuple[tuple[str, str], ...]
    claims: int
    alone: int
    lang: str | None
    previous: Link | None
    next: Link | None


def article_view(desk: Desk, article_id: str, settings: Settings) -> ArticleView:
    article = desk.article(article_id)
    pairs = desk.claims_by_article[article_id]
    title = base.titled(article, desk)
    kept = [r for r in article.removed if r.role is Role.CAPTION]
    return ArticleView(
        head=_head(desk, article, settings),
        title=title,
        untitled=article.title is None,
        title_notes=tuple(note(desk, m, c) for m, c in pairs if m.headline),
        outlet=base.outlet_link(desk, desk.outlet_of(article_id)),
        when=base.when(article),
        record=tuple(_record(desk, article)),
        groups=tuple(grouped(paragraphs(desk, article))),
        credits=tuple(desk.said(c, article_id) for c in article.credits),
        captions=tuple(_removed(desk, article, r) for r in kept),
        removed=tuple(_removed(desk, article, r) for r in article.removed if r not in kept),
        shares=(shares := tuple(_shares(desk, article_id, r) for r in desk.reuses_of[article_id])),
        apart=any(s.href is None for s in shares),
        earlier=tuple(_earlier(desk, article)) if _whole(desk, article) else (),
        attributions=tuple(_held(desk, article))[:ATTRIBUTIONS],
        publication=desk.publications.get(article_id),
        original=base.original(article, _opening(article)),
        citations=exports.citations(article, base.absolute(settings, desk.article_path(article_id))),
        cite=tuple((n, addresses.data(desk.story, f)) for n, f in CITATIONS),
        claims=len({c.id for _, c in pairs}),
        alone=len({c.id for _, c in pairs if desk.spread(c) == 1}),
        lang=title.lang,
        previous=_neighbour(desk, article_id, -1),
        next=_neighbour(desk, article_id, 1),
    )


def _head(desk: Desk, article: Article, settings: Settings) -> Head:
    path = desk.article_path(article.id)
    outlet = desk.outlet_of(article.id)
    facts = {k: v for k, v in base.article_ld(desk, article, settings).items() if k not in ("@type", "url")}
    claims = len({c.id for _, c in desk.claims_by_article[article.id]})
    return Head(
        path=path,
        title=f"{base.short(article.label, 70)} – {outlet}, {base.when(article).label}{_mark(desk, article)}",
        description=base.short(
            _(
                "%(outlet)s, %(when)s: %(claims)s marked sentence by sentence, with who else reports each. %(title)s",
                outlet=outlet,
                when=base.when(article).label,
                claims=ngettext("%(n)s claim", "%(n)s claims", claims),
                title=article.label,
            ),
            240,
        ),
        ld=base.ld(settings, "NewsArticle", path, **facts),
        kind="article",
        crumbs=(base.home_crumb(), base.story_crumb(desk)),
        image=base.card(desk),
        feed=base.feed(desk),
    )


def _mark(desk: Desk, article: Article) -> str:
    """Wire copy has equal titles and dates: then the article's place in the story tells the pages apart."""
    return f" ({desk.places[article.id] + 1})" if desk.same_heads[article.label, article.outlet] > 1 else ""


def _earlier(desk: Desk, article: Article) -> Iterator[Earlier]:
    """The versions before, the oldest first; a change says old words, new words and the paragraph it is in now."""
    last = len(article.versions) - 1
    for n, version in enumerate(article.versions):
        yield Earlier(
            wording.when(version.updated or version.published),
            version.source_file,
            tuple(
                (
                    desk.said(base.short(c.old, LONGEST_CHANGE), article.id) if c.old else None,
                    desk.said(base.short(c.new, LONGEST_CHANGE), article.id) if c.new else None,
                    _place(article, c) if n == last else None,
                )
                for c in version.changes[:CHANGES]
            ),
        )


def _place(article: Article, change: Change) -> str | None:
    """Where a change stands in the text as it is now."""
    if change.paragraph is None:
        return TITLE
    return f"p{change.paragraph + 1}" if change.paragraph < len(article.body) else None


def _whole(desk: Desk, article: Article) -> bool:
    """Whether all words of an article may be shown; only then are those of its earlier versions."""
    shown = desk.publications.get(article.id)
    return shown is None or shown.right == "full"


def _opening(article: Article) -> str | None:
    """The first words of the text, which the original has too: where a reader wants to arrive."""
    first = next((p.text for p in article.body if p.role is Role.BODY), None)
    return " ".join(first.split()[:OPENING]) if first and not first.startswith(CUT) else None


def _held(desk: Desk, article: Article) -> Iterator[Held]:
    """Every attribution of the article, claim or not, in the order of the text."""
    text = article.text
    for a in sorted(desk.articles[article.id].attributions, key=lambda a: a.content[0] if a.content else Span(0, 0)):
        if a.content:
            yield Held(
                voices=" → ".join(wording.voice(s) for s in a.chain) or (a.source.of(text) if a.source else ""),
                cue=a.cue.of(text) if a.cue else None,
                words=desk.said(base.short(" … ".join(s.of(text) for s in a.content), LONGEST_HELD), article.id),
                form=wording.form(a.kind),
                href=desk.place_path(article.id, a.content[0].start),
            )


def _record(desk: Desk, article: Article) -> Iterator[Field]:
    """Every field with how it is known; what is not known says so."""
    evidence = dict(article.evidence)
    yield _field(desk, _("Outlet"), article.outlet, evidence.get("outlet"), desk.outlet_path(article.outlet or ""))
    yield _dated(_("Published"), article.published, evidence.get("published"))
    if article.updated:
        yield _dated(_("Updated"), article.updated, evidence.get("updated"))
    yield _field(desk, _("By"), catalogue.listed(article.authors), evidence.get("authors") or evidence.get("byline"))
    for name, value, key in (
        (_("Place"), article.dateline, "dateline"),
        (_("Agency"), catalogue.listed(article.agency), "agency"),
        (_("Language"), catalogue.language_name(article.language or ""), "language"),
        (_("Rights"), article.rights, "rights"),
        (_("Saved as"), article.source_file, "source_file"),
        (_("Doubts"), evidence.get("doubts"), ""),
    ):
        if value:
            yield _field(desk, name, value, evidence.get(key))


def _field(desk: Desk, name: str, value: str | None, evidence: str | None, href: str | None = None) -> Field:
    return Field(name, desk.said(value) if value else None, wording.evidence(evidence), href)


def _dated(name: str, iso: str | None, evidence: str | None) -> Field:
    return Field(name, Said(wording.when(iso).label) if iso else None, wording.evidence(evidence), None, iso)


def _removed(desk: Desk, article: Article, removed: Removed) -> RemovedView:
    kind, rule = wording.role(removed.role.value), removed.rule.replace("-", " ")
    if removed.withheld:
        words = ngettext("%(n)s word, not shown", "%(n)s words, not shown", removed.withheld)
        return RemovedView(kind, rule, Said(words), printed=False)
    return RemovedView(kind, rule, desk.said(removed.text, article.id))


def _shares(desk: Desk, article_id: str, reuse: Reuse) -> Shares:
    copied = reuse.target == article_id
    other = reuse.source if copied else reuse.target
    share = catalogue.percent(reuse.share if copied else reuse.source_share)
    outlet = desk.outlet_of(other)
    return Shares(
        share,
        desk.said(outlet),
        Link(base.titled(desk.article(other), desk), desk.article_path(other)),
        desk.compare_path(reuse),
    )


def _neighbour(desk: Desk, article_id: str, step: int) -> Link | None:
    at = desk.places[article_id] + step
    if not 0 <= at < len(desk.digest.articles):
        return None
    other = desk.digest.articles[at].article
    return Link(base.titled(other, desk), desk.article_path(other.id), desk.outlet_name(other.id))
