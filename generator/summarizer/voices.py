"""Who is held to a mention, in a form that can be compared between articles."""

from __future__ import annotations

from dataclasses import dataclass

from generator.lexicon import load
from generator.model import Mention, Source
from generator.summarizer.naming import Aliases
from generator.summarizer.normalise import classes, country_spans, fold, name_key
from generator.summarizer.quantities import singular
from generator.text import words

_ARTICLES = frozenset(
    {"the", "a", "an", "one", "some", "several", "many", "two", "three", "four", "unidentified", "unnamed"}
)
_LINKS = frozenset(
    {"of", "with", "who", "from", "in", "at", "for", "on", "to", "which", "that", "familiar", "speaking"}
)


@dataclass(frozen=True, slots=True)
class Voice:
    """``keys``: the names in a source, or its noun with its country ("=us official") where nothing is named."""

    keys: frozenset[str]

    def is_same(self, other: Voice) -> bool:
        return bool(self.keys & other.keys)


def of(source: Source, aliases: Aliases | None = None) -> Voice:
    """The voice of a source: "Halvia's Estwire agency" and "the agency Estwire" are one."""
    printed = [w.of(source.name) for w in words(source.name)]
    head = next((i for i, w in enumerate(printed) if w.lower() in _LINKS and i), len(printed))
    printed = printed[:head]
    countries = list(country_spans(printed))
    taken = {i for begin, end, _ in countries for i in range(begin, end)}
    groups = load("hedges")["groups"]["words"]
    runs: list[list[str]] = [[]]
    for i, word in enumerate(printed):
        if i in taken or not word[:1].isupper() or word.lower() in _ARTICLES or (not i and fold(word) in groups):
            runs.append([])
        else:
            runs[-1].append(word)
    named = {name_key(run) for run in runs if run}
    if named:
        return Voice(frozenset(aliases.of(n) if aliases else n for n in named))
    nouns = [fold(w) for i, w in enumerate(printed) if i not in taken and w.lower() not in _ARTICLES]
    code = countries[0][2] if countries else ""
    nouns = [n for n in nouns if n not in ("and", "both", "or")]
    if nouns:
        return Voice(frozenset({f"{code} {singular(nouns[-1])}".strip(), singular(nouns[-1])}))
    return Voice(frozenset(key for _, _, key in countries) or frozenset({fold(source.name)}))


def chain(mention: Mention, aliases: Aliases | None = None) -> tuple[Voice, ...]:
    """The voices of a mention, the one nearest the claim first."""
    return tuple(of(s, aliases) for s in mention.chain)


def agree(a: Mention, b: Mention, aliases: Aliases | None = None) -> bool:
    """Whether two mentions are held to the same voices; one that names none is the outlet's own. Where the claim is
    itself what somebody says ("X has denied ..."), X is its voice. A background clause says nothing of its source.
    """
    if any(m.passing and not _says_who(m) for m in (a, b)):
        return True
    one, other = chain(a, aliases), chain(b, aliases)
    if bool(one) != bool(other):
        silent, told = (a, other) if not one else (b, one)
        actors = (
            {aliases.of(s) if aliases else s for s in silent.subjects} & set(silent.names) if _speaks(silent) else set()
        )
        return any(v.keys & actors for v in told)
    if len(one) != len(other):
        return False
    return all(any(v.is_same(w) for w in other) for v in one) and all(any(w.is_same(v) for v in one) for w in other)


def _says_who(mention: Mention) -> bool:
    relaying = load("hedges")["relay"]["words"]
    text = [fold(w.of(mention.text)) for w in words(mention.text)]
    return any(w in relaying or w in ("said", "told", "reported", "urging", "urged") for w in text)


def _speaks(mention: Mention) -> bool:
    """Whether the claim's own verb is one of saying."""
    speech = ("accuse", "deny", "warn", "condemn", "praise", "promise", "ask", "oppose", "approve")
    return any(c in speech for p in mention.predicates for c in classes().get(p, ()))
