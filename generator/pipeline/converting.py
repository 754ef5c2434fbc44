"""Every file of the inbox as Markdown: read, converted, kept beside what a person edited."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from generator import archive, markdown
from generator.cache import Cache
from generator.errors import CrossreportError, InputRefused, UsageError
from generator.files import leads_out
from generator.model import Article, Capture, Hints
from generator.pipeline import placing, state, versions
from generator.pipeline.means import ALONE, FEW_TO_CONVERT, LOOSE, Means, Report
from generator.pipeline.once import once
from generator.project import SETTINGS, Project
from generator.text import fingerprint

if TYPE_CHECKING:
    from generator.intake.coverage import Coverage


# Whoever adds an article may not say how the site is made.
NOT_HERE = "not read: settings belong into the content folder, of a site from a pile of files into --work"


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
    what happened in each goes to ``report.of`` it. ``seen`` is told of every file.
    """
    from generator.converter.language import forget_tables

    report, memo = report or Report(), memo or Cache(None)
    piles = list(inbox(project))
    jobs: list[Job] = []
    present: dict[str, set[str]] = {}
    arrived: dict[str, list[placing.Converted]] = {}
    loose: list[placing.Converted] = []
    kept: set[tuple[str, str]] = set()
    folders = placing.folders(project, piles)
    looked_at = [pile for pile in piles if stories is None or pile[0] in stories]
    present = {story: set() for story, _, _ in looked_at if story in folders}
    lies = placing.lying(project, folders) if len(present) < len({story for story, _, _ in looked_at}) else {}
    for story, root, paths in looked_at:
        place = project.articles / story if story in folders else None
        ids = archive.ids_by_source(place) if place else {source: id_ for source, (_, id_) in lies.items()}
        limit = project.settings.max_file_mb << 20
        jobs += _jobs(ids, story, root, paths, report.of(story), max_bytes=limit)
    for made in _converted(memo, jobs, means, report):
        seen(made)
        report.of(made.story).problems += made.refused
        if made.story not in folders:
            loose += made.results
            for story, source in placing.still_there(lies, made.name) if made.refused else ():
                present.setdefault(story, set()).add(source)
            continue
        if made.refused:
            present[made.story].add(made.name)
        arrived.setdefault(made.story, []).extend(made.results)
    for story, found in arrived.items():
        _settle(project, story, found, present, kept, report)
    told = placing.path_told(project) if loose else {}
    placed: dict[str, list[placing.Converted]] = {}
    for story, converted in placing.settle(project, loose, lies, told, sorted(folders)):
        placed.setdefault(story, []).append(converted)
    for story, found in placed.items():
        _settle(project, story, found + arrived.get(story, []), present, kept, report)
    forget_tables()  # memory is for the parser now
    for story, sources in present.items():
        _orphans(project.articles / story, sources, report.of(story))
    # What was not looked at is all there still.
    placing.leftovers(project, {s: set(names) for s, names in folders.items()} | present, kept)
    return report


def _settle(
    project: Project,
    story: str,
    arrived: list[placing.Converted],
    present: dict[str, set[str]],
    kept: set[tuple[str, str]],
    report: Report,
) -> None:
    """Keeps the articles of a story, each once, and notes that they are there."""
    folder = project.articles / story
    names = {article.source_file or "" for article, _, _ in arrived}
    kept |= {((article.source_file or "").rpartition("/")[2], source) for article, source, _ in arrived}
    present[story] = present.get(story, set()) - names
    for article, source, doubts in once(arrived, *archive.known_ids(folder)):
        name = article.source_file or ""
        present[story].add(name)
        kept.add((name.rpartition("/")[2], source))
        _keep(folder, article, source, doubts, report.of(story))


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
    paths = _files_in(path, path) if path.is_dir() else [path]
    folders: dict[Path, list[Path]] = {}
    for each in paths:
        folders.setdefault(each.parent, []).append(each)
    for folder, files in folders.items():
        place = target / folder.relative_to(root)
        own = story or (folder.name if folder != root else LOOSE)
        arrived: list[placing.Converted] = []
        ids, others = archive.known_ids(place)
        for made in means.map("reading", convert_file, _jobs(ids, own, folder, files, report), few=FEW_TO_CONVERT):
            report.problems += made.refused
            arrived += made.results
        for article, source, doubts in once(arrived, ids, others):
            _keep(place, article, source, doubts, report)


