"""Frames -> spans: a quotation that a content touches is taken whole, and followed on over sentences and paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.model import Span
from generator.summarizer.attribution.edges import cites, framed
from generator.summarizer.attribution.frame import NAMING, VERBAL, Frame, Range, head_of
from generator.summarizer.attribution.tree import Tree
from generator.summarizer.attribution.view import Paragraph

# A quotation that goes on for more paragraphs is a mark forgotten, not a speech.
_MOST_PARAGRAPHS = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """A frame put into spans. ``where`` is the paragraph's number; ``grown`` says what quotations added; ``cut`` is the
    head of what a shorter form leaves off.
    """

    where: int
    frame: Frame
    cue: Span
    content: tuple[Span, ...]
    source: Span | None
    grown: str = ""
    cut: int | None = None


def placed(view: list[Paragraph], paragraph: Paragraph, frame: Frame) -> Candidate:
    tree = paragraph.tree
    frame = _with_hyphenated(tree, frame)
    frame = _with_apposition(paragraph, _spoken(paragraph, frame))
    cue = tree.span(*frame.cue)
    source = _source_span(tree, frame)
    spans = [tree.span(a, b) for a, b in _parts(tree, frame)]
    grown = ""
    whole = [_completed(paragraph, frame.head, cue, span) for span in spans]
    if whole != spans:
        grown = "completed"
    spans = whole
    if frame.content and any(
        paragraph.quoted[i] >= 0
        for i in (frame.content[0][0], frame.content[-1][1], (frame.content[0][0] + frame.content[0][1]) // 2)
    ):
        more = list(_continued(view, paragraph, frame, spans))
        if more:
            grown += "+continued"
            spans = [*spans, *more]
    if frame.name.startswith("colon") and frame.variant == "next":
        spans = list(_next_paragraph(view, paragraph))
    return Candidate(paragraph.number, frame, cue, _disjoint(spans, cue), source, grown)


def _parts(tree: Tree, frame: Frame) -> list[Range]:
    """The content's ranges between their certain edges; "citing two aides" after a cue is none of them."""
    parts = [
        framed(tree, frame, (_after_saying(tree, frame, a, b), _before_according(tree, frame, a, b)))
        for a, b in frame.content
    ]
    return [part for part in parts if not cites(tree, part[0])] or parts if len(parts) > 1 else parts


def _source_span(tree: Tree, frame: Frame) -> Span | None:
    """The source without the marks that only stand beside it."""
    if frame.source is None:
        return None
    first, last = frame.source
    while first < last and tree.words[first] in ('"', "”", "''", ","):
        first += 1
    while last > first and tree.words[last] == ",":
        last -= 1
    return tree.span(first, last)


def without_source(tree: Tree, candidate: Candidate) -> Candidate:
    """As in "what X said would be Y": X does not stand in what X said, which begins after the cue."""
    frame, cue = candidate.frame, candidate.cue
    if frame.source is None or not frame.name.startswith("ccomp") or frame.source[1] > frame.cue[0]:
        return candidate
    before = frame.source[0] - 1
    if before < 0 or tree.words[before].lower() not in ("what", "which", "who", "that"):
        return candidate
    held = [tree.between(s) for s in candidate.content if s.start >= cue.end]
    content = tuple(tree.span(tokens[0], tokens[-1]) for tokens in held if tokens)
    return replace(candidate, content=content) if content else candidate


def _after_saying(tree: Tree, frame: Frame, a: int, b: int) -> int:
    """As in "X cited Y as saying Z": the content is Z alone."""
    if frame.key in ("cite", "quote"):
        for i in range(a, min(b - 1, a + 12)):
            if tree.words[i].lower() == "as" and tree.words[i + 1].lower() == "saying":
                return i + 2
    return a


def _before_according(tree: Tree, frame: Frame, a: int, b: int) -> int:
    """The last token of a range without the ", according to X" that closes it: X passes all of it on."""
    if frame.key == "according to" or frame.head > b:
        return b
    for i in range(max(a + 2, b - 12), b):
        if tree.words[i].lower() == "according" and tree.words[i - 1] == "," and tree.rights[i] >= b - 1:
            return i - 2
    return b


def _spoken(paragraph: Paragraph, frame: Frame) -> Frame:
    """A source inside the quotation that the cue stands outside of is a slip of the parse: the nearest name phrase
    beside the cue speaks.
    """
    head, tree, v = frame.source_head, paragraph.tree, frame.head
    if frame.name.startswith(("colon", "signed", "p:")) or tree.pos[v] not in VERBAL:
        return frame
    if head is not None and (paragraph.quoted[head] < 0 or paragraph.quoted[head] == paragraph.quoted[v]):
        return frame
    if paragraph.quoted[v] >= 0 or not any(paragraph.quoted[i] >= 0 for a, b in frame.content for i in (a, b)):
        return frame
    found = _phrase_beside(paragraph, v)
    return frame if found is None else replace(frame, source=found, source_head=head_of(tree, *found))


def _with_hyphenated(tree: Tree, frame: Frame) -> Frame:
    """A source that would end within "co-operative" goes on to the word's end, and to what clings to it."""
    if frame.source is None:
        return frame
    end = frame.source[1]
    while (
        end + 2 < len(tree)
        and tree.words[end + 1] == "-"
        and tree.ends[end] == tree.starts[end + 1] == tree.ends[end + 1] - 1 == tree.starts[end + 2] - 1
    ):
        end = max(end + 2, tree.rights[end + 2] if frame.head > tree.rights[end + 2] else 0)
    return frame if end == frame.source[1] else replace(frame, source=(frame.source[0], end))


