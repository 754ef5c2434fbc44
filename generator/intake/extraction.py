"""Extraction: which lines of a page are the article's. trafilatura decides; its text is aligned to the page's lines.

The alignment is a patience diff over visible characters: long lines that stand once in the extracted text are anchors,
their longest increasing run fixes the order, and short lines are sought between the anchors around them.
"""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from generator.intake.pagelines import PageLine
from generator.text import squeeze, words

ANCHOR = 24  # visible characters: a line this long can be an anchor
ENOUGH = (
    0.6  # share of a line's four-word runs that must be in the extracted text, where the line isn't there as a whole
)


def article_tree(root: Any, *, fast: bool = False) -> Any:
    """The body that trafilatura finds in the page under ``root``; ``None`` where it finds none. ``fast`` is its own
    extraction alone, without the comparison with readability and jusText.
    """
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    from trafilatura import bare_extraction

    found = bare_extraction(
        root, favor_precision=True, include_comments=False, deduplicate=False, with_metadata=False, fast=fast
    )
    return getattr(found, "body", None)


def article_lines(lines: Sequence[PageLine], body: Any) -> list[bool]:
    """For each line, whether its text is in the extracted ``body``."""
    pieces = [squeeze(text) for text in body.itertext()]
    flat = "".join(pieces)
    flat_lines = [squeeze(line.text) for line in lines]
    anchors = _anchors(flat, flat_lines)
    chosen = [False] * len(lines)
    ends = [0]
    for index, start in anchors:
        chosen[index] = True
        ends.append(start + len(flat_lines[index]))
    _fill_gaps(flat, flat_lines, anchors, chosen)
    _partly(
        body, lines, [c or (len(t) >= ANCHOR and t in flat) for c, t in zip(chosen, flat_lines, strict=True)], chosen
    )
    return chosen


def _anchors(flat: str, flat_lines: Sequence[str]) -> list[tuple[int, int]]:
    """(line, offset) of long lines that stand in ``flat``, in the longest run that rises in both."""
    found: list[tuple[int, int]] = []
    seen: dict[str, int] = {}
    for i, text in enumerate(flat_lines):
        if len(text) < ANCHOR:
            continue
        at = flat.find(text, seen.get(text, -1) + 1)
        if at >= 0:
            found.append((i, at))
            seen[text] = at
    return _rising(found)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence whose second members rise (patience sorting)."""
    tails: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for n, (_, at) in enumerate(pairs):
        pile = bisect_left(tails, at)
        before.append(tops[pile - 1] if pile else -1)
        if pile == len(tails):
            tails.append(at)
            tops.append(n)
        else:
            tails[pile], tops[pile] = at, n
    out: list[tuple[int, int]] = []
    n = tops[-1] if tops else -1
    while n >= 0:
        out.append(pairs[n])
        n = before[n]
    return out[::-1]


def _fill_gaps(flat: str, flat_lines: Sequence[str], anchors: list[tuple[int, int]], chosen: list[bool]) -> None:
    """Short lines between two anchors that stand, in order, between the anchors' places."""
    bounds = [
        (-1, 0, 0),
        *((i, at, at + len(flat_lines[i])) for i, at in anchors),
        (len(flat_lines), len(flat), len(flat)),
    ]
    for (before, _, low), (after, high, _) in pairwise(bounds):
        at = low
        for i in range(before + 1, after):
            if not flat_lines[i]:
                continue
            found = flat.find(flat_lines[i], at, high)
            if found >= 0 and (len(flat_lines[i]) >= 4 or found == at):
                chosen[i] = True
                at = found + len(flat_lines[i])


def _runs(text: str) -> set[tuple[str, ...]]:
    tokens = [s.of(text) for s in words(text)]
    return {tuple(tokens[i : i + 4]) for i in range(max(1, len(tokens) - 3))} if tokens else set()


def _partly(body: Any, lines: Sequence[PageLine], known: Sequence[bool], chosen: list[bool]) -> None:
    """Long lines of which the extraction dropped a link or a mark; ``known`` are those that it has as they are, here or
    at another place of the page.
    """
    missing = [i for i, line in enumerate(lines) if not known[i] and len(line.text) >= 60]
    if not missing:
        return
    there = _runs(" ".join(body.itertext()))
    for i in missing:
        own = _runs(lines[i].text)
        chosen[i] = len(own & there) >= ENOUGH * len(own)
