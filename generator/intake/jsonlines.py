"""JSON Lines: an object a line with title, text, url, published, outlet, authors, language, section, rights, html."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.errors import InputRefused
from generator.intake.addresses import clean_url
from generator.intake.decoding import decode
from generator.intake.html import capture_of
from generator.intake.isodates import iso_date
from generator.intake.persons import person_names
from generator.model import Capture, Hints
from generator.text import one_line, squeeze

SUFFIXES = frozenset({".jsonl", ".ndjson", ".jsonlines"})
NAMES = {
    "title": ("title", "headline"),
    "text": ("text", "body", "content", "maintext"),
    "published": ("published", "date", "date_publish", "publish_date"),
    "updated": ("updated", "date_modify", "modified"),
    "outlet": ("outlet", "publisher", "source", "sitename"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
    "section": ("section",),
    "rights": ("rights",),
}


class JsonLines:
    """Reads tables of articles."""

    name = "jsonl"

    def detects(self, path: Path, head: bytes) -> bool:
        """By suffix."""
        return path.suffix.lower() in SUFFIXES

    def read(self, path: Path, data: bytes, name: str) -> tuple[Capture, ...]:
        """A capture a line. Raises InputRefused, with the line, where one is no object or has no text."""
        text, doubts = decode(data)
        found = tuple(replace(c, doubts=doubts + c.doubts) for c in _captures(path, text, name))
        if not found:
            raise InputRefused("the file holds no articles", path=path)
        return found


def _captures(path: Path, text: str, name: str) -> Iterator[Capture]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputRefused("the line is not JSON", path=path, line=number) from error
        if not isinstance(row, dict):
            raise InputRefused("the line is not a JSON object", path=path, line=number)
        capture = _capture(row, name)
        if not squeeze(capture.text):
            raise InputRefused('the object has no "text"', path=path, line=number)
        yield replace(capture, part=str(number))


def _capture(row: dict[str, Any], name: str) -> Capture:
    values = {field: _value(row, names) for field, names in NAMES.items()}
    text = values.pop("text") or ""
    hints = _hints(row, values)
    html = row.get("html")
    if not text and isinstance(html, str) and html.strip():
        return replace(capture_of(html, name, hints=hints), doubts=())
    title = hints.title
    printed = f"{title}\n\n{text}" if title and not text.lstrip().startswith(title) else text
    return Capture(name, printed, hints, medium="text")


def _hints(row: dict[str, Any], values: dict[str, str | None]) -> Hints:
    url = values["url"]
    values["url"] = clean_url(url) if url and url.startswith(("http://", "https://")) else None
    values["published"], values["updated"] = iso_date(values["published"]), iso_date(values["updated"])
    values["title"] = one_line(values["title"]) if values["title"] else None
    people = row.get("authors") or row.get("author") or row.get("byline") or ()
    authors = person_names((people,) if isinstance(people, str) else tuple(p for p in people if isinstance(p, str)))
    given = [k for k, v in {**values, "authors": authors}.items() if v]
    return Hints(authors=authors, evidence=tuple((k, "JSON line") for k in given), **values)  # type: ignore[arg-type]


def _value(row: dict[str, Any], names: tuple[str, ...]) -> str | None:
    return next((row[n].strip("\n") for n in names if isinstance(row.get(n), str) and row[n].strip()), None)


READER = JsonLines()
