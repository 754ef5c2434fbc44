"""An article as it is kept in its Markdown file and read back: clean text, metadata, what was removed and changed."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.capture import Role, Span

PARAGRAPH_BREAK = "\n\n"
CUT = "[…]"  # stands where words of an article are left out that may not be shown


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
