"""One run of Pelican: what is new is written, what is as it was is taken over from the last site."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from generator.cache import Cache
from generator.errors import BuildFailed, CrossreportError
from generator.model import News, Removal
from generator.project import Project
from generator.site import SiteReport, Told, catalogue, problems, shelf
from generator.site.run import Run
from generator.site.settings import pelican_settings
from generator.site.staging import stage
from generator.text import fingerprint


def render(
    told: Sequence[Told],
    *,
    project: Project,
    output: Path,
    texts: Mapping[str, str],
    news: Mapping[str, News],
    removals: Sequence[Removal],
    memo: Cache | None,
    workers: int = 1,
) -> SiteReport:
    """See :func:`generator.site.build`."""
    with catalogue.speaking(catalogue.catalogue(project.settings.language, project.theme / "locale")):
        output.mkdir(parents=True, exist_ok=True)
        if any(output.iterdir()):
            raise BuildFailed("the folder to build into is not empty", path=output)
        place = None if memo is None or memo.folder is None else list_of(project)
        files = shelf.Shelf(place, project.output, output)
        run = Run(project, told, texts, news, removals, memo or Cache(None), files, workers)
        return _all(run) or _written(run, project, output)


def list_of(project: Project) -> Path:
    """Where the list of the last site's files lies; another output has another list."""
    return project.cache.parent / f"site-{fingerprint(str(project.output.resolve()))}.json"


def _all(run: Run) -> SiteReport | None:
    """The last site as it is, where nothing at all has changed."""
    if not run.whole or run.whole != run.shelf.whole:
        return None
    found = run.shelf.take_all()
    if found is None:
        return None
    run.shelf.save(run.whole)
    return SiteReport(*found, taken=run.shelf.taken)


def _written(run: Run, project: Project, output: Path) -> SiteReport:
    todo = [story_id for story_id in run.told if not run.take(story_id)]
    with _staging(output) as folder:
        run.staged = stage(folder, [(s, run.leaves[s].articles) for s in todo], run, project)
        run.put_away()
        _pelican(run, project, folder, output)
    for name, data in run.site_files():
        run.write(output, name, data)
    run.shelf.save(run.whole)
    run.recent.end()
    return SiteReport(pages=len(run.pages), files=len(run.pages) + run.files, taken=run.shelf.taken)


@contextmanager
def _staging(output: Path) -> Iterator[Path]:
    """A folder beside ``output``: nothing is written elsewhere, and what a killed build left is found again."""
    folder = output.with_name(f".{output.name}.staged")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Python's search for cycles goes through everything that lives, again and again; here it finds next to nothing."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _pelican(run: Run, project: Project, folder: Path, output: Path) -> None:
    from generator.site.pelican_run import NoPathPelican, receivers

    with problems.contained(receivers()) as found, _without_collection():
        settings = pelican_settings(project, staged=folder, output=output, run=run)
        try:
            NoPathPelican.of(settings).run()
        except CrossreportError:
            raise
        except Exception as error:  # whatever a template or Pelican raises ends here, named
            raise BuildFailed(f"{type(error).__name__}: {error}") from error
    if found.found:
        raise BuildFailed("; ".join(dict.fromkeys(found.found)))
    read = sum(1 for name in run.pages if name.split("/")[2:3] == ["articles"])
    expected = sum(s.articles for s in run.summaries.values()) + len(run.removals)
    if read != expected:
        raise BuildFailed(f"{expected} articles went in and {read} pages came out")
