"""Whether a name is a person's, whether "he" or "she" stands for it, and what else the person is called where it is
named ("Senator Ann Roe of Orrel", "Ann Roe, the trade union leader").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from generator.lexicon import load
from generator.summarizer.attribution.sources import is_person, terms
from generator.summarizer.naming import Name
from generator.summarizer.normalise import fold, lemma

if TYPE_CHECKING:
    from generator.summarizer.tokens import Token

_ARTICLES = frozenset({"the", "a", "an"})
_BESIDE = frozenset({"compound", "amod", "nmod"})
_LONGEST = 5  # words of a role before a name


def may_be(name: Name) -> bool:
    """Whether a name may be a person's: no country, no word of a place or an organisation, no article before it."""
    if name.key.startswith("=") or any(not t.text[:1].isupper() for t in name.tokens if t.is_alpha):
        return False
    if _before(name) in _ARTICLES and not _titled(name):
        return False
    return is_person(tuple(t.text for t in name.tokens))


def is_known(name: Name) -> bool:
    """Whether a name shows by itself that it is a person's."""
    return _titled(name) or (" " in name.key and gender(name) != "")


def gender(name: Name) -> str:
    """Whether "male" or "female", where a title or a given name tells it; else nothing."""
    told = [*(t.lower_.rstrip(".") for t in name.tokens), _before(name)]
    for kind in ("male", "female"):
        if any(word in terms("titles", kind) for word in told):
            return kind
    return _genders().get(name.key.split()[0], "") if " " in name.key else ""


def gender_of(noun: str) -> str:
    """The same of a noun: "businessman"."""
    return next((kind for kind in ("male", "female") if noun in load("persons")["nouns"][kind]), "")


def is_one(noun: str) -> bool:
    """Whether a noun stands for one person: "senator", "driver"."""
    return noun in _nouns()


def role(token: Token) -> str:
    """A token's dictionary form, a shortened title written out."""
    word = lemma(token).rstrip(".")
    return str(load("persons")["titles"].get(word, word))


def descriptions(name: Name) -> Iterator[str]:
    """The words that stand with a name and say who it is."""
    head, first, own = name.tokens[-1], name.tokens[0], {t.i for t in name.tokens}
    for child in head.children:
        if child.i in own:
            continue
        if child.dep_ in _BESIDE or (child.dep_ == "appos" and child.pos_ == "NOUN"):
            yield role(child)
            yield from (role(t) for t in child.subtree if t.dep_ in (*_BESIDE, "pobj", "poss"))
        if child.dep_ == "prep" and child.lower_ == "of":
            yield from (role(t) for t in child.subtree if t.pos_ == "PROPN")
    yield from (role(t) for t in name.tokens if t.lower_.rstrip(".") in titles())
    for at in range(first.i - 1, max(first.sent.start, first.i - _LONGEST) - 1, -1):
        if first.doc[at].pos_ not in ("NOUN", "PROPN", "ADJ"):
            break
        yield role(first.doc[at])
    if head.dep_ == "appos" and head.head.pos_ == "NOUN":
        yield role(head.head)
        yield from (role(t) for t in head.head.children if t.dep_ in (*_BESIDE, "poss"))


def written(name: Name) -> str:
    """The words of a name, of a country its first form in the lexicon; a title falls away."""
    if name.key.startswith("="):
        forms: Sequence[str] = load("countries")["forms"].get(name.key[1:], [name.key[1:]])
        return forms[0].title()
    kept = [t for t in name.tokens if t.lower_.rstrip(".") not in titles()] or name.tokens
    return " ".join("".join(t.text_with_ws for t in kept).split())


@cache
def titles() -> frozenset[str]:
    """Words that stand before a person's name."""
    return terms("titles", "words")


def _titled(name: Name) -> bool:
    return name.tokens[0].lower_.rstrip(".") in titles() or _before(name) in titles()


def _before(name: Name) -> str:
    """The word before a name in its sentence, without a stop."""
    first = name.tokens[0]
    return first.nbor(-1).lower_.rstrip(".") if first.i > first.sent.start else ""


@cache
def _genders() -> dict[str, str]:
    lists = load("persons")["names"]
    return {fold(name): kind for kind in ("male", "female") for name in lists[kind]}


@cache
def _nouns() -> frozenset[str]:
    return titles() | frozenset(load("persons")["nouns"]["words"])
