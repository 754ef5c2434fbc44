"""The overview of a story: what is agreed, what differs, who is alone, how many really know."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Digest
from generator.project import Settings
from generator.site import addresses, wording
from generator.site.desk import Desk
from generator.site.language import Said
from generator.site.views import base, figures
from generator.site.views.base import Head, Link
from generator.site.views.groups import OutletGroup, outlet_group
from generator.site.views.matrix import Matrix, matrix
from generator.site.views.mentions import differs
from generator.site.views.rows import (
    AlteredRow,
    DifferenceRow,
    Moved,
    ReuseRow,
    SourceRow,
    altered_row,
    difference_row,
    moved_row,
    origin_rows,
    reuse_row,
    source_rows,
)

# The overview stays one page that opens at once: of long lists it shows the head and links to the whole.
LISTED = 12
FEW = 8


@dataclass(frozen=True, slots=True)
class Fact:
    number: int
    words: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class StoryView:
    head: Head
    title: Said
    days: str
    facts: tuple[Fact, ...]
    summary: tuple[Link, ...]
    matrix: Matrix
    claims_href: str
    claims: int
    groups: tuple[OutletGroup, ...]
    more_outlets: int
    reuses: tuple[ReuseRow, ...]
    more_reuses: int
    graph: figures.Graph | None
    origins: tuple[tuple[Said, tuple[Link, ...], tuple[str, ...]], ...]
    sources: tuple[SourceRow, ...]
    more_sources: int
    differences: tuple[DifferenceRow, ...]
    more_differences: int
    altered: tuple[AlteredRow, ...]
    more_altered: int
    moved: tuple[Moved, ...]
    more_moved: int
    exports: tuple[tuple[str, str], ...]
    method: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]


def story_view(desk: Desk, settings: Settings, exports: tuple[tuple[str, str], ...] = ()) -> StoryView:
    digest = desk.digest
    groups = [outlet_group(desk, name) for name in desk.outlet_names[:LISTED]]
    parting = [c for c in desk.claims if differs(c)]
    moved = [c for c in desk.claims if len({s.status for s in c.history}) > 1]
    sources = source_rows(desk)
    return StoryView(
        head=_head(desk, settings),
        title=desk.said(digest.title),
        days=wording.span_of_days(desk.times()),
        facts=facts(desk),
        summary=_summary(desk),
        matrix=matrix(desk),
        claims_href=addresses.all_claims(desk.story),
        claims=len(desk.claims),
        groups=tuple(groups),
        more_outlets=max(0, len(desk.outlet_names) - LISTED),
        reuses=tuple(reuse_row(desk, r) for r in digest.reuses[:LISTED]),
        more_reuses=max(0, len(digest.reuses) - LISTED),
        graph=figures.who_copied_whom(desk),
        origins=origin_rows(desk, digest),
        sources=sources[:LISTED],
        more_sources=max(0, len(sources) - LISTED),
        differences=tuple(d for c in parting[:FEW] if (d := difference_row(desk, c))),
        more_differences=max(0, len(parting) - FEW),
        altered=tuple(altered_row(desk, q) for q in digest.altered_quotes[:FEW]),
        more_altered=max(0, len(digest.altered_quotes) - FEW),
        moved=tuple(moved_row(desk, c) for c in moved[: FEW // 2]),
        more_moved=max(0, len(moved) - FEW // 2),
        exports=exports,
        method=digest.method,
        changed=desk.changed,
    )


def _head(desk: Desk, settings: Settings) -> Head:
    digest, path = desk.digest, addresses.story(desk.story)
    items = [
        {"@type": "ListItem", "position": n, "item": base.article_ld(desk, a.article, settings)}
        for n, a in enumerate(digest.articles[:LISTED], 1)
    ]
    return Head(
        path=path,
        title=base.short(digest.title),
        description=(
            f"{wording.count(len(digest.articles), 'article')} from {wording.count(len(digest.outlets), 'outlet')}, "
            f"claim by claim: who reports what, who said it, who copied whom."
        ),
        ld=base.ld(
            settings,
            "CollectionPage",
            path,
            name=digest.title,
            mainEntity={"@type": "ItemList", "numberOfItems": len(digest.articles), "itemListElement": items},
        ),
        crumbs=(base.home_crumb(),),
        image=base.card(desk),
        feed=base.feed(desk),
    )


def facts(desk: Desk) -> tuple[Fact, ...]:
    alone = len(desk.claims) - len(desk.shared)
    return (
        Fact(len(desk.digest.articles), "article" if len(desk.digest.articles) == 1 else "articles", "outlets"),
        Fact(len(desk.digest.outlets), "outlet" if len(desk.digest.outlets) == 1 else "outlets", "outlets"),
        Fact(
            independent(desk.digest),
            "independent origin" if independent(desk.digest) == 1 else "independent origins",
            "origins" if origin_rows(desk, desk.digest) else None,
        ),
        Fact(len(desk.shared), "claims shared", "claims" if desk.claims else None),
        Fact(alone, "in one outlet only", "outlets"),
        Fact(
            sum(1 for c in desk.claims if differs(c)),
            "where they differ",
            "differences" if any(map(differs, desk.claims)) else None,
        ),
    )


def independent(digest: Digest) -> int:
    """How many articles, or groups of articles that hang together, stand on their own."""
    return len(digest.articles) - sum(len(o.members) - 1 for o in digest.origins)


def _summary(desk: Desk) -> tuple[Link, ...]:
    chosen = [desk.mentions[m] for m in desk.digest.summary if m in desk.mentions] or [
        desk.best(c) for c in desk.claims[:3]
    ]
    return tuple(Link(desk.cut_marked(m), desk.sentence_path(m), desk.outlet_name(m.article)) for m in chosen[:5])
