"""Laws 1, 2, 3 and 5 hold on a sample of inputs; tests/corpus/laws.py proves them on all."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "corpus"))

import laws  # noqa: E402

SHARED = HERE.parents[1] / "shared"


def test_the_laws_hold_on_every_page_of_the_cases() -> None:
    """Nothing lost, read back as written, edits kept, spans true: for saved pages with tables, lists and lures."""
    pages = sorted((HERE / "cases" / "html").glob("*.html"))
    assert laws.check(pages) == (0, []) and len(pages) > 30


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared inputs lie beside the repository in development only")
def test_the_laws_hold_on_a_sample_of_every_set() -> None:
    """Some inputs of each set of pages and seeds, taken at even distances."""
    found = {name: paths for name, paths in laws.sets(SHARED).items() if name != "polnear"}
    assert len(found) >= 7
    for name, paths in found.items():
        assert laws.check(paths[:: max(1, len(paths) // 3)])[1] == [], name


def test_a_broken_law_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A conversion that shows other words than were saved doesn't pass."""
    from dataclasses import replace

    path = tmp_path / "a.txt"
    path.write_text("The ferry left at ten.\n\nNobody was hurt.\n", encoding="utf-8")
    convert = laws.convert

    def bent(capture, *, story):
        made = convert(capture, story=story)
        return replace(made, blocks=tuple(replace(b, text=b.text.replace("ten", "nine")) for b in made.blocks))

    monkeypatch.setattr(laws, "convert", bent)
    failures = laws.check([path])[1]
    assert any("law 1" in f for f in failures) and any("law 5" in f for f in failures)
