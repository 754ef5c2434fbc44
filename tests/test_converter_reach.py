"""How far the text reaches: prose goes on until something that is no article's; another head begins another article."""

from __future__ import annotations

from generator.converter import convert
from generator.converter.inner import Labelled
from generator.converter.layout import units
from generator.converter.page import Page
from generator.converter.reach import settle
from generator.converter.rules import first_match
from generator.model import IN_TEXT, Capture, Role

PIER = (
    "The harbour council of Wexmouth voted on Tuesday to close the old ferry pier for repairs, ending a dispute.",
    "Engineers told the council that two of the seven iron columns of the pier had rusted through below the waterline.",
    "The repairs of the pier are expected to last until the end of next year, the harbour council said on Tuesday.",
    "Islanders feared for the morning crossing, and asked the council of Wexmouth for a second boat from the harbour.",
    "The council said that the ferry would leave from the fish market, and that the pier would be fenced off in April.",
    "Marta Oyelaran, who led the survey of the columns, said that the council had looked at every cheaper repair.",
)
BAKERY = (
    "A baker from Northolm has won this year's prize for rye bread, with a sourdough that she had fed for ten years.",
    "Judges praised its crust and crumb, and said that no loaf in recent contests had kept so fresh for a whole week.",
    "She learned baking from her grandmother, whose oven still stands in a shed behind her shop, used on Sundays.",
)


def settled(lines: tuple[str, ...], kept: set[int], off: tuple[str, ...] = ()) -> list[str]:
    """The lines that are text after :func:`settle`, where the scorer had kept those at ``kept``."""
    page = Page(units(Capture("a.txt", "\n\n".join(lines))), off)
    hits = [first_match(page, i) for i in range(len(page))]
    found = [
        Labelled(x.unit, Role.BODY, "prose") if i in kept else Labelled(x.unit, Role.CHROME, "outside")
        for i, x in enumerate(page.looks)
    ]
    settle(page, hits, found)
    return [x.unit.text for x in found if x.role in IN_TEXT]


def test_prose_right_after_the_text_goes_on() -> None:
    """Paragraphs that nothing parts from the text are its own, with the short lines between them."""
    lines = (*PIER[:3], "Fish market", *PIER[3:])
    assert settled(lines, {0, 1, 2}) == list(lines)


def test_prose_after_furniture_does_not_go_on() -> None:
    """A word of the page's interface ends the text."""
    assert settled((*PIER[:3], "Read more", *PIER[3:]), {0, 1, 2}) == list(PIER[:3])


def test_a_single_paragraph_does_not_go_on() -> None:
    """One sentence after the text is no evidence."""
    assert settled(PIER[:4], {0, 1, 2}) == list(PIER[:3])


def test_another_head_and_subject_is_another_article() -> None:
    """After a byline, paragraphs on another subject are set aside."""
    lines = (*PIER, "By Pia Rask", *BAKERY)
    assert settled(lines, set(range(len(lines))) - {6}) == list(PIER)


def test_another_head_on_the_same_subject_is_not() -> None:
    """A live report has dates between its parts, which are on one subject."""
    lines = (*PIER[:4], "14 March 2024", *PIER[4:])
    assert settled(lines, set(range(len(lines))) - {4}) == list(PIER)


def test_another_subject_without_a_head_is_not() -> None:
    """Articles go from one subject to the next."""
    lines = (*PIER, *BAKERY)
    assert settled(lines, set(range(len(lines)))) == list(lines)


def test_both_can_be_switched_off() -> None:
    """Like every rule, by their names in coverage.toml."""
    lines = (*PIER, "By Pia Rask", *BAKERY)
    assert settled(lines, set(range(len(lines))) - {6}, ("another-article",)) == [*PIER, *BAKERY]
    assert settled(PIER, {0, 1, 2}, ("goes-on",)) == list(PIER[:3])


def test_several_heads_within_the_text_are_said() -> None:
    """A page with dates between its paragraphs may hold several short pieces: a doubt says so."""
    parts = "\n\n".join(f"{day} March 2024\n\n{text}" for day, text in enumerate(PIER, 10))
    doubts = convert(Capture("a.txt", f"The ferry pier of Wexmouth, week by week\n\n{parts}"), story="s").doubts
    assert any("several pieces" in d for d in doubts)
    assert not convert(Capture("a.txt", "\n\n".join(PIER)), story="s").doubts
