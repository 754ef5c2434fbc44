"""Drawn pictures as PNG, by the format's own rules (PNG 3rd edition, W3C 2025) and zlib; no imaging library, no fonts.

The card of a story is its claim matrix in miniature: a row a claim, a column an outlet, a full block where the outlet
states it, an outline where it hedges, a stroke where it denies. Other sites show it beside a link to the story.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

from generator.site.views.matrix import Matrix

WIDTH, HEIGHT = 1200, 630
PAPER, INK, RED, GREY = range(4)
_PALETTE = bytes((0xFB, 0xF9, 0xF3, 0x1B, 0x1D, 0x22, 0xA3, 0x1F, 0x1F, 0xC9, 0xC4, 0xB8))
_DEFAULT = ("stated absent reported", "quoted stated hedged", "absent reported denied", "reported absent stated")
MARGIN = 70


def png(rows: Sequence[bytes | bytearray]) -> bytes:
    """A picture of ``rows`` of palette numbers, two bits a pixel."""
    lines = [bytes(row) for row in rows]
    known = {line: b"\0" + _pack(line) for line in set(lines)}  # most rows are like the one above
    packed = (known[line] for line in lines)
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 2, 3, 0, 0, 0)
    parts = ((b"IHDR", header), (b"PLTE", _PALETTE), (b"IDAT", zlib.compress(b"".join(packed), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _pack(row: bytes) -> bytes:
    """Four pixels to a byte; all bytes at once, as one large number."""
    first, second, third, fourth = (int.from_bytes(row[n::4], "big") for n in range(4))
    return (first << 6 | second << 4 | third << 2 | fourth).to_bytes(len(row) // 4, "big")


def card(matrix: Matrix | None) -> bytes:
    """The picture of a story, or of the whole site where there is none."""
    if matrix is None or not matrix.rows or not matrix.outlets:
        lines = [tuple(row.split()) for row in _DEFAULT]
    else:
        lines = [tuple(c.firmness.key for c in row.cells[:12]) for row in matrix.rows[:8]]
    rows = [bytearray([PAPER]) * WIDTH for _ in range(HEIGHT)]
    _fill(rows, MARGIN, 60, WIDTH - MARGIN, 66, INK)
    _fill(rows, MARGIN, 70, WIDTH - MARGIN, 72, INK)
    tall, wide = (HEIGHT - 160) // len(lines), (WIDTH - 2 * MARGIN) // len(lines[0])
    for r, line in enumerate(lines):
        top = 100 + r * tall
        _fill(rows, MARGIN, top + tall - 2, WIDTH - MARGIN, top + tall - 1, GREY)
        for c, key in enumerate(line):
            _sign(rows, MARGIN + c * wide + 6, top + 8, min(wide - 12, 150), tall - 18, key)
    return png(rows)


def _sign(rows: list[bytearray], left: int, top: int, wide: int, tall: int, key: str) -> None:
    right, bottom = left + wide, top + tall
    if key in ("stated", "confirmed", "quoted"):
        _fill(rows, left, top, right, bottom, INK)
    elif key == "reported":
        _outline(rows, left, top, right, bottom, INK)
        _fill(rows, left, top, left + wide // 2, bottom, INK)
    elif key in ("hedged", "nocomment"):
        _outline(rows, left, top, right, bottom, INK)
    elif key == "denied":
        _outline(rows, left, top, right, bottom, RED)
        middle = (top + bottom) // 2
        _fill(rows, left, middle - 4, right, middle + 4, RED)


def _outline(rows: list[bytearray], left: int, top: int, right: int, bottom: int, colour: int) -> None:
    for edge in ((left, top, right, top + 4), (left, bottom - 4, right, bottom),
                 (left, top, left + 4, bottom), (right - 4, top, right, bottom)):  # fmt: skip
        _fill(rows, *edge, colour)


def _fill(rows: list[bytearray], left: int, top: int, right: int, bottom: int, colour: int) -> None:
    for y in range(max(top, 0), min(bottom, HEIGHT)):
        rows[y][left:right] = bytes([colour]) * (right - left)
