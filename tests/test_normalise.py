"""Numbers, dates and names in one form: the cases lie in tests/cases/normalise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.lexicon import load
from generator.summarizer import dates, quantities
from generator.summarizer.naming import Aliases
from generator.summarizer.normalise import british, country, country_spans, fold, name_key
from generator.summarizer.similarity import same_quantity

CASES = Path(__file__).parent / "cases" / "normalise"


def cases(name: str) -> list[dict[str, Any]]:
    return yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", cases("quantities"), ids=lambda c: c["text"] or "nothing")
def test_numbers_are_read_in_base_units_with_what_bounds_them(case):
    found = [[q.span.of(case["text"]), q.value, q.unit, q.bound, q.high] for q in quantities.find(case["text"])]
    assert found == [[p, pytest.approx(v), u, b, h] for p, v, u, b, h in case["found"]]


@pytest.mark.parametrize("case", cases("dates"), ids=lambda c: c["text"] or "nothing")
def test_dates_are_anchored_on_the_day_of_publication(case):
    found = dates.find(case["text"], "2023-09-11T10:00:00Z", ahead=case.get("ahead", False))
    days = [[d.span.of(case["text"]), d.start, d.end] for d in found]
    assert days == [[p, s and s.isoformat(), e and e.isoformat()] for p, s, e in case["found"]]


def test_without_a_day_of_publication_a_weekday_stays_open_and_a_full_date_does_not():
    found = dates.find("on Monday, and on 3 May 2021", None)
    assert [(d.start, d.end) for d in found] == [(None, None), ("2021-05-03", "2021-05-03")]


@pytest.mark.parametrize("case", cases("names"), ids=lambda c: " ".join(c["names"]))
def test_a_short_name_stands_for_the_only_full_name_of_the_story_that_it_fits(case):
    aliases = Aliases(case["names"], [tuple(pair) for pair in case.get("beside", [])])
    assert all(aliases.of(short) == aliases.of(full) for short, full in case.get("same", []))
    assert all(aliases.of(short) != aliases.of(full) for short, full in case.get("apart", []))


def test_a_country_is_named_by_its_people_its_capital_and_its_government():
    text = "Norway and the Norwegian minister met in Oslo ; the Kremlin and Moscow , Russia , said nothing"
    keys = [key for _, _, key in country_spans(text.split())]
    assert keys == ["=no", "=no", "=no", "=ru", "=ru", "=ru"]


def test_a_pronoun_and_a_bird_are_no_countries():
    assert country(["us"]) is None
    assert country(["turkey"]) is None
    assert country(["US"]) == "=us"


def test_names_lose_titles_case_and_hyphens():
    assert name_key(["Mr", "Doe’s"]) == name_key(["DOE"]) == "doe"
    assert name_key(["Min", "Jong-un"]) == name_key(["Min", "Jong", "Un"])


def test_american_spelling_is_read_as_british():
    assert british("defense") == "defence"
    assert british("organized") == "organised"
    assert british("size") == "size"


@given(st.text(max_size=80))
def test_whatever_the_text_spans_lie_inside_it_and_nothing_fails(text):
    spans = [d.span for d in dates.find(text, "2023-09-11")] + [q.span for q in quantities.find(text)]
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert fold(text) == fold(text)


@given(st.integers(2, 10**6), st.sampled_from(["km", "%", "tonnes"]))
def test_a_figure_is_the_same_as_itself_with_and_without_commas(number, unit):
    (plain,), (grouped) = quantities.find(f"exactly {number} {unit}"), quantities.find(f"exactly {number:,} {unit}")
    assert same_quantity(plain, grouped[0])


def test_classes_hold_lemmas_of_one_word_and_pairs_name_classes_that_there_are():
    table = load("synonyms")
    members = {word for words in table["classes"].values() for word in words}
    assert all(word == word.lower() and " " not in word for word in members)
    assert all(len(set(words)) == len(words) > 1 for words in table["classes"].values())
    assert {name for pair in table["apart"]["pairs"] for name in pair} <= table["classes"].keys()
