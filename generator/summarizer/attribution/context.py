"""What the second weighing looks at: how a candidate stands among the others of its article, and what its edges cut."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from generator.model import Span
from generator.summarizer.attribution.placing import Candidate
from generator.summarizer.attribution.view import Paragraph

Weighed = tuple[Candidate, float]  # a candidate and its chance by the first weighing


# Constructions whose cue stands after its content.
_AFTER = ("tail", "paren", "ccomp<", "p:end", "quote before")


class Surroundings:
    """The first-weighed candidates of an article by sentence: who holds this cue, whose cue is in this content."""

    def __init__(self, view: list[Paragraph], weighed: list[Weighed]) -> None:
        self._best: dict[tuple[int, int], float] = {}
        self._contents: dict[tuple[int, int], list[tuple[int, int, float, int]]] = {}
        self._after: dict[tuple[int, int], list[tuple[int, int, float, int]]] = {}
        heads: dict[int, set[int]] = {}
        for candidate, chance in weighed:
            where, head = candidate.where, candidate.frame.head
            self._best[where, head] = max(self._best.get((where, head), 0.0), chance)
            heads.setdefault(where, set()).add(head)
            if chance >= 0.1:
                after = candidate.frame.name.startswith(_AFTER)
                for key, span in _places(view[where], candidate):
                    self._contents.setdefault(key, []).append((span.start, span.end, chance, head))
                    self._after.setdefault(key, []).append((span.start, span.end, chance if after else 0.0, head))
        self._heads = {where: sorted(found) for where, found in heads.items()}

    def best(self, candidate: Candidate) -> float:
        """The best chance of any candidate with this cue."""
        return self._best.get((candidate.where, candidate.frame.head), 0.0)

    def at(self, where: int, head: int | None) -> float:
        """The best chance of a cue with this head."""
        return self._best.get((where, head), 0.0) if head is not None else 0.0

    def above(self, paragraph: Paragraph, candidate: Candidate) -> float:
        """The best chance of another cue whose content holds this cue."""
        at, head = candidate.cue.start, candidate.frame.head
        rows = self._contents.get((candidate.where, paragraph.tree.sentence[head]), ())
        return max((c for a, b, c, h in rows if a <= at < b and h != head), default=0.0)

    def inside(self, paragraph: Paragraph, candidate: Candidate) -> list[int]:
        """The heads of other cues inside this content, at most forty."""
        found: list[int] = []
        heads = self._heads.get(candidate.where, [])
        for span in candidate.content:
            tokens = paragraph.tree.between(span)
            if tokens:
                low = bisect_left(heads, tokens[0])
                found += heads[low : min(bisect_right(heads, tokens[-1]), low + 40)]
        return [h for h in found if h != candidate.frame.head]

    def turned(self, paragraph: Paragraph, candidate: Candidate, inside: list[int]) -> float:
        """The best chance of a cue in this content that was said after its own, with this cue in it: "A expects B, C
        reported", where one of both must be wrong.
        """
        at, within = candidate.cue.start, frozenset(inside)
        rows = self._after.get((candidate.where, paragraph.tree.sentence[candidate.frame.head]), ())
        return max((c for a, b, c, h in rows if a <= at < b and h in within), default=0.0)

    def crowded(self, paragraph: Paragraph, candidate: Candidate) -> float:
        """The best chance of another cue whose content overlaps this one."""
        head = candidate.frame.head
        best = 0.0
        for key, span in _places(paragraph, candidate):
            for a, b, c, h in self._contents.get(key, ()):
                if c > best and h != head and a < span.end and span.start < b:
                    best = c
        return best


def _places(paragraph: Paragraph, candidate: Candidate) -> Iterator[tuple[tuple[int, int], Span]]:
    """The sentences that a content touches, a few per span: enough to meet its neighbours."""
    tree = paragraph.tree
    for span in candidate.content:
        tokens = tree.between(span)
        if tokens:
            a, b = tree.sentence[tokens[0]], tree.sentence[tokens[-1]]
            for n in range(a, min(b + 1, a + 8)):
                yield (candidate.where, n), span


def context(
    paragraph: Paragraph, candidate: Candidate, chance: float, around: Surroundings, options: Sequence[str] = ()
) -> Iterator[str]:
    """Features of the second weighing; ``options`` are the labels of the cuts that would be possible further on."""
    name, variant = candidate.frame.name, candidate.frame.variant
    best = around.best(candidate)
    level = _level(chance)
    yield f"p={level}"
    yield f"best={_level(best)}"
    yield f"behind={_level_difference(best, chance)}"
    inside = around.inside(paragraph, candidate)
    above, crowd = around.above(paragraph, candidate), around.crowded(paragraph, candidate)
    below = max((around.at(candidate.where, h) for h in inside), default=0.0)
    yield f"above={_coarse(above)}"
    yield f"above={_coarse(above)}|best={_coarse(best)}"
    yield f"below={_coarse(below)}"
    yield f"below={_coarse(below)}|best={_coarse(best)}"
    yield f"crowd={_coarse(crowd)}"
    yield f"crowd={_coarse(crowd)}|best={_coarse(best)}"
    yield f"variant={variant}"
    yield f"form={name}/{variant}"
    yield f"form,best={name}/{variant},{_coarse(best)}"
    turned = around.turned(paragraph, candidate, inside)
    if turned:
        yield f"turned={_coarse(turned)}"
        yield f"turned={_coarse(turned)}|{name}"
    for label in options:
        yield f"could={label}"
        yield f"could={label}|{name}"
    if candidate.cut is not None:
        tree = paragraph.tree
        left = tree.lefts[candidate.cut]
        size = _size(tree.rights[candidate.cut] - left + 1)
        yield f"cut size={size}"
        yield f"cut={variant.partition(' cut ')[2]},{size}"
        closed = tree.pos[left] in ("ADP", "SCONJ", "CCONJ", "PRON", "ADV", "DET")
        yield f"cut word={tree.words[left].lower() if closed else tree.pos[left]},{tree.deps[candidate.cut]}"
        yield f"cut cue={_coarse(around.at(candidate.where, candidate.cut))}"
    joined = [h for h in inside if _goes_on(paragraph, candidate, h)]
    if joined:
        yield f"joined={_coarse(max(around.at(candidate.where, h) for h in joined))}"
    for edge in _edges(paragraph, candidate):
        yield edge
        yield f"{edge}|{name}"
        yield f"{edge}|{variant}"


def _goes_on(paragraph: Paragraph, candidate: Candidate, head: int) -> bool:
    """Whether a cue in the content may as well go on from this cue: "said he was ill and warned ..."."""
    tree = paragraph.tree
    if tree.deps[head] != "conj" or any(tree.deps[c] in ("nsubj", "nsubjpass") for c in tree.children[head]):
        return False
    return tree.tags[head] == tree.tags[candidate.frame.head]


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


def _size(n: int) -> str:
    for limit in (2, 4, 7, 12, 20):
        if n <= limit:
            return f"<={limit}"
    return ">20"


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
