"""Page lines: the visible text of an HTML tree, line by line in reading order, with what the markup says of each.

The walk keeps its own stack and is linear in the page; nothing is dropped but what a browser never shows as text
(scripts, styles, templates, the head).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MAX_DEPTH = 250  # nested elements that extraction, which walks trees by recursion here and there, is tried on


class TooDeep(ValueError):
    """A page is nested more deeply than it can be read as a tree."""


INVISIBLE = frozenset(
    "script style template head title svg math iframe object embed noscript select datalist textarea audio video canvas"
    " map noframes param source track link meta base".split()
)
BLOCKS = frozenset(
    "address article aside blockquote body button center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr html label legend li main menu nav ol option p pre"
    " section summary table"
    " tbody td tfoot th thead tr ul caption br time-block".split()
)
CELLS = frozenset({"td", "th"})
HEADINGS = {f"h{n}": n for n in range(1, 7)}
EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*"}
REGIONS = frozenset("nav header footer aside form figure article main blockquote li table button dialog menu".split())


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text within a line: ``mark`` is "", "*" or "**"; ``href`` the target where it is a link."""

    text: str
    mark: str = ""
    href: str | None = None


@dataclass(slots=True)
class PageLine:
    """A line of the page: ``tag`` is the block element it stands in; ``regions`` are the elements around it, by name;
    ``names`` their classes and ids; ``parent`` numbers its container, so that lines of one container can be told;
    ``depth`` is how deep a list item lies; ``table``, ``row`` and ``column`` say where a cell stands.
    """

    tag: str
    text: str
    pieces: list[Piece]
    regions: frozenset[str]
    names: str
    parent: int
    depth: int = 0
    hidden: bool = False
    row: int = 0
    linked: int = field(default=0)
    table: int = 0
    column: int = 0

    @property
    def link_share(self) -> float:
        return self.linked / max(1, len(self.text))


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is open around a place of the page."""

    tag: str = "body"
    number: int = 0
    regions: frozenset[str] = frozenset()
    names: str = ""
    mark: str = ""
    href: str | None = None
    depth: int = 0
    hidden: bool = False
    preformatted: bool = False
    row: int = 0
    table: int = 0
    column: int = 0


class _Collector:
    """Gathers the text of the current line and writes it when a block begins or ends."""

    def __init__(self) -> None:
        self.lines: list[PageLine] = []
        self._pieces: list[Piece] = []
        self._frame = _Frame()
        self._names = ""

    def text(self, text: str | None, frame: _Frame) -> None:
        if not text:
            return
        if frame.preformatted and "\n" in text:
            for n, part in enumerate(text.split("\n")):
                if n:
                    self.flush()
                self.text(part, frame)
            return
        if not self._pieces:
            self._frame, self._names = frame, frame.names
        elif frame.names != self._names and text.strip():
            self._names = _shared_names(self._names, frame.names)
        self._pieces.append(Piece(text, frame.mark, frame.href))

    def flush(self) -> None:
        if not self._pieces:
            return
        pieces, self._pieces = _tidy(self._pieces), []
        text = "".join(p.text for p in pieces)
        if not text:
            return
        frame = self._frame
        linked = sum(len(p.text) for p in pieces if p.href)
        self.lines.append(
            PageLine(
                frame.tag,
                text,
                pieces,
                frame.regions,
                self._names,
                frame.number,
                frame.depth,
                frame.hidden,
                frame.row,
                linked,
                frame.table,
                frame.column,
            )
        )


def _shared_names(a: str, b: str) -> str:
    """The names of the elements around both: what holds a word of a line says nothing of the line."""
    if b.startswith(a):
        return a
    end = next((i for i, (c, d) in enumerate(zip(a, b, strict=False)) if c != d), min(len(a), len(b)))
    return a[:end] if end in (len(a), len(b)) else a[: a.rfind(" ", 0, end) + 1].rstrip()


def _tidy(pieces: list[Piece]) -> list[Piece]:
    """The pieces with white space as single spaces, none at the line's ends, and equal neighbours joined."""
    out: list[Piece] = []
    space = True
    for p in pieces:
        text = " ".join(p.text.split())
        if not text:
            if p.text and not space:
                out.append(Piece(" "))
                space = True
            continue
        lead = "" if space or not p.text[0].isspace() else " "
        trail = " " if p.text[-1].isspace() else ""
        if out and (out[-1].mark, out[-1].href) == (p.mark, p.href):
            out[-1] = Piece(out[-1].text + lead + text + trail, p.mark, p.href)
        else:
            out.append(Piece(lead + text + trail, p.mark, p.href))
        space = bool(trail)
    if out and out[-1].text.endswith(" "):
        last = out[-1]
        out[-1] = Piece(last.text.rstrip(" "), last.mark, last.href)
    return [p for p in out if p.text]


