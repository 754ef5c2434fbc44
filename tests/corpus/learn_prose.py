"""Learn the weights of generator/lexicon/prose.toml: a linear-chain conditional random field over a page's units.

    python tests/corpus/learn_prose.py [--check] [--pages ../shared/pages] [--articles ../shared/polnear/train.jsonl]

Lafferty, McCallum, Pereira (2001). Four states, before the article, in its text, in a gap of it, after it; features
by name (generator/converter/features.py); L2-regularised likelihood, by L-BFGS. A unit's state is
found by comparing its 4-word shingles with the marked article; units that can't be told are left open. ``--check``
writes nothing and prints
the body F1 by five-fold cross-validation over sites: no page of a site is both learned from and measured.
Only feature names and weights are written: no text of any page.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zlib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, vstack
from scipy.special import logsumexp

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from generator.converter import prose  # noqa: E402
from generator.converter.features import named, signs  # noqa: E402
from generator.converter.layout import units  # noqa: E402
from generator.converter.page import Page  # noqa: E402
from generator.converter.rules import first_match  # noqa: E402
from generator.intake import read  # noqa: E402
from generator.model import Capture  # noqa: E402

TOKEN = re.compile(r"\w+")
SETS = ("crop-aed", "page-aed", "crop-fut", "page-fut")
RARE = 6  # documents: rarer features are dropped
OPEN = -1
CROPS = 2  # of each whole page, to learn from
FOLDS = 5


def shingles(text: str, n: int = 4) -> Counter[tuple[str, ...]]:
    t = TOKEN.findall(text)
    return Counter(tuple(t[i : i + n]) for i in range(max(1, len(t) - n + 1)) if t[i : i + n])


def plain(markdown: str) -> str:
    """The marked article without Markdown's signs."""
    text = re.sub(r"\[([^\]]*)\]\([^)\s]*\)", r"\1", markdown)
    return re.sub(r"(?m)^\s{0,3}(#{1,6}|>+|[-*+]|\d+[.)])\s+", "", text)


def norm(text: str) -> str:
    return " ".join(TOKEN.findall(text.casefold()))


def states(page: Page, gold: str) -> list[int]:
    """Per unit 1 inside, 0 outside, OPEN where it can't be told."""
    lines = {norm(line) for line in gold.split("\n")}
    parts, flat = set(shingles(gold)), f" {norm(gold)} "
    out = []
    for x in page.looks:
        own, flat_own = list(shingles(x.text)), norm(x.text)
        if len(TOKEN.findall(x.text)) < 4:
            maybe = len(flat_own) > 3 and f" {flat_own} " in flat
            out.append(1 if flat_own and flat_own in lines else OPEN if maybe else 0)
        else:
            share = sum(s in parts for s in own) / len(own)
            out.append(1 if share >= 0.6 else 0 if share <= 0.4 else OPEN)
    return out


_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "or", "ne", "go", "edu"})


def site(url: str) -> str:
    """The name of the site that ``url`` is of: all of "www.name.co.uk", "news.name.com" are "name"."""
    labels = (urlsplit(url).hostname or url).split(".")[:-1]
    while len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    return labels[-1] if labels else url


class Doc:
    """A page with its marked states. A ``weight`` below one is a variant of another page's, and is not measured."""

    def __init__(self, id: str, group: str, fold: int, page: Page, gold: str, y: list[int], weight: float = 1) -> None:
        self.id, self.group, self.fold, self.page, self.gold, self.y, self.weight = (
            id,
            group,
            fold,
            page,
            gold,
            y,
            weight,
        )
        self.signs = signs(page, [first_match(page, i) for i in range(len(page))])
        self.features = [[name for sign in unit for name in named(sign)] for unit in self.signs]


def marked(id: str, group: str, site: str, capture: Capture, gold: str) -> Doc:
    page = Page(units(capture))
    return Doc(id, group, zlib.crc32(site.encode()) % FOLDS, page, gold, states(page, gold))


def cropped(doc: Doc, chance: Random) -> Doc | None:
    """What a person might have copied of a page: its article with some of what is around it, in some layout."""
    inside = [i for i, y in enumerate(doc.y) if y == 1]
    if len(inside) < 3:
        return None
    start = max(0, inside[0] - chance.choice([0, 1, 2, 4, 8, 15]))
    end = min(len(doc.y), inside[-1] + 1 + chance.choice([0, 1, 3, 6, 12, 25, 60]))
    gap = chance.choice([None, 0, 1])
    kept = [x.unit if gap is None else replace(x.unit, gap=gap) for x in doc.page.looks[start:end]]
    return Doc(doc.id, "crops", doc.fold, Page(kept), doc.gold, doc.y[start:end], weight=0.5)


