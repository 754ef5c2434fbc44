"""WARC: web archives (ISO 28500) by warcio (extra ``warc``); a capture a page that was answered with HTML."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from generator.errors import InputRefused
from generator.intake.addresses import clean_url
from generator.intake.html import capture_of, decoded
from generator.intake.isodates import iso_date
from generator.model import Capture
from generator.text import squeeze

MAX_PAGES = 2000
MAX_PAGE = 20 << 20  # bytes of one page, unpacked
MAX_TOTAL = 400 << 20  # bytes of all pages, unpacked


class Warc:
    """Reads web archives."""

    name = "warc"

    def detects(self, path: Path, head: bytes) -> bool:
        """By the mark of a record, or by suffix where the file is packed."""
        return head.startswith(b"WARC/") or path.name.lower().endswith((".warc", ".warc.gz"))

    def read(self, path: Path, data: bytes, name: str) -> tuple[Capture, ...]:
        """A capture a page with text. Raises InputRefused for a damaged or empty archive, or without the extra."""
        try:
            from warcio.archiveiterator import ArchiveIterator
            from warcio.exceptions import ArchiveLoadFailed
        except ImportError as error:
            raise InputRefused('web archives need an extra: pip install "crossreport[warc]"', path=path) from error
        import zlib

        try:
            with redirect_stderr(StringIO()):  # it prints what it thinks of a damaged record
                found = tuple(_captures(ArchiveIterator(BytesIO(data)), name))
        except (ArchiveLoadFailed, EOFError, OSError, zlib.error, ValueError) as error:
            raise InputRefused("the web archive is damaged", path=path) from error
        if not found:
            raise InputRefused("the web archive holds no page with text", path=path)
        return found


def _captures(records: Any, name: str) -> Iterator[Capture]:
    seen: set[str] = set()
    total = 0
    for record in records:
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        if not _is_page(record) or url in seen or len(seen) >= MAX_PAGES:
            continue
        body = record.content_stream().read(MAX_PAGE + 1)
        total += len(body)
        if len(body) > MAX_PAGE or total > MAX_TOTAL:
            continue
        source, doubts = decoded(body)
        capture = capture_of(source, name)
        if not squeeze(capture.text):
            continue
        seen.add(url)
        hints = capture.hints
        if not hints.url and url.startswith(("http://", "https://")):
            hints = replace(hints, url=clean_url(url), evidence=(*hints.evidence, ("url", "WARC-Target-URI")))
        saved = iso_date(record.rec_headers.get_header("WARC-Date"))
        doubts += (f"saved {saved}",) if saved and not hints.published else ()
        yield replace(capture, part=str(len(seen)), hints=hints, doubts=doubts + capture.doubts)


def _is_page(record: Any) -> bool:
    """Whether a record is a page that was found."""
    if record.rec_type not in ("response", "resource"):
        return False
    headers = record.http_headers or record.rec_headers
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    return status == "200" and "html" in (headers.get_header("Content-Type") or "").lower()


READER = Warc()
