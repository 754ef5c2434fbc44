"""Features: what the scorer weighs, named, so that the table of weights can be read (generator/lexicon/prose.toml)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, groupby

from generator.converter.page import Look, Page
from generator.converter.rules import Rule
from generator.converter.title import find_title

_LENGTHS = (0, 1, 2, 4, 7, 11, 17, 25, 40, 70)
_SENTENCE = re.compile(r"[.!?…。][\"”’»)]?\s+[\"“‘«(]?[A-ZÀ-ÞА-Я0-9]|。")
_DIGIT = re.compile(r"\d")
_NUMBERS = (
    ("year", re.compile(r"\b20\d\d\b")),
    ("clock", re.compile(r"\b\d{1,2}[:.]\d\d\b")),
    ("money", re.compile(r"[$€£¥]\s?\d")),
)
_SIGNS = (
    ("url", re.compile(r"https?://|www\.|\.com\b")),
    ("at", re.compile(r"(?<!\w)@\w")),
    ("hash", re.compile(r"#\w")),
    ("copyright", re.compile(r"©|\([cC]\)")),
    ("pipe", re.compile(r"[|»›→·•]")),
)
_ANY_SIGN = re.compile(r"[/@#©|»›→·•]|www\.|\.com|\([cC]\)")  # looked for first, for speed
_YOU = frozenset(["you", "your", "yours", "we", "our", "us", "i", "my", "me"])
_HE = frozenset(["he", "she", "they", "his", "her", "their", "said", "says", "told", "was", "were", "had"])
LONG = 15  # words
ANCHOR = 4  # paragraphs after the title, whose words say what the article is about


def size(n: int) -> int:
    return bisect_right(_LENGTHS, n)


def _bin(value: float, *edges: float) -> int:
    return bisect_right(edges, value)


def features(page: Page, hits: list[Rule | None]) -> list[list[str]]:
    """Per unit the names of the features that it has."""
    shape = [_shape(x) for x in page.looks]
    title = find_title(page, hits, page.core[0])
    scales, runs = _scales(page), _runs(page.looks)
    around, topic = _around(page, hits, title), _topic(page, hits, title)
    return [
        _own(page, i, hits[i], shape[i]) + _neighbours(shape, hits, i) + scales[i] + [runs[i]] + around[i] + topic[i]
        for i in range(len(page))
    ]


def _shape(x: Look) -> str:
    return f"{size(x.n)}{'.' if x.terminal else ''}{'*' if x.unit.bullet else ''}"


# --- a unit by itself -------------------------------------------------------------------------------------------------


def _own(page: Page, i: int, hit: Rule | None, shape: str) -> list[str]:
    """What the unit is by itself."""
    x = page.looks[i]
    n, long = x.n, x.n >= LONG
    out = ["bias", f"shape={shape}", f"rule={hit.name if hit else '-'}", f"gap={min(x.unit.gap, 3)}"]
    if x.kind:
        out += [f"kind={x.kind}", f"kind={x.kind}/{x.how}", f"kind/size={x.kind}/{size(n)}"]
    if x.consent:
        out.append(f"consent={min(x.consent, 6)}")
    words = set(x.words)
    out += [f"you={_bin(len(words & _YOU), 1, 2)}/{long}", f"he={_bin(len(words & _HE), 1, 2)}/{long}"]
    if page.repeats[x.words] > 1:
        out.append(f"repeated/{n >= 12}")
    if n >= 10 and (line := page.dateline(i)) is not None:
        out.append(f"dateline/{bool(line.agency)}")
    if x.unit.glued:
        out.append("glued")
    return out + _letters(x.text, n, min(size(n), 6))


def _letters(text: str, n: int, s: int) -> list[str]:
    """What the unit's characters show."""
    lower, short, capital, digits = _shares(text.split())
    out = [
        f"lower={_bin(lower, 0.05, 0.3, 0.5, 0.65, 0.8)}/{s}",
        f"short={_bin(short, 0.05, 0.15, 0.25, 0.35, 0.45)}/{s}",
        f"capital={_bin(capital, 0.1, 0.25, 0.5, 0.8)}/{s}",
        f"digits={_bin(digits, 0.05, 0.15, 0.4)}/{s}",
        f"sentences={_bin(len(_SENTENCE.findall(text)), 1, 2, 4)}",
        f"commas={_bin(text.count(',') + text.count('、'), 1, 2, 4)}/{n >= 20}",
        f"first={_first(text[:1])}",
        f"last={_last(text)}/{n >= 10}",
    ]
    signs = _SIGNS if _ANY_SIGN.search(text) else ()
    numbers = _NUMBERS if _DIGIT.search(text) else ()
    out += [f"sign={name}/{n >= LONG}" for name, pattern in (*signs, *numbers) if pattern.search(text)]
    if '"' in text or "“" in text or "„" in text or "«" in text or "「" in text:
        out.append(f"quotes/{n >= 12}")
    if n > 1 and text.isupper():
        out.append("shout")
    return out


def _shares(tokens: list[str]) -> tuple[float, float, float, float]:
    """Shares of the tokens in small letters, of short ones among these (mostly function words), capitalised, digits."""
    lower = short = capital = digits = 0
    for t in tokens:
        c = t[0]
        if c.islower():
            lower += 1
            short += len(t) <= 4
        elif c.isupper():
            capital += 1
        elif c.isdigit():
            digits += 1
    n = max(1, len(tokens))
    return lower / n, short / n, capital / n, digits / n


def _first(c: str) -> str:
    if c.islower() or c.isupper():
        return "lower" if c.islower() else "upper"
    return "digit" if c.isdigit() else "quote" if c in "\"“‘'«„「" else "bracket" if c in "([" else "other"


