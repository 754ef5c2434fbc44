"""The user's files, read with care: regular ones, in the folder that was named, of a stated size at most."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from generator.errors import InputRefused

MAX_BYTES = 50 << 20
_BINARY = getattr(os, "O_BINARY", 0)


def read(path: Path, *, within: Path, most: int = MAX_BYTES) -> bytes:
    """The bytes of a file that lies under ``within``, wherever a link leads: none may lead out.

    Raises InputRefused for that, and for what is no regular file (a pipe keeps nobody waiting: what was opened is what
    is looked at), can't be read, or holds more than ``most`` bytes.
    """
    try:
        return _regular(path, within, most)
    except (OSError, RuntimeError) as error:
        if not isinstance(error, OSError):
            raise InputRefused("can't be read: a loop of links", path=path) from error
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise InputRefused(f"can't be read: {reason}", path=path) from error


def read_text(path: Path, *, within: Path, most: int = MAX_BYTES) -> str:
    """The same as text without a byte order mark, its lines ended by a line feed. Raises InputRefused for what is not
    UTF-8, too.
    """
    try:
        text = read(path, within=within, most=most).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputRefused("not UTF-8", path=path) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def leads_out(path: Path, within: Path) -> bool:
    """Whether ``path`` is a link to something that doesn't lie under ``within``, or to nothing."""
    if not path.is_symlink():
        return False
    try:
        return not path.resolve(strict=True).is_relative_to(within.resolve())
    except (OSError, RuntimeError):
        return True


def _regular(path: Path, within: Path, most: int) -> bytes:
    place = path.resolve(strict=True)
    if not place.is_relative_to(within.resolve()):
        raise InputRefused("a link that leads out of the folder", path=path)
    handle = os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | _BINARY)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise InputRefused("not a regular file", path=path)
        if status.st_size > most:
            raise InputRefused(_too_large(most, status.st_size), path=path)
        with os.fdopen(handle, "rb", closefd=False) as file:
            data = file.read(most + 1)
    finally:
        os.close(handle)
    if len(data) > most:  # it grew while it was read
        raise InputRefused(_too_large(most), path=path)
    return data


def _too_large(most: int, size: int = 0) -> str:
    """Of two sizes, the second rounded up, so that they differ."""
    return f"larger than {most >> 20} MB" + (f": it has {-(-size * 10 // (1 << 20)) / 10:,} MB" if size else "")
