"""An article as the steps of attribution see it: per paragraph its tree and its quotations."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from generator.summarizer.attribution.quotations import Quotation, quotations
from generator.summarizer.attribution.tree import Tree, build
from generator.summarizer.parsing import Parsed

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A parsed paragraph: its tree, its quotations, and per token the quotation that it stands in (-1: none). Up to
    each token, and to the end, how many ``words`` there are, how many of them quoted, and how many finite verbs.
    """

    number: int
    tree: Tree
    quotes: tuple[Quotation, ...]
    quoted: list[int]
    words: list[int]
    words_quoted: list[int]
    finite: list[int]


def paragraphs(parsed: Parsed, title: str | None = None) -> list[Paragraph]:
    """What was parsed of an article's text, or of its ``title``."""
    text = parsed.article.text if title is None else title
    out = []
    for number, (offset, doc) in enumerate(parsed.docs):
        tree = build(offset, doc)
        quotes = quotations(text[offset : tree.ends[-1]] if len(tree) else "", offset)
        quoted = [-1] * len(tree)
        for n, quote in enumerate(quotes):
            for i in tree.between(quote.span):
                quoted[i] = n
        out.append(Paragraph(number, tree, quotes, quoted, *_counts(tree, quoted)))
    return out


def _counts(tree: Tree, quoted: list[int]) -> tuple[list[int], list[int], list[int]]:
    words = [pos not in ("PUNCT", "SPACE") for pos in tree.pos]
    said = (word and quote >= 0 for word, quote in zip(words, quoted, strict=True))
    finite = (word and tag in FINITE for word, tag in zip(words, tree.tags, strict=True))
    counted = (words, said, finite)
    first, second, third = ([0, *accumulate(map(int, one))] for one in counted)
    return first, second, third
