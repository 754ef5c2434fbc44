"""Reach: how far the text goes, where the lines themselves say so more surely than the scorer does, which weighs each
line by what pages have in common: prose that goes on without a break is the text's, and after another byline or date
prose on another subject is another article's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from generator.converter.inner import Labelled
from generator.converter.page import Page
from generator.converter.rules import Rule
from generator.model import IN_TEXT, Role

_BREAKS = frozenset({Role.RELATED, Role.CHROME, Role.BIO, Role.BYLINE, Role.CREDIT, Role.TIMESTAMP})
_PARAGRAPHS = 2  # of prose, that go on
_SHARE = 0.6  # of the words of what goes on are in its paragraphs
_FIRST = 100  # words of prose that a first article has at least
_OPENING = 6  # units of the text whose words say what it is about
_POSTS = 5  # clock times on lines of their own from which a page may be a live blog
_TOLD = 0.7  # share of them below which a sentence stands
_CLOCK = re.compile(
    r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?: ?[ap]\.?m\.?)?(?: ?(?:GMT|BST|CET|CEST|UTC|E[SD]?T|P[SD]?T))?",
    re.IGNORECASE,
)
_ALIKE = 0.14  # share of its longer words that a paragraph on the same subject has in common with the opening


def settle(page: Page, hits: list[Rule | None], found: list[Labelled]) -> None:
    """Lets the text go on, also from post to post, and ends it where another article begins."""
    if "posts" not in page.rules_off:
        for i in _posts(page, hits, found):
            found[i] = Labelled(found[i].unit, Role.BODY, "posts")
    if "goes-on" not in page.rules_off:
        for i in _going_on(page, hits, found):
            found[i] = Labelled(found[i].unit, Role.BODY, "goes-on")
    if "another-article" not in page.rules_off:
        for i in _of_another(page, hits, found):
            found[i] = Labelled(found[i].unit, Role.RELATED, "another-article")


def _posts(page: Page, hits: list[Rule | None], found: list[Labelled]) -> list[int]:
    """The sentences below the clock times of a live blog, each with the heading between, where they are most of what
    the page says: below the times of a list of teasers stand headlines, and comments are less than their article.
    """
    times = [i for i, x in enumerate(page.looks) if _CLOCK.fullmatch(x.text.strip())]
    if len(times) < _POSTS:
        return []
    posts = [_post(page, hits, found, at, to) for at, to in pairwise((*times, len(page)))]
    out = [i for post in posts for i in post]
    told = sum(any(page.looks[i].terminal for i in post) for post in posts)
    own = set(out)
    text = (i for i, x in enumerate(found) if x.role in IN_TEXT and i not in own)
    return out if told >= _TOLD * len(times) and _words(page, out) > _words(page, text) else []


def _post(page: Page, hits: list[Rule | None], found: list[Labelled], at: int, to: int) -> list[int]:
    """The lines from a clock time to the next that no rule knows, up to the last sentence among them."""
    own = []
    for i in range(at + 1, to):
        if hits[i] is not None and found[i].role not in IN_TEXT:
            break
        own.append(i)
    while own and not page.looks[own[-1]].terminal:
        own.pop()
    return own


def _going_on(page: Page, hits: list[Rule | None], found: list[Labelled]) -> list[int]:
    """The units right after the text's last one and up to the last paragraph before anything that is no article's."""
    last = max((i for i, x in enumerate(found) if x.role in IN_TEXT), default=len(found))
    end = last + 1
    while end < len(found) and not _breaks(page, hits, end):
        end += 1
    prose = [i for i in range(last + 1, end) if page.looks[i].prose and not page.looks[i].unit.bullet]
    if len(prose) < _PARAGRAPHS:
        return []
    stretch = range(last + 1, prose[-1] + 1)
    if _words(page, prose) < _SHARE * _words(page, stretch):
        return []
    return [i for i in stretch if hits[i] is None]


def _breaks(page: Page, hits: list[Rule | None], i: int) -> bool:
    hit = hits[i]
    return page.looks[i].consent >= 3 or (hit is not None and hit.role in _BREAKS and hit.name != "ornament")


def _words(page: Page, units: Iterable[int]) -> int:
    return sum(page.looks[i].n for i in units)


def _of_another(page: Page, hits: list[Rule | None], found: list[Labelled]) -> list[int]:
    """The units of the text from where, after another byline or date, its paragraphs are on another subject."""
    parts = [p for p in _parts(hits, found) if any(page.looks[i].prose for i in p)]
    if len(parts) < 2 or _words(page, (i for i in parts[0] if page.looks[i].prose)) < _FIRST:
        return []
    start = parts[0][0]
    head = [i for i in range(max(0, start - _OPENING), start) if page.looks[i].n >= 4]
    subject = frozenset[str]().union(*(page.looks[i].terms for i in (*head, *parts[0][:_OPENING])))
    for n, part in enumerate(parts[1:], 1):
        if sum(page.looks[i].prose for i in part) >= _PARAGRAPHS and _likeness(page, part[:8], subject) < _ALIKE:
            return [i for p in parts[n:] for i in p]
    return []


def _parts(hits: list[Rule | None], found: list[Labelled]) -> list[list[int]]:
    """The units of the text, parted where a byline or a date stands between."""
    parts: list[list[int]] = [[]]
    for i, x in enumerate(found):
        hit = hits[i]
        if x.role in IN_TEXT:
            parts[-1].append(i)
        elif hit is not None and hit.name in ("byline", "timestamp") and parts[-1]:
            parts.append([])
    return [p for p in parts if p]


def _likeness(page: Page, part: list[int], subject: frozenset[str]) -> float:
    """The mean share of their longer words that the paragraphs of ``part`` have in common with ``subject``."""
    looks = [page.looks[i] for i in part]
    shares = [len(x.terms & subject) / len(x.terms) for x in looks if x.prose and len(x.terms) >= 3]
    return sum(shares) / len(shares) if shares else 1.0
