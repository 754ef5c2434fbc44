"""Reading texts together changes nothing that is found in them."""

from __future__ import annotations

import pytest

from generator.summarizer import embedding

TEXTS = ["The ferry stays shut.", "Nobody crossed the river on Monday.", "The bridge stays shut.", "Ada Brül spoke."]


def test_a_text_has_the_same_vectors_alone_and_in_company():
    embed = embedding.installed()
    if embed is None:
        pytest.skip("the model is not installed")
    together = embed([*TEXTS, TEXTS[0]])
    for text, found in zip([*TEXTS, TEXTS[0]], together, strict=True):
        (alone,) = embed([text])
        assert found.words == alone.words
        assert (found.vectors == alone.vectors).all()


def test_a_piece_lies_where_its_word_is_printed():
    embed = embedding.installed()
    if embed is None:
        pytest.skip("the model is not installed")
    (found,) = embed(["Ada Brül spoke."])
    begin, end = found.spans[0]
    assert "Ada Brül spoke."[begin:end] == "Ada"
    assert "brul" in found.words
