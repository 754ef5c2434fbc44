"""A paragraph cut into runs: emphasis and links from its markup, sentences, claim marks and shared words laid over it.

What comes out is plain data; joined, the texts of the runs are the paragraph's text, letter for letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from generator.commonmark import render_inline
from generator.model import Paragraph, Role, Span

_LINKS = ("http://", "https://", "mailto:")


class Run(Struct, frozen=True, gc=False):
    """Words set alike. ``shared``: they stand in another article too; ``marked``: they are what differs."""

    text: str
    emphasis: bool = False
    strong: bool = False
    href: str | None = None
    shared: bool = False
    marked: bool = False


class Ref(Struct, frozen=True, gc=False):
    """The mark of a claim, put where its mention ends. ``href`` is relative to the site's root, or "#..."."""

    number: int
    href: str
    label: str


class Sentence(Struct, frozen=True, gc=False):
    """``id`` is its address on the page; ``None`` for what stands between sentences."""

    id: str | None
    items: tuple[Run | Ref, ...]


def runs(paragraph: Paragraph) -> tuple[Run, ...]:
    """The paragraph by its own markup; one plain run where it has none, or where markup and text don't agree."""
    if paragraph.markup is None or paragraph.role is Role.TABLE:
        return (Run(paragraph.text),)
    parser = _Runs()
    parser.feed(render_inline(paragraph.markup))
    parser.close()
    return tuple(parser.found) if "".join(r.text for r in parser.found) == paragraph.text else (Run(paragraph.text),)


class _Runs(HTMLParser):
    """Reads the few inline elements that Markdown makes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Run] = []
        self._open: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "img":
            self.handle_data(values.get("alt") or "")
        elif tag == "br":
            self.handle_data(" ")
        else:
            href = values.get("href") or ""
            self._open.append((tag, href if href.lower().startswith(_LINKS) else None))

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if data:
            names = {name for name, _ in self._open}
            href = next((h for _, h in reversed(self._open) if h), None)
            self.found.append(Run(data, "em" in names, "strong" in names, href))


def weave(
    pieces: Sequence[Run],
    sentences: Iterable[tuple[Span, str]],
    refs: Iterable[tuple[int, Ref]] = (),
    shared: Iterable[Span] = (),
    marked: Iterable[Span] = (),
    start: int = 0,
) -> tuple[Sentence, ...]:
    """Lay sentences (span and address), refs (place and mark), shared and marked spans over ``pieces``.

    All places count from where the paragraph begins at ``start``. Sentences don't overlap and come in order.
    """
    marks = sorted(refs, key=lambda r: (r[0], r[1].number))
    common, changed = list(shared), list(marked)
    if not changed and len(pieces) == 1 and pieces[0] == Run(pieces[0].text):
        return tuple(_plain(pieces[0].text, start, sentences, marks, common))
    if start:
        sentences = [(span.shift(-start), address) for span, address in sentences]
        marks = [(at - start, ref) for at, ref in marks]
        common, changed = [s.shift(-start) for s in common], [s.shift(-start) for s in changed]
    return _woven(pieces, sentences, marks, common, changed)


def _woven(
    pieces: Sequence[Run],
    sentences: Iterable[tuple[Span, str]],
    marks: Sequence[tuple[int, Ref]],
    common: Sequence[Span],
    changed: Sequence[Span],
) -> tuple[Sentence, ...]:
    length = sum(len(p.text) for p in pieces)
    cuts = {0, length} | {at for at, _ in marks}
    cuts |= {edge for span in (*common, *changed) for edge in (span.start, span.end)}
    out: list[Sentence] = []
    for left, right, address in _gapless(sentences, 0, length):
        span = Span(left, right)
        runs_in = _cut(pieces, span, cuts)
        items: list[Run | Ref] = []
        at = span.start
        for run in runs_in:
            here = Span(at, at + len(run.text))
            at = here.end
            if common or changed:
                laid = any(here in s for s in common), any(here in s for s in changed)
                run = Run(run.text, run.emphasis, run.strong, run.href, *laid)
            items.append(run)
            items += [ref for place, ref in marks if place == at and here.start < place]
        out.append(Sentence(address, tuple(items)))
    return tuple(out)


def _plain(
    text: str,
    start: int,
    sentences: Iterable[tuple[Span, str]],
    marks: Sequence[tuple[int, Ref]],
    common: Sequence[Span],
) -> Iterable[Sentence]:
    """The same for words without any markup, as most are."""
    edges = sorted({at for at, _ in marks} | {edge for span in common for edge in (span.start, span.end)})
    for at, end, address in _gapless(sentences, start, start + len(text)):
        items: list[Run | Ref] = []
        for edge in (*(edge for edge in edges if at < edge < end), end) if edges else (end,):
            words = text[at - start : edge - start]
            shared = bool(common) and any(s.start <= at and edge <= s.end for s in common)
            items.append(Run(words, shared=True) if shared else Run(words))
            if marks:
                items += [ref for place, ref in marks if place == edge]
            at = edge
        yield Sentence(address, tuple(items))


def _gapless(sentences: Iterable[tuple[Span, str]], start: int, end: int) -> Iterable[tuple[int, int, str | None]]:
    """Each sentence's start, end and address as far as it lies within, and what stands between them."""
    at = start
    for span, address in sentences:
        first, last = max(span.start, at), min(span.end, end)
        if last <= first:
            continue
        if first > at:
            yield at, first, None
        yield first, last, address
        at = last
    if at < end:
        yield at, end, None


def _cut(pieces: Sequence[Run], span: Span, cuts: Iterable[int]) -> Iterable[Run]:
    inner = sorted(c for c in cuts if span.start < c < span.end)
    at = 0
    for piece in pieces:
        end = at + len(piece.text)
        edges = [max(at, span.start), *(c for c in inner if at < c < end), min(end, span.end)]
        for left, right in pairwise(edges):
            if left < right:
                yield Run(piece.text[left - at : right - at], piece.emphasis, piece.strong, piece.href)
        at = end


def cells(woven: Sequence[Sentence]) -> tuple[tuple[tuple[Sentence, ...], ...], ...]:
    """A woven table (a row a line, tabs between cells) by rows and cells; a sentence keeps its address in its first."""
    rows: list[list[list[Sentence]]] = [[[]]]
    for sentence in woven:
        address, items = sentence.id, list[Run | Ref]()
        for item in sentence.items:
            if isinstance(item, Ref):
                items.append(item)
                continue
            for piece in re.split(r"([\t\n])", item.text):
                if piece in ("\t", "\n"):
                    address, items = _ended(rows, address, items), []
                    rows[-1].append([]) if piece == "\t" else rows.append([[]])
                elif piece:
                    items.append(replace(item, text=piece))
        _ended(rows, address, items)
    return tuple(tuple(tuple(cell) for cell in row) for row in rows)


def _ended(rows: list[list[list[Sentence]]], address: str | None, items: Sequence[Run | Ref]) -> str | None:
    """Puts a piece of a sentence into the last cell; gives the address that is left for the next piece."""
    if items:
        rows[-1][-1].append(Sentence(address, tuple(items)))
    return None if items else address
