"""Articles that someone asked to be taken out leave before anything is made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.errors import BuildFailed
from generator.model import Article
from generator.pipeline.means import Report
from generator.project import Project
from generator.removals import Removals, read_removals

Stories = Iterable[tuple[str, tuple[Article, ...]]]


def without_removed(project: Project, stories: Stories, report: Report) -> Iterator[tuple[str, tuple[Article, ...]]]:
    """``stories`` without the articles that removed.toml names, told in ``report.removed``; an entry that fits none
    is told too. Raises BuildFailed where the file can't be used: better no site than one that shows them.
    """
    removals = read_removals(project.content)
    if removals.problems:
        raise BuildFailed("\n".join(map(str, removals.problems)))
    if not removals.requests:
        yield from stories
        return
    taken: list[Article] = []
    for story, articles in stories:
        gone = [a for a in articles if removals.of(a)]
        taken += gone
        kept = tuple(a for a in articles if a not in gone)
        if kept:
            yield story, kept
    _tell(removals, taken, report)


def _tell(removals: Removals, taken: list[Article], report: Report) -> None:
    found = [r for r in map(removals.of, taken) if r]
    report.removed += dict.fromkeys([*found, *removals.gone()])
    for request, problem in removals.dead(taken):
        if request.by == "id":
            report.notes.append(str(problem))
        else:
            report.problems.append(problem)
