"""Ctrl-C and SIGTERM: one line, what was begun is taken away, and out at once.

Installed before anything heavy is imported, by ``publish.py`` and the command line. The work of a stopped run is beside
the site, never in it, so there is nothing to finish. What must be taken away is named by :func:`taking_away`.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

FAILED = 1
MESSAGE = "stopped; the site is whole, as it was before or after\n"
_begun: list[Callable[[], None]] = []
_owner = os.getpid()


def install() -> None:
    """From here on both signals end this process, and the processes that it started."""
    global _owner
    _owner = os.getpid()
    with suppress(ValueError):  # not in the main thread: whoever runs us has handlers of their own
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _stop)


def uninstall() -> None:
    """Ctrl-C raises KeyboardInterrupt again, for what has an orderly end of its own."""
    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def taking_away(undo: Callable[[], None]) -> Iterator[None]:
    """``undo`` is called should the process be stopped in this block."""
    _begun.append(undo)
    try:
        yield
    finally:
        _begun.remove(undo)


def _stop(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)
    if os.getpid() == _owner:
        os.write(2, MESSAGE.encode())
        for process in _children():
            with suppress(Exception):
                process.kill()
        for undo in reversed(_begun):
            with suppress(Exception):
                undo()
    os._exit(FAILED)


def _children() -> list[Any]:
    multiprocessing = sys.modules.get("multiprocessing")
    return list(multiprocessing.active_children()) if multiprocessing else []
