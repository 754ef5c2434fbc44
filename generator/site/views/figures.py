"""Small drawings: the co-ordinates of inline SVG, computed here so that the template only writes them out."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Reuse, unique
from generator.site import wording
from generator.site.desk import Desk

WIDTH = 320
ROW = 30
LEFT, RIGHT = 124, 196  # where the lines begin and end; the names stand outside
LONGEST_NAME = 15
STAMP = 11  # a cell of a miniature


@dataclass(frozen=True, slots=True)
class Node:
    label: str
    y: int


@dataclass(frozen=True, slots=True)
class Edge:
    y1: int
    y2: int
    width: float
    words: str
    open: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """Who copied whom: sources on the left, copies on the right; ``words`` says the same for those who don't see it."""

    height: int
    sources: tuple[Node, ...]
    targets: tuple[Node, ...]
    edges: tuple[Edge, ...]
    words: str


def who_copied_whom(desk: Desk) -> Graph | None:
    """The strongest twelve pairs of outlets; ``None`` where nothing was copied between outlets."""
    pairs: dict[tuple[str, str], Reuse] = {}
    for reuse in desk.digest.reuses:
        key = (desk.outlet_of(reuse.source), desk.outlet_of(reuse.target))
        if key[0] != key[1] and (key not in pairs or pairs[key].share < reuse.share):
            pairs[key] = reuse
    strongest = dict(sorted(pairs.items(), key=lambda p: (-p[1].share, p[0]))[:12])
    if not strongest:
        return None
    left, right = unique(s for s, _ in strongest), unique(t for _, t in strongest)
    rows = max(len(left), len(right))
    at_left, at_right = _places(left, rows), _places(right, rows)
    edges = tuple(
        Edge(
            at_left[s],
            at_right[t],
            round(1 + 5 * r.share, 1),
            f"{t} has {wording.percent(r.share)} of its words from {s}",
            r.direction == "open",
        )
        for (s, t), r in strongest.items()
    )
    return Graph(
        height=rows * ROW + 22,
        sources=tuple(Node(_fit(n), at_left[n]) for n in left),
        targets=tuple(Node(_fit(n), at_right[n]) for n in right),
        edges=edges,
        words="; ".join(e.words for e in edges) + ".",
    )


def _places(names: tuple[str, ...], rows: int) -> dict[str, int]:
    step = rows / len(names)
    return {name: round((n + 0.5) * step * ROW) + 22 for n, name in enumerate(names)}


def _fit(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Miniature:
    """A story's matrix as small as a stamp: three outlines to draw (filled, open, struck through) and a box."""

    width: int
    height: int
    filled: str
    open: str
    struck: str
    words: str


def miniature(rows: tuple[tuple[str, ...], ...]) -> Miniature | None:
    """``rows`` of firmness keys, a row a claim, a column an outlet."""
    if not rows:
        return None
    filled, hollow, struck = [], [], []
    for r, row in enumerate(rows):
        for c, key in enumerate(row):
            x, y = c * STAMP + 1, r * STAMP + 1
            if key in ("stated", "confirmed", "quoted"):
                filled.append(f"M{x} {y}h8v8h-8z")
            elif key == "reported":
                filled.append(f"M{x} {y}h4v8h-4z")
                hollow.append(f"M{x} {y}h8v8h-8z")
            elif key in ("hedged", "nocomment"):
                hollow.append(f"M{x} {y}h8v8h-8z")
            elif key == "denied":
                struck.append(f"M{x} {y}l8 8m0-8l-8 8")
    words = f"{wording.count(len(rows), 'claim')} by {wording.count(len(rows[0]), 'outlet')}, in miniature"
    return Miniature(len(rows[0]) * STAMP, len(rows) * STAMP, "".join(filled), "".join(hollow), "".join(struck), words)
