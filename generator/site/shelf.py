"""The files of the last site, each with what it was made of: one that would be written the same is taken over.

It is linked (copied where that can't be), so it keeps its time and costs no space, and a deploy or rsync passes it by.
What a person changed in the output since is told by size and time and written anew. The list lies in the work folder;
without it, or with a damaged one, everything is written. Orphans vanish: what nobody asks for is not taken.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

from generator import archive

_REFERS = re.compile(r"{%-?\s*(?:extends|include|import|from)\s+(?:[\"']([^\"']+)|)")
# What renders beside our own code.
_RENDERERS = ("jinja2", "markupsafe", "pelican", "babel", "markdown-it-py", "msgspec")
_CODE = Path(__file__).resolve().parents[1]


# Of a file: what it was made of, its size and its time, where that is known; and whether it was taken over.
Known = tuple[tuple[str, int, int] | None, bool]


class Shelf:
    """``place`` is the list, ``last`` the last site, ``fresh`` the folder to fill. Without a list nothing is taken."""

    def __init__(self, place: Path | None, last: Path, fresh: Path) -> None:
        self._place, self._last, self._fresh = place, str(last), str(fresh)
        self.whole, self._before = _read(place) if place else ("", {})
        self._now: dict[str, tuple[str, int, int]] = {}
        self._folders: set[str] = set()
        self._taken: set[str] = set()

    def take(self, name: str, key: str) -> bool:
        """Takes over the file ``name`` where it was made of ``key`` and nobody touched it; whether it is there."""
        if name in self._now:
            return self._now[name][0] == key
        before = self._before.get(name)
        if before is None or before[0] != key:
            return False
        old, new = f"{self._last}/{name}", f"{self._fresh}/{name}"
        try:
            status = os.lstat(old)
            if (status.st_size, status.st_mtime_ns) != tuple(before[1:]):
                return False
            self._folder(new)
            try:
                os.link(old, new, follow_symlinks=False)
            except OSError:
                shutil.copy2(old, new, follow_symlinks=False)
        except OSError:
            return False
        self._now[name] = before
        self._taken.add(name)
        return True

    @property
    def taken(self) -> int:
        """How many files were taken over."""
        return len(self._taken)

    def of(self, names: Iterable[str]) -> dict[str, Known]:
        """What is known of some files, for :meth:`note` in another process."""
        return {name: (self._now.get(name), name in self._taken) for name in names}

    def note(self, files: dict[str, Known]) -> None:
        """Takes note of what another process wrote or took over."""
        self._now.update({name: known for name, (known, _) in files.items() if known is not None})
        self._taken.update(name for name, (_, taken) in files.items() if taken)

    def take_all(self) -> tuple[int, int] | None:
        """Takes over every file of the last site: how many pages and files; ``None`` where one of them can't be."""
        if all(self.take(name, before[0]) for name, before in self._before.items()):
            return sum(1 for name in self._before if name.endswith(".html")), len(self._before)
        return None

    def put(self, name: str, key: str) -> None:
        """Notes that ``name`` was written, made of ``key``."""
        if self._place:
            status = os.lstat(f"{self._fresh}/{name}")
            self._now[name] = (key, status.st_size, status.st_mtime_ns)

    def save(self, whole: str) -> None:
        """Writes the list for the next build; ``whole`` is what the site as a whole was made of."""
        if self._place:
            payload = msgspec.json.encode((whole, self._now))
            with suppress(OSError):  # without it the next build writes everything
                archive.write_whole(self._place, b"%b\n%b" % (key_of_data(payload).encode(), payload))

    def _folder(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)


def _read(place: Path) -> tuple[str, dict[str, tuple[str, int, int]]]:
    try:
        data = place.read_bytes()
        payload = memoryview(data)[33:]
        if data[:33] != b"%b\n" % key_of_data(payload).encode():
            return "", {}
        found: tuple[str, dict[str, tuple[str, int, int]]] = msgspec.json.decode(
            payload, type=tuple[str, dict[str, tuple[str, int, int]]]
        )
    except (OSError, ValueError, msgspec.MsgspecError):
        return "", {}
    return found


def key_of(*parts: Any) -> str:
    """What a file is made of, as a hash of plain data."""
    try:
        data = msgspec.msgpack.encode(parts, enc_hook=_plain, order="deterministic")
    except UnicodeEncodeError:  # half a surrogate pair: other people's text may hold one
        data = repr(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:32]


def key_of_data(data: bytes | memoryview) -> str:
    """What a file that is written as it is was made of."""
    return hashlib.sha256(data).hexdigest()[:32]


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return str.__str__(value)
    raise TypeError(f"{type(value).__name__} is not plain data")


@cache
def code() -> str:
    """A hash of the program and of what renders beside it."""
    digest = hashlib.sha256()
    for path in sorted(p for p in _CODE.rglob("*") if p.suffix in (".py", ".toml")):
        digest.update(path.relative_to(_CODE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for package in _RENDERERS:
        digest.update(f"{package} {version(package)}".encode())
    return digest.hexdigest()


def templates(folder: Path) -> dict[str, str]:
    """Per template (its name without ".html") a hash of it and of all that it refers to."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.html"))}
    refers = {name: {found or "" for found in _REFERS.findall(text)} for name, text in texts.items()}

    def closure(name: str, seen: set[str]) -> set[str]:
        if name in texts and name not in seen:
            seen.add(name)
            for other in sorted(refers[name]):
                # A name that is not written out may be any.
                for each in [other] if other else list(texts):
                    closure(each, seen)
        return seen

    return {name.removesuffix(".html"): key_of([(n, texts[n]) for n in sorted(closure(name, set()))]) for name in texts}
