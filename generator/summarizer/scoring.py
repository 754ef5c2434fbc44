"""Pairs of mentions of one story -> the chance that both report the same thing.

What two mentions have in common is seen against what each has in common with the others: whether they are each other's
best match, by how far, and how both stand against their nearest (cross-domain local scaling, Conneau et al., 2018). No
story's level of likeness is another's. The combination is a logistic regression whose weights lie in the lexicon.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.lexicon import load
from generator.summarizer import meaning, pairwise, similarity
from generator.summarizer.similarity import Profile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generator.summarizer.meaning import Meanings

    Column = NDArray[np.float64]
    Columns = dict[str, Column]

ALL_PAIRS = 540  # mentions: up to so many, every pair is looked at
FEW = 50  # mentions: a story with fewer is small
CANDIDATES = 24  # per mention, beyond
SEEN = 6  # pairs between two groups that count for each of their mentions, beyond: no more may have been looked at
VERBATIM = 0.9999  # the same words bind before any clause of them binds with the whole
_LIKELIEST = 0.9998  # of other pairs
# At most, where who does it and to whom have changed places, or another round is meant: both too rare to be learnt.
_APART = 0.02
_NEAREST = 5
RANKED = (
    "base", "sight", "meaning", "alone", "inside", "wording", "context", "grams", "concepts", "contained", "sentence",
)  # fmt: skip


class Row(Mapping[str, float]):
    """The features of one pair: a row of the story's table, which holds each feature as a column."""

    __slots__ = ("_columns", "_place")

    def __init__(self, columns: Columns, place: int) -> None:
        self._columns = columns
        self._place = place

    def __getitem__(self, name: str) -> float:
        return float(self._columns[name][self._place])

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions by their place in the list, the features of the pair, and how it looks."""

    a: int
    b: int
    features: Mapping[str, float]
    chance: float
    copied: bool = False  # the second says the same as the first in the same words, and has no other pair


def pairs(profiles: Sequence[Profile], leads: Sequence[float], meanings: Meanings | None) -> list[Pair]:
    """The pairs of different articles that may report the same thing, by place. ``leads`` says per mention how near it
    stands to the beginning of its article (1 to 0); ``meanings`` are those of the mentions, where there are any.
    """
    places = sorted(_candidates(profiles, meanings))
    if not places:
        return []
    columns = _absolute(profiles, leads, places)
    if meanings is not None:
        columns |= meaning.features(meanings, places)
        columns |= _of_meaning(columns)
    for base in ("base", "sight") if meanings is not None else ("base",):
        columns |= _relate(profiles, places, columns[base], base)
    steps = _steps(len(places), len(profiles))
    columns |= {f"rank_{name}": _rank(columns[name], steps) for name in RANKED if name in columns}
    chances = _chances(columns, load("grouping")["plain" if meanings is None else "embedded"])
    return [Pair(a, b, Row(columns, n), chance) for n, ((a, b), chance) in enumerate(zip(places, chances, strict=True))]


def _of_meaning(columns: Columns) -> Columns:
    """What follows from the likeness of meaning together with that of the words. ``base`` and ``sight`` are the two
    likenesses by which a pair is put against the others of its mentions: with what the story is about, and without.
    """
    import numpy as np

    words = 0.5 * columns["concepts"] + 0.3 * columns["grams"] + 0.3 * columns["contained"]
    return {
        "meaning_strong": np.maximum(0.0, columns["meaning"] - 0.5),
        "meaning_contained": columns["meaning"] * columns["contained"],
        "base": columns["base"] + columns["meaning"],
        "sight": columns["alone"] + columns["wording"] + 0.5 * columns["inside"] + words,
    }


def chance(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic of the weighted sum; the same words are the same claim."""
    if _verbatim(features.get("grams", 0.0), features.get("contained", 0.0)):
        return VERBATIM
    found = _logistic(weights["bias"] + math.fsum(weights.get(name, 0.0) * value for name, value in features.items()))
    return min(found, _APART) if features.get("swapped") or features.get("ordinal_other") else found


