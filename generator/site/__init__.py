"""The site of a collection: digests in, a folder of static pages out. The only place that knows Pelican and Jinja2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.model import Digest, News, Removal
from generator.project import Project


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What was written: ``pages`` (HTML files) and ``files`` (all files, pages among them)."""

    pages: int
    files: int


def build(
    digests: Sequence[Digest],
    *,
    project: Project,
    output: Path,
    texts: Mapping[str, str] | None = None,
    news: Mapping[str, News] | None = None,
    removals: Sequence[Removal] = (),
) -> SiteReport:
    """Render the site of ``digests`` into ``output``, a folder that is empty or doesn't exist.

    ``texts`` gives the Markdown of an article by ``"story/id"``; for one that is missing it is the file in the project,
    and where there is none it is written anew.
    ``removals`` are articles whose address answers that they were taken out.
    ``news`` gives, per story, what is new since the last build. Raises BuildFailed where Pelican or a
    template met any problem; nothing of ``output`` is to be used then.
    """
    from generator.site.rendering import render

    return render(digests, project=project, output=output, texts=texts or {}, news=news or {}, removals=removals)
