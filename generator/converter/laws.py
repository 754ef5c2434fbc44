"""The laws of conversion, checked on every article: conservation and true spans."""

from __future__ import annotations

from collections.abc import Sequence

from generator.errors import LawBroken
from generator.model import IN_TEXT, Article, Block, Capture, Role
from generator.text import squeeze

REPAIRED = "+repair"


def prove(capture: Capture, blocks: Sequence[Block], article: Article) -> None:
    """Raises LawBroken, naming the law, unless every visible character of the capture is in exactly one block, each
    block shows the characters that its span covers, and every block is in the text, the title or the removed.
    """
    at = 0
    for b in blocks:
        if b.span.start < at or b.span.end < b.span.start:
            raise LawBroken(f"law 1, conservation: block {b.rule!r} overlaps the one before", path=capture.name)
        between, printed = capture.text[at : b.span.start], b.span.of(capture.text)
        if between and not between.isspace() and squeeze(between):
            raise LawBroken(
                f"law 1, conservation: characters {at} to {b.span.start} are in no block", path=capture.name
            )
        if printed != b.text and not b.rule.endswith(REPAIRED) and not _alike(printed, b.text):
            raise LawBroken(f"law 5, true spans: block {b.rule!r} shows other text than it covers", path=capture.name)
        at = b.span.end
    if squeeze(capture.text[at:]):
        raise LawBroken(f"law 1, conservation: the characters from {at} are in no block", path=capture.name)
    held = [p.text for p in article.body] + [r.text for r in article.removed]
    titles = [b.text for b in blocks if b.role is Role.TITLE][:1]
    if sorted(held + titles) != sorted(b.text for b in blocks):
        raise LawBroken(
            "law 1, conservation: a block reached neither the text nor what was set aside", path=capture.name
        )
    if [p.text for p in article.body] != [b.text for b in blocks if b.role in IN_TEXT]:
        raise LawBroken("law 1, conservation: the text is not the blocks of the text, in order", path=capture.name)


def _alike(printed: str, shown: str) -> bool:
    """Whether two texts have the same visible characters; mostly only lines were joined, which is cheaper to see."""
    return printed.split() == shown.split() or squeeze(printed) == squeeze(shown)
