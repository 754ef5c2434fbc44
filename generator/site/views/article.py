"""An article's page: what was printed, with every claim marked where it stands and a note in the margin beside it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from msgspec import Struct

from generator.model import CUT, Article, Change, Claim, Mention, Publication, Removed, Reuse, Role, Span
from generator.project import Settings
from generator.site import addresses, catalogue, exports, wording
from generator.site.catalogue import _, ngettext
from generator.site.desk import TITLE, Desk
from generator.site.language import Said
from generator.site.views import base
from generator.site.views.base import Head, Link
from generator.site.views.mentions import chain, differs
from generator.site.weaving import Ref, Sentence, cells, runs, weave

ATTRIBUTIONS = 120
CHANGES = 60  # of a version
LONGEST_CHANGE = 400  # characters
LONGEST_HELD = 160  # characters of an attribution in the list
OPENING = 6  # words
CITATIONS = (("BibTeX", "cite.bib"), ("RIS", "cite.ris"), ("CSL-JSON", "cite.csl.json"))


class Note(Struct, frozen=True, gc=False):
    """What stands in the margin on one claim. ``id`` is its address; of a claim that has no page all that one would
    tell stands here (``told``) and ``href`` leads to its sentence.
    """

    id: str | None
    number: int
    href: str
    kind: str
    words: str
    differs: str | None
    verbatim: Link | None
    voices: tuple[Link, ...]
    told: Told | None


class Told(Struct, frozen=True, gc=False):
    """How a claim is put that stands in one article alone, and where from; ``original`` leads to the words there."""

    firmness: wording.Firmness
    form: str | None
    stance: str | None
    hedge: Said | None
    ahead: bool
    origin: Said | None
    original: str | None


class ParagraphView(Struct, frozen=True, gc=False):
    id: str
    role: str
    level: int
    lang: str | None
    dir: str | None
    sentences: tuple[Sentence, ...]
    rows: tuple[tuple[tuple[Sentence, ...], ...], ...]
    notes: tuple[Note, ...]


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
        title_notes=tuple(_note(desk, m, c) for m, c in pairs if m.headline),
        outlet=base.outlet_link(desk, desk.outlet_of(article_id)),
        when=base.when(article),
        record=tuple(_record(desk, article)),
        groups=tuple(_grouped(_paragraphs(desk, article))),
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


def _paragraphs(desk: Desk, article: Article) -> Iterator[ParagraphView]:
    text = article.text
    sentences = desk.sentences(article.id)
    starts = [span.start for span, _ in sentences]
    marks = _by_paragraph(article, [(m, c) for m, c in desk.claims_by_article[article.id] if not m.headline])
    common = _shared_spans(desk, article)
    for n, (paragraph, place) in enumerate(zip(article.body, article.paragraph_spans, strict=True)):
        first = max(bisect_right(starts, place.start) - 1, 0)
        inside = [(_clip(span, place), mark) for span, mark in _until(sentences, first, place.end)]
        own = marks.get(n, [])
        passages = [s.shift(-place.start) for s in common if s.overlaps(place)]
        said = desk.said(text[place.start : place.end], article.id)
        woven = weave(
            runs(paragraph),
            inside,
            [(m.span.end - place.start, _ref(desk, c)) for m, c in own],
            shared=passages,
        )
        yield ParagraphView(
            id=f"p{n + 1}",
            role=paragraph.role.value,
            level=paragraph.level,
            lang=said.lang,
            dir=said.dir,
            sentences=woven,
            rows=cells(woven) if paragraph.role is Role.TABLE else (),
            notes=tuple(
                _note(desk, m, c) for m, c in sorted(own, key=lambda o: (o[0].span.end, desk.numbers[o[1].id]))
            ),
        )


def _until(sentences: tuple[tuple[Span, str], ...], first: int, end: int) -> Iterator[tuple[Span, str]]:
    for span, mark in sentences[first:]:
        if span.start >= end:
            return
        yield span, mark


def _clip(span: Span, place: Span) -> Span:
    """``span`` as far as it lies in ``place``, counted from there."""
    return Span(max(span.start - place.start, 0), min(max(span.end - place.start, 0), place.end - place.start))


def _by_paragraph(article: Article, pairs: list[tuple[Mention, Claim]]) -> dict[int, list[tuple[Mention, Claim]]]:
    starts = [s.start for s in article.paragraph_spans]
    found: dict[int, list[tuple[Mention, Claim]]] = {}
    for mention, claim in pairs:
        place = bisect_right(starts, mention.span.end - 1) - 1
        found.setdefault(max(place, 0), []).append((mention, claim))  # what was cut at the very start lies before it
    return found


def _shared_spans(desk: Desk, article: Article) -> tuple[Span, ...]:
    """Where the article's words stand in another article too."""
    spans = [p.source if r.source == article.id else p.target for r in desk.reuses_of[article.id] for p in r.passages]
    return _union(spans)


