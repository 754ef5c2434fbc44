"""Drawings and formulas that a page leaves open: what a browser shows after them is not theirs.

HTML ends an ``svg`` or ``math`` at the first tag that can only be the page's own, closed or not (WHATWG HTML, 13.2.6.5);
the parser that reads pages here knows nothing of that, and all the rest of the page would be part of a drawing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

# The list of the standard.
_ENDS = frozenset(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr"
    " ol p pre ruby s small span strong strike sub sup table tt u ul var".split()
)
_MAY_HOLD = frozenset("foreignobject desc title annotation-xml mi mo mn ms mtext".split())


def let_out(root: Any) -> None:
    """Moves what ends a drawing, and everything behind it, out of the drawing. Each element is moved once for each
    drawing that it lies in.
    """
    inside: set[Any] = set()
    for drawing in list(root.iter("svg", "math")):
        if drawing in inside:
            continue
        inside.update(drawing.iter("svg", "math"))
        first = next(_ending(drawing), None)
        if first is not None:
            _move(drawing, first)


def _ending(drawing: Any) -> Iterator[Any]:
    stack = list(reversed(drawing))
    while stack:
        element = stack.pop()
        if element.tag in _ENDS:
            yield element
        elif element.tag not in _MAY_HOLD:
            stack.extend(reversed(element))


def _move(drawing: Any, first: Any) -> None:
    moved, at = [first, *first.itersiblings()], first.getparent()
    while at is not drawing:
        moved[-1].tail, at.tail = (moved[-1].tail or "") + (at.tail or ""), None
        moved += at.itersiblings()
        at = at.getparent()
    place = drawing.getparent()
    tail, drawing.tail = drawing.tail, None
    index = place.index(drawing) + 1
    place[index:index] = moved  # each takes along the text behind it
    if tail:
        moved[-1].tail = (moved[-1].tail or "") + tail
