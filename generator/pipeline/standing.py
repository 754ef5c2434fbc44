"""Every story as it now stands: those whose files are what they were are taken as they were found then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.cache import Cache
from generator.errors import CrossreportError, InputRefused
from generator.pipeline import state, versions
from generator.pipeline.converting import convert, inbox
from generator.pipeline.digesting import article_folders, compared, load
from generator.pipeline.means import LOOSE, Compared, Means, Report
from generator.pipeline.removing import Removing
from generator.project import Project

Sources = Mapping[str, list[tuple[Path, list[Path]]]]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a story came to when its files were last gone through: the address of its digest in the cache (``None``: it
    has no article), counts, the inputs that were refused (message, path, line) and what there was to tell.
    """

    digest: str | None
    articles: int
    claims: int
    refused: tuple[tuple[str, str | None, int | None], ...]
    notes: tuple[str, ...]


def every_story(project: Project, memo: Cache, means: Means, report: Report) -> list[Compared]:
    """Every story that has articles: those whose files have changed are converted and compared anew."""
    sources: dict[str, list[tuple[Path, list[Path]]]] = {}
    for story, root, paths in inbox(project):
        sources.setdefault(story, []).append((root, paths))
    known = _known(project, memo, sources)
    apart = Report(parts={})
    changed = {s for s in {*sources, *article_folders(project)} if s not in known}
    if changed:
        # Loose files may go into any story, so with them every pile is looked at, and every story once more.
        convert(project, means, apart, memo=memo, stories=None if LOOSE in sources else changed)
        known = {s: standing for s, standing in known.items() if _standing(project, memo, s, sources)}
    rest = {s for s in {*sources, *article_folders(project)} if s not in known}
    fresh = {one.story: one for one in compared(project, memo, means, apart, only=rest)}
    report.add(apart)
    made = []
    for story in sorted({*known, *rest}):
        standing = known.get(story)
        told = _again(standing) if standing else apart.of(story)
        one = _compared(project, memo, story, standing) if standing else fresh.get(story)
        report.add(told)
        if one is not None:
            made.append(one)
            report.articles += one.articles
            report.claims += one.claims
        if standing is None:
            _remember(project, memo, story, sources, one, told)
    report.stories = len(made)
    report.spared["stories"] = sum(1 for one in made if one.story in known)
    report.done["stories"] = len(made) - report.spared["stories"]
    return made


def _known(project: Project, memo: Cache, sources: Sources) -> dict[str, Standing]:
    """The stories that are as they were. While articles are taken out on request, each is looked at every time."""
    if Removing.of(project).removals.requests:
        return {}
    found = {s: _standing(project, memo, s, sources) for s in {*sources, *article_folders(project)}}
    return {s: standing for s, standing in found.items() if standing is not None}


def _key(project: Project, memo: Cache, story: str, sources: Sources) -> str | None:
    found = state.of_story(project, story, sources.get(story, ()))
    return None if found is None else memo.key(Standing, versions.everything(), found)


def _standing(project: Project, memo: Cache, story: str, sources: Sources) -> Standing | None:
    """What a story came to, where its files are what they were and its digest is still there."""
    hit = memo.find(Standing, _key(project, memo, story, sources))
    if hit is None or (hit.value.digest is not None and not memo.has(hit.value.digest)):
        return None
    return hit.value


def _remember(project: Project, memo: Cache, story: str, sources: Sources, one: Compared | None, told: Report) -> None:
    """The state is that of now: converting has written Markdown."""
    plain = all(type(p) is InputRefused for p in told.problems)
    if plain and (one is None or one.key is not None):
        refused = tuple((p.message, p.path, p.line) for p in told.problems)
        counts = (one.key, one.articles, one.claims) if one else (None, 0, 0)
        memo.store(Standing, _key(project, memo, story, sources), Standing(*counts, refused, tuple(told.notes)))


def _again(standing: Standing) -> Report:
    """The report of the time when the story was gone through."""
    problems: list[CrossreportError] = [InputRefused(m, path=path, line=line) for m, path, line in standing.refused]
    return Report(problems=problems, notes=list(standing.notes), reused=standing.articles)


def _compared(project: Project, memo: Cache, story: str, standing: Standing) -> Compared | None:
    if standing.digest is None:
        return None
    return Compared(
        story, standing.digest, standing.articles, standing.claims, partial(load, project, memo, standing.digest, story)
    )
