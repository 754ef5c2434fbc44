"""Inner: what stands within the text. Gaps of it that are its own are put back, and each part gets its name."""

from __future__ import annotations

from typing import NamedTuple

from generator.converter.layout import Unit
from generator.converter.page import Page
from generator.converter.rules import Rule
from generator.model import IN_TEXT, Role

LONGEST_LIST = 15  # items
LONGEST_HEADING = 12  # words
STANDFIRST = 45  # words


class Labelled(NamedTuple):
    """A unit with its role and the rule that decided."""

    unit: Unit
    role: Role
    rule: str


def mend(page: Page, hits: list[Rule | None], found: list[Labelled]) -> None:
    """Puts back what the scorer took out of the text and the lines around it say belongs there: questions that are
    answered, list items after the line that opens the list, a last sentence before who made the piece.
    """
    for rule, take in (("answered", _questions), ("list-item", _list_items), ("last-sentence", _last_sentences)):
        if rule not in page.rules_off:
            for i in take(page, hits, found):
                found[i] = Labelled(found[i].unit, Role.BODY, rule)


def _open(hits: list[Rule | None], found: list[Labelled], i: int) -> bool:
    return found[i].rule == "outside" and hits[i] is None


def _list_items(page: Page, hits: list[Rule | None], found: list[Labelled]) -> list[int]:
    """Bulleted lines between a line of the text that ends in a colon or question mark and more text."""
    out: list[int] = []
    for i, x in enumerate(found):
        if x.role not in IN_TEXT or not x.unit.text.endswith((":", "?", "：", "？")) or x.rule == "given":
            continue
        end = i + 1
        while end < len(found) and end - i <= LONGEST_LIST and page.looks[end].unit.bullet:
            end += 1
        if end - i > 2 and end < len(found) and found[end].role in IN_TEXT:
            out += [j for j in range(i + 1, end) if _open(hits, found, j)]
    return out


def _questions(page: Page, hits: list[Rule | None], found: list[Labelled]) -> list[int]:
    """Short questions and the paragraphs that answer them, on a page whose text has two answers like them."""
    looks = page.looks
    asked = [i for i in range(len(found) - 1) if _asks(page, i) and (looks[i + 1].n >= 12 or looks[i + 1].unit.bullet)]
    answered = [i for i in asked if found[i + 1].role in IN_TEXT]
    if len(answered) < 2 or not any(found[i].role in IN_TEXT for i in answered):
        return []
    out = [i for i in answered if _open(hits, found, i)]
    for i in asked:
        pair = (i, i + 1)
        if i > answered[-1] and i - answered[-1] <= LONGEST_LIST and looks[i + 1].prose:
            out += pair if all(_open(hits, found, j) for j in pair) else ()
    return out


def _asks(page: Page, i: int) -> bool:
    x = page.looks[i]
    return 2 <= x.n <= LONGEST_HEADING and x.text.endswith(("?", "？", "؟"))


def _last_sentences(page: Page, hits: list[Rule | None], found: list[Labelled]) -> list[int]:
    """A sentence between the text and the line that says who made the piece."""
    out = []
    for i in range(1, len(found) - 1):
        x, after = page.looks[i], hits[i + 1]
        sentence = x.terminal and x.n >= 5 and not x.unit.bullet and found[i - 1].role in IN_TEXT
        if sentence and _open(hits, found, i) and after is not None and after.role is Role.CREDIT:
            out.append(i)
    return out


# --- names for the parts of the text ----------------------------------------------------------------------------------


def name_inner(page: Page, found: list[Labelled]) -> None:
    """List items, short lines between paragraphs as subheads, and a standfirst above the byline."""
    bullets = "list-item" not in page.rules_off
    for i, x in enumerate(found):
        if x.role is Role.BODY and x.rule != "given" and x.unit.bullet and bullets:
            found[i] = Labelled(x.unit, Role.LIST_ITEM, "list-item")
    first = _first_text(found)
    subheads = "subhead" not in page.rules_off
    for i, x in enumerate(found):
        if x.role is Role.BODY and x.rule != "given" and subheads and _is_subhead(page, found, i, first):
            found[i] = Labelled(x.unit, Role.SUBHEAD, "subhead")
    if first < len(found) and "standfirst" not in page.rules_off and _is_standfirst(page, found, first):
        found[first] = Labelled(found[first].unit, Role.STANDFIRST, "standfirst")


def _first_text(found: list[Labelled]) -> int:
    return next((i for i, x in enumerate(found) if x.role in IN_TEXT), len(found))


def _is_subhead(page: Page, found: list[Labelled], i: int, first: int) -> bool:
    x, after = page.looks[i], page.at(i + 1)
    if after is None or not 1 <= x.n <= LONGEST_HEADING or x.text[-1:] in '.:;,…"”':
        return False
    if x.text[:1] in '"“‘«„' or x.text[:1].islower():
        return False
    opens = after.n >= 12 or found[i + 1].role is Role.LIST_ITEM
    if found[i + 1].role not in IN_TEXT or not opens or i > first:
        return opens and found[i + 1].role in IN_TEXT
    return x.text[-1:] in "?？؟" and any(y.role is Role.TITLE for y in found[:i])


def _is_standfirst(page: Page, found: list[Labelled], first: int) -> bool:
    """The first paragraph of the text, right after the title, where byline or date stand between it and the rest."""
    x = found[first]
    if x.role is not Role.BODY or x.rule == "given" or not 6 <= page.looks[first].n <= STANDFIRST or x.rule == "lead":
        return False
    beside = found[max(0, first - 2) : first]
    after = [y.role for y in found[first + 1 : first + 4]]
    return (
        any(y.role is Role.TITLE for y in beside)
        and after[:1] in ([Role.BYLINE], [Role.TIMESTAMP])
        and not any(y.role in (Role.BYLINE, Role.TIMESTAMP) for y in beside)
    )