def _chances(columns: Columns, weights: Mapping[str, float]) -> list[float]:
    """:func:`chance` of every row, up to the last digits."""
    import numpy as np

    totals = np.full(len(columns["grams"]), weights["bias"])
    for name, column in columns.items():
        totals += weights.get(name, 0.0) * column
    most = np.where((columns["swapped"] > 0) | (columns["ordinal_other"] > 0), _APART, 1.0)
    known = (column.tolist() for column in (columns["grams"], columns["contained"], most, totals))
    return [
        VERBATIM if _verbatim(grams, contained) else min(_logistic(total), bound)
        for grams, contained, bound, total in zip(*known, strict=True)
    ]


def _verbatim(grams: float, contained: float) -> bool:
    return grams >= 0.9 and contained >= 0.9


def _logistic(total: float) -> float:
    return min(_LIKELIEST, 1 / (1 + math.exp(-max(-60.0, min(60.0, total)))))


def _absolute(profiles: Sequence[Profile], leads: Sequence[float], places: Sequence[tuple[int, int]]) -> Columns:
    """What is known of the pairs by themselves."""
    import numpy as np

    columns = pairwise.features(profiles, places)
    ends = np.array(places).T
    words = np.array([len(p.weights) for p in profiles])[ends].min(axis=0)
    columns["short"] = (words < 3).astype(float)
    columns["size"] = np.array([math.log1p(n) for n in range(int(words.max()) + 1)])[words]
    columns["contained_size"] = columns["contained"] * columns["size"]
    columns["number_contained"] = columns["number_same"] * columns["contained"]
    near = np.array(leads)[ends]
    columns["lead"] = near[0] * near[1] * columns["contained"]
    columns["base"] = 0.6 * columns["concepts"] + 0.4 * columns["grams"] + 0.3 * columns["contained"]
    return columns


def _relate(profiles: Sequence[Profile], places: Sequence[tuple[int, int]], values: Column, base: str) -> Columns:
    """How each pair stands against the other pairs of its two mentions, by ``base``."""
    import numpy as np

    numbers = {article: n for n, article in enumerate(dict.fromkeys(p.mention.article for p in profiles))}
    articles = np.array([numbers[p.mention.article] for p in profiles])
    one, other = np.array(places).T
    keys = np.concatenate([one * len(numbers) + articles[other], other * len(numbers) + articles[one]])
    best, second = _best_two(keys, np.concatenate([values, values]))
    wins = [values >= part for part in np.split(best, 2)]
    ahead = [np.where(win, values - part, 0.0) for win, part in zip(wins, np.split(second, 2), strict=True)]
    nearest = _nearest(np.concatenate([one, other]), np.concatenate([values, values]), len(profiles))
    end = "" if base == "base" else f"_{base}"
    return {
        f"mutual{end}": (wins[0] & wins[1]).astype(float),
        f"once{end}": (wins[0] | wins[1]).astype(float),
        f"margin{end}": ahead[0] + ahead[1],
        f"scaled{end}": values - (nearest[one] + nearest[other]) / 2,
    }


def _best_two(keys: NDArray[np.int64], values: Column) -> tuple[Column, Column]:
    """Per entry the best and the second best value of all with its key, at least 0."""
    import numpy as np

    order = np.lexsort((-values, keys))
    sorted_keys, ranked = keys[order], np.maximum(0.0, values[order])
    starts = np.flatnonzero(np.r_[True, sorted_keys[1:] != sorted_keys[:-1]])
    sizes = np.diff(np.r_[starts, len(keys)])
    seconds = np.where(sizes > 1, ranked[np.minimum(starts + 1, len(keys) - 1)], 0.0)
    best, second = np.empty_like(ranked), np.empty_like(ranked)
    best[order], second[order] = np.repeat(ranked[starts], sizes), np.repeat(seconds, sizes)
    return best, second


def _nearest(mentions: NDArray[np.int64], values: Column, total: int) -> Column:
    """Per mention the mean of its best few values."""
    import numpy as np

    order = np.lexsort((-values, mentions))
    ranked = values[order]
    starts = np.searchsorted(mentions[order], np.arange(total + 1))
    ends = np.minimum(starts[1:], starts[:-1] + _NEAREST)
    return np.array([_mean(ranked[start:end].tolist()) for start, end in zip(starts[:-1], ends, strict=True)])


