"""The search index: which words stand on which page, and the paragraphs of the articles to lead into.

It is a script that hands its data to the page, because a page opened from file:// may load a script and nothing else.
Words are folded (case, accents, apostrophes; a hyphen parts words): "Kim Jong-un" and "Kim Jong Un" are the same.
"""

from __future__ import annotations

import json
import re
import unicodedata
from html import unescape
from typing import Any

from generator.site.views.article import ArticleView
from generator.site.views.base import Head
from generator.site.weaving import Run

FILE = "search-index.js"
_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_ARTICLE = re.compile(r"<article\b[^>]*>(.*?)</article>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+")
_KINDS = ("articles", "claims", "sources", "compare", "outlets")
_LEFT_OUT = ("search.html", "404.html", "index.html")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Index:
    """Collects pages as they are written."""

    def __init__(self) -> None:
        self._pages: list[tuple[str, str, str, frozenset[str]]] = []
        self._paragraphs: list[tuple[str, str, str]] = []

    def add(self, path: str, html: str, head: Head, view: object = None) -> None:
        """Take in a page: the words of its main text, and an article's paragraphs."""
        if path in _LEFT_OUT:
            return
        main = _ARTICLE.search(html) or _MAIN.search(html)
        text = unescape(_TAG.sub(" ", main.group(1))) if main else ""
        self._pages.append((path, head.title, kind_of(path), frozenset(folded(text))))
        if isinstance(view, ArticleView):
            for _, group in view.groups:
                for p in group:
                    words = "".join(i.text for s in p.sentences for i in s.items if isinstance(i, Run))
                    self._paragraphs.append((path, p.id, words))

    def script(self) -> str:
        """The index as a script: the words in order of the alphabet and, for each, the pages that have it.

        The pages of a word are the steps from one page's number to the next, in base 36, parted by spaces; the words
        by commas. Nothing needs to be unpacked but the few words that are asked for.
        """
        pages = sorted(self._pages)
        place = {page[0]: n for n, page in enumerate(pages)}
        on: dict[str, list[int]] = {}
        for n, page in enumerate(pages):
            for word in page[3]:
                on.setdefault(word, []).append(n)
        vocabulary = sorted(on)
        data: dict[str, Any] = {
            "words": " ".join(vocabulary),
            "on": ",".join(_steps(on[word]) for word in vocabulary),
            "pages": [page[:3] for page in pages],
            "paragraphs": [[place[path], mark, text] for path, mark, text in sorted(self._paragraphs)],
        }
        return f"window.crossreportIndex={json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"


def _steps(numbers: list[int]) -> str:
    return " ".join(_base36(b - a) for a, b in zip([-1, *numbers], numbers, strict=False))


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits or "0"


def kind_of(path: str) -> str:
    """What a page is, in one word, by its address."""
    folder = path.split("/")[-2] if "/" in path else ""
    if folder in _KINDS:
        return folder.removesuffix("s")
    return "story" if path.startswith("stories/") else "page"


def folded(text: str) -> list[str]:
    """The words of ``text`` as they are looked up."""
    text = unicodedata.normalize("NFKD", text).casefold()
    return _WORD.findall("".join(c for c in text if not unicodedata.combining(c) and c not in "'\u2019"))
