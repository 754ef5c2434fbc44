"""How far a sentence model ranks wordings of one claim above look-alikes: what it could bring before it is built in.

    python tests/corpus/likeness.py [FILE ...]          # default: all of tests/corpus/wordings

Of every set the pairs of two wordings of the claim stand against the pairs of a wording and a look-alike, ranked by the
cosine of their mean vectors, and by the share of words in common. Printed per file, and for all sets: the mean over the
sets of the average precision, and of how often a pair of one claim stands above one that is not (AUC), each with the
share that chance would have. Nothing is learnt from the sets here.
"""

from __future__ import annotations

import re
import sys
from itertools import combinations, product
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.metrics import average_precision_score, roc_auc_score

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1])]

from generator.summarizer import embedding  # noqa: E402

_WORD = re.compile(r"\w+")
Ranked = tuple[float, float]  # average precision and AUC


def main(paths: list[Path]) -> None:
    """Print a line a file and one for all."""
    embed = embedding.installed()
    print(f"{'':34}{'sets':>5}{'chance':>8}{'words':>14}{embedding.NAME if embed else 'no model':>26}")
    every: list[tuple[float, Ranked, Ranked | None]] = []
    for path in paths:
        found = [judged(one, embed) for one in yaml.safe_load(path.read_text(encoding="utf-8"))]
        print(_line(path.stem, found))
        every += found
    print(_line("all", every))


def judged(one: dict[str, Any], embed: embedding.Embedder | None) -> tuple[float, Ranked, Ranked | None]:
    """The share of pairs that are one claim, and how the pairs are ranked by words and, with a model, by meaning."""
    texts = [*one["same"], *one["apart"]]
    count = len(one["same"])
    pairs = [*combinations(range(count), 2), *product(range(count), range(count, len(texts)))]
    truth = [b < count for _, b in pairs]
    bags = [frozenset(_WORD.findall(text.lower())) for text in texts]
    shared = [len(bags[a] & bags[b]) / max(1, min(len(bags[a]), len(bags[b]))) for a, b in pairs]
    by_words = _ranked(truth, shared)
    if embed is None:
        return sum(truth) / len(truth), by_words, None
    means = np.array([found.vectors.mean(axis=0) for found in embed(texts)])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    return sum(truth) / len(truth), by_words, _ranked(truth, [float(means[a] @ means[b]) for a, b in pairs])


def _ranked(truth: list[bool], values: list[float]) -> Ranked:
    return float(average_precision_score(truth, values)), float(roc_auc_score(truth, values))


def _line(name: str, found: list[tuple[float, Ranked, Ranked | None]]) -> str:
    chance = np.mean([share for share, _, _ in found])
    by_words = np.mean([ranked for _, ranked, _ in found], axis=0)
    by_model = np.mean([ranked for _, _, ranked in found if ranked is not None] or [(np.nan, np.nan)], axis=0)
    figures = "".join(f"{f'AP {ap:.3f} AUC {auc:.3f}':>20}" for ap, auc in (by_words, by_model))
    return f"{name:34}{len(found):>5}{chance:>8.3f}{figures}"


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or sorted((HERE / "wordings").glob("*.yaml")))
