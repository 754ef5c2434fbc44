"""Which outlet or agency a printed name means, and to which family of owners it belongs.

"Russia's Interfax news agency", "Interfax" and "INTERFAX" are one; what no lexicon knows is known by its own words.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from generator import lexicon

# What is said of a name and is no part of it: "the Japanese broadcaster", "news agency", "Tokyo-based".
_KINDS = re.compile(
    r"\b(?:the|news ?agency|newswire|news ?wire|wire service|press agency|agency|broadcaster|news channel|channel|"
    r"network|newspaper|daily|weekly|magazine|tabloid|website|news site|news outlet|outlet|news portal|portal|station|"
    r"television|media group|state[- ]run|state[- ]owned|state[- ]controlled|state|private|public|independent|local|regional|"
    r"national|official|financial|\w+-based|\w+-language|\w+[’']s?)(?=\s|$)"
)
_WORD = re.compile(r"[^\W_]+(?:[-.&+][^\W_]+)*")


@cache
def _known() -> dict[str, str]:
    """Folded printed form -> name, agencies first."""
    forms: dict[str, str] = {}
    for entry in (*lexicon.load("agencies")["agency"], *lexicon.load("outlets")["outlet"]):
        for form in (entry["name"], *entry.get("aliases", ()), *entry.get("signoff", ()), *entry.get("dateline", ())):
            forms.setdefault(_folded(form), entry["name"])
    return forms


@cache
def _agencies() -> frozenset[str]:
    return frozenset(entry["name"] for entry in lexicon.load("agencies")["agency"])


@lru_cache(maxsize=10_000)
def canonical(printed: str) -> str:
    """The name under which ``printed`` is known, else its own words without what is only said of it."""
    known = _known().get(_folded(printed))
    if known:
        return known
    named = named_in(printed)
    if len(named) == 1:
        return next(iter(named))
    own = " ".join(_WORD.findall(_KINDS.sub(" ", printed.casefold())))
    return _known().get(own) or own or _folded(printed)


def is_agency(printed: str | None) -> bool:
    """Whether a name is that of a news agency."""
    return printed is not None and canonical(printed) in _agencies()


def named_in(text: str) -> frozenset[str]:
    """The outlets and agencies that ``text`` names, letter for letter as whole words."""
    return frozenset(_forms()[m.group()] for m in _pattern().finditer(text))


@cache
def _forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for entry in (*lexicon.load("agencies")["agency"], *lexicon.load("outlets")["outlet"]):
        for form in (entry["name"], *entry.get("aliases", ())):
            forms.setdefault(form, entry["name"])
    return forms


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_forms(), key=lambda f: (-len(f), f))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


def family(outlet: str) -> str | None:
    """The owner that ``outlet`` shares with others, ``None`` where no lexicon says."""
    return _families().get(canonical(outlet))


@cache
def _families() -> dict[str, str]:
    families = {
        entry["name"]: entry["owner"]
        for kind, name in (("agency", "agencies"), ("outlet", "outlets"))
        for entry in lexicon.load(name)[kind]
        if entry.get("owner")
    }
    parents: dict[str, str] = {}
    for entry in lexicon.load("owners")["family"]:
        parents.update(dict.fromkeys(entry.get("owners", ()), entry["name"]))
        families.update({canonical(outlet): entry["name"] for outlet in entry.get("outlets", ())})
    return {outlet: parents.get(owner, owner) for outlet, owner in families.items()}


def _folded(printed: str) -> str:
    words = [w for w in _WORD.findall(printed.casefold()) if w != "the"]
    return " ".join(words)
