"""What the letters and marks of a unit tell: signs of its text alone, and the features that they stand for."""

from __future__ import annotations

import re
from bisect import bisect_right

_SENTENCE = re.compile(r"[.!?…。][\"”’»)]? [\"“‘«(]?[A-ZÀ-ÞА-Я0-9]")
_YEAR = re.compile(r"20(?<!\w20)\d\d(?!\w)")
_CLOCK = re.compile(r"[:.](?:(?<=\d.)(?<!\w\d.)|(?<=\d\d.)(?<!\w\d\d.))\d\d(?!\w)")
_MONEY = re.compile(r"[$€£¥]\s?\d")
_URL = re.compile(r"https?://|www\.|\.com\b")
_HANDLE, _TAG = re.compile(r"(?<!\w)@\w"), re.compile(r"#\w")
_COPYRIGHT, _BAR = re.compile(r"©|\([cC]\)"), re.compile(r"[|»›→·•]")
LONG = 15  # words
_124 = (1, 2, 4)
Step = int | str | bool | None | tuple[int, bool, bool]
Sign = tuple[Step, ...]


def shares(text: str, s: int) -> Sign:
    """Shares of the tokens in small letters, of short ones among these (mostly function words), capitalised, digits."""
    tokens = text.split()
    lower = short = capital = digits = 0
    for t in tokens:
        c = t[0]
        if c.islower():
            lower += 1
            if len(t) <= 4:
                short += 1
        elif c.isupper():
            capital += 1
        elif c.isdigit():
            digits += 1
    n = max(1, len(tokens))
    return (
        "letters",
        bisect_right(_LOWER, lower / n),
        bisect_right(_SHORT, short / n),
        bisect_right(_CAPITAL, capital / n),
        bisect_right(_DIGITS, digits / n),
        s,
    )


_LOWER, _SHORT = (0.05, 0.3, 0.5, 0.65, 0.8), (0.05, 0.15, 0.25, 0.35, 0.45)
_CAPITAL, _DIGITS = (0.1, 0.25, 0.5, 0.8), (0.05, 0.15, 0.4)


def name_shares(lower: int, short: int, capital: int, digits: int, s: int) -> list[str]:
    """The features of a sign that :func:`shares` made."""
    return [f"lower={lower}/{s}", f"short={short}/{s}", f"capital={capital}/{s}", f"digits={digits}/{s}"]


def marks(text: str, n: int) -> tuple[Step, ...]:
    """What the unit's characters show."""
    plain = text.isascii()
    return (
        bisect_right(_124, len(_SENTENCE.findall(text)) + (0 if plain else _unspaced_ends(text))),
        bisect_right(_124, text.count(",") if plain else text.count(",") + text.count("、")),
        _first(text[:1]),
        _last(text),
        (n >= 10) + (n >= 12) + (n >= LONG) + (n >= 20),
        '"' in text or (not plain and _QUOTE.search(text) is not None),
        n > 1 and text.isupper(),
        _signs_in(text, plain),
    )


def _unspaced_ends(text: str) -> int:
    """How many sentences end in a full stop that no space follows, as in Chinese and Japanese."""
    return text.count("。") - sum(m[0][0] == "。" for m in _SENTENCE.finditer(text))


def _signs_in(text: str, plain: bool) -> str:
    """The names of what addresses, lists and prices are written with; ``plain`` is whether the text is ASCII."""
    found = "url " if ("/" in text or ".c" in text or "w." in text) and _URL.search(text) else ""
    if "@" in text and _HANDLE.search(text):
        found += "at "
    if "#" in text and _TAG.search(text):
        found += "hash "
    if (not plain or "(" in text) and _COPYRIGHT.search(text):
        found += "copyright "
    if "|" in text or (not plain and _BAR.search(text)):
        found += "pipe "
    if "20" in text and _YEAR.search(text):
        found += "year "
    if (":" in text or "." in text[:-2]) and _CLOCK.search(text):
        found += "clock "
    if (not plain or "$" in text) and _MONEY.search(text):
        found += "money "
    return found


_QUOTE = re.compile("[“„«「]")


def name_marks(
    sentences: int, commas: int, first: str, last: str, long: int, quotes: bool, shout: bool, found: str
) -> list[str]:
    """``long`` is how many of 10, 12, 15 and 20 words there are."""
    out = [f"sentences={sentences}", f"commas={commas}/{long == 4}", f"first={first}", f"last={last}/{long >= 1}"]
    out += [f"sign={name}/{long >= 3}" for name in found.split()]
    return out + [f"quotes/{long >= 2}"] * quotes + ["shout"] * shout


def _first(c: str) -> str:
    if c.islower() or c.isupper():
        return "lower" if c.islower() else "upper"
    return "digit" if c.isdigit() else "quote" if c in "\"“‘'«„「" else "bracket" if c in "([" else "other"


def _last(text: str) -> str:
    if text.endswith(("...", "…", "[…]")):
        return "…"
    c = text[-1:]
    return c if c in '.?!:;,)"”»' else "digit" if c.isdigit() else "other"
