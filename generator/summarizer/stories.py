"""Loose articles into stories: by what they report (words and names of headline and lead) and when. No parser.

Two articles are as alike as their weighted words agree, less so the further apart they were published. A word weighs by
how rare it is, in English at large and in the pile; a name weighs more. Groups grow from the likeliest pair on while
the average likeness between two groups holds (average linkage), around the stories that stand already: those are never
renamed, never joined with each other, and nothing that has a place leaves it. The result does not depend on the order
of the articles.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING

from generator.model import Article
from generator.summarizer.normalise import fold
from generator.text import day_of, fingerprint

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

JOINS = 0.09  # likeness from which two groups are one story
MAYBE = 0.06  # likeness from which it is worth a person's look
CLEAR = 0.13  # likeness to its own story from which an article's place is beyond doubt
LEAD = 600  # words of an article that tell what it is about
TERMS = 96  # of its words, the weightiest, are kept
FEWEST = 6  # words below which an article tells nothing
NEIGHBOURS = 20  # articles that each is held against in earnest
MEMBERS = 60  # of a story that stands, the latest that a new article is held against
SEVERAL = 4  # articles from which a story is named by what they share, not by the first of them
NEAREST = 4  # stories that each is held against to tell which is the next likeliest
DIMENSIONS = 2048  # of the hashed vectors that candidates are found by
ROWS = 512  # of them multiplied at once
_TITLE, _NAME = 2.0, 1.6  # how much more a word weighs in the headline, and as a name
_CLOSE, _FAR, _LEAST = 3, 21, 0.2  # days apart that take nothing off, that take the most off, and what is left then
_MOST = 0.3  # share of the pile from which a word weighs no less: a pile may be one story
_KNOWN = 400  # articles' worth of belief in how rare a word is in English at large
# The share of articles that an unlisted word, or a word of another language, is held to be in.
_RARE, _FOREIGN = 0.0005, 0.05
_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
_ENDS = frozenset(".!?:;…\n“”\"'‘(")

Vector = dict[str, float]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article belongs: ``story`` stands already or is new; ``likeness`` to the rest of it is in [0, 1], 0 for
    an article alone. ``other`` is the next likeliest story; ``shared``, where it is doubtful, the words that tell.
    """

    article: str
    story: str
    likeness: float = 0.0
    other: str | None = None
    other_likeness: float = 0.0
    shared: tuple[str, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether a person should look: nearly alike to another story, or not clearly to its own."""
        if self.likeness == 0.0:
            return self.other_likeness >= MAYBE
        return self.likeness < CLEAR or self.other_likeness > 0.8 * self.likeness


@dataclass(slots=True)
class _Group:
    """A story in the making: the sum of its members' vectors; ``days`` are those of its dated members, summed."""

    members: list[int]
    total: Matrix
    days: int
    dated: int
    story: str | None = None

    @property
    def when(self) -> float | None:
        """The day around which it was reported."""
        return self.days / self.dated if self.dated else None


@dataclass(slots=True)
class _Pile:
    """All articles that take part, the loose ones first, with what is compared of them."""

    articles: list[Article]
    vectors: list[Vector]
    days: list[int | None]
    hashed: Matrix
    groups: dict[int, _Group] = field(default_factory=dict)
    home: list[int] = field(default_factory=list)


def place(
    loose: Sequence[Article], standing: Mapping[str, Sequence[Article]], reserved: Collection[str] = ()
) -> tuple[Place, ...]:
    """A place for every loose article, in their order. ``standing`` are the stories that exist, by id, with those of
    their articles that have their place; ``reserved`` are ids that no new story may take.
    """
    order = sorted(range(len(loose)), key=lambda n: _order(loose[n]))
    ordered = [loose[n] for n in order]
    pile = _pile(ordered, standing)
    _grow(pile, len(ordered))
    names = _named(pile, len(ordered), {*standing, *reserved})
    made = _places(pile, range(len(ordered)), names)
    return tuple(p for _, p in sorted(zip(order, made, strict=True)))


def review(standing: Mapping[str, Sequence[Article]], loose: Collection[str]) -> tuple[Place, ...]:
    """How well the articles ``loose`` (by id) sit in the stories where they lie: their places as :func:`place` would
    tell of them, doubtful ones only.
    """
    order = {a.id: n for n, a in enumerate(sorted((a for s in standing.values() for a in s), key=_order))}
    whole = _pile([], standing, most=len(order))
    asked = sorted(
        (n for n, a in enumerate(whole.articles) if a.id in loose), key=lambda n: order[whole.articles[n].id]
    )
    names = {key: group.story or "" for key, group in whole.groups.items()}
    return tuple(p for p in _places(whole, asked, names) if p.doubtful)


def _order(article: Article) -> tuple[str, str, str]:
    return article.published or "9999", fingerprint(article.label, article.text), article.source_file or article.id


def _pile(loose: Sequence[Article], standing: Mapping[str, Sequence[Article]], most: int = MEMBERS) -> _Pile:
    articles = list(loose)
    ranges: dict[str, range] = {}
    for story in sorted(standing):
        latest = sorted(standing[story], key=_order)[-most:]
        ranges[story] = range(len(articles), len(articles) + len(latest))
        articles += latest
    vectors = _vectors(articles)
    days = [day.toordinal() if (day := day_of(a.published)) else None for a in articles]
    pile = _Pile(articles, vectors, days, _hashed(vectors))
    pile.home = list(range(len(articles)))
    for n in range(len(loose)):
        pile.groups[n] = _alone(pile, n)
    for story, places in ranges.items():
        if places:
            known = [d for n in places if (d := days[n]) is not None]
            total = pile.hashed[places.start : places.stop].sum(axis=0)
            pile.groups[places.start] = _Group(list(places), total, sum(known), len(known), story)
            for n in places:
                pile.home[n] = places.start
    return pile


def _grow(pile: _Pile, loose: int) -> None:
    """Joins groups from the likeliest pair of articles on."""
    for _, a, b in _pairs(pile, loose):
        one, other = pile.groups[pile.home[a]], pile.groups[pile.home[b]]
        if one is other or (one.story and other.story):
            continue
        if _between(one, other) >= JOINS:
            _unite(pile, pile.home[a], pile.home[b])


def _unite(pile: _Pile, a: int, b: int) -> None:
    keep, drop = (a, b) if len(pile.groups[a].members) >= len(pile.groups[b].members) else (b, a)
    into, out = pile.groups[keep], pile.groups.pop(drop)
    for member in out.members:
        pile.home[member] = keep
    into.members += out.members
    into.total = into.total + out.total
    into.days += out.days
    into.dated += out.dated
    into.story = into.story or out.story


def _between(one: _Group, other: _Group) -> float:
    """The average likeness between the members of two groups."""
    average = float(one.total @ other.total) / (len(one.members) * len(other.members))
    return round(average * _nearness(one.when, other.when), 4)


def _nearness(day: float | None, other: float | None) -> float:
    """What the days between leave of a likeness; a day that is not known takes nothing off."""
    if day is None or other is None:
        return 1.0
    return 1.0 - (1.0 - _LEAST) * min(1.0, max(0.0, abs(day - other) - _CLOSE) / (_FAR - _CLOSE))


def _pairs(pile: _Pile, loose: int) -> list[tuple[float, int, int]]:
    """The likeliest partners of every loose article, the likeliest pair first."""
    import numpy as np

    found: dict[tuple[int, int], float] = {}
    for start in range(0, loose, ROWS):
        rows = pile.hashed[start : min(start + ROWS, loose)]
        scores = rows @ pile.hashed.T
        nearest = min(NEIGHBOURS + 1, scores.shape[1])
        columns = np.argpartition(-scores, nearest - 1, axis=1)[:, :nearest]
        for row, others in enumerate(columns.tolist(), start):
            for other in others:
                key = (min(row, other), max(row, other))
                if other != row and key not in found and scores[row - start, other] >= JOINS / 2:
                    found[key] = _alike(pile, *key)
    return sorted(((-s, a, b) for (a, b), s in found.items() if s >= JOINS), key=lambda p: p)


def _alike(pile: _Pile, a: int, b: int) -> float:
    one, other = pile.vectors[a], pile.vectors[b]
    cosine = math.fsum(v * other[w] for w, v in one.items() if w in other)
    return round(cosine * _nearness(pile.days[a], pile.days[b]), 4)


def _places(pile: _Pile, asked: Sequence[int], names: Mapping[int, str]) -> list[Place]:
    """What is told of each article asked for, beside its story and the next likeliest one."""
    import numpy as np

    keys = sorted(pile.groups)
    means = [pile.groups[k].total / len(pile.groups[k].members) for k in keys]
    made: list[Place] = []
    for start in range(0, len(asked), ROWS):
        rows = asked[start : start + ROWS]
        scores = pile.hashed[list(rows)] @ np.stack(means).T
        nearest = np.argsort(-scores, axis=1, kind="stable")[:, :NEAREST]
        made += (_placed(pile, n, [keys[at] for at in row], names) for n, row in zip(rows, nearest, strict=True))
    return made


def _placed(pile: _Pile, n: int, nearest: Sequence[int], names: Mapping[int, str]) -> Place:
    """An article's place; ``nearest`` are the groups to which it is likest but for the days."""
    own, alone = pile.groups[pile.home[n]], _alone(pile, n)
    rest = _without(pile, own, n)
    likeness = _between(rest, alone) if rest.members else 0.0
    others = ((_between(group, alone), -key) for key in nearest if (group := pile.groups[key]) is not own)
    best, other = max(others, default=(0.0, 0))
    near = names[-other] if best >= MAYBE else None
    told = Place(pile.articles[n].id, names[pile.home[n]], likeness, near, best if near else 0.0)
    if not told.doubtful:
        return told
    return replace(told, shared=_shared(pile, n, rest.members or pile.groups[-other].members))


def _alone(pile: _Pile, n: int) -> _Group:
    day = pile.days[n]
    return _Group([n], pile.hashed[n], day or 0, int(day is not None))


def _without(pile: _Pile, group: _Group, n: int) -> _Group:
    rest = [m for m in group.members if m != n]
    day = pile.days[n]
    return _Group(rest, group.total - pile.hashed[n], group.days - (day or 0), group.dated - int(day is not None))


def _shared(pile: _Pile, n: int, others: Sequence[int]) -> tuple[str, ...]:
    """The five words that tell most of what an article has in common with others."""
    own = pile.vectors[n]
    weight: dict[str, float] = {}
    for other in others[:MEMBERS]:
        for word, value in pile.vectors[other].items():
            if word in own:
                weight[word] = weight.get(word, 0.0) + value * own[word]
    return tuple(w for w, _ in sorted(weight.items(), key=lambda x: (-round(x[1], 9), x[0]))[:5])


def _named(pile: _Pile, loose: int, taken: set[str]) -> dict[int, str]:
    """The id of every group: what it has, else from the headline that tells best what it is about, else the first."""
    names = {key: group.story for key, group in pile.groups.items() if group.story}
    for key in sorted(k for k in pile.groups if k not in names):
        group = pile.groups[key]
        ranked = min(group.members, key=lambda n: (pile.articles[n].title is None, -_typical(pile, group, n), n))
        names[key] = _new_id(pile.articles[ranked], taken)
        taken.add(names[key])
    return names


def _typical(pile: _Pile, group: _Group, n: int) -> float:
    """How much of what a group's articles share an article has, in its headline above all: 0 in a group of few."""
    if len(group.members) < SEVERAL:
        return 0.0
    headline = {_folded(m.group()) for m in _WORD.finditer(pile.articles[n].title or "")}
    title = _hashed([{w: v for w, v in pile.vectors[n].items() if w in headline}])[0]
    return round(float((title + 0.5 * pile.hashed[n]) @ group.total) / len(group.members), 3)


def _new_id(first: Article, taken: Collection[str]) -> str:
    """The slug of the headline; where that is taken, with the day, else with a hash of the text."""
    stem = _stem(first)
    if stem not in taken:
        return stem
    dated = f"{stem}-{first.published[:10]}" if first.published else stem
    return dated if dated not in taken else f"{stem}-{fingerprint(first.text, first.published or '', first.id)}"


def _stem(article: Article) -> str:
    from slugify import slugify

    stem = slugify(article.label, max_length=60, word_boundary=True)
    return stem if len(stem) > 4 else f"story-{fingerprint(article.label, article.text)}"  # "con" is no file's name


def named_after(story: str, articles: Iterable[Article]) -> str | None:
    """The headline that a story has its id from, where an article of it still has it."""
    return next((a.label for a in sorted(articles, key=_order) if _stem(a) == story), None)


def tells(article: Article) -> bool:
    """Whether an article has enough words to be compared at all."""
    return sum(1 for _ in islice(_WORD.finditer(f"{article.text} {article.title or ''}"), FEWEST)) == FEWEST


def _vectors(articles: Sequence[Article]) -> list[Vector]:
    """The weighted words of each article, of unit length."""
    drafts = [_draft(a) for a in articles]
    held: Counter[str] = Counter()
    for draft in drafts:
        held.update(draft.keys())
    most = max(1.0, _MOST * len(drafts))
    made = []
    for draft in drafts:
        weighed = {
            w: weight * -math.log((min(held[w], most) + _KNOWN * common) / (len(drafts) + _KNOWN))
            for w, (weight, common) in draft.items()
        }
        best = sorted(weighed.items(), key=lambda x: (-x[1], x[0]))[:TERMS]
        length = math.sqrt(math.fsum(v * v for _, v in best))
        made.append({w: v / length for w, v in best} if length else {})
    return made


def _draft(article: Article) -> dict[str, tuple[float, float]]:
    """Per word of headline and lead its weight in the article, and the share of English articles that have it."""
    text = article.text[: LEAD * 9]
    counts: Counter[str] = Counter()
    named: set[str] = set()
    for match in islice(_WORD.finditer(text), LEAD):
        printed = match.group()
        word = _folded(printed)
        counts[word] += 1
        if printed[0].isupper() and not _begins(text, match.start()):
            named.add(word)
    title = {_folded(m.group()) for m in _WORD.finditer(article.title or "")}
    foreign = (article.language or "en").split("-")[0] != "en"
    made = {}
    for word in sorted(counts.keys() | title):
        if len(word) < 2 or not any(c.isalpha() for c in word):
            continue
        weight = 1.0 + math.log(counts[word] or 1) + (_TITLE if word in title else 0.0)
        common = _common().get(word, _FOREIGN if foreign and word not in named else _RARE)
        made[word] = (weight * (_NAME if word in named else 1.0), common)
    return made


def _begins(text: str, at: int) -> bool:
    """Whether a sentence or a quotation begins here: a capital letter there is no sign of a name."""
    while at and text[at - 1] in " \t":
        at -= 1
    return not at or text[at - 1] in _ENDS


@cache
def _folded(printed: str) -> str:
    word = fold(printed)
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


@cache
def _common() -> dict[str, float]:
    """The share of articles that have a word, by its rank in the vocabulary (Zipf's law; a lead of 260 words)."""
    vocabulary = files("generator.lexicon").joinpath("wordpiece.txt").read_text(encoding="utf-8").split("\n")
    listed = [w for w in vocabulary if len(w) > 1 and w[0].isalnum()]
    shares: dict[str, float] = {}
    for rank, word in enumerate(listed, 1):
        shares.setdefault(_folded(word), min(0.95, 0.1 * LEAD / rank))
    return shares


def _hashed(vectors: Sequence[Vector]) -> Matrix:
    """The vectors with every word at a place and with a sign by its hash: their products are those of the words, but
    for a little noise.
    """
    import numpy as np

    made = np.zeros((len(vectors), DIMENSIONS), dtype=np.float32)
    for row, vector in enumerate(vectors):
        for word, value in vector.items():
            slot, sign = _slot(word)
            made[row, slot] += sign * value
    return made


@cache
def _slot(word: str) -> tuple[int, float]:
    number = int(fingerprint(word), 16)
    return number % DIMENSIONS, 1.0 if number >> 31 else -1.0
