"""Loose files of the inbox into stories: in which folder of content/articles each one's Markdown lies.

That folder is all that is remembered. What lies somewhere stays there whatever comes later; what is new goes to the
story that it is most like, or begins one; ``story`` in the coverage.toml beside the loose files overrules both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from generator import archive
from generator.model import Article
from generator.pipeline.means import LOOSE
from generator.project import Project

# An article, the hash of its capture, and doubts about its conversion.
Converted = tuple[Article, str, tuple[str, ...]]


def folders(project: Project, piles: Iterable[tuple[str, Path, list[Path]]]) -> dict[str, frozenset[str]]:
    """The stories that have a folder in the inbox, each with its files; ``piles`` are those of the inbox."""
    found: dict[str, frozenset[str]] = {}
    for story, root, paths in piles:
        if story != LOOSE or root != project.inbox:
            found[story] = found.get(story, frozenset()) | {p.relative_to(root).as_posix() for p in paths}
    return found


def still_there(lies: Mapping[str, tuple[str, str]], name: str) -> Iterator[tuple[str, str]]:
    """The stories and sources of what was made earlier of a loose file that is now refused: it stays."""
    return ((story, source) for source, (story, _) in lies.items() if source.split("#")[0] == name)


def lying(project: Project, folders: Mapping[str, frozenset[str]]) -> dict[str, tuple[str, str]]:
    """Per source of a loose file the story and the id under which its Markdown lies. ``folders`` are the stories that
    have a folder in the inbox, with its files: what came from those is not loose.
    """
    found: dict[str, tuple[str, str]] = {}
    if not project.articles.is_dir():
        return found
    for place in sorted(p for p in project.articles.iterdir() if p.is_dir()):
        own = folders.get(place.name, frozenset())
        for source, id_ in archive.ids_by_source(place).items():
            if source.split("#")[0] not in own:
                found.setdefault(source, (place.name, id_))
    return found


def settle(
    project: Project,
    loose: Sequence[Converted],
    lies: Mapping[str, tuple[str, str]],
    told: Mapping[str, str],
    folders: Sequence[str],
) -> Iterator[tuple[str, Converted]]:
    """The story of every loose article, with it. ``lies`` is what :func:`lying` found, ``told`` are stories that a
    person gave to files, ``folders`` the stories of the inbox. A file whose article goes elsewhere moves there.
    """
    stories = _stories(project, loose, lies, told, folders)
    for converted in loose:
        article = converted[0]
        source = article.source_file or ""
        story = stories[source]
        before = lies.get(source)
        if before and before[0] != story:
            archive.move(project.articles / before[0] / f"{before[1]}.md", project.articles / story)
        yield story, (replace(article, story=story), *converted[1:])


def _stories(
    project: Project,
    loose: Sequence[Converted],
    lies: Mapping[str, tuple[str, str]],
    told: Mapping[str, str],
    folders: Sequence[str],
) -> dict[str, str]:
    """Per source its story."""
    from generator.summarizer.stories import place, tells

    found: dict[str, str] = {}
    new: list[Article] = []
    for article, _, _ in loose:
        source = article.source_file or ""
        named = told.get(source.split("#")[0])
        stands = lies.get(source, (LOOSE,))[0]
        if named or stands != LOOSE:
            found[source] = named or stands
        elif tells(article):
            new.append(article)
        else:
            found[source] = LOOSE
    if new:
        standing = _standing(project, [a for a, _, _ in loose], found)
        for placed, article in zip(place(new, standing, {*folders, LOOSE}), new, strict=True):
            found[article.source_file or ""] = placed.story
    return found


def _standing(project: Project, loose: Sequence[Article], found: Mapping[str, str]) -> dict[str, list[Article]]:
    """The articles that have a place, by story: what lies in content/articles, and what goes there now."""
    standing: dict[str, list[Article]] = {}
    known = set()
    if project.articles.is_dir():
        for folder in sorted(p for p in project.articles.iterdir() if p.is_dir() and p.name != LOOSE):
            articles, _ = archive.articles(folder, folder.name)
            if articles:
                standing[folder.name] = list(articles)
                known |= {a.source_file for a in articles}
    for article in loose:
        story = found.get(article.source_file or "")
        if story and story != LOOSE and article.source_file not in known:
            standing.setdefault(story, []).append(article)
    return standing


def leftovers(project: Project, present: Mapping[str, set[str]], kept: set[tuple[str, str]]) -> None:
    """Removes untouched Markdown of a story of which nothing is left in the inbox, where the same file was kept
    elsewhere now: it has moved. ``kept`` are file names with the hashes of their captures.
    """
    if not project.articles.is_dir():
        return
    for folder in sorted(p for p in project.articles.iterdir() if p.is_dir()):
        if not present.get(folder.name):
            archive.drop_moved(folder, kept)


def path_told(project: Project) -> dict[str, str]:
    """The stories that the coverage.toml beside the loose files gives to them, by file."""
    from slugify import slugify

    from generator.intake.coverage import read_coverage

    coverage = read_coverage(project.inbox)
    names = [p.name for p in sorted(project.inbox.iterdir()) if p.is_file()] if project.inbox.is_dir() else []
    given = {name: coverage.hints_for(name).story for name in names}
    return {name: slugify(story, max_length=60) or LOOSE for name, story in given.items() if story}
