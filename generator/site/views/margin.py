"""An article's text with a note in the margin beside each claim: what is said of it, and who else has it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from msgspec import Struct

from generator.model import Article, Claim, Mention, Role, Span
from generator.site import addresses, catalogue, wording
from generator.site.catalogue import _, ngettext
from generator.site.desk import Desk
from generator.site.language import Said
from generator.site.views import base
from generator.site.views.base import Link
from generator.site.views.mentions import chain, differs
from generator.site.weaving import Ref, Sentence, cells, runs, weave


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


def paragraphs(desk: Desk, article: Article) -> Iterator[ParagraphView]:
    """The paragraphs of an article, each with its sentences, their marks, and the notes that stand beside it."""
    sentences = desk.sentences(article.id)
    starts = [span.start for span, _ in sentences]
    places = desk.paragraph_spans(article.id)
    marks = _by_paragraph(places, [(m, c) for m, c in desk.claims_by_article[article.id] if not m.headline])
    common = _shared_spans(desk, article)
    for n, (paragraph, place) in enumerate(zip(article.body, places, strict=True)):
        first = max(bisect_right(starts, place.start) - 1, 0)
        inside = sentences[first : bisect_left(starts, place.end, first)]
        own = marks.get(n, [])
        if len(own) > 1:
            own.sort(key=lambda o: (o[0].span.end, desk.numbers[o[1].id]))
        said = desk.said(paragraph.text, article.id)
        woven = weave(
            runs(paragraph),
            inside,
            [(m.span.end, _ref(desk, c)) for m, c in own],
            shared=[s for s in common if s.overlaps(place)] if common else (),
            start=place.start,
        )
        yield ParagraphView(
            id=f"p{n + 1}",
            role=paragraph.role.value,
            level=paragraph.level,
            lang=said.lang,
            dir=said.dir,
            sentences=woven,
            rows=cells(woven) if paragraph.role is Role.TABLE else (),
            notes=tuple([note(desk, m, c) for m, c in own]),
        )


def _by_paragraph(
    places: tuple[Span, ...], pairs: list[tuple[Mention, Claim]]
) -> dict[int, list[tuple[Mention, Claim]]]:
    starts = [s.start for s in places]
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
    key = "ref", claim.id
    found: Ref | None = desk.lines.get(key)
    if found is None:
        path = desk.claim_path(claim) if desk.has_page(claim) else f"#{addresses.claim_mark(claim.id)}"
        number = desk.numbers[claim.id]
        found = desk.lines[key] = Ref(number, path, _("claim %(number)s", number=number))
    return found


def note(desk: Desk, mention: Mention, claim: Claim) -> Note:
    """The note on ``claim`` beside its ``mention``."""
    others = desk.spread(claim) - 1
    parting = differs(claim)
    alone = not desk.has_page(claim)
    return Note(
        addresses.claim_mark(claim.id) if _is_first(mention, claim) else None,
        desk.numbers[claim.id],
        f"#{desk.sentence_path(mention).partition('#')[2]}" if alone else desk.claim_path(claim),
        "alone" if not others else "differs" if parting else "shared",
        _also(others),
        parting if others else None,
        _verbatim(desk, mention),
        chain(desk, mention),
        _told(desk, mention, claim) if alone else None,
    )


def _is_first(mention: Mention, claim: Claim) -> bool:
    """Whether a mention carries its claim's address in its article."""
    if len(claim.mentions) == 1:
        return True
    return mention is next(m for m in claim.mentions if m.article == mention.article)


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


@catalogue.in_each_language
def _also(others: int) -> str:
    if not others:
        return _("only here")
    return ngettext("also in %(n)s other outlet", "also in %(n)s other outlets", others)


def _verbatim(desk: Desk, mention: Mention) -> Link | None:
    """The outlet from which the words were taken as they are, with the page that shows both, else the other."""
    reuses = desk.reuses_of[mention.article]
    for reuse in reuses if reuses and not mention.headline else ():
        copied = reuse.target == mention.article and reuse.direction != "open"
        if copied and any(p.exact and mention.span in p.target for p in reuse.passages):
            path = desk.compare_path(reuse) or desk.article_path(reuse.source)
            return Link(desk.outlet_name(reuse.source), path)
    return None


def grouped(paragraphs: Iterable[ParagraphView]) -> Iterator[tuple[str, tuple[ParagraphView, ...]]]:
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
