"""WARC: web archives (ISO 28500) by warcio (extra ``warc``); a capture a page that was answered with HTML."""

from __future__ import annotations

import hashlib
import math
import zlib
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
MAX_TOTAL = 400 << 20  # bytes of the archive, unpacked, and of all its pages
MAX_HEAD = 1 << 20  # bytes of what stands before one page
_GZIP = b"\x1f\x8b"
_STEP = 1 << 16


class Warc:
    """Reads web archives."""

    name = "warc"

    def detects(self, path: Path, head: bytes) -> bool:
        """By the mark of a record, or by suffix where the file is packed."""
        return head.startswith(b"WARC/") or path.name.lower().endswith((".warc", ".warc.gz"))

    def read(self, path: Path, data: bytes, name: str) -> tuple[Capture, ...]:
        """A capture a page with text; what comes before a damage is read. Raises InputRefused for a
        damaged archive of which nothing can be read, an empty one, one that unpacks to no end, or without the extra.
        """
        try:
            records = _records(data)
        except ImportError as error:
            raise InputRefused('web archives need an extra: pip install "crossreport[warc]"', path=path) from error
        if unpacked(data, MAX_TOTAL) > MAX_TOTAL:
            raise InputRefused(f"the web archive unpacks to more than {MAX_TOTAL >> 20} MB", path=path)
        found, unread = _until_damage(_captures(records, name))
        if not found:
            why = "is damaged" if unread else "holds no page with text"
            raise InputRefused(f"the web archive {why}", path=path)
        return tuple(replace(c, unread=unread) for c in found)


def unpacked(data: bytes, most: int) -> int:
    """How many bytes gzip ``data`` holds (RFC 1952; its members one after the other), counted no further than ``most``;
    0 for what is not packed.
    """
    total = at = 0
    while data[at : at + 2] == _GZIP and total <= most:
        member = zlib.decompressobj(wbits=31)
        while at < len(data) and not member.eof and total <= most:
            piece = member.unconsumed_tail or data[at : at + _STEP]
            at += 0 if member.unconsumed_tail else len(piece)
            try:
                total += len(member.decompress(piece, 16 * _STEP))
            except zlib.error:
                return total
        while member.unconsumed_tail and total <= most:
            total += len(member.decompress(member.unconsumed_tail, 16 * _STEP))
        at -= len(member.unused_data)
    return total


def _records(data: bytes) -> Any:
    """The records of an archive. warcio looks for a page in the answers of http addresses alone, and trips over a
    record without one: here an answer is one wherever it came from.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.recordloader import ArcWarcRecordLoader

    class Loader(ArcWarcRecordLoader):  # type: ignore[misc]
        left: float = 0

        def parse_record_stream(self, *arguments: Any, **more: Any) -> Any:
            self.left = MAX_HEAD
            record = super().parse_record_stream(*arguments, **more)
            self.left = math.inf
            return record

        def load_http_headers(self, rec_type: str, uri: str | None, stream: Any, length: int | None) -> Any:
            other = (uri or "").startswith(self.NON_HTTP_SCHEMES)
            return super().load_http_headers(rec_type, uri if other else "http:", stream, length)

    def line(length: int | None = None) -> bytes:
        found: bytes = whole_line(min(length or MAX_HEAD, MAX_HEAD))
        records.loader.left -= len(found)
        if records.loader.left < 0 or len(found) == MAX_HEAD:
            raise ValueError("a head without end")
        return found

    records = ArchiveIterator(BytesIO(data))
    records.loader = Loader(verify_http=False)
    whole_line, records.reader.readline = records.reader.readline, line
    return records


def _until_damage(captures: Iterator[Capture]) -> tuple[list[Capture], tuple[str, None] | None]:
    """What can be read, and what is to be told of the rest."""
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.statusandheaders import StatusAndHeadersParserException

    found: list[Capture] = []
    try:
        with redirect_stderr(StringIO()):  # warcio prints what it thinks of a damaged record
            found.extend(captures)  # as far as it comes
    except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, OSError, zlib.error, ValueError):
        return found, (f"only the first {len(found)} pages of the web archive could be read", None)
    return found, None


def _captures(records: Any, name: str) -> Iterator[Capture]:
    seen: set[tuple[str, bytes]] = set()
    total = 0
    for record in records:
        if not _is_page(record):
            continue
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        body = record.content_stream().read(MAX_PAGE + 1)
        total += len(body)
        if len(body) > MAX_PAGE or total > MAX_TOTAL or len(seen) >= MAX_PAGES:
            raise ValueError("more than is read of one archive")
        known = (url, hashlib.sha256(body).digest())
        if known in seen:
            continue
        source, doubts = decoded(body)
        capture = capture_of(source, name)
        if not squeeze(capture.text):
            continue
        seen.add(known)
        hints = capture.hints
        if not hints.url and (address := clean_url(url)):
            hints = replace(hints, url=address, evidence=(*hints.evidence, ("url", "WARC-Target-URI")))
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
