"""What the second weighing looks at: how a candidate stands among the others of its article, and what its edges cut."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from generator.model import Span
from generator.summarizer.attribution.candidates import Candidate, Paragraph

Weighed = tuple[Candidate, float]  # a candidate and its chance by the first weighing


class Surroundings:
    """The first-weighed candidates of an article, by place: who says what holds this cue, whose cue is in this content."""

    def __init__(self, weighed: list[Weighed]) -> None:
        self._best: dict[int, dict[int, float]] = {}
        self._cues: dict[int, list[tuple[int, float, int]]] = {}
        self._contents: dict[int, list[tuple[int, int, float, int]]] = {}
        self._likely = sum(chance > 0.5 for _, chance in weighed)
        for candidate, chance in weighed:
            heads = self._best.setdefault(candidate.where, {})
            head = candidate.frame.head
            heads[head] = max(heads.get(head, 0.0), chance)
            if chance >= 0.1:
                contents = self._contents.setdefault(candidate.where, [])
                contents += [(s.start, s.end, chance, head) for s in candidate.content]
        for where, heads in self._best.items():
            self._cues[where] = sorted((h, c, h) for h, c in heads.items())

    def best(self, candidate: Candidate) -> float:
        """The best chance of any candidate with this cue."""
        return self._best.get(candidate.where, {}).get(candidate.frame.head, 0.0)

    def above(self, paragraph: Paragraph, candidate: Candidate) -> float:
        """The best chance of another cue whose content holds this cue."""
        at, head = candidate.cue.start, candidate.frame.head
        rows = self._contents.get(candidate.where, [])
        return max((c for a, b, c, h in rows if a <= at < b and h != head), default=0.0)

    def below(self, paragraph: Paragraph, candidate: Candidate) -> float:
        """The best chance of another cue inside this content."""
        best = 0.0
        heads = self._cues.get(candidate.where, [])
        keys = [h for h, _, _ in heads]
        for span in candidate.content:
            tokens = paragraph.tree.between(span)
            if tokens:
                for h, c, _ in heads[bisect_left(keys, tokens[0]) : bisect_right(keys, tokens[-1])]:
                    if h != candidate.frame.head:
                        best = max(best, c)
        return best

    def crowded(self, candidate: Candidate) -> float:
        """The best chance of another cue whose content overlaps this one without either cue inside the other's."""
        rows = self._contents.get(candidate.where, [])
        head = candidate.frame.head
        spans = candidate.content
        return max((c for a, b, c, h in rows if h != head and any(a < s.end and s.start < b for s in spans)), default=0.0)


def context(paragraph: Paragraph, candidate: Candidate, chance: float, around: Surroundings) -> Iterator[str]:
    """Features of the second weighing."""
    name, variant = candidate.frame.name, candidate.frame.variant
    best = around.best(candidate)
    level = _level(chance)
    yield f"p={level}"
    yield f"best={_level(best)}"
    yield f"behind={_level_difference(best, chance)}"
    above, below, crowd = around.above(paragraph, candidate), around.below(paragraph, candidate), around.crowded(candidate)
    yield f"above={_coarse(above)}"
    yield f"above={_coarse(above)}|best={_coarse(best)}"
    yield f"below={_coarse(below)}"
    yield f"below={_coarse(below)}|best={_coarse(best)}"
    yield f"crowd={_coarse(crowd)}"
    yield f"crowd={_coarse(crowd)}|best={_coarse(best)}"
    yield f"variant={variant}"
    yield f"form={name}/{variant}"
    yield f"form,best={name}/{variant},{_coarse(best)}"
    for edge in _edges(paragraph, candidate):
        yield edge
        yield f"{edge}|{name}"
        yield f"{edge}|{variant}"


def _edges(paragraph: Paragraph, candidate: Candidate) -> Iterator[str]:
    tree = paragraph.tree
    first, last = candidate.content[0], candidate.content[-1]
    before = tree.between(Span(first.start, first.start + 1))
    after = tree.between(Span(last.end - 1, last.end))
    if before:
        yield f"before={_next(paragraph, before[0], -1)}"
    if after:
        yield f"after={_next(paragraph, after[0], 1)}"
        yield f"ends={tree.pos[after[0]]}"


def _next(paragraph: Paragraph, i: int, step: int) -> str:
    """The token beyond an edge, with the marks that stand between; the sentence's end is an edge of its own."""
    tree, marks = paragraph.tree, ""
    sentence = tree.sentence[i]
    i += step
    while 0 <= i < len(tree) and tree.sentence[i] == sentence:
        if tree.pos[i] not in ("PUNCT", "SPACE"):
            word = tree.words[i].lower()
            plain = word if tree.pos[i] in ("CCONJ", "SCONJ", "ADP", "AUX", "PRON", "PART") else tree.pos[i]
            return f"{marks}{tree.deps[i]}:{plain}"
        if len(marks) < 2:
            marks += tree.words[i][:1]
        i += step
    return f"{marks}edge"


def _level(p: float) -> str:
    logit = math.log(max(p, 1e-4) / max(1 - p, 1e-4))
    return str(round(logit * 2) / 2) if abs(logit) < 4 else "low" if logit < 0 else "high"


def _level_difference(best: float, p: float) -> str:
    if best <= p:
        return "0"
    ratio = (best - p) / best
    return "<.1" if ratio < 0.1 else "<.3" if ratio < 0.3 else "<.6" if ratio < 0.6 else "<.9" if ratio < 0.9 else ">.9"


def _coarse(p: float) -> str:
    for limit in (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.85):
        if p <= limit:
            return f"<={limit}"
    return "sure"
