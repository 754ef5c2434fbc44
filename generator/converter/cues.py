"""Cues: what a line can be a sign of, by single words. Each phrase, prefix or name that a rule looks for has a word
that no line with it is without; most lines have none of these words, and are not looked at further.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from generator.converter import phrases
from generator.converter.dateline import agency_forms
from generator.converter.names import byline_words

FEW = 30  # words: the longest line that cues within compounds are sought in ("dpa-AFX", "editor's")
_RUN = re.compile(r"\w+")
Cues = frozenset[str]


@cache
def _cues_by_word() -> dict[str, Cues]:
    words: dict[str, Iterable[str]] = {"chrome": phrases.chrome().signals, "byline": byline_words()}
    words |= {name: phrases.words_of(name).signals for name in ("consent", "credit", "bio", "note", "caption")}
    words["agency"] = {max(_RUN.findall(form.lower()), key=len, default="") for form in agency_forms()}
    table: dict[str, set[str]] = {}
    for name, own in words.items():
        for word in own:
            table.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in table.items()}


@cache
def _known() -> frozenset[str]:
    return frozenset(_cues_by_word())


def cues_of(text: str, vocabulary: frozenset[str], n: int) -> Cues:
    """The names of what ``text``, a line of ``n`` words, can be a sign of, a lexicon's section each."""
    known = _known()
    found = vocabulary & known
    if n <= FEW and ("-" in text or "." in text[:-1] or "'" in text or "’" in text or "&" in text):
        compounds = [w for w in vocabulary if not w.isalnum()]
        found |= known.intersection(_RUN.findall(" ".join(compounds)))
    return _named(found) if found else _NONE


_NONE: Cues = frozenset()


@lru_cache(maxsize=10_000)
def _named(words: frozenset[str]) -> Cues:
    return _NONE.union(*(_cues_by_word()[w] for w in words))
