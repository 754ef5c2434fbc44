"""Candidates for text reuse: pairs of texts that share runs of five words, found through an index of hashes.

Every run counts (no sampling as in MinHash, which misses short copies). What is done is three steps, each able to run
elsewhere: :func:`hashes` of one text; :func:`shared` over the hashes that fall in one of several :func:`ranges`;
:func:`tally` of what the ranges gave. Cost grows with the number of shared runs:
a run that many texts have (a stock phrase, or a report that everybody printed) pairs each only with the first few.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from generator.summarizer.alignment import SEED

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes: TypeAlias = NDArray[np.uint64]
    Pairs: TypeAlias = NDArray[np.int64]

ALL_PAIRS = 24  # texts: a run shared by no more than these pairs each with each
FIRST = 6  # a run shared by more pairs each with the first of them
EVERYBODY = 1000  # texts: a run in more of them than this, and than a fiftieth of all, pairs nobody
_MULTIPLIERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5, 0xFF51AFD7ED558CCD)


def hashes(text: str) -> Hashes:
    """The hashes of all runs of five words of ``text``, sorted, each once; the same on every machine.

    Words are here what :mod:`alignment` takes for words, but for a decimal point, which parts two.
    """
    import numpy as np

    words = _words(text)
    length = len(words) - SEED + 1
    if length < 1:
        return np.empty(0, dtype=np.uint64)
    mixed = np.zeros(length, dtype=np.uint64)
    for n, multiplier in enumerate(_MULTIPLIERS):
        mixed += words[n : n + length]
        mixed *= np.uint64(multiplier)
        mixed ^= mixed >> np.uint64(29)
    mixed.sort()
    return mixed[np.r_[True, mixed[1:] != mixed[:-1]]]


def _words(text: str) -> Hashes:
    """A hash per word. Done over the bytes of the text at once: a loop over the words takes ten times as long."""
    import numpy as np

    # One byte of padding before and three after, so that neighbours can be looked at without bounds.
    data = np.frombuffer(b" " + text.lower().encode("utf-8", "surrogatepass") + b"   ", dtype=np.uint8)
    digit = (data >= 48) & (data <= 57)
    separator = np.flatnonzero(data == 44)
    separator = separator[digit[separator - 1] & digit[separator + 1]]
    if len(separator):
        data = np.delete(data, separator)
    kind = _kinds()[data]
    if kind.max() > _LETTER:
        _mark_beyond_ascii(data, kind)
    inside = kind != _OTHER
    starts = np.flatnonzero((inside[1:] & ~inside[:-1]) | (kind[1:] == _FIRST)) + 1
    if not len(starts):
        return np.empty(0, dtype=np.uint64)
    place = np.arange(len(data)) - np.repeat(np.r_[0, starts], np.diff(np.r_[0, starts, len(data)]))
    values = data * _powers()[np.minimum(place, _LONGEST)] * inside
    return np.add.reduceat(values, starts)


_OTHER, _LETTER, _FIRST, _LEAD = (
    0,
    1,
    2,
    3,
)  # no part of a word; part; begins one by itself; begins a character beyond ASCII
_LONGEST = 255  # bytes of a word that have a place of their own in its hash


def _mark_beyond_ascii(data: NDArray[np.uint8], kind: NDArray[np.uint8]) -> None:
    """Corrects ``kind`` for characters of several bytes: punctuation, and scripts that have no spaces."""
    import numpy as np

    leads = np.flatnonzero(kind == _LEAD)
    lead, second = data[leads], data[leads + 1]
    kind[leads] = _LETTER
    for mark, size in (
        ((lead == 0xC2), 2),  # Latin-1: no-break space, guillemets, signs
        ((lead == 0xE2) & (second == 0x80), 3),  # general punctuation: dashes, quotation marks, spaces
        ((lead == 0xE3) & (second == 0x80), 3),  # marks of Chinese and Japanese
    ):
        for n in range(size):
            kind[leads[mark] + n] = _OTHER
    south_east_asia = ((lead == 0xE0) & (second >= 0xB8) & (second <= 0xBB)) | (
        (lead == 0xE1) & (((second >= 0x80) & (second <= 0x82)) | (second >= 0x9E) & (second <= 0x9F))
    )
    east_asia = (lead >= 0xE3) & (lead <= 0xE9) & ~((lead == 0xE3) & (second == 0x80))
    alone = leads[south_east_asia | east_asia]
    kind[alone] = _FIRST
    after = alone + 3
    kind[after[kind[after] == _LETTER]] = _FIRST


@cache
def _kinds() -> NDArray[np.uint8]:
    import numpy as np

    kinds = np.full(256, _LETTER, dtype=np.uint8)
    kinds[:128] = [_LETTER if chr(n).isalnum() else _OTHER for n in range(128)]
    kinds[0xC2] = kinds[0xE0:0xEA] = _LEAD
    return kinds


@cache
def _powers() -> Hashes:
    import numpy as np

    return np.cumprod(np.full(_LONGEST + 1, _MULTIPLIERS[0], dtype=np.uint64), dtype=np.uint64)


def candidates(texts: Sequence[Hashes], at_least: int, parts: int | None = None) -> list[tuple[int, int, int]]:
    """The pairs (i, j), i < j, of texts that share ``at_least`` runs, with the number of runs, in order.

    ``parts``: into how many ranges of hashes the work is cut, to bound memory; by default by the number of texts.
    """
    parts = parts or max(1, len(texts) // 5000)
    cuts = [ranges(own, parts) for own in texts]
    slices = ([own[cut[part] : cut[part + 1]] for own, cut in zip(texts, cuts, strict=True)] for part in range(parts))
    return tally(map(shared, slices), len(texts), at_least)


def ranges(own: Hashes, parts: int) -> NDArray[np.intp]:
    """Where each of ``parts`` equal ranges of hashes begins in the sorted ``own``, and its end."""
    import numpy as np

    bounds = np.array([(2**64 * part) // parts for part in range(1, parts)], dtype=np.uint64)
    cuts: NDArray[np.intp] = np.r_[0, np.searchsorted(own, bounds), len(own)]
    return cuts


def shared(slices: Sequence[Hashes]) -> Pairs:
    """The pairs of texts, as i * n + j, once for every run that they share; ``slices`` hold one range of each text."""
    import numpy as np

    if not slices:
        return np.empty(0, dtype=np.int64)
    all_hashes = np.concatenate(slices)
    holders = np.repeat(np.arange(len(slices), dtype=np.int64), [len(c) for c in slices])
    order = np.argsort(all_hashes, kind="stable")  # stable: holders of a run stay in order
    all_hashes, holders = all_hashes[order], holders[order]
    starts = np.flatnonzero(np.r_[True, all_hashes[1:] != all_hashes[:-1]]) if len(all_hashes) else np.empty(0, int)
    sizes = np.diff(np.r_[starts, len(all_hashes)])
    runs = np.flatnonzero((sizes > 1) & (sizes <= max(EVERYBODY, len(slices) // 50)))
    runs = runs[np.argsort(sizes[runs], kind="stable")]
    found = [np.empty(0, dtype=np.int64)]
    for group in np.split(runs, np.flatnonzero(np.diff(sizes[runs])) + 1):  # those with as many holders at once
        if len(group):
            size = int(sizes[group[0]])
            held = holders[starts[group][:, None] + np.arange(size)]
            left, right = _within(size)
            found.append((held[:, left] * len(slices) + held[:, right]).ravel())
    return np.concatenate(found)


def _within(size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Which of ``size`` holders of one run are paired: positions of the lefts and of the rights."""
    import numpy as np

    if size <= ALL_PAIRS:
        return np.triu_indices(size, 1)
    left, right = np.meshgrid(np.arange(FIRST), np.arange(size), indexing="ij")
    return left[left < right], right[left < right]


def tally(parts: Iterable[Pairs], n: int, at_least: int) -> list[tuple[int, int, int]]:
    """The pairs that occur ``at_least`` times over all ``parts`` of ``n`` texts, counted."""
    import numpy as np

    pairs, counts = np.unique(np.concatenate([np.empty(0, dtype=np.int64), *parts]), return_counts=True)
    often = counts >= at_least
    return [
        (pair // n, pair % n, count) for pair, count in zip(pairs[often].tolist(), counts[often].tolist(), strict=True)
    ]
