"""Keeps count of what stands anywhere on the site of articles that may not be shown in full.

Words count for every article that has them: a sentence that two outlets took from one agency is shown of both.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from generator.model import Article, Span
from generator.rights.counting import RUN, WORD, Counted, counted, shingles
from generator.text import runs

TITLE_WORDS = 20  # of a headline; more is not a headline
_CUT_WORDS = RUN // WORD - 1
_PLACES = 1 << 32  # in the index a place is the article's number times this, plus the token's


@dataclass(slots=True)
class Entry:
    """One article. The tokens of its headline come first, then one that parts, then those of its text."""

    text: Counted
    head: int
    numbers: array[int]
    weights: bytes
    shown: bytearray
    limit: int
    used: int = 0

    def range_of(self, span: Span) -> tuple[int, int]:
        """The tokens of ``span`` of the article's text."""
        first, end = self.text.within(span)
        return first + self.head, end + self.head


class Ledger:
    """``key`` is any name of an article that is the same all over the site."""

    def __init__(self, excerpt_words: int) -> None:
        self._longest = excerpt_words * WORD
        self._numbers: dict[str, int] = {}
        self._entries: list[Entry] = []
        self._places: dict[str, int] = {}
        self._index: dict[int, int | list[int]] = {}

    def add(self, key: str, article: Article, limit: int) -> None:
        """Watch over an article, of which ``limit`` words may be shown."""
        title, text = counted(shortened(article.title or "")), counted(article.text)
        numbers = array("l", (self._number(w) for w in title.words))
        numbers.append(-1)
        numbers.extend(self._number(w) for w in text.words)
        weights = title.weights + b"\0" + text.weights
        place = self._places[key] = len(self._entries)
        self._entries.append(Entry(text, len(title.words) + 1, numbers, weights, bytearray(len(numbers)), limit * WORD))
        for run, first, _ in shingles(numbers, weights):
            self._enter(run, place * _PLACES + first)

    def _number(self, word: str) -> int:
        return self._numbers.setdefault(word, len(self._numbers))

    def _enter(self, run: int, place: int) -> None:
        there = self._index.setdefault(run, place)
        if isinstance(there, list):
            there.append(place)
        elif there != place:
            self._index[run] = [there, place]

    def take_title(self, key: str) -> None:
        """The headline is a fact and stands on the site, whatever is left for excerpts."""
        entry, own = self._entries[self._places[key]], self._places[key]
        end = entry.head - 1
        for place, tokens in self._found(entry.numbers[:end], entry.weights[:end], (own, range(end))).items():
            self._cover(self._entries[place], tokens)

    def take_sentence(self, key: str, span: Span, sentence: Span) -> bool:
        """Whether ``span`` of the article's text may stand on the site; it does from now on. Together with what is
        shown beside it, it must lie within ``sentence``.
        """
        own = self._places[key]
        entry = self._entries[own]
        first, end = entry.range_of(span)
        if first == end:
            return False
        if all(entry.shown[first:end]):
            return True
        low, high = entry.range_of(sentence)
        run = _stretched(entry.shown, range(first, end))
        within = low <= run.start and run.stop <= high
        if not within or not self._fits(entry, range(first, end)):
            return False
        return self._take(entry.numbers[first:end], entry.weights[first:end], (own, range(first, end)))

    def take_fact(self, text: str) -> str:
        """A fact in printed words (a name, a role): whole where it is short or fits, else its first words."""
        tokens = counted(text)
        if tokens.weight < RUN:
            return text
        numbers = array("l", (self._numbers.get(w, len(self._numbers)) for w in tokens.words))
        if self._take(numbers, tokens.weights):
            return text
        return text[: tokens.ends[min(_CUT_WORDS, len(tokens.ends)) - 1]] + " …"

    def words_shown(self, key: str) -> int:
        """Of an article's text, its headline not counted."""
        entry = self._entries[self._places[key]]
        pairs = zip(entry.shown[entry.head :], entry.weights[entry.head :], strict=True)
        return (sum(weight for shown, weight in pairs if shown) + 1) // WORD

    def _take(self, numbers: array[int], weights: bytes, own: tuple[int, range] | None = None) -> bool:
        """Show these words, where every article that has them in a run allows it."""
        found = self._found(numbers, weights, own)
        if not all(self._fits(self._entries[place], tokens) for place, tokens in found.items()):
            return False
        for place, tokens in found.items():
            self._cover(self._entries[place], tokens)
        return True

    def _found(self, numbers: array[int], weights: bytes, own: tuple[int, range] | None) -> dict[int, set[int]]:
        """The tokens of every article that are these words."""
        found: dict[int, set[int]] = {own[0]: set(own[1])} if own else {}
        for run, first, end in shingles(numbers, weights):
            there = self._index.get(run)
            for at in there if isinstance(there, list) else () if there is None else (there,):
                place, token = divmod(at, _PLACES)
                found.setdefault(place, set()).update(range(token, token + end - first))
        return found

    def _fits(self, entry: Entry, tokens: Collection[int]) -> bool:
        new = {at for at in tokens if not entry.shown[at]}
        if not new:
            return True
        if entry.used + sum(entry.weights[at] for at in new) > entry.limit:
            return False
        shown = bytearray(entry.shown)
        for at in new:
            shown[at] = 1
        stretched = (_stretched(shown, run) for run in runs(new))
        return all(sum(entry.weights[run.start : run.stop]) <= self._longest for run in stretched)

    @staticmethod
    def _cover(entry: Entry, tokens: Iterable[int]) -> None:
        for at in tokens:
            entry.used += 0 if entry.shown[at] else entry.weights[at]
            entry.shown[at] = 1


def shortened(title: str) -> str:
    """A headline within reason."""
    tokens = counted(title)
    over = len(tokens.words) > TITLE_WORDS and tokens.weight > TITLE_WORDS * WORD
    if not over:
        return title
    weight, last = 0, 0
    while weight < TITLE_WORDS * WORD:
        weight += tokens.weights[last]
        last += 1
    return title[: tokens.ends[last - 1]]


def _stretched(shown: bytearray, run: range) -> range:
    """``run`` with what is shown on either side of it."""
    first, end = run.start, run.stop
    while first > 0 and shown[first - 1]:
        first -= 1
    while end < len(shown) and shown[end]:
        end += 1
    return range(first, end)
