"""What a build says is new since the one before."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import digests
import pytest

from generator.model import Digest, News
from generator.pipeline import news
from generator.pipeline.means import Compared

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


def renewed(
    before: dict[str, news.Record], digest: Digest, key: str | None = None
) -> tuple[News, dict[str, news.Record]]:
    """The news, and the record as it comes back from its file."""
    made = Compared(digest.story, key, len(digest.articles), len(digest.claims), lambda: digest)
    told, record = news.renewed(before, [made])
    return told[digest.story], json.loads(json.dumps(record))


def since(before: dict[str, news.Record], digest: Digest) -> News:
    return renewed(before, digest)[0]


def stored(digest: Digest) -> dict[str, news.Record]:
    return renewed({}, digest)[1]


def test_the_first_build_calls_nothing_new() -> None:
    assert since({}, digests.digest()) == News()


def test_a_new_article_its_claims_and_the_claims_it_joins_are_news() -> None:
    told = since(stored(without("vale-observer-town")), digests.digest())
    assert told.articles == ("vale-observer-town",)
    assert "bread" in told.claims
    assert dict(told.wider)["houses-in-water"] == ("vale-observer-town",)
    assert told.gone == 0


def test_an_article_that_was_taken_away_is_counted() -> None:
    told = since(stored(digests.digest()), without("minister-denies"))
    assert told.gone == 1
    assert told.articles == ()


def test_news_stay_until_something_else_is_new() -> None:
    first = stored(without("vale-observer-town"))
    told, second = renewed(first, digests.digest())
    assert renewed(second, digests.digest()) == (told, second)


def test_a_story_whose_digest_is_on_record_is_not_opened() -> None:
    told, record = renewed(stored(without("vale-observer-town")), digests.digest(), "the key")
    unopened = Compared(STORY, "the key", 0, 0, lambda: pytest.fail("opened"))
    assert news.renewed(record, [unopened]) == ({STORY: told}, record)


def test_a_story_that_was_not_there_is_news_as_a_whole_and_others_are_kept() -> None:
    before = {"elsewhere": {"articles": ["a"], "mentions": []}}
    told = since(before, digests.digest())
    assert len(told.articles) == len(digests.digest().articles)
    assert "elsewhere" in renewed(before, digests.digest())[1]


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
