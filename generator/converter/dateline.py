"""Datelines and sign-offs: what an article prints before its first and after its last sentence on the same line."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from generator import lexicon
from generator.model import Span

_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:,?\s+(?:{_MONTHS}\s\d{{1,2}}|\d{{1,2}}\.?\s{_MONTHS})(?:,?\s\d{{4}})?)?"
_DASH = r"\s*(?:--|[-–—:])\s*"
_WORD = r"[A-ZÀ-ÞĀ-Ž][\w.’'-]*"
_CITY = rf"{_WORD}(?:\s(?:{_WORD}|de|del|la|el|am|an|der|upon|on|sur|du|of|and|&)){{0,4}}"
_PLACE = rf"{_CITY}(?:\s?/\s?{_CITY}){{0,3}}(?:,\s?{_CITY}){{0,2}}"
_WITH_AGENCY = re.compile(rf"^\W{{0,3}}(?P<place>{_PLACE})?{_DAY}\s*[(\[](?P<agency>[^()\[\]]{{2,40}})[)\]]{_DASH}")
_CAPITALS = re.compile(
    rf"^\W{{0,3}}(?P<place>(?=[^a-zà-ÿ]{{3}})[A-ZÀ-ÞĀ-Ž][A-ZÀ-ÞĀ-Ž.’' /-]{{2,50}}(?:,\s?{_CITY}){{0,2}}){_DAY}"
    r"(?:\s+(?:--|[-–—])\s*|(?:--|[–—])\s*)"
)
_LONGEST = 110


class Dateline(NamedTuple):
    """``span`` covers it with its dash; ``place`` and ``agency`` are as printed and as the lexicon names it."""

    span: Span
    place: str | None
    agency: tuple[str, ...]


@cache
def dateline_forms() -> dict[str, str]:
    """Agency names by the forms that datelines print, in lower case."""
    return {
        form.lower(): a["name"]
        for a in lexicon.load("agencies")["agency"]
        for form in (a["name"], *a.get("aliases", ()), *a.get("dateline", ()))
    }


@cache
def signoff_forms() -> dict[str, str]:
    """Agency names by the forms that close a piece."""
    return {
        form: a["name"]
        for a in lexicon.load("agencies")["agency"]
        for form in (*a.get("signoff", ()), *a.get("aliases", ()))
    }


def dateline_of(text: str) -> Dateline | None:
    """The dateline that a lead paragraph begins with. In brackets there must be an agency that is known: "Rep. A. Name
    (R-S.C.):" is none. Without an agency the place must be in capitals.
    """
    head = text[: _LONGEST + 20]
    if match := _WITH_AGENCY.match(head):
        agencies = agencies_in(match["agency"])
        if agencies and match.end() <= _LONGEST:
            return Dateline(Span(0, match.end()), _place(match["place"]), agencies)
    if (match := _CAPITALS.match(head)) and match.end() <= _LONGEST and match.end() < len(text):
        place = _place(match["place"])
        if place and _is_place(place):
            return Dateline(Span(0, match.end()), place, ())
    return None


def agencies_in(printed: str) -> tuple[str, ...]:
    """The agencies that "Reuters", "AP/AFP", "AFP, dpa" name; () if any part is no agency."""
    forms = dateline_forms()
    if whole := forms.get(printed.strip().lower()):
        return (whole,)
    parts = [p.strip().lower() for p in re.split(r"[/,;&+]|\band\b|\s[-–]\s", printed) if p.strip()]
    if parts and all(p in forms for p in parts):
        return tuple(dict.fromkeys(forms[p] for p in parts))
    return ()


def _place(printed: str | None) -> str | None:
    return printed.strip(" ,-–—/") or None if printed else None


def _is_place(place: str) -> bool:
    """Whether capitals before a dash can be a place: not an interface word, not one letter, not a label."""
    city = re.split(r"[,/]", place)[0].strip()
    letters = sum(c.isalpha() for c in city)
    return letters >= 3 and len(city.split()) <= 4 and city.lower() not in lexicon.load("credits")["dateline"]["labels"]


_SIGNOFF = re.compile(r"(?<=[.!?”\"’»)…])\s*[-–—]{0,2}\s*[(\[]?(?P<agency>[A-Z][\w./&, -]{1,40}?)[)\]]?\.?$")


def signoff_of(text: str) -> tuple[Span, tuple[str, ...]] | None:
    """The agency that closes a paragraph after its last sentence ("... tests. REUTERS"), with its place."""
    match = _SIGNOFF.search(text, max(0, len(text) - 60))
    if not match or match.start() == 0:
        return None
    forms = signoff_forms()
    parts = [p.strip() for p in re.split(r"[,/&]| and ", match["agency"]) if p.strip()]
    if not parts or not all(p in forms for p in parts):
        return None
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return Span(start, len(text)), tuple(dict.fromkeys(forms[p] for p in parts))
