"""Roles: every unit of a capture gets one, and the name of the rule that decided."""

from __future__ import annotations

from generator.converter.features import signs
from generator.converter.inner import Labelled, mend, name_inner
from generator.converter.names import is_job, is_person, is_prefix, names_in
from generator.converter.page import Page
from generator.converter.prose import inside
from generator.converter.reach import settle
from generator.converter.rules import Rule, first_match
from generator.converter.title import find_title
from generator.model import IN_TEXT, Role

THRESHOLD = 0.35
SENTENCE = 12  # words: of marked-up text, what is as long and ends as a sentence is its own
HEAD_ZONE = 8  # units between title and text in which a bare name is a byline


def label(page: Page, *, marked_up: bool) -> list[Labelled]:
    """The role of every unit.

    ``marked_up`` is for media whose reader has already found the article's part: there a line is text unless a certain
    rule says otherwise.
    """
    # What a reader has given a role needs no rule, and what it found to be text is no list of teasers.
    hits = [first_match(page, i) if page.given(i) is None or not marked_up else None for i in range(len(page))]
    if marked_up:
        hits = [None if h is not None and h.name == "teaser-list" else h for h in hits]
    chances = _at_edges(page, hits) if marked_up else inside(signs(page, hits), some=any(x.prose for x in page.looks))
    found = [_first_pass(page, i, hits[i], chances[i]) for i in range(len(page))]
    if not any(x.role in IN_TEXT for x in found):
        found = [_nothing_else(x) for x in found]
    mend(page, hits, found)
    if not marked_up:
        settle(page, hits, found)
    if "title" not in page.rules_off:
        _set_title(page, hits, found)
    _head(page, found)
    name_inner(page, found)
    return found


def _at_edges(page: Page, hits: list[Rule | None]) -> list[float]:
    """1 for what a reader has found to be text, but 0 for a line before its first sentence of some length, or after
    its last, that a rule knows as something else: there every rule counts, not only the certain ones.
    """
    text = [
        i
        for i, x in enumerate(page.looks)
        if page.given(i) in (None, *IN_TEXT) and x.n >= SENTENCE and x.terminal and hits[i] is None
    ]
    if not text:
        return [1.0] * len(page)
    other = [h is not None and h.role not in IN_TEXT for h in hits]  # a note is the article's own wherever it stands
    return [0.0 if o and not text[0] <= i <= text[-1] else 1.0 for i, o in enumerate(other)]


def _first_pass(page: Page, i: int, hit: Rule | None, chance: float) -> Labelled:
    unit = page.looks[i].unit
    if page.given(i) is not None:
        return Labelled(unit, unit.role or Role.BODY, unit.rule)
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
    """Between title and text a line that is names only is a byline: beside a date, a job title or another byline, or
    right after the title.
    """
    title = next((i for i, x in enumerate(found) if x.role is Role.TITLE), None)
    if (
        title is None
        or "bare-name" in page.rules_off
        or any(x.role is Role.BYLINE for x in found[title : _text_start(page, found, title)])
    ):
        return
    after = range(title + 1, min(_text_start(page, found, title), title + 1 + HEAD_ZONE))
    bare = [i for i in (*after, *range(max(0, title - 3), title)) if found[i].rule in _OPEN and _bare(page, found, i)]
    strong = [i for i in bare if _dated_or_titled(page, found, i)]
    near = [i for i in bare if title < i <= title + 3]
    for i in strong or near[:1]:
        found[i] = Labelled(found[i].unit, Role.BYLINE, "bare-name")


def _bare(page: Page, found: list[Labelled], i: int) -> bool:
    """Names only, or with a date; and no one whom the text is about."""
    x = page.looks[i]
    dated = found[i].role is Role.TIMESTAMP
    if x.unit.bullet or x.n > 24 or not (dated or is_person(x.text.strip(_TRIM))):
        return False
    names = names_in(x.text)
    return bool(names) and not any(n in y.text for n in names for y in page.looks if y.prose)


_TRIM = "/|,& "
_OPEN = frozenset({"outside", "prose", "timestamp", "list-item"})


def _text_start(page: Page, found: list[Labelled], title: int) -> int:
    """The second long paragraph after the title: the first may be a standfirst that the byline follows."""
    long = [
        i for i in range(title + 1, min(len(found), title + 40)) if found[i].role in IN_TEXT and page.looks[i].n >= 15
    ]
    return long[1] if len(long) > 1 else long[0] if long else title


def _dated_or_titled(page: Page, found: list[Labelled], i: int) -> bool:
    beside = [found[j].role for j in (i - 1, i + 1) if 0 <= j < len(found)]
    alone = is_person(page.looks[i].text.strip(_TRIM))
    return found[i].role is Role.TIMESTAMP or (
        alone and (Role.TIMESTAMP in beside or _job(page, i + 1) or _by(page, i - 1))
    )


def _by(page: Page, i: int) -> bool:
    x = page.at(i)
    return x is not None and x.n <= 2 and is_prefix(x.text)


def _job(page: Page, i: int) -> bool:
    x = page.at(i)
    return x is not None and x.n <= 6 and is_job(x.text)
