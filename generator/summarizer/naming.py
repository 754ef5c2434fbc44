"""Names in a clause, and which names of a story mean the same one.

In a clause: countries by lexicon, proper names by their tags, and epithets ("the Norwegian leader" is "=no leader").
In a story: a short form goes to the one full name that ends or begins with it; initials to the name they abbreviate; an
epithet to the name that stands beside it anywhere in the story ("Norwegian leader Jane Doe").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from generator.lexicon import load
from generator.summarizer.attribution.sources import is_person
from generator.summarizer.normalise import classes, country_spans, lemma, name_key

if TYPE_CHECKING:
    from generator.summarizer.tokens import Token

_PROPER = frozenset({"NNP", "NNPS"})
_NOT_NAMES = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}) | frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
_LONGEST_NAME = 4  # words
_JOINERS = frozenset({"of", "the", "for", "and", "de", "la", "al", "-", "‑", "–", "bin", "van", "von", "’s", "'s"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name's key and its tokens; ``epithet`` is the role printed beside it ("=no leader"), where there is one."""

    key: str
    tokens: tuple[Token, ...]
    epithet: str | None = None


def names(tokens: Sequence[Token]) -> list[Name]:
    """The names among ``tokens`` in order."""
    words = [t.text for t in tokens]
    found: list[Name] = []
    taken: set[int] = set()
    for begin, end, key in country_spans(words):
        if _is_word(tokens[begin:end]):
            found.append(Name(key, tuple(tokens[begin:end])))
            taken.update(range(begin, end))
    at = 0
    while at < len(tokens):
        end = _proper_end(tokens, at, taken)
        if end == at:
            at += 1
            continue
        for part in _parted(tokens[at:end]):
            key = name_key([t.text for t in part])
            if key and key not in _NOT_NAMES:
                found.append(Name(key, tuple(part), _epithet_beside(part, found)))
        at = end
    found.extend(_epithets(tokens, found))
    return sorted(found, key=lambda n: (n.tokens[0].i, n.key))


def _is_word(tokens: Sequence[Token]) -> bool:
    """A country's name as a name, not as part of a longer proper name's first word ("us" the pronoun)."""
    return not (len(tokens) == 1 and tokens[0].pos_ == "PRON")


def _proper_end(tokens: Sequence[Token], at: int, taken: set[int]) -> int:
    """Where the proper name that begins at ``at`` ends; ``at`` where none does."""
    end = at
    while end < len(tokens):
        token = tokens[end]
        proper = end not in taken and token.tag_ in _PROPER and token.text[:1].isupper()
        joins = end > at and end not in taken and token.text in ("-", "‑") and end + 1 < len(tokens)
        joins = joins and not tokens[end - 1].whitespace_ and not token.whitespace_  # no dash: "DORN - Ann Roe said"
        after_hyphen = end > at and tokens[end - 1].text in ("-", "‑") and end not in taken and token.text.isalpha()
        if not (proper or joins or after_hyphen):
            break
        end += 1
    while end > at and tokens[end - 1].text in _JOINERS:
        end -= 1
    return end


def _parted(run: Sequence[Token]) -> list[Sequence[Token]]:
    """A run of proper nouns, what stands before somebody's title apart from the name: "Texas Sen. Ann Roe"."""
    told = [t.lower_.rstrip(".") for t in run]
    first = next((n for n, word in enumerate(told) if n and word in _titles()), None)
    if first is None:
        return [run]
    last = first
    while last + 1 < len(run) and told[last + 1] in _titles():
        last += 1
    named = tuple(t.text for t in run[last + 1 :])
    person = 1 <= len(named) <= _LONGEST_NAME and told[0] not in _titles() and is_person(named)
    return [run[:first], run[first:]] if person else [run]


@cache
def _titles() -> frozenset[str]:
    return frozenset(load("synonyms")["titles"]["words"]) | {"speaker"}


