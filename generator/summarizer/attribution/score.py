"""Candidates -> attributions: two weighings by readable tables, then the choice among what overlaps.

The first weighing (``cue_table.tsv``) looks at a candidate alone; what it leaves is cut to its possible extents and
weighed again among its neighbours (``cue_context.tsv``). Both are logistic regressions; their weights are fitted by
``benchmarks/attribution_weights.py``. Chosen is, per cue, the extent that most of the likely extents agree with
(minimum Bayes risk under an overlap of half), and then the likeliest that don't overlap.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from generator.model import Span
from generator.summarizer.attribution.context import Surroundings, context
from generator.summarizer.attribution.extents import forms
from generator.summarizer.attribution.features import features
from generator.summarizer.attribution.placing import Candidate, overlap
from generator.summarizer.attribution.tails import settled
from generator.summarizer.attribution.view import Paragraph

# Chosen on held-out articles: below it precision falls faster than recall rises.
THRESHOLD = 0.3
# What the first weighing lets through; the second needs the unlikely neighbours too.
KEPT = 0.03
# How much an extent's own chance counts beside what the other extents of its cue lend it.
OWN_CHANCE = 0.3
# The least chance of what its surface settles.
SURE = 0.9
# It settles only cues of which no form is likelier than this.
DOUBT = 0.5
# Extents closer than this are one.
SAME = 0.93


@dataclass(frozen=True, slots=True)
class Scored:
    candidate: Candidate
    chance: float


@cache
def weights(table: str) -> dict[str, float]:
    """Feature -> weight of ``cue_table`` or ``cue_context``, read once."""
    text = resources.files("generator.lexicon").joinpath(f"{table}.tsv").read_text(encoding="utf-8")
    rows = (line.rsplit("\t", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return {feature: float(weight) for feature, weight in rows}


def total(table: dict[str, float], found: Iterable[str]) -> float:
    """The summed weights; each feature counts once."""
    return sum(filter(None, map(table.get, dict.fromkeys(found))))


def chance(table: dict[str, float], found: Iterable[str]) -> float:
    """The logistic of the summed weights."""
    return logistic(total(table, found))


def logistic(x: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


def choose(weighed: Iterable[Scored], threshold: float = THRESHOLD) -> list[Scored]:
    """The attributions among the weighed candidates, none overlapping another, in order of content."""
    groups: dict[tuple[int, int], list[Scored]] = {}
    for scored in weighed:
        groups.setdefault((scored.candidate.where, scored.candidate.frame.head), []).append(scored)
    ranked = [item for group in groups.values() for item in _agreed(group) if item[1] >= threshold]
    ranked.sort(key=lambda x: (-x[0], x[2].candidate.content, x[2].candidate.cue))
    taken = _Spans()
    kept, used = [], set()
    for _, lent, scored in ranked:
        key = (scored.candidate.where, scored.candidate.frame.head)
        if key not in used and taken.add(scored.candidate):
            used.add(key)
            kept.append(Scored(scored.candidate, lent))
    return sorted(kept, key=lambda s: s.candidate.content)


def weigh(view: list[Paragraph], found: Iterable[Candidate]) -> list[Scored]:
    """Both weighings: candidates and their cut forms with their chances."""
    first, second = weights("cue_table"), weights("cue_context")
    kept: list[tuple[Candidate, float, float]] = []
    cues: dict[tuple[int, int], list[str]] = {}
    for candidate in found:
        seen = features(view[candidate.where], candidate, cues)
        p = chance(first, seen)
        if p >= KEPT:
            kept.append((candidate, p, total(second, seen)))
    around = Surroundings(view, [(c, p) for c, p, _ in kept])
    done: set[tuple[object, ...]] = set()
    out: list[Scored] = []
    for candidate, p, alone in kept:
        paragraph = view[candidate.where]
        for form, options in forms(paragraph, candidate):
            mark = (form.where, form.frame.head, form.content, form.source)
            if mark not in done:
                done.add(mark)
                out.append(Scored(form, logistic(alone + total(second, context(paragraph, form, p, around, options)))))
    return _settled(view, out)


def _settled(view: list[Paragraph], found: list[Scored]) -> list[Scored]:
    """What its surface settles is likely although its tree was wrong; what would cut across it is not."""
    best: dict[tuple[int, int], float] = {}
    for scored in found:
        key = (scored.candidate.where, scored.candidate.frame.head)
        best[key] = max(best.get(key, 0.0), scored.chance)
    sure: dict[int, list[Candidate]] = {}
    for scored in found:
        candidate = scored.candidate
        doubted = best[candidate.where, candidate.frame.head] < DOUBT
        if doubted and candidate.cut is None and settled(view[candidate.where].tree, candidate.frame):
            sure.setdefault(candidate.where, []).append(candidate)
    return [_beside_sure(scored, sure.get(scored.candidate.where, ())) for scored in found]


def _beside_sure(scored: Scored, sure: Sequence[Candidate]) -> Scored:
    candidate = scored.candidate
    for other in sure:
        if candidate == other:
            return replace(scored, chance=max(scored.chance, SURE))
        held = any(candidate.cue in s for s in other.content)
        if held and any(s.overlaps(other.cue) for s in candidate.content):
            return replace(scored, chance=min(scored.chance, 1 - SURE))
    return scored


def _agreed(group: list[Scored]) -> list[tuple[float, float, Scored]]:
    """Per extent of one cue: its rank, and the chance that it overlaps the true one by half."""
    distinct: list[Scored] = []
    for scored in sorted(group, key=lambda s: (-s.chance, s.candidate.content)):
        if scored.chance < 0.01 or len(distinct) > 24:
            break
        if not any(_alike(scored.candidate, other.candidate) for other in distinct):
            distinct.append(scored)
    out = []
    for scored in distinct:
        own = scored.candidate.content
        lent = min(1.0, sum(o.chance for o in distinct if overlap(own, o.candidate.content) >= 0.5))
        out.append((lent + OWN_CHANCE * scored.chance, lent, scored))
    return out


def _alike(a: Candidate, b: Candidate) -> bool:
    return a.source == b.source and overlap(a.content, b.content) >= SAME


class _Spans:
    """Disjoint spans in order; a candidate is added when none of its spans overlaps what is there."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def add(self, candidate: Candidate) -> bool:
        if any(self._hit(span) for span in candidate.content):
            return False
        for span in candidate.content:
            at = bisect_left(self._starts, span.start)
            self._starts.insert(at, span.start)
            self._ends.insert(at, span.end)
        return True

    def _hit(self, span: Span) -> bool:
        at = bisect_left(self._starts, span.end) - 1
        return at >= 0 and self._ends[at] > span.start
