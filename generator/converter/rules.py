"""Rules: what a line is to the article, by what it says. Ordered; the first that matches names the role.

A rule that is *certain* decides by itself. The others say what a line is if the scorer (:mod:`.prose`) finds it outside
the article's run; inside, they count as evidence. Each has a case with a negative in tests/cases/converter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from generator import lexicon
from generator.converter import phrases
from generator.converter.cues import Cues
from generator.converter.dateline import agency_forms
from generator.converter.dates import month_numbers, printed_dates
from generator.converter.names import byline_names, is_person
from generator.converter.page import Page, script_of
from generator.model import Role

ANY = 1_000_000


class Rule(NamedTuple):
    """A named rule: ``matches(page, index)`` says whether the unit is ``role``.

    It is asked only of units of at most ``longest`` words, and with ``needs`` only of those that are of a kind of page
    furniture ("kind") or have this cue (:mod:`.cues`).
    """

    name: str
    role: Role
    certain: bool
    matches: Callable[[Page, int], bool]
    longest: int = ANY
    needs: str = ""


# --- the lead ---


def lead(page: Page, i: int) -> bool:
    """The page's first line that begins with a dateline that names an agency."""
    return i == page.lead


# --- page furniture ---------------------------------------------------------------------------------------------------

_MARKS = frozenset([":", "©"])  # what phrases are compared by, besides words


def ornament(page: Page, i: int) -> bool:
    """A line without a letter or digit: rules, bullets, crosses."""
    return page.looks[i].vocabulary <= _MARKS


def teaser_list(page: Page, i: int) -> bool:
    """A list of teasers: pieces that are each closed by the same "read more" line, at least twice."""
    return i in page.teasers


def related_line(page: Page, i: int) -> bool:
    """A line that names itself a pointer to another piece ("Related: ...", "Read also: ...")."""
    x = page.looks[i]
    return x.kind == "related" and (x.how == "whole" or not x.terminal or x.n <= 12)


def furniture_word(page: Page, i: int) -> bool:
    """A line that is nothing but a word of the page's interface ("Share", "Advertisement")."""
    return page.looks[i].kind is not None and page.looks[i].how == "whole"


def furniture_phrase(page: Page, i: int) -> bool:
    """A short line with a phrase of the page's interface in it."""
    return page.looks[i].kind is not None


def consent(page: Page, i: int) -> bool:
    """A line with five or more different words of cookie and privacy notices."""
    return page.looks[i].consent >= 5


def privacy(page: Page, i: int) -> bool:
    """A line with three or four of them."""
    return page.looks[i].consent >= 3


def foreign_script(page: Page, i: int) -> bool:
    """A short line, no sentence, in another script than the article ("Видео по теме" on a page in English)."""
    x = page.looks[i]
    if x.text.isascii() or not x.n or x.terminal:
        return False
    own = script_of(x.text)
    # Latin names and words stand in texts of every script.
    return own not in (None, "latin", page.script) and page.script is not None


_CALLS = frozenset({"newsletter", "subscribe", "app", "share"})


def closing_call(page: Page, i: int) -> bool:
    """A call to subscribe, follow or install among the page's last three lines."""
    return page.looks[i].kind in _CALLS and i >= max(1, len(page) - 3)


_LINK_ONLY = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.\w[\w.]*|@\w{2,}", re.IGNORECASE)


def bare_address(page: Page, i: int) -> bool:
    """A line that is only a web address, a mail address or a handle."""
    text = page.looks[i].text
    return " " not in text and _LINK_ONLY.fullmatch(text) is not None


# --- who made it ------------------------------------------------------------------------------------------------------

_BRACKETS = "()[]{}*_ \t-–—•"


def signoff_line(page: Page, i: int) -> bool:
    """A last word that is an agency: "REUTERS", "- AFP", "(AP)"."""
    text = page.looks[i].text.strip(_BRACKETS + ".")
    return len(text) < 60 and bool(text) and all(p.strip() in agency_forms() for p in re.split(r"[,/&]| and ", text))


def credit_line(page: Page, i: int) -> bool:
    """A line that says who reported, wrote, edited or contributed."""
    x = page.looks[i]
    book = phrases.words_of("credit")
    return book.start_of(x.words) is not None or (x.n <= 40 and book.inside(x.words) is not None)


def byline(page: Page, i: int) -> bool:
    """A line of names with "By" before them or a job title after."""
    x = page.looks[i]
    return (not x.terminal or x.n <= 6) and bool(byline_names(x.text))


def about_author(page: Page, i: int) -> bool:
    """A short paragraph that tells of the writer."""
    x = page.looks[i]
    book = phrases.words_of("bio")
    return book.start_of(x.words) is not None or book.inside(x.words) is not None


