"""The digests and texts that a site is made of: all of them, or what the public may see."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator import markdown, rights
from generator.errors import UsageError
from generator.model import Digest
from generator.pipeline.means import Report
from generator.project import Project


def for_public(project: Project, address: str | None) -> Project:
    """``project`` for the public; ``address`` is where it will lie, where the settings don't say."""
    return project.with_settings(profile="public", url=project.settings.url or address)


def require_public(output: Path) -> None:
    """Raises UsageError where ``output`` is not a site made for the public."""
    from generator.site import checking

    if checking.profile_of(output) != "public":
        raise UsageError("not a site for the public; build it with --profile public", path=output)


def shown(project: Project, made: Sequence[Digest], report: Report) -> tuple[list[Digest], dict[str, str]]:
    """What the site shows of ``made``: all in the local profile, in the public one what rights allow; and the Markdown
    of each article that is cut, by "story/id". Rights in words that we don't know are told once each.
    """
    if not project.settings.public:
        return list(made), {}
    every = [a.article for d in made for a in d.articles]
    for said in sorted({a.rights for a in every if a.rights and rights.unclear(a)}):
        report.notes.append(f"rights {said!r} begin with neither full nor excerpts nor none: excerpts are shown")
    published = rights.published(made, project.settings.rights)
    cut = {p.article for d in published for p in d.publications if p.right != rights.Right.FULL}
    texts = {
        f"{d.story}/{a.article.id}": markdown.dump(markdown.settle(a.article))
        for d in published
        for a in d.articles
        if a.article.id in cut
    }
    return published, texts
