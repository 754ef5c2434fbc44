"""Small drawings: the co-ordinates of inline SVG, computed here so that the template only writes them out.

All are 320 units wide and drawn at that width on the smallest phone, so a letter of 13 units is one of 12 pixels there.
Nothing measures text at build time: the widths are estimates on the wide side, and names are cut to their room.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from generator.model import Claim, Reuse, Status
from generator.site import catalogue, wording
from generator.site.catalogue import _, ngettext
from generator.site.desk import Desk

WIDTH = 320
LETTER = 13
ROW = 26
EDGES = 12
STAMP = 11  # a cell of a miniature

_NARROW = frozenset("fijlrtI.,:;'’!|()[] ")
_WIDE = frozenset("mwMWQOGCDHNU@%&—…")


def width_of(text: str) -> float:
    """How wide ``text`` will be at most, in the units of the drawings."""
    return sum(
        LETTER * (0.36 if c in _NARROW else 0.88 if c in _WIDE else 1.0 if ord(c) > 0x2E7F else 0.62) for c in text
    )


def fitted(text: str, room: float) -> str:
    if width_of(text) <= room:
        return text
    while text and width_of(text + "…") > room:
        text = text[:-1]
    return text.rstrip() + "…"


# --- who copied whom --------------------------------------------------------------------------------------------------

_SOURCE_ROOM, _LINE_FROM, _LINE_TO, _SHARE_END, _TARGET_FROM = 112, 118, 172, 212, 218


class Node(Struct, frozen=True, gc=False):
    label: str
    y: int


class Edge(Struct, frozen=True, gc=False):
    """One copy: a line from its source's ``y1`` to its own row, the share, and the outlet that has it."""

    y1: int
    y2: int
    width: float
    share: str
    target: str
    open: bool


class Graph(Struct, frozen=True, gc=False):
    """Who copied whom: sources on the left, a row for each copy; ``words`` says the same for those who don't see it."""

    height: int
    sources: tuple[Node, ...]
    edges: tuple[Edge, ...]
    words: str


def who_copied_whom(desk: Desk) -> Graph | None:
    """The strongest twelve pairs of outlets; ``None`` where nothing was copied between outlets."""
    pairs: dict[tuple[str, str], Reuse] = {}
    for reuse in desk.digest.reuses:
        key = (desk.outlet_of(reuse.source), desk.outlet_of(reuse.target))
        if key[0] != key[1] and (key not in pairs or pairs[key].share < reuse.share):
            pairs[key] = reuse
    strongest = sorted(pairs.items(), key=lambda p: (-p[1].share, p[0]))[:EDGES]
    if not strongest:
        return None
    by_source: dict[str, list[tuple[str, Reuse]]] = {}
    for (source, target), reuse in strongest:
        by_source.setdefault(source, []).append((target, reuse))
    sources: list[Node] = []
    edges: list[Edge] = []
    told = []
    for source, copies in by_source.items():
        top = len(edges)
        y = round((2 * top + len(copies)) / 2 * ROW) + 22
        sources.append(Node(fitted(source, _SOURCE_ROOM), y))
        for n, (target, reuse) in enumerate(copies):
            share = catalogue.percent(reuse.share)
            told.append(
                _("%(copy)s has %(share)s of its words from %(source)s", copy=target, share=share, source=source)
            )
            row = round((top + n + 0.5) * ROW) + 22
            label = fitted(target, WIDTH - _TARGET_FROM)
            edges.append(Edge(y, row, round(1 + 4 * reuse.share, 1), share, label, reuse.direction == "open"))
    return Graph(len(edges) * ROW + 26, tuple(sources), tuple(edges), "; ".join(told) + ".")


# --- how a claim's status moved ---------------------------------------------------------------------------------------

