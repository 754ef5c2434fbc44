"""JSON Lines: an object a line with title, text, url, published, outlet, authors, language, section, rights, html."""

from __future__ import annotations

import json
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
        """A capture a line; lines that are no object or have no text are told by the first of them. Raises InputRefused
        where there is no other.
        """
        text, doubts = decode(data)
        found: list[Capture] = []
        bad: list[tuple[int, str]] = []
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                try:
                    found.append(replace(_captured(line, name), part=str(number)))
                except ValueError as error:
                    bad.append((number, str(error)))
        if not found:
            first, why = bad[0] if bad else (1, "the file holds no articles")
            raise InputRefused(why, path=path, line=first)
        unread = (f"{bad[0][1]}{_and_more(len(bad) - 1)}", bad[0][0]) if bad else None
        return tuple(replace(c, doubts=doubts + c.doubts, unread=unread) for c in found)


def _and_more(count: int) -> str:
    return f"; {count} more lines can't be read" if count > 1 else "; another line can't be read" if count else ""


def _captured(line: str, name: str) -> Capture:
    """Raises ValueError saying what is wrong with the line."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("the line is not JSON") from None
    if not isinstance(row, dict):
        raise ValueError("the line is not a JSON object")
    capture = _capture(row, name)
    if not squeeze(capture.text):
        raise ValueError('the object has no "text"')
    return capture


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
    values["url"] = clean_url(url) if url else None
    values["published"], values["updated"] = iso_date(values["published"]), iso_date(values["updated"])
    values["title"] = one_line(values["title"]) if values["title"] else None
    people = row.get("authors") or row.get("author") or row.get("byline") or ()
    authors = person_names((people,) if isinstance(people, str) else tuple(p for p in people if isinstance(p, str)))
    given = [k for k, v in {**values, "authors": authors}.items() if v]
    return Hints(authors=authors, evidence=tuple((k, "JSON line") for k in given), **values)  # type: ignore[arg-type]


def _value(row: dict[str, Any], names: tuple[str, ...]) -> str | None:
    return next((row[n].strip("\n") for n in names if isinstance(row.get(n), str) and row[n].strip()), None)


READER = JsonLines()
