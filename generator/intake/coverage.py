"""coverage.toml: what the files of a folder can't say of themselves, given by the person who saved them.

    [[article]]
    file = "2023-*.txt"            # a file's name, its path under the folder, or a glob of either
    outlet = "The Daily Example"
    published = 2023-09-11         # a date, a date with time, or either as a string

    story = "harbour-lease"        # beside loose files: the story where this one belongs

What it says always wins. Where a glob and a name both match, the name's entry wins; of two equals the later.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from generator import files
from generator.errors import InputRefused, unreadable_toml
from generator.model import Hints

NAME = "coverage.toml"
TEXTS = frozenset({"outlet", "title", "url", "language", "rights", "section", "story"})
DATES = frozenset({"published", "updated"})
LISTS = {"author": "authors", "authors": "authors", "rules_off": "rules_off"}
KEYS = ("file", *sorted(TEXTS | DATES | set(LISTS)))
_HEADER = re.compile(r"^\s*\[")
_ARTICLE = re.compile(r"^\s*\[\[\s*article\s*\]\]")


@dataclass(frozen=True, slots=True)
class Coverage:
    """What coverage.toml says.

    ``entries`` are (file name or glob, hints) in printed order; ``problems`` are what couldn't be used, each with its
    line: the rest goes on.
    """

    path: Path
    entries: tuple[tuple[str, Hints], ...] = ()
    problems: tuple[InputRefused, ...] = ()

    def hints_for(self, name: str) -> Hints:
        """What is said of the file ``name`` (its path under the folder, with "/")."""
        found = Hints()
        matching = [(p in (name, _base(name)), hints) for p, hints in self.entries if _matches(p, name)]
        for _, hints in sorted(matching, key=lambda m: m[0]):
            found = _overlaid(found, hints)
        return found


def read_coverage(folder: Path) -> Coverage:
    """The coverage.toml of ``folder``; an empty Coverage where there is none."""
    path = folder / NAME
    if not path.exists() and not path.is_symlink():
        return Coverage(path)
    try:
        text = files.read_text(path, within=folder)
        table = tomllib.loads(text)
    except InputRefused as refused:
        return Coverage(path, problems=(refused,))
    except (ValueError, RecursionError) as error:
        return Coverage(path, problems=(unreadable_toml(path, error),))
    inner = ((Path(here).relative_to(folder), names) for here, _, names in os.walk(folder))
    names = sorted((here / name).as_posix() for here, found in inner for name in found if here / name != Path(NAME))
    return _checked(path, table, text.splitlines(), names)


def _checked(path: Path, table: dict[str, Any], lines: list[str], names: list[str]) -> Coverage:
    problems = [
        InputRefused(f"unknown key {key!r}; known: [[article]]", path=path, line=_line_of(lines, key, 0))
        for key in table
        if key != "article"
    ]
    articles = table.get("article", [])
    if not isinstance(articles, list):
        return Coverage(path, problems=(InputRefused("write [[article]], with two brackets", path=path),))
    starts = [n for n, line in enumerate(lines) if _ARTICLE.match(line)]
    entries: list[tuple[str, Hints]] = []
    for position, article in enumerate(articles):
        start = starts[position] if position < len(starts) else 0
        found = list(_entry(path, article, lines, start, names))
        entries += [f for f in found if not isinstance(f, InputRefused)]
        problems += [f for f in found if isinstance(f, InputRefused)]
    return Coverage(path, tuple(entries), tuple(sorted(problems, key=lambda p: p.line or 0)))


def _entry(
    path: Path, article: Any, lines: list[str], start: int, names: list[str]
) -> Iterator[tuple[str, Hints] | InputRefused]:
    pattern = article.get("file") if isinstance(article, dict) else None
    if not isinstance(pattern, str) or not pattern:
        yield InputRefused("an [[article]] needs a file", path=path, line=start + 1)
        return
    if not any(_matches(pattern, name) for name in names):
        yield InputRefused(f"no file matches {pattern!r}", path=path, line=_line_of(lines, "file", start))
    values: dict[str, Any] = {}
    evidence: list[tuple[str, str]] = []
    for key, value in article.items():
        line = _line_of(lines, key, start)
        if key == "file":
            continue
        try:
            field, usable = _value(key, value)
        except ValueError as error:
            yield InputRefused(str(error), path=path, line=line)
            continue
        values[field] = usable
        evidence.append((field, f"{NAME}:{line}"))
    yield pattern, Hints(**values, evidence=tuple(evidence))


def _value(key: str, value: Any) -> tuple[str, Any]:
    """The field that ``key`` sets and its value. Raises ValueError saying what is wrong."""
    if key in DATES:
        return key, _iso(key, value)
    if key in TEXTS:
        if not isinstance(value, str) or not value.strip():
            raise ValueError(f"{key} must be text")
        return key, value.strip()
    if key in LISTS:
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(i, str) and i.strip() for i in items):
            raise ValueError(f"{key} must be text or a list of texts")
        return LISTS[key], tuple(i.strip() for i in items)
    raise ValueError(f"unknown key {key!r}; known: {', '.join(KEYS)}")


def _iso(key: str, value: Any) -> str:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, str):
        try:
            parsed = datetime.fromisoformat(value.strip())
        except ValueError:
            raise ValueError(f"{key} must be a date like 2023-09-11, not {value!r}") from None
        return value.strip() if len(value.strip()) <= 10 else parsed.isoformat()
    raise ValueError(f"{key} must be a date like 2023-09-11")


def _matches(pattern: str, name: str) -> bool:
    return pattern == name or fnmatchcase(name, pattern) or fnmatchcase(_base(name), pattern)


def _base(name: str) -> str:
    return name.rpartition("/")[2]


def _overlaid(below: Hints, above: Hints) -> Hints:
    given = {f.name: v for f in fields(Hints) if f.name != "evidence" and (v := getattr(above, f.name))}
    return replace(below, **given, evidence=tuple((dict(below.evidence) | dict(above.evidence)).items()))


def _line_of(lines: list[str], key: str, start: int) -> int:
    """The number (from 1) of the line that sets ``key`` in the table whose header is ``lines[start]``."""
    setting = re.compile(rf"""^\s*\[*\s*["']?{re.escape(key)}["']?\s*[=\].]""")
    for n in range(start, len(lines)):
        if setting.match(lines[n]):
            return n + 1
        if n > start and _HEADER.match(lines[n]):
            break
    return start + 1
