"""Everything in an article that may be an attribution."""

from __future__ import annotations

from collections.abc import Iterator

from generator.summarizer.attribution.frames import frames
from generator.summarizer.attribution.placing import Candidate, placed
from generator.summarizer.attribution.surface import colons, quotes_beside, signed
from generator.summarizer.attribution.tails import tails
from generator.summarizer.attribution.view import Paragraph


def candidates(view: list[Paragraph]) -> Iterator[Candidate]:
    """The candidates paragraph by paragraph; of two that say the same, the first."""
    for paragraph in view:
        seen: set[tuple[object, ...]] = set()
        tree = paragraph.tree
        for found in (frames(tree), colons(paragraph), signed(paragraph), quotes_beside(paragraph), tails(tree)):
            for frame in found:
                candidate = placed(view, paragraph, frame)
                mark = (candidate.frame.head, candidate.content, candidate.source)
                if candidate.content and mark not in seen:
                    seen.add(mark)
                    yield candidate
