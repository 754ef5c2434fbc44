"""What the pages of the whole site need to know of one story: the rest of it can be put away."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from generator.project import Settings
from generator.rights import Right, right_of
from generator.site import feeds
from generator.site.desk import Desk
from generator.site.encoding import pressed
from generator.site.feeds import Entry
from generator.site.language import Said
from generator.site.views import base, outlet, pages, rights
from generator.site.views.base import Link
from generator.site.views.outlet import OutletStory
from generator.site.views.pages import StoryIndex, StoryLine
from generator.site.views.rights import RightsRow


class Summary(Struct, frozen=True, gc=False):
    """``outlets`` are the names; ``outlet_links``, ``outlet_stories`` and ``outlet_entries`` go with them, one each;
    the stories and ``index`` are pressed until their page is made, and ``outlet_articles`` counts what is in them.
    ``account`` holds JSON objects; ``cut`` is whether the public sees less of some article than was printed.
    """

    story: str
    title: str
    said: Said
    crumb: Link
    articles: int
    others: bool
    line: StoryLine
    index: bytes | StoryIndex
    exports: tuple[tuple[str, str], ...]
    entry: Entry
    outlets: tuple[str, ...]
    outlet_links: tuple[Link, ...]
    outlet_articles: tuple[int, ...]
    outlet_stories: tuple[bytes | OutletStory, ...]
    outlet_entries: tuple[tuple[Entry, ...], ...]
    rights: tuple[RightsRow, ...]
    account: list[dict[str, Any]]


def others_words(desk: Desk, settings: Settings) -> bool:
    """Whether the story's pages have words that aren't ours to give: excerpts in public, whole articles at home."""
    if settings.public:
        return bool(desk.publications)
    return any(right_of(a.article, settings.rights)[0] is not Right.FULL for a in desk.digest.articles)


def summary(desk: Desk, settings: Settings, exports: tuple[tuple[str, str], ...]) -> Summary:
    """Everything, while the story is open. ``exports`` are names and addresses of its files of data."""
    names = desk.digest.outlets
    return Summary(
        story=desk.story,
        title=desk.digest.title,
        said=desk.said(desk.digest.title),
        crumb=base.story_crumb(desk),
        articles=len(desk.digest.articles),
        others=others_words(desk, settings),
        line=pages.story_line(desk),
        index=pressed(pages.story_index(desk)),
        exports=exports,
        entry=feeds.story_entry(desk, settings),
        outlets=names,
        outlet_links=tuple(base.outlet_link(desk, name) for name in names),
        outlet_articles=tuple(len(desk.articles_by_outlet[name]) for name in names),
        outlet_stories=tuple(pressed(outlet.outlet_story(desk, name)) for name in names),
        outlet_entries=tuple(feeds.outlet_entries(desk, name, settings) for name in names),
        rights=rights.rows(desk, settings),
        account=rights.accounts(desk, settings),
    )
