"""Converter: a capture becomes an article. Blocks with roles, each with the rule that decided, then assembly."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Article, Block, Capture, Paragraph, Role, Span
from generator.text import fingerprint, one_line


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of a capture: ``blocks`` hold every visible character of its text exactly once, in order."""

    capture: Capture
    blocks: tuple[Block, ...]
    article: Article
    doubts: tuple[str, ...] = ()


def convert(capture: Capture, *, story: str, id: str | None = None) -> Converted:
    """The article in ``capture``. Raises LawBroken if a visible character would be lost."""
    block = Block(Span(0, len(capture.text)), Role.BODY, one_line(capture.text), "stub")
    article = Article(id or article_id(capture.name, story, capture.name), story, body=(Paragraph(block.text),))
    return Converted(capture, (block,), article, capture.doubts)


def article_id(label: str, story: str, name: str) -> str:
    """A file stem for an article: words of its label and a hash of where it came from; never empty, at most 57 long."""
    from slugify import slugify

    stem = slugify(label, max_length=50, word_boundary=True, save_order=True) or "article"
    return f"{stem}-{fingerprint(story, name, length=6)}"
