"""Which outlet or agency a printed name means, and to which family of owners it belongs.

"Russia's Interfax news agency", "Interfax" and "INTERFAX" are one; "state media" is none in particular. What no lexicon
knows is known by its own words.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from generator import lexicon
from generator.summarizer.normalise import country_spans

# What is said of a name and is no part of it, in small letters: "broadcaster", "news agency", "a local daily".
_KIND = re.compile(
    r"\b(?:newswire|wire service|(?:news|press) (?:agency|agencies|site|outlet|portal|channel|network|website)|agency|"
    r"broadcaster|channel|network|newspaper|paper|daily|weekly|magazine|tabloid|website|outlet|portal|station|television|"
    r"radio|media|press)\b"
)
_WORD = re.compile(r"[^\W_]+(?:[-.&+][^\W_]+)*(?:[’']s?(?!\w))?")
_THE = re.compile(r"^the\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"[’']s?$")


@lru_cache(maxsize=10_000)
def named(printed: str) -> str | None:
    """The name of the outlet or agency that ``printed`` means, ``None`` where it means none in particular."""
    known = _known().get(_folded(printed))
    if known:
        return known
    found = named_in(printed)
    pattern = _pattern()
    if len(found) == 1 and pattern and not _own_words(pattern.sub("", printed)):  # "BNN Bloomberg" is not Bloomberg
        return next(iter(found))
    own = " ".join(_own_words(printed))
    return _known().get(_folded(own)) or own or None


def canonical(printed: str) -> str:
    """The form in which two names of one outlet or agency are equal."""
    return _folded(named(printed) or printed)


def is_agency(printed: str | None) -> bool:
    """Whether a name is that of a news agency."""
    return printed is not None and canonical(printed) in _agencies()


@lru_cache(maxsize=4096)
def named_in(text: str) -> frozenset[str]:
    """The outlets and agencies that ``text`` names, letter for letter as whole words."""
    pattern = _pattern()
    return frozenset(_aliases()[m.group()] for m in pattern.finditer(text)) if pattern else frozenset()


def is_named(name: str, text: str, *, credit: bool = False) -> bool:
    """Whether ``text`` names the outlet or agency ``name``, letter for letter as whole words, under any known form.

    A name of one word that no lexicon knows may be any word ("Today"): it is sought in a ``credit`` line only.
    """
    if canonical(name) in {canonical(n) for n in named_in(text)}:
        return True
    own = _THE.sub("", name)
    return (credit or " " in own) and re.search(rf"(?<!\w){re.escape(own)}(?!\w)", text) is not None


def family(outlet: str) -> str | None:
    """The owner of ``outlet``, or the family that the owner belongs to; ``None`` where no lexicon says."""
    return _families().get(canonical(outlet))


def _own_words(printed: str) -> list[str]:
    """The capitalised words beside the word for its kind: after ("broadcaster YTN") or before ("Yonhap news agency").

    Without such a word the name is all that is capitalised, less whose it is ("Japan's Kyodo News").
    """
    kinds = list(_KIND.finditer(printed))
    if not kinds:
        return [w for w in _WORD.findall(printed) if _proper(w)]
    after = _run(_WORD.findall(printed[kinds[-1].end() :]))
    if after:
        return after
    before = _WORD.findall(printed[: kinds[0].start()])
    places = {n for first, end, _ in country_spans(before) for n in range(first, end)}
    return [w for n, w in enumerate(before) if n not in places and _proper(w)]


def _run(words: list[str]) -> list[str]:
    end = next((n for n, w in enumerate(words) if not _proper(w)), len(words))
    return words[:end]


def _proper(word: str) -> bool:
    return (word[0].isupper() or word[0].isdigit()) and not _POSSESSIVE.search(word)


def _entries() -> list[dict[str, Any]]:
    return [*lexicon.load("agencies")["agency"], *lexicon.load("outlets")["outlet"]]


@cache
def _known() -> dict[str, str]:
    """Folded printed form -> name, agencies first."""
    forms: dict[str, str] = {}
    for entry in _entries():
        others = (form for key in ("aliases", "signoff", "dateline") for form in entry.get(key, ()))
        for form in (entry["name"], *others):
            forms.setdefault(_folded(form), entry["name"])
    return forms


@cache
def _aliases() -> dict[str, str]:
    """Printed form -> name, for those that mean nothing else in running text."""
    forms: dict[str, str] = {}
    for entry in _entries():
        for form in (entry["name"], *entry.get("aliases", ())):
            forms.setdefault(form, entry["name"])
    return forms


@cache
def _pattern() -> re.Pattern[str] | None:
    longest_first = sorted(_aliases(), key=lambda f: (-len(f), f))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)") if longest_first else None


@cache
def _agencies() -> frozenset[str]:
    return frozenset(_folded(entry["name"]) for entry in lexicon.load("agencies")["agency"])


@cache
def _families() -> dict[str, str]:
    families = {_folded(entry["name"]): entry["owner"] for entry in _entries() if entry.get("owner")}
    parents: dict[str, str] = {}
    for entry in lexicon.load("owners")["family"]:
        parents.update(dict.fromkeys(entry.get("owners", ()), entry["name"]))
        families.update({canonical(outlet): entry["name"] for outlet in entry.get("outlets", ())})
    return {outlet: parents.get(owner, owner) for outlet, owner in families.items()}


def _folded(printed: str) -> str:
    return " ".join(w for w in (_POSSESSIVE.sub("", w) for w in _WORD.findall(printed.casefold())) if w != "the")
