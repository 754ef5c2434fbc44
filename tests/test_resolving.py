"""What the words of an article point at is told in the claims that are compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import summarizer
from generator.model import Annotated, Article, Paragraph
from generator.summarizer import parsing, persons
from generator.summarizer.naming import names
from generator.summarizer.tokens import sentences

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "resolving" / "english.yaml").read_text(encoding="utf-8"))


def _annotated(text: str) -> Annotated:
    return summarizer.annotate(Article("a", "story", body=(Paragraph(text),), language="en", published="2024-05-06"))


def _together(words: str, cores: list[str]) -> bool:
    """Whether one claim has the words in their order, others between them or not."""
    wanted = words.lower().split()
    for core in cores:
        rest = iter(core.lower().replace(",", " ").replace(".", " ").split())
        if all(any(word == own for own in rest) for word in wanted):
            return True
    return False


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_a_claim_tells_whom_its_words_point_at_where_that_is_sure(case: dict[str, Any]) -> None:
    cores = [m.core for m in _annotated(case["text"]).mentions]
    for words in case.get("meant", ()):
        assert _together(words, cores), cores
    for words in case.get("never", ()):
        assert not _together(words, cores), cores


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_what_is_shown_stays_what_is_printed(case: dict[str, Any]) -> None:
    annotated = _annotated(case["text"])
    assert all(m.text == m.span.of(annotated.article.text) for m in annotated.mentions)


def _names(text: str) -> dict[str, str]:
    """The keys of the names of a text with the gender that they tell."""
    parsed = parsing.parse(Article("a", "story", body=(Paragraph(text),), language="en"))
    told: dict[str, str] = {}
    for _, doc in parsed.docs:
        for sentence in sentences(doc):
            told.update((name.key, persons.gender(name)) for name in names(list(sentence)))
    return told


def test_a_title_in_the_midst_parts_a_place_from_the_person() -> None:
    assert list(_names("Halvia Sen. Gerald Ostwick spoke in Dorn."))[:2] == ["halvia", "gerald ostwick"]


def test_a_dash_after_a_place_joins_no_name() -> None:
    assert "gerald ostwick" in _names("DORN - Gerald Ostwick won the vote on Monday.")


def test_a_title_or_a_given_name_tells_the_gender() -> None:
    told = _names("Gerald Ostwick met Martha Quill and Mrs. Lamm.")
    assert (told["gerald ostwick"], told["martha quill"], told["lamm"]) == ("male", "female", "female")
