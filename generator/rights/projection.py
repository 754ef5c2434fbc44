"""The digest as the public may see it: the same facts, of other people's words only the excerpts.

A mention that is not among the excerpts keeps who says it, how and how firmly; it loses its words (``withheld``).
Whatever is computed from the result can't show what isn't in it. What is kept is listed: a field that is added to a
type is left out until somebody has thought about it here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, TypeVar

from generator.model import (
    AlteredQuote,
    Annotated,
    Article,
    Attribution,
    Claim,
    Difference,
    Digest,
    Mention,
    Passage,
    Publication,
    QuoteVariant,
    Source,
    Span,
    Value,
)
from generator.project import RightsRules
from generator.rights.cutting import Cutting, cut, reduced
from generator.rights.ledger import shortened
from generator.rights.planning import Plan, key_of, plan
from generator.text import fingerprint

T = TypeVar("T")
# Facts: fields that hold none of an article's sentences.
_OF_ARTICLE = ("id", "story", "outlet", "published", "updated", "language", "url", "rights", "source_file", "evidence")
_OF_MENTION = (
    "id", "article", "stance", "status", "quote", "headline", "passing", "negated", "ahead",
)  # fmt: skip
_OF_CLAIM = ("id", "history", "joins", "weight")
_OF_DIGEST = ("story", "title", "method")
_OF_ATTRIBUTION = ("kind", "stance")
_OF_SOURCE = ("kind",)
ENDING = 16  # characters: whether a text was cut short is told by its end


def published(digests: Sequence[Digest], rules: RightsRules) -> list[Digest]:
    """What may be shown of ``digests``, counted over all of them, with a :class:`Publication` for each article."""
    made = plan(digests, rules)
    return [_Projection(d, made).digest() for d in digests]


def _kept(item: T, names: tuple[str, ...], **changed: Any) -> T:
    """``item`` with the fields ``names`` as they are and ``changed`` as given; all others at their defaults."""
    return type(item)(**{name: getattr(item, name) for name in names}, **changed)


class _Projection:
    def __init__(self, digest: Digest, made: Plan) -> None:
        self._digest, self._plan = digest, made
        self._articles = {a.article.id: a.article for a in digest.articles}
        self._facts: dict[str, str] = {}

    @cached_property
    def _cuttings(self) -> dict[str, Cutting]:
        """Of the articles that are not shown in full."""
        return {
            key: cut(article, self._plan.spans[key_of(article)])
            for key, article in self._articles.items()
            if not self._plan.is_full(key_of(article))
        }

    def digest(self) -> Digest:
        digest = self._digest
        if not self._cuttings:
            return replace(digest, publications=self._publications())
        articles = tuple(self._annotated(a) for a in digest.articles)
        claims = tuple(self._claim(c) for c in digest.claims)
        shown = {m.id for c in claims for m in c.mentions if not m.withheld}
        return _kept(
            digest,
            _OF_DIGEST,
            articles=articles,
            claims=claims,
            sources=tuple(map(self._source, digest.sources)),
            reuses=tuple(replace(r, passages=self._passages(r.source, r.target, r.passages)) for r in digest.reuses),
            origins=tuple(replace(o, name=self._maybe(o.name)) for o in digest.origins),
            claim_origins=tuple(
                (claim, tuple(replace(o, name=self._maybe(o.name)) for o in origins))
                for claim, origins in digest.claim_origins
            ),
            altered_quotes=tuple(map(self._altered, digest.altered_quotes)),
            summary=tuple(m for m in digest.summary if m in shown),
            publications=self._publications(),
        )

    # --- facts in printed words

    def _fact(self, text: str) -> str:
        if text not in self._facts:
            self._facts[text] = self._plan.ledger.take_fact(text)
        return self._facts[text]

    def _maybe(self, text: str | None) -> str | None:
        return self._fact(text) if text else text

    def _source(self, source: Source) -> Source:
        """A name cut short takes its words out of the address too."""
        name = self._fact(source.name)
        key = source.id if name == source.name else f"voice-{fingerprint(source.id)}"
        rest = {n: self._maybe(getattr(source, n)) for n in ("number", "rank", "country", "role", "reason")}
        if rest["role"] and not self._fits_beside(name, rest["role"]):
            rest["role"] = None
        return _kept(source, _OF_SOURCE, id=key, name=name, **rest)

    def _fits_beside(self, name: str, role: str) -> bool:
        """Whether the two may stand side by side, as they do in lists: together they are often a run of the text."""
        return self._fact(f"{name} {role}") == f"{name} {role}"

    # --- articles

    def _annotated(self, annotated: Annotated) -> Annotated:
        article = annotated.article
        cutting = self._cuttings.get(article.id)
        if cutting is None:
            return annotated
        attributions = (self._attribution(a, cutting) for a in annotated.attributions)
        return Annotated(
            self._article(article, cutting),
            cutting.new,
            tuple(a for a in attributions if a),
            tuple(self._mention(m) for m in annotated.mentions),
            ending=article.text.rstrip()[-ENDING:],
        )

    def _article(self, article: Article, cutting: Cutting) -> Article:
        title = article.title
        if title and shortened(title) != title:
            title = shortened(title) + " …"
        body, removed = reduced(article, cutting)
        return _kept(
            article,
            _OF_ARTICLE,
            body=body,
            removed=removed,
            title=title,
            authors=tuple(map(self._fact, article.authors)),
            dateline=self._maybe(article.dateline),
            agency=tuple(map(self._fact, article.agency)),
            credits=tuple(map(self._fact, article.credits)),
        )

    def _attribution(self, attribution: Attribution, cutting: Cutting) -> Attribution | None:
        """Only where all its words are shown."""
        content = [cutting.shown(s) for s in attribution.content]
        source = attribution.source and cutting.shown(attribution.source)
        cue = attribution.cue and cutting.shown(attribution.cue)
        whole = all(new and len(new) == len(old) for old, new in zip(attribution.content, content, strict=True))
        if not whole or (attribution.source and not source) or (attribution.cue and not cue):
            return None
        chain = tuple(map(self._source, attribution.chain))
        own = {"hedge": self._maybe(attribution.hedge), "chain": chain}
        return _kept(
            attribution, _OF_ATTRIBUTION, source=source, cue=cue, content=tuple(c for c in content if c), **own
        )

    # --- claims

    def _mention(self, mention: Mention) -> Mention:
        chain = tuple(map(self._source, mention.chain))
        cutting = self._cuttings.get(mention.article)
        if cutting is None:
            return replace(mention, chain=chain)
        shown = self._headline(mention) if mention.headline else cutting.shown(mention.span)
        span = shown or (Span(0, 0) if mention.headline else cutting.gap(mention.span.start))

        def place(old: Span) -> Span:
            """A figure's place; its value stays where its words are cut."""
            new = old if mention.headline else cutting.shown(old)
            return new if new and new in span and len(new) == len(old) else Span(span.start, span.start)

        return _kept(
            mention,
            _OF_MENTION,
            span=span,
            text=mention.text[: len(span)],
            withheld=shown is None,
            chain=chain,
            hedge=self._maybe(mention.hedge),
            quantities=tuple(replace(q, span=place(q.span)) for q in mention.quantities),
            dates=tuple(replace(d, span=place(d.span)) for d in mention.dates),
            when=tuple(replace(d, span=place(d.span)) for d in mention.when),
        )

    def _headline(self, mention: Mention) -> Span | None:
        title = self._articles[mention.article].title or ""
        return mention.span if mention.span.end <= len(shortened(title)) else None

    def _claim(self, claim: Claim) -> Claim:
        """Worded by its best wording, where that may be shown, else by another."""
        mentions = tuple(map(self._mention, claim.mentions))
        order = sorted(mentions, key=lambda m: (m.withheld, m.id != claim.best, m.headline, m.passing))
        differences = tuple(self._difference(d, mentions) for d in claim.differences)
        worded = {"text": order[0].text, "best": order[0].id}
        return _kept(claim, _OF_CLAIM, mentions=mentions, differences=differences, **worded)

    def _difference(self, difference: Difference, mentions: tuple[Mention, ...]) -> Difference:
        shown = {m.id: m for m in mentions if not m.withheld}
        return replace(difference, values=tuple(self._value(v, shown) for v in difference.values))

    def _value(self, value: Value, shown: dict[str, Mention]) -> Value:
        spans = []
        for mention, span in value.spans:
            found = self._place(shown[mention].article, span) if mention in shown else None
            if found and found in shown[mention].span:
                spans.append((mention, found))
        return replace(value, value=self._fact(value.value), spans=tuple(spans))

    def _place(self, article: str, span: Span) -> Span | None:
        cutting = self._cuttings.get(article)
        return cutting.shown(span) if cutting else span

    # --- the same words in several articles

    def _passages(self, source: str, target: str, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        if source not in self._cuttings and target not in self._cuttings:
            return tuple(passages)
        return tuple(
            Passage(self._covering(source, p.source), self._covering(target, p.target), p.exact, withheld=True)
            for p in passages
        )

    def _covering(self, article: str, span: Span) -> Span:
        cutting = self._cuttings.get(article)
        return cutting.covering(span) if cutting else span

    def _altered(self, quote: AlteredQuote) -> AlteredQuote:
        """What was changed is said where every form may be shown whole."""
        variants = tuple(map(self._variant, quote.variants))
        whole = all(len(new.text) == len(old.text) for old, new in zip(quote.variants, variants, strict=True))
        return replace(
            quote, speaker=self._maybe(quote.speaker), variants=variants, changes=quote.changes if whole else ()
        )

    def _variant(self, variant: QuoteVariant) -> QuoteVariant:
        cutting = self._cuttings.get(variant.article)
        if cutting is None:
            return variant
        shown = cutting.shown(variant.span)
        if shown is None:
            return QuoteVariant(variant.article, cutting.gap(variant.span.start), "")
        return QuoteVariant(variant.article, shown, variant.text[: len(shown)])

    # --- the account

    def _publications(self) -> tuple[Publication, ...]:
        return tuple(self._publication(a.article) for a in self._digest.articles)

    def _publication(self, article: Article) -> Publication:
        key, made = key_of(article), self._plan
        words = made.words[key]
        if made.is_full(key):
            return Publication(article.id, made.right[key].value, made.said[key], words, words)
        return Publication(
            article.id, made.right[key].value, made.said[key], words, made.ledger.words_shown(key),
            made.limit[key], len(made.spans[key]),
        )  # fmt: skip
