"""Article -> mentions: the sentence or clause that carries one proposition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.model import Article, Attribution, Mention, Span
from generator.summarizer.parsing import Parsed
from generator.text import fingerprint, words


def of(parsed: Parsed, attributions: Sequence[Attribution]) -> tuple[Mention, ...]:
    """The mentions of an article in order of the text, the headline's first. They cover every sentence."""
    seen: Counter[str] = Counter()
    article = parsed.article
    found = []
    if article.title and article.title.strip():
        found.append(_mention(article, Span(0, len(article.title)), article.title, seen, headline=True))
    for span in parsed.sentences:
        found.append(_mention(article, span, span.of(article.text), seen))
    return tuple(found)


def _mention(article: Article, span: Span, text: str, seen: Counter[str], *, headline: bool = False) -> Mention:
    words_ = tuple(w.of(text).casefold() for w in words(text))
    key = " ".join(words_)
    seen[key] += 1
    return Mention(
        fingerprint(article.id, key, str(seen[key]), length=12), article.id, span, text, headline=headline, terms=words_
    )
