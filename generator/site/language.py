"""The language and direction under which a stretch of text is shown, so that it is spoken, hyphenated and set right."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

# The language that stands for a script where a text says nothing of its own, or something that can't be (an English
# page with a Russian headline): the most widely written one.
_BY_SCRIPT = {
    "CYRILLIC": "ru", "ARABIC": "ar", "HEBREW": "he", "HANGUL": "ko", "CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja",
    "GREEK": "el", "DEVANAGARI": "hi", "THAI": "th", "GEORGIAN": "ka", "ARMENIAN": "hy", "BENGALI": "bn", "TAMIL": "ta",
    "ETHIOPIC": "am",
}  # fmt: skip
_SCRIPT_OF = {
    **dict.fromkeys(("ru", "uk", "bg", "sr", "be", "mk", "kk", "mn", "ky", "tg"), "CYRILLIC"),
    **dict.fromkeys(("ar", "fa", "ur", "ps"), "ARABIC"),
    **dict.fromkeys(("he", "yi"), "HEBREW"),
    **dict.fromkeys(("hi", "mr", "ne"), "DEVANAGARI"),
    "zh": "CJK", "ja": "CJK", "ko": "HANGUL", "el": "GREEK", "th": "THAI", "ka": "GEORGIAN", "hy": "ARMENIAN",
    "bn": "BENGALI", "ta": "TAMIL", "am": "ETHIOPIC",
}  # fmt: skip
# Letters outside are not Latin: inside are Basic Latin to Extended-B, Extended Additional, punctuation and currency.
_NOT_LATIN = re.compile("[^\x00-\u024f\u1e00-\u1eff\u2000-\u2070\u20a0-\u20cf]")
_EAST_ASIAN = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL"}
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "ps", "he", "yi"})


class Said(Struct, frozen=True, gc=False):
    """Text that was printed somewhere; ``lang`` is ``None`` where it is the site's own language. ``ours``: we say it,
    in the place of printed words that may not be shown. ``lead``: what stood before in the sentence, for words that
    need it to be understood, which then are ``after``.
    """

    text: str
    lang: str | None = None
    dir: str | None = None
    ours: bool = False
    lead: str = ""
    after: str = ""

    def __str__(self) -> str:
        return self.text


def said(text: str, language: str | None, site_language: str) -> Said:
    """``text`` under the language it is in: the article's, unless the letters can't be of it."""
    lang, short, own, same = _of(language, site_language)
    if own != "LATIN" or (not text.isascii() and _NOT_LATIN.search(text)):
        script = main_script(text)
        if script and script != own and not {script, own} <= _EAST_ASIAN:
            lang = short = _BY_SCRIPT.get(script, site_language)
            same = short == site_language.split("-")[0]
    if same:
        return Said(text)
    return Said(text, lang, "rtl" if short in _RIGHT_TO_LEFT else None)


@lru_cache(maxsize=1 << 10)
def _of(language: str | None, site_language: str) -> tuple[str, str, str, bool]:
    """A language, without its region, its script, and whether it is the site's."""
    lang = (language or site_language).lower()
    short = lang.split("-")[0]
    return lang, short, _SCRIPT_OF.get(short, "LATIN"), short == site_language.split("-")[0]


def main_script(text: str) -> str | None:
    """The script of more than 60 % of the letters, where that is at least four; "LATIN", "CYRILLIC", ..."""
    counts: dict[str, int] = {}
    for letter in text:
        if letter.isalpha():
            script = _script(letter)
            counts[script] = counts.get(script, 0) + 1
    if not counts:
        return None
    script = max(sorted(counts), key=counts.__getitem__)
    most = counts[script]
    return script if script and most >= 4 and most / sum(counts.values()) > 0.6 else None


@lru_cache(maxsize=1 << 14)
def _script(letter: str) -> str:
    name = unicodedata.name(letter, "").partition(" ")[0]
    return name if name in _BY_SCRIPT or name == "LATIN" else ""
