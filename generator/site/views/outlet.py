"""An outlet's page: what it has in this pile. It describes the pile, not the outlet's character; no score anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.model import SourceKind
from generator.project import Settings
from generator.site import addresses, catalogue, wording
from generator.site.catalogue import _, ngettext
from generator.site.desk import Desk
from generator.site.encoding import opened
from generator.site.language import Said
from generator.site.views import base
from generator.site.views.base import Head, Link
from generator.site.views.groups import ALONE, outlet_group
from generator.site.views.mentions import ClaimLine, claim_line
from generator.site.views.story import LISTED
from generator.summarizer import publishers

if TYPE_CHECKING:
    from generator.site.views.summary import Summary

ARTICLES_SHOWN = 100
STORIES_A_PAGE = 20


class OutletStory(Struct, frozen=True, gc=False):
    """What an outlet has on one story. ``company``: with whom it shares how many claims. ``credits``: whom it names as
    its origin, and how often. ``wire``: how many of its articles carry an agency's name.
    """

    story: Link
    slug: str
    articles: tuple[tuple[Link, wording.When, Said], ...]
    more_articles: int
    wire: int
    own: int
    shares: int
    differing: int
    company: tuple[tuple[Link, int], ...]
    credits: tuple[tuple[Said, int], ...]
    named: int
    unnamed: int
    alone: tuple[ClaimLine, ...]
    more_alone: int
    worded: tuple[ClaimLine, ...]


class OutletView(Struct, frozen=True, gc=False):
    """``pressed`` are the stories, opened where the page is not taken over from the last site."""

    head: Head
    name: Said
    pressed: tuple[bytes | OutletStory, ...]
    pages: tuple[Link, ...]

    @property
    def stories(self) -> tuple[OutletStory, ...]:
        return tuple(opened(story, OutletStory) for story in self.pressed)


def outlet_views(name: str, every: Sequence[Summary], settings: Settings) -> Iterator[OutletView]:
    """The pages of outlet ``name`` over the stories that it has a part in, newest first."""
    places = [s.outlets.index(name) for s in every]
    parts = base.parts([s.outlet_stories[at] for s, at in zip(every, places, strict=True)], STORIES_A_PAGE)
    link = every[0].outlet_links[places[0]]
    pages = base.pages(len(parts), partial(addresses.more_of_outlet, link.href or ""))
    articles = sum(s.outlet_articles[at] for s, at in zip(every, places, strict=True))
    for number, part in enumerate(parts, 1):
        head = _head(name, link.href or "", articles, len(every), number, len(parts), settings)
        yield OutletView(head, link.text, tuple(part), pages)


def _head(name: str, first: str, articles: int, stories: int, number: int, of: int, settings: Settings) -> Head:
    where = _(
        "%(articles)s on %(stories)s",
        articles=ngettext("%(n)s article", "%(n)s articles", articles),
        stories=ngettext("%(n)s story", "%(n)s stories", stories),
    )
    path, page = addresses.more_of_outlet(first, number), base.numbered(number, of)
    told = _(
        "What %(name)s has in this collection: %(where)s, what it shares, has alone, and credits.",
        name=name,
        where=where,
    )
    return Head(
        path=path,
        title=f"{name}: {where}{page}",
        description=told + page,
        ld=base.ld(settings, "CollectionPage", path, name=name, about={"@type": "NewsMediaOrganization", "name": name}),
        crumbs=(base.home_crumb(),),
        feed=first.removesuffix("html") + "feed.xml",
    )


def outlet_story(desk: Desk, name: str) -> OutletStory:
    group = outlet_group(desk, name)
    articles = desk.articles_by_outlet[name]
    mentions = [m for a in articles for m, _ in desk.claims_by_article[a.id]]
    kinds = Counter(m.chain[0].kind for m in mentions if m.chain)
    unnamed = sum(kinds[k] for k in (SourceKind.ANONYMOUS, SourceKind.GROUP, SourceKind.UNKNOWN))
    alone = desk.alone[name]
    return OutletStory(
        story=base.story_crumb(desk),
        slug=addresses.part(desk.story),
        articles=tuple(
            (
                Link(base.titled(a, desk), desk.article_path(a.id)),
                base.when(a),
                desk.said(catalogue.listed(desk.agencies(a))),
            )
            for a in articles[:ARTICLES_SHOWN]
        ),
        more_articles=max(0, len(articles) - ARTICLES_SHOWN),
        wire=group.wire,
        own=len(articles) - group.wire,
        shares=group.shares,
        differing=group.differing,
        company=_company(desk, name),
        credits=_credits(desk, name),
        named=sum(kinds.values()) - unnamed,
        unnamed=unnamed,
        alone=tuple(claim_line(desk, c) for c in alone[: ALONE * 5]),
        more_alone=max(0, len(alone) - ALONE * 5),
        worded=tuple(claim_line(desk, c) for c in desk.shared if c.differences and name in desk.holders(c))[
            : ALONE * 3
        ],
    )


def _company(desk: Desk, name: str) -> tuple[tuple[Link, int], ...]:
    counts: Counter[str] = Counter()
    for claim in desk.shared:
        holders = desk.holders(claim)
        if name in holders:
            counts.update(h for h in holders if h != name)
    order = sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    return tuple((base.outlet_link(desk, other), n) for other, n in order[:LISTED])


def _credits(desk: Desk, name: str) -> tuple[tuple[Said, int], ...]:
    """The agencies and outlets that its articles name, in their credits or as a voice."""
    counts: Counter[str] = Counter()
    for article in desk.articles_by_outlet[name]:
        voices = {wording.standing(s) for m, _ in desk.claims_by_article[article.id] for s in m.chain
                  if s.kind in (SourceKind.AGENCY, SourceKind.OUTLET)}  # fmt: skip
        counts.update({publishers.canonical(n): n for n in (*sorted(voices), *desk.agencies(article))}.values())
    order = sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    return tuple((desk.said(who), n) for who, n in order[:LISTED])
