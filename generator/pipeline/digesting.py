"""The Markdown read back, annotated, and each story compared; from the cache where it is there.

Small stories travel whole to a worker; of a large one the articles do, and what was found in them is compared here.
What is handed on is light: a story's digest lies in the cache and is loaded when it is shown, so that no step holds the
texts of all.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path

from generator import archive, files
from generator.cache import Cache, packed
from generator.errors import InputRefused
from generator.model import Annotated, Article, Digest
from generator.pipeline import versions
from generator.pipeline.means import ALONE, BATCH, FEW_TO_ANNOTATE, Compared, Means, Report
from generator.pipeline.removing import Removing
from generator.project import Project

CACHE_BYTES = 2 << 30
# A story of more articles than this is annotated by all workers together.
LARGE = 64
# What an article that can't be annotated comes to; it is left out.
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError, MemoryError)
code_version = versions.annotating


@dataclass(frozen=True, slots=True)
class Job:
    """A story to annotate and compare, in any process. ``decided`` is the editor's table as JSON; ``folder`` is that of
    the cache.
    """

    story: str
    title: str
    articles: tuple[Article, ...]
    decided: str
    folder: str | None
    decisions: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job came to: the digest as an entry of the cache where it can be one, else as it is."""

    entry: bytes | None
    digest: Digest | None
    refused: tuple[InputRefused, ...]
    notes: tuple[str, ...]
    articles: int
    claims: int
    reused: int


def digests(project: Project, means: Means = ALONE, report: Report | None = None) -> list[Digest]:
    """The digest of every story, from the Markdown as it lies in ``project.articles``."""
    report, memo = report or Report(), Cache(project.cache)
    found = list(compared(project, memo, means, report))
    made = [one.load() for one in found]
    report.stories = len(made)
    report.articles += sum(one.articles for one in found)
    report.claims += sum(one.claims for one in found)
    finish(memo, report)
    return made


def finish(memo: Cache, report: Report) -> None:
    """Tells what the cache has to say, and keeps it within its bounds."""
    report.notes += memo.notes
    if memo.misses:
        memo.prune(CACHE_BYTES)


def compared(
    project: Project, memo: Cache, means: Means, report: Report, *, only: Collection[str] | None = None
) -> Iterator[Compared]:
    """Each story that has articles (with ``only``, of those), in order of their names."""
    sizes = {name: n for name, n in article_folders(project).items() if only is None or name in only}
    removing = Removing.of(project)
    whole = {name: _large(project, name, memo, means, report, removing) for name, n in sizes.items() if n > LARGE}
    plan: deque[tuple[Job, str | None, Compared | None]] = deque()

    def jobs() -> Iterator[Job]:
        for name in sizes:
            if name in whole:
                continue
            job = _job(project, name, memo, report.of(name), removing)
            if not job.articles:
                continue
            key = _address(memo, job)
            plan.append((job, key, _known(project, memo, job, key, report.of(name))))
            if plan[-1][2] is None:
                yield job

    total = sum(n for name, n in sizes.items() if name not in whole)
    few = _in_order(
        means.map("annotating", work_on, jobs(), few=FEW_TO_ANNOTATE, total=total, batch=1), plan, project, memo, report
    )
    yield from sorted([*few, *(one for one in whole.values() if one)], key=lambda one: one.story)
    removing.tell(report)


def article_folders(project: Project) -> dict[str, int]:
    """The stories that have a folder of Markdown, with how many files are in each."""
    if not project.articles.is_dir():
        return {}
    folders = sorted(p for p in project.articles.iterdir() if p.is_dir())
    return {folder.name: sum(1 for _ in folder.glob("*.md")) for folder in folders}


def stories(project: Project, report: Report) -> Iterator[tuple[str, tuple[Article, ...]]]:
    """Each story that has articles, with them."""
    for name in article_folders(project):
        articles, refused = archive.articles(project.articles / name, name)
        report.of(name).problems += refused
        if articles:
            yield name, articles


