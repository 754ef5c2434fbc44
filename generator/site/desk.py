"""Everything the views look up in a digest, found once: which sentence a mention stands in, who has a claim, what an
article shares with which. Built in one pass a story; law 6 (nothing is quoted that was not printed) is checked here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from msgspec.structs import replace

from generator.errors import LawBroken
from generator.model import (
    Claim,
    Digest,
    Mention,
    News,
    Origin,
    Reuse,
    Source,
    unique,
)
from generator.site import addresses, clipping, wording
from generator.site.articles import Articles
from generator.site.language import Said
from generator.site.wording import voice
from generator.summarizer import silence
from generator.summarizer.silence import Silence

TITLE = "title"
NOTHING_NEW = News()
FEW_STATEMENTS = 2  # of a source that has no page of its own
SOURCES_A_PAGE = 30
NEAREST = 3  # articles beside which an article is set: pairs grow with the square of the articles
SILENT = 12  # articles of an outlet that are asked why they lack a claim


@dataclass(frozen=True)
class Desk(Articles):
    """One story's digest with its indexes. ``news`` is what the last build did not have; ``introduction`` is the
    editor's, as HTML.
    """

    news: News = NOTHING_NEW
    introduction: str = ""
    lines: dict[Any, Any] = field(default_factory=dict, init=False)  # the views' own, by claim, outlet or article
    _wordings: dict[str, Said] = field(default_factory=dict, init=False)
    _silences: dict[tuple[str, str], Silence | None] = field(default_factory=dict, init=False)
    _besides: dict[tuple[str, str | None, bool], Silence] = field(default_factory=dict, init=False)
    _places: dict[str, str] = field(default_factory=dict, init=False)
    _cuts: dict[str, tuple[bool, bool]] = field(default_factory=dict, init=False)
    _published: dict[str, dict[str, str | None]] = field(default_factory=dict, init=False)
    _spreads: dict[str, int] = field(default_factory=dict, init=False)
    _holders: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False)

    @cached_property
    def same_voices(self) -> Counter[str]:
        """How many sources go by one name."""
        return Counter(wording.standing(s) for s in self.sources.values())

    def sentence_path(self, mention: Mention) -> str:
        """The address of the sentence that a mention stands in."""
        found = self._places.get(mention.id)
        if found is None:
            found = self._places[mention.id] = (
                f"{self.article_path(mention.article)}#{TITLE}"
                if mention.headline
                else self.place_path(mention.article, mention.span.start)
            )
        return found

    # --- claims

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Widest reported first, then weightiest; those whose words may not be shown after their equals."""
        order = {c.id: n for n, c in enumerate(self.digest.claims)}
        rank = {
            c.id: (-self.spread(c), self.best(c).withheld, self.cuts(self.best(c))[0], -c.weight, order[c.id])
            for c in self.digest.claims
        }
        return tuple(sorted(self.digest.claims, key=lambda c: rank[c.id]))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """What each claim is called in the margins: its place in :attr:`claims`, from 1."""
        return {c.id: n for n, c in enumerate(self.claims, 1)}

    def has_page(self, claim: Claim) -> bool:
        """Whether a claim has a page of its own. What there is to say of one that a single sentence tells is said where
        it stands, in the margin of its article.
        """
        return claim.id in self._with_page

    @cached_property
    def _with_page(self) -> frozenset[str]:
        return frozenset(
            c.id
            for c in self.digest.claims
            if len(c.mentions) > 1 or c.differences or len(c.history) > 1 or c.mentions[0].id in self._altered
        )

    @cached_property
    def claims_with_page(self) -> tuple[Claim, ...]:
        return tuple(filter(self.has_page, self.claims))

    @cached_property
    def claim_pages(self) -> dict[str, int]:
        """The place of each claim that has a page among those that have one."""
        return {c.id: n for n, c in enumerate(self.claims_with_page)}

    def claim_path(self, claim: Claim) -> str:
        return self._claim_paths[claim.id]

    @cached_property
    def _claim_paths(self) -> dict[str, str]:
        return {
            c.id: addresses.claim(self.story, c.id)
            if self.has_page(c)
            else f"{self.article_path(c.mentions[0].article)}#{addresses.claim_mark(c.id)}"
            for c in self.digest.claims
        }

    @cached_property
    def _altered(self) -> frozenset[str]:
        """The mentions that lie in a quotation which others print differently."""
        variants = [v for quote in self.digest.altered_quotes for v in quote.variants]
        return frozenset(
            m.id
            for v in variants
            for m, _ in self.claims_by_article.get(v.article, ())
            if not m.headline and m.span.overlaps(v.span)
        )

    def best(self, claim: Claim) -> Mention:
        return self._best[claim.id]

    @cached_property
    def _best(self) -> dict[str, Mention]:
        return {c.id: next((m for m in c.mentions if m.id == c.best), c.mentions[0]) for c in self.digest.claims}

    def wording(self, claim: Claim) -> Said:
        """What a claim is called: its best wording."""
        found = self._wordings.get(claim.id)
        if found is None:
            found = self._wordings[claim.id] = self.cut_marked(self.best(claim))
        return found

    def cuts(self, mention: Mention) -> tuple[bool, bool]:
        """Whether a mention begins, and whether it ends, in the middle of a sentence."""
        if mention.headline:
            return False, False
        found = self._cuts.get(mention.id)
        if found is None:
            found = self._cuts[mention.id] = self._cut(mention)
        return found

    def _cut(self, mention: Mention) -> tuple[bool, bool]:
        return clipping.cuts(
            mention.text,
            at_start=mention.span.start in self.sentence_starts(mention.article),
            at_end=mention.span.end in self.paragraph_ends(mention.article),
        )

    def cut_marked(self, mention: Mention) -> Said:
        """A mention's words to stand alone: where they are a part of a longer sentence, "…" marks the cut, and what
        they lead on from stands before them.
        """
        if mention.withheld:
            return Said(wording.withheld(mention, self.outlet_of(mention.article)), ours=True)
        if mention.headline:
            return self.said(mention.text, mention.article)
        before, after = self.cuts(mention)
        clip = clipping.clip(mention.text, before=before, after=after, lead=self._lead(mention) if before else "")
        return replace(self.said(clip.text, mention.article), lead=clip.lead, after=clip.after_lead)

    def _lead(self, mention: Mention) -> str:
        """What a mention that begins in the middle of its sentence leads on from."""
        sentences = self.sentences(mention.article)
        index = bisect_right(sentences, mention.span.start, key=lambda s: s[0].start) - 1
        if index < 0 or mention.span.end > sentences[index][0].end:
            return ""
        clauses = (m.span.start for m, _ in self.claims_by_article[mention.article] if not m.headline)
        return clipping.leading(self.text(mention.article), sentences[index][0], mention.span.start, clauses)

    def holders(self, claim: Claim) -> tuple[str, ...]:
        """The outlets that have a claim, in order of appearance."""
        found = self._holders.get(claim.id)
        if found is None:
            have = {self.outlet_of(m.article) for m in claim.mentions}
            found = self._holders[claim.id] = tuple(name for name in self.outlet_names if name in have)
        return found

    def spread(self, claim: Claim) -> int:
        """How many outlets have it; articles of unknown outlet count one each."""
        found = self._spreads.get(claim.id)
        if found is None:
            articles = {m.article: self.article(m.article).outlet for m in claim.mentions}
            known = {outlet for outlet in articles.values() if outlet is not None}
            unknown = sum(1 for outlet in articles.values() if outlet is None)
            found = self._spreads[claim.id] = len(known) + unknown
        return found

    @cached_property
    def shared(self) -> tuple[Claim, ...]:
        return tuple(c for c in self.claims if self.spread(c) > 1)

    @cached_property
    def alone(self) -> dict[str, tuple[Claim, ...]]:
        """Per outlet, the claims that no other has."""
        groups: dict[str, list[Claim]] = {name: [] for name in self.outlet_names}
        for claim in self.claims:
            if self.spread(claim) == 1:
                groups[self.holders(claim)[0]].append(claim)
        return {name: tuple(group) for name, group in groups.items()}

    @cached_property
    def claims_by_article(self) -> dict[str, tuple[tuple[Mention, Claim], ...]]:
        found: dict[str, list[tuple[Mention, Claim]]] = {a: [] for a in self.articles}
        for claim in self.claims:
            for mention in claim.mentions:
                found[mention.article].append((mention, claim))
        return {
            a: tuple(sorted(pairs, key=lambda p: (p[0].span.start, p[0].span.end, p[0].id)))
            for a, pairs in found.items()
        }

    @cached_property
    def mentions(self) -> dict[str, Mention]:
        return {m.id: m for c in self.digest.claims for m in c.mentions}

    @cached_property
    def origins_of(self) -> dict[str, tuple[Origin, ...]]:
        return dict(self.digest.claim_origins)

    # --- sources, reuse

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source that a mention leans on; the digest's own list first, for its order and its fuller entries."""
        found = {s.id: s for s in self.digest.sources}
        for mention in self.mentions.values():
            for source in mention.chain:
                found.setdefault(source.id, source)
        return {s: v for s, v in found.items() if s in self.mentions_by_source}

    @cached_property
    def mentions_by_source(self) -> dict[str, tuple[Mention, ...]]:
        found: dict[str, list[Mention]] = {}
        for annotated in self.digest.articles:
            for mention, _claim in self.claims_by_article[annotated.article.id]:
                for source in unique(s.id for s in mention.chain):
                    found.setdefault(source, []).append(mention)
        return {s: tuple(m) for s, m in found.items()}

    @cached_property
    def voices(self) -> tuple[str, ...]:
        """The sources, most widely quoted first."""

        def rank(key: str) -> tuple[int, int, str]:
            mentions = self.mentions_by_source[key]
            return -len({self.outlet_of(m.article) for m in mentions}), -len(mentions), voice(self.sources[key])

        return tuple(sorted(self.sources, key=rank))

    def source_has_page(self, key: str) -> bool:
        """Whether a source has a page of its own; one with few statements stands among all sources."""
        return len(self.mentions_by_source[key]) > FEW_STATEMENTS or self.sources[key].name in self._misquoted

    @cached_property
    def _misquoted(self) -> frozenset[str | None]:
        return frozenset(q.speaker for q in self.digest.altered_quotes)

    def source_path(self, key: str) -> str:
        if self.source_has_page(key):
            return addresses.source(self.story, key)
        return f"{self._sources_pages[key]}#{addresses.source_mark(key)}"

    @cached_property
    def _sources_pages(self) -> dict[str, str]:
        return {k: addresses.all_sources(self.story, n // SOURCES_A_PAGE + 1) for n, k in enumerate(self.voices)}

    @cached_property
    def reuses_of(self) -> dict[str, tuple[Reuse, ...]]:
        found: dict[str, list[Reuse]] = {a: [] for a in self.articles}
        for reuse in self.digest.reuses:
            for article_id in (reuse.source, reuse.target):
                found[article_id].append(reuse)
        return {a: tuple(r) for a, r in found.items()}

    def compare_path(self, reuse: Reuse) -> str | None:
        """Where the two articles stand side by side; ``None`` where both have others that they share more with."""
        if (reuse.source, reuse.target) not in self._side_by_side:
            return None
        return addresses.compare(self.story, reuse.source, reuse.target)

    @cached_property
    def _side_by_side(self) -> frozenset[tuple[str, str]]:
        """Of each article the pairs with those in which most of its words stand, too."""
        pairs: set[tuple[str, str]] = set()
        for article, reuses in self.reuses_of.items():
            most = sorted(reuses, key=lambda r: -(r.share if r.target == article else r.source_share))
            pairs.update((r.source, r.target) for r in most[:NEAREST])
        return frozenset(pairs)

    def silence(self, claim: Claim, outlet: str) -> Silence | None:
        """Why ``outlet`` lacks ``claim``, if dates and completeness show it; the weightiest reason of its articles."""
        key = claim.id, outlet
        if key not in self._silences:
            days = self._days(claim)
            asked = self._asked[outlet]
            told = {self._beside(claim, when, short) for article, when, short in asked if article not in days}
            self._silences[key] = next((s for s in silence.WEIGHT if s in told), None) if told else None
        return self._silences[key]

    @cached_property
    def _asked(self) -> dict[str, tuple[tuple[str, str | None, bool], ...]]:
        """Of each outlet the articles that are asked: each with its time, and whether its text is cut short."""
        return {
            outlet: tuple((a.id, a.published, a.id in self._cut_short) for a in articles[:SILENT])
            for outlet, articles in self.articles_by_outlet.items()
        }

    def _beside(self, claim: Claim, published: str | None, short: bool) -> Silence:
        """Why an article of that time lacks a claim: the same for all of one time."""
        key = claim.id, published, short
        found = self._besides.get(key)
        if found is None:
            found = self._besides[key] = silence.beside(published, list(self._days(claim).values()), short=short)
        return found

    def _days(self, claim: Claim) -> dict[str, str | None]:
        """The articles that have a claim, each with its time."""
        if claim.id not in self._published:
            self._published[claim.id] = {m.article: self.article(m.article).published for m in claim.mentions}
        return self._published[claim.id]

    @cached_property
    def _cut_short(self) -> frozenset[str]:
        return frozenset(a.article.id for a in self.digest.articles if silence.is_cut_short(a))

    # --- law 6

    def check_quotations(self) -> None:
        """Raises LawBroken where a mention, passage or quotation is not what its article has at its place."""
        for mention in self.mentions.values():
            text = (self.article(mention.article).title or "") if mention.headline else self.text(mention.article)
            self._check(mention.span.of(text) == mention.text, mention.article, mention.text)
        for quote in self.digest.altered_quotes:
            for variant in quote.variants:
                text = self.text(variant.article)
                self._check(variant.span.of(text) == variant.text, variant.article, variant.text)

    def _check(self, holds: bool, article_id: str, text: str) -> None:
        if not holds:
            raise LawBroken(
                f"law 6 (only what was printed is quoted): {text[:60]!r} is not in the article there",
                path=f"{self.story}/{article_id}.md",
            )


def desks(
    digests: Iterable[Digest],
    *,
    language: str,
    news: Mapping[str, News] | None = None,
    introductions: Mapping[str, str] | None = None,
) -> tuple[Desk, ...]:
    """A desk for each digest, newest story first. Raises LawBroken (see :meth:`Desk.check_quotations`)."""
    every = list(digests)
    outlets = addresses.parts_of_names(name for digest in every for name in digest.outlets)
    new, texts = news or {}, introductions or {}
    made = [Desk(d, outlets, language, new.get(d.story, NOTHING_NEW), texts.get(d.story, "")) for d in every]
    for desk in made:
        desk.check_quotations()
    made.sort(key=lambda d: d.story)
    made.sort(key=lambda d: (d.times() or [""])[-1], reverse=True)
    return tuple(made)
