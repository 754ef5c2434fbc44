"""What is compared of the mentions of one story, and what figures, days and words two of them share.

Words count by how rare they are in the story (inverse document frequency over its mentions), names by the name they
stand for there, words of one class ("leave", "departure") as one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.lexicon import load
from generator.model import DateRef, Mention, Quantity, QuoteKind
from generator.summarizer import ordinals, roles
from generator.summarizer.naming import Aliases
from generator.summarizer.normalise import classes, country_spans, fold, name_key
from generator.summarizer.quantities import measures
from generator.text import words

CLASS_WEIGHT = 0.6
_TELLING = 4  # words and names: fewer are the same by chance
LIGHT = frozenset(
    [
        "be",
        "have",
        "do",
        "take",
        "make",
        "get",
        "go",
        "say",
        "tell",
        "will",
        "would",
        "could",
        "may",
        "place",
        "put",
        "give",
    ]
)
_GENERAL = frozenset({"quote"})  # classes that every report is full of

Vector = dict[str, float]


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of a mention, names settled for the story. Vectors have unit length; ``persons`` are those that
    are printed as the subject: a "he" may have been taken for the wrong one.
    """

    mention: Mention
    names: frozenset[str]
    subjects: frozenset[str]
    predicates: frozenset[str]
    events: frozenset[str]
    concepts: Vector
    weights: Vector
    grams: Vector
    speakers: frozenset[str]
    quoted: str
    sentence: Vector
    weight: float
    classes: frozenset[str]
    persons: frozenset[str]
    agents: frozenset[str] = frozenset()
    patients: frozenset[str] = frozenset()
    numbered: ordinals.Ordinals = frozenset()
    level: str = ""
    lead: frozenset[str] = frozenset()


def profiles(mentions: Sequence[Mention], sentences: Sequence[int], aliases: Aliases | None = None) -> list[Profile]:
    """The profiles of a story's mentions, in their order; ``sentences`` numbers the sentence that each stands in."""
    settled = aliases or settle(mentions)
    drafts = [_draft(m, settled) for m in mentions]
    rarity = _rarity([{*terms, *names} for terms, names, _ in drafts])
    grams = [Counter(_grams(text)) for _, _, text in drafts]
    gram_rarity = _rarity(grams)
    made = [
        _profile(m, settled, draft, rarity, gram, gram_rarity)
        for m, draft, gram in zip(mentions, drafts, grams, strict=True)
    ]
    whole: dict[int, Vector] = {}
    for number, profile in zip(sentences, made, strict=True):
        whole.setdefault(number, {}).update(profile.weights)
    units = {number: _unit(vector) for number, vector in whole.items()}
    return [replace(p, sentence=units[n]) for n, p in zip(sentences, made, strict=True)]


def settle(mentions: Sequence[Mention], told: Iterable[tuple[str, str]] = ()) -> Aliases:
    """Which names of the story are one; ``told`` are pairs that a person gave."""
    return Aliases((n for m in mentions for n in m.names), (b for m in mentions for b in m.beside), told)


def firsts(profiles: Sequence[Profile]) -> list[int]:
    """Per mention the place of the first that says the same in the same words: its own where none did before."""
    known: dict[tuple[object, ...], int] = {}
    found = []
    for place, profile in enumerate(profiles):
        own = profile.mention
        figures = tuple((q.value, q.unit) for q in own.quantities)
        key = (own.headline, own.terms, profile.names, profile.subjects, own.negated, own.ahead, figures)
        short = len(own.terms) + len(profile.names) < _TELLING
        found.append(place if short else known.setdefault(key, place))
    return found


def _draft(mention: Mention, aliases: Aliases) -> tuple[list[str], list[str], str]:
    names = [aliases.of(n) for n in mention.names]
    return list(mention.terms), names, _canonical(mention, aliases)


