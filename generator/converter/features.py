"""Features: what the scorer weighs, named, so that the table of weights can be read (generator/lexicon/prose.toml)."""

from __future__ import annotations

import re
from bisect import bisect_right

from generator.converter.dateline import dateline_of
from generator.converter.page import Look, Page
from generator.converter.rules import Rule
from generator.converter.title import find_title

_LENGTHS = (0, 1, 2, 4, 7, 11, 17, 25, 40, 70)
_SENTENCE = re.compile(r"[.!?…。][\"”’»)]?\s+[\"“‘«(]?[A-ZÀ-ÞА-Я0-9]|。")
_SIGNS = (
    ("url", re.compile(r"https?://|www\.|\.com\b")),
    ("at", re.compile(r"(?<!\w)@\w")),
    ("hash", re.compile(r"#\w")),
    ("copyright", re.compile(r"©|\(c\)", re.IGNORECASE)),
    ("year", re.compile(r"\b20\d\d\b")),
    ("pipe", re.compile(r"\||»|›|→|·|•")),
    ("clock", re.compile(r"\b\d{1,2}[:.]\d\d\b")),
    ("money", re.compile(r"[$€£¥]\s?\d")),
)
_YOU = frozenset(["you", "your", "yours", "we", "our", "us", "i", "my", "me"])
_HE = frozenset(["he", "she", "they", "his", "her", "their", "said", "says", "told", "was", "were", "had"])


def size(n: int) -> int:
    return bisect_right(_LENGTHS, n)


def _bin(value: float, *edges: float) -> int:
    return bisect_right(edges, value)


def features(page: Page, hits: list[Rule | None]) -> list[list[str]]:
    """Per unit the names of the features that it has."""
    own = [_own(page, i, hits[i]) for i in range(len(page))]
    shape = [_shape(page.at(i)) for i in range(len(page))]
    around = _around(page, hits)
    return [own[i] + _neighbours(shape, hits, i) + around[i] for i in range(len(page))]


def _shape(x: Look | None) -> str:
    return "edge" if x is None else f"{size(x.n)}{'.' if x.terminal else ''}{'*' if x.unit.bullet else ''}"


def _own(page: Page, i: int, hit: Rule | None) -> list[str]:
    """What the unit is by itself."""
    x = page.looks[i]
    n, s, long = x.n, size(x.n), x.n >= 15
    out = ["bias", f"shape={_shape(x)}", f"rule={hit.name if hit else '-'}", f"gap={min(x.unit.gap, 3)}"]
    if x.kind:
        out += [f"kind={x.kind}", f"kind={x.kind}/{x.how}", f"kind/size={x.kind}/{s}"]
    if x.consent:
        out.append(f"consent={min(x.consent, 6)}")
    words = set(x.words)
    out += [f"you={_bin(len(words & _YOU), 1, 2)}/{long}", f"he={_bin(len(words & _HE), 1, 2)}/{long}"]
    if page.repeats[x.words] > 1:
        out.append(f"repeated/{n >= 12}")
    if n >= 10 and (line := dateline_of(x.text)) is not None:
        out.append(f"dateline/{bool(line.agency)}")
    if x.unit.glued:
        out.append("glued")
    return out + _letters(x.text, n, s)


def _letters(text: str, n: int, s: int) -> list[str]:
    """What the unit's characters show."""
    tokens = text.split()
    lower = sum([t[0].islower() for t in tokens]) / max(1, len(tokens))
    out = [
        f"lower={_bin(lower, 0.05, 0.3, 0.5, 0.65, 0.8)}/{min(s, 6)}",
        f"sentences={_bin(len(_SENTENCE.findall(text)), 1, 2, 4)}",
        f"commas={_bin(text.count(',') + text.count('、'), 1, 2, 4)}/{n >= 20}",
        f"first={_first(text[:1])}",
        f"last={_last(text)}/{n >= 10}",
    ]
    out += [f"sign={name}/{n >= 15}" for name, pattern in _SIGNS if pattern.search(text)]
    if any(q in text for q in '"“„«「'):
        out.append(f"quotes/{n >= 12}")
    if n > 1 and text.isupper():
        out.append("shout")
    return out


def _first(c: str) -> str:
    if c.islower() or c.isupper():
        return "lower" if c.islower() else "upper"
    return "digit" if c.isdigit() else "quote" if c in "\"“‘'«„「" else "bracket" if c in "([" else "other"


def _last(text: str) -> str:
    if text.endswith(("...", "…", "[…]")):
        return "…"
    c = text[-1:]
    return c if c in '.?!:;,)"”»' else "digit" if c.isdigit() else "other"


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


def _neighbours(shape: list[str], hits: list[Rule | None], i: int) -> list[str]:
    out = []
    for step, name in ((-2, "before2"), (-1, "before"), (1, "after"), (2, "after2")):
        j = i + step
        there = 0 <= j < len(shape)
        out.append(f"{name}={shape[j] if there else 'edge'}")
        if abs(step) == 1 and there and (hit := hits[j]):
            out.append(f"{name}.rule={hit.name}")
    out.append(f"pair={shape[i]}>{shape[i + 1] if i + 1 < len(shape) else 'edge'}")
    return out


def _around(page: Page, hits: list[Rule | None]) -> list[list[str]]:
    """Where a unit stands: to the core, the title, the prose before and after it, and to what ends articles."""
    looks, (start, end) = page.looks, page.core
    total = max(1, sum(x.n for x in looks if x.prose))
    title = find_title(page, hits, start)
    seen = ends = closed = 0
    last_prose, out = -99, []
    for i, x in enumerate(looks):
        long = size(x.n) >= 6
        place = _place(i, start, end)
        out.append(
            [
                f"place={place}",
                f"place/size={place[0]}/{min(size(x.n), 8)}{x.terminal}",
                f"kin={_bin(page.kinship(i), 0, 0.001, 0.15, 0.3, 0.5, 0.7)}/{place[0]}",
                f"near={sum(y.prose for y in looks[max(0, i - 3) : i + 4]) - x.prose}/{long}",
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
