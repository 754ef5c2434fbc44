"""Parts of speech and dictionary forms of a parsed text, each token's from memory where it was met before.

Two steps of spaCy's pipeline (the attribute ruler, the rule lemmatizer) look at one token at a time: its letters, tag
and dependency. What they gave for these once is remembered, so that they see only what is new. The few rules that look
at two tokens ("gon" "na") begin with a word, or a dependency, that is known: a text that has one goes through whole.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

STEPS = ("attribute_ruler", "lemmatizer")
_MOST = 200_000  # tokens that are remembered
# The first words and dependencies of the ruler's rules for two tokens.
_FIRST_WORDS = frozenset({"ai", "gon", "got", "let", "c'm", "y", "y'"})
_FIRST_DEPENDENCIES = frozenset({"expl"})

Key = tuple[int, ...]  # letters, tag, dependency


class Tagger:
    """The two steps of ``nlp``, with their memory."""

    def __init__(self, nlp: Language) -> None:
        from spacy import attrs

        self._nlp = nlp
        self._steps = [nlp.get_pipe(name) for name in STEPS]
        self._given = [attrs.ORTH, attrs.TAG, attrs.DEP]
        self._made = [attrs.POS, attrs.MORPH, attrs.LEMMA]
        self._known: dict[Key, Key | None] = {}  # None: a text with it goes through whole

    def __call__(self, doc: Doc) -> Doc:
        """``doc`` with parts of speech, morphology and lemmas, as the two steps would leave it."""
        import numpy as np

        keys = list(map(tuple, doc.to_array(self._given).tolist()))
        if len(self._known) > _MOST:
            self._known.clear()
        new = [key for key in dict.fromkeys(keys) if key not in self._known]
        if new:
            self._learn(new)
        made = [self._known[key] for key in keys]
        if None in made:
            return self._through(doc)
        values: Any = np.fromiter(chain.from_iterable(m for m in made if m is not None), np.uint64, 3 * len(made))
        return doc.from_array(self._made, values.reshape(len(made), 3))

    def _through(self, doc: Doc) -> Doc:
        for step in self._steps:
            doc = step(doc)
        return doc

    def _learn(self, keys: list[Key]) -> None:
        """What the two steps give for each of ``keys``: as a text of their own, in which no rule for two can hold."""
        from spacy.tokens import Doc

        strings = self._nlp.vocab.strings
        alone = []
        for key in keys:
            word, _, dependency = (strings[part] for part in key)
            if word.lower() in _FIRST_WORDS or dependency in _FIRST_DEPENDENCIES or word.isspace():
                self._known[key] = None
            else:
                alone.append(key)
        if not alone:
            return
        words, tags, dependencies = zip(*([strings[part] for part in key] for key in alone), strict=True)
        places = list(range(len(alone)))
        doc = Doc(self._nlp.vocab, words=list(words), tags=list(tags), deps=list(dependencies), heads=places)
        made = self._through(doc).to_array(self._made).tolist()
        self._known.update(zip(alone, map(tuple, made), strict=True))
