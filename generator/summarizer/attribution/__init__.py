"""Who is held to what: attributions (source, cue, content) of an article, with chains, stance and hedge."""

from __future__ import annotations

from generator.model import Attribution
from generator.summarizer.parsing import Parsed


def attribute(parsed: Parsed) -> tuple[Attribution, ...]:
    """The attributions of an article's text in order of their content; spans into ``article.text``."""
    return ()


def attribute_title(parsed: Parsed) -> tuple[Attribution, ...]:
    """The attributions of a title that was parsed by ``parse_title``; spans into the title."""
    return ()
