"""The laws of conversion hold for any text whatever: nothing is lost, and spans are true."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.converter import MANY_LINES, article_id, convert
from generator.converter.laws import prove
from generator.converter.layout import MOST_UNITS
from generator.errors import InputRefused, LawBroken
from generator.intake import read
from generator.model import IN_TEXT, Block, Capture, Hints, Line, Paragraph, Role, Span
from generator.text import squeeze

SHARED = Path(__file__).resolve().parents[2] / "shared"
LINES = st.sampled_from(
    [
        "Old Wexmouth ferry pier to close for repairs",
        "WEXMOUTH, Norland (Reuters) - The harbour council voted on Tuesday to close the pier for repairs.",
        'Engineers told the council that two columns had rusted through, she said."We looked at every cheaper way."',
        "By Ines Valcourt", "14 March 2024", "* * *", "Read more »", "Related: Northolm builds a bridge",
        "Advertisement", "PHOTO: AFP", "caf\u00ad\u00e9\u200b", "\ufeff", "  ", "",
        "The ferries will go on from the fish market, the council said, until the work is done next year. REUTERS",
        "(Reporting by Tor Almgren; Editing by Pia Rask)", "フェリー桟橋は修理のため閉鎖される。",
    ]
)  # fmt: skip
BREAKS = st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\n \n"])
PASTED = st.builds(str.join, BREAKS, st.lists(LINES, max_size=25))
ANY = st.one_of(st.text(max_size=400), PASTED)


@given(ANY)
@settings(max_examples=300, deadline=None)
def test_every_visible_character_is_in_exactly_one_block_in_order(text: str) -> None:
    """Law 1: the blocks' characters, in order, are the capture's."""
    blocks = convert(Capture("a.txt", text), story="s").blocks
    assert squeeze("".join(b.span.of(text) for b in blocks)) == squeeze(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(blocks))


@given(ANY)
@settings(max_examples=300, deadline=None)
def test_every_block_reaches_the_text_the_title_or_what_was_set_aside(text: str) -> None:
    """Law 1, second half: nothing is dropped between the blocks and the article."""
    converted = convert(Capture("a.txt", text), story="s")
    article = converted.article
    held = [p.text for p in article.body] + [r.text for r in article.removed]
    titles = [b.text for b in converted.blocks if b.role is Role.TITLE][:1]
    assert sorted(held + titles) == sorted(b.text for b in converted.blocks)
    assert all(0 <= r.after <= len(article.body) for r in article.removed)


@given(ANY)
@settings(max_examples=300, deadline=None)
def test_a_block_shows_the_characters_that_its_span_covers(text: str) -> None:
    """Law 5: a block's text is the printed text but for what can't be seen."""
    for block in convert(Capture("a.txt", text), story="s").blocks:
        assert squeeze(block.span.of(text)) == squeeze(block.text) or block.rule.endswith("+repair")
        assert block.text == " ".join(block.text.split())


@given(ANY, st.data())
@settings(max_examples=100, deadline=None)
def test_the_laws_hold_where_the_reader_knows_the_lines(text: str, data: st.DataObject) -> None:
    """Lines with roles from a richer medium lose nothing either, gaps between them included."""
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    lines = tuple(
        Line(Span(a, b), data.draw(st.sampled_from([None, Role.BODY, Role.SUBHEAD, Role.CAPTION, Role.TITLE])))
        for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    )
    converted = convert(Capture("a.html", text, medium="html", lines=lines), story="s")
    assert squeeze("".join(b.span.of(text) for b in converted.blocks)) == squeeze(text)


@given(ANY, st.text(max_size=20))
@settings(max_examples=100, deadline=None)
def test_an_id_is_a_file_stem_and_the_same_again(text: str, name: str) -> None:
    """An id is never empty, has no character that a file name can't have, and depends on nothing but its input."""
    id = article_id(text, "story", name)
    assert id == article_id(text, "story", name)
    assert len(id) <= 57
    assert id.replace("-", "").isalnum()
    assert id.isascii()


def test_two_captures_with_one_title_get_two_ids() -> None:
    """Wire copy has equal titles: the capture's name tells the articles apart."""
    assert article_id("One title", "s", "a.txt") != article_id("One title", "s", "b.txt")


def test_a_lost_character_is_refused_by_name() -> None:
    """The proof at run time names the law that would be broken."""
    capture = Capture("a.txt", "One line.\n\nAnother line.")
    article = convert(capture, story="s").article
    block = Block(Span(0, 9), Role.BODY, "One line.", "prose")
    with pytest.raises(LawBroken, match="law 1, conservation"):
        prove(capture, (block,), article)