# The ladder, firmest on top.
_LADDER = (
    Status.CONFIRMED, Status.HAPPENED, Status.REPORTED, Status.APPEARS, Status.EXPECTED, Status.POSSIBLE,
    Status.NO_COMMENT, Status.DENIED,
)  # fmt: skip
_PLOT_FROM, _PLOT_TO, _RUNG = 112, 306, 24
_BETWEEN_DAYS = 58


class Rung(Struct, frozen=True, gc=False):
    label: str
    y: int


class Point(Struct, frozen=True, gc=False):
    x: int
    y: int
    denied: bool


class DayMark(Struct, frozen=True, gc=False):
    label: str
    x: int
    anchor: str


class Timeline(Struct, frozen=True, gc=False):
    """A claim's way up and down the ladder of firmness; time runs from left to right, each dated report is a point."""

    height: int
    rungs: tuple[Rung, ...]
    path: str
    points: tuple[Point, ...]
    days: tuple[DayMark, ...]
    words: str


def timeline(desk: Desk, claim: Claim) -> Timeline | None:
    """``None`` where the status did not move, or less than two reports are dated."""
    if len(claim.history) < 2:
        return None
    key = "timeline", claim.id
    if key not in desk.lines:
        desk.lines[key] = _timeline(desk, claim)
    found: Timeline | None = desk.lines[key]
    return found


def _timeline(desk: Desk, claim: Claim) -> Timeline | None:
    steps = [s for s in claim.history if s.when and s.mention in desk.mentions]
    used = [status for status in _LADDER if any(s.status is status for s in steps)]
    times = sorted({s.when for s in steps if s.when})
    if len(used) < 2 or len(times) < 2:
        return None
    y = {status: 14 + n * _RUNG for n, status in enumerate(used)}
    step = (_PLOT_TO - _PLOT_FROM) / (len(times) - 1)
    x = {time: round(_PLOT_FROM + n * step) for n, time in enumerate(times)}
    steps.sort(key=lambda s: s.when or "")
    path = ""
    for s in steps:
        at = (x[s.when or ""], y[s.status])
        path += f"H{at[0]}V{at[1]}" if path else f"M{at[0]} {at[1]}"
    told = "; ".join(
        _("%(when)s: %(status)s in %(outlet)s", when=wording.when(s.when).label, status=wording.status(s.status),
          outlet=desk.outlet_of(s.article))
        for s in steps
    )  # fmt: skip
    points = dict.fromkeys((x[s.when or ""], y[s.status], s.status is Status.DENIED) for s in steps)
    return Timeline(
        height=len(used) * _RUNG + 26,
        rungs=tuple(Rung(fitted(wording.status(s), _PLOT_FROM - 12), y[s]) for s in used),
        path=path,
        points=tuple(Point(*p) for p in points),
        days=_days(times, x),
        words=told + ".",
    )


def _days(times: Sequence[str], x: dict[str, int]) -> tuple[DayMark, ...]:
    """A label under the first point of each day, as far as they have room; hours where all is of one day."""
    one = len({t[:10] for t in times}) == 1
    marks: list[DayMark] = []
    seen = set()
    for time in times:
        label = wording.hour(time) if one else wording.short_day(time)
        if label is None or label in seen or (marks and x[time] - marks[-1].x < _BETWEEN_DAYS):
            continue
        seen.add(label)
        last = x[time] > WIDTH - 30
        marks.append(DayMark(label, WIDTH if last else x[time], "end" if last else "middle"))
    return tuple(marks)


# --- a story's matrix, as small as a stamp ----------------------------------------------------------------------------


class Miniature(Struct, frozen=True, gc=False):
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
    words = _(
        "%(claims)s by %(outlets)s, in miniature",
        claims=ngettext("%(n)s claim", "%(n)s claims", len(rows)),
        outlets=ngettext("%(n)s outlet", "%(n)s outlets", len(rows[0])),
    )
    return Miniature(len(rows[0]) * STAMP, len(rows) * STAMP, "".join(filled), "".join(hollow), "".join(struck), words)
