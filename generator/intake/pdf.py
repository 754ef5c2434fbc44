"""PDF: the text layer by pypdfium2 (extra ``pdf``), columns read one after the other; a scanned page is refused."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from generator.errors import InputRefused
from generator.intake import pdftext
from generator.intake.isodates import iso_date
from generator.model import Capture, Hints
from generator.text import one_line, squeeze

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
        if find_spec("pypdfium2") is None:
            raise InputRefused('PDF files need an extra: pip install "crossreport[pdf]"', path=path)
        told = _told(path, data)
        pages, hints = told["pages"], _hints(told["info"])
        if sum(len(squeeze(p)) for p in pages) < FEW * max(1, len(pages)):
            raise InputRefused("the PDF file is scanned: it has pictures of text, and no text", path=path)
        unread = (f"only the first {pdftext.MAX_PAGES} pages are read", None) if told["count"] > len(pages) else None
        return (Capture(name, "\n\n".join(p for p in pages if p), hints, medium="text", unread=unread),)


def _told(path: Path, data: bytes) -> dict[str, Any]:
    """What :mod:`pdftext` says of a file."""
    # -P: the modules beside the script must not be taken for the standard library's.
    command = [sys.executable, "-P", pdftext.__file__]
    run = subprocess.run(command, input=data, capture_output=True, check=False)  # noqa: S603 (a script of ours)
    if run.returncode == pdftext.LOCKED:
        raise InputRefused("the PDF file is locked by a password", path=path)
    if run.returncode == pdftext.DAMAGED:
        raise InputRefused("the PDF file is damaged", path=path)
    if run.returncode:
        raise InputRefused("the PDF file takes too much to read, or breaks what reads it", path=path)
    told: dict[str, Any] = json.loads(run.stdout)
    return told


def _hints(info: dict[str, str]) -> Hints:
    """What the file says of itself: the title, where it is none of a writing program's, and the day it was made."""
    title = one_line(info.get("Title") or "")
    title = "" if re.search(r"(?i)\.(?:docx?|indd|pdf|html?)$|^(?:untitled|microsoft word)|^\W*$", title) else title
    match = _DATE.match(info.get("CreationDate") or "")
    made = iso_date(f"{match[1]}-{match[2]}-{match[3]}") if match else None
    found = [("title", title, "PDF title"), ("published", made, "guessed from the day the PDF file was made")]
    return Hints(title=title or None, published=made, evidence=tuple((k, why) for k, v, why in found if v))


READER = Pdf()
