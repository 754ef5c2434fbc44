"""Positions are carried between an article's paragraphs and the text they were printed in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Span
from generator.text import Alignment, in_ascii, moment_of, one_line, runs, squeeze, squeeze_map, words

PRINTED = "Head\n\nThe first para-\ngraph is   wrapped\nhere.\n\nSubscribe!\n\nA second\u00ad one."


def starts(paragraphs: list[str]) -> list[int]:
    at, found = 0, []
    for paragraph in paragraphs:
        found.append(at)
        at += len(paragraph) + 2
    return found


def test_a_span_is_found_where_it_was_printed_whatever_the_line_breaks() -> None:
    paragraphs = ["The first para- graph is wrapped here.", "A second one."]
    alignment = Alignment(PRINTED, paragraphs, starts(paragraphs))
    at = paragraphs[0].index("graph is wrapped")
    found = alignment.printed_span(Span(at, at + len("graph is wrapped")))
    assert found is not None
    assert found.of(PRINTED) == "graph is   wrapped"
    start = len(paragraphs[0]) + 2
    second = alignment.printed_span(Span(start, start + len(paragraphs[1])))
    assert second is not None
    assert one_line(second.of(PRINTED).replace("\u00ad", "")) == "A second one."


def test_a_paragraph_that_was_edited_has_no_place_and_the_others_keep_theirs() -> None:
    paragraphs = ["The first paragraph was rewritten.", "A second one."]
    alignment = Alignment(PRINTED, paragraphs, starts(paragraphs))
    assert alignment.printed_span(Span(0, 9)) is None
    start = len(paragraphs[0]) + 2
    assert alignment.printed_span(Span(start, start + 8)) is not None


def test_the_same_words_twice_are_found_in_their_order() -> None:
    printed = "Yes.\n\nNo.\n\nYes."
    paragraphs = ["Yes.", "No.", "Yes."]
    alignment = Alignment(printed, paragraphs, starts(paragraphs))
    places = [alignment.printed_span(Span(s, s + len(p))) for s, p in zip(starts(paragraphs), paragraphs, strict=True)]
    assert places == [Span(0, 4), Span(6, 9), Span(11, 15)]


@given(st.lists(st.text().map(one_line).filter(squeeze), min_size=1), st.data())
def test_any_printed_span_holds_the_same_visible_characters(paragraphs: list[str], data: st.DataObject) -> None:
    printed = "\n \n".join(p.replace(" ", "\n ") for p in paragraphs)
    text = "\n\n".join(paragraphs)
    alignment = Alignment(printed, paragraphs, starts(paragraphs))
    index = data.draw(st.integers(0, len(paragraphs) - 1))
    at = starts(paragraphs)[index]
    start = data.draw(st.integers(at, at + len(paragraphs[index]) - 1))
    end = data.draw(st.integers(start + 1, at + len(paragraphs[index])))
    found = alignment.printed_span(Span(start, end))
    if squeeze(text[start:end]):
        assert found is not None
        assert squeeze(found.of(printed)) == squeeze(text[start:end])


@given(st.text())
def test_squeezing_keeps_every_visible_character_and_its_place(text: str) -> None:
    flat, offsets = squeeze_map(text)
    assert flat == squeeze(text)
    assert [text[o] for o in offsets] == list(flat)


def test_words_keep_inner_hyphens_and_apostrophes() -> None:
    text = "Kwame's mother-in-law paid £12."
    assert [s.of(text) for s in words(text)] == ["Kwame's", "mother-in-law", "paid", "12"]


def test_consecutive_numbers_are_runs():
    """In order whatever order they come in."""
    assert list(runs([8, 1, 3, 2, 7])) == [range(1, 4), range(7, 9)]
    assert list(runs([])) == []


def test_a_moment_at_the_calendars_end_keeps_its_clock():
    """Its zone would lead into a year that there is not."""
    assert moment_of("9999-12-31T23:30:00-05:00") == datetime(9999, 12, 31, 23, 30, tzinfo=UTC)
    assert moment_of("2026-03-10T12:00:00+02:00") == datetime(2026, 3, 10, 10, tzinfo=UTC)
    assert moment_of("soon") is None
    assert moment_of(None) is None


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://\u0430pple.example/\u0430?b", "http://xn--pple-43d.example/\u0430?b"),
        ("https://user@M\u00dcNCHEN.example:80/#c", "https://user@xn--mnchen-3ya.example:80/#c"),
        ("https://stra\u00dfe.example", "https://xn--strae-oqa.example"),
        ("http://a\u3002\u00e9/", "http://a.xn--9ca/"),
        ("http://plain.example/\u0430", "http://plain.example/\u0430"),
        ("mailto:\u0430@b.example", "mailto:\u0430@b.example"),
    ],
)
def test_a_host_in_letters_that_pass_for_others_is_shown_as_it_is_looked_up(url: str, shown: str) -> None:
    assert in_ascii(url) == shown
    assert in_ascii(shown) == shown
