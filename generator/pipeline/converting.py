"""Every file of the inbox as Markdown: read, converted, kept beside what a person edited."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator import archive, markdown
from generator.cache import Cache
from generator.errors import CrossreportError, InputRefused, UsageError
from generator.model import Article, Capture, Hints
from generator.pipeline import state, versions
from generator.pipeline.means import ALONE, FEW_TO_CONVERT, LOOSE, Means, Report
from generator.project import Project
from generator.text import fingerprint


@dataclass(frozen=True, slots=True)
class Job:
    """One inbox file to read and convert, in any process."""

    path: str
    root: str
    story: str
    hints: Hints
    ids: tuple[tuple[str, str], ...]
    max_bytes: int


@dataclass(frozen=True, slots=True)
class Made:
    """What a job made: articles with their source's hash and doubts, and the text of the capture of each; or why the
    file was refused.
    """

    story: str
    name: str
    results: tuple[tuple[Article, str, tuple[str, ...]], ...] = ()
    texts: tuple[str, ...] = ()
    refused: tuple[CrossreportError, ...] = ()


def convert(
    project: Project,
    means: Means = ALONE,
    report: Report | None = None,
    *,
    memo: Cache | None = None,
    stories: Collection[str] | None = None,
    seen: Callable[[Made], None] = lambda made: None,
) -> Report:
    """Every file of the inbox as Markdown in ``project.articles``; a person's edits stay.

    What was converted before from the same bytes is taken from ``memo``. With ``stories``, only those are looked at;
    what happened in each is then in ``report.of``. ``seen`` is told of every file.
    """
    report = report or Report()
    memo = memo or Cache(None)
    jobs: list[Job] = []
    present: dict[str, set[str]] = {}
    for story, root, paths in inbox(project):
        if stories is None or story in stories:
            limit = project.settings.max_file_mb << 20
            jobs += _jobs(project.articles / story, story, root, paths, report.of(story), max_bytes=limit)
            present.setdefault(story, set())
    for made in _converted(memo, jobs, means, report):
        told = report.of(made.story)
        told.problems += made.refused
        if made.refused:
            present[made.story].add(made.name)
        for article, source, doubts in made.results:
            present[made.story].add(article.source_file or "")
            _keep(project.articles / made.story, article, source, doubts, told)
        seen(made)
    for story, sources in present.items():
        _orphans(project.articles / story, sources, report.of(story))
    return report


def _converted(memo: Cache, jobs: list[Job], means: Means, report: Report) -> Iterator[Made]:
    """What each job makes, from the cache where its file's bytes are known."""
    version = versions.converting() if jobs else ""
    keys = [_key(memo, version, job) for job in jobs]
    hits = [memo.find(convert_file, key) for key in keys]
    missing = [job for job, hit in zip(jobs, hits, strict=True) if hit is None]
    fresh = means.map("reading", convert_file, missing, few=FEW_TO_CONVERT)
    for key, hit in zip(keys, hits, strict=True):
        report.spared["convert"] += hit is not None
        if hit is not None:
            yield hit.value
            continue
        made = next(fresh)
        report.done["convert"] += 1
        if not made.refused:
            memo.store(convert_file, key, made)
        yield made


def _key(memo: Cache, version: str, job: Job) -> str | None:
    """Where the result of a job is remembered: by its file's name and bytes, not by where it lies."""
    mark = state.mark(Path(job.path), job.max_bytes)
    if mark is None:
        return None
    name = Path(job.path).relative_to(job.root).as_posix()
    return memo.key(convert_file, version, replace(job, path=name, root=""), mark)


def convert_input(path: Path, target: Path, story: str, means: Means, report: Report) -> None:
    """A file, or every file of a folder, as Markdown in ``target``; subfolders keep their names. Raises UsageError."""
    if not path.exists():
        raise UsageError("no such file or folder", path=path)
    root = path if path.is_dir() else path.parent
    paths = _files_in(path) if path.is_dir() else [path]
    folders: dict[Path, list[Path]] = {}
    for each in paths:
        folders.setdefault(each.parent, []).append(each)
    for folder, files in folders.items():
        place = target / folder.relative_to(root)
        own = story or (folder.name if folder != root else LOOSE)
        for made in means.map("reading", convert_file, _jobs(place, own, folder, files, report), few=FEW_TO_CONVERT):
            report.problems += made.refused
            for article, source, doubts in made.results:
                _keep(place, article, source, doubts, report)


