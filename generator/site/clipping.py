"""A mention's words where they stand alone, cut out of their sentence: what tells so, and what they lean on.

Nothing but marks is added: "…" for the cut, and the quotation mark that stands outside the cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.model import CUT, Span

LONGEST_LEAD = 24  # words
ELLIPSIS = "…"
_LOOSE_END = " ,;:–—-"
_CLOSING = "\"'”’»)"
_STRAY = re.compile(r"[,.]?[\"'”’»][,.]?\s+(?=\w)")  # the end of a quotation before it
_PAIRS = (("“", "”"), ("«", "»"))
_OPENING = re.compile(r"(?:^|[\s(\[–—…])\"(?=\w|\[)")


@dataclass(frozen=True, slots=True)
class Clip:
    """``text`` are the words with their marks; ``lead`` are those before them in their sentence, where they need them
    ("… that held the sailors": "The museum showed a boat").
    """

    text: str
    lead: str = ""

    @property
    def after_lead(self) -> str:
        return self.text.removeprefix(f"{ELLIPSIS} ")


def cuts(text: str, *, at_start: bool, at_end: bool) -> tuple[bool, bool]:
    """Whether words begin, and whether they end, in the middle of a sentence; ``at_start`` and ``at_end`` say whether a
    sentence begins and a paragraph ends with them.
    """
    inside = text[:1].islower() and not at_start
    after = text.rstrip(_LOOSE_END + _CLOSING)[-1:].isalnum() and not at_end
    return inside or _STRAY.match(text) is not None, after


def clip(printed: str, *, before: bool, after: bool, lead: str = "") -> Clip:
    """``printed`` to stand alone, cut off from what is ``before`` and ``after`` it."""
    text = printed.rstrip(_LOOSE_END) or printed
    stray = _STRAY.match(text)
    text = text[stray.end() :] if stray else text
    text = f"{ELLIPSIS + ' ' if before else ''}{text}{' ' + ELLIPSIS if after else ''}"
    return Clip(_marked(text, lead), lead)


def leading(article: str, sentence: Span, start: int, starts: Iterable[int]) -> str:
    """The words of a ``sentence`` of ``article`` before ``start``: all, or where they are too many from one of
    ``starts`` on (of the clauses before), with a mark for the cut; "" where words among them may not be shown.
    """
    for begin in sorted({sentence.start, *(s for s in starts if sentence.start < s < start)}):
        words = article[begin:start].strip()
        if words and CUT not in words and len(words.split()) <= LONGEST_LEAD:
            return words if begin == sentence.start else f"{ELLIPSIS} {words}"
    return ""


def _marked(text: str, lead: str) -> str:
    """``text`` with the quotation mark that stands outside of it, as the other one is printed."""
    whole = f"{lead} {text}"
    if sum(map(whole.count, '"“”«»„')) % 2 == 0:
        return text
    for opens, closes in _PAIRS:
        if whole.count(opens) > whole.count(closes):
            return text + closes
        if whole.count(closes) > whole.count(opens):
            return _opened(text, opens, lead)
    return text + '"' if len(_OPENING.findall(whole)) * 2 > whole.count('"') else _opened(text, '"', lead)


def _opened(text: str, mark: str, lead: str) -> str:
    if lead:
        return text
    return f"{mark}{text}" if text.startswith(ELLIPSIS) else f"{mark}{ELLIPSIS} {text}"
