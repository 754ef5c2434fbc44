"""What the features of a pair of mentions say: who does it to whom, which of several, what is counted, plan or deed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from generator import summarizer
from generator.model import Article, Paragraph
from generator.summarizer import similarity

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "pairs.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def mentions():
    """The mention of each sentence; sentences that come with several are a mistake of the case."""
    texts = list(dict.fromkeys(text for _, _, *pair in CASES for text in pair))
    articles = [Article(str(n), "s", body=(Paragraph(text),), language="en") for n, text in enumerate(texts)]
    found = {}
    for text, annotated in zip(texts, summarizer.annotate_many(articles), strict=True):
        (found[text],) = annotated.mentions
    return found


@pytest.mark.parametrize(("feature", "value", "one", "other"), CASES)
def test_a_pair_is_seen_as_it_is(feature, value, one, other, mentions):
    a, b = similarity.profiles([mentions[one], mentions[other]], [0, 1])
    assert similarity.features(a, b)[feature] == value
    assert similarity.features(b, a)[feature] == value
