"""Drawings, formulas and players that a page leaves open: what a browser shows after them is not theirs.

HTML ends an ``svg`` or ``math`` at the first tag that can only be the page's own, closed or not, and an ``embed`` holds
nothing (WHATWG HTML, 13.2.6.5 and 13.1.2). The parser that reads pages here knows neither, and all the rest of the page
would be part of the drawing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

# The lists of the standard.
_ENDS = frozenset(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta"
    " nobr ol p pre ruby s small span strong strike sub sup table tt u ul var".split()
)
_HOLDS_NOTHING = ("embed", "source", "track", "wbr", "bgsound", "keygen")
_MAY_HOLD = frozenset(("foreignobject", "desc", "title"))  # labels, words for who can't see it


def let_out(root: Any) -> None:
    """Moves what ends a drawing, and everything behind it, out of the drawing: each element at most twice."""
    inside: set[Any] = set()
    for drawing in list(root.iter("svg", "math")):
        if drawing not in inside:
            inside.update(drawing.iter("svg", "math"))
            first = next(_ending(drawing), None)
            if first is not None:
                _place(drawing, _rest(drawing, first))
    for element in root.iter(*_HOLDS_NOTHING):
        text, element.text = element.text, None
        moved = list(element)
        if moved:
            _place(element, moved)
        if text:
            element.tail = text + (element.tail or "")


def _ending(drawing: Any) -> Iterator[Any]:
    stack = list(reversed(drawing))
    while stack:
        element = stack.pop()
        if element.tag in _ENDS:
            yield element
        elif element.tag not in _MAY_HOLD:
            stack.extend(reversed(element))


def _rest(drawing: Any, first: Any) -> list[Any]:
    """``first`` and what follows it in the drawing, in order; each has the text behind it as its tail."""
    moved, at = [first, *first.itersiblings()], first.getparent()
    while at is not drawing:
        moved[-1].tail, at.tail = (moved[-1].tail or "") + (at.tail or ""), None
        moved += at.itersiblings()
        at = at.getparent()
    return moved


def _place(element: Any, moved: list[Any]) -> None:
    """``moved`` behind ``element``, before the text that stands there."""
    moved[-1].tail = (moved[-1].tail or "") + (element.tail or "") or None
    element.tail = None
    for each in reversed(moved):
        element.addnext(each)
