"""Where the mentions of a claim part, with the spans that show it. By rules, and about reporting: no verdict on truth.

Agreeing facts in other clothes are no difference: "130 km (80 miles)" and "130 km", "13 September" and "Wednesday" of
that week, "about 9,000" and "9,400". What a mention leaves out is a difference of dates only ("no day given").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import combinations, pairwise
from typing import TypeVar

from generator.model import DateRef, Difference, Mention, Quantity, QuoteKind, Span, Status, Value
from generator.summarizer import places, status, voices
from generator.summarizer.naming import Aliases
from generator.summarizer.normalise import fold
from generator.summarizer.similarity import same_quantity
from generator.text import words

T = TypeVar("T")
OUTLET_ITSELF = "the outlet itself"
NO_DAY = "no day given"
_LIGHT = frozenset({"be", "have", "do", "make", "take", "put", "get", "say"})
_FIRM = frozenset({Status.HAPPENED, Status.REPORTED, Status.CONFIRMED})

# What may change in the course of a story, so that an earlier report of it is out of date.
_MOVING = frozenset({"number", "date", "place", "hedge", "polarity"})
_WORDS = {Status.HAPPENED: "stated as fact"}  # for the reader; a bare "happened" would be a verdict


def within(
    mentions: Sequence[Mention], aliases: Aliases | None = None, published: Mapping[str, str | None] | None = None
) -> tuple[Difference, ...]:
    """The differences between the mentions of a claim, in the order of :data:`RULES`. Headlines don't count.
    ``published`` are the days of the articles: with them it is told what only is out of date.
    """
    body = [m for m in mentions if not m.headline]
    found = (rule(body, aliases) for rule in RULES) if len({m.article for m in body}) > 1 else ()
    days = {m.id: (published or {}).get(m.article) for m in body}
    return tuple(_over_time(d, days) for made in found for d in made)


def _over_time(difference: Difference, days: Mapping[str, str | None]) -> Difference:
    """The difference with its sides in order of time, where each was published on days before those of the next."""
    if difference.aspect not in _MOVING or any(v.value == NO_DAY for v in difference.values):
        return difference
    sides = []
    for value in difference.values:
        known = [day[:10] for m in value.mentions if (day := days.get(m))]
        if len(known) < len(value.mentions):
            return difference
        sides.append((min(known), max(known), value))
    sides.sort(key=lambda side: side[:2])
    if any(one[1] >= other[0] for one, other in pairwise(sides)):
        return difference
    return replace(difference, values=tuple(value for *_, value in sides), superseded=True)


def between(a: Mention, b: Mention, aliases: Aliases | None = None) -> tuple[Difference, ...]:
    """The differences of two mentions of the same claim."""
    return tuple(d for rule in RULES for d in rule([a, b], aliases))


def contradict(a: Mention, b: Mention) -> bool:
    """Whether one says the contrary of the other: denied here and put forward there, silence here and a statement
    there, a negation of the same event, or another place for what is to come.
    """
    if places.part(a, b):
        return True
    if (a.status is Status.DENIED) != (b.status is Status.DENIED):
        return not (a.negated and b.negated)
    silent = [m.status is Status.NO_COMMENT or _is_open(m) for m in (a, b)]
    if silent[0] != silent[1]:
        told = b if silent[0] else a
        return told.status in (Status.CONFIRMED, Status.REPORTED) and bool(
            told.chain or told.status is Status.CONFIRMED
        )
    return a.negated != b.negated and bool(set(a.predicates) & set(b.predicates) - _LIGHT)


def _is_open(mention: Mention) -> bool:
    return "unconfirmed" in (mention.hedge or "") or "no confirmation" in (mention.hedge or "")


def numbers(mentions: Sequence[Mention], aliases: Aliases | None = None) -> list[Difference]:
    """Figures of one unit that are not the same figure: "four tonnes" and "40 tonnes"."""
    found = []
    figures = [(m, _figures(m)) for m in mentions]
    for unit in _in_order(q.unit for _, own in figures for q in own if q.unit):
        holders = [(m, [q for q in own if q.unit == unit]) for m, own in figures]
        holders = [(m, own) for m, own in holders if own]
        if len(holders) < 2 or not any(_part(x, y) for (_, x), (_, y) in combinations(holders, 2)):
            continue
        clusters = _clusters(holders, lambda x, y: not _part(x, y))
        if len(clusters) > 1:
            found.append(Difference("number", tuple(_value(c, lambda m, own: [q.span for q in own]) for c in clusters)))
    return found


def _figures(mention: Mention) -> list[Quantity]:
    """The quantities of a mention but for the number of its sources, which is told apart."""
    told = voices.printed(mention)
    return [q for q in mention.quantities if not any(q.span.overlaps(s) for s in told)]


def _part(x: Sequence[Quantity], y: Sequence[Quantity]) -> bool:
    return not any(same_quantity(p, q) for p in x for q in y)


def dates(mentions: Sequence[Mention], aliases: Aliases | None = None) -> list[Difference]:
    """Days of the event that are not the same, or a day that only some give."""
    dated = [(m, own) for m in mentions if (own := [d for d in m.when if d.start])]
    clusters = _clusters(dated, lambda x, y: any(p.start == q.start and p.end == q.end for p in x for q in y))
    told = [(m, own) for m, own in dated if not m.passing] or dated
    exact = [d for _, own in told for d in own if d.start == d.end]
    # Background leaves a day out as a matter of course: it only counts where all are background.
    aside = all(m.passing for m, _ in told)
    open_ = [m for m in mentions if not m.when and m.passing == aside and not _told_that_day(m, exact)]
    if len(clusters) < 2 and not (open_ and exact):
        return []
    values = [_value(c, lambda m, own: [d.span for d in own]) for c in clusters]
    if open_ and exact:
        values.append(Value(NO_DAY, tuple(m.id for m in open_)))
    return [Difference("date", tuple(values))]


def _told_that_day(mention: Mention, days: Sequence[DateRef]) -> bool:
    """Whether it was said on one of the days ("The agency said on Monday that she had left"), or is going on then."""
    return any(d.start and (d.start, d.end) == (x.start, x.end) for d in mention.dates for x in days)


def wheres(mentions: Sequence[Mention], aliases: Aliases | None = None) -> list[Difference]:
    """Other places, or another time relative to an event, for what is to come: "at the fair", "after the fair"."""
    told = [(m, m) for m in mentions if places.phrases(m.text)]
    if not any(places.part(x, y) for (_, x), (_, y) in combinations(told, 2)):
        return []
    clusters = _clusters(told, lambda x, y: not places.part(x, y))
    values = [_value(c, lambda m, _: places.spans(m)) for c in clusters]
    return [Difference("place", tuple(values))] if len(values) > 1 else []


def hedges(mentions: Sequence[Mention], aliases: Aliases | None = None) -> list[Difference]:
    """How firmly it is put: "appears to have left", "left", "denied"."""
    clusters = _clusters([(m, m) for m in _weighable(mentions)], _as_firm)
    if len(clusters) < 2:
        return []
    values = []
    for cluster in clusters:
        first = cluster[0][0]
        spans = tuple((m.id, span) for m, _ in cluster for span in _hedge_span(m))
        label = first.hedge if first.hedge and spans else _WORDS.get(first.status, first.status.value)
        values.append(Value(label, tuple(m.id for m, _ in cluster), spans))
    return [Difference("hedge", tuple(values))]


def _weighable(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that say how sure they are. Background ("which has burned 40 tonnes") takes for granted what others
    put to the reader: without a hedge of its own it is only held against other background.
    """
    if all(m.passing for m in mentions):
        return list(mentions)
    return [m for m in mentions if not m.passing or _firmness(m) is not Status.HAPPENED]


