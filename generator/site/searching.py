"""The search index: which words stand on which page, and the paragraphs of the articles to lead into.

It is scripts that hand their data to the page, because a page opened from file:// may load a script and nothing else.
Words are folded (case, accents, apostrophes; a hyphen parts words): "Kim Jong-un" and "Kim Jong Un" are the same.
A small collection has one script. Past :data:`SMALL` articles the words lie in shards by their first letters and the
pages in chunks, so that a search loads what it needs and nothing else.

Pages are listed by kind, then by address. So those of one kind in one story follow each other whatever else there is:
they are bound once (:class:`Bundle`), and where a story stays as it was its bundles only move along.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from itertools import pairwise
from typing import Any

from msgspec import Struct, msgpack

from generator.site import addresses
from generator.site.assets import hashed
from generator.site.encoding import in_json, loosened, squeezed
from generator.site.legal import legal_bytes
from generator.site.views.article import ArticleView
from generator.site.views.base import Head
from generator.site.weaving import Run

SMALL = 150  # articles
CHUNK = 100  # pages
_PIECES = 1 << 16
_WORD = re.compile(r"\w+")
_TEXT = re.compile(rb">[^<]+")
# In the order in which hits are listed.
_KINDS = ("article", "claim", "source", "outlet", "compare", "story", "page")
_FOLDERS = {"articles": "article", "claims": "claim", "sources": "source", "outlets": "outlet", "compare": "compare"}
_LEFT_OUT = ("search.html", "404.html")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Bundle(Struct, frozen=True, gc=False):
    """Pages of one kind that follow each other; ``place`` is the address that tells where they stand among others.

    ``entries`` are the pages as JSON, a line a page, in UTF-8, squeezed; ``words`` are :class:`Words`, squeezed: all
    that a collection says waits here for its turn.
    """

    kind: int
    place: str
    size: int
    entries: bytes
    words: bytes


class Words(Struct, frozen=True, gc=False, array_like=True):
    """Of each of ``words`` (parted by spaces): the number in its bundle of the ``first`` and the ``last`` page that has
    it, and in ``steps`` (parted by commas) the way from the one to the other, a space before each step.
    """

    words: str
    first: tuple[int, ...]
    last: tuple[int, ...]
    steps: str


_ENCODER, _DECODER = msgpack.Encoder(), msgpack.Decoder(Words)


class Gathered:
    """Pages as they are written, until they are bound."""

    def __init__(self) -> None:
        self._pages: dict[int, list[_Gathered]] = {}

    def add(self, path: str, html: bytes, head: Head, view: object = None) -> None:
        """Take in a page: the words of its main text, and an article's paragraphs."""
        if path in _LEFT_OUT or addresses.is_home(path):
            return
        kind, told = _KINDS.index(kind_of(path)), _paragraphs(view)
        entry = in_json((path, head.title, _KINDS[kind], *([told] if told else [])))
        self._pages.setdefault(kind, []).append((path, entry, pieces_of(html)))

    def bound(self) -> tuple[Bundle, ...]:
        """What was gathered, bound; nothing is left."""
        bundles = tuple(_bundle(kind, sorted(pages, key=_path)) for kind, pages in sorted(self._pages.items()))
        self._pages.clear()
        return bundles


# A page's address, what is listed of it, and what stands between spaces in its text.
_Gathered = tuple[str, str, set[bytes]]


def _path(page: _Gathered) -> str:
    return page[0]


def _bundle(kind: int, pages: Sequence[_Gathered]) -> Bundle:
    on = _by_word(_by_piece(found for _, _, found in pages))
    words = sorted(on)
    first, last = [on[word][0] for word in words], [on[word][-1] for word in words]
    told = [f" {step}" for step in _steps(len(pages))]
    steps = ["".join([told[b - a] for a, b in pairwise(at)]) if len(at := on[word]) > 1 else "" for word in words]
    return Bundle(
        kind,
        pages[0][0],
        len(pages),
        squeezed("\n".join([entry for _, entry, _ in pages]).encode("utf-8", "surrogatepass")),
        squeezed(_ENCODER.encode(Words(" ".join(words), tuple(first), tuple(last), ",".join(steps)))),
    )


def _by_piece(pages: Iterable[set[bytes]]) -> dict[bytes, list[int]]:
    """The pages that each piece of text stands on, by number."""
    on: defaultdict[bytes, list[int]] = defaultdict(list)
    for number, found in enumerate(pages):
        for piece in found:
            on[piece].append(number)
    return on


def _by_word(on: dict[bytes, list[int]]) -> dict[str, list[int]]:
    """The same by word; each piece is taken apart once, on however many pages it stands."""
    if len(_in_pieces) > _PIECES:
        _in_pieces.clear()
    words: dict[str, list[int]] = {}
    several: dict[str, set[int]] = {}
    for piece, numbers in on.items():
        for word in _in_pieces[piece]:
            if word in several:
                several[word].update(numbers)
            elif word in words:
                several[word] = {*words[word], *numbers}
            else:
                words[word] = numbers
    words.update((word, sorted(numbers)) for word, numbers in several.items())
    return words


