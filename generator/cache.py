"""A content-addressed memo of pure functions: what was computed once from the same code and arguments is read back.

An entry's key is the SHA-256 of the function's name, the version of the code and data it depends on, and the arguments
(msgspec's deterministic JSON). Its file holds a checksum and the value as packed JSON, decoded into the type that the
function's return annotation names; nothing is unpickled. Entries are written beside and moved into place, so two runs
may share a folder. Deleting the folder, or any part of it, at any time is safe: a missing or damaged entry is a miss.

Trouble with the folder never fails a run: the cache says it once in :attr:`Cache.notes` and computes. A folder that is
bounded (:meth:`Cache.prune`) loses what was unused longest, never what this run used.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar, get_type_hints

import msgspec

T = TypeVar("T")

_CHECKSUM = 16  # bytes
_TEMPORARY = ".part"
_LEVEL = 1  # of packing: JSON shrinks to a sixth at ten times the speed of computing anything that is stored
_ABANDONED = 3600  # seconds after which a temporary file can't belong to a run that is still writing it


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A value that was found; tells a stored ``None`` from nothing stored."""

    value: T


@dataclass(slots=True)
class Cache:
    """The memo in ``folder``; ``None`` for one that remembers nothing. ``hits`` and ``misses`` count by function."""

    folder: Path | None
    hits: Counter[str] = field(default_factory=Counter)
    misses: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    started: float = field(default_factory=time.time)

    def __post_init__(self) -> None:
        if self.folder is None:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self._give_up(error)

    def memo(self, function: Callable[..., T], version: str, *args: Any) -> T:
        """``function(*args)``, from the cache where it is there.

        ``version`` stands for the code and the data (lexicons, models) that the result depends on. ``function`` must be
        named, pure, and annotated with what it returns; the arguments are plain data or frozen dataclasses of it.
        """
        key = self.key(function, version, *args)
        hit = self.find(function, key)
        if hit is not None:
            return hit.value
        value = function(*args)
        self.store(function, key, value)
        return value

    def key(self, function: Callable[..., Any], version: str, *args: Any) -> str | None:
        """The address of a result; ``None`` where an argument can't be written as JSON: nothing can be remembered."""
        try:
            parts = msgspec.json.encode((_name(function), version, args), enc_hook=_plain, order="deterministic")
        except (TypeError, ValueError, msgspec.MsgspecError):
            return None
        return hashlib.sha256(parts).hexdigest()

    def find(self, function: Callable[..., T], key: str | None) -> Hit[T] | None:
        """The stored result under ``key``, else ``None``; counted either way."""
        hit = None if key is None else self._read(key, function)
        (self.misses if hit is None else self.hits)[_name(function)] += 1
        return hit

    def store(self, function: Callable[..., T], key: str | None, value: T) -> None:
        """Remembers ``value``, unless it would be read back as something else: cached equals fresh."""
        if key is not None and self.folder is not None:
            self.keep(key, packed(function, value))

    def keep(self, key: str | None, entry: bytes | None) -> None:
        """Remembers an entry that :func:`packed` made, perhaps in another process."""
        if key is not None and entry is not None and self.folder is not None:
            self._write(self._place(key), entry)

    def has(self, key: str) -> bool:
        """Whether there is an entry; it may still turn out to be damaged. It counts as used."""
        if self.folder is None:
            return False
        try:
            os.utime(self._place(key))
        except OSError:
            return False
        return True

    def opened(self, function: Callable[..., T], entry: bytes | None) -> T:
        """The value in an entry that was made just now. Raises ValueError for a damaged one."""
        hit = unpacked(function, entry or b"")
        if hit is None:
            raise ValueError("a damaged entry")
        return hit.value

    def prune(self, max_bytes: int) -> int:
        """Deletes the entries longest unused until the rest fits ``max_bytes``, but none that was used since this cache
        was opened: a collection that needs more would be computed anew each time. Returns how many went.
        """
        entries = sorted(_entries(self.folder), key=lambda e: (e[1], e[0]))
        size = sum(e[2] for e in entries)
        gone = 0
        for path, used, bytes_ in entries:
            if size <= max_bytes or used >= self.started - 1:  # a file system rounds its times
                break
            with suppress(OSError):
                Path(path).unlink()
            size -= bytes_
            gone += 1
        return gone

    def _read(self, key: str, function: Callable[..., T]) -> Hit[T] | None:
        if self.folder is None:
            return None
        path = self._place(key)
        try:
            value = unpacked(function, path.read_bytes())
        except OSError:
            return None
        if value is None:
            return None
        with suppress(OSError):
            os.utime(path)  # used now: prune() keeps it longest
        return value

    def _write(self, path: Path, data: bytes) -> None:
        try:
            path.parent.mkdir(exist_ok=True)
            handle, temporary = tempfile.mkstemp(suffix=_TEMPORARY, dir=path.parent)
        except OSError as error:
            self._give_up(error)
            return
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(temporary).replace(path)
        except OSError as error:
            with suppress(OSError):
                Path(temporary).unlink()
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        self.notes.append(f"the cache {self.folder} can't be used ({error.strerror or error}); going on without it")
        self.folder = None

    def _place(self, key: str) -> Path:
        assert self.folder is not None
        return self.folder / key[:2] / key[2:]


def packed(function: Callable[..., T], value: T) -> bytes | None:
    """The entry of a result of ``function``; ``None`` where it would be read back as something else."""
    try:
        payload = msgspec.json.encode(value)
        if msgspec.json.decode(payload, type=_returns(function)) != value:
            return None
    except (TypeError, ValueError, msgspec.MsgspecError):
        return None
    entry = zlib.compress(payload, _LEVEL)
    return _checksum(entry) + entry


def unpacked(function: Callable[..., T], entry: bytes) -> Hit[T] | None:
    """What :func:`packed` put into ``entry``; ``None`` where it is damaged."""
    payload = entry[_CHECKSUM:]
    if _checksum(payload) != entry[:_CHECKSUM]:
        return None
    try:
        value: T = msgspec.json.decode(zlib.decompress(payload), type=_returns(function))
    except (ValueError, zlib.error, msgspec.MsgspecError):
        return None
    return Hit(value)


def _name(function: Callable[..., Any]) -> str:
    name = f"{function.__module__}.{function.__qualname__}"
    if "<" in name:
        raise ValueError(f"{name} has no name of its own to be remembered by")
    return name


@lru_cache(maxsize=256)
def _returns(function: Callable[..., Any]) -> Any:
    """What ``function`` gives; a type gives itself."""
    return function if isinstance(function, type) else get_type_hints(function)["return"]


def _plain(value: Any) -> Any:
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    raise NotImplementedError(f"{type(value).__name__} is not plain data")


def _checksum(payload: bytes) -> bytes:
    return hashlib.blake2b(payload, digest_size=_CHECKSUM).digest()


def _entries(folder: Path | None) -> list[tuple[str, float, int]]:
    """(path, last used, bytes) of each entry; temporary files that a killed run left are deleted on the way."""
    found: list[tuple[str, float, int]] = []
    if folder is None:
        return found
    for path in folder.glob("??/*"):
        with suppress(OSError):
            status = path.stat()
            if path.suffix != _TEMPORARY:
                found.append((str(path), status.st_mtime, status.st_size))
            elif status.st_mtime < time.time() - _ABANDONED:
                path.unlink()
    return found
