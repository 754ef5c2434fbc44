"""Date expressions -> first and last day, anchored on the day of publication; without one, relative ones stay open.

A weekday is the nearest one in the direction its words give ("on Monday" past, "until Wednesday", "as early as Tuesday"
to come); the day of publication counts for both. Forms follow TIMEX3 (Pustejovsky et al., 2003), English only.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from generator.model import DateRef, Span
from generator.text import day_of

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SHORT = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sept": 9,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_SMALL = {
    "one": 1,
    "a": 1,
    "an": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
}
_TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_ORDINALS = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}
_AHEAD = re.compile(
    r"\b(?:until|till|by|next|this|coming|as early as|as soon as|from|starting|later|will|would|due|expected|scheduled|"
    r"set to|plans?|planned|to be|going to|upcoming|through)\b[\w\s’'-]{0,40}$",
    re.IGNORECASE,
)
_BACK = re.compile(r"\b(?:earlier|last|since|previous|past|late|early)\s+(?:on\s+)?$", re.IGNORECASE)

_BEFORE_MONTH = re.compile(
    r"\b(?:in|last|this|next|by|since|until|from|to|of|early|late|mid|during|for|before|after)[\s-]+$", re.IGNORECASE
)

Days = tuple[date, date] | None


def find(text: str, published: str | None, *, ahead: bool = False, start: int = 0) -> tuple[DateRef, ...]:
    """The date expressions in ``text``. ``published`` is the anchor (ISO date or time); ``ahead`` tells that the clause
    speaks of the future. Dates out of any calendar ("31 February") are left open.
    """
    anchor = day_of(published)
    found = []
    for match in _pattern().finditer(text):
        if (
            match["month"] in ("May", "March")
            and not match["myear"]
            and not _BEFORE_MONTH.search(text[: match.start()])
        ):
            continue  # a name or a verb
        days = _resolve(match, text, anchor, ahead)
        span = Span(start + match.start(), start + match.end())
        first, last = (days[0].isoformat(), days[1].isoformat()) if days else (None, None)
        found.append(DateRef(span, first, last))
    return tuple(found)


def _resolve(match: re.Match[str], text: str, anchor: date | None, ahead: bool) -> Days:
    rule = next((r for name, r in _RULES if match[name]), None)
    try:
        return rule(match, text[: match.start()], anchor, ahead) if rule else None
    except (ValueError, OverflowError):
        return None


def _iso(match: re.Match[str], before: str, anchor: date | None, ahead: bool) -> Days:
    return _one(date.fromisoformat(match["iso"]))


def _calendar(match: re.Match[str], before: str, anchor: date | None, ahead: bool) -> Days:
    """As in "13 September", "Sept. 13, 2023": a year that is not said is that of the nearest such day."""
    month = _month(match["m1"] or match["m2"])
    said = match["d1"] or match["d2"]
    day = int(said) if said.isdigit() else _ORDINALS[said.lower()]
    year = match["y1"] or match["y2"]
    if year:
        return _one(date(int(year), month, day))
    if anchor is None:
        return None
    options = [date(y, month, day) for y in (anchor.year - 1, anchor.year, anchor.year + 1) if _exists(y, month, day)]
    return _one(min(options, key=lambda d: abs((d - anchor).days))) if options else None


def _month_only(match: re.Match[str], before: str, anchor: date | None, ahead: bool) -> Days:
    month = _month(match["month"])
    if match["myear"]:
        return _whole_month(int(match["myear"]), month)
    if anchor is None:
        return None
    forward = ahead or bool(_AHEAD.search(before))
    year = anchor.year + (1 if forward and month < anchor.month else -1 if not forward and month > anchor.month else 0)
    return _whole_month(year, month)


def _weekday(match: re.Match[str], before: str, anchor: date | None, ahead: bool) -> Days:
    if anchor is None:
        return None
    wanted = _WEEKDAYS.index(match["weekday"].lower())
    modifier = (match["which"] or "").lower()
    past = (anchor.weekday() - wanted) % 7
    to_come = (wanted - anchor.weekday()) % 7
    if modifier in ("last", "earlier", "past") or _BACK.search(before):
        return _one(anchor - timedelta(past or (7 if modifier == "last" else 0)))
    if modifier in ("next", "coming"):
        return _one(anchor + timedelta(to_come or 7))
    forward = modifier in ("this", "later") or _AHEAD.search(before) or ahead
    return _one(anchor + timedelta(to_come) if forward else anchor - timedelta(past))


def _near(match: re.Match[str], before: str, anchor: date | None, ahead: bool) -> Days:
    if anchor is None:
        return None
    word = match["near"].split()[0].lower()
    return _one(anchor + timedelta({"yesterday": -1, "last": -1, "tomorrow": 1}.get(word, 0)))


def _period(match: re.Match[str], before: str, anchor: date | None, ahead: bool) -> Days:
    """As in "last week", "this month", "next year": the whole calendar unit."""
    if anchor is None:
        return None
    step = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}.get(match["step"].lower(), 0)
    unit = match["unit"].lower()
    if unit == "week":
        monday = anchor - timedelta(anchor.weekday()) + timedelta(7 * step)
        return monday, monday + timedelta(6)
    if unit == "weekend":
        saturday = anchor - timedelta(anchor.weekday()) + timedelta(5 + 7 * (step or (0 if ahead else -1)))
        return saturday, saturday + timedelta(1)
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + step
        return _whole_month(months // 12, months % 12 + 1)
    return date(anchor.year + step, 1, 1), date(anchor.year + step, 12, 31)


def _counted(words: str) -> int:
    """The number that "52", "two" or "fifty-two" says."""
    tens, _, ones = words.partition("-")
    return int(words) if words.isdigit() else _TENS.get(tens, 0) + _SMALL.get(ones or tens, 0)


def _ago(match: re.Match[str], before: str, anchor: date | None, ahead: bool) -> Days:
    """As in "three years ago": the unit it falls into."""
    if anchor is None:
        return None
    count = _counted(match["count"].lower())
    unit = match["span"].lower().rstrip("s")
    if unit == "day":
        return _one(anchor - timedelta(count))
    if unit == "week":
        monday = anchor - timedelta(anchor.weekday() + 7 * count)
        return monday, monday + timedelta(6)
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 - count
        return _whole_month(months // 12, months % 12 + 1)
    return date(anchor.year - count, 1, 1), date(anchor.year - count, 12, 31)


def _year(match: re.Match[str], before: str, anchor: date | None, ahead: bool) -> Days:
    year = int(match["year"])
    return date(year, 1, 1), date(year, 12, 31)


def _one(day: date) -> Days:
    return day, day


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= day <= monthrange(year, month)[1]


def _whole_month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _month(word: str) -> int:
    bare = word.lower().rstrip(".")
    return _MONTHS.index(bare) + 1 if bare in _MONTHS else _SHORT[bare]


_Rule = Callable[[re.Match[str], str, "date | None", bool], Days]
# The first group that matched decides.
_RULES: tuple[tuple[str, _Rule], ...] = (
    ("iso", _iso), ("d1", _calendar), ("d2", _calendar), ("month", _month_only), ("weekday", _weekday), ("near", _near),
    ("step", _period), ("count", _ago), ("year", _year),
)  # fmt: skip


@cache
def _pattern() -> re.Pattern[str]:
    long = "|".join(form for m in _MONTHS for form in (m.capitalize(), m.upper()))
    short = "|".join(s.capitalize() for s in _SHORT)
    month = rf"(?:{long}|(?:{short})\.?)"
    day = r"(?:[12]\d|3[01]|0?[1-9])"
    ordinal = rf"(?:{'|'.join(_ORDINALS)})(?=\s(?:day\s)?of\s)"
    year = r"(?:1[5-9]|20)\d\d"
    weekdays = "|".join(form for w in _WEEKDAYS for form in (w.capitalize(), w.upper()))
    return re.compile(
        rf"\b(?P<iso>{year}-[01]\d-[0-3]\d)\b"
        rf"|\b(?P<d1>{day}|{ordinal})(?:st|nd|rd|th)?\s(?:day\s)?(?:of\s)?(?P<m1>{month})(?:,?\s(?P<y1>{year}))?(?!\w)"
        rf"|\b(?P<m2>{month})\s(?P<d2>{day})(?:st|nd|rd|th)?(?!\d|\s?[%-])(?:,?\s(?P<y2>{year}))?(?!\w)"
        rf"|\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Cc]oming|[Ll]ater|[Ee]arlier)\s(?:on\s)?)?(?P<weekday>{weekdays})\b"
        rf"|\b(?P<month>{long})(?:\s(?:of\s)?(?P<myear>{year}))?\b(?!\s\d)"
        r"|\b(?P<near>[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow|[Tt]his (?:morning|afternoon|evening)|"
        r"[Ll]ast night)\b"
        r"|\b(?P<step>[Ll]ast|[Pp]revious|[Tt]his|[Nn]ext|[Cc]oming|over the)\s(?P<unit>week|weekend|month|year)\b"
        rf"|(?<![\w-])(?P<count>\d{{1,3}}|(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_SMALL)}))?|{'|'.join(_SMALL)})\s"
        r"(?P<span>days?|weeks?|months?|years?)\sago\b"
        rf"|(?<![\w,.$€£-])(?P<year>(?:19|20)\d\d)(?![\w%]|,\d|-\d|\s?(?:km|miles|people|tonnes|metres|feet|dollars|euros))"
    )
