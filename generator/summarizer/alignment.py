"""What two texts share, word for word or lightly edited: seed and extend over words.

Runs of :data:`SEED` equal words that are rare in both texts are the seeds. A seed grows while the words go on being the
same; over a changed word, a cut or an insertion it steps to the nearest place where the two texts agree again, and pays
for the step; it stops where it has paid more than it gained (the X-drop of Altschul et al., Basic local alignment
search tool, J. Mol. Biol. 1990). Between neighbouring passages shorter seeds are enough. Cost grows with the
number of seeds and the length of what is shared, not with the product of the lengths.

All positions here are numbers of words, half-open; :class:`Words` carries them back to characters.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from generator import lexicon
from generator.model import Span

Run = tuple[str, ...]  # words that follow each other
Seed = tuple[int, int, int]  # where it begins in a, in b, and of how many words it is
Gap = tuple[int, int, int, int]  # from and to in a, from and to in b

SEED = 5  # words: fewer are phrases of the language, more miss a text of which every tenth word was changed
NEAR_SEED = 3  # between two passages already found
REPEATS = 4  # a run found more often than this in one text is a phrase of that text, no seed
CLAIM = 5.0  # the worth of a seed that has its place before others grow
REACH = 8  # words: how far the two texts may part and meet again
DROP = 3.0  # the score a passage may lose before it ends
STEP = 0.5  # the price of a word stepped over
SLIGHT = 0.3  # the worth of a word that every text has; any other is worth 1
NEAR = 60  # words: gaps wider than this are not searched with short seeds

# How far to step in each text to meet again. A word changed is likelier than one cut and one put in: the diagonal
# first, then ever further from it.
_NEAREST_FIRST = tuple(
    dict.fromkeys(
        steps
        for distance in range(1, REACH + 1)
        for shorter in range(distance, -1, -1)
        for steps in ((distance, shorter), (shorter, distance))
    )
)

_RANK = {steps: rank for rank, steps in enumerate(_NEAREST_FIRST)}

# Letters and digits; scripts without spaces by the character, so that runs of words exist in them.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
WORD = re.compile(rf"[{_UNSPACED}]|\d+(?:[.,]\d+)*|[^\W\d_{_UNSPACED}]+")


def fold(word: str) -> str:
    """The form of a word by which it is compared: small letters, digits without separators of thousands."""
    return word.lower().replace(",", "")


class Words:
    """The words of a text: ``folded`` for comparing, ``worths`` what the agreement on each is worth, ``spans`` to go
    back to its characters.
    """

    __slots__ = ("_places", "_runs", "folded", "spans", "text", "worths")

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = [Span(m.start(), m.end()) for m in WORD.finditer(text)]
        self.folded = [sys.intern(fold(s.of(text))) for s in self.spans]
        self.worths = [weight(w) for w in self.folded]
        self._runs: dict[int, list[Run]] = {}
        self._places: dict[Run, list[int]] = {}

    def __len__(self) -> int:
        return len(self.folded)

    def span(self, start: int, end: int) -> Span:
        """The characters from the first to the last of the words ``start`` to ``end``."""
        return Span(self.spans[start].start, self.spans[end - 1].end)

    def runs(self, size: int, start: int, end: int) -> list[Run]:
        """The runs of so many words from ``start`` to ``end``, in order."""
        if size not in self._runs:
            self._runs[size] = list(zip(*(self.folded[n:] for n in range(size)), strict=False))
        return self._runs[size][start : max(start, end - size + 1)]

    def forget(self) -> None:
        """Lets go of what was found about runs; it is found again when it is asked for."""
        self._runs, self._places = {}, {}

    @property
    def places(self) -> dict[Run, list[int]]:
        """Where each run of :data:`SEED` words begins."""
        if not self._places:
            for at, run in enumerate(self.runs(SEED, 0, len(self))):
                self._places.setdefault(run, []).append(at)
        return self._places


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """Words ``a_start`` to ``a_end`` of one text are words ``b_start`` to ``b_end`` of the other.

    ``same`` are the unchanged ones: pairs (position in a, position in b).
    """

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    same: tuple[tuple[int, int], ...]

    @property
    def exact(self) -> bool:
        return len(self.same) == self.a_end - self.a_start == self.b_end - self.b_start


def matches(a: Words, b: Words) -> list[Match]:
    """The passages that ``a`` and ``b`` share, in the order of ``a``; no word of ``a`` or ``b`` is in two of them."""
    whole = 0, len(a), 0, len(b)
    found = _grown(a, b, _seeds(a, b, SEED, a.places, b.places, whole), [])
    for _ in range(2):
        near = [seed for gap in _gaps(found, len(a), len(b)) for seed in _near_seeds(a, b, gap)]
        grown = _grown(a, b, near, found)
        if len(grown) == len(found):
            break
        found = grown
    return _joined(found)


def weight(word: str) -> float:
    """What the agreement on a word is worth: little for the words that every text is full of."""
    return SLIGHT if len(word) <= 3 or word in _common() else 1.0


@cache
def _common() -> frozenset[str]:
    return frozenset(lexicon.load("common_words")["words"])


def _near_seeds(a: Words, b: Words, gap: Gap) -> list[Seed]:
    """The short seeds between two passages."""
    a_from, a_to, b_from, b_to = gap
    left, right = a.runs(NEAR_SEED, a_from, a_to), b.runs(NEAR_SEED, b_from, b_to)
    if not left or not right or not (common := set(left).intersection(right)):
        return []
    starts: dict[Run, list[int]] = defaultdict(list)
    places: dict[Run, list[int]] = defaultdict(list)
    for held, runs, first in ((starts, left, a_from), (places, right, b_from)):
        for at, run in enumerate(runs, first):
            if run in common:
                held[run].append(at)
    return _seeds(a, b, NEAR_SEED, starts, places, gap)


def _seeds(
    a: Words, b: Words, size: int, starts: Mapping[Run, list[int]], places: Mapping[Run, list[int]], gap: Gap
) -> list[Seed]:
    """Maximal runs of equal words with at least ``size`` of them, as (a, b, length), longest first. ``starts`` and
    ``places`` tell where the runs of that size begin in a and in b.
    """
    hits = [
        (i, j)
        for run in starts.keys() & places.keys()
        if len(starts[run]) <= REPEATS and len(places[run]) <= REPEATS
        for i in starts[run]
        for j in places[run]
    ]
    _, a_to, _, b_to = gap
    return sorted(_longest(a.folded, b.folded, sorted(hits), size, a_to, b_to), key=lambda s: (-s[2], s[0], s[1]))


def _longest(
    a: Sequence[str], b: Sequence[str], hits: list[tuple[int, int]], size: int, a_to: int, b_to: int
) -> Iterator[Seed]:
    reached: dict[int, int] = {}  # by diagonal: where the last run on it ended
    for i, j in hits:
        if i < reached.get(i - j, 0):
            continue
        length = size
        while i + length < a_to and j + length < b_to and a[i + length] == b[j + length]:
            length += 1
        reached[i - j] = i + length
        yield i, j, length


def _grown(a: Words, b: Words, seeds: list[Seed], kept: list[Match]) -> list[Match]:
    """``kept`` and what grows from ``seeds``; a word belongs to the passage that took it first."""
    free_a, free_b = bytearray(b"\1") * len(a), bytearray(b"\1") * len(b)
    found = list(kept)
    for match in kept:
        _take(match, free_a, free_b)
    claimed = []
    for seed in seeds:  # what is equal at length finds its place before anything grows over changes
        same = _still_free(seed, free_a, free_b)
        if same and sum(a.worths[same[0][0] : same[-1][0] + 1]) >= CLAIM:
            _take(_match(same), free_a, free_b)
            claimed.append(same)
    for same in claimed:
        match = _grown_from(a, b, same, free_a, free_b)
        _take(match, free_a, free_b)
        found.append(match)
    for seed in seeds:
        same = _still_free(seed, free_a, free_b)
        if same:
            match = _grown_from(a, b, same, free_a, free_b)
            if sum([a.worths[x] for x, _ in match.same]) >= DROP:
                _take(match, free_a, free_b)
                found.append(match)
    return sorted(found)


def _still_free(seed: Seed, free_a: bytearray, free_b: bytearray) -> list[tuple[int, int]]:
    """What is left of a seed that no passage has taken; nothing where that is short or not in one piece."""
    i, j, length = seed
    if free_a.find(0, i, i + length) < 0 and free_b.find(0, j, j + length) < 0:
        return list(zip(range(i, i + length), range(j, j + length), strict=True))
    if free_a.find(1, i, i + length) < 0 or free_b.find(1, j, j + length) < 0:
        return []
    left = [x & y for x, y in zip(free_a[i : i + length], free_b[j : j + length], strict=True)]
    count = sum(left)
    first = left.index(1) if count >= NEAR_SEED else 0
    if count < NEAR_SEED or 0 in left[first : first + count]:
        return []
    return list(zip(range(i + first, i + first + count), range(j + first, j + first + count), strict=True))


def _grown_from(a: Words, b: Words, same: list[tuple[int, int]], free_a: bytearray, free_b: bytearray) -> Match:
    before = _extend(a, b, same[0][0] - 1, same[0][1] - 1, -1, free_a, free_b)
    after = _extend(a, b, same[-1][0] + 1, same[-1][1] + 1, 1, free_a, free_b)
    return _match([*reversed(before), *same, *after])


def _match(same: list[tuple[int, int]]) -> Match:
    return Match(same[0][0], same[-1][0] + 1, same[0][1], same[-1][1] + 1, tuple(same))


def _take(match: Match, free_a: bytearray, free_b: bytearray) -> None:
    free_a[match.a_start : match.a_end] = bytes(match.a_end - match.a_start)
    free_b[match.b_start : match.b_end] = bytes(match.b_end - match.b_start)


def _extend(
    a: Words, b: Words, i: int, j: int, step: int, free_a: bytearray, free_b: bytearray
) -> list[tuple[int, int]]:
    """The pairs of equal words from (i, j) onwards (``step`` 1) or backwards (-1), up to where it stopped paying."""
    left, right, worths = a.folded, b.folded, a.worths
    pairs: list[tuple[int, int]] = []
    score = best = 0.0
    kept = 0
    while 0 <= i < len(left) and 0 <= j < len(right) and free_a[i] and free_b[j]:
        if left[i] == right[j]:
            pairs.append((i, j))
            score += worths[i]
            i, j = i + step, j + step
            if score >= best:
                best, kept = score, len(pairs)
            continue
        meeting = _meeting(a, b, i, j, step, free_a, free_b)
        if meeting is None:
            break
        score -= STEP * max(abs(meeting[0] - i), abs(meeting[1] - j))
        if score < best - DROP:
            break
        i, j = meeting
    return pairs[:kept]


def _meeting(
    a: Words, b: Words, i: int, j: int, step: int, free_a: bytearray, free_b: bytearray
) -> tuple[int, int] | None:
    """The nearest place beyond (i, j) where the texts agree: on a word of worth, or on two of any kind."""
    left, right = _ahead(a.folded, i, step), _ahead(b.folded, j, step)
    common = set(left).intersection(right)
    if not common:
        return None
    agreeing = [_RANK[x, y] for x, word in enumerate(left) if word in common for y, w in enumerate(right) if w == word]
    for rank in sorted(agreeing):
        x, y = _NEAREST_FIRST[rank]
        p, q = i + step * x, j + step * y
        if free_a[p] and free_b[q] and (a.worths[p] == 1.0 or _agree(a.folded, b.folded, p + step, q + step)):
            return p, q
    return None


def _ahead(words: Sequence[str], at: int, step: int) -> Sequence[str]:
    """The words within reach of a place, the nearest first."""
    return words[at : at + REACH + 1] if step > 0 else words[max(0, at - REACH) : at + 1][::-1]


def _agree(a: Sequence[str], b: Sequence[str], i: int, j: int) -> bool:
    return 0 <= i < len(a) and 0 <= j < len(b) and a[i] == b[j]


def _gaps(found: list[Match], a_length: int, b_length: int) -> Iterator[Gap]:
    """The places between neighbouring passages where both texts go on, and the ends, no wider than :data:`NEAR`."""
    if not found:
        return
    first, last = found[0], found[-1]
    yield max(0, first.a_start - NEAR), first.a_start, max(0, first.b_start - NEAR), first.b_start
    for left, right in pairwise(found):
        if left.b_end <= right.b_start:
            yield (
                left.a_end,
                min(right.a_start, left.a_end + NEAR),
                left.b_end,
                min(right.b_start, left.b_end + NEAR),
            )
    yield last.a_end, min(a_length, last.a_end + NEAR), last.b_end, min(b_length, last.b_end + NEAR)


def _joined(found: list[Match]) -> list[Match]:
    """Passages that follow each other in both texts with only a few changed words between are one."""
    joined: list[Match] = []
    for match in found:
        last = joined[-1] if joined else None
        if last and 0 <= match.b_start - last.b_end <= REACH and match.a_start - last.a_end <= REACH:
            joined[-1] = Match(last.a_start, match.a_end, last.b_start, match.b_end, last.same + match.same)
        else:
            joined.append(match)
    return joined
