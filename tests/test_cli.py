"""The commands as people and scripts run them: formats, a line per refused input, exit status, never a traceback."""

from __future__ import annotations

import filecmp
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
Run = Callable[..., "subprocess.CompletedProcess[str]"]

ONE = """The ferry Osprey ran aground

KELL, Marrowby (Northwire) - The ferry Osprey ran aground off Kell on Tuesday, the harbour master said.

"Nobody was hurt," said Ada Quill, the harbour master.

No cause was given.
"""
TWO = """A ferry is stuck near Kell

The Osprey, a ferry, hit a sandbank near the port of Kell on Tuesday, officials said. Nobody was hurt.

The operator did not comment.
"""


def run(*arguments: object, cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "publish.py"), *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=300,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **env},
    )


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder of two saved articles of one story."""
    folder = tmp_path / "pile" / "ferry"
    folder.mkdir(parents=True)
    (folder / "one.txt").write_text(ONE, encoding="utf-8")
    (folder / "two.txt").write_text(TWO, encoding="utf-8")
    return folder.parent


def build(pile: Path, *more: object, **env: str) -> subprocess.CompletedProcess[str]:
    here = pile.parent
    return run("build", pile, "--work", here / "work", "--output", here / "site", *more, cwd=here, **env)


def same_tree(a: Path, b: Path) -> bool:
    one, two = (sorted(p.relative_to(x) for p in x.rglob("*")) for x in (a, b))
    files = [p for p in one if (a / p).is_file()]
    return one == two and not any(filecmp.cmpfiles(a, b, files, shallow=False)[1:])


def test_help_names_every_command() -> None:
    done = run("--help")
    assert done.returncode == 0
    for command in ("build", "convert", "inspect", "export", "serve"):
        assert command in done.stdout


def test_a_folder_of_articles_becomes_a_site_and_nothing_else_is_touched(pile: Path) -> None:
    before = sorted(p.relative_to(pile) for p in pile.rglob("*"))
    done = build(pile)
    assert (done.returncode, done.stderr) == (0, "")
    assert (pile.parent / "site" / "index.html").is_file()
    assert sorted(p.relative_to(pile) for p in pile.rglob("*")) == before
    assert sorted(p.name for p in pile.parent.iterdir()) == ["pile", "site", "work"]


def test_two_builds_are_byte_identical_whatever_the_hash_seed_the_cache_and_the_output_folder(pile: Path) -> None:
    build(pile, PYTHONHASHSEED="1")
    here = pile.parent
    other = run("build", pile, "--work", here / "w2", "--output", here / "elsewhere", cwd=here, PYTHONHASHSEED="2")
    again = run("build", pile, "--work", here / "w2", "--output", here / "again", cwd=here, PYTHONHASHSEED="3")
    assert (other.returncode, again.returncode) == (0, 0)
    assert same_tree(here / "site", here / "elsewhere")
    assert same_tree(here / "site", here / "again")


def test_a_broken_input_costs_one_line_and_status_3_and_the_rest_is_built(pile: Path) -> None:
    (pile / "ferry" / "empty.txt").write_bytes(b"")
    (pile / "ferry" / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    done = build(pile)
    assert done.returncode == 3
    lines = done.stderr.splitlines()
    assert len(lines) == 2
    assert "empty.txt:1: " in lines[0]
    assert "photo.txt:1: " in lines[1]
    assert "2 articles" in done.stdout


def test_an_unknown_coverage_key_is_named_with_its_line(pile: Path) -> None:
    (pile / "ferry" / "coverage.toml").write_text('[[article]]\nfile = "one.txt"\noutlets = "X"\n', encoding="utf-8")
    done = build(pile)
    assert done.returncode == 3
    assert "coverage.toml:3: " in done.stderr
    assert "outlets" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_coverage_toml_gives_what_the_text_cant_say(pile: Path) -> None:
    (pile / "ferry" / "coverage.toml").write_text(
        '[[article]]\nfile = "two.txt"\noutlet = "Kell Gazette"\npublished = 2031-05-06\n', encoding="utf-8"
    )
    done = run("inspect", "--json", pile / "ferry" / "two.txt")
    record = json.loads(done.stdout)
    assert record["metadata"]["outlet"] == "Kell Gazette"
    assert record["metadata"]["published"] == "2031-05-06"
    assert "coverage.toml" in record["evidence"]["outlet"]


def test_a_missing_folder_is_wrong_usage(tmp_path: Path) -> None:
    done = run("build", tmp_path / "nowhere", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.strip().endswith("nowhere:1: no such folder")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_makes_no_site_and_keeps_the_old_one(pile: Path) -> None:
    build(pile)
    before = (pile.parent / "site" / "index.html").read_bytes()
    empty = pile.parent / "empty"
    empty.mkdir()
    done = run("build", empty, "--work", pile.parent / "w2", "--output", pile.parent / "site", cwd=pile.parent)
    assert done.returncode == 1
    assert "no article" in done.stderr
    assert (pile.parent / "site" / "index.html").read_bytes() == before


def test_only_refused_inputs_make_no_site(tmp_path: Path) -> None:
    (tmp_path / "pile").mkdir()
    (tmp_path / "pile" / "empty.txt").write_bytes(b"")
    done = run("build", "pile", "--output", "site", cwd=tmp_path)
    assert done.returncode == 1
    assert "empty.txt:1: " in done.stderr
    assert not (tmp_path / "site").exists()


def test_an_unknown_option_is_wrong_usage() -> None:
    assert run("build", "--colour").returncode == 2


def test_plain_publish_builds_content(pile: Path) -> None:
    content = pile.parent / "content"
    content.mkdir()
    shutil.move(pile, content / "inbox")
    done = run(cwd=pile.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert (pile.parent / "output" / "index.html").is_file()
    assert len(list((content / "articles" / "ferry").glob("*.md"))) == 2


def test_an_edited_article_survives_a_rebuild_and_shows(pile: Path) -> None:
    build(pile)
    path = next((pile.parent / "work" / "articles" / "ferry").glob("a-ferry*.md"))
    edited = path.read_text(encoding="utf-8").replace("did not comment", "kept silent")
    path.write_text(edited, encoding="utf-8")
    assert build(pile).returncode == 0
    assert path.read_text(encoding="utf-8") == edited
    pages = [p.read_text(encoding="utf-8") for p in (pile.parent / "site").rglob("*.html")]
    assert any("kept silent" in page for page in pages)


def test_an_editors_decisions_are_followed_and_dead_ones_are_said(pile: Path) -> None:
    content = pile.parent / "content"
    content.mkdir()
    shutil.move(pile, content / "inbox")
    run("export", "--to", "a.json", cwd=content.parent)
    claims = json.loads((content.parent / "a.json").read_text(encoding="utf-8"))["stories"][0]["claims"]
    gone = claims[0]["mentions"][0]["id"]
    (content / "stories").mkdir()
    (content / "stories" / "ferry.toml").write_text(
        f'title = "The Osprey"\n\n[[hide]]\nmentions = ["{gone}"]\n\n[[merge]]\nmentions = ["nothing", "at all"]\n',
        encoding="utf-8",
    )
    done = run("export", "--to", "b.json", cwd=content.parent)
    story = json.loads((content.parent / "b.json").read_text(encoding="utf-8"))["stories"][0]
    assert story["title"] == "The Osprey"
    assert gone not in {m["id"] for c in story["claims"] for m in c["mentions"]}
    assert "points at nothing any more: nothing, at all" in done.stderr
    assert done.returncode == 0


def test_decisions_that_cant_be_read_are_named_with_their_line(pile: Path) -> None:
    content = pile.parent / "content"
    (content / "stories").mkdir(parents=True)
    shutil.move(pile, content / "inbox")
    (content / "stories" / "ferry.toml").write_text('title = "x"\nmerge = what\nx = 1\n', encoding="utf-8")
    done = run("build", cwd=content.parent)
    assert done.returncode == 3
    assert "ferry.toml:2: " in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_link_out_of_the_folder_and_a_pipe_are_refused_and_the_rest_is_built(pile: Path) -> None:
    outside = pile.parent / "secret.txt"
    outside.write_text("The secret words, said nobody.", encoding="utf-8")
    (pile / "ferry" / "link.txt").symlink_to(outside)
    os.mkfifo(pile / "ferry" / "pipe.txt")
    done = build(pile)
    assert done.returncode == 3
    assert "link.txt:1: a link that leads out of the folder" in done.stderr
    assert "pipe.txt:1: not a regular file" in done.stderr
    assert not any("secret words" in p.read_text(encoding="utf-8") for p in (pile.parent / "site").rglob("*.html"))


def test_a_sentence_without_end_costs_nothing_but_itself(pile: Path) -> None:
    (pile / "ferry" / "endless.txt").write_text("A head\n\n" + "word " * 20000, encoding="utf-8")
    done = build(pile)
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 articles" in done.stdout


def test_what_a_browser_laid_beside_a_saved_page_is_not_an_article(pile: Path) -> None:
    page = f"<html><body><h1>A ferry is stuck</h1><p>{TWO.splitlines()[2]}</p></body></html>"
    (pile / "ferry" / "Saved.html").write_text(page, encoding="utf-8")
    for name in ("Saved_files", "Saved-Dateien"):
        (pile / "ferry" / name).mkdir()
        (pile / "ferry" / name / "style.css").write_text("body { color: red }", encoding="utf-8")
        (pile / "ferry" / name / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    done = build(pile)
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 articles" in done.stdout


def test_convert_writes_markdown_and_says_a_line_per_file(pile: Path) -> None:
    done = run("convert", pile / "ferry", "--to", pile.parent / "out")
    assert done.returncode == 0
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["one.txt", "two.txt"]
    assert len(list((pile.parent / "out").glob("*.md"))) == 2


def test_inspect_shows_blocks_and_attributions_that_lie_in_the_file(pile: Path) -> None:
    done = run("inspect", "--json", pile / "ferry" / "one.txt")
    record = json.loads(done.stdout)
    assert set(record) >= {"file", "metadata", "evidence", "blocks", "attributions"}
    covered = {i for b in record["blocks"] for i in range(*b["span"])}
    assert all(c.isspace() or i in covered for i, c in enumerate(ONE))
    said = [ONE[slice(*span)] for a in record["attributions"] for span in a["content"]]
    assert any("Nobody was hurt" in s for s in said)


def test_inspect_for_a_person_shows_roles_words_and_the_chain(pile: Path) -> None:
    done = run("inspect", pile / "ferry" / "one.txt")
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    lines = done.stdout.splitlines()
    assert any(line.startswith("title · ") and line.endswith("The ferry Osprey ran aground") for line in lines)
    at = next(i for i, line in enumerate(lines) if '"Nobody was hurt," said Ada Quill, the harbour master.' in line)
    assert "Ada Quill" in lines[at + 1]
    assert "direct" in lines[at + 1]


def test_inspect_marks_what_is_attributed_by_kind(pile: Path) -> None:
    from generator.reading import margin

    path = pile / "ferry" / "one.txt"
    record = json.loads(run("inspect", "--json", path).stdout)
    shown = "\n".join(margin(record, path, lambda text, kind: f"<{kind}>{text}</{kind}>"))
    assert "<cue>said</cue>" in shown
    assert "<content>" in shown
    assert "<source>Ada Quill" in shown


def test_export_writes_claims_whose_spans_are_true(pile: Path) -> None:
    content = pile.parent / "content"
    content.mkdir()
    shutil.move(pile, content / "inbox")
    done = run("export", "--to", "d.json", "--csv", "tables", cwd=content.parent)
    assert done.returncode == 0, done.stderr
    story = json.loads((content.parent / "d.json").read_text(encoding="utf-8"))["stories"][0]
    files = {a["id"]: a["file"] for a in story["articles"]}
    texts = {"one.txt": ONE, "two.txt": TWO}
    mentions = [m for c in story["claims"] for m in c["mentions"]]
    assert mentions
    for mention in mentions:
        text = texts[files[mention["article"]]]
        assert text[slice(*mention["source_span"])].split() == mention["text"].split()
    assert sorted(p.name for p in (content.parent / "tables").iterdir()) == [
        "articles.csv",
        "mentions.csv",
        "reuse.csv",
    ]


def test_a_fault_of_ours_is_one_line_and_not_a_traceback(pile: Path) -> None:
    (pile.parent / "work").write_text("a file where the work folder should be")
    done = build(pile)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not (pile.parent / "site").exists()
