"""The code keeps its shape: modules that one can read through."""

from __future__ import annotations

from pathlib import Path

GENERATOR = Path(__file__).resolve().parent.parent / "generator"
LONGEST = 400  # lines


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    lengths = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in GENERATOR.rglob("*.py")}
    assert lengths
    too_long = {p.relative_to(GENERATOR).as_posix(): n for p, n in lengths.items() if n > LONGEST}
    assert too_long == {}, "part these along what they do"
