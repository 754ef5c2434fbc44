"""Stance: what a cue makes of its content (says, denies, warns, ...), from the lexicon ``cues``."""

from __future__ import annotations

from functools import cache

from generator import lexicon
from generator.summarizer.attribution.frame import Frame
from generator.summarizer.attribution.tree import Tree

# Stances whose cues put words or findings into somebody's mouth, as opposed to wishes and attitudes.
SPEECH = frozenset(
    [
        "says",
        "reports",
        "confirms",
        "announces",
        "claims",
        "warns",
        "admits",
        "denies",
        "believes",
        "expects",
        "estimates",
        "promises",
        "asks",
        "finds",
    ]
)


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
    if rest and verb in (
        "have",
        "make",
        "give",
        "take",
        "get",
        "express",
        "issue",
        "draw",
        "be",
        "seem",
        "remain",
        "become",
    ):
        return nouns.get(rest) or adjectives.get(rest, "none")
    return verbs.get(verb, "none") if rest else "none"


_SOFTENING = frozenset(
    {"reportedly", "allegedly", "apparently", "supposedly", "purportedly", "probably", "likely", "perhaps"}
)
_MODALS = frozenset({"may", "might", "could", "would"})


def stance(tree: Tree, frame: Frame) -> str:
    """What the cue makes of its content; "does not ..." where it is negated, "declines" where nothing is said."""
    head = frame.head
    kind = stance_class(frame.key)
    kind = "says" if kind == "none" else kind
    content = " ".join(
        tree.words[a] + " " + " ".join(tree.words[a + 1 : min(b + 1, a + 6)]) for a, b in frame.content
    ).lower()
    if any(phrase in content for phrase in ("nothing to say", "no comment")):
        return "declines"
    if tree.pos[head] in ("VERB", "AUX") and any(tree.deps[c] == "neg" for c in tree.children[head]):
        if tree.lemmas[head] in ("comment", "respond", "reply"):
            return "declines"
        return _negated(kind)
    if any(tree.words[c].lower() == "no" for noun in _nouns(tree, frame) for c in tree.children[noun]):
        return _negated(kind)
    above = tree.heads[head]
    if above != head and tree.lemmas[above] in ("decline", "refuse") and tree.deps[head] == "xcomp":
        return "declines"
    return kind


def _nouns(tree: Tree, frame: Frame) -> list[int]:
    """The noun that is the cue, or carries it: "no confirmation that ...", "gave no assurance that ..."."""
    if tree.pos[frame.head] == "NOUN":
        return [frame.head]
    carried = frame.key.partition(" ")[2]
    return [c for c in tree.children[frame.head] if carried and tree.lemmas[c] == carried]


def _negated(kind: str) -> str:
    return f"does not {_PLAIN.get(kind, kind.removesuffix('s'))}"


_PLAIN = {"denies": "deny", "promises": "promise", "accuses": "accuse", "announces": "announce", "praises": "praise"}


def hedge(tree: Tree, frame: Frame) -> str | None:
    """The words at the cue that soften it: a modal before it, an adverb beside it, the cue itself."""
    if frame.name == "adv":
        return frame.key
    found = [tree.words[c].lower() for c in tree.children[frame.head] if tree.words[c].lower() in _SOFTENING | _MODALS]
    return " ".join(found) or None