def load(pages: Path, articles: Path | None) -> list[Doc]:
    docs = []
    for name in SETS:
        folder = pages / name
        for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
            g = json.loads(line)
            (capture,) = read(folder / "in" / g["file"], root=folder / "in")
            docs.append(marked(g["id"], name, site(g["url"]), capture, plain(g["body"])))
    for n, line in enumerate(articles.read_text(encoding="utf-8").splitlines() if articles else ()):
        if n % 8 == 0:
            a = json.loads(line)
            body = a["text"].partition("\n\n")[2]
            docs.append(marked(a["file"], "articles", a["file"], Capture(a["file"], a["text"]), body))
    chance = Random(7)
    crops = [cropped(d, chance) for d in docs if d.group.startswith("page") for _ in range(CROPS)]
    return [d for d in (*docs, *crops) if d is not None and len(d.page)]


class Model:
    """Weights over feature names, and the 2 x 2 transitions by the gap between the units."""

    def __init__(self, docs: list[Doc]) -> None:
        seen = Counter(f for d in docs for f in {f for unit in d.features for f in unit})
        self.names = sorted(f for f, n in seen.items() if n >= RARE)
        self.index = {f: i for i, f in enumerate(self.names)}

    def matrix(self, doc: Doc) -> csr_matrix:
        rows, cols = [], []
        for i, unit in enumerate(doc.features):
            for f in unit:
                if f in self.index:
                    rows.append(i)
                    cols.append(self.index[f])
        return csr_matrix((np.ones(len(rows)), (rows, cols)), shape=(len(doc.features), len(self.names)))

    def fit(self, docs: list[Doc], l2: float, rounds: int) -> None:
        every, k = vstack([self.matrix(d) for d in docs]).tocsr(), len(self.names)
        length = max(len(d.y) for d in docs)
        mask = np.zeros((len(docs), length), bool)
        allowed = np.zeros((len(docs), length, 4))
        for n, d in enumerate(docs):
            mask[n, : len(d.y)] = True
            for i, y in enumerate(d.y):
                allowed[n, i] = NEVER * np.array(ONLY[y])
        start = NEVER * np.array([0, 0, 1, 1])
        weight = np.array([d.weight for d in docs])

        def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
            score = np.zeros((len(docs), length, 4))
            flat = every @ w[: 3 * k].reshape(3, k).T
            for column, state in enumerate(OTHERS):
                score[..., state][mask] = flat[:, column]
            score[:, 0] += start
            trans = np.full((4, 4), NEVER)
            for value, pair in zip(w[3 * k :], prose.MOVES, strict=True):
                trans[pair] = value
            z, node, edge = forward_backward(score, trans, mask)
            z1, node1, edge1 = forward_backward(score + allowed, trans, mask)
            diff = ((node - node1) * weight[:, None, None])[mask][:, OTHERS]
            moves = np.array([(edge - edge1)[pair] for pair in prose.MOVES])
            grad = np.concatenate([(every.T @ diff).T.ravel(), moves])
            return float(np.sum(weight * (z - z1)) + 0.5 * l2 * w @ w), grad + l2 * w

        size = 3 * k + len(prose.MOVES)
        found = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": rounds})
        self.weights, self.moves = found.x[: 3 * k].reshape(3, k).T, found.x[3 * k :]

    def table(self) -> prose.Weights:
        weights = {n: tuple(round(float(x), 2) for x in row) for n, row in zip(self.names, self.weights, strict=True)}
        return prose.Weights(weights, tuple(round(float(x), 2) for x in self.moves))

    def probabilities(self, doc: Doc) -> list[float]:
        return prose.inside(doc.signs, self.table())


NEVER = -1e6
OTHERS = [0, 2, 3]  # the states but "in the text", whose scores are 0
ONLY = {1: (1, 0, 1, 1), 0: (0, 1, 0, 0), OPEN: (0, 0, 0, 0)}


