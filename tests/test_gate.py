"""Nothing is read worse than it was: the figures of the annotated sample stay above the floors of corpus/gate.json.

`python tests/corpus/score.py --verbose` names each miss; `--raise` moves the floors up.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "corpus"))
import gold
import score

FLOORS = [(corpus, name) for corpus, figures in score.floors().items() for name in figures]


@cache
def measured(corpus: str) -> score.Figures | None:
    return score.measure_sample() if corpus == "sample" else score.measure_seeds()


@pytest.mark.parametrize(("corpus", "figure"), FLOORS)
def test_no_figure_is_below_its_floor(corpus: str, figure: str) -> None:
    """What was reached once is reached still."""
    reached = measured(corpus)
    if reached is None:
        pytest.skip("no ../shared here: the five real articles are not scored")
    assert reached[figure] >= score.floors()[corpus][figure]


@pytest.mark.parametrize("story", gold.stories(), ids=lambda s: s.id)
def test_every_claim_of_the_annotation_quotes_its_articles(story: gold.Story) -> None:
    """Each mention of each claim, and each look-alike, is printed in the article that it names."""
    mentions = story.mentions
    for pair in story.record["apart"]:
        for claim, key in (name.split("/") for name in pair):
            assert (claim, key) in mentions or story.articles[key].is_unread


@pytest.mark.parametrize("article", [a for s in gold.stories() for a in s.articles.values()], ids=lambda a: a.key)
def test_every_role_and_attribution_of_the_annotation_quotes_its_article(article: gold.Gold) -> None:
    """Each line, source and content that the annotation gives is printed in the article."""
    if article.is_unread:
        pytest.skip("saved pages are not read yet")
    for role in article.record["roles"]:
        assert article.role(role) or article.is_page
    for attribution in article.record["attributions"]:
        assert article.sought(attribution["content"], attribution.get("after", ""))
        assert attribution["source"] is None or article.sought(attribution["source"])


def test_every_file_of_the_sample_is_annotated() -> None:
    """No article of content/inbox is without its annotation."""
    annotated = {a.path for s in gold.stories() for a in s.articles.values()}
    there = {p for p in gold.INBOX.rglob("*") if p.is_file() and p.name != "coverage.toml"}
    assert there == annotated


def test_the_floors_are_shares() -> None:
    """A floor above what can be reached, or below nothing, would be a slip of the pen."""
    assert all(0 <= value <= 1 for figures in score.floors().values() for value in figures.values())


def test_a_perfect_reading_scores_one(tmp_path: Path) -> None:
    """The scorer gives full marks to the annotation's own claims, and counts a look-alike that is joined."""
    story = next(s for s in gold.stories() if s.id == "vosse-painting")
    perfect = {"stories": [_digest_of(story, {})]}
    figures = score.score_digest(perfect, [story], lambda line: None)
    assert figures["claim pairs found"] == figures["claim pairs right"] == figures["look-alikes kept apart"] == 1
    joined = {"stories": [_digest_of(story, {"previous": "sold"})]}
    assert score.score_digest(joined, [story], lambda line: None)["look-alikes kept apart"] < 1


def _digest_of(story: gold.Story, moved: dict[str, str]) -> dict[str, object]:
    """The annotation as an export, with some claims put into others."""
    claims: dict[str, list[dict[str, object]]] = {}
    for name, claim in story.record["claims"].items():
        for key, quoted in claim["mentions"].items():
            text = story.articles[key].text
            place = text.find(quoted)
            assert place is not None
            span = [text.offset(place[0]), text.offset(place[1] - 1) + 1]
            claims.setdefault(moved.get(name, name), []).append({"article": key, "source_span": span})
    return {
        "id": story.id,
        "articles": [{"id": k, "file": a.path.name} for k, a in story.articles.items()],
        "claims": [{"id": n, "mentions": m, "differences": []} for n, m in claims.items()],
        "reuses": [],
        "altered_quotes": [],
    }
