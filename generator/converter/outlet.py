"""The outlet, from what a page prints of itself: its copyright line, or a newspaper's name beside the date or byline.

Never from the text, which names many outlets, and not from names that stand alone: menus print the names of others
(measured: 9 of 15 right). Where two are found the answer is none. A name that no lexicon knows is taken from a
copyright line where the page prints it once more as a masthead or in a picture's credit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from generator import lexicon
from generator.model import Block, Role

_COPYRIGHT = re.compile(r"©|\(c\)\s|\bcopyright\b", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w.&’'-]*(?:\s+[^\W\d_&][\w.&’'-]*)*")
_LONGEST = 6  # words of an outlet's name


@cache
def outlet_names() -> dict[str, str]:
    """Outlets by each name they are printed under, in lower case, domains included."""
    return {
        form.lower(): o["name"]
        for o in lexicon.load("outlets")["outlet"]
        for form in (o["name"], *o.get("aliases", ()), *o.get("domains", ()))
    }


def self_reference(blocks: Sequence[Block]) -> tuple[str, str] | None:
    """The outlet that the page says it is, and the evidence."""
    aside = [b for b in blocks if b.role in (Role.CHROME, Role.TIMESTAMP) and len(b.text) < 200]
    signed = [b.text for b in aside if _COPYRIGHT.search(b.text)]
    known = {o for text in signed for o in _named_in(text)} or {
        o for text in signed for o in _printed_twice(text, blocks)
    }
    if known:
        return (known.pop(), "copyright line") if len(known) == 1 else None
    dated = set(_beside_the_date(blocks))
    return (dated.pop(), "beside the date") if len(dated) == 1 else None


_OWNER = re.compile(r"[^\W\d_][\w.’'-]{0,40}(?:\s[^\W\d_][\w.’'-]{0,40}){1,4}")


def _printed_twice(signed: str, blocks: Sequence[Block]) -> Iterable[str]:
    """A name in the copyright line that is also a line of its own, or the maker of a picture."""
    for match in _OWNER.finditer(signed):
        words = [w for w in match[0].rstrip(".").split() if w.lower().strip(".") not in _BESIDE - {"the"}]
        name = " ".join(words)
        if len(words) < 2 or not all(w[0].isupper() for w in words) or name.lower() in outlet_names():
            continue
        if any(b.text == name or (b.role is Role.CAPTION and b.text.rstrip(")").endswith(f"/{name}")) for b in blocks):
            yield name


_DAYS = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_CAPITALISED = r"[A-ZÀ-Þ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]*){0,3}"
_PAPER = re.compile(
    rf"(?P<name>The\s{_CAPITALISED}),\s{_DAYS},?(?:\s[\w.]+){{0,3}}$|(?P<bar>{_CAPITALISED})\s[|·•]\s(?=.*\d)"
)
_HEAD_ROLES = (Role.BYLINE, Role.TIMESTAMP)


def _beside_the_date(blocks: Sequence[Block]) -> Iterable[str]:
    """A newspaper's name in the head: before a weekday or date on one line, or alone between byline and date."""
    text = next((i for i, b in enumerate(blocks) if b.role is Role.BODY and len(b.text) > 120), len(blocks))
    for i, b in enumerate(blocks[:text]):
        if b.role not in (Role.CHROME, Role.TIMESTAMP, Role.BODY) or len(b.text) > 80:
            continue
        beside = [x.role for x in (*blocks[max(0, i - 1) : i], *blocks[i + 1 : i + 2])]
        if match := _PAPER.match(b.text):
            name = match["name"] or match["bar"]
            if match["name"] or (_is_paper(name) and b.role is not Role.BODY):
                yield name
        elif all(r in _HEAD_ROLES for r in beside) and len(beside) == 2 and _is_paper(b.text):
            yield b.text


def _is_paper(name: str) -> bool:
    """Whether a short name has a word that newspapers and stations are called by, and more than that."""
    words = name.split()
    listed = lexicon.load("credits")["outlet"]["words"]
    return 2 <= len(words) <= 5 and all(w[0].isupper() for w in words) and any(w.lower() in listed for w in words)


# Words that may stand beside the outlet's name in its owner's line; "Fox News Network" is not the outlet "Fox News".
_BESIDE = frozenset("copyright the inc llc ltd limited gmbh co company corp all rights reserved by".split())


def _named_in(text: str) -> Iterable[str]:
    names = outlet_names()
    for match in _NAME.finditer(text):
        words = match[0].rstrip(".").split()
        for start in range(len(words)):
            for end in range(min(len(words), start + _LONGEST), start, -1):
                beside = {w.strip(".,").lower() for w in (*words[:start], *words[end:])}
                if beside <= _BESIDE and (found := names.get(" ".join(words[start:end]).rstrip(".").lower())):
                    yield found
                    break