def inbox(project: Project) -> Iterator[tuple[str, Path, list[Path]]]:
    """The stories of the inbox: id, folder, files. Files that lie loose in it are a story of their own."""
    from slugify import slugify

    folder = project.inbox
    if not folder.is_dir():
        return
    loose = [p for p in sorted(folder.iterdir()) if not p.is_dir() and _is_input(p)]
    if loose:
        own = folder.name if folder.name != "inbox" else LOOSE
        yield slugify(own, max_length=60) or LOOSE, folder, loose
    for sub in sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith(".")):
        files = _files_in(sub)
        yield slugify(sub.name, max_length=60) or f"story-{fingerprint(sub.name)}", sub, files


def _files_in(folder: Path) -> list[Path]:
    """The inputs in a folder and its subfolders, but for those that a browser laid beside a saved page."""
    laid = {f for page in folder.rglob("*.htm*") for f in page.parent.iterdir() if f.is_dir() and _lies_beside(f, page)}
    files = (p for p in sorted(folder.rglob("*")) if not p.is_dir() and _is_input(p))
    return [p for p in files if not laid.intersection(p.parents)]


def _lies_beside(folder: Path, page: Path) -> bool:
    """Whether it came with the page: "Page.html" comes with "Page_files", "Page-Dateien", "Page_archivos"."""
    rest = folder.name.removeprefix(page.stem)
    return rest != folder.name and rest[:1] in ("_", "-", ".") and rest[1:].isalpha()


def _is_input(path: Path) -> bool:
    return not path.name.startswith(".") and path.name not in ("coverage.toml", "digest.toml", "Thumbs.db")


def _jobs(
    target: Path, story: str, root: Path, paths: list[Path], report: Report, *, max_bytes: int = 50 << 20
) -> list[Job]:
    from generator.intake.coverage import read_coverage

    coverage = read_coverage(root)
    report.problems += coverage.problems
    ids = archive.ids_by_source(target)
    jobs = []
    for path in paths:
        name = path.relative_to(root).as_posix()
        own = tuple((n, i) for n, i in ids.items() if n == name or n.startswith(name + "#"))
        hints = coverage.hints_for(name)
        jobs.append(Job(str(path), str(root), story, hints, own, max_bytes))
    return jobs


def convert_file(job: Job) -> Made:
    """Reads and converts one file; pure but for reading it."""
    from generator import intake
    from generator.converter import convert as convert_capture

    ids = dict(job.ids)
    name = Path(job.path).relative_to(job.root).as_posix()
    results: list[tuple[Article, str, tuple[str, ...]]] = []
    texts: list[str] = []
    try:
        captures = intake.read(Path(job.path), root=Path(job.root), hints=job.hints, max_bytes=job.max_bytes)
        for capture in captures:
            made = convert_capture(capture, story=job.story, id=ids.get(capture.name))
            article = markdown.settle(replace(made.article, source_file=capture.name))
            results.append((article, capture_hash(capture), made.doubts))
            texts.append(capture.text)
    except CrossreportError as error:
        return Made(job.story, name, refused=(error,))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, MemoryError) as error:
        refused = InputRefused(f"can't be converted ({type(error).__name__}: {error})", path=job.path)
        return Made(job.story, name, refused=(refused,))
    return Made(job.story, name, tuple(results), tuple(texts))


def capture_hash(capture: Capture) -> str:
    """Changes when what was saved, or what coverage.toml says of it, changes."""
    return fingerprint(capture.name, capture.text, repr(replace(capture.hints, evidence=())), length=16)


def _keep(folder: Path, article: Article, source: str, doubts: tuple[str, ...], report: Report) -> None:
    try:
        kept = archive.keep(article, folder, source=source)
    except CrossreportError as error:
        report.problems.append(error)
        return
    if kept.state == "conflict":
        beside = kept.path.name + archive.CONFLICT_SUFFIX
        message = f"edited by hand, and its source {article.source_file} has changed; the new text is in {beside}"
        report.problems.append(InputRefused(message, path=kept.path))
    report.kept.append((article.source_file or article.id, kept, doubts, len(article.body), len(article.removed)))


def _orphans(folder: Path, sources: set[str], report: Report) -> None:
    # An empty inbox folder empties nothing.
    for path in archive.drop_orphans(folder, sources) if sources else ():
        report.notes.append(f"{path}: its inbox file is gone; kept, because it was edited by hand")
