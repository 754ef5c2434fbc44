"""The whole site of one invented story: what a reader, a crawler and an archivist may rely on."""

from __future__ import annotations

import csv
import io
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import urllib.parse
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import digests
import edits
import html5lib
import pytest
from jinja2.compiler import CodeGenerator

from generator import markdown, rights
from generator.cache import Cache
from generator.commonmark import table_source
from generator.errors import BuildFailed, LawBroken
from generator.model import (
    Annotated,
    Article,
    Change,
    Claim,
    Digest,
    Mention,
    Paragraph,
    Passage,
    Reuse,
    Role,
    Source,
    SourceKind,
    Span,
    Version,
)
from generator.project import Project, RightsRules, Settings, theme_folder
from generator.site import SiteReport, Told, build, feeds, pelican_run, views, wording

XHTML = "{http://www.w3.org/1999/xhtml}"
STORY = f"stories/{digests.STORY}"


def project(folder: Path, **settings: object) -> Project:
    content = folder / "content"
    (content / "pages").mkdir(parents=True, exist_ok=True)
    (content / "pages" / "about.md").write_text(
        "---\ntitle: About\n---\n\nHow this is <b>read</b>.\n\n## Limits\n", "utf-8"
    )
    return Project(
        content=content, inbox=content, articles=content, output=folder / "out", cache=folder,
        theme=theme_folder(), settings=Settings(**{"url": "https://desk.example/digest/", **settings}),  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SiteReport]:
    folder = tmp_path_factory.mktemp("site")
    report = build([digests.digest()], project=project(folder), output=folder / "out")
    return folder / "out", report


@pytest.fixture(scope="module")
def site(built: tuple[Path, SiteReport]) -> Path:
    return built[0]


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, ElementTree.Element]:
    return {p.relative_to(site).as_posix(): parsed(p) for p in sorted(site.rglob("*.html"))}


def parsed(path: Path) -> ElementTree.Element:
    return html5lib.parse(path.read_text("utf-8"), treebuilder="etree")


def text_of(element: ElementTree.Element, *, ours: bool = True) -> str:
    """The text of an element; with ``ours=False`` without what the site put in."""
    if not ours and element.get("data-generated") is not None:
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += [text_of(child, ours=ours), child.tail or ""]
    return "".join(parts)


def by_id(page: ElementTree.Element, key: str) -> ElementTree.Element:
    return next(e for e in page.iter() if e.get("id") == key)


def beside(page: str, path: str) -> str:
    """Where a relative link on ``page`` leads, from the root."""
    return os.path.normpath(Path(page).parent / path)


def every(page: ElementTree.Element, tag: str) -> list[ElementTree.Element]:
    return list(page.iter(XHTML + tag))


# --- pages ------------------------------------------------------------------------------------------------------------


def test_every_page_is_html_that_a_strict_parser_accepts(site: Path) -> None:
    faults = []
    for path in sorted(site.rglob("*.html")):
        parser = html5lib.HTMLParser()
        parser.parse(path.read_text("utf-8"))
        faults += [f"{path.name}: {code}" for _, code, _ in parser.errors]
    assert faults == []


def broken_links(site: Path, pages: dict[str, ElementTree.Element]) -> tuple[list[str], int]:
    """Links that lead nowhere, and how many were followed."""
    ids = {name: {e.get("id") for e in page.iter() if e.get("id")} for name, page in pages.items()}
    broken, seen = [], 0
    for name, page in pages.items():
        for link in page.iter():
            href = link.get("href") or link.get("src")
            if not href or href.startswith(("http", "data:", "/", "mailto:")) or name == "404.html":
                continue
            path, _, mark = href.partition("#")
            target = beside(name, urllib.parse.unquote(path)) if path else name
            seen += 1
            if not (site / target).is_file() or (mark and mark not in ids[target]):
                broken.append(f"{name}: {href}")
    return broken, seen


def test_every_link_leads_to_a_file_and_a_place_in_it(site: Path, pages: dict[str, ElementTree.Element]) -> None:
    broken, seen = broken_links(site, pages)
    assert broken == []
    assert seen > 500


def test_links_hold_on_a_site_that_lacks_most_things(tmp_path: Path) -> None:
    bare = Article("bare", "bare", None, (Paragraph("Nothing else is known."),))
    empty = Article("empty", "bare", "Only a headline")
    digest = Digest("bare", "Bare", (Annotated(bare, (Span(0, 22),), (), ()), Annotated(empty, (), (), ())), (), ())
    site = tmp_path / "out"
    build([digest], project=project(tmp_path), output=site)
    pages = {p.relative_to(site).as_posix(): parsed(p) for p in sorted(site.rglob("*.html"))}
    assert broken_links(site, pages)[0] == []


def test_links_name_files_so_that_they_work_without_a_server(pages: dict[str, ElementTree.Element]) -> None:
    hrefs = [a.get("href", "") for name, p in pages.items() if name != "404.html" for a in every(p, "a")]
    inner = [h.partition("#")[0] for h in hrefs if not h.startswith(("http", "#", "mailto:"))]
    assert [h for h in inner if h.startswith("/") or h.endswith("/")] == []


