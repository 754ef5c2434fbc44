"""Altered quotations: changed words are found, a cut told apart from them; typography and quoting less are neither."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed import cases

from generator.model import Annotated, Article, Attribution, Paragraph, QuoteKind, Source, SourceKind, Span
from generator.summarizer import quotes

EXPECTED = re.compile(r"(\w+) \| ([^|]+) \| ([^|]+) \| (.*)")


@pytest.mark.parametrize("case", cases("quotes"))
def test_the_case_holds(case):
    """Exactly the expected alterations are found: kind, speaker, articles and changes as the case has them."""
    found = [
        (
            q.kind,
            q.speaker or "-",
            " ".join(v.article for v in q.variants),
            ", ".join(f"{a!r} -> {b!r}" for a, b in q.changes),
        )
        for q in quotes.altered(case.annotated)
    ]
    assert found == [EXPECTED.fullmatch(line).groups() for line in case.expect], case.truth


@pytest.mark.parametrize("case", cases("quotes"))
def test_what_is_quoted_was_printed(case):
    """Each variant is the text of its span, and each side of a change stands in one of the variants."""
    if case.kind == "known failure":
        pytest.xfail("nothing is found")
    texts = {a.id: a.text for a in case.articles}
    for quote in quotes.altered(case.annotated):
        assert all(v.text == v.span.of(texts[v.article]) for v in quote.variants)
        joined = " ".join(" ".join(v.text.split()) for v in quote.variants)
        assert all(side in joined for change in quote.changes for side in change if side != "…")


def said(id_: str, text: str, speaker: Source | None) -> Annotated:
    article = Article(id_, "s", body=(Paragraph(f"“{text}”"),))
    content = (Span(0, len(text) + 2),)
    chain = (speaker,) if speaker else ()
    return Annotated(article, (), (Attribution(None, None, content, QuoteKind.DIRECT, chain),), ())


TEXT = "Both of our towns have shown the world what patience is and they can look after themselves."
OTHER = TEXT.replace("shown", "taught")
VIK = Source("vik", "Prime Minister Jorun Vik", SourceKind.PERSON)


def test_one_speaker_under_two_names_is_one():
    """Attribution gives a speaker one id in a story, whatever the printed name."""
    found = quotes.altered([said("a", TEXT, VIK), said("b", OTHER, replace(VIK, name="the prime minister"))])
    assert [(q.speaker, q.changes) for q in found] == [("Prime Minister Jorun Vik", (("shown", "taught"),))]


def test_two_persons_with_one_quotation_are_two():
    rask = Source("rask", "Edda Rask", SourceKind.PERSON)
    assert quotes.altered([said("a", TEXT, VIK), said("b", OTHER, rask)]) == ()


def test_one_article_alone_alters_nothing():
    one = said("a", TEXT, VIK)
    twice = replace(one, article=replace(one.article, body=(Paragraph(f"“{TEXT}”"), Paragraph(f"“{OTHER}”"))))
    assert quotes.altered([twice]) == ()


WORDS = st.lists(st.text("abcdefgh", min_size=4, max_size=9), min_size=9, max_size=40, unique=True)


@given(WORDS, st.data())
def test_a_replaced_word_is_the_change(words, data):
    """Whatever the utterance, the one word that differs is what is told."""
    at = data.draw(st.integers(0, len(words) - 1))
    other = [*words[:at], "zzzz", *words[at + 1 :]]
    (found,) = quotes.altered([said("a", " ".join(words), VIK), said("b", " ".join(other), VIK)])
    assert (found.kind, found.changes) == ("changed", ((words[at], "zzzz"),))


@given(WORDS, st.integers(0, 3), st.integers(0, 3))
def test_a_part_of_an_utterance_is_no_alteration(words, before, after):
    part = words[before : len(words) - after]
    assert quotes.altered([said("a", " ".join(words), VIK), said("b", " ".join(part), VIK)]) == ()


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_text_can_be_compared(texts):
    """No text breaks it, and every variant is what its article prints."""
    articles = [Annotated(Article(str(n), "s", body=(Paragraph(t),)), (), (), ()) for n, t in enumerate(texts)]
    for quote in quotes.altered(articles):
        assert all(v.span.of(texts[int(v.article)]) == v.text for v in quote.variants)
