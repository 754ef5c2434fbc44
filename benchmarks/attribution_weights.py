"""Fit the two tables that weigh attributions: generator/lexicon/cue_table.tsv and cue_context.tsv.

    python benchmarks/attribution_weights.py ../shared/polnear/train.jsonl

The gold is JSON lines: {"file", "text", "attributions": [{"source": [s, e] | null, "cue": [s, e] | null, "content":
[[s, e], ...]}]}, an article once per annotator. What is written holds cue lemmas, frames, word classes and common nouns
with their weights: no word that the corpus prints with a capital, nothing of its texts. Needs scikit-learn.

Both weighings are logistic regressions with an L1 penalty (few weights, readable). The second learns from chances that
the first gives to articles it has not seen (four folds). The same data give the same tables.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.model import Article, Paragraph, Span
from generator.summarizer.attribution.candidates import candidates
from generator.summarizer.attribution.context import Surroundings, context
from generator.summarizer.attribution.extents import forms
from generator.summarizer.attribution.features import features
from generator.summarizer.attribution.placing import Candidate
from generator.summarizer.attribution.score import KEPT, chance
from generator.summarizer.attribution.view import Paragraph as Viewed
from generator.summarizer.attribution.view import paragraphs
from generator.summarizer.parsing import parse_many

LEXICON = Path(__file__).parent.parent / "generator" / "lexicon"
FOLDS = 4
# Regularisation (inverse strength) and least count of a feature, per weighing.
FIRST = (0.3, 3)
SECOND = (0.12, 4)
# An extent is right when it overlaps the gold by half and no other overlaps it better by more than this.
SLACK = (0.2, 0.05)
HEAD = """# Weights of the features of attribution candidates, as log odds: generator/summarizer/attribution/score.py.
# Fitted by benchmarks/attribution_weights.py on the train part of PolNeAR (Newell, Margolin, Ruths, LREC 2018);
# holds cue lemmas, frames, word classes and common nouns, nothing of its texts.
"""
_WORD = re.compile(r"[^\W_]+")

Row = list[str]
Weights = dict[str, float]


def article_of(name: str, text: str) -> tuple[Article, list[tuple[int, int]]]:
    """The text as an article, a line a paragraph, with their offsets in the article text and in the file."""
    body, places, at = [], [], 0
    for line in re.finditer(r"[^\n]+", text):
        if line.group().strip():
            body.append(Paragraph(line.group()))
            places.append((at, line.start()))
            at += len(line.group()) + 2
    return Article(name, "corpus", body=tuple(body)), places


class Gold:
    """One article: text, annotations, numbered words; spans of the article text are carried to the file's."""

    def __init__(self, records: list[dict[str, Any]]) -> None:
        self.records = records
        self.text: str = records[0]["text"]
        self.article, self._places = article_of(records[0]["file"], self.text)
        self._starts = [m.start() for m in _WORD.finditer(self.text)]
        self._ends = [m.end() for m in _WORD.finditer(self.text)]

    def printed(self, span: Span) -> tuple[int, int]:
        """Where a span of the article text stands in the file."""
        first = max(p for p in self._places if p[0] <= span.start)
        last = max(p for p in self._places if p[0] < span.end)
        return span.start - first[0] + first[1], span.end - last[0] + last[1]

    def words(self, spans: list[tuple[int, int]]) -> frozenset[int]:
        low = [np.searchsorted(self._ends, a, side="right") for a, _ in spans]
        high = [np.searchsorted(self._starts, b, side="left") for _, b in spans]
        return frozenset(i for a, b in zip(low, high, strict=True) for i in range(a, b))

    def labels(self, found: list[Candidate], slack: float) -> list[float]:
        """Per candidate, the share of annotators for whom it is right."""
        contents = [self.words([self.printed(s) for s in c.content]) for c in found]
        cues = [self.words([self.printed(c.cue)]) for c in found]
        holders: dict[int, list[int]] = defaultdict(list)
        for n, content in enumerate(contents):
            for word in content:
                holders[word].append(n)
        out = [0.0] * len(found)
        for record in self.records:
            for gold in record["attributions"]:
                content = self.words(gold["content"])
                cue = self.words([gold["cue"]]) if gold["cue"] else frozenset()
                near = {n for word in content for n in holders[word]}
                hits = {n: len(content & contents[n]) / len(content | contents[n]) for n in near}
                hits = {n: overlap for n, overlap in hits.items() if overlap >= 0.5}
                hits = {n: overlap for n, overlap in hits.items() if cues[n] & cue} or hits
                for n, overlap in hits.items():
                    if overlap >= max(hits.values()) - slack:
                        out[n] = min(1.0, out[n] + 1 / len(self.records))
        return out


def matrix(rows: list[Row], known: dict[str, int]) -> csr_matrix:
    ends, columns = [0], []
    for row in rows:
        columns += sorted({known[f] for f in row if f in known})
        ends.append(len(columns))
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(known)))


