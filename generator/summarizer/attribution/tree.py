"""A paragraph's dependency tree as plain lists: quick to walk, and free of the parser's own types.

Token numbers are local to the paragraph; ``starts`` and ``ends`` are offsets into the article text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.model import Span
from generator.summarizer.tokens import edges, strings

if TYPE_CHECKING:
    from spacy.tokens import Doc

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
# What opens the other half of "lorries, but no police": the two are one thing told.
NONE = frozenset({"no", "not", "neither", "few", "little", "without"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


@dataclass(frozen=True, slots=True)
class Tree:
    """``heads[i] == i`` at a root; ``lefts`` and ``rights`` are the first and last token of each subtree; ``sentence``
    numbers the sentences of the paragraph.
    """

    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    pos: tuple[str, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    lefts: list[int]
    rights: list[int]
    children: list[list[int]]
    sentence: list[int]
    bounds: list[tuple[int, int]]  # per sentence: first token, one past the last
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, last: int) -> Span:
        """The characters from token ``first`` to token ``last``, both included."""
        return Span(self.starts[first], self.ends[last])

    def between(self, span: Span) -> range:
        """The tokens that overlap ``span``."""
        return range(bisect_right(self.ends, span.start), bisect_left(self.starts, span.end))

    def subtree(self, i: int) -> tuple[int, int]:
        """First and last token of what hangs on ``i``, itself included."""
        return self.lefts[i], self.rights[i]

    def child(self, i: int, *deps: str) -> int | None:
        """The first child of ``i`` that stands in one of these relations."""
        for c in self.children[i]:
            if self.deps[c] in deps:
                return c
        return None

    def within(self, i: int, ancestor: int) -> bool:
        return self.lefts[ancestor] <= i <= self.rights[ancestor]


def build(offset: int, doc: Doc) -> Tree:
    """The tree of one parsed paragraph that starts at ``offset`` of the article text."""
    table = doc.to_array(["ORTH", "LEMMA", "POS", "TAG", "DEP", "HEAD", "IDX", "SENT_START"]).view("int64")
    words, lemmas, pos, tags, parsed = (strings(doc, column) for column in table[:, :5].view("uint64").T.tolist())
    lemmas = tuple(lemma.lower() for lemma in lemmas)
    governed = [i + reach for i, reach in enumerate(table[:, 5].tolist())]
    starts = tuple((table[:, 6] + offset).tolist())
    deps, heads = _mended(pos, tags, parsed, governed)
    children: list[list[int]] = [[] for _ in words]
    for i, h in enumerate(heads):
        if h != i:
            children[h].append(i)
    sentence, bounds = _sentences((table[:, 7] == 1).tolist())
    lefts, rights = edges(heads)
    ends = tuple(s + len(w) for s, w in zip(starts, words, strict=True))
    return Tree(
        words, lemmas, pos, tags, tuple(deps), tuple(heads), lefts, rights, children, sentence, bounds, starts, ends
    )


def _mended(
    pos: Sequence[str], tags: Sequence[str], deps: Sequence[str], heads: Sequence[int]
) -> tuple[list[str], list[int]]:
    """Relations and heads in which "citing aides and the agency said it was so" has its second speaker: a noun that
    was joined to an object by "and", and stands right before a finite verb that has a clause but no subject, is that
    verb's subject.
    """
    deps, heads = list(deps), list(heads)
    has_subject = {h for h, dep in zip(heads, deps, strict=True) if dep in SUBJECTS}
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


def _sentences(begins: Sequence[bool]) -> tuple[list[int], list[tuple[int, int]]]:
    firsts = [i for i, begin in enumerate(begins) if begin or i == 0]
    bounds = list(zip(firsts, [*firsts[1:], len(begins)], strict=True))
    return [n for n, (a, b) in enumerate(bounds) for _ in range(a, b)], bounds
