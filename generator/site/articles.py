"""What the views look up of a story's articles, found once: outlets, addresses, sentences, text in its language."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from generator.model import Annotated, Article, Digest, Publication, Span
from generator.site import addresses
from generator.site.catalogue import _
from generator.site.language import Said, said
from generator.summarizer import publishers
from generator.text import fingerprint


@dataclass(frozen=True)
class Articles:
    """The articles of one story's digest. ``outlets`` maps an outlet's name to its part of an address; ``language`` is
    the site's.
    """

    digest: Digest
    outlets: Mapping[str, str]
    language: str = "en"
    _texts: dict[str, str] = field(default_factory=dict, init=False)
    _sentences: dict[str, tuple[tuple[Span, str], ...]] = field(default_factory=dict, init=False)
    _begin: dict[str, list[int]] = field(default_factory=dict, init=False)
    _starts: dict[str, frozenset[int]] = field(default_factory=dict, init=False)
    _ends: dict[str, frozenset[int]] = field(default_factory=dict, init=False)
    _spans: dict[str, tuple[Span, ...]] = field(default_factory=dict, init=False)
    _paths: dict[str, str] = field(default_factory=dict, init=False)

    @cached_property
    def unknown(self) -> str:
        """What an outlet that is not known is called."""
        return _("outlet unknown")

    @property
    def story(self) -> str:
        return self.digest.story

    @cached_property
    def articles(self) -> dict[str, Annotated]:
        return {a.article.id: a for a in self.digest.articles}

    @cached_property
    def places(self) -> dict[str, int]:
        """Each article's place in the story's order."""
        return {a.article.id: n for n, a in enumerate(self.digest.articles)}

    def article(self, article_id: str) -> Article:
        return self.articles[article_id].article

    @cached_property
    def known_outlets(self) -> tuple[str, ...]:
        """The outlets that are known, in order of appearance."""
        return self.digest.outlets

    @cached_property
    def _outlet_of(self) -> dict[str, str]:
        return {a.article.id: a.article.outlet or self.unknown for a in self.digest.articles}

    def outlet_of(self, article_id: str) -> str:
        return self._outlet_of[article_id]

    def text(self, article_id: str) -> str:
        """The text that spans of an article point into."""
        found = self._texts.get(article_id)
        if found is None:
            found = self._texts[article_id] = self.article(article_id).text
        return found

    def outlet_name(self, article_id: str) -> Said:
        return self.said(self.outlet_of(article_id))

    @cached_property
    def same_heads(self) -> Counter[tuple[str, str | None]]:
        """How many articles have one label in one outlet."""
        return Counter((a.article.label, a.article.outlet) for a in self.digest.articles)

    def outlet_path(self, name: str) -> str | None:
        return addresses.outlet(self.outlets[name]) if name in self.outlets else None

    @cached_property
    def outlet_names(self) -> tuple[str, ...]:
        """The outlets in order of appearance, :attr:`unknown` last where there is one."""
        unknown = any(a.article.outlet is None for a in self.digest.articles)
        return (*self.known_outlets, self.unknown) if unknown else self.known_outlets

    @cached_property
    def articles_by_outlet(self) -> dict[str, tuple[Article, ...]]:
        groups: dict[str, list[Article]] = {name: [] for name in self.outlet_names}
        for annotated in self.digest.articles:
            groups[annotated.article.outlet or self.unknown].append(annotated.article)
        return {name: tuple(group) for name, group in groups.items()}

    def agencies(self, article: Article) -> tuple[str, ...]:
        """The agencies that an article names, its own outlet not counted."""
        if not article.agency:
            return ()
        own = publishers.canonical(article.outlet) if article.outlet else None
        return tuple(a for a in article.agency if publishers.canonical(a) != own)

    def article_path(self, article_id: str) -> str:
        found = self._paths.get(article_id)
        if found is None:
            found = self._paths[article_id] = addresses.article(self.story, article_id)
        return found

    def said(self, text: str, article_id: str | None = None) -> Said:
        return said(text, self.article(article_id).language if article_id else None, self.language)

    def sentences(self, article_id: str) -> tuple[tuple[Span, str], ...]:
        """Each sentence with its address: a hash of its words, so that it stays when others come or go."""
        if article_id not in self._sentences:
            annotated = self.articles[article_id]
            text, seen, out = self.text(article_id), dict[str, int](), []
            for span in sorted(annotated.sentences, key=lambda s: (s.start, s.end)):
                mark = "s" + fingerprint(span.of(text), length=6)
                seen[mark] = seen.get(mark, 0) + 1
                out.append((span, mark if seen[mark] == 1 else f"{mark}-{seen[mark]}"))
            self._sentences[article_id] = tuple(out)
        return self._sentences[article_id]

    def paragraph_spans(self, article_id: str) -> tuple[Span, ...]:
        if article_id not in self._spans:
            self._spans[article_id] = self.article(article_id).paragraph_spans
        return self._spans[article_id]

    def place_path(self, article_id: str, place: int) -> str:
        """The address of the sentence that a place of an article's text lies in, else of its paragraph."""
        sentences = self.sentences(article_id)
        if article_id not in self._begin:
            self._begin[article_id] = [span.start for span, _ in sentences]
        index = bisect_right(self._begin[article_id], place) - 1
        path = self.article_path(article_id)
        if index >= 0 and place < sentences[index][0].end:
            return f"{path}#{sentences[index][1]}"
        starts = [s.start for s in self.paragraph_spans(article_id)]
        return f"{path}#p{max(bisect_right(starts, place), 1)}" if starts else path

    def sentence_starts(self, article_id: str) -> frozenset[int]:
        if article_id not in self._starts:
            self._starts[article_id] = frozenset(s.start for s in self.articles[article_id].sentences)
        return self._starts[article_id]

    def paragraph_ends(self, article_id: str) -> frozenset[int]:
        if article_id not in self._ends:
            self._ends[article_id] = frozenset(s.end for s in self.paragraph_spans(article_id))
        return self._ends[article_id]

    @cached_property
    def publications(self) -> dict[str, Publication]:
        """What is shown of each article, where not all is."""
        return {p.article: p for p in self.digest.publications if p.limit is not None}

    def times(self) -> list[str]:
        return sorted(a.article.published for a in self.digest.articles if a.article.published)