def test_there_is_a_page_for_everything(built: tuple[Path, SiteReport], pages: dict[str, ElementTree.Element]) -> None:
    digest = digests.digest()
    folders = [name.rsplit("/", 2)[-2] for name in pages if name.count("/") > 1]
    assert folders.count("claims") == sum(1 for c in digest.claims if len(c.mentions) > 1)
    assert folders.count("articles") == len(digest.articles)
    assert folders.count("compare") == 1
    assert sum(1 for name in pages if name.startswith("outlets/")) == len(digest.outlets)
    assert built[1].pages == len(pages)
    assert built[1].files == sum(1 for p in built[0].rglob("*") if p.is_file())


def test_a_claim_of_one_sentence_is_told_in_the_margin_of_its_article(pages: dict[str, ElementTree.Element]) -> None:
    digest = digests.digest()
    found = 0
    for claim in (c for c in digest.claims if len(c.mentions) == 1):
        (mention,) = claim.mentions
        page = pages[f"{STORY}/articles/{mention.article}.html"]
        note = by_id(page, f"c-{claim.id}")
        told = text_of(note)
        assert all(wording.voice(s) in told for s in mention.chain)
        assert wording.firmness(mention).word in told
        sentence = every(note, "a")[0].get("href", "")
        assert mention.text in text_of(by_id(page, sentence.removeprefix("#")), ours=False)
        found += 1
    assert found > 4


def test_a_claim_keeps_its_place_in_an_article_when_it_comes_to_have_a_page(
    pages: dict[str, ElementTree.Element],
) -> None:
    for claim in digests.digest().claims:
        for article in {m.article for m in claim.mentions}:
            by_id(pages[f"{STORY}/articles/{article}.html"], f"c-{claim.id}")
        assert (f"{STORY}/claims/{claim.id}.html" in pages) == (len(claim.mentions) > 1)


@pytest.mark.parametrize("right", ["excerpts", "none"])
def test_a_claim_whose_words_may_not_be_shown_still_has_its_place(tmp_path: Path, right: str) -> None:
    rules = RightsRules(default=right)
    (digest,) = rights.published([digests.digest()], rules)
    texts = {f"{digest.story}/{a.article.id}": markdown.dump(markdown.settle(a.article)) for a in digest.articles}
    shown = project(tmp_path, profile="public", rights=rules)
    build([digest], project=shown, output=tmp_path / "out", texts=texts)
    pages = {p.relative_to(tmp_path / "out").as_posix(): parsed(p) for p in (tmp_path / "out").rglob("*.html")}
    assert broken_links(tmp_path / "out", pages)[0] == []
    for claim in digest.claims:
        for article in {m.article for m in claim.mentions}:
            by_id(pages[f"{STORY}/articles/{article}.html"], f"c-{claim.id}")


def test_a_source_of_few_statements_stands_with_all_of_them_among_all_sources(
    pages: dict[str, ElementTree.Element],
) -> None:
    said = {}
    for mention in (m for c in digests.digest().claims for m in c.mentions):
        for source in mention.chain:
            said.setdefault(source.id, []).append(mention.text)
    few = {s: texts for s, texts in said.items() if f"{STORY}/sources/{s}.html" not in pages}
    assert few
    for source, texts in few.items():
        entry = by_id(pages[f"{STORY}/sources.html"], f"v-{source}")
        assert len(texts) <= 2
        assert sorted(text_of(q).strip() for q in every(entry, "blockquote")) == sorted(t.strip() for t in texts)


def test_a_long_list_of_sources_is_parted_and_each_is_found(tmp_path: Path) -> None:
    names = [f"Voice {n:03}" for n in range(70)]
    text = " ".join(f"{name} said so." for name in names)
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"Voice \d+ said so\.", text)]
    sources = [Source(name.replace(" ", "-").lower(), name, SourceKind.PERSON) for name in names]
    mentions = [
        Mention(f"m{n}", "a", span, span.of(text), chain=(who,))
        for n, (span, who) in enumerate(zip(spans, sources, strict=True))
    ]
    claims = tuple(Claim(f"c{n}", m.text, m.id, (m,)) for n, m in enumerate(mentions))
    article = Article("a", "many", "Many speak", (Paragraph(text),), outlet="Wire")
    digest = Digest("many", "Many", (Annotated(article, tuple(spans), (), tuple(mentions)),), claims, tuple(sources))
    build([digest], project=project(tmp_path), output=tmp_path / "out")
    pages = {p.relative_to(tmp_path / "out").as_posix(): parsed(p) for p in (tmp_path / "out").rglob("*.html")}
    assert broken_links(tmp_path / "out", pages)[0] == []
    assert {f"stories/many/sources{n}.html" for n in ("", "-2", "-3")} <= set(pages)
    assert sum(1 for p in pages if "/claims/" in p or "/sources/" in p) == 0


