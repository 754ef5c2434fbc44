"""content/articles: the Markdown files, which capture each was made of, and the promise to a person who edited one.

A generated file that was touched is never written again (law 3): where its source changed too, the new conversion is
laid beside it as ``<id>.md.new`` and the conflict is reported. A file whose capture has gone is removed only while it
is untouched.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator import files, markdown
from generator.errors import InputRefused
from generator.model import Article

CONFLICT_SUFFIX = ".new"
ABANDONED = 3600  # seconds after which a file that is half written can't be another run's


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of one conversion: ``state`` is "new", "same", "changed", "edited" (a person's file was left alone)
    or "conflict" (left alone, and its source has changed).
    """

    path: Path
    state: str


def ids_by_source(folder: Path) -> dict[str, str]:
    """The article id (file stem) for each inbox file that a Markdown file of ``folder`` was made of."""
    return known_ids(folder)[0]


def known_ids(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The same, and the ids by the other inbox files that a Markdown file says hold its article or earlier versions."""
    found: dict[str, str] = {}
    others: dict[str, str] = {}
    for path in sorted(folder.glob("*.md")):
        try:
            sources = markdown.source_files(_read(path))
        except InputRefused:
            continue  # reported when it is read as an article
        for n, source in enumerate(sources):
            (others if n else found).setdefault(source, path.stem)
    return found, others


def keep(article: Article, folder: Path, *, source: str) -> Kept:
    """Writes ``article`` into ``folder`` unless that would undo a person's work. ``source`` is its capture's hash;
    those of several captures that hold the same text are joined by "+".
    """
    path = folder / f"{article.id}.md"
    text = markdown.dump(article, source=source)
    if not path.exists():
        write_whole(path, text)
        return Kept(path, "new")
    there = _read(path)
    if there == text:
        return Kept(path, "same")
    if markdown.is_untouched(there):
        write_whole(path, text)
        return Kept(path, "changed")
    stamp = markdown.source_stamp(there)
    if stamp is None or set(stamp.split("+")) & set(source.split("+")):
        return Kept(path, "edited")
    beside = path.with_name(path.name + CONFLICT_SUFFIX)
    if not beside.exists() or _read(beside) != text:
        write_whole(beside, text)
    return Kept(path, "conflict")


def drop_orphans(folder: Path, sources: Iterable[str]) -> tuple[tuple[Path, str], ...]:
    """Removes untouched files whose inbox file is not among ``sources`` any more; returns those that a person edited,
    which stay, with that inbox file.
    """
    present = set(sources)
    stay: list[tuple[Path, str]] = []
    drop_abandoned(folder)
    for path in sorted(folder.glob("*.md")):
        try:
            text = _read(path)
            source = markdown.source_file(text)
        except InputRefused:
            continue
        if (
            source is None
            or source.split("#")[0] in present
            or source in present
            or markdown.source_stamp(text) is None
        ):
            continue
        if markdown.is_untouched(text):
            path.unlink()
        else:
            stay.append((path, source))
    return tuple(stay)


def drop_abandoned(folder: Path) -> None:
    """Removes what a run that was killed left half written there."""
    for left in folder.glob(".*.part"):
        with suppress(OSError):
            if left.stat().st_mtime < time.time() - ABANDONED:
                left.unlink()


def move(path: Path, folder: Path) -> None:
    """Moves a Markdown file, and a conflicting one beside it, into ``folder``; an edit goes with it."""
    for each in (path, path.with_name(path.name + CONFLICT_SUFFIX)):
        target = folder / each.name
        if each.exists() and not target.exists():
            folder.mkdir(parents=True, exist_ok=True)
            each.replace(target)
    _remove_empty(path.parent)


def drop_moved(folder: Path, kept: set[tuple[str, str]]) -> None:
    """Removes the untouched files of ``folder`` whose capture, by file name and hash, was kept elsewhere."""
    for path in sorted(folder.glob("*.md")):
        try:
            text = _read(path)
            source = markdown.source_file(text)
        except InputRefused:
            continue
        if source and (source.rpartition("/")[2], markdown.source_stamp(text)) in kept and markdown.is_untouched(text):
            path.unlink()
    _remove_empty(folder)


def _remove_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def articles(folder: Path, story: str) -> tuple[tuple[Article, ...], tuple[InputRefused, ...]]:
    """The articles of a story as their files now say, and the files that can't be read."""
    read: list[Article] = []
    refused: list[InputRefused] = []
    for path in sorted(folder.glob("*.md")):
        try:
            read.append(markdown.load(_read(path), id=path.stem, story=story, path=str(path)))
        except InputRefused as error:
            refused.append(error)
    return tuple(read), tuple(refused)


def editors_title(path: Path) -> str | None:
    """The title that content/stories/<story>.md gives."""
    if not path.exists() and not path.is_symlink():
        return None
    return markdown.load(_read(path), id=path.stem, story=path.stem, path=str(path)).title


def write_whole(path: Path, text: str | bytes) -> None:
    """Writes a file so that it is either the old one or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}-", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode() if isinstance(text, str) else text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _read(path: Path) -> str:
    return files.read_text(path, within=path.parent)


def story_title(story: str) -> str:
    """A story's title where nobody gave one: the folder "harbour-lease" reads "Harbour lease"."""
    words = story.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:] if words else story
