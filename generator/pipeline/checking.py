"""``check``: a finished site against the articles that it was made of, as they lie in the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import UsageError
from generator.model import Article
from generator.pipeline.digesting import stories
from generator.pipeline.means import Report
from generator.project import Project
from generator.removals import read_removals

if TYPE_CHECKING:
    from generator.site.checking import Finding


def check(project: Project, report: Report | None = None) -> list[Finding]:
    """What is wrong with the site in ``project.output``; the limits on excerpts are held to a site that says it is
    for the public, or where the settings do. Raises UsageError where there is no site.
    """
    from generator.site import checking

    report = report or Report()
    if not (project.output / "index.html").is_file():
        raise UsageError("no site here; build one first", path=project.output)
    removals = read_removals(project.content)
    report.problems += removals.problems
    articles: list[Article] = []
    removed: list[Article] = []
    for _, found in stories(project, report):
        for article in found:
            (removed if removals.of(article) else articles).append(article)
    public = project.settings.public or checking.profile_of(project.output) == "public"
    rules = project.settings.rights if public else None
    return checking.check(project.output, articles, removed=removed, rules=rules, url=project.settings.url)
