"""Pairs of mentions of one story -> the chance that both report the same thing.

What two mentions have in common is seen against what each has in common with the others: whether they are each other's
best match, by how far, and how both stand against their nearest (cross-domain local scaling, Conneau et al., 2018). No
story's level of likeness is another's. The combination is a logistic regression whose weights lie in the lexicon.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.lexicon import load
from generator.summarizer import meaning, similarity
from generator.summarizer.similarity import Profile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generator.summarizer.meaning import Meanings

ALL_PAIRS = 400  # mentions: up to so many, every pair is looked at
FEW = 50  # mentions: a story with fewer is small
CANDIDATES = 24  # per mention, beyond
VERBATIM = 0.995
_NEAREST = 5
RANKED = (
    "base", "sight", "meaning", "alone", "inside", "wording", "context", "grams", "concepts", "contained", "sentence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions by their place in the list, the features of the pair, and how it looks."""

    a: int
    b: int
    features: dict[str, float]
    chance: float


def pairs(profiles: Sequence[Profile], leads: Sequence[float], meanings: Meanings | None) -> list[Pair]:
    """The pairs of different articles that may report the same thing, by place. ``leads`` says per mention how near it
    stands to the beginning of its article (1 to 0); ``meanings`` are those of the mentions, where there are any.
    """
    places = sorted(_candidates(profiles, meanings))
    rows = [_absolute(profiles, leads, a, b) for a, b in places]
    told = meaning.features(meanings, places) if meanings is not None else []
    for row, own in zip(rows, told, strict=False):
        row.update(own | _of_meaning(row, own))
    for base in ("base", "sight") if told else ("base",):
        _relate(profiles, places, rows, base)
    for name in RANKED:
        _rank(rows, name, len(profiles))
    weights = load("grouping")["plain" if meanings is None else "embedded"]
    return [Pair(a, b, row, chance(row, weights)) for (a, b), row in zip(places, rows, strict=True)]


def _of_meaning(row: dict[str, float], told: dict[str, float]) -> dict[str, float]:
    """What follows from the likeness of meaning together with that of the words. ``base`` and ``sight`` are the two
    likenesses by which a pair is put against the others of its mentions: with what the story is about, and without.
    """
    words = 0.5 * row["concepts"] + 0.3 * row["grams"] + 0.3 * row["contained"]
    return {
        "meaning_strong": max(0.0, told["meaning"] - 0.5),
        "meaning_contained": told["meaning"] * row["contained"],
        "base": row["base"] + told["meaning"],
        "sight": told["alone"] + told["wording"] + 0.5 * told["inside"] + words,
    }


def chance(features: dict[str, float], weights: dict[str, float]) -> float:
    """The logistic of the weighted sum; the same words are the same claim."""
    if features.get("grams", 0.0) >= 0.9 and features.get("contained", 0.0) >= 0.9:
        return VERBATIM
    total = weights["bias"] + math.fsum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, total))))


def _absolute(profiles: Sequence[Profile], leads: Sequence[float], a: int, b: int) -> dict[str, float]:
    one, other = profiles[a], profiles[b]
    row = similarity.features(one, other)
    size = math.log1p(min(len(one.weights), len(other.weights)))
    row["short"] = float(min(len(one.weights), len(other.weights)) < 3)
    row["size"] = size
    row["contained_size"] = row["contained"] * size
    row["number_contained"] = row["number_same"] * row["contained"]
    row["lead"] = leads[a] * leads[b] * row["contained"]
    row["base"] = 0.6 * row["concepts"] + 0.4 * row["grams"] + 0.3 * row["contained"]
    return row


def _relate(
    profiles: Sequence[Profile], places: Sequence[tuple[int, int]], rows: Sequence[dict[str, float]], base: str
) -> None:
    """Add to every row how the pair stands against the other pairs of its two mentions, by ``base``."""
    best: dict[tuple[int, str], float] = defaultdict(float)
    second: dict[tuple[int, str], float] = defaultdict(float)
    everyone: dict[int, list[float]] = defaultdict(list)
    for (a, b), row in zip(places, rows, strict=True):
        for one, other in ((a, b), (b, a)):
            key = (one, profiles[other].mention.article)
            everyone[one].append(row[base])
            if row[base] > best[key]:
                best[key], second[key] = row[base], best[key]
            elif row[base] > second[key]:
                second[key] = row[base]
    nearest = {i: _mean(sorted(values)[-_NEAREST:]) for i, values in everyone.items()}
    end = "" if base == "base" else f"_{base}"
    for (a, b), row in zip(places, rows, strict=True):
        keys = [(a, profiles[b].mention.article), (b, profiles[a].mention.article)]
        wins = [k for k in keys if row[base] >= best[k]]
        row[f"mutual{end}"] = float(len(wins) == 2)
        row[f"once{end}"] = float(len(wins) >= 1)
        row[f"margin{end}"] = math.fsum(row[base] - second[k] for k in wins)
        row[f"scaled{end}"] = row[base] - (nearest[a] + nearest[b]) / 2


def _rank(rows: Sequence[dict[str, float]], name: str, mentions: int) -> None:
    """How far up a pair stands in the story by one measure, in the size of the story: a story has about as many true
    pairs as mentions, whatever its level of likeness. 0 at the place of the number of mentions, more above it. Of a
    story with few mentions the place says little, and counts for less.
    """
    caution = math.log(max(1.0, FEW / max(1, mentions)))
    order = sorted((r[name] for r in rows if name in r), reverse=True)
    places = {value: place for place, value in reversed(list(enumerate(order, 1)))}
    for row in rows:
        if name in row:
            row[f"rank_{name}"] = max(-2.5, min(4.0, math.log(mentions / places[row[name]]) - caution))


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values) if values else 0.0


def _candidates(profiles: Sequence[Profile], meanings: Meanings | None) -> Iterator[tuple[int, int]]:
    """Pairs of different articles: all of a small story, else those that share something rare or mean alike."""
    articles = [p.mention.article for p in profiles]
    if len(profiles) <= ALL_PAIRS:
        yield from ((a, b) for b in range(len(profiles)) for a in range(b) if articles[a] != articles[b])
        return
    chosen = set(_by_words(profiles, articles))
    if meanings is not None:
        chosen.update(_by_meaning(articles, meanings.alone))
    yield from chosen


def _by_words(profiles: Sequence[Profile], articles: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Per mention those that share most of its concepts' weight; what stands in too many mentions is passed over."""
    holders: dict[str, list[int]] = defaultdict(list)
    for place, profile in enumerate(profiles):
        for word in profile.concepts:
            holders[word].append(place)
    common = max(60, 4 * math.isqrt(len(profiles)))
    for place, profile in enumerate(profiles):
        shared: dict[int, float] = defaultdict(float)
        for word, weight in profile.concepts.items():
            if len(holders[word]) <= common:
                for other in holders[word]:
                    if articles[other] != articles[place]:
                        shared[other] += weight * profiles[other].concepts[word]
        ranked = sorted(shared, key=lambda o: (-shared[o], o))
        yield from ((min(place, other), max(place, other)) for other in ranked[:CANDIDATES])


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
