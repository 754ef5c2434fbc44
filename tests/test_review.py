"""What needs a person is listed with TOML that, pasted where it says, settles it."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import review, summarizer
from generator.cli import commands
from generator.model import (
    Annotated,
    Article,
    Attribution,
    Claim,
    Digest,
    Join,
    Mention,
    Paragraph,
    QuoteKind,
    Source,
    SourceKind,
    Span,
)
from generator.pipeline import Means, Report
from generator.project import Project
from generator.review import Item
from generator.summarizer import embedding

SAMPLE = Path(__file__).parents[1] / "content/inbox"
FERRY = "Ferry Aud runs aground\n\nThe ferry Aud ran aground off Skerry on Sunday. All 42 passengers were taken off."
OTHER = "Rescue off Skerry\n\nForty-two passengers were rescued when the ferry Aud ran aground off Skerry on Sunday."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    folder = tmp_path / "content/inbox/ferry"
    folder.mkdir(parents=True)
    (folder / "one.txt").write_text(FERRY, encoding="utf-8")
    (folder / 'the "other".txt').write_text(OTHER, encoding="utf-8")
    return Project.at(tmp_path / "content", tmp_path / "out", tmp_path / "work")


def reviewed(project: Project) -> tuple[Item, ...]:
    return review.review(project, Means(), Report())


def of_kind(items: tuple[Item, ...], kind: str) -> list[Item]:
    return [i for i in items if i.kind == kind]


def paste(item: Item, change: Callable[[str], str] = lambda text: text) -> None:
    assert item.into is not None
    item.into.parent.mkdir(parents=True, exist_ok=True)
    before = item.into.read_text(encoding="utf-8") if item.into.exists() else ""
    item.into.write_text(f"{before}\n{change(item.paste)}\n", encoding="utf-8")


@pytest.mark.parametrize(("kind", "value"), [("unknown outlet", '"Skerry Post"'), ("undated", "2031-03-02")])
def test_what_an_article_does_not_say_is_settled_by_what_is_pasted(project, kind, value):
    found = of_kind(reviewed(project), kind)
    assert len(found) == 2
    for item in found:
        paste(item, lambda text: text.replace('""', value))
    assert of_kind(reviewed(project), kind) == []
    printed = "".join(p.read_text(encoding="utf-8") for p in project.articles.glob("*/*.md"))
    assert printed.count(value.strip('"')) >= 2


def test_what_is_pasted_unfilled_is_refused_with_its_line(project):
    for item in of_kind(reviewed(project), "undated"):
        paste(item)
    report = Report()
    review.review(project, Means(), report)
    assert all("published must be a date" in p.message and p.line for p in report.problems)
    assert len(report.problems) == 2


def test_nothing_is_changed_by_a_review(project):
    before = {p: p.read_bytes() for p in project.inbox.rglob("*") if p.is_file()}
    reviewed(project)
    assert {p: p.read_bytes() for p in project.inbox.rglob("*") if p.is_file()} == before
    assert not project.stories.exists()


def test_a_dead_decision_is_told_with_its_line_and_an_error_only_under_strict(project):
    project.stories.mkdir()
    path = project.stories / "ferry.toml"
    path.write_text('title = "Aud"\n\n[[merge]]\nmentions = ["gone", "lost"]\nby = "A. E."\n', encoding="utf-8")
    arguments = ["review", "--content", str(project.content), "--work", str(project.cache.parent), "--workers", "1"]
    lenient = CliRunner().invoke(commands, arguments)
    strict = CliRunner().invoke(commands, [*arguments, "--strict"])
    assert (lenient.exit_code, strict.exit_code) == (0, 3)
    told = f"{path}:3: dead decision: this merge points at nothing any more: gone, lost"
    assert told in lenient.stdout
    assert told in strict.stderr


def test_a_decision_on_a_story_that_is_gone_is_dead(project):
    project.stories.mkdir()
    (project.stories / "quarry.toml").write_text('[[hide]]\nmentions = ["x"]\n', encoding="utf-8")
    (item,) = of_kind(reviewed(project), "dead decision")
    assert (item.dead, item.line) == (True, 1)


def test_an_edit_whose_source_changed_is_told_until_the_editor_has_chosen(project):
    reviewed(project)
    path = next(p for p in project.articles.glob("ferry/*.md") if "one.txt" in p.read_text(encoding="utf-8"))
    path.write_text(path.read_text(encoding="utf-8").replace("taken off", "taken ashore"), encoding="utf-8")
    (project.inbox / "ferry/one.txt").write_text(FERRY + " Fog had fallen.", encoding="utf-8")
    (item,) = of_kind(reviewed(project), "conflict")
    stamp = item.says.split("source=")[1][:16]
    old = path.read_text(encoding="utf-8")
    mine = "\n".join(
        f"generated: source={stamp} {line.split()[-1]}" if line.startswith("generated:") else line
        for line in old.split("\n")
    )
    path.write_text(mine, encoding="utf-8")
    report = Report()
    assert of_kind(review.review(project, Means(), report), "conflict") == []
    assert report.problems == []
    assert "taken ashore" in path.read_text(encoding="utf-8")


def lies(project: Project, name: str) -> str:
    """The story in whose folder the Markdown of an inbox file lies."""
    paths = project.articles.glob("*/*.md")
    return next(p.parent.name for p in paths if f"source_file: {name}" in p.read_text(encoding="utf-8"))


def test_a_loose_file_in_doubt_goes_where_the_pasted_entry_says(project):
    stray = (
        "Lambs sold at Nollen\n\nThe sheep market opened at Nollen on Friday with three hundred lambs. Prices rose by "
        "a tenth. One farmer from Skerry had come on the ferry with forty rams and went home without them."
    )
    (project.inbox / "stray.txt").write_text(stray, encoding="utf-8")
    items = of_kind(reviewed(project), "doubtful place")
    where = lies(project, "stray.txt")
    assert len(items) == 1
    paste(items[0], lambda text: text.split("# or")[0].replace(where, "elsewhere").replace('"ferry"', '"elsewhere"'))
    assert of_kind(reviewed(project), "doubtful place") == []
    told = tomllib.loads((project.inbox / "coverage.toml").read_text(encoding="utf-8"))["article"][0]["story"]
    assert lies(project, "stray.txt") == told == "elsewhere"


def either(paste: str, choice: int) -> str:
    """The first of the choices that an item leaves, or the last of those that stand in comments."""
    first, *others = paste.split("\n# or\n")
    if not choice or not others:
        return first
    return "\n".join(line.removeprefix("# ") for line in others[-1].split("\n"))


@pytest.mark.parametrize("choice", [0, 1])
def test_all_that_is_listed_of_the_sample_is_settled_by_pasting_all_of_it(tmp_path, monkeypatch, choice):
    monkeypatch.setattr(embedding, "installed", lambda: None)
    inbox = tmp_path / "content/inbox/vosse"
    shutil.copytree(SAMPLE / "vosse-painting", inbox)
    (inbox / "coverage.toml").unlink()
    (inbox / "estwire_vosse.txt").write_text(OTHER, encoding="utf-8")
    project = Project.at(tmp_path / "content", tmp_path / "out", tmp_path / "work")
    first = reviewed(project)
    assert {"unknown outlet", "undated", "doubtful join"} <= {i.kind for i in first}
    found: tuple[Item, ...] = first
    for _ in range(3):
        for item in found:
            assert item.into is not None
            chosen = replace(item, paste=either(item.paste, choice))
            paste(chosen, lambda text: text.replace('outlet = ""', 'outlet = "Post"').replace('""', "2026-02-05"))
        report = Report()
        found = review.review(project, Means(), report)
        assert report.problems == []
        assert {i.kind for i in found} <= {"doubtful join"}
        assert not {i.paste for i in found} & {i.paste for i in first}
    assert found == ()


# --- joins and speakers, on digests made by hand ---------------------------------------------------------------------


def told_by(text: str, printed: str, source: Source, *, id: str = "a") -> Annotated:
    at = text.index(printed)
    span = Span(at, at + len(printed))
    attribution = Attribution(span, None, (Span(0, at),), QuoteKind.INDIRECT, (source,))
    return Annotated(Article(id, "s", body=(Paragraph(text),), title=id), (), (attribution,), ())


def person(name: str, role: str | None = None) -> Source:
    return Source(name.lower().replace(" ", "-"), name, SourceKind.PERSON, role=role)


def digest(*articles: Annotated, claims: tuple[Claim, ...] = ()) -> Digest:
    sources = tuple({s.id: s for a in articles for x in a.attributions for s in x.chain}.values())
    return Digest("s", "S", articles, claims, sources)


def test_a_surname_of_two_persons_is_asked_about():
    made = digest(
        told_by("Fog fell, Ann Roe said.", "Ann Roe", person("Ann Roe")),
        told_by("Rain fell, Tom Roe said.", "Tom Roe", person("Tom Roe"), id="b"),
        told_by("Snow fell, Roe said.", "Roe", person("Roe"), id="c"),
    )
    (item,) = review.of_speakers(made, Path("s.toml"))
    assert tomllib.loads(item.paste) == {"alias": [{"names": ["Roe", "Ann Roe"]}]}
    assert '# names = ["Roe", "Tom Roe"]' in item.paste
    assert list(review.of_speakers(made, Path("s.toml"), {"Roe"})) == []


def test_two_spellings_of_one_name_are_asked_about():
    made = digest(
        told_by("Fog fell, Dmitri Aske said.", "Dmitri Aske", person("Dmitri Aske")),
        told_by("Rain fell, Dmitry Aske said.", "Dmitry Aske", person("Dmitry Aske"), id="b"),
    )
    (item,) = review.of_speakers(made, Path("s.toml"))
    assert tomllib.loads(item.paste) == {"alias": [{"names": ["Dmitri Aske", "Dmitry Aske"]}]}


def test_a_surname_with_another_role_is_asked_about():
    roe = person("Ann Roe", "Mayor")
    made = digest(
        told_by("Fog fell, Mayor Ann Roe said.", "Mayor Ann Roe", roe),
        told_by("The ship listed, Captain Roe said.", "Captain Roe", roe, id="b"),
        told_by("Rain fell, Mr Roe said.", "Mr Roe", roe, id="c"),
    )
    (item,) = review.of_speakers(made, Path("s.toml"))
    assert "“b”" in item.says
    assert tomllib.loads(item.paste) == {"apart": [{"names": ["Roe", "Ann Roe"]}]}


def joined(score: float) -> Digest:
    a, b = (Mention(i, i, Span(0, 9), f"Fog fell {i}") for i in ("aaa", "bbb"))
    claim = Claim("aaa", a.text, "aaa", (a, b), joins=(Join("aaa", "bbb", score, ("the same day",)),))
    return digest(claims=(claim,))


def test_only_weak_joins_are_asked_about_until_they_are_confirmed():
    (item,) = review.of_joins(joined(0.45), Path("s.toml"))
    assert "0.45: the same day" in item.says
    assert tomllib.loads(item.paste) == {"split": [{"mentions": ["bbb"]}]}
    assert list(review.of_joins(joined(0.9), Path("s.toml"))) == []
    assert list(review.of_joins(joined(0.45), Path("s.toml"), [frozenset({"aaa", "bbb", "ccc"})])) == []


ARTICLES = (
    ("one", "The ferry Aud ran aground off Skerry on Sunday. It will be towed, Captain Roe said."),
    ("two", "The ferry Aud ran aground off Skerry on Sunday, Mayor Ann Roe said. The quay is shut, she said."),
)


@pytest.fixture(scope="module")
def ferry() -> list[Annotated]:
    articles = [Article(i, "s", body=(Paragraph(t),), outlet=i, published="2031-03-02") for i, t in ARTICLES]
    return summarizer.annotate_many(articles)


def summarized(ferry: list[Annotated], toml: str = "") -> Digest:
    return summarizer.summarize("s", "S", ferry, embed=None, decisions=tomllib.loads(toml))


def test_a_split_takes_the_mention_out_and_keeps_it_out(ferry):
    claim = next(c for c in summarized(ferry).claims if len(c.mentions) > 1)
    (weak,) = review.of_joins(
        replace(summarized(ferry), claims=(replace(claim, joins=(replace(claim.joins[0], score=0.1),)),)),
        Path("s.toml"),
    )
    after = summarized(ferry, weak.paste)
    assert all(len({m.article for m in c.mentions}) == 1 for c in after.claims if "aground" in c.text)


def test_names_told_apart_are_two_speakers_and_names_told_one_are_one(ferry):
    assert [s.id for s in summarized(ferry).sources].count("ann-roe") == 1
    apart = summarized(ferry, '[[apart]]\nnames = ["Roe", "Ann Roe"]\n')
    assert {"roe", "ann-roe"} <= {s.id for s in apart.sources}
    one = summarized(ferry, '[[alias]]\nnames = ["Roe", "Ann Roe"]\n')
    assert "roe" not in {s.id for s in one.sources}


@pytest.mark.parametrize("text", ["[[merge]]", '[merge]\nmentions = ["a"]', 'merge = "x"', '[[alias]]\nnames = "Roe"'])
def test_a_decision_that_points_at_nothing_at_all_is_refused(ferry, text):
    with pytest.raises(ValueError, match=r"alias|merge"):
        summarized(ferry, text)


@pytest.mark.parametrize("name", ['a "b".txt', "back\\slash.txt", "tab\there.txt", "Ø\x7f.txt"])
def test_names_of_files_are_quoted_as_toml_has_them(name):
    assert tomllib.loads(f"file = {review.quoted(name)}") == {"file": name}
