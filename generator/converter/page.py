"""Page: the units of a capture together with what the rules look at, worked out once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from generator.converter import phrases
from generator.converter.cues import Cues, cues_of
from generator.converter.dateline import Dateline, dateline_of, signoff_of
from generator.converter.layout import TERMINAL, Unit
from generator.model import Role

_UNSPACED_RUN = re.compile("[\u0e00-\u0e7f\u2e80-\ua4cf\uf900-\ufaff]+")
PROSE = 15  # words: a line this long that ends like a sentence is prose
TEASER = 5  # units: the longest teaser with its closing line
_CLOSING = re.compile(r"[.!?…。！？][\"'”’»」』)\]]{0,3}(?:\s*\(?[\w/]{1,12}\)?)?$")


class Look(NamedTuple):
    """What a rule sees of a unit: its words as phrases are compared, how many there are (a character of a script
    without spaces counts half), whether it ends like a sentence, what kind of page furniture its words are, and of
    what else single words of it can be a sign.
    """

    unit: Unit
    text: str
    words: phrases.Words
    vocabulary: frozenset[str]
    n: int
    terminal: bool
    kind: str | None
    how: str
    consent: int
    prose: bool
    terms: frozenset[str]
    cues: Cues


_SCRIPTS = (
    ("latin", re.compile("[a-zA-Z\u00c0-\u024f]+")),
    ("cyrillic", re.compile("[\u0400-\u052f]+")),
    ("greek", re.compile("[\u0370-\u03ff]+")),
    ("hebrew", re.compile("[\u0590-\u05ff]+")),
    ("arabic", re.compile("[\u0600-\u06ff]+")),
    ("han", re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")),
)


_FOUR_LETTERS = re.compile(r"(?:[a-zA-Z][^a-zA-Z]*){4}")


def script_of(text: str) -> str | None:
    """The script of nine in ten letters of ``text``; ``None`` where it is mixed or has fewer than four."""
    if text.isascii():
        return "latin" if _FOUR_LETTERS.search(text) else None
    counts = [(name, sum(map(len, letters.findall(text)))) for name, letters in _SCRIPTS]
    name, most = max(counts, key=lambda c: c[1])
    return name if most >= 4 and most >= 0.9 * sum(n for _, n in counts) else None


def look(unit: Unit) -> Look:
    """What the rules look at in ``unit``."""
    text = unit.text
    words = phrases.key(text)
    vocabulary = frozenset(words)
    n = len(words)
    runs = () if text.isascii() else _UNSPACED_RUN.findall(text)
    if runs:
        n += sum((len(run) - 1) // 2 for run in runs)
    cues = cues_of(text, vocabulary, n)
    kind, how = _kind(words, n, text, bool(runs)) if runs or "chrome" in cues else (None, "")
    consent = len(phrases.all_in(phrases.words_of("consent"), words)) if n >= 6 and "consent" in cues else 0
    if kind:
        cues |= {"kind"}
    opens = n >= PROSE and text[-1:] in ":：;"  # what goes on in a list
    terminal = opens or _CLOSING.search(text[-20:]) is not None or (n >= 6 and signoff_of(text) is not None)
    terms = _terms(words, runs)
    return Look(unit, text, words, vocabulary, n, terminal, kind, how, consent, n >= PROSE and terminal, terms, cues)


def _terms(words: phrases.Words, runs: Sequence[str]) -> frozenset[str]:
    """The words that a line's subject shows in: the longer ones; in scripts without spaces pairs of characters."""
    longer = frozenset([w for w in words if len(w) > 3])
    if not runs:
        return longer
    pairs = {run[i : i + 2] for run in runs for i in range(len(run) - 1)}
    return frozenset(pairs | {w for w in longer if w.isascii()})


def _kind(words: phrases.Words, n: int, text: str, unspaced: bool) -> tuple[str | None, str]:
    book = phrases.chrome()
    if found := book.whole_of(words):
        return found, "whole"
    if n <= phrases.SHORT and (found := book.start_of(words)):
        return found, "starts"
    if n <= phrases.MEDIUM and (found := book.inside(words) or (unspaced and book.unspaced_in(text)) or None):
        return found, "contains"
    return None, ""


