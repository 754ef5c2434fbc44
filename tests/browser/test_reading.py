"""What a reader does with the site, in a real browser: by mouse, by keyboard, on a phone, on paper, without scripts."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import digests
import pytest

pytest.importorskip("playwright", reason="no Playwright here: the site can't be tested in a browser")
from playwright.sync_api import Browser, Page, expect

from generator.site import addresses

# Of pytest-playwright, not of ours.
pytestmark = pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning")

STORY = f"stories/{digests.STORY}"
OVERVIEW = f"{STORY}/index.html"
ARTICLE = f"{STORY}/articles/vale-observer-town.html"
CLAIM = f"{STORY}/claims/houses-in-water.html"
COMPARE = f"{STORY}/compare/{addresses.part('tarnwire-sluice morning-ledger-flood')}.html"
KINDS = [
    "index.html", OVERVIEW, CLAIM, ARTICLE, f"{STORY}/articles/sluice-vedomosti.html", f"{STORY}/claims.html",
    f"{STORY}/sources.html", f"{STORY}/sources/orrin-water-authority.html", "outlets/vale-observer.html",
    f"{STORY}/brief.html", "search.html", "method.html", "feeds.html", COMPARE,
]  # fmt: skip
# What a browser can't overlook: serious faults only would hide small ones, so all rules count.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
AXE = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}, "color-contrast-enhanced": {"enabled": True}},
}


def test_from_a_claim_to_its_sentence_and_back(page: Page, address: str, noise: list[str]) -> None:
    page.goto(address + OVERVIEW)
    page.locator(".matrix").get_by_role("link", name="About 40 houses stood in water by noon.").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("About 40 houses stood in water by noon.")
    page.locator(".mention", has_text="Vale Observer").get_by_role("link", name="The sentence in its place").click()
    sentence = page.locator(".s:target")
    expect(sentence).to_contain_text("At least 60 houses were under water")
    expect(sentence).to_be_in_viewport()
    sentence.get_by_role("link").click()
    assert page.url.endswith(CLAIM)
    assert noise == []


def test_who_alone_reports_a_thing_is_two_clicks_from_the_overview(page: Page, address: str) -> None:
    page.goto(address + OVERVIEW)
    page.get_by_label("On this page").get_by_role("link", name="By outlet").click()
    page.locator("#outlets").get_by_role("link", name="Bread was handed out from a lorry.").click()
    note = page.locator(".notes li:target")
    expect(note).to_contain_text("only here")
    expect(note).to_be_in_viewport()
    assert "/articles/vale-observer-town.html#c-" in page.url
    note.get_by_role("link").first.click()
    expect(page.locator(".s:target")).to_contain_text("Bread was handed out from a lorry.")


def test_which_sentence_was_the_first_is_two_clicks_from_the_overview(page: Page, address: str) -> None:
    page.goto(address + OVERVIEW)
    page.locator(".matrix").get_by_role("link", name="About 40 houses stood in water by noon.").click()
    page.locator("#where").get_by_role("link", name="Tarnwire, 5 May 2031, 09:10").click()
    expect(page.locator(".s:target")).to_contain_text("About 40 houses")


def test_whose_quotation_was_altered_is_one_click_from_the_overview(page: Page, address: str) -> None:
    page.goto(address + OVERVIEW)
    page.get_by_role("link", name="Altered quotations").click()
    expect(page.locator("#altered")).to_be_in_viewport()
    expect(page.locator("#altered")).to_contain_text("Dalla Brennock")
    expect(page.locator("#altered")).to_contain_text("was left out")


def test_how_many_origins_a_claim_has_is_one_click_from_the_overview(page: Page, address: str) -> None:
    page.goto(address + OVERVIEW)
    page.locator(".matrix").get_by_role("link", name="The Ledger was told by a keeper").click()
    expect(page.locator("#where")).to_contain_text("2 independent origins")


def test_the_compare_page_marks_what_was_changed(page: Page, address: str, noise: list[str]) -> None:
    page.goto(address + OVERVIEW)
    page.locator("#copies").get_by_role("link", name="compare").click()
    expect(page.locator("mark")).to_have_text(["none"])
    assert noise == []


def test_arrow_keys_move_through_the_matrix(page: Page, address: str) -> None:
    page.goto(address + OVERVIEW)
    cells = page.locator(".matrix tbody tr").first.locator("td a")
    cells.nth(0).focus()
    page.keyboard.press("ArrowRight")
    expect(cells.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".matrix tbody tr").nth(1).locator("td").nth(1).locator("a")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".matrix thead th").nth(2).locator("a")).to_be_focused()


def test_the_matrix_can_be_filtered_and_says_how_many_are_left(page: Page, address: str) -> None:
    page.goto(address + OVERVIEW)
    rows = page.locator(".matrix tbody tr:visible")
    expect(rows).to_have_count(5)
    page.get_by_label("only where they differ").check()
    expect(rows).to_have_count(2)
    page.get_by_label("Claims with the word").fill("alarm")
    expect(rows).to_have_count(1)
    expect(page.get_by_text("1 of 5 claims")).to_be_visible()


def test_all_claims_can_be_filtered_by_outlet_and_word(page: Page, address: str) -> None:
    page.goto(address + f"{STORY}/claims.html")
    rows = page.locator(".claimlist li:visible")
    expect(rows).to_have_count(len(digests.digest().claims))
    page.locator(".tools select").select_option("Coast Gazette")
    expect(rows).to_have_count(3)
    page.get_by_label("Claims with the word").fill("comment")
    expect(rows).to_have_count(1)


def test_the_plain_anchors_land_on_who_is_alone_and_where_they_differ(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False, reduced_motion="reduce")
    page.goto(address + OVERVIEW)
    for name in ("In one outlet only", "Differences", "Altered quotations", "Who copied whom", "Sources"):
        page.get_by_label("On this page").get_by_role("link", name=name).click()
        place = page.locator("#" + page.url.partition("#")[2]).bounding_box()
        assert place
        at_the_end = page.evaluate("scrollY + innerHeight >= document.documentElement.scrollHeight - 2")
        assert 0 <= place["y"] <= 100 or at_the_end, name
    page.close()


def test_keys_lead_on_and_up_and_a_dialog_lists_them(page: Page, address: str) -> None:
    page.goto(address + CLAIM)
    page.keyboard.press("n")
    page.wait_for_url("**/claims/gate-opened.html")
    page.keyboard.press("u")
    page.wait_for_url(f"**/{OVERVIEW}")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()


@pytest.mark.parametrize(
    ("words", "page_of"),
    [
        ("dalla brennock", "tarnwire-sluice"),
        ("ВОДОХРАНИЛИЩЕ", "sluice-vedomosti"),
        ("lórry", "vale-observer-town"),
        ("switch", "morning-ledger-flood"),
    ],
)
def test_search_by_keyboard_leads_to_the_paragraph(page: Page, address: str, words: str, page_of: str) -> None:
    page.goto(address + "search.html")
    page.keyboard.press("/")
    page.keyboard.type(words)
    hit = page.locator(f"#results a[href*='articles/{page_of}.html#p']").first
    expect(hit).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#results a").first).to_be_focused()
    expect(page.locator("#everything")).to_be_hidden()


def test_a_search_from_the_home_page_is_carried_over(page: Page, address: str, noise: list[str]) -> None:
    page.goto(address)
    page.get_by_role("searchbox").fill("minister")
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_contain_text("pages")
    assert noise == []


def test_a_large_collection_is_searched_by_shards(page: Page, sharded: Path, noise: list[str]) -> None:
    page.goto((sharded / "search.html").as_uri() + "?q=keeper")
    expect(page.locator("#results a[href*='articles/morning-ledger-flood.html#p']").first).to_be_visible()
    page.get_by_role("searchbox").fill("слуш водо")
    expect(page.locator("#count")).to_have_text("No page has all these words.")
    page.get_by_role("searchbox").fill("водохран")
    expect(page.locator("#results a[href*='sluice-vedomosti.html#p']").first).to_be_visible()
    loaded = page.locator("head script[src*='search-']").count()
    assert loaded < len(list((sharded / "assets").glob("search-*.js"))) / 2
    assert noise == []


def test_a_word_that_stands_nowhere_is_answered(page: Page, address: str) -> None:
    page.goto(address + "search.html?q=zeppelin")
    expect(page.locator("#count")).to_have_text("No page has all these words.")


def test_search_and_matrix_work_from_a_folder_without_a_server(page: Page, site: Path, noise: list[str]) -> None:
    page.goto((site / "repo" / "search.html").as_uri())
    page.get_by_role("searchbox").fill("keeper")
    expect(page.locator("#results a").first).to_be_visible()
    page.goto((site / "repo" / OVERVIEW).as_uri())
    page.locator(".matrix td a").first.click()
    expect(page.locator(".s:target")).to_be_visible()
    assert noise == []


@pytest.mark.parametrize("name", KINDS)
def test_a_page_says_the_same_without_scripts(browser: Browser, address: str, name: str) -> None:
    with_script, without = browser.new_page(), browser.new_page(java_script_enabled=False)
    for page in (with_script, without):
        page.goto(address + name)
    assert without.locator("main").inner_text() in _without_tools(with_script)
    links = "main a"
    assert without.locator(links).count() == with_script.locator(links).count()
    with_script.close()
    without.close()


def _without_tools(page: Page) -> str:
    page.evaluate("document.querySelectorAll('.tools').forEach(e => e.remove())")
    return page.locator("main").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_nothing_and_contrast_is_aaa(browser: Browser, address: str, name: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(color_scheme=scheme)
    page.goto(address + name)
    found = Axe().run(page, options=AXE).response["violations"]
    page.close()
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []


@pytest.mark.parametrize("name", KINDS)
def test_nothing_runs_over_the_edge_from_the_smallest_phone_to_the_widest_screen(
    page: Page, address: str, name: str
) -> None:
    page.goto(address + name)
    over = {}
    for width in (320, 390, 768, 1440, 3840):
        page.set_viewport_size({"width": width, "height": 900})
        over[width] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert {width: by for width, by in over.items() if by > 1} == {}


def test_on_a_phone_the_matrix_is_a_list_by_claim(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address + OVERVIEW)
    row = page.locator(".matrix tbody tr").first
    boxes = [cell.bounding_box() for cell in row.locator("td:visible").all()]
    assert len(boxes) == 4
    assert all(a["y"] < b["y"] for a, b in pairwise(boxes) if a and b)


def test_dark_is_dark_and_paper_is_white(browser: Browser, address: str) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto(address + ARTICLE)
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(19, 21, 24)"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.querySelector('main p')).color") in (
        "rgb(0, 0, 0)",
        "rgb(51, 51, 51)",
    )
    page.close()


def test_an_article_prints_whole(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(address + ARTICLE)
    page.emulate_media(media="print")
    expect(page.locator("#p1")).to_be_visible()
    expect(page.locator(".mast nav")).to_be_hidden()
    assert page.pdf(path=tmp_path / "page.pdf", format="A4").startswith(b"%PDF")


def test_the_brief_fits_two_sheets_of_paper(page: Page, address: str) -> None:
    page.goto(address + f"{STORY}/brief.html")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 2


def test_foreign_words_stand_under_their_language(page: Page, address: str) -> None:
    page.goto(address + OVERVIEW)
    expect(page.locator("bdi[lang=ru]").first).to_contain_text("Новости Долины")


def test_zoomed_to_four_hundred_percent_a_page_still_reads(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 256})
    page.goto(address + CLAIM)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 1
    page.locator(".mention").last.scroll_into_view_if_needed()
    expect(page.locator(".mention").last.locator("blockquote")).to_be_in_viewport()


def test_drawings_are_legible_on_the_smallest_phone_and_have_a_table_beside_them(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    seen = 0
    for name in (OVERVIEW, f"{STORY}/claims/alarm-off.html"):
        page.goto(address + name)
        for drawing in page.locator("svg.drawn").all():
            size = "t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a"
            sizes = drawing.evaluate(f"s => [...s.querySelectorAll('text')].map({size})")
            assert sizes
            assert min(sizes) >= 11
            assert drawing.locator("title").text_content()
            assert drawing.locator("xpath=..").locator("table").count() == 1
            seen += 1
    assert seen >= 2


def test_forced_colours_keep_the_marks_and_reduced_motion_does_not_glide(browser: Browser, address: str) -> None:
    page = browser.new_page(forced_colors="active", reduced_motion="reduce")
    page.goto(address + CLAIM)
    assert page.evaluate("getComputedStyle(document.querySelector('mark')).outlineStyle") == "solid"
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    page.close()