def test_of_many_copies_those_stand_side_by_side_that_share_most(tmp_path: Path) -> None:
    line = "The ferry at Ister ran aground before dawn and nobody was hurt, the harbour said."
    articles = [Article(f"a{n}", "many", f"Aground {n}", (Paragraph(line),), outlet=f"Paper {n}") for n in range(9)]
    whole = Passage(Span(0, len(line)), Span(0, len(line)), exact=True)
    copies = tuple(
        Reuse(f"a{n}", f"a{m}", (share := 1 - (m - n) / 10), share, (whole,), "date")
        for n in range(9)
        for m in range(n + 1, 9)
    )
    told = tuple(Annotated(a, (Span(0, len(line)),), (), ()) for a in articles)
    build([Digest("many", "Many copies", told, (), (), copies)], project=project(tmp_path), output=tmp_path / "out")
    pages = {p.relative_to(tmp_path / "out").as_posix(): parsed(p) for p in (tmp_path / "out").rglob("*.html")}
    assert broken_links(tmp_path / "out", pages)[0] == []
    article = pages["stories/many/articles/a4.html"]
    others = section_of(article, "Words in common")
    assert len(every(others, "li")) == 8
    beside_it = {a.get("href", "") for a in every(others, "a") if "/compare/" in a.get("href", "")}
    assert len(beside_it) == 4  # its three; and one that is among the three of the other
    assert sum(1 for name in pages if "/compare/" in name) < len(copies)


def section_of(page: ElementTree.Element, label: str) -> ElementTree.Element:
    """The section of a page that is called ``label``."""
    return next(s for s in every(page, "section") if s.get("aria-label") == label)


def test_no_two_pages_have_one_title(pages: dict[str, ElementTree.Element]) -> None:
    titles = [every(p, "title")[0].text for p in pages.values()]
    assert len(set(titles)) == len(titles)


def test_each_page_has_one_top_heading_a_language_and_a_skip_link(pages: dict[str, ElementTree.Element]) -> None:
    for name, page in pages.items():
        assert len(every(page, "h1")) == 1, name
        assert page.get("lang") == "en", name
        assert name == "404.html" or every(page, "a")[0].get("href") == "#main", name


def test_tables_have_a_caption_and_heads_with_scope(pages: dict[str, ElementTree.Element]) -> None:
    tables = [t for p in pages.values() for t in every(p, "table")]
    assert tables
    for table in tables:
        assert every(table, "caption")
        assert all(th.get("scope") for th in every(table, "th"))


# --- what was printed -------------------------------------------------------------------------------------------------


def test_an_article_page_holds_the_article_letter_for_letter(pages: dict[str, ElementTree.Element]) -> None:
    for article in digests.articles():
        page = pages[f"{STORY}/articles/{article.id}.html"]
        for n, paragraph in enumerate(article.body, 1):
            assert text_of(by_id(page, f"p{n}"), ours=False) == paragraph.text


def test_whatever_is_quoted_was_printed(pages: dict[str, ElementTree.Element]) -> None:
    printed = " ".join(a.text for a in digests.articles())
    quotes = [text_of(q) for p in pages.values() for q in every(p, "blockquote") if q.get("cite")]
    assert len(quotes) > 15
    assert [q for q in quotes if q.strip() not in printed] == []


def test_each_mention_leads_to_the_sentence_it_was_taken_from(pages: dict[str, ElementTree.Element]) -> None:
    followed = 0
    for name, page in pages.items():
        for quote in every(page, "blockquote"):
            if not quote.get("cite"):
                continue
            path, _, mark = quote.get("cite", "").partition("#")
            target = pages[beside(name, path)]
            assert text_of(quote).strip() in text_of(by_id(target, mark), ours=False)
            followed += 1
    assert followed > 15


def test_a_claim_is_marked_where_it_stands(pages: dict[str, ElementTree.Element]) -> None:
    page = pages[f"{STORY}/articles/vale-observer-town.html"]
    first = by_id(page, "p1")
    mark = next(e for e in first.iter(XHTML + "a"))
    assert mark.get("href", "").endswith("claims/houses-in-water.html")
    assert next(e for e in first.iter() if e.get("data-generated") is not None).tag == XHTML + "sup"


def test_emphasis_links_lists_and_quotations_keep_their_form(pages: dict[str, ElementTree.Element]) -> None:
    page = pages[f"{STORY}/articles/vale-observer-town.html"]
    assert [text_of(e) for e in every(by_id(page, "p3"), "em")] == ["Quay Street"]
    assert any(a.get("href") == "https://vale.example/lorry" for a in every(by_id(page, "p3"), "a"))
    assert by_id(page, "p5").tag == XHTML + "li"
    assert by_id(page, "p7").tag == XHTML + "blockquote"


def test_what_changed_since_an_earlier_version_stands_folded_on_the_page(tmp_path: Path) -> None:
    before = Version(
        "old.txt", "Gate opens", "2031-05-05", body=("One is hurt.",), changes=(Change("One", "Nobody", 0),)
    )
    article = Article("v", "v", "Gate opens", (Paragraph("Nobody is hurt."),), outlet="Wire", versions=(before,))
    digest = Digest("v", "Gates", (Annotated(article, (Span(0, 15),), (), ()),), (), ())
    build([digest], project=project(tmp_path), output=tmp_path / "out", texts={"v/v": markdown.dump(article)})
    page = parsed(tmp_path / "out/stories/v/articles/v.html")
    folded = next(d for d in every(page, "details") if "Changed since the version of 5 May 2031 (1)" in text_of(d))
    assert [text_of(e) for tag in ("del", "ins") for e in every(folded, tag)] == ["One", "Nobody"]
    assert "#p1" in [a.get("href") for a in every(folded, "a")]


