"""Whom and what the words of an article point at: "he", "its", "who", "I" in a quotation, "the Texas senator".

For comparing only: nothing of it is shown. Persons and things gain weight by where they are named and lose it from
sentence to sentence (Lappin and Leass, 1994); what is not settled by gender, number, place in the clause and a clear
lead over the next is left as it is printed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.model import Attribution, QuoteKind, SourceKind
from generator.summarizer import persons
from generator.summarizer.clauses import subject_of
from generator.summarizer.naming import Name, names
from generator.summarizer.normalise import name_key
from generator.summarizer.propositions import RELATIVE_TAGS, SUBJECTS, VERBS
from generator.text import words

if TYPE_CHECKING:
    from generator.summarizer.tokens import Sentence, Token

_GENDERS = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
}  # fmt: skip
_SELF = frozenset({"i", "me", "my", "myself"})
_THINGS = frozenset({"it", "its"})
_THEY = frozenset({"they", "their"})
_OWNS = frozenset({"PRP$", "WP$"})
_LINKING = frozenset({"be", "seem", "appear", "become", "take", "turn", "remain", "mean", "look"})
_SUBJECT, _OBJECT, _OTHER = 100.0, 50.0, 35.0
_SUBORDINATE = 0.8
_FADES = 0.55  # what is left of a weight from one sentence to the next
_LEAST = 12.0
_LEAD = 0.75  # of the best, at most: where the second has more, nobody is meant for sure
_GOVERNS = 1.5  # times the weight of who is the subject of a verb above
_NEAR = 4  # words: so near to the beginning of a sentence "it" stands for the subject of the one before
_LONGEST = 7  # words of a noun phrase up to its head
_PARTS = frozenset({"relcl", "acl", "advcl", "appos", "punct", "prep", "cc", "conj", "predet"})


@dataclass(frozen=True, slots=True)
class Referent:
    """Whom a word points at: the ``key`` of a name, or "" for a common noun, and the words that say it; ``at`` is the
    number of the token that says it, -1 where that stands in another sentence.
    """

    key: str
    text: str
    at: int = -1

    @property
    def head(self) -> str:
        """The last word of what says it."""
        return self.text.removesuffix("'s").split()[-1]


@dataclass(slots=True, eq=False)
class _Entity:
    """Somebody or something that is told of. ``kind``: "person"; "unsure" for a name that may be one's, "somebody" for
    a noun that stands for one; "name" and "thing", "group". ``said`` are roles and what else describes a person.
    """

    key: str
    text: str
    kind: str
    gender: str = ""
    weight: float = 0.0
    at: int = -1  # the token of this sentence that tells of it last
    said: set[str] = field(default_factory=set)


class Reader:
    """Reads an article from beginning to end, and knows of whom it has told. ``attributions`` tell who speaks."""

    def __init__(self, attributions: Sequence[Attribution] = ()) -> None:
        self._persons: dict[str, _Entity] = {}  # by the last word of the name
        self._called: dict[str, list[_Entity]] = {}  # by what they are said to be
        self._others: dict[str, _Entity] = {}
        self._near: dict[_Entity, None] = {}  # those that have weight left
        self._held: dict[int, _Entity] = {}  # per token of the sentence whom it tells of
        self._led: _Entity | None = None  # the subject of the sentence before
        self._leads: _Entity | None = None
        self._named: dict[int, _Entity] = {}  # per last token of a name whom it names
        self._found: dict[int, Referent] = {}
        self._spoken = sorted(((s.start, s.end, a) for a in attributions for s in a.content), key=lambda s: s[:2])
        voices = (s.name for a in attributions for s in a.chain if s.kind is SourceKind.PERSON)
        self._heard = {_key(name) for name in voices}

    def read(self, offset: int, sentence: Sentence) -> dict[int, Referent]:
        """Per token of the next sentence that points at somebody or something told elsewhere, what that is; ``offset``
        is where the tokens' text begins in the article.
        """
        self._go_on()
        named = names(list(sentence))
        for name in named:
            if persons.may_be(name) and (persons.is_known(name) or name.key in self._heard):
                self._introduce(name)
        self._named = {name.tokens[-1].i: self._entity(name) for name in named}
        for token in sentence:
            if token.i in self._named:
                self._tell(token, self._named[token.i])
            elif token.tag_ in ("PRP", "PRP$", *RELATIVE_TAGS):
                self._pronoun(offset, token)
            elif token.pos_ == "NOUN" and token.dep_ not in ("compound", "npadvmod"):
                self._noun(token)
        return self._found

    def _go_on(self) -> None:
        self._led, self._leads = self._leads, None
        self._held, self._found, self._named = {}, {}, {}
        for entity in self._near:
            entity.weight *= _FADES
            entity.at = -1
        self._near = {e: None for e in self._near if e.weight > 1}

    def _introduce(self, name: Name) -> None:
        last = name.key.split()[-1]
        entity = self._persons.get(last)
        if entity is not None and _are_two(entity.key, name.key):
            last = name.key
            entity = self._persons.get(last)
        if entity is None:
            entity = self._persons[last] = _Entity(name.key, persons.written(name), "person")
        elif " " in name.key and " " not in entity.key:
            entity.key, entity.text = name.key, persons.written(name)
        entity.gender = entity.gender or persons.gender(name)
        for word in persons.descriptions(name):
            if word not in entity.said:
                entity.said.add(word)
                self._called.setdefault(word, []).append(entity)

    def _entity(self, name: Name) -> _Entity:
        """Whom or what a name names."""
        entity = self._persons.get(name.key) or self._persons.get(name.key.split()[-1])
        if entity is not None:
            return entity
        acts = " " not in name.key and name.tokens[-1].dep_ in SUBJECTS and persons.may_be(name)
        kind = "unsure" if acts else "name"
        return self._others.setdefault(name.key, _Entity(name.key, persons.written(name), kind))

    def _noun(self, token: Token) -> None:
        role = persons.role(token)
        one = token.tag_ != "NNS" and persons.is_one(role)
        entity = self._described(token, role) if one else None
        if entity is not None:
            self._found[token.i] = Referent(entity.key, entity.text, entity.at)
        elif token.dep_ in SUBJECTS or token.dep_ in ("dobj", "pobj"):
            several = token.tag_ == "NNS" or any(c.dep_ == "conj" for c in token.children)
            kind = "somebody" if one else "group" if several else "thing"
            entity = _Entity("", phrase(token), kind, persons.gender_of(role) if one else "")
        if entity is not None:
            self._tell(token, entity)

    def _described(self, token: Token, role: str) -> _Entity | None:
        """As in "the Texas senator", where one person of the article is called so."""
        before = [t for t in token.children if t.i < token.i]
        if not any(t.lower_ in ("the", "this") for t in before):
            return None
        if any(c.dep_ in ("appos", "relcl", "acl", "prep") for c in token.children):
            return None
        called = self._called.get(role, [])
        told = {persons.role(t) for t in before if t.dep_ in ("amod", "compound", "nmod", "poss")} - {"former", "then"}
        if not told:
            best = _best([e for e in self._everybody() if e.kind != "somebody"])
            return best if best in called else None
        fitting = [p for p in called if told <= p.said]
        return fitting[0] if len(fitting) == 1 else None

    def _tell(self, token: Token, entity: _Entity) -> None:
        entity.weight += _weight(token)
        entity.at = token.i
        self._near[entity] = None
        self._held[token.i] = entity
        if token.dep_ in SUBJECTS and token.head.dep_ == "ROOT":
            self._leads = entity

    def _pronoun(self, offset: int, token: Token) -> None:
        entity = self._meant(offset, token)
        if entity is None:
            return
        text = entity.text + "'s" if token.tag_ in _OWNS else entity.text
        self._found[token.i] = Referent(entity.key, text, entity.at)
        if token.lower_ not in _SELF:
            self._tell(token, entity)

    def _meant(self, offset: int, token: Token) -> _Entity | None:
        word = token.lower_
        if token.tag_ in RELATIVE_TAGS:
            noun = _antecedent(token)
            if noun is None:
                return None
            return self._held.get(noun.i) or _Entity("", phrase(noun), "thing", at=noun.i)
        if word in _SELF:
            return self._speaker(offset + token.idx)
        if word in _GENDERS:
            return self._person(offset, token, _GENDERS[word])
        if token.dep_ not in SUBJECTS and token.tag_ not in _OWNS:
            return None
        if word in _THINGS and not _is_empty(token):
            return self._thing(token, ("name", "thing"))
        return self._thing(token, ("group",)) if word in _THEY else None

    def _person(self, offset: int, token: Token, gender: str) -> _Entity | None:
        fitting = [e for e in self._everybody() if e.gender in ("", gender)]
        above = self._above(token)
        if token.tag_ in _OWNS and above and above[0] in fitting:
            return above[0]
        not_he = (*self._barred(token), self._speaker(offset + token.idx))
        best = _best([e for e in fitting if e not in not_he], above)
        return best if best is not None and best.kind == "person" else None

    def _thing(self, token: Token, kinds: Collection[str]) -> _Entity | None:
        """The subject of the clause above, or that of the sentence before."""
        above = self._above(token)[:1]
        if not above and token.head.dep_ == "ROOT" and token.i - token.sent.start < _NEAR:
            above = [self._led]
        return next((e for e in above if e is not None and e.kind in kinds), None)

    def _everybody(self) -> list[_Entity]:
        return [e for e in self._near if e.kind in ("person", "unsure", "somebody")]

    def _above(self, token: Token) -> list[_Entity | None]:
        """The subjects of the verbs above a token that stand before it, the nearest first."""
        verbs = (t for t in token.ancestors if t.pos_ in VERBS)
        subjects = (next((c for c in verb.children if c.dep_ in SUBJECTS), None) for verb in verbs)
        return [self._held.get(s.i) for s in subjects if s is not None and s.i < token.i]

    def _barred(self, token: Token) -> list[_Entity]:
        """Whom a pronoun can't mean: the subject of its own verb, unless it owns something; as the subject, whom its
        clause names (principles B and C).
        """
        if token.dep_ in SUBJECTS:
            return [self._named[t.i] for t in token.head.subtree if t.i > token.i and t.i in self._named]
        if token.tag_ in _OWNS:
            return []
        verb = next((t for t in token.ancestors if t.pos_ in VERBS), None)
        subject = subject_of(verb) if verb is not None else None
        return [self._held[subject.i]] if subject is not None and subject.i in self._held else []

    def _speaker(self, at: int) -> _Entity | None:
        """Who says the words that stand at a place of the article, in words of their own."""
        before = bisect_right(self._spoken, at, key=lambda s: s[0]) - 1
        if before < 0 or at >= self._spoken[before][1]:
            return None
        said = self._spoken[before][2]
        if said.kind is QuoteKind.INDIRECT or not said.chain or said.chain[0].kind is not SourceKind.PERSON:
            return None
        key = _key(said.chain[0].name)
        found = self._persons.get(key) or self._persons.get(key.split()[-1]) if key else None
        return found or (_Entity(key, said.chain[0].name, "person") if " " in key else None)


def _are_two(one: str, other: str) -> bool:
    """Whether two names that end alike are those of two persons of a family."""
    return " " in one and " " in other and one.split()[0] != other.split()[0]


def _best(options: Sequence[_Entity], above: Collection[_Entity | None] = ()) -> _Entity | None:
    """The one with most weight, where that is clearly more than the next has."""
    weights = [(-e.weight * (_GOVERNS if e in above else 1.0), n) for n, e in enumerate(options)]
    ranked = sorted(weights)[:2]
    if not ranked or -ranked[0][0] < _LEAST or (len(ranked) > 1 and ranked[1][0] < _LEAD * ranked[0][0]):
        return None
    return options[ranked[0][1]]


def _key(name: str) -> str:
    return name_key([w.of(name) for w in words(name)])


def _weight(token: Token) -> float:
    """By the place in the clause; what is joined by "and" has that of the first."""
    while token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN"):
        token = token.head
    own = _SUBJECT if token.dep_ in SUBJECTS else _OBJECT if token.dep_ in ("dobj", "dative", "agent") else _OTHER
    verb = next((t for t in token.ancestors if t.pos_ in VERBS), None)
    return own * (_SUBORDINATE if verb is not None and verb.dep_ not in ("ROOT", "conj", "ccomp") else 1.0)


def _antecedent(token: Token) -> Token | None:
    """The noun that "who", "which" or "that" follows."""
    verb = next((t for t in (token, *token.ancestors) if t.dep_ == "relcl"), None)
    if verb is None or verb.head.i > token.i or verb.head.pos_ not in ("NOUN", "PROPN"):
        return None
    return verb.head if token.i - verb.head.i <= _LONGEST or verb.head.pos_ == "PROPN" else None


def phrase(head: Token) -> str:
    """The words of a noun phrase up to its head."""
    kept = [t for t in head.doc[max(head.sent.start, head.i - _LONGEST + 1) : head.i + 1] if _is_of(t, head)]
    return " ".join("".join(t.text_with_ws for t in kept).split())


def _is_of(token: Token, head: Token) -> bool:
    """Whether a token hangs on a head, and on no clause or apposition below it."""
    while token.i != head.i:
        if token.dep_ in _PARTS or token.head is token:
            return False
        token = token.head
    return True


def _is_empty(token: Token) -> bool:
    """As in "it is unclear whether": stands for the clause that follows, or for nothing."""
    if token.dep_ not in SUBJECTS:
        return False
    below = {c.dep_ for c in token.head.children}
    return token.dep_ == "expl" or token.head.lemma_ in _LINKING or bool(below & {"ccomp", "csubj"})
