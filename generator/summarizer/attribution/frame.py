"""A frame: content beside a cue, as token ranges of one paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from generator.summarizer.attribution.tree import Tree

Range = tuple[int, int]  # first and last token, both included

VERBAL = frozenset({"VERB", "AUX"})
NAMING = frozenset({"PROPN", "NOUN", "PRON"})
SKIPPED = frozenset({"PUNCT", "SPACE"})
_OPENING = frozenset({"“", '"', "''", "‘"})
_CLOSING = frozenset({"”", '"', "''", "’"})


@dataclass(frozen=True, slots=True)
class Frame:
    """``key`` is what the cue is called in the cue table ("say", "be likely", "claim/n"); ``name`` the construction;
    ``variant`` which of several extents; ``cue`` and ``content`` are token ranges.
    """

    key: str
    name: str
    variant: str
    head: int
    cue: Range
    content: tuple[Range, ...]
    source: Range | None
    source_head: int | None


def tight(tree: Tree, r: Range) -> Range | None:
    """The range without marks at its edges, quotation marks kept; ``None`` for fewer than two tokens."""
    a, b = r
    while a <= b and tree.pos[a] in SKIPPED and tree.words[a] not in _OPENING:
        a += 1
    while b >= a and tree.pos[b] in SKIPPED and tree.words[b] not in _CLOSING:
        b -= 1
    return (a, b) if b - a >= 1 else None


def unmarked(tree: Tree, last: int, first: int) -> int:
    """The last token from ``last`` back to ``first`` that is no mark."""
    while last > first and tree.pos[last] in SKIPPED:
        last -= 1
    return last


def head_of(tree: Tree, a: int, b: int) -> int:
    """The first token of a range whose head lies outside it."""
    return next((i for i in range(a, b + 1) if not a <= tree.heads[i] <= b or tree.heads[i] == i), b)
