"""Origins: which articles are not independent of each other, and why."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Annotated, Claim, Origin, Reuse


def of_story(articles: Sequence[Annotated], reuses: Sequence[Reuse]) -> tuple[Origin, ...]:
    """The independent origins behind the articles of a story; every article is in exactly one."""
    return tuple(Origin(a.article.id, a.article.outlet, (a.article.id,)) for a in articles)


def of_claim(claim: Claim, articles: Sequence[Annotated], reuses: Sequence[Reuse]) -> tuple[Origin, ...]:
    """The independent origins behind the mentions of a claim; members are ids of articles."""
    ids = dict.fromkeys(m.article for m in claim.mentions)
    return tuple(Origin(i, None, (i,)) for i in ids)
