"""Page words: lines that a page's own words give away, by the phrases of the lexicon and a few signs."""

from __future__ import annotations

import re
from functools import cache

from generator import lexicon
from generator.intake.pagelines import HEADINGS
from generator.intake.pageview import Choice, PageView


@cache
def _furniture() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Phrases that a closing line of the page's own begins with, and those that it holds."""
    tables = [t for t in lexicon.load("chrome")["phrases"] if t["kind"] in _CLOSING_KINDS]
    starts = {_words(p) for t in tables for p in t.get("starts", ())}
    contains = {_words(p) for t in tables for p in t.get("contains", ())}
    return tuple(sorted(p for p in starts if len(p) > 8)), tuple(sorted(p for p in contains if len(p) > 6))


_CLOSING_KINDS = frozenset(
    {"newsletter", "subscribe", "app", "share", "comments", "copyright", "related", "advert", "cookies"}
)
TAIL = 8  # lines at the end of the text that can be the page's own farewell


def _words(text: str) -> str:
    return " " + " ".join(re.findall(r"[^\W_]+(?:['.-][^\W_]+)*|©", text.casefold().replace("’", "'"))) + " "


_NETWORKS = re.compile(
    r"(?i)\b(?:facebook|instagram|whatsapp|twitter|youtube|tiktok|linkedin|telegram|threads|bluesky|mastodon|signal)\b"
)
_LETTER = re.compile(
    r"(?i)newsletters?\b|\bnieuwsbrief|\binfolettre|\bnyhetsbrev|\bnyhedsbrev|\bрассылк|メルマガ|ニュースレター"
)
_REFERENCE = re.compile(
    r"(?i)^(?:more information|(?:journal )?reference|citation|source|study)s?:.{10,}\b(?:doi\b|10\.\d{4,}/)"
)
_RIGHTS = re.compile(r"(?i)^(?:©|\(c\)\s|copyright\b)")


def farewell(page: PageView, chosen: Choice) -> Choice:
    """Closing lines that ask for something: to subscribe, to comment, to follow, to read on elsewhere."""
    out = list(chosen)
    starts, contains = _furniture()
    last = [i for i, c in enumerate(chosen) if c][-TAIL:]
    for i in last:
        if page.lengths[i] > 45:
            continue
        line = page.lines[i].text
        text = _words(line)
        called = (page.lengths[i] <= 25 and text.startswith(starts)) or any(p in text for p in contains)
        if called or _parting(line, prose=page.prose(i)):
            out[i] = False
    return out


def _parting(line: str, *, prose: bool) -> bool:
    """Whether a closing line is about newsletters, two or more networks, a study's address or who has the rights."""
    return (
        _LETTER.search(line) is not None
        or (not prose and len({m[0].casefold() for m in _NETWORKS.finditer(line)}) >= 2)
        or _REFERENCE.search(line) is not None
        or (_RIGHTS.search(line) is not None and len(line) <= 120)
    )


@cache
def _pointers() -> frozenset[str]:
    """What names a line a pointer to another piece: "Related", "Read also"."""
    tables = [t for t in lexicon.load("chrome")["phrases"] if t["kind"] == "related"]
    return frozenset(_words(p) for t in tables for key in ("starts", "whole") for p in t.get(key, ()))


def pointers(page: PageView, chosen: Choice) -> Choice:
    """Lines that a label calls a pointer to another piece and that are mostly link ("[Related: ...]"), and headings
    over such pointers ("More from ...").
    """
    out = list(chosen)
    starts = tuple(p for p in _pointers() if p.count(" ") > 2)
    for i, c in enumerate(chosen):
        line = page.lines[i]
        if not c or page.lengths[i] > 30:
            continue
        label, colon, _ = line.text.lstrip("[(*•–- ").partition(":")
        labelled = bool(colon) and len(label) <= 40 and _words(label) in _pointers() and line.link_share >= 0.3
        headed = line.tag in HEADINGS and page.lengths[i] <= 8 and _words(line.text).startswith(starts)
        out[i] = not (labelled or headed)
    return out
