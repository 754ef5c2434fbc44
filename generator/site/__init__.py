"""The site of a collection: digests in, a folder of static pages out. The only place that knows Pelican and Jinja2."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.cache import Cache
from generator.model import Digest, News, Removal
from generator.project import Project


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What the site has: ``pages`` (HTML files) and ``files`` (all files, pages among them); ``taken`` of them were
    taken over from the last site.
    """

    pages: int
    files: int
    taken: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """A story to show. ``load`` gives its digest, which is not kept; ``key`` changes when that does (``None``: it can't
    be told, and the story's pages are made anew).
    """

    story: str
    key: str | None
    load: Callable[[], Digest]


def build(
    digests: Sequence[Digest | Told],
    *,
    project: Project,
    output: Path,
    texts: Mapping[str, str] | None = None,
    news: Mapping[str, News] | None = None,
    removals: Sequence[Removal] = (),
    memo: Cache | None = None,
    workers: int = 1,
) -> SiteReport:
    """Render the site of ``digests`` into ``output``, a folder that is empty or doesn't exist.

    ``texts`` gives the Markdown of an article by ``"story/id"``; for one that is missing it is the file in the project,
    and where there is none it is written anew.
    ``removals`` are articles whose address answers that they were taken out.
    ``news`` gives, per story, what is new since the last build. Raises BuildFailed where Pelican or a
    template met any problem; nothing of ``output`` is to be used then.
    ``workers`` processes render the stories, where the system can fork: the same bytes.
    With ``memo``, files that would be as they are in ``project.output`` are taken over from there.
    """
    from generator.site.rendering import render

    told = [one if isinstance(one, Told) else _told(one) for one in digests]
    return render(
        told,
        project=project,
        output=output,
        texts=texts or {},
        news=news or {},
        removals=removals,
        memo=memo,
        workers=workers,
    )


def _told(digest: Digest) -> Told:
    return Told(digest.story, None, lambda: digest)
