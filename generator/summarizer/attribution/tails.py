"""As in ", the agency reported on Monday." read from the surface, for sentences whose tree went wrong before it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.summarizer.attribution.frame import Frame, Range
from generator.summarizer.attribution.stance import SPEECH, stance_class
from generator.summarizer.attribution.tree import Tree

_MARKS = frozenset({",", "”", '"', "''", "—", "–", ";", "»"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
# Verbs that only report, and what may stand between them and the sentence's end.
_PLAIN = frozenset(["say", "report", "announce", "state", "add", "confirm", "claim", "write"])
_TIMES = frozenset(
    "on in the late early earlier last this week month year monday tuesday wednesday thursday friday saturday sunday "
    "today yesterday morning afternoon evening night january february march april may june july august september "
    "october november december again later also separately".split()
)
_NAMING = frozenset({"PROPN", "NOUN", "PRON"})


def tails(tree: Tree) -> Iterator[Frame]:
    """Per sentence, a speech verb whose name phrase and itself stand between a mark and the end (or the next comma)."""
    for first, stop in tree.bounds:
        for v in range(first + 3, stop):
            if tree.tags[v] in _FINITE or (tree.tags[v] == "VBN" and tree.pos[v - 1] == "AUX"):
                key = tree.lemmas[v]
                if stance_class(key) in SPEECH:
                    yield from _tail(tree, first, stop, v, key)


def _tail(tree: Tree, first: int, stop: int, v: int, key: str) -> Iterator[Frame]:
    end = v + 1
    while end < stop and tree.words[end] not in _MARKS:
        if tree.tags[end] in (*_FINITE, "MD", "TO") or end - v > 10 or tree.words[end] in (":", "that", "if"):
            return
        end += 1
    k = v - 1
    while k > first and tree.pos[k] in ("AUX", "ADV"):
        k -= 1
    source = _before(tree, first, k) if tree.words[k] not in _MARKS else _inverted(tree, first, k, v, end)
    if source is None:
        return
    last = min(source[0], k if source[0] > v else source[0]) - 1
    while last > first and tree.pos[last] in ("PUNCT", "SPACE") and tree.words[last] not in ("”", '"'):
        last -= 1
    if last - first >= 2:
        head = next(
            (i for i in range(source[0], source[1] + 1) if not source[0] <= tree.heads[i] <= source[1]), source[1]
        )
        side = "end" if end >= stop - 1 else "inside"
        yield Frame(key, f"tail {side}", "core", v, (k + 1, v), ((first, last),), source, head)


def _before(tree: Tree, first: int, k: int) -> Range | None:
    """The name phrase that ends at ``k``, back to the mark before it."""
    start = k
    while start - 1 >= first and tree.words[start - 1] not in _MARKS:
        if tree.tags[start - 1] in (*_FINITE, "MD") or k - start > 14:
            return None
        start -= 1
    if start - 1 < first or not any(tree.pos[i] in _NAMING for i in range(start, k + 1)):
        return None
    return start, k


def _inverted(tree: Tree, first: int, k: int, v: int, end: int) -> Range | None:
    """As in ", said X", or ", X, a Y, said" where the mark stands right before the verb."""
    if v + 1 < end and tree.pos[v + 1] in (*_NAMING, "DET", "ADJ") and tree.deps[v + 1] not in ("npadvmod", "dobj"):
        return v + 1, end - 1
    inner = _before(tree, first, k - 1) if k - 1 > first else None
    if inner is None:
        return None
    outer = _before(tree, first, inner[0] - 2) if inner[0] - 2 > first else None
    return (
        (outer[0], inner[1])
        if outer is not None and tree.words[inner[0]].lower() in ("a", "an", "the", "who")
        else None
    )


def settled(tree: Tree, frame: Frame) -> bool:
    """Whether a tail can be read one way only: a plain verb of saying, a noun before it, no more than a time after
    it, behind a clause of its own. However the parser hung that clause, it was said.
    """
    if not frame.name.startswith(("tail", "ccomp<", "paren")) or frame.key not in _PLAIN or frame.source_head is None:
        return False
    source, v = frame.source, frame.head
    a, b = frame.content[0]
    if (
        source is None
        or source[1] != v - 1
        or source[0] < 2
        or tree.words[source[0] - 1] not in _MARKS
        or b > source[0]
    ):
        return False
    if len(frame.content) > 1 or tree.pos[frame.source_head] not in _NAMING or a != tree.bounds[tree.sentence[v]][0]:
        return False
    end = v + 1
    while end < len(tree) and tree.words[end] not in (*_MARKS, "."):
        end += 1
    timed = all(tree.words[i].lower() in _TIMES for i in range(v + 1, end))
    return timed and source[0] - b <= 3 and any(tree.tags[i] in _FINITE | {"MD"} for i in range(a, b + 1))
