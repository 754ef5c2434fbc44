"""What is found in one article: who is held to what, and each wording of a proposition with how firmly it is put."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.model.article import Article
from generator.model.capture import Span


class SourceKind(StrEnum):
    PERSON = "person"
    OFFICE = "office"  # "the Kremlin", "a foreign ministry spokesman" speaks for it
    ORGANISATION = "organisation"
    AGENCY = "agency"
    OUTLET = "outlet"
    GROUP = "group"  # "residents", "analysts"
    DOCUMENT = "document"  # a poll, a study, a report
    ANONYMOUS = "anonymous"  # "a government source"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Source:
    """Who is held to something. ``id`` is the same for one speaker across the articles of a story; ``name`` is as
    printed. ``number`` ("two", "several"), ``rank`` ("senior") and ``reason`` (for anonymity) as printed.
    """

    id: str
    name: str
    kind: SourceKind = SourceKind.UNKNOWN
    number: str | None = None
    rank: str | None = None
    country: str | None = None
    role: str | None = None
    reason: str | None = None


class QuoteKind(StrEnum):
    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content (the PARC / PolNeAR triple), spans into the article text.

    ``chain`` names every voice from the one nearest the claim to the last relay ("a government source", "YTN"); the
    article's own outlet is not part of it. ``stance``: says, confirms, denies, accuses, warns, expects, estimates,
    declines, ... as the cue has it. ``hedge``: the words that soften it, or ``None``.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: QuoteKind
    chain: tuple[Source, ...] = ()
    stance: str = "says"
    hedge: str | None = None


class Status(StrEnum):
    """The hedge ladder: how firmly a mention puts its claim."""

    DENIED = "denied"
    NO_COMMENT = "no comment"
    POSSIBLE = "possible"
    EXPECTED = "expected"
    REPORTED = "reported"
    APPEARS = "appears"
    CONFIRMED = "confirmed"
    HAPPENED = "happened"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, normalised: ``value`` in base units of its dimension ("km", "month", "USD", "%", or the
    counted noun), ``bound`` is "=", ">", "<", or "~"; ``high`` closes a range. ``span`` points into the article text.
    """

    span: Span
    value: float
    unit: str | None = None
    bound: str = "="
    high: float | None = None


@dataclass(frozen=True, slots=True)
class DateRef:
    """A date expression; ``start`` and ``end`` are ISO dates (inclusive) where it could be anchored, else ``None``."""

    span: Span
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One wording of one proposition in one article. ``span`` is the sentence or clause, in the article text (a
    headline's points into the title); ``text == span.of(text)``.

    ``chain`` is that of the attribution that carries it, () where the outlet itself asserts it.
    ``terms`` are the normalised content words and ``names`` the keys of the names that grouping works on; ``beside``
    are pairs of an epithet and the name it was printed with; ``core`` is the claim without who says it, a pronoun or
    a subject that stands elsewhere filled in: compared, never shown. ``negated`` is whether it says something is not
    so, ``ahead`` whether it is about what is to come. ``when`` are those of the ``dates`` on which what is claimed
    happens. ``withheld`` is whether its words may not be shown: ``text`` is "" then, and ``span`` is empty and lies
    where they were cut. ``nameless`` is whether it is said by somebody whom the text only points at ("he"): he is
    not in the ``chain`` then. ``agents`` are the keys of those named who do what is told, ``patients`` of those to
    whom or with whom it is done.
    """

    id: str
    article: str
    span: Span
    text: str
    chain: tuple[Source, ...] = ()
    stance: str = "says"
    hedge: str | None = None
    status: Status = Status.HAPPENED
    quote: QuoteKind | None = None
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateRef, ...] = ()
    headline: bool = False
    passing: bool = False
    subjects: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()
    core: str = ""
    negated: bool = False
    ahead: bool = False
    when: tuple[DateRef, ...] = ()
    withheld: bool = False
    nameless: bool = False
    agents: tuple[str, ...] = ()
    patients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with what was found in it; everything later works on this and needs no parser. ``ending``: the last
    characters of the whole text where the article's holds excerpts only.
    """

    article: Article
    sentences: tuple[Span, ...]
    attributions: tuple[Attribution, ...]
    mentions: tuple[Mention, ...]
    ending: str | None = None
