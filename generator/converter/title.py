"""Title: the line before the text that is its headline, or none: a first sentence is not a title.

A linear scorer over candidate lines. The weights were learned (tests/corpus/learn_title.py: a softmax over the
candidates and "none"); each reads on its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from generator import lexicon
from generator.converter.names import is_person
from generator.converter.page import Look, Page
from generator.converter.rules import Rule

SHORT = 14  # words
LEAD = 18
SAID_AGAIN = 0.6  # of a headline's words
FAR = 60  # units before the text that are looked at
_END = re.compile(r"[.;,:…。][\"”’»」』]?$")
_TRAIL = re.compile(r"\s[>»›/]\s.*\s[>»›/]\s")  # breadcrumbs
_SENTENCES = re.compile(r"[^\W\d_]{3}[.!?…][\"'”’»]?\s")  # one ends and another begins
_DECK = re.compile(r";\s+[A-Z]")
_MENU = re.compile(r"(?:[|·•].*){2}")
_HEADS = ("byline", "timestamp", "picture-credit", "picture-label")
# Rules whose lines may still be the title: a headline can hold a date or a word of the interface.
_MAYBE = ("furniture-phrase", "note", "about-author", "timestamp")


def find_title(page: Page, hits: Sequence[Rule | None], first: int) -> int | None:
    """The index of the unit that is the title, where ``first`` is the first unit of the text.

    The candidate with the best score wins; the first unit of the text is one itself. ``None`` where "none" scores more.
    """
    table = weights()
    best, found = table["none"], None
    for i, signs in candidates(page, hits, first):
        value = sum([table[name] * x for name, x in signs.items()])
        if value > best:
            best, found = value, i
    if found is None:
        found = _headed(page, hits, first)
    if found is None:
        found = _with_full_stop(page, hits, first)
    return _summing_up(page, hits, first) if found is None else found


def _headed(page: Page, hits: Sequence[Rule | None], first: int) -> int | None:
    """The very first line, where it stands right before the lead and shares words with it: in a text of a few lines the
    scorer has too little to see that it is the headline.
    """
    if first != 1 or len(page) < 2 or hits[0] is not None:
        return None
    x, lead = page.looks[0], page.looks[1]
    fits = 4 <= x.n <= 20 and not x.terminal and lead.n >= 8 and not _TRAIL.search(x.text) and not _MENU.search(x.text)
    return 0 if fits and len(x.terms & lead.terms) >= 2 else None


def _with_full_stop(page: Page, hits: Sequence[Rule | None], first: int) -> int | None:
    """The very first line, printed with a full stop but a headline: one sentence in title case, or right above a
    dateline (the report begins there) or a lone label in capitals, or parted by a semicolon from a deck that begins
    like a sentence.
    """
    if first > 1 or len(page) < 2 or hits[0] is not None:
        return None
    x = page.looks[0]
    if x.n < 3 or x.n > 36 or page.dateline(0) is not None or _SENTENCES.search(x.text):
        return None
    after = page.looks[1]
    labelled = after.n <= 3 and after.text.isupper()
    above = after.n >= 8 and (_title_case(x.text) or page.dateline(1) is not None)
    return 0 if (x.n <= 20 and (above or labelled)) or _DECK.search(x.text) else None


def _summing_up(page: Page, hits: Sequence[Rule | None], first: int) -> int | None:
    """The very first line, printed with a full stop, a short sentence most of whose words the lead below says again: a
    first sentence of a report is not said twice.
    """
    if first > 1 or len(page) < 3 or hits[0] is not None or page.dateline(0) is not None:
        return None
    x, lead = page.looks[0], page.looks[1]
    short = 3 <= x.n <= SHORT and x.terminal and not _SENTENCES.search(x.text)
    if not short or lead.n < max(LEAD, 2 * x.n) or any(q in x.text for q in '"“«„'):
        return None
    own = x.terms
    below = lead.terms | page.looks[2].terms
    return 0 if len(own) >= 2 and len(own & below) >= max(2, SAID_AGAIN * len(own)) else None


@cache
def weights() -> dict[str, float]:
    """The scorer's table: by sign of a candidate what it adds; "none" is what having no title scores."""
    table: dict[str, float] = lexicon.load("title")["weights"]
    return table


