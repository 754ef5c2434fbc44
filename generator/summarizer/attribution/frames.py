"""Where content can stand beside a cue: every construction of a paragraph, judging nothing.

High recall is the aim; which frames are attributions is decided by :mod:`score`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.summarizer.attribution.frame import VERBAL, Frame
from generator.summarizer.attribution.nominal import of_adjective, of_adverb, of_noun, of_preposition
from generator.summarizer.attribution.tree import Tree
from generator.summarizer.attribution.verbs import of_verb

_SOFT = frozenset({"reportedly", "allegedly", "supposedly", "purportedly"})


def frames(tree: Tree) -> Iterator[Frame]:
    """Every frame of a paragraph, in order of the cue's head."""
    for i, pos in enumerate(tree.pos):
        word = tree.words[i].lower()
        if pos in VERBAL or (pos in ("NOUN", "PROPN") and _acts_as_verb(tree, i)):
            yield from of_verb(tree, i)
        if pos in ("NOUN", "PROPN"):
            yield from of_noun(tree, i)
        elif pos == "ADJ":
            yield from of_adjective(tree, i)
        elif pos == "ADV" and word in _SOFT:
            yield from of_adverb(tree, i)
        if word in ("according", "per") or (pos == "ADP" and tree.deps[i] == "prep"):
            yield from of_preposition(tree, i)


def _acts_as_verb(tree: Tree, i: int) -> bool:
    """Headlines: "Smith Says", tagged as a name, still has a subject or a clause."""
    return tree.child(i, "nsubj", "nsubjpass", "ccomp", "dobj") is not None
