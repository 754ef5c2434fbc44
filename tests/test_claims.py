"""Grouping: which wordings are put together. The stories lie in tests/cases/claims."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import summarizer
from generator.model import Annotated, Article, Claim, Digest, Mention, Paragraph, Role
from generator.summarizer import claims, decisions, embedding, scoring

STORIES = {p.stem: p for p in sorted((Path(__file__).parent / "cases" / "claims").glob("*.yaml"))}
EMBEDDERS = [
    pytest.param(None, id="plain"),
    pytest.param(
        embedding.installed(),
        id="embedded",
        marks=pytest.mark.skipif(embedding.installed() is None, reason="the embeddings are not installed"),
    ),
]


def story(name: str) -> dict[str, Any]:
    return yaml.safe_load(STORIES[name].read_text(encoding="utf-8"))


def annotated(record: dict[str, Any]) -> list[Annotated]:
    return summarizer.annotate_many([_article(a) for a in record["articles"]])


def _article(record: dict[str, Any]) -> Article:
    body = tuple(Paragraph(p) for p in record["body"])
    return Article(
        record["id"], "s", record["title"], body, record["outlet"], published=record["published"], language="en"
    )


def claims_with(digest: Digest, article: str, text: str) -> set[str]:
    """The claims that hold a mention with these words; words that are in no mention are a mistake of the case."""
    holders = [(c, m) for c in digest.claims for m in c.mentions if m.article == article and not m.headline]
    found = {c.id for c, m in holders if text in m.text}
    assert found, f"{article} has no mention with {text!r}"
    return found


def pairs(key: str) -> list[Any]:
    return [pytest.param(name, pair, id=f"{name}: {pair[1]}") for name in STORIES for pair in story(name).get(key, [])]


@pytest.fixture(scope="module")
def digest_of():
    made: dict[tuple[str, bool], Digest] = {}

    def of(name: str, embed: Any) -> Digest:
        key = (name, embed is not None)
        if key not in made:
            made[key] = summarizer.summarize(name, name, annotated(story(name)), embed=embed)
        return made[key]

    return of


@pytest.mark.parametrize("embed", EMBEDDERS)
@pytest.mark.parametrize(("name", "pair"), pairs("together"))
def test_the_same_claim_in_other_words_is_one_claim(name, pair, embed, digest_of, request):
    _expect_failure(name, pair, embed, request)
    digest = digest_of(name, embed)
    assert claims_with(digest, pair[0], pair[1]) & claims_with(digest, pair[2], pair[3])


@pytest.mark.parametrize("embed", EMBEDDERS)
@pytest.mark.parametrize(("name", "pair"), pairs("apart"))
def test_look_alikes_are_kept_apart(name, pair, embed, digest_of, request):
    _expect_failure(name, pair, embed, request)
    digest = digest_of(name, embed)
    assert not claims_with(digest, pair[0], pair[1]) & claims_with(digest, pair[2], pair[3])


def _expect_failure(name: str, pair: list[str], embed: Any, request: pytest.FixtureRequest) -> None:
    """A known failure, written beside the case, fails strictly: once it is right, the case says so."""
    modes = [f["in"] for f in story(name).get("known_failures", []) if f["pair"] == pair]
    if any(mode in ("both", "plain" if embed is None else "embedded") for mode in modes):
        request.applymarker(pytest.mark.xfail(strict=True, reason="not yet told from its wording"))


@pytest.mark.parametrize("name", STORIES)
def test_every_word_is_in_a_mention_and_every_mention_is_as_printed(name):
    for a in annotated(story(name)):
        body = [m for m in a.mentions if not m.headline]
        assert all(m.span.of(a.article.text) == m.text for m in body)
        held = {i for m in body for i in range(m.span.start, m.span.end)}
        assert all(i in held for i, c in enumerate(a.article.text) if c.isalnum())


@pytest.mark.parametrize("name", STORIES)
def test_every_mention_of_the_text_is_in_exactly_one_claim(name, digest_of):
    digest = digest_of(name, None)
    grouped = [m.id for c in digest.claims for m in c.mentions if not m.headline]
    assert sorted(grouped) == sorted(m.id for a in digest.articles for m in a.mentions if not m.headline)


def test_two_claims_in_a_sentence_are_two_mentions():
    text = "The mayor resigned on Friday, and the council will elect a new one in June."
    found = summarizer.annotate(Article("a", "s", body=(Paragraph(text),), language="en")).mentions
    assert [m.text for m in found] == [
        "The mayor resigned on Friday,",
        "and the council will elect a new one in June.",
    ]


@pytest.mark.parametrize(
    ("text", "clause", "voice"),
    [
        ("The yard may take the hull, which could bring work for years, but the price is open, dockers said.",
         "which could", "dockers"),
        ("Ida Holm’s office said it feared for “the yard, which has no orders, and the town, which has no other work”.",
         "which has no orders", "Ida Holm’s office"),
        ("Both yards have denied that they would buy the line, which has lost vast sums in two years of strikes.",
         "which has lost", None),
        ("Both ferries plan a stop at Dorrick.", "Both ferries", None),
        ("Some 40 tonnes were lost, the port said, while the owners put the figure at no more than four tonnes.",
         "while the owners", None),
        ("Some 40 tonnes were lost and, while the owners knew of it, nobody was warned, the port said.",
         "Some 40 tonnes", "the port"),
        ("Two brokers, who asked not to be named because talks with the owners are under way, said claims could rise.",
         "Two brokers", "Two brokers"),
        ("Divers found a body on Monday as the head of the port resigned, admitting that there was no pilot aboard.",
         "admitting", "the head of the port"),
        ("The port denied on Tuesday a report that no pilot was aboard the freighter which brought down the bridge.",
         "which brought", None),
    ],
)  # fmt: skip
def test_a_relative_clause_is_the_voices_where_it_is_quoted_or_comes_before_who_says_so(text, clause, voice):
    found = summarizer.annotate(Article("a", "s", body=(Paragraph(text),), language="en")).mentions
    (mention,) = (m for m in found if m.text.startswith(clause))
    assert [s.name for s in mention.chain] == ([voice] if voice else [])
    assert voice is not None or mention.stance == "says"


def test_a_heading_inside_a_text_is_no_mention():
    body = (
        Paragraph("The lock at Orrel was shut on Monday."),
        Paragraph("Closer ties between the ports", Role.SUBHEAD, level=2),
        Paragraph("It will open again in May."),
    )
    found = summarizer.annotate(Article("a", "s", body=body))
    assert [m.text for m in found.mentions] == [body[0].text, body[2].text]


def test_what_happened_besides_is_a_mention_of_its_own():
    text = "A barge struck the pier on Monday, killing two fishermen."
    found = summarizer.annotate(Article("a", "s", body=(Paragraph(text),), language="en")).mentions
    assert [m.text for m in found] == ["A barge struck the pier on Monday,", "killing two fishermen."]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Nine are in hospital, two of them in intensive care, the office said.", ["Nine are in", "two of them"]),
        ("The committee needed an hour; the vote was unanimous.", ["The committee needed an hour;", "the vote was"]),
        ("The council bought the ferry, built in 1961 at the Dorrick yard.", ["The council", "built in 1961"]),
        ("The Orma, a ferry carrying 60 lorries, struck the pier.", ["The Orma, a ferry", "struck the pier"]),
        ("Mayor Ida Holm, who flew to the island on Sunday, said the pier was safe.", ["Mayor Ida", "said the"]),
        ("Ida Holm, who asked not to be quoted by name, said the pier was safe.", ["Ida Holm, who asked"]),
        ('Mayor Ida Holm will sail "in the coming days" after the ice has broken, the office confirmed on Monday.',
         ['Mayor Ida Holm will sail "in the coming days"', "after the ice has"]),
        ("The mayor denied a report that the pier was unsafe.", ["The mayor denied a report that the pier"]),
        ("The museum showed a boat that held the island’s drowned sailors",
         ["The museum showed", "that held the island’s drowned sailors"]),
        ('The council voiced worry over the talks, with Mayor Ida Holm urging the line "not to sell the ferry that '
         'will leave us stranded".', ["The council voiced worry over the talks,", "with Mayor"]),
        ("The yard was sold to a Danish bank, a local paper reported on Friday, after what the owner said was a year of"
         " talks.", ["The yard was sold to a Danish bank, a local paper reported on Friday,", "after what"]),
        ("Two men died when a wall fell, and four are missing, police chief Ida Holm told reporters.",
         ["Two men died", "when a wall fell,", "and four are missing, police chief Ida Holm told reporters."]),
    ],
)  # fmt: skip
def test_each_proposition_of_a_sentence_is_a_mention_and_who_says_it_is_none(text, pieces):
    found = summarizer.annotate(Article("a", "s", body=(Paragraph(text),), language="en")).mentions
    assert [any(m.text.startswith(p) for m in found) for p in pieces] == [True] * len(pieces), found
    assert len(found) == len(pieces)


def test_a_mention_keeps_its_id_when_the_article_grows():
    first = Article("a", "s", body=(Paragraph("Rain fell. Rain fell."),), language="en")
    longer = Article("a", "s", body=(Paragraph("Snow fell."), *first.body, Paragraph("Hail fell.")), language="en")
    ids = [m.id for m in summarizer.annotate(first).mentions]
    assert len(set(ids)) == 2
    assert set(ids) <= {m.id for m in summarizer.annotate(longer).mentions}


def test_a_text_that_no_parser_reads_is_cut_into_its_sentences():
    article = Article("a", "s", body=(Paragraph("La nave llegó el lunes. Nadie murió."),), language="es")
    assert [m.text for m in summarizer.annotate(article).mentions] == ["La nave llegó el lunes.", "Nadie murió."]


def _claim_of(digest: Digest, text: str) -> Claim:
    return next(c for c in digest.claims if any(text in m.text for m in c.mentions))


def _mention_of(digest: Digest, text: str) -> Mention:
    return next(m for a in digest.articles for m in a.mentions if text in m.text and not m.headline)


def test_a_person_joins_parts_hides_and_names():
    articles = annotated(story("quarry-strike"))
    plain = summarizer.summarize("s", "t", articles, embed=None)
    stone, arrests = _mention_of(plain, "12,000 tonnes of stone"), _mention_of(plain, "Two men were detained")
    output = _mention_of(plain, "Output at the pit")
    data = {
        "merge": [{"mentions": [stone.id, output.id], "by": "A. Editor", "why": "the same figure"}],
        "split": [{"mentions": [arrests.id]}],
        "hide": [{"mentions": [_mention_of(plain, "A third man").id]}],
    }
    told = summarizer.summarize("s", "t", articles, embed=None, decisions=data)
    assert _claim_of(told, "12,000 tonnes of stone") == _claim_of(told, "Output at the pit")
    assert len(_claim_of(told, "Two men were detained").mentions) == 1
    assert not any("A third man" in m.text for c in told.claims for m in c.mentions)


def test_a_decision_about_what_is_gone_is_dead_and_one_about_nothing_is_refused():
    articles = annotated(story("quarry-strike"))
    taken = decisions.parse({"hide": [{"mentions": ["0" * 12]}], "alias": [{"names": ["Farrant", "Odile Farrant"]}]})
    assert [d.kind for d in decisions.dead(taken, articles)] == ["hide"]
    with pytest.raises(ValueError, match="names no mentions"):
        decisions.parse({"merge": [{"why": "no reason"}]})


def test_every_join_says_why(digest_of):
    for name in STORIES:
        for claim in digest_of(name, None).claims:
            ids = {m.id for m in claim.mentions}
            assert len(claim.joins) == len(claim.mentions) - 1
            assert all({j.a, j.b} <= ids and 0 <= j.score <= 1 for j in claim.joins)


def crowd(size: int) -> list[Annotated]:
    """Articles of which all tell of one fire, half of them in other words, and each of something of its own."""
    towns = [
        f"{first}{last}" for first in ("Ard", "Bel", "Cor", "Dun", "Elv") for last in ("wick", "mere", "rin", "ton")
    ]
    told = (
        "A fire at the Holm Ridge quarry destroyed 14 lorries on Sunday night.",
        "On Sunday night 14 lorries were destroyed by a fire at the Holm Ridge quarry.",
    )
    own = "In {town} the council will vote on a new {thing} next month."
    things = ("bridge", "library", "stadium", "school")
    bodies = [(told[n % 2], own.format(town=towns[n], thing=things[n % 4])) for n in range(size)]
    return summarizer.annotate_many(
        [
            Article(f"a{n:02}", "s", None, tuple(map(Paragraph, body)), f"{towns[n]} Echo", f"2032-03-{n + 1:02}")
            for n, body in enumerate(bodies)
        ]
    )


def test_in_a_large_story_what_many_print_is_one_claim(monkeypatch):
    monkeypatch.setattr(scoring, "ALL_PAIRS", 10)
    monkeypatch.setattr(scoring, "CANDIDATES", 4)
    found = claims.group(crowd(20))
    assert len(max(found, key=lambda c: len(c.mentions)).mentions) == 20


def test_a_copy_in_a_large_story_is_tied_to_the_first_that_says_the_same(monkeypatch):
    monkeypatch.setattr(scoring, "ALL_PAIRS", 10)
    largest = max(claims.group(crowd(6)), key=lambda c: len(c.mentions))
    assert {j.b for j in largest.joins} == {m.id for m in largest.mentions[1:]}
    assert all(j.reasons for j in largest.joins)


def test_a_copy_that_a_person_set_apart_stays_apart_in_a_large_story(monkeypatch):
    monkeypatch.setattr(scoring, "ALL_PAIRS", 10)
    articles = crowd(6)
    apart = articles[2].mentions[0].id
    taken = decisions.parse({"split": [{"mentions": [apart]}]})
    homes = {m.id: c.id for c in claims.group(articles, taken=taken) for m in c.mentions}
    assert [id_ for id_, home in homes.items() if home == homes[apart]] == [apart]
