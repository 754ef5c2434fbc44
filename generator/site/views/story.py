"""The overview of a story: what is agreed, what differs, who is alone, how many really know."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.model import Digest
from generator.project import Settings
from generator.site import addresses, reasons, wording
from generator.site.catalogue import _, ngettext
from generator.site.desk import Desk
from generator.site.language import Said
from generator.site.views import base, figures
from generator.site.views.base import Head, Link
from generator.site.views.groups import OutletGroup, outlet_group
from generator.site.views.matrix import Matrix, matrix
from generator.site.views.mentions import differs, told_differently
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
from generator.summarizer import status

# The overview stays one page that opens at once: of long lists it shows the head and links to the whole.
LISTED = 12
FEW = 8


class Fact(Struct, frozen=True, gc=False):
    number: int
    words: str
    anchor: str | None = None


class StoryView(Struct, frozen=True, gc=False):
    head: Head
    title: Said
    days: str
    facts: tuple[Fact, ...]
    summary: tuple[Link, ...]
    matrix: Matrix
    claims_href: str
    claims: int
    groups: tuple[OutletGroup, ...]
    alone: bool
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
    method: tuple[str, ...]
    news: NewsView | None
    legend: tuple[tuple[wording.Firmness, str], ...]
    introduction: Markup


def story_view(desk: Desk, settings: Settings, exports: tuple[tuple[str, str], ...] = ()) -> StoryView:
    digest = desk.digest
    groups = [outlet_group(desk, name) for name in desk.outlet_names[:LISTED]]
    first = next((g for g in groups if g.alone), None)
    parting = [c for c in desk.claims if differs(c)]
    moved = [c for c in desk.claims if status.moved(c) and figures.timeline(desk, c)]
    return StoryView(
        head=_head(desk, settings),
        title=desk.said(digest.title),
        days=wording.span_of_days(desk.times()),
        facts=facts(desk),
        summary=_summary(desk),
        matrix=matrix(desk),
        claims_href=addresses.all_claims(desk.story),
        claims=len(desk.claims),
        groups=tuple(replace(g, first_alone=g is first) for g in groups),
        alone=first is not None,
        more_outlets=max(0, len(desk.outlet_names) - LISTED),
        reuses=tuple(reuse_row(desk, r) for r in digest.reuses[:LISTED]),
        more_reuses=max(0, len(digest.reuses) - LISTED),
        graph=figures.who_copied_whom(desk),
        origins=origin_rows(desk, digest),
        sources=source_rows(desk, desk.voices[:LISTED]),
        more_sources=max(0, len(desk.voices) - LISTED),
        differences=tuple(d for c in parting[:FEW] if (d := difference_row(desk, c))),
        more_differences=max(0, len(parting) - FEW),
        altered=tuple(altered_row(desk, q) for q in digest.altered_quotes[:FEW]),
        more_altered=max(0, len(digest.altered_quotes) - FEW),
        moved=tuple(moved_row(desk, c) for c in moved[: FEW // 2]),
        more_moved=max(0, len(moved) - FEW // 2),
        exports=exports,
        method=tuple(reasons.method(*m) for m in digest.method),
        news=news_view(desk),
        legend=wording.legend(),
        introduction=Markup(desk.introduction),  # noqa: S704 (rendered by markdown-it with raw HTML off)
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
            _(
                "%(articles)s from %(outlets)s, claim by claim: who reports what, who said it, who copied whom.",
                articles=ngettext("%(n)s article", "%(n)s articles", len(digest.articles)),
                outlets=ngettext("%(n)s outlet", "%(n)s outlets", len(digest.outlets)),
            )
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
    articles, outlets, origins = len(desk.digest.articles), len(desk.digest.outlets), independent(desk.digest)
    shared, parting = len(desk.shared), sum(1 for c in desk.claims if differs(c))
    alone, told = len(desk.claims) - shared, sum(1 for c in desk.claims if told_differently(c) and not differs(c))
    return (
        Fact(articles, ngettext("article", "articles", articles), "outlets"),
        Fact(outlets, ngettext("outlet", "outlets", outlets), "outlets"),
        Fact(
            origins,
            ngettext("independent origin", "independent origins", origins),
            "origins" if origin_rows(desk, desk.digest) else None,
        ),
        Fact(shared, ngettext("claim shared", "claims shared", shared), "claims" if desk.claims else None),
        Fact(alone, ngettext("in one outlet only", "in one outlet only", alone), "outlets"),
        Fact(
            parting,
            ngettext("where the facts differ", "where the facts differ", parting),
            "differences" if parting else None,
        ),
        Fact(told, ngettext("told differently", "told differently", told), "claims" if desk.claims else None),
    )


class NewsView(Struct, frozen=True, gc=False):
    """What is new since the last build, in words, with the claims that spread."""

    words: str
    articles: tuple[Link, ...]
    wider: tuple[tuple[Link, tuple[Link, ...]], ...]


def news_view(desk: Desk) -> NewsView | None:
    news = desk.news
    claims = {c.id: c for c in desk.claims}
    articles = [desk.article(a) for a in news.articles if a in desk.articles]
    wider = [(claims[c], tuple(a for a in also if a in desk.articles)) for c, also in news.wider if c in claims]
    counts = (
        ngettext("%(n)s new article", "%(n)s new articles", len(articles)) if articles else None,
        ngettext("%(n)s new claim", "%(n)s new claims", len(news.claims)) if news.claims else None,
        ngettext("%(n)s claim more widely reported", "%(n)s claims more widely reported", len(wider))
        if wider
        else None,
        ngettext("%(n)s article no longer here", "%(n)s articles no longer here", news.gone) if news.gone else None,
    )
    told = [c for c in counts if c]
    if not told:
        return None
    return NewsView(
        "; ".join(told),
        tuple(Link(base.titled(a, desk), desk.article_path(a.id), desk.outlet_name(a.id)) for a in articles[:FEW]),
        tuple(
            (Link(desk.wording(c), desk.claim_path(c)), tuple(base.outlet_link(desk, desk.outlet_of(a)) for a in also))
            for c, also in wider[:FEW]
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
