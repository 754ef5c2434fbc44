"""Numbers in running text -> quantities in base units, with spans.

A unit is a measure ("km", "month", "USD", "%") or the counted noun as printed, singular. "One" counts only with a
measure. What belongs to a date or a clock time is not a quantity; the caller says where those are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from generator.lexicon import load
from generator.model import Quantity, Span
from generator.summarizer.normalise import fold

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?![\d.])|\d+(?:\.\d+)?"
_GAP = r"[\s\u00a0\u202f]"


def find(text: str, taken: Sequence[Span] = (), start: int = 0) -> tuple[Quantity, ...]:
    """The quantities in ``text`` that don't touch ``taken``; ``start`` is added to all offsets (and to ``taken``'s)."""
    found = []
    for match in _pattern().finditer(text):
        span = Span(start + match.start("sign" if match["sign"] else "number"), start + match.end())
        if any(span.overlaps(t) for t in taken) or _is_part(text, match):
            continue
        quantity = _read(text, match)
        if quantity is not None and not _is_pointing(text, match, quantity):
            found.append(replace(quantity, span=span))
    known = [*taken, *(q.span for q in found)]
    found.extend(q for q in _shares(text, start) if not any(q.span.overlaps(k) for k in known))
    return tuple(sorted(found, key=lambda q: q.span))


_TIMES = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}


def _shares(text: str, start: int) -> Iterator[Quantity]:
    """Parts of a whole as per cent: "almost a third", "two thirds of"."""
    for match in _share_pattern().finditer(text):
        part = load("units")["fractions"][match["part"].lower()]
        span = Span(start + match.start("share"), start + match.end())
        bound = _bound(match["bound"]) if match["bound"] else "~"
        yield Quantity(span, _rounded(_TIMES[match["count"].lower()] * part), "%", bound)


def _is_part(text: str, match: re.Match[str]) -> bool:
    """A piece of something longer: a clock time, a score, a date, a name ("F-16", "COVID-19"), an ordinal."""
    before, after = text[max(0, match.start("number") - 2) : match.start("number")], text[match.end() : match.end() + 3]
    if re.search(r"[\w][-–‑/:.]$|[:/#]$", before) or re.match(r"[:/]\d|st\b|nd\b|rd\b|th\b", after):
        return True
    number = match.group("number")
    plain_year = re.fullmatch(r"(?:1[5-9]|20)\d\d", number) and not match.group("unit") and not match.group("sign")
    return bool(plain_year) or bool(re.match(r"\s?(?:[ap]\.?m\b|GMT|o'clock)", text[match.end("number") :][:8]))


def _is_pointing(text: str, match: re.Match[str], quantity: Quantity) -> bool:
    """As in "the two countries", "these three": who was named before, no figure; nor are the "two" of "two thirds"."""
    before = text[max(0, match.start() - 8) : match.start()].lower().split()
    small = quantity.value <= 10 and quantity.unit not in measures()
    if quantity.unit in load("units")["fractions"]:
        return True
    return small and bool(before) and before[-1] in ("the", "these", "those", "both", "our", "their", "its", "all")


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    group = match.groupdict()
    value, high = _value(group["number"]), None
    if value is None:
        return None
    scale = _scale(group["times"])
    if group["high"]:
        top = _value(group["high"])
        high = None if top is None else top * scale
    value *= scale if not group["high"] or scale >= 1 else 1
    bound = _bound(group["bound"])
    unit, factor = _unit(group)
    if unit is None:
        if group["number"].lower() in ("one", "zero"):
            return None
        unit = _counted(text, match.end())
    if group["vague"]:
        most = load("units")["vague"][" ".join(group["vague"].lower().split())][1] * scale
        bound, high = "~", most if most > value else None
    return Quantity(
        Span(0, 0), _rounded(value * factor), unit, bound, None if high is None else _rounded(high * factor)
    )


def _rounded(value: float) -> float:
    return float(f"{value:.9g}")


def _value(words: str) -> float | None:
    """The number that "twenty-five", "1,500" or "four hundred" says; a vague word as the least it means."""
    bare = words.lower().replace("\u00a0", " ")
    if bare[0].isdigit():
        return float(re.sub(r"[,\s]", "", bare))
    vague = load("units")["vague"].get(bare)
    if vague:
        return float(vague[0])
    total = part = 0.0
    for word in re.split(r"[\s\-]+(?:and\s+)?", bare):
        if word in _numbers():
            part += _numbers()[word]
        elif word in _multipliers():
            part = max(part, 1) * _multipliers()[word]
            if _multipliers()[word] >= 1000:
                total, part = total + part, 0.0
    return total + part


def _scale(times: str | None) -> float:
    return float(_multipliers().get(times.lower(), 1)) if times else 1.0


def _bound(words: str | None) -> str:
    if not words:
        return "="
    bare = " ".join(words.lower().split())
    return next((sign for sign, forms in load("units")["bounds"].items() if bare in forms), "=")


def _unit(group: dict[str, str | None]) -> tuple[str | None, float]:
    if group["sign"]:
        return _measures()[group["sign"].lower()]
    if group["unit"]:
        return _measures()[" ".join(group["unit"].lower().split())]
    return None, 1.0


def _counted(text: str, at: int) -> str | None:
    """The noun that is counted: the first words after the number, fillers passed over."""
    for match in re.finditer(r"[^\W\d_][\w'’-]*|[^\w\s'’-]", text[at : at + 60]):
        word = fold(match.group())
        if not word[:1].isalpha() or word in load("units")["counted"]["end"]:
            return None
        if word not in load("units")["counted"]["passed"]:
            return singular(word)
    return None


def singular(noun: str) -> str:
    """A rough singular: enough to compare two printed nouns."""
    if noun == "people":
        return "person"
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") and len(noun) > 3 else noun


@cache
def _pattern() -> re.Pattern[str]:
    lexicon = load("units")
    small = _either(lexicon["numbers"])
    times = _either(w for w in lexicon["multipliers"] if len(w) > 3)
    spelled = rf"(?:(?:{small})(?:-(?:{small}))?(?:{_GAP}(?:{times}))*|(?:a{_GAP}|one{_GAP})(?:{times}))(?!\w)"
    number = rf"(?:{_DIGITS}|{spelled})"
    vague = _either(lexicon["vague"])
    bounds = _either(w for words in lexicon["bounds"].values() for w in words)
    signs = "|".join(re.escape(s) for s in ("US$", "$", "€", "£", "¥", "₹", "₩"))
    units = _either(u for u in _measures() if u[:1] not in "$€£¥₹₩%" and u != "us$")
    return re.compile(
        rf"(?<![\w.,])(?:(?P<bound>{bounds}){_GAP})?(?P<sign>{signs})?(?P<number>(?P<vague>{vague})|{number})"
        rf"(?:{_GAP}?(?:-|–|to{_GAP}|and{_GAP}){_GAP}?(?:{signs})?(?P<high>{_DIGITS})(?=\b))?"
        rf"(?:[\s\-]?(?P<times>{_either(lexicon['multipliers'])})(?![\w]))?"
        rf"(?:[\s\u00a0\-]?(?P<unit>%|(?:{units})(?!\w)))?(?![\w]*\d)",
        re.IGNORECASE,
    )


@cache
def _share_pattern() -> re.Pattern[str]:
    bounds = _either(w for words in load("units")["bounds"].values() for w in words)
    parts = _either(load("units")["fractions"])
    return re.compile(
        rf"\b(?:(?P<bound>{bounds}){_GAP})?(?P<share>(?P<count>a|one|two|three|four)[\s-](?P<part>{parts}))"
        r"(?=\s+(?:of|more|less|above|below|higher|lower|from|to|the|its|their)\b|[,.;:)”\"]|$)",
        re.IGNORECASE,
    )


def _either(words: Any) -> str:
    """An alternation, longest first, spaces of any kind."""
    ordered: Iterator[str] = iter(sorted(set(words), key=lambda w: (-len(w), w)))
    return "|".join(re.escape(w).replace(r"\ ", rf"{_GAP}+") for w in ordered)


@cache
def _measures() -> dict[str, tuple[str | None, float]]:
    """Per printed unit its base unit and the factor to it."""
    lexicon = load("units")
    found: dict[str, tuple[str | None, float]] = {}
    for base, forms in lexicon["units"].items():
        found.update({form: (base, float(factor)) for form, factor in forms})
    for code, forms in lexicon["money"].items():
        found.update({form: (code.upper(), 1.0) for form in forms if form != "pound"})
    return found


@cache
def measures() -> frozenset[str | None]:
    """The base units; every other unit is a counted noun."""
    return frozenset(base for base, _ in _measures().values())


@cache
def _numbers() -> dict[str, int]:
    return dict(load("units")["numbers"])


@cache
def _multipliers() -> dict[str, int]:
    return dict(load("units")["multipliers"])
