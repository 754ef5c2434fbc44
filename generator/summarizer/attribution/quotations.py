"""Quotations of a paragraph as spans, marks included; no unbalanced mark costs more than its own paragraph.

A paragraph that opens a quotation and does not close it is quoted to its end, as newspapers print a quotation of
several paragraphs; a mark that can only close and has nothing to close is left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.model import Span

_MARKS = re.compile("[“”„‟\"«»]|''|``|(?<![^\\W_])[‘'](?=\\w)|(?<=[\\w.,!?…])[’'](?!\\w)")
_OPENING = frozenset("“„«‘") | {"``"}
_CLOSING = frozenset("”»’")
_PAIR = {"“": '”“"', "„": '“”"', "”": "”", "«": "»", '"': '"”', "''": "''", "``": "''", "‘": "’'", "'": "'’", "‟": '”"'}


@dataclass(frozen=True, slots=True)
class Quotation:
    """``open`` where no closing mark was found: it runs to the paragraph's end. ``single`` for single marks."""

    span: Span
    open: bool = False
    single: bool = False


def quotations(text: str, start: int = 0) -> tuple[Quotation, ...]:
    """The outermost quotations of one paragraph, in order, offsets shifted by ``start``."""
    doubles = _scan(text, start, single=False)
    singles = [q for q in _scan(text, start, single=True) if not any(q.span.overlaps(d.span) for d in doubles)]
    return tuple(sorted((*doubles, *singles), key=lambda q: q.span))


def _scan(text: str, start: int, *, single: bool) -> list[Quotation]:
    found: list[Quotation] = []
    opened: tuple[int, str] | None = None
    for match in _MARKS.finditer(text):
        mark = match.group()
        if (mark in ("‘", "’", "'")) is not single:
            continue
        if opened is None:
            if _opens(text, match, mark):
                opened = match.start(), mark
        elif mark in _PAIR[opened[1]]:
            if (mark == "“" and opened[1] == "“") or (mark in ('"', "''") and _only_opens(text, match)):
                found.append(Quotation(Span(start + opened[0], start + match.start()), True))
                opened = match.start(), mark
                continue
            found.append(Quotation(Span(start + opened[0], start + match.end()), False, single))
            opened = None
    if opened is not None and not single:
        found.append(Quotation(Span(start + opened[0], start + len(text.rstrip())), True))
    return [q for q in found if len(q.span) > 2]


def _opens(text: str, match: re.Match[str], mark: str) -> bool:
    if mark == "”" and not text[: match.start()].strip():
        return True  # set the wrong way round by a careless editor; nothing could be closed here
    if mark in _CLOSING:
        return False
    after = text[match.end() : match.end() + 1]
    if mark in _OPENING:
        return bool(after)
    before = text[max(0, match.start() - 1) : match.start()]
    return bool(after) and not after.isspace() and not before.isalnum()


def _only_opens(text: str, match: re.Match[str]) -> bool:
    """A straight mark with a space before it and none after it can't close what is open."""
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    return (before.isspace() or before in "([") and after.isalnum()
