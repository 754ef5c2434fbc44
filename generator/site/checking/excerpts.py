"""How much of each article stands anywhere on the site, in whatever kind of file, found by its words alone."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from generator.model import Article
from generator.project import RightsRules
from generator.rights.counting import WORD, Counted, counted, shingles
from generator.rights.rules import Right, right_of
from generator.site.checking.findings import Finding
from generator.site.checking.texts import Text
from generator.text import runs

RUN = 6 * WORD  # one word more than where excerpts are chosen: our own words beside a name are no excerpt


@dataclass(slots=True)
class _Watched:
    """An article with what was found of it; ``place`` is where most of it stands together."""

    article: Article
    text: Counted
    shown: bytearray
    limit: int
    longest: int
    place: tuple[str, int] = ("", 1)
    most: int = 0
    runs: dict[tuple[str, int], int] = field(default_factory=dict)


def over(
    texts: Iterable[tuple[str, Iterable[Text]]],
    articles: Sequence[Article],
    rules: RightsRules | None,
    removed: Sequence[Article],
) -> Iterator[Finding]:
    """Articles of which more is shown than ``rules`` allow, and ``removed`` ones of which anything is."""
    watched = [_watch(a, rules) for a in articles if rules and right_of(a, rules)[0] is not Right.FULL]
    watched += [_Watched(a, counted(a.text), bytearray(0), 0, 0) for a in removed]
    if not watched:
        return
    free = [a for a in articles if not rules or right_of(a, rules)[0] is Right.FULL]
    search = _Search(watched, free)
    for name, pieces in texts:
        for text in pieces:
            search.read(name, text)
    for one in watched:
        yield from _findings(one, one.article in removed)


def _watch(article: Article, rules: RightsRules) -> _Watched:
    text = counted(article.text)
    words = (text.weight + 1) // WORD
    allowed = min(rules.article_words, words * rules.article_percent // 100)
    limit = allowed if right_of(article, rules)[0] is Right.EXCERPTS else 0
    return _Watched(article, text, bytearray(0), limit * WORD, rules.excerpt_words * WORD)


def _findings(one: _Watched, removed: bool) -> Iterator[Finding]:
    key = f"{one.article.story}/{one.article.id}"
    for (path, line), run in sorted(one.runs.items()):
        if removed:
            yield Finding(path, line, f"{run // WORD} words of {key}, which was removed on request")
        else:
            yield Finding(path, line, f"{run // WORD} words of {key} in one piece; {one.longest // WORD} are allowed")
    used = sum(w for s, w in zip(one.shown, one.text.weights, strict=False) if s)
    if used > one.limit and not removed:
        path, line = one.place
        words = (used + 1) // WORD
        yield Finding(path, line, f"{words} words of {key} stand on the site in all; {one.limit // WORD} are allowed")


class _Search:
    """Knows the runs of words of the watched articles; those that a freely shown one has too are free."""

    def __init__(self, watched: Sequence[_Watched], free: Sequence[Article]) -> None:
        self._numbers: dict[str, int] = {}
        self._index: dict[int, list[tuple[_Watched, int]]] = {}
        for one in watched:
            one.shown = bytearray(len(one.text.words))
            numbers = array("l", (self._numbers.setdefault(w, len(self._numbers)) for w in one.text.words))
            for run, first, _ in shingles(numbers, one.text.weights, RUN):
                self._index.setdefault(run, []).append((one, first))
        for article in free:
            text = counted(article.text)
            for run, _, _ in shingles(self._known(text), text.weights, RUN):
                self._index.pop(run, None)

    def _known(self, text: Counted) -> array[int]:
        return array("l", (self._numbers.get(w, len(self._numbers)) for w in text.words))

    def read(self, name: str, text: Text) -> None:
        words = counted(text.words)
        if words.weight < RUN:
            return
        found: dict[int, tuple[_Watched, dict[int, int]]] = {}
        for run, first, end in shingles(self._known(words), words.weights, RUN):
            for one, place in self._index.get(run, ()):
                tokens = found.setdefault(id(one), (one, {}))[1]
                for by in range(end - first):
                    tokens.setdefault(place + by, first + by)
        for one, tokens in found.values():
            self._enter(name, text, words, one, tokens)

    def _enter(self, name: str, text: Text, words: Counted, one: _Watched, tokens: dict[int, int]) -> None:
        total, longest, at = 0, 0, 1
        for run in runs(tokens):
            weight = sum(one.text.weights[run.start : run.stop])
            line = text.line(words.starts[tokens[run.start]])
            total += weight
            if weight > longest:
                longest, at = weight, line
            if weight > one.longest:
                one.runs[name, line] = max(weight, one.runs.get((name, line), 0))
        if total > one.most:
            one.most, one.place = total, (name, at)
        for token in tokens:
            one.shown[token] = 1
