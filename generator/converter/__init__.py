"""Converter: a capture becomes an article.

In order: :mod:`.layout` cuts the text into units and undoes line wraps; :mod:`.rules` says what each unit is by its
words; :mod:`.prose` says how likely it is part of the article's text; :mod:`.roles` decides; :mod:`.assembly` makes
blocks and the article; :mod:`.laws` proves that nothing was lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from generator.converter.assembly import assemble, blocks_of
from generator.converter.laws import REPAIRED, prove
from generator.converter.layout import MOST_UNITS, units
from generator.converter.page import Page
from generator.converter.roles import label
from generator.converter.rules import RULES, Rule
from generator.model import IN_TEXT, Article, Block, Capture, Role
from generator.text import MOST_READ, fingerprint

__all__ = ["RULES", "RULE_NAMES", "Converted", "Rule", "article_id", "convert"]

# What a line can be named by; each can be put off for a file.
RULE_NAMES = frozenset(r.name for r in RULES) | {
    "answered", "list-item", "last-sentence", "posts", "goes-on", "another-article", "subhead",
    "standfirst", "title", "bare-name", "dateline", "signoff",
}  # fmt: skip


MANY_LINES = f"more lines than an article has: those after the first {MOST_UNITS:,} are kept many to a paragraph"


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of a capture: ``blocks`` hold every visible character of its text exactly once, in order."""

    capture: Capture
    blocks: tuple[Block, ...]
    article: Article
    doubts: tuple[str, ...] = ()


def convert(capture: Capture, *, story: str, id: str | None = None) -> Converted:
    """The article in ``capture``. Raises LawBroken if a visible character would be lost."""
    page = Page(units(capture), capture.hints.rules_off)
    found = label(page, marked_up=capture.medium != "text")
    blocks = blocks_of(capture, found, capture.hints.rules_off)
    article = assemble(capture, blocks, story=story, id=id or "")
    if not id:
        label_of = article.title or capture.path.rpartition("/")[2].rpartition(".")[0]
        article = _with_id(article, article_id(label_of, story, capture.name))
    prove(capture, blocks, article)
    many = (MANY_LINES,) * (len(page) > MOST_UNITS)
    return Converted(capture, blocks, article, (*capture.doubts, *many, *_doubts(blocks)))


def _doubts(blocks: tuple[Block, ...]) -> list[str]:
    repaired = sum(b.rule.endswith(REPAIRED) for b in blocks)
    found = [f"mojibake repaired in {repaired} block(s)"] if repaired else []
    found += ["no prose found: everything is kept"] * any(b.rule == "nothing-else" for b in blocks)
    found += ["another article begins: it is set aside"] * any(b.rule == "another-article" for b in blocks)
    found += ["bylines or dates within the text: it may hold several pieces"] * (_heads_within(blocks) > 1)
    long = sum(len(b.text) for b in blocks if b.role in IN_TEXT) > MOST_READ
    return found + [f"longer than an article: all of it is kept, {MOST_READ:,} characters are read for claims"] * long


def _heads_within(blocks: tuple[Block, ...]) -> int:
    """How many times a byline or date stands between paragraphs of the text."""
    text = [i for i, b in enumerate(blocks) if b.role in IN_TEXT and len(b.text) > 80]
    heads = (Role.BYLINE, Role.TIMESTAMP)
    return sum(any(b.role in heads for b in blocks[i:j]) for i, j in pairwise(text))


def article_id(label: str, story: str, name: str) -> str:
    """A file stem for an article: words of its label and a hash of where it came from; never empty, at most 57 long."""
    from slugify import slugify

    stem = slugify(label, max_length=50, word_boundary=True, save_order=True) or "article"
    return f"{stem}-{fingerprint(story, name, length=6)}"


def _with_id(article: Article, id: str) -> Article:
    from dataclasses import replace

    return replace(article, id=id)
