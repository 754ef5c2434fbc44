"""Pelican's way in: our reader for the Markdown files that :mod:`generator.site.staging` laid out.

Only files that we wrote ourselves are read, with metadata that comes from our own format. Nothing of an article's text
steers Pelican: where a page goes and which template shows it is set here.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from pelican.readers import BaseReader

from generator import markdown
from generator.errors import BuildFailed
from generator.site.settings import RUN
from generator.site.staging import Staged

# Pelican skips articles without a date. The pages show the real one, or "undated", from the model.
_ANY_DATE = datetime(2000, 1, 1)


class MarkdownReader(BaseReader):  # type: ignore[misc]
    """Reads a staged article or page; the page's model travels in the metadata as ``view``."""

    enabled = True
    file_extensions = ["md"]  # noqa: RUF012 (Pelican's interface)

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Pelican's interface: content and metadata. The content is "" because the view carries the text."""
        run = self.settings[RUN]
        path = Path(source_path)
        staged: Staged = run.staged[path.name]
        if staged.article is None:
            page = run.text_page(staged, path.read_text(encoding="utf-8"))
        else:
            article = markdown.load(path.read_text(encoding="utf-8"), id=staged.article, story=staged.story)
            if article.text != run.desks[staged.story].article(staged.article).text:
                raise BuildFailed("the Markdown and the digest are not of the same text", path=staged.name)
            page = run.article_page(staged)
        address = page.path
        return "", {"title": address, "slug": path.stem, "date": _ANY_DATE, "address": address, "view": page.view,
                    "template": page.template, "status": "published"}  # fmt: skip
