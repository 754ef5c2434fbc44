"""What is known of one story: claims over articles, copies, origins, altered quotations, and what is shown of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.capture import Span
from generator.model.statement import Annotated, Mention, Source, Status


@dataclass(frozen=True, slots=True)
class Value:
    """One side of a difference: what is said, by which mentions, and the spans (article text) that show it."""

    value: str
    mentions: tuple[str, ...]
    spans: tuple[tuple[str, Span], ...] = ()  # (mention id, span)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the mentions of a claim part.

    ``aspect``: number, date, place, hedge, attribution, sources, polarity, wording. ``superseded``: the sides were
    published one after the other (``values`` are then in that order); an earlier one is out of date, and contradicts
    nobody. ``compatible``: one side only says less exactly what the other says ("this week", "on Tuesday").
    """

    aspect: str
    values: tuple[Value, ...]
    superseded: bool = False
    compatible: bool = False


@dataclass(frozen=True, slots=True)
class Join:
    """Why two mentions were taken for the same claim: a score in [0, 1] and reasons in words."""

    a: str
    b: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a claim's history: at ``when`` (``None``: undated), ``article`` put it at ``status``."""

    when: str | None
    article: str
    mention: str
    status: Status


@dataclass(frozen=True, slots=True)
class Claim:
    """The same thing reported: one or more mentions. ``text`` is the wording of the mention ``best``."""

    id: str
    text: str
    best: str
    mentions: tuple[Mention, ...]
    differences: tuple[Difference, ...] = ()
    history: tuple[Step, ...] = ()
    joins: tuple[Join, ...] = ()
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Passage:
    """The same words in two articles: spans into each article's text; ``exact`` where nothing was changed.
    ``withheld``: some of the words may not be shown, and the spans cover what is left of them.
    """

    source: Span
    target: Span
    exact: bool
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Reuse:
    """``target`` holds text of ``source``. ``share`` is the share of the target's words that lie in passages,
    ``source_share`` that of the source's. ``direction`` says what tells who copied ("credit", "date", "longer") or
    "open"; ``credited`` is whether the target names the source's outlet or agency as its origin.
    """

    source: str
    target: str
    share: float
    source_share: float
    passages: tuple[Passage, ...]
    direction: str = "open"
    credited: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Articles (or mentions) that are not independent of each other, and why. ``name`` is the root, where known."""

    id: str
    name: str | None
    members: tuple[str, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteVariant:
    """One printed form of an utterance: the mention that has it, and the quotation's span in its article's text."""

    article: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class AlteredQuote:
    """The same speaker's same utterance printed in different words. ``changes`` are (words in the first, words in the
    second) per changed place; a cut with or without an ellipsis is told apart in ``kind``: "changed" or "cut".
    """

    speaker: str | None
    kind: str
    variants: tuple[QuoteVariant, ...]
    changes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """What is shown of one article where not all may be: ``right`` is "full", "excerpts" or "none", ``said`` who says
    so (the article, its outlet, the default). Counts are in words; ``limit`` is ``None`` where there is none.
    """

    article: str
    right: str
    said: str
    words: int
    shown: int
    limit: int | None = None
    excerpts: int = 0


@dataclass(frozen=True, slots=True)
class Removal:
    """An article that was taken out because someone asked for it, on ``date`` (ISO) where that is known."""

    story: str
    article: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """All that is known of one story. ``articles`` are in order of publication, undated last.

    ``claim_origins`` gives per claim id the origins behind it; ``summary`` lists ids of the mentions that tell the
    story, most weighty first. ``method`` says which optional parts were at work ("embeddings: none").
    ``publications``: for the public, what is shown of each article; () where all is shown.
    """

    story: str
    title: str
    articles: tuple[Annotated, ...]
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    reuses: tuple[Reuse, ...] = ()
    origins: tuple[Origin, ...] = ()
    claim_origins: tuple[tuple[str, tuple[Origin, ...]], ...] = ()
    altered_quotes: tuple[AlteredQuote, ...] = ()
    summary: tuple[str, ...] = ()
    method: tuple[tuple[str, str], ...] = ()
    publications: tuple[Publication, ...] = ()

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets in order of first appearance; articles without one don't count."""
        return tuple(dict.fromkeys(a.article.outlet for a in self.articles if a.article.outlet))


@dataclass(frozen=True, slots=True)
class News:
    """What is new in a story since the site was built before: ids of articles and of claims, and per claim that was
    known the articles that have it now too. ``gone`` counts articles that are no longer there.
    """

    articles: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    wider: tuple[tuple[str, tuple[str, ...]], ...] = ()
    gone: int = 0


def reported_by(claim: Claim) -> tuple[str, ...]:
    """The ids of the articles that carry a claim in their text, in order of the mentions."""
    return unique(m.article for m in claim.mentions)


def unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
