"""The pages that belong to no story: home, search, about and the editor's own pages, feeds, "not found"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.project import Settings
from generator.site import addresses, wording
from generator.site.catalogue import _, ngettext
from generator.site.desk import Desk
from generator.site.encoding import opened
from generator.site.language import Said
from generator.site.views import base, figures
from generator.site.views.base import Head, Link
from generator.site.views.matrix import matrix
from generator.site.views.story import Fact, NewsView, facts, news_view

if TYPE_CHECKING:
    from generator.site.views.summary import Summary

LISTED = 300
STORIES_A_PAGE = 50
FEEDS_A_PAGE = 100


class StoryLine(Struct, frozen=True, gc=False):
    title: Link
    days: str
    outlets: tuple[Link, ...]
    more_outlets: int
    facts: tuple[Fact, ...]
    lead: Link | None
    news: NewsView | None
    miniature: figures.Miniature | None


class HomeView(Struct, frozen=True, gc=False):
    head: Head
    title: str
    tagline: str
    stories: tuple[StoryLine, ...]
    pages: tuple[Link, ...]


def home_views(every: Sequence[Summary], settings: Settings) -> Iterator[HomeView]:
    """The stories, newest first, a part of them a page."""
    parts = base.parts(every, STORIES_A_PAGE)
    pages = base.pages(len(parts), addresses.home)
    for number, part in enumerate(parts, 1):
        yield HomeView(
            head=_home_head(part, len(every), number, len(parts), settings),
            title=settings.title,
            tagline=settings.tagline,
            stories=tuple(s.line for s in part),
            pages=pages,
        )


def _home_head(part: Sequence[Summary], every: int, number: int, of: int, settings: Settings) -> Head:
    first, path = (number - 1) * STORIES_A_PAGE + 1, addresses.home(number)
    items = [
        {"@type": "ListItem", "position": n, "name": s.title,
         "url": base.absolute(settings, addresses.story(s.story))}
        for n, s in enumerate(part, first)
    ]  # fmt: skip
    return Head(
        path=path,
        title=f"{settings.title}: {settings.tagline}{base.numbered(number, of)}",
        description=ngettext(
            "%(n)s story, read claim by claim across outlets: who reports what, who said it, and who copied whom. "
            "Every line links to the printed sentence.",
            "%(n)s stories, read claim by claim across outlets: who reports what, who said it, and who copied "
            "whom. Every line links to the printed sentence.",
            every,
        )
        + base.numbered(number, of),
        ld=base.ld(
            settings,
            "CollectionPage",
            path,
            name=settings.title,
            mainEntity={"@type": "ItemList", "itemListElement": items},
        ),
    )


def story_line(desk: Desk) -> StoryLine:
    """A story on the front page."""
    told = [desk.mentions[m] for m in desk.digest.summary if m in desk.mentions]
    best = told[0] if told else desk.best(desk.claims[0]) if desk.claims else None
    names = desk.digest.outlets
    return StoryLine(
        title=base.story_crumb(desk),
        days=wording.span_of_days(desk.times()),
        outlets=tuple(base.outlet_link(desk, n) for n in names[:8]),
        more_outlets=max(0, len(names) - 8),
        facts=facts(desk),
        lead=Link(desk.cut_marked(best), desk.sentence_path(best), desk.outlet_name(best.article)) if best else None,
        news=news_view(desk),
        miniature=figures.miniature(tuple(tuple(c.firmness.key for c in r.cells) for r in matrix(desk).rows[:7])),
    )


class StoryIndex(Struct, frozen=True, gc=False):
    story: Link
    articles: tuple[tuple[Link, Said], ...]
    claims: tuple[Link, ...]
    sources: tuple[Link, ...]
    claims_href: str
    more: int

    def within(self, room: int) -> StoryIndex:
        """As much of it as there is room for."""
        claims = self.claims[: room // 2]
        more = self.more + len(self.claims) - len(claims)
        sources = self.sources[: room // 4]
        return replace(self, articles=self.articles[:room], claims=claims, sources=sources, more=more)


class SearchView(Struct, frozen=True, gc=False):
    """``index`` is the script that holds the search index; without scripts the lists stand there to be read."""

    head: Head
    index: str
    stories: tuple[StoryIndex, ...]
    more: tuple[Link, ...]
    outlets: tuple[Link, ...]


def search_view(every: Sequence[Summary], settings: Settings, index: str) -> SearchView:
    outlets = {name: link for s in every for name, link in zip(s.outlets, s.outlet_links, strict=True)}
    room = LISTED // max(1, len(every))
    return SearchView(
        head=Head(
            path=addresses.SEARCH,
            title=_("Search – %(site)s", site=settings.title),
            description=_("Search titles, claims, paragraphs and sources; nothing you type leaves the page."),
            ld=base.ld(settings, "SearchResultsPage", addresses.SEARCH, name=_("Search")),
            crumbs=(base.home_crumb(),),
        ),
        index=index,
        stories=tuple(opened(s.index, StoryIndex).within(room) for s in every[:LISTED]),
        more=base.pages(len(base.parts(every, STORIES_A_PAGE)), addresses.home) if len(every) > LISTED else (),
        outlets=tuple(outlets[name] for name in sorted(outlets, key=lambda n: (n.casefold(), n))),
    )


def story_index(desk: Desk, room: int = LISTED) -> StoryIndex:
    """A story on the search page, for those without scripts."""
    sources = [
        Link(desk.said(wording.standing(s), desk.mentions_by_source[k][0].article), desk.source_path(k))
        for k, s in desk.sources.items()
    ]
    return StoryIndex(
        story=base.story_crumb(desk),
        articles=tuple(
            (Link(base.titled(a.article, desk), desk.article_path(a.article.id)), desk.outlet_name(a.article.id))
            for a in desk.digest.articles[:room]
        ),
        claims=tuple(Link(desk.wording(c), desk.claim_path(c)) for c in desk.claims[: room // 2]),
        sources=tuple(sources[: room // 4]),
        claims_href=addresses.all_claims(desk.story),
        more=max(0, len(desk.claims) - room // 2),
    )


class TextView(Struct, frozen=True, gc=False):
    """A page of our own or the editor's Markdown, rendered with raw HTML off."""

    head: Head
    title: str
    html: Markup


