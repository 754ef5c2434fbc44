"""The features of many pairs of mentions that need no embedding: a column a feature.

What two mentions have in common is looked up for all pairs at once: each mention's words are a row of numbers, and the
shorter row of a pair is sought in the longer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from generator.model import Status
from generator.summarizer import roles
from generator.summarizer.normalise import classes, opposed
from generator.summarizer.similarity import CLASS_WEIGHT, LIGHT, Profile, days, number_of_another, numbers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.float64]
    Columns = dict[str, Column]
    Places = NDArray[np.int64]
    Truths = NDArray[np.bool_]

T = TypeVar("T")

_AT_ONCE = 1 << 18  # places that are looked up together
_EXACT = 12  # decimals that are kept: what is the same in another order stays the same


@dataclass(frozen=True, slots=True)
class _Rows:
    """Numbers with values, row by row: those of row n are ``ids[starts[n] : starts[n + 1]]``, in order."""

    ids: Places
    values: Column
    starts: Places
    width: int

    @property
    def sizes(self) -> Places:
        import numpy as np

        sizes: Places = np.diff(self.starts)
        return sizes

    def places(self, rows: Places) -> Places:
        """Where the numbers of ``rows`` lie, one row after the other."""
        import numpy as np

        sizes = self.sizes[rows]
        found: Places = np.arange(sizes.sum()) + np.repeat(self.starts[rows] - (np.cumsum(sizes) - sizes), sizes)
        return found

    def table(self, first: int, stop: int) -> Column:
        """The rows from ``first`` to ``stop`` laid out with a place for every number, 0 where it isn't in the row."""
        import numpy as np

        span = slice(self.starts[first], self.starts[stop])
        row = np.repeat(np.arange(stop - first), self.sizes[first:stop])
        laid = np.zeros((stop - first) * self.width)
        laid[row * self.width + self.ids[span]] = self.values[span]
        return laid


def features(profiles: Sequence[Profile], places: Sequence[tuple[int, int]]) -> Columns:
    """The features of the pairs at ``places``; each is symmetric."""
    import numpy as np

    ends = np.array(places).T
    return _of_words(profiles, ends) | _of_happening(profiles, ends) | _of_telling(profiles, ends)


def _of_words(profiles: Sequence[Profile], ends: Places) -> Columns:
    """How much of the words is the same."""
    import numpy as np

    grams, concepts, sentence, named = (
        _rows(table)[0]
        for table in (
            [p.grams for p in profiles],
            [p.concepts for p in profiles],
            [p.sentence for p in profiles],
            [{n: p.weights.get(n, 0.0) for n in p.names} for p in profiles],
        )
    )
    shared = _shared(named, named, ends, np.minimum)
    of_each = np.array([sum(p.weights.get(n, 0.0) for n in sorted(p.names)) for p in profiles])[ends].sum(axis=0)
    return {
        "grams": _shared(grams, grams, ends, np.multiply),
        "concepts": _shared(concepts, concepts, ends, np.multiply),
        "sentence": _shared(sentence, sentence, ends, np.multiply),
        "contained": _contained(profiles, ends),
        "names": _share(shared, of_each - shared),
    }


def _contained(profiles: Sequence[Profile], ends: Places) -> Column:
    """How much of the lighter mention's weight is found in the other, words of one class at a discount."""
    import numpy as np

    weight = np.array([p.weight for p in profiles])
    swapped = weight[ends[0]] > weight[ends[1]]
    light, heavy = np.where(swapped, ends[1], ends[0]), np.where(swapped, ends[0], ends[1])
    akin: dict[str, list[str]] = {}
    for word in sorted({w for p in profiles for w in p.weights}):
        for name in classes().get(word, ()):
            akin.setdefault(name, []).append(word)
    held = [
        {w: CLASS_WEIGHT for c in p.classes for w in akin.get(c, ())} | dict.fromkeys(p.weights, 1.0) for p in profiles
    ]
    given, sought = _rows([p.weights for p in profiles], held)
    found = _shared(given, sought, np.stack([light, heavy]), np.multiply)
    return _share(found, weight[light])


def _share(part: Column, whole: Column) -> Column:
    import numpy as np

    found: Column = np.divide(part, whole, out=np.zeros(len(part)), where=part > 0)
    return np.round(found, _EXACT)


