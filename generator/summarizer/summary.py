"""The overview's words: the mentions that tell the story. Printed sentences only, never generated prose."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from generator.model import Claim, Mention, Status, unique
from generator.text import day_of

LIMIT = 6
SHORT = 6  # words: a sentence of fewer that says "it" tells nothing by itself
OLD = 30  # days
# What leans on the sentence before: a connective, or a subject that only was named there.
_LEANS = re.compile(
    r"(?:and|but|or|so|yet|nor|because|which|who|that|this|these|those|such|it|he|she|they|we|i|his|her|their|its|"
    r"there|here|then|also|however|meanwhile|instead|still|thus|others?|another|both|neither|either|"
    r"one of (?:the|them)|the (?:latter|former|same)|asked|in return|in turn|according to (?:him|her|them|it))\b",
    re.IGNORECASE,
)
# What is said to a reader, or answers somebody.
_ASIDE = re.compile(
    r"\b(?:by the way|of course|after all|as I|I am|I was|I have|you|your|readers?|stands? by|this newspaper|our)\b|"
    r"\?$",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"\b(?:it|so|that|this|them|did|do)\b", re.IGNORECASE)
_FIRMNESS = {
    Status.CONFIRMED: 1.0, Status.HAPPENED: 1.0, Status.REPORTED: 0.9, Status.APPEARS: 0.7, Status.EXPECTED: 0.7,
    Status.DENIED: 0.6, Status.POSSIBLE: 0.5, Status.NO_COMMENT: 0.2,
}  # fmt: skip


def weigh(claim: Claim, origins: int, outlets: int, lead: float, first: str | None = None) -> float:
    """How much a claim weighs in its story: independent origins first, then outlets, articles that open with it,
    and how firmly they put it; background weighs half. ``first`` is the day when the story was first reported.
    """
    firm = max((_FIRMNESS[m.status] for m in claim.mentions), default=0.0)
    background = 0.5 if all(m.passing for m in claim.mentions) or is_background(claim, first) else 1.0
    return round((2.0 * origins + outlets + 2.0 * lead) * (0.5 + firm / 2) * background, 4)


def choose(claims: Sequence[Claim], limit: int = LIMIT) -> tuple[str, ...]:
    """The ids of the mentions that tell the story, the most weighty claim first: of each claim the wording that stands
    best by itself and is put most firmly, none that repeats another. Claims of which every wording needs what was
    printed around it are left out.
    """
    chosen: list[Mention] = []
    for claim in sorted(claims, key=lambda c: (-c.weight, c.id)):
        telling = (m for m in claim.mentions if not (m.passing or m.headline))
        ranked = sorted(
            ((_independence(m), _FIRMNESS[m.status], _typical(m, claim), m) for m in telling),
            key=lambda x: (*(-value for value in x[:3]), x[3].id),
        )
        if not ranked or not ranked[0][0] or any(_repeats(ranked[0][3], m) for m in chosen):
            continue
        chosen.append(ranked[0][3])
        if len(chosen) == limit:
            break
    return tuple(m.id for m in chosen)


def _independence(mention: Mention) -> int:
    """How well a wording stands by itself: 3 for a whole sentence that names what it is about, 2 for one that doesn't
    lead on from another, 1 for the beginning of one, 0 for what needs the words before it.
    """
    text = mention.text.strip()
    short = len(text.split()) < SHORT
    if not (text[:1].isupper() or text[:1].isdigit()) or _LEANS.match(text) or _ASIDE.search(text) or _torn(text):
        return 0
    if text.rstrip("”’\"')")[-1:] not in (".", "!", "?"):
        return 0 if short else 1
    if short and _POINTS_BACK.search(text):
        return 0
    return 3 if mention.subjects and mention.names else 2


def _torn(text: str) -> bool:
    """Whether a quotation begins or ends outside."""
    return text.count('"') % 2 == 1 or text.count("“") != text.count("”")


def _typical(mention: Mention, claim: Claim) -> float:
    """How much of its words the claim's other wordings share: what only one outlet says in its own way comes last."""
    own = {*mention.terms, *mention.names}
    others = [{*m.terms, *m.names} for m in claim.mentions if m.article != mention.article]
    shared = sum(len(own & o) / max(1, len(own | o)) for o in others)
    return round(shared + (0.2 if mention.id == claim.best else 0.0), 6)


def is_background(claim: Claim, first: str | None) -> bool:
    """Whether all that is dated in a claim lies more than :data:`OLD` days before ``first``, the day when the story was
    first reported.
    """
    last = max((day_of(d.end) or date.min for m in claim.mentions for d in m.when if d.end), default=None)
    reported = day_of(first)
    return last is not None and reported is not None and reported - last > timedelta(days=OLD)


def of_outlet(outlet: str, claims: Sequence[Claim], outlets: Mapping[str, str | None]) -> dict[str, tuple[str, ...]]:
    """Per outlet the ids of claims that it shares, has alone, and words differently. ``outlets`` gives the outlet of an
    article's id.
    """
    own = [c for c in claims if outlet in {outlets.get(m.article) for m in c.mentions}]
    alone = [c for c in own if len(_outlets(c, outlets)) == 1]
    shared = [c for c in own if len(_outlets(c, outlets)) > 1]
    differs = [c for c in shared if c.differences]
    return {
        "shares": tuple(c.id for c in shared),
        "alone": tuple(c.id for c in alone),
        "differs": tuple(c.id for c in differs),
    }


def _outlets(claim: Claim, outlets: Mapping[str, str | None]) -> tuple[str, ...]:
    """The outlets of a claim's mentions; an article without one counts for itself."""
    return unique(outlets.get(m.article) or m.article for m in claim.mentions)


def _repeats(a: Mention, b: Mention) -> bool:
    if a.article == b.article and a.span.overlaps(b.span):
        return True
    one, other = set(a.terms) | set(a.names), set(b.terms) | set(b.names)
    least = min(len(one), len(other))
    return bool(least) and len(one & other) >= max(2, math.ceil(0.6 * least))
