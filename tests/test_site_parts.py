"""The parts of the site, each by itself."""

from __future__ import annotations

import csv
import io
import json
import shutil
import struct
import zlib
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment
from jinja2.compiler import CodeGenerator

from generator.cache import Cache
from generator.model import Mention, Paragraph, QuoteKind, Role, Source, Span, Status
from generator.project import theme_folder
from generator.site import (
    addresses,
    catalogue,
    encoding,
    exports,
    feeds,
    language,
    measured,
    pictures,
    searching,
    wording,
)
from generator.site.compiling import Compiler
from generator.site.own_pages import own_page, pages
from generator.site.recent import Recent
from generator.site.searching import folded
from generator.site.views.base import Head, Link, script_safe, short
from generator.site.views.compare import marked_changes
from generator.site.weaving import Ref, Run, runs, weave

# --- addresses --------------------------------------------------------------------------------------------------------


@given(st.text())
def test_any_id_becomes_a_short_safe_part_of_an_address(name: str) -> None:
    part = addresses.part(name)
    assert 1 <= len(part) <= addresses.LONGEST
    assert part == part.lower()
    assert set(part) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert part not in ("con", "nul", "index")


@given(st.lists(st.text(), unique=True, max_size=12))
def test_no_two_names_share_an_address(names: list[str]) -> None:
    parts = addresses.parts_of_names(names)
    assert len(set(parts.values())) == len(names)
    assert len({addresses.part(n) for n in names}) == len(names)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("tarnwire-sluice", "tarnwire-sluice"),
        ("Vale Observer", "vale-observer-"),
        ("..", ""),
        ("CON", "con-"),
        ("水", "shui-"),
    ],
)
def test_an_address_stays_readable_where_the_name_is(name: str, part: str) -> None:
    assert addresses.part(name).startswith(part)


def test_the_way_to_the_root_is_as_deep_as_the_page() -> None:
    assert addresses.root_of("index.html") == ""
    assert addresses.root_of(addresses.claim("a", "b")) == "../../../"


# --- weaving ----------------------------------------------------------------------------------------------------------

spans = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda p: Span(p[0], p[0] + p[1]))


@given(
    st.lists(st.text(max_size=15), max_size=5),
    st.lists(spans, max_size=5),
    st.lists(spans, max_size=4),
    st.lists(st.integers(0, 80), max_size=5),
)
def test_weaving_loses_no_letter_whatever_is_laid_over_it(
    pieces: list[str], sentences: list[Span], shared: list[Span], places: list[int]
) -> None:
    text = "".join(pieces)
    numbered = [(s, f"s{n}") for n, s in enumerate(sorted(sentences))]
    refs = [(p, Ref(n, "x", "claim")) for n, p in enumerate(places)]
    woven = weave([Run(p) for p in pieces], numbered, refs, shared=shared)
    assert "".join(i.text for s in woven for i in s.items if isinstance(i, Run)) == text


def test_a_mark_stands_right_after_the_words_it_is_for() -> None:
    (sentence,) = weave([Run("One clause, another.")], [(Span(0, 20), "s1")], [(10, Ref(7, "x", "claim 7"))])
    assert [i.text if isinstance(i, Run) else i.number for i in sentence.items] == ["One clause", 7, ", another."]


@pytest.mark.parametrize(
    ("markup", "text", "found"),
    [
        ("*One* two", "One two", (Run("One", emphasis=True), Run(" two"))),
        ("**One** [two](https://x.example/)", "One two", (Run("One", strong=True), Run(" "), Run("two", href="https://x.example/"))),
        ("[two](javascript:alert)", "two", (Run("two"),)),
        ("*other words*", "text", (Run("text"),)),
    ],
)  # fmt: skip
def test_markup_becomes_runs_and_never_other_words(markup: str, text: str, found: tuple[Run, ...]) -> None:
    assert runs(Paragraph(text, markup=markup)) == found