def _union(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _ref(desk: Desk, claim: Claim) -> Ref:
    path = desk.claim_path(claim) if desk.has_page(claim) else f"#{addresses.claim_mark(claim.id)}"
    return Ref(desk.numbers[claim.id], path, _("claim %(number)s", number=desk.numbers[claim.id]))


def _note(desk: Desk, mention: Mention, claim: Claim) -> Note:
    others = desk.spread(claim) - 1
    parting = differs(claim)
    if not others:
        kind, words = "alone", _("only here")
    elif parting:
        kind, words = "differs", _also(others)
    else:
        kind, words = "shared", _also(others)
    alone = not desk.has_page(claim)
    return Note(
        addresses.claim_mark(claim.id) if mention is _first(claim, mention.article) else None,
        desk.numbers[claim.id],
        f"#{desk.sentence_path(mention).partition('#')[2]}" if alone else desk.claim_path(claim),
        kind,
        words,
        parting if others else None,
        _verbatim(desk, mention),
        chain(desk, mention),
        _told(desk, mention, claim) if alone else None,
    )


def _first(claim: Claim, article_id: str) -> Mention:
    """The mention that carries a claim's address in an article."""
    return next(m for m in claim.mentions if m.article == article_id)


def _told(desk: Desk, mention: Mention, claim: Claim) -> Told:
    voices = {s.name for s in mention.chain}
    origin = next((o.name for o in desk.origins_of.get(claim.id, ()) if o.reasons and o.name not in voices), None)
    return Told(
        wording.firmness(mention),
        wording.form(mention.quote) if mention.quote else None,
        wording.stance(mention.stance) if mention.stance != "says" else None,
        desk.said(hedge, mention.article) if (hedge := wording.hedge(mention)) else None,
        wording.looks_ahead(mention),
        desk.said(origin) if origin else None,
        base.original(desk.article(mention.article), mention.text) if not mention.headline else None,
    )


def _also(others: int) -> str:
    return ngettext("also in %(n)s other outlet", "also in %(n)s other outlets", others)


def _verbatim(desk: Desk, mention: Mention) -> Link | None:
    """The outlet from which the words were taken as they are, with the page that shows both, else the other."""
    for reuse in desk.reuses_of[mention.article] if not mention.headline else ():
        copied = reuse.target == mention.article and reuse.direction != "open"
        if copied and any(p.exact and mention.span in p.target for p in reuse.passages):
            path = desk.compare_path(reuse) or desk.article_path(reuse.source)
            return Link(desk.outlet_name(reuse.source), path)
    return None


def _grouped(paragraphs: Iterable[ParagraphView]) -> Iterator[tuple[str, tuple[ParagraphView, ...]]]:
    """Neighbouring list items make one list; everything else stands alone."""
    items: list[ParagraphView] = []
    for paragraph in paragraphs:
        if paragraph.role == Role.LIST_ITEM.value:
            items.append(paragraph)
            continue
        if items:
            yield "list", tuple(items)
            items = []
        yield paragraph.role, (paragraph,)
    if items:
        yield "list", tuple(items)


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
