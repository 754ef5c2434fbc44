"""Direct quotations in languages that are not parsed: a quotation, a cue verb beside it, a name beside that.

All three must touch, in one of the orders of newspapers; else nobody is named: no speaker is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from generator import lexicon
from generator.model import Article, Attribution, QuoteKind, Source, SourceKind, Span
from generator.summarizer.attribution.quotations import quotations
from generator.summarizer.attribution.sources import source_id
from generator.text import one_line

# Up to seven words without a mark between them.
_PHRASE = r"[^\s,.;:!?()«»„“”\"—–]+(?: [^\s,.;:!?()«»„“”\"—–]+){0,6}"
_SHORTEST = 12


def direct(article: Article) -> Iterator[Attribution]:
    """The quotations of an article whose speaker its own marks and verbs give; spans into ``article.text``."""
    language = (article.language or "")[:2].lower()
    if language not in lexicon.load("cues_other"):
        return
    for paragraph, place in zip(article.body, article.paragraph_spans, strict=True):
        for quote in quotations(paragraph.text):
            found = (
                None if quote.open or len(quote.span) < _SHORTEST else _speaker(paragraph.text, quote.span, language)
            )
            if found is not None:
                source, cue = found
                name = one_line(source.of(paragraph.text))
                voice = Source(source_id(name), name, SourceKind.PERSON if name[:1].isupper() else SourceKind.UNKNOWN)
                spans = (s.shift(place.start) for s in (source, cue, quote.span))
                printed, said, content = spans
                yield Attribution(printed, said, (content,), QuoteKind.DIRECT, (voice,))


def _speaker(text: str, quote: Span, language: str) -> tuple[Span, Span] | None:
    """Source and cue right after the quotation ("...", said X; "...", X said) or right before it (X said: "...")."""
    after, before = _patterns(language)
    tail = text[quote.end : quote.end + 160]
    for pattern in after:
        found = pattern.match(tail)
        if found is not None and _names(found["source"], language):
            return tuple(Span(*found.span(key)).shift(quote.end) for key in ("source", "cue"))  # type: ignore[return-value]
    start = max(0, quote.start - 160)
    found = before.search(text[start : quote.start])
    if found is not None and _names(found["source"], language):
        return tuple(Span(*found.span(key)).shift(start) for key in ("source", "cue"))  # type: ignore[return-value]
    return None


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str]]:
    verbs = "|".join(sorted(map(re.escape, lexicon.load("cues_other")[language]["verbs"]), key=lambda v: (-len(v), v)))
    lead = r"[\s,.—–-]{0,4}"
    inverted = re.compile(rf"{lead}(?P<cue>{verbs})[ -](?P<source>{_PHRASE})", re.IGNORECASE)
    plain = re.compile(rf"{lead}(?P<source>{_PHRASE}?) (?P<cue>{verbs})(?=[\s.,;:]|$)", re.IGNORECASE)
    before = re.compile(rf"(?:^|[.!?»”\"]\s)(?P<source>{_PHRASE}?) (?P<cue>{verbs})\s?[:,]\s?$", re.IGNORECASE)
    return (inverted, plain), before


def _names(phrase: str, language: str) -> bool:
    """Whether a phrase holds a name or is a pronoun."""
    words = phrase.split()
    if words[0].lower() in lexicon.load("cues_other")[language]["pronouns"]:
        return True
    return any(w[:1].isupper() for w in words)
