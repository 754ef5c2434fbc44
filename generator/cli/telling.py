"""What the commands print, and how they end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.errors import CrossreportError

if TYPE_CHECKING:
    from generator.deploying import Change
    from generator.pipeline import Report
    from generator.site.checking import Finding

OK, FAILED, USAGE, REFUSED = 0, 1, 2, 3


def show_findings(found: list[Finding], output: Path) -> None:
    """Each finding on a line, ``path:line: message``."""
    for finding in found:
        click.echo(f"{output / finding.path}:{finding.line}: {'(minor) ' if finding.minor else ''}{finding.message}")


def tell_change(change: Change, where: str) -> None:
    """What publishing would change, and whose commits lie on the branch."""
    counts = (count(change.new, "new file"), f"{change.changed} changed", f"{change.gone} gone")
    click.echo(f"{where}{'' if change.tip else ' (first publication)'}: {', '.join(counts)}")
    if change.cname:
        click.echo(f"the domain {change.cname} is kept")
    for subject in change.foreign[:5]:
        click.echo(f"not ours on the branch: {subject}")


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on stderr while it is a terminal; nothing otherwise."""
    if not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield tell


def show(record: dict[str, Any], path: Path) -> None:
    """An inspected article for a person: roles in the margin, who said what in colour where the terminal has it."""
    from generator.reading import margin

    colours: dict[str, dict[str, Any]] = {
        "margin": {"dim": True},
        "source": {"fg": "cyan"},
        "cue": {"fg": "yellow"},
        "content": {"fg": "green"},
    }
    for line in margin(record, path, lambda text, kind: click.style(text, **colours[kind])):
        click.echo(line)


def reused(report: Report) -> str:
    """What was there already, and what was made."""
    stories, files = report.spared["stories"], report.spared["files"]
    return (
        f"Stories as they were: {stories} of {stories + report.done['stories']}; "
        f"files as they were: {files} of {files + report.done['files']}."
    )


def finish(report: Report, made: int = 1) -> None:
    """Says what was noted and what went wrong, and exits where something did; ``made`` is whether anything was made."""
    for note in report.notes:
        click.echo(note, err=True)
    for problem in report.problems:
        complain(problem)
    if report.problems:
        sys.exit(REFUSED if made else FAILED)


def complain(error: CrossreportError) -> None:
    """One line on stderr."""
    click.echo(str(error), err=True)


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 file", "2 stories"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
