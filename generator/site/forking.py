"""Stories rendered side by side: each process takes every n-th and hands back what it wrote, in the stories' order.

The processes are forked, so that they share what is loaded, and nothing but the results is carried between them. Where
the system can't fork, or one worker is asked for, they are done one after the other; the site is the same bytes.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TypeVar

from generator.errors import BuildFailed
from generator.site.problems import Problems

T = TypeVar("T")
R = TypeVar("R")
FEWEST = 4  # stories; for fewer a second process is not worth its start


def each(items: Sequence[T], function: Callable[[T], R], workers: int) -> Iterator[R] | None:
    """``function`` of each item, in their order, done by ``workers`` processes; ``None`` where it is to be done here.

    What ``function`` raises is raised here, and Pelican's complaints are repeated here. Raises BuildFailed where a
    process died.
    """
    can = "fork" in multiprocessing.get_all_start_methods() and os.name == "posix"
    if workers < 2 or len(items) < FEWEST or not can:
        return None
    return _each(items, function, min(workers, len(items)))


def _each(items: Sequence[T], function: Callable[[T], R], workers: int) -> Iterator[R]:
    context = multiprocessing.get_context("fork")
    started: list[tuple[BaseProcess, Connection]] = []
    try:
        for first in range(workers):
            here, there = context.Pipe(duplex=False)
            process: BaseProcess = context.Process(target=_work, args=(items[first::workers], function, there))
            process.start()
            there.close()  # so that a process that died is noticed
            started.append((process, here))
        for n in range(len(items)):
            yield _received(started[n % workers][1])
    finally:
        for process, here in started:
            process.kill()  # not asked to end: what is to be done at the end is the parent's to do
            process.join()
            here.close()


def _received(here: Connection) -> R:  # type: ignore[type-var]
    try:
        result, complaints, error = here.recv()
    except EOFError as died:
        raise BuildFailed("a process that rendered pages died") from died
    for complaint in complaints:
        logging.getLogger("pelican").warning("%s", complaint)
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]


def _work(items: Sequence[T], function: Callable[[T], R], there: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    problems = next((h for h in logging.getLogger("pelican").handlers if isinstance(h, Problems)), Problems())
    with suppress(BrokenPipeError):
        for item in items:
            problems.found.clear()
            try:
                there.send((function(item), problems.found, None))
            except BrokenPipeError:
                raise
            except Exception as error:  # handed on to be raised there
                there.send((None, problems.found, error))
                return
