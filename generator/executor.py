"""One ``map(function, items)`` for all: in this process, over a pool of processes, or on a Dask cluster.

The three give the same results in the same order, that of the items; an exception comes at the place of its item, after
the results before it. Items are read as they are needed, and only a few batches are under way at a time, so a stream
of any length can be mapped. ``function`` must be importable by name (a module's top level) and pure: a batch whose
worker died is run again.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, TypeVar

from generator.errors import BuildFailed, UsageError

I = TypeVar("I")  # noqa: E741
R = TypeVar("R")

BATCHES_PER_WORKER = 3  # under way at once: enough to keep a worker busy while the first in order is waited for
ATTEMPTS = 3  # of one batch, whose worker died each time
SECONDS_TO_END = 3
SECONDS_TO_ANSWER = 10  # for a scheduler


def map(
    function: Callable[[I], R],
    items: Iterable[I],
    *,
    workers: int = 1,
    scheduler: str | None = None,
    batch: int = 16,
) -> Iterator[R]:
    """The results of ``function`` for each of ``items``, in their order.

    ``workers`` processes on this machine, or the Dask cluster at the address ``scheduler``; ``batch`` items travel at a
    time. Raises what the function raised; BuildFailed where workers keep dying or the scheduler doesn't answer;
    UsageError where Dask is asked for and not installed.
    """
    if workers < 1 or batch < 1:
        raise UsageError(f"workers and batch must be 1 or more, not {workers} and {batch}")
    if scheduler is not None:
        return _ordered(function, _batches(items, batch), lambda: _Cluster(scheduler))
    if workers == 1:
        return (function(item) for item in items)
    return _ordered(function, _batches(items, batch), lambda: _Pool(workers))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a batch came to: the results up to its first exception, and that exception."""

    results: tuple[Any, ...]
    error: Exception | None = None


class _Runner(Protocol):
    """Runs batches somewhere else; ``submit`` must not block, ``outcome`` waits."""

    capacity: int

    def submit(self, function: Callable[[I], R], items: tuple[I, ...]) -> Any: ...

    def outcome(self, ticket: Any) -> _Outcome: ...

    def close(self) -> None: ...


def _ordered(function: Callable[[I], R], batches: Iterator[tuple[I, ...]], start: Callable[[], _Runner]) -> Iterator[R]:
    first = next(batches, None)
    if first is None:
        return
    under_way: deque[Any] = deque()
    with closing(start()) as runner:
        for items in itertools.chain([first], batches):
            under_way.append(runner.submit(function, items))
            if len(under_way) >= runner.capacity:
                yield from _results(runner.outcome(under_way.popleft()))
        while under_way:
            yield from _results(runner.outcome(under_way.popleft()))


def _results(outcome: _Outcome) -> Iterator[Any]:
    yield from outcome.results
    if outcome.error is not None:
        raise outcome.error


def _batches(items: Iterable[I], size: int) -> Iterator[tuple[I, ...]]:
    rest = iter(items)
    return iter(lambda: tuple(itertools.islice(rest, size)), ())


def _run(function: Callable[[I], R], items: tuple[I, ...]) -> _Outcome:
    """Runs in the worker."""
    results: list[R] = []
    for item in items:
        try:
            results.append(function(item))
        except Exception as error:
            # One that can't be pickled would take the worker's channel with it, so it is told in words.
            return _Outcome(tuple(results), error if _travels(error) else RuntimeError(repr(error)))
    return _Outcome(tuple(results))


def _travels(error: Exception) -> bool:
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 (our own bytes)
    except Exception:
        return False
    return True


@dataclass(slots=True)
class _Ticket:
    function: Callable[[Any], Any]
    items: tuple[Any, ...]
    future: Future[_Outcome]
    attempts: int = 1


class _Pool:
    """A pool of processes, started afresh (spawn) on every system: no state, lock or thread is inherited half-way."""

    def __init__(self, workers: int) -> None:
        self.capacity = workers * BATCHES_PER_WORKER
        self._workers = workers
        self._others = {p.pid for p in multiprocessing.active_children()}
        self._tickets: list[_Ticket] = []
        self._pool = self._start()

    def _start(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._workers, mp_context=context, initializer=_leave_interrupts_to_the_parent)

    def submit(self, function: Callable[[I], R], items: tuple[I, ...]) -> _Ticket:
        ticket = _Ticket(function, items, self._send(function, items))
        self._tickets.append(ticket)
        return ticket

    def outcome(self, ticket: _Ticket) -> _Outcome:
        while True:
            try:
                outcome = ticket.future.result()
            except BrokenProcessPool as error:
                if ticket.attempts == ATTEMPTS:
                    raise BuildFailed(
                        f"a worker process died {ATTEMPTS} times over the same {len(ticket.items)} items "
                        "(out of memory?); fewer --workers may help"
                    ) from error
                ticket.attempts += 1
                self._restart()
            else:
                self._tickets.remove(ticket)
                return outcome

    def _send(self, function: Callable[[I], R], items: tuple[I, ...]) -> Future[_Outcome]:
        try:
            return self._pool.submit(_run, function, items)
        except BrokenProcessPool as error:
            broken: Future[_Outcome] = Future()
            broken.set_exception(error)
            return broken

    def _restart(self) -> None:
        """A new pool for every batch that has no outcome yet."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._start()
        for ticket in self._tickets:
            if not ticket.future.done() or ticket.future.cancelled() or ticket.future.exception() is not None:
                ticket.future = self._send(ticket.function, ticket.items)

    def close(self) -> None:
        """Ends at once: whoever closes early (an exception, Ctrl-C) wants no more results."""
        unfinished = bool(self._tickets)
        self._pool.shutdown(wait=not unfinished, cancel_futures=True)
        if unfinished:
            for process in multiprocessing.active_children():
                if process.pid not in self._others:
                    process.terminate()
                    process.join(SECONDS_TO_END)
                    process.kill()
                    process.join()


def _leave_interrupts_to_the_parent() -> None:
    # Ctrl-C reaches the whole process group; a traceback from each worker would bury the one line that the user needs.
    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)


class _Cluster:
    """A Dask cluster that exists already. Dask itself runs the batches of a lost worker again."""

    def __init__(self, address: str) -> None:
        try:
            self._dask: Any = import_module("distributed")
        except ImportError as error:
            raise UsageError("--scheduler needs Dask: pip install 'crossreport[dask]'") from error
        try:
            self._client = self._dask.Client(address, timeout=SECONDS_TO_ANSWER, set_as_default=False)
        except (OSError, ValueError) as error:
            raise BuildFailed(f"no Dask scheduler answers at {address}: {error or type(error).__name__}") from error
        self.capacity = max(2, sum(self._client.nthreads().values())) * BATCHES_PER_WORKER

    def submit(self, function: Callable[[I], R], items: tuple[I, ...]) -> Any:
        return self._client.submit(_run, function, items, pure=False, retries=0)

    def outcome(self, ticket: Any) -> _Outcome:
        try:
            outcome: _Outcome = ticket.result()
        except self._dask.KilledWorker as error:
            raise BuildFailed(
                f"the cluster's workers keep dying over the same batch (out of memory?): {error}"
            ) from error
        except CancelledError as error:
            raise BuildFailed(f"the Dask scheduler was lost: {error}") from error
        ticket.release()
        return outcome

    def close(self) -> None:
        self._client.close(timeout=SECONDS_TO_ANSWER)


def cores() -> int:
    """How many processes this machine can run at once, for this process."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
