"""Whatever goes wrong, the site in place stays whole, one line says what happened, and the next build is clean."""

from __future__ import annotations

import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.errors import BuildFailed, InputRefused, UsageError
from generator.pipeline import build
from generator.project import Project, read_settings
from generator.switch import replacing
from tests.hostile.kill import ROOT, Poll, pile, same, start


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a pile of articles, a site that was built of it, and a copy of that site."""
    root = tmp_path_factory.mktemp("faults")
    pile(root, 2)
    done = start(root)
    assert done.communicate() and done.returncode == 0
    shutil.copytree(root / "site", root / "clean")
    return root


def whole(place: Path) -> bool:
    names = sorted(p.name for p in place.iterdir())
    return same(place / "site", place / "clean") and names == ["clean", "pile", "site", "work"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("after", [0.6, 1.2])
def test_a_stopped_build_says_one_line_and_leaves_nothing_but_the_old_site(
    place: Path, number: signal.Signals, after: float
) -> None:
    run = start(place)
    time.sleep(after)
    run.send_signal(number)
    _, err = run.communicate()
    assert (run.returncode, len(err.splitlines())) in {(1, 1), (0, 0)}, err
    assert whole(place)


def test_a_killed_build_leaves_the_old_site_and_the_next_one_is_the_same_as_a_clean_one(place: Path) -> None:
    reader = Poll(place / "site")
    reader.start()
    for after in (0.5, 1.1, 1.5):
        run = start(place)
        time.sleep(after)
        run.kill()
        run.communicate()
        assert same(place / "site", place / "clean")
    run = start(place)
    run.communicate()
    reader.stopped.set()
    reader.join()
    assert (run.returncode, reader.missing, reader.broken) == (0, 0, 0)
    assert whole(place)


def test_two_builds_at_once_make_one_site_and_one_line(place: Path) -> None:
    import fcntl

    lock = place / ".site.lock"
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        run = start(place)
        _, err = run.communicate()
    lock.unlink()
    assert run.returncode == 1
    assert err == f"{place}/site:1: another build of this site is under way\n"
    assert whole(place)


def test_a_lock_that_a_killed_build_left_holds_nobody_up(tmp_path: Path) -> None:
    (tmp_path / ".site.lock").touch()
    with replacing(tmp_path / "site", apart_from=[]):
        pass
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_what_a_killed_build_left_is_taken_away(tmp_path: Path) -> None:
    for name in (".site.new", "..site.new.staged", ".site.old"):
        (tmp_path / name / "inner").mkdir(parents=True)
    with replacing(tmp_path / "site", apart_from=[]) as fresh:
        assert not any(fresh.iterdir())
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_site_that_was_being_renamed_when_the_build_was_killed_comes_back(tmp_path: Path) -> None:
    with replacing(tmp_path / "site", apart_from=[]) as fresh:
        (fresh / "index.html").write_text("old")
    (tmp_path / "site").rename(tmp_path / ".site.old")
    with pytest.raises(RuntimeError), replacing(tmp_path / "site", apart_from=[]):
        raise RuntimeError
    assert (tmp_path / "site" / "index.html").read_text() == "old"


def test_a_full_disk_is_one_line_and_the_old_site_stays(place: Path) -> None:
    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))

    new = place / "pile" / "story-0" / "new.txt"  # a build that finds nothing new writes nothing
    new.write_text("A late report\n\nThe ferry of Orrel sailed again on Monday, the harbour master said.\n")
    options = ("--work", "work", "--output", "site", "--workers", "1")
    run = subprocess.run(
        [sys.executable, str(ROOT / "publish.py"), "build", "pile", *options],
        cwd=place, preexec_fn=small_files, capture_output=True, text=True,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    new.unlink()
    assert run.returncode == 1
    assert len(run.stderr.splitlines()) == 1
    assert "File too large" in run.stderr
    assert whole(place)


def test_a_link_to_the_site_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to("real")
    for text in ("one", "two"):
        with replacing(tmp_path / "site", apart_from=[]) as fresh:
            (fresh / "index.html").write_text(text)
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "real" / "index.html").read_text() == "two"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["real", "site"]


def test_an_error_is_one_line_whatever_a_file_is_called() -> None:
    error = InputRefused("no\ntext\x1b[2J", path="new\nline\x07.txt", line=3)
    assert str(error) == "new\\nline\\x07.txt:3: no\\ntext\\x1b[2J"
    assert str(BuildFailed("two\nlines")).splitlines() == ["two", "lines"]


def test_settings_that_lie_outside_the_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.toml").write_text('title = "Secret"')
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "digest.toml").symlink_to("../secret.toml")
    with pytest.raises(UsageError, match="a link that leads out of the folder"):
        read_settings(tmp_path / "content" / "digest.toml")


def test_settings_in_a_pile_are_told_and_not_read(tmp_path: Path) -> None:
    """Whoever adds an article to a pile may not say how the site is made, nor stop it; in --work it's the user's."""
    story = tmp_path / "pile" / "ferry"
    story.mkdir(parents=True)
    (story / "one.txt").write_text("The ferry of Orrel sailed on Monday, the master said.\n")
    for folder in (story, story.parent):
        (folder / "digest.toml").write_text('url = "javascript:x"\nprofile = [[')
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "digest.toml").write_text('title = "Ours"')
    project = Project.at(tmp_path / "content", tmp_path / "out", tmp_path / "work", tmp_path / "pile")
    assert project.settings.title == "Ours"
    for _ in range(2):
        report = build(project)
        told = [str(p) for p in report.problems]
        assert (report.articles, report.stories) == (1, 1)
        assert sorted(t.partition("/pile/")[2].partition(":")[0] for t in told) == ["digest.toml", "ferry/digest.toml"]
        assert all("settings belong into the content folder" in t for t in told)
