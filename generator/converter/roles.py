"""Roles: every unit of a capture gets one, and the name of the rule that decided."""

from __future__ import annotations

from typing import NamedTuple

from generator.converter.features import features
from generator.converter.layout import Unit
from generator.converter.names import is_person, names_in
from generator.converter.page import Page
from generator.converter.prose import inside
from generator.converter.rules import Rule, first_match
from generator.converter.title import find_title
from generator.model import IN_TEXT, Role

THRESHOLD = 0.4
HEAD_ZONE = 8  # units between title and text in which a bare name is a byline


class Labelled(NamedTuple):
    """A unit with its role and the rule that decided."""

    unit: Unit
    role: Role
    rule: str


def label(page: Page, *, marked_up: bool) -> list[Labelled]:
    """The role of every unit. ``marked_up`` is for media whose reader has already found the article's part: there a line
    is text unless a certain rule says otherwise."""
    hits = [first_match(page, i) for i in range(len(page))]
    chances = [1.0] * len(page) if marked_up else inside(features(page, hits))
    found = [_first_pass(page, i, hits[i], chances[i]) for i in range(len(page))]
    if not any(x.role in IN_TEXT for x in found):
        found = [_nothing_else(x) for x in found]
    if "title" not in page.rules_off:
        _set_title(page, hits, found)
    _head(page, found)
    _inner(page, found)
    return found


def _first_pass(page: Page, i: int, hit: Rule | None, chance: float) -> Labelled:
    unit = page.looks[i].unit
    if unit.role is not None:
        return Labelled(unit, unit.role, "given")
    if hit is not None and hit.certain:
        return Labelled(unit, hit.role, hit.name)
    if chance > THRESHOLD:
        return (
            Labelled(unit, Role.NOTE, hit.name) if hit and hit.role is Role.NOTE else Labelled(unit, Role.BODY, "prose")
        )
    if hit is not None and hit.role not in IN_TEXT:
        return Labelled(unit, hit.role, hit.name)
    return Labelled(unit, Role.CHROME, "outside")


def _nothing_else(x: Labelled) -> Labelled:
    """With no prose on the page, what no rule knows is the text."""
    return Labelled(x.unit, Role.BODY, "nothing-else") if x.rule == "outside" else x


def _first_text(found: list[Labelled]) -> int:
    return next((i for i, x in enumerate(found) if x.role in IN_TEXT), len(found))


def _set_title(page: Page, hits: list[Rule | None], found: list[Labelled]) -> None:
    if any(x.role is Role.TITLE for x in found):
        return
    at = find_title(page, hits, _first_text(found))
    if at is not None and sum(x.role in IN_TEXT for x in found) > (found[at].role in IN_TEXT):
        found[at] = Labelled(found[at].unit, Role.TITLE, "title")


def _head(page: Page, found: list[Labelled]) -> None:
    """Between title and text: a bare name is a byline, a title printed again is page furniture."""
    title = next((i for i, x in enumerate(found) if x.role is Role.TITLE), None)
    if title is None:
        return
    first = next((i for i, x in enumerate(found) if i > title and x.role in IN_TEXT and page.looks[i].n >= 15), title)
    for i in range(title + 1, min(first, title + 1 + HEAD_ZONE)):
        if found[i].rule in ("outside", "prose", "timestamp") and _bare_name(page.looks[i].text, found, i):
            found[i] = Labelled(found[i].unit, Role.BYLINE, "bare-name")


def _bare_name(text: str, found: list[Labelled], i: int) -> bool:
    """A line that is names only, or names and a date, with a date or job title in it or beside it."""
    names = names_in(text)
    if not names:
        return False
    beside = any(found[j].role in (Role.TIMESTAMP, Role.BYLINE) for j in (i - 1, i + 1) if 0 <= j < len(found))
    return found[i].role is Role.TIMESTAMP or (is_person(text) and beside)


def _inner(page: Page, found: list[Labelled]) -> None:
    """Within the text: list items, and short lines between paragraphs as subheads."""
    for i, x in enumerate(found):
        if x.role is not Role.BODY or x.rule == "given":
            continue
        look, after = page.looks[i], page.at(i + 1)
        if x.unit.bullet and "list-item" not in page.rules_off:
            found[i] = Labelled(x.unit, Role.LIST_ITEM, "list-item")
        elif _is_subhead(page, found, i) and after is not None and look.n and "subhead" not in page.rules_off:
            found[i] = Labelled(x.unit, Role.SUBHEAD, "subhead")


def _is_subhead(page: Page, found: list[Labelled], i: int) -> bool:
    x, after = page.looks[i], page.looks[i + 1] if i + 1 < len(page) else None
    if after is None or not 1 <= x.n <= 12 or x.text[-1:] in '.:;,…"”' or x.text[:1] in '"“‘«„' or x.text[:1].islower():
        return False
    return found[i + 1].role in IN_TEXT and after.n >= 12 and i > _first_text(found)
