"""What holds of every attribution, whatever the text; broken input is answered in full and in linear time."""

from __future__ import annotations

import pickle
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Annotated, Article, Attribution, Paragraph, QuoteKind, Source, SourceKind, Span
from generator.summarizer.attribution import attribute, attribute_title
from generator.summarizer.attribution.quotations import quotations
from generator.summarizer.attribution.score import weights
from generator.summarizer.attribution.sources import canonical_ids, reason, source_id
from generator.summarizer.attribution.stance import stance_class
from generator.summarizer.parsing import parse, parse_title
from generator.summarizer.speakers import united

PIECES = st.sampled_from(
    ["he said ", "“", "”", '"', "The mayor told Reuters ", "that the dam broke", ". ", ", ", "according to police",
     " - ", ": ", "\n", "Nobody came", "’", "‘", "citing officials", "was quoted as saying", "WHO SAYS", "?", "1,000 "]
)  # fmt: skip


def article(text):
    return Article("a", "s", body=tuple(Paragraph(p) for p in text.split("\n")))


def spans_of(attribution):
    return [*attribution.content, *(s for s in (attribution.source, attribution.cue) if s is not None)]


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_span_lies_inside_the_text_and_no_two_contents_overlap(text):
    made = article(text)
    found = attribute(parse(made))
    contents = sorted(s for a in found for s in a.content)
    assert all(0 <= s.start < s.end <= len(made.text) for a in found for s in spans_of(a))
    assert all(s.of(made.text).strip() for a in found for s in a.content)
    assert all(a.end <= b.start for a, b in pairwise(contents))


