"""coverage.toml gives what files can't say; what it gets wrong is said with its line, and the rest is used."""

from __future__ import annotations

from pathlib import Path

from generator.intake.coverage import read_coverage

GOOD = """# comment
[[article]]
file = "*.txt"
outlet = "The Wexmouth Post"
published = 2024-03-14

[[article]]
file = "a.txt"
author = "Ines Valcourt"
published = 2024-03-15T08:30:00+01:00
rules_off = ["picture-credit"]
"""


def folder(tmp_path: Path, coverage: str) -> Path:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Text.")
    (tmp_path / "coverage.toml").write_text(coverage, encoding="utf-8")
    return tmp_path


def test_a_glob_and_a_name_are_laid_over_each_other_and_the_name_wins(tmp_path: Path) -> None:
    """Each field has the line that gave it as evidence."""
    hints = read_coverage(folder(tmp_path, GOOD)).hints_for("a.txt")
    assert (hints.outlet, hints.authors, hints.published) == (
        "The Wexmouth Post", ("Ines Valcourt",), "2024-03-15T08:30:00+01:00",
    )  # fmt: skip
    assert hints.rules_off == ("picture-credit",)
    assert dict(hints.evidence)["outlet"] == "coverage.toml:4"
    assert dict(hints.evidence)["published"] == "coverage.toml:10"


def test_a_file_that_no_entry_names_has_no_hints(tmp_path: Path) -> None:
    """And a folder without coverage.toml has no problem."""
    assert read_coverage(tmp_path).hints_for("c.md").outlet is None
    assert read_coverage(tmp_path).problems == ()


def test_what_is_wrong_is_named_with_its_line_and_the_rest_is_used(tmp_path: Path) -> None:
    """Unknown key, bad type, bad date, an entry that matches nothing, an entry without a file."""
    wrong = """[[article]]
file = "a.txt"
outlet = 7
publisher = "Wexmouth Post"
title = "Kept"

[[article]]
file = "nothing-*.txt"
published = "yesterday"

[[article]]
outlet = "No file"
"""
    coverage = read_coverage(folder(tmp_path, wrong))
    assert [(p.line, p.message.split(";")[0]) for p in coverage.problems] == [
        (3, "outlet must be text"),
        (4, "unknown key 'publisher'"),
        (8, "no file matches 'nothing-*.txt'"),
        (9, "published must be a date like 2023-09-11, not 'yesterday'"),
        (11, "an [[article]] needs a file"),
    ]
    assert all(p.path and p.path.endswith("coverage.toml") for p in coverage.problems)
    assert coverage.hints_for("a.txt").title == "Kept"


def test_a_broken_file_is_one_problem_with_its_line(tmp_path: Path) -> None:
    """TOML that can't be parsed says where."""
    (problem,) = read_coverage(folder(tmp_path, "[[article]]\nfile = \n")).problems
    assert problem.line == 2
    assert "TOML" in problem.message


def test_a_table_that_is_not_an_article_is_a_problem(tmp_path: Path) -> None:
    """[article] and [settings] are told apart from [[article]]."""
    assert "two brackets" in read_coverage(folder(tmp_path, '[article]\nfile = "a.txt"\n')).problems[0].message
    (problem,) = read_coverage(folder(tmp_path, '\n[settings]\nfile = "a.txt"\n')).problems
    assert (problem.line, "unknown key" in problem.message) == (2, True)
