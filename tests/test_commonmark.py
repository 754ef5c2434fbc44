"""Text is escaped so that any CommonMark renderer shows it letter for letter."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.commonmark import escape, plain_line, render_inline, render_page
from generator.text import one_line

LITERAL = (Path(__file__).parent / "cases/markdown/literal.txt").read_text(encoding="utf-8").splitlines()
MARKS = st.text(alphabet="#>*_-+=~`[]()<>!&;\\ 1.ab|:{}/\"'")


@pytest.mark.parametrize("line", LITERAL)
def test_a_line_that_looks_like_markdown_renders_as_its_own_letters(line: str) -> None:
    shown = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(escape(one_line(line)))
    assert shown.startswith("<p>"), shown
    assert html.unescape(re.sub(r"</?p>", "", shown)).strip() == one_line(line)


@given(st.one_of(st.text(), MARKS).map(one_line).filter(bool))
@example("\\")
@example("1.")
@example("a\\")
def test_any_line_reads_back_as_it_was(line: str) -> None:
    assert plain_line(escape(line)) == line


@pytest.mark.parametrize(
    "line",
    [
        "Plain words, with commas; and 12.5 per cent - more or less.",
        "5 * 3 is snake_case free",
        "A (bracketed) remark: it's “fine”!",
        "Profit & loss at AT&T",
        "#hashtag",
    ],
)
def test_harmless_text_gets_no_backslash(line: str) -> None:
    assert escape(line) == line


@given(MARKS)
def test_rendered_text_holds_no_tag_of_the_text_itself(line: str) -> None:
    assert "<" not in re.sub(r"</?(?:em|strong|code|a|img|br)\b[^<>]*>", "", render_inline(escape(one_line(line))))


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "JaVaScRiPt:x", "file:///etc/passwd"]
)
def test_a_link_that_could_run_or_read_something_stays_text(link: str) -> None:
    assert "href" not in render_inline(f"[word]({link})")


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("![alt](http://example.org/pixel.png)", "img"),
        ("[word](http://example.org/ 'title')", "title="),
        ("<b onclick=alert(1)>x</b>", "<b"),
        ("<img src=x onerror=alert(1)>", "<img"),
    ],
)
def test_no_picture_and_no_attribute_but_a_links_target_comes_through(markup: str, shown: str) -> None:
    assert shown not in render_inline(markup).replace("&lt;", "")
    assert shown not in render_page(markup).replace("&lt;", "")
