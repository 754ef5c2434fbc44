"""A story on one or two printed pages: what is agreed, what differs, who is alone, who copied whom."""

from __future__ import annotations

from msgspec import Struct

from generator.project import Settings
from generator.site import addresses, wording
from generator.site.catalogue import _
from generator.site.desk import Desk
from generator.site.language import Said
from generator.site.views import base
from generator.site.views.base import Head, Link
from generator.site.views.mentions import ClaimLine, claim_line, differs
from generator.site.views.rows import AlteredRow, DifferenceRow, ReuseRow, altered_row, difference_row, reuse_row
from generator.site.views.story import Fact, facts

AGREED = 8
PARTING = 6
ALONE = 2  # of each outlet
COPIES = 6


class BriefView(Struct, frozen=True, gc=False):
    head: Head
    title: Said
    days: str
    facts: tuple[Fact, ...]
    agreed: tuple[ClaimLine, ...]
    differences: tuple[DifferenceRow, ...]
    altered: tuple[AlteredRow, ...]
    alone: tuple[tuple[Link, tuple[ClaimLine, ...]], ...]
    copies: tuple[ReuseRow, ...]
    articles: tuple[tuple[Link, wording.When], ...]


def brief_path(story: str) -> str:
    return f"stories/{addresses.part(story)}/brief.html"


def brief_view(desk: Desk, settings: Settings) -> BriefView:
    digest, path = desk.digest, brief_path(desk.story)
    title = _("In brief: %(story)s", story=base.short(digest.title, 70))
    agreed = [c for c in desk.shared if not differs(c)]
    parting = [c for c in desk.claims if differs(c)]
    return BriefView(
        head=Head(
            path=path,
            title=title,
            description=_("What is agreed, what differs, who is alone: %(story)s", story=base.short(digest.title, 120)),
            ld=base.ld(settings, "WebPage", path, name=title),
            crumbs=(base.home_crumb(), base.story_crumb(desk)),
            image=base.card(desk),
            feed=base.feed(desk),
        ),
        title=desk.said(digest.title),
        days=wording.span_of_days(desk.times()),
        facts=facts(desk),
        agreed=tuple(claim_line(desk, c) for c in agreed[:AGREED]),
        differences=tuple(d for c in parting[:PARTING] if (d := difference_row(desk, c))),
        altered=tuple(altered_row(desk, q) for q in digest.altered_quotes[: PARTING // 2]),
        alone=tuple(
            (base.outlet_link(desk, name), tuple(claim_line(desk, c) for c in claims[:ALONE]))
            for name, claims in list(desk.alone.items())[: AGREED + 2]
            if claims
        ),
        copies=tuple(reuse_row(desk, r) for r in digest.reuses[:COPIES]),
        articles=tuple(
            (Link(base.titled(a, desk), desk.article_path(a.id), desk.outlet_name(a.id)), base.when(a))
            for a in (annotated.article for annotated in digest.articles[: AGREED * 3])
        ),
    )
