"""An article in the form in which it survives being written and read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from generator import versions
from generator.commonmark import is_plain
from generator.markdown import paragraphs
from generator.markdown.front_matter import LISTS
from generator.model import Article, Paragraph, Role
from generator.text import one_line


def settle(article: Article) -> Article:
    """``article`` in the form in which it survives writing: white space single, inline markup only where it reads back
    as the same words.
    """
    body = (replace(p, text=_settled_text(p)) for p in article.body)
    removed = (replace(r, text=one_line(r.text)) for r in article.removed)
    names = ("title", "outlet", "published", "updated", "dateline", "language", "url", "rights", "source_file")
    fields: dict[str, Any] = {name: one_line(getattr(article, name) or "") or None for name in names}
    fields |= {name: tuple(filter(None, map(one_line, getattr(article, name)))) for name in sorted(LISTS)}
    kept = _settle_levels([p for p in map(_settle_paragraph, body) if p.text])
    return replace(
        article,
        body=kept,
        versions=versions.settled(article.versions, fields["title"], [p.text for p in kept]),
        removed=tuple(r for r in removed if r.text),
        evidence=tuple((one_line(k), one_line(v)) for k, v in article.evidence),
        **fields,
    )


def _settled_text(paragraph: Paragraph) -> str:
    return paragraph.text if paragraph.role is Role.TABLE and paragraph.markup else one_line(paragraph.text)


def _settle_paragraph(paragraph: Paragraph) -> Paragraph:
    level = paragraph.level
    if paragraph.role is Role.SUBHEAD:
        level = min(max(level, 2), 6)
    elif paragraph.role is not Role.LIST_ITEM:
        level = 0
    settled = replace(paragraph, level=min(level, 6))
    alone = replace(settled, level=0) if settled.role is Role.LIST_ITEM else settled
    plainly = is_plain(alone.text) and alone == Paragraph(one_line(alone.text))
    if plainly or list(paragraphs.load(paragraphs.dump([alone]))) == [alone]:
        return settled
    role = Role.BODY if settled.role is Role.TABLE else settled.role
    return replace(settled, role=role, markup=None, text=one_line(settled.text))


def _settle_levels(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """A list item is at most one level deeper than the one right before it."""
    settled: list[Paragraph] = []
    depth = 0
    for paragraph in paragraphs:
        level = min(paragraph.level, depth) if paragraph.role is Role.LIST_ITEM else paragraph.level
        depth = level + 1 if paragraph.role is Role.LIST_ITEM else 0
        settled.append(replace(paragraph, level=level))
    return tuple(settled)
