"""The errors that a user can cause, each with its place and its reason.

CrossreportError
├── InputRefused      one input can't be used; the rest goes on (exit status 3)
├── UsageError        the command or a setting is wrong (exit status 2)
└── BuildFailed       no site was made; the old one is untouched (exit status 1)
    └── LawBroken     a law of the format would have been broken: nothing was written
"""

from __future__ import annotations

import re


class CrossreportError(Exception):
    """Base of all; prints as ``path:line: message``, as far as the place is known."""

    def __init__(self, message: str, *, path: object = None, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.path = None if path is None else str(path)
        self.line = line

    def __str__(self) -> str:
        lines = [self.message] if isinstance(self, InputRefused) else self.message.split("\n")
        message = "\n".join(one_line(line) for line in lines)
        return message if self.path is None else f"{one_line(self.path)}:{self.line or 1}: {message}"

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions with keyword-only arguments don't survive a process pool otherwise.
        return (_rebuild, (type(self), self.message, self.path, self.line))


def one_line(text: str) -> str:
    """``text`` with every character that would steer a terminal or begin a line written out ("\\n", "\\x1b")."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _rebuild(kind: type[CrossreportError], message: str, path: str | None, line: int | None) -> CrossreportError:
    return kind(message, path=path, line=line)


class InputRefused(CrossreportError):
    """One input can't be used; the others are."""


def unreadable_toml(path: object, error: Exception) -> InputRefused:
    """What is told of a TOML file that can't be read, with the line that the parser names."""
    place = re.search(r"at line (\d+)", str(error))
    return InputRefused(f"not readable as TOML: {error}", path=path, line=int(place[1]) if place else None)


class UsageError(CrossreportError):
    """The command line or a setting is wrong."""


class BuildFailed(CrossreportError):
    """No site was made; the old one is untouched."""


class LawBroken(BuildFailed):
    """A law of the format would have been broken, so nothing was written; the message names the law."""