_PERSON_IS = re.compile(
    r"^((?:[^\W\d_][\w.'’-]*\s){2,4}?)(?:is|was|covers|reports|writes|joined|ist|schreibt|est|es|è)\s"
)


def author_note(page: Page, i: int) -> bool:
    """The same where it begins with a person's name, in the page's second half."""
    if i <= len(page) // 2 or not about_author(page, i):
        return False
    match = _PERSON_IS.match(page.looks[i].text)
    return match is not None and is_person(match[1].strip())


# --- pictures ---------------------------------------------------------------------------------------------------------


@cache
def _labelled() -> re.Pattern[str]:
    """... PHOTO: REUTERS"""
    return re.compile(rf"(?:^|[\s(\[|.])(?:{_listed('labels')})\s?[:：/|]\s?[^.]{{2,80}}\.?$", re.IGNORECASE)


@cache
def _bracketed() -> tuple[re.Pattern[str], ...]:
    """(Photo by A. Name), (A. Name/Paper)"""
    tails = (
        rf"[(\[](?:{_listed('labels')})\b[^()\[\]]{{0,100}}[)\]]\.?$",
        r"[(\[](?=[^\W\d])[^()\[\]]{0,60}(?:[^\W\d]\s?/|\bvia\b)\s?[^\W\d][^()\[\]]{0,50}[)\]]\.?$",
    )
    return tuple(re.compile(t, re.IGNORECASE) for t in tails)


@cache
def _made_by() -> re.Pattern[str]:
    """A. Name/AFP"""
    return re.compile(rf"(?:\bvia\s|/\s?)(?:{_listed('makers')})\b[^.]{{0,25}}$", re.IGNORECASE)


def _listed(name: str) -> str:
    words = {m.strip(":") for m in lexicon.load("credits")["caption"][name]}
    return "|".join(re.escape(m) for m in sorted(words, key=lambda m: (-len(m), m)))


_STOCK = re.compile(
    r"\b(?:Getty Images|Shutterstock|Alamy|iStock(?:photo)?|Unsplash|Pexels|Pixabay|PA Wire|AP Photo"
    r"|picture alliance|IMAGO)\b[^.]{0,30}\)?\.?$"
)
_STOCK_SIGN = re.compile("Images|stock|splash|Alamy|Pexels|Pixabay|Wire|Photo|picture|IMAGO")
_LEAD = re.compile(r"^\W{0,2}[A-Z][\w .,’'/-]{2,60}?\([A-Z][\w /]{1,20}\)\s*[-–—:]")


def picture_credit(page: Page, i: int) -> bool:
    """A line that ends in a picture's credit ("... PHOTO: AGENCY", "(A. Name/Agency)"), and is no lead."""
    x = page.looks[i]
    sentence = x.n > 45 and x.text.endswith(".")
    return not sentence and _ends_in_credit(x.text[-160:]) and not _LEAD.match(x.text)


def _ends_in_credit(tail: str) -> bool:
    """Each pattern is tried where its sign is there, for speed."""
    sentence, end = tail.removesuffix("."), tail[-60:]
    last = sentence[sentence.rfind(".") + 1 :]
    if (":" in last or "/" in last or "|" in last or "：" in last) and _labelled().search(tail):
        return True
    if sentence.endswith((")", "]")) and any(p.search(tail) for p in _bracketed()):
        return True
    if ("/" in end or "via" in end.lower()) and _made_by().search(tail):
        return True
    return _STOCK_SIGN.search(end) is not None and _STOCK.search(tail) is not None


def picture_label(page: Page, i: int) -> bool:
    """A line that begins with a picture's label ("Photo:", "Image caption")."""
    x = page.looks[i]
    head, colon, _ = x.text.partition(":")
    if colon and len(head) < 30:
        return phrases.words_of("caption").whole_of(phrases.key(head)) == "labels"
    return phrases.words_of("caption").whole_of(x.words) is not None


# --- time -------------------------------------------------------------------------------------------------------------


@cache
def _relative() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(_relative_patterns()) + r")(?!\w)", re.IGNORECASE)


def _relative_patterns() -> list[str]:
    patterns: list[str] = lexicon.load("months")["relative"]["patterns"]
    return patterns


_RUN = re.compile(r"\w+")
_GROUP = re.compile(r"\(\?:[^)]*\)|\\.")
_IDEOGRAPH = re.compile("[\u3040-\u9fff]")


@cache
def _relative_words() -> frozenset[str]:
    """A word of each pattern of :func:`_relative`: a line without any has no relative time."""
    return frozenset(max(_RUN.findall(_GROUP.sub(" ", p)), key=len) for p in _relative_patterns())