def _of_happening(profiles: Sequence[Profile], ends: Places) -> Columns:
    """Whether what happens is the same, and who does it to whom."""
    import numpy as np

    of = _Sets(profiles, ends)
    subjects, names = of.both(lambda p: p.subjects), of.both(lambda p: p.names)
    same = of.both(lambda p: p.predicates - LIGHT) > 0
    akin = of.both(lambda p: p.events) > 0
    against = of.common(lambda p: p.events, lambda p: _opposites(p.events)) > 0
    tense = of.differ(lambda p: p.mention.ahead)
    converse, swapped, roles = _sides(profiles, ends, of)
    happening = (same | akin | converse) & ~tense
    told = of.each(lambda p: bool(p.lead)).all(axis=0)
    others = of.common(lambda p: p.subjects, lambda p: p.names) + of.common(lambda p: p.names, lambda p: p.subjects)
    return {
        "event": np.where(same, 1.0, np.where(akin | converse, 0.7, 0.0)),
        "triple": (happening & (subjects > 0)).astype(float),
        "scene": (happening & (names > 1)).astype(float),
        "opposed": (against & ~akin & ~converse).astype(float),
        "subject": np.where(subjects > 0, 1.0, np.where(told & (others == 0), -1.0, 0.0)),
        "tense": tense.astype(float),
        "level": of.differ(lambda p: p.level).astype(float),
        "converse": converse.astype(float),
        "swapped": swapped.astype(float),
        "roles": roles.astype(float),
        "apart_names": ((names == 0) & of.each(lambda p: bool(p.names)).all(axis=0)).astype(float),
    }


def _sides(profiles: Sequence[Profile], ends: Places, of: _Sets) -> tuple[Truths, Truths, Truths]:
    """Whether the two tell one event from its two sides ("A beat B", "B lost to A"); whether who does it and to whom
    have changed places ("A beat B", "B beat A", "A lost to B"); whether both are the same.
    """
    import numpy as np

    agents, patients = of.both(lambda p: p.agents) > 0, of.both(lambda p: p.patients) > 0
    there = of.common(lambda p: p.agents, lambda p: p.patients)
    crossed = there + of.common(lambda p: p.patients, lambda p: p.agents) > 0
    alike = agents | patients
    converse = np.zeros(ends.shape[1], bool)
    for place in np.flatnonzero(crossed != alike).tolist():
        one, other = (profiles[n].predicates for n in ends[:, place].tolist())
        converse[place] = roles.converse(one, other)
    deed = (of.both(lambda p: p.predicates - LIGHT - roles.either()) > 0) & ~converse
    sided = crossed != alike
    return converse & crossed, sided & ((deed & crossed) | (converse & alike)), agents & patients


def _of_telling(profiles: Sequence[Profile], ends: Places) -> Columns:
    """Figures, days, voices, denials."""
    import numpy as np

    of = _Sets(profiles, ends)
    figures = of.compared(lambda p: p.mention.quantities, numbers)
    dates = of.compared(lambda p: p.mention.when, days)
    said = [frozenset(p.quoted.split()) for p in profiles]
    words = np.array([len(s) for s in said])[ends].min(axis=0)
    quoted = of.both(lambda p: p.quoted.split())
    numbered = of.both(lambda p: p.numbered)
    return {
        "number_same": np.maximum(0.0, figures),
        "number_other": (figures < 0).astype(float),
        "number_thing": of.compared(lambda p: p.mention.quantities, number_of_another),
        "ordinal_same": (numbered > 0).astype(float),
        "ordinal_other": ((of.both(lambda p: [kind for kind, _ in p.numbered]) > 0) & (numbered == 0)).astype(float),
        "date_same": (dates > 0).astype(float),
        "date_other": (dates < 0).astype(float),
        "speaker": (of.both(lambda p: p.speakers) > 0).astype(float),
        "quoted": np.where(words > 3, quoted / np.maximum(words, 1), 0.0),
        "polarity": of.differ(lambda p: p.mention.negated).astype(float),
        "denied": of.differ(lambda p: p.mention.status is Status.DENIED).astype(float),
    }


def _opposites(events: frozenset[str]) -> set[str]:
    return {other for event in events for other in _opposed().get(event, ())}


