"""PDF: the text layer by pypdfium2 (extra ``pdf``), columns read one after the other; a scanned page is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from generator.errors import InputRefused
from generator.intake.isodates import iso_date
from generator.model import Capture, Hints
from generator.text import one_line, squeeze

MAX_PAGES = 200
FEW = 20  # visible characters a page: fewer on all pages is a scan
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?")


class Pdf:
    """Reads PDF files that have a text layer."""

    name = "pdf"

    def detects(self, path: Path, head: bytes) -> bool:
        """By the mark that every PDF file begins with."""
        return head[:1024].lstrip().startswith(b"%PDF-")

    def read(self, path: Path, data: bytes, name: str) -> tuple[Capture, ...]:
        """One capture a file. Raises InputRefused for a damaged, locked or scanned one, or without the extra."""
        try:
            import pypdfium2 as pdfium
        except ImportError as error:
            raise InputRefused('PDF files need an extra: pip install "crossreport[pdf]"', path=path) from error
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            reason = "locked by a password" if "assword" in str(error) else "damaged"
            raise InputRefused(f"the PDF file is {reason}", path=path) from error
        try:
            pages = [_page_text(document[n]) for n in range(min(len(document), MAX_PAGES))]
            hints = _hints(document.get_metadata_dict())
            cut = len(document) > MAX_PAGES
        finally:
            document.close()
        if sum(len(squeeze(p)) for p in pages) < FEW * max(1, len(pages)):
            raise InputRefused("the PDF file is scanned: it has pictures of text, and no text", path=path)
        doubts = (f"only the first {MAX_PAGES} pages were read",) if cut else ()
        return (Capture(name, "\n\n".join(p for p in pages if p), hints, medium="text", doubts=doubts),)


def _page_text(page: Any) -> str:
    layer = page.get_textpage()
    try:
        rects = [_Box(*layer.get_rect(n)) for n in range(layer.count_rects())]
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


def _hints(info: dict[str, str]) -> Hints:
    """What the file says of itself: the title, where it is none of a writing program's, and the day it was made."""
    title = one_line(info.get("Title") or "")
    title = "" if re.search(r"(?i)\.(?:docx?|indd|pdf|html?)$|^(?:untitled|microsoft word)|^\W*$", title) else title
    match = _DATE.match(info.get("CreationDate") or "")
    made = iso_date(f"{match[1]}-{match[2]}-{match[3]}") if match else None
    found = [("title", title, "PDF title"), ("published", made, "guessed from the day the PDF file was made")]
    return Hints(title=title or None, published=made, evidence=tuple((k, why) for k, v, why in found if v))


READER = Pdf()
