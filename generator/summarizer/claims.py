"""Mentions -> claims: the wordings that report the same thing, joined by their best pairs, precision first.

Constrained average linkage: the likeliest pair first, two groups join where all their pairs together are likely enough
and none is forbidden (persons as subjects that differ). One article's mentions come together only
where they repeat each other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.lexicon import load
from generator.model import Annotated, Claim, Join, Mention, QuoteKind, SourceKind
from generator.summarizer import decisions, differences, meaning, roles, scoring, similarity, status, summary, wordings
from generator.summarizer.decisions import Decision
from generator.summarizer.naming import Aliases
from generator.summarizer.scoring import Pair
from generator.summarizer.similarity import Profile

if TYPE_CHECKING:
    from generator.summarizer.embedding import Embedder


@dataclass(frozen=True, slots=True)
class Grouping:
    """Mentions in order, their groups as places in that order, and the pairs that were looked at."""

    mentions: tuple[Mention, ...]
    groups: tuple[tuple[int, ...], ...]
    pairs: Mapping[tuple[int, int], Pair]
    aliases: Aliases


def group(
    articles: Sequence[Annotated], embed: Embedder | None = None, taken: Sequence[Decision] = ()
) -> tuple[Claim, ...]:
    """The claims of a story, in order of first appearance. A headline joins a claim and makes none; ``taken``
    are a person's decisions.
    """
    grouping, profiles = compared(articles, embed, taken)
    limits = load("grouping")["limits"]["plain" if embed is None else "embedded"]
    grouping = replace(grouping, groups=linked(profiles, grouping.pairs, limits, taken))
    dates = {a.article.id: a.article.published for a in articles}
    foreign = summary.in_another_language({a.article.id: a.article.language for a in articles})
    hidden = decisions.hidden(taken)
    made = (_claim(grouping, places, dates, foreign) for places in grouping.groups if _stands(grouping, places))
    return tuple(c for c in made if not hidden & {m.id for m in c.mentions})


def _stands(grouping: Grouping, places: Sequence[int]) -> bool:
    """Whether something is claimed: a headline alone is none, nor is what has no word."""
    own = [grouping.mentions[i] for i in places]
    return any(not m.headline for m in own) and any(c.isalpha() for m in own for c in m.text)


def compared(
    articles: Sequence[Annotated], embed: Embedder | None, taken: Sequence[Decision] = ()
) -> tuple[Grouping, list[Profile]]:
    """The mentions of a story with the pairs that were looked at, each a group of its own, and their profiles."""
    mentions = [m for a in articles for m in a.mentions]
    sentences = _sentences(articles)
    aliases = similarity.settle(mentions, decisions.aliases(taken))
    profiles = similarity.profiles(mentions, sentences, aliases)
    meanings = meaning.of(articles, sentences, embed) if embed and mentions else None
    found = [*scoring.pairs(profiles, _leads(articles), meanings), *scoring.copies(profiles)]
    alone = tuple((i,) for i in range(len(mentions)))
    return Grouping(tuple(mentions), alone, {(p.a, p.b): p for p in found}, aliases), profiles


def _leads(articles: Sequence[Annotated]) -> list[float]:
    """Per mention how near it is to its article's beginning; a headline is the beginning."""
    leads = []
    for annotated in articles:
        body = [s.start for s in annotated.sentences]
        for mention in annotated.mentions:
            before = 0 if mention.headline else sum(start <= mention.span.start for start in body[:8])
            leads.append(1.0 if mention.headline else max(0.0, 1 - (before - 1) / 6))
    return leads


def _sentences(articles: Sequence[Annotated]) -> list[int]:
    """Per mention the number of its sentence in the story."""
    numbers: list[int] = []
    before = 0
    for annotated in articles:
        starts = [s.start for s in annotated.sentences]
        numbers.extend(
            before if m.headline else before + bisect_right(starts, m.span.start) for m in annotated.mentions
        )
        before += len(starts) + 1
    return numbers


