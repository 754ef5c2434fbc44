# ruff: noqa: E501
"""Saved pages: which lines are the article's, what the page says of itself, and what hostile markup can't do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.converter import convert
from generator.errors import InputRefused
from generator.intake.addresses import clean_url, outlet_at
from generator.intake.html import MAX_TAGS, READER, UNREADABLE, capture_of, decoded
from generator.intake.inline import markup_of
from generator.intake.isodates import iso_date
from generator.intake.metadata import likeness, without_outlet
from generator.intake.pagelines import MAX_DEPTH, Piece
from generator.intake.persons import person_names
from generator.model import IN_TEXT, Capture
from generator.text import squeeze

CASES = Path(__file__).parent / "cases" / "html"
SHARED = Path(__file__).parents[2] / "shared" / "pages"


def read(source: str | bytes) -> Capture:
    data = source.encode() if isinstance(source, str) else source
    (capture,) = READER.read(Path("page.html"), data, "page.html")
    return capture


@pytest.mark.parametrize("page", sorted(CASES.glob("*.html")), ids=lambda p: p.stem)
def test_a_page_is_read_as_its_case_says(page):
    """Every line of the case's .expect holds: "field: value", "+ role text" for what is there, "- text" for what is not in the text."""
    capture = read(page.read_bytes())
    blocks = convert(capture, story="s").blocks
    roles = {(b.role.value, b.text) for b in blocks}
    kept = {b.text for b in blocks if b.role in IN_TEXT}
    checked = 0
    for line in page.with_suffix(".expect").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("+ "):
            role, _, text = line[2:].partition(" ")
            alike = {role, "standfirst"} if role == "body" else {role}
            text = text.replace("\\t", "\t").replace("\\n", "\n")
            assert any((r, text) in roles for r in alike), line
        elif line.startswith("- "):
            assert line[2:] not in kept, line
        else:
            name, _, value = line.partition(":")
            found = getattr(capture.hints, name)
            assert (", ".join(found) if isinstance(found, tuple) else found or "") == value.strip(), line
        checked += 1
    assert checked


def test_every_line_of_the_page_is_in_the_capture_and_in_order():
    """The capture holds all visible text of the page, furniture too, and its lines point at it."""
    capture = read((CASES / "newsletter-box.html").read_bytes())
    assert "Home" in capture.text and "Quay Street 1" in capture.text
    spans = [line.span for line in capture.lines]
    assert spans == sorted(spans) and all(squeeze(s.of(capture.text)) for s in spans)
    assert squeeze("".join(s.of(capture.text) for s in spans)) == squeeze(capture.text)


def test_scripts_styles_and_comments_are_no_text():
    """What a browser doesn't show is not in the capture."""
    text = capture_of(
        "<p>Seen.</p><script>let hidden=1</script><style>p{}</style><!-- gone --><template>no</template>", "x"
    ).text
    assert text == "Seen."


def test_links_keep_their_target_without_tracking():
    """Emphasis and links of the text become Markdown; parameters that only track are gone."""
    capture = read((CASES / "own-list.html").read_bytes())
    (markup,) = [line.markup for line in capture.lines if line.markup and "reported" in line.markup]
    assert (
        markup
        == "The western basin stays closed until the engineers have [reported](https://lindvik.example/report?id=4)."
    )


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "#top", "file:///etc/passwd", "//[broken", "mailto:a@b.example"]
)
def test_a_link_that_leads_nowhere_on_the_web_is_text(href):
    """Only http and https targets are kept."""
    assert markup_of([Piece("Read "), Piece("this", href=href)], "https://lindvik.example/") is None


@given(st.lists(st.tuples(st.text(max_size=30), st.sampled_from(["", "*", "**"]), st.booleans()), max_size=6))
def test_markup_reads_as_the_line_or_is_none(parts):
    """Whatever the text, its Markdown renders as exactly that text, or there is none."""
    from generator.commonmark import plain_line

    pieces = [Piece(t, m, "https://a.example/x y" if h else None) for t, m, h in parts]
    markup = markup_of(pieces, None)
    assert markup is None or plain_line(markup) == "".join(p.text for p in pieces)


def test_a_page_nested_too_deeply_is_read_as_plain_text_and_says_so():
    """Nothing is lost below the depth that trees are read to."""
    deep = "<div>" * (MAX_DEPTH + 100) + "<p>At the bottom of it all.</p>" + "</div>" * (MAX_DEPTH + 100)
    for source in (deep, "<div>" * 30_000 + "At the bottom of it all."):
        capture = capture_of(source, "x")
        assert capture.text == "At the bottom of it all."
        assert capture.doubts


def test_an_ordinary_page_is_not_too_deep_for_what_its_scripts_say():
    """Tags in scripts, and elements that close themselves, don't count."""
    capture = capture_of(
        "<div>a" + "<br>" * 900 + "<script>'" + "<div>" * 900 + "'</script>" + "<p>b" * 900 + "</div>", "x"
    )
    assert capture.doubts == ()


@pytest.mark.parametrize("bomb", ["<script>", "<!--", "<div ", "<", "<b>a ", "</p>", "&#", "<![CDATA["])
def test_markup_that_never_ends_is_read_all_the_same(bomb):
    """A tag that is opened ten thousand times and never closed is no obstacle."""
    assert isinstance(capture_of(bomb * 10_000, "x"), Capture)


def test_external_entities_are_not_read():
    """A document type with entities of its own brings in nothing."""
    source = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>Before &x; after.</p></body></html>'
    )
    assert "root:" not in capture_of(source, "x").text