def polarities(mentions: Sequence[Mention], aliases: Aliases | None = None) -> list[Difference]:
    """Whether it is so: denied here and put forward there, or the same verb with "not" and without."""
    sides = [(m, _says_no(m, mentions)) for m in mentions if m.status is not Status.NO_COMMENT]
    if len({no for _, no in sides}) < 2:
        return []
    values = []
    for side in (False, True):
        own = [m for m, no in sides if no is side]
        spans = tuple((m.id, s) for m in own for s in (status.negation(m) if side else ()))
        denied = any(m.status is Status.DENIED for m in own)
        label = "denied" if denied else _printed(own[0], spans[0][1]) if spans else "said to be so"
        values.append(Value(label, tuple(m.id for m in own), spans))
    return [Difference("polarity", tuple(values))]


def _says_no(mention: Mention, mentions: Sequence[Mention]) -> bool:
    if mention.status is Status.DENIED:
        return not all(m.negated or m.status is Status.DENIED for m in mentions)
    others = [m for m in mentions if m.article != mention.article and _alike_but_for_not(mention, m)]
    return any(status.negates(mention, p) for m in others for p in set(m.predicates) & set(mention.predicates) - _LIGHT)


def _alike_but_for_not(a: Mention, b: Mention) -> bool:
    """Whether two are about the same subject in mostly the same words: else a "not" denies another thing."""
    shared = len(set(a.terms) & set(b.terms))
    return bool(set(a.subjects) & set(b.subjects)) and shared * 2 >= min(len(set(a.terms)), len(set(b.terms)))


def _firmness(mention: Mention) -> Status:
    """The rung, what is firm being one: a bare "will" is as firm as what is to come can be."""
    bare = mention.status is Status.EXPECTED and (mention.hedge or "").lower() in ("will", "shall")
    return Status.HAPPENED if bare or mention.status in _FIRM else mention.status


def _as_firm(a: Mention, b: Mention) -> bool:
    """Whether two are as firm as each other; what is scheduled is firmer than what is expected, what is confirmed than
    what is reported.
    """
    if _firmness(a) is not _firmness(b) or {a.status, b.status} == {Status.CONFIRMED, Status.REPORTED}:
        return False
    kinds = {status.kind_of_expectation(m.hedge) for m in (a, b)} if _firmness(a) is Status.EXPECTED else set()
    return not {"scheduled", "awaited"} <= kinds


