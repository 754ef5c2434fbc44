"""Where the mentions of a claim part in what is counted and when it is: figures and days.

Figures are held against each other where they count the same thing: by one measure, by one noun, or both persons ("12
people", "a dozen lives"); a bare figure ("the toll rose to 12") where nothing else is counted. What two mentions both
print is no difference, whatever else they count. Days are of one event where they lie within a year.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from generator.lexicon import load
from generator.model import DateRef, Difference, Mention, Quantity, Value
from generator.summarizer import voices
from generator.summarizer.quantities import measures
from generator.summarizer.sides import clusters, printed, value, was_read
from generator.summarizer.similarity import same_quantity

NO_DAY = "no day given"
PERSONS = "person"
TIME = "month"
_OF_TIME = frozenset(
    {"for", "in", "within", "after", "of", "ago", "old", "later", "earlier", "ahead", "before", "since", "to"}
)
FAR = 100  # how many times another a figure is that counts another thing
_AGED = re.compile(
    r"\b(?:aged|(?:boy|girl|man|woman|child|youth|teenager|pupil|student|mother|father|son|daughter) of) $"
)
_NAMED = re.compile(r"(?<![\w’'-])[A-Z][\w’'-]+, $")
FIGURE = 20  # from which the same number of two things is hardly chance
APART = 366  # days between two days of one event, at most
WEEK = 7
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b")
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b")
YEAR = 300  # days: a span that is no shorter is a year or more

Figures = tuple[list[Quantity], list[Quantity]]  # of the kind that is looked at, and of all things counted


def numbers(mentions: Sequence[Mention], aliases: object = None) -> list[Difference]:
    """Figures of one kind that are not the same figure: "four tonnes" and "40 tonnes"."""
    figures = [(m, [(q, _kind(m, q)) for q in _figures(m)]) for m in mentions]
    kinds = dict.fromkeys(kind for _, own in figures for _, kind in own)
    counted = [k for k in kinds if k is not None and not _is_measure(k)]
    bare = counted[0] if len(counted) == 1 else None
    found = []
    for kind in kinds:
        holders = [(m, (_of_kind(own, kind, bare), [q for q, _ in own])) for m, own in figures]
        holders = [(m, (own, every)) for m, (own, every) in holders if own]
        if not kind or len(holders) < 2 or not any(_part(x, y) for (_, x), (_, y) in combinations(holders, 2)):
            continue
        sides = clusters(holders, lambda x, y: not _part(x, y))
        if len(sides) > 1:
            found.append(Difference("number", tuple(value(c, lambda m, own: [q.span for q in own[0]]) for c in sides)))
    return found


def _figures(mention: Mention) -> list[Quantity]:
    """The quantities of a mention but for the number of its sources, which is told apart."""
    told = voices.printed(mention)
    counted = (q for q in mention.quantities if not any(q.span.overlaps(s) for s in told))
    return [q for q in counted if q.unit is not None or not _is_age(mention, q)]


def _is_age(mention: Mention, quantity: Quantity) -> bool:
    """As in "a boy of 15", "Ida Holm, 47, was hurt"."""
    at = quantity.span.shift(-mention.span.start)
    before, after = mention.text[: at.start], mention.text[at.end :]
    return _AGED.search(before) is not None or (_NAMED.search(before) is not None and after[:1] in (",", ")", ""))


def _kind(mention: Mention, quantity: Quantity) -> str | None:
    """What is counted: a measure, persons, or another noun; ``None`` where no noun says. Of a time also what it is said
    of: "for two years" and "two years ago" count other things.
    """
    unit = quantity.unit
    if unit == TIME:
        span = quantity.span.shift(-mention.span.start)
        before, after = mention.text[: span.start].split()[-1:], mention.text[span.end :].split()[:1]
        return " ".join((TIME, *(w for w in (*before, *after) if w.lower().strip(",.") in _OF_TIME)))
    if unit is None or unit in measures():
        return unit
    if unit in load("units")["counted"]["persons"]:
        return PERSONS
    return None if unit.endswith("ed") else unit  # "9,000 marched"


def _is_measure(kind: str) -> bool:
    return kind.split()[0] in measures()


def _of_kind(figures: Sequence[tuple[Quantity, str | None]], kind: str | None, bare: str | None) -> list[Quantity]:
    """Those of a kind; a lone bare figure is one of what ``bare`` says is all that is counted."""
    own = [q for q, k in figures if k == kind]
    if own or kind != bare:
        return own
    things = [(n, k) for n, (_, k) in enumerate(figures) if k is None or not _is_measure(k)]
    lone = [n for n, k in things if k is None] if len(things) == 1 else []
    return [figures[n][0] for n in lone if n == 0]  # after "15 years" a bare "10" may be years


def _part(x: Figures, y: Figures) -> bool:
    """Whether no figure of the one is the other's, nor any high figure that both print of whatever they count."""
    if any(same_quantity(p, q) for one, other in ((x[0], y[1]), (y[0], x[1])) for p in one for q in other):
        return False
    if all(_far(p, q) for p in x[0] for q in y[0]):
        return False
    return not any(same_quantity(p, q) for p in _high(x[1]) for q in _high(y[1]))


