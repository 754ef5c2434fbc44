"""Page rules: what trafilatura chose, mended by what the page's markup tells. Each rule takes the lines and a choice."""

from __future__ import annotations

from collections.abc import Sequence

from generator.intake.pagelines import PageLine


def mended(lines: Sequence[PageLine], chosen: Sequence[bool]) -> list[bool]:
    """The choice after every rule, in order."""
    return list(chosen)
