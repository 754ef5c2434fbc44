"""Intake: an inbox file becomes captures. One module a medium; the first reader that detects a file reads it.

A reader is a module-level object with three members, see :class:`Reader`. To add one, write its module and put its
dotted name into :data:`READERS`, before the ones that are less particular: ``plaintext`` takes whatever is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Protocol

from generator import files
from generator.errors import InputRefused
from generator.model import Capture, Hints

HEAD = 4096  # bytes that a reader sees when asked whether a file is its own
MAX_BYTES = files.MAX_BYTES
MOST_TEXT = 10_000_000  # characters of one capture; pictures and scripts that a page brings along don't count


class Reader(Protocol):
    """Reads one medium.

    ``detects`` looks at a file's name and first bytes only. ``read`` gets the whole file and the path that captures
    carry (relative to the inbox folder of the story), and raises :class:`InputRefused` with one clear reason.
    """

    name: str

    def detects(self, path: Path, head: bytes) -> bool: ...

    def read(self, path: Path, data: bytes, name: str) -> tuple[Capture, ...]: ...


# In order of asking; "module:object", imported when first asked.
READERS: tuple[str, ...] = (
    "generator.intake.pdf:READER",
    "generator.intake.warc:READER",
    "generator.intake.feed:READER",
    "generator.intake.mail:READER",
    "generator.intake.jsonlines:READER",
    "generator.intake.html:READER",
    "generator.intake.plaintext:READER",
)


@cache
def reader(dotted: str) -> Reader:
    """The reader that an entry of :data:`READERS` names."""
    module, _, attribute = dotted.partition(":")
    found: Reader = getattr(import_module(module), attribute)
    return found


def readers() -> Iterator[Reader]:
    """The readers in order of asking."""
    return (reader(dotted) for dotted in READERS)


def read(path: Path, *, root: Path, hints: Hints | None = None, max_bytes: int = MAX_BYTES) -> tuple[Capture, ...]:
    """The captures of the file at ``path``, which lies under ``root`` (the inbox folder of its story).

    ``hints`` is what coverage.toml says of the file; it wins over what the reader finds. Raises InputRefused for a file
    that is not regular, not readable, larger than ``max_bytes``, empty, or of a kind that no reader knows, and for one
    that holds nothing but more than :data:`MOST_TEXT` characters.
    """
    data = files.read(path, within=root, most=max_bytes)
    if not data:
        raise InputRefused("the file is empty", path=path)
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    for candidate in readers():
        if candidate.detects(path, data[:HEAD]):
            captures = _of_bearable_length(candidate.read(path, data, name), path)
            return tuple(replace(c, hints=merged(c.hints, hints)) for c in captures) if hints else captures
    raise InputRefused("not a kind of file that can be read", path=path)


def _of_bearable_length(captures: tuple[Capture, ...], path: Path) -> tuple[Capture, ...]:
    """The captures without those that hold more text than any article, which is told."""
    kept = tuple(c for c in captures if len(c.text) <= MOST_TEXT)
    if len(kept) == len(captures):
        return captures
    reason = f"more text than any article: {max(len(c.text) for c in captures):,} characters"
    if not kept:
        raise InputRefused(reason, path=path)
    return tuple(replace(c, unread=c.unread or (reason, None)) for c in kept)


def merged(found: Hints, given: Hints) -> Hints:
    """``found`` (by the reader) overlaid with ``given`` (by coverage.toml), with the evidence of each."""
    names = [f.name for f in fields(Hints) if f.name != "evidence"]
    values = {name: getattr(given, name) or getattr(found, name) for name in names}
    evidence = dict(found.evidence) | dict(given.evidence)
    return Hints(**values, evidence=tuple(evidence.items()))
