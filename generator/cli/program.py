"""The commands: what each is called, what may be said to it, and what it does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import __version__, stopping
from generator.cli import telling
from generator.cli.telling import FAILED, count
from generator.errors import CrossreportError, UsageError

if TYPE_CHECKING:
    from generator.pipeline import Means
    from generator.project import Project

EVERY_CORE = 0


class _Commands(click.Group):
    """``build`` where no command is named: plain ``python publish.py`` builds."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first = next((a for a in args if not a.startswith("-")), None)
        own = {"--help", "-h", "--version"}
        if first not in self.commands and not own.intersection(args[:1]):
            args = ["build", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="crossreport")
def commands() -> None:
    """A site from a pile of news articles: who reports what, who said it, and who copied whom.

    Without a command, builds the site of content/ into output/.
    """


_content = click.option(
    "--content", type=click.Path(path_type=Path), default=Path("content"), show_default=True, help="Where inbox/ lies."
)
_output = click.option(
    "--output", type=click.Path(path_type=Path), default=Path("output"), show_default=True, help="Where the site goes."
)
_work = click.option(
    "--work",
    type=click.Path(path_type=Path),
    default=Path("work"),
    show_default=True,
    help="For the cache, and with FOLDER for the Markdown.",
)
_workers = click.option(
    "--workers", type=click.IntRange(0), default=EVERY_CORE, help="Processes.  [default: one per core]"
)
_scheduler = click.option("--scheduler", metavar="ADDRESS", help="A Dask cluster to annotate on.")


@commands.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@_content
@_output
@_work
@_workers
@_scheduler
@click.option(
    "--profile", type=click.Choice(["local", "public"]), help="Show all, or what rights allow.  [default: local]"
)
@click.option("--url", envvar="SITEURL", help="The address of the site; goes before that in digest.toml.")
def build(
    folder: Path | None,
    content: Path,
    output: Path,
    work: Path,
    workers: int,
    scheduler: str | None,
    profile: str | None,
    url: str | None,
) -> None:
    """Build the site: convert, compare, render.

    With FOLDER (any folder of saved articles; its subfolders are stories) nothing but --work and --output is written.
    """
    from generator import pipeline

    project = _project(content, output, work, folder).with_settings(profile=profile, url=url)
    with _means(workers, scheduler) as means:
        report = pipeline.build(project, means)
    click.echo(
        f"{count(report.articles, 'article')} in {count(report.stories, 'story', 'stories')}, "
        f"{count(report.claims, 'claim')}; annotated {report.computed}, reused {report.reused}."
    )
    click.echo(telling.reused(report))
    click.echo(f"The site is in {output}: open {output / 'index.html'}")
    telling.finish(report)


@commands.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--to", "target", required=True, type=click.Path(path_type=Path), help="The folder for the Markdown.")
@click.option("--story", default="", help="Put all articles into one story of this name.")
@_workers
def convert(inputs: tuple[Path, ...], target: Path, story: str, workers: int) -> None:
    """Convert files or folders to Markdown with YAML front matter."""
    from generator import pipeline

    report = pipeline.Report()
    with _means(workers, None) as means:
        for path in inputs:
            pipeline.convert_input(path, target, story, means, report)
    for name, kept, doubts, body, removed in report.kept:
        doubt = f"; doubts: {', '.join(doubts)}" if doubts else ""
        click.echo(f"{name}: {count(body, 'paragraph')} kept, {removed} set aside{doubt} -> {kept.path} ({kept.state})")
    telling.finish(report, made=len(report.kept))


@commands.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="A JSON line per article.")
def inspect(files: tuple[Path, ...], as_json: bool) -> None:
    """Show how files are read: each block's role and rule, metadata with evidence, who said what."""
    import json

    from generator import pipeline

    report, shown = pipeline.Report(), 0
    for path in files:
        try:
            for record in pipeline.inspect(path):
                shown += 1
                if as_json:
                    click.echo(json.dumps(record, ensure_ascii=False))
                else:
                    telling.show(record, path)
        except CrossreportError as error:
            report.problems.append(error)
    telling.finish(report, made=shown)


