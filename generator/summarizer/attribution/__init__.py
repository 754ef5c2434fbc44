"""Who is held to what: attributions (source, cue, content) of an article, with chains, stance and hedge."""

from __future__ import annotations

from generator.model import Attribution, QuoteKind, Source, Span
from generator.summarizer.attribution.candidates import Candidate, Paragraph, candidates, paragraphs
from generator.summarizer.attribution.score import chosen
from generator.summarizer.parsing import Parsed
from generator.text import one_line


def attribute(parsed: Parsed) -> tuple[Attribution, ...]:
    """The attributions of an article's text in order of their content; spans into ``article.text``."""
    view = paragraphs(parsed)
    return tuple(_attribution(view, s.candidate, parsed.article.text) for s in chosen(view, candidates(view)))


def attribute_title(parsed: Parsed) -> tuple[Attribution, ...]:
    """The attributions of a title that was parsed by ``parse_title``; spans into the title."""
    view = paragraphs(parsed)
    return tuple(_attribution(view, s.candidate, parsed.article.title or "") for s in chosen(view, candidates(view)))


def _attribution(view: list[Paragraph], found: Candidate, text: str) -> Attribution:
    kind = quote_kind(view, found.content)
    chain = ()
    if found.source is not None:
        name = one_line(found.source.of(text))
        chain = (Source(name.lower(), name),)
    return Attribution(found.source, found.cue, found.content, kind, chain)


def quote_kind(view: list[Paragraph], content: tuple[Span, ...]) -> QuoteKind:
    """Direct where every word is quoted, indirect where none is."""
    inside = outside = 0
    for paragraph in view:
        if not len(paragraph.tree) or paragraph.tree.ends[-1] <= content[0].start:
            continue
        if paragraph.tree.starts[0] >= content[-1].end:
            break
        for span in content:
            for i in paragraph.tree.between(span):
                if paragraph.tree.pos[i] not in ("PUNCT", "SPACE"):
                    inside += paragraph.quoted[i] >= 0
                    outside += paragraph.quoted[i] < 0
    return QuoteKind.INDIRECT if not inside else QuoteKind.MIXED if outside else QuoteKind.DIRECT