def _may_be_relative(text: str) -> bool:
    return not _relative_words().isdisjoint(_RUN.findall(text.lower())) or _IDEOGRAPH.search(text) is not None


_DIGIT = re.compile(r"\d")
_CLOCK = re.compile(
    r"(?<!\d)(?:[01]?\d|2[0-4])[:.h][0-5]\d(?!\d)(?:\s?[ap]\.?m\.?)?(?:\s?(?:Uhr|[A-Z]{2,4}))?", re.IGNORECASE
)
_PRICE = re.compile("[$€£¥=%]")  # beside which "7.46" is no clock time


_DAY_LAST = re.compile(
    r"(?:^|[,|·•]\s)(?:[^\W\d_]+,?\s)?(?:\d{1,2}\.?\s(?P<m1>[^\W\d_]{3,10})|(?P<m2>[^\W\d_]{3,10})\s\d{1,2})$"
)


def _without_year(text: str, n: int) -> bool:
    """A day and month, with a weekday or a few words and a comma before them ("The Beacon, Monday 9 March")."""
    match = _DAY_LAST.search(text, max(0, len(text) - 40)) if 2 <= n <= 8 and _DIGIT.search(text) else None
    return match is not None and (match["m1"] or match["m2"]).lower() in month_numbers()


def timestamp(page: Page, i: int) -> bool:
    """A short line whose point is a date, a clock time or "3 hours ago"."""
    x = page.looks[i]
    digits = _DIGIT.search(x.text) is not None
    if not digits and (x.n > 4 or not _may_be_relative(x.text)):
        return False
    if digits and _without_year(x.text, x.n):
        return True
    rest, found = x.text, False
    for d in reversed(list(printed_dates(x.text))):
        rest, found = rest[: d.span.start] + " " + rest[d.span.end :], True
    rest, n = _relative().subn(" ", rest) if (x.n <= 14 or found) and _may_be_relative(rest) else (rest, 0)
    rest, m = _CLOCK.subn(" ", rest) if not found and not _PRICE.search(rest) else (rest, 0)
    left = len(phrases.key(rest))
    return (found and left <= 8) or (bool(n) and left <= (4 if digits else 1)) or (bool(m) and left <= 2)


# --- the article's own ------------------------------------------------------------------------------------------------


def note(page: Page, i: int) -> bool:
    """A correction or an editor's note."""
    return phrases.words_of("note").start_of(page.looks[i].words) is not None


RULES: tuple[Rule, ...] = (
    Rule("lead", Role.BODY, True, lead),
    Rule("ornament", Role.CHROME, True, ornament, 2),
    Rule("teaser-list", Role.RELATED, True, teaser_list),
    Rule("credit-line", Role.CREDIT, True, credit_line, 70, "credit"),
    Rule("signoff-line", Role.CREDIT, True, signoff_line, 8, "agency"),
    Rule("picture-label", Role.CAPTION, True, picture_label, 60, "caption"),
    Rule("picture-credit", Role.CAPTION, True, picture_credit, 90),
    Rule("related-line", Role.RELATED, True, related_line, needs="kind"),
    Rule("furniture-word", Role.CHROME, True, furniture_word, needs="kind"),
    Rule("consent", Role.CHROME, True, consent, needs="consent"),
    Rule("bare-address", Role.CHROME, True, bare_address),
    Rule("author-note", Role.BIO, True, author_note, 90, "bio"),
    Rule("foreign-script", Role.CHROME, True, foreign_script, 12),
    Rule("closing-call", Role.CHROME, True, closing_call, 25, "kind"),
    Rule("note", Role.NOTE, False, note, 120, "note"),
    Rule("byline", Role.BYLINE, True, byline, 30, "byline"),
    Rule("timestamp", Role.TIMESTAMP, False, timestamp, 24),
    Rule("about-author", Role.BIO, False, about_author, 90, "bio"),
    Rule("privacy", Role.CHROME, False, privacy, needs="consent"),
    Rule("furniture-phrase", Role.CHROME, False, furniture_phrase, needs="kind"),
)


def first_match(page: Page, i: int) -> Rule | None:
    """The first rule that matches the unit at ``i``."""
    x = page.looks[i]
    for rule in _asked(min(x.n, 200), x.cues):
        if rule.matches(page, i) and rule.name not in page.rules_off:
            return rule
    return None


@cache
def _asked(n: int, cues: Cues) -> tuple[Rule, ...]:
    """The rules for a unit of ``n`` words with these cues."""
    return tuple(r for r in RULES if n <= r.longest and (not r.needs or r.needs in cues))
