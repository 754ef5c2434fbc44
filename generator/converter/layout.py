"""Layout: the capture text cut into units (a paragraph, a heading, a menu entry), with line wraps undone.

A text is taken for hard-wrapped when its lines break in mid-sentence near one width. Then a line is joined to the next
where it was *full*: the next line's first word would not have fitted. Greedy filling is what every mailer, ``fold`` and
``fmt`` does, so this needs no blank lines and leaves lists, verse and headings alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from generator.model import Capture, Line, Role, Span
from generator.text import squeeze, unturned

NEWLINE = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_OTHER_NEWLINE = re.compile(r"[\r\v\f\x85\u2028\u2029]")
_LINE_FEED = re.compile("\n")
TERMINAL = re.compile(r"[.!?…:;。！？」』．]['\"”’»)\]]{0,3}$")
BULLET = re.compile(r"^(?:[*+\-–—•·▪◦‣●○■□►▶>»›]\s|[*+•·▪◦‣●○■►▶]\S|o\s|\d{1,2}[.)]\s|\(\w{1,2}\)\s)")
# Marks that only steer layout; ZWJ, ZWNJ and direction marks are spelling in some scripts and stay.
_STEERING = re.compile("[\u00ad\u200b\u2060-\u2064\ufeff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]+")
WIDEST_WRAP = 140
_WIDE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]")
_UNSPACED = re.compile("[\u2e80-\ua4cf\uf900-\ufaff\uff00-\uff60]")


class Unit(NamedTuple):
    """A stretch of the capture text that stands by itself: ``text`` is it in one line; ``gap`` is how many blank lines
    stand before it. ``role``, ``markup``, ``level``: what the reader of a richer medium already knew, by its ``rule``.
    """

    span: Span
    text: str
    gap: int = 1
    bullet: bool = False
    glued: bool = False
    role: Role | None = None
    markup: str | None = None
    level: int = 0
    rule: str = "given"


MOST_UNITS = 20_000  # of one capture; what follows is kept in bunches
BUNCH = 4000  # characters


def units(capture: Capture) -> tuple[Unit, ...]:
    """The units of ``capture`` in order; every visible character lies in exactly one. Beyond :data:`MOST_UNITS`,
    which no article has, neighbours are one unit up to :data:`BUNCH` characters: lines without end take little memory.
    """
    found = _given(capture.text, capture.lines) if capture.lines else _of_text(capture.text)
    return (*islice(found, MOST_UNITS), *_bunched(found))


def _bunched(units: Iterator[Unit]) -> Iterator[Unit]:
    """Neighbours of one role as one; what has markup of its own, such as a table, stays as it is."""
    bunch: list[Unit] = []
    length = 0
    for unit in units:
        if bunch and not (_alike(bunch[0], unit) and length + len(unit.text) <= BUNCH):
            yield _as_one(bunch)
            bunch, length = [], 0
        bunch.append(unit)
        length += len(unit.text)
    if bunch:
        yield _as_one(bunch)


def _alike(a: Unit, b: Unit) -> bool:
    return (a.role, a.rule, a.markup) == (b.role, b.rule, None) and b.markup is None


def _as_one(bunch: Sequence[Unit]) -> Unit:
    if len(bunch) == 1:
        return bunch[0]
    span = Span(bunch[0].span.start, bunch[-1].span.end)
    return bunch[0]._replace(span=span, text=" ".join(u.text for u in bunch), bullet=False, glued=False)


def shown(text: str) -> str:
    """``text`` in one line, without marks that only steer layout."""
    if text.isprintable():  # no mark that steers, and no white space but the space
        return text if "  " not in text and text[:1] != " " and text[-1:] != " " else " ".join(text.split())
    text = unturned(_STEERING.sub("", text))
    return " ".join(text.split())


# --- plain text -------------------------------------------------------------------------------------------------------


class _Row(NamedTuple):
    """A physical line: its visible extent, and how many blank lines stand before it."""

    span: Span
    text: str
    gap: int


def _of_text(text: str) -> Iterator[Unit]:
    rows = tuple(islice(_rows(text), MOST_UNITS))
    width = wrap_width(rows)
    glued = _SENTENCE_GLUED.search(text) is not None or _WORD_GLUED.search(text) is not None
    if not width and not glued and not (rows and rows[0].text.endswith(";")):  # each line is a unit
        for row in rows:
            yield Unit(row.span, shown(row.text), row.gap, BULLET.match(row.text) is not None)
        yield from _stretches(text, rows)
        return
    group: list[_Row] = []
    for row in rows:
        if group and not _joins(group, row, width):
            yield from _unit(group, text, glued)
            group = []
        group.append(row)
    if group:
        yield from _unit(group, text, glued)
    yield from _stretches(text, rows)


def _stretches(text: str, rows: Sequence[_Row]) -> Iterator[Unit]:
    """What stands after the last of ``rows``, where they are as many as are looked at: whole lines, not told apart."""
    at = rows[-1].span.end if len(rows) == MOST_UNITS else len(text)
    while at < len(text):
        newline = NEWLINE.search(text, at + BUNCH)
        end = newline.start() if newline else len(text)
        stretch = text[at:end].strip()
        if squeeze(stretch):
            left = text.index(stretch[0], at)
            yield Unit(Span(left, left + len(stretch)), shown(stretch))
        at = end


def _joins(group: Sequence[_Row], row: _Row, width: int) -> bool:
    """Whether ``row`` goes on with ``group``; a headline whose decks are joined by semicolons does so too."""
    if not group[0].span.start and group[-1].text.endswith(";") and not row.gap and len(group) < 3:
        return True
    return bool(width) and _continues(group[-1], row, width)


def _rows(text: str) -> Iterator[_Row]:
    gap = 0
    for start, line in _lines(text):
        stripped = line.strip()
        if stripped and (stripped[0].isprintable() or squeeze(stripped)):
            left = start if line[0] == stripped[0] else start + len(line) - len(line.lstrip())
            yield _Row(Span(left, left + len(stripped)), stripped, gap)
            gap = 0
        else:
            gap += 1


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with where they start."""
    start = 0
    newline = NEWLINE if _OTHER_NEWLINE.search(text) else _LINE_FEED
    for match in newline.finditer(text):
        yield start, text[start : match.start()]
        start = match.end()
    yield start, text[start:]


