"""The search index: which words stand on which page, and the paragraphs of the articles to lead into.

It is scripts that hand their data to the page, because a page opened from file:// may load a script and nothing else.
Words are folded (case, accents, apostrophes; a hyphen parts words): "Kim Jong-un" and "Kim Jong Un" are the same.
A small collection has one script. Past :data:`SMALL` articles the words lie in shards by their first letters and the
pages in chunks, so that a search loads what it needs and nothing else.
"""

from __future__ import annotations

import json
import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import chain
from typing import Any

from generator.site import addresses
from generator.site.assets import hashed
from generator.site.legal import legal
from generator.site.views.article import ArticleView
from generator.site.views.base import Head
from generator.site.weaving import Run

SMALL = 150  # articles
CHUNK = 100  # pages
_WORD = re.compile(r"\w+")
# In the order in which hits are listed.
_KINDS = ("article", "claim", "source", "outlet", "compare", "story", "page")
_FOLDERS = {"articles": "article", "claims": "claim", "sources": "source", "outlets": "outlet", "compare": "compare"}
_LEFT_OUT = ("search.html", "404.html")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

# A page: its place in the list of hits, address, title, and (id, text) of an article's paragraphs.
_Page = tuple[int, str, str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the index holds of a page; ``words`` are parted by spaces."""

    page: _Page
    words: str


class Index:
    """Collects pages as they are written."""

    def __init__(self, small: int = SMALL) -> None:
        self._small = small
        self._pages: list[_Page] = []
        self._words: dict[str, array[int]] = {}  # the numbers of its pages, as they came

    def entry(self, path: str, html: str, head: Head, view: object = None) -> Indexed | None:
        """A page as it can be taken in: the words of its main text, and an article's paragraphs."""
        if path in _LEFT_OUT or addresses.is_home(path):
            return None
        words = " ".join(sorted(words_of(html)))
        return Indexed((_KINDS.index(kind_of(path)), path, head.title, _paragraphs(view)), words)

    def add(self, path: str, html: str, head: Head, view: object = None) -> None:
        """Take in a page."""
        if indexed := self.entry(path, html, head, view):
            self.take(indexed)

    def take(self, indexed: Indexed) -> None:
        """Take in a page, perhaps as an earlier build has written it."""
        number = len(self._pages)
        self._pages.append(indexed.page)
        for word in indexed.words.split():
            on = self._words.get(word)
            if on is None:
                self._words[word] = array("I", (number,))
            else:
                on.append(number)

    def files(self) -> tuple[tuple[str, bytes], ...]:
        """The scripts with their addresses, the one that a page names first. A page knows where the others lie from it.

        The pages of a word are the steps from one page's number to the next, in base 36, parted by spaces; the words
        by commas. Nothing needs to be unpacked but the few words that are asked for.
        """
        order = sorted(range(len(self._pages)), key=self._pages.__getitem__)
        pages = [self._pages[number] for number in order]
        on = _postings(self._words, order)
        sharded = sum(1 for page in pages if page[0] == 0) > self._small
        shards = {
            key: _call("shard", " ".join(group), ",".join(on[w] for w in group)) for key, group in _shards(on, sharded)
        }
        size = CHUNK if sharded else max(len(pages), 1)
        chunks = [
            _call(
                "chunk",
                at,
                [(path, title, _KINDS[kind], *([told] if told else [])) for kind, path, title, told in part],
            )
            for at in range(0, len(pages), size)
            if (part := pages[at : at + size])
        ]
        if not sharded:
            head = _call("index", {"sharded": False, "shards": {}, "chunks": [""], "size": size})
            return (_named("index", head + "".join(shards.values()) + "".join(chunks)),)
        files = {key: _named(f"words-{n}", text) for n, (key, text) in enumerate(shards.items())}
        parts = [_named(f"pages-{n}", text) for n, text in enumerate(chunks)]
        table = {
            "sharded": True,
            "shards": {k: f[0] for k, f in files.items()},
            "chunks": [p[0] for p in parts],
            "size": size,
        }
        return (_named("index", _call("index", table)), *files.values(), *parts)


def _paragraphs(view: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(view, ArticleView):
        return ()
    every = (p for _, group in view.groups for p in group)
    return tuple((p.id, "".join(i.text for s in p.sentences for i in s.items if isinstance(i, Run))) for p in every)


def words_of(html: str) -> frozenset[str]:
    """The words of a page's article, else of its main part."""
    shown = _between(html, "<article", "</article>") or _between(html, "<main", "</main>")
    text = " ".join([piece.rpartition(">")[2] for piece in shown.split("<")])  # neither sign stands in text
    return frozenset(chain.from_iterable(map(_in_a_piece, set(text.split()))))


def _between(html: str, opening: str, closing: str) -> str:
    start = html.find(opening)
    return html[html.find(">", start) + 1 : html.find(closing, start)] if start >= 0 else ""


@lru_cache(maxsize=1 << 16)
def _in_a_piece(piece: str) -> tuple[str, ...]:
    """The words in what stands between two spaces; most pieces come again on another page."""
    bare = piece.strip(".,:;!?()")
    if bare.isascii() and bare.isalnum():
        return (bare.lower(),)
    return tuple(folded(unescape(piece)))


def _shards(words: dict[str, str], sharded: bool) -> Iterator[tuple[str, list[str]]]:
    """The words by their first two letters; all in one where there are few."""
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[:2] if sharded else "", []).append(word)
    yield from groups.items()


def _call(name: str, *values: Any) -> str:
    """A script that hands ``values`` to the page's search."""
    told = ",".join(json.dumps(v, ensure_ascii=False, separators=(",", ":")) for v in values)
    return f"crossreport.{name}({told});\n"


def _named(name: str, script: str) -> tuple[str, bytes]:
    data = legal(script).encode()
    return hashed(f"search-{name}.js", data), data


def _postings(words: dict[str, array[int]], order: list[int]) -> dict[str, str]:
    """Each word's pages as steps; ``order`` has the pages' numbers in the order in which they are listed."""
    place = sorted(range(len(order)), key=order.__getitem__)
    told = [_base36(step) for step in range(len(order) + 1)]
    found = {}
    for word in sorted(words):
        places = sorted([place[number] for number in words[word]])
        found[word] = " ".join([told[b - a] for a, b in zip([-1, *places], places, strict=False)])
    return found


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits or "0"


def kind_of(path: str) -> str:
    """What a page is, in one word, by its address."""
    folder = path.split("/")[-2] if "/" in path else ""
    return _FOLDERS.get(folder) or ("story" if path.startswith("stories/") else "page")


def folded(text: str) -> list[str]:
    """The words of ``text`` as they are looked up."""
    text = unicodedata.normalize("NFKD", text).casefold()
    for sign in set(text):
        if unicodedata.combining(sign) or sign in "'\u2019":
            text = text.replace(sign, "")
    return _WORD.findall(text)