def test_a_table_is_shown_as_its_words() -> None:
    assert runs(Paragraph("a | b\nc | d", Role.TABLE, "| a | b |\n|---|---|\n| c | d |")) == (Run("a | b\nc | d"),)


# --- wording ----------------------------------------------------------------------------------------------------------

VOICE = (Source("x", "X"),)


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({}, "stated"),
        ({"chain": VOICE}, "reported"),
        ({"chain": VOICE, "quote": QuoteKind.DIRECT}, "quoted"),
        ({"chain": VOICE, "quote": QuoteKind.DIRECT, "status": Status.DENIED}, "denied"),
        ({"status": Status.POSSIBLE}, "possible"),
        ({"hedge": "reportedly"}, "hedged"),
        ({"status": Status.NO_COMMENT}, "no comment"),
        ({"status": Status.CONFIRMED}, "confirmed"),
    ],
)
def test_how_firmly_a_mention_puts_its_claim(fields: dict[str, object], word: str) -> None:
    assert wording.firmness(Mention("m", "a", Span(0, 1), "x", **fields)).word == word  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("iso", "label"),
    [
        ("2031-05-06", "6 May 2031"),
        ("2031-05-06T07:05:00+03:00", "6 May 2031, 07:05"),
        ("2031-13-45", "2031-13-45"),
        ("spring", "spring"),
        (None, "undated"),
    ],
)
def test_a_date_is_shown_in_words_and_never_made_up(iso: str | None, label: str) -> None:
    assert wording.when(iso).label == label


@pytest.mark.parametrize(
    ("times", "words"),
    [
        (["2031-05-05T01:00", "2031-05-06"], "5–6 May 2031"),
        (["2031-05-05"], "5 May 2031"),
        (["2031-05-31", "2031-06-01"], "31 May\u2009–\u20091 June 2031"),
        (["2030-12-31", "2031-01-01"], "31 December 2030\u2009–\u20091 January 2031"),
        ([], "undated"),
    ],
)
def test_the_days_of_a_story(times: list[str], words: str) -> None:
    assert wording.span_of_days(times) == words


def test_a_share_is_never_rounded_to_all_or_nothing() -> None:
    assert [catalogue.percent(s) for s in (0, 0.001, 0.5, 0.999, 1)] == ["0%", "under 1%", "50%", "99%", "100%"]


# --- languages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "article", "lang", "direction"),
    [
        ("A flood", "en", None, None),
        ("Наводнение", "ru", "ru", None),
        ("Наводнение", "en", "ru", None),
        ("Наводнение", None, "ru", None),
        ("Tarnwire", "ru", None, None),
        ("Повінь", "uk", "uk", None),
        ("שיטפון גדול", "he", "he", "rtl"),
        ("شريط السد", None, "ar", "rtl"),
        ("Hochwasser", "de", "de", None),
    ],
)
def test_text_stands_under_the_language_it_is_in(
    text: str, article: str | None, lang: str | None, direction: str | None
) -> None:
    assert language.said(text, article, "en") == language.Said(text, lang, direction)


# --- machines ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_a_text_that_a_spreadsheet_would_run_is_defused(value: str) -> None:
    assert exports.cell(value).startswith("'")


def test_a_number_stays_a_number_in_a_table() -> None:
    assert exports.cell(-3) == "-3"


@pytest.mark.parametrize(
    ("iso", "stamp"),
    [
        ("2031-05-06", "2031-05-06T00:00:00Z"),
        ("2031-05-06T07:05", "2031-05-06T07:05:00Z"),
        ("2031-05-06T07:05:09+03:00", "2031-05-06T07:05:09+03:00"),
        ("soon", feeds.NEVER),
        (None, feeds.NEVER),
    ],
)
def test_a_feed_time_is_rfc_3339(iso: str | None, stamp: str) -> None:
    assert feeds.timestamp(iso) == stamp


