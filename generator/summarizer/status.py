"""How firmly a mention puts its claim: the hedge ladder, by a lexicon with scope of negation, tense and attribution.

The words that decide are kept: a difference of hedges shows them. Nothing here judges whether a claim is true.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generator.lexicon import load
from generator.model import Claim, Mention, Span, Status, Step

# No denial of what follows: "no other road", "not only", "could not be higher".
_NO_MORE = re.compile(
    r"\b(?:no|not) (?:other|longer|more|less|fewer|later|only|just|even|doubt)\b|"
    r"\bcould(?: not|n't) (?:be|have been) (?:\w{2,12}er|more|worse)\b"
)
# What somebody has set: "a ferry is to start"; not "the aim is to start", "is to blame", "the trips were to the coast".
_IS_TO = re.compile(
    r"(?<!\w)(?:is|are|was|were) to"
    r"(?= (?!(?:blame|say|be (?:found|seen|had)|an?|the|th[ioe]se?|that|his|her|its|their|our|my)\b)[a-z])"
)
_MAY = re.compile(
    r"\bMay (?=\d)|(?<=\d )May\b|"
    r"((?i:\b(?:in|of|since|until|till|by|from|last|next|early|late|mid|before|after))[ -])May\b"
)
# What somebody would not do, in the outlet's own words, is what he did not do.
_WOULD_NOT = re.compile(r"\bwouldn't\b")
# What is said, which can be dismissed or rejected as not so: "dismissed the report", "rejected as an insult".
_OF_WORDS = re.compile(
    r"(?: [\w'-]+){0,5}? (?:as|that|(?:accusation|allegation|argument|assertion|charge|claim|comparison|concern|"
    r"critici[sz]m|doubt|fear|finding|idea|notion|report|rumou?r|speculation|statement|story|stories|suggestion|suspicion|talk|theory|"
    r"theories|version|warning|worry|worries)s?)\b"
)
_ADJECTIVES = frozenset({"false", "untrue", "baseless", "unfounded", "nonsense"})
_SO_CALLED = frozenset(
    "is are was were be been as it's that's called calls call calling remain remains proved branded".split()
)
_AIMS = frozenset(
    "aim goal plan idea purpose objective point task challenge priority job role duty mission intention way thing hope "
    "answer alternative solution trick problem that this all".split()
)
_LADDER = ("possible", "appears", "expected")
SURE = 0.5  # chance of a join from which it tells of one claim
_LEVEL = {  # what may be and what appears are as firm as each other for a history
    Status.DENIED: 0, Status.NO_COMMENT: 0, Status.POSSIBLE: 1, Status.APPEARS: 1, Status.EXPECTED: 2,
    Status.REPORTED: 3, Status.HAPPENED: 3, Status.CONFIRMED: 4,
}  # fmt: skip
_OF_LEVEL = {"possible": Status.POSSIBLE, "appears": Status.APPEARS, "expected": Status.EXPECTED}


@dataclass(frozen=True, slots=True)
class Firmness:
    """A status and the words that made it so, as printed (``None`` where nothing softens)."""

    status: Status
    words: str | None = None


def read(text: str, bearing: str | None = None, stance: str = "says", *, attributed: bool = False) -> Firmness:
    """The firmness of a clause. ``bearing`` are those of its words that bear on the claim itself (all, where it is not
    given); ``stance`` is that of its attribution, ``attributed`` whether it has one.
    """
    folded = _plain(text)
    silent = _first("silent", folded)
    if silent:
        return Firmness(Status.NO_COMMENT, silent)
    unconfirmed = _first("unconfirmed", folded)
    if unconfirmed:
        return Firmness(Status.POSSIBLE, unconfirmed)
    held = folded if bearing is None else _plain(bearing)
    denied = _first("denied", held)  # not "the gallery, which had earlier denied ..., paid"
    if stance == "denies" or (denied and _denies(held, denied) and not _negated(held, denied)):
        return Firmness(Status.DENIED, denied or "denied")
    folded = held
    folded = folded if attributed else _WOULD_NOT.sub("", folded)
    for level in _LADDER:
        word = _first(level, folded)
        if word:
            return _softened(level, word, folded, stance)
    scheduled = _is_to(folded)
    if scheduled:
        return Firmness(Status.EXPECTED, scheduled)
    confirmed = _first("confirmed", folded)
    if stance == "confirms" or (confirmed and not _negated(folded, confirmed)):
        return Firmness(Status.CONFIRMED)
    return Firmness(Status.REPORTED if attributed else Status.HAPPENED)


def _plain(text: str) -> str:
    """In small letters, apostrophes straight, without the month of "22 May", which is no "may"."""
    return " ".join(_MAY.sub(r"\1", text).lower().replace("’", "'").split())


def _denies(text: str, word: str) -> bool:
    """Whether a word that may deny does: who was "dismissed from the post" was not denied, and a "false start" is no
    denial, but what is false is.
    """
    if word.startswith(("dismiss", "reject")):
        return _OF_WORDS.match(text, text.find(word) + len(word)) is not None
    if word in _ADJECTIVES:
        before = text[: text.find(word)].split()[-4:]
        return bool(_SO_CALLED & set(before)) or text.rstrip(" .,;!”\"'").endswith(word) or not before
    return True


def _is_to(text: str) -> str | None:
    found = (m for m in _IS_TO.finditer(text) if not _AIMS & set(text[max(0, m.start() - 20) : m.start()].split()[-1:]))
    return next((m.group() for m in found), None)


def _softened(level: str, word: str, text: str, stance: str) -> Firmness:
    """What is firmly confirmed to come ("will visit, the ministry confirmed") is confirmed; a plan stays a plan."""
    confirmed = stance == "confirms" or (
        _first("confirmed", text) and not _negated(text, _first("confirmed", text) or "")
    )
    if level == "expected" and word in ("will", "shall") and confirmed:
        return Firmness(Status.CONFIRMED)
    return Firmness(_OF_LEVEL[level], word)


def negated(text: str) -> bool:
    """Whether the clause as a whole says that something is not so."""
    folded = text.lower().replace("’", "'")
    return _pattern("negation").search(folded) is not None


def negation(mention: Mention) -> tuple[Span, ...]:
    """The first word of a mention that says no, in the article text; "denied" before "not"."""
    text = mention.text.lower().replace("’", "'")
    found = _pattern("denied").search(text) or _pattern("negation").search(text)
    return (Span(found.start(), found.end()).shift(mention.span.start),) if found else ()


def negates(mention: Mention, predicate: str) -> bool:
    """Whether a negation stands within four words before the verb ``predicate``, in any of its forms."""
    if not mention.negated:
        return False
    stem = predicate[: max(3, len(predicate) - 2)]
    told = _NO_MORE.sub("", mention.text.lower().replace("’", "'")).split()
    places = [n for n, word in enumerate(told) if word.strip("\"“”',.").startswith(stem)]
    return any(_pattern("negation").search(" ".join(told[max(0, n - 4) : n])) for n in places)


def history(mentions: Sequence[Mention], dates: Mapping[str, str | None]) -> tuple[Step, ...]:
    """How firmly a claim was put, over the time of publication (``dates``, by article); undated articles come last.
    What takes it for granted in passing is no step where others put it to the reader, nor is the same twice in one
    article.
    """
    putting = [m for m in mentions if not m.passing or m.status is not Status.HAPPENED] or mentions
    told = {(m.article, m.status): m for m in reversed(putting)}
    steps = [Step(dates.get(m.article), m.article, m.id, m.status) for m in putting if told[m.article, m.status] is m]
    return tuple(sorted(steps, key=lambda s: (s.when is None, s.when or "")))


def moved(claim: Claim) -> bool:
    """Whether a claim's history is one: it is put more firmly on a later day than on any before, or denied by then, or
    no more; and what ties the mentions is no guess.
    """
    unsure = {j.b for j in claim.joins if j.score < SURE}
    days: dict[str, set[Status]] = {}
    for step in claim.history:
        if step.when and step.mention not in unsure:
            days.setdefault(step.when[:10], set()).add(step.status)
    first, *later = (days[day] for day in sorted(days)) if len(days) > 1 else (set(),)
    if not later:
        return False
    firmer = min(_LEVEL[s] for s in later[-1]) > max(_LEVEL[s] for s in first)
    return firmer or (Status.DENIED in first) != any(Status.DENIED in told for told in later)


def kind_of_expectation(hedge: str | None) -> str | None:
    """Whether what is to come is "scheduled" (somebody has set it) or "awaited" (somebody thinks so); ``None`` for
    words that say neither ("due").
    """
    words = (hedge or "").lower().split()
    kinds = (k for k in ("scheduled", "awaited") if any(w in load("hedges")[k]["words"] for w in words))
    return next(kinds, None)


def _negated(text: str, word: str) -> bool:
    """Whether a negation stands within four words before ``word``."""
    at = text.find(word)
    return bool(_pattern("negation").search(" ".join(text[:at].split()[-4:]))) if at >= 0 else False


def _first(level: str, text: str) -> str | None:
    match = _pattern(level).search(text)
    return match.group() if match else None


@cache
def _pattern(level: str) -> re.Pattern[str]:
    words: Sequence[str] = sorted(load("hedges")[level]["words"], key=lambda w: (-len(w), w))
    # The words in one group: what stands before is looked at once at each place, not once for every word.
    whole = "|".join(re.escape(w) for w in words if not w.startswith("n'"))
    parts = [re.escape(w) + r"\b" for w in words if w.startswith("n'")]
    return re.compile("|".join([rf"(?<![\w-])(?:{whole})(?:s|d|ed|ing)?(?![\w-])", *parts]))
