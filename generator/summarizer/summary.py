"""The overview's words: the mentions that tell the story. Printed sentences only, never generated prose."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from generator.model import Claim, Mention, Status, unique
from generator.summarizer.wordings import fitness, independence, outvoted, typicality
from generator.text import day_of

LIMIT = 6
OLD = 30  # days
TOLD = 0.05  # how much the wording that a claim is called by is ahead of the others
DOUBT = 0.3  # how much a claim loses whose joins nothing speaks for
FEWEST = 4  # words: what is shorter in every article is a scrap
SCRAP = 0.3
_ALONE = (0.6, 0.9, 1.0, 1.0, 1.0)  # by how well its best wording stands by itself
OVERTAKEN = 0.6
ASIDE = 0.5  # how much a claim loses of whose words no other article speaks
DEEP = 0.4  # how much of its weight a claim loses that every article keeps for its end
_OPEN = frozenset({Status.POSSIBLE, Status.EXPECTED, Status.APPEARS, Status.NO_COMMENT})
_FIRMNESS = {
    Status.CONFIRMED: 1.0, Status.HAPPENED: 1.0, Status.REPORTED: 0.9, Status.APPEARS: 0.7, Status.EXPECTED: 0.7,
    Status.DENIED: 0.6, Status.POSSIBLE: 0.5, Status.NO_COMMENT: 0.2,
}  # fmt: skip


def weigh(
    claim: Claim,
    origins: int,
    outlets: int,
    lead: float,
    first: str | None = None,
    depth: float = 0.0,
    *,
    overtaken: bool = False,
    central: float = 1.0,
) -> float:
    """How much a claim weighs in its story: independent origins first, then outlets, articles that open with it
    (``lead``), and how firmly they put it; background weighs half. ``first`` is the day when the story was first
    reported; ``depth``, in [0, 1], is how far down its articles tell it: news puts first what matters. What no wording
    says by itself weighs less, what was put together on weak grounds, what was ``overtaken``, and what is less
    ``central``, in [0, 1].
    """
    firm = max((_FIRMNESS[m.status] for m in claim.mentions), default=0.0)
    alone = _ALONE[max((independence(m) for m in claim.mentions if not m.headline), default=0)]
    sure = 1 - DOUBT * (1 - sum(j.score for j in claim.joins) / len(claim.joins)) if claim.joins else 1.0
    if max(len(m.text.split()) for m in claim.mentions) < FEWEST:
        alone = SCRAP
    alone *= (OVERTAKEN if overtaken else 1.0) * (1 - ASIDE * (1 - central))
    background = 0.5 if all(m.passing for m in claim.mentions) or is_background(claim, first) else 1.0
    return round(
        (2.0 * origins + outlets + 2.0 * lead) * (0.5 + firm / 2) * background * (1 - DEEP * depth) * alone * sure, 4
    )


def centrality(claims: Sequence[Claim]) -> dict[str, float]:
    """Per claim's id how much of what it speaks of the other articles of the story speak of, in [0, 1]: the mean share
    of them that have its words and names. A colour of the scene, though two saw it, has little.
    """
    holders: dict[str, set[str]] = {}
    for mention in (m for c in claims for m in c.mentions):
        for word in (*mention.terms, *mention.names):
            holders.setdefault(word, set()).add(mention.article)
    others = max(map(len, holders.values()), default=1) - 1
    spread = {word: (len(held) - 1) / others for word, held in holders.items()} if others else {}
    return {c.id: max(_spread(m, spread) for m in c.mentions) for c in claims}


def _spread(mention: Mention, spread: Mapping[str, float]) -> float:
    said = sorted({*mention.terms, *mention.names})
    return math.fsum(spread.get(word, 0.0) for word in said) / max(1, len(said))


def choose(claims: Sequence[Claim], limit: int = LIMIT, foreign: Collection[str] = ()) -> tuple[str, ...]:
    """The ids of the mentions that tell the story, the most weighty claim first: of each claim the wording that stands
    best by itself and is put most firmly, none that repeats another. Claims of which every wording needs what was
    printed around it are left out. Wordings of ``foreign`` articles, in another language than most, only tell what no
    other article tells.
    """
    chosen: list[Mention] = []
    for claim in sorted(claims, key=lambda c: (-c.weight, c.id)):
        typical = typicality(claim.mentions)
        odd = outvoted(claim.mentions, claim.differences) | _translated(claim, foreign)
        telling = (m for m in claim.mentions if not (m.passing or m.headline or m.id in odd))
        ranked = sorted(
            ((min(independence(m), 3), _FIRMNESS[m.status], _fit(m, claim, typical[m.id]), m) for m in telling),
            key=lambda x: (not x[0], x[3].article in foreign, *(-value for value in x[:3]), x[3].id),
        )
        if not ranked or not ranked[0][0] or any(_repeats(ranked[0][3], m) for m in chosen):
            continue
        chosen.append(ranked[0][3])
        if len(chosen) == limit:
            break
    return tuple(m.id for m in chosen)


def _translated(claim: Claim, foreign: Collection[str]) -> frozenset[str]:
    """The wordings in another language than most, where one of theirs is there too."""
    theirs = frozenset(m.id for m in claim.mentions if m.article in foreign)
    return theirs if len(theirs) < len(claim.mentions) else frozenset()


def in_another_language(languages: Mapping[str, str | None]) -> frozenset[str]:
    """The articles that are in another language than most of them are; ``languages`` are told by the article's id."""
    known = Counter(told for told in languages.values() if told)
    main = min(known, key=lambda told: (-known[told], told), default=None)
    return frozenset(a for a, told in languages.items() if told and told != main)


def _fit(mention: Mention, claim: Claim, typical: float) -> float:
    """How well a wording tells its claim: also whether that is called by it."""
    return fitness(mention, typical) + TOLD * (mention.id == claim.best)


def is_overtaken(claim: Claim, days: Mapping[str, str | None], last: str | None) -> bool:
    """Whether a claim is only what was thought possible or expected before the story's ``last`` day: by then news may
    have gone past it. ``days`` are when the articles were published.
    """
    told = [day_of(days[m.article]) for m in claim.mentions]
    ended = day_of(last)
    if ended is None or any(day is None or day >= ended for day in told):
        return False
    return all(m.status in _OPEN for m in claim.mentions)


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
    if not set(a.predicates) & set(b.predicates) and not _mostly(set(a.terms), set(b.terms)):
        return False  # they are only about the same persons or places
    return _mostly(set(a.terms) | set(a.names), set(b.terms) | set(b.names), 2)


def _mostly(one: set[str], other: set[str], fewest: int = 1) -> bool:
    """Whether the shorter of two lists of words is for the most part in the other."""
    least = min(len(one), len(other))
    return bool(least) and len(one & other) >= max(fewest, math.ceil(0.6 * least))
