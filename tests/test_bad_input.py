"""A pile that nobody would make a digest of by hand makes one that holds together; the piles are in tests/cases/bad."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import converter, summarizer
from generator.model import Article, Capture, Digest, Hints, reported_by

PILES = yaml.safe_load((Path(__file__).parent / "cases/bad/stories.yaml").read_text(encoding="utf-8"))


def article(name: str, text: str, outlet: str | None, day: object) -> Article:
    hints = Hints(outlet=outlet, published=str(day) if day else None)
    return converter.convert(Capture(name, text, hints), story="s").article


def digest(files: list[list[Any]]) -> Digest:
    return summarizer.summarize("s", "S", summarizer.annotate_many([article(*f) for f in files]), embed=None)


@pytest.fixture(scope="module", params=PILES, ids=lambda p: p["name"])
def pile(request) -> tuple[dict[str, Any], Digest]:
    return request.param, digest(request.param["files"])


def test_a_bad_pile_makes_the_claims_that_it_prints_and_no_more(pile):
    case, made = pile
    least, most = case["claims"]
    assert least <= len(made.claims) <= most, [c.text for c in made.claims]
    assert sum(len(reported_by(c)) > 1 for c in made.claims) >= case["shared"]
    assert all(any(c.isalpha() for c in claim.text) for claim in made.claims)


def test_a_bad_pile_has_no_difference_that_nobody_printed(pile):
    case, made = pile
    texts = {a.article.id: a.article.text for a in made.articles}
    mentions = {m.id: m for c in made.claims for m in c.mentions}
    spans = [(i, s) for c in made.claims for d in c.differences for v in d.values for i, s in v.spans]
    assert all(span.of(texts[mentions[i].article]).strip() for i, span in spans)
    if "differences" in case:
        assert sum(len(c.differences) for c in made.claims) == case["differences"]


def test_a_bad_pile_is_told_in_printed_sentences_or_not_at_all(pile):
    case, made = pile
    mentions = {m.id: m for a in made.articles for m in a.mentions}
    told = [mentions[i].text for i in made.summary]
    assert bool(told) is (case["summary"] is not None)
    assert not told or told[0].startswith(case["summary"])


def test_who_speaks_in_another_language_is_named(pile):
    case, made = pile
    assert {s.name for c in made.claims for m in c.mentions for s in m.chain} >= set(case.get("speakers", ()))


def test_every_article_of_a_bad_pile_has_one_origin(pile):
    _, made = pile
    assert sorted(i for o in made.origins for i in o.members) == sorted(a.article.id for a in made.articles)


PLACES = ("Orrel", "Skarra", "Tarnwick", "Corrin", "Ness Point", "Vantry", "Pell Bay")


def live_blog(posts: int) -> str:
    told = (
        "The road from {a} to {b} is shut until noon, police said. Nobody was hurt.",
        "Water in {a} has risen by {n} centimetres within an hour, the coast guard said.",
        "“We have never seen such waves,” said a fisherman in {b}. More rain is expected in {a}.",
    )
    lines = ["Storm Brede: updates from the coast"]
    for n in range(posts):
        names = {"a": PLACES[n % 7], "b": PLACES[(n * 3 + 1) % 7], "n": 7 + n}
        lines += [
            f"{(n // 4) % 24:02}:{n % 4 * 15:02}",
            *(["Roads shut"] if n % 5 == 0 else ()),
            told[n % 3].format(**names),
        ]
    return "\n\n".join(lines)


def test_a_live_blog_keeps_its_posts_and_its_clock_times_are_no_text():
    made = article("live.txt", live_blog(300), None, "2031-03-02")
    text = made.text
    assert all(f"risen by {7 + n} centimetres" in text for n in range(1, 300, 3))
    assert "00:15" not in text
    assert made.title == "Storm Brede: updates from the coast"


def test_the_posts_of_a_live_blog_do_not_become_one_claim():
    made = digest([["live.txt", live_blog(40), "Tide", "2031-03-02"], *PILES[0]["files"]])
    assert max(len(c.mentions) for c in made.claims) <= 4
    assert made.summary


def test_many_printings_of_one_report_are_one_origin_and_one_claim_a_sentence():
    report = (
        "Barge sinks at Orrel\n\nThe barge Nell sank at Orrel on Sunday with a load of salt. Its master was saved by a "
        "fishing boat from Skarra.\n\nA court in Orrel will decide on Thursday whether the owner of the barge Nell can "
        "be held, two people familiar with the case said. The harbour has been shut to all ships until noon."
    )
    files = [
        [f"{n:02}.txt", report.replace(" the ", " that ", n % 3), f"Outlet {n}", f"2031-03-{2 + n % 9:02}"]
        for n in range(60)
    ]
    made = digest(files)
    assert [len(reported_by(c)) for c in made.claims] == [60] * len(made.claims)
    assert len(made.claims) <= 8
    assert len(made.origins) == 1
    assert not [d for c in made.claims for d in c.differences if d.aspect == "date"]
