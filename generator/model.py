"""Every type that passes between the steps: frozen, slotted, hashable; ``None`` is unknown, never "".

Offsets are in characters (code points), half-open. Two texts are pointed into, and each type says which:
the *capture text* (the inbox file as decoded, untouched) and the *article text* (:attr:`Article.text`).
Times are ISO 8601 strings, a date ("2023-09-11") or a date with time ("2023-09-11T08:30:00+01:00").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters; which text it points into is said by its holder."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)


# --- what the converter makes -----------------------------------------------------------------------------------------


class Role(StrEnum):
    """What a block is to the article. The first group stays in the text, the second becomes metadata or stands apart,
    the third is not the article's.
    """

    BODY = "body"
    SUBHEAD = "subhead"
    STANDFIRST = "standfirst"
    LIST_ITEM = "list"
    QUOTE = "quote"  # a block quotation
    TABLE = "table"
    NOTE = "note"  # correction or editor's note

    TITLE = "title"
    BYLINE = "byline"
    DATELINE = "dateline"
    CREDIT = "credit"
    CAPTION = "caption"
    TIMESTAMP = "timestamp"
    BIO = "bio"

    RELATED = "related"
    CHROME = "chrome"


IN_TEXT = frozenset({Role.BODY, Role.SUBHEAD, Role.STANDFIRST, Role.LIST_ITEM, Role.QUOTE, Role.TABLE, Role.NOTE})


@dataclass(frozen=True, slots=True)
class Hints:
    """What the container (page metadata, feed entry) or coverage.toml says of a capture; coverage.toml wins.

    ``evidence`` names, per field, where the value came from ("coverage.toml:12", "og:site_name").
    """

    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    updated: str | None = None
    url: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    rights: str | None = None
    section: str | None = None
    agency: tuple[str, ...] = ()
    rules_off: tuple[str, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    story: str | None = field(default=None, repr=False)  # where a loose file belongs; no part of what it says


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a capture that its reader already knows more about than plain text tells (a heading of HTML, a list
    item, a caption). ``span`` points into the capture text; ``markup`` is inline Markdown, where there is any; ``rule``
    names the reader's rule that set the line aside.
    """

    span: Span
    role: Role | None = None
    markup: str | None = None
    level: int = 0
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """One saved article, untouched. ``path`` is relative to the inbox folder of its story, with "/" ("a.txt");
    ``part`` tells apart the articles of one file ("" for a file that holds one). ``lines`` is empty for plain text.
    ``unread`` says what else its file holds that can't be read, with the line: the same for all captures of a file.
    """

    path: str
    text: str
    hints: Hints = Hints()
    part: str = ""
    medium: str = "text"
    lines: tuple[Line, ...] = ()
    doubts: tuple[str, ...] = ()
    unread: tuple[str, int | None] | None = None

    @property
    def name(self) -> str:
        return f"{self.path}#{self.part}" if self.part else self.path


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the capture text with its role and the rule that decided. ``text`` is what is shown of it: the same
    visible characters with line wraps undone. ``markup`` is inline Markdown where emphasis or links are kept.
    """

    span: Span
    role: Role
    text: str
    rule: str
    markup: str | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article's text; ``role`` is one of :data:`IN_TEXT`; ``level`` is depth of a list or heading.
    A table's text has a row a line and tabs between cells.
    """

    text: str
    role: Role = Role.BODY
    markup: str | None = None
    level: int = 0

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The cells of a table, its head first; () for any other paragraph."""
        if self.role is not Role.TABLE:
            return ()
        return tuple(tuple(row.split("\t")) for row in self.text.split("\n"))


@dataclass(frozen=True, slots=True)
class Removed:
    """A block that was set aside: what it said, what it was taken for, by which rule, and after how many paragraphs of
    the article's text it stood. ``withheld`` counts its words where they may not be shown (``text`` is "" then).
    """

    text: str
    role: Role
    rule: str
    after: int
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """Words that one version of an article has and the next has otherwise: ``old`` or ``new`` is "" where words were
    added or taken out. ``paragraph`` counts in the next version's text; ``None`` is its title.
    """

    old: str
    new: str
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier version of an article, as it was saved in ``source_file``: its paragraphs, and what the version after
    it changed.
    """

    source_file: str
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    body: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """An article as read back from its Markdown file: clean text, honest metadata, and everything that was removed.

    ``id`` is the file's stem and never changes once given. ``source_file`` is the capture's name in the inbox, ``also``
    are the other captures that hold the same article; ``versions`` are its earlier versions, the oldest first.
    ``evidence`` says, per metadata field, where its value was printed or who gave it.
    """

    id: str
    story: str
    title: str | None = None
    body: tuple[Paragraph, ...] = ()
    outlet: str | None = None
    published: str | None = None
    updated: str | None = None
    authors: tuple[str, ...] = ()
    dateline: str | None = None
    agency: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    rights: str | None = None
    source_file: str | None = None
    evidence: tuple[tuple[str, str], ...] = ()
    removed: tuple[Removed, ...] = ()
    also: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()

    @property
    def changes(self) -> tuple[tuple[Version, Change], ...]:
        """What was changed from version to version, the oldest first, each with the version that had the old words."""
        return tuple((version, change) for version in self.versions for change in version.changes)

    @property
    def text(self) -> str:
        """The paragraphs joined by a blank line: the text that spans of the summarizer point into."""
        return PARAGRAPH_BREAK.join(p.text for p in self.body)

    @property
    def paragraph_spans(self) -> tuple[Span, ...]:
        """Where each paragraph of :attr:`body` lies in :attr:`text`."""
        spans, at = [], 0
        for paragraph in self.body:
            spans.append(Span(at, at + len(paragraph.text)))
            at += len(paragraph.text) + len(PARAGRAPH_BREAK)
        return tuple(spans)

    @property
    def label(self) -> str:
        """What the article is called where it has no title: its first words, else its file."""
        if self.title:
            return self.title
        words = next((p.text for p in self.body if p.text and p.text != CUT), "").split()
        return " ".join(words[:12]) + ("…" if len(words) > 12 else "") if words else self.source_file or self.id


PARAGRAPH_BREAK = "\n\n"
CUT = "[…]"  # stands where words of an article are left out that may not be shown


# --- what the summarizer makes ----------------------------------------------------------------------------------------


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