def text_view(slug: str, title: str, html: str, settings: Settings) -> TextView:
    path = f"{slug}.html"
    return TextView(
        head=Head(
            path=path,
            title=f"{base.short(title, 70)} – {settings.title}",
            description=_("%(title)s: how this collection is read and how to correct it.", title=base.short(title, 70)),
            ld=base.ld(settings, "WebPage", path, name=title),
            crumbs=(base.home_crumb(),),
        ),
        title=title,
        html=Markup(html),  # noqa: S704 (rendered by markdown-it with raw HTML off)
    )


class FeedsView(Struct, frozen=True, gc=False):
    head: Head
    feeds: tuple[tuple[Said, str, str], ...]
    exports: tuple[tuple[Said, tuple[tuple[str, str], ...]], ...]
    outlets: tuple[tuple[Said, str, str], ...]
    pages: tuple[Link, ...]


def feeds_views(every: Sequence[Summary], settings: Settings) -> Iterator[FeedsView]:
    """The feeds and files of the stories, a part of them a page; those of the outlets are on the first."""
    parts = base.parts(every, FEEDS_A_PAGE)
    pages = base.pages(len(parts), partial(addresses.page, addresses.FEEDS))
    for number, part in enumerate(parts, 1):
        path, page = addresses.page(addresses.FEEDS, number), base.numbered(number, len(parts))
        yield FeedsView(
            head=Head(
                path=path,
                title=_("Feeds and data%(page)s – %(site)s", page=page, site=settings.title),
                description=_(
                    "Atom and JSON feeds of all stories and of each; the tables behind the pages as CSV and JSON."
                )
                + page,
                ld=base.ld(settings, "DataCatalog", path, name=_("Feeds and data")),
                crumbs=(base.home_crumb(),),
            ),
            feeds=tuple(
                (s.said, addresses.data(s.story, "feed.xml"), addresses.data(s.story, "feed.json")) for s in part
            ),
            exports=tuple((s.said, s.exports) for s in part),
            outlets=tuple(_outlet_feeds(every)) if number == 1 else (),
            pages=pages,
        )


def _outlet_feeds(every: Sequence[Summary]) -> Iterator[tuple[Said, str, str]]:
    links = {name: link for s in every for name, link in zip(s.outlets, s.outlet_links, strict=True)}
    for name in sorted(links, key=lambda n: (n.casefold(), n))[:LISTED]:
        stem = (links[name].href or "").removesuffix("html")
        yield links[name].text, f"{stem}feed.xml", f"{stem}feed.json"


class NotFoundView(Struct, frozen=True, gc=False):
    """Served for any missing address at any depth: it carries its style and links by absolute paths only."""

    head: Head
    home: str
    search: str
    css: Markup


def not_found_view(settings: Settings, css: str) -> NotFoundView:
    root = urlsplit(base.base_url(settings)).path or "/"
    return NotFoundView(
        head=Head(
            path=addresses.NOT_FOUND,
            title=_("Not found – %(site)s", site=settings.title),
            description=_("There is no page at this address."),
            ld=base.ld(settings, "WebPage", addresses.NOT_FOUND, name=_("Not found")),
            indexed=False,
        ),
        home=root + addresses.HOME,
        search=root + addresses.SEARCH,
        css=Markup(css),  # noqa: S704 (our own file)
    )
