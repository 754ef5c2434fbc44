"""As in "X said that Y. “Z.”": a quotation without a cue of its own goes on from who was heard right before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.model import Span
from generator.summarizer.attribution.placing import without_source
from generator.summarizer.attribution.score import Scored
from generator.summarizer.attribution.stance import stance_class
from generator.summarizer.attribution.view import Paragraph

# Stances whose speaker is still speaking in the quotation that follows.
_TELLING = frozenset(["says", "denies", "warns", "announces", "confirms", "admits", "claims"])
# Frames that say what a speaker said, the speaker named in the sentence.
_TOLD = ("ccomp", "tail", "paren")


def with_trailing(view: list[Paragraph], found: Sequence[Scored]) -> list[Scored]:
    """The chosen attributions, the last one of a sentence carried on over sentences after it that are all quotation
    and belong to nobody else.
    """
    taken = [span for item in found for span in item.candidate.content]
    out: list[Scored] = []
    for item in found:
        item = replace(item, candidate=without_source(view[item.candidate.where].tree, item.candidate))
        more = [] if not _telling(item) else _quoted_after(view[item.candidate.where], item, taken)
        candidate = item.candidate
        out.append(replace(item, candidate=replace(candidate, content=(*candidate.content, *more))) if more else item)
        taken += more
    return out


def _telling(item: Scored) -> bool:
    frame = item.candidate.frame
    return frame.source is not None and frame.name.startswith(_TOLD) and stance_class(frame.key) in _TELLING


def _quoted_after(paragraph: Paragraph, item: Scored, taken: Sequence[Span]) -> list[Span]:
    tree, sentence = paragraph.tree, paragraph.tree.sentence[item.candidate.frame.head]
    if item.candidate.content[-1].end > tree.ends[tree.bounds[sentence][1] - 1]:
        return []
    more: list[Span] = []
    for first, stop in tree.bounds[sentence + 1 :]:
        own = paragraph.quoted[first]
        if own < 0 or any(paragraph.quoted[i] != own for i in range(first, stop)):
            break
        quote = paragraph.quotes[own].span
        if any(quote.overlaps(span) for span in taken):
            break
        if quote not in more:
            more.append(quote)
    return more
