"""Names in bylines: persons only. A desk, a staff or an agency is no person; what can't be told is left out."""

from __future__ import annotations

import re
from functools import cache

from generator import lexicon
from generator.converter.dates import printed_dates

_TOKEN = re.compile(r"[^\W\d_][\w.'’‑-]*")
_SPLIT = re.compile(r"\s*(?:[,;|/•·&\n]|\s[-–—]\s|\s{2,})\s*")


@cache
def _table() -> dict[str, list[str]]:
    table: dict[str, list[str]] = lexicon.load("credits")["byline"]
    return table


@cache
def _prefix() -> re.Pattern[str]:
    words = sorted((re.escape(p) for p in _table()["prefixes"]), key=lambda p: (-len(p), p))
    return re.compile(rf"^\W*(?:{'|'.join(words)})\s*[:：]?\s+(?=\S)", re.IGNORECASE)


@cache
def _title() -> re.Pattern[str]:
    words = sorted((re.escape(p) for p in _table()["titles"]), key=lambda p: (-len(p), p))
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


@cache
def _joiner() -> re.Pattern[str]:
    return re.compile(rf"(?<!\s)\s+(?:{'|'.join(map(re.escape, _table()['joiners']))})\s+")


@cache
def _outlets() -> frozenset[str]:
    found: set[str] = set()
    for table, name in (("outlets", "outlet"), ("agencies", "agency")):
        for entry in lexicon.load(table)[name]:
            found.update(x.lower() for x in (entry["name"], *entry.get("aliases", ())))
    return frozenset(found)


def is_person(text: str) -> bool:
    """Whether ``text`` looks like one person's name: two to five capitalised words, no desk, no outlet."""
    tokens = text.split()
    if not 2 <= len(tokens) <= 5 or text.lower() in _outlets() or text.lower() in _table()["nobody"]:
        return False
    if not all(_TOKEN.fullmatch(t.strip('“”"()')) for t in tokens) or _title().search(text):
        return False
    proper = [t for t in tokens if t.lower() not in _listed("particles")]
    return (
        len(proper) >= 2 and all(t[0].isupper() for t in proper) and not _listed("never") & {t.lower() for t in proper}
    )


def byline_names(text: str) -> tuple[str, ...]:
    """The persons that a byline names, where ``text`` is one: "By" before the names or a job title beside them."""
    if byline_words().isdisjoint(_RUN.findall(text.lower())):
        return ()
    for part in re.split(r"(?:(?<!\s)\s+)?[|•·]\s*", text):
        if prefix := _prefix().match(part):
            return names_in(text[text.index(part) + prefix.end() :])
    return names_in(text) if _title().search(text) else ()


_RUN = re.compile(r"\w+")


@cache
def byline_words() -> frozenset[str]:
    """A word of each prefix and job title: a line without any is no byline."""
    return frozenset(max(_RUN.findall(p), key=len) for p in (*_table()["prefixes"], *_table()["titles"]))


_NOISE = re.compile(
    r"\([^)]{0,200}\)|\b(?:for|published|updated|posted|last|on)\b.*|\bin [A-Z]\w+.*|@\w+|https?://\S+|(?<!\S)\S+@\S+"
    r"|(?<=[a-z])(?=(?:Published|Updated|Posted)\b)"
)


def names_in(text: str) -> tuple[str, ...]:
    """The persons named in a byline's text, dates and job titles aside. The names come first: they end at the first
    part that is no person's name.
    """
    for d in reversed(list(printed_dates(text))):
        text = text[: d.span.start] + " | " + text[d.span.end :]
    text = _title().sub(" | ", _NOISE.sub(" | ", text.lstrip("*+-•– ")))
    found: list[str] = []
    for part in (p.strip(" .:,-–—*/0123456789") for s in _SPLIT.split(text) for p in _joiner().split(s)):
        name = _without_desk(unshouted(_BY.sub("", part)))
        if name and is_person(name):
            found.append(name)
        elif part:
            break
    return tuple(dict.fromkeys(found))


_BY = re.compile(r"^(?:by|von|par)\s+", re.IGNORECASE)


def _without_desk(name: str) -> str:
    """A name without the outlet or desk that is printed right after it ("A. Name Daily News", "A. Name Travel")."""
    tokens = name.split()
    for n in range(2, min(4, len(tokens))):
        rest = " ".join(tokens[n:]).lower()
        if (
            rest in _outlets()
            or rest.removeprefix("the ") in _outlets()
            or all(t.lower() in _listed("desks") for t in tokens[n:])
        ):
            return " ".join(tokens[:n])
    return name


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(_table()[name])


def unshouted(name: str) -> str:
    """A name printed in capitals, in ordinary letters."""
    return name.title() if name.isupper() and len(name) > 6 else name


def is_job(text: str) -> bool:
    """Whether a short line holds a job title ("Contributing Reporter")."""
    return _title().search(text) is not None


def is_prefix(text: str) -> bool:
    """Whether a line is only the word before names ("By", "Author:")."""
    return text.strip(" :").lower() in _table()["prefixes"]
