"""The overview's words: the mentions that tell the story, printed sentences only."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Claim


def choose(claims: Sequence[Claim], limit: int = 6) -> tuple[str, ...]:
    """The ids of the mentions that tell the story, the most weighty first."""
    ranked = sorted(claims, key=lambda c: -len({m.article for m in c.mentions}))
    return tuple(c.best for c in ranked[:limit])
