"""What pypdfium2 makes of a PDF file, in a process of its own: ``python pdftext.py <file >json``.

The library is written in C++ and unpacks what a file tells it to: a file that breaks it, or unpacks to no end, ends
this process and nothing else. Nothing of ours is imported here, so that it starts at once.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any

MAX_PAGES = 200
MAX_BOXES = 50_000  # rectangles of text on a page; beyond, it is read as one column
SECONDS = 15
MEMORY = 380 << 20  # bytes of address space, of which Python and the library take a part
FOR_A_BYTE = 10  # as many more for each of the file
LOCKED, DAMAGED = 3, 4


def main() -> int:
    """Reads a file from stdin, writes {"pages": texts, "count": pages of the file, "info": what it says of itself}."""
    data = sys.stdin.buffer.read()
    _limit(MEMORY + FOR_A_BYTE * len(data))
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
        pages = [_page_text(document[n]) for n in range(min(len(document), MAX_PAGES))]
        told = {"pages": pages, "count": len(document), "info": document.get_metadata_dict()}
    except pdfium.PdfiumError as error:
        return LOCKED if "assword" in str(error) else DAMAGED
    json.dump(told, sys.stdout)
    return 0


def _limit(memory: int) -> None:
    with suppress(ImportError, ValueError, OSError):  # not on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _page_text(page: Any) -> str:
    layer = page.get_textpage()
    try:
        count = layer.count_rects()
        rects = [_Box(*layer.get_rect(n)) for n in range(count)] if count <= MAX_BOXES else []
        columns = _columns(rects, page.get_width())
        if len(columns) < 2:
            return str(layer.get_text_range()).replace("\r\n", "\n").replace("\ufffe", "-").strip()
        height = page.get_height()
        texts = [layer.get_text_bounded(left=a, bottom=0, right=b, top=height) for a, b in columns]
        return "\n\n".join(str(t).replace("\r\n", "\n").replace("\ufffe", "-").strip() for t in texts)
    finally:
        layer.close()
        page.close()


class _Box:
    """A rectangle of text on a page, in points."""

    def __init__(self, left: float, bottom: float, right: float, top: float) -> None:
        self.left, self.bottom, self.right, self.top = left, bottom, right, top


def _columns(boxes: Sequence[_Box], width: float) -> list[tuple[float, float]]:
    """The columns of a page from left to right: parts between gutters that no line crosses; one where a tenth of the
    lines cross every candidate.
    """
    if len(boxes) < 20:
        return [(0, width)]
    cuts: list[float] = []
    for at in (0.5, 1 / 3, 2 / 3):
        crossing = [x for x in boxes if x.left < width * at - 2 and x.right > width * at + 2]
        if not crossing:
            cuts.append(width * at)
    if width * 0.5 in cuts:
        cuts = [width * 0.5]
    edges = [0.0, *sorted(cuts), width]
    columns = list(pairwise(edges))
    held = [sum(a <= x.left < b for x in boxes) for a, b in columns]
    return columns if min(held) >= 0.15 * len(boxes) else [(0, width)]


if __name__ == "__main__":
    sys.exit(main())
