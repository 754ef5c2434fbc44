"""Law 6, on the finished pages: what is shown as printed stands in its article, with no cuts but marked ones."""

from __future__ import annotations

import csv
import io
import json
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from generator.model import Article
from generator.site import addresses
from generator.site.checking.findings import Finding
from generator.site.checking.links import resolved
from generator.site.checking.pages import Page, Quotation
from generator.site.legal import legal
from generator.text import squeeze

_CUT = re.compile(r"\[…\]|…")
_MARKS = "“”\"„«»‘’' "


class _Printed:
    """An article's words as they were printed, white space and invisible marks aside."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.page = addresses.article(article.story, article.id)
        self.story = addresses.story(article.story).removesuffix("index.html")

    @cached_property
    def texts(self) -> tuple[str, ...]:
        a = self.article
        before = (text for v in a.versions for text in (v.title, "\n\n".join(v.body)))
        parts = (a.title, a.text, *a.credits, *(r.text for r in a.removed), *before)
        return tuple(squeeze(legal(p)) for p in parts if p)

    def has(self, words: str) -> bool:
        """Whether it has ``words``, as they are or in pieces parted by marked cuts, in their order."""
        whole = squeeze(words)
        if any(whole in t for t in self.texts):
            return True
        bare = words.strip(_MARKS)
        pieces = [squeeze(p) for p in _CUT.split(bare)]
        pieces = [p for p in pieces if p]
        return any(_in_order(pieces, t) for t in self.texts)


def _in_order(pieces: Sequence[str], text: str) -> bool:
    at = 0
    for piece in pieces:
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def false(pages: Mapping[str, Page], files: Mapping[str, bytes], articles: Sequence[Article]) -> Iterator[Finding]:
    """Quotations in pages, in their machine-readable descriptions and in the exports."""
    printed = {p.page: p for p in map(_Printed, articles)}
    for page in pages.values():
        for quotation in page.quotations:
            if not _is_voice(page, quotation) and not _holds(page, quotation, printed):
                yield Finding(page.path, quotation.line, _said(quotation.words))
        for script in page.scripts:
            if script.type == "application/ld+json":
                yield from (Finding(page.path, script.line, _said(w)) for w in _described(script.text, printed))
    by_id = {(p.story, p.article.id): p for p in printed.values()}
    for name, data in files.items():
        folder = name.rpartition("data/")[0]
        own = {key: p for (story, key), p in by_id.items() if story == folder}
        if name.endswith("data/digest.json"):
            yield from _exported(name, data, own)
        elif name.endswith("data/mentions.csv"):
            yield from _tabled(name, data, own)


def _is_voice(page: Page, quotation: Quotation) -> bool:
    """What a source is called is made of what was printed ("one of" the "two officials"), and is no quotation."""
    return quotation.tag == "h1" and posixpath.basename(posixpath.dirname(page.path)) == "sources"


def _said(words: str) -> str:
    return f"shown as printed, but its article has not got it: {words[:80]!r}"


def _holds(page: Page, quotation: Quotation, printed: Mapping[str, _Printed]) -> bool:
    folder = posixpath.dirname(page.path)
    targets = [resolved(folder, page.path, h) for h in quotation.hrefs]
    named = [printed[t] for t in targets if t is not None and t in printed]
    if page.path in printed:
        named = [printed[page.path]]
    if not named:
        story = next((p.story for p in printed.values() if page.path.startswith(p.story)), "")
        named = [p for p in printed.values() if p.story.startswith(story)]
    return any(p.has(quotation.words) for p in named) or not _CUT.sub("", quotation.words).strip(_MARKS)


def _described(text: str, printed: Mapping[str, _Printed]) -> Iterator[str]:
    """Quotations in JSON-LD that their article has not got."""
    try:
        nodes = list(_nodes(json.loads(text)))
    except ValueError:
        return
    for node in nodes:
        words = node.get("text")
        if node.get("@type") == "Quotation" and isinstance(words, str):
            url = str(node.get("url", "")).partition("#")[0]
            named = [p for path, p in printed.items() if url.endswith(path)] or list(printed.values())
            if not any(p.has(words) for p in named):
                yield words


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        yield from _nodes(item)


def _exported(name: str, data: bytes, own: Mapping[str, _Printed]) -> Iterator[Finding]:
    try:
        table = json.loads(data)
    except ValueError:
        return  # said by another
    rows = data.decode("utf-8", "replace").split("\n")
    for node in _nodes(table):
        words, article = node.get("text"), node.get("article")
        if not (isinstance(words, str) and isinstance(article, str) and words):
            continue
        if article not in own or not own[article].has(words):
            line = next((n for n, row in enumerate(rows, 1) if words[:40] in row), 1)
            yield Finding(name, line, _said(words))


def _tabled(name: str, data: bytes, own: Mapping[str, _Printed]) -> Iterator[Finding]:
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig", "replace"), newline=""))
    for row in reader:
        words, article = row.get("text") or "", row.get("article") or ""
        bare = words.removeprefix("'")
        if words and (article not in own or not (own[article].has(words) or own[article].has(bare))):
            yield Finding(name, reader.line_num, _said(words))
