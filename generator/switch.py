"""Puts a finished site in the place of the old one in one step, so that a reader always meets a whole site.

The new site is built in a folder beside, written out to the disk, and exchanged with the old one by one call of the
system (renameat2, Linux; elsewhere two renames). A lock keeps a second build of the same site out; what a killed build
left behind is taken away by the next one.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator import stopping
from generator.errors import BuildFailed

MARKER = ".crossreport"
_MARK = "This folder is written anew by crossreport; what is put here by hand is lost.\n"
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_HERE = -100  # AT_FDCWD


@contextmanager
def replacing(output: Path, *, apart_from: Iterable[Path]) -> Iterator[Path]:
    """A fresh folder beside ``output`` to build into; it takes the place of ``output`` when the block ends well.

    Raises BuildFailed where ``output`` is a folder that we didn't make, or holds or lies in one of ``apart_from``, or
    is being built by another run, or can't be written.
    """
    _refuse(output, apart_from)
    place = output.resolve()  # where a link leads; the link itself stays
    fresh = _beside(place, "new")

    def clear() -> None:
        for rest in (fresh, _beside(fresh, "staged")):
            shutil.rmtree(rest, ignore_errors=True)

    place.parent.mkdir(parents=True, exist_ok=True)
    with locked(place), stopping.taking_away(clear):
        _recover(place)
        clear()
        try:
            fresh.mkdir()
            yield fresh
            (fresh / MARKER).write_text(_MARK, encoding="utf-8")
            _write_out(fresh)
            _swap(fresh, place)
        except OSError as error:
            raise BuildFailed(f"can't be written: {error.strerror or error}", path=error.filename or output) from error
        finally:
            clear()


def _beside(place: Path, what: str) -> Path:
    return place.with_name(f".{place.name}.{what}")


def _refuse(output: Path, others: Iterable[Path]) -> None:
    place = output.resolve()
    for other in others:
        there = other.resolve()
        if place == there or place in there.parents or there in place.parents:
            raise BuildFailed(f"the output folder must not be, hold or lie in {other}", path=output)
    if output.exists() and not output.is_dir():
        raise BuildFailed("the output is a file, not a folder", path=output)
    if output.is_dir() and not (output / MARKER).is_file() and any(output.iterdir()):
        raise BuildFailed("the output folder holds files that crossreport didn't write; name another", path=output)


@contextmanager
def locked(place: Path) -> Iterator[None]:
    """Keeps other runs from ``place`` while the block lasts. The lock is the system's: it ends with the process, and a
    file that a killed run left behind holds nobody up.
    """
    try:
        import fcntl
    except ImportError:  # Windows: two builds at once are the user's to avoid
        yield
        return
    path = _beside(place, "lock")
    handle = -1
    while handle < 0:
        handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            raise BuildFailed("another build of this site is under way", path=place) from error
        if not _is_still(handle, path):  # the one before us took its file away between our two calls
            os.close(handle)
            handle = -1

    def unlock() -> None:
        with suppress(OSError):
            path.unlink()

    try:
        with stopping.taking_away(unlock):
            yield
    finally:
        unlock()
        os.close(handle)


def _is_still(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


def _recover(place: Path) -> None:
    """After a run that was killed between the two renames of a system without exchange, the old site comes back."""
    old = _beside(place, "old")
    if old.is_dir() and not place.exists():
        old.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _write_out(folder: Path) -> None:
    """Everything written so far reaches the disk before the switch, so that a power cut leaves one site whole."""
    with suppress(AttributeError):  # not on Windows
        handle = os.open(folder, os.O_RDONLY)
        try:
            if sys.platform.startswith("linux") and hasattr(libc := ctypes.CDLL(None, use_errno=True), "syncfs"):
                if libc.syncfs(handle):
                    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
            else:
                os.sync()
        finally:
            os.close(handle)


def _swap(fresh: Path, place: Path) -> None:
    if not place.exists():
        fresh.rename(place)
    elif not _exchange(fresh, place):
        old = _beside(place, "old")
        place.rename(old)
        fresh.rename(place)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(a: Path, b: Path) -> bool:
    """Swaps two folders in one step where the system can; whether it did."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(renameat2(_HERE, os.fsencode(a), _HERE, os.fsencode(b), _EXCHANGE) == 0)
