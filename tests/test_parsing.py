"""Sentences: none empty, none across a paragraph, all that is visible in one; cut where a reader would cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Article, Paragraph
from generator.summarizer.parsing import (
    LONGEST_SENTENCE,
    parse,
    parse_many,
    parse_title,
    parse_with_titles,
    sentence_spans,
)
from generator.text import squeeze

SENTENCES = [
    ("It rained. The river rose.", ["It rained.", "The river rose."]),
    ("Mr. Dole met Dr. Ames. They left.", ["Mr. Dole met Dr. Ames.", "They left."]),
    ("He lives in the U.S. The house is old.", ["He lives in the U.S.", "The house is old."]),
    ("The U.S. Navy came at 5 p.m. Monday.", ["The U.S. Navy came at 5 p.m. Monday."]),
    ("“Who pays?” Clara Voss asked. Nobody knew.", ["“Who pays?” Clara Voss asked.", "Nobody knew."]),
    ("“Who pays?” The room was silent.", ["“Who pays?”", "The room was silent."]),
    ("“Stop! Go back,” she said.", ["“Stop!", "Go back,” she said."]),
    ("Prices rose 3.5 percent... and fell again.", ["Prices rose 3.5 percent... and fell again."]),
    ("Wait", ["Wait"]),
    ("  ", []),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences_are_cut_where_a_reader_would_cut_them(text, expected):
    assert [s.of(text) for s in sentence_spans(text)] == expected


@given(st.text(alphabet="aB .!?“”\"'’,\n\t…MrU", max_size=200))
def test_every_visible_character_is_in_exactly_one_sentence(text):
    spans = list(sentence_spans(text))
    assert all(s.of(text).strip() for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert squeeze("".join(s.of(text) for s in spans)) == squeeze(text)


def test_a_text_without_a_full_stop_is_cut_into_stretches():
    text = "word " * 20_000
    spans = list(sentence_spans(text))
    assert max(len(s) for s in spans) <= LONGEST_SENTENCE
    assert squeeze("".join(s.of(text) for s in spans)) == squeeze(text)


def test_no_sentence_crosses_a_paragraph_and_offsets_point_into_the_article_text():
    article = Article("a", "s", body=(Paragraph("One came. Two left."), Paragraph("Three stayed")))
    parsed = parse(article)
    assert [s.of(article.text) for s in parsed.sentences] == ["One came.", "Two left.", "Three stayed"]
    for offset, doc in parsed.docs:
        assert all(article.text[offset + t.idx :].startswith(t.text) for t in doc)


def test_many_articles_parse_as_each_alone():
    articles = [
        Article(str(n), "s", body=(Paragraph(f"Ship {n} sank. The crew of {n} was saved."),)) for n in range(20)
    ]
    together = list(parse_many(articles))
    for article, parsed in zip(articles, together, strict=True):
        alone = parse(article)
        assert parsed.sentences == alone.sentences
        assert [[t.dep_ for t in d] for _, d in parsed.docs] == [[t.dep_ for t in d] for _, d in alone.docs]


def test_what_two_articles_have_word_for_word_is_parsed_once():
    wire = Paragraph("The ferry sank off Ardwick. Nobody was hurt.")
    articles = [
        Article("one", "s", title="A ferry sinks", body=(Paragraph("It was late."), wire)),
        Article("two", "s", title="A ferry sinks", body=(wire, Paragraph("The crew swam ashore."))),
    ]
    (one, first), (two, second) = parse_with_titles(articles)
    assert one.docs[1][1] is two.docs[0][1] and first.docs[0][1] is second.docs[0][1]
    for parsed in (one, two):
        assert all(parsed.article.text[at + t.idx :].startswith(t.text) for at, doc in parsed.docs for t in doc)
    assert [p.sentences for p in (first, second)] == [parse_title(a).sentences for a in articles]


def test_an_article_in_another_language_has_sentences_and_no_trees():
    article = Article("a", "s", language="ru", body=(Paragraph("Пошёл дождь. Река поднялась."),))
    parsed = parse(article)
    assert len(parsed.sentences) == 2
    assert parsed.docs == ()


def test_an_article_without_text_or_title_has_nothing():
    article = Article("a", "s")
    assert parse(article).sentences == parse_title(article).sentences == ()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_paragraphs_at_all_can_be_parsed(paragraphs):
    article = Article("a", "s", body=tuple(Paragraph(p) for p in paragraphs))
    parsed = parse(article)
    assert squeeze("".join(s.of(article.text) for s in parsed.sentences)) == squeeze(article.text)


def test_a_paragraph_too_long_to_parse_at_once_is_parsed_in_pieces_that_cover_it(monkeypatch):
    monkeypatch.setattr("generator.summarizer.parsing.LONGEST_PIECE", 60)
    article = Article("a", "s", body=(Paragraph("The ship sank off the coast. " * 8),))
    parsed = parse(article)
    assert len(parsed.docs) > 2
    assert squeeze("".join(d.text for _, d in parsed.docs)) == squeeze(article.text)
    for offset, doc in parsed.docs:
        assert article.text[offset : offset + len(doc.text)] == doc.text
