"""What a sentence is cut into: one mention for each proposition. The sentences lie in tests/cases/clauses."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from generator.model import Article, Paragraph
from generator.summarizer import annotate

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "clauses" / "units.yaml").read_text(encoding="utf-8"))


def _units(*texts: str) -> list[tuple[int, int, str]]:
    article = Article(id="a", story="s", title=None, outlet="A", body=tuple(Paragraph(t) for t in texts))
    return [(m.span.start, m.span.end, m.text) for m in annotate(article).mentions if not m.headline]


@pytest.mark.parametrize("case", CASES["cut"], ids=lambda case: case["text"][:40])
def test_each_proposition_is_a_unit(case):
    assert [text for _, _, text in _units(case["text"])] == case["units"]


@pytest.mark.parametrize("text", CASES["whole"], ids=lambda text: text[:40])
def test_what_is_one_claim_by_nature_is_not_cut(text):
    assert [unit for _, _, unit in _units(text)] == [text]


@pytest.mark.parametrize("case", CASES["known_failures"], ids=lambda case: case["text"][:40])
@pytest.mark.xfail(strict=True, reason="an event told by a noun, or a verb that may also be one of saying, stays")
def test_what_should_be_cut_too(case):
    assert [text for _, _, text in _units(case["text"])] == case["units"]


def test_no_two_units_have_the_same_words():
    units = sorted(_units(*(case["text"] for case in CASES["cut"]), *CASES["whole"]))
    assert len(units) > len(CASES["cut"])
    assert all(one[1] <= other[0] for one, other in pairwise(units))
