"""Where the mentions of a claim part, with the spans that show it. By rules, and about reporting: no verdict on truth.

Agreeing facts in other clothes are no difference: "130 km (80 miles)" and "130 km", "13 September" and "Wednesday" of
that week, "about 9,000" and "9,400". What a mention leaves out is a difference of dates only ("no day given").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import combinations, pairwise

from generator.model import Difference, Mention, QuoteKind, Span, Status, Value
from generator.summarizer import facts, places, status, voices
from generator.summarizer.naming import Aliases
from generator.summarizer.normalise import fold
from generator.summarizer.sides import clusters, printed, value, was_read
from generator.text import words

OUTLET_ITSELF = "the outlet itself"
NO_DAY = facts.NO_DAY
ALIKE = 0.6  # share of a quotation's words that another has, for both to be one utterance
BARE = 3  # content words: a denial of fewer says not what it denies
_MARKS = '"“”«»'
_LIGHT = frozenset({"be", "have", "do", "make", "take", "put", "get", "say"})
_UNSURE = frozenset({"believes", "expects", "estimates", "does not expect"})
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
    for side in difference.values:
        known = [day[:10] for m in side.mentions if (day := days.get(m))]
        if len(known) < len(side.mentions):
            return difference
        sides.append((min(known), max(known), side))
    sides.sort(key=lambda s: s[:2])
    if any(one[1] >= other[0] for one, other in pairwise(sides)):
        return difference
    return replace(difference, values=tuple(side for *_, side in sides), superseded=True)


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
        return _no(a) != _no(b)
    silent = [m.status is Status.NO_COMMENT or _is_open(m) for m in (a, b)]
    if silent[0] != silent[1]:
        told = b if silent[0] else a
        return told.status in (Status.CONFIRMED, Status.REPORTED) and bool(
            told.chain or told.status is Status.CONFIRMED
        )
    return a.negated != b.negated and bool(set(a.predicates) & set(b.predicates) - _LIGHT)


def _no(mention: Mention) -> bool:
    """Whether it says, all in all, that something is not so; who denies that nobody was aboard does not."""
    return (mention.status is Status.DENIED) != mention.negated


def _is_open(mention: Mention) -> bool:
    return "unconfirmed" in (mention.hedge or "") or "no confirmation" in (mention.hedge or "")


def wheres(mentions: Sequence[Mention], aliases: Aliases | None = None) -> list[Difference]:
    """Other places, or another time relative to an event, for what is to come: "at the fair", "after the fair"."""
    told = [(m, m) for m in mentions if places.phrases(m.text)]
    if not any(places.part(x, y) for (_, x), (_, y) in combinations(told, 2)):
        return []
    sides = clusters(told, lambda x, y: not places.part(x, y))
    values = [value(c, lambda m, _: places.spans(m)) for c in sides]
    return [Difference("place", tuple(values))] if len(values) > 1 else []


def hedges(mentions: Sequence[Mention], aliases: Aliases | None = None) -> list[Difference]:
    """How firmly it is put: "appears to have left", "left", "denied"."""
    weighed = _weighable(mentions)
    apart = {Status.CONFIRMED, Status.REPORTED} <= {m.status for m in weighed}
    # Where some confirm what others report, what is stated as fact stands with the reports, or all would be one.
    parted = {Status.CONFIRMED, Status.HAPPENED} if apart else None
    sides = clusters([(m, m) for m in weighed], lambda x, y: {x.status, y.status} != parted and _as_firm(x, y))
    if len(sides) < 2:
        return []
    return [Difference("hedge", tuple(_firm_side([m for m, _ in side]) for side in sides))]


def _firm_side(mentions: Sequence[Mention]) -> Value:
    """Those that are as firm as each other, called by the first; by one that says "is" where others say "will"."""
    first = min(mentions, key=lambda m: m.status is Status.EXPECTED)
    spans = tuple((m.id, span) for m in mentions for span in _hedge_span(m))
    label = first.hedge if first.hedge and _hedge_span(first) else _WORDS.get(first.status, first.status.value)
    return Value(label, tuple(m.id for m in mentions), spans)


def _weighable(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that say how sure they are. Background ("which has burned 40 tonnes") takes for granted what others
    put to the reader: without a hedge of its own it is only held against other background.
    """
    read = [m for m in mentions if was_read(m)]
    if all(m.passing for m in read):
        return read
    return [m for m in read if not m.passing or _firmness(m) is not Status.HAPPENED]


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
        label = "denied" if denied else printed(own[0], spans[0][1]) if spans else "said to be so"
        values.append(Value(label, tuple(m.id for m in own), spans))
    # Where other words of denial stand on both sides, none says what another doesn't.
    return [Difference("polarity", tuple(values))] if values[0].value != values[1].value else []


def _says_no(mention: Mention, mentions: Sequence[Mention]) -> bool:
    if mention.status is Status.DENIED:
        contrary = [m for m in mentions if m.status is not Status.DENIED and _no(m) != _no(mention)]
        return any(_on_one_matter(mention, m) for m in contrary)
    others = [m for m in mentions if m.article != mention.article and _alike_but_for_not(mention, m)]
    both = ((m, p) for m in others for p in set(m.predicates) & set(mention.predicates) - _LIGHT)
    return any(status.negates(mention, p) and not m.negated for m, p in both)


def _on_one_matter(denial: Mention, other: Mention) -> bool:
    """Whether a denial may be of what another says: "reject the nominee" denies no speech. A bare "that is false" may
    be of anything.
    """
    own, theirs = set(denial.terms), set(other.terms)
    named = bool(set(denial.names) & set(other.names))
    if other.passing and not own & theirs:
        return False  # what only says who is spoken of ("the owners, who run two ferries,") is denied by nobody
    return named or len(own | set(denial.names)) < BARE or len(own & theirs) >= min(2, len(theirs))


