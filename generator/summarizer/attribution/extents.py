"""Where a content may end early: the same candidate, cut where an adjunct, an aside or a conjunct starts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.model import Span
from generator.summarizer.attribution.placing import Candidate
from generator.summarizer.attribution.tree import NONE, Tree
from generator.summarizer.attribution.view import Paragraph

_LOOSE = frozenset(["advcl", "conj", "relcl", "appos", "acl", "npadvmod", "prep", "parataxis", "cc", "dep", "advmod"])
_MOST = 4


def forms(paragraph: Paragraph, candidate: Candidate) -> Iterator[tuple[Candidate, list[str]]]:
    """A candidate and its shorter forms, longest first, each with the labels of the cuts that remain possible in it."""
    found = sorted(cuts(paragraph, candidate), key=lambda c: -c.content[-1].end)
    labels = [c.frame.variant.partition(" cut ")[2] for c in found]
    for n, form in enumerate((candidate, *found)):
        yield form, labels[n:]


def cuts(paragraph: Paragraph, candidate: Candidate) -> Iterator[Candidate]:
    """Shorter forms of a candidate: its last span ends before one of the subtrees that close it."""
    tree = paragraph.tree
    last = candidate.content[-1]
    tokens = tree.between(last)
    if len(tokens) < 4 or tokens[-1] >= len(tree) or last.start < tree.starts[0] or last.end > tree.ends[-1]:
        return
    a, b = tokens[0], tokens[-1]
    while b > a and tree.pos[b] in ("PUNCT", "SPACE"):
        b -= 1
    if paragraph.quoted[b] >= 0 and paragraph.quoted[b] == paragraph.quoted[a]:
        return
    for label, end, x in _ends(paragraph, a, b):
        variant = f"{candidate.frame.variant} cut {label}"
        content = (*candidate.content[:-1], Span(last.start, tree.ends[end]))
        yield replace(candidate, content=content, frame=replace(candidate.frame, variant=variant), cut=x)


def _ends(paragraph: Paragraph, a: int, b: int) -> Iterator[tuple[str, int, int]]:
    """Of the shorter forms: label, last token, head of what is cut off; outermost first."""
    tree = paragraph.tree
    seen: set[int] = set()
    for x in _closing(tree, a, b):
        start = tree.lefts[x]
        if (
            start <= a
            or tree.deps[x] not in _LOOSE
            or (tree.deps[x] == "conj" and tree.words[start] in NONE)
            or (paragraph.quoted[start] >= 0 and paragraph.quoted[start] == paragraph.quoted[start - 1])
        ):
            continue
        end, comma = start - 1, False
        while end > a and tree.pos[end] in ("PUNCT", "SPACE", "CCONJ"):
            comma = comma or tree.pos[end] == "PUNCT"
            end -= 1
        if end - a >= 1 and end not in seen:
            seen.add(end)
            yield f"{tree.deps[x]}{' after comma' if comma else ''}", end, x
        if len(seen) == _MOST:
            return


def _closing(tree: Tree, a: int, b: int) -> Iterator[int]:
    """The tokens of [a, b] whose subtree ends at ``b``, outermost first."""
    x = b
    path = [x]
    while a <= tree.heads[x] <= b and tree.heads[x] != x and tree.rights[tree.heads[x]] <= b + 1:
        x = tree.heads[x]
        path.append(x)
    # siblings that close one after the other also end early: "... on Monday in Oslo"
    for node in reversed(path):
        yield node
        siblings = [
            c for c in tree.children[tree.heads[node]] if a <= tree.lefts[c] and c < node and c > tree.heads[node]
        ]
        yield from reversed(siblings[-2:])
