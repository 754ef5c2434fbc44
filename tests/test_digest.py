"""The digest as a whole: the same whatever the order, sensible whatever comes in."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from generator import summarizer
from generator.model import Annotated, Article, Claim, Digest, Join, Mention, Paragraph, Span, Status, Step
from generator.summarizer import silence, status
from generator.summarizer.silence import Silence

FERRY = (
    ("tide", "2031-03-02", "The ferry Aud ran aground off Skerry on Sunday. All 42 passengers were taken off by boat."),
    ("gale", "2031-03-03", "Forty-two passengers were rescued when the ferry Aud ran aground off Skerry on Sunday."),
    ("buoy", None, "The owner of the Aud said the ferry had been inspected in May. It declined to comment further."),
)


def article(id: str, published: str | None, text: str) -> Article:
    body = tuple(Paragraph(p) for p in text.split("\n\n") if p)
    return Article(id, "s", body=body, outlet=id.title(), published=published, language="en")


@pytest.fixture(scope="module")
def ferry() -> list[Annotated]:
    return summarizer.annotate_many([article(*entry) for entry in FERRY])


def digest(articles: list[Annotated]) -> Digest:
    return summarizer.summarize("s", "Ferry", articles, embed=None)


def test_the_order_of_the_articles_changes_nothing(ferry):
    assert digest(ferry) == digest(ferry[::-1]) == digest([ferry[1], ferry[2], ferry[0]])


def test_articles_come_in_order_of_publication_undated_last(ferry):
    assert [a.article.id for a in digest(ferry[::-1]).articles] == ["tide", "gale", "buoy"]


def test_annotated_articles_can_be_kept_and_sent(ferry):
    assert pickle.loads(pickle.dumps(ferry)) == ferry


def test_annotating_one_or_many_is_the_same(ferry):
    assert [summarizer.annotate(article(*entry)) for entry in FERRY] == ferry


def test_the_hash_seed_changes_nothing():
    code = (
        "from generator import summarizer\nfrom generator.model import Article, Paragraph\n"
        f"made = [Article(i, 's', body=(Paragraph(t),), published=d, language='en') for i, d, t in {FERRY!r}]\n"
        "print(summarizer.summarize('s', 't', summarizer.annotate_many(made), embed=None))"
    )
    root = Path(__file__).resolve().parents[1]
    printed = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=root, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True,
            check=True, text=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(printed) == 1


def test_a_new_article_keeps_the_ids_of_claims(ferry):
    before = {c.id for c in digest(ferry[:2]).claims}
    assert before <= {c.id for c in digest(ferry).claims}


def test_one_article_alone_makes_a_digest_without_company():
    made = digest(summarizer.annotate_many([article(*FERRY[0])]))
    assert [len(c.mentions) for c in made.claims] == [1, 1]
    assert not any(c.differences for c in made.claims)
    assert made.summary


def test_two_identical_articles_share_every_claim():
    twins = [article("one", "2031-03-02", FERRY[0][2]), article("two", "2031-03-02", FERRY[0][2])]
    made = digest(summarizer.annotate_many(twins))
    assert [len(c.mentions) for c in made.claims] == [2, 2]
    assert all(not d.values or d.aspect == "" for c in made.claims for d in c.differences)


@pytest.mark.parametrize("text", ["", "…", "---", "12", "\u200b"])
def test_an_article_without_a_sentence_harms_nothing(text, ferry):
    made = digest([*ferry, *summarizer.annotate_many([article("void", None, text)])])
    assert {c.id for c in digest(ferry).claims} <= {c.id for c in made.claims}


def test_an_empty_story_is_an_empty_digest():
    made = digest([])
    assert (made.claims, made.summary, made.articles) == ((), (), ())


def test_undated_articles_have_a_history_without_days():
    made = digest(summarizer.annotate_many([article(i, None, t) for i, _, t in FERRY]))
    assert all(step.when is None for c in made.claims for step in c.history)


def test_the_summary_is_printed_sentences(ferry):
    made = digest(ferry)
    mentions = {m.id: m for a in made.articles for m in a.mentions}
    texts = {a.article.id: a.article.text for a in made.articles}
    assert made.summary
    assert all(mentions[i].text in texts[mentions[i].article] for i in made.summary)


def test_the_digest_says_whether_embeddings_were_used(ferry):
    assert dict(digest(ferry).method)["embeddings"] == "none"


def test_silence_is_told_by_dates_and_completeness_only(ferry):
    made = digest([*ferry, *summarizer.annotate_many([article("cut", "2031-03-04", "The ferry is still on the")])])
    late = next(c for c in made.claims if {m.article for m in c.mentions} == {"buoy"})
    first, second, undated, cut = made.articles[0], made.articles[1], made.articles[3], made.articles[2]
    told = next(c for c in made.claims if {m.article for m in c.mentions} == {"tide"} or len(c.mentions) > 1)
    assert silence.of(told, first, made.articles) is None
    assert silence.of(told, cut, made.articles) is Silence.CUT_SHORT
    assert silence.of(late, second, made.articles) is Silence.UNDATED
    assert silence.of(told, undated, made.articles) is Silence.UNDATED


def test_what_was_told_later_is_no_omission_of_an_earlier_article():
    articles = summarizer.annotate_many(
        [article("early", "2031-03-01", "Fog fell."), article("late", "2031-03-05", "A whale stranded.")]
    )
    made = digest(articles)
    whale = next(c for c in made.claims if "whale" in c.text)
    assert silence.of(whale, made.articles[0], made.articles) is Silence.EARLIER


@pytest.mark.parametrize(
    ("own", "others", "why"),
    [
        ("2031-03-02T08:00:00+00:00", "2031-03-02T09:00:00+00:00", Silence.EARLIER),
        ("2031-03-02T09:30:00+01:00", "2031-03-02T09:00:00+00:00", Silence.EARLIER),
        ("2031-03-02T08:00:00", "2031-03-02T09:00:00", Silence.EARLIER),
        ("2031-03-02T10:00:00+00:00", "2031-03-02T09:00:00+00:00", Silence.LEFT_OUT),
        ("2031-03-02T08:00:00", "2031-03-02T09:00:00+00:00", Silence.LEFT_OUT),
        ("2031-03-02", "2031-03-02T09:00:00+00:00", Silence.LEFT_OUT),
        ("2031-03-01", "2031-03-02T09:00:00+00:00", Silence.EARLIER),
    ],
)
def test_what_was_told_an_hour_later_is_no_omission_either(own, others, why):
    articles = [Annotated(article(i, day, "Fog fell."), (), (), ()) for i, day in (("own", own), ("other", others))]
    claim = Claim("c", "x", "m", (Mention("m", "other", Span(0, 1), "x"),))
    assert silence.of(claim, articles[0], articles) is why


def test_each_outlet_without_a_claim_is_told_with_the_weightiest_reason():
    articles = summarizer.annotate_many(
        [
            article("early", "2031-03-01", "Fog fell on the quay."),
            replace(article("early-too", "2031-03-06", "Rain fell on the quay."), outlet="Early"),
            article("cut", "2031-03-06", "Snow fell on the"),
            article("late", "2031-03-05", "A whale stranded."),
        ]
    )
    made = digest(articles)
    whale = next(c for c in made.claims if "whale" in c.text)
    assert silence.of_outlets(whale, made.articles) == (("Early", Silence.LEFT_OUT), ("Cut", Silence.CUT_SHORT))


def test_how_firmly_a_claim_is_put_is_told_in_the_order_of_publication():
    articles = summarizer.annotate_many(
        [
            article("third", "2031-03-04", "The envoy Arne Moll arrived in Tarn on Tuesday."),
            article("first", "2031-03-02", "It is unconfirmed that the envoy Arne Moll arrived in Tarn."),
            article("second", "2031-03-03", "The ministry confirmed that the envoy Arne Moll arrived in Tarn."),
        ]
    )
    arrival = [m.id for a in articles for m in a.mentions if "arrived" in m.text]
    made = summarizer.summarize("s", "Envoy", articles, embed=None, decisions={"merge": [{"mentions": arrival}]})
    steps = [(s.article, s.status) for c in made.claims if len(c.mentions) == 3 for s in c.history]
    assert steps == [("first", Status.POSSIBLE), ("second", Status.CONFIRMED), ("third", Status.HAPPENED)]


@pytest.mark.parametrize(
    "leaning", ["and cut the town off,", "He denied it.", "“We have seen a photograph.", "It sank."]
)
def test_the_summary_has_no_sentence_that_needs_the_one_before(leaning):
    articles = summarizer.annotate_many(
        [article("a", "2031-03-02", f"The barge Nell hit the quay at Orrel. {leaning}")]
    )
    made = digest(articles)
    told = {m.text for a in made.articles for m in a.mentions if m.id in made.summary}
    assert told == {"The barge Nell hit the quay at Orrel."}


def test_what_happened_long_before_weighs_half():
    articles = summarizer.annotate_many(
        [article("a", "2031-03-02", "The barge Nell sank at Orrel on Sunday. The mill at Orrel burned in 1936.")]
    )
    weights = {c.text: c.weight for c in digest(articles).claims}
    assert weights["The mill at Orrel burned in 1936."] < weights["The barge Nell sank at Orrel on Sunday."]


@pytest.mark.parametrize(
    ("steps", "moved"),
    [
        ([("02", "possible"), ("03", "confirmed")], True),
        ([("02", "expected"), ("03", "happened")], True),
        ([("02", "reported"), ("03", "confirmed")], True),
        ([("02", "reported"), ("03", "denied")], True),
        ([("02", "denied"), ("03", "confirmed")], True),
        ([("02", "reported"), ("03", "happened")], False),
        ([("02", "possible"), ("02T19:00", "confirmed")], False),
        ([("02", "happened"), ("03", "appears")], False),
        ([("02", "possible"), ("03", "possible"), (None, "confirmed")], False),
        ([("02", "denied"), ("03", "denied")], False),
        ([], False),
    ],
)
def test_a_claim_has_moved_when_a_later_day_puts_it_more_firmly_or_denies_it(steps, moved):
    mentions = tuple(Mention(f"m{n}", f"a{n}", Span(0, 1), "x") for n in range(len(steps)))
    history = tuple(
        Step(f"2031-03-{day}" if day else None, m.article, m.id, Status(rung))
        for m, (day, rung) in zip(mentions, steps, strict=True)
    )
    claim = Claim("c", "x", "m0", mentions, history=history)
    assert status.moved(claim) is moved
    weak = tuple(Join("m0", m.id, 0.2, ()) for m in mentions[1:])
    assert not status.moved(replace(claim, joins=weak))


def test_what_an_article_says_in_passing_is_no_step_of_a_history():
    told, aside = (
        Mention("m0", "a", Span(0, 1), "x", status=Status.POSSIBLE),
        Mention("m1", "b", Span(0, 1), "x", status=Status.HAPPENED, passing=True),
    )
    assert [s.mention for s in status.history([told, aside], {})] == ["m0"]
    assert [s.mention for s in status.history([aside], {})] == ["m1"]