def _with_apposition(paragraph: Paragraph, frame: Frame) -> Frame:
    """As in "said X, a Y from Z": what X is belongs to the source, where the parser hung it elsewhere."""
    tree, source = paragraph.tree, frame.source
    if source is None or source[0] <= frame.head or source[1] + 2 >= len(tree):
        return frame
    comma, stop = source[1] + 1, tree.bounds[tree.sentence[source[1]]][1]
    if tree.words[comma] != "," or tree.words[comma + 1].lower() not in ("a", "an", "the"):
        return frame
    end = comma + 1
    while end + 1 < stop and tree.pos[end + 1] != "PUNCT" and paragraph.quoted[end + 1] < 0:
        end += 1
        if tree.tags[end] in ("VBD", "VBZ", "VBP", "MD"):
            return frame
    return replace(frame, source=(source[0], end))


def _phrase_beside(paragraph: Paragraph, v: int) -> Range | None:
    """As in "X, a Y, said" back to the quotation, else "said X, a Y" up to the next mark."""
    tree = paragraph.tree
    first, stop = tree.bounds[tree.sentence[v]]
    start = v
    while start - 1 >= first and paragraph.quoted[start - 1] < 0:
        start -= 1
    while start < v and tree.pos[start] in ("PUNCT", "SPACE", "CCONJ"):
        start += 1
    end = v - 1
    while end >= start and (tree.pos[end] in ("PUNCT", "AUX", "ADV", "SPACE")):
        end -= 1
    if end >= start and any(tree.pos[i] in NAMING for i in range(start, end + 1)):
        return start, end
    if v + 1 < stop and tree.pos[v + 1] in (*NAMING, "DET", "ADJ"):
        end = v + 1
        while end + 1 < stop and paragraph.quoted[end + 1] < 0 and tree.words[end + 1] not in (",", ".", ";", ":", "—"):
            end += 1
        return v + 1, end
    return None


def _disjoint(spans: list[Span], cue: Span) -> tuple[Span, ...]:
    """In order, merged where they touch, the cue taken out."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end + 1:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    cut: list[Span] = []
    for span in out:
        if span.overlaps(cue):
            cut += [Span(a, b) for a, b in ((span.start, cue.start), (cue.end, span.end)) if b - a > 1]
        else:
            cut.append(span)
    return tuple(cut)


def _completed(paragraph: Paragraph, head: int, cue: Span, span: Span) -> Span:
    """A span that begins or ends inside a quotation is carried to its edge, unless the cue is inside too."""
    own = paragraph.quoted[head] if 0 <= head < len(paragraph.quoted) else -1
    start, end = span.start, span.end
    touched = paragraph.tree.between(span)
    if not touched:
        return span
    for i in (touched[0], touched[-1]):
        n = paragraph.quoted[i]
        if n >= 0 and n != own:
            q = paragraph.quotes[n].span
            if not q.overlaps(cue):
                start, end = min(start, q.start), max(end, q.end)
    return Span(start, end)


def _continued(view: list[Paragraph], paragraph: Paragraph, frame: Frame, spans: list[Span]) -> Iterator[Span]:
    """The quotations that go on after the cue: in its sentence, in the sentences after it, in the next paragraphs."""
    tree = paragraph.tree
    if paragraph.quoted[frame.head] >= 0:
        return
    end = max(frame.cue[1], frame.source[1] if frame.source else 0)
    last = max(s.end for s in spans)
    tail = max(last, tree.ends[end])
    sentence = tree.sentence[frame.head]
    stop = tree.ends[tree.bounds[sentence][1] - 1]
    for q in paragraph.quotes:
        if q.span.start >= tail and q.span.start < stop and len(q.span) > 12:
            if any(tree.pos[i] in VERBAL for i in tree.between(Span(tail, q.span.start))):
                break
            yield q.span
            tail = q.span.end
    stop = max(stop, tail)
    for n in range(sentence + 1, len(tree.bounds)):
        a, b = tree.bounds[n]
        if tree.ends[b - 1] <= stop:
            continue
        if paragraph.quoted[a] < 0 or sum(paragraph.quoted[i] >= 0 for i in range(a, b)) < 0.8 * (b - a):
            return
        q = paragraph.quotes[paragraph.quoted[a]]
        yield q.span
        tail = stop = max(q.span.end, tree.ends[b - 1])
    yield from _over_paragraphs(view, paragraph, tail)


def _over_paragraphs(view: list[Paragraph], paragraph: Paragraph, tail: int) -> Iterator[Span]:
    """A quotation left open goes on where the next paragraph opens with a mark."""
    here = paragraph
    while (
        here.number < paragraph.number + _MOST_PARAGRAPHS
        and here.quotes
        and here.quotes[-1].open
        and here.quotes[-1].span.end >= here.tree.ends[-1] - 1
    ):
        if here is paragraph and tail < here.quotes[-1].span.end:
            return
        if here.number + 1 >= len(view):
            return
        here = view[here.number + 1]
        if not here.quotes or here.quotes[0].span.start > here.tree.starts[0] + 1:
            return
        yield here.quotes[0].span


def _next_paragraph(view: list[Paragraph], paragraph: Paragraph) -> Iterator[Span]:
    if paragraph.number + 1 >= len(view):
        return
    after = view[paragraph.number + 1]
    if after.quotes and after.quotes[0].span.start <= after.tree.starts[0] + 1:
        first = after.quotes[0].span
        yield first
        yield from _over_paragraphs(view, after, first.end)
    elif len(after.tree):
        yield Span(after.tree.starts[0], after.tree.ends[-1])


def overlap(a: tuple[Span, ...], b: tuple[Span, ...]) -> float:
    """Shared characters over all characters of two contents."""
    both = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)
    either = sum(len(x) for x in a) + sum(len(y) for y in b) - both
    return both / either if either else 0.0
