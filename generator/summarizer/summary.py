"""The overview's words: the mentions that tell the story. Printed sentences only, never generated prose."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from generator.model import Claim, Mention, Status, unique

LIMIT = 6
_FIRMNESS = {
    Status.CONFIRMED: 1.0, Status.HAPPENED: 1.0, Status.REPORTED: 0.9, Status.APPEARS: 0.7, Status.EXPECTED: 0.7,
    Status.DENIED: 0.6, Status.POSSIBLE: 0.5, Status.NO_COMMENT: 0.2,
}  # fmt: skip


def weigh(claim: Claim, origins: int, outlets: int, lead: float) -> float:
    """How much a claim weighs in its story: independent origins first, then outlets, articles that open with it,
    and how firmly they put it.
    """
    firm = max((_FIRMNESS[m.status] for m in claim.mentions), default=0.0)
    background = 0.5 if all(m.passing for m in claim.mentions) else 1.0
    return round((2.0 * origins + outlets + 2.0 * lead) * (0.5 + firm / 2) * background, 4)


def choose(claims: Sequence[Claim], limit: int = LIMIT) -> tuple[str, ...]:
    """The ids of the mentions that tell the story, the most weighty claim first, none that repeats another."""
    chosen: list[Mention] = []
    for claim in sorted(claims, key=lambda c: (-c.weight, c.id)):
        best = next(m for m in claim.mentions if m.id == claim.best)
        if best.passing or best.headline or any(_repeats(best, m) for m in chosen):
            continue
        chosen.append(best)
        if len(chosen) == limit:
            break
    return tuple(m.id for m in chosen)


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
