"""What was set aside can be put back: by hand in the Markdown, or by naming the rule off in coverage.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import archive
from generator.model import Article
from generator.pipeline import convert
from generator.project import Project

PAGE = """<html><head><title>Ferry late</title></head><body><article><h1>Ferry late again at Lindvik</h1>
<p>The nine o'clock ferry to Solberga left at ten on Monday, the harbour office of Lindvik said at noon.</p>
<p>Nobody was hurt when the boat struck the old pier, and twelve passengers went home by bus in the fog.</p>
<p>The council meets on Thursday to hear what the engineers have found, and what mending it will cost.</p>
<p>Study: J. Aske, Stone piers and fog, Journal of Harbours (2023), doi 10.1234/harbour.77</p>
</article></body></html>"""
LINE = "Study: J. Aske, Stone piers and fog, Journal of Harbours (2023), doi 10.1234/harbour.77"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    folder = tmp_path / "content" / "inbox" / "ferry"
    folder.mkdir(parents=True)
    (folder / "a.html").write_text(PAGE, encoding="utf-8")
    return Project.at(tmp_path / "content", tmp_path / "output", tmp_path / "work", None)


def article(project: Project) -> Article:
    (found,), refused = archive.articles(project.articles / "ferry", "ferry")
    assert not refused
    return found


def test_a_line_that_was_set_aside_says_by_which_rule(project: Project) -> None:
    """The ledger names the page's rule that left a line out, and its place."""
    convert(project)
    (removed,) = [r for r in article(project).removed if r.text == LINE]
    assert (removed.rule, removed.after) == ("farewell", 3)


def test_a_line_moved_up_by_hand_stays_in_the_text(project: Project) -> None:
    """Law 3 from end to end: it is part of the article, and rebuilding changes nothing of the file."""
    convert(project)
    (path,) = (project.articles / "ferry").glob("*.md")
    text = path.read_text(encoding="utf-8")
    moved = text.replace(LINE + "\n", "").replace("\n<!-- removed", f"\n{LINE}\n\n<!-- removed", 1)
    path.write_text(moved, encoding="utf-8")
    for _ in range(2):
        report = convert(project)
        assert not report.problems
    assert path.read_text(encoding="utf-8") == moved
    assert article(project).body[-1].text == LINE
    assert LINE not in [r.text for r in article(project).removed]


@pytest.mark.parametrize("rule", ["farewell", "closing-call"])
def test_a_rule_that_is_named_off_for_a_file_leaves_its_line(project: Project, rule: str) -> None:
    """The page's rule off, the line is text; another rule's name changes nothing here. Both survive a rebuild."""
    told = f'[[article]]\nfile = "a.html"\nrules_off = ["{rule}"]\n'
    (project.inbox / "ferry" / "coverage.toml").write_text(told, encoding="utf-8")
    for _ in range(2):
        assert not convert(project).problems
        assert (LINE in article(project).text) == (rule == "farewell")


def test_a_rule_that_there_is_not_is_one_line_with_its_place(project: Project) -> None:
    """File and line are named, with the rule that may be meant; the article is made all the same."""
    told = '[[article]]\nfile = "a.html"\nrules_off = ["farewel"]\n'
    (project.inbox / "ferry" / "coverage.toml").write_text(told, encoding="utf-8")
    report = convert(project)
    (problem,) = report.problems
    assert (problem.line, Path(problem.path or "").name) == (3, "coverage.toml")
    assert problem.message == "no rule is called 'farewel'; did you mean 'farewell'?"
    assert article(project).body
