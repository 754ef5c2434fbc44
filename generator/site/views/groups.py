"""What one outlet has on one story, in short."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from generator.model import Claim, unique
from generator.site import catalogue, wording
from generator.site.catalogue import _, ngettext
from generator.site.desk import Desk
from generator.site.views import base
from generator.site.views.base import Link
from generator.site.views.mentions import ClaimLine, claim_line, differs

ALONE = 4
LISTED = 12


class OutletGroup(Struct, frozen=True, gc=False):
    name: Link
    articles: tuple[tuple[Link, wording.When], ...]
    more_articles: int
    shares: int
    differing: int
    wire: int
    words: str
    alone: tuple[ClaimLine, ...]
    more_alone: int
    first_alone: bool = False


def outlet_group(desk: Desk, name: str) -> OutletGroup:
    articles = desk.articles_by_outlet[name]
    own = {a.id for a in articles}
    has = {c.id for a in articles for _, c in desk.claims_by_article[a.id]}
    alone = desk.alone[name]
    shared = [c for c in desk.shared if c.id in has]
    agencies = [named for a in articles if (named := desk.agencies(a))]
    wire = len(agencies)
    differing = sum(1 for c in shared if differs(c) and _takes_part(desk, c, own))
    return OutletGroup(
        name=base.outlet_link(desk, name),
        articles=tuple((Link(base.titled(a, desk), desk.article_path(a.id)), base.when(a)) for a in articles[:LISTED]),
        more_articles=max(0, len(articles) - LISTED),
        shares=len(shared),
        differing=differing,
        wire=wire,
        words=_in_words(len(shared), differing, agencies, len(articles)),
        alone=tuple(claim_line(desk, c) for c in alone[:ALONE]),
        more_alone=max(0, len(alone) - ALONE),
    )


def _in_words(shared: int, differing: int, agencies: Sequence[tuple[str, ...]], articles: int) -> str:
    """What an outlet shares, as a sentence or two."""
    if not shared:
        said = _("Shares no claim with another.")
    elif differing:
        said = ngettext(
            "Shares %(n)s claim with others; on %(differing)s of them the outlets differ.",
            "Shares %(n)s claims with others; on %(differing)s of them the outlets differ.",
            shared,
            differing=differing,
        )
    else:
        said = ngettext("Shares %(n)s claim with others.", "Shares %(n)s claims with others.", shared)
    if not agencies:
        return said
    names = catalogue.listed(unique(name for named in agencies for name in named))
    if articles == 1:
        return said + " " + _("It credits %(agencies)s.", agencies=names)
    named = ngettext(
        "%(n)s of %(all)s articles credits %(agencies)s.",
        "%(n)s of %(all)s articles credit %(agencies)s.",
        len(agencies),
        all=articles,
        agencies=names,
    )
    return f"{said} {named}"


def _takes_part(desk: Desk, claim: Claim, own: set[str]) -> bool:
    """Whether one of an outlet's ``own`` articles stands on a side of a difference in substance."""
    sides = (m for d in claim.differences if wording.in_substance(d) for v in d.values for m in v.mentions)
    return any(m in desk.mentions and desk.mentions[m].article in own for m in sides)
