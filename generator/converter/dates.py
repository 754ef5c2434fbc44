"""Dates as pages print them, read into ISO 8601. What can be read two ways stays open unless it is settled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from generator import lexicon
from generator.model import Span

# Zone abbreviations that mean one thing in news; CST, IST and ET don't, and their times are given without a zone.
ZONES = {
    "z": "+00:00", "utc": "+00:00", "gmt": "+00:00", "bst": "+01:00", "cet": "+01:00", "mez": "+01:00",
    "cest": "+02:00", "mesz": "+02:00", "eet": "+02:00", "eest": "+03:00", "msk": "+03:00", "est": "-05:00",
    "edt": "-04:00", "cdt": "-05:00", "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00",
    "jst": "+09:00", "kst": "+09:00", "hkt": "+08:00", "sgt": "+08:00", "aest": "+10:00", "aedt": "+11:00",
    "wib": "+07:00",
}  # fmt: skip

_TIME = re.compile(
    r"(?:[\s,;|·•–—@-]|\b(?:at|um|à|a las|as|às|kl|pukul|alle|ore|o|в)\b\.?|T(?=\d)){0,6}"
    r"(?P<h>[01]?\d|2[0-3])(?:[:.h時](?P<m>[0-5]\d)分?(?::[0-5]\d(?:\.\d+)?)?|(?=\s?[ap]\.?m))"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?(?:\s?(?:Uhr|hrs|h)\b)?(?:\s?\(?(?P<zone>[A-Z]{1,4}\b|[+-]\d\d:?\d\d))?",
    re.IGNORECASE,
)


# Looked for first: the full pattern is slow. A date stands within some thirty characters before its year, or after it.
_YEAR = re.compile(r"(?:19|20)\d\d|\d\.\s?\d\d?\.\s?\d\d")
_DAY_BY = re.compile(r"\d\d?\D{0,25}(?:19|20)\d\d|(?:19|20)\d\d\D{1,3}\d|\d\.\s?\d\d?\.\s?\d\d")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date in a line: where, and what it says; ``iso`` is ``None`` while day and month can't be told apart."""

    span: Span
    iso: str | None
    first: int = 0
    second: int = 0
    year: int = 0

    def settled(self, day_first: bool | None) -> str | None:
        """The ISO date, given what is known of the page's habit."""
        if self.iso or day_first is None:
            return self.iso
        day, month = (self.first, self.second) if day_first else (self.second, self.first)
        return _iso(self.year, month, day)


@cache
def month_numbers() -> dict[str, int]:
    """Months by the names they are printed under, in lower case; January is 1."""
    numbers: dict[str, int] = {}
    for rows in lexicon.load("months")["months"].values():
        for number, names in enumerate(rows, 1):
            for name in names:
                numbers.setdefault(name, number)
    return numbers


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted((re.escape(n) for n in month_numbers() if not n[0].isdigit()), key=lambda n: (-len(n), n))
    month = f"(?P<{{}}>{'|'.join(names)})"
    parts = (
        r"(?<!\d)(?P<y1>(?:19|20)\d\d)\s?[-/.年]\s?(?P<m1>\d{1,2})\s?[-/.月]\s?(?P<d1>\d{1,2})(?!\d)日?",
        rf"\b{month.format('b2')}\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b,?\s+(?P<y2>(?:19|20)\d\d)(?!\d)",
        rf"(?<!\d)(?P<d3>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s?(?:de\s|of\s)?[\s-]?{month.format('b3')}\b\.?,?[\s-]\s?(?:de\s|del\s)?(?P<y3>(?:19|20)\d\d)(?!\d)",
        r"(?<![\d.,/])(?P<d4>\d{1,2})\.\s?(?P<m4>\d{1,2})\.\s?(?P<y4>(?:19|20)?\d\d)(?![\d.])",
        r"(?<![\d/])(?P<a5>\d{1,2})(?P<sep>[/-])(?P<b5>\d{1,2})(?P=sep)(?P<y5>(?:19|20)\d\d)(?![\d/])",
    )
    return re.compile("|".join(parts), re.IGNORECASE)


def printed_dates(text: str) -> tuple[PrintedDate, ...]:
    """The dates with a year in ``text``, with the time after them where one is printed."""
    return _lately(text) if len(text) < 200 else tuple(_dates_in(text))


@lru_cache(maxsize=1024)
def _lately(text: str) -> tuple[PrintedDate, ...]:
    """The same; each rule that asks of a line asks once."""
    return tuple(_dates_in(text))


def _dates_in(text: str) -> Iterator[PrintedDate]:
    if not _YEAR.search(text) or not _DAY_BY.search(text):
        return
    for match in _pattern().finditer(text):
        found = _read(match)
        if found.iso:
            time = _TIME.match(text, match.end())
            if time:
                found = PrintedDate(Span(match.start(), time.end()), found.iso + _clock(time))
        if found.iso or found.year:
            yield found


def _read(match: re.Match[str]) -> PrintedDate:
    span, g = Span(*match.span()), match.groupdict()
    if g["y1"]:
        return PrintedDate(span, _iso(int(g["y1"]), int(g["m1"]), int(g["d1"])))
    for n in "23":
        if g[f"y{n}"]:
            return PrintedDate(span, _iso(int(g[f"y{n}"]), month_numbers()[g[f"b{n}"].lower()], int(g[f"d{n}"])))
    if g["y4"]:
        year = int(g["y4"])
        return PrintedDate(span, _iso(year if year > 99 else 2000 + year, int(g["m4"]), int(g["d4"])))
    first, second, year = int(g["a5"]), int(g["b5"]), int(g["y5"])
    if first == second or first > 12 or second > 12:
        day, month = (second, first) if second > 12 else (first, second)
        return PrintedDate(span, _iso(year, month, day), first, second, year)
    return PrintedDate(span, None, first, second, year)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _clock(time: re.Match[str]) -> str:
    hour, minute = int(time["h"]), int(time["m"] or 0)
    if time["half"]:
        hour = hour % 12 + (12 if time["half"].lower() == "p" else 0)
    zone = (time["zone"] or "").lower()
    printed = zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    offset = printed if zone[:1] in ("+", "-") else ZONES.get(zone, "")
    return f"T{hour:02d}:{minute:02d}:00{offset}"


def day_first(texts: str, language: str | None) -> bool | None:
    """Whether 03/04 is 3 April on this page: shown by another date on it, or by a language that has one habit."""
    shown = {
        d.first > 12 for d in printed_dates(texts) if d.year and d.first != d.second and (d.first > 12 or d.second > 12)
    }
    if len(shown) == 1:
        return shown.pop()
    return True if language and language != "en" else None
