"""A converted article is written as Markdown and read back the same; a person's edit is seen."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import InputRefused
from generator.markdown import dump, is_untouched, load, settle, source_file, source_files, source_stamp
from generator.model import Article, Change, Paragraph, Removed, Role, Version

WORDS = st.one_of(st.text(), st.text(alphabet="#>*_-+=~`[]()<>!&;\\ \n1.ab|:{}/"))
IN_TEXT = st.sampled_from([Role.BODY, Role.SUBHEAD, Role.STANDFIRST, Role.LIST_ITEM, Role.QUOTE, Role.NOTE, Role.TABLE])
KNOWN = st.one_of(st.none(), st.text(min_size=1))
ARTICLES = st.builds(
    Article,
    id=st.just("x"),
    story=st.just("s"),
    title=KNOWN,
    outlet=KNOWN,
    published=KNOWN,
    url=KNOWN,
    source_file=KNOWN,
    authors=st.lists(st.text(min_size=1)).map(tuple),
    credits=st.lists(st.text(min_size=1)).map(tuple),
    also=st.lists(st.text(min_size=1)).map(tuple),
    versions=st.lists(
        st.builds(Version, WORDS, KNOWN, KNOWN, KNOWN, st.lists(WORDS, max_size=3).map(tuple)), max_size=2
    ).map(tuple),
    evidence=st.dictionaries(st.sampled_from(["title", "outlet"]), st.text(min_size=1)).map(lambda d: tuple(d.items())),
    body=st.lists(st.builds(Paragraph, WORDS, IN_TEXT, st.one_of(st.none(), WORDS), st.integers(0, 8))).map(tuple),
    removed=st.lists(
        st.builds(Removed, WORDS, st.sampled_from(Role), st.sampled_from(["a-b", "html:x"]), st.integers(0, 9))
    ).map(tuple),
)
SMALL = Article(
    id="x",
    story="s",
    title="The bridge: who knew?",
    outlet="Harbour Courier",
    published="2031-03-04",
    authors=("Ada Quill",),
    body=(
        Paragraph("The first paragraph has *stars*."),
        Paragraph("What was known", Role.SUBHEAD, level=2),
        Paragraph("one", Role.LIST_ITEM),
        Paragraph("two", Role.LIST_ITEM, level=1),
        Paragraph("Said aloud", Role.QUOTE),
        Paragraph("a\tb\n1\t2", Role.TABLE, "| a | b |\n|---|---|\n| 1 | 2 |"),
        Paragraph("with stress", markup="with *stress*"),
        Paragraph("Correction: an earlier version was wrong.", Role.NOTE),
    ),
    source_file="a.txt",
    removed=(Removed("Subscribe --> now", Role.CHROME, "subscribe-call", 2),),
)


@given(ARTICLES)
def test_any_article_is_read_back_as_it_was_written(article: Article) -> None:
    settled = settle(article)
    text = dump(settled, source="abc")
    assert load(text, id="x", story="s") == settled
    assert is_untouched(text)


def test_every_kind_of_paragraph_survives_in_its_role() -> None:
    assert settle(SMALL) == SMALL
    assert load(dump(SMALL), id="x", story="s") == SMALL


def test_an_earlier_version_is_kept_in_the_file_with_what_changed() -> None:
    """Its words, its file and its dates are read back; what the next version changed is worked out, title first."""
    older = Version(
        "old.html", "Bridge shut", "2031-03-03", None, ("One was hurt --> badly.", "[version]", "It rained.")
    )
    body = (Paragraph("Two were hurt --> badly."), Paragraph("[version]"))
    article = settle(Article("x", "s", title="Bridge open", body=body, versions=(older,), also=("copy.txt",)))
    back = load(dump(article), id="x", story="s")
    assert back == article
    assert [c for _, c in back.changes] == [
        Change("Bridge shut", "Bridge open"),
        Change("One was", "Two were", 0),
        Change("It rained.", "", 1),
    ]
    assert is_untouched(dump(article))
    assert source_files(dump(replace(article, source_file="new.html"))) == ("new.html", "copy.txt", "old.html")


def test_the_front_matter_keeps_its_order_and_leaves_out_what_is_unknown() -> None:
    table = yaml.safe_load(dump(SMALL).split("---\n")[1])
    assert list(table) == ["title", "outlet", "published", "authors", "story", "source_file", "generated"]


def test_a_removed_line_is_restored_by_moving_it_up() -> None:
    text = dump(SMALL)
    line = next(row for row in text.splitlines() if row.startswith("Subscribe"))
    moved = text.replace(line + "\n", "").replace("\n<!-- removed", f"\n{line}\n\n<!-- removed", 1)
    back = load(moved, id="x", story="s")
    assert back.body[-1] == Paragraph("Subscribe --> now")
    assert back.removed == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [("first", "last"), ("Harbour", "Harbor"), ("Subscribe", "Unsubscribe"), ("\n\nwith", "\n\n\nwith")],
)
def test_a_file_that_a_person_touched_is_known(before: str, after: str) -> None:
    text = dump(SMALL)
    assert is_untouched(text)
    assert not is_untouched(text.replace(before, after))


def test_a_file_without_a_checksum_is_a_persons() -> None:
    assert not is_untouched("---\ntitle: x\n---\n\nText.\n")
    assert source_stamp("---\ntitle: x\n---\n\nText.\n") is None


def test_a_file_says_what_it_was_made_of() -> None:
    assert source_file(dump(SMALL)) == "a.txt"
    assert source_stamp(dump(SMALL, source="cafe")) == "cafe"


def test_what_a_person_writes_by_hand_is_read_as_commonmark() -> None:
    text = "A *new* paragraph\nover two lines.\n\n# Head\n\n1. one\n2. two\n\n> said\n\n```\ncode\n```\n"
    article = load(text, id="x", story="s")
    assert [(p.text, p.role) for p in article.body] == [
        ("A new paragraph over two lines.", Role.BODY),
        ("Head", Role.SUBHEAD),
        ("one", Role.LIST_ITEM),
        ("two", Role.LIST_ITEM),
        ("said", Role.QUOTE),
        ("code", Role.BODY),
    ]


def test_a_value_stays_the_string_that_was_written() -> None:
    article = load("---\ntitle: 2023\noutlet: no\npublished: 2023-09-11\n---\n", id="x", story="s")
    assert (article.title, article.outlet, article.published) == ("2023", "no", "2023-09-11")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("---\ntitle: x\n", 1, "not closed"),
        ("---\ntitle: x\nsave_as: y\n---\n", 3, "unknown key 'save_as'"),
        ("---\ntitle: [a, b]\n---\n", 2, "title must be a single value"),
        ("---\ntitle: 'x\n---\n", 2, "front matter"),
        ("---\n- a\n---\n", 2, "keys and values"),
    ],
)
def test_front_matter_that_cant_be_read_is_refused_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(InputRefused) as caught:
        load(text, id="x", story="s", path="a.md")
    assert reason in caught.value.message
    assert caught.value.path == "a.md"
    assert caught.value.line in (line, line + 1)


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("authors: &a [x, x]\ncredits: [*a, *a]", "aliases are not read"),
        ("title: *a", "aliases are not read"),
        ("".join(" " * n + "a:\n" for n in range(3000)), "nested too deep"),
        ("title: " + "[" * 500, "front matter"),
    ],
)
def test_front_matter_that_unfolds_or_nests_without_end_is_refused(front: str, reason: str) -> None:
    """In a few bytes it would take all memory; a star in a title is a star."""
    with pytest.raises(InputRefused, match=reason):
        load(f"---\n{front}\n---\n\nText.\n", id="a", story="s")
    assert load("---\ntitle: a *b and - *c\n---\n", id="a", story="s").title == "a *b and - *c"


@pytest.mark.parametrize(
    "body",
    [
        "> " * 150 + "deep",
        "- " * 300 + "deep",
        "\n".join("  " * n + "- deep" for n in range(150)),
        "1. > " * 90 + "deep",
    ],
)
def test_no_text_is_lost_however_deep_a_person_nests_it(body: str) -> None:
    """The parser would leave it out without a word."""
    read = load(f"Before.\n\n{body}\n\nAfter.\n", id="a", story="s").text
    assert read.count("deep") == body.count("deep")
    assert read.startswith("Before.")
    assert read.endswith("After.")


def test_a_place_that_is_no_number_to_count_by_is_text() -> None:
    entries = f"[chrome · rule · after 1]\nShare\n\n[chrome · x · after {'9' * 5000}]"
    text = f"---\ntitle: x\n---\n\nText.\n\n<!-- removed\nh\n\n{entries}\n-->\n"
    assert [r.text[:6] for r in load(text, id="a", story="s").removed] == ["Share", "[chrom"]
