"""Tables of a page that hold data: their cells become one line of the capture, a table in Markdown.

A row is a line of text, cells are parted by tabs, so that no visible character is added to what the page prints.
Tables that only lay a page out are told apart by their shape; their lines stay lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.commonmark import escape, escape_inline, plain_table, table_source
from generator.intake.inline import markup_of
from generator.intake.pagelines import CELLS, PageLine

LONGEST_CELL = 40  # words
SHORT = 8  # words that most cells of data have at most
MAX_COLUMNS, MAXCELLS = 40, 4000
_NUMBER = re.compile(r"\d")

Cell = list[PageLine]


@dataclass(frozen=True, slots=True)
class DataTable:
    """The lines from ``start`` to ``end`` of a page as a table: its text, and as Markdown."""

    start: int
    end: int
    text: str
    markup: str


def data_tables(lines: Sequence[PageLine], base: str | None) -> Iterator[DataTable]:
    """The tables of data on a page, in order. One that another lies in, or that can't be written, is passed over."""
    for start, end in _stretches(lines):
        rows = _rows(lines[start:end])
        if not _is_data(rows):
            continue
        text = "\n".join("\t".join(" ".join(x.text for x in cell) for cell in row) for row in rows)
        for inline in (lambda x: _inline(x, base), lambda x: escape(x.text)):
            markup = table_source([[" ".join(map(inline, cell)) for cell in row] for row in rows])
            if plain_table(markup) == text:
                yield DataTable(start, end, text, markup)
                break


def _inline(line: PageLine, base: str | None) -> str:
    """A cell's line as inline Markdown; emphasis of the whole of it says no more than that it is a head."""
    whole = len({p.mark for p in line.pieces if p.text.strip()}) == 1 and not any(p.href for p in line.pieces)
    markup = None if whole and line.pieces[0].mark else markup_of(line.pieces, base)
    return markup or escape_inline(line.text)


def _stretches(lines: Sequence[PageLine]) -> Iterator[tuple[int, int]]:
    """Where the cells of each table stand; a table that is broken up by another is none. Its caption stands apart."""
    found: dict[int, tuple[int, int]] = {}
    broken: set[int] = set()
    start = 0
    for end in range(1, len(lines) + 1):
        if end < len(lines) and lines[end].table == lines[start].table:
            continue
        table = lines[start].table
        if table:
            broken |= {table} & found.keys()
            found[table] = (start + (lines[start].tag == "caption"), end)
        start = end
    yield from (place for table, place in found.items() if table not in broken and place[0] < place[1])


def _rows(lines: Sequence[PageLine]) -> list[list[Cell]]:
    """The cells row by row; [] where a line stands in no cell of its own (a list, a heading), or there are too many."""
    rows: dict[int, dict[int, Cell]] = {}
    for line in lines:
        if line.tag not in CELLS or line.column >= MAX_COLUMNS:
            return []
        rows.setdefault(line.row, {}).setdefault(line.column, []).append(line)
    width = 1 + max((c for cells in rows.values() for c in cells), default=0)
    return [] if width * len(rows) > MAXCELLS else [[cells.get(n, []) for n in range(width)] for cells in rows.values()]


def _is_data(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether cells are data and no layout: two rows and columns at least, half of them filled, short as a rule, few
    of them links, and numbers or heads among them.
    """
    if len(rows) < 2 or len(rows[0]) < 2 or sum(sum(map(bool, row)) >= 2 for row in rows) < max(2, 0.6 * len(rows)):
        return False
    cells = [cell for row in rows for cell in row if cell]
    lengths = sorted(sum(len(x.text.split()) for x in cell) for cell in cells)
    if lengths[-1] > LONGEST_CELL or lengths[len(lengths) // 2] > SHORT:
        return False
    everything = sum(len(x.text) for cell in cells for x in cell)
    linked = sum(x.linked for cell in cells for x in cell)
    heads = sum(cell[0].tag == "th" for cell in cells)
    numbers = sum(_NUMBER.search(cell[0].text) is not None for cell in cells)
    filled = len(cells) >= 0.5 * len(rows) * len(rows[0])
    telling = heads >= 2 or numbers >= 0.2 * len(cells) or (len(rows[0]) >= 3 and lengths[len(lengths) // 2] <= 3)
    return filled and linked <= 0.6 * everything and telling


def is_kept(table: DataTable, chosen: Sequence[bool]) -> bool:
    """Whether a table is the article's: half of its lines were chosen."""
    own = sum(chosen[table.start : table.end])
    return own >= 0.5 * (table.end - table.start)
