"""Prose: how likely each unit is part of the article's text, given the whole page.

A linear-chain conditional random field with two states (Lafferty, McCallum, Pereira 2001): weights per feature from
generator/lexicon/prose.toml, marginals by forward-backward, linear in the number of units.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import exp, log1p
from typing import NamedTuple

from generator import lexicon


class Weights(NamedTuple):
    """The scorer's table: weight per feature name; ``transitions`` are out>out, out>in, in>out, in>in."""

    weights: dict[str, float]
    transitions: tuple[float, ...]


@cache
def learned() -> Weights:
    """The shipped table."""
    table = lexicon.load("prose")
    return Weights(table["weights"], tuple(table["transitions"]))


def inside(features: Sequence[Sequence[str]], table: Weights | None = None) -> list[float]:
    """Per unit the probability that it belongs to the article's text."""
    if not features:
        return []
    table = table or learned()
    weight = table.weights.get
    scores = [sum([weight(f, 0.0) for f in unit]) for unit in features]
    oo, oi, io, ii = table.transitions
    forward = [(0.0, scores[0])]
    for s in scores[1:]:
        o, i = forward[-1]
        forward.append((_add(o + oo, i + io), _add(o + oi, i + ii) + s))
    backward = (0.0, 0.0)
    out = [0.0] * len(scores)
    for at in range(len(scores) - 1, -1, -1):
        odds = forward[at][1] + backward[1] - forward[at][0] - backward[0]
        out[at] = 1 / (1 + exp(-max(-60.0, min(60.0, odds))))
        o, i = backward[0], backward[1] + scores[at]
        backward = (_add(oo + o, oi + i), _add(io + o, ii + i))
    return out


def _add(a: float, b: float) -> float:
    """log(exp(a) + exp(b))"""
    return max(a, b) + log1p(exp(-abs(a - b)))
