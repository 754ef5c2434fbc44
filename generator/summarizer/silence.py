"""Why an article lacks a claim, so far as dates and completeness show it: no more is known, no more is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from generator.model import Annotated, Claim

_FINISHED = re.compile(r"[.!?。…:)\]\"'”’»*]\s*$")
_CUT = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$")


class Silence(StrEnum):
    """Why a claim is not in an article."""

    EARLIER = "published earlier"
    CUT_SHORT = "text cut short"
    LEFT_OUT = "left out"
    UNDATED = "undated"


def of(claim: Claim, article: Annotated, articles: Sequence[Annotated]) -> Silence | None:
    """Why ``article`` lacks ``claim``; ``None`` where it has it."""
    holders = {m.article for m in claim.mentions}
    if article.article.id in holders:
        return None
    days = [a.article.published for a in articles if a.article.id in holders]
    first = min((d[:10] for d in days if d), default=None)
    own = article.article.published
    if own and first and own[:10] < first and all(days):
        return Silence.EARLIER
    if is_cut_short(article):
        return Silence.CUT_SHORT
    return Silence.LEFT_OUT if own and first else Silence.UNDATED


def is_cut_short(article: Annotated) -> bool:
    """Whether the text stops in the middle of a sentence or with the marks of a teaser."""
    text = (article.ending or article.article.text).rstrip()
    return bool(text) and (bool(_CUT.search(text)) or not _FINISHED.search(text))