def inbox(project: Project) -> Iterator[tuple[str, Path, list[Path]]]:
    """The stories of the inbox: id, folder, files. Files that lie loose in it come first; in content/inbox they are
    put into stories (:mod:`placing`), in a folder of another name they are one of that name.
    """
    folder = project.inbox
    if not folder.is_dir():
        return
    loose = [p for p in sorted(folder.iterdir()) if _is_input(p) and (not p.is_dir() or leads_out(p, folder))]
    own = folder.name if loose and folder.name != "inbox" else ""
    if loose:
        yield _story_id(own) or LOOSE, folder, loose
    subs = [p for p in sorted(folder.iterdir()) if p.is_dir() and not p.name.startswith(".")]
    for story, sub in _named_apart([p for p in subs if not leads_out(p, folder)], own):
        yield story, sub, _files_in(sub, folder)


def _story_id(name: str) -> str:
    from slugify import slugify

    return slugify(name, max_length=60)


def _named_apart(folders: list[Path], beside: str) -> Iterator[tuple[str, Path]]:
    """Each folder with its story's id. Of several that would have one ("A b", "a-b"), the one that is called so keeps
    it; ``beside`` is the name of the story that loose files make.
    """
    ids = [_story_id(f.name) or f"story-{fingerprint(f.name)}" for f in folders]
    held = Counter([*ids, _story_id(beside)])
    for story, folder in zip(ids, folders, strict=True):
        alone = held[story] == 1 or (folder.name == story and story != _story_id(beside))
        yield story if alone else f"{story[:50]}-{fingerprint(folder.name)}", folder


def _files_in(folder: Path, root: Path) -> list[Path]:
    """The inputs in a folder and its subfolders, but for those that a browser laid beside a saved page. A folder that
    can't be opened, or is a link out of ``root``, is one too, so that it is told; links to others are left alone.
    """
    found: list[Path] = []
    stack = [folder]
    while stack:
        here = stack.pop()
        try:
            entries = {here / e.name: e.is_dir(follow_symlinks=False) for e in os.scandir(here)}
        except OSError:
            found.append(here)
            continue
        pages = [e.stem for e in entries if e.suffix.lower().startswith(".htm")]
        stack += [e for e, folder in entries.items() if folder and not any(_lies_beside(e, page) for page in pages)]
        files = (e for e, is_folder in entries.items() if not is_folder and _is_input(e))
        found += [e for e in files if not _is_folder(e) or leads_out(e, root)]
    return sorted(found)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # its name is too long to be asked for
        return False


def _lies_beside(folder: Path, page: str) -> bool:
    """Whether it came with the page: "Page.html" comes with "Page_files", "Page-Dateien", "Page_archivos"."""
    rest = folder.name.removeprefix(page)
    return rest != folder.name and rest[:1] in ("_", "-", ".") and rest[1:].isalpha()


def _is_input(path: Path) -> bool:
    return not path.name.startswith(".") and path.name not in ("coverage.toml", "Thumbs.db")