def linked(
    profiles: Sequence[Profile],
    known: Mapping[tuple[int, int], Pair],
    limits: Mapping[str, float],
    taken: Sequence[Decision] = (),
) -> tuple[tuple[int, ...], ...]:
    """The groups, as places in ``profiles``; every mention is in exactly one. ``limits`` are the least chance of a
    "pair" that may bring two groups together and the least average between two "group"s.
    """
    own = _set_apart(profiles, taken)
    copies = [(p.a, p.b) for p in known.values() if p.copied and own.get(p.a) == own.get(p.b)]
    groups = _Groups(profiles, known, {b for _, b in copies})
    for a, b in (*copies, *_told_together(profiles, taken)):
        groups.unite(a, b)
    likely = [p for p in known.values() if p.chance >= limits["pair"]]
    for pair in sorted(likely, key=lambda p: (-p.chance, p.a, p.b)):
        if own.get(pair.a) == own.get(pair.b) and groups.may_join(pair.a, pair.b, limits["group"]):
            groups.unite(pair.a, pair.b)
    return tuple(sorted(tuple(members) for members in groups.members.values()))


class _Groups:
    """Mentions in groups, each under the number of one of them, with the chances and the articles summed up. ``copies``
    say nothing of their own: they go with those they are copies of, and don't count.
    """

    def __init__(
        self, profiles: Sequence[Profile], known: Mapping[tuple[int, int], Pair], copies: Collection[int] = ()
    ) -> None:
        self.profiles = profiles
        self.sparse = len(profiles) > scoring.ALL_PAIRS
        self.home = list(range(len(profiles)))
        self.members = {place: [place] for place in self.home}
        self.counted = {place: [] if place in copies else [place] for place in self.home}
        self.articles = [Counter(self.profiles[i].mention.article for i in self.counted[place]) for place in self.home]
        self.chances: list[dict[int, float]] = [{} for _ in profiles]  # by the number of the other group
        for a, b in sorted(known):
            self.chances[a][b] = self.chances[b][a] = known[a, b].chance

    def may_join(self, a: int, b: int, least: float) -> bool:
        """Whether the pairs between the groups of two mentions, but for those of one article, are likely enough on
        average, and none is forbidden; one that was not looked at has no chance, but in a large story not more of them
        count than could have been looked at.
        """
        one, other = self.home[a], self.home[b]
        if one == other:
            return False
        left, right = self.counted[one], self.counted[other]
        count = len(left) * len(right) - self._within_articles(one, other)
        if self.sparse:
            count = min(count, scoring.SEEN * (len(left) + len(right)))
        if not count or self.chances[one].get(other, 0.0) / count < least:
            return False
        return not any(conflicting(self.profiles[i], self.profiles[j]) for i in left for j in right)

    def _within_articles(self, one: int, other: int) -> int:
        few, many = sorted((self.articles[one], self.articles[other]), key=len)
        return sum(n * many[article] for article, n in few.items())

    def unite(self, a: int, b: int) -> None:
        keep, drop = sorted((self.home[a], self.home[b]), key=lambda group: (-len(self.chances[group]), group))
        if keep == drop:
            return
        for place in self.members[drop]:
            self.home[place] = keep
        self.members[keep] = sorted(self.members[keep] + self.members.pop(drop))
        self.counted[keep] = sorted(self.counted[keep] + self.counted.pop(drop))
        self.articles[keep].update(self.articles[drop])
        kept, dropped = self.chances[keep], self.chances[drop]
        kept.pop(drop, None)
        for other, chance in dropped.items():
            if other != keep:
                del self.chances[other][drop]
                kept[other] = self.chances[other][keep] = kept.get(other, 0.0) + chance
        dropped.clear()


def _told_together(profiles: Sequence[Profile], taken: Sequence[Decision]) -> list[tuple[int, int]]:
    """What a person merged, and what was set apart together."""
    places = {p.mention.id: i for i, p in enumerate(profiles)}
    told = decisions.pairs(taken, "merge") + decisions.pairs(taken, "split")
    return [(places[a], places[b]) for a, b in told if a in places and b in places]


