"""Prose: how likely each unit is part of the article's text, given the whole page.

A linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) with four states: before the article, in its
text, in a gap of it, after it. A page goes through them in that order and never back, so that a second stretch of prose
after the article's end costs what coming to an end and not coming to one costs. Weights per feature from
generator/lexicon/prose.toml, marginals by forward-backward, linear in the number of units.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, partial
from math import exp, log1p
from typing import NamedTuple

from generator import lexicon
from generator.converter.features import named
from generator.converter.letters import Sign

BEFORE, TEXT, GAP, AFTER = range(4)
MOVES = (
    (BEFORE, BEFORE), (BEFORE, TEXT), (TEXT, TEXT), (TEXT, GAP), (TEXT, AFTER), (GAP, TEXT), (GAP, GAP), (AFTER, AFTER),
)  # fmt: skip
Scores = tuple[float, float, float]
Ways = tuple[float, float, float, float]
NEVER = -1e6
MOST_SIGNS = 200_000
TINY = 30.0  # a difference of logarithms beyond which the smaller one adds nothing


class Weights(NamedTuple):
    """The scorer's table: per feature name what it adds to before, gap and after, against in the text; and the moves'
    weights in the order of :data:`MOVES`.
    """

    weights: dict[str, Scores]
    moves: tuple[float, ...]


@cache
def learned() -> Weights:
    """The shipped table."""
    table = lexicon.load("prose")
    return Weights({name: (w[0], w[1], w[2]) for name, w in table["weights"].items()}, tuple(table["moves"]))


def inside(units: Sequence[Sequence[Sign]], table: Weights | None = None, *, some: bool = False) -> list[float]:
    """Per unit, given by its signs, the probability that it belongs to the article's text; with ``some`` given that
    there is any text on the page.
    """
    weigh = _SHIPPED.__getitem__ if table is None else partial(_weight, table.weights)
    moves = (table or learned()).moves
    scores = [_sum(map(weigh, unit)) for unit in units]
    forward = _forward(scores, moves)
    chances = _marginals(scores, forward, moves)
    any_text = _some_text(forward[-1]) if some and forward else 1.0
    return [min(1.0, p / any_text) for p in chances] if 0 < any_text < 0.5 else chances


class _Shipped(dict[Sign, Scores]):
    """What signs weigh in the shipped table, each summed up once; cheaper than a cache that keeps the order of use."""

    def __missing__(self, sign: Sign) -> Scores:
        if len(self) >= MOST_SIGNS:
            self.clear()
        found = self[sign] = _weight(learned().weights, sign)
        return found


_SHIPPED = _Shipped()


def _weight(weights: dict[str, Scores], sign: Sign) -> Scores:
    return _sum([w for name in named(sign) if (w := weights.get(name)) is not None])


def _sum(weights: Iterable[Scores]) -> Scores:
    before = gap = after = 0.0
    for b, g, a in weights:
        before += b
        gap += g
        after += a
    return before, gap, after


def _forward(scores: Sequence[Scores], moves: tuple[float, ...]) -> list[Ways]:
    """Per unit and state the logarithm of the weight of all ways that end there."""
    bb, bt, tt, tg, ta, gt, gg, aa = moves
    out: list[Ways] = []
    for before, gap, after in scores:
        if not out:
            out.append((before, 0.0, NEVER, NEVER))
            continue
        b, t, g, a = out[-1]
        text = _add(_add(b + bt, t + tt), g + gt)
        out.append((b + bb + before, text, _add(t + tg, g + gg) + gap, _add(t + ta, a + aa) + after))
    return out


def _marginals(scores: Sequence[Scores], forward: Sequence[Ways], moves: tuple[float, ...]) -> list[float]:
    bb, bt, tt, tg, ta, gt, gg, aa = moves
    out = [0.0] * len(scores)
    b = t = g = a = 0.0
    for at in range(len(scores) - 1, -1, -1):
        fb, ft, fg, fa = forward[at]
        odds = _add(_add(fb + b, fg + g), fa + a) - ft - t
        out[at] = 1 / (1 + exp(-60.0 if odds < -60.0 else min(odds, 60.0)))
        before, gap, after = scores[at]
        b, g, a = b + before, g + gap, a + after
        b, t, g, a = _add(b + bb, t + bt), _add(_add(t + tt, g + tg), a + ta), _add(t + gt, g + gg), a + aa
    return out


def _some_text(last: Ways) -> float:
    """The probability that there is text at all, by the ways that end at the last unit: not all stay before it."""
    text = _add(_add(last[TEXT], last[GAP]), last[AFTER])
    return 1 / (1 + exp(min(60.0, last[BEFORE] - text)))


def _add(x: float, y: float) -> float:
    """log(exp(x) + exp(y))"""
    d = x - y
    if d >= 0:
        return x if d > TINY else x + log1p(exp(-d))
    return y if d < -TINY else y + log1p(exp(d))
