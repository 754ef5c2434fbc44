"""Puts a finished site in the place of the old one in one step, so that a reader always meets a whole site."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import BuildFailed

MARKER = ".crossreport"
_MARK = "This folder is written anew by crossreport; what is put here by hand is lost.\n"
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_HERE = -100  # AT_FDCWD


@contextmanager
def replacing(output: Path, *, apart_from: Iterable[Path]) -> Iterator[Path]:
    """A fresh folder beside ``output`` to build into; it takes the place of ``output`` when the block ends well.

    Raises BuildFailed where ``output`` is a folder that we didn't make, or holds or lies in one of ``apart_from``.
    """
    _refuse(output, apart_from)
    fresh = output.parent / f".{output.name}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        yield fresh
        (fresh / MARKER).write_text(_MARK, encoding="utf-8")
        _swap(fresh, output)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _refuse(output: Path, others: Iterable[Path]) -> None:
    place = output.resolve()
    for other in others:
        there = other.resolve()
        if place == there or place in there.parents or there in place.parents:
            raise BuildFailed(f"the output folder must not be, hold or lie in {other}", path=output)
    if output.is_file():
        raise BuildFailed("the output is a file, not a folder", path=output)
    if output.is_dir() and not (output / MARKER).exists() and any(output.iterdir()):
        raise BuildFailed("the output folder holds files that crossreport didn't write; name another", path=output)


def _swap(fresh: Path, output: Path) -> None:
    if not output.exists():
        fresh.rename(output)
        return
    if _exchange(fresh, output):
        return
    old = output.parent / f".{output.name}.old"
    shutil.rmtree(old, ignore_errors=True)
    output.rename(old)
    fresh.rename(output)
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