def _alike_but_for_not(a: Mention, b: Mention) -> bool:
    """Whether two are about the same subject in mostly the same words: else a "not" denies another thing."""
    shared = len(set(a.terms) & set(b.terms))
    return bool(set(a.subjects) & set(b.subjects)) and shared * 2 >= min(len(set(a.terms)), len(set(b.terms)))


def _firmness(mention: Mention) -> Status:
    """The rung, what is firm being one: a bare "will" is as firm as what is to come can be, and so is the "would" of
    reported speech.
    """
    hedge = (mention.hedge or "").lower()
    bare = hedge in ("will", "shall") or (hedge == "would" and bool(mention.chain))
    sure = bare and mention.status is Status.EXPECTED and mention.stance not in _UNSURE
    return Status.HAPPENED if sure or mention.status in _FIRM else mention.status


def _as_firm(a: Mention, b: Mention) -> bool:
    """Whether two are as firm as each other; what is scheduled is firmer than what is expected, what is confirmed than
    what is reported.
    """
    if Status.DENIED in (a.status, b.status) and _no(a) and _no(b):
        return True  # "denied that it was", "said that it was not"
    if _firmness(a) is not _firmness(b) or {a.status, b.status} == {Status.CONFIRMED, Status.REPORTED}:
        return False
    kinds = {status.kind_of_expectation(m.hedge) for m in (a, b)} if _firmness(a) is Status.EXPECTED else set()
    return not {"scheduled", "awaited"} <= kinds


def _hedge_span(mention: Mention) -> list[Span]:
    at = mention.text.lower().find(mention.hedge.lower()) if mention.hedge else -1
    start = mention.span.start + at
    return [Span(start, start + len(mention.hedge or ""))] if at >= 0 else []


def attributions(mentions: Sequence[Mention], aliases: Aliases | None = None) -> list[Difference]:
    """Who is held to it, the outlet itself where nobody is; not where nothing tells who it is that speaks."""
    held = [(m, m) for m in mentions if (m.chain or was_read(m)) and not (m.nameless or voices.is_vague(m))]
    sides = clusters(held, lambda x, y: voices.agree(x, y, aliases))
    if len(sides) < 2:
        return []
    values = []
    for cluster in sides:
        first = cluster[0][0]
        label = ", as told by ".join(s.name for s in first.chain) or OUTLET_ITSELF
        spans = tuple((m.id, span) for m, _ in cluster for span in voices.printed(m))
        values.append(Value(label, tuple(m.id for m, _ in cluster), spans))
    return [Difference("attribution", tuple(values))]


def sources(mentions: Sequence[Mention], aliases: Aliases | None = None) -> list[Difference]:
    """How many stand behind it: "several", "two anonymous government" sources."""
    counted = [(m, n) for m in mentions if (n := _source_number(m))]
    sides = clusters(counted, lambda x, y: x == y)
    values = [
        Value(c[0][1], tuple(m.id for m, _ in c), tuple((m.id, s) for m, n in c for s in _word_spans(m, n)))
        for c in sides
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
    sides = [s for s in clusters(quoted, lambda x, y: x in y or y in x) if s[0][1]]
    first = next((s for s in sides if any(_same_words(s[0][1], t[0][1]) for t in sides if t is not s)), None)
    if first is None:
        return []
    sides = [s for s in sides if s is first or _same_words(first[0][1], s[0][1])]
    values = []
    for n, side in enumerate(sides):
        other = sides[1 if n == 0 else 0][0][0]
        spans = tuple((m.id, span) for m, _ in side for span in _own_words(m, other))
        values.append(Value(_quoted(side[0][0]), tuple(m.id for m, _ in side), spans))
    return [Difference("wording", tuple(values))]


def _same_words(one: str, other: str) -> bool:
    """Whether two quotations are of one utterance: most words of the shorter stand in the longer, in order."""
    a, b = one.split(), other.split()
    same = sum(block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    return same >= 2 and same >= ALIKE * min(len(a), len(b))


def _quoted(mention: Mention) -> str:
    """What stands between the quotation marks, with them; all of it where they stand elsewhere."""
    spoken = _spoken(mention)
    start, end = spoken[0][1].start - mention.span.start, spoken[-1][1].end - mention.span.start
    text = mention.text
    while start and text[start - 1] in _MARKS:
        start -= 1
    while end < len(text) and text[end] in _MARKS + ",.!?…":
        end += 1
    return text[start:end].rstrip(",")


def _spoken(mention: Mention) -> list[tuple[str, Span]]:
    """The folded words between the quotation marks, or all where the marks stand elsewhere; with their places."""
    text = mention.text
    marks = [i for i, c in enumerate(text) if c in _MARKS]
    end = marks[0] if marks and marks[0] > 10 else len(text)
    inside = Span(marks[0], marks[-1]) if len(marks) > 1 else Span(0, end)
    return [(fold(w.of(text)), w.shift(mention.span.start)) for w in words(text) if w in inside]


def _own_words(mention: Mention, other: Mention) -> list[Span]:
    """The words of a quotation that the other one does not have, neighbours as one."""
    own, theirs = _spoken(mention), _spoken(other)
    codes = SequenceMatcher(None, [w for w, _ in own], [w for w, _ in theirs], autojunk=False).get_opcodes()
    return [Span(own[i][1].start, own[j - 1][1].end) for tag, i, j, _, _ in codes if tag != "equal" and j > i]


RULES: tuple[Callable[[Sequence[Mention], Aliases | None], list[Difference]], ...] = (
    facts.numbers, facts.dates, wheres, polarities, hedges, attributions, sources, wordings,
)  # fmt: skip
