"""Candidates for text reuse: pairs of texts that share runs of five words, found through an index of hashes.

Every run counts (no sampling as in MinHash, which misses short copies). What is done is three steps, each able to run
elsewhere: :func:`hashes` of one text; :func:`shared` over the part of the hashes that fall in one range of values;
:func:`tally` of the parts. Cost grows with the number of shared runs: a run that many texts have (a stock phrase, or a
report that everybody printed) pairs each of them only with the first few.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from generator.summarizer.alignment import SEED, WORD, fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes: TypeAlias = NDArray[np.uint64]
    Pairs: TypeAlias = NDArray[np.int64]

ALL_PAIRS = 24  # texts: a run shared by no more than these pairs each with each
FIRST = 6  # a run shared by more pairs each with the first of them
EVERYBODY = 1000  # texts: a run in more of them than this, and than a fiftieth of all, pairs nobody
_MULTIPLIERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5, 0xFF51AFD7ED558CCD)


class _Numbers(dict[str, int]):
    """A number per word, the same on every machine."""

    def __missing__(self, word: str) -> int:
        number = self[word] = zlib.crc32(fold(word).encode("utf-8", "surrogatepass"))
        return number


_NUMBERS = _Numbers()


def hashes(text: str) -> Hashes:
    """The hashes of all runs of five words of ``text``, sorted, each once."""
    import numpy as np

    if len(_NUMBERS) > 2_000_000:
        _NUMBERS.clear()
    words = WORD.findall(text.lower())
    if len(words) < SEED:
        return np.empty(0, dtype=np.uint64)
    numbers = np.fromiter(map(_NUMBERS.__getitem__, words), dtype=np.uint64, count=len(words))
    length = len(words) - SEED + 1
    mixed = np.zeros(length, dtype=np.uint64)
    for n, multiplier in enumerate(_MULTIPLIERS):
        mixed += (numbers[n : n + length] + np.uint64(1)) * np.uint64(multiplier)
        mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(_MULTIPLIERS[0])
    return np.unique(mixed ^ (mixed >> np.uint64(32)))


def candidates(texts: Sequence[Hashes], at_least: int, parts: int | None = None) -> list[tuple[int, int, int]]:
    """The pairs (i, j), i < j, of texts that share ``at_least`` runs, with the number of runs, in order.

    ``parts``: into how many ranges of hashes the work is cut, to bound memory; by default by the number of texts.
    """
    parts = parts or max(1, len(texts) // 5000)
    return tally((shared(texts, part, parts) for part in range(parts)), len(texts), at_least)


def shared(texts: Sequence[Hashes], part: int, parts: int) -> Pairs:
    """The pairs, as i * n + j, once for every run that they share whose hash is in range ``part`` of ``parts``."""
    import numpy as np

    low, high = (2**64 * part) // parts, (2**64 * (part + 1)) // parts - 1
    cuts = [_cut(own, low, high) for own in texts]
    if not cuts:
        return np.empty(0, dtype=np.int64)
    all_hashes = np.concatenate(cuts)
    holders = np.repeat(np.arange(len(texts), dtype=np.int64), [len(c) for c in cuts])
    order = np.argsort(all_hashes, kind="stable")  # stable: holders of a run stay in order
    all_hashes, holders = all_hashes[order], holders[order]
    starts = np.flatnonzero(np.r_[True, all_hashes[1:] != all_hashes[:-1]]) if len(all_hashes) else np.empty(0, int)
    sizes = np.diff(np.r_[starts, len(all_hashes)])
    found = [np.empty(0, dtype=np.int64)]
    for size in np.unique(sizes[sizes > 1]):
        if size <= max(EVERYBODY, len(texts) // 50):
            group = holders[starts[sizes == size][:, None] + np.arange(size)]
            left, right = _within(int(size))
            found.append((group[:, left] * len(texts) + group[:, right]).ravel())
    return np.concatenate(found)


def _cut(own: Hashes, low: int, high: int) -> Hashes:
    import numpy as np

    return own[np.searchsorted(own, np.uint64(low)) : np.searchsorted(own, np.uint64(high), side="right")]


def _within(size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Which of ``size`` holders of one run are paired: positions of the lefts and of the rights."""
    import numpy as np

    left, right = np.triu_indices(size, 1)
    if size <= ALL_PAIRS:
        return left, right
    early = left < FIRST
    return left[early], right[early]


def tally(parts: Iterable[Pairs], n: int, at_least: int) -> list[tuple[int, int, int]]:
    """The pairs that occur ``at_least`` times over all ``parts`` of ``n`` texts, counted."""
    import numpy as np

    pairs, counts = np.unique(np.concatenate([np.empty(0, dtype=np.int64), *parts]), return_counts=True)
    often = counts >= at_least
    return [
        (pair // n, pair % n, count) for pair, count in zip(pairs[often].tolist(), counts[often].tolist(), strict=True)
    ]
