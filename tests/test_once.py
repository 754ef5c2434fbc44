"""Once and for all: an article saved twice is kept once, an updated one with its earlier version, nothing else is."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from generator import archive
from generator.model import Article, Change, Paragraph, Removed, Role
from generator.pipeline import convert, digests
from generator.pipeline.means import Report
from generator.pipeline.once import Converted, Save, once, relation
from generator.project import Project

TEXT = (
    "The nine o'clock ferry to Solberga left at ten on Monday, the harbour office of Lindvik said at noon.",
    "Nobody was hurt when the boat struck the old pier, and twelve passengers went home by bus through the thick fog.",
    "“We will look at every stone of it before the basin opens again,” said Jorun Aske, the harbour master.",
    "The council meets on Thursday to hear what the engineers have found below the water and what it will cost.",
)
OTHER = (
    "The museum of Solberga opens on Sunday with sixty paintings that nobody has seen since the fire of the old hall.",
)


def save(name: str, text: tuple[str, ...] = TEXT, **fields: object) -> Converted:
    values: dict[str, object] = {"title": "Ferry late at Lindvik", "outlet": "Lindvik Courier"} | fields
    body = tuple(Paragraph(p) for p in text)
    return Article(name, "s", body=body, source_file=name, **values), f"hash of {name}", ()  # type: ignore[arg-type]


def kept(*saves: Converted) -> list[tuple[str | None, tuple[str, ...], list[str]]]:
    made = once(saves, {}, {})
    return [(a.source_file, a.also, [v.source_file for v in a.versions]) for a, _, _ in made]


CHANGED = (TEXT[0], TEXT[1].replace("Nobody", "One sailor"), *TEXT[2:])


@pytest.mark.parametrize(
    ("first", "second", "result"),
    [
        # same text, one outlet
        (save("a"), save("b"), [("a", ("b",), [])]),
        # one address, as an AMP page and with another scheme and host
        (
            save("a", url="https://www.lindvik.example/sea/late/"),
            save("b", url="http://m.lindvik.example/sea/late/amp", outlet=None),
            [("a", ("b",), [])],
        ),
        # the page has an outlet, the pasted text has none
        (save("a"), save("b", outlet=None), [("a", ("b",), [])]),
        # the summary that a feed gives, beside the page
        (
            save("a", url="https://lindvik.example/late"),
            save("b", ("In short: a ferry was late.",), url="https://lindvik.example/late"),
            [("a", ("b",), [])],
        ),
        # a changed text at one address, and of one outlet under one title
        (
            save("a", CHANGED, url="https://lindvik.example/late", title="Ferry late, one hurt", updated="2031-02-04"),
            save("b", url="https://lindvik.example/late", published="2031-02-03"),
            [("a", (), ["b"])],
        ),
        # two entries of a feed that gives all of them one link and one title
        (
            save("a", url="https://lindvik.example/late"),
            save(
                "b",
                (
                    "Snow closed the pass at Varn.",
                    "A plough got stuck, and its driver walked home in the dark.",
                    "Nobody in the village had seen so much of it since the school was built, the baker said.",
                    "The road to the quarry should open again before the weekend, if the wind turns as forecast.",
                ),
                url="https://lindvik.example/late",
            ),
            None,
        ),
        (save("a", CHANGED, published="2031-02-04"), save("b", published="2031-02-03"), [("a", (), ["b"])]),
        # where no time tells, the longer text is the later
        (save("a"), save("b", (*TEXT, OTHER[0])), [("b", (), ["a"])]),
        # a page and its text, with a line more; with a line that says something else; a page with a line more
        (save("a.html"), save("b.txt", (*TEXT, "Share this story")), [("a.html", ("b.txt",), [])]),
        (save("a.html"), save("b.txt", CHANGED), [("b.txt", (), ["a.html"])]),
        (save("a.html"), save("b.html", (*TEXT, OTHER[0])), [("b.html", (), ["a.html"])]),
        # wire copy in two outlets is reuse
        (save("a"), save("b", outlet="Solberga Times"), None),
        # two sites of one name, or none
        (save("a", url="https://one.example/x"), save("b", url="https://two.example/y"), None),
        # of which nobody knows where it stood, and an agency wrote it
        (save("a", agency=("Nordfoto",)), save("b", outlet=None, agency=("Nordfoto",)), None),
        # two articles of one outlet, one with the other's title
        (save("a"), save("b", OTHER), None),
        (save("a"), save("b", OTHER, title="Paintings seen again"), None),
        # a piece that comes out every week under one title
        (
            save("a", url="https://lindvik.example/1", published="2031-02-03"),
            save("b", CHANGED, url="https://lindvik.example/8", published="2031-02-10"),
            None,
        ),
        # texts of no outlet: the same save, or two
        (save("a", outlet=None), save("b", outlet=None), [("a", ("b",), [])]),
        (save("a", outlet=None), save("b", (*TEXT, OTHER[0]), outlet=None), None),
    ],
    ids=[
        "one outlet",
        "one address",
        "pasted",
        "stub",
        "address, changed",
        "address, nothing in common",
        "outlet and title, changed",
        "longer",
        "page and text",
        "page and changed text",
        "page and longer page",
        "two outlets",
        "two sites",
        "wire, unsigned",
        "one title",
        "two articles",
        "weekly",
        "unsigned",
        "unsigned, longer",
    ],
)
def test_two_saves_are_one_article_or_two(first, second, result):
    """Each pair is one article with a copy, one with an earlier version, or two articles; whichever comes first."""
    expected = result or [("a", (), []), ("b", (), [])]
    assert kept(first, second) == kept(second, first) == expected


def test_a_text_that_two_outlets_print_and_no_outlet_signs_stays_alone():
    """It may be either's, so that it joins neither of them; and it doesn't join them."""
    text = save("pasted", outlet=None)
    one, two = save("a", (*TEXT[:3], TEXT[3] + " It rains.")), save("b", outlet="Solberga Times")
    assert [k[1:] for k in kept(text, one, two)] == [((), [])] * 3


def test_furniture_that_differs_tells_two_saves_of_no_outlet_apart():
    """What else was saved with a text tells where it stood, where nothing else does."""
    article, source, doubts = save("a", outlet=None)
    own = (f"{n} of the other site's own lines that this page has around it" for n in "abcdefgh")
    lines = tuple(Removed(line, Role.CHROME, "x", 0) for line in own)
    other = (replace(article, source_file="b", removed=lines), source, doubts)
    assert relation(Save(article, source), Save(*other)) is None


def test_the_same_letters_in_other_words_are_another_article():
    """As in lists of results; the same words in another order, as columns are read, are the same."""
    rows = [save(str(n), (f"Row {n} was read.",), title=f"Row {n}") for n in (12, 21, 102, 201)]
    assert [name for name, _, _ in kept(*rows)] == ["102", "12", "201", "21"]
    columns = save("b", (*TEXT[2:], *TEXT[:2]), outlet=None, title=None)
    assert kept(save("a", outlet=None, title=None), columns) == [("a", ("b",), [])]


def test_the_order_of_files_changes_nothing():
    """Copies and versions of one article, and another, in any order."""
    saves = [
        save("new", (*CHANGED, OTHER[0]), published="2031-02-03", updated="2031-02-05"),
        save("old", published="2031-02-03"),
        save("old copy", published="2031-02-03", title=None),
        save("middle", CHANGED, published="2031-02-03", updated="2031-02-04"),
        save("else", OTHER, title="Paintings seen again"),
    ]
    results = {repr(once(order, {}, {})) for order in permutations(saves)}
    assert len(results) == 1
    article = once(saves, {}, {})[1][0]
    assert [v.source_file for v in article.versions] == ["old", "middle"]
    assert (article.also, dict(article.evidence)["also"]) == (
        ("old copy",),
        "old copy: same outlet and title, text changed",
    )
    assert article.changes[0][1] == Change("Nobody", "One sailor", 1)
    assert article.changes[-1][1] == Change("", OTHER[0], 4)


# --- from the inbox to the digest -------------------------------------------------------------------------------------

PAGE = """<html><head><title>Ferry late at Lindvik</title><meta property="og:site_name" content="Lindvik Courier">
<link rel="canonical" href="https://lindvik.example/late">
<meta property="article:published_time" content="2031-02-03T08:00:00Z">
{}</head><body><article><h1>Ferry late at Lindvik</h1>{}</article></body></html>"""


def page(text: tuple[str, ...], head: str = "") -> str:
    return PAGE.format(head, "".join(f"<p>{p}</p>" for p in text))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    folder = tmp_path / "content" / "inbox" / "ferry"
    folder.mkdir(parents=True)
    (folder / "first.html").write_text(page(TEXT), encoding="utf-8")
    return Project.at(tmp_path / "content", tmp_path / "output", tmp_path / "work", None)


def files(project: Project) -> list[Path]:
    return sorted((project.articles / "ferry").glob("*.md*"))


def test_a_copy_and_an_update_leave_one_article_with_its_address(project: Project):
    """Another encoding is a copy, a changed text a version; the file's name stays, and the digest has one article."""
    convert(project)
    (before,) = files(project)
    inbox = project.inbox / "ferry"
    (inbox / "copy.html").write_text(page(TEXT).replace("<head>", '<head><meta charset="utf-16">'), encoding="utf-16")
    update = '<meta property="article:modified_time" content="2031-02-04T08:00:00Z">'
    (inbox / "update.html").write_text(page(CHANGED, update), encoding="utf-8")
    report = convert(project)
    assert files(project) == [before]
    (article,), _ = archive.articles(project.articles / "ferry", "ferry")
    assert (article.source_file, article.also) == ("update.html", ("first.html",)) or article.also == ("copy.html",)
    assert [c.new for _, c in article.changes] == ["One sailor"]
    (told,) = [k[0] for of in (report, report.of("ferry")) for k in of.kept][:1]
    assert told.startswith("update.html (also in ") and "; earlier in " in told
    assert len(digests(project)[0].articles) == 1


