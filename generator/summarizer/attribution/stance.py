"""Stance: what a cue makes of its content (says, denies, warns, ...), from the lexicon ``cues``."""

from __future__ import annotations

from functools import cache

from generator import lexicon


@cache
def _tables() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Verb, noun and adjective lemma -> stance; the first table of the lexicon that has a lemma decides."""
    out: tuple[dict[str, str], dict[str, str], dict[str, str]] = ({}, {}, {})
    for stance, table in lexicon.load("cues").items():
        for known, part in zip(out, ("verbs", "nouns", "adjectives"), strict=True):
            for lemma in table.get(part, ()):
                known.setdefault(lemma, stance)
    return out


def stance_class(key: str) -> str:
    """The stance of a cue's key ("say", "claim/n", "sure/a", "be clear", "have plan"), or "none"."""
    verbs, nouns, adjectives = _tables()
    if key in ("according to", ":", "-"):
        return "says"
    lemma, _, part = key.partition("/")
    if part:
        return (nouns if part == "n" else adjectives if part == "a" else {}).get(lemma, "none")
    if lemma in verbs:
        return verbs[lemma]
    verb, _, rest = lemma.partition(" ")
    if rest and verb in ("have", "make", "give", "take", "get", "express", "issue", "draw", "be", "seem", "remain", "become"):
        return nouns.get(rest) or adjectives.get(rest, "none")
    return verbs.get(verb, "none") if rest else "none"
