"""What is shown of each article, and on whose word; and the page that stands where an article was removed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from generator import rights
from generator.model import Article, Publication, Removal
from generator.project import RightsRules, Settings
from generator.site import addresses, wording
from generator.site.catalogue import _
from generator.site.desk import Desk
from generator.site.language import Said
from generator.site.views import base
from generator.site.views.base import Head, Link

if TYPE_CHECKING:
    from generator.site.views.summary import Summary

ROWS_A_PAGE = 300
LISTED = 1000  # articles of a story; the account as JSON has all


class RightsRow(Struct, frozen=True, gc=False):
    """``shown`` of ``words`` words, at most ``limit``; ``None`` where there is no limit or nothing was counted."""

    article: Link
    outlet: Said
    when: wording.When
    right: str
    said: str
    words: int | None
    shown: int | None
    limit: int | None
    original: str | None


class RightsView(Struct, frozen=True, gc=False):
    head: Head
    public: bool
    rules: RightsRules
    stories: tuple[tuple[Link, tuple[RightsRow, ...], int], ...]
    removed: tuple[tuple[str, wording.When], ...]
    account: str
    pages: tuple[Link, ...]


def rights_views(every: Sequence[Summary], removed: Sequence[Removal], settings: Settings) -> Iterator[RightsView]:
    """The account of all articles, whole stories a page; what was removed is on the first."""
    parts = _parted(every)
    pages = base.pages(len(parts), partial(addresses.page, addresses.RIGHTS))
    title = _("What is shown of each article")
    for number, part in enumerate(parts, 1):
        path, page = addresses.page(addresses.RIGHTS, number), base.numbered(number, len(parts))
        told = _("Which articles are shown in full and which in excerpts, how much of each, and who says so.")
        gone = removed if number == 1 else ()
        yield RightsView(
            head=Head(
                path=path,
                title=f"{title}{page} – {settings.title}",
                description=told + page,
                ld=base.ld(settings, "WebPage", path, name=title),
                crumbs=(base.home_crumb(),),
            ),
            public=settings.public,
            rules=settings.rights,
            stories=tuple((s.crumb, s.rights, max(0, s.articles - len(s.rights))) for s in part),
            removed=tuple((addresses.article(r.story, r.article), wording.when(r.date)) for r in gone),
            account=addresses.ACCOUNT,
            pages=pages,
        )


def _parted(every: Sequence[Summary]) -> list[list[Summary]]:
    """Stories by pages of about :data:`ROWS_A_PAGE` articles."""
    parts: list[list[Summary]] = [[]]
    rows = 0
    for one in every:
        if rows and rows + len(one.rights) > ROWS_A_PAGE:
            parts.append([])
            rows = 0
        parts[-1].append(one)
        rows += len(one.rights)
    return parts


def rows(desk: Desk, settings: Settings) -> tuple[RightsRow, ...]:
    """A story's articles on the page on rights."""
    counted = {p.article: p for p in desk.digest.publications}
    return tuple(_row(desk, a.article, counted.get(a.article.id), settings) for a in desk.digest.articles[:LISTED])


def _row(desk: Desk, article: Article, counted: Publication | None, settings: Settings) -> RightsRow:
    right, said = rights.right_of(article, settings.rights)
    return RightsRow(
        article=Link(base.titled(article, desk), desk.article_path(article.id)),
        outlet=desk.outlet_name(article.id),
        when=base.when(article),
        right=_RIGHTS[right](),
        said=_SAID[said](),
        words=counted.words if counted else None,
        shown=counted.shown if counted else None,
        limit=counted.limit if counted else None,
        original=base.original(article),
    )


_RIGHTS = {
    rights.Right.FULL: lambda: _("in full"),
    rights.Right.EXCERPTS: lambda: _("excerpts"),
    rights.Right.NONE: lambda: _("facts only"),
}
_SAID = {
    "the article": lambda: _("the article’s entry"),
    "its outlet": lambda: _("the outlet’s entry"),
    "the default": lambda: _("the default"),
}


def account(every: Sequence[Summary], removed: Sequence[Removal], settings: Settings) -> dict[str, Any]:
    """The same for programs; ``check`` and ``deploy`` learn from it for whom the site was made."""
    rules = settings.rights
    return {
        "profile": settings.profile,
        "excerpt_words": rules.excerpt_words,
        "article_percent": rules.article_percent,
        "article_words": rules.article_words,
        "articles": [row for s in every for row in s.account],
        "removed": [{"story": r.story, "article": r.article, "date": r.date} for r in removed],
    }


def accounts(desk: Desk, settings: Settings) -> list[dict[str, Any]]:
    """A story's articles in the account."""
    counted = {p.article: p for p in desk.digest.publications}
    rows = []
    for annotated in desk.digest.articles:
        article = annotated.article
        right, said = rights.right_of(article, settings.rights)
        row: dict[str, Any] = {"story": desk.story, "article": article.id, "outlet": article.outlet, "url": article.url,
               "right": right.value, "said_by": said}  # fmt: skip
        if own := counted.get(article.id):
            row |= {"words": own.words, "shown": own.shown, "limit": own.limit, "excerpts": own.excerpts}
        rows.append(row)
    return rows


class RemovedView(Struct, frozen=True, gc=False):
    """What an address answers whose article was taken out."""

    head: Head
    when: wording.When | None


def removed_view(removal: Removal, settings: Settings) -> RemovedView:
    path = addresses.article(removal.story, removal.article)
    title = _("Removed on request")
    return RemovedView(
        head=Head(
            path=path,
            title=f"{title} ({addresses.part(removal.article)[-8:]}) – {settings.title}",
            description=_("An article stood here that was taken out because somebody asked for it."),
            ld=base.ld(settings, "WebPage", path, name=title),
            crumbs=(base.home_crumb(),),
            indexed=False,
        ),
        when=wording.when(removal.date) if removal.date else None,
    )
