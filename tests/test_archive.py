"""content/articles: a person's edit survives every rebuild (law 3), and nothing of theirs is deleted."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from generator import archive
from generator.model import Article, Paragraph

ARTICLE = Article("x", "s", title="Head", body=(Paragraph("One line."),), source_file="a.txt")


def test_an_unedited_file_follows_its_source(tmp_path: Path) -> None:
    assert archive.keep(ARTICLE, tmp_path, source="1").state == "new"
    assert archive.keep(ARTICLE, tmp_path, source="1").state == "same"
    changed = replace(ARTICLE, body=(Paragraph("Another line."),))
    assert archive.keep(changed, tmp_path, source="2").state == "changed"
    assert "Another line." in (tmp_path / "x.md").read_text(encoding="utf-8")


def test_an_edited_file_is_never_rewritten(tmp_path: Path) -> None:
    path = archive.keep(ARTICLE, tmp_path, source="1").path
    edited = path.read_text(encoding="utf-8").replace("One line.", "One line, mended.")
    path.write_text(edited, encoding="utf-8")
    assert archive.keep(ARTICLE, tmp_path, source="1").state == "edited"
    assert path.read_text(encoding="utf-8") == edited


def test_a_changed_source_beside_an_edited_file_is_a_conflict_and_both_are_kept(tmp_path: Path) -> None:
    path = archive.keep(ARTICLE, tmp_path, source="1").path
    edited = path.read_text(encoding="utf-8").replace("One line.", "One line, mended.")
    path.write_text(edited, encoding="utf-8")
    changed = replace(ARTICLE, body=(Paragraph("A new text."),))
    assert archive.keep(changed, tmp_path, source="2").state == "conflict"
    assert path.read_text(encoding="utf-8") == edited
    assert "A new text." in (tmp_path / "x.md.new").read_text(encoding="utf-8")
    assert [a.id for a in archive.articles(tmp_path, "s")[0]] == ["x"]


def test_an_untouched_file_goes_with_its_source_and_an_edited_one_stays(tmp_path: Path) -> None:
    archive.keep(ARTICLE, tmp_path, source="1")
    other = archive.keep(replace(ARTICLE, id="y", source_file="b.txt"), tmp_path, source="1").path
    other.write_text(other.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    by_hand = tmp_path / "z.md"
    by_hand.write_text("Written by hand.\n", encoding="utf-8")
    assert archive.drop_orphans(tmp_path, ["c.txt"]) == ((other, "b.txt"),)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["y.md", "z.md"]


def test_an_article_keeps_its_id_when_its_title_changes(tmp_path: Path) -> None:
    archive.keep(ARTICLE, tmp_path, source="1")
    assert archive.ids_by_source(tmp_path) == {"a.txt": "x"}


def test_a_file_that_cant_be_read_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    archive.keep(ARTICLE, tmp_path, source="1")
    (tmp_path / "bad.md").write_text("---\nlayout: x\n---\n", encoding="utf-8")
    (tmp_path / "latin.md").write_bytes(b"caf\xe9")
    read, refused = archive.articles(tmp_path, "s")
    assert [a.id for a in read] == ["x"]
    assert [(Path(e.path or "").name, e.line) for e in refused] == [("bad.md", 2), ("latin.md", None)]


def test_what_a_killed_run_left_half_written_is_taken_away(tmp_path: Path) -> None:
    old, new = tmp_path / ".a.md-1.part", tmp_path / ".b.md-2.part"
    for path in (old, new):
        path.write_text("half")
    os.utime(old, (0, 0))
    archive.drop_orphans(tmp_path, ())
    assert [p.name for p in tmp_path.iterdir()] == [new.name]
