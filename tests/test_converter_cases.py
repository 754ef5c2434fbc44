"""Each case in tests/cases/converter holds; each rule has one, with a negative."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.converter import RULES, convert
from generator.model import Capture

CASES = Path(__file__).parent / "cases" / "converter"
BODY = (CASES / "body.txt").read_text(encoding="utf-8").strip()
LISTS = {"authors", "agency", "credits"}
NEEDS_CASES = {r.name for r in RULES} | {
    "title", "dateline", "signoff", "bare-name", "list-item", "subhead", "standfirst", "nothing-else", "outside",
    "prose", "answered", "last-sentence",
}  # fmt: skip


class Case(NamedTuple):
    file: str
    name: str
    text: str
    expected: tuple[str, ...]


def cases() -> list[Case]:
    found = []
    for path in sorted(CASES.glob("*.txt")):
        if path.name == "body.txt":
            continue
        for part in re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]:
            name, _, rest = part.partition("\n")
            text, _, expected = rest.partition("\n---\n")
            lines = tuple(line for line in expected.splitlines() if line.strip())
            found.append(Case(path.stem, name, text.replace("@body", BODY), lines))
    return found


ALL = cases()


def params() -> list[object]:
    known = pytest.mark.xfail(strict=True, reason="known failure")
    return [pytest.param(c, id=f"{c.file}: {c.name}", marks=known if "(known failure)" in c.name else ()) for c in ALL]


@pytest.mark.parametrize("case", params())
def test_a_case_holds(case: Case) -> None:
    """What the case's lines say comes of its text."""
    converted = convert(Capture("case.txt", case.text), story="cases")
    seen = [(b.role.value, b.rule, b.text) for b in converted.blocks]
    for line in case.expected:
        if line.startswith("not "):
            head, start = line[4:].split(": ", 1)
            role, _, rule = head.partition(" ")
            assert any(b[2].startswith(start) for b in seen) or not rule, (line, seen)
            assert not [b for b in seen if b[0] == role and rule in ("", b[1]) and b[2].startswith(start)], (line, seen)
        elif match := re.match(r"(\w+) =\s?(.*)$", line):
            value = getattr(converted.article, match[1]) or ""
            assert ("; ".join(value) if match[1] in LISTS else value) == match[2], (line, seen)
        else:
            head, start = line.split(": ", 1)
            role, rule = head.split(" ")
            assert [b for b in seen if b[:2] == (role, rule) and b[2].startswith(start)], (line, seen)


@pytest.mark.parametrize("rule", sorted(NEEDS_CASES))
def test_every_rule_has_a_case_with_a_negative(rule: str) -> None:
    """A rule has a case that shows it at work, and one that names a line which it leaves alone."""
    lines = [line for c in ALL if "(known failure)" not in c.name for line in c.expected]
    assert [x for x in lines if re.match(rf"\w+ {re.escape(rule)}: ", x)], f"no case shows {rule}"
    assert [x for x in lines if re.match(rf"not \w+ {re.escape(rule)}: ", x)], f"no case shows what {rule} leaves alone"


def test_every_rule_says_what_it_takes_a_line_for() -> None:
    """Rules have different names and a docstring each."""
    assert len({r.name for r in RULES}) == len(RULES)
    assert all((r.matches.__doc__ or "").strip() for r in RULES)