def test_a_block_that_shows_other_text_is_refused() -> None:
    """A changed character in a block breaks law 5."""
    capture = Capture("a.txt", "One line.")
    converted = convert(capture, story="s")
    with pytest.raises(LawBroken, match="law 5, true spans"):
        prove(capture, (Block(Span(0, 9), Role.BODY, "One lime.", "prose"),), converted.article)


def test_what_coverage_says_wins_over_what_is_printed() -> None:
    """Hints replace the printed title, names and date, and their evidence."""
    text = (Path(__file__).parent / "cases" / "converter" / "body.txt").read_text(encoding="utf-8")
    hints = Hints(
        title="Given", authors=("A. Given",), published="2024-01-02", evidence=(("title", "coverage.toml:3"),)
    )
    capture = Capture("a.txt", f"Old Wexmouth ferry pier to close\nBy Ines Valcourt\n14 March 2024\n\n{text}", hints)
    article = convert(capture, story="s").article
    assert (article.title, article.authors, article.published) == ("Given", ("A. Given",), "2024-01-02")
    assert dict(article.evidence)["title"] == "coverage.toml:3"
    assert any(r.role is Role.BYLINE for r in article.removed)


def test_a_rule_can_be_switched_off_for_a_file() -> None:
    """A rule that coverage.toml names in rules_off doesn't apply."""
    text = "A headline that says what happened\n\nThe old pier on a winter morning. PHOTO: REUTERS\n"
    on = convert(Capture("a.txt", text), story="s").blocks
    off = convert(Capture("a.txt", text, Hints(rules_off=("picture-credit",))), story="s").blocks
    assert "picture-credit" in {b.rule for b in on}
    assert "picture-credit" not in {b.rule for b in off}


def test_mojibake_is_repaired_and_said() -> None:
    """Text that was decoded wrongly is repaired in the block, its rule says so, and there is a doubt."""
    text = "Old Wexmouth ferry pier to close\n\nThe councilâ€™s engineers said that the pierâ€™s columns had rusted."
    converted = convert(Capture("a.txt", text), story="s")
    assert any(isinstance(p, Paragraph) and "council’s engineers" in p.text for p in converted.article.body)
    assert any(b.rule.endswith("+repair") for b in converted.blocks)
    assert any("mojibake" in d for d in converted.doubts)


def shared_inputs() -> list[Path]:
    """Every ninth real input, where they are beside the checkout."""
    return [
        p
        for d in ("crop-aed", "page-aed", "crop-fut", "page-fut")
        for p in sorted((SHARED / "pages" / d / "in").glob("*.txt"))[::9]
    ]


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared, the real inputs, is not here")
def test_the_laws_hold_on_real_inputs() -> None:
    """Laws 1 and 5 on a sample of real pages: convert proves them itself and would raise."""
    for path in shared_inputs():
        (capture,) = read(path, root=path.parent)
        converted = convert(capture, story="s")
        assert any(p.role in IN_TEXT for p in converted.article.body), path.name


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared, the real inputs, is not here")
def test_no_author_is_invented_for_articles_that_print_none() -> None:
    """On a sample of news articles without a byline at most one in a hundred gets an author."""
    rows = (SHARED / "polnear" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    invented = sum(
        bool(convert(Capture(a["file"], a["text"]), story="s").article.authors) for a in map(json.loads, rows)
    )
    assert invented <= len(rows) / 100


def test_lines_beyond_all_measure_are_kept_many_to_a_paragraph() -> None:
    """Nothing of them is lost, what the reader called them they stay, and it is said."""
    count = MOST_UNITS + 5000
    text = "The quay at Orrel was shut on Monday, the harbour office said after the storm.\n" + "so it is\n" * count
    spans = [Span(at, at + 8) for at in range(text.index("so"), len(text), 9)]
    lines = tuple(Line(s, Role.CHROME if n < count - 2500 else Role.BODY) for n, s in enumerate(spans))
    for capture in (Capture("a.txt", text), Capture("a.html", text, medium="html", lines=lines)):
        made = convert(capture, story="s")
        assert len(made.blocks) < MOST_UNITS + 30
        assert MANY_LINES in made.doubts
        assert squeeze("".join(b.text for b in made.blocks)) == squeeze(text)
    assert sum(len(p.text) for p in made.article.body) > 9 * 2400


def test_an_empty_file_never_reaches_the_converter(tmp_path: Path) -> None:
    """Intake refuses it, so that an article always has a character."""
    (tmp_path / "a.txt").write_bytes(b" \n\xc2\xa0\n")
    with pytest.raises(InputRefused, match="no text"):
        read(tmp_path / "a.txt", root=tmp_path)
