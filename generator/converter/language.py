"""The language of a text, by py3langid (a multinomial naive Bayes over byte n-grams), loaded once.

English is told by its function words first: that is a hundred times as fast, and most texts are.
"""

from __future__ import annotations

from functools import cache
from typing import Any

# Words that no other language has among its frequent ones; they make up a seventh of any English text.
ENGLISH = frozenset(
    "the of and to that was with for said from by has it his this they their who which been would could these when what"
    " than you after about she its".split()
)
ENOUGH = 40  # characters: shorter texts are left undetermined
SURE = 0.8


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str | None:
    """ISO 639-1 code, or ``None`` where the text is too short or the answer unsure."""
    if len(text) < ENOUGH:
        return None
    words = text.lower().split()
    if len(words) >= 40 and sum(map(ENGLISH.__contains__, words)) >= 0.15 * len(words) and "the" in words:
        return "en"
    language, chance = _identifier().classify(text)
    return str(language) if chance >= SURE else None


def forget_tables() -> None:
    """Lets go of the identifier's tables (70 MB), which are loaded again when they are needed."""
    _identifier.cache_clear()
