"""Candidates -> chances: a logistic regression over readable features, and the choice among what overlaps.

The weights are counted from a corpus once (``benchmarks/attribution_weights.py``) and read from a table of text.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from importlib import resources

from generator.summarizer.attribution.candidates import Candidate, Paragraph
from generator.summarizer.attribution.features import features

# Chosen on held-out articles: below this, precision falls faster than recall rises.
THRESHOLD = 0.2


@cache
def weights() -> dict[str, float]:
    """Feature -> weight, read once."""
    table = resources.files("generator.lexicon").joinpath("cue_table.tsv").read_text(encoding="utf-8")
    rows = (line.rsplit("\t", 1) for line in table.splitlines() if line and not line.startswith("#"))
    return {feature: float(weight) for feature, weight in rows}


def chance(paragraph: Paragraph, candidate: Candidate) -> float:
    """How likely a candidate is an attribution, in (0, 1)."""
    table = weights()
    total = sum(table.get(feature, 0.0) for feature in dict.fromkeys(features(paragraph, candidate)))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def chosen(view: list[Paragraph], found: Iterable[Candidate], threshold: float = THRESHOLD) -> list[Candidate]:
    """The likeliest candidates whose contents don't overlap, in order of content."""
    scored = ((chance(view[c.where], c), c) for c in found)
    ranked = sorted((item for item in scored if item[0] >= threshold), key=lambda x: (-x[0], x[1].content, x[1].cue))
    taken = _Spans()
    kept = [candidate for _, candidate in ranked if taken.add(candidate)]
    return sorted(kept, key=lambda c: c.content)


class _Spans:
    """Disjoint spans in order; a candidate is added when none of its spans overlaps what is there."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def add(self, candidate: Candidate) -> bool:
        if any(self._hit(s.start, s.end) for s in candidate.content):
            return False
        for span in candidate.content:
            at = bisect_left(self._starts, span.start)
            self._starts.insert(at, span.start)
            self._ends.insert(at, span.end)
        return True

    def _hit(self, start: int, end: int) -> bool:
        at = bisect_left(self._starts, end) - 1
        return at >= 0 and self._ends[at] > start