def _epithet_beside(tokens: Sequence[Token], countries: Sequence[Name]) -> str | None:
    """The role that stands with a name: "Norwegian leader Jane Doe", "the Norwegian leader, Jane Doe"."""
    head = tokens[-1]
    beside = [c for c in head.children if c.dep_ in ("compound", "nmod", "amod", "appos") and c not in tokens]
    if head.dep_ == "appos":
        beside.append(head.head)
    titles = [t for t in tokens if "leader" in classes().get(t.lower_, ())]
    for token in [*(b for b in beside if b.pos_ in ("NOUN", "PROPN")), *titles]:
        key = _epithet(token, countries, beside)
        if key:
            return key
    return None


def _epithet(noun: Token, countries: Sequence[Name], beside: Sequence[Token] = ()) -> str | None:
    role = "leader" if "leader" in classes().get(lemma(noun), ()) else lemma(noun)
    near = {t.i for t in (*noun.children, *beside)} | {noun.i - 1}
    for name in countries:
        if name.key.startswith("=") and near & {t.i for t in name.tokens} and len(role) > 2:
            return f"{name.key} {role}"
    return None


def _epithets(tokens: Sequence[Token], found: Sequence[Name]) -> list[Name]:
    """As in "the Norwegian leader" where no name stands beside it."""
    named = {n.epithet for n in found if n.epithet}
    used = {t.i for n in found for t in n.tokens}
    made = []
    for token in tokens:
        if token.pos_ == "NOUN" and token.i not in used and "leader" in classes().get(lemma(token), ()):
            key = _epithet(token, found)
            if key and key not in named:
                made.append(Name(key, (token,)))
    return made


class Aliases:
    """Which key stands for which in one story. ``names`` are the keys of every mention, ``beside`` pairs of an epithet
    and the name it was printed with, ``told`` pairs of which the second stands for the first.
    """

    def __init__(
        self, names: Iterable[str], beside: Iterable[tuple[str, str]], told: Iterable[tuple[str, str]] = ()
    ) -> None:
        counts = Counter(names)
        self._full: dict[str, str] = {}
        proper = sorted(k for k in counts if not k.startswith("="))
        by_edge: dict[str, set[str]] = {}
        for key in proper:
            words = key.split()
            if len(words) > 1:
                for part in {words[0], words[-1], " ".join(words[1:]), " ".join(words[:-1]), _initials(words)}:
                    by_edge.setdefault(part, set()).add(key)
        for key in proper:
            longer = by_edge.get(key, set()) - {key}
            best = _settle(longer, counts)
            if best:
                self._full[key] = best
        printed: dict[str, Counter[str]] = {}
        for epithet, name in sorted(beside):
            printed.setdefault(epithet, Counter())[self.of(name)] += 1
        for epithet, owners in printed.items():
            best, count = min(owners.items(), key=lambda o: (-o[1], o[0]))
            if count * 2 > sum(owners.values()):
                self._full[epithet] = best
        self._full.update(told)

    def of(self, key: str) -> str:
        """The key that stands for ``key`` in the story."""
        for _ in range(4):
            longer = self._full.get(key)
            if longer is None or longer == key:
                break
            key = longer
        return key


def _settle(candidates: set[str], counts: Counter[str]) -> str | None:
    """The one full name a short form stands for: the only one, or one that is far more frequent than the others."""
    ranked = sorted(candidates, key=lambda k: (-counts[k], k))
    if not ranked:
        return None
    if len(ranked) == 1 or counts[ranked[0]] >= 3 * counts[ranked[1]]:
        return ranked[0]
    first = ranked[0].split()
    same = all(set(first) <= set(k.split()) or set(k.split()) <= set(first) for k in ranked[1:])
    return ranked[0] if same else None


def _initials(words: Sequence[str]) -> str:
    return "".join(w[0] for w in words if w) if len(words) > 2 else "\0"
