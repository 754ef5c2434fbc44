"""Nothing is read but regular files that lie in the folders of the project, and a link out of one is told."""

from __future__ import annotations

import itertools
import os
import threading
from collections import Counter
from pathlib import Path

import pytest

from generator import archive, files, pipeline, project
from generator.errors import BuildFailed, InputRefused, UsageError
from generator.pipeline.state import mark
from tests.hostile.case import CANARY, Words

OUTSIDE = f"---\ntitle: {CANARY}\n---\n\nThe {CANARY} words were said by nobody.\n"


def folder(root: Path) -> Path:
    """A content folder with a story, and files beside it that are nobody's business."""
    words = Words(5)
    story = root / "content" / "inbox" / "quay"
    story.mkdir(parents=True)
    for n in range(2):
        (story / f"{n}.txt").write_text(words.article()[0])
    (root / "outside").mkdir()
    (root / "outside" / "secret.md").write_text(OUTSIDE)
    (root / "outside" / "secret.toml").write_text(f'title = "{CANARY}"\n')
    return root / "content"


def link(path: Path, target: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)
    return path


def built(content: Path) -> tuple[Path, list[str]]:
    """The site of a content folder, and what was told."""
    made = project.Project.at(content, content.parent / "out", content.parent / "work")
    report = pipeline.build(made)
    return made.output, [str(problem) for problem in report.problems]


def test_links_out_of_a_content_folder_are_told_and_nothing_is_read_through_them(tmp_path: Path) -> None:
    """Of pages, introductions, decisions, Markdown, coverage and inbox each is one line, and the rest is built."""
    content, outside = folder(tmp_path), tmp_path / "outside"
    links = [
        link(content / "pages" / "about-us.md", outside / "secret.md"),
        link(content / "stories" / "quay.md", outside / "secret.md"),
        link(content / "stories" / "quay.toml", outside / "secret.toml"),
        link(content / "articles" / "quay" / "other.md", outside / "secret.md"),
        link(content / "inbox" / "quay" / "coverage.toml", outside / "secret.toml"),
        link(content / "inbox" / "quay" / "linked.txt", outside / "secret.md"),
        link(content / "inbox" / "quay" / "folder", outside),
        link(content / "inbox" / "a-story", outside),
    ]
    site, told = built(content)
    for path in links:
        assert [line for line in told if line.startswith(f"{path}:1: a link that leads out of the folder")], path
    assert len(told) == len(links)
    written = [p for p in (*site.rglob("*"), *(tmp_path / "content").rglob("*")) if p.is_file() and not p.is_symlink()]
    assert len(written) > 10
    assert not [p for p in written if CANARY.encode() in p.read_bytes()]


def test_pipes_in_a_content_folder_hold_nobody_up(tmp_path: Path) -> None:
    """Nor does a page that is no UTF-8."""
    content = folder(tmp_path)
    pipes = [content / "pages" / "pipe.md", content / "stories" / "quay.toml", content / "articles" / "quay" / "x.md"]
    pipes.append(content / "inbox" / "quay" / "coverage.toml")
    for path in pipes:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(path)
    (content / "pages" / "old.md").write_bytes(b"caf\xe9")
    told = built(content)[1]
    assert sorted(told) == sorted(
        [*(f"{p}:1: not a regular file" for p in pipes), f"{content}/pages/old.md:1: not UTF-8"]
    )


def test_what_must_not_be_missed_makes_no_site_where_it_is_a_link_out(tmp_path: Path) -> None:
    """The list of removals, the settings, and folders that are written to."""
    content, outside = folder(tmp_path), tmp_path / "outside"
    removed = link(content / "removed.toml", outside / "secret.toml")
    with pytest.raises(BuildFailed, match=r"removed\.toml:1: a link that leads out of the folder"):
        built(content)
    removed.unlink()
    link(content / "removed.toml", outside / "nothing.toml")
    with pytest.raises(BuildFailed, match=r"removed\.toml:1: can't be read"):
        built(content)
    removed.unlink()
    for name in ("digest.toml", "articles/quay", "stories", "pages"):
        made = link(content / name, outside / ("secret.toml" if name.endswith("toml") else ""))
        with pytest.raises(UsageError, match="a link that leads out of the folder"):
            built(content)
        made.unlink()
    assert sorted(p.name for p in outside.iterdir()) == ["secret.md", "secret.toml"]


