"""What one build shares: the stories, one open at a time, what their pages are made of, and what was written.

A story is open while its pages are made; for the pages of the whole site its :class:`Summary` is enough. So memory
grows with the largest story, not with the collection.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.cache import Cache
from generator.model import News, Removal
from generator.project import Project, Settings
from generator.site import Told, addresses, assets, catalogue, exports, feeds, pictures, searching, servers, shelf
from generator.site.desk import NOTHING_NEW, Desk
from generator.site.legal import legal_bytes
from generator.site.own_pages import introduction, own_page
from generator.site.recent import Recent
from generator.site.staging import Staged, own_pages
from generator.site.views import article, base, brief, claim, compare, matrix, outlet, pages, rights, source, story
from generator.site.views.base import Page
from generator.site.views.summary import Summary, others_words, summary
from generator.text import fingerprint

LINKED = frozenset({"claims.csv", "mentions.csv", "reuse.csv", "digest.json", "cite.bib", "cite.ris", "cite.csl.json"})


@dataclass(frozen=True, slots=True)
class Site:
    """What is the same on every page; ``words`` stands for the catalogue of the site's language."""

    title: str
    language: str
    words: str
    base: str
    css: str
    script: str
    pages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """What the order of the stories and their addresses depend on."""

    outlets: tuple[str, ...]
    last: str
    articles: tuple[str, ...]


class Written(Struct, frozen=True, gc=False):
    """A page of a story: its address, what it was made of, and whether the sitemap has it."""

    name: str
    key: str
    mapped: bool


class Part(Struct, frozen=True, gc=False):
    """All that a story has of the site: what later builds need to take it over without opening it."""

    summary: Summary
    pages: tuple[Written, ...]
    files: tuple[tuple[str, str], ...]
    index: tuple[searching.Bundle, ...]

    @property
    def names(self) -> list[str]:
        return [*(page.name for page in self.pages), *(name for name, _ in self.files)]


