"""The folder that Pelican reads: made afresh for each build, with names of our own, so that no file of the user's can
bring along another format, a link out of the folder, or a name that means something to Pelican.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator import files, markdown
from generator.errors import InputRefused
from generator.model import Article
from generator.project import Project
from generator.site import addresses
from generator.site.own_pages import pages

if TYPE_CHECKING:
    from generator.site.run import Run

_RESERVED_PAGES = frozenset({"index", "search", "404", "feeds", "rights"})


@dataclass(frozen=True, slots=True)
class Staged:
    """A staged file: an article of ``story``, or (``article`` is ``None``) one of the editor's pages, ``slug``."""

    name: str
    story: str = ""
    article: str | None = None
    slug: str = ""


def stage(
    folder: Path, stories: Iterable[tuple[str, tuple[str, ...]]], run: Run, project: Project
) -> dict[str, Staged]:
    """Writes every article of ``stories`` (each with its articles' ids) and every page into ``folder``; gives what each
    file is, by its name.

    An article's Markdown is that of ``run.texts`` (by "story/id"), else its file, else written anew.
    """
    for name in ("articles", "pages"):
        (folder / name).mkdir()
    staged: dict[str, Staged] = {}
    for story, articles in stories:
        for article in articles:
            file = f"a{len(staged):07d}.md"
            staged[file] = Staged(f"{story}/{article}.md", story, article)
            text = run.texts.get(f"{story}/{article}") or _own_file(project.articles, story, article)
            text = text or _anew(run.open(story).article(article))
            (folder / "articles" / file).write_text(text, encoding="utf-8", newline="\n")
    for slug, name, text in run.own:
        file = f"p{len(staged):07d}.md"
        staged[file] = Staged(name, slug=slug)
        (folder / "pages" / file).write_text(text, encoding="utf-8", newline="\n")
    return staged


def _own_file(articles: Path, story: str, article: str) -> str | None:
    """The Markdown file of an article, where it lies in the project."""
    path = articles / story / f"{article}.md"
    return files.read_text(path, within=path.parent) if path.exists() else None


def _anew(article: Article) -> str:
    return markdown.dump(markdown.settle(article))


def own_pages(project: Project) -> tuple[tuple[str, str, str], ...]:
    """The editor's pages, and the theme's that the editor has not replaced: slug, file and text of each."""
    return tuple(page for page in _pages(project) if not isinstance(page, InputRefused))


def refused_pages(project: Project) -> list[InputRefused]:
    """Pages of the editor that can't be read."""
    return [page for page in _pages(project) if isinstance(page, InputRefused)]


def _pages(project: Project) -> Iterator[tuple[str, str, str] | InputRefused]:
    for path in pages(project.pages, project.theme, project.settings.language, _RESERVED_PAGES):
        try:
            yield addresses.part(path.stem), str(path), files.read_text(path, within=path.parent)
        except InputRefused as refused:
            yield refused
