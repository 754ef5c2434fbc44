"""Cases of printed articles: a Markdown file with what is true as its title, what is expected, and the articles.

# What is true
kind: synthetic            (wild, synthetic, negative, known failure)
expect: one line for each thing expected

## id of an article
outlet: Harrow Wire        (any field of Article that is a text; lists are separated by ";")

Paragraphs.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.model import Annotated, Article, Paragraph, Removed, Role

CASES = Path(__file__).parent / "cases"
LISTS = ("agency", "credits", "authors")


@dataclass(frozen=True)
class Case:
    name: str
    truth: str
    kind: str
    expect: tuple[str, ...]
    articles: tuple[Article, ...]

    @property
    def annotated(self) -> tuple[Annotated, ...]:
        return tuple(Annotated(a, (), (), ()) for a in self.articles)


def read(path: Path) -> Case:
    head, *articles = path.read_text(encoding="utf-8").split("\n## ")
    title, *fields = head.strip().splitlines()
    told = [line.partition(": ")[::2] for line in fields if line.strip()]
    return Case(
        name=path.stem,
        truth=title.removeprefix("# "),
        kind=next(v for k, v in told if k == "kind"),
        expect=tuple(v for k, v in told if k == "expect"),
        articles=tuple(_article(a) for a in articles),
    )


def _article(text: str) -> Article:
    id_, _, rest = text.partition("\n")
    head, _, body = rest.strip("\n").partition("\n\n")
    fields = dict(line.partition(": ")[::2] for line in head.splitlines())
    removed = tuple(Removed(t, Role.CREDIT, "case", 1) for t in fields.pop("removed", "").split("; ") if t)
    return Article(
        id=id_.strip(),
        story="case",
        body=tuple(Paragraph(" ".join(p.split())) for p in body.strip().split("\n\n")),
        removed=removed,
        **{k: tuple(v.split("; ")) if k in LISTS else v for k, v in fields.items() if k != "-"},
    )


def cases(folder: str) -> list:
    """The cases of a folder as test parameters; a known failure must fail, so that its repair is noticed."""
    found = [read(path) for path in sorted((CASES / folder).glob("*.md"))]
    return [
        pytest.param(c, id=c.name, marks=[pytest.mark.xfail(strict=True)] if c.kind == "known failure" else [])
        for c in found
    ]
