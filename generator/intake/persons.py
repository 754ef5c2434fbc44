"""Persons: the names in a byline field, without desks, agencies, titles and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from generator import lexicon
from generator.text import one_line

_SPLIT = re.compile(
    r"(?:(?<!\s)\s+)?(?:;|\||\n|•|·|\s/\s|&|\band\b|\bund\b|\bet\b|\bwith\b|\bmit\b|\s[yeio]\s|\s[–—-]\s|、|,)\s*",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"(?i)^\W*(?:(?:article|story|text|words|news|report|posted|written|published|reviewed|analysis|opinion)\s+)?by\b[\s:]*|^(?:von|par|por|di|door|av|af|oleh|autor|autorin|author|authors|penulis|автор|texto|text|redaktion)\b[\s:]+"
)
_JUNK = re.compile(r"[\d@<>{}=\\?!]|https?:|www\.|\.(?:com|org|net|de|co)\b")
_SUFFIX = re.compile(r"(?i)^(?:jr|sr|ii|iii|iv|phd|ph\.d|md|m\.d|mba|esq|rn|rd|rdn|ms|mph|ma|jd|cpa|do|dds|dr)\.?$")
_DEGREES = re.compile(r"(?:,?(?<!\s)\s+(?:MS|MD|PhD|Ph\.D\.?|MPH|RD|RDN|RN|MBA|MA|JD|CPA|LD|Esq\.?)){1,8}$")
_DESK = re.compile(
    r"(?i)\b(?:staff|desk|team|news|press|redaktion|redaction|rédaction|redacción|redazione|redacción|redação|redacao|redactie|redakcja|redakce|redaksi|editorial|editors?|newsroom|bureau|agency|agenc\w+|"
    r"reporters?|correspondents?|writers?|contributors?|columnist|service|services|online|web|digital|media|tv|radio|magazine|times|post|today|daily|network|inc|ltd|llc|gmbh|board|admin|administrator|guest|reuters|"
    r"associated|afp|dpa|afpbb|bloomberg|wire|wires|report|follow|subscribe|updated|published|source|author|profile|board|office|department|university|company|group|editor|verlag|zeitung|nachrichten|producer|anchor|meteorologist|journalist|photographer|foto|photo|contributing|senior|chief|freelance|department|and|for|the|of|in|at|from|about|more|read|posted|by|unknown|anonymous|null|none|undefined)\b"
)


@cache
def _not_persons() -> frozenset[str]:
    names: set[str] = set()
    for file, key in (("outlets", "outlet"), ("agencies", "agency")):
        for entry in lexicon.load(file)[key]:
            names.update(_key(n) for n in (entry["name"], *entry.get("aliases", ()), *entry.get("signoff", ())))
    names.update(_key(n) for n in lexicon.load("credits")["byline"]["nobody"])
    return frozenset(names)


@cache
def _papers() -> frozenset[str]:
    """Words that papers are called by and hardly a person is."""
    words = frozenset(lexicon.load("credits")["outlet"]["words"]) | {"telegram"}
    return words - {"sun", "star", "globe", "mail", "express", "echo"}


def _key(name: str) -> str:
    return re.sub(r"^the\s+", "", name.casefold().strip())


def person_names(values: Iterable[str]) -> tuple[str, ...]:
    """The persons named in byline fields, in order, each once."""
    found: dict[str, str] = {}
    for value in values:
        for name in _persons(value):
            found.setdefault(re.sub(r"\W+", "", name.casefold()), name)
    return tuple(found.values())


def _persons(value: str) -> Iterator[str]:
    value = re.sub(r"\([^()]{0,80}\)", " ", value)
    for part in _SPLIT.split(_PREFIX.sub("", value)):
        name = one_line(_DEGREES.sub("", _PREFIX.sub("", part).strip(" .,:;-–—|*")))
        name = name if is_person(name) else _job().sub("", name)
        if is_person(name):
            yield titled(name)


@cache
def _job() -> re.Pattern[str]:
    """A job title behind a name."""
    titles = sorted(lexicon.load("credits")["byline"]["titles"], key=lambda t: (-len(t), t))
    return re.compile(rf"\s(?:{'|'.join(map(re.escape, titles))})$", re.IGNORECASE)


def agency_names(values: Iterable[str]) -> tuple[str, ...]:
    """The agencies named in byline fields, under the names that the lexicon gives them, each once."""
    known = _agencies()
    parts = (p for value in values for p in (value, *_SPLIT.split(_PREFIX.sub("", value))))
    return tuple(dict.fromkeys(known[k] for p in parts if (k := _key(one_line(p))) in known))


@cache
def _agencies() -> dict[str, str]:
    found: dict[str, str] = {}
    for a in lexicon.load("agencies")["agency"]:
        for form in (a["name"], *a.get("aliases", ()), *a.get("signoff", ())):
            found.setdefault(_key(form), a["name"])
    return found


def is_person(name: str) -> bool:
    """Whether ``name`` looks like one person's name: two to five words with capitals (or a short run of a script
    without them), no desk, outlet, agency or address.
    """
    if not 3 <= len(name) <= 60 or _JUNK.search(name) or _SUFFIX.match(name) or _key(name) in _not_persons():
        return False
    parts = name.split()
    if not name.isascii() and not re.search(r"[A-Za-zÀ-ɏͰ-ӿ]", name):
        return len(name) <= 24
    if not 2 <= len(parts) <= 5 or _DESK.search(name) or parts[-1].casefold() in _papers():
        return False
    return sum(p[:1].isupper() for p in parts) >= 2 or name.islower()


_NOBODY = re.compile(
    r"(?i)\b(?:staff|admin|administrator|author|guest|desk|redaktion|editor|team|user|null|undefined)\b|[\d@<>{}=]|https?:"
)


def is_organisation(name: str) -> bool:
    """Whether ``name`` can stand for an organisation that signs as author: no agency, no "Staff", no address."""
    key = _key(name)
    nobody = {_key(n) for n in lexicon.load("credits")["byline"]["nobody"]}
    if not 3 <= len(name) <= 40 or key in _agencies() or key in nobody or _NOBODY.search(name):
        return False
    return not re.search(r"\.[a-z]{2,4}$", name) and not (name.isascii() and name.islower() and " " not in name)


_PARTICLES = frozenset("de van der den von zu la le di da del dos el al bin ibn y e".split())


def titled(name: str) -> str:
    """``name`` with capitals where it is printed all in one case."""
    if not (name.isupper() or name.islower()):
        return name
    return " ".join(
        p if p.lower() in _PARTICLES and n else "-".join(q.capitalize() for q in p.split("-"))
        for n, p in enumerate(name.lower().split())
    )
