"""Which right an article is under, and who says so."""

from __future__ import annotations

import re
from enum import StrEnum

from generator.model import Article
from generator.project import RightsRules

_FIRST_WORD = re.compile(r"\W*(\w+)")


class Right(StrEnum):
    FULL = "full"
    EXCERPTS = "excerpts"
    NONE = "none"  # facts only


def right_of(article: Article, rules: RightsRules) -> tuple[Right, str]:
    """The right and who says so. An article's own ``rights`` go before its outlet's, these before the default; words
    that begin with none of the three rights ("by courtesy of the author") allow excerpts.
    """
    if article.rights:
        return _named(article.rights) or Right.EXCERPTS, "the article"
    outlet = (article.outlet or "").casefold()
    for name, right in rules.outlets:
        if outlet and name.casefold() == outlet:
            return Right(right), "its outlet"
    return Right(rules.default), "the default"


def unclear(article: Article) -> bool:
    """Whether an article's own ``rights`` say neither full nor excerpts nor none."""
    return bool(article.rights) and _named(article.rights or "") is None


def _named(said: str) -> Right | None:
    """By the first word: "full", "full: CC BY 4.0", "excerpts (of 2021)"."""
    word = _FIRST_WORD.match(said)
    return next((r for r in Right if word and word[1].casefold() == r.value), None)
