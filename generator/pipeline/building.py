"""The whole way from the inbox to the site."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from generator import switch
from generator.cache import Cache
from generator.errors import BuildFailed, UsageError
from generator.model import Digest
from generator.pipeline import news
from generator.pipeline.digesting import finish
from generator.pipeline.means import ALONE, Compared, Means, Report
from generator.pipeline.publishing import shown
from generator.pipeline.standing import every_story
from generator.project import Project


def build(project: Project, means: Means = ALONE) -> Report:
    """The whole way. Raises BuildFailed where no site was made; the old one is then untouched."""
    from generator import site
    from generator.site.staging import refused_pages

    report = Report()
    require_folder(project)
    with switch.replacing(project.output, apart_from=_inputs(project)) as fresh:
        memo = Cache(project.cache)
        made = every_story(project, memo, means, report)
        if not made:
            raise BuildFailed(nothing_found(project, report))
        report.problems += refused_pages(project)
        means.progress("building", 0, 1)
        visible, texts = _shown(project, made, report)
        new, record = news.renewed(news.read(news.place(project)), visible)
        built = site.build(
            [site.Told(one.story, one.key, one.load) for one in visible],
            project=project,
            output=fresh,
            texts=texts,
            removals=report.removed,
            news=new,
            memo=memo,
            workers=means.workers,
        )
        means.progress("building", 1, 1)
    news.keep(project, record)
    report.pages, report.done["files"], report.spared["files"] = built.pages, built.files - built.taken, built.taken
    finish(memo, report)
    return report


def _shown(project: Project, made: list[Compared], report: Report) -> tuple[list[Compared], dict[str, str]]:
    """What the site shows. What the public may see of a story depends on all the others, so they are opened together,
    and each is known by its content.
    """
    if not project.settings.public:
        return made, {}
    visible, texts = shown(project, [one.load() for one in made], report)
    return [_of(digest) for digest in visible], texts


def _of(digest: Digest) -> Compared:
    key = hashlib.sha256(msgspec.json.encode(digest)).hexdigest()
    return Compared(digest.story, key, len(digest.articles), len(digest.claims), lambda: digest)


def _inputs(project: Project) -> list[Path]:
    return [project.inbox, project.articles, project.content, project.cache, project.theme]


def nothing_found(project: Project, report: Report) -> str:
    refused = "".join(f"\n{problem}" for problem in report.problems)
    return f"no article found in {project.inbox}{refused}"


def require_folder(project: Project) -> None:
    """Raises UsageError where there is nothing to read from."""
    if not project.inbox.is_dir() and not project.articles.is_dir():
        raise UsageError("no such folder", path=project.inbox)