def test_the_charset_that_a_page_declares_is_used():
    """Bytes that are not UTF-8 are read as the page says, without a doubt."""
    page = '<html><head><meta charset="windows-1251"></head><body><p>Порт закрыт.</p></body></html>'
    assert decoded(page.encode("cp1251")) == (page, ())


def test_a_page_without_text_is_refused():
    """A page of scripts alone has nothing to convert."""
    with pytest.raises(InputRefused, match="no text"):
        read("<html><head><title>x</title></head><body><script>1</script></body></html>")


def test_a_page_without_an_article_is_left_to_the_rules_for_text():
    """Where extraction finds nothing, all text is kept and the converter's rules decide."""
    capture = capture_of("<p>Fog.</p>", "x")
    assert capture.text == "Fog."
    assert convert(capture, story="s").article.text == "Fog."


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(["<p>", "</p>", "<div>", "</div>", "<li>", "<ul>", "<table><tr><td>", "<b>", "</b>", "<a href=x>", "</a>", "Some words here.", "&amp;", "é", "<br>", "<h2>", "</h2>", "<blockquote>", "\n"]), max_size=60))  # fmt: skip
def test_conservation_holds_for_any_soup_of_tags(parts):
    """Law 1: whatever the markup, every visible character reaches the article or what was set aside."""
    capture = capture_of("".join(parts), "x")
    if squeeze(capture.text):
        convert(capture, story="s")
    assert "<p>" not in capture.text


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("2023-09-12", "2023-09-12"),
        ("2023-09-12T08:30:00.000Z", "2023-09-12T08:30:00+00:00"),
        ("2023-09-12 08:30 +0530", "2023-09-12T08:30:00+05:30"),
        ("20230912", "2023-09-12"),
        ("Tue, 12 Sep 2023 08:30:00 +0100", "2023-09-12T08:30:00+01:00"),
        ("September 12, 2023", "2023-09-12"),
        ("2023-13-40", None),
        ("9999-12-31x", None),
        ("yesterday", None),
        (None, None),
        (20230912, None),
    ],
)
def test_a_date_is_read_or_is_none(printed, iso):
    """Dates of metadata become ISO 8601 with the zone they have; what is no date stays none."""
    assert iso_date(printed) == iso


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("By Mara Ilves and Jorun Aske", ("Mara Ilves", "Jorun Aske")),
        ("MARA ILVES", ("Mara Ilves",)),
        ("Mara Ilves, Staff Writer", ("Mara Ilves",)),
        ("Mara Ilves MD, PhD", ("Mara Ilves",)),
        ("Staff", ()),
        ("Reuters", ()),
        ("The Associated Press", ()),
        ("editor@courier.example", ()),
        ("https://courier.example/mara-ilves", ()),
        ("山田太郎", ("山田太郎",)),
        ("", ()),
    ],
)
def test_authors_are_persons(printed, names):
    """Names of persons are kept, desks, agencies and addresses are not."""
    assert person_names((printed,)) == names


def test_a_page_of_tags_without_end_is_read_as_text_with_what_its_head_says():
    """Trees of a hundred thousand cells cost more than any article; cells stay apart, rows are lines."""
    head = '<html lang=en><head><title>Tide table</title><meta property="og:site_name" content="Harbour Post"></head>'
    rows = "<tr><td>high</td><td>low</td></tr>" * (MAX_TAGS // 3)
    capture = read(f"{head}<body><table>{rows}</table><script>{'x<y;' * MAX_TAGS}</script></body></html>")
    assert (capture.medium, capture.doubts) == ("text", (UNREADABLE,))
    assert (capture.hints.title, capture.hints.outlet) == ("Tide table", "Harbour Post")
    assert set(capture.text.split("\n")) == {"high low"}
    scripted = read(f"{head}<body><p>The quay is shut.</p><script>{'x<y;' * MAX_TAGS}</script></body></html>")
    assert scripted.medium == "html"


def test_addresses_lose_what_tracks_and_keep_what_leads():
    """Tracking parameters and the fragment go, the rest stays as it was."""
    assert clean_url("https://a.example/p?id=3&utm_source=x&fbclid=y#z") == "https://a.example/p?id=3"


def test_an_outlet_is_known_by_its_domain_and_subdomains_only():
    """The lexicon's domains match whole labels."""
    assert outlet_at("https://www.theguardian.com/x") == "The Guardian"
    assert outlet_at("https://edition.nottheguardian.com/x") is None
    assert outlet_at("https://[broken") is None


def test_titles_are_alike_by_their_words():
    """A headline is like its longer form, and unlike the outlet's name."""
    assert likeness("Boat strikes pier at Lindvik", "Boat strikes pier at Lindvik - Lindvik Courier") > 0.5
    assert likeness("Lindvik Courier", "Boat strikes pier") == 0


def test_the_outlet_behind_a_bar_is_no_part_of_the_title():
    """A trailing name is cut where the page names it as its own, and only then."""
    metas = {"og:site_name": ["Lindvik Courier"]}
    assert without_outlet("Boat strikes pier - Lindvik Courier", metas) == "Boat strikes pier"
    assert without_outlet("Boat strikes pier - again", metas) == "Boat strikes pier - again"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared pages lie beside the repository in development only")
def test_laws_hold_on_shared_pages():
    """Conservation and true spans hold on a sample of saved pages."""
    for line in (SHARED / "html-fut" / "gold.jsonl").read_text(encoding="utf-8").splitlines()[::9]:
        path = SHARED / "html-fut" / "in" / json.loads(line)["file"]
        (capture,) = READER.read(path, path.read_bytes(), path.name)
        assert convert(capture, story="s").article.body
