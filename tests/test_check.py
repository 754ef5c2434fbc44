"""``check``: a sound site passes, and each planted fault is found with its file and line."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import digests
import pytest

from generator import markdown
from generator.model import Annotated, Article, Digest
from generator.project import Project, RightsRules, Settings, theme_folder
from generator.site import build
from generator.site.checking import Finding, check
from generator.site.checking.pages import parsed

ROOT = Path(__file__).resolve().parents[1]
STORY = f"stories/{digests.STORY}"
ARTICLE = f"{STORY}/articles/vale-observer-town.html"
ARTICLES = tuple(a.article for a in digests.digest().articles)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    content = folder / "content"
    content.mkdir()
    given = Settings(url="https://desk.example/digest/")
    made = Project(content, content, content, folder / "out", folder, theme_folder(), given)
    build([digests.digest()], project=made, output=folder / "out")
    return folder / "out"


@pytest.fixture
def site(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "out"))


def plant(site: Path, name: str, before: str, planted: str) -> int:
    """Puts ``planted`` on a line of its own before the first ``before``; gives the line."""
    text = (site / name).read_text("utf-8")
    at = text.index(before)
    (site / name).write_text(f"{text[:at]}\n{planted}\n{text[at:]}", "utf-8")
    return text.count("\n", 0, at) + 2


def grave(site: Path, rules: RightsRules | None = None, removed: tuple[Article, ...] = ()) -> list[Finding]:
    kept = tuple(a for a in ARTICLES if a not in removed)
    return [f for f in check(site, kept, removed=removed, rules=rules) if not f.minor]


def test_an_article_without_words_is_called_by_its_file_in_our_words(tmp_path: Path) -> None:
    """Nothing of it was printed, so nothing of it is shown as printed."""
    article = Article(id="note", story="notes", source_file="note.txt")
    digest = Digest("notes", "Notes", (Annotated(article, (), (), ()),), (), ())
    made = Project(tmp_path, tmp_path, tmp_path, tmp_path / "out", tmp_path, theme_folder(), Settings())
    build([digest], project=made, output=tmp_path / "out")
    assert "note.txt" in (tmp_path / "out/stories/notes/index.html").read_text("utf-8")
    assert [f for f in check(tmp_path / "out", (article,)) if not f.minor] == []


def test_a_sound_site_has_no_finding(sound: Path) -> None:
    """Neither grave nor minor."""
    assert check(sound, ARTICLES) == []


PLANTED = {
    "a false quotation": (
        ARTICLE, "</main>", '<p class="printed">At least 90 houses were under water.</p>', "shown as printed"),
    "a quotation of another article": (
        f"{STORY}/index.html", "</main>", f'<blockquote cite="articles/{Path(ARTICLE).name}"><p>No one was hurt, the '
        "authority said.</p></blockquote>", "shown as printed"),
    "an unmarked cut": (
        ARTICLE, "</main>", '<p class="printed">Shops in Quay Street may stay shut. Bread was handed out.</p>',
        "shown as printed"),
    "a false quotation for machines": (
        "rights.html", "</head>", '<script type="application/ld+json">{"@type": "Quotation", "text": "Bread rained.", '
        f'"url": "https://desk.example/digest/{ARTICLE}#p1"}}</script>', "shown as printed"),
    "a broken anchor": (ARTICLE, "</main>", '<a href="#nowhere">x</a>', "no anchor #nowhere"),
    "an anchor on another page": (ARTICLE, "</main>", '<a href="../index.html#nowhere">x</a>', "no anchor #nowhere"),
    "a broken link": (ARTICLE, "</main>", '<a href="gone.html">x</a>', "there is no"),
    "a link out of the site": (ARTICLE, "</main>", '<a href="../../../../x.html">x</a>', "leads out of the site"),
    "an anchor twice": (ARTICLE, "</main>", '<p id="main">x</p>', "stands twice"),
    "a foreign script": (ARTICLE, "</main>", '<script src="https://cdn.example/x.js"></script>', "a foreign script"),
    "a script in the page": (ARTICLE, "</main>", "<script>alert(1)</script>", "a script stands in the page"),
    "a script by attribute": (ARTICLE, "</main>", '<p onclick="alert(1)">x</p>', "onclick runs a script"),
    "a link that runs": (ARTICLE, "</main>", '<a href="java&#10;script:alert(1)">x</a>', "runs something"),
    "a frame": (ARTICLE, "</main>", '<iframe src="x.html"></iframe>', "<iframe> is not allowed"),
    "a remote picture": (ARTICLE, "</main>", '<img src="https://pixel.example/1.gif" alt="">', "asks another server"),
    "a remote style": (ARTICLE, "</head>", "<style>@import 'https://x.example/a.css';</style>", "asks another server"),
    "a page that sends away": (
        ARTICLE, "</head>", '<meta http-equiv="refresh" content="0; url=https://x.example/">', "elsewhere by itself"),
    "a feed that is no XML": (f"{STORY}/data/feed.xml", "<entry>", "<entry", "not readable as XML"),
    "a feed with a document type": (
        "feed.xml", "<feed", '<!DOCTYPE feed [<!ENTITY a "aaaa">]>', "a document type has no place"),
    "a formula in a table": (f"{STORY}/data/claims.csv", "\n", "=1+1,2,3,4,5,6,7,8,9", "for a formula"),
}  # fmt: skip


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found_with_its_file_and_line(fault: str, site: Path) -> None:
    """On the line where it was put, and with nothing else said of the rest."""
    name, before, planted, message = PLANTED[fault]
    line = plant(site, name, before, planted)
    found = grave(site)
    assert (name, True) in {(f.path, message in f.message) for f in found}
    exact = {f.line for f in found if message in f.message}
    assert exact & {line, line + 1}
    assert {f.path for f in found} == {name}


def test_an_excerpt_that_is_too_long_is_found_with_its_file_and_line(site: Path) -> None:
    """In any kind of file; a site that shows all breaks the limits of one for the public."""
    article = next(a for a in ARTICLES if a.id == "vale-observer-town")
    full = RightsRules(default="full")
    assert grave(site, full) == []
    rules = RightsRules(default="full", outlets=((article.outlet or "", "excerpts"),))
    assert any(f.path == ARTICLE for f in grave(site, rules))
    for path in site.rglob("*"):
        if path.is_file() and path.suffix in (".html", ".js", ".json", ".csv"):
            path.unlink()
    assert grave(site, rules) == []
    run = " ".join(article.text.split()[:40])
    for name, text in (
        ("a.html", f"<p>one</p>\n<p>two</p>\n<p>{run.replace('houses', '<b>houses</b>')}</p>"),
        ("b.html", f'<p>one</p>\n\n<meta content="{run}">'),
        ("c.html", f"<p>one</p>\n\n<!-- {run} -->"),
        ("d.json", '{\n"a":\n"' + run.replace("e", "\\u0065") + '"}'),
        ("e.svg", f"<svg>\n\n<text>{run}</text></svg>"),
    ):
        (site / name).write_text(text, "utf-8")
        found = {(f.path, f.line) for f in grave(site, rules) if "are allowed" in f.message}
        (site / name).unlink()
        assert (name, 3) in found, name


def test_words_of_a_removed_article_are_found(site: Path) -> None:
    """Whatever the profile."""
    gone = tuple(a for a in ARTICLES if a.id == "minister-denies")
    assert any("removed on request" in f.message for f in grave(site, removed=gone))


def test_a_script_that_was_changed_after_the_build_is_found(site: Path) -> None:
    """Its name is a hash of its content."""
    script = next((site / "assets").glob("site.*.js"))
    script.write_text(script.read_text("utf-8") + "\nalert(1)\n", "utf-8")
    assert [(f.path, f.line) for f in grave(site)] == [(f"assets/{script.name}", 1)]
    mark = hashlib.sha256(script.read_bytes()).hexdigest()[:8]
    other = script.with_name(f"site.{mark}.js")
    script.rename(other)
    assert all("assets/" in f.message for f in grave(site))


@pytest.mark.parametrize("text", ["<a href='x", "<p class=printed", "<!-- ", "<script>", "</p></p>", "<b><p></b>", ""])
def test_a_page_that_is_cut_or_crooked_can_be_read(text: str) -> None:
    """Whatever stands in a file, reading it ends well."""
    assert parsed("a.html", text.encode()).path == "a.html"


def test_the_command_prints_findings_and_ends_with_1(sound: Path, tmp_path: Path) -> None:
    """path:line: message on stdout; 0 for a sound site, 2 where there is none."""
    content = tmp_path / "content"
    for article in ARTICLES:
        path = content / "articles" / article.story / f"{article.id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(markdown.dump(markdown.settle(article)), "utf-8")
    site = Path(shutil.copytree(sound, tmp_path / "out"))
    assert command(content, site).returncode == 0
    line = plant(site, ARTICLE, "</main>", '<a href="gone.html">x</a>')
    done = command(content, site)
    assert (done.returncode, done.stderr) == (1, "1 finding\n")
    assert done.stdout.startswith(f"{site / ARTICLE}:{line}: the link 'gone.html' leads nowhere")
    assert command(content, tmp_path / "none").returncode == 2


def command(content: Path, site: Path) -> subprocess.CompletedProcess[str]:
    arguments = ["check", "--content", content, "--output", site, "--work", content.parent / "work"]
    return subprocess.run(
        [sys.executable, "publish.py", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False
    )
