"""Where something is to happen, and when relative to another event: "at the Tarn Fair", "after the fair", "in Tarn"."""

from __future__ import annotations

import re

from generator.model import Mention, Span, Status
from generator.summarizer.normalise import classes, country, fold

_DURING = frozenset({"at", "during"})
_OUTSIDE = frozenset({"after", "before"})
_BEFORE_NAME = r"(?:the|an?|its|their|[\w-]+['’]s|[A-Za-z]+(?= port city of\b)|of|port|city|town)"
_PHRASE = re.compile(
    rf"\b(at|in|during|after|before)\s+((?:{_BEFORE_NAME}\s+){{0,6}}(?:[A-Z][\w’'-]*\s+){{0,4}}[\w’'-]+)"
)
_YET_TO_BE = re.compile(r"\b(?:likely|expected|due|set|scheduled|planned|possible) to (?!have\b)")
_CALENDAR = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|\d"
)


def phrases(text: str) -> list[tuple[str, str]]:
    """Preposition and place or event, as printed."""
    return [(m[1].lower(), m[2]) for m in _PHRASE.finditer(text) if not _CALENDAR.search(m[2])]


def spans(mention: Mention) -> tuple[Span, ...]:
    """Where those phrases stand, in the article text."""
    found = (m for m in _PHRASE.finditer(mention.text) if not _CALENDAR.search(m[2]))
    return tuple(Span(m.start(), m.end()).shift(mention.span.start) for m in found)


def part(a: Mention, b: Mention) -> bool:
    """Whether two mentions put one coming event at different places, or one at what the other puts it after: both are
    about what is to come, of the same kind, and share somebody who takes part or their subject ("the meeting"), or one
    names nobody.
    """
    if not (_to_come(a) and _to_come(b)) or not _events(a) & _events(b):
        return False
    if _people(a) and _people(b) and not (_people(a) & _people(b) or set(a.subjects) & set(b.subjects)):
        return False
    one, other = phrases(a.text), phrases(b.text)
    return _not_when(one, other) or _not_when(other, one) or _not_where(one, other)


def _not_when(one: list[tuple[str, str]], other: list[tuple[str, str]]) -> bool:
    during = {fold(x.split()[-1]) for p, x in one if p in _DURING}
    outside = {fold(x.split()[-1]) for p, x in other if p in _OUTSIDE}
    return bool(during & outside)


def _not_where(one: list[tuple[str, str]], other: list[tuple[str, str]]) -> bool:
    first, second = _names(one), _names(other)
    return bool(first and second) and not first & second


def _names(found: list[tuple[str, str]]) -> set[str]:
    """The place names after "at" and "in", countries aside: a town lies in one."""
    words = [w for p, x in found if p in ("at", "in") for w in x.split() if w[:1].isupper()]
    return {fold(w) for w in words if country([re.sub(r"['’]s$", "", w)]) is None}


def _to_come(mention: Mention) -> bool:
    """Also "likely to be held", which has no verb of its own."""
    softened = mention.status in (Status.EXPECTED, Status.POSSIBLE, Status.APPEARS)
    return mention.ahead or (softened and _YET_TO_BE.search(mention.text) is not None)


def _events(mention: Mention) -> set[str]:
    return {c for w in (*mention.terms, *mention.predicates) for c in classes().get(w, ())} - {
        "quote",
        "expect",
        "soon",
    }


def _people(mention: Mention) -> set[str]:
    return {part for n in mention.names if not n.startswith("=") for part in (n.split()[0], n.split()[-1])}
