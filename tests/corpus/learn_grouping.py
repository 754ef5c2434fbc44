"""Learn the weights of generator/lexicon/grouping.toml, and judge how well mentions are grouped into claims.

    python tests/corpus/learn_grouping.py [--kind plain|embedded] [--limits] [--verbose STORY] [--write] [--with-real]
    python tests/corpus/learn_grouping.py --oracle --kind plain
    python tests/corpus/learn_grouping.py --shipped [--kind plain|embedded] [--verbose STORY]

A logistic regression over the features of a pair (generator/summarizer/scoring.py), L2-regularised, every story of
equal weight. Judged in five parts, each with weights learnt from the others: of the annotated pairs of different
articles how many share a claim of the digest (recall), how many that share one are rightly there (precision), and how
many look-alikes are joined. The five real articles in ../shared, where they are there, are one more story, and those
that tests/corpus/real annotates are further ones, which are judged only (--with-real: learnt from as well, as the
weights that are shipped are); the means are those of the invented stories, and of the real ones apart. --shipped judges
the real ones alone by the weights as they are, which is soon done, as the others needn't be read. --oracle tells what
the mentions allow.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE)]

import real  # noqa: E402
from gold import stories as sample_stories  # noqa: E402

from generator import pipeline  # noqa: E402
from generator.cache import Cache  # noqa: E402
from generator.lexicon import load  # noqa: E402
from generator.model import Annotated, Article, Paragraph  # noqa: E402
from generator.project import Project  # noqa: E402
from generator.summarizer import claims, embedding, scoring  # noqa: E402
from generator.text import squeeze, squeeze_map  # noqa: E402

SHARED = ROOT.parent / "shared"
WEIGHTS = ROOT / "generator" / "lexicon" / "grouping.toml"
CACHE = Path(tempfile.gettempdir()) / "crossreport-grouping"
REAL = 2.0  # the weight of the real articles; that of every invented story is 1
EVERY = 8  # pairs that are not the same claim: one of so many is learnt from
RARE = frozenset({"converse", "swapped", "roles", "ordinal_other"})  # too rare: a weight would be chance
FOLDS = 5
STRENGTH = 0.01  # of the regression's data against its prior: less is simpler

Piece = tuple[str, int, int]  # article, first and last visible character of its text


@dataclass(frozen=True)
class Story:
    """Annotated articles, and by claim the pieces that make it; ``near`` are claims that may fairly be one."""

    name: str
    articles: tuple[Annotated, ...]
    claims: dict[str, tuple[Piece, ...]]
    apart: tuple[tuple[Piece, Piece], ...]
    near: frozenset[frozenset[str]] = frozenset()
    unlearnt: bool = False  # judged only


@dataclass(frozen=True)
class Table:
    """The pairs of a story with their features, which claims each mention is annotated with, and what is told apart."""

    story: Story
    profiles: list[Any]
    pairs: list[scoring.Pair]
    gold: list[frozenset[str]]
    pieces: dict[Piece, frozenset[int]]


@dataclass(frozen=True)
class Score:
    found: int
    wanted: int
    wrong: int
    joined: int
    coarse: int  # of the wrong ones those where a mention holds pieces of both claims, and is rightly joined for one
    alike: int
    apart: int

    def __str__(self) -> str:
        return (
            f"R {self.recall:.3f} ({self.found}/{self.wanted})  P {self.precision:.3f} ({self.wrong} wrong of "
            f"{self.joined}, {self.coarse} by coarse mentions; else {self.pure:.3f})  "
            f"look-alikes {self.alike}/{self.apart}"
        )

    @property
    def recall(self) -> float:
        return self.found / max(1, self.wanted)

    @property
    def precision(self) -> float:
        return 1 - self.wrong / max(1, self.joined)

    @property
    def pure(self) -> float:
        """Precision, joins that are right for another piece of the same mention left out."""
        return 1 - (self.wrong - self.coarse) / max(1, self.joined - self.coarse)


# --- the stories ------------------------------------------------------------------------------------------------------


def read_stories(*, with_real: bool = False, made_up: bool = True) -> list[Story]:
    """The invented stories, the sample, and the real articles where they are; ``with_real``: all may be learnt from."""
    made: list[Story] = []
    if made_up:
        made.extend(_invented(path) for path in sorted((HERE / "stories").glob("*.yaml")))
        made.extend(_sample())
    if (SHARED / "gold" / "seeds.json").exists():
        made.append(_real())
    made.extend(replace(story, unlearnt=not with_real) for story in _shared_stories())
    return made


def _annotate(articles: Sequence[Article]) -> tuple[Annotated, ...]:
    return tuple(pipeline.annotate(Cache(CACHE), articles, pipeline.Means(), pipeline.Report()))


def _invented(path: Path) -> Story:
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    articles = [
        Article(
            id=one["id"], story=path.stem, title=one["title"], outlet=one["outlet"], published=one["published"],
            body=tuple(Paragraph(text) for text in one["body"]),
        )
        for one in table["articles"]
    ]  # fmt: skip
    seek = _Seek(articles)
    found = {c["id"]: tuple(p for who, text in c["mentions"] if (p := seek(who, text))) for c in table["claims"]}
    apart = [(seek(a, left), seek(b, right)) for a, left, b, right in table["apart"]]
    return Story(path.stem, _annotate(articles), found, tuple((a, b) for a, b in apart if a and b))


class _Seek:
    """Where a text is printed in an article, in visible characters; ``None`` where it isn't in the article's text."""

    def __init__(self, articles: Sequence[Article], names: dict[str, str] | None = None) -> None:
        self._flat = {a.id: squeeze(a.text) for a in articles}
        self._names = names or {a: a for a in self._flat}

    def __call__(self, who: str, text: str) -> Piece | None:
        article, wanted = self._names.get(who, who), squeeze(text)
        at = self._flat.get(article, "").find(wanted)
        return None if at < 0 else (article, at, at + len(wanted))


def _converted(inbox: Path, *, bare: bool) -> list[tuple[str, tuple[Article, ...]]]:
    with tempfile.TemporaryDirectory() as name:
        target = Path(name) / "content" / "inbox"
        shutil.copytree(inbox, target / "seeds" if bare else target)
        project = Project.at(Path(name) / "content", Path(name) / "output")
        pipeline.convert(project)
        return list(pipeline.stories(project, pipeline.Report()))


def _sample() -> Iterator[Story]:
    articles = dict(_converted(ROOT / "content" / "inbox", bare=False))
    for gold in sample_stories():
        own = articles[gold.id]
        by_file = {a.source_file: a.id for a in own}
        seek = _Seek(own, {key: by_file.get(g.path.name, "") for key, g in gold.articles.items()})
        record = gold.record["claims"]
        kept = {
            name: tuple(p for who, text in claim["mentions"].items() if (p := seek(who, text)))
            for name, claim in record.items()
        }
        passing = {
            f"{name}?": tuple(p for who, text in claim.get("passing", {}).items() if (p := seek(who, text)))
            for name, claim in record.items()
        }
        near = {frozenset((n, o)) for n in record for o in gold.family(n)} | {frozenset((n, f"{n}?")) for n in record}
        sides = [tuple(side.split("/") for side in pair) for pair in gold.record["apart"]]
        apart = [tuple(seek(who, record[c]["mentions"].get(who, "\0")) for c, who in pair) for pair in sides]
        told = tuple((a, b) for a, b in apart if a and b)
        yield Story(gold.id, _annotate(own), kept | passing, told, frozenset(near))


def _real() -> Story:
    gold = json.loads((SHARED / "gold" / "seeds.json").read_text(encoding="utf-8"))
    texts = {p.name[:3]: p.read_text(encoding="utf-8") for p in (SHARED / "seeds").glob("*.txt")}
    own = _converted(SHARED / "seeds", bare=True)[0][1]
    seek = _Seek(own, {str(a.source_file)[:3]: a.id for a in own})

    def piece(place: dict[str, Any]) -> Piece | None:
        return seek(place["article"], texts[place["article"]][slice(*place["span"])])

    found = {g["id"]: tuple(p for m in g["mentions"] if (p := piece(m))) for g in gold["groups"]}
    apart = [(piece(a), piece(b)) for a, b in gold["apart"]]
    return Story("(real)", _annotate(own), found, tuple((a, b) for a, b in apart if a and b))


def _shared_stories() -> Iterator[Story]:
    """The real articles annotated by offsets alone, where their texts are."""
    if not real.available(SHARED):
        return
    for path in real.files():
        told = real.read(path, SHARED)
        near = frozenset(frozenset((name, f"{name}?")) for name in told.claims)
        found = told.claims | {f"{name}?": places for name, places in told.passing.items()}
        yield Story(f"(real {path.stem})", _annotate(told.articles), found, told.apart, near)


# --- pairs ------------------------------------------------------------------------------------------------------------


def table_of(story: Story, embed: embedding.Embedder | None) -> Table:
    """The pairs of a story as the summarizer sees them."""
    grouping, profiles = claims.compared(story.articles, embed)
    maps = {a.article.id: squeeze_map(a.article.text)[1] for a in story.articles}
    places: list[Piece | None] = []
    for mention in grouping.mentions:
        offsets = maps[mention.article]
        begin, end = (int(np.searchsorted(offsets, at)) for at in (mention.span.start, mention.span.end))
        places.append(None if mention.headline else (mention.article, begin, end))
    wanted = {p for group in story.claims.values() for p in group} | {p for pair in story.apart for p in pair}
    pieces = {p: frozenset(i for i, m in enumerate(places) if m and _meet(p, m)) for p in sorted(wanted)}
    gold = [
        frozenset(n for n, group in story.claims.items() for p in group if i in pieces[p]) for i in range(len(places))
    ]
    return Table(story, profiles, list(grouping.pairs.values()), gold, pieces)


def _meet(a: Piece, b: Piece) -> bool:
    shared = min(a[2], b[2]) - max(a[1], b[1])
    return a[0] == b[0] and shared > 0 and 2 * shared >= min(a[2] - a[1], b[2] - b[1])


Lessons = tuple[np.ndarray, np.ndarray, np.ndarray]  # features, labels, weights


def lessons(table: Table, names: Sequence[str]) -> Lessons:
    """Of the pairs of which at least one mention is annotated: all that are the same claim, and a few of the others,
    which are a hundred times as many, each counting for those left out.
    """
    rows, labels, passed = [], [], 0
    near = table.story.near
    for pair in table.pairs:
        one, other = table.gold[pair.a], table.gold[pair.b]
        same = bool(one & other)
        doubtful = not same and any(frozenset((x, y)) in near for x in one for y in other)
        if (one or other) and not doubtful:
            passed += not same
            if same or passed % EVERY == 0:
                rows.append([pair.features.get(n, 0.0) for n in names])
                labels.append(same)
    same_ones = np.array(labels)
    return np.array(rows), same_ones, np.where(same_ones, 1.0, EVERY)


_LESSONS: dict[tuple[int, tuple[str, ...]], Lessons] = {}


def _remembered(table: Table, names: Sequence[str]) -> Lessons:
    key = (id(table), tuple(names))
    if key not in _LESSONS:
        _LESSONS[key] = lessons(table, names)
    return _LESSONS[key]


def learn(tables: Sequence[Table], names: Sequence[str]) -> dict[str, float]:
    """The weights, by feature and "bias"."""
    tables = [t for t in tables if not t.story.unlearnt]
    parts = [_remembered(t, names) for t in tables]
    x, y = np.vstack([p[0] for p in parts]), np.concatenate([p[1] for p in parts])
    counts = [REAL if t.story.name.startswith("(") else 1.0 for t in tables]
    share = np.concatenate([p[2] * count / max(1, p[1].sum()) for p, count in zip(parts, counts, strict=True)])
    scale = np.maximum(x.std(axis=0), 1e-9)
    model = LogisticRegression(C=STRENGTH, max_iter=500)
    model.fit(x / scale, y, sample_weight=share * y.sum() / sum(counts))
    weights = {n: float(w) for n, w in zip(names, model.coef_[0] / scale, strict=True)}
    return weights | {"bias": float(model.intercept_[0])}


# --- judging ----------------------------------------------------------------------------------------------------------


def judge(table: Table, weights: dict[str, float], limits: dict[str, float], say: Callable[[str], None]) -> Score:
    """Groups with these weights, and counts."""
    chances = {(p.a, p.b): replace(p, chance=scoring.chance(p.features, weights)) for p in table.pairs}
    return _judged(table, chances, limits, say)


def oracle(table: Table) -> Score:
    """What the mentions and the rules of joining allow, were every pair decided rightly."""
    rightly = (replace(p, chance=float(bool(table.gold[p.a] & table.gold[p.b]))) for p in table.pairs)
    return _judged(table, {(p.a, p.b): p for p in rightly}, {"pair": 0.5, "group": 0.5}, lambda line: None)


def _judged(
    table: Table,
    chances: dict[tuple[int, int], scoring.Pair],
    limits: dict[str, float],
    say: Callable[[str], None],
) -> Score:
    groups = claims.linked(table.profiles, chances, limits)
    home = {i: n for n, group in enumerate(groups) for i in group}
    held = {p: frozenset(home[i] for i in at) for p, at in table.pieces.items()}
    wanted = hit = wrong = joined = coarse = 0
    named = [(name, p) for name, group in table.story.claims.items() for p in group]
    asked: set[tuple[str, Piece, Piece]] = set()
    for (g, a), (h, b) in combinations(named, 2):
        if a[0] == b[0]:
            continue
        together = bool(held[a] & held[b])
        if g == h and not g.endswith("?"):
            wanted += 1
            hit += together
            if not together:
                say(_line("apart ", g, table, chances, a, b))
        joined += together
        if together and g != h and not _related(table, a, b):
            wrong += 1
            shared = held[a] & held[b]
            right = any(
                _akin(table, table.gold[i], table.gold[j]) and home[i] == home[j] and home[i] in shared
                for i in table.pieces[a] for j in table.pieces[b]
            )  # fmt: skip
            coarse += right
            if not right and ("", a, b) not in asked:
                say(_line("joined", f"{g} + {h}", table, chances, a, b))
            asked.add(("", a, b))
    alike = 0
    for a, b in table.story.apart:
        if held[a] & held[b]:
            alike += 1
            say(_line("alike ", "", table, chances, a, b))
    return Score(hit, wanted, wrong, joined, coarse, alike, len(table.story.apart))


def _related(table: Table, a: Piece, b: Piece) -> bool:
    return _akin(table, _claims_of(table, a), _claims_of(table, b))


def _akin(table: Table, one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one & other) or any(frozenset((x, y)) in table.story.near for x in one for y in other)


def _claims_of(table: Table, piece: Piece) -> frozenset[str]:
    """Every claim whose pieces touch this one."""
    return frozenset(
        n for n, group in table.story.claims.items() for p in group
        if p[0] == piece[0] and p[1] < piece[2] and piece[1] < p[2]
    )  # fmt: skip


def _line(what: str, name: str, table: Table, chances: dict[tuple[int, int], scoring.Pair], a: Piece, b: Piece) -> str:
    """A pair on a line: its likeliest mentions, how likely, and the features that stand out."""
    pairs = [(min(i, j), max(i, j)) for i in table.pieces[a] for j in table.pieces[b]]
    best = max((chances[p] for p in pairs if p in chances), key=lambda p: p.chance, default=None)
    if best is None:
        return f"{what} {name}: no such pair"
    texts = [table.profiles[i].mention for i in (best.a, best.b)]
    told = {k: round(v, 2) for k, v in best.features.items() if v and k in SHOWN}
    return f"{what} {best.chance:.2f} {name}\n      {texts[0].text!r}\n      {texts[1].text!r}\n      {told}"


SHOWN = frozenset(
    "contained event triple scene opposed subject number_same number_other date_same date_other tense inside wording "
    "names quoted mutual once rank_inside".split()
)


def judge_all(
    tables: Sequence[Table],
    names: Sequence[str],
    limits: dict[str, float],
    verbose: str | None,
    given: dict[str, float] | None = None,
) -> dict[str, Score]:
    """Every story with what was learnt from those of the other folds, or by the weights ``given``."""
    scores, learnt = {}, given or learn(tables, names)
    for fold in _folds(tables):
        shared = given or fold[0].story.unlearnt
        weights = learnt if shared else learn([t for t in tables if t not in fold], names)
        for table in fold:
            say = print if verbose is not None and verbose in table.story.name else (lambda line: None)
            scores[table.story.name] = judge(table, weights, limits, say)
    return scores


def _folds(tables: Sequence[Table]) -> list[list[Table]]:
    """The stories that are learnt from in a few parts, invented and real ones spread alike; the others in one."""
    learnt = sorted((t for t in tables if not t.story.unlearnt), key=lambda t: t.story.name.startswith("("))
    parts = [learnt[n::FOLDS] for n in range(FOLDS)]
    return [part for part in (*parts, [t for t in tables if t.story.unlearnt]) if part]


def mean(scores: dict[str, Score], *, real: bool = False) -> tuple[float, ...]:
    """Recall, precision, precision but for coarse mentions, look-alikes joined: means over the invented stories, or
    over the real ones.
    """
    own = [s for n, s in scores.items() if n.startswith("(") == real]
    alike = sum(s.alike for s in own) / max(1, sum(s.apart for s in own))
    parts = ([getattr(s, n) for s in own] for n in ("recall", "precision", "pure"))
    return (*(sum(p) / len(own) for p in parts), alike)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", choices=["plain", "embedded"], action="append")
    parser.add_argument("--verbose", metavar="STORY", help='each miss of the stories whose name has this ("" for all)')
    parser.add_argument("--limits", action="store_true", help="how recall and precision move with the limits")
    parser.add_argument("--write", action="store_true", help="write the weights learnt from all stories")
    parser.add_argument("--with-real", action="store_true", help="learn from the stories of tests/corpus/real as well")
    parser.add_argument("--keep", type=float, default=0.6, help="the share of the old weights in what is written")
    parser.add_argument("--oracle", action="store_true", help="what the mentions allow: every pair decided rightly")
    parser.add_argument("--shipped", action="store_true", help="judge the real stories alone, by the lexicon's weights")
    args = parser.parse_args()
    stories = read_stories(with_real=args.with_real, made_up=not args.shipped)
    learnt = {}
    for kind in args.kind or ["plain", "embedded"]:
        embed = embedding.installed() if kind == "embedded" else None
        tables = [table_of(s, embed) for s in stories]
        limits = load("grouping")["limits"][kind]
        names = sorted(set(tables[0].pairs[0].features) - RARE)
        by = "the lexicon's weights" if args.shipped else "what was learnt from the others"
        by = "every pair decided rightly" if args.oracle else by
        print(f"{kind}, each story by {by}")
        if args.oracle:
            scores = {t.story.name: oracle(t) for t in tables}
        else:
            scores = judge_all(tables, names, limits, args.verbose, load("grouping")[kind] if args.shipped else None)
        for name, score in scores.items():
            print(f"  {name:20} {score}")
        for kind_of, real_ones in (("mean", False), ("mean of the real", True)):
            if any(name.startswith("(") == real_ones for name in scores):
                told = mean(scores, real=real_ones)
                print("  {:20} R {:.3f}  P {:.3f}  else {:.3f}  look-alikes {:.3f}".format(kind_of, *told))
        if args.limits and not args.shipped:
            _print_limits(tables, names)
        if not (args.shipped or args.oracle):
            learnt[kind] = learn(tables, names)
    if args.write and learnt:
        write(learnt, args.keep)


def _print_limits(tables: Sequence[Table], names: Sequence[str]) -> None:
    folds = _folds(tables)
    learnt = [learn([t for t in tables if t not in fold], names) for fold in folds]
    for pair in (0.35, 0.45, 0.55):
        for group in (0.25, 0.35, 0.45):
            scores = {
                t.story.name: judge(t, w, {"pair": pair, "group": group}, lambda line: None)
                for fold, w in zip(folds, learnt, strict=True)
                for t in fold
            }
            told = "R {:.3f}  P {:.3f}  else {:.3f}  look-alikes {:.3f}".format(*mean(scores))
            print(f"  pair {pair:.2f} group {group:.2f}   {told}")
            if any(name.startswith("(") for name in scores):
                told = "R {:.3f}  P {:.3f}  else {:.3f}  look-alikes {:.3f}".format(*mean(scores, real=True))
                print(f"      real {told}")


def write(learnt: dict[str, dict[str, float]], keep: float) -> None:
    """The lexicon with these weights, mixed with ``keep`` of those that are there; its head and limits stay. A mean of
    fits does better on stories of all kinds than the last alone.
    """
    text = WEIGHTS.read_text(encoding="utf-8")
    head = text[: text.index("\n[plain]")]
    kept = load("grouping")
    for kind in ("plain", "embedded"):
        share = keep if kind in learnt else 1.0
        weights = {n: share * kept[kind].get(n, 0.0) + (1 - share) * w for n, w in learnt.get(kind, kept[kind]).items()}
        rows = (f"{n} = {w:.4f}" for n, w in sorted(weights.items(), key=lambda i: (i[0] == "bias", i[0])))
        head += f"\n[{kind}]\n" + "\n".join(r for r in rows if not math.isclose(float(r.split()[-1]), 0)) + "\n"
    WEIGHTS.write_text(head, encoding="utf-8")


if __name__ == "__main__":
    main()
