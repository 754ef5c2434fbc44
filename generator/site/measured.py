"""How well the program does, as measured on annotated articles: the floors that the tests hold, for the method page.

The figures are not typed into a page but read from ``gate.json``, so that they can't be better than what was measured.
"""

from __future__ import annotations

import json
from math import floor
from pathlib import Path

from generator.project import CHECKOUT
from generator.site.catalogue import N_, _

MARK = "<!-- measured -->"  # unseen where the page is read as Markdown
# What is told, in this order: the gate's name and what it means, in a hundred.
_FIGURES = (
    ("metadata right", N_("Of 100 headlines, outlets, dates and bylines, at least %(n)s are read right.")),
    ("body kept", N_("Of 100 paragraphs of articles, at least %(n)s are kept as text.")),
    ("chrome set aside", N_("Of 100 pieces of page furniture, at least %(n)s are set aside.")),
    (
        "attribution source",
        N_("Of 100 statements that are held to somebody, at least %(n)s are held to the right one."),
    ),
    ("attribution content", N_("Of 100 statements, at least %(n)s are cut where a careful reader would cut them.")),
    ("attribution chain", N_("Of 100 statements, at least %(n)s have all their relays in order.")),
    (
        "claim pairs right",
        N_("Of 100 pairs of sentences that were joined to one claim, at least %(n)s belong together."),
    ),
    ("claim pairs found", N_("Of 100 pairs of sentences that belong together, at least %(n)s are joined.")),
    ("altered quotations found", N_("Of 100 quotations that were altered, at least %(n)s are noticed.")),
    ("reuse found", N_("Of 100 copied passages, at least %(n)s are found.")),
)


def gate_file() -> Path:
    """The floors beside a checkout, else those packed into the wheel."""
    beside = CHECKOUT / "tests" / "corpus" / "gate.json"
    return beside if beside.is_file() else Path(__file__).resolve().parent / "gate.json"


def told(path: Path) -> str:
    """The figures as a list in Markdown; "" where there are none."""
    try:
        floors = json.loads(path.read_text(encoding="utf-8"))["sample"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return "\n".join(f"- {_(words, n=floor(floors[name] * 100))}" for name, words in _FIGURES if name in floors)


def filled(markdown: str) -> str:
    """A page with the figures in the place that it keeps for them."""
    return markdown.replace(MARK, told(gate_file())) if MARK in markdown else markdown
