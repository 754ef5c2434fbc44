"""An article's text with a note in the margin beside each claim: what is said of it, and who else has it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from msgspec import Struct

from generator.model import Article, Claim, Mention, Role, Span
from generator.site import addresses, wording
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
            notes=tuple(note(desk, m, c) for m, c in sorted(own, key=lambda o: (o[0].span.end, desk.numbers[o[1].id]))),
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


def note(desk: Desk, mention: Mention, claim: Claim) -> Note:
    """The note on ``claim`` beside its ``mention``."""
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