def annotate(memo: Cache, articles: Iterable[Article], means: Means, report: Report) -> Iterator[Annotated]:
    """Attributions and mentions of each article, from the cache where they are there."""
    version = code_version()
    todo = list(articles)
    keys = [memo.key(annotate_one, version, article) for article in todo]
    hits = [memo.find(annotate_one, key) for key in keys]
    fresh = _fresh([a for a, hit in zip(todo, hits, strict=True) if hit is None], means)
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


def _fresh(articles: Sequence[Article], means: Means) -> Iterator[Annotated | InputRefused]:
    """Each of ``articles`` annotated, several at once: they share the parser's lots, and what is the same in two."""
    size = BATCH if means is not ALONE else LARGE

    def progress(stage: str, done: int, total: int) -> None:
        means.progress(stage, min(done * size, len(articles)), len(articles))

    lots = [tuple(articles[at : at + size]) for at in range(0, len(articles), size)]
    told = replace(means, progress=progress)
    return chain.from_iterable(told.map("annotating", attempts, lots, few=-(-FEW_TO_ANNOTATE // size), batch=1))


def attempts(articles: tuple[Article, ...]) -> tuple[Annotated | InputRefused, ...]:
    """Each article annotated, or why it must be left out: one may not cost the others."""
    from generator.summarizer import annotate_many

    try:
        return tuple(annotate_many(articles))
    except UNREADABLE:
        return tuple(attempt(article) for article in articles)


def attempt(article: Article) -> Annotated | InputRefused:
    """:func:`annotate_one`, or why this article must be left out."""
    try:
        return annotate_one(article)
    except UNREADABLE as error:
        return InputRefused(f"can't be annotated ({type(error).__name__}: {error})", path=f"{article.id}.md")


def annotate_one(article: Article) -> Annotated:
    """Runs in any process; the parser is loaded there once."""
    from generator.summarizer import annotate as annotate_article

    return annotate_article(article)


def work_on(job: Job) -> Outcome:
    """Annotates and compares a story; runs in any process."""
    from generator.summarizer import embedding

    embedding.installed()  # before the parser: it needs most memory while it is prepared
    report = Report()
    annotated = tuple(annotate(_cache(job.folder), job.articles, ALONE, report))
    refused = tuple(p for p in report.problems if isinstance(p, InputRefused))
    return _outcome(job, annotated, refused, report.reused)


def _outcome(job: Job, annotated: tuple[Annotated, ...], refused: tuple[InputRefused, ...], reused: int) -> Outcome:
    from generator.summarizer import summarize

    digest = summarize(job.story, job.title, annotated, decisions=json.loads(job.decided))
    entry = packed(digest_of, digest)
    held = None if entry else digest
    return Outcome(entry, held, refused, _notes(job, digest), len(annotated), len(digest.claims), reused)


def digest_of(story: str, title: str, articles: tuple[Article, ...], decided: str) -> Digest:
    """The digest of a story, all of it computed here; what :func:`work_on` gives is remembered under this name."""
    outcome = work_on(Job(story, title, articles, decided, None))
    assert outcome.entry is not None or outcome.digest is not None
    return outcome.digest or Cache(None).opened(digest_of, outcome.entry)


def _notes(job: Job, digest: Digest) -> tuple[str, ...]:
    """The editor's decisions that point at nothing any more."""
    from generator.summarizer import decisions

    dead = decisions.dead(decisions.parse(json.loads(job.decided)), digest.articles)
    return tuple(f"{job.decisions}: this {d.kind} points at nothing any more: {', '.join(d.of)}" for d in dead)


@lru_cache(maxsize=4)
def _cache(folder: str | None) -> Cache:
    """The cache as a worker sees it; one on another machine, that doesn't share the folder, does without."""
    return Cache(Path(folder) if folder and Path(folder).is_dir() else None)


def _job(project: Project, story: str, memo: Cache, report: Report, removing: Removing) -> Job:
    articles, refused = archive.articles(project.articles / story, story)
    report.problems += refused
    path = project.stories / f"{story}.toml"
    decided, title = _decisions(path, report)
    folder = None if memo.folder is None else str(memo.folder.resolve())
    kept = removing.kept(articles)
    return Job(story, title or _title(project, story, articles, report), kept, decided, folder, str(path))


def _address(memo: Cache, job: Job) -> str | None:
    return memo.key(digest_of, versions.digesting(), job.story, job.title, job.articles, job.decided)


def _known(project: Project, memo: Cache, job: Job, key: str | None, report: Report) -> Compared | None:
    """A story whose digest is in the cache."""
    hit = memo.find(digest_of, key)
    if hit is None or key is None:
        return None
    report.reused += len(hit.value.articles)
    report.notes += _notes(job, hit.value)
    return Compared(
        job.story, key, len(hit.value.articles), len(hit.value.claims), partial(load, project, memo, key, job.story)
    )


def _in_order(
    outcomes: Iterator[Outcome],
    plan: deque[tuple[Job, str | None, Compared | None]],
    project: Project,
    memo: Cache,
    report: Report,
) -> Iterator[Compared]:
    """The stories of ``plan``, which grows while ``outcomes`` are asked for: those that were known, those worked on."""
    for outcome in outcomes:
        while plan[0][2] is not None:
            yield plan.popleft()[2]  # type: ignore[misc]
        job, key, _ = plan.popleft()
        told = report.of(job.story)
        told.problems += outcome.refused
        told.notes += outcome.notes
        told.reused += outcome.reused
        told.computed += outcome.articles - outcome.reused
        memo.keep(key, outcome.entry)
        yield _told(project, memo, job, key, outcome)
    yield from (known for _, _, known in plan if known is not None)


def _told(project: Project, memo: Cache, job: Job, key: str | None, outcome: Outcome) -> Compared:
    """What is handed on. Where the cache holds the digest, nothing else does."""
    if memo.folder is None or key is None or outcome.entry is None:
        return Compared(job.story, None, outcome.articles, outcome.claims, partial(_held, outcome))
    return Compared(job.story, key, outcome.articles, outcome.claims, partial(load, project, memo, key, job.story))


def _held(outcome: Outcome) -> Digest:
    return outcome.digest or Cache(None).opened(digest_of, outcome.entry)


def load(project: Project, memo: Cache, key: str, story: str) -> Digest:
    """The digest at ``key``; computed again where it is damaged or gone since it was found there."""
    hit = memo.find(digest_of, key)
    if hit is not None:
        return hit.value
    outcome = work_on(_job(project, story, memo, Report(), Removing.of(project)))
    memo.keep(key, outcome.entry)
    return _held(outcome)


def _large(
    project: Project, story: str, memo: Cache, means: Means, report: Report, removing: Removing
) -> Compared | None:
    told = report.of(story)
    job = _job(project, story, memo, told, removing)
    key = _address(memo, job)
    known = _known(project, memo, job, key, told)
    if known is not None or not job.articles:
        return known
    annotated = tuple(annotate(memo, job.articles, means, told))
    means.progress("comparing", 0, 1)
    outcome = _outcome(job, annotated, (), 0)
    told.notes += outcome.notes
    memo.keep(key, outcome.entry)
    return _told(project, memo, job, key, outcome)


def _title(project: Project, story: str, articles: Iterable[Article], report: Report) -> str:
    """The editor's title, else the headline that the story was named after, else its folder's name."""
    from generator.summarizer.stories import named_after

    try:
        own = archive.editors_title(project.stories / f"{story}.md")
    except InputRefused as error:
        report.problems.append(error)
        own = None
    return own or named_after(story, articles) or archive.story_title(story)


def _decisions(path: Path, report: Report) -> tuple[str, str | None]:
    """What the editor decided in content/stories/<story>.toml, as JSON, and the title there; what can't be read is a
    problem and doesn't stop the story.
    """
    from generator.summarizer import decisions

    if not path.exists() and not path.is_symlink():
        return "{}", None
    try:
        table = tomllib.loads(files.read_text(path, within=path.parent))
        decisions.parse(table)
    except InputRefused as refused:
        report.problems.append(refused)
        return "{}", None
    except (ValueError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        report.problems.append(InputRefused(str(error), path=path, line=int(line[1]) if line else None))
        return "{}", None
    return json.dumps(table, default=str, sort_keys=True), table.get("title")
