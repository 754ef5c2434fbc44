"""Every type that passes between the steps: frozen, slotted, hashable; ``None`` is unknown, never "".

Offsets are in characters (code points), half-open. Two texts are pointed into, and each type says which:
the *capture text* (the inbox file as decoded, untouched) and the *article text* (:attr:`Article.text`).
Times are ISO 8601 strings, a date ("2023-09-11") or a date with time ("2023-09-11T08:30:00+01:00").
"""

from __future__ import annotations

from generator.model.article import CUT, PARAGRAPH_BREAK, Article, Change, Paragraph, Removed, Version
from generator.model.capture import IN_TEXT, Block, Capture, Hints, Line, Role, Span
from generator.model.digest import (
    AlteredQuote,
    Claim,
    Difference,
    Digest,
    Join,
    News,
    Origin,
    Passage,
    Publication,
    QuoteVariant,
    Removal,
    Reuse,
    Step,
    Value,
    reported_by,
    unique,
)
from generator.model.statement import (
    Annotated,
    Attribution,
    DateRef,
    Mention,
    Quantity,
    QuoteKind,
    Source,
    SourceKind,
    Status,
)

__all__ = [
    "CUT",
    "IN_TEXT",
    "PARAGRAPH_BREAK",
    "AlteredQuote",
    "Annotated",
    "Article",
    "Attribution",
    "Block",
    "Capture",
    "Change",
    "Claim",
    "DateRef",
    "Difference",
    "Digest",
    "Hints",
    "Join",
    "Line",
    "Mention",
    "News",
    "Origin",
    "Paragraph",
    "Passage",
    "Publication",
    "Quantity",
    "QuoteKind",
    "QuoteVariant",
    "Removal",
    "Removed",
    "Reuse",
    "Role",
    "Source",
    "SourceKind",
    "Span",
    "Status",
    "Step",
    "Value",
    "Version",
    "reported_by",
    "unique",
]
