"""Which sentences get what little may be shown: the story's summary first, then the claims that most outlets share.

A sentence each: the wording that stands for a claim where it fits, else another outlet’s; then quotations that were
altered, then claims that one outlet has alone, then further wordings of shared claims.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from generator.model import Annotated, Article, Claim, Digest, Mention, Role, Span
from generator.project import RightsRules
from generator.rights.counting import WORD, counted
from generator.rights.ledger import Ledger
from generator.rights.rules import Right, right_of

SPARE = 3  # words of an article's share that are left to chance: ours beside a name can make a run of its words
FIRST_WORDS = 12  # what an article without a headline is called by


@dataclass(slots=True)
class Plan:
    """``right``: of each article. ``spans``: what of the text of each that isn't full may be shown. ``ledger`` knows
    what else may stand on the site.
    """

    ledger: Ledger
    right: dict[str, Right] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    limit: dict[str, int] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)
    spans: dict[str, list[Span]] = field(default_factory=dict)

    def is_full(self, key: str) -> bool:
        return self.right[key] is Right.FULL


def key_of(article: Article) -> str:
    return f"{article.story}/{article.id}"


def plan(digests: Sequence[Digest], rules: RightsRules) -> Plan:
    """What of each article may be shown, over the whole site."""
    made = Plan(Ledger(rules.excerpt_words))
    for digest in digests:
        for annotated in digest.articles:
            _enter(made, annotated.article, rules)
    for digest in digests:
        for annotated in digest.articles:
            if not made.is_full(key_of(annotated.article)):
                made.ledger.take_title(key_of(annotated.article))
    for digest in digests:
        _Choice(digest, made, rules).choose()
    for spans in made.spans.values():
        spans[:] = _united(spans)
    return made


def _enter(made: Plan, article: Article, rules: RightsRules) -> None:
    key = key_of(article)
    made.right[key], made.said[key] = right_of(article, rules)
    made.words[key] = words = (counted(article.text).weight + 1) // WORD
    if made.right[key] is Right.FULL:
        return
    share = min(rules.article_words, words * rules.article_percent // 100)
    made.limit[key] = share if made.right[key] is Right.EXCERPTS else 0
    made.spans[key] = []
    made.ledger.add(key, article, max(0, made.limit[key] - SPARE))


class _Choice:
    """Chooses the sentences of one story."""

    def __init__(self, digest: Digest, made: Plan, rules: RightsRules) -> None:
        self._digest, self._plan, self._rules = digest, made, rules
        self._articles = {a.article.id: a for a in digest.articles}
        self._mentions = {m.id: m for c in digest.claims for m in c.mentions}

    def choose(self) -> None:
        for annotated in self._digest.articles:
            if not annotated.article.title:
                self._take_first_words(annotated)
        for mention in filter(None, map(self._mentions.get, self._digest.summary)):
            self._take(mention)
        shared = [c for c in self._ranked() if self._spread(c) > 1]
        for claim in shared:
            self._take_one(claim)
        for quote in self._digest.altered_quotes:
            for variant in quote.variants:
                self._take_span(variant.article, variant.span)
        for claim in self._ranked():
            self._take_one(claim)
        for claim in shared:
            for mention in claim.mentions:
                self._take(mention)

    def _ranked(self) -> list[Claim]:
        return sorted(self._digest.claims, key=lambda c: (-self._spread(c), -c.weight))

    def _spread(self, claim: Claim) -> int:
        return len({self._articles[m.article].article.outlet or m.article for m in claim.mentions})

    def _take_one(self, claim: Claim) -> None:
        best = sorted(claim.mentions, key=lambda m: (m.id != claim.best, m.headline, m.passing))
        any(self._take(m) for m in best)

    def _take(self, mention: Mention) -> bool:
        return mention.headline or self._take_span(mention.article, mention.span)

    def _take_first_words(self, annotated: Annotated) -> None:
        words = counted(annotated.article.text)
        if words.ends:
            end = words.ends[min(FIRST_WORDS, len(words.ends)) - 1]
            first = Span(0, min(end, len(annotated.article.body[0].text)))
            self._take_piece(key_of(annotated.article), first, first)

    def _take_span(self, article_id: str, span: Span) -> bool:
        """Show the sentence that ``span`` stands in, else the span, else as many of its words as an excerpt has."""
        annotated = self._articles[article_id]
        key = key_of(annotated.article)
        if self._plan.is_full(key):
            return True
        place = _paragraph(annotated.article, span)
        if place is None:
            return False
        return any(self._take_piece(key, piece, sentence) for piece, sentence in self._pieces(annotated, span, place))

    def _take_piece(self, key: str, piece: Span, sentence: Span) -> bool:
        if self._plan.is_full(key) or not self._plan.ledger.take_sentence(key, piece, sentence):
            return self._plan.is_full(key)
        self._plan.spans[key].append(piece)
        return True

    def _pieces(self, annotated: Annotated, span: Span, paragraph: Span) -> Iterator[tuple[Span, Span]]:
        starts = [s.start for s in annotated.sentences]
        at = bisect_right(starts, span.start) - 1
        sentence = _common(annotated.sentences[at], paragraph) if at >= 0 else None
        if sentence is None or span.start >= sentence.end:
            return
        yield sentence, sentence
        inner = Span(span.start, min(span.end, sentence.end))
        if inner != sentence:
            yield inner, sentence
        words = counted(inner.of(annotated.article.text))
        if words.weight > self._rules.excerpt_words * WORD:
            weight, count = 0, 0
            while weight + words.weights[count] <= self._rules.excerpt_words * WORD:
                weight += words.weights[count]
                count += 1
            yield Span(inner.start, inner.start + words.ends[max(count, 1) - 1]), sentence


def _paragraph(article: Article, span: Span) -> Span | None:
    """The paragraph that ``span`` begins in; a table's cells are no sentences."""
    places = article.paragraph_spans
    at = bisect_right([p.start for p in places], span.start) - 1
    return places[at] if at >= 0 and article.body[at].role is not Role.TABLE else None


def _common(a: Span, b: Span) -> Span | None:
    start, end = max(a.start, b.start), min(a.end, b.end)
    return Span(start, end) if start < end else None


def _united(spans: Iterable[Span]) -> list[Span]:
    """Overlapping ones made one, in order."""
    made: list[Span] = []
    for span in sorted(spans):
        if made and span.start <= made[-1].end:
            made[-1] = Span(made[-1].start, max(made[-1].end, span.end))
        else:
            made.append(span)
    return made
