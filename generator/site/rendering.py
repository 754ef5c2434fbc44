"""One run of Pelican: stage the articles, let it read and write them, then write what isn't a page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from generator.errors import BuildFailed, CrossreportError
from generator.model import Digest, News, Removal
from generator.project import Project, Settings
from generator.site import SiteReport, addresses, assets, catalogue, exports, feeds, pictures, problems, searching
from generator.site.desk import Desk, desks
from generator.site.legal import legal
from generator.site.own_pages import introduction, own_page
from generator.site.settings import pelican_settings
from generator.site.staging import Staged, stage
from generator.site.views import article, base, brief, claim, compare, matrix, outlet, pages, rights, source, story
from generator.site.views.base import Page
from generator.text import fingerprint


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


class Run:
    """What our reader, generator and writer share in one build."""

    def __init__(
        self, project: Project, made: Sequence[Desk], own: Sequence[tuple[str, str]], removals: Sequence[Removal] = ()
    ) -> None:
        self.settings: Settings = project.settings
        self.removals = tuple(removals)
        self.desks = {d.story: d for d in made}
        self.staged: dict[str, Staged] = {}
        self.assets = assets.assets(project.theme)
        self.site = Site(
            title=project.settings.title,
            language=project.settings.language,
            words=fingerprint(repr(catalogue.spoken().texts)),
            base=base.base_url(project.settings),
            css=self.assets.address("site.css"),
            script=self.assets.address("site.js"),
            pages=tuple(own),
        )
        self.index = searching.Index()
        self.pages: list[str] = []
        self.mapped: list[str] = []

    def robots(self, head: base.Head) -> str:
        """What a page asks of search engines: nothing of a private site, nothing of a page with others' words."""
        if not self.settings.public:
            return "noindex, noarchive"
        if not head.indexed:
            return "noindex"
        mixed = head.path in (addresses.HOME, addresses.SEARCH) or head.path.startswith("outlets/")
        story = [
            d for d in self.desks.values() if head.path.startswith(addresses.story(d.story).rpartition("/")[0] + "/")
        ]
        return "noindex, noarchive" if any(d.publications for d in (self.desks.values() if mixed else story)) else ""

    def article_page(self, staged: Staged) -> Page:
        return Page("article", article.article_view(self.desks[staged.story], staged.article or "", self.settings))

    def text_page(self, staged: Staged, text: str) -> Page:
        title, html = own_page(text)
        return Page("text", pages.text_view(staged.slug, title, html, self.settings))

    def wrote_page(self, name: str, html: str, view: base.View) -> None:
        self.pages.append(name)
        if not self.robots(view.head) or not self.settings.public:
            self.mapped.append(name)
        if view.head.indexed:
            self.index.add(name, html, view.head, view)

    @cached_property
    def search_files(self) -> tuple[tuple[str, bytes], ...]:
        """The search index of all pages written so far: files with their addresses, the first is the one to name."""
        return self.index.files()

    @cached_property
    def exports(self) -> dict[str, dict[str, str]]:
        """Per story the files of data beside its pages."""
        return {d.story: exports.files(d, self.settings) for d in self.desks.values()}

    @cached_property
    def outlets(self) -> dict[str, list[Desk]]:
        """Every outlet with the stories that it has a part in."""
        found: dict[str, list[Desk]] = {}
        for desk in self.desks.values():
            for name in desk.digest.outlets:
                found.setdefault(name, []).append(desk)
        return dict(sorted(found.items()))

    def digest_pages(self) -> Iterator[Page]:
        """Every page that isn't an article or the editor's own."""
        every, settings = list(self.desks.values()), self.settings
        yield Page("home", pages.home_view(every, settings))
        for desk in every:
            yield from self._story_pages(desk)
        for name, has in self.outlets.items():
            yield Page("outlet", outlet.outlet_view(name, has, settings))
        listed = {d.story: self._export_links(d.story) for d in every}
        yield Page("feeds", pages.feeds_view(every, settings, listed))
        yield Page("rights", rights.rights_view(every, self.removals, settings))
        for removal in self.removals:
            yield Page("removed", rights.removed_view(removal, settings))
        yield Page("404", pages.not_found_view(settings, self.assets.text("site.css")))
        # Last, because its index is named after what all the others hold.
        yield Page("search", pages.search_view(every, settings, self.search_files[0][0]))

    def _story_pages(self, desk: Desk) -> Iterator[Page]:
        settings = self.settings
        yield Page("story", story.story_view(desk, settings, self._export_links(desk.story)))
        yield Page("brief", brief.brief_view(desk, settings))
        for view in claim.claims_views(desk, settings):
            yield Page("claims", view)
        yield Page("sources", source.sources_view(desk, settings))
        for c in desk.claims:
            yield Page("claim", claim.claim_view(desk, c, settings))
        for key in desk.sources:
            yield Page("source", source.source_view(desk, key, settings))
        for reuse in desk.digest.reuses:
            yield Page("compare", compare.compare_view(desk, reuse, settings))

    def _export_links(self, story_id: str) -> tuple[tuple[str, str], ...]:
        names = {"claims.csv", "mentions.csv", "reuse.csv", "digest.json", "cite.bib", "cite.ris", "cite.csl.json"}
        return tuple((n, addresses.data(story_id, n)) for n in self.exports[story_id] if n in names)

    def other_files(self) -> Iterator[tuple[str, bytes]]:
        """What isn't a page: assets, data, feeds, pictures, the search index, the sitemap."""
        yield from self.assets.files()
        for desk in self.desks.values():
            for name, text in self.exports[desk.story].items():
                yield addresses.data(desk.story, name), legal(text).encode()
            yield base.card(desk), pictures.card(matrix.matrix(desk))
            for name, text in feeds.of_story(desk, self.settings).items():
                yield name, legal(text).encode()
        for name, text in feeds.of_site(list(self.desks.values()), self.settings).items():
            yield name, legal(text).encode()
        for outlet_name, has in self.outlets.items():
            for name, text in feeds.of_outlet(outlet_name, has, self.settings).items():
                yield name, legal(text).encode()
        yield "assets/card.png", pictures.card(None)
        yield from self.search_files
        account = rights.account(list(self.desks.values()), self.removals, self.settings)
        yield addresses.ACCOUNT, legal(json.dumps(account, ensure_ascii=False, indent=1) + "\n").encode()
        yield from self._for_servers()

    def _for_servers(self) -> Iterator[tuple[str, bytes]]:
        """For crawlers, and for GitHub Pages: that nothing is to be processed, and a domain that is the site's own."""
        base = self.site.base
        if base:
            yield "sitemap.xml", feeds.sitemap(self.mapped, self.settings).encode()
        yield "robots.txt", f"User-agent: *\nAllow: /\n{f'Sitemap: {base}sitemap.xml' if base else ''}\n".encode()
        yield ".nojekyll", b""
        place = urlsplit(base)
        if place.hostname and place.path == "/" and not place.hostname.endswith(".github.io") and not place.port:
            yield "CNAME", place.hostname.encode() + b"\n"


