"""The folder that Pelican reads: made afresh for each build, with names of our own, so that no file of the user's can
bring along another format, a link out of the folder, or a name that means something to Pelican.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator import markdown
from generator.model import Article
from generator.project import Project
from generator.site import addresses
from generator.site.desk import Desk
from generator.site.own_pages import pages

_RESERVED_PAGES = frozenset({"index", "search", "404", "feeds", "rights"})


@dataclass(frozen=True, slots=True)
class Staged:
    """A staged file: an article of ``story``, or (``article`` is ``None``) one of the editor's pages, ``slug``."""

    name: str
    story: str = ""
    article: str | None = None
    slug: str = ""


def stage(folder: Path, desks: Sequence[Desk], texts: Mapping[str, str], project: Project) -> dict[str, Staged]:
    """Write every article and page into ``folder``; gives what each file is, by its name.

    An article's Markdown is that of ``texts`` (by "story/id"), else its file, else written anew.
    """
    for name in ("articles", "pages"):
        (folder / name).mkdir()
    staged: dict[str, Staged] = {}
    for desk in desks:
        for annotated in desk.digest.articles:
            article = annotated.article
            file = f"a{len(staged):07d}.md"
            staged[file] = Staged(f"{desk.story}/{article.id}.md", desk.story, article.id)
            text = texts.get(f"{desk.story}/{article.id}") or _own_file(project.articles, article) or _anew(article)
            (folder / "articles" / file).write_text(text, encoding="utf-8", newline="\n")
    for path in pages(project.pages, project.theme, project.settings.language, _RESERVED_PAGES):
        file = f"p{len(staged):07d}.md"
        staged[file] = Staged(str(path), slug=addresses.part(path.stem))
        (folder / "pages" / file).write_text(path.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    return staged


def _own_file(articles: Path, article: Article) -> str | None:
    """The Markdown file of an article, where it lies in the project."""
    path = articles / article.story / f"{article.id}.md"
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _anew(article: Article) -> str:
    return markdown.dump(markdown.settle(article))