@cache
def _opposed() -> dict[str, set[str]]:
    """Per class of events those that are other events."""
    found: dict[str, set[str]] = {}
    for pair in opposed():
        for event in pair:
            found.setdefault(event, set()).update(pair - {event} or pair)
    return found


class _Sets:
    """What the two of each pair have, and have in common."""

    def __init__(self, profiles: Sequence[Profile], ends: Places) -> None:
        self._profiles = profiles
        self._ends = ends

    def each(self, told: Callable[[Profile], Any]) -> NDArray[Any]:
        """What holds of the one and of the other."""
        import numpy as np

        held: NDArray[Any] = np.array([told(p) for p in self._profiles])[self._ends]
        return held

    def differ(self, told: Callable[[Profile], Any]) -> Truths:
        one, other = self.each(told)
        unlike: Truths = one != other
        return unlike

    def both(self, told: Callable[[Profile], Iterable[Any]]) -> Column:
        """How many of what is told of them is the same."""
        return self.common(told, told)

    def common(self, one: Callable[[Profile], Iterable[Any]], other: Callable[[Profile], Iterable[Any]]) -> Column:
        """How many of what is told of the one are told of the other."""
        import numpy as np

        told = [[dict.fromkeys(of(p), 1.0) for p in self._profiles] for of in dict.fromkeys((one, other))]
        rows = _rows(*told)
        return _shared(rows[0], rows[-1], self._ends, np.multiply)

    def compared(
        self, told: Callable[[Profile], Sequence[T]], by: Callable[[Sequence[T], Sequence[T]], float]
    ) -> Column:
        """``by`` of the two where both have something, else 0."""
        import numpy as np

        held = [told(p) for p in self._profiles]
        some = np.array([bool(h) for h in held])[self._ends].all(axis=0)
        found = np.zeros(self._ends.shape[1])
        for place in np.flatnonzero(some).tolist():
            found[place] = by(held[self._ends[0, place]], held[self._ends[1, place]])
        return found


def _rows(*tables: Sequence[Mapping[Any, float]]) -> list[_Rows]:
    """Each table's rows; the numbers of words are those of their order, the same in all tables."""
    import numpy as np

    numbers = {word: n for n, word in enumerate(sorted({w for table in tables for row in table for w in row}))}
    made = []
    for table in tables:
        sizes = [len(row) for row in table]
        ids = np.array([numbers[w] for row in table for w in row], np.int64)
        values = np.array([v for row in table for v in row.values()], np.float64)
        order = np.lexsort((ids, np.repeat(np.arange(len(table)), sizes)))
        made.append(_Rows(ids[order], values[order], np.cumsum([0, *sizes]), max(1, len(numbers))))
    return made


def _shared(left: _Rows, right: _Rows, ends: Places, combine: Callable[[Column, Column], Column]) -> Column:
    """Per pair the sum of ``combine`` over the words that the first has in ``left`` and the second in ``right``; what
    one has not counts as 0 there.
    """
    import numpy as np

    one, other = ends
    if left is right:  # the shorter is sought in the longer
        swapped = left.sizes[one] > left.sizes[other]
        one, other = np.where(swapped, other, one), np.where(swapped, one, other)
    order = np.argsort(other, kind="stable")
    one, other = one[order], other[order]
    found = np.zeros(len(order))
    block = max(1, _AT_ONCE // right.width)
    for first in range(0, len(right.sizes), block):
        begin, end = np.searchsorted(other, [first, first + block]).tolist()
        if begin == end:
            continue
        table = right.table(first, min(first + block, len(right.sizes)))
        for part in _parts(left.sizes[one[begin:end]], begin):
            pair = np.repeat(np.arange(part.stop - part.start), left.sizes[one[part]])
            at = left.places(one[part])
            there = table[(other[part] - first)[pair] * right.width + left.ids[at]]
            found[order[part]] = np.bincount(pair, combine(left.values[at], there), minlength=part.stop - part.start)
    return np.round(found, _EXACT)


def _parts(sizes: Places, start: int) -> Iterator[slice]:
    """Rows of so many words in parts that are looked up at once; the first row is numbered ``start``."""
    import numpy as np

    reach = np.cumsum(sizes)
    begin = 0
    while begin < len(sizes):
        before = int(reach[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(reach, before + _AT_ONCE, side="right")))
        yield slice(start + begin, start + end)
        begin = end
