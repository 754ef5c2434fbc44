"""What finding reused text costs: candidates over growing collections of invented articles with planted copies.

    python benchmarks/reuse.py [SIZE ...]        (default: 1000 10000 100000)

Each size runs in a process of its own, so that its peak memory is its own. Words are drawn by Zipf's law, and stock
phrases too; every fiftieth article holds a copy: a whole text, its first third, an excerpt of 40 to 80 words in another
article, or a copy with every twelfth word changed. Printed per size: CPU seconds for hashing and for the candidates,
peak memory, recall of the planted pairs, candidates an article; and from size to size the exponent of growth.
"""

from __future__ import annotations

import json
import math
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SIZES = (1_000, 10_000, 100_000)
WORDS = 450
EVERY = 50
KINDS = ("whole", "first third", "excerpt", "edited")


def vocabulary(rng: random.Random, size: int = 40_000) -> list[str]:
    """Words of one to four invented syllables, the most frequent ones short."""
    syllables = [a + b + c for a in "bdfgklmnprstvz" for b in "aeiou" for c in ("", "n", "r", "s", "l")]
    found: dict[str, None] = {}
    while len(found) < size:
        found["".join(rng.choices(syllables, k=1 + min(3, len(found) // 300)))] = None
    return list(found)


def collection(size: int, planted: dict[int, tuple[int, str]], seed: int = 11) -> Iterator[str]:
    """The articles one by one; ``planted`` is filled with number of the copy -> (number of the original, kind)."""
    import numpy as np

    rng = random.Random(seed)
    words = np.array(vocabulary(rng), dtype=object)
    ranks = np.arange(1, len(words) + 1)
    cumulated = np.cumsum(1 / ranks**1.05)
    cumulated /= cumulated[-1]
    draws = np.random.default_rng(seed)

    def text(length: int) -> list[str]:
        return list(words[np.searchsorted(cumulated, draws.random(length))])

    phrases = [text(rng.randint(6, 18)) for _ in range(400)]
    original: list[str] = []
    for n in range(size):
        own = text(rng.randint(WORDS - 200, WORDS + 200))
        for _ in range(3):  # low numbers are the phrases that everybody uses
            at = rng.randrange(len(own))
            own[at:at] = phrases[int(400 * rng.random() ** 3)]
        if n % EVERY == 0:
            original = own
        elif n % EVERY == EVERY // 2:
            kind = KINDS[n // EVERY % len(KINDS)]
            planted[n] = (n - EVERY // 2, kind)
            own = copied(rng, original, own, kind, words)
        yield " ".join(own)


def copied(rng: random.Random, original: list[str], own: list[str], kind: str, words: object) -> list[str]:
    if kind == "whole":
        return [*own[:8], *original, *own[-12:]]
    if kind == "first third":
        return original[: len(original) // 3]
    if kind == "excerpt":
        length = rng.randint(40, 80)
        start = rng.randrange(len(original) - length)
        return [*own[:150], *original[start : start + length], *own[150:]]
    return [w if rng.random() > 1 / 12 else words[rng.randrange(4000)] for w in original]  # type: ignore[index]


def measure(size: int) -> dict[str, float]:
    """One collection: what it cost and what was found."""
    from generator.summarizer import reuse, shingles

    planted: dict[int, tuple[int, str]] = {}
    hashing = 0.0
    hashes = []
    for text in collection(size, planted):
        before = time.process_time()
        hashes.append(shingles.hashes(text))
        hashing += time.process_time() - before
    before = time.process_time()
    pairs = shingles.candidates(hashes, reuse.CANDIDATE)
    seconds = time.process_time() - before
    found = {(i, j) for i, j, _ in pairs}
    missed = [kind for n, (origin, kind) in planted.items() if (origin, n) not in found]
    return {
        "articles": size,
        "hashing s": round(hashing, 2),
        "candidates s": round(seconds, 2),
        "CPU s": round(hashing + seconds, 2),
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "recall": round(1 - len(missed) / len(planted), 4),
        "candidates an article": round(len(pairs) / size, 2),
    }


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--one"]:
        print(json.dumps(measure(int(arguments[1]))))
        return
    rows = []
    for size in map(int, arguments or SIZES):
        done = subprocess.run(
            [sys.executable, __file__, "--one", str(size)], check=True, capture_output=True, text=True
        )
        rows.append(json.loads(done.stdout))
        print("  ".join(f"{name} {value:,}" for name, value in rows[-1].items()), flush=True)
    for small, large in pairwise(rows):
        ratio = math.log(large["CPU s"] / small["CPU s"]) / math.log(large["articles"] / small["articles"])
        print(f"{small['articles']:,} -> {large['articles']:,}: CPU grows with exponent {ratio:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