def page_lines(root: Any) -> list[PageLine]:
    """The lines of the tree under ``root`` (an lxml element). Raises TooDeep beyond :data:`MAX_DEPTH`."""
    collector = _Collector()
    numbers = iter(range(1, 1 << 60))
    columns: dict[int, int] = {}  # how many columns of a row have been filled
    stack: list[tuple[Any, _Frame, Iterator[Any]]] = []
    frame = _Frame()
    collector.text(root.text, frame)
    stack.append((root, frame, iter(root)))
    while stack:
        element, frame, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if stack:
                _leave(element, stack[-1][1], collector)
            continue
        tag = child.tag
        if not isinstance(tag, str) or tag in INVISIBLE:
            collector.text(child.tail, frame)
            continue
        if tag in BLOCKS:
            collector.flush()
        inner = _enter(child, tag, frame, numbers, columns)
        collector.text(child.text, inner)
        if len(stack) > MAX_DEPTH:
            raise TooDeep
        stack.append((child, inner, iter(child)))
    collector.flush()
    return collector.lines


def _leave(element: Any, outer: _Frame, collector: _Collector) -> None:
    if element.tag in BLOCKS:
        collector.flush()
    collector.text(element.tail, outer)


def _enter(element: Any, tag: str, outer: _Frame, numbers: Iterator[int], columns: dict[int, int]) -> _Frame:
    """The frame within ``element``."""
    attributes = element.attrib
    if tag not in BLOCKS:
        if not attributes and tag not in EMPHASIS:
            return outer
        mark = EMPHASIS.get(tag, outer.mark)
        href = attributes.get("href") if tag == "a" else outer.href
        names = outer.names + _names(attributes)
        return _Frame(
            outer.tag,
            outer.number,
            outer.regions,
            names,
            mark,
            href,
            outer.depth,
            outer.hidden or _hidden(attributes),
            outer.preformatted,
            outer.row,
            outer.table,
            outer.column,
        )
    regions = outer.regions | {tag} if tag in REGIONS else outer.regions
    if role := _ROLES.get(attributes.get("role", "")):
        regions = regions | {role}
    number = next(numbers)
    return _Frame(
        _line_tag(tag, outer),
        number if tag in _CONTAINERS else outer.number,
        regions,
        outer.names + _names(attributes) if attributes else outer.names,
        outer.mark,
        outer.href,
        outer.depth + (tag in ("ul", "ol")),
        outer.hidden or _hidden(attributes),
        outer.preformatted or tag == "pre",
        number if tag == "tr" else outer.row,
        number if tag == "table" else outer.table,
        _column(element, outer.row, columns) if tag in ("td", "th") else outer.column,
    )


MAX_COLUMNS = 60


def _column(element: Any, row: int, columns: dict[int, int]) -> int:
    """The column that a cell stands in, by the cells before it in its row and what they span."""
    at = columns.get(row, 0)
    span = element.get("colspan") or ""
    columns[row] = at + (min(int(span), MAX_COLUMNS) if span.isdecimal() and len(span) < 4 else 1)
    return at


_CONTAINERS = BLOCKS - {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "br", "hr", "td", "th", "tr", "tbody", "thead"}
_ROLES = {"navigation": "nav", "banner": "header", "contentinfo": "footer", "complementary": "aside", "search": "form"}
_OWN = frozenset({*HEADINGS, "li", "figcaption", "td", "th", "dt", "dd", "button", "caption", "pre", "summary"})


def _line_tag(tag: str, outer: _Frame) -> str:
    """What a line is said to stand in: the innermost element that says something of it."""
    if tag in _OWN:
        return tag
    if tag == "p":
        return outer.tag if outer.tag in ("li", "figcaption", "td", "th", "dd", "button") else "p"
    if tag == "blockquote":
        return "blockquote"
    if tag in ("div", "section", "span", "br", "header", "article"):
        return outer.tag if outer.tag in _OWN or (outer.tag in ("blockquote", "p") and tag == "br") else "div"
    return tag


_TELLING = ("class", "id", "data-testid", "data-component", "data-module", "itemprop", "data-qa")


def _names(attributes: Any) -> str:
    """The class, id and test names of an element, as one lower-case string that begins with a space."""
    if not attributes:
        return ""
    given = dict(attributes)
    return "".join([" " + value[:120].lower() for key in _TELLING if (value := given.get(key))])


_HIDE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def _hidden(attributes: Any) -> bool:
    if not attributes:
        return False
    style = attributes.get("style")
    return "hidden" in attributes or bool(style and _HIDE.search(style))
