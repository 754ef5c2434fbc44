"""Page view: the lines of a page, with what the rules of a page ask of them, each worked out once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.intake.pagelines import PageLine

_TERMINAL = re.compile(r"[.!?…。！？][\"'”’»」』)\]]{0,3}$")
_UNSPACED = re.compile("[\u0e00-\u0e7f\u2e80-\ua4cf\uf900-\ufaff]")
_VEILED = re.compile(
    r"hid(?:den|e|ing)|fade|truncat|blur|premium|locked|gated|collaps|expand|reveal|first|last|drop-?cap"
)
LONGEST_NAME = 40  # characters
PROSE = 12  # words: a line this long that ends like a sentence is prose


Choice = list[bool]


@dataclass(frozen=True)
class PageView:
    """The lines of a page, with what the rules ask of them; ``description`` is the page's own summary."""

    lines: Sequence[PageLine]
    description: str = ""

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """Words per line; a character of a script without spaces counts half."""
        return tuple(len(x.text.split()) + len(_UNSPACED.findall(x.text)) // 2 for x in self.lines)

    @cached_property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """What a line is built like: its element and the names around it, without those that only one line has."""
        split = {n: n.split() for n in {x.names for x in self.lines}}
        veils = {t for t in {t for tokens in split.values() for t in tokens} if _VEILED.search(t)}
        apart = {n: tuple(t for t in tokens if t not in veils) for n, tokens in split.items()}
        often = Counter(t for x in self.lines for t in set(apart[x.names]))
        joined = {n: " ".join(t for t in tokens if often[t] > 1) for n, tokens in apart.items()}
        return tuple((x.tag, joined[x.names]) for x in self.lines)

    @cached_property
    def tokens(self) -> dict[str, tuple[str, ...]]:
        """The single names of each string of names; a long one is a heading made into an anchor."""
        return {n: tuple(t for t in n.split() if len(t) <= LONGEST_NAME) for n in {x.names for x in self.lines}}

    def apart(self, chosen: Choice) -> Callable[[int], str]:
        """For a line, the names around it that most of the chosen prose does not share."""
        prose = [i for i, c in enumerate(chosen) if c and self.prose(i)]
        often = Counter(t for i in prose for t in set(self.tokens[self.lines[i].names]))
        common = {t for t, n in often.items() if n >= 2 and n > 0.5 * len(prose)}
        return lambda i: " ".join(t for t in self.tokens[self.lines[i].names] if t not in common)

    def prose(self, i: int) -> bool:
        """Whether a line is a sentence of some length, and no list of links."""
        line = self.lines[i]
        return self.lengths[i] >= PROSE and line.link_share < 0.5 and _TERMINAL.search(line.text) is not None


ENOUGH = 0.45  # of the words of the page's sentences
FEW = 100  # words


def covers(lines: Sequence[PageLine], chosen: Sequence[bool]) -> bool:
    """Whether a choice holds much of the page's prose, and more than a few words."""
    page = PageView(lines)
    prose = sum(n for i, n in enumerate(page.lengths) if page.prose(i) and lines[i].link_share < 0.3)
    own = sum(n for n, c in zip(page.lengths, chosen, strict=True) if c)
    return own >= FEW and own >= ENOUGH * prose
