"""Pelican logs what goes wrong and goes on. Here its log is listened to, and everything it left behind in the process
(signal receivers, log filters, the logger class, the locale, the module search path) is put back.
"""

from __future__ import annotations

import locale
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Problems(logging.Handler):
    """Keeps warnings and errors, with the cause where there is one."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        cause = record.exc_info[1] if isinstance(record.exc_info, tuple) else sys.exc_info()[1]
        self.found.append(record.getMessage() + (f": {type(cause).__name__}: {cause}" if cause else ""))


@contextmanager
def contained(receivers: dict[str, Callable[..., object]]) -> Iterator[Problems]:
    """Pelican with ``receivers`` on its signals (by name) while the context lasts; gives what it complains of."""
    search_path, logger_class = list(sys.path), logging.getLoggerClass()
    here, root_class = locale.setlocale(locale.LC_ALL), type(logging.getLogger())
    from pelican import log
    from pelican.plugins import signals

    logging.setLoggerClass(logger_class)
    logging.getLogger().__class__ = root_class
    logger, problems = logging.getLogger("pelican"), Problems()
    before = (logger.level, logger.propagate, log.console.quiet)
    _forget(log.LimitFilter)
    logger.addHandler(problems)
    logger.setLevel(logging.WARNING)
    logger.propagate, log.console.quiet = False, True
    for name, receiver in receivers.items():
        getattr(signals, name).connect(receiver, weak=False)
    try:
        yield problems
    finally:
        for name, receiver in receivers.items():
            getattr(signals, name).disconnect(receiver)
        logger.removeHandler(problems)
        logger.setLevel(before[0])
        logger.propagate, log.console.quiet = before[1:]
        _forget(log.LimitFilter)
        sys.path[:] = search_path
        locale.setlocale(locale.LC_ALL, here)


def _forget(limit: type) -> None:
    """Pelican mutes a message it has said before; in a second build it is news again."""
    for name in ("_raised_messages", "_ignore", "_group_count"):
        getattr(limit, name).clear()
