"""Text reuse: passages that two articles share word for word or lightly edited."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Article, Reuse


def find(articles: Sequence[Article]) -> tuple[Reuse, ...]:
    """The pairs of articles that share text; spans point into each article's ``text``."""
    return ()