def _canonical(mention: Mention, aliases: Aliases) -> str:
    """The core in folded words, without function words, each name as the story's form of it."""
    kept = [w for w in mention.terms if len(w) > 1]
    return " ".join([*kept, *(aliases.of(n).lstrip("=") for n in mention.names)])


def _profile(
    mention: Mention,
    aliases: Aliases,
    draft: tuple[list[str], list[str], str],
    rarity: Mapping[str, float],
    grams: Counter[str],
    gram_rarity: Mapping[str, float],
) -> Profile:
    terms, names, _ = draft
    weights: Vector = {}
    for word in (*terms, *names):
        weights[word] = rarity[word]
    concepts = dict(weights)
    for word in terms:
        for name in classes().get(word, ()):
            if name not in _GENERAL:
                key = "#" + name
                concepts[key] = max(concepts.get(key, 0.0), CLASS_WEIGHT * rarity[word])
    events = {c for p in mention.predicates for c in classes().get(p, ()) if c not in _GENERAL}
    subjects = frozenset(aliases.of(s) for s in mention.subjects)
    printed = mention.text.lower()
    return Profile(
        mention=mention,
        names=frozenset(names),
        subjects=subjects,
        predicates=frozenset(mention.predicates),
        events=frozenset(events),
        concepts=_unit(concepts),
        weights=weights,
        grams=_unit({g: (1 + math.log(n)) * gram_rarity[g] for g, n in grams.items()}),
        speakers=_speakers(mention, aliases),
        quoted=" ".join(fold(w.of(mention.text)) for w in words(mention.text))
        if mention.quote in (QuoteKind.DIRECT, QuoteKind.MIXED)
        else "",
        sentence={},
        weight=math.fsum(weights.values()),
        classes=frozenset(c for w in weights for c in classes().get(w, ())) - _GENERAL,
        persons=frozenset(s for s in subjects.intersection(names) if s[0] != "=" and s.split()[-1] in printed),
        agents=frozenset(aliases.of(k) for k in mention.agents),
        patients=frozenset(aliases.of(k) for k in mention.patients),
        numbered=ordinals.of(mention),
        level=_level(mention),
        lead=frozenset(s for s in subjects.intersection(names) if _is_told(s, printed)),
    )


def _is_told(name: str, printed: str) -> bool:
    """Whether a subject is told by name: no epithet, which may be anybody's, nor whom a "he" was taken for."""
    return " " not in name if name.startswith("=") else name.split()[-1] in printed


def _level(mention: Mention) -> str:
    """What is told of: a deed, or a plan, a demand or a threat."""
    made = next((level for p in mention.predicates[:2] if (level := roles.levels().get(p))), "")
    return made or ("plan" if mention.ahead else "deed")


def _speakers(mention: Mention, aliases: Aliases) -> frozenset[str]:
    """The names among the voices of a mention: "Halvia's Estwire agency" and "the agency Estwire" are one. A country
    speaks only where nothing else is named.
    """
    found: set[str] = set()
    for source in mention.chain:
        printed = [w.of(source.name) for w in words(source.name)]
        countries = list(country_spans(printed))
        taken = {i for begin, end, _ in countries for i in range(begin, end)}
        proper = [" " if i in taken or not w[:1].isupper() else w for i, w in enumerate(printed)]
        names = [
            part.split() for part in " ".join(proper[1:] if proper[:1] in (["The"], ["A"]) else proper).split("  ")
        ]
        keys = {aliases.of(name_key(n)) for n in names if n}
        found |= keys or {key for _, _, key in countries}
    return frozenset(found)


def _grams(text: str) -> Iterable[str]:
    """Character 3- to 5-grams inside words, their edges marked."""
    for word in text.split():
        marked = f" {word} "
        for size in (3, 4, 5):
            for at in range(len(marked) - size + 1):
                yield marked[at : at + size]