def render(
    digests: Sequence[Digest],
    *,
    project: Project,
    output: Path,
    texts: Mapping[str, str],
    news: Mapping[str, News],
    removals: Sequence[Removal] = (),
) -> SiteReport:
    """See :func:`generator.site.build`."""
    with catalogue.speaking(catalogue.catalogue(project.settings.language, project.theme / "locale")):
        return _render(digests, project=project, output=output, texts=texts, news=news, removals=removals)


def _render(
    digests: Sequence[Digest],
    *,
    project: Project,
    output: Path,
    texts: Mapping[str, str],
    news: Mapping[str, News],
    removals: Sequence[Removal],
) -> SiteReport:
    told = {d.story: html for d in digests if (html := introduction(project.stories, d.story))}
    made = desks(digests, language=project.settings.language, news=news, introductions=told)
    output.mkdir(parents=True, exist_ok=True)
    if any(output.iterdir()):
        raise BuildFailed("the folder to build into is not empty", path=output)
    with _staging(output) as folder:
        staged = stage(folder, made, texts, project)
        own = [(s.slug, own_page(Path(s.name).read_text("utf-8"))[0]) for s in staged.values() if s.article is None]
        run = Run(project, made, own, removals)
        run.staged = staged
        _pelican(run, project, folder, output)
    files = len(run.pages)
    from generator.site.writing import write_new

    for name, data in run.other_files():
        write_new(output, name, data)
        files += 1
    return SiteReport(pages=len(run.pages), files=files)


@contextmanager
def _staging(output: Path) -> Iterator[Path]:
    """A folder beside ``output``: nothing is written elsewhere, and what a killed build left is found again."""
    folder = output.with_name(f".{output.name}.staged")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _pelican(run: Run, project: Project, folder: Path, output: Path) -> None:
    from generator.site.pelican_run import NoPathPelican, receivers

    with problems.contained(receivers()) as found:
        settings = pelican_settings(project, staged=folder, output=output, run=run)
        try:
            NoPathPelican.of(settings).run()
        except CrossreportError:
            raise
        except Exception as error:  # whatever a template or Pelican raises ends here, named
            raise BuildFailed(f"{type(error).__name__}: {error}") from error
    if found.found:
        raise BuildFailed("; ".join(dict.fromkeys(found.found)))
    read = sum(1 for name in run.pages if "/articles/" in name)
    expected = sum(len(d.digest.articles) for d in run.desks.values()) + len(run.removals)
    if read != expected:
        raise BuildFailed(f"{expected} articles went in and {read} pages came out")