@commands.command()
@click.option("--to", "target", required=True, type=click.Path(path_type=Path), help="The JSON file to write.")
@click.option("--csv", "csv_folder", type=click.Path(path_type=Path), help="A folder for tables as CSV.")
@_content
@_work
@_workers
@_scheduler
def export(
    target: Path, csv_folder: Path | None, content: Path, work: Path, workers: int, scheduler: str | None
) -> None:
    """Write the digest of content/ as JSON, and as CSV tables."""
    import json

    from generator import archive, pipeline
    from generator.export import tables

    project = _project(content, Path("output"), work, None)
    with _means(workers, scheduler) as means:
        record, digests, report = pipeline.export_records(project, means)
    archive.write_whole(target, json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    click.echo(f"{target}: {count(report.stories, 'story', 'stories')}, {count(report.claims, 'claim')}")
    if csv_folder is not None:
        for name, text in tables(digests).items():
            archive.write_whole(csv_folder / name, text)
    telling.finish(report)


@commands.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@_content
@_output
@_work
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
def serve(folder: Path | None, content: Path, output: Path, work: Path, port: int) -> None:
    """Build, show the site on this machine, and build again when something changes."""
    from generator import serving

    stopping.uninstall()  # Ctrl-C is how serving ends
    serving.serve(_project(content, output, work, folder), port=port, say=click.echo, complain=telling.complain)


@commands.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@_content
@_output
@_work
@click.option("--strict", is_flag=True, help="Let lesser findings count, too.")
def check(folder: Path | None, content: Path, output: Path, work: Path, strict: bool) -> None:
    """Read a finished site back: links, quotations, excerpts, scripts, feeds.

    Every quotation must stand in its article in content/ (for a site built from FOLDER, in --work). Each finding is a
    line on stdout, path:line: message; the exit status is 1 where there is one, else 0. Nothing is written.
    """
    from generator import pipeline

    report = pipeline.Report()
    found = pipeline.check(_project(content, output, work, folder), report=report)
    telling.show_findings(found, output)
    for problem in report.problems:
        telling.complain(problem)
    click.echo(count(len(found), "finding"), err=True)
    if any(strict or not f.minor for f in found):
        sys.exit(FAILED)


@commands.command()
@_content
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="A site made with --profile public.  [default: one is made afresh, in WORK/public]",
)
@_work
@click.option("--remote", default="origin", show_default=True, help="The remote of this folder's repository.")
@click.option("--branch", default="gh-pages", show_default=True, help="The branch that is published.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--yes", is_flag=True, help="Replace what others put on the branch without asking.")
def deploy(content: Path, output: Path | None, work: Path, remote: str, branch: str, dry_run: bool, yes: bool) -> None:
    """Publish the site on GitHub Pages: build for the public, check, push.

    Nothing is pushed when nothing changed or the check finds something. Others' commits on the branch stay in its
    history.
    """
    from generator import deploying

    target = deploying.Target(content.resolve().parent, remote, branch)
    address = deploying.pages_url(deploying.remote_url(target))
    project = _public_site(content, output, work, address)
    with deploying.prepared(project.output, target) as change:
        where = f"{branch} of {remote}"
        if change.nothing:
            click.echo(f"{where}: nothing has changed, nothing is pushed")
            return
        telling.tell_change(change, where)
        if dry_run:
            click.echo("dry run: nothing is pushed")
            return
        if change.foreign and not yes:
            click.confirm(f"Put the site on top of {count(len(change.foreign), 'commit')} of others?", abort=True)
        click.echo(f"pushed {deploying.push(target)} to {where}")
        if project.settings.url:
            click.echo(f"In some minutes it is at {project.settings.url}")


def _public_site(content: Path, output: Path | None, work: Path, address: str | None) -> Project:
    """The project with a site for the public in its output, checked. Exits where it may not be published."""
    from generator import pipeline

    project = pipeline.for_public(_project(content, output or work / "public", work, None), address)
    report = pipeline.Report()
    if output is None:
        with _means(EVERY_CORE, None) as means:
            report = pipeline.build(project, means)
    else:
        pipeline.require_public(output)
    found = [f for f in pipeline.check(project, report=report) if not f.minor]
    telling.show_findings(found, project.output)
    for problem in report.problems:
        telling.complain(problem)
    if found or report.problems:
        click.echo("not published: correct these first", err=True)
        sys.exit(FAILED)
    return project


@commands.command()
@_content
@_work
@click.option("--strict", is_flag=True, help="Decisions that point at nothing any more are errors.")
@_workers
def review(content: Path, work: Path, strict: bool, workers: int) -> None:
    """List what needs a person, with the TOML to paste.

    Unknown outlets, undated articles, doubtful speakers, joins and places, dead decisions, edits whose source changed.
    """
    from generator import pipeline
    from generator import review as reviewing

    report = pipeline.Report()
    with _means(workers, None) as means:
        found = reviewing.review(_project(content, Path("output"), work, None), means, report)
    for text in reviewing.lines(found):
        click.echo(text)
    click.echo(f"{count(len(found), 'thing')} for a person", err=True)
    report.notes = [n for n in report.notes if "points at nothing any more" not in n]  # listed above
    if strict:
        report.problems += reviewing.errors(found)
    telling.finish(report)


def _project(content: Path, output: Path, work: Path, folder: Path | None) -> Project:
    from generator.project import Project

    if folder is not None and not folder.is_dir():
        raise UsageError("no such folder" if not folder.exists() else "not a folder", path=folder)
    if folder is None and not content.is_dir():
        raise UsageError("no such folder", path=content)
    return Project.at(content, output, work, folder)


@contextmanager
def _means(workers: int, scheduler: str | None) -> Iterator[Means]:
    from generator.executor import cores
    from generator.pipeline import Means

    with telling.progress() as progress:
        yield Means(workers or cores(), scheduler, progress)