def test_a_link_that_stays_inside_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree")
    link(tmp_path / "b.txt", tmp_path / "a.txt")
    assert files.read_text(tmp_path / "b.txt", within=tmp_path) == "one\ntwo\nthree"
    assert not files.leads_out(tmp_path / "b.txt", tmp_path)
    link(tmp_path / "here", tmp_path)
    assert files.read(tmp_path / "here" / "b.txt", within=tmp_path / "here") == (tmp_path / "a.txt").read_bytes()


def test_what_is_no_file_of_a_stated_size_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("12345")
    assert files.read(tmp_path / "a.txt", within=tmp_path, most=5) == b"12345"
    with pytest.raises(InputRefused, match="larger than 0 MB"):
        files.read(tmp_path / "a.txt", within=tmp_path, most=4)
    with (tmp_path / "large.txt").open("wb") as large:
        large.truncate(files.MAX_BYTES + 1)
    with pytest.raises(InputRefused, match=r"larger than 50 MB: it has 50\.1 MB"):
        files.read(tmp_path / "large.txt", within=tmp_path)
    with pytest.raises(InputRefused, match="not a regular file"):
        files.read(tmp_path, within=tmp_path)
    with pytest.raises(InputRefused, match=r"loop|Too many levels"):
        files.read(link(tmp_path / "loop", tmp_path / "loop"), within=tmp_path)
    with pytest.raises(InputRefused, match="No such file"):
        files.read(tmp_path / "none", within=tmp_path)


def test_what_lies_about_half_written_is_taken_away_when_it_is_old(tmp_path: Path) -> None:
    """It may be another run's while it is new."""
    old, new = tmp_path / ".a.md-1.part", tmp_path / ".b.md-2.part"
    for path in (old, new):
        path.touch()
    os.utime(old, (0, 0))
    archive.drop_orphans(tmp_path, [])
    assert [p.name for p in tmp_path.iterdir()] == [new.name]


def test_folders_whose_names_come_to_one_are_stories_of_their_own(tmp_path: Path) -> None:
    """Whichever other files and folders there are, and whatever else on the site is called so."""
    inbox = tmp_path / "content" / "inbox"
    words = Words(6)
    names = ["A b", "a-b", "a_b", "articles", "\u2603", "!!!", "x" * 70, "x" * 71]
    for name in names:
        (inbox / name).mkdir(parents=True)
        (inbox / name / "one.txt").write_text(words.article()[0])
    for _ in range(2):  # what an article was made of is known by the story and the file
        site, told = built(tmp_path / "content")
        assert not told
        assert len(list(site.glob("stories/*/articles/*.html"))) == len(names)
    assert (site / "stories" / "a-b").is_dir()
    assert len(list(site.glob("stories/a-b-*"))) == 2


def test_what_was_doubtful_in_reading_a_file_is_said_on_its_page(tmp_path: Path) -> None:
    """That an encoding was guessed, and that of an article without end not all is read for claims."""
    inbox = tmp_path / "content" / "inbox" / "quay"
    inbox.mkdir(parents=True)
    (inbox / "old.txt").write_bytes("The café at the quay of Orrel was closed after the flood.\n".encode("cp1252"))
    (inbox / "long.txt").write_text("An endless list\n\n" + "Pier. " * 21_000)
    site, told = built(tmp_path / "content")
    assert not told
    pages = "".join(p.read_text("utf-8") for p in site.glob("stories/quay/articles/*.html"))
    assert "encoding guessed: cp1252" in pages
    assert "longer than an article: all of it is kept" in pages


def test_a_file_that_changes_while_it_is_read_keeps_nobody_waiting_and_leads_nowhere_else(tmp_path: Path) -> None:
    """Now a text, now a pipe, now a link out, now gone: what is read is the text's, or refused."""
    inside = tmp_path / "pile"
    inside.mkdir()
    (tmp_path / "secret.txt").write_bytes(b"secret")
    path, done = inside / "a.txt", threading.Event()

    def change() -> None:
        for n in itertools.cycle(range(4)):
            other = inside / f".{n}"
            if n == 0:
                other.write_bytes(b"text" * 20000)
            elif n == 1:
                os.mkfifo(other)
            elif n == 2:
                link(other, tmp_path / "secret.txt")
            if n < 3:
                other.replace(path)
            else:
                path.unlink()
            if done.wait(0.0004):
                return

    thread = threading.Thread(target=change)
    thread.start()
    read: Counter[str] = Counter()
    for _ in range(1500):
        mark(path, 1 << 20)
        try:
            assert set(files.read(path, within=inside)) <= set(b"text")
            read["text"] += 1
        except InputRefused:
            read["refused"] += 1
    done.set()
    thread.join()
    assert len(read) == 2
