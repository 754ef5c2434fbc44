"""Datelines and sign-offs: what an article prints before its first and after its last sentence on the same line."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from generator import lexicon
from generator.converter.dates import month_numbers
from generator.model import Span

_DAY = (
    r"(?P<day>,?\s+(?:\d{1,2}(?:st|nd|rd|th|\.|º)?\s(?:de\s)?(?P<m1>[^\W\d_]{3,10})|(?P<m2>[^\W\d_]{3,10})\.?\s\d{1,2})"
    r"(?:,?\s(?:de\s)?\d{4})?\.?)?"
)
_DASH = r"\s*(?:--|[-–—:])\s*"
_UPPER = "A-ZÀ-ÞĀ-ŽА-ЯЁ"
_WORD = rf"[{_UPPER}][\w.’'-]*"
_CITY = rf"{_WORD}(?:\s(?:{_WORD}|de|del|la|el|am|an|der|upon|on|sur|du|of|and|&)){{0,4}}"
_PLACE = rf"{_CITY}(?:\s?/\s?{_CITY}){{0,3}}(?:,\s?{_CITY}){{0,2}}"
_WITH_AGENCY = re.compile(rf"^\W{{0,3}}(?P<place>{_PLACE}?)?{_DAY}\s*[(\[](?P<agency>[^()\[\]]{{2,40}})[)\]]{_DASH}")
_CAPITALS = re.compile(
    rf"^\W{{0,3}}(?P<place>(?=[^a-zà-ÿ]{{3}})[{_UPPER}][{_UPPER}.’' /-]{{2,50}}(?:,\s?{_CITY}){{0,2}}?){_DAY}"
    r"(?:\s+(?:--|[-–—])\s*|(?:--|[–—])\s*)"
)
_LONGEST = 110


class Dateline(NamedTuple):
    """``span`` covers it with its dash; ``place`` and ``agency`` are as printed and as the lexicon names it. ``known``
    says whether a lexicon knows the agency; otherwise the shape of the dateline alone tells that it is one.
    """

    span: Span
    place: str | None
    agency: tuple[str, ...]
    known: bool = True


@cache
def dateline_forms() -> dict[str, str]:
    """Agency names by the forms that datelines print, in lower case."""
    return {
        form.lower(): a["name"]
        for a in lexicon.load("agencies")["agency"]
        for form in (a["name"], *a.get("aliases", ()), *a.get("dateline", ()))
    }


@cache
def agency_forms() -> frozenset[str]:
    """The forms that a line may consist of."""
    return frozenset(
        form
        for a in lexicon.load("agencies")["agency"]
        for form in (a["name"], *a.get("aliases", ()), *a.get("signoff", ()))
    )


@cache
def signoff_forms() -> dict[str, str]:
    """Agency names by the forms that close a piece."""
    return {
        form: a["name"]
        for a in lexicon.load("agencies")["agency"]
        for form in (*a.get("signoff", ()), *a.get("aliases", ()))
    }


# One of these stands near the beginning of every dateline; looked for first, for speed.
_SHOUTED = re.compile(rf"\W{{0,3}}[{_UPPER}](?=[^a-zà-ÿ]{{2}})")
_SIGN = re.compile(r"[)\]]\s*[-–—:]|[A-ZÀ-ÞĀ-ŽА-ЯЁ\d.,]\s*--|[A-ZÀ-ÞĀ-ŽА-ЯЁ\w.]\s+[-–—]|[\w.][–—]")


def dateline_of(text: str) -> Dateline | None:
    """The dateline that a lead paragraph begins with.

    What stands in brackets must be an agency that is known ("Rep. A. Name (R-S.C.):" is no dateline), or a name after
    a place in capitals. Without an agency the place must be in capitals.
    """
    head = text[: _LONGEST + 20]
    bracket = ")" in head or "]" in head
    if not (bracket or _SHOUTED.match(head)) or not _SIGN.search(head):
        return None
    if bracket and (match := _WITH_AGENCY.match(head)) and match.end() <= _LONGEST and _is_date(match):
        if agencies := agencies_in(match["agency"]):
            return Dateline(Span(0, match.end()), _place(match["place"]), agencies)
        if match.end() < len(text) and (name := _named_by_shape(match)):
            return Dateline(Span(0, match.end()), _place(match["place"]), (name,), known=False)
    if (match := _CAPITALS.match(head)) and match.end() <= _LONGEST and match.end() < len(text) and _is_date(match):
        place = _place(match["place"])
        if place and _is_place(place):
            return Dateline(Span(0, match.end()), place, ())
    return None


def _is_date(match: re.Match[str]) -> bool:
    """Whether what stands where a date would, if anything does, names a month."""
    month = (match["m1"] or match["m2"] or "").lower()
    return not month or month.rstrip(".") in month_numbers()


_NAME = re.compile(r"[A-ZÀ-ÞА-Я][\w.&’'-]*[^\W\d_](?:\s[A-ZÀ-ÞА-Я][\w.&’'-]*)?")


def _named_by_shape(match: re.Match[str]) -> str | None:
    """The unknown agency in ``PORT ANSLEY, Halvia, March 10 (Estwire) -``: one or two words that are no country, date
    or label, and not what the capitals before them stand for ("WH (World Health) -").
    """
    place, name = _place(match["place"]), match["agency"].strip()
    city = re.split(r"[,/]", place or "")[0]
    if not city.isupper() or not place or not _is_place(place) or not _NAME.fullmatch(name):
        return None
    if not (name.replace(".", "").isalpha() or " " in name or "-" in name) or name.lower() in _no_agency():
        return None
    initials = "".join(w[0] for w in name.split())
    return None if initials.upper() == city or len(name) < 4 or "." in name or name.isdigit() else name


@cache
def _no_agency() -> frozenset[str]:
    """What stands in brackets after capitals and is no agency: countries, months, days, labels."""
    table = lexicon.load("credits")["dateline"]
    countries = {form for forms in lexicon.load("countries")["forms"].values() for form in forms}
    return frozenset(countries | set(month_numbers()) | set(table["labels"]) | set(table["brackets"]))


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
_SIGNATURE = re.compile(
    r"(?<=[.!?”\"’»)…])\s+(?:[-–—]{1,2}\s*|\()(?P<who>[A-ZÀ-Þ][\w.’'-]*(?:[\s,/&]+[\w.’'-]+){0,6})\)?\.?$"
)


def signoff_of(text: str) -> Span | None:
    """Where what closes a paragraph after its last sentence stands: an agency ("... tests. REUTERS"), or a dash and who
    wrote it ("... tests. – Agency and Paper staff").
    """
    tail = max(0, len(text) - 80)
    if match := _SIGNOFF.search(text, tail):
        parts = [p.strip() for p in re.split(r"[,/&]| and ", match["agency"]) if p.strip()]
        if match.start() and parts and all(p in signoff_forms() for p in parts):
            return _from_first_sign(match)
    match = _SIGNATURE.search(text, tail)
    if match and match.start() and match["who"].rsplit(maxsplit=1)[-1].lower() in _signature_words():
        return _from_first_sign(match)
    return None


def _from_first_sign(match: re.Match[str]) -> Span:
    return Span(match.end() - len(match[0].lstrip()), match.end())


@cache
def _signature_words() -> frozenset[str]:
    return frozenset(lexicon.load("credits")["signature"]["words"])