def _rarity(documents: Sequence[Iterable[str]]) -> dict[str, float]:
    """Smoothed inverse document frequency."""
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update(set(document))
    total = len(documents)
    return {word: math.log((1 + total) / (1 + n)) + 0.5 for word, n in counts.items()}


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(math.fsum(v * v for v in vector.values()))
    return {k: v / length for k, v in vector.items()} if length else {}


def cosine(a: Vector, b: Vector) -> float:
    return math.fsum([a[k] * b[k] for k in a.keys() & b.keys()])  # exact, whatever the order


def contained(a: Profile, b: Profile) -> float:
    """How much of the lighter mention's weight is found in the other, words of one class at a discount."""
    light, heavy = (a, b) if a.weight <= b.weight else (b, a)
    if not light.weight:
        return 0.0
    found = 0.0
    for word, weight in light.weights.items():
        if word in heavy.weights:
            found += weight
        elif not heavy.classes.isdisjoint(classes().get(word, ())):
            found += CLASS_WEIGHT * weight
    return found / light.weight


def numbers(a: Sequence[Quantity], b: Sequence[Quantity]) -> float:
    """How telling the most telling figure is that the two share (up to 1); -1 where figures of one unit differ and none
    is shared, 0 where nothing can be said.
    """
    comparable = [(x, y) for x in a for y in b if same_unit(x, y)]
    shared = [min(_telling(x), _telling(y)) for x, y in comparable if same_quantity(x, y)]
    shared += [
        0.8 for x in a for y in b
        if x.value == y.value and x.value >= 20 and not (_measured(x) or _measured(y)) and not _of_another(x, y)
    ]  # fmt: skip
    return max(shared) if shared else -1.0 if comparable else 0.0


def same_unit(a: Quantity, b: Quantity) -> bool:
    """Whether two count the same thing: "340 workers", "340 employees"."""
    if not a.unit or not b.unit:
        return False
    return a.unit == b.unit or bool(set(classes().get(a.unit, ())) & set(classes().get(b.unit, ())))


def number_of_another(a: Sequence[Quantity], b: Sequence[Quantity]) -> bool:
    """Whether a figure stands in both and counts another thing in each."""
    return any(x.value == y.value > 2 and _of_another(x, y) for x in a for y in b)


def _of_another(a: Quantity, b: Quantity) -> bool:
    """Whether it is told what both count, and it isn't one thing: "340 workers", "340 ships"."""
    if not a.unit or not b.unit or same_unit(a, b):
        return False
    persons = load("units")["counted"]["persons"]
    return not (a.unit in persons and b.unit in persons) and not (a.unit.endswith("ed") or b.unit.endswith("ed"))


def _measured(quantity: Quantity) -> bool:
    return quantity.unit in measures()


def _telling(quantity: Quantity) -> float:
    """A small count and a length of time are shared by chance more often than 6,200 tonnes are; "hundreds of miles" may
    be any.
    """
    if quantity.high is not None and quantity.high > 2 * quantity.value:
        return 0.3
    if quantity.unit == "month":
        return 0.4
    return 0.6 if quantity.value <= 4 else 1.0


def same_quantity(a: Quantity, b: Quantity) -> bool:
    """The same figure in other clothes: equal within what rounding and conversion of units do, or within the bounds."""
    low, high = sorted((a, b), key=lambda q: q.value)
    if abs(high.value - low.value) <= 0.05 * max(abs(high.value), 1e-12):
        return True
    if low.high is not None and low.value <= high.value <= low.high:
        return True
    if high.bound == "<" and high.value <= low.value * 1.1:
        return True
    return low.bound in ">~" and high.value <= low.value * (1.25 if low.bound == ">" else 1.1)


def days(a: Sequence[DateRef], b: Sequence[DateRef]) -> int:
    """1 where the two share a day, -1 where both have days and none is shared, 0 where nothing can be said."""
    known = [(x, y) for x in a for y in b if x.start and y.start and x.end and y.end]
    if any(x.start <= y.end and y.start <= x.end for x, y in known if x.start and y.start and x.end and y.end):
        return 1
    return -1 if known else 0