@given(st.text())
def test_json_in_a_script_cannot_end_the_script(text: str) -> None:
    safe = script_safe({"x": text})
    assert "<" not in safe
    assert "\u2028" not in safe


@given(st.text(), st.integers(5, 60))
def test_a_shortened_text_is_never_longer_than_asked(text: str, longest: int) -> None:
    assert len(short(text, longest)) <= longest


def test_the_card_is_a_png_of_the_size_that_other_sites_expect() -> None:
    data = pictures.card(None)
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", data[16:24]) == (1200, 630)
    at = data.index(b"IDAT")
    size = struct.unpack(">I", data[at - 4 : at])[0]
    assert len(zlib.decompress(data[at + 4 : at + 4 + size])) == 630 * (1 + 1200 // 4)


def test_the_editors_page_has_its_title_and_no_live_html() -> None:
    title, html = own_page("---\ntitle: About us\n---\n\nText <b>x</b>\n\n## What we read\n")
    assert title == "About us"
    assert "&lt;b&gt;" in html
    assert '<h2 id="what-we-read">' in html
    assert own_page("# A title\n\nText\n")[0] == "A title"


def test_search_folds_case_accents_apostrophes_and_parts_at_hyphens() -> None:
    assert folded("Kim Jong-un’s ÉTÉ Straße") == ["kim", "jong", "uns", "ete", "strasse"]


def test_changed_words_are_marked_on_both_sides() -> None:
    left, right = marked_changes("All of it, none, is gone", "All of this is gone")
    assert [r.text for r in left if r.marked] == ["it, none"]
    assert [r.text for r in right if r.marked] == ["this"]
    assert "".join(r.text for r in left) == "All of it, none, is gone"


# --- the pages that come with the theme ------------------------------------------------------------------------------


def test_the_method_page_tells_the_floors_that_the_tests_hold(tmp_path: Path) -> None:
    gate = tmp_path / "gate.json"
    gate.write_text('{"sample": {"body kept": 0.9879, "of no interest": 0.1}}', "utf-8")
    assert measured.told(gate) == "- Of 100 paragraphs of articles, at least 98 are kept as text."
    assert measured.told(tmp_path / "none.json") == ""
    assert measured.told(measured.gate_file()).count("\n") >= 8


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_language_has_the_same_pages_with_a_place_for_the_figures(language: str) -> None:
    folder = theme_folder() / "pages" / language
    assert {p.name for p in folder.glob("*.md")} == {"about.md", "method.md"}
    assert measured.MARK in (folder / "method.md").read_text("utf-8")


def test_the_editors_page_stands_in_for_the_themes(tmp_path: Path) -> None:
    (tmp_path / "about.md").write_text("Ours", "utf-8")
    (tmp_path / "index.md").write_text("No", "utf-8")
    found = pages(tmp_path, theme_folder(), "de-AT", frozenset({"index"}))
    assert [p.parent.name for p in found] == [tmp_path.name, "de"]
    assert [p.name for p in pages(tmp_path / "none", theme_folder(), "fr", frozenset())] == ["about.md", "method.md"]


def test_what_is_laid_out_is_what_python_writes() -> None:
    """Numbers with exponents, marks, controls and half a surrogate pair among them."""
    numbers = {"a": 0.00001, "b": 1e22, "c": -0.5, "d": [1, 2], "e": {}}
    for value in (numbers, {"a": "\x1f\x7f\u2028é\U0001f600"}, {"a": "\ud800"}):
        wanted = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
        assert encoding.laid_out(value) == wanted.encode("utf-8", "surrogatepass")
        if value is not numbers:
            assert encoding.in_json(value) == json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def test_a_table_is_what_pythons_own_writer_makes_of_it() -> None:
    """Commas, quotation marks and line breaks are quoted, formulas are not formulas."""
    rows = [("a", 1, 'say "no"'), ("b, c", -2, ""), ("=1+1", 0.5, "two\nlines"), ("", "\r", "-x")]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("one", "two", "three"))
    writer.writerows([[exports.cell(value) for value in row] for row in rows])
    assert exports._csv(("one", "two", "three"), rows) == out.getvalue()
    assert exports._csv(("one",), ()) == ""