def test_a_version_that_goes_leaves_the_article_at_its_address(project: Project):
    """When the newest file is taken away again, the one before it is the article, under the same name."""
    update = '<meta property="article:modified_time" content="2031-02-04T08:00:00Z">'
    (project.inbox / "ferry" / "update.html").write_text(page(CHANGED, update), encoding="utf-8")
    convert(project)
    (before,) = files(project)
    (project.inbox / "ferry" / "update.html").unlink()
    convert(project)
    assert files(project) == [before]
    (article,), _ = archive.articles(project.articles / "ferry", "ferry")
    assert (article.source_file, article.versions) == ("first.html", ())


def test_an_edited_article_stays_when_a_copy_is_added_and_is_a_conflict_when_an_update_is(project: Project):
    """Law 3 with copies and versions: nothing of a person's is rewritten, and both are kept."""
    convert(project)
    (path,) = files(project)
    path.write_text(path.read_text(encoding="utf-8").replace("thick fog", "thin fog"), encoding="utf-8")
    edited = path.read_text(encoding="utf-8")
    (project.inbox / "ferry" / "copy.html").write_text(page(TEXT), encoding="utf-16")
    report = convert(project)
    assert files(project) == [path] and not report.problems
    update = '<meta property="article:modified_time" content="2031-02-04T08:00:00Z">'
    (project.inbox / "ferry" / "update.html").write_text(page(CHANGED, update), encoding="utf-8")
    report = convert(project, report=Report())
    assert [p.name for p in files(project)] == [path.name, path.name + ".new"]
    assert path.read_text(encoding="utf-8") == edited


def test_articles_of_one_title_whose_names_hash_alike_are_both_kept(tmp_path: Path) -> None:
    """Six digits are few among thousands of files: neither article is written over the other, and ids stay."""
    inbox = tmp_path / "content" / "inbox" / "s"
    inbox.mkdir(parents=True)
    for name, text in (("1102.html", page(TEXT)), ("3555.html", page(OTHER * 2).replace("canonical", "x"))):
        (inbox / name).write_text(text, encoding="utf-8")
    project = Project.at(tmp_path / "content", tmp_path / "output", tmp_path / "work")
    for _ in range(2):
        convert(project)
        found, _ = archive.articles(project.articles / "s", "s")
        assert sorted((a.id.endswith("-b37654"), a.source_file) for a in found) == [
            (False, "3555.html"),
            (True, "1102.html"),
        ]
    (inbox / "1102.html").unlink()
    convert(project)
    (left,), _ = archive.articles(project.articles / "s", "s")
    assert (left.source_file, left.id) == next((a.source_file, a.id) for a in found if a.source_file == "3555.html")