class Run:
    """What our reader, generator and writer share in one build."""

    def __init__(
        self,
        project: Project,
        told: Sequence[Told],
        texts: Mapping[str, str],
        news: Mapping[str, News],
        removals: Sequence[Removal],
        memo: Cache,
        files: shelf.Shelf,
        workers: int = 1,
    ) -> None:
        self.settings: Settings = project.settings
        self.removals = tuple(removals)
        self.texts = texts
        self.staged: dict[str, Staged] = {}
        self.index = searching.Index()
        self._gathered = searching.Gathered()
        self.pages: list[str] = []
        self.mapped: list[str] = []
        self.summaries: dict[str, Summary] = {}
        self.shelf = files
        self.workers = workers
        self.files = 0
        self.environment: Any = None  # Jinja2's, shared by Pelican's generators
        self._project, self.memo, self._news = project, memo, news
        self.recent = Recent(memo)
        self.assets = assets.assets(project.theme)
        self._templates = shelf.templates(project.theme / "templates")
        self.own = own_pages(project)
        self._own_pages: dict[str, tuple[str, str]] = {}
        self.site = Site(
            title=project.settings.title,
            language=project.settings.language,
            words=fingerprint(repr(catalogue.spoken().texts)),
            base=base.base_url(project.settings),
            css=self.assets.address("site.css"),
            script=self.assets.address("site.js"),
            pages=tuple((slug, self.own_page(text)[0]) for slug, _, text in self.own),
        )
        self._all = shelf.key_of(shelf.code(), self.site, asdict(self.settings))
        leaves = {t.story: self._leaf(t) for t in told}
        self.outlets = addresses.parts_of_names(name for leaf in leaves.values() for name in leaf.outlets)
        newest = sorted(sorted(told, key=lambda t: t.story), key=lambda t: leaves[t.story].last, reverse=True)
        self.told = {t.story: t for t in newest}
        self.leaves = leaves
        self.keys = {t.story: self._story_key(t) for t in newest}
        self._desk: Desk | None = None
        self._others = False  # whether the open story has others' words
        self._inside = ""  # where its pages lie
        self._written: list[Written] = []

    # --- what pages are made of

    def _leaf(self, told: Told) -> Leaf:
        key = told.key and self.memo.key(Leaf, shelf.code(), told.key)
        known = self.recent.find(Leaf, key)
        if known is not None:
            return known
        digest = told.load()
        times = sorted(a.article.published for a in digest.articles if a.article.published)
        leaf = Leaf(digest.outlets, (times or [""])[-1], tuple(a.article.id for a in digest.articles))
        self.recent.store(Leaf, key, leaf)
        return leaf

    def _story_key(self, told: Told) -> str | None:
        """What all of a story's pages are made of; ``None`` where that can't be told without opening it."""
        if told.key is None:
            return None
        leaf = self.leaves[told.story]
        texts = [self.texts.get(f"{told.story}/{a}", "") for a in leaf.articles]
        own = {name: self.outlets[name] for name in leaf.outlets}
        given = (self._news.get(told.story, NOTHING_NEW), introduction(self._project.stories, told.story), texts)
        theme = sorted(self._templates.items())
        return self.memo.key(Part, self._all, theme, told.key, own, *given)

    @cached_property
    def whole(self) -> str:
        """What the whole site is made of; "" where that can't be told."""
        if None in self.keys.values():
            return ""
        own = [(slug, self.own_page(text)) for slug, _, text in self.own]
        data = [shelf.key_of_data(d) for _, d in self.assets.files()]
        theme = sorted(self._templates.items())
        return shelf.key_of(self._all, theme, data, list(self.keys.items()), own, self.removals)

    def page_key(self, template: str, view: base.View, robots: str) -> str:
        """What a page is made of: its model, its template and what every page has."""
        return shelf.key_of(self._all, self._templates[template], robots, type(view).__name__, view)

    def robots(self, head: base.Head) -> str:
        """What a page asks of search engines: to leave out what has words of others who did not agree to it."""
        if not head.indexed:
            return "noindex"
        path = head.path
        if self._desk is not None and path.startswith(self._inside):
            return "noindex, noarchive" if self._others else ""
        if path == addresses.SEARCH or addresses.is_home(path) or path.startswith("outlets/"):
            return "noindex, noarchive" if any(s.others for s in self.summaries.values()) else ""
        return ""

    # --- stories

    def take(self, story_id: str) -> bool:
        """Takes over a story from the last site, unopened; whether all of it was there."""
        key = self.keys[story_id]
        part = self.recent.find(Part, key)
        if part is None:
            return False
        if not all(self.shelf.take(name, made_of) for name, made_of in part.files) or not all(
            self.shelf.take(page.name, page.key) for page in part.pages
        ):
            return False
        self._has(story_id, part)
        return True

    def adopt(self, story_id: str, part: Part, files: dict[str, shelf.Known]) -> None:
        """Takes note of a story that another process has written."""
        self.shelf.note(files)
        self.recent.keep(self.keys[story_id], part)
        self._has(story_id, part)

    def _has(self, story_id: str, part: Part) -> None:
        for page in part.pages:
            self._wrote(page)
        self.index.take(part.index)
        self.files += len(part.files)
        self.summaries[story_id] = part.summary

    def open(self, story_id: str) -> Desk:
        """The desk of a story; the one before is put away. Raises LawBroken (see :meth:`Desk.check_quotations`)."""
        if self._desk is None or self._desk.story != story_id:
            digest = self.told[story_id].load()
            own = {name: self.outlets[name] for name in digest.outlets}
            told = introduction(self._project.stories, story_id)
            news = self._news.get(story_id, NOTHING_NEW)
            self._desk = Desk(digest, own, self.settings.language, news, told)
            self._desk.check_quotations()
            self._others = others_words(self._desk, self.settings)
            self._inside = addresses.story(story_id).removesuffix("index.html")
            self._written = []
            self._gathered = searching.Gathered()
        return self._desk

    def put_away(self) -> None:
        """No story is open."""
        self._desk, self._written, self._exported = None, [], None

    def close(self, output: Path) -> Part:
        """Writes the open story's files of data, remembers what there is of it, and puts it away."""
        desk = self._desk
        assert desk is not None
        files = []
        for name, data in self._story_files(desk):
            key = shelf.key_of_data(data)
            self.write(output, name, data, key)
            files.append((name, key))
        index = self._gathered.bound()
        self.index.take(index)
        part = Part(summary(desk, self.settings, self._exports(desk)), tuple(self._written), tuple(files), index)
        self.summaries[desk.story] = part.summary
        self.recent.store(Part, self.keys[desk.story], part)
        self.put_away()
        return part

    def story_pages(self, desk: Desk) -> Iterator[Page]:
        """Every page of a story but its articles."""
        settings = self.settings
        yield Page("story", story.story_view(desk, settings, self._exports(desk)))
        yield Page("brief", brief.brief_view(desk, settings))
        for view in claim.claims_views(desk, settings):
            yield Page("claims", view)
        for listed in source.sources_views(desk, settings):
            yield Page("sources", listed)
        for c in desk.claims_with_page:
            yield Page("claim", claim.claim_view(desk, c, settings))
        for key in filter(desk.source_has_page, desk.sources):
            yield Page("source", source.source_view(desk, key, settings))
        for reuse in filter(desk.compare_path, desk.digest.reuses):
            yield Page("compare", compare.compare_view(desk, reuse, settings))

    def article_page(self, staged: Staged) -> Page:
        desk = self.open(staged.story)
        return Page("article", article.article_view(desk, staged.article or "", self.settings))

    def _exports(self, desk: Desk) -> tuple[tuple[str, str], ...]:
        return tuple((n, addresses.data(desk.story, n)) for n in self._export_files(desk) if n in LINKED)

    def _export_files(self, desk: Desk) -> dict[str, bytes]:
        if self._exported is None or self._exported[0] is not desk:
            self._exported = (desk, exports.files(desk, self.settings))
        return self._exported[1]

    _exported: tuple[Desk, dict[str, bytes]] | None = None

    def _story_files(self, desk: Desk) -> Iterator[tuple[str, bytes]]:
        for name, data in self._export_files(desk).items():
            yield addresses.data(desk.story, name), data
        yield base.card(desk), pictures.card(matrix.matrix(desk))
        for name, text in feeds.of_story(desk, self.settings).items():
            yield name, legal_bytes(text)

    # --- the whole site

    def own_page(self, text: str) -> tuple[str, str]:
        """A page of the editor's, rendered once a build."""
        if text not in self._own_pages:
            self._own_pages[text] = own_page(text)
        return self._own_pages[text]

    def text_page(self, staged: Staged, text: str) -> Page:
        title, html = self.own_page(text)
        return Page("text", pages.text_view(staged.slug, title, html, self.settings))

    @cached_property
    def every(self) -> list[Summary]:
        """The summaries, newest story first; complete when every story was taken over or made."""
        return [self.summaries[story_id] for story_id in self.told]

    @cached_property
    def outlet_parts(self) -> dict[str, list[Summary]]:
        """Every outlet with the stories that it has a part in."""
        found: dict[str, list[Summary]] = {}
        for one in self.every:
            for name in one.outlets:
                found.setdefault(name, []).append(one)
        return dict(sorted(found.items()))

    def site_pages(self, output: Path) -> Iterator[Page]:
        """The pages that belong to no story, but the editor's own; the search index goes into ``output``."""
        every, settings = self.every, self.settings
        for home in pages.home_views(every, settings):
            yield Page("home", home)
        for name, has in self.outlet_parts.items():
            for part in outlet.outlet_views(name, has, settings):
                yield Page("outlet", part)
        for listed in pages.feeds_views(every, settings):
            yield Page("feeds", listed)
        for account in rights.rights_views(every, self.removals, settings):
            yield Page("rights", account)
        for removal in self.removals:
            yield Page("removed", rights.removed_view(removal, settings))
        yield Page("404", pages.not_found_view(settings, self.assets.text("site.css")))
        # Last, because its index is named after what all the others hold.
        yield Page("search", pages.search_view(every, settings, self._search(output)))

    def _search(self, output: Path) -> str:
        """Writes the search index of all pages written so far; the address of the file to name."""
        name = ""
        for name, data in self.index.files():
            self.write(output, name, data)
        return name

    def site_files(self) -> Iterator[tuple[str, bytes]]:
        """What isn't a page and belongs to no story: assets, feeds, the sitemap."""
        yield from self.assets.files()
        for name, text in feeds.of_site([s.entry for s in self.every], self.settings).items():
            yield name, legal_bytes(text)
        for outlet_name, has in self.outlet_parts.items():
            places = [s.outlets.index(outlet_name) for s in has]
            entries = [e for s, at in zip(has, places, strict=True) for e in s.outlet_entries[at]]
            path = has[0].outlet_links[places[0]].href or ""
            for name, text in feeds.of_outlet(outlet_name, path, entries, self.settings).items():
                yield name, legal_bytes(text)
        yield "assets/card.png", pictures.card(None)
        account = rights.account(self.every, self.removals, self.settings)
        yield addresses.ACCOUNT, legal_bytes(json.dumps(account, ensure_ascii=False, indent=1) + "\n")
        yield from servers.files(self.mapped, self.site.base, self.settings)

    # --- what was written

    def wrote_page(self, name: str, html: bytes | Path, view: base.View, key: str, *, mapped: bool) -> None:
        """A page is there (``html`` is where, if it was taken over): for the sitemap and the search index, and in its
        story's part.
        """
        page = Written(name, key, mapped)
        self._wrote(page)
        if self._desk is not None:
            self._written.append(page)
        if not view.head.indexed:
            return
        if self._desk is None:
            self.index.take(self._bound(name, html, view.head, key))
        else:
            self._gathered.add(name, _read(html), view.head, view)

    def _bound(self, name: str, html: bytes | Path, head: base.Head, key: str) -> tuple[searching.Bundle, ...]:
        """What the search index has of a page that belongs to no story; as it was where the page is."""
        made_of = self.memo.key(searching.Bundle, key)
        known = self.recent.find(searching.Bundle, made_of) if isinstance(html, Path) else None
        if known is not None:
            return (known,)
        gathered = searching.Gathered()
        gathered.add(name, _read(html), head)
        bound = gathered.bound()
        for bundle in bound:
            self.recent.store(searching.Bundle, made_of, bundle)
        return bound

    def _wrote(self, page: Written) -> None:
        self.pages.append(page.name)
        if page.mapped:
            self.mapped.append(page.name)

    def write(self, output: Path, name: str, data: bytes, key: str | None = None) -> None:
        """A file that is no page."""
        from generator.site.writing import write_new

        key = key or shelf.key_of_data(data)
        if not self.shelf.take(name, key):
            write_new(output, name, data)
            self.shelf.put(name, key)
        self.files += 1


def _read(html: bytes | Path) -> bytes:
    return html if isinstance(html, bytes) else html.read_bytes()
