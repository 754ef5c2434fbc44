"""Feeds, sitemap and tables are what their formats say (RFC 4287, JSON Feed 1.1, sitemaps.org 0.9, RFC 4180)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.site.checking.findings import Finding

_ATOM = "{http://www.w3.org/2005/Atom}"
_MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def invalid(files: Mapping[str, bytes]) -> Iterator[Finding]:
    for name, data in files.items():
        match name.rpartition(".")[2]:
            case "xml" | "svg":
                yield from _xml(name, data)
            case "json":
                yield from _json(name, data)
            case "csv":
                yield from _csv(name, data)


def _xml(name: str, data: bytes) -> Iterator[Finding]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        yield Finding(name, error.lineno or 1, f"not readable as XML: {error.msg}")
        return
    if root.getroottree().docinfo.doctype:
        line = data[: data.upper().find(b"<!DOCTYPE")].count(b"\n") + 1
        yield Finding(name, line, "a document type has no place here")
    if root.tag == f"{_ATOM}feed":
        yield from _atom(name, root)
    elif root.tag == f"{_MAP}urlset":
        for url in root.findall(f"{_MAP}url"):
            if not (url.findtext(f"{_MAP}loc") or "").startswith(("http://", "https://")):
                yield Finding(name, url.sourceline or 1, "an address in the sitemap must be whole")


def _atom(name: str, root: Any) -> Iterator[Finding]:
    seen: set[str] = set()
    for part in (root, *root.findall(f"{_ATOM}entry")):
        kind, line = part.tag.removeprefix(_ATOM), part.sourceline or 1
        for need in ("id", "title", "updated"):
            if part.find(f"{_ATOM}{need}") is None or not (part.findtext(f"{_ATOM}{need}") or "").strip():
                yield Finding(name, line, f"the {kind} has no {need}")
        if not _TIME.fullmatch(part.findtext(f"{_ATOM}updated") or ""):
            yield Finding(name, line, f"the {kind} has no time as RFC 3339 writes it")
        key = part.findtext(f"{_ATOM}id") or ""
        if key in seen:
            yield Finding(name, line, f"two entries have the id {key}")
        seen.add(key)


def _json(name: str, data: bytes) -> Iterator[Finding]:
    try:
        table = json.loads(data)
    except ValueError as error:
        yield Finding(name, getattr(error, "lineno", 1), f"not readable as JSON: {error}")
        return
    if not isinstance(table, dict) or "jsonfeed.org" not in str(table.get("version", "")):
        return
    if not table.get("title") or not isinstance(table.get("items"), list):
        yield Finding(name, 1, "the feed has no title or no items")
        return
    keys = [item.get("id") for item in table["items"] if isinstance(item, dict)]
    if len(set(keys)) != len(table["items"]) or not all(keys):
        yield Finding(name, 1, "each item of the feed needs an id of its own")
    if any("content_text" not in i and "content_html" not in i for i in table["items"]):
        yield Finding(name, 1, "each item of the feed needs a content")


def _csv(name: str, data: bytes) -> Iterator[Finding]:
    try:
        reader = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        head = next(reader, [])
        for row in reader:
            if len(row) != len(head):
                yield Finding(name, reader.line_num, f"{len(row)} cells under {len(head)} heads")
            for cell in row:
                if cell.startswith(_FORMULA) and not _number(cell):
                    yield Finding(name, reader.line_num, f"a spreadsheet takes this for a formula: {cell[:40]!r}")
    except (csv.Error, UnicodeDecodeError) as error:
        yield Finding(name, 1, f"not readable as CSV: {error}")


def _number(cell: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", cell))
