"""An article cut down to its excerpts, and where each place of the whole text has gone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model import CUT, PARAGRAPH_BREAK, Article, Paragraph, Removed, Role, Span

_PLAIN = {Role.TABLE: Role.BODY, Role.LIST_ITEM: Role.BODY}


@dataclass(frozen=True, slots=True)
class Cutting:
    """``old`` and ``new``: the shown spans in the whole text and in the excerpts, in order."""

    body: tuple[Paragraph, ...]
    old: tuple[Span, ...]
    new: tuple[Span, ...]
    length: int

    def shown(self, span: Span) -> Span | None:
        """Where what is shown of ``span``, from its start on, stands among the excerpts; ``None`` where its start is
        not shown.
        """
        at = bisect_right(self.old, span.start, key=lambda s: s.start) - 1
        if at < 0 or span.start >= self.old[at].end:
            return None
        by = self.new[at].start - self.old[at].start
        return Span(span.start, min(span.end, self.old[at].end)).shift(by)

    def gap(self, place: int) -> Span:
        """The empty span within the mark of the cut that ``place`` of the whole text fell to."""
        at = bisect_left(self.old, place, key=lambda s: s.end)
        before = self.new[at - 1].end if at else 0
        after = self.new[at].start if at < len(self.new) else self.length
        # One into the mark, so that it is in no span that only begins or ends there.
        inside = min(before + (2 if at else 1), max(before, after - 1))
        return Span(inside, inside)

    def covering(self, span: Span) -> Span:
        """``span`` among the excerpts with the cuts that lie wholly within it: what is left of a long passage."""
        inside = [n for o, n in zip(self.old, self.new, strict=True) if o.overlaps(span)]
        if not inside:
            place = self.gap(span.start)
            return Span(max(place.start - 1, 0), max(place.start - 1, 0))
        first, last = self.shown(span), self.shown(Span(max(span.start, span.end - 1), span.end))
        return Span(first.start if first else inside[0].start, last.end if last else inside[-1].end)


def cut(article: Article, spans: Sequence[Span]) -> Cutting:
    """``spans`` lie each within a paragraph, apart from each other and in order."""
    body: list[Paragraph] = []
    new: list[Span] = []
    at, pending = 0, False
    for paragraph, place in zip(article.body, article.paragraph_spans, strict=True):
        own = [s for s in spans if s in place]
        if not own:
            pending = True
            continue
        if pending:
            body.append(Paragraph(CUT))
            at += len(CUT) + len(PARAGRAPH_BREAK)
            pending = False
        text, places = _pieces(article.text, place, own)
        new += [p.shift(at) for p in places]
        level = 0 if paragraph.role in _PLAIN else paragraph.level
        body.append(Paragraph(text, _PLAIN.get(paragraph.role, paragraph.role), None, level))
        at += len(text) + len(PARAGRAPH_BREAK)
    if pending:
        body.append(Paragraph(CUT))
        at += len(CUT) + len(PARAGRAPH_BREAK)
    return Cutting(tuple(body), tuple(spans), tuple(new), max(0, at - len(PARAGRAPH_BREAK)))


def _pieces(text: str, place: Span, own: Sequence[Span]) -> tuple[str, list[Span]]:
    """A paragraph's excerpts with marked cuts, and where each stands in it."""
    made, spans, at = "", [], place.start
    for span in own:
        if text[at : span.start].strip():
            made += f"{' ' if made else ''}{CUT}"
        made += " " if made else ""
        spans.append(Span(len(made), len(made) + len(span)))
        made += span.of(text)
        at = span.end
    if text[at : place.end].strip():
        made += f" {CUT}"
    return made, spans


def reduced(article: Article, cutting: Cutting) -> tuple[tuple[Paragraph, ...], tuple[Removed, ...]]:
    """The excerpts for a body, and what was set aside without its words."""
    return cutting.body, tuple(Removed("", r.role, r.rule, r.after, len(r.text.split())) for r in article.removed)