def _jobs(
    ids: Mapping[str, str],
    story: str,
    root: Path,
    paths: list[Path],
    report: Report,
    *,
    max_bytes: int = 50 << 20,
) -> list[Job]:
    """A job per file. ``ids`` are the ids that articles have already, by source."""
    from generator.intake.coverage import read_coverage

    coverage = read_coverage(root)
    report.problems += [*coverage.problems, *_unknown_rules(coverage)]
    by_file: dict[str, list[tuple[str, str]]] = {}
    for source, id_ in ids.items():
        by_file.setdefault(source.split("#")[0], []).append((source, id_))
    jobs = []
    named = {path.relative_to(root).as_posix() for path in paths}
    for path in paths:
        name = path.relative_to(root).as_posix()
        if reason := _not_read(name, named):
            report.problems.append(InputRefused(reason, path=path))
            continue
        own = tuple(by_file.get(name.split("#")[0], ()))
        hints = coverage.hints_for(name)
        jobs.append(Job(str(path), str(root), story, hints, own, max_bytes))
    return jobs


def _not_read(name: str, named: Collection[str]) -> str | None:
    """Why an input of a name, among others, is told and not read."""
    if name.rpartition("/")[2] == SETTINGS:
        return NOT_HERE
    part = _PART.search(name)
    return "not read: its name is that of a part of another file" if part and name[: part.start()] in named else None


_PART = re.compile(r"#\d+$")  # what the articles of a feed or table are called by


def _unknown_rules(coverage: Coverage) -> Iterator[InputRefused]:
    """What coverage.toml puts off and is no rule, each with its line."""
    given = [(n, dict(h.evidence).get("rules_off", "")) for _, h in coverage.entries for n in h.rules_off]
    if not given:
        return
    from generator.converter import RULE_NAMES as IN_TEXT
    from generator.intake.pagerules import RULE_NAMES as ON_PAGE

    for name, place in given:
        if name not in IN_TEXT | ON_PAGE:
            near = get_close_matches(name, sorted(IN_TEXT | ON_PAGE), 1)
            hint = f"; did you mean {near[0]!r}?" if near else "; inspect names the rules"
            line = place.rpartition(":")[2]
            number = int(line) if line.isdecimal() else None
            yield InputRefused(f"no rule is called {name!r}{hint}", path=coverage.path, line=number)


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
            doubts = (("doubts", "; ".join(made.doubts)),) if made.doubts else ()
            evidence = (*made.article.evidence, *doubts)
            article = markdown.settle(replace(made.article, source_file=capture.name, evidence=evidence))
            results.append((article, capture_hash(capture), made.doubts))
            texts.append(capture.text)
    except CrossreportError as error:
        return Made(job.story, name, refused=(error,))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, MemoryError) as error:
        refused = InputRefused(f"can't be converted ({type(error).__name__}: {error})", path=job.path)
        return Made(job.story, name, refused=(refused,))
    unread = dict.fromkeys(c.unread for c in captures if c.unread)
    refused_parts = tuple(InputRefused(message, path=job.path, line=line) for message, line in unread)
    return Made(job.story, name, tuple(results), tuple(texts), refused_parts)


def capture_hash(capture: Capture) -> str:
    """Changes when what was saved, or what coverage.toml says of it, changes; not when we learn to ask for more."""
    hints = [
        (f.name, v) for f in fields(capture.hints) if f.name != "evidence" and (v := getattr(capture.hints, f.name))
    ]
    return fingerprint(capture.name, capture.text, repr(hints), length=16)


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
    report.kept.append((_told(article), kept, doubts, len(article.body), len(article.removed)))


def _told(article: Article) -> str:
    """The file that an article was made of, with the others that hold it and the versions before it."""
    more = [f"also in {', '.join(article.also)}"] if article.also else []
    more += [f"earlier in {', '.join(v.source_file for v in article.versions)}"] if article.versions else []
    name = article.source_file or article.id
    return f"{name} ({'; '.join(more)})" if more else name


def _orphans(folder: Path, sources: set[str], report: Report) -> None:
    others = archive.known_ids(folder)[1] if sources else {}
    # An empty inbox folder empties nothing.
    for path, source in archive.drop_orphans(folder, sources) if sources else ():
        why = f"{source} is kept with another article" if source in others else "its inbox file is gone"
        report.notes.append(f"{path}: {why}; kept, because it was edited by hand")
