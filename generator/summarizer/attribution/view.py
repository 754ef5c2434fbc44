"""An article as the steps of attribution see it: per paragraph its tree and its quotations."""

from __future__ import annotations

from dataclasses import dataclass

from generator.summarizer.attribution.quotations import Quotation, quotations
from generator.summarizer.attribution.tree import Tree, build
from generator.summarizer.parsing import Parsed


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A parsed paragraph: its tree, its quotations, and per token the quotation that it stands in (-1: none)."""

    number: int
    tree: Tree
    quotes: tuple[Quotation, ...]
    quoted: list[int]


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
        out.append(Paragraph(number, tree, quotes, quoted))
    return out
