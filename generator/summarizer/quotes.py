"""Altered quotations: one utterance of one speaker, printed in different words."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import AlteredQuote, Annotated


def altered(articles: Sequence[Annotated]) -> tuple[AlteredQuote, ...]:
    """The utterances whose printed forms differ in their words, not only in their typography."""
    return ()
