""", he said," inside or after the clause that it is about: the clause is all of the sentence but this."""

from __future__ import annotations

from collections.abc import Iterator

from generator.summarizer.attribution.frame import Range, tight
from generator.summarizer.attribution.tree import Tree

_LOOSE = frozenset({"parataxis", "ccomp", "dep", "advcl", "relcl", "conj", "intj", "punct", "ROOT", "appos"})


def parenthetic(tree: Tree, v: int) -> Iterator[tuple[str, tuple[Range, ...]]]:
    """What the verb ``v`` may be said of, by variant: all of its sentence, what it hangs on, one side."""
    if tree.deps[v] not in _LOOSE:
        return
    first, stop = tree.bounds[tree.sentence[v]]
    left, right = _own(tree, v)
    parts = _tight_parts(tree, (first, left - 1), (right + 1, stop - 1))
    if not parts:
        return
    if tree.deps[v] != "ROOT":
        low, high = tree.subtree(tree.heads[v])
        of_head = _tight_parts(tree, (max(first, low), left - 1), (right + 1, min(high, stop - 1)))
        if of_head:
            yield "head", of_head
    yield "all", parts
    if len(parts) == 2:
        yield "before", parts[:1]
        yield "after", parts[1:]


def _tight_parts(tree: Tree, *ranges: Range) -> tuple[Range, ...]:
    return tuple(part for part in (tight(tree, r) for r in ranges) if part is not None)


def _own(tree: Tree, v: int) -> Range:
    """The tokens of a parenthetic clause: the verb, its subject and what clings to them."""
    left = right = v
    for c in reversed(tree.children[v]):
        if c < v and tree.rights[c] == left - 1 and tree.deps[c] != "punct":
            left = tree.lefts[c]
    for c in tree.children[v]:
        if c > v and tree.lefts[c] == right + 1 and tree.deps[c] not in ("punct", "ccomp", "conj", "advcl"):
            right = tree.rights[c]
    return left, right
