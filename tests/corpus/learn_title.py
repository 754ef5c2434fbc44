"""Learn the weights of generator/lexicon/title.toml: a softmax over a page's candidate lines and "no title".

    python tests/corpus/learn_title.py [--check] [--pages ../shared/pages] [--l2 2]

``--check`` writes nothing and prints how often the title is exactly right where it is printed, by five-fold
cross-validation over sites. Only names of signs and weights are written: no text of any page.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from learn_prose import FOLDS, SETS, norm, site  # noqa: E402

from generator.converter.features import signs  # noqa: E402
from generator.converter.layout import units  # noqa: E402
from generator.converter.page import Page  # noqa: E402
from generator.converter.prose import inside  # noqa: E402
from generator.converter.roles import THRESHOLD  # noqa: E402
from generator.converter.rules import first_match  # noqa: E402
from generator.converter.title import candidates  # noqa: E402
from generator.intake import read  # noqa: E402

# By hand, for want of pages that show it: a masthead stands above a menu.
BY_HAND = {"menu follows": -2.0}


class Row(NamedTuple):
    group: str
    fold: int
    found: list[dict[str, float]]
    exact: list[int]
    near: list[int]
    printed: bool


def load(pages: Path) -> list[Row]:
    rows = []
    for name in SETS:
        for line in (pages / name / "gold.jsonl").read_text(encoding="utf-8").splitlines():
            g = json.loads(line)
            if not g.get("title"):
                continue
            (capture,) = read(pages / name / "in" / g["file"], root=pages / name / "in")
            page = Page(units(capture))
            hits = [first_match(page, i) for i in range(len(page))]
            chances = inside(signs(page, hits))
            kept = [p > THRESHOLD and not (h and h.certain) for p, h in zip(chances, hits, strict=True)]
            found = list(candidates(page, hits, kept.index(True) if any(kept) else len(page)))
            texts = [norm(page.looks[i].text) for i, _ in found]
            exact = [n for n, t in enumerate(texts) if t == norm(g["title"])]
            near = exact or [n for n, t in enumerate(texts) if _alike(t, norm(g["title"])) >= 0.8]
            fold = zlib.crc32(site(g["url"]).encode()) % FOLDS
            rows.append(Row(name, fold, [s for _, s in found], exact, near, bool(g["findable"].get("title"))))
    return rows


def _alike(a: str, b: str) -> float:
    x, y = set(a.split()), set(b.split())
    return 2 * len(x & y) / max(1, len(x) + len(y))


def matrix(row: Row, names: list[str]) -> np.ndarray:
    """A line a candidate, and one for "none"."""
    rows = [[signs.get(n, 0.0) for n in names] for signs in (*row.found, {"none": 1.0})]
    return np.array(rows)


def learn(rows: list[Row], names: list[str], l2: float) -> np.ndarray:
    data = [(matrix(r, names), r.near or [len(r.found)]) for r in rows]

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        total, grad = 0.5 * l2 * float(w @ w), l2 * w
        for x, right in data:
            score = x @ w
            z, z1 = logsumexp(score), logsumexp(score[right])
            wanted = np.zeros(len(score))
            wanted[right] = np.exp(score[right] - z1)
            total += float(z - z1)
            grad = grad + x.T @ (np.exp(score - z) - wanted)
        return total, grad

    return minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x


def pick(row: Row, names: list[str], w: np.ndarray) -> int:
    return int(np.argmax(matrix(row, names) @ w))


def check(rows: list[Row], names: list[str], l2: float) -> None:
    by_fold = [learn([r for r in rows if r.fold != f], names, l2) for f in range(FOLDS)]
    for group in SETS:
        mine = [r for r in rows if r.group == group]
        printed = [r for r in mine if r.printed]
        exact = np.mean([pick(r, names, by_fold[r.fold]) in r.exact for r in printed])
        given = [r for r in mine if pick(r, names, by_fold[r.fold]) < len(r.found)]
        right = np.mean([pick(r, names, by_fold[r.fold]) in r.near for r in given])
        print(f"{group:10s} exact where printed {exact:.3f} (n {len(printed)})  right when given {right:.3f}")


HEAD = """# Weights of the title's scorer (generator/converter/title.py): what each sign of a line adds to its being the
# title; "none" is what having no title scores. Learned, not written: by
#     python tests/corpus/learn_title.py
# from pages whose titles are known; no text of theirs is in here.

[weights]
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--pages", type=Path, default=ROOT.parent / "shared" / "pages")
    parser.add_argument("--l2", type=float, default=2.0)
    args = parser.parse_args()
    rows = load(args.pages)
    names = sorted({name for r in rows for signs in r.found for name in signs} | {"none"} | set(BY_HAND))
    if args.check:
        check(rows, names, args.l2)
        return
    table = dict(zip(names, learn(rows, names, args.l2), strict=True)) | BY_HAND
    lines = [f"{json.dumps(n)} = {round(float(w), 2)}" for n, w in table.items()]
    (ROOT / "generator" / "lexicon" / "title.toml").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
