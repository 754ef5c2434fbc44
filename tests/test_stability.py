"""A digest hangs on its articles alone: not on their order, nor, for what it doesn't touch, on one article more.

tests/corpus/stability.py proves the same on all of the sample, with other hash seeds and numbers of workers.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "corpus"))

import stability  # noqa: E402

from generator import converter, intake, summarizer  # noqa: E402
from generator.export import digest_record  # noqa: E402
from generator.intake.coverage import read_coverage  # noqa: E402
from generator.model import Annotated, Article, Digest, Paragraph  # noqa: E402


def digest(articles: Sequence[Annotated], **decided: object) -> Digest:
    return summarizer.summarize("s", "S", articles, embed=None, decisions=decided)


def invented() -> list[Article]:
    story = yaml.safe_load((HERE / "corpus/stories/cheese-outbreak.yaml").read_text(encoding="utf-8"))
    return [
        Article(
            one["id"], "s", one["title"], tuple(Paragraph(text) for text in one["body"]), one["outlet"],
            one["published"], language="en",
        )
        for one in story["articles"][:3]
    ]  # fmt: skip


@pytest.fixture(scope="module")
def cheese() -> list[Annotated]:
    return summarizer.annotate_many(invented())


@pytest.fixture(scope="module")
def seeds(shared) -> list[Annotated]:
    folder = shared / "seeds"
    coverage = read_coverage(folder)
    files = sorted(folder.glob("*.txt"))
    captures = [c for p in files for c in intake.read(p, root=folder, hints=coverage.hints_for(p.name))]
    return summarizer.annotate_many([converter.convert(c, story="s").article for c in captures])


@pytest.fixture(params=["cheese", "seeds"])
def story(request) -> list[Annotated]:
    return request.getfixturevalue(request.param)


def test_the_order_in_which_articles_come_changes_no_byte(story):
    mixed = list(story)
    random.Random(6).shuffle(mixed)
    one, other = (json.dumps(digest_record(digest(articles), {})) for articles in (story, mixed))
    assert one == other


def test_an_article_more_keeps_the_ids_of_the_claims_that_it_does_not_touch(story):
    for step in islice(stability.each_once(story, digest), 1):
        assert step.renamed == ()
        assert len(step.regrouped) <= max(stability.FEW, stability.REGROUPED * step.untouched), step
        assert len(step.lost) <= 1, step


def test_a_claim_that_another_article_joins_later_keeps_its_id(cheese):
    told = cheese[0]
    later = replace(told.article, id="later", outlet="Later", published="2032-04-01")
    after = {
        c.id: len({m.article for m in c.mentions}) for c in digest([told, *summarizer.annotate_many([later])]).claims
    }
    before = [c.id for c in digest([told]).claims]
    assert [after.get(i) for i in before] == [2] * len(before)


def test_editing_a_paragraph_keeps_the_ids_of_the_mentions_outside_it(cheese):
    first = cheese[0].article
    edited = replace(first, body=(Paragraph("Nobody knows yet who fell ill."), *first.body[1:]))
    (after,) = summarizer.annotate_many([edited])
    begins = first.paragraph_spans[1].start
    kept = {m.id for m in cheese[0].mentions if m.headline or m.span.start >= begins}
    assert kept <= {m.id for m in after.mentions}
    outside = {c.id for c in digest(cheese).claims if c.id in kept}
    now = {c.id for c in digest([after, *cheese[1:]]).claims}
    assert len(outside - now) <= stability.REGROUPED * len(outside)


def test_what_a_person_decided_of_a_claim_holds_when_an_article_comes_before_all_others(cheese):
    claims = digest(cheese[1:]).claims
    hidden, one, other = claims[0].id, claims[3].id, claims[8].id
    decided = {"hide": [{"mentions": [hidden]}], "merge": [{"mentions": [one, other]}]}
    assert cheese[0].article.published < min(a.article.published for a in cheese[1:])
    made = digest(cheese, **decided)
    shown = {m.id: c.id for c in made.claims for m in c.mentions}
    assert hidden not in shown
    assert shown[one] == shown[other]
