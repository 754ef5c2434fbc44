"""Agencies that a credit names: those that a lexicon knows, and by the shape of the line one that it doesn't."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from generator import lexicon
from generator.converter.dateline import agencies_in

_NAMES = re.compile(r"[A-Z][\w’'-]*(?:\s(?:[A-Z][\w’'-]*|de))*")
# A person is credited by at least two names; one word in a person's place is an organisation.
_ONE_WORD = re.compile(
    r"(?:\bby\s|^\W*(?:[-–—]\s*)?)(?P<name>[A-Z][A-Za-z]{3,})(?=\s*(?:$|[;)]|contributed\b|and\s[\w\s]{1,30}\b(?:staff|reporters)\W*$))"
)


def credited(text: str) -> Iterator[str]:
    """The agencies that the credit line ``text`` names."""
    known = list(_known(text))
    yield from known
    match = None if known else _ONE_WORD.search(text)
    if match and match["name"].lower() not in _nobody() and match[0].strip() != text.strip():
        yield match["name"]


def _known(text: str) -> Iterator[str]:
    for match in _NAMES.finditer(text):
        words = match[0].split()
        for start in range(len(words)):
            for end in range(len(words), start, -1):
                if found := agencies_in(" ".join(words[start:end])):
                    yield from found
                    break


@cache
def _nobody() -> frozenset[str]:
    table = lexicon.load("credits")
    return frozenset({*table["byline"]["nobody"], *table["byline"]["never"], *table["signature"]["words"]})