def fit(found: csr_matrix, labels: list[float], strength: float) -> LogisticRegression:
    """A share of annotators counts as that much of a yes and the rest of a no."""
    share = np.asarray(labels)
    yes, no = share > 0, share < 1
    model = LogisticRegression(C=strength, solver="liblinear", penalty="l1", max_iter=200, tol=1e-3, random_state=0)
    return model.fit(
        vstack([found[yes], found[no]]),
        np.r_[np.ones(yes.sum()), np.zeros(no.sum())],
        sample_weight=np.r_[share[yes], 1 - share[no]],
    )


def vocabulary(rows: list[Row], least: int, names: frozenset[str]) -> dict[str, int]:
    counts = Counter(f for row in rows for f in dict.fromkeys(row))
    kept = sorted(f for f, n in counts.items() if n >= least and not names & set(re.split(r"[=|,:/ ~]", f)))
    return {f: n for n, f in enumerate(kept)}


def table(model: LogisticRegression, known: dict[str, int]) -> Weights:
    weights = {f: round(float(model.coef_[0][n]), 3) for f, n in known.items()}
    weights["bias"] = round(weights.get("bias", 0.0) + float(model.intercept_[0]), 3)
    return {f: w for f, w in weights.items() if w}


def capitalised(views: list[list[Viewed]]) -> frozenset[str]:
    """Lemmas and words that the corpus prints with a capital more often than not, inside a sentence."""
    upper: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for view in views:
        for paragraph in view[1:]:
            tree = paragraph.tree
            firsts = {first for first, _ in tree.bounds}
            for i, word in enumerate(tree.words):
                if i not in firsts and word[:1].isalpha():
                    for form in {word.lower(), tree.lemmas[i]}:
                        total[form] += 1
                        upper[form] += word[:1].isupper()
    return frozenset(form for form, n in total.items() if upper[form] * 2 > n and len(form) > 1)


def first_chances(rows: list[list[Row]], labels: list[list[float]], known: dict[str, int]) -> list[list[float]]:
    """Per article the chances that a table fitted without its fold gives."""
    found = [matrix(r, known) for r in rows]
    out: list[list[float]] = [[] for _ in rows]
    for fold in range(FOLDS):
        rest = [n for n in range(len(rows)) if n % FOLDS != fold]
        model = fit(vstack([found[n] for n in rest]), [y for n in rest for y in labels[n]], FIRST[0])
        weights = table(model, known)
        for n in range(fold, len(rows), FOLDS):
            out[n] = [chance(weights, row) for row in rows[n]]
    return out


def second_rows(
    view: list[Viewed], found: list[Candidate], rows: list[Row], chances: list[float]
) -> tuple[list[Candidate], list[Row]]:
    kept = [(c, p, row) for c, p, row in zip(found, chances, rows, strict=True) if p >= KEPT]
    around = Surroundings(view, [(c, p) for c, p, _ in kept])
    made: dict[tuple[object, ...], tuple[Candidate, Row]] = {}
    for candidate, p, row in kept:
        for form, options in forms(view[candidate.where], candidate):
            mark = (form.where, form.frame.head, form.content, form.source)
            if mark not in made:
                made[mark] = form, [*row, *context(view[form.where], form, p, around, options)]
    return [c for c, _ in made.values()], [r for _, r in made.values()]


def write(name: str, weights: Weights) -> None:
    lines = (f"{f}\t{w:g}\n" for f, w in sorted(weights.items()))
    (LEXICON / name).write_text(HEAD + "".join(lines), encoding="utf-8")
    sys.stdout.write(f"{name}: {len(weights)} weights\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    by_file: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in parser.parse_args().gold.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        by_file[record["file"]].append(record)
    golds = [Gold(by_file[name]) for name in sorted(by_file)]
    views = [paragraphs(parsed) for parsed in parse_many(g.article for g in golds)]
    found = [list(candidates(view)) for view in views]
    rows = [[features(view[c.where], c) for c in own] for view, own in zip(views, found, strict=True)]
    labels = [gold.labels(own, SLACK[0]) for gold, own in zip(golds, found, strict=True)]
    names = capitalised(views)
    known = vocabulary([r for own in rows for r in own], FIRST[1], names)
    chances = first_chances(rows, labels, known)
    model = fit(matrix([r for own in rows for r in own], known), [y for own in labels for y in own], FIRST[0])
    write("cue_table.tsv", table(model, known))
    again = [second_rows(*parts) for parts in zip(views, found, rows, chances, strict=True)]
    labels = [gold.labels(own, SLACK[1]) for gold, (own, _) in zip(golds, again, strict=True)]
    rows = [own for _, own in again]
    known = vocabulary([r for own in rows for r in own], SECOND[1], names)
    model = fit(matrix([r for own in rows for r in own], known), [y for own in labels for y in own], SECOND[0])
    write("cue_context.tsv", table(model, known))


if __name__ == "__main__":
    main()
