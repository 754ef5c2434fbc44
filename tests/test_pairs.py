"""What the features of a pair of mentions say: who does it to whom, which of several, what is counted, plan or deed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from generator import summarizer
from generator.model import Article, Paragraph
from generator.summarizer import pairwise, similarity

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
    profiles = similarity.profiles([mentions[one], mentions[other]], [0, 1])
    found = pairwise.features(profiles, [(0, 1), (1, 0)])[feature]
    assert found.tolist() == [value, value]


@pytest.mark.parametrize("at_once", [1, 50, 1 << 18])
def test_pairs_looked_up_together_have_what_each_has_by_itself(mentions, at_once, monkeypatch):
    monkeypatch.setattr(pairwise, "_AT_ONCE", at_once)
    profiles = similarity.profiles(list(mentions.values()), range(len(mentions)))
    places = [(a, b) for a in range(len(profiles)) for b in range(0, len(profiles), 3) if a != b]
    columns = pairwise.features(profiles, places)
    for n, (a, b) in enumerate(places):
        one, other = profiles[a], profiles[b]
        assert columns["concepts"][n] == pytest.approx(similarity.cosine(one.concepts, other.concepts), abs=1e-9)
        assert columns["contained"][n] == pytest.approx(similarity.contained(one, other), abs=1e-9)
        assert columns["speaker"][n] == bool(one.speakers & other.speakers)
