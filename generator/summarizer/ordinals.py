"""Which of several of a kind is meant: "the second round", "phase three", "day 4"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from generator.model import Mention, Span
from generator.summarizer.quantities import singular

_WORDS = tuple("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split())
_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
_KINDS = (
    "round", "phase", "stage", "day", "week", "game", "leg", "set", "race", "heat", "match", "test", "unit", "reactor",
    "line", "gate", "terminal", "flight", "route", "grade", "tier", "level", "category", "part", "chapter", "volume",
    "step", "lot", "block", "quarter", "district", "ward", "zone", "area", "article", "section", "batch", "tranche",
)  # fmt: skip
# A word of place between an ordinal and its noun tells nothing, nor do these tell which of several.
_PASSED = frozenset({"ever", "such", "new", "major", "official", "full", "public", "straight", "consecutive"})
_NO_KIND = frozenset("time lady hand of in to on and at for the a since place class rate thing name minister".split())

Ordinals = frozenset[tuple[str, int]]


def of(mention: Mention) -> Ordinals:
    """What is numbered, with its number: ("round", 2)."""
    return frozenset(_found(mention.text, [d.span.shift(-mention.span.start) for d in mention.dates]))


def _found(text: str, dates: Sequence[Span]) -> list[tuple[str, int]]:
    made = []
    for match in _pattern().finditer(text):
        if any(d.start <= match.start() < d.end for d in dates):
            continue
        if match["kind"]:
            made.append((match["kind"].lower(), _number(match["number"])))
        else:
            noun = next((w for w in match["rest"].lower().split() if w not in _PASSED), "")
            if noun and noun not in _NO_KIND:
                made.append((singular(noun), _number(match["which"])))
    return made


def _number(word: str) -> int:
    low = word.lower()
    for row in (_WORDS, _COUNTED):
        if low in row:
            return row.index(low) + 1
    digits = re.match(r"\d+", low)
    return int(digits.group()) if digits else _ROMAN.index(word) + 1


@cache
def _pattern() -> re.Pattern[str]:
    kinds, counted = "|".join(_KINDS), "|".join(_COUNTED)
    return re.compile(
        rf"\b(?P<kind>(?i:{kinds}))\s(?P<number>(?i:{counted})|\d{{1,3}}|{'|'.join(_ROMAN)})\b(?!\s?(?:%|per|km|p\.?m|a\.?m))"
        rf"|\b(?P<which>(?i:{'|'.join(_WORDS)})|\d{{1,3}}(?:st|nd|rd|th))[\s-](?P<rest>[a-zA-Z]+(?:\s[a-zA-Z]+)?)"
    )
