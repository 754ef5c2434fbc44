"""Which wording a claim is called by and told with: the sentences lie in tests/cases/summary."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from generator import summarizer
from generator.model import Article, Difference, Mention, Paragraph, Span, Value
from generator.summarizer import claims, summary, wordings

ALONE = yaml.safe_load((Path(__file__).parent / "cases/summary/alone.yaml").read_text(encoding="utf-8"))


def mentions(*texts: str) -> list[Mention]:
    """Each text in an article of its own; terms are its words."""
    return [
        Mention(f"m{n}", f"a{n}", Span(0, len(t)), t, subjects=("x",), names=("x",), terms=tuple(t.lower().split()))
        for n, t in enumerate(texts)
    ]


@pytest.mark.parametrize("case", ALONE, ids=lambda c: c["text"])
def test_a_sentence_stands_by_itself_or_needs_the_one_before(case):
    (mention,) = mentions(case["text"])
    assert (wordings.independence(mention) > 0) is case["alone"]


@pytest.mark.parametrize(
    ("texts", "best"),
    [
        (["where he toured a mill,", "Mr Moll toured a mill at Orrel."], 1),
        (["It denied that.", "The ministry denied that the mill at Orrel was shut."], 1),
        (["Moll promised an inquiry.", "Moll promised an inquiry into the fire.", "Moll declared a day of rest."], 1),
        (["and they will have it,” she said.", "They will have an answer,"], 1),
    ],
)
def test_a_claim_is_called_by_a_wording_that_stands_alone_and_says_what_most_say(texts, best):
    found = mentions(*texts)
    assert wordings.best(found) is found[best]
    assert wordings.best(found[::-1]) is found[best]


def test_a_claim_is_called_in_the_language_of_most_articles_where_one_of_them_has_it():
    found = mentions("La barca Nell lleva cuarenta toneladas de arena.", "carrying forty tonnes of sand,")
    assert wordings.best(found) is found[0]
    assert wordings.best(found, foreign={"a0"}) is found[1]


def test_a_claim_is_not_called_by_a_figure_that_one_article_has_alone_against_three():
    found = mentions(
        "The barge carries 40 tonnes.", "carrying 40 tonnes,", "with 40 tonnes,", "It lost 4 tonnes at Orrel."
    )
    sides = tuple(Value(v, tuple(m.id for m in found if v in m.text.split())) for v in ("40", "4"))
    assert wordings.outvoted(found, [Difference("number", sides)]) == {"m3"}
    assert wordings.outvoted(found[1:], [Difference("number", sides)]) == {"m3"}
    assert wordings.best(found[1:], differences=[Difference("number", sides)]) is not found[3]
    assert not wordings.outvoted(found, [Difference("date", sides)])


def test_what_every_article_keeps_for_its_end_weighs_less_than_what_they_open_with():
    body = "The barge Nell sank at Orrel. {} The mayor slept. The band played. A boy sang. The mill at Orrel is red."
    texts = (body.format("Its master was saved."), body.format("The cook swam ashore."))
    articles = [
        Article(i, "s", body=(Paragraph(t),), outlet=i, published="2031-03-02", language="en")
        for i, t in zip("ab", texts, strict=True)
    ]
    made = summarizer.summarize("s", "S", summarizer.annotate_many(articles), embed=None)
    weights = {c.text: c.weight for c in made.claims}
    assert weights["The mill at Orrel is red."] < weights["The barge Nell sank at Orrel."]


def test_what_a_later_day_has_gone_past_weighs_less_and_what_only_names_the_same_is_no_repetition():
    texts = {
        "2031-03-02": "The council may buy the mill. The sluice at Orrel is shut.",
        "2031-03-03": "The barge Nell has reached Orrel. The barge Nell sank at Orrel.",
    }
    articles = [
        Article(day, "s", body=(Paragraph(t),), outlet=day, published=day, language="en") for day, t in texts.items()
    ]
    made = summarizer.summarize("s", "S", summarizer.annotate_many(articles), embed=None)
    weights = {c.text: c.weight for c in made.claims}
    alone = summarizer.summarize("s", "S", summarizer.annotate_many(articles[:1]), embed=None)
    first = next(c for c in alone.claims if "may buy" in c.text)
    assert weights["The council may buy the mill."] < first.weight
    told = [m.text for c in made.claims for m in c.mentions if m.id in made.summary]
    assert {"The barge Nell has reached Orrel.", "The barge Nell sank at Orrel."} <= set(told)


def test_what_only_colours_the_scene_weighs_less_than_what_the_story_is_about():
    texts = (
        "The barge Nell sank at Orrel on Sunday. A red kite circled above the tower. The barge Nell was old.",
        "A red kite circled above the tower. The barge Nell sank at Orrel on Sunday. The barge Nell had no master.",
        "The owners of the barge Nell said the barge sank after a collision at Orrel.",
    )
    articles = [
        Article(i, "s", body=(Paragraph(t),), outlet=i, published="2031-03-02", language="en")
        for i, t in zip("abc", texts, strict=True)
    ]
    found = claims.group(summarizer.annotate_many(articles), None)
    told = {c.text: share for c in found for id_, share in summary.centrality(found).items() if c.id == id_}
    assert told["A red kite circled above the tower."] < told["The barge Nell sank at Orrel on Sunday."]


def test_a_story_is_told_in_the_language_of_most_of_its_articles():
    languages = {"a": "en", "b": "en", "c": "es", "d": None}
    assert summary.in_another_language(languages) == {"c"}
    assert summary.in_another_language({}) == frozenset()


def test_a_wording_that_looks_back_gives_way_to_one_that_does_not():
    found = mentions(
        "Norland has previously been accused of it by Harvia.", "Harvia has accused Norland of it outright."
    )
    assert wordings.best(found) is found[1]


def test_a_wording_that_is_mostly_about_who_said_so_gives_way():
    said, plain = mentions(
        "An official who asked not to be named told Estwire the mill is shut.", "The mill is shut now."
    )
    said, plain = replace(said, core="the mill is shut"), replace(plain, core="The mill is shut now")
    assert wordings.fitness(said, 0.5) < wordings.fitness(plain, 0.5)