def candidates(page: Page, hits: Sequence[Rule | None], first: int) -> Iterator[tuple[int, dict[str, float]]]:
    """The units that can be the title, each with its signs."""
    body: frozenset[str] = frozenset().union(*(x.terms for x in page.looks[first + 1 : first + 40] if x.n >= 8))
    for i in range(max(0, first - FAR), min(first + 1, len(page))):
        x, hit = page.looks[i], hits[i]
        if 2 <= x.n <= 36 and (hit is None or hit.name in _MAYBE) and not (i == first and x.terminal and x.n > 24):
            own = x.terms
            shared = len(own & body) / len(own) if own else 0.0
            yield i, {**_place(i, first), **_words(x, shared), **_beside(page, hits, i, first)}


def _place(i: int, first: int) -> dict[str, float]:
    gap = first - i
    signs = {"near": min(gap, 8) / 8, "far": min(max(0, gap - 8), 40) / 40}
    if i < 2:
        signs["first line" if i == 0 else "second line"] = 1.0
    if gap < 2:
        signs["opens the text" if gap == 0 else "right before the text"] = 1.0
    return signs


def _words(x: Look, shared: float) -> dict[str, float]:
    """What a line's words show; ``shared`` is the share of them that the text has too."""
    text, n = x.text, x.n
    signs = {"shared": shared, "short": max(0, 5 - n) / 3, "length": min(n, 9) / 9, "long": max(0, n - 15) / 10}
    asks = text.endswith(("?", "!", "？"))
    title_case = _title_case(text)
    if not asks and _END.search(text):
        signs["ends like a sentence, in title case" if title_case else "ends like a sentence"] = 1.0
    found = {
        "hardly shared": shared < 0.2,
        "two words": n <= 2,
        "asks": asks,
        "title case": title_case,
        "bullet": x.unit.bullet,
        "person": n <= 4 and is_person(text),
        "breadcrumbs": _TRAIL.search(text) is not None or text.count("|") > 1,
        "capitals": text.isupper(),
        "quotes": any(q in text for q in '"“„«「‘'),
    }
    return signs | {name: 1.0 for name, holds in found.items() if holds}


def _title_case(text: str) -> bool:
    """Whether three quarters of the longer words are capitalised."""
    capital = [t[0].isupper() for t in text.split() if len(t) > 3 and t[0].isalpha()]
    return len(capital) > 2 and sum(capital) >= 0.75 * len(capital)


def _beside(page: Page, hits: Sequence[Rule | None], i: int, first: int) -> dict[str, float]:
    """What stands around a line."""
    x, before, after = page.looks[i], page.at(i - 1), page.at(i + 1)
    hit = hits[i - 1] if i else None
    signs = {"gap": min(x.unit.gap, 3) / 3}
    found = {
        "rule": hits[i] is not None,
        "repeated": page.repeated[i],
        "head follows": _head_follows(hits, i, first),
        "standfirst follows": after is not None
        and i < first
        and not hits[i + 1]
        and max(8, 0.8 * x.n) <= after.n <= 45,
        "menu follows": after is not None and _MENU.search(after.text[:300]) is not None,
        "short line before": before is not None and before.n <= 3,
        "prose before": before is not None and before.prose,
        "byline before": hit is not None and hit.name in ("byline", "timestamp"),
    }
    return signs | {name: 1.0 for name, holds in found.items() if holds}


def _head_follows(hits: Sequence[Rule | None], i: int, first: int) -> bool:
    """Whether a byline, a date or a caption stands within the next lines before the text."""
    return any((hit := hits[j]) is not None and hit.name in _HEADS for j in range(i + 1, min(i + 4, first, len(hits))))