def _set_apart(profiles: Sequence[Profile], taken: Sequence[Decision]) -> dict[int, int]:
    """Per mention that a person set apart the number of that decision: it joins only others of it."""
    places = {p.mention.id: i for i, p in enumerate(profiles)}
    splits = [d for d in taken if d.kind == "split"]
    return {places[i]: number for number, d in enumerate(splits) for i in d.of if i in places}


def conflicting(a: Profile, b: Profile) -> bool:
    """Whether two can't be the same claim whatever they share: a person does it here, another person there; one party
    is accused here, another there; one asks what the other tells.
    """
    if a.mention.article == b.mention.article and not _repeats(a, b):
        return True
    if _other_words_of_another(a, b) or _of_another_party(a, b) or _asks(a) != _asks(b) or _speak_otherwise(a, b):
        return True
    return bool(a.persons and b.persons) and not (a.persons & b.names) and not (b.persons & a.names)


def _other_words_of_another(a: Profile, b: Profile) -> bool:
    """Two persons are quoted, and not with the same words: each said a thing of their own."""
    if a.mention.quote is not QuoteKind.DIRECT or b.mention.quote is not QuoteKind.DIRECT:
        return False
    one, other = a.mention.chain[:1], b.mention.chain[:1]
    persons = all(s.kind is SourceKind.PERSON for s in one + other)
    return bool(one and other) and persons and one[0].id != other[0].id and not _repeats(a, b)


def _of_another_party(a: Profile, b: Profile) -> bool:
    """As in "A accused B", "A accused C of ..."."""
    same = a.predicates & b.predicates & roles.singling()
    return bool(same and a.patients and b.patients) and a.patients.isdisjoint(b.patients)


def _speak_otherwise(a: Profile, b: Profile) -> bool:
    """Whether somebody asks for something in one, and accuses somebody or denies something in the other."""
    one, other = (roles.speech_act(p.mention.predicates) for p in (a, b))
    return bool(one and other) and one != other and "ask" in (one, other)


def _asks(profile: Profile) -> bool:
    return profile.mention.text.rstrip(" \"'”’)").endswith("?")


def _repeats(a: Profile, b: Profile) -> bool:
    return similarity.cosine(a.concepts, b.concepts) >= 0.5 or similarity.contained(a, b) >= 0.75


def _claim(
    grouping: Grouping, places: Sequence[int], dates: Mapping[str, str | None], foreign: Collection[str]
) -> Claim:
    mentions = tuple(grouping.mentions[i] for i in places)
    body = [m for m in mentions if not m.headline]
    parted = differences.within(mentions, grouping.aliases, dates)
    best = wordings.best(body, foreign, parted)
    return Claim(
        id=body[0].id,
        text=best.text,
        best=best.id,
        mentions=mentions,
        differences=parted,
        history=status.history(body, dates),
        joins=_joins(grouping, places),
    )


def _joins(grouping: Grouping, places: Sequence[int]) -> tuple[Join, ...]:
    """Per mention but the first the likeliest pair that ties it to those before it."""
    made = []
    for index, place in enumerate(places[1:], 1):
        ties = [grouping.pairs[key] for other in places[:index] if (key := (other, place)) in grouping.pairs]
        if ties:
            tie = max(ties, key=lambda p: (p.chance, -p.a))
            one, other = grouping.mentions[tie.a], grouping.mentions[tie.b]
            made.append(Join(one.id, other.id, round(tie.chance, 3), reasons(tie)))
    return tuple(made)


def reasons(pair: Pair) -> tuple[str, ...]:
    """What speaks for a join, in words, the strongest first."""
    told = (
        ("quoted", 0.7, "the same quotation"),
        ("number_same", 1.0, "the same figure"),
        ("grams", 0.6, "nearly the same words"),
        ("meaning", 0.6, "alike in meaning"),
        ("subject", 1.0, "the same subject"),
        ("event", 0.7, "the same event"),
        ("names", 0.5, "the same names"),
        ("contained", 0.6, "one says what the other says"),
        ("date_same", 1.0, "the same day"),
        ("speaker", 1.0, "the same source"),
        ("mutual", 1.0, "each the other's nearest"),
    )
    return tuple(text for name, least, text in told if pair.features.get(name, 0.0) >= least)