class Page:
    """The units of one capture, looked at; ``rules_off`` names rules that don't apply to it."""

    def __init__(self, units: Sequence[Unit], rules_off: Sequence[str] = ()) -> None:
        self.looks = tuple(look(u) for u in units)
        self.rules_off = frozenset(rules_off)
        self._datelines: dict[int, Dateline | None] = {}

    def __len__(self) -> int:
        return len(self.looks)

    def given(self, index: int) -> Role | None:
        """The role that a reader gave to a unit; ``None`` where it gave none, or by a rule that is off."""
        unit = self.looks[index].unit
        return None if unit.rule in self.rules_off else unit.role

    def at(self, index: int) -> Look | None:
        """The unit at ``index``; ``None`` outside the page."""
        return self.looks[index] if 0 <= index < len(self.looks) else None

    @cached_property
    def repeats(self) -> Counter[phrases.Words]:
        """How often each line is printed."""
        return Counter(x.words for x in self.looks if x.words)

    @cached_property
    def repeated(self) -> tuple[bool, ...]:
        """Per unit whether its line is printed twice or more."""
        if len(self.repeats) == len(self.looks):
            return (False,) * len(self.looks)
        return tuple(self.repeats[x.words] > 1 if x.words else False for x in self.looks)

    @cached_property
    def lead(self) -> int | None:
        """The first unit that begins with a dateline that names an agency."""
        for i, x in enumerate(self.looks):
            if x.n >= 8 and (line := self.dateline(i)) is not None and line.agency:
                return i
        return None

    def dateline(self, index: int) -> Dateline | None:
        """The dateline that a unit begins with."""
        if index not in self._datelines:
            self._datelines[index] = dateline_of(self.looks[index].text)
        return self._datelines[index]

    @cached_property
    def script(self) -> str | None:
        """The script that the core's prose is written in."""
        start, end = self.core
        return script_of(" ".join(x.text for x in self.looks[start:end] if x.prose)[:2000])

    @cached_property
    def core(self) -> tuple[int, int]:
        """The stretch of units that holds most prose: the best sum of a rough score (Kadane's algorithm)."""
        best, current, start, found = 0.0, 0.0, 0, (0, 0)
        for i, x in enumerate(self.looks):
            if current <= 0:
                current, start = 0.0, i
            current += _rough(x)
            if current > best:
                best, found = current, (start, i + 1)
        return found

    @cached_property
    def core_words(self) -> frozenset[str]:
        """The longer words of the prose in :attr:`core`."""
        start, end = self.core
        return frozenset().union(*(x.terms for x in self.looks[start:end] if x.prose))

    @cached_property
    def teasers(self) -> frozenset[int]:
        """The units of teaser lists: between lines that are printed twice or more and say "read more", and as far
        before the first as its own teaser can reach.
        """
        closers = [i for i, x in enumerate(self.looks) if _closes_teaser(x) and self.repeats[x.words] >= 2]
        found: set[int] = set()
        for before, here in zip([None, *closers], closers, strict=False):
            between = self.looks[before + 1 : here] if before is not None else ()
            if before is not None and here - before <= TEASER:
                glued = len(between) == 1 and self.repeats[self.looks[here].words] > 2
                found.update(range(before, here + 1) if glued or _is_teaser(between) else (before, here))
            else:
                found.update(range(self._teaser_start(here), here + 1))
        return frozenset(found)

    def _teaser_start(self, closer: int) -> int:
        """Where the first teaser of a list begins: after a heading of related pieces, else at its last paragraph."""
        for i in range(closer - 1, max(-1, closer - TEASER), -1):
            if self.looks[i].kind in ("related", "end"):
                before = self.looks[i - 1] if i else None
                return i - 1 if before and before.n <= 10 and not before.terminal else i
        return (
            closer - 1
            if closer and self.looks[closer - 1].n < 40 and self.repeats[self.looks[closer].words] > 2
            else closer
        )


_RUN_TOGETHER = re.compile(r"[A-Z](?<=[a-z]{3}[A-Z])[a-z]{2}")  # "...this weekendForecasters expect"


def _is_teaser(between: Sequence[Look]) -> bool:
    """Whether what stands between two closing lines is one: a headline, and at most one paragraph."""
    headline = any((not x.terminal and x.n > 2) or _RUN_TOGETHER.search(x.text) for x in between)
    return sum(x.prose for x in between) < 2 and (headline or not between)


def _closes_teaser(x: Look) -> bool:
    return 0 < x.n <= 8 and (x.kind in ("more", "related") or x.text[-1] in "»›→>") and not x.unit.bullet


def _rough(x: Look) -> float:
    if x.consent >= 3 or x.kind in ("end", "related") or (x.kind and x.n < 30):
        return -4.0
    if x.n >= 10 and x.terminal:
        return min(x.n, 60) / 6
    if x.n >= 20 and not x.unit.bullet:
        return min(x.n, 60) / 15
    return 0.8 if x.terminal and x.n >= 4 else -1.2


__all__ = ["TERMINAL", "Look", "Page", "look"]
