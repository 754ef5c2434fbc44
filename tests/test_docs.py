"""The documents say what the program does: names, keys and links in them are compared with the code."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import digests
import pytest

from generator import cli, export, markdown, project
from generator.errors import InputRefused
from generator.markdown import front_matter
from generator.model import Role

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_readme_lists_every_command() -> None:
    """The table of commands names those that there are, and no other."""
    listed = re.findall(r"^\| `(?:python publish\.py` or `)?… (\w+)", _text("README.md"), re.MULTILINE)
    assert sorted(listed) == sorted(cli.commands.commands)


def test_the_readme_lists_every_exit_status() -> None:
    """The table of exit statuses has the four of the command line."""
    listed = {int(n) for n in re.findall(r"^\| (\d) \|", _text("README.md"), re.MULTILINE)}
    assert listed == {cli.OK, cli.FAILED, cli.USAGE, cli.REFUSED}


def test_the_front_matter_keys_are_listed_in_their_order() -> None:
    """docs/markdown.md lists the keys that are written, in the order in which they are."""
    listing = re.search(r"Keys, in this order, absent when unknown: (.*?)\.\n", _text("docs/markdown.md"), re.DOTALL)
    assert listing
    example = re.findall(r"`(\w+)`", listing[1])
    for key in example:
        markdown.load(f"---\n{key}: {'{a: b}' if key == 'evidence' else 'x'}\n---\n", id="a", story="s")
    with pytest.raises(InputRefused):
        markdown.load("---\nanother: x\n---\n", id="a", story="s")
    assert tuple(example) == front_matter.KEYS


def test_the_digest_as_data_is_described_key_by_key() -> None:
    """docs/export.md names every key that export writes."""
    record = export.digest_record(digests.digest(), {})

    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return {k for k in value if isinstance(k, str)}.union(*map(keys, value.values()))
        return set().union(*map(keys, value)) if isinstance(value, list) else set()

    described = set(re.findall(r"`(\w+)`", _text("docs/export.md")))
    written = keys(record)
    assert {"compatible", "superseded", "source_span"} <= written
    assert sorted(written - described) == []


def test_the_example_of_a_converted_article_reads_as_described() -> None:
    """The Markdown shown in docs/markdown.md is one that the program reads, with its parts where the text says."""
    example = re.search(r"```markdown\n(.*?)```", _text("docs/markdown.md"), re.DOTALL)
    assert example
    article = markdown.load(example[1], id="ferry", story="ferry")
    assert (article.title, article.outlet, article.published) == ("Ferry late again", "Harbour Courier", "2026-02-03")
    assert [p.role for p in article.body] == [Role.BODY, Role.SUBHEAD, Role.NOTE]
    assert [(r.text, r.role, r.after) for r in article.removed] == [("Share this story", Role.CHROME, 1)]


def test_a_line_moved_out_of_the_comment_is_restored() -> None:
    """As docs/markdown.md promises: cut below `removed`, pasted above, it is text of the article."""
    example = re.search(r"```markdown\n(.*?)```", _text("docs/markdown.md"), re.DOTALL)
    assert example
    cut = example[1].replace("Share this story\n-->", "-->")
    restored = markdown.load(cut.replace("## Why", "Share this story\n\n## Why"), id="a", story="s")
    assert "Share this story" in [p.text for p in restored.body]
    assert not restored.removed


def test_the_settings_are_listed() -> None:
    """The example of digest.toml in docs/inbox.md has every setting, and is read."""
    example = re.search(r"`content/digest\.toml`, optional:\n\n```toml\n(.*?)```", _text("docs/inbox.md"), re.DOTALL)
    assert example
    assert set(tomllib.loads(example[1])) == set(project.Settings.__dataclass_fields__)


def test_the_example_of_coverage_is_used_whole(tmp_path: Path) -> None:
    """Every key that docs/inbox.md lists is taken from coverage.toml; one that it doesn't list is reported."""
    from generator.intake.coverage import read_coverage

    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", _text("docs/inbox.md"), re.MULTILINE)
    keys = [key for row in rows for key in re.findall(r"`(\w+)`", row)]
    values = {"published": "2026-03-09", "updated": "2026-03-10", "rules_off": '["share-call"]'}
    lines = [f"{key} = " + values.get(key, repr(key)) for key in keys]
    (tmp_path / "file").write_text("Text.", encoding="utf-8")
    (tmp_path / "coverage.toml").write_text("[[article]]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    coverage = read_coverage(tmp_path)
    assert not coverage.problems
    hints = coverage.hints_for("file")
    given = {key for key in keys if getattr(hints, {"author": "authors"}.get(key, key), None)}
    assert given == set(keys) - {"file"}
    (tmp_path / "coverage.toml").write_text('[[article]]\nfile = "file"\nanother = "x"\n', encoding="utf-8")
    assert [p.line for p in read_coverage(tmp_path).problems] == [3]


def test_every_dependency_is_accounted_for() -> None:
    """Each package of pyproject.toml has its row in docs/dependencies.md, and each row its package."""
    table = tomllib.loads(_text("pyproject.toml"))["project"]
    wanted = [*table["dependencies"], *(p for name in ("test", "dev") for p in table["optional-dependencies"][name])]
    names = {re.split(r"[<>=!\[; ]", p)[0].lower() for p in wanted}
    rows = re.findall(r"^\| ([\w-]+) \| [A-Z]", _text("docs/dependencies.md"), re.MULTILINE)
    assert {r.lower() for r in rows} == names


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_every_link_to_a_file_leads_somewhere(path: Path) -> None:
    """A relative link in a document names a file of the repository."""
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_readme_names_files_that_exist() -> None:
    """The requirement files of the set-up commands are there."""
    for name in re.findall(r"requirements[/\\]\w+\.txt", _text("README.md")):
        assert (ROOT / name.replace("\\", "/")).is_file()
