"""Each construction that carries an attribution, and what only looks like one: cases as data in cases/attribution."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from generator.model import Article, Paragraph
from generator.summarizer.attribution import attribute, attribute_title
from generator.summarizer.parsing import parse, parse_title

# What a case says of the voice nearest the claim -> the field of its Source; false is "none".
DETAILS = (
    ("number", "number"), ("rank", "rank"), ("country", "country"), ("source_kind", "kind"), ("reason_is", "reason"),
    ("source_id", "id"),
)  # fmt: skip
CASES = Path(__file__).parent / "cases" / "attribution"


def cases():
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            marks = [pytest.mark.xfail(strict=True, reason="known failure")] if path.stem == "known_failures" else []
            yield pytest.param(case, id=f"{path.stem}: {case['name']}", marks=marks)


def words(text):
    return re.findall(r"[^\W_]+", text.lower())


def share(a, b):
    """Shared words over all words, as bags."""
    a, b = words(a), words(b)
    both = sum(min(a.count(w), b.count(w)) for w in set(a))
    return both / max(1, len(a) + len(b) - both)


def attributions_of(case):
    if "title" in case:
        article = Article("case", "story", title=case["title"])
        return case["title"], attribute_title(parse_title(article))
    paragraphs = tuple(Paragraph(p.strip()) for p in case["text"].strip().split("\n\n"))
    article = Article("case", "story", body=paragraphs, language=case.get("language"))
    return article.text, attribute(parse(article))


def wording(attribution, text):
    return " ".join(s.of(text) for s in attribution.content)


@pytest.mark.parametrize("case", list(cases()))
def test_attributions_are_found_as_the_case_says(case):
    """Every expected attribution is found with its source, chain, stance and kind; nothing is made of the rest."""
    text, found = attributions_of(case)
    for expected in case.get("found", ()):
        best = max(found, key=lambda a: share(wording(a, text), expected["content"]), default=None)
        assert best is not None, "nothing found"
        got = wording(best, text)
        assert share(got, expected["content"]) >= 0.6, got
        assert_details(best, text, expected)
    for absent in case.get("absent", ()):
        assert all(share(wording(a, text), absent) < 0.5 for a in found), [wording(a, text) for a in found]


def assert_details(found, text, expected):
    if "source" in expected:
        assert found.source is not None
        assert share(found.source.of(text), expected["source"]) >= 0.5, found.source.of(text)
    if "cue" in expected:
        assert set(words(expected["cue"])) <= set(words(found.cue.of(text))), found.cue.of(text)
    if "chain" in expected:
        names = [s.name for s in found.chain]
        assert len(names) == len(expected["chain"]), names
        assert all(set(words(a)) <= set(words(b)) for a, b in zip(expected["chain"], names, strict=True)), names
    for key in ("stance", "kind"):
        if key in expected:
            assert getattr(found, key) == expected[key]
    first = found.chain[0] if found.chain else None
    for key, field in DETAILS:
        if key in expected:
            assert (getattr(first, field) or False) == expected[key]
    if "reason" in expected:
        assert expected["reason"] in first.reason
