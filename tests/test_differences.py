"""Where mentions part: the pairs lie in tests/cases/differences; the real articles' pairs are scored where they are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from generator import summarizer
from generator.model import Annotated, Article, Mention, Paragraph, QuoteKind, Source, SourceKind, Span, Status
from generator.summarizer import differences, speakers, status

PAIRS = yaml.safe_load((Path(__file__).parent / "cases/differences/pairs.yaml").read_text(encoding="utf-8"))


def mention(text: str, id: str, published: str) -> Mention:
    found = summarizer.annotate(Article(id, "s", body=(Paragraph(text),), published=published, language="en")).mentions
    return found[0]


@pytest.mark.parametrize("case", PAIRS, ids=lambda c: c["name"])
def test_two_wordings_part_where_they_do_and_nowhere_else(case):
    day = case["published"].isoformat()
    found = differences.between(mention(case["a"], "a", day), mention(case["b"], "b", day))
    assert sorted({d.aspect for d in found}) == case["aspects"]


def test_every_difference_shows_printed_words():
    a, b = (
        mention("The leak spilled 40 tonnes.", "a", "2031-09-15"),
        mention("It spilled four tonnes.", "b", "2031-09-15"),
    )
    (number,) = [d for d in differences.between(a, b) if d.aspect == "number"]
    texts = {a.id: a, b.id: b}
    shown = [span.shift(-texts[i].span.start).of(texts[i].text) for v in number.values for i, span in v.spans]
    assert shown == ["40 tonnes", "four tonnes"]


@pytest.mark.parametrize(
    ("text", "rung"),
    [
        ("The minister has denied the report", Status.DENIED),
        ("He did not deny the report", Status.HAPPENED),
        ("The ministry declined to comment", Status.NO_COMMENT),
        ("The trip is still unconfirmed", Status.POSSIBLE),
        ("They might meet at the port", Status.POSSIBLE),
        ("She appears to have left", Status.APPEARS),
        ("She is due to speak", Status.EXPECTED),
        ("She left", Status.HAPPENED),
        ("The fair opens on May 22", Status.HAPPENED),
        ("The mill burned in May", Status.HAPPENED),
        ("She may leave", Status.POSSIBLE),
        ("Four of the trips were to the coast", Status.HAPPENED),
        ("The ferry was to sail at noon", Status.EXPECTED),
        ("He was dismissed from the customs office", Status.HAPPENED),
        ("She dismissed the report", Status.DENIED),
        ("The board rejected the bid of a rival", Status.HAPPENED),
        ("The board rejected suggestions of a merger", Status.DENIED),
        ("The false post has been shared often", Status.HAPPENED),
        ("The post is false", Status.DENIED),
        ("He wouldn't say sorry", Status.HAPPENED),
    ],
)
def test_the_hedge_ladder_knows_negation_and_tense(text, rung):
    assert status.read(text).status is rung


@pytest.mark.parametrize(
    ("one", "other", "values"),
    [
        ("The toll rose last night.", "The toll passed eleven last night.",
         ["last night (2031-09-14)", "last night (2031-09-15)"]),
        ("He will dine with her on Thursday.", "He dined there on Thursday.", []),
    ],
)  # fmt: skip
def test_days_that_are_printed_alike_are_told_apart_or_are_the_same(one, other, values):
    days = ("2031-09-15", "2031-09-16") if values else ("2031-09-15", "2031-09-19")
    a, b = (mention(text, who, day) for text, who, day in zip((one, other), "ab", days, strict=True))
    found = [d for d in differences.between(a, b) if d.aspect == "date"]
    assert [v.value for d in found for v in d.values] == values


def test_background_takes_for_granted_what_others_put_to_the_reader():
    told = mention("The mill may have burned 40 tonnes of oil.", "a", "2031-09-15")
    plain = mention("The mill burned 40 tonnes of oil.", "b", "2031-09-15")
    aside = replace(plain, passing=True)
    assert [d.aspect for d in differences.between(told, plain)] == ["hedge"]
    assert differences.between(told, aside) == ()


def test_what_only_says_who_is_spoken_of_is_denied_by_nobody():
    denial = mention("Harn Lines denied that the captain had asked for a tug.", "a", "2031-09-15")
    plain = replace(mention("Harn Lines runs two ferries.", "b", "2031-09-15"), names=denial.names)
    aside = replace(plain, passing=True)
    assert "polarity" in [d.aspect for d in differences.between(denial, plain)]
    assert "polarity" not in [d.aspect for d in differences.between(denial, aside)]


def test_a_denial_contradicts_what_is_put_forward_and_agrees_with_another_denial():
    claim = mention("The firm hired guards, a source said.", "a", "2031-09-15")
    denial = mention("The firm denied that it had hired guards.", "b", "2031-09-15")
    other = mention("Managers have denied hiring guards.", "c", "2031-09-15")
    assert differences.contradict(claim, denial)
    assert not differences.contradict(denial, other)


def test_silence_here_contradicts_a_statement_there():
    silent = mention("The ministry declined to comment on the envoy's trip.", "a", "2031-09-15")
    told = mention("The ministry confirmed the envoy's trip.", "b", "2031-09-15")
    assert differences.contradict(silent, told)
    assert not differences.contradict(silent, silent)


@pytest.mark.parametrize(
    ("a", "b", "aspect", "shown"),
    [
        ("Eels died, police said.", "Eels died, Ann Roe said.", "attribution", ["police", "Ann Roe"]),
        ("Eels died, two sources said.", "Eels died, several sources said.", "sources", ["two", "several"]),
        ("The dam did not burst.", "The dam burst.", "polarity", ["not"]),
        ("Mr Hale will meet Ms Dorn in Tarn.", "Mr Hale will meet Ms Dorn in Orrel.", "place", ["in Tarn", "in Orrel"]),
        ("She may go to Tarn.", "She is due to go to Tarn.", "hedge", ["may", "due"]),
        ('"We saved every house," he said.', '"We rescued every house," he said.', "wording", ["saved", "rescued"]),
    ],
)
def test_a_difference_points_at_the_words_that_show_it(a, b, aspect, shown):
    pair = (mention(a, "a", "2031-09-15"), mention(b, "b", "2031-09-15"))
    texts = {m.id: m for m in pair}
    (found,) = [d for d in differences.between(*pair) if d.aspect == aspect]
    printed = [s.shift(-texts[i].span.start).of(texts[i].text) for v in found.values for i, s in v.spans]
    assert sorted(printed) == sorted(shown)


@pytest.mark.parametrize("case", PAIRS, ids=lambda c: c["name"])
def test_differences_do_not_depend_on_which_is_read_first(case):
    day = case["published"].isoformat()
    a, b = mention(case["a"], "a", day), mention(case["b"], "b", day)
    assert {d.aspect for d in differences.between(a, b)} == {d.aspect for d in differences.between(b, a)}
    assert differences.contradict(a, b) == differences.contradict(b, a)


@pytest.mark.parametrize(
    ("early", "late", "superseded", "sides"),
    [
        ("2031-03-02", "2031-03-04", True, ["Twelve", "Nineteen"]),
        ("2031-03-02T08:00:00+00:00", "2031-03-02T19:00:00+00:00", False, ["Nineteen", "Twelve"]),
        (None, "2031-03-04", False, ["Nineteen", "Twelve"]),
    ],
)
def test_what_was_reported_on_an_earlier_day_is_superseded_and_not_contradicted(early, late, superseded, sides):
    pair = (
        mention("Nineteen people were hurt in the fire.", "late", "2031-03-04"),
        mention("Twelve people were hurt in the fire.", "early", "2031-03-02"),
    )
    (number,) = differences.within(pair, published={"early": early, "late": late})
    assert number.superseded is superseded
    assert [v.value for v in number.values] == sides


def told(name: str, kind: SourceKind, role: str | None = None) -> Mention:
    source = Source(name.lower().replace(" ", "-"), name, kind, role=role)
    return Mention(name, name, Span(0, 9), "Fog fell.", (source,), predicates=("fall",), quote=QuoteKind.INDIRECT)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Ann Roe", SourceKind.PERSON, "Mayor"), ("the mayor", SourceKind.PERSON), True),
        (("Ann Roe", SourceKind.PERSON, "Mayor of Orrel"), ("the mayor", SourceKind.PERSON), True),
        (
            ("Ann Roe", SourceKind.PERSON, "Transport Minister"),
            ("Halvia’s transport minister", SourceKind.PERSON),
            True,
        ),
        (("Ann Roe", SourceKind.PERSON, "Mayor"), ("the minister", SourceKind.PERSON), False),
        (("Roe’s office", SourceKind.OFFICE), ("Moll’s office", SourceKind.OFFICE), False),
        (("police", SourceKind.OFFICE), ("They", SourceKind.UNKNOWN), True),
    ],
)
def test_a_person_and_the_office_that_he_holds_are_one_voice(one, other, same):
    assert (differences.attributions([told(*one), told(*other)]) == []) is same


def test_the_outlet_is_no_voice_of_its_own_article_and_he_is_nobody_where_nothing_names_him():
    article = Article("a", "s", body=(Paragraph("x"),), outlet="The Corrin Post")
    insider = Source("insider", "an insider", SourceKind.ANONYMOUS)
    paper = Source("this-newspaper", "this newspaper", SourceKind.OUTLET)
    post = Source("corrin-post", "Corrin Post", SourceKind.OUTLET)
    he = Source("he", "He", SourceKind.UNKNOWN)
    mentions = tuple(
        Mention(f"m{n}", "a", Span(0, 1), "x", chain)
        for n, chain in enumerate([(insider, paper), (insider, post), (he,), (insider,)])
    )
    (made,) = speakers.united([Annotated(article, (), (), mentions)])
    assert [m.chain for m in made.mentions] == [(insider,), (insider,), (), (insider,)]
    assert [m.nameless for m in made.mentions] == [False, False, True, False]
