"""The words in a file of any kind, freed of what its format puts between them, each with its line."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape

_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\(.)")
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of words; ``starts`` are the offsets in it at which the ``lines`` of the file begin."""

    words: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]

    def line(self, offset: int) -> int:
        return self.lines[max(bisect_right(self.starts, offset) - 1, 0)]

    @classmethod
    def of_pieces(cls, pieces: list[tuple[str, int]]) -> Text:
        """Of pieces that follow each other, each with its line."""
        starts, at = [], 0
        for words, _ in pieces:
            starts.append(at)
            at += len(words)
        return cls("".join(w for w, _ in pieces), tuple(starts), tuple(n for _, n in pieces) or (1,))


def texts_of(name: str, data: bytes) -> list[Text]:
    """A file that is no page; a picture is searched for readable words, too."""
    suffix = name.rpartition(".")[2]
    rows = data.decode("utf-8", "ignore").split("\n")
    if suffix in ("json", "js", "map"):
        rows = [unescaped(row) for row in rows]
    elif suffix in ("xml", "svg"):
        rows = [unescape(_TAG.sub(" ", row)) for row in rows]
    return [Text.of_pieces([(row + "\n", n) for n, row in enumerate(rows, 1)])]


def unescaped(text: str) -> str:
    """JSON's and JavaScript's escapes undone; a line break becomes a space."""
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else " " if m[2] in "nrt" else m[2], text)
