"""What a build says is new since the one before."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import digests

from generator.model import Digest, News
from generator.pipeline import news

STORY = digests.STORY


def without(article: str) -> Digest:
    """The invented story as it was before ``article`` came in."""
    whole = digests.digest()
    claims = []
    for claim in whole.claims:
        left = tuple(m for m in claim.mentions if m.article != article)
        if left:
            claims.append(replace(claim, mentions=left))
    return replace(whole, articles=tuple(a for a in whole.articles if a.article.id != article), claims=tuple(claims))


def stored(*made: Digest) -> dict[str, news.Record]:
    return dict(json.loads(news.record({}, made))["stories"])


def test_the_first_build_calls_nothing_new() -> None:
    assert news.since({}, [digests.digest()]) == {}


def test_a_new_article_its_claims_and_the_claims_it_joins_are_news() -> None:
    told = news.since(stored(without("vale-observer-town")), [digests.digest()])[STORY]
    assert told.articles == ("vale-observer-town",)
    assert "bread" in told.claims
    assert dict(told.wider)["houses-in-water"] == ("vale-observer-town",)
    assert told.gone == 0


def test_an_article_that_was_taken_away_is_counted() -> None:
    told = news.since(stored(digests.digest()), [without("minister-denies")])[STORY]
    assert told.gone == 1
    assert told.articles == ()


def test_news_stay_until_something_else_is_new() -> None:
    first = stored(without("vale-observer-town"))
    told = news.since(first, [digests.digest()])
    second = json.loads(news.record(first, [digests.digest()]))["stories"]
    assert news.since(second, [digests.digest()]) == told
    assert json.loads(news.record(second, [digests.digest()]))["stories"] == second


def test_a_story_that_was_not_there_is_news_as_a_whole_and_others_are_kept() -> None:
    before = {"elsewhere": {"articles": ["a"], "mentions": []}}
    told = news.since(before, [digests.digest()])[STORY]
    assert len(told.articles) == len(digests.digest().articles)
    assert "elsewhere" in json.loads(news.record(before, [digests.digest()]))["stories"]


def test_a_record_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    path = tmp_path / "last-build.json"
    for text in ("", "[]", '{"format": 0, "stories": {"x": {}}}', "\ufffd{"):
        path.write_text(text, "utf-8")
        assert news.read(path) == {}
    assert news.read(tmp_path / "none.json") == {}


def test_the_pages_tell_what_is_new(tmp_path: Path) -> None:
    import test_site

    fresh = {STORY: News(("vale-observer-town",), ("bread",), (("houses-in-water", ("vale-observer-town",)),), 1)}
    test_site.build([digests.digest()], project=test_site.project(tmp_path), output=tmp_path / "out", news=fresh)
    home = test_site.text_of(test_site.parsed(tmp_path / "out" / "index.html"))
    assert "1 new article; 1 new claim; 1 claim more widely reported; 1 article no longer here" in home
    story = test_site.text_of(test_site.parsed(tmp_path / "out" / "stories" / STORY / "index.html"))
    assert "now also in Vale Observer" in story
