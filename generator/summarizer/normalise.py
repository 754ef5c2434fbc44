"""Words and names in one form, so that the same thing looks the same: "Mr Doe's", "Doe" · "Oslo", "Norwegian".

A country's name, demonym, capital and government become one key ("=no"); a title falls away; British spelling stands
for both. Names keep their words; which short form belongs to which full name is settled per story (:mod:`naming`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from generator.lexicon import load

if TYPE_CHECKING:
    from generator.summarizer.tokens import Token

_POSSESSIVE = re.compile(r"['’]s?$")


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Lower case, no accents, no possessive, straight apostrophes, British spelling."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
    plain = _POSSESSIVE.sub("", plain.replace("’", "'").replace("‑", "-"))
    return british(plain)


def british(word: str) -> str:
    """The British spelling of a word that has two: listed, or by its ending (-ize; -or has too many exceptions)."""
    listed = _spelling().get(word)
    if listed:
        return listed
    for american, own in (
        ("ization", "isation"),
        ("izing", "ising"),
        ("ized", "ised"),
        ("izes", "ises"),
        ("ize", "ise"),
    ):
        if word.endswith(american) and len(word) > len(american) + 3:
            return word[: -len(american)] + own
    return word


def country(words: Sequence[str]) -> str | None:
    """The key of the country that these words name ("=kp"), as they are written."""
    text = " ".join(words).replace("’", "'")
    if text.isupper() and len(text) > 4:
        text = text.title()
    folded = text.lower()
    code = _countries().get(folded)
    if code is None or (folded in _as_written() and not text[:1].isupper()):
        return None
    if folded in ("us", "un", "eu", "uk", "drc", "prc", "rok") and not text.isupper():
        return None
    return code


def country_spans(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Where countries are named in a row of words: (first, after the last, key); the longest form wins."""
    at = 0
    lengths = _lengths()
    while at < len(words):
        ends = (at + length for length in lengths.get(words[at].lower(), ()) if at + length <= len(words))
        named = next(((end, key) for end in ends if (key := country(words[at:end]))), None)
        if named:
            yield at, *named
        at = named[0] if named else at + 1


def name_key(words: Sequence[str]) -> str:
    """A name's key: folded words without titles and initials' stops, hyphens opened ("Jong-un" is "jong un")."""
    titles = _titles()
    parts = [p for w in words for p in fold(w).replace("-", " ").replace(".", "").split()]
    bare = [p for p in parts if p not in titles]
    return " ".join(bare or parts)


def lemma(token: Token) -> str:
    """A token's dictionary form, folded."""
    return fold(token.lemma_ if token.lemma_ and token.lemma_ != "-PRON-" else token.text)


@cache
def classes() -> dict[str, tuple[str, ...]]:
    """Per lemma the classes of words that report one and the same thing."""
    found: dict[str, list[str]] = {}
    for name, members in load("synonyms")["classes"].items():
        for member in members:
            found.setdefault(fold(member), []).append(name)
    return {word: tuple(names) for word, names in found.items()}


@cache
def opposed() -> frozenset[frozenset[str]]:
    """Pairs of classes that are different events: stages of one another, or the other way about."""
    return frozenset(frozenset(pair) for pair in load("synonyms")["apart"]["pairs"])


@cache
def speech() -> frozenset[str]:
    """Verbs and nouns of saying: those that only relay, and those that accuse, deny, warn, ..."""
    hedges = load("hedges")
    found = (*load("synonyms")["speech"]["words"], *hedges["relay"]["words"], *hedges["speech"]["words"])
    return frozenset(map(fold, found))


@cache
def _titles() -> frozenset[str]:
    return frozenset(load("synonyms")["titles"]["words"])


@cache
def _spelling() -> dict[str, str]:
    return dict(load("synonyms")["spelling"])


@cache
def _countries() -> dict[str, str]:
    return {form: f"={code}" for code, forms in load("countries")["forms"].items() for form in forms}


@cache
def _as_written() -> frozenset[str]:
    return frozenset(load("countries")["case"]["forms"])


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Per first word of a country's name of how many words such names are, the longest first."""
    found: dict[str, set[int]] = {}
    for form in _countries():
        first, *rest = form.split()
        found.setdefault(first, set()).add(1 + len(rest))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}