def forward_backward(
    score: np.ndarray, trans: np.ndarray, mask: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """:func:`forward_backward_batch`, by batches of documents of like length."""
    lengths = mask.sum(1)
    order = np.argsort(lengths)
    z, node, edge = np.zeros(len(score)), np.zeros_like(score), np.zeros((4, 4))
    for some in np.array_split(order, max(1, len(order) // 40)):
        n = lengths[some].max()
        z[some], part, moves = forward_backward_batch(score[some][:, :n], trans, mask[some][:, :n])
        node[some, :n] = part
        edge += moves
    return z, node, edge


def forward_backward_batch(
    score: np.ndarray, trans: np.ndarray, mask: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Log partition per document, state marginals, and expected transitions, for a padded batch."""
    length = score.shape[1]
    alpha, beta = np.zeros_like(score), np.zeros_like(score)
    alpha[:, 0] = score[:, 0]
    for t in range(1, length):
        step = np.logaddexp.reduce(alpha[:, t - 1, :, None] + trans[None], axis=1) + score[:, t]
        alpha[:, t] = np.where(mask[:, t, None], step, alpha[:, t - 1])
    for t in range(length - 2, -1, -1):
        step = np.logaddexp.reduce(trans[None] + (beta[:, t + 1] + score[:, t + 1])[:, None, :], axis=2)
        beta[:, t] = np.where(mask[:, t + 1, None], step, 0)
    z = logsumexp(alpha[:, -1], axis=1)
    node = np.where(mask[..., None], np.exp(np.minimum(alpha + beta - z[:, None, None], 0)), 0)
    edge = np.zeros((4, 4))
    for t in range(length - 1):
        live = mask[:, t + 1]
        if live.any():
            pair = alpha[live, t, :, None] + trans + (score + beta)[live, t + 1][:, None, :] - z[live, None, None]
            edge += np.exp(np.minimum(pair, 0)).sum(0)
    return z, node, edge


def measure(doc: Doc, keep: list[bool]) -> tuple[float, float]:
    g, p = shingles(doc.gold), shingles("\n".join(x.text for x, k in zip(doc.page.looks, keep, strict=True) if k))
    tp = sum((g & p).values())
    return tp / max(1, sum(p.values())), tp / max(1, sum(g.values()))


def kept(doc: Doc, chances: list[float], threshold: float) -> list[bool]:
    hits = [first_match(doc.page, i) for i in range(len(doc.page))]
    return [p > threshold and not (h and h.certain) for p, h in zip(chances, hits, strict=True)]


def report(rows: list[tuple[str, float, float]]) -> None:
    for name in (*SETS, "articles"):
        mine = [r for r in rows if r[0] == name]
        if mine:
            p, r = np.mean([m[1] for m in mine]), np.mean([m[2] for m in mine])
            full, f1 = np.mean([m[2] >= 0.99 for m in mine]), 2 * p * r / (p + r)
            print(f"{name:10s} P {p:.3f} R {r:.3f} F1 {f1:.3f}  recall>=.99 {full:.2f} (n {len(mine)})")


def check(docs: list[Doc], l2: float, rounds: int) -> None:
    chances: dict[int, list[float]] = {}
    for fold in range(FOLDS):
        model = Model([d for d in docs if d.fold != fold])
        model.fit([d for d in docs if d.fold != fold], l2, rounds)
        chances |= {id(d): model.probabilities(d) for d in docs if d.fold == fold}
    for threshold in (0.3, 0.4, 0.5, 0.6):
        print("threshold", threshold)
        report([(d.group, *measure(d, kept(d, chances[id(d)], threshold))) for d in docs if d.weight == 1])


HEAD = """# Weights of the prose scorer (generator/converter/prose.py): how much each feature of a line speaks for
# its being before the article, in a gap of its text (a caption, a pointer), and after it, each against its being
# in the text; and the moves from one unit to the next in the order of prose.MOVES. Learned, not written: by
#     python tests/corpus/learn_prose.py
# from pages in which the article was marked by hand; no text of theirs is in here.
"""


def write(model: Model, path: Path) -> None:
    table = model.table()
    lines = [f"{json.dumps(n, ensure_ascii=False)} = {list(w)}" for n, w in table.weights.items() if any(w)]
    path.write_text(f"{HEAD}\nmoves = {list(table.moves)}\n\n[weights]\n" + "\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--pages", type=Path, default=ROOT.parent / "shared" / "pages")
    parser.add_argument("--articles", type=Path, default=ROOT.parent / "shared" / "polnear" / "train.jsonl")
    parser.add_argument("--l2", type=float, default=30.0)
    parser.add_argument("--rounds", type=int, default=100)
    args = parser.parse_args()
    docs = load(args.pages, args.articles)
    if args.check:
        check(docs, args.l2, args.rounds)
    else:
        model = Model(docs)
        model.fit(docs, args.l2, args.rounds)
        write(model, ROOT / "generator" / "lexicon" / "prose.toml")


if __name__ == "__main__":
    main()
