"""The state of the files that a story is made of: while it is what it was, nothing about the story is done again.

States are hashes of contents, never times: a file that was edited within a clock's tick, or put back to an older state
with a newer time, is told apart.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from generator import files
from generator.errors import InputRefused
from generator.project import Project


def mark(path: Path, largest: int) -> str | None:
    """A hash of a regular file's bytes; ``None`` for what is no regular file (a link, a pipe), can't be read, or holds
    more than ``largest`` bytes.
    """
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > largest:
            return None
        # It may be a pipe or a link by now.
        return hashlib.sha256(files.read(path, within=path.parent, most=largest)).hexdigest()
    except (OSError, InputRefused):
        return None


def of_story(project: Project, story: str, sources: Iterable[tuple[Path, Iterable[Path]]]) -> str | None:
    """What a story is made of: its inbox files by folder (``sources``), its Markdown, what the editor decided. ``None``
    where a file of it can't be told by its contents: then it is looked at each time.
    """
    largest = project.settings.max_file_mb << 20
    articles = project.articles / story
    digest = hashlib.sha256(f"{story} {largest}".encode())
    read = [(root, path) for root, paths in sources for path in [*paths, root / "coverage.toml"]]
    read += [(articles, path) for path in sorted(articles.glob("*.md*"))]
    read += [(project.stories, project.stories / f"{story}{suffix}") for suffix in (".md", ".toml")]
    read.append((project.content, project.content / "removed.toml"))
    for root, path in read:
        digest.update(f"\0{root}\0{path.relative_to(root).as_posix()}\0".encode("utf-8", "surrogateescape"))
        if os.path.lexists(path):
            known = mark(path, largest)
            if known is None:
                return None
            digest.update(known.encode())
    return digest.hexdigest()