@settings(max_examples=30, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_every_span_of_a_title_lies_inside_the_title(text):
    made = Article("a", "s", title=text)
    found = attribute_title(parse_title(made))
    assert all(0 <= s.start < s.end <= len(text) for a in found for s in spans_of(a))


BROKEN = {
    "a lone quotation mark": "“" + "The mayor said it rained. " * 200,
    "no full stop": "the mayor said that it rained and the sheriff said " * 2000,
    "only capitals": "THE MAYOR SAID THE DAM BROKE. " * 200,
    "only quotations": "\n".join(["“It rained on us.” “And then it stopped.”"] * 300),
    "only openings": "\n".join(["“It rained on us and on them"] * 300),
    "only marks": "“”\"'’‘,.:;" * 500,
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_input_is_answered(kind):
    made = article(BROKEN[kind])
    found = attribute(parse(made))
    assert all(0 <= s.start < s.end <= len(made.text) for a in found for s in spans_of(a))


def test_work_grows_with_the_text_and_not_faster():
    """Counted in candidates' steps, not in seconds: twice the text, about twice the calls."""

    def calls(words):
        made = article("the mayor said that it rained and the sheriff said " * words)
        parsed, count = parse(made), 0

        def counter(frame, event, arg):
            nonlocal count
            count += event == "call"

        sys.setprofile(counter)
        try:
            attribute(parsed)
        finally:
            sys.setprofile(None)
        return count

    calls(10)
    assert calls(800) < 2.6 * calls(400)


def test_the_same_text_gives_the_same_answer_whatever_the_hash_seed():
    code = (
        "from generator.model import Article, Paragraph\n"
        "from generator.summarizer.attribution import attribute\n"
        "from generator.summarizer.parsing import parse\n"
        "t = 'Ann Lee said the dam broke. “We ran,” Bo Ek told Reuters, citing police. He said it rained.'\n"
        "print(attribute(parse(Article('a', 's', body=(Paragraph(t),)))))"
    )
    outputs = set()
    for seed in ("1", "2"):
        run = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True,
                             env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."})  # fmt: skip
        outputs.add(run.stdout)
    assert len(outputs) == 1


def test_attributions_can_be_pickled_for_the_cache():
    found = attribute(parse(article("The mayor said the dam broke.")))
    assert found
    assert pickle.loads(pickle.dumps(found)) == found


def test_an_article_in_a_language_without_a_parser_has_no_invented_speaker():
    made = Article("a", "s", language="ru", body=(Paragraph("Дождь кончился, сообщил мэр."),))
    assert attribute(parse(made)) == ()


MARKS = [
    ('"One," he said. "Two."', ['"One,"', '"Two."']),
    ("“Outer ‘inner’ end” and on", ["“Outer ‘inner’ end”"]),
    ("“Opened and never closed", ["“Opened and never closed"]),
    ("He said ‘yes it is’ and don’t go", ["‘yes it is’"]),
    ("a 6\" plank and 'tis late", []),
    ("''Two single marks,'' she said", ["''Two single marks,''"]),
    ("the boys’ club", []),
    ("”Set the wrong way round” she said", ["”Set the wrong way round”"]),
]


@pytest.mark.parametrize(("text", "expected"), MARKS)
def test_quotations_are_read_with_their_marks(text, expected):
    assert [q.span.of(text) for q in quotations(text)] == expected


def test_one_name_has_one_id_however_it_is_printed():
    assert source_id("Mr Anders Holm") == source_id("Anders Holm") == "anders-holm"
    assert source_id("The Associated Press") == source_id("AP")
    assert source_id("the New York Times") == source_id("NYT")


def test_a_surname_joins_its_full_name_unless_two_persons_share_it():
    person = SourceKind.PERSON
    one = [Source("holm", "Holm", person), Source("anders-holm", "Anders Holm", person)]
    assert canonical_ids(one) == {"holm": "anders-holm"}
    two = [*one, Source("greta-holm", "Greta Holm", person)]
    assert canonical_ids(two) == {"holm": "holm"}


def test_a_first_name_alone_joins_only_where_it_comes_without_a_role():
    person = SourceKind.PERSON
    full = Source("xan-jin-po", "Xan Jin Po", person)
    assert canonical_ids([full, Source("xan", "Xan", person)]) == {"xan": "xan-jin-po"}
    assert canonical_ids([full, Source("xan", "Xan", person, role="baker")]) == {"xan": "xan"}


def heard(name, *chain):
    quote = Attribution(Span(0, 3), None, (Span(4, 8),), QuoteKind.DIRECT, chain)
    return Annotated(Article(name, "s", body=(Paragraph("She said."),)), (), (quote,), ())


def test_a_middle_initial_makes_no_other_speaker_unless_two_differ_by_it():
    person = SourceKind.PERSON
    plain, initial, other = (
        Source(source_id(name), name, person) for name in ("Anders Holm", "Anders J. Holm", "Anders H. Holm")
    )
    short = Source("holm", "Holm", person)
    assert canonical_ids([plain, initial, short]) == {"anders-j-holm": "anders-holm", "holm": "anders-holm"}
    assert canonical_ids([plain, initial, other]) == {}
    assert canonical_ids([initial, short]) == {"holm": "anders-j-holm"}


def test_a_speaker_is_one_source_over_the_articles_of_a_story():
    person = SourceKind.PERSON
    full, short = Source("anders-holm", "Anders Holm", person, role="mayor"), Source("holm", "Holm", person)
    agency = Source("estwire", "Estwire", SourceKind.AGENCY)
    one, other = united([heard("a", full), heard("b", short, agency)])
    assert one.attributions[0].chain == (full,)
    assert other.attributions[0].chain == (full, agency)


def test_a_surname_that_two_speakers_of_a_story_share_stays_alone():
    person = SourceKind.PERSON
    short = Source("holm", "Holm", person)
    story = [heard("a", Source("anders-holm", "Anders Holm", person), Source("greta-holm", "Greta Holm", person)),
             heard("b", short)]  # fmt: skip
    assert united(story) == tuple(story)


REASONS = [
    (
        "who spoke on condition of anonymity because talks were secret, said",
        "spoke on condition of anonymity because talks were secret",
    ),
    ("who declined to give his surname, said", "declined to give his surname"),
    ("who was not authorized to speak publicly, said", "not authorized to speak"),
    ("who owns the mill, said", None),
]


@pytest.mark.parametrize(("text", "expected"), REASONS)
def test_the_reason_for_anonymity_is_given_as_printed(text, expected):
    found = reason(text)
    assert found is None if expected is None else expected in found


STANCES = {"say": "says", "deny": "denies", "claim/n": "claims", "point out": "says", "sure/a": "believes",
           "make promise": "promises", "walk": "none", "according to": "says"}  # fmt: skip


@pytest.mark.parametrize("key", STANCES)
def test_a_cue_has_the_stance_of_its_lexicon_table(key):
    assert stance_class(key) == STANCES[key]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("There has been no confirmation about the site of the new mill.", "does not confirm"),
        ("There was no denial from the mayor that the mill was shut.", "does not deny"),
        ("The ministry gave no confirmation that the ferry had sailed.", "does not confirm"),
    ],
)
def test_where_a_noun_says_that_nobody_said_so_the_cue_is_negated(text, stance):
    (found,) = attribute(parse(article(text)))
    assert found.stance == stance


@pytest.mark.parametrize("table", ["cue_table", "cue_context"])
def test_the_tables_of_weights_hold_no_names(table):
    """Word classes and lemmas only: no lemma is a name of the training texts."""
    features = weights(table)
    assert features
    assert not [f for f in features if any(name in f.lower() for name in ("trump", "clinton", "obama", "sanders"))]


def test_a_clause_whose_tree_is_read_wrongly_costs_no_more_than_its_attribution():
    text = "The League, our friend, counselled calm to both towns and did not say whose story it believed."
    found = attribute(parse(Article("a", "s", body=(Paragraph(text),), language="en")))
    assert all(0 <= s.start < s.end <= len(text) for a in found for s in a.content)
