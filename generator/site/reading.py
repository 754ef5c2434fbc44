"""Pelican's way in: our reader for the Markdown files that :mod:`generator.site.staging` laid out.

Only files that we wrote ourselves are read, with metadata that comes from our own format. Nothing of an article's text
steers Pelican: where a page goes and which template shows it is set here.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.readers import BaseReader

from generator import markdown
from generator.errors import BuildFailed
from generator.model import Article
from generator.site import addresses
from generator.site.settings import RUN
from generator.site.staging import Staged
from generator.site.views.base import Page
from generator.text import fingerprint

if TYPE_CHECKING:
    from generator.site.run import Run

# Pelican skips articles without a date. The pages show the real one, or "undated", from the model.
_ANY_DATE = datetime(2000, 1, 1)


class MarkdownReader(BaseReader):  # type: ignore[misc]
    """Reads a staged article or page. What is kept of it is light: the page's model is made when it is written."""

    enabled = True
    file_extensions = ["md"]  # noqa: RUF012 (Pelican's interface)

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Pelican's interface: content and metadata. The content is "" because the model carries the text;
        ``said`` stands for it until then.
        """
        run = self.settings[RUN]
        path = Path(source_path)
        staged: Staged = run.staged[path.name]
        text = path.read_text(encoding="utf-8")
        if staged.article is None:
            address, said = run.text_page(staged, text).path, text
        else:
            address = addresses.article(staged.story, staged.article)
            said = fingerprint(markdown.without_front_matter(text), length=32)
        template = "text" if staged.article is None else "article"
        return "", {"title": address, "slug": path.stem, "date": _ANY_DATE, "address": address, "staged": staged,
                    "said": said, "template": template, "status": "published"}  # fmt: skip


def page_of(run: Run, content: Any) -> Page:
    """The page of what Pelican read. Raises BuildFailed where the Markdown and the digest are not of the same text."""
    staged: Staged = content.staged
    if staged.article is None:
        return run.text_page(staged, content.said)
    article = run.open(staged.story).article(staged.article)
    if content.said != fingerprint(markdown.below(article), length=32) and not _is_of(content.source_path, article):
        raise BuildFailed("the Markdown and the digest are not of the same text", path=staged.name)
    return run.article_page(staged)


def _is_of(path: str, article: Article) -> bool:
    """Whether a file has the text of ``article``; asked only where it isn't written as we write it."""
    text = Path(path).read_text(encoding="utf-8")
    return markdown.load(text, id=article.id, story=article.story).text == article.text
