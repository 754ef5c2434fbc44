"""Mentions -> claims: the wordings that report the same thing."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Annotated, Claim


def group(articles: Sequence[Annotated]) -> tuple[Claim, ...]:
    """The claims of a story, in order of first appearance."""
    return tuple(Claim(m.id, m.text, m.id, (m,)) for a in articles for m in a.mentions if not m.headline)
