"""removed.toml: articles that someone asked to be taken out. They leave everything; their address says so.

    [[removed]]
    source_file = "harbour-strike/saved page (4).txt"    # or id = "harbour-strike/strike-enters-third-day-1a2b3c"
    who = "the author"                                    # or url = "https://..."
    why = "names a minor"
    date = 2026-03-12

Who asked and why stay in the file; the site shows the date alone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from generator import files
from generator.errors import InputRefused, unreadable_toml
from generator.model import Article, Removal

NAME = "removed.toml"
_NAMED_BY = ("source_file", "id", "url")
_KEYS = (*_NAMED_BY, "who", "why", "date")
_HEADER = re.compile(r"^\s*\[\[\s*removed\s*\]\]")


@dataclass(frozen=True, slots=True)
class Request:
    """One entry: ``by`` is what names the article (one of source_file, id, url), ``line`` where the entry begins."""

    by: str
    name: str
    date: str | None
    line: int

    def names(self, article: Article) -> bool:
        match self.by:
            case "id":
                return self.name == f"{article.story}/{article.id}"
            case "url":
                return bool(article.url) and _plain_url(self.name) == _plain_url(article.url or "")
            case _:
                files = (article.source_file or "", *article.also, *(v.source_file for v in article.versions))
                return any(self.name in (f, f"{article.story}/{f}", f.partition("#")[0]) for f in files if f)


@dataclass(frozen=True, slots=True)
class Removals:
    """What removed.toml says; ``problems`` are the entries that can't be used."""

    path: Path
    requests: tuple[Request, ...] = ()
    problems: tuple[InputRefused, ...] = ()

    def of(self, article: Article) -> Removal | None:
        """The removal of ``article``, where one asks for it."""
        found = next((r for r in self.requests if r.names(article)), None)
        return Removal(article.story, article.id, found.date) if found else None

    def gone(self) -> Iterable[Removal]:
        """What is named by its id: its address answers even when its file is gone."""
        for request in self.requests:
            story, _, key = request.name.partition("/")
            if request.by == "id":
                yield Removal(story, key, request.date)

    def dead(self, articles: Iterable[Article]) -> list[tuple[Request, InputRefused]]:
        """The entries that fit none of ``articles``, each with a line on it: a misspelt name must be seen."""
        every = list(articles)
        lost = [r for r in self.requests if not any(r.names(a) for a in every)]
        return [(r, InputRefused(f"no article has the {r.by} {r.name!r}{_HELP[r.by]}", path=self.path, line=r.line))
                for r in lost]  # fmt: skip


_GONE = "; where its file is gone, give its id, so that its address still answers"
_HELP = {"source_file": _GONE, "url": _GONE, "id": "; its address answers all the same"}


def read_removals(content: Path) -> Removals:
    """The removed.toml of ``content``; none where there is none."""
    path = content / NAME
    if not path.exists() and not path.is_symlink():
        return Removals(path)
    try:
        text = files.read_text(path, within=content)
        table = tomllib.loads(text)
    except InputRefused as refused:
        return Removals(path, problems=(refused,))
    except (ValueError, RecursionError) as error:
        return Removals(path, problems=(unreadable_toml(path, error),))
    lines = [n for n, row in enumerate(text.splitlines(), 1) if _HEADER.match(row)]
    entries = table.get("removed", [])
    if not isinstance(entries, list) or set(table) - {"removed"}:
        return Removals(path, problems=(InputRefused("write [[removed]], with two brackets", path=path),))
    made: list[Request] = []
    problems: list[InputRefused] = []
    for at, entry in enumerate(entries):
        line = lines[at] if at < len(lines) else 1
        try:
            made.append(_request(entry, line))
        except ValueError as error:
            problems.append(InputRefused(str(error), path=path, line=line))
    return Removals(path, tuple(made), tuple(problems))


def _request(entry: Any, line: int) -> Request:
    """Raises ValueError saying what is wrong."""
    unknown = [k for k in entry if k not in _KEYS]
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r}; known: {', '.join(_KEYS)}")
    given = [k for k in _NAMED_BY if k in entry]
    if len(given) != 1 or not isinstance(entry[given[0]], str) or not entry[given[0]].strip():
        raise ValueError(f"an entry names its article by one of {', '.join(_NAMED_BY)}")
    name = entry[given[0]].strip()
    if given[0] == "id" and "/" not in name:
        raise ValueError('an id is "story/article", as in the address of its page')
    return Request(given[0], name, _day(entry.get("date")), line)


def _day(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    try:
        return date.fromisoformat(str(value).strip()[:10]).isoformat()
    except ValueError:
        raise ValueError("date must be a date like 2026-03-12") from None


def _plain_url(url: str) -> str:
    """Without what doesn't tell one page from another: scheme, "www.", fragment, closing slash."""
    return re.sub(r"^https?://(www\.)?", "", url.strip()).partition("#")[0].rstrip("/").casefold()