def _hedge_span(mention: Mention) -> list[Span]:
    at = mention.text.lower().find(mention.hedge.lower()) if mention.hedge else -1
    start = mention.span.start + at
    return [Span(start, start + len(mention.hedge or ""))] if at >= 0 else []


def attributions(mentions: Sequence[Mention], aliases: Aliases | None = None) -> list[Difference]:
    """Who is held to it, the outlet itself where nobody is."""
    clusters = _clusters([(m, m) for m in mentions], lambda x, y: voices.agree(x, y, aliases))
    if len(clusters) < 2:
        return []
    values = []
    for cluster in clusters:
        first = cluster[0][0]
        label = ", as told by ".join(s.name for s in first.chain) or OUTLET_ITSELF
        spans = tuple((m.id, span) for m, _ in cluster for span in voices.printed(m))
        values.append(Value(label, tuple(m.id for m, _ in cluster), spans))
    return [Difference("attribution", tuple(values))]


def sources(mentions: Sequence[Mention], aliases: Aliases | None = None) -> list[Difference]:
    """How many stand behind it: "several", "two anonymous government" sources."""
    counted = [(m, n) for m in mentions if (n := _source_number(m))]
    clusters = _clusters(counted, lambda x, y: x == y)
    values = [
        Value(c[0][1], tuple(m.id for m, _ in c), tuple((m.id, s) for m, n in c for s in _word_spans(m, n)))
        for c in clusters
    ]
    return [Difference("sources", tuple(values))] if len(values) > 1 else []


def _word_spans(mention: Mention, sought: str) -> list[Span]:
    """The first place in a mention where a word or phrase stands by itself."""
    found = re.search(rf"(?<!\w){re.escape(sought)}(?!\w)", mention.text, re.IGNORECASE)
    return [Span(found.start(), found.end()).shift(mention.span.start)] if found else []


def _source_number(mention: Mention) -> str | None:
    return next((s.number.lower() for s in mention.chain if s.number), None)


def wordings(mentions: Sequence[Mention], aliases: Aliases | None = None) -> list[Difference]:
    """Quotations of one utterance in different words."""
    quoted = [(m, " ".join(w for w, _ in _spoken(m))) for m in mentions if m.quote is QuoteKind.DIRECT]
    clusters = _clusters(quoted, lambda x, y: x in y or y in x)
    if len(clusters) < 2:
        return []
    values = []
    for n, cluster in enumerate(clusters):
        other = clusters[1 if n == 0 else 0][0][0]
        spans = tuple((m.id, span) for m, _ in cluster for span in _own_words(m, other))
        values.append(Value(cluster[0][0].text, tuple(m.id for m, _ in cluster), spans))
    return [Difference("wording", tuple(values))]


def _spoken(mention: Mention) -> list[tuple[str, Span]]:
    """The folded words between the quotation marks, or all where the marks stand elsewhere; with their places."""
    text = mention.text
    marks = [i for i, c in enumerate(text) if c in '"“”«»']
    end = marks[0] if marks and marks[0] > 10 else len(text)
    inside = Span(marks[0], marks[-1]) if len(marks) > 1 else Span(0, end)
    return [(fold(w.of(text)), w.shift(mention.span.start)) for w in words(text) if w in inside]


def _own_words(mention: Mention, other: Mention) -> list[Span]:
    """The words of a quotation that the other one does not have, neighbours as one."""
    own, theirs = _spoken(mention), _spoken(other)
    codes = SequenceMatcher(None, [w for w, _ in own], [w for w, _ in theirs], autojunk=False).get_opcodes()
    return [Span(own[i][1].start, own[j - 1][1].end) for tag, i, j, _, _ in codes if tag != "equal" and j > i]


RULES: tuple[Callable[[Sequence[Mention], Aliases | None], list[Difference]], ...] = (
    numbers, dates, wheres, polarities, hedges, attributions, sources, wordings,
)  # fmt: skip


def _in_order(items: Iterable[str | None]) -> list[str]:
    return [i for i in dict.fromkeys(items) if i]


def _clusters(items: Sequence[tuple[Mention, T]], same: Callable[[T, T], bool]) -> list[list[tuple[Mention, T]]]:
    """Items that agree with one of the cluster, in order of appearance."""
    clusters: list[list[tuple[Mention, T]]] = []
    for item in items:
        fitting = [c for c in clusters if any(same(item[1], own) for _, own in c)]
        if not fitting:
            clusters.append([item])
            continue
        fitting[0].append(item)
        for other in fitting[1:]:
            fitting[0].extend(other)
            clusters.remove(other)
    return clusters


def _value(cluster: Sequence[tuple[Mention, T]], spans: Callable[[Mention, T], Sequence[Span]]) -> Value:
    """A side of a difference, named by what its first mention prints."""
    shown = [(m, s) for m, own in cluster for s in spans(m, own)]
    first = cluster[0][0]
    printed = [_printed(m, s) for m, s in shown if m.id == first.id]
    return Value(", ".join(dict.fromkeys(printed)), tuple(m.id for m, _ in cluster), tuple((m.id, s) for m, s in shown))


def _printed(mention: Mention, span: Span) -> str:
    return span.shift(-mention.span.start).of(mention.text)
