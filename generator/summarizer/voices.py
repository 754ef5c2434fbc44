"""Who is held to a mention, in a form that can be compared between articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.lexicon import load
from generator.model import Mention, Source, Span
from generator.summarizer.naming import Aliases
from generator.summarizer.normalise import classes, country_spans, fold, name_key
from generator.summarizer.quantities import singular
from generator.text import words

_ARTICLES = frozenset(
    {"the", "a", "an", "one", "some", "several", "many", "two", "three", "four", "unidentified", "unnamed", "both"}
)
_PRONOUNS = frozenset(
    {"he", "she", "they", "it", "we", "i", "who", "which", "some", "others", "many", "one", "another"}
)
_LINKS = frozenset(
    {"of", "with", "who", "from", "in", "at", "for", "on", "to", "which", "that", "familiar", "speaking"}
)


@dataclass(frozen=True, slots=True)
class Party:
    """One of those who speak: ``names`` where it is named, with the ``role`` it has in the story; else its ``noun``,
    the last word of the ``role``, with the ``country`` it is of ("" for none told).
    """

    names: frozenset[str]
    noun: str = ""
    country: str = ""
    role: str = ""

    def is_same(self, other: Party) -> bool:
        if self.names and other.names:
            return any(_is_one(n, m) for n in self.names for m in other.names)
        if self.names or other.names:  # "the mayor", "Mayor Ann Roe"
            return bool(self.role and other.role) and _is_one(_office(self.role), _office(other.role))
        return self.noun == other.noun and (self.country == other.country or not (self.country and other.country))


@dataclass(frozen=True, slots=True)
class Voice:
    """Those who speak together: "South Korean and Russian media" are two parties."""

    parties: tuple[Party, ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(n for p in self.parties for n in p.names)

    def is_same(self, other: Voice) -> bool:
        """Whether nobody speaks in one who does not in the other."""
        return _all_found(self.parties, other.parties) and _all_found(other.parties, self.parties)


def _office(role: str) -> str:
    """A role without what it is of: "mayor of orrel"."""
    return role.split(" of ")[0]


def _is_one(name: str, other: str) -> bool:
    """Whether one name ends with the other: "police chief arne moll", "moll"."""
    return name == other or name.endswith(" " + other) or other.endswith(" " + name)


def _all_found(some: Sequence[Party], others: Sequence[Party]) -> bool:
    return all(any(p.is_same(q) for q in others) for p in some)


def of(source: Source, aliases: Aliases | None = None) -> Voice:
    """The voice of a source: "Halvia's Estwire agency" and "the agency Estwire" are one."""
    found: list[Party] = []
    role = " ".join(fold(w.of(source.role)) for w in words(source.role)) if source.role else ""
    for piece in _pieces(source.name):
        party = _party(piece, aliases)
        if party is not None and party.names and role and not found:
            party = replace(party, role=role)
        aside = found and found[-1].names and party and not party.names
        if party is not None and not aside:  # "Tom Hill, the mayor, and Ann Roe" are two
            found.append(party)
    shared = found[-1].noun if found else ""
    if shared:  # "South Korean and Russian media": both are media
        found = [Party(frozenset(), shared, next(iter(p.names))) if _is_country(p) else p for p in found]
    return Voice(tuple(found) or (Party(frozenset({fold(source.name)})),))


def _is_country(party: Party) -> bool:
    return len(party.names) == 1 and all(n.startswith("=") for n in party.names)


def _pieces(name: str) -> Iterator[list[str]]:
    """The printed words of each party; commas part those of a list only, which an "and" closes."""
    spans = list(words(name))
    printed = [w.of(name) for w in spans]
    end = next((i for i, w in enumerate(printed) if i and w.lower() in _LINKS and not _goes_on(printed, i)), len(spans))
    listing = "and" in printed[1:end]
    piece: list[str] = []
    for i, word in enumerate(printed[:end]):
        comma = i > 0 and "," in name[spans[i - 1].end : spans[i].start]
        office = word == "and" and "of" in piece  # "the Ministry of Trade and Industry"
        if listing and (comma or word == "and") and piece and not office:
            yield piece
            piece = []
        if word != "and":
            piece.append(word)
    if piece:
        yield piece


def _goes_on(printed: Sequence[str], at: int) -> bool:
    """Whether a name goes on after "of": "the Ministry of Health"."""
    following = [w for w in printed[at + 1 : at + 3] if w.lower() != "the"]
    return printed[at] == "of" and printed[at - 1][:1].isupper() and bool(following) and following[0][:1].isupper()


def _party(printed: Sequence[str], aliases: Aliases | None) -> Party | None:
    """Who a piece of a source's name stands for; ``None`` for bare articles."""
    countries = list(country_spans(printed))
    taken = {i for begin, end, _ in countries for i in range(begin, end)}
    groups = load("hedges")["groups"]["words"]
    owner = ""
    runs: list[list[str]] = [[]]
    for i, word in enumerate(printed):
        if word == "of" and runs[-1]:
            continue
        if i in taken or not word[:1].isupper() or word.lower() in _ARTICLES or (not i and fold(word) in groups):
            runs.append([])
        else:
            runs[-1].append(word)
            if word.endswith(("'s", "’s")) and i + 1 < len(printed) and printed[i + 1][:1].islower():
                owner = name_key(runs.pop())  # "Harnow's office" is not Harnow
                runs.append([])
    named = {name_key(run) for run in runs if run}
    if named:
        return Party(frozenset(aliases.of(n) if aliases else n for n in named))
    nouns = [fold(w) for i, w in enumerate(printed) if i not in taken and w[:1].islower() and w not in _ARTICLES]
    nouns = nouns or [fold(w) for i, w in enumerate(printed) if i not in taken and w.lower() not in _ARTICLES]
    if nouns:
        role = " ".join((*nouns[:-1], singular(nouns[-1])))
        return Party(frozenset(), singular(nouns[-1]), countries[0][2] if countries else owner, role)
    return Party(frozenset(key for _, _, key in countries)) if countries else None


def is_vague(mention: Mention) -> bool:
    """Whether a voice of a mention is only pointed at: "they", "others"."""
    return any(source.name.lower() in _PRONOUNS for source in mention.chain)


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
        return any(v.names & actors for v in told)
    if len(one) != len(other):
        return False
    return all(any(v.is_same(w) for w in other) for v in one) and all(any(w.is_same(v) for v in one) for w in other)


def printed(mention: Mention) -> tuple[Span, ...]:
    """Where the voices of a mention are printed in it, in the article text: by their whole names, else by the last
    word of a name. A voice told elsewhere has no place.
    """
    found = []
    for source in mention.chain:
        last = [w.of(source.name) for w in words(source.name) if w.of(source.name)[:1].isupper()][-1:]
        for text in (source.name, *last):
            at = mention.text.find(text)
            if at >= 0:
                found.append(Span(mention.span.start + at, mention.span.start + at + len(text)))
                break
    return tuple(dict.fromkeys(found))


def _says_who(mention: Mention) -> bool:
    relaying = load("hedges")["relay"]["words"]
    text = [fold(w.of(mention.text)) for w in words(mention.text)]
    return any(w in relaying or w in ("said", "told", "reported", "urging", "urged") for w in text)


def _speaks(mention: Mention) -> bool:
    """Whether the claim's own verb is one of saying."""
    speech = ("accuse", "deny", "warn", "condemn", "praise", "promise", "ask", "oppose", "approve")
    return any(c in speech for p in mention.predicates for c in classes().get(p, ()))
