"""Slips of the parser that the words betray, mended before anything looks at the tree."""

from __future__ import annotations

from collections.abc import Sequence

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_OWN_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})


def mended(
    pos: Sequence[str], tags: Sequence[str], deps: Sequence[str], heads: Sequence[int]
) -> tuple[list[str], list[int]]:
    """Relations and heads in which "citing aides and the agency said it was so" has its second speaker: a noun that
    was joined to an object by "and", and stands right before a finite verb that has a clause but no subject, is that
    verb's subject.
    """
    deps, heads = list(deps), list(heads)
    has_subject = {h for h, dep in zip(heads, deps, strict=True) if dep in _OWN_SUBJECT}
    has_clause = {h for i, (h, dep) in enumerate(zip(heads, deps, strict=True)) if dep == "ccomp" and h < i}
    for verb in sorted(has_clause - has_subject):
        noun = verb - 1
        if tags[verb] not in _FINITE or noun < 2 or deps[noun] != "conj" or pos[noun] not in _NOMINAL:
            continue
        joined = heads[noun]
        link = [i for i, h in enumerate(heads[:noun]) if h == joined and deps[i] == "cc" and i > joined]
        if link and pos[joined] in _NOMINAL and deps[joined] in ("dobj", "pobj", "conj"):
            deps[noun], heads[noun] = "nsubj", verb
            heads[link[-1]] = verb
            if deps[verb] == "ccomp" and heads[verb] < joined:
                deps[verb] = "conj"
    return deps, heads