def _last(text: str) -> str:
    if text.endswith(("...", "…", "[…]")):
        return "…"
    c = text[-1:]
    return c if c in '.?!:;,)"”»' else "digit" if c.isdigit() else "other"


# --- a unit beside others ---------------------------------------------------------------------------------------------


def _neighbours(shape: list[str], hits: list[Rule | None], i: int) -> list[str]:
    out = []
    for j, name in ((i - 1, "before"), (i + 1, "after")):
        there = 0 <= j < len(shape)
        out.append(f"{name}={shape[j] if there else 'edge'}")
        if there and (hit := hits[j]):
            out.append(f"{name}.rule={hit.name}")
    return out


def _scales(page: Page) -> list[list[str]]:
    """Length and blank lines against what is usual for the page's prose."""
    start, end = page.core
    prose = [x for x in page.looks[start:end] if x.prose]
    lengths = sorted(x.n for x in prose)
    middle = lengths[len(lengths) // 2] if lengths else 30
    gaps = [x.unit.gap for x in prose]
    usual = max(sorted(set(gaps)), key=gaps.count) if gaps else 1
    return [
        [
            f"relative={_bin(x.n / middle, 0.1, 0.25, 0.5, 0.8, 1.25, 2, 3)}{'.' if x.terminal else ''}",
            f"gap-usual={max(-1, min(2, x.unit.gap - usual))}/{x.prose}",
        ]
        for x in page.looks
    ]


def _kind(x: Look) -> str:
    if x.prose or x.unit.bullet or x.terminal:
        return "prose" if x.prose else "bullet" if x.unit.bullet else "sentence"
    return "word" if x.n <= 4 else "line" if x.n < LONG else "long"


_LISTED = frozenset(["bullet", "word", "line"])


def _runs(looks: Sequence[Look]) -> list[str]:
    """How long the list of links, or the stretch of anything else, is that each unit stands in."""
    out: list[str] = []
    for _, group in groupby(map(_kind, looks), key=_LISTED.__contains__):
        kinds = list(group)
        out += [f"run={kind}/{_bin(len(kinds), 2, 3, 5, 9, 17)}" for kind in kinds]
    return out


_CLOSERS = frozenset({"credit-line", "signoff-line", "about-author"})


def _place(i: int, start: int, end: int) -> str:
    if start <= i < end:
        return "in"
    return f"-{_bin(start - i, 1, 2, 3, 5, 9, 20)}" if i < start else f"+{_bin(i - end + 1, 1, 2, 3, 5, 9, 20)}"


def _place_to(title: int | None, i: int) -> str:
    if title is None:
        return "-"
    if i <= title:
        return "at" if i == title else "before"
    return "near" if i < title + 9 else "after"


def _around(page: Page, hits: list[Rule | None], title: int | None) -> list[list[str]]:
    """Where a unit stands: to the core, the title, the prose before and after it, and to what ends articles."""
    looks, (start, end) = page.looks, page.core
    prose = list(accumulate((x.prose for x in looks), initial=0))
    total = max(1, sum([x.n for x in looks if x.prose]))
    seen = ends = closed = 0
    last_prose, out = -99, []
    for i, x in enumerate(looks):
        long = size(x.n) >= 6
        place = _place(i, start, end)
        near = prose[min(len(looks), i + 4)] - prose[max(0, i - 3)] - x.prose
        out.append(
            [
                f"place={place}",
                f"place/size={place[0]}/{min(size(x.n), 8)}{x.terminal}",
                f"kin={_bin(page.kinship(i), 0, 0.001, 0.15, 0.3, 0.5, 0.7)}/{place[0]}",
                f"near={near}/{long}",
                f"passed={_bin(seen / total, 0.001, 0.2, 0.5, 0.8, 0.95, 0.9999)}",
                f"ends={min(ends, 2)}/{long}",
                f"since={_bin(i - last_prose, 2, 3, 5, 9)}/{long}",
                f"first={i if i < 4 else '-'}",
                f"title={_place_to(title, i)}",
                f"closed={min(closed, 2)}/{long}",
                f"left={_bin(len(looks) - i, 2, 3, 5, 9)}/{long}",
            ]
        )
        if x.prose:
            seen, last_prose = seen + x.n, i
        if seen > 0.2 * total:
            ends += x.kind in ("end", "related")
            closed += (hit := hits[i]) is not None and hit.name in _CLOSERS
    return out


def _topic(page: Page, hits: list[Rule | None], title: int | None) -> list[list[str]]:
    """Whether a unit is on the subject of the title and of what follows it, or another article has begun since."""
    looks, first = page.looks, page.core[0] if title is None else title
    opening = [x for x in looks[first + 1 :] if x.prose][:ANCHOR]
    anchor = looks[first].terms.union(*(x.terms for x in opening)) if looks else frozenset()
    prior: set[str] = set()
    heads = seen = short = 0
    out = []
    for i, x in enumerate(looks):
        long, own = x.n >= LONG, x.terms
        names = [f"heads={min(heads, 3)}/{long}/{x.terminal}"]
        names.append(f"shorts={_bin(short, 1, 2, 4, 8, 16)}/{long}{x.terminal}")
        if len(own) >= 3:
            share = _bin(len(own & anchor) / len(own), 0.001, 0.08, 0.16, 0.3, 0.5)
            names.append(f"anchor={share}/{long}/{'before' if i < first else 'after'}")
            if prior:
                names.append(f"prior={_bin(len(own & prior) / len(own), 0.001, 0.1, 0.2, 0.3, 0.45, 0.6)}/{long}")
        out.append(names)
        if x.prose:
            short = 0
            if i >= first:
                seen += 1
                prior |= own
        elif x.n < LONG and not x.terminal:
            short += 1
        heads += seen >= 3 and (hit := hits[i]) is not None and hit.name in ("byline", "timestamp")
    return out