def test_a_table_stays_a_table_letter_for_letter(tmp_path: Path) -> None:
    text = "Gate\tOpened\nNorth\tat dawn. It stuck.\nSouth\tnever"
    source = table_source([row.split("\t") for row in text.split("\n")])
    article = Article("tab", "tab", "Gates", (Paragraph(text, Role.TABLE, source),), outlet="Wire")
    at = text.index("It stuck")
    mention = Mention("m", "tab", Span(at, at + 9), "It stuck.")
    claim = Claim("c", "It stuck.", "m", (mention,))
    spans = (Span(0, at - 1), Span(at, at + 9))
    digest = Digest("tab", "Gates", (Annotated(article, spans, (), (mention,)),), (claim,), ())
    build([digest], project=project(tmp_path), output=tmp_path / "out")
    pages = {p.relative_to(tmp_path / "out").as_posix(): parsed(p) for p in sorted((tmp_path / "out").rglob("*.html"))}
    table = by_id(pages["stories/tab/articles/tab.html"], "p1")
    assert [[text_of(c, ours=False) for c in row] for row in every(table, "tr")] == [
        ["Gate", "Opened"], ["North", "at dawn. It stuck."], ["South", "never"],
    ]  # fmt: skip
    assert text_of(table, ours=False) == text
    assert broken_links(tmp_path / "out", pages)[0] == []


def test_what_was_set_aside_is_folded_in_the_page_with_its_rule(pages: dict[str, ElementTree.Element]) -> None:
    page = pages[f"{STORY}/articles/morning-ledger-flood.html"]
    folded = " ".join(text_of(d) for d in every(page, "details"))
    assert "Sign up for our morning letter <b>now</b>" in folded
    assert "newsletter call" in folded
    assert "Photo: L. Hane" in folded


# --- what is not known ------------------------------------------------------------------------------------------------


def test_an_undated_article_of_an_unknown_outlet_says_so(pages: dict[str, ElementTree.Element]) -> None:
    page = text_of(by_id(pages[f"{STORY}/articles/note-on-the-gate.html"], "main"))
    assert "undated" in page
    assert "outlet unknown" in page
    assert "It has no headline" in page
    assert every(pages[f"{STORY}/articles/note-on-the-gate.html"], "time") == []


def test_an_unknown_outlet_has_a_column_and_no_page(site: Path, pages: dict[str, ElementTree.Element]) -> None:
    matrix = every(pages[f"{STORY}/index.html"], "table")[0]
    heads = [text_of(th).strip() for th in every(every(matrix, "thead")[0], "th")]
    assert heads[-1] == "outlet unknown"
    assert not list((site / "outlets").glob("*unknown*"))


# --- the overview -----------------------------------------------------------------------------------------------------


def matrix_cell(pages: dict[str, ElementTree.Element], claim: str, outlet: str) -> str:
    table = every(pages[f"{STORY}/index.html"], "table")[0]
    heads = [text_of(th).strip() for th in every(every(table, "thead")[0], "th")]
    for row in every(every(table, "tbody")[0], "tr"):
        if claim in text_of(row[0]):
            return " ".join(text_of(row[heads.index(outlet)]).split())
    raise AssertionError(claim)


@pytest.mark.parametrize(
    ("claim", "outlet", "says"),
    [
        ("no warning", "Tarnwire", "quoted Dalla Brennock"),
        ("sluice gate", "Morning Ledger", "reported Orrin Water Authority"),
        ("alarm had been", "Coast Gazette", "denied Pell Audry"),
        ("last checked", "outlet unknown", "confirmed"),
        ("About 40 houses", "Vale Observer", "stated"),
        ("About 40 houses", "Coast Gazette", "absent"),
    ],
)
def test_a_cell_of_the_matrix_says_in_words_how_firmly(
    pages: dict[str, ElementTree.Element], claim: str, outlet: str, says: str
) -> None:
    assert matrix_cell(pages, claim, outlet) == says


def test_the_widest_reported_claim_comes_first(pages: dict[str, ElementTree.Element]) -> None:
    table = every(pages[f"{STORY}/index.html"], "table")[0]
    first = every(every(table, "tbody")[0], "tr")[0]
    assert "About 40 houses" in text_of(first[0])
    assert "they differ on the number" in text_of(first[0])


def test_the_overview_tells_who_is_alone_who_copied_and_what_was_altered(pages: dict[str, ElementTree.Element]) -> None:
    page = pages[f"{STORY}/index.html"]
    assert "Bread was handed out from a lorry." in text_of(by_id(page, "outlets"))
    assert "76%" in text_of(by_id(page, "copies"))
    altered = text_of(by_id(page, "altered"))
    assert "“, none,” was left out" in altered
    assert "at least 60" in text_of(by_id(page, "differences"))


