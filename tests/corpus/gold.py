"""The annotated sample: what must be found in the articles of content/inbox, given by quoting them.

Every text of the annotation is sought in the article as it was read, white space aside, and becomes a place: a
half-open range over the article's visible characters. A quotation that is not there raises :class:`NotPrinted`.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from generator import intake
from generator.model import Capture
from generator.text import squeeze, squeeze_map

HERE = Path(__file__).resolve().parent
INBOX = HERE.parents[1] / "content" / "inbox"
STORIES = ("lanner-bridge", "vosse-painting")

Place = tuple[int, int]


class NotPrinted(LookupError):
    """The annotation quotes what its article does not say."""


class Text:
    """An article as read, with its visible characters counted."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.flat, self._offsets = squeeze_map(text)

    def place(self, span: list[int]) -> Place:
        """The visible characters of ``span``, which is in characters of the text."""
        return bisect_left(self._offsets, span[0]), bisect_left(self._offsets, span[1])

    def offset(self, letter: int) -> int:
        """Where in the text the visible character stands."""
        return self._offsets[letter]

    def find(self, quoted: str, after: str = "") -> Place | None:
        """Where ``quoted`` is printed, first after ``after``."""
        lead = squeeze(after)
        start = self.flat.find(lead)
        found = self.flat.find(squeeze(quoted), max(start, 0) + len(lead)) if start >= 0 else -1
        return None if found < 0 else (found, found + len(squeeze(quoted)))

    def everywhere(self, quoted: str) -> list[Place]:
        """Every place where ``quoted`` is printed."""
        wanted, at, places = squeeze(quoted), 0, []
        while (at := self.flat.find(wanted, at)) >= 0:
            places.append((at, at + len(wanted)))
            at += len(wanted)
        return places


@dataclass
class Gold:
    """The annotation of one article. ``key`` is its name in the annotation."""

    key: str
    record: dict[str, Any]

    @property
    def story(self) -> str:
        return str(self.record["file"]).split("/")[0]

    @property
    def path(self) -> Path:
        return INBOX / self.record["file"]

    @property
    def is_page(self) -> bool:
        return self.path.suffix == ".html"

    @cached_property
    def capture(self) -> Capture:
        return intake.read(self.path, root=self.path.parent)[0]

    @cached_property
    def text(self) -> Text:
        return Text(self.capture.text)

    @property
    def is_unread(self) -> bool:
        """Whether it is a page whose markup nobody took out: then nothing of it is found."""
        return self.is_page and self.capture.medium == "text"

    def sought(self, quoted: str, after: str = "") -> Place:
        """Where the article says ``quoted``. Raises NotPrinted."""
        place = self.text.find(quoted, after)
        if place is None:
            raise NotPrinted(f"{self.key}: {quoted!r}")
        return place

    def role(self, role: str) -> list[Place]:
        """The places of a role. What a page's reader has left out already has no place; elsewhere that's an error."""
        places = []
        for quoted in self.record["roles"].get(role, []):
            found = self.text.everywhere(quoted)
            if not found and not self.is_page:
                raise NotPrinted(f"{self.key}: {quoted!r}")
            places += found[:1] if role == "title" else found
        return places


@dataclass
class Story:
    """The annotation of one story: which mentions (by article key) make a claim, and what differs."""

    id: str
    record: dict[str, Any]
    articles: dict[str, Gold] = field(default_factory=dict)

    @property
    def mentions(self) -> dict[tuple[str, str], Place]:
        """Where (claim, article) is printed."""
        return self._places("mentions")

    @property
    def passing(self) -> dict[tuple[str, str], Place]:
        """Where (claim, article) is printed in passing."""
        return self._places("passing")

    def _places(self, field: str) -> dict[tuple[str, str], Place]:
        return {
            (name, key): self.articles[key].sought(quoted)
            for name, claim in self.record["claims"].items()
            for key, quoted in claim.get(field, {}).items()
            if not self.articles[key].is_unread
        }

    def pairs(self, claim: str) -> list[tuple[str, str]]:
        """Every two articles that have the claim."""
        return list(combinations(self.record["claims"][claim]["mentions"], 2))

    def foreign(self, a: str, b: str) -> bool:
        """Whether the two articles are in different languages."""
        return len({self.articles[k].record["metadata"]["language"] for k in (a, b)}) > 1

    def family(self, claim: str) -> set[str]:
        """The claim and those that may fairly be put with it."""
        claims = self.record["claims"]
        return {claim, *claims[claim].get("related", [])} | {
            name for name, other in claims.items() if claim in other.get("related", [])
        }


def stories() -> list[Story]:
    """The annotated stories with their articles."""
    articles = {p.stem: Gold(p.stem, _read(p)) for p in sorted((HERE / "articles").glob("*.yaml"))}
    return [
        Story(name, _read(HERE / f"{name}.yaml"), {k: a for k, a in articles.items() if a.story == name})
        for name in STORIES
    ]


def _read(path: Path) -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return table