def test_templates_write_what_jinja_itself_writes() -> None:
    """Blocks, blocks in blocks, loops that leave out, includes, imports, and a template that may extend another."""
    sources = {
        "base": "<{% block a %}-{% block b %}b{% endblock %}-{% endblock %}>{% include 'part' %}",
        "part": "[{{ view.x }}]",
        "macros": "{% macro m(x, y=2) %}{{ x }}{{ y }}{% endmacro %}",
        "page": "{% extends 'base' %}{% import 'macros' as p %}{% block b %}{{ super() }}"
        "{% for n in view.many if n > 1 %}{{ n }}{{ ', ' if not loop.last }}{% else %}none{% endfor %}"
        "{{ p.m('<', y=3) }}{{ 'said' if view.x is defined }}{{ 'unsaid' if view.nothing is defined }}{% endblock %}",
        "perhaps": "{% if view.x == '&' %}{% extends 'base' %}{% endif %}alone{% block a %}own{% endblock %}",
    }
    said = []
    for compiler in (CodeGenerator, Compiler):
        environment = Environment(loader=DictLoader(sources), autoescape=True)
        environment.code_generator_class = compiler
        views = [SimpleNamespace(x=x, many=many) for x, many in (("&", (1, 2, 3)), ("y", ()))]
        said.append([environment.get_template(name).render(view=v) for name in sources for v in views])
    assert said[0] == said[1]


def test_what_the_build_before_had_is_not_read_again(tmp_path: Path) -> None:
    """But only while the cache has it, and only what that build found or stored."""
    memo = Cache(tmp_path / "cache")
    first, key = Recent(memo), memo.key(searching.Bundle, "x", 1)
    bundle = searching.Bundle(0, "a", 1, b"[]", b"")
    first.store(searching.Bundle, key, bundle)
    first.end()
    assert Recent(memo).find(searching.Bundle, key) is bundle
    memo.prune(0)
    shutil.rmtree(tmp_path / "cache")
    assert Recent(memo).find(searching.Bundle, key) is None
    assert Recent(memo).find(searching.Bundle, None) is None
    Recent(memo).end()


def test_a_pictures_pixels_lie_four_to_a_byte() -> None:
    """The first of the four in the highest bits."""
    assert pictures._pack(bytes((3, 2, 1, 0, 0, 0, 0, 1))) == bytes((0b11100100, 0b00000001))


@pytest.mark.parametrize("text", ["plain", "\u6c34", "half a pair \ud800"])
def test_what_waits_packed_comes_out_as_it_went_in(text: str) -> None:
    """Half a surrogate pair can't be packed: it waits as it is."""
    link = Link(language.Said(text), "a.html")
    waiting = encoding.pressed(link)
    assert isinstance(waiting, bytes) is (not text.endswith("\ud800"))
    assert encoding.opened(waiting, Link) == link


@pytest.mark.parametrize("small", [0, 150])
def test_the_index_is_the_same_however_its_pages_were_bound(small: int) -> None:
    """All of a kind in one bundle, or each page in its own."""
    texts = {f"outlets/{name}.html": f"<main><p>{name} shared word{name * 2}</p></main>" for name in "abcd"}
    together, alone = searching.Index(small), searching.Index(small)
    gathered = searching.Gathered()
    for path, html in texts.items():
        head = Head(path, f"Of {path}", "", "")
        single = searching.Gathered()
        for each in (gathered, single):
            each.add(path, html.encode(), head)
        alone.take(single.bound())
    together.take(gathered.bound())
    files = list(together.files())
    assert files == list(alone.files())
    assert b"shared" in b"".join(data for _, data in files)
    assert files[-1][0].startswith("assets/search-index.")
