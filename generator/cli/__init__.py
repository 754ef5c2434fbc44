"""The command line: the only place that prints or exits.

Exit status: 0 all well; 3 the work was done and some inputs were refused, each named on one line of stderr as
``path:line: message``; 1 nothing was made and what was there is untouched; 2 wrong usage. Never a traceback
(set CROSSREPORT_DEBUG=1 for one).
"""

from __future__ import annotations

import os
import sys
import warnings
from io import TextIOWrapper

import click

from generator import stopping
from generator.cli.program import commands
from generator.cli.telling import FAILED, OK, REFUSED, USAGE, complain
from generator.errors import BuildFailed, CrossreportError, UsageError, one_line

__all__ = ["FAILED", "OK", "REFUSED", "USAGE", "commands", "main"]


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line and exits."""
    stopping.install()
    if not os.environ.get("CROSSREPORT_DEBUG"):
        warnings.simplefilter("ignore")  # what a library thinks of an input is no message for a user
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # names of files may hold what is no character
    try:
        commands.main(args=arguments, prog_name="publish.py", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE)
    except UsageError as error:
        complain(error)
        sys.exit(USAGE)
    except BuildFailed as error:
        complain(error)
        sys.exit(FAILED)
    except (click.Abort, KeyboardInterrupt):
        click.echo(stopping.MESSAGE, err=True, nl=False)
        sys.exit(FAILED)
    except CrossreportError as error:
        complain(error)
        sys.exit(REFUSED)
    except Exception as error:
        if os.environ.get("CROSSREPORT_DEBUG"):
            raise
        what = one_line(f"{type(error).__name__}: {error}")
        click.echo(f"failed: {what} (CROSSREPORT_DEBUG=1 shows where)", err=True)
        sys.exit(FAILED)
    sys.exit(OK)
