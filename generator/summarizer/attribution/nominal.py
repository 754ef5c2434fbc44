"""Frames of nouns, adjectives, adverbs and prepositions: "X's claim that Y", "X is sure that Y", "according to X"."""

from __future__ import annotations

from collections.abc import Iterator

from generator.summarizer.attribution.frame import VERBAL, Frame, Range, tight
from generator.summarizer.attribution.subjects import possessor, subject
from generator.summarizer.attribution.tree import Tree

_MARKS = frozenset({"that", "to", "of", "whether", "which"})
_ADJECTIVAL = frozenset({"acomp", "ROOT", "conj", "amod", "oprd", "ccomp", "advcl", "acl"})
_BEFORE_SOURCE = frozenset({"per", "via", "to", "for", "in", "by"})


def of_noun(tree: Tree, n: int) -> Iterator[Frame]:
    """As in "X's claim that Y", "X's plan to Y", "X's criticism of Y"."""
    key = tree.lemmas[n] + "/n"
    source, head = possessor(tree, n)
    for c in tree.children[n]:
        if c < n:
            continue
        dep = tree.deps[c]
        if dep in ("acl", "ccomp", "relcl", "xcomp"):
            mark = tree.words[tree.lefts[c]].lower()
            name = f"n:{dep}:{mark}" if mark in _MARKS else f"n:{dep}"
            yield Frame(key, name, "core", n, (n, n), (tree.subtree(c),), source, head)
        elif dep == "prep" and (inner := tree.child(c, "pobj", "pcomp")) is not None:
            yield Frame(key, f"n:prep:{tree.lemmas[c]}", "core", n, (n, c), (tree.subtree(inner),), source, head)


def of_adjective(tree: Tree, a: int) -> Iterator[Frame]:
    """As in "X is sure that Y", "X is afraid of Y"."""
    if tree.deps[a] not in _ADJECTIVAL:
        return
    verb = tree.heads[a] if tree.deps[a] == "acomp" else a
    source, head = subject(tree, verb)
    key = tree.lemmas[a] + "/a"
    for c in tree.children[a]:
        if c > a and tree.deps[c] in ("ccomp", "xcomp"):
            yield Frame(key, "a:" + tree.deps[c], "core", a, (verb, a), (tree.subtree(c),), source, head)
        elif c > a and tree.deps[c] == "prep" and (inner := tree.child(c, "pobj", "pcomp")) is not None:
            name = "a:prep:" + tree.lemmas[c]
            yield Frame(key, name, "core", a, (verb, c), (tree.subtree(inner),), source, head)
    for c in tree.children[verb] if verb != a else ():
        if c > a and tree.deps[c] in ("ccomp", "xcomp", "advcl"):
            yield Frame(key, "a:be:" + tree.deps[c], "core", a, (verb, a), (tree.subtree(c),), source, head)


def of_adverb(tree: Tree, i: int) -> Iterator[Frame]:
    """As in "X reportedly Y": nobody is named; the clause is the content."""
    parts = _beside(tree, tree.subtree(tree.heads[i]), (i, i))
    if parts:
        yield Frame(tree.words[i].lower(), "adv", "core", i, (i, i), parts, None, None)


def of_preposition(tree: Tree, i: int) -> Iterator[Frame]:
    """As in "according to X": X is the source, the rest of its sentence (or of its clause) the content."""
    found = _according(tree, i) if tree.words[i].lower() == "according" else _other(tree, i)
    if found is None:
        return
    key, cue, inner = found
    source = tree.subtree(inner)
    gap = (cue[0], source[1])
    first, stop = tree.bounds[tree.sentence[i]]
    name = "p:" + ("end" if gap[0] > first else "start")
    extents = {"head": tree.subtree(tree.heads[i]), "all": (first, stop - 1)}
    if key == "according to":
        extents |= {"before": (first, gap[0] - 1), "after": (gap[1] + 1, stop - 1)}
    seen: set[tuple[Range, ...]] = set()
    for variant, extent in extents.items():
        parts = _beside(tree, extent, gap)
        if parts and parts not in seen:
            seen.add(parts)
            yield Frame(key, name, variant, i, cue, parts, source, inner)


def _beside(tree: Tree, extent: Range, gap: Range) -> tuple[Range, ...]:
    """The parts of an extent before and after a gap in it."""
    sides = ((extent[0], min(extent[1], gap[0] - 1)), (max(extent[0], gap[1] + 1), extent[1]))
    return tuple(part for part in (tight(tree, side) for side in sides) if part is not None)


def _according(tree: Tree, i: int) -> tuple[str, Range, int] | None:
    to = tree.child(i, "prep")
    if to is None and i + 1 < len(tree) and tree.words[i + 1].lower() == "to":
        to = i + 1
    inner = tree.child(to, "pobj") if to is not None else None
    return ("according to", (i, to), inner) if to is not None and inner is not None else None


def _other(tree: Tree, i: int) -> tuple[str, Range, int] | None:
    """As in "To X, Y", "per X": only at the sentence's start or after a comma, beside a verb."""
    word, inner = tree.words[i].lower(), tree.child(i, "pobj")
    if inner is None or word not in _BEFORE_SOURCE:
        return None
    first = tree.bounds[tree.sentence[i]][0]
    apart = i == first or tree.words[i - 1] == ","
    return (word + "/p", (i, i), inner) if apart and tree.pos[tree.heads[i]] in VERBAL else None
