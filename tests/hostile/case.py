"""A hostile input and what must hold of it; harmless words to put it between."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

BUILT, REFUSED, EITHER = "built", "refused", "either"
PARTLY = "partly"  # built, and what of it can't be read is told
CANARY = "zzcanary"  # words of files outside the input begin with it; no output may hold one
MARK = "zzfired"  # what an input's script would leave behind

_SYLLABLES = "bar kel mor tan vel dor sim ruk lan pes gor hin wal tor fen mar dul rig sol nek".split()
_VERBS = "closed opened rebuilt inspected mentioned repaired crossed measured".split()
_THINGS = "bridge harbour quarry library orchard ferry reservoir market lighthouse tramway".split()


@dataclass(frozen=True)
class Case:
    """``files`` are laid into one folder; ``lay`` does there what bytes can't (links, pipes, modes).

    ``keep`` are stretches of text that must stand on the article's page, character for character but for white space
    and invisible marks. ``fate`` is what becomes of it; ``refused`` names the files that must be named, each on one
    or two lines, where it is not simply all of them. ``full`` marks what is too large for a quick run.
    """

    name: str
    kind: str
    files: tuple[tuple[str, bytes], ...] = ()
    keep: tuple[str, ...] = ()
    fate: str = BUILT
    refused: tuple[str, ...] = ()
    lay: Callable[[Path], None] | None = None
    full: bool = False

    @property
    def named(self) -> tuple[str, ...]:
        """The files that must be named on stderr."""
        return self.refused or (tuple(name for name, _ in self.files) if self.fate in (REFUSED, PARTLY) else ())


class Words:
    """Harmless English of invented names, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def name(self) -> str:
        return "".join(self._random.choices(_SYLLABLES, k=self._random.randint(2, 3))).capitalize()

    def sentence(self) -> str:
        r = self._random
        return (
            f"The {r.choice(_THINGS)} at {self.name()} was {r.choice(_VERBS)} by {self.name()} "
            f"{self.name()} after {r.randint(2, 90)} workers from {self.name()} had asked for it."
        )

    def said(self) -> str:
        return f'"We {self._random.choice(_VERBS)} it in {self.name()}," said {self.name()} {self.name()}, the warden.'

    def title(self) -> str:
        return f"{self.name()} {self._random.choice(_VERBS)} the {self._random.choice(_THINGS)} of {self.name()}"

    def paragraph(self) -> str:
        return " ".join((self.sentence(), self.said(), self.sentence()))

    def article(self, *pieces: str) -> tuple[str, tuple[str, ...]]:
        """A plain text with ``pieces`` as paragraphs in its midst, and the stretches of it that must be kept."""
        parts = [self.title(), self.paragraph(), *pieces, self.paragraph()]
        return "\n\n".join(parts) + "\n", tuple(parts)

    def page(self, piece: str = "", *, head: str = "", title: str | None = None) -> tuple[str, tuple[str, ...]]:
        """A web page with the markup ``piece`` in its midst, and the words of ours in it."""
        title, one, two = title or self.title(), self.paragraph(), self.paragraph()
        text = (
            f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title>{head}</head><body>"
            f"<article><h1>{title}</h1><p>{one}</p>\n{piece}\n<p>{two}</p></article></body></html>"
        )
        return text, (one, two)
