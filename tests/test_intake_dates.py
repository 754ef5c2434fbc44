"""Dates as pages print them: what can be read two ways stays open unless the page settles it; zones are kept."""

from __future__ import annotations

import pytest

from generator.converter import convert
from generator.model import Capture, Hints

TEXT = (
    "The ferry to Solberga left an hour late on Monday, the harbour office of Lindvik said at noon to reporters.\n\n"
    "Nobody was hurt when it struck the old pier, and twelve passengers went home by bus through the thick fog.\n"
)


def published(line: str, **hints: str) -> str | None:
    text = f"Ferry late again at Lindvik pier\n\nBy Mara Ilves\n\n{line}\n\n{TEXT}"
    return convert(Capture("a.txt", text, Hints(**hints)), story="s").article.published  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Published 03/04/2031", None),  # 3 April or 4 March
        ("Published 13/04/2031", "2031-04-13"),
        ("Published 04/13/2031", "2031-04-13"),
        ("Published 04/04/2031", "2031-04-04"),
        ("Published 3 April 2031", "2031-04-03"),
        ("Published 2031-04-03 08:30 CEST", "2031-04-03T08:30:00+02:00"),
        ("April 3, 2031 8:30 am PDT", "2031-04-03T08:30:00-07:00"),
        ("April 3, 2031 at 8:30 p.m. IST", "2031-04-03T20:30:00"),  # India's or Israel's
        ("Published 3 April 2031, updated 4 April 2031", "2031-04-03"),
    ],
)
def test_a_date_is_read_where_it_says_one_thing(line: str, iso: str | None) -> None:
    """Day and month are told apart by a number above twelve, a zone by an abbreviation that means one."""
    assert published(line) == iso


def test_another_date_of_the_page_settles_which_comes_first() -> None:
    """03/04 beside 25/03 is 3 April."""
    assert published("Published 03/04/2031, first printed 25/03/2031") == "2031-04-03"


def test_what_coverage_says_wins() -> None:
    """A date that was given by hand is the article's."""
    assert published("Published 3 April 2031", published="2031-04-01") == "2031-04-01"
