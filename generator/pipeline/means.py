"""How a run works and what it tells: processes or a cluster, progress, problems, notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from generator import archive, executor
from generator.errors import CrossreportError
from generator.model import Digest, Removal

# Starting processes (and loading the parser into each) takes seconds; below so many items it never pays.
FEW_TO_CONVERT, FEW_TO_ANNOTATE = 600, 24
BATCH = 8
LOOSE = "unsorted"

Progress = Callable[[str, int, int], None]


def no_progress(stage: str, done: int, total: int) -> None:
    """Shows nothing."""


@dataclass(frozen=True, slots=True)
class Means:
    """How a run works: with how many processes or which cluster, and whom it tells of its progress."""

    workers: int = 1
    scheduler: str | None = None
    progress: Progress = no_progress

    def map(
        self,
        stage: str,
        function: Callable[[Any], Any],
        items: Iterable[Any],
        *,
        few: int,
        total: int | None = None,
        batch: int = BATCH,
    ) -> Iterator[Any]:
        """``function`` over ``items``, telling of progress; fewer than ``few`` are done in this process. ``items`` are
        read as they are needed where their number is given as ``total``.
        """
        items = items if total is not None else list(items)
        total = len(items) if isinstance(items, list) else total or 0
        alone = total < few and self.scheduler is None
        workers = 1 if alone else self.workers
        results = executor.map(function, items, workers=workers, scheduler=self.scheduler, batch=batch)
        self.progress(stage, 0, total)
        for done, result in enumerate(results, 1):
            self.progress(stage, done, total)
            yield result


@dataclass(frozen=True, slots=True)
class Compared:
    """A story that was compared, without its text: ``load`` gives the digest, and ``key`` changes when the digest does
    (``None``: it is remembered nowhere).
    """

    story: str
    key: str | None
    articles: int
    claims: int
    load: Callable[[], Digest]


# This process and nobody to tell.
ALONE = Means()


@dataclass(slots=True)
class Report:
    """What a run did: ``problems`` are inputs that were refused, ``notes`` worth a line, ``kept`` tells of files,
    ``removed`` of articles that were taken out on request.

    ``done`` and ``spared`` count what was computed and what was there already, by step. :meth:`of` gives each story a
    report of its own, which writes into this one as well where ``parts`` is ``None``.
    """

    problems: list[CrossreportError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    kept: list[tuple[str, archive.Kept, tuple[str, ...], int, int]] = field(default_factory=list)
    removed: list[Removal] = field(default_factory=list)
    articles: int = 0
    stories: int = 0
    claims: int = 0
    reused: int = 0
    computed: int = 0
    pages: int = 0
    done: Counter[str] = field(default_factory=Counter)
    spared: Counter[str] = field(default_factory=Counter)
    parts: dict[str, Report] | None = None

    def add(self, other: Report) -> None:
        """Take in what another report tells; the counts of articles, stories and claims stay."""
        self.problems += other.problems
        self.notes += other.notes
        self.kept += other.kept
        self.removed += other.removed
        self.reused += other.reused
        self.computed += other.computed
        self.done += other.done
        self.spared += other.spared

    def of(self, story: str) -> Report:
        """The report on one story: this one, unless reports are kept apart."""
        return self if self.parts is None else self.parts.setdefault(story, Report())
