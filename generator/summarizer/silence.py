"""Why an article lacks a claim, so far as dates and completeness show it: no more is known, no more is said."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import StrEnum

from generator.model import Annotated, Claim
from generator.text import moment_of

DAY = len("2031-03-02")
_FINISHED = re.compile(r"[.!?。…:)\]\"'”’»*]\s*$")
_CUT = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$")


class Silence(StrEnum):
    """Why a claim is not in an article."""

    EARLIER = "published earlier"
    CUT_SHORT = "text cut short"
    LEFT_OUT = "left out"
    UNDATED = "undated"


WEIGHT = (Silence.LEFT_OUT, Silence.CUT_SHORT, Silence.UNDATED, Silence.EARLIER)


def of(
    claim: Claim, article: Annotated, articles: Sequence[Annotated], cut: Collection[str] | None = None
) -> Silence | None:
    """Why ``article`` lacks ``claim``; ``None`` where it has it. ``articles`` are at least those that have it; ``cut``
    are those of which :func:`is_cut_short` is known to hold.
    """
    holders = {m.article for m in claim.mentions}
    if article.article.id in holders:
        return None
    days = [a.article.published for a in articles if a.article.id in holders]
    short = is_cut_short(article) if cut is None else article.article.id in cut
    return beside(article.article.published, days, short=short)


def beside(own: str | None, days: Sequence[str | None], *, short: bool) -> Silence:
    """Why an article published at ``own`` lacks what others told at ``days``; ``short`` is whether its text is cut."""
    if own and days and all(d and _before(own, d) for d in days):
        return Silence.EARLIER
    if short:
        return Silence.CUT_SHORT
    return Silence.LEFT_OUT if own and any(days) else Silence.UNDATED


def _before(one: str, other: str) -> bool:
    """Whether one was published before the other: on an earlier day, or at an earlier hour where both give theirs."""
    if one[:10] != other[:10]:
        return one[:10] < other[:10]
    moments = moment_of(one), moment_of(other)
    if moments[0] is None or moments[1] is None or len(one) <= DAY or len(other) <= DAY:
        return False
    if (moments[0].tzinfo is None) != (moments[1].tzinfo is None):
        return False
    return moments[0] < moments[1]


def of_outlets(
    claim: Claim, articles: Sequence[Annotated], cut: Collection[str] | None = None
) -> tuple[tuple[str, Silence], ...]:
    """Per outlet that lacks a claim the weightiest reason of its articles, in order of the outlets' appearance. What an
    outlet could have told and did not outweighs what it could not.
    """
    have = {m.article for m in claim.mentions}
    holders = [a for a in articles if a.article.id in have]
    by_outlet: dict[str, list[Annotated]] = {}
    for article in articles:
        if article.article.outlet:
            by_outlet.setdefault(article.article.outlet, []).append(article)
    silent = {name: own for name, own in by_outlet.items() if have.isdisjoint(a.article.id for a in own)}
    told = {name: {of(claim, a, holders, cut) for a in own} for name, own in silent.items()}
    return tuple((name, next(s for s in WEIGHT if s in found)) for name, found in told.items())


def is_cut_short(article: Annotated) -> bool:
    """Whether the text stops in the middle of a sentence or with the marks of a teaser."""
    text = (article.ending or article.article.text).rstrip()
    return bool(text) and (bool(_CUT.search(text)) or not _FINISHED.search(text))
