"""Origins: articles that are not independent are counted once, with a reason; whatever isn't known stays apart."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed import cases

from generator import lexicon
from generator.model import Annotated, Article, Claim, Mention, Paragraph, Passage, Reuse, Source, SourceKind, Span
from generator.summarizer import origins, publishers, reuse

EXPECTED = re.compile(r"(.+?) \| ([^|]+?) \|(?: (.*))?")


@pytest.mark.parametrize("case", cases("origins"))
def test_the_case_holds(case):
    """The origins behind the articles, in order, with members and reasons as the case has them."""
    found = [
        (o.name or "-", " ".join(o.members), "; ".join(o.reasons))
        for o in origins.of_story(case.annotated, reuse.find(case.articles))
    ]
    assert found == [tuple(g or "" for g in EXPECTED.fullmatch(line).groups()) for line in case.expect], case.truth


YTN = Source("ytn", "South Korean broadcaster YTN", SourceKind.OUTLET)
OFFICIAL = Source("official", "a senior official", SourceKind.ANONYMOUS)
TEXT = "The train left the capital at noon. Nobody waved."


def annotated(id_: str, outlet: str | None, **fields) -> Annotated:
    return Annotated(Article(id_, "s", body=(Paragraph(TEXT),), outlet=outlet, **fields), (), (), ())


def mention(article: str, *chain: Source, headline: bool = False) -> Mention:
    span = Span(0, 35)
    return Mention(f"{article}-{len(chain)}", article, span, span.of(TEXT), chain=chain, headline=headline)


def told(mentions, articles, reuses=()):
    claim = Claim("c", TEXT, mentions[0].id, tuple(mentions))
    return [(o.name, o.members, o.reasons) for o in origins.of_claim(claim, articles, reuses)]


def test_two_articles_that_relay_one_outlet_have_one_origin():
    articles = [annotated("a", "Harrow Post"), annotated("b", "The Islander")]
    again = Source("ytn-2", "YTN", SourceKind.OUTLET)
    assert told([mention("a", OFFICIAL, YTN), mention("b", again)], articles) == [
        ("YTN", ("a", "b"), ("both relay YTN: Harrow Post and The Islander",))
    ]


def test_what_is_relayed_twice_goes_back_to_the_voice_nearest_the_claim():
    articles = [annotated("a", "Harrow Post"), annotated("b", "The Islander")]
    reuters = Source("reuters", "Reuters", SourceKind.AGENCY)
    (found,) = told([mention("a", YTN, reuters), mention("b", YTN)], articles)
    assert found[:2] == ("YTN", ("a", "b"))


def test_an_outlet_and_those_who_relay_it_have_one_origin():
    articles = [annotated("a", "YTN"), annotated("b", "The Islander")]
    assert told([mention("a"), mention("b", YTN)], articles) == [("YTN", ("a", "b"), ("The Islander relays YTN",))]


def test_an_agency_that_names_itself_relays_nobody():
    articles = [annotated("a", "Reuters"), annotated("b", "The Islander", agency=("Reuters",))]
    reuters = Source("reuters", "Reuters", SourceKind.AGENCY)
    assert told([mention("a", OFFICIAL, reuters), mention("b", OFFICIAL, reuters)], articles) == [
        ("Reuters", ("a", "b"), ("The Islander credits Reuters",))
    ]


def test_an_article_that_relays_two_stands_under_both():
    articles = [annotated("a", "Harrow Post"), annotated("b", "The Islander")]
    kyodo = Source("kyodo", "Japan's Kyodo News", SourceKind.AGENCY)
    found = told([mention("a", YTN), mention("a", kyodo), mention("b", YTN)], articles)
    assert [members for _, members, _ in found] == [("a", "b"), ("a",)]


def test_media_in_general_are_one_voice_only_where_the_source_is_one():
    """Nobody knows whether the state media of one article are those of another."""
    articles = [annotated("a", "Harrow Post"), annotated("b", "The Islander")]
    one, other = (Source(i, "state media", SourceKind.OUTLET) for i in ("m1", "m2"))
    assert len(told([mention("a", one), mention("b", other)], articles)) == 2
    assert len(told([mention("a", one), mention("b", one)], articles)) == 1


def test_what_a_person_said_to_two_outlets_has_two_origins():
    minister = Source("vik", "Jorun Vik", SourceKind.PERSON)
    articles = [annotated("a", "Harrow Post"), annotated("b", "The Islander")]
    assert len(told([mention("a", minister), mention("b", minister)], articles)) == 2


def test_a_headline_without_a_voice_does_not_hide_the_relay_of_the_text():
    articles = [annotated("a", "Harrow Post"), annotated("b", "YTN")]
    mentions = [mention("a", headline=True), mention("a", YTN), mention("b")]
    assert [m for _, m, _ in told(mentions, articles)] == [("a", "b")]


def test_a_claim_inside_a_shared_passage_has_one_origin_and_the_missing_credit_is_said():
    articles = [annotated("a", "Reuters"), annotated("b", "The Islander")]
    shared = Reuse("a", "b", 0.15, 0.1, (Passage(Span(0, 35), Span(0, 35), True),), "open", False)
    reason = "The Islander prints it in a passage shared with Reuters, no credit in this file"
    assert told([mention("a"), mention("b")], articles, [shared]) == [("Reuters", ("a", "b"), (reason,))]
    elsewhere = Reuse("a", "b", 0.15, 0.1, (Passage(Span(36, 49), Span(36, 49), True),))
    assert len(told([mention("a"), mention("b")], articles, [elsewhere])) == 2


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Russia's Interfax news agency", "Interfax"),
        ("the Russian news agency Interfax", "Interfax"),
        ("INTERFAX", "Interfax"),
        ("the South Korean broadcaster YTN", "YTN"),
        ("The Associated Press", "AP"),
        ("the Guardian", "The Guardian"),
        ("Russia's state television channel Rossiya 1", "Rossiya 1"),
        ("Japan's Kyodo News", "Kyodo News"),
    ],
)
def test_printed_forms_of_one_publisher_are_one(printed, name):
    assert publishers.canonical(printed) == publishers.canonical(name)


@pytest.mark.parametrize(
    "printed", ["state media", "the North's state media", "South Korean media", "a local newspaper"]
)
def test_media_in_general_are_no_publisher(printed):
    assert publishers.named(printed) is None


def test_no_outlet_belongs_to_two_families():
    """What a family is called and who is in it: every outlet in one, every owner in one."""
    families = lexicon.load("owners")["family"]
    homes = {}
    for entry in families:
        for name in {*map(publishers.canonical, entry["outlets"]), *(f"owner {o}" for o in entry["owners"])}:
            assert homes.setdefault(name, entry["name"]) == entry["name"]
    assert len({f["name"] for f in families}) == len(families)


OUTLETS = st.sampled_from([None, "Reuters", "The Guardian", "The Sun", "The Wall Street Journal", "Harrow Post"])


@given(st.lists(st.tuples(OUTLETS, st.sampled_from([(), ("Reuters",), ("AFP",)])), max_size=9))
def test_every_article_of_a_story_is_in_exactly_one_origin(given_articles):
    """Whatever is credited, the origins are a partition, and a second run over the same gives the same."""
    articles = [annotated(f"a{n}", o, agency=g) for n, (o, g) in enumerate(given_articles)]
    found = origins.of_story(articles, ())
    assert sorted(m for o in found for m in o.members) == [a.article.id for a in articles]
    assert origins.of_story(articles, ()) == found
    assert len({o.id for o in found}) == len(found)