class Index:
    """Bundles of pages, put together."""

    def __init__(self, small: int = SMALL) -> None:
        self._small = small
        self._bundles: list[Bundle] = []

    def take(self, bundles: Sequence[Bundle]) -> None:
        """Take in pages, perhaps as an earlier build has bound them."""
        self._bundles += bundles

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The scripts with their addresses, one at a time, the one that a page names last. A page knows where the
        others lie from it.

        The pages of a word are the steps from one page's number to the next, in base 36, parted by spaces; the words
        by commas. Nothing needs to be unpacked but the few words that are asked for.
        """
        order = sorted(self._bundles, key=lambda b: (b.kind, b.place))
        sharded = sum(b.size for b in order if b.kind == 0) > self._small
        size = CHUNK if sharded else max(sum(b.size for b in order), 1)
        table: dict[str, Any] = {"sharded": sharded, "shards": {}, "chunks": [""], "size": size}
        shards = _shards(_postings(order), sharded)
        if not sharded:
            words = b"".join([_call("index", table), *(text for _, text in shards)])
            yield _named("index", words + b"".join(_chunks(order, size)))
            return
        for n, (key, text) in enumerate(shards):
            table["shards"][key], data = _named(f"words-{n}", text)
            yield table["shards"][key], data
        table["chunks"] = []
        for n, text in enumerate(_chunks(order, size)):
            name, data = _named(f"pages-{n}", text)
            table["chunks"].append(name)
            yield name, data
        yield _named("index", _call("index", table))


def _paragraphs(view: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(view, ArticleView):
        return ()
    every = (p for _, group in view.groups for p in group)
    return tuple((p.id, "".join(i.text for s in p.sentences for i in s.items if isinstance(i, Run))) for p in every)


def pieces_of(html: bytes) -> set[bytes]:
    """What stands between spaces in the text of a page's article, else of its main part."""
    shown = _between(html, b"<article", b"</article>") or _between(html, b"<main", b"</main>")
    return {*b"".join(_TEXT.findall(b">" + shown)).replace(b">", b" ").split()}  # neither sign stands in text


def _between(html: bytes, opening: bytes, closing: bytes) -> bytes:
    start = html.find(opening)
    return html[html.find(b">", start) + 1 : html.find(closing, start)] if start >= 0 else b""


class _Pieces(dict[bytes, tuple[str, ...]]):
    """The words in what stands between two spaces; most pieces come again on another page."""

    def __missing__(self, piece: bytes) -> tuple[str, ...]:
        self[piece] = words = tuple(map(sys.intern, folded(unescape(piece.decode()))))
        return words


_in_pieces = _Pieces()


def _shards(on: dict[str, bytearray], sharded: bool) -> Iterator[tuple[str, bytes]]:
    """The words by their first two letters, all in one where there are few: each time the letters and the script."""
    groups: dict[str, list[str]] = {}
    for word in sorted(on):
        groups.setdefault(word[:2] if sharded else "", []).append(word)
    for key, group in groups.items():
        yield key, _call("shard", " ".join(group), b",".join([on.pop(word) for word in group]).decode())


def _chunks(order: Sequence[Bundle], size: int) -> Iterator[bytes]:
    """The bundles' pages by ``size``, each time the script."""
    pages: list[bytes] = []
    at = 0
    for bundle in order:
        pages += loosened(bundle.entries).split(b"\n")
        while len(pages) >= size:
            yield b"crossreport.chunk(%d,[%b]);\n" % (at, b",".join(pages[:size]))
            del pages[:size]
            at += size
    if pages:
        yield b"crossreport.chunk(%d,[%b]);\n" % (at, b",".join(pages))


def _call(name: str, *values: Any) -> bytes:
    """A script that hands ``values`` to the page's search."""
    return f"crossreport.{name}({','.join(map(in_json, values))});\n".encode("utf-8", "surrogatepass")


def _named(name: str, script: bytes) -> tuple[str, bytes]:
    data = legal_bytes(script)
    return hashed(f"search-{name}.js", data), data


def _postings(bundles: Sequence[Bundle]) -> dict[str, bytearray]:
    """Each word's pages as steps; the bundles' pages are numbered through. A word's steps grow in their place: there
    are as many pieces of them as all bundles have words.
    """
    told: dict[str, bytearray] = {}
    ends: dict[str, int] = {}
    to = [b" %b" % step.encode() for step in _steps(sum(bundle.size for bundle in bundles))]
    start = 0
    for bundle in bundles:
        has = _DECODER.decode(loosened(bundle.words))
        every = zip(has.words.split(" "), has.first, has.last, has.steps.encode().split(b","), strict=True)
        for word, first, last, steps in every if has.words else ():
            at = told.get(word)
            if at is None:
                at = told[word] = bytearray(to[start + first + 1][1:])
            else:
                at += to[start + first - ends[word]]
            if steps:
                at += steps
            ends[word] = start + last
        start += bundle.size
    return told


def _steps(most: int) -> list[str]:
    return [_base36(step) for step in range(most + 1)]


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
