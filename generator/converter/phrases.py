"""Phrases: looks up the lexicons' words in a line, in time linear in the line.

A line is compared as its *key*: words in lower case, straight apostrophes, colons and the copyright sign kept apart.
Phrases of scripts without spaces are sought as substrings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from generator import lexicon

SHORT = 25  # words: how long a line may be whose beginning decides
MEDIUM = 45  # words: how long a line may be that is known by something in it

_TOKEN = re.compile(r"\w+(?:['&.-]\w+)*|[:©]")
_PLAIN_TOKEN = re.compile(r"[a-z0-9]+(?:['&.-][a-z0-9]+)*|:")  # the same for ASCII, for speed
_UNSPACED = re.compile("[\u0e00-\u0e7f\u2e80-\ua4cf\uf900-\ufaff]")
Words = tuple[str, ...]


def key(text: str) -> Words:
    """The words of ``text`` as phrases are compared."""
    low = text.lower()
    if "_" in low:
        low = low.replace("_", " ")
    return tuple(_PLAIN_TOKEN.findall(low) if low.isascii() else _TOKEN.findall(low.replace("’", "'")))


def trimmed(words: Words) -> Words:
    """``words`` without numbers and colons at both ends."""
    start, end = 0, len(words)
    while start < end and (words[start] == ":" or words[start].isdigit()):
        start += 1
    while end > start and (words[end - 1] == ":" or words[end - 1].isdigit()):
        end -= 1
    return words[start:end]


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """Phrases, each with what it is a sign of, found by their first word."""

    whole: dict[Words, str]
    starts: dict[str, tuple[tuple[Words, str], ...]]
    contains: dict[str, tuple[tuple[Words, str], ...]]
    unspaced: tuple[tuple[str, str], ...]
    signal: frozenset[str]  # a word of each phrase of ``contains``: a line without any has none of the phrases
    signals: frozenset[str]  # the same of all phrases

    def whole_of(self, words: Words) -> str | None:
        return self.whole.get(trimmed(words)) or self.whole.get(words)

    def start_of(self, words: Words) -> str | None:
        """What the phrase is a sign of that ``words`` begin with, the longest one."""
        return _match(self.starts, words, 0) if words else None

    def inside(self, words: Words) -> str | None:
        """What the first phrase within ``words`` is a sign of."""
        if self.signal.isdisjoint(words):
            return None
        for at, word in enumerate(words):
            if word in self.contains and (found := _match(self.contains, words, at)):
                return found
        return None

    def unspaced_in(self, text: str) -> str | None:
        """The same for scripts without spaces."""
        low = text.lower()
        return next((kind for phrase, kind in self.unspaced if phrase in low), None)


def _match(table: dict[str, tuple[tuple[Words, str], ...]], words: Words, at: int) -> str | None:
    for phrase, kind in table.get(words[at], ()):
        if words[at : at + len(phrase)] == phrase:
            return kind
    return None


def book(
    whole: Iterable[tuple[str, str]], starts: Iterable[tuple[str, str]], contains: Iterable[tuple[str, str]]
) -> PhraseBook:
    """A phrase book from (phrase, kind) pairs; of equal phrases the first wins."""
    exact: dict[Words, str] = {}
    unspaced: list[tuple[str, str]] = []
    for phrase, kind in whole:
        exact.setdefault(trimmed(key(phrase)) or key(phrase), kind)
    starts, contains = list(starts), list(contains)
    for phrase, kind in [*starts, *contains]:
        if _UNSPACED.search(phrase):
            unspaced.append((phrase.lower(), kind))
    signal = frozenset(_longest(key(phrase) for phrase, _ in contains))
    signals = signal | frozenset(_longest([*exact, *(key(phrase) for phrase, _ in starts)]))
    return PhraseBook(exact, _by_first(starts), _by_first(contains), tuple(unspaced), signal, signals)


def _longest(listed: Iterable[Words]) -> Iterator[str]:
    return (max(words, key=len) for words in listed if words)


def _by_first(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[tuple[Words, str], ...]]:
    table: dict[str, dict[Words, str]] = {}
    for phrase, kind in pairs:
        if words := key(phrase):
            table.setdefault(words[0], {}).setdefault(words, kind)
    return {first: tuple(sorted(found.items(), key=lambda x: (-len(x[0]), x))) for first, found in table.items()}


def all_in(table: PhraseBook, words: Words) -> set[Words]:
    """The different phrases of ``contains`` that are anywhere in ``words``, of those that begin alike the longest."""
    if table.signal.isdisjoint(words):
        return set()
    found = set()
    for at, word in enumerate(words):
        for phrase, _ in table.contains.get(word, ()):
            if words[at : at + len(phrase)] == phrase:
                found.add(phrase)
                break
    return found


@cache
def chrome() -> PhraseBook:
    """The page furniture of chrome.toml."""
    tables = lexicon.load("chrome")["phrases"]

    def pairs(where: str) -> list[tuple[str, str]]:
        return [(phrase, t["kind"]) for t in tables for phrase in t.get(where, ())]

    return book(pairs("whole"), pairs("starts"), pairs("contains"))


@cache
def words_of(section: str) -> PhraseBook:
    """A section of credits.toml as a phrase book: the kind is the list's name."""
    table = lexicon.load("credits")[section]
    starts = [(p, name) for name, phrases in table.items() if name not in _ANYWHERE for p in phrases]
    return book(starts, starts, [(p, name) for name in _ANYWHERE for p in table.get(name, ())])


_ANYWHERE = ("contains", "words")  # lists whose phrases are sought anywhere in a line
