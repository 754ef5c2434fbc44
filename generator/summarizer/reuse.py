"""Text reuse: which articles share text, how much of each, and what tells who had it first.

Candidates come from an index of runs of five words (:mod:`shingles`), passages from aligning each pair
(:mod:`alignment`). A pair is reuse when enough is shared outside quotation marks: two reporters write down the same
speech, but not the same sentences. What is said of a pair is what the files show; where nothing tells the direction, it
stays open.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from generator.model import Article, Passage, Reuse, Role
from generator.summarizer import alignment, publishers, shingles
from generator.summarizer.alignment import SEED, Match, Words
from generator.summarizer.attribution.quotations import quotations
from generator.text import moment_of

CANDIDATE = 3  # shared runs of five words that make a pair worth aligning
EVIDENCE = 21.0  # weighted words: about 35 in a row, outside quotation marks
EVIDENCE_OF_COPY = 8.0  # the same, where a good part of one article is shared
VERBATIM = 30  # words in a row, unchanged, half as many of them outside quotation marks: worth their number
CERTAIN = 60.0  # evidence that no stock phrase amounts to
PASSAGE = 8  # unchanged words that make a passage worth showing
PASSAGE_OF_COPY = 4  # the same, within an article of which much is copied anyway
PHRASE = 6  # unchanged words: what is shorter may be a phrase
COPY = 0.3  # share from which an article counts as a copy of another: its quotations are then copied too
WHOLE = 0.8  # share from which an article lies wholly inside another, which then is its longer original
QUOTED = 0.35  # the worth of quoted words in a passage that has words of its own around the quotation
OWN = 6.0  # weighted words around a quotation from which that holds
OPENING = 3  # words: a passage that begins no later opens the article
LAST_LINE = 12  # words: a last paragraph too short to tell news
STOCK = 4  # groups of unrelated articles that share a phrase before it counts as stock
MANY = 2000  # pairs that share runs, beyond which not all are aligned: of each article
KEPT = 200  # articles: the runs of more are not kept from pair to pair, for the memory that they take
NEAREST = 16  # those with the texts that share most with its own

_SIGNED = re.compile(r"[.!?][”\"’)]? [-–—(] ?([^.!?]{2,80})$")  # "... on Monday. – Harrow Wire and staff"


def find(articles: Sequence[Article]) -> tuple[Reuse, ...]:
    """The pairs of ``articles`` that share text, those with the largest share first; spans point into their ``text``.

    Of many printings of one report each is paired with the first few (agencies, then by date), not with every other.
    """
    ordered = sorted(articles, key=lambda a: (not publishers.is_agency(a.outlet), a.published or "9", a.id))
    readings: dict[int, _Reading] = {}
    pairs = []
    before = 0
    for i, j in _candidates([shingles.hashes(a.text) for a in ordered]):
        for n in (i, j):
            if n not in readings:
                readings[n] = _Reading(ordered[n])
        pair = _pair(i, j, readings[i], readings[j])
        if pair.evidence:
            pairs.append(pair)
        if len(ordered) > KEPT:
            for n in readings.keys() & ({before, j} - {i}):
                readings[n].words.forget()
            before = i
    kept = _without_stock_phrases(pairs, readings)
    found = [_told(readings[p.a], readings[p.b], p) for p in kept]
    return tuple(sorted((r for r in found if r is not None), key=lambda r: (-r.share, r.source, r.target)))


def _candidates(hashes: Sequence[shingles.Hashes]) -> list[tuple[int, int]]:
    """The pairs to align. In a large story any two tell some things in the same words: of many pairs those are looked
    at in which one shares most with the other.
    """
    found = shingles.candidates(hashes, CANDIDATE)
    if len(found) <= MANY:
        return [(i, j) for i, j, _ in found]
    of: dict[int, list[tuple[int, int, int]]] = {}
    for i, j, runs in found:
        of.setdefault(i, []).append((-runs, i, j))
        of.setdefault(j, []).append((-runs, i, j))
    return sorted({(i, j) for own in of.values() for _, i, j in sorted(own)[:NEAREST]})


class _Reading:
    """An article as words, with those inside quotation marks known."""

    __slots__ = ("article", "quoted", "words")

    def __init__(self, article: Article) -> None:
        self.article = article
        self.words = Words(article.text)
        starts = [s.start for s in self.words.spans]
        self.quoted = [False] * len(starts)
        for paragraph in article.paragraph_spans:
            for quotation in quotations(paragraph.of(article.text), paragraph.start):
                first, last = (
                    bisect_right(starts, quotation.span.start - 1),
                    bisect_right(starts, quotation.span.end - 1),
                )
                self.quoted[first:last] = [True] * (last - first)


@dataclass(frozen=True, slots=True)
class _Pair:
    a: int
    b: int
    matches: tuple[Match, ...]
    evidence: float
    needed: float
    share: float

    @property
    def certain(self) -> bool:
        """Whether no stock phrase amounts to it: much is shared, or nearly all of an article from its beginning on."""
        begins = any(m.a_start <= OPENING and m.b_start <= OPENING for m in self.matches)
        return self.evidence >= CERTAIN or (begins and self.share >= WHOLE and self.evidence >= EVIDENCE)


def _pair(a: int, b: int, left: _Reading, right: _Reading) -> _Pair:
    matches = tuple(alignment.matches(left.words, right.words))
    share = _longest_share(matches, left, right)
    needed = EVIDENCE_OF_COPY if share >= COPY else EVIDENCE
    return _Pair(a, b, matches, sum(_evidence(m, left, right) for m in matches), needed, share)


def _evidence(match: Match, left: _Reading, right: _Reading) -> float:
    """What a passage is worth as a sign of copying, in weighted words."""
    if len(match.same) < PASSAGE:
        return 0.0
    inside = [left.quoted[i] or right.quoted[j] for i, j in match.same]
    worth = [left.words.worths[i] for i, _ in match.same]
    quoted = sum(w for w, q in zip(worth, inside, strict=True) if q)
    own = sum(worth) - quoted
    if match.exact and len(inside) >= VERBATIM and inside.count(False) * 2 >= VERBATIM:
        return max(own, VERBATIM)
    return own + QUOTED * quoted if own >= OWN else own


def _without_stock_phrases(pairs: list[_Pair], readings: dict[int, _Reading]) -> list[_Pair]:
    """The pairs that are reuse even when the phrases that unrelated articles share as well count for nothing."""
    groups = _grouped(readings, ((p.a, p.b) for p in pairs if p.certain))
    holders: dict[tuple[str, ...], set[int]] = {}
    for pair in pairs:
        if pair.certain:
            continue
        for run in _runs(pair, readings):
            holders.setdefault(run, set()).update((groups[pair.a], groups[pair.b]))
    stock = {run for run, held in holders.items() if len(held) > STOCK}
    kept = []
    for pair in pairs:
        runs = list(_runs(pair, readings)) if not pair.certain else []
        rest = 1 - sum(run in stock for run in runs) / len(runs) if runs else 1.0
        if pair.evidence * rest >= pair.needed:
            kept.append(pair)
    return kept


def _runs(pair: _Pair, readings: dict[int, _Reading]) -> Iterable[tuple[str, ...]]:
    folded = readings[pair.a].words.folded
    for match in pair.matches:
        for start in range(match.a_start, match.a_end - SEED + 1):
            yield tuple(folded[start : start + SEED])


def _grouped(members: Iterable[int], pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """For each member the lowest of those that ``pairs`` tie it to."""
    root = {m: m for m in members}

    def top(m: int) -> int:
        while root[m] != m:
            root[m] = root[root[m]]
            m = root[m]
        return m

    for pair in pairs:
        low, high = sorted(map(top, pair))
        root[high] = low
    return {m: top(m) for m in root}


def _told(left: _Reading, right: _Reading, pair: _Pair) -> Reuse | None:
    """The pair as it is told: passages worth showing, shares, direction."""
    copy = _longest_share(pair.matches, left, right) >= COPY
    shown = [m for m in pair.matches if len(m.same) >= (PASSAGE_OF_COPY if copy else PASSAGE)]
    if not copy:
        shown = [m for m in shown if not all(left.quoted[i] or right.quoted[j] for i, j in m.same)]
    if not shown:
        return None
    a, b = left.article, right.article
    shares = _share(shown, len(left.words), of_a=True), _share(shown, len(right.words), of_a=False)
    first, direction = _direction(a, b, *shares)
    passages = [
        Passage(left.words.span(m.a_start, m.a_end), right.words.span(m.b_start, m.b_end), m.exact) for m in shown
    ]
    if first is b:
        a, b, shares = b, a, (shares[1], shares[0])
        passages = sorted((Passage(p.target, p.source, p.exact) for p in passages), key=lambda p: (p.source, p.target))
    return Reuse(a.id, b.id, round(shares[1], 4), round(shares[0], 4), tuple(passages), direction, _credits(b, a))


def _longest_share(matches: Iterable[Match], left: _Reading, right: _Reading) -> float:
    """How much of the article that is shared most lies in passages that are no mere phrases."""
    longer = [m for m in matches if len(m.same) >= PHRASE]
    return max(_share(longer, len(left.words), of_a=True), _share(longer, len(right.words), of_a=False))


def _share(matches: Iterable[Match], total: int, *, of_a: bool) -> float:
    return sum((m.a_end - m.a_start) if of_a else (m.b_end - m.b_start) for m in matches) / max(1, total)


def _direction(a: Article, b: Article, share_of_a: float, share_of_b: float) -> tuple[Article, str]:
    """Which of the two had the text first, and what tells: credit, date, longer, or nothing ("open")."""
    credit = _credit(b, (a.outlet,)), _credit(a, (b.outlet,))
    if credit[0] != credit[1]:
        return (a if credit[0] > credit[1] else b), "credit"
    days = (a.published or "")[:10], (b.published or "")[:10]
    if all(days) and days[0] != days[1]:
        return (a if days[0] < days[1] else b), "date"
    times = _time(a), _time(b)
    if times[0] and times[1] and times[0] != times[1]:
        return (a if times[0] < times[1] else b), "date"
    if share_of_b >= WHOLE > share_of_a:
        return a, "longer"
    if share_of_a >= WHOLE > share_of_b:
        return b, "longer"
    agencies = publishers.is_agency(a.outlet), publishers.is_agency(b.outlet)
    if agencies[0] != agencies[1]:
        return (a if agencies[0] else b), "open"
    # Nothing tells; the one that the other makes up less of stands first, so that the larger share is shown.
    return (a if (share_of_b, b.id) >= (share_of_a, a.id) else b), "open"


def _time(article: Article) -> datetime | None:
    moment = moment_of(article.published)
    return moment if moment and moment.tzinfo else None


def _credits(article: Article, origin: Article) -> bool:
    """Whether ``article`` names where the text is from: the outlet of ``origin``, or the agency that it credits."""
    return _credit(article, (origin.outlet, *origin.agency)) > 0


def _credit(article: Article, outlets: Iterable[str | None]) -> int:
    """How ``article`` names one of ``outlets``: 2 as where it is from, 1 in passing in its text, 0 not at all."""
    own = publishers.canonical(article.outlet) if article.outlet else None
    sought = [o for o in outlets if o and publishers.canonical(o) != own]
    lines = "\n".join(_credit_lines(article))
    if {publishers.canonical(n) for n in article.agency} & {publishers.canonical(o) for o in sought}:
        return 2
    if any(publishers.is_named(outlet, lines, credit=True) for outlet in sought):
        return 2
    return int(any(publishers.is_named(outlet, article.text) for outlet in sought))


def _credit_lines(article: Article) -> Iterable[str]:
    """What says where an article is from: credits, byline, dateline, and how its text is signed."""
    yield from (*article.credits, *article.authors, *([article.dateline] if article.dateline else ()))
    yield from (r.text for r in article.removed if r.role in (Role.CREDIT, Role.BYLINE, Role.DATELINE, Role.NOTE))
    yield from (m.group(1) for r in article.removed if r.role is Role.CHROME and (m := _SIGNED.search(r.text)))
    last = article.body[-1].text if len(article.body) > 1 else ""
    signed = _SIGNED.search(last)
    if signed or len(last.split()) <= LAST_LINE:
        yield signed.group(1) if signed else last