def _far(p: Quantity, q: Quantity) -> bool:
    """Whether two figures lie so far apart that they can't be of one thing: six of the injured, 5,000 wounded."""
    least, most = sorted((abs(p.value), abs(q.value)))
    return most >= FAR * max(least, 1.0)


def _high(figures: Sequence[Quantity]) -> list[Quantity]:
    return [q for q in figures if q.unit not in measures() and q.value >= FIGURE]


def dates(mentions: Sequence[Mention], aliases: object = None) -> list[Difference]:
    """Days of the event that are not the same, or a day that only some give."""
    dated = [(m, own) for m in mentions if (own := [d for d in m.when if d.start])]
    found = clusters([(m, (m, own)) for m, own in dated], _same_day)
    sides = _of_one_event([[(m, own) for m, (_, own) in side] for side in found])
    dated = [item for side in sides for item in side]
    told = [(m, own) for m, own in dated if not m.passing] or dated
    exact = [d for _, own in told for d in own if d.start == d.end]
    # Background leaves a day out as a matter of course: it only counts where all are background.
    aside = all(m.passing for m, _ in told)
    open_ = [m for m in mentions if not m.when and m.passing == aside and was_read(m) and not _told_that_day(m, exact)]
    if len(sides) < 2 and not (open_ and exact):
        return []
    values = _told_apart([value(c, lambda m, own: [d.span for d in own]) for c in sides], sides)
    if open_ and exact:
        values.append(Value(NO_DAY, tuple(m.id for m in open_)))
    return [Difference("date", tuple(values), compatible=_overlap(sides))]


def _same_day(x: tuple[Mention, list[DateRef]], y: tuple[Mention, list[DateRef]]) -> bool:
    """Whether both say one day, or the same words, printed again on another day: "Thursday" is that of the first."""
    if any((p.start, p.end) == (q.start, q.end) for p in x[1] for q in y[1]):
        return True
    said = [{printed(m, d.span).lower(): d for d in own} for m, own in (x, y)]
    both = said[0].keys() & said[1].keys()
    if any(_named_alike(word, said[0][word], said[1][word]) for word in both):
        return True
    return bool(both) and sorted(x[0].terms) == sorted(y[0].terms)


def _named_alike(word: str, a: DateRef, b: DateRef) -> bool:
    """Whether both mean the day of a week or of a year by its name, though one was read as that of the week or year
    before: no "yesterday".
    """
    apart = abs(_days(a)[0] - _days(b)[0])
    named = _WEEKDAY.search(word) if apart == WEEK else _MONTH.search(word) if apart <= APART else None
    return named is not None


def _told_apart(values: Sequence[Value], sides: Sequence[Dated]) -> list[Value]:
    """The values, those printed alike ("yesterday" on two days) each with the day that is meant."""
    said = Counter(v.value.lower() for v in values)
    return [
        replace(v, value=f"{v.value} ({side[0][1][0].start})") if said[v.value.lower()] > 1 else v
        for v, side in zip(values, sides, strict=True)
    ]


Dated = list[tuple[Mention, list[DateRef]]]


def _of_one_event(sides: list[Dated]) -> list[Dated]:
    """The sides whose days may be days of what most mentions tell of: a year in the past is another event's."""
    if len(sides) < 2:
        return sides
    most = max(sides, key=len)
    return [s for s in sides if s is most or any(_near(p, q) for _, x in s for p in x for _, y in most for q in y)]


def _near(a: DateRef, b: DateRef) -> bool:
    one, other = _days(a), _days(b)
    between = max(one[0], other[0]) - min(one[1], other[1])
    if between <= 0:
        return True
    return between <= APART and (one[1] - one[0] >= YEAR) == (other[1] - other[0] >= YEAR)


def _days(day: DateRef) -> tuple[int, int]:
    first = date.fromisoformat((day.start or day.end or "")[:10]).toordinal()
    return first, date.fromisoformat((day.end or day.start or "")[:10]).toordinal()


def _overlap(sides: Sequence[Dated]) -> bool:
    """Whether one only says less exactly than the other when it is: "on Tuesday", "this week"."""
    ranges = [[_days(d) for _, own in side for d in own] for side in sides]
    return all(any(a[0] <= b[1] and b[0] <= a[1] for a in x for b in y) for x, y in combinations(ranges, 2))


def _told_that_day(mention: Mention, days: Sequence[DateRef]) -> bool:
    """Whether it was said on one of the days ("The agency said on Monday that she had left"), or is going on then."""
    return any(d.start and (d.start, d.end) == (x.start, x.end) for d in mention.dates for x in days)
