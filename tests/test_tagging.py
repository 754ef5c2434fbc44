"""Parts of speech and lemmas from memory are those that the parser's own steps give."""

from __future__ import annotations

from generator.summarizer import parsing, tagging

TEXTS = (
    "The ferries weren't running on Monday, officials said.",
    "The ferries weren't running, she said, and there was nothing to be done.",
    "Let's go, they're gonna close it: it ain't safe.",
    "Ada Brul left  the pier.",
    "Better ferries left earlier; the best left first.",
    "",
)


def test_a_tagger_gives_what_the_steps_give_and_again_from_memory():
    nlp = parsing.pipeline()
    tagger = tagging.Tagger(nlp)
    for text in (*TEXTS, *TEXTS):
        doc = nlp(text)
        expected = doc.copy()
        for step in tagging.STEPS:
            expected = nlp.get_pipe(step)(expected)
        found = tagger(doc)
        told = [(t.pos_, t.tag_, t.dep_, t.lemma_, str(t.morph), t.head.i, t.is_sent_start) for t in found]
        assert told == [(t.pos_, t.tag_, t.dep_, t.lemma_, str(t.morph), t.head.i, t.is_sent_start) for t in expected]