def test_a_difference_in_telling_is_not_counted_as_one_in_substance(pages: dict[str, ElementTree.Element]) -> None:
    page = pages[f"{STORY}/index.html"]
    row = next(r for r in every(every(page, "table")[0], "tr") if "no warning" in text_of(r))
    assert "told differently: the wording" in text_of(row)
    assert row.get("class") is None
    facts = " ".join(text_of(by_id(page, "main")).split())
    assert "2 where the facts differ" in facts and "1 told differently" in facts
    assert "Shares 4 claims with others; on 1 of them the outlets differ." in text_of(by_id(page, "outlets"))


def test_the_differing_words_are_marked_on_the_claim_page(pages: dict[str, ElementTree.Element]) -> None:
    marks = [text_of(m) for m in every(pages[f"{STORY}/claims/houses-in-water.html"], "mark")]
    assert marks == ["40", "40", "60", "40"]


# --- other people's text is data --------------------------------------------------------------------------------------


def test_a_script_in_a_title_is_shown_and_not_run(site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        html = path.read_text("utf-8")
        assert "<script>alert" not in html, path
        kinds = re.findall(r"<script\b([^>]*)>", html)
        assert all("src=" in k or "application/ld+json" in k for k in kinds), path
    page = (site / STORY / "articles" / "minister-denies.html").read_text("utf-8")
    assert "&lt;script&gt;alert(&#39;Audry&#39;)&lt;/script&gt; &amp; “the alarm”" in page


def test_nothing_is_asked_of_another_host(pages: dict[str, ElementTree.Element]) -> None:
    for name, page in pages.items():
        for element in page.iter():
            if element.tag in (XHTML + "script", XHTML + "img", XHTML + "iframe"):
                assert not element.get("src", "").startswith("http"), name
            if element.tag == XHTML + "link" and element.get("rel") != "canonical":
                assert not element.get("href", "").startswith("http"), name


def test_text_that_would_steer_pelican_or_jinja_is_only_text(tmp_path: Path) -> None:
    text = "Status: draft {attach}/etc/passwd {{ view }} {% include 'x' %} save_as: ../../x"
    article = Article("odd", "odd", "{static}/etc/passwd [x]({filename}y)", (Paragraph(text),))
    digest = Digest("odd", "{{ 7 * 7 }}", (Annotated(article, (Span(0, len(text)),), (), ()),), (), ())
    build([digest], project=project(tmp_path), output=tmp_path / "out")
    page = parsed(tmp_path / "out/stories/odd/articles/odd.html")
    assert text_of(by_id(page, "p1")) == text
    assert text_of(every(page, "h1")[0]) == article.title
    assert not list(tmp_path.rglob("passwd"))


def test_control_characters_and_lone_surrogates_do_not_reach_the_pages(tmp_path: Path) -> None:
    article = Article("odd", "odd", "a\x00b\x1bc\ud800d\ufffe", (Paragraph("ef"),))
    digest = Digest("odd", "t\x07", (Annotated(article, (), (), ()),), (), ())
    build([digest], project=project(tmp_path), output=tmp_path / "out", texts={"odd/odd": "ef\n"})
    for path in (tmp_path / "out").rglob("*"):
        if path.suffix in (".html", ".xml", ".json", ".csv", ".js", ".bib", ".ris"):
            assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", path.read_text("utf-8")), path


# --- determinism and containment --------------------------------------------------------------------------------------


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_two_builds_in_one_process_are_byte_identical(site: Path, tmp_path: Path) -> None:
    build([digests.digest()], project=project(tmp_path), output=tmp_path / "out")
    assert files_of(tmp_path / "out") == files_of(site)


def test_a_build_under_another_hash_seed_in_a_hostile_folder_is_the_same(site: Path, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    for name in ("pelicanconf.py", "jinja2.py", "markdown.py"):
        (here / name).write_text("raise SystemExit('this was run')\n")
    code = (
        "import sys; sys.path[:0] = sys.argv[1:3]\nfrom pathlib import Path\nimport digests, test_site\n"
        "here = Path(sys.argv[3])\n"
        "test_site.build([digests.digest()], project=test_site.project(here), output=here / 'out')"
    )
    tests = Path(__file__).resolve().parent
    command = [sys.executable, "-P", "-c", code, str(tests.parent), str(tests), str(tmp_path / "run")]
    env = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Chatham", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=here, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert files_of(tmp_path / "run" / "out") == files_of(site)


def test_pelican_leaves_the_process_as_it_found_it(tmp_path: Path) -> None:
    from pelican.plugins import signals

    path, logger, root = list(sys.path), logging.getLoggerClass(), type(logging.getLogger())
    build([digests.digest()], project=project(tmp_path), output=tmp_path / "out")
    assert sys.path == path
    assert logging.getLoggerClass() is logger
    assert type(logging.getLogger()) is root
    assert not signals.get_generators.receivers
    assert not logging.getLogger("pelican").handlers


def test_no_page_holds_a_path_of_this_machine(site: Path, tmp_path: Path) -> None:
    for name, data in files_of(site).items():
        assert str(site.parent).encode() not in data, name
        assert b"file://" not in data, name


# --- faults -----------------------------------------------------------------------------------------------------------


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("kept")
    with pytest.raises(BuildFailed, match="not empty"):
        build([digests.digest()], project=project(tmp_path), output=tmp_path / "out")
    assert (tmp_path / "out" / "mine.txt").read_text() == "kept"


def test_a_template_that_asks_for_what_is_not_there_fails_the_build(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    shutil.copytree(theme_folder(), theme)
    page = theme / "templates" / "claim.html"
    page.write_text(page.read_text("utf-8").replace("view.number", "view.nummer"), "utf-8")
    with pytest.raises(BuildFailed, match="nummer"):
        build([digests.digest()], project=replace(project(tmp_path), theme=theme), output=tmp_path / "out")
    build([digests.digest()], project=project(tmp_path), output=tmp_path / "again")


def test_markdown_that_is_not_the_digests_text_fails_the_build_each_time(tmp_path: Path) -> None:
    texts = {f"{digests.STORY}/minister-denies": "Something else.\n"}
    for number in (1, 2):
        with pytest.raises(BuildFailed, match="not of the same text"):
            build([digests.digest()], project=project(tmp_path), output=tmp_path / f"out{number}", texts=texts)


def test_a_quotation_that_was_not_printed_breaks_the_law(tmp_path: Path) -> None:
    digest = digests.digest()
    claim = digest.claims[0]
    false = replace(claim.mentions[0], text=claim.mentions[0].text.replace("sluice", "flood"))
    wrong = replace(digest, claims=(replace(claim, mentions=(false, *claim.mentions[1:])), *digest.claims[1:]))
    with pytest.raises(LawBroken, match="law 6"):
        build([wrong], project=project(tmp_path), output=tmp_path / "out")


def test_no_story_at_all_still_makes_a_site(tmp_path: Path) -> None:
    report = build([], project=project(tmp_path), output=tmp_path / "out")
    assert report.pages >= 4
    assert "No stories yet" in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_articles_of_one_title_each_have_their_page(tmp_path: Path) -> None:
    body = (Paragraph("The same words."),)
    every_one = tuple(Article(f"same-{n}", "same", "Same", body, outlet="Wire") for n in range(40))
    digest = Digest("same", "Same", tuple(Annotated(a, (Span(0, 15),), (), ()) for a in every_one), (), ())
    build([digest], project=project(tmp_path), output=tmp_path / "out")
    assert len(list((tmp_path / "out/stories/same/articles").iterdir())) == 40


# --- for machines -----------------------------------------------------------------------------------------------------


def test_feeds_are_xml_and_json_with_absolute_links_and_no_clock(site: Path) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.parse(site / STORY / "data" / "feed.xml").getroot()
    entries = feed.findall(atom + "entry")
    assert len(entries) == 6
    assert feed.findtext(atom + "updated") == "2031-05-06T07:00:00+03:00"
    assert all((e.find(atom + "link").get("href") or "").startswith("https://desk.example/digest/") for e in entries)  # type: ignore[union-attr]
    table = json.loads((site / "feed.json").read_text("utf-8"))
    assert table["version"] == "https://jsonfeed.org/version/1.1"
    assert [i["title"] for i in table["items"]] == ["Flood below the Orrin reservoir"]


def test_the_sitemap_lists_every_page_that_search_engines_are_not_kept_from(
    site: Path, pages: dict[str, ElementTree.Element]
) -> None:
    locs = [e.text for e in ElementTree.parse(site / "sitemap.xml").getroot().iter() if e.tag.endswith("loc")]
    listed = {(loc or "").removeprefix("https://desk.example/digest/") or "index.html" for loc in locs}
    kept_from = {name for name, p in pages.items() if any(m.get("name") == "robots" for m in every(p, "meta"))}
    assert listed == set(pages) - kept_from
    assert "404.html" in kept_from


def test_the_tables_hold_what_the_pages_show(site: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((site / STORY / "data" / "mentions.csv").read_text("utf-8"))))
    assert len(rows) == sum(len(c.mentions) for c in digests.digest().claims)
    texts = {a.id: a.text for a in digests.articles()}
    assert all(texts[r["article"]][int(r["start"]) : int(r["end"])] == r["text"] for r in rows)
    table = json.loads((site / STORY / "data" / "digest.json").read_text("utf-8"))
    assert len(table["claims"]) == len(digests.digest().claims)


def test_each_page_describes_itself_to_machines(pages: dict[str, ElementTree.Element]) -> None:
    types = set()
    for name, page in pages.items():
        if name == "404.html":
            continue
        data = [json.loads(s.text or "") for s in every(page, "script") if s.get("type") == "application/ld+json"]
        types.add(data[0]["@type"])
        metas = {m.get("property"): m.get("content") for m in every(page, "meta")}
        assert metas["og:url"] == next(
            link.get("href") for link in every(page, "link") if link.get("rel") == "canonical"
        )
        assert (metas["og:image"] or "").endswith(".png")
    assert types >= {"CollectionPage", "NewsArticle", "Claim", "WebPage"}


def test_not_found_carries_its_style_and_links_from_the_root(site: Path) -> None:
    page = (site / "404.html").read_text("utf-8")
    assert "/digest/index.html" in page
    assert "<style>" in page
    assert '<link rel="stylesheet"' not in page


def index_of(site: Path) -> tuple[dict[str, set[str]], list[str]]:
    """What the scripts of the search index say: the words of each page, and which scripts there are."""
    words: dict[str, str] = {}
    pages: dict[int, str] = {}
    scripts = sorted(p.name for p in (site / "assets").glob("search-*.js"))
    for name in scripts:
        for line in (site / "assets" / name).read_text("utf-8").splitlines():
            call, _, rest = line.removeprefix("crossreport.").partition("(")
            values = json.loads(f"[{rest.removesuffix(');')}]")
            if call == "shard":
                words.update(zip(values[0].split(" "), values[1].split(","), strict=True))
            elif call == "chunk":
                pages.update((values[0] + n, page[0]) for n, page in enumerate(values[1]))
    has: dict[str, set[str]] = {path: set() for path in pages.values()}
    for word, steps in words.items():
        at = -1
        for step in steps.split(" "):
            at += int(step, 36)
            has[pages[at]].add(word)
    return has, scripts


def test_the_search_index_knows_every_word_of_every_article(site: Path) -> None:
    from generator.site.searching import folded

    has, scripts = index_of(site)
    assert len(scripts) == 1
    for article in digests.articles():
        assert set(folded(article.text)) <= has[f"{STORY}/articles/{article.id}.html"]


def test_a_large_index_is_cut_into_shards_that_say_the_same(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from generator.site import searching

    monkeypatch.setattr(searching.Index.__init__, "__defaults__", (3,))
    build([digests.digest()], project=project(tmp_path), output=tmp_path / "out")
    has, scripts = index_of(tmp_path / "out")
    assert len(scripts) > 50
    assert has == index_of(site)[0]


def test_every_page_model_is_plain_and_hashable(tmp_path: Path) -> None:
    from generator.cache import Cache
    from generator.site import Told
    from generator.site.run import Run
    from generator.site.shelf import Shelf
    from generator.site.staging import Staged

    told = Told(digests.STORY, None, digests.digest)
    files = Shelf(None, tmp_path / "out", tmp_path / "new")
    run = Run(project(tmp_path), [told], {}, {}, (), Cache(None), files)
    desk = run.open(digests.STORY)
    models = [p.view for p in run.story_pages(desk)]
    models += [run.article_page(Staged("x", digests.STORY, a.id)).view for a in digests.articles()]
    run.close(tmp_path / "new")
    models += [p.view for p in run.site_pages(tmp_path / "new")]
    assert len({hash(m) for m in models}) == len(models)


HOSTILE = (
    "con", "..", "../../etc/passwd", "index", "", " ", ".", "-", "a" * 300, "אבג דהו", "عنوان طويل", "水", "🙂" * 40,
    "%2e%2e%2f", "<!--", "-->", "</script><script>x</script>", "]]>", "&amp;&lt;", "\"'`", "{{ view }}{% raw %}",
    "{attach}x", "a\tb", "a|b", "\u202egnp.exe", "a\u0301\u0301\u0301", "#", "?q=1#x", "NUL.html", "Same", "same",
    "SAME ", "--", "\ufdd0", "= 1 + 1",
)  # fmt: skip


def test_any_name_title_and_text_make_a_sound_site(tmp_path: Path) -> None:
    made = []
    for n, text in enumerate(HOSTILE):
        body = (Paragraph(f"{text} x"), Paragraph(f"{text} y", markup=f"*{text}* [y](javascript:x)"))
        article = Article(
            f"{text}{n}", "odd <story> ../x", text or None, body, outlet=text or None, published=text or None,
            language=text or None, url=f"javascript:{text}", credits=(text,), agency=(text,),
        )  # fmt: skip
        settled = markdown.settle(article)
        made.append(Annotated(settled, settled.paragraph_spans, (), ()))
    claims = []
    for n, annotated in enumerate(made):
        text, span = annotated.article.text, annotated.sentences[0]
        voice = Source(HOSTILE[n], HOSTILE[n])
        mention = Mention(
            f"m{n}/../{HOSTILE[n]}", annotated.article.id, span, span.of(text), (voice,), hedge=HOSTILE[n]
        )
        claims.append(Claim(f"c{n}{HOSTILE[n]}", mention.text, mention.id, (mention,)))
    digest = Digest("odd <story> ../x", HOSTILE[16], tuple(made), tuple(claims), ())
    site = tmp_path / "out"
    build([digest], project=project(tmp_path), output=site)
    pages = {p.relative_to(site).as_posix(): parsed(p) for p in sorted(site.rglob("*.html"))}
    assert broken_links(site, pages)[0] == []
    assert sum(1 for name in pages if "/articles/" in name) == len(HOSTILE)
    hrefs = {e.get("href", "") for page in pages.values() for e in page.iter()}
    assert not [h for h in hrefs if h.lower().startswith("javascript")]
    for path in site.rglob("*.html"):
        parser = html5lib.HTMLParser()
        parser.parse(path.read_text("utf-8"))
        assert parser.errors == [], path
    for path in site.rglob("*.xml"):
        ElementTree.parse(path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["content", "out"]


def test_templates_compiled_our_way_write_what_those_of_jinja_write(site: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(pelican_run, "Compiler", CodeGenerator)
    build([digests.digest()], project=project(tmp_path), output=tmp_path / "out")
    assert edits.different(site, tmp_path / "out") == []


def test_a_template_that_names_what_no_page_has_is_said(tmp_path: Path) -> None:
    shutil.copytree(theme_folder(), tmp_path / "theme")
    (tmp_path / "theme/templates/brief.html").write_text(
        '{% extends "layout.html" %}{% block main %}{{ view.nothing }}{% endblock %}'
    )
    with pytest.raises(BuildFailed, match="nothing"):
        build([digests.digest()], project=replace(project(tmp_path), theme=tmp_path / "theme"), output=tmp_path / "out")


# --- what grows with the collection -----------------------------------------------------------------------------------


def few_words(number: int) -> Digest:
    text = f"Lake {number} froze over."
    article = Article(
        "a", f"lake-{number}", f"Lake {number}", (Paragraph(text),), outlet="Wire", published=f"2031-05-{number + 1:02}"
    )
    return Digest(f"lake-{number}", f"Lake {number}", (Annotated(article, (Span(0, len(text)),), (), ()),), (), ())


def test_lists_that_grow_go_on_on_further_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in (
        (views.pages, "STORIES_A_PAGE"),
        (views.pages, "FEEDS_A_PAGE"),
        (views.outlet, "STORIES_A_PAGE"),
        (views.rights, "ROWS_A_PAGE"),
    ):
        monkeypatch.setattr(module, name, 2)
    build([few_words(n) for n in range(5)], project=project(tmp_path), output=tmp_path / "out")
    pages = {p.relative_to(tmp_path / "out").as_posix(): parsed(p) for p in (tmp_path / "out").rglob("*.html")}
    assert broken_links(tmp_path / "out", pages)[0] == []
    for first, others in (
        ("index.html", "stories-{}.html"),
        ("feeds.html", "feeds-{}.html"),
        ("rights.html", "rights-{}.html"),
        ("outlets/wire.html", "outlets/wire--{}.html"),
    ):
        names = [first, others.format(2), others.format(3)]
        assert others.format(4) not in pages
        told = [[text_of(h) for h in every(pages[name], "h2") if text_of(h).startswith("Lake")] for name in names]
        assert told == [["Lake 4", "Lake 3"], ["Lake 2", "Lake 1"], ["Lake 0"]]
    titles = [every(p, "title")[0].text for p in pages.values()]
    assert len(set(titles)) == len(titles)


def test_a_sitemap_of_more_addresses_than_one_may_hold_is_parted() -> None:
    settings = Settings(url="https://desk.example/")
    files = feeds.sitemaps([f"p{n}.html" for n in range(5)], settings, most=2)
    assert sorted(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    assert re.findall("<loc>(.*)</loc>", files["sitemap.xml"]) == [
        f"https://desk.example/sitemap-{n}.xml" for n in (1, 2, 3)
    ]
    listed = [loc for n in (1, 2, 3) for loc in re.findall("<loc>(.*)</loc>", files[f"sitemap-{n}.xml"])]
    assert listed == [f"https://desk.example/p{n}.html" for n in range(5)]


# --- in several processes ---------------------------------------------------------------------------------------------


@pytest.fixture
def many() -> list[Digest]:
    return [*(few_words(n) for n in range(5)), digests.digest()]


def test_the_site_of_several_processes_is_the_same_bytes(tmp_path: Path, many: list[Digest]) -> None:
    alone = build(many, project=project(tmp_path), output=tmp_path / "alone")
    assert build(many, project=project(tmp_path), output=tmp_path / "together", workers=3) == alone
    assert edits.different(tmp_path / "alone", tmp_path / "together") == []


def test_what_fails_in_another_process_is_said_here(tmp_path: Path, many: list[Digest]) -> None:
    shutil.copytree(theme_folder(), tmp_path / "theme")
    (tmp_path / "theme/templates/brief.html").write_text("{{ view.nothing }}")
    themed = replace(project(tmp_path), theme=tmp_path / "theme")
    with pytest.raises(BuildFailed, match="nothing"):
        build(many, project=themed, output=tmp_path / "out", workers=2)


@pytest.mark.skipif(os.name != "posix", reason="no fork here")
def test_a_process_that_dies_ends_the_build_in_one_line(
    tmp_path: Path, many: list[Digest], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = os.getpid()
    monkeypatch.setattr(views.brief, "brief_path", lambda _: os.kill(os.getpid(), 9) if os.getpid() != here else "")
    with pytest.raises(BuildFailed, match="died"):
        build(many, project=project(tmp_path), output=tmp_path / "out", workers=2)


def test_files_that_processes_wrote_are_taken_over_by_the_next_build(tmp_path: Path, many: list[Digest]) -> None:
    told = [Told(d.story, d.story, lambda d=d: d) for d in many]
    place = project(tmp_path)
    first = build(told, project=place, output=tmp_path / "out", memo=Cache(tmp_path / "work" / "cache"), workers=2)
    again = build(told, project=place, output=tmp_path / "again", memo=Cache(tmp_path / "work" / "cache"), workers=2)
    assert (first.taken, again.taken) == (0, first.files)
