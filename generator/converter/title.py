"""Title: the line before the text that is its headline, or none: a first sentence is not a title."""

from __future__ import annotations

import re

from generator.converter.names import is_person
from generator.converter.page import Look, Page
from generator.converter.rules import Rule

FAR = 40  # units before the text that are looked at
ENOUGH = 1.0
_END = re.compile(r"[.;,:…][\"”’»]?$")
_TRAIL = re.compile(r"\s[>»›/]\s.*\s[>»›/]\s")  # breadcrumbs
_HEADS = ("byline", "timestamp", "picture-credit", "picture-label")


def find_title(page: Page, hits: list[Rule | None], first: int) -> int | None:
    """The index of the unit that is the title, where ``first`` is the first unit of the text.

    The candidate with the best score wins; the first unit of the text is one itself where it doesn't end like a
    sentence. ``None`` where no line scores enough.
    """
    body = _vocabulary(page, first)
    best, found = ENOUGH, None
    for i in range(max(0, first - FAR), min(first + 1, len(page))):
        hit = hits[i]
        if hit is not None and hit.name not in ("furniture-phrase", "note", "about-author"):
            continue
        value = _score(page, hits, i, first, body)
        if value > best:
            best, found = value, i
    return found


def _vocabulary(page: Page, first: int) -> frozenset[str]:
    return frozenset().union(*(x.terms for x in page.looks[first + 1 : first + 60] if x.n >= 8))


def _score(page: Page, hits: list[Rule | None], i: int, first: int, body: frozenset[str]) -> float:
    x = page.looks[i]
    if not 2 <= x.n <= 32 or (i == first and x.n > 24):
        return 0.0
    own = x.terms
    shared = len(own & body) / len(own) if own else 0.0
    value = 1.3 * shared + min(x.n, 9) / 9 - max(0, x.n - 18) / 12
    value += 0.5 if i == 0 else 0.0
    value -= 0.7 if x.unit.bullet else 0.0
    value -= 1.0 if (x.n <= 4 and shared < 0.4 and is_person(x.text)) or _TRAIL.search(x.text) else 0.0
    value -= _sentence_penalty(x) * (0.5 if i == 0 and x.n <= 13 else 1)
    value -= min(first - i, 30) / 60
    value += 0.3 if _head_follows(page, hits, i, first) else 0.0
    value -= 0.3 if hits[i] is not None else 0.0
    return value


def _sentence_penalty(x: Look) -> float:
    """How much a line looks like a sentence of the text rather than a headline."""
    if not _END.search(x.text):
        return 0.0
    capital = [t[0].isupper() for t in x.text.split() if len(t) > 3 and t[0].isalpha()]
    return 0.2 if len(capital) > 2 and sum(capital) >= 0.75 * len(capital) else 0.9


def _head_follows(page: Page, hits: list[Rule | None], i: int, first: int) -> bool:
    """Whether a byline, a date or a caption stands within the next lines before the text."""
    return any((hit := hits[j]) is not None and hit.name in _HEADS for j in range(i + 1, min(i + 4, first, len(page))))
