"""A finished site takes the place of the old one in one step; a failed one leaves it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import BuildFailed
from generator.switch import MARKER, replacing


def test_a_finished_site_replaces_the_old_one(tmp_path: Path) -> None:
    output = tmp_path / "output"
    for text in ("one", "two"):
        with replacing(output, apart_from=[]) as fresh:
            (fresh / "index.html").write_text(text)
        assert (output / "index.html").read_text() == text
    assert [p.name for p in tmp_path.iterdir()] == ["output"]


def test_a_failure_leaves_the_old_site_whole(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with replacing(output, apart_from=[]) as fresh:
        (fresh / "index.html").write_text("one")
    with pytest.raises(RuntimeError), replacing(output, apart_from=[]) as fresh:
        (fresh / "index.html").write_text("half")
        raise RuntimeError
    assert (output / "index.html").read_text() == "one"
    assert [p.name for p in tmp_path.iterdir()] == ["output"]


def test_a_folder_of_somebody_else_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(BuildFailed, match="didn't write"), replacing(tmp_path, apart_from=[]):
        pass
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_an_empty_folder_may_become_the_site(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    with replacing(tmp_path / "output", apart_from=[]):
        pass
    assert (tmp_path / "output" / MARKER).exists()


@pytest.mark.parametrize("output", ["content", "content/inbox/out", "."])
def test_an_output_that_is_holds_or_lies_in_the_input_is_refused(tmp_path: Path, output: str) -> None:
    (tmp_path / "content" / "inbox").mkdir(parents=True)
    with (
        pytest.raises(BuildFailed, match="must not be"),
        replacing(tmp_path / output, apart_from=[tmp_path / "content"]),
    ):
        pass
