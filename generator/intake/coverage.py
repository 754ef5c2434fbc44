"""coverage.toml: what the files of a folder can't say of themselves, given by the person who saved them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.errors import InputRefused
from generator.model import Hints

NAME = "coverage.toml"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What coverage.toml says. ``entries`` are (file name or glob, hints) in printed order; ``problems`` are what
    couldn't be used, each with its line.
    """

    path: Path
    entries: tuple[tuple[str, Hints], ...] = ()
    problems: tuple[InputRefused, ...] = ()

    def hints_for(self, name: str) -> Hints:
        """What is said of the file ``name`` (relative to the folder, with "/")."""
        return Hints()


def read_coverage(folder: Path) -> Coverage:
    """The coverage.toml of ``folder``; an empty Coverage where there is none."""
    return Coverage(folder / NAME)
