"""Articles of one story -> digest: who says what, in whose words, and where the wordings part.

``annotate`` works on one article alone (parse, attribute, cut into mentions) and is what the cache keeps;
``summarize`` puts the annotated articles of a story side by side and needs no parser.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from generator.model import Annotated, Article, Claim, Digest, Mention, Origin, Reuse, Source
from generator.summarizer import claims, embedding, mentions, origins, quotes, reuse, speakers, summary
from generator.summarizer.decisions import aliases as told_names
from generator.summarizer.decisions import parse as parse_decisions
from generator.summarizer.embedding import Embedder

__all__ = ["annotate", "annotate_many", "summarize"]

LEADS = (1.0, 0.6, 0.3)  # how much of an opening an article's first sentences are


def annotate(article: Article) -> Annotated:
    """The sentences, attributions and mentions of an article. Deterministic, picklable."""
    return next(_annotated([article]))


def annotate_many(articles: Sequence[Article]) -> list[Annotated]:
    """:func:`annotate` for many articles, in order; they share the parser's batches."""
    return list(_annotated(articles))


def summarize(
    story: str,
    title: str,
    articles: Sequence[Annotated],
    *,
    embed: Embedder | Literal["installed"] | None = "installed",
    decisions: Mapping[str, Any] | None = None,
) -> Digest:
    """The digest of a story, the same whatever the order of ``articles``. ``embed`` gives sentence embeddings: by
    default the optional package's, where it is installed; ``None`` for none. ``decisions`` is what the
    editor's file holds.

    Raises ValueError for a decision that points at nothing.
    """
    embedder, means = _embedder(embed, sum(len(a.mentions) for a in articles))
    taken = parse_decisions(decisions)
    ordered = speakers.united(sorted(articles, key=_publication), told_names(taken))
    reuses = reuse.find([a.article for a in ordered])
    grouped = claims.group(ordered, embedder, taken)
    by_claim = tuple((c.id, origins.of_claim(c, *near)) for c, near in _with_articles(grouped, ordered, reuses))
    found = _weighed(grouped, dict(by_claim), ordered)
    foreign = summary.in_another_language({a.article.id: a.article.language for a in ordered})
    return Digest(
        story=story,
        title=title,
        articles=ordered,
        claims=found,
        sources=_sources(ordered),
        reuses=reuses,
        origins=origins.of_story(ordered, reuses),
        claim_origins=by_claim,
        altered_quotes=quotes.altered(ordered),
        summary=summary.choose(found, foreign=foreign),
        method=(("embeddings", means),),
    )


def _with_articles(
    found: Iterable[Claim], articles: Sequence[Annotated], reuses: Sequence[Reuse]
) -> Iterator[tuple[Claim, tuple[list[Annotated], list[Reuse]]]]:
    """Each claim with the articles that carry it and what they share, in order."""
    places = {a.article.id: n for n, a in enumerate(articles)}
    shared: dict[str, list[tuple[int, Reuse]]] = {}
    for n, one in enumerate(reuses):
        shared.setdefault(one.source, []).append((n, one))
    for claim in found:
        carrying = {m.article for m in claim.mentions}
        among = sorted((n, r) for id_ in carrying for n, r in shared.get(id_, ()) if r.target in carrying)
        yield claim, ([articles[n] for n in sorted(places[id_] for id_ in carrying)], [r for _, r in among])


def _embedder(embed: Embedder | Literal["installed"] | None, mentions: int) -> tuple[Embedder | None, str]:
    """The embedder to use and what the digest says of it: a story of very many mentions is grouped without."""
    found = embedding.installed() if embed == "installed" else embed
    if found is None:
        return None, "none"
    if mentions > embedding.MOST:
        return None, f"none: more than {embedding.MOST} mentions"
    return found, embedding.NAME


def _weighed(
    found: Sequence[Claim], origins_of: Mapping[str, Sequence[Origin]], articles: Sequence[Annotated]
) -> tuple[Claim, ...]:
    outlets = {a.article.id: a.article.outlet or a.article.id for a in articles}
    begun = min((a.article.published for a in articles if a.article.published), default=None)
    days = {a.article.id: a.article.published for a in articles}
    ended = max(filter(None, days.values()), default=None)
    starts = {a.article.id: [s.start for s in a.sentences] for a in articles}
    central = summary.centrality(found)

    def place(mention: Mention) -> int:
        """Before how many sentences of its article a mention stands; a headline before all."""
        return 0 if mention.headline else max(0, bisect_right(starts[mention.article], mention.span.start) - 1)

    def weight(claim: Claim) -> float:
        highest: dict[str, int] = {}
        for mention in claim.mentions:
            highest[mention.article] = min(place(mention), highest.get(mention.article, 1 << 30))
        leads = sum(LEADS[at] for at in highest.values() if at < len(LEADS))
        depth = sum(at / max(1, len(starts[article])) for article, at in highest.items()) / len(highest)
        holders = {outlets[article] for article in highest}
        past = summary.is_overtaken(claim, days, ended)
        behind = len(origins_of[claim.id])
        return summary.weigh(
            claim, behind, len(holders), leads, begun, depth, overtaken=past, central=central[claim.id]
        )

    return tuple(replace(c, weight=weight(c)) for c in found)


def _annotated(articles: Sequence[Article]) -> Iterator[Annotated]:
    from generator.summarizer import attribution, parsing

    for parsed, title in parsing.parse_with_titles(articles):
        attributions = attribution.attribute(parsed)
        headline = mentions.of_title(title, attribution.attribute_title(title))
        yield Annotated(parsed.article, parsed.sentences, attributions, headline + mentions.of(parsed, attributions))


def _publication(annotated: Annotated) -> tuple[bool, str, str]:
    article = annotated.article
    return (article.published is None, article.published or "", article.id)


def _sources(articles: Sequence[Annotated]) -> tuple[Source, ...]:
    """Every voice once, in order of first appearance."""
    voices = (s for a in articles for x in a.attributions for s in x.chain)
    return tuple({s.id: s for s in reversed(list(voices))}.values())[::-1]