def wrap_width(rows: Sequence[_Row]) -> int:
    """The width that ``rows`` were wrapped at; 0 for text that is not hard-wrapped."""
    pairs = [(a.text, b.text) for a, b in pairwise(rows) if b.gap == 0]
    broken = [(_width(a), b) for a, b in pairs if _mid_sentence(a, b)]
    if not broken:
        return 0
    lengths = sorted(n for n, _ in broken)
    width = lengths[min(len(lengths) - 1, len(lengths) * 97 // 100)]
    if not 40 <= width <= WIDEST_WRAP:
        return 0
    full = sum(n + 1 + _first_word(b) > width * 0.88 for n, b in broken)
    longer = sum(_width(r.text) > width * 1.15 for r in rows)
    prose = sum(_width(r.text) > width * 0.7 for r in rows)
    return width if full >= 0.7 * len(broken) and longer <= 0.1 * max(prose, 1) else 0


def _mid_sentence(a: str, b: str) -> bool:
    return (b[:1].islower() or a[-1:] in ",-–") and len(a) >= 30 and not TERMINAL.search(a[-5:]) and not BULLET.match(b)


def _continues(a: _Row, b: _Row, width: int) -> bool:
    """Whether ``b`` goes on with the paragraph that ``a`` is in."""
    if b.gap or BULLET.match(b.text):
        return False
    length = _width(a.text)
    if length + 1 + _first_word(b.text) > width:
        return True
    if TERMINAL.search(a.text[-5:]):
        return False
    return length >= width * (0.6 if b.text[:1].islower() else 0.87)


def _first_word(text: str) -> int:
    return 2 if _UNSPACED.match(text) else _width(text.split(maxsplit=1)[0])


def _width(text: str) -> int:
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def _unit(rows: Sequence[_Row], text: str, glued: bool) -> Iterator[Unit]:
    """The unit that ``rows`` are, or the units where a single one was glued; ``glued`` is whether any line can be."""
    whole = Span(rows[0].span.start, rows[-1].span.end) if len(rows) > 1 else rows[0].span
    joined = _joined([r.text for r in rows]) if len(rows) > 1 else rows[0].text
    cuts = glue_points(joined, text) if glued and len(rows) == 1 else []
    if not cuts:
        yield Unit(whole, shown(joined), rows[0].gap, BULLET.match(joined) is not None)
        return
    start = 0
    for cut in [*cuts, len(joined)]:
        piece = joined[start:cut]
        span = Span(whole.start + start, whole.start + cut)
        yield Unit(span, shown(piece), rows[0].gap if not start else 0, bool(BULLET.match(piece)), bool(start))
        start = cut


def _joined(lines: Sequence[str]) -> str:
    out = lines[0]
    for line in lines[1:]:
        hyphenated = out[-1] in "-\u00ad\u2010" and out[-2:-1].isalpha() and line[0].islower()
        tight = hyphenated or bool(_UNSPACED.match(out[-1]) and _UNSPACED.match(line[0]))
        out += ("" if tight else " ") + line
    return out


# --- glued lines ------------------------------------------------------------------------------------------------------

_SENTENCE_GLUE = re.compile(
    r"(?<=[a-zà-ÿ]{3}[.!?])(?:(?P<straight>\")|[”’»)]{0,2})(?=(?P<opens>[“«]?)[A-ZÀ-Þ][\w’']*[\s,])"
)
# Looked for first, for speed.
_SENTENCE_GLUED = re.compile(r"[.!?](?<=[a-zà-ÿ]{3}[.!?])[\"”’»)]{0,2}[“«]?[A-ZÀ-Þ]")
_WORD_GLUED = re.compile(r"[A-Z](?<=[a-z]{4}[A-Z])[a-z]{2}")
_WORD_GLUE = re.compile(r"(?<![\w@#/.-])(?P<left>[a-z]{4,})(?P<right>[A-Z][a-z]{2,})(?![\w/@-])")
_ENOUGH = 25  # characters on both sides


def glue_points(line: str, text: str) -> list[int]:
    """Where ``line`` is two lines that were run together, by strong evidence only: a sentence's end and a capital
    without a space ('his surname."A forum'), or two words in one that the text also has apart ('visitNorth').
    """
    if len(line) < 2 * _ENOUGH:
        return []
    points = list(_sentence_cuts(line)) if _SENTENCE_GLUED.search(line) else []
    if _WORD_GLUED.search(line):
        points += [
            m.start("right")
            for m in _WORD_GLUE.finditer(line)
            if m["left"] in _words_of(text) and m["right"] in _words_of(text)
        ]
    return sorted({p for p in points if _ENOUGH <= p <= len(line) - _ENOUGH})


def _sentence_cuts(line: str) -> Iterator[int]:
    """Before a straight quotation mark that opens, else after it: marks open and close in turn."""
    quotes = at = 0
    for match in _SENTENCE_GLUE.finditer(line):
        quotes, at = quotes + line.count('"', at, match.start()), match.start()
        yield match.start() if match["straight"] and quotes % 2 == 0 else match.end()


@lru_cache(maxsize=1)
def _words_of(text: str) -> frozenset[str]:
    """The words of the text at hand, gathered once for all of its lines."""
    return frozenset(_RUN.findall(text))


_RUN = re.compile(r"\w+")


# --- media that know their lines --------------------------------------------------------------------------------------


def _given(text: str, lines: Sequence[Line]) -> Iterator[Unit]:
    at = 0
    for line in sorted(lines, key=lambda x: x.span):
        if line.span.start > at:
            yield from _between(text, at, line.span.start)
        piece = line.span.of(text) if line.span.start >= at else ""
        if squeeze(piece):
            own = piece if line.role is Role.TABLE else shown(piece)
            yield Unit(line.span, own, 1, False, False, line.role, line.markup, line.level, line.rule or "given")
        at = max(at, line.span.end)
    yield from _between(text, at, len(text))


def _between(text: str, start: int, end: int) -> Iterator[Unit]:
    for row in _rows(text[start:end]):
        yield Unit(row.span.shift(start), shown(row.text), row.gap)
