"""Who is held to what: attributions (source, cue, content) of an article, with chains, stance and hedge.

The steps, in order: :mod:`frames`, :mod:`surface` and :mod:`tails` see where content can stand beside a cue;
:mod:`placing` puts that into spans and completes quotations; :mod:`score` weighs and chooses; :mod:`coreference`,
:mod:`sources` and :mod:`chains` say whose voice it is; :mod:`stance` what the cue makes of it.
"""

from __future__ import annotations

from generator.model import Attribution, QuoteKind, Span
from generator.summarizer.attribution.candidates import candidates
from generator.summarizer.attribution.chains import chain, names_a_voice
from generator.summarizer.attribution.coreference import Speakers
from generator.summarizer.attribution.languages import direct
from generator.summarizer.attribution.score import Scored, choose, weigh
from generator.summarizer.attribution.stance import hedge, stance
from generator.summarizer.attribution.titles import marked
from generator.summarizer.attribution.trailing import with_trailing
from generator.summarizer.attribution.view import Paragraph, paragraphs
from generator.summarizer.parsing import Parsed, parses

# A candidate inside another's content is taken for its inner voice from here on.
_INNER_CHANCE = 0.1


def attribute(parsed: Parsed) -> tuple[Attribution, ...]:
    """The attributions of an article's text in order of their content; spans into ``article.text``.

    In a language without a parser, direct quotations alone.
    """
    if not parses(parsed.article.language):
        return tuple(direct(parsed.article))
    return _attributions(paragraphs(parsed))


def attribute_title(parsed: Parsed) -> tuple[Attribution, ...]:
    """The attributions of a title that was parsed by ``parse_title``; spans into the title."""
    title = parsed.article.title or ""
    view = paragraphs(parsed, title)
    certain = tuple(marked(view, title))
    taken = [s for a in certain for s in (*a.content, *([a.source] if a.source else []))]
    weighed = (a for a in _attributions(view) if not any(s.overlaps(t) for s in a.content for t in taken))
    return tuple(sorted((*certain, *weighed), key=lambda a: a.content))


def _attributions(view: list[Paragraph]) -> tuple[Attribution, ...]:
    scored = weigh(view, candidates(view))
    likely: dict[int, list[Scored]] = {}
    for item in scored:
        if item.chance >= _INNER_CHANCE:
            likely.setdefault(item.candidate.where, []).append(item)
    speakers = Speakers(view)
    found = sorted(with_trailing(view, choose(scored)), key=lambda s: (s.candidate.where, s.candidate.cue))
    found = [item for item in found if not names_a_voice(view[item.candidate.where].tree, item.candidate.frame)]
    made = [_attribution(view, item, speakers, likely) for item in found]
    return tuple(sorted(made, key=lambda a: (a.content, a.cue or a.content[0])))


def _attribution(
    view: list[Paragraph], scored: Scored, speakers: Speakers, likely: dict[int, list[Scored]]
) -> Attribution:
    found = scored.candidate
    inner = [s.candidate for s in likely.get(found.where, ())]
    tree = view[found.where].tree
    return Attribution(
        source=found.source,
        cue=found.cue,
        content=found.content,
        kind=quote_kind(view, found.content, found.where),
        chain=chain(view, found, speakers, inner),
        stance=stance(tree, found.frame),
        hedge=hedge(tree, found.frame),
    )


def quote_kind(view: list[Paragraph], content: tuple[Span, ...], start: int = 0) -> QuoteKind:
    """Direct where every word is quoted, indirect where none is. ``start`` is the first paragraph to look in."""
    inside = outside = 0
    for paragraph in view[max(0, start - 1) :]:
        tree = paragraph.tree
        if not len(tree) or tree.ends[-1] <= content[0].start:
            continue
        if tree.starts[0] >= content[-1].end:
            break
        for span in content:
            words = [i for i in tree.between(span) if tree.pos[i] not in ("PUNCT", "SPACE")]
            quoted = sum(paragraph.quoted[i] >= 0 for i in words)
            inside, outside = inside + quoted, outside + len(words) - quoted
    return QuoteKind.INDIRECT if not inside else QuoteKind.MIXED if outside else QuoteKind.DIRECT