def _steps(pairs: int, mentions: int) -> Column:
    """What a place in a ranking of the pairs is worth, from the first on: how far up a pair stands in the story by one
    measure, in the size of the story. A story has about as many true pairs as mentions, whatever its level of likeness:
    0 at the place of the number of mentions, more above it. Of a story with few mentions the place says little, and
    counts for less.
    """
    import numpy as np

    caution = math.log(max(1.0, FEW / max(1, mentions)))
    worth = (math.log(mentions / place) - caution for place in range(1, pairs + 1))
    return np.array([max(-2.5, min(4.0, w)) for w in worth])


def _rank(values: Column, steps: Column) -> Column:
    """The worth of each value's place; equal ones share the first."""
    import numpy as np

    above = len(values) - np.searchsorted(np.sort(values), values, side="right")
    ranks: Column = steps[above]
    return ranks


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values) if values else 0.0


def _candidates(profiles: Sequence[Profile], meanings: Meanings | None) -> Iterator[tuple[int, int]]:
    """Pairs of different articles: all of a small story, else those that share something rare or mean alike."""
    articles = [p.mention.article for p in profiles]
    if len(profiles) <= ALL_PAIRS:
        yield from ((a, b) for b in range(len(profiles)) for a in range(b) if articles[a] != articles[b])
        return
    kept = [place for place, first in enumerate(similarity.firsts(profiles)) if place == first]
    own, homes = [profiles[place] for place in kept], [articles[place] for place in kept]
    chosen = set(_by_words(own, homes))
    if meanings is not None:
        chosen.update(_by_meaning(homes, meanings.alone[kept]))
    yield from ((kept[a], kept[b]) for a, b in chosen)


def copies(profiles: Sequence[Profile]) -> list[Pair]:
    """Of a large story each mention with the first that says the same in the same words, which alone is compared."""
    if len(profiles) <= ALL_PAIRS:
        return []
    pairs = ((first, place) for place, first in enumerate(similarity.firsts(profiles)) if place != first)
    return [Pair(a, b, {"grams": 1.0, "contained": 1.0}, VERBATIM, copied=True) for a, b in pairs]


def _by_words(profiles: Sequence[Profile], articles: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Per mention those that share most of its concepts' weight; what stands in too many mentions is passed over."""
    import numpy as np

    numbers = {article: n for n, article in enumerate(dict.fromkeys(articles))}
    home = np.array([numbers[article] for article in articles])
    holders: dict[str, list[int]] = defaultdict(list)
    for place, profile in enumerate(profiles):
        for word in profile.concepts:
            holders[word].append(place)
    common = max(60, 4 * math.isqrt(len(profiles)))
    postings = {
        word: (np.array(held), np.array([profiles[place].concepts[word] for place in held]))
        for word, held in holders.items()
        if len(held) <= common
    }
    for place, profile in enumerate(profiles):
        rare = [(weight, *postings[word]) for word, weight in profile.concepts.items() if word in postings]
        if not rare:
            continue
        others = np.concatenate([held for _, held, _ in rare])
        shared = np.bincount(others, np.concatenate([weight * weights for weight, _, weights in rare]))
        near = np.flatnonzero(shared)
        near = near[home[near] != home[place]]
        nearest = near[np.argsort(-shared[near], kind="stable")][:CANDIDATES]
        yield from ((min(place, other), max(place, other)) for other in nearest.tolist())


def _by_meaning(articles: Sequence[str], vectors: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    """Per mention those whose embeddings are nearest, block by block."""
    import numpy as np

    for start in range(0, len(vectors), 256):
        block = vectors[start : start + 256] @ vectors.T
        keep = min(CANDIDATES // 2, block.shape[1] - 1)
        for row, near in enumerate(np.argpartition(-block, keep, axis=1)[:, :keep]):
            place = start + row
            for other in sorted(int(n) for n in near):
                if articles[other] != articles[place]:
                    yield min(place, other), max(place, other)
