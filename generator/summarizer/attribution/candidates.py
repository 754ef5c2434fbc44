"""Everything in an article that may be an attribution."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.summarizer.attribution.frames import frames
from generator.summarizer.attribution.placing import Candidate, placed
from generator.summarizer.attribution.surface import colons, quotes_beside, signed
from generator.summarizer.attribution.tails import tails
from generator.summarizer.attribution.view import Paragraph


def candidates(view: list[Paragraph]) -> Iterator[Candidate]:
    """The candidates paragraph by paragraph; of two that say the same, the first, with the fuller source."""
    for paragraph in view:
        kept: dict[tuple[object, ...], Candidate] = {}
        tree = paragraph.tree
        for found in (tails(tree), frames(tree), colons(paragraph), signed(paragraph), quotes_beside(paragraph)):
            for frame in found:
                _keep(kept, placed(view, paragraph, frame))
        yield from kept.values()


def _keep(kept: dict[tuple[object, ...], Candidate], candidate: Candidate) -> None:
    mark: tuple[object, ...] = (candidate.frame.head, candidate.content)
    same = kept.get(mark)
    if same is not None and (same.source is None) != (candidate.source is None):
        mark = (*mark, candidate.source)
        same = kept.get(mark)
    if same is None and candidate.content:
        kept[mark] = candidate
    elif same is not None and _fuller(candidate, same):
        frame = replace(same.frame, source=candidate.frame.source, source_head=candidate.frame.source_head)
        kept[mark] = replace(same, source=candidate.source, frame=frame)


def _fuller(candidate: Candidate, known: Candidate) -> bool:
    a, b = candidate.source, known.source
    return a is not None and b is not None and a != b and b in a
