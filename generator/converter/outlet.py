"""The outlet, from what a page prints of itself: its copyright line.

Never from the text, which names many outlets, and not from names that stand alone: menus print the names of others
(measured: 9 of 15 right). Where two are found the answer is none.
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
    aside = [b for b in blocks if b.role in (Role.CHROME, Role.TIMESTAMP)]
    signed = {o for b in aside if len(b.text) < 200 and _COPYRIGHT.search(b.text) for o in _named_in(b.text)}
    return (signed.pop(), "copyright line") if len(signed) == 1 else None


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
