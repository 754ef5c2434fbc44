"""What intake and converter pass on: a saved article untouched, and its blocks, each with its role."""

from __future__ import annotations

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
