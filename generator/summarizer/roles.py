"""Who does it to whom: the names on both sides of a claim's verb, whatever its voice, and verbs that tell one event
from its two sides.

"A beat B" and "A was beaten by B" have their sides changed, "A beat B" and "B lost to A" are one event.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from generator.lexicon import load
from generator.summarizer.clauses import subject_of
from generator.summarizer.naming import Name
from generator.summarizer.normalise import fold
from generator.summarizer.propositions import VERBS

if TYPE_CHECKING:
    from generator.summarizer.tokens import Token

_GOVERNED = frozenset({"to", "from", "for", "over", "against", "with", "by", "of", "on", "at", "behind", "under"})
_OBJECTS = frozenset({"dobj", "dative", "attr", "oprd"})
_DEEPEST = 4


def read(head: Token, found: Sequence[Name], subject: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys of the names that do what ``head`` says and of those that it is done to or with; ``subject`` is the key
    of its subject, of any kind. Only names count.
    """
    if head.pos_ not in VERBS:
        return (), ()
    deed = _deed(head)
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in deed.children)
    own = subject_of(head)
    keys = {t.i: n.key for n in found for t in n.tokens}
    before = list(dict.fromkeys([*([keys[own.i]] if own is not None and own.i in keys else [])]))
    if not before and subject is not None and any(n.key == subject for n in found):
        before = [subject]
    agents = [keys[t.i] for t in _agents(head) if t.i in keys]
    after = [keys[t.i] for t in _objects(head) if t.i in keys and keys[t.i] not in agents]
    done, to = (agents, [*before, *after]) if passive else (before, after)
    return tuple(dict.fromkeys(done)), tuple(k for k in dict.fromkeys(to) if k not in done)


def _deed(verb: Token) -> Token:
    """The verb whose side the subject is on: who "was expected to visit" visits, and suffers nothing."""
    for _ in range(_DEEPEST):
        told = next((c for c in verb.children if c.dep_ == "xcomp" and c.pos_ in VERBS), None)
        if told is None or not any(c.dep_ == "auxpass" for c in verb.children):
            break
        verb = told
    return verb


def _agents(verb: Token) -> Iterator[Token]:
    for by in verb.children:
        if by.dep_ == "agent":
            yield from (c for c in by.children if c.dep_ == "pobj")


def _objects(verb: Token, depth: int = 0) -> Iterator[Token]:
    """What stands after a verb as its object, also through a preposition and through the verb that it leads to."""
    for child in verb.children:
        if child.dep_ in _OBJECTS:
            yield child
            yield from (c for c in child.children if c.dep_ == "conj")
            if depth < _DEEPEST:
                yield from _through(child)
        elif child.dep_ in ("prep", "dative") and child.lower_ in _GOVERNED:
            yield from (c for c in child.children if c.dep_ == "pobj")
        elif child.dep_ == "xcomp" and depth < _DEEPEST:
            yield from _objects(child, depth + 1)


def _through(noun: Token) -> Iterator[Token]:
    """As in "took a loan from Norland"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in _GOVERNED:
            yield from (c for c in child.children if c.dep_ == "pobj")


@cache
def _sides() -> dict[str, tuple[tuple[int, int], ...]]:
    """Per lemma the events it tells of and from which side (0 or 1)."""
    found: dict[str, list[tuple[int, int]]] = {}
    for event, pair in enumerate(load("synonyms")["converse"]["pairs"]):
        for side, forms in enumerate(pair):
            for word in forms:
                found.setdefault(fold(word), []).append((event, side))
    return {word: tuple(sides) for word, sides in found.items()}


def converse(one: Collection[str], other: Collection[str]) -> bool:
    """Whether two sets of predicates tell one event from its two sides: "buy" and "sell"."""
    here = {side for word in one for side in _sides().get(word, ())}
    there = {side for word in other for side in _sides().get(word, ())}
    return any((event, 1 - side) in there for event, side in here) and not here & there


@cache
def either() -> frozenset[str]:
    """Lemmas of what two do to each other: it is the same whoever comes first."""
    return frozenset(fold(word) for word in load("synonyms")["converse"]["either"])


@cache
def singling() -> frozenset[str]:
    """Lemmas of what is done to one party: done to another it is another deed."""
    return frozenset(fold(word) for word in load("synonyms")["singling"]["words"])


def speech_act(predicates: Sequence[str]) -> str | None:
    """Whether the first of a claim's predicates asks, accuses or denies."""
    return _acts().get(predicates[0]) if predicates else None


@cache
def _acts() -> dict[str, str]:
    return {fold(word): act for act, forms in load("synonyms")["acts"].items() for word in forms}


@cache
def levels() -> dict[str, str]:
    """Per lemma what it makes of the deed: "demand", "threat", "plan"."""
    return {fold(word): level for level, forms in load("synonyms")["levels"].items() for word in forms}
