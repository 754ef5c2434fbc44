"""Titles that name their voice by a mark alone: "X: Y", "Y - X". These are certain enough without weighing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model import Attribution, QuoteKind, Source, SourceKind, Span
from generator.summarizer.attribution.frame import head_of
from generator.summarizer.attribution.sources import described, is_media, terms
from generator.summarizer.attribution.tree import Tree
from generator.summarizer.attribution.view import Paragraph

_LABEL = re.compile(r"(?P<source>[^:;,“”\"?!]{2,60}?)\s*(?P<cue>:)\s+(?P<content>\S.+)")
_SIGNED = re.compile(
    r"(?P<content>\S.{7,}?)(?<!\s)\s+(?P<cue>[-–—])\s?(?P<source>[A-Z][^\s:;,“”\"?!]*(?: [^\s:;,“”\"?!]+){0,4})"
)
# A label of more words is a headline of its own.
_MOST_WORDS = 7


def marked(view: list[Paragraph], title: str) -> Iterator[Attribution]:
    """At most one attribution: what follows a voice and a colon, or stands before a dash and an outlet."""
    if not view or not len(view[0].tree):
        return
    for pattern, accepts in ((_SIGNED, _outlet), (_LABEL, _voice)):
        found = pattern.fullmatch(title.strip())
        shift = len(title) - len(title.lstrip())
        if found is None:
            continue
        spans = {key: Span(*found.span(key)).shift(shift) for key in ("source", "cue", "content")}
        if not view[0].tree.between(spans["source"]):  # a "sentence" that is too long to be parsed
            continue
        source = accepts(view[0].tree, spans["source"], found["source"])
        if source is not None:
            yield Attribution(spans["source"], spans["cue"], (spans["content"],), QuoteKind.INDIRECT, (source,))
            return


def _outlet(tree: Tree, span: Span, words: str) -> Source | None:
    """The source, where its words name an outlet or an agency."""
    kind = is_media(words.split())
    return None if kind is None else Source(id=_described(tree, span).id, name=words, kind=kind)


def _voice(tree: Tree, span: Span, words: str) -> Source | None:
    """The source, where its words can speak at all: no kicker, no subject matter."""
    if len(words.split()) > _MOST_WORDS or words.lower().split()[0] in terms("kickers", "words"):
        return None
    source = _described(tree, span)
    return None if source.kind is SourceKind.UNKNOWN else source


def _described(tree: Tree, span: Span) -> Source:
    tokens = tree.between(span)
    first, last = tokens[0], tokens[-1]
    while first < last and tree.pos[first] == "PUNCT":
        first += 1
    return described(tree, (first, last), head_of(tree, first, last))
