"""How a run works and what it tells: processes or a cluster, progress, problems, notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from generator import archive, executor
from generator.errors import CrossreportError
from generator.model import Removal

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

    def map(self, stage: str, function: Callable[[Any], Any], items: list[Any], *, few: int) -> Iterator[Any]:
        """``function`` over ``items``, telling of progress; fewer than ``few`` are done in this process."""
        alone = len(items) < few and self.scheduler is None
        results = executor.map(
            function, items, workers=1 if alone else self.workers, scheduler=self.scheduler, batch=BATCH
        )
        self.progress(stage, 0, len(items))
        for done, result in enumerate(results, 1):
            self.progress(stage, done, len(items))
            yield result


# This process and nobody to tell.
ALONE = Means()


@dataclass(slots=True)
class Report:
    """What a run did: ``problems`` are inputs that were refused, ``notes`` worth a line, ``kept`` tells of files,
    ``removed`` of articles that were taken out on request.
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
