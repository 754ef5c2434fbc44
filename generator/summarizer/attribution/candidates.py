"""Frames -> candidates with spans into the article text: quotations completed, colons and labels added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.model import Span
from generator.summarizer.attribution.frames import Frame, Range, frames, subject
from generator.summarizer.attribution.tails import tails
from generator.summarizer.attribution.quotations import Quotation, quotations
from generator.summarizer.attribution.tree import Tree, build
from generator.summarizer.parsing import Parsed

_VERBAL = frozenset({"VERB", "AUX"})
_NAMING = frozenset({"PROPN", "NOUN", "PRON"})
_DASHES = frozenset("―—–-")
# A quotation that goes on for more is a mark forgotten, not a speech.
_MOST_PARAGRAPHS = 12


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A parsed paragraph: its tree, its quotations, and per token the quotation that it stands in (-1: none)."""

    number: int
    tree: Tree
    quotes: tuple[Quotation, ...]
    quoted: list[int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A frame put into spans. ``where`` is the paragraph's number; ``grown`` says what quotations added."""

    where: int
    frame: Frame
    cue: Span
    content: tuple[Span, ...]
    source: Span | None
    grown: str = ""
    cut: int | None = None  # head of what a shorter form leaves off


def paragraphs(parsed: Parsed) -> list[Paragraph]:
    out = []
    for number, (offset, doc) in enumerate(parsed.docs):
        tree = build(offset, doc)
        quotes = quotations(doc.text, offset)
        quoted = [-1] * len(tree)
        for n, quote in enumerate(quotes):
            for i in tree.between(quote.span):
                quoted[i] = n
        out.append(Paragraph(number, tree, quotes, quoted))
    return out


def candidates(view: list[Paragraph]) -> Iterator[Candidate]:
    """Everything in the article that may be an attribution, paragraph by paragraph."""
    for paragraph in view:
        seen: set[tuple[object, ...]] = set()
        for frame in (*frames(paragraph.tree), *_colons(paragraph), *_signed(paragraph), *_quotes_beside(paragraph), *tails(paragraph.tree)):
            candidate = _placed(view, paragraph, frame)
            mark = (candidate.frame.head, candidate.content, candidate.source)
            if candidate.content and mark not in seen:
                seen.add(mark)
                yield candidate


def _placed(view: list[Paragraph], paragraph: Paragraph, frame: Frame) -> Candidate:
    tree = paragraph.tree
    frame = _spoken(paragraph, frame)
    cue = tree.span(*frame.cue)
    source = tree.span(*frame.source) if frame.source is not None else None
    spans = [tree.span(a, b) for a, b in frame.content]
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


def _spoken(paragraph: Paragraph, frame: Frame) -> Frame:
    """A source inside the quotation that the cue stands outside of is a slip of the parse: the nearest name phrase
    beside the cue speaks."""
    head, tree, v = frame.source_head, paragraph.tree, frame.head
    if frame.name.startswith(("colon", "signed", "p:")) or tree.pos[v] not in _VERBAL:
        return frame
    if head is not None and (paragraph.quoted[head] < 0 or paragraph.quoted[head] == paragraph.quoted[v]):
        return frame
    if paragraph.quoted[v] >= 0 or not any(paragraph.quoted[i] >= 0 for a, b in frame.content for i in (a, b)):
        return frame
    found = _phrase_beside(paragraph, v)
    return frame if found is None else replace(frame, source=found, source_head=_head_of(tree, *found))


def _phrase_beside(paragraph: Paragraph, v: int) -> Range | None:
    """ "X, a Y, said" back to the quotation, else "said X, a Y" up to the next mark."""
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
    if end >= start and any(tree.pos[i] in _NAMING for i in range(start, end + 1)):
        return start, end
    if v + 1 < stop and tree.pos[v + 1] in (*_NAMING, "DET", "ADJ"):
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
    """A span that begins or ends inside a quotation is carried to the quotation's edge, unless the cue is inside too."""
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
            if any(tree.pos[i] in _VERBAL for i in tree.between(Span(tail, q.span.start))):
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
    while here.number < paragraph.number + _MOST_PARAGRAPHS and here.quotes and here.quotes[-1].open and here.quotes[-1].span.end >= here.tree.ends[-1] - 1:
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


def _colons(paragraph: Paragraph) -> Iterator[Frame]:
    """ "X said:" before what follows, "X: Y" in titles and transcripts."""
    tree = paragraph.tree
    for i, word in enumerate(tree.words):
        if word != ":" or (paragraph.quoted[i] >= 0 and not _speaker_label(tree, i)):
            continue
        n = tree.sentence[i]
        first, stop = tree.bounds[n]
        if i == first:
            continue
        contents: dict[str, tuple[Range, ...]] = {}
        if i + 1 < stop:
            contents["sentence"] = ((i + 1, stop - 1),)
        if i + 1 < len(tree) and (n < 2 or n + 2 >= len(tree.bounds)):
            contents["paragraph"] = ((i + 1, len(tree) - 1),)
        else:
            contents["next"] = ((i, i),)
        verb = _speech_before(tree, first, i)
        for variant, content in contents.items():
            if verb is not None:
                source, head = subject(tree, verb)
                yield Frame(tree.lemmas[verb], "colon", variant, verb, (verb, i), content, source, head)
            if i - first <= 12:
                yield Frame(
                    ":", "colon label", variant, i, (i, i), content, (first, i - 1), _head_of(tree, first, i - 1)
                )
        if i - first > 12 and verb is None:
            return


def _speaker_label(tree: Tree, colon: int) -> bool:
    """A transcript's speaker: capitals before a colon at the paragraph's start, be it inside a quotation."""
    label = [w for w in tree.words[:colon] if w[:1].isalpha()]
    return colon <= 6 and bool(label) and all(w.isupper() for w in label)


def _speech_before(tree: Tree, first: int, colon: int) -> int | None:
    """The last finite verb before the colon that has a subject, or the last verb."""
    verbs = [i for i in range(first, colon) if tree.pos[i] in _VERBAL and tree.deps[i] not in ("aux", "auxpass")]
    with_subject = [i for i in verbs if any(tree.deps[c] in ("nsubj", "nsubjpass") for c in tree.children[i])]
    return (with_subject or verbs)[-1] if verbs else None


def _head_of(tree: Tree, a: int, b: int) -> int:
    """The token of a range whose head lies outside it."""
    for i in range(a, b + 1):
        if not a <= tree.heads[i] <= b or tree.heads[i] == i:
            return i
    return b


def _signed(paragraph: Paragraph) -> Iterator[Frame]:
    """A quotation with its speaker after a dash: "..." - X."""
    tree = paragraph.tree
    if not paragraph.quotes or paragraph.quotes[-1].open:
        return
    quote = tree.between(paragraph.quotes[-1].span)
    i = quote[-1] + 1 if quote else len(tree)
    while i < len(tree) and tree.pos[i] == "SPACE":
        i += 1
    dash = quote[-1] if quote and tree.words[quote[-1]][-1] in _DASHES else i
    rest = range(dash + 1, len(tree))
    if not quote or dash >= len(tree) or tree.words[dash][-1] not in _DASHES or not 1 <= len(rest) <= 12:
        return
    if not any(tree.pos[k] in ("VERB", "AUX") for k in rest):
        source = (dash + 1, len(tree) - 1)
        yield Frame("-", "signed", "core", dash, (dash, dash), ((quote[0], quote[-1]),), source, _head_of(tree, *source))


def _quotes_beside(paragraph: Paragraph) -> Iterator[Frame]:
    """A verb with a subject outside a quotation of its sentence, where the tree may have missed the tie."""
    tree = paragraph.tree
    for n, q in enumerate(paragraph.quotes):
        if len(q.span) < 15:
            continue
        inside = tree.between(q.span)
        if not inside:
            continue
        near = {tree.sentence[inside[0]], tree.sentence[inside[-1]]}
        for s in sorted(near):
            first, stop = tree.bounds[s]
            for v in range(first, stop):
                if (
                    tree.pos[v] == "VERB"
                    and paragraph.quoted[v] < 0
                    and any(tree.deps[c] in ("nsubj", "nsubjpass") for c in tree.children[v])
                ):
                    source, head = subject(tree, v)
                    side = "before" if v < inside[0] else "after"
                    near_by = min(abs(v - inside[0]), abs(v - inside[-1]))
                    name = f"quote {side} {'near' if near_by < 8 else 'far'}"
                    yield Frame(tree.lemmas[v], name, "core", v, (v, v), ((inside[0], inside[-1]),), source, head)


def overlap(spans: tuple[Span, ...], others: tuple[Span, ...]) -> bool:
    return any(a.overlaps(b) for a in spans for b in others)
