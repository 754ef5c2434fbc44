"""Names in bylines: persons only. A desk, a staff or an agency is no person; what can't be told is left out."""

from __future__ import annotations

import re
from functools import cache

from generator import lexicon
from generator.converter.dates import printed_dates

_PARTICLES = frozenset(
    [
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "das",
        "do",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ten",
        "ter",
        "zu",
        "zum",
        "zur",
        "bin",
        "ibn",
        "al",
        "el",
        "st.",
        "san",
        "y",
        "e",
        "af",
        "av",
    ]
)
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
    return re.compile(rf"\s+(?:{'|'.join(map(re.escape, _table()['joiners']))})\s+")


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
    proper = [t for t in tokens if t.lower() not in _PARTICLES]
    return len(proper) >= 2 and all(t[0].isupper() for t in proper) and not _NOT_NAMES & {t.lower() for t in proper}


_NOT_NAMES = frozenset(
    [
        "the",
        "and",
        "of",
        "in",
        "for",
        "news",
        "press",
        "media",
        "daily",
        "times",
        "post",
        "journal",
        "tribune",
        "herald",
        "gazette",
        "magazine",
        "network",
        "tv",
        "radio",
        "online",
        "today",
        "report",
        "reports",
        "staff",
        "team",
        "desk",
        "editor",
        "editors",
        "updated",
        "published",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "am",
        "pm",
        "est",
        "edt",
        "read",
        "share",
        "comments",
        "photo",
        "image",
        "video",
        "watch",
        "live",
        "breaking",
        "exclusive",
        "opinion",
        "analysis",
        "world",
        "politics",
        "business",
        "sports",
        "sport",
        "health",
        "science",
        "tech",
        "entertainment",
        "university",
        "institute",
        "press-release",
        "company",
        "inc",
        "ltd",
        "corp",
        "service",
        "agency",
        "bureau",
        "minute",
        "minutes",
    ]
)


def byline_names(text: str) -> tuple[str, ...]:
    """The persons that a byline names, where ``text`` is one: "By" before the names or a job title beside them."""
    prefix = _prefix().match(text)
    titled = _title().search(text)
    if not prefix and not titled:
        return ()
    return names_in(text[prefix.end() :] if prefix else text, anywhere=prefix is None)


def names_in(text: str, *, anywhere: bool = True) -> tuple[str, ...]:
    """The persons named in a byline's text, dates and job titles aside; unless ``anywhere``, its first part must be one."""
    for d in reversed(list(printed_dates(text))):
        text = text[: d.span.start] + " | " + text[d.span.end :]
    text = re.sub(r"\([^)]*\)|\bfor\b.*|\bin [A-Z]\w+.*|@\w+|https?://\S+|\S+@\S+", " | ", text)
    text = _title().sub(" | ", text)
    found: list[str] = []
    parts = [p.strip(" .:,-–—*") for s in _SPLIT.split(text) for p in _joiner().split(s)]
    for position, part in enumerate(p for p in parts if p):
        name = unshouted(re.sub(r"^(?:by|von|par)\s+", "", part, flags=re.IGNORECASE))
        if is_person(name):
            found.append(name)
        elif position == 0 and not anywhere:
            return ()
    return tuple(dict.fromkeys(found))


def unshouted(name: str) -> str:
    """A name printed in capitals, in ordinary letters."""
    return name.title() if name.isupper() and len(name) > 6 else name
