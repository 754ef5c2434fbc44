"""Prose: how likely each unit is part of the article's text, given the whole page.

A linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) with four states: before the article, in its
text, in a gap of it, after it. A page goes through them in that order and never back, so that a second stretch of prose
after the article's end costs what coming to an end and not coming to one costs. Weights per feature from
generator/lexicon/prose.toml, marginals by forward-backward, linear in the number of units.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import exp, log1p
from typing import NamedTuple

from generator import lexicon

BEFORE, TEXT, GAP, AFTER = range(4)
MOVES = (
    (BEFORE, BEFORE), (BEFORE, TEXT), (TEXT, TEXT), (TEXT, GAP), (TEXT, AFTER), (GAP, TEXT), (GAP, GAP), (AFTER, AFTER),
)  # fmt: skip
Scores = tuple[float, ...]
NEVER = -1e6


class Weights(NamedTuple):
    """The scorer's table: per feature name what it adds to before, gap and after, against in the text; and the moves'
    weights in the order of :data:`MOVES`.
    """

    weights: dict[str, Scores]
    moves: Scores


@cache
def learned() -> Weights:
    """The shipped table."""
    table = lexicon.load("prose")
    return Weights({name: tuple(w) for name, w in table["weights"].items()}, tuple(table["moves"]))


def inside(features: Sequence[Sequence[str]], table: Weights | None = None) -> list[float]:
    """Per unit the probability that it belongs to the article's text."""
    table = table or learned()
    scores = [_score(unit, table.weights) for unit in features]
    return _marginals(scores, _forward(scores, table.moves), table.moves)


def _score(unit: Sequence[str], weights: dict[str, Scores]) -> tuple[float, float, float]:
    known = [w for f in unit if (w := weights.get(f)) is not None]
    return sum([w[0] for w in known]), sum([w[1] for w in known]), sum([w[2] for w in known])


def _forward(scores: Sequence[tuple[float, float, float]], moves: Scores) -> list[Scores]:
    """Per unit and state the logarithm of the weight of all ways that end there."""
    bb, bt, tt, tg, ta, gt, gg, aa = moves
    out: list[Scores] = []
    for before, gap, after in scores:
        if not out:
            out.append((before, 0.0, NEVER, NEVER))
            continue
        b, t, g, a = out[-1]
        text = _add(_add(b + bt, t + tt), g + gt)
        out.append((b + bb + before, text, _add(t + tg, g + gg) + gap, _add(t + ta, a + aa) + after))
    return out


def _marginals(scores: Sequence[tuple[float, float, float]], forward: Sequence[Scores], moves: Scores) -> list[float]:
    bb, bt, tt, tg, ta, gt, gg, aa = moves
    out = [0.0] * len(scores)
    b = t = g = a = 0.0
    for at in range(len(scores) - 1, -1, -1):
        fb, ft, fg, fa = forward[at]
        others = _add(_add(fb + b, fg + g), fa + a)
        out[at] = 1 / (1 + exp(max(-60.0, min(60.0, others - ft - t))))
        before, gap, after = scores[at]
        b, g, a = b + before, g + gap, a + after
        b, t, g, a = _add(b + bb, t + bt), _add(_add(t + tt, g + tg), a + ta), _add(t + gt, g + gg), a + aa
    return out


def _add(x: float, y: float) -> float:
    """log(exp(x) + exp(y))"""
    return x + log1p(exp(y - x)) if x > y else y + log1p(exp(x - y))
