"""Words as rights count them: folded, parted at hyphens and apostrophes, so that no way of printing hides a copy.

Scripts without spaces have no words to count; two of their characters count as one. All weights are in half words.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Span

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_TOKEN = re.compile(f"[{_UNSPACED}]|[^\\W_{_UNSPACED}]+")
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED}]")
WORD = 2  # the weight of a word
RUN = 5 * WORD  # a shorter run of the same words is anyone's


@dataclass(frozen=True, slots=True)
class Counted:
    """A text's tokens: folded words, their places in the text, their weights."""

    words: tuple[str, ...]
    starts: array[int]
    ends: array[int]
    weights: bytes

    @property
    def weight(self) -> int:
        return sum(self.weights)

    def within(self, span: Span) -> tuple[int, int]:
        """The numbers of the first token in ``span`` and of the first after it."""
        from bisect import bisect_left

        return bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)


def counted(text: str) -> Counted:
    """The tokens of ``text``; time is linear in its length."""
    words: list[str] = []
    starts, ends, weights = array("l"), array("l"), bytearray()
    for match in _TOKEN.finditer(text):
        word = match.group()
        words.append(word.casefold())
        starts.append(match.start())
        ends.append(match.end())
        weights.append(1 if _UNSPACED_CHARACTER.match(word) else WORD)
    return Counted(tuple(words), starts, ends, bytes(weights))


def shingles(numbers: array[int], weights: bytes, least: int = RUN) -> Iterator[tuple[int, int, int]]:
    """Every run of tokens that weighs just ``least``: a hash of it, where it begins and where it ends.

    ``numbers`` stand for the words; negative ones part texts, and no run crosses them.
    """
    end, weight, barrier = 0, 0, -1
    for start in range(len(numbers)):
        while end < len(numbers) and weight < least:
            weight += weights[end]
            barrier = end if numbers[end] < 0 else barrier
            end += 1
        if weight < least:
            return
        if barrier < start:
            yield hash(tuple(numbers[start:end])), start, end
        weight -= weights[start]
