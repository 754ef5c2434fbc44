"""``deploy`` against a bare repository on this machine: what is pushed, and what of others is left alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import digests
import pytest

from generator import deploying, markdown
from generator.deploying import Change, Target, pages_url, prepared, push
from generator.errors import BuildFailed, UsageError
from generator.project import Project
from generator.site import build

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No configuration of this machine takes part."""
    for key in [k for k in os.environ if k.startswith("GIT_")]:
        monkeypatch.delenv(key)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    (tmp_path / "gitconfig").write_text("[user]\nname = Desk\nemail = desk@example.org\n[init]\ndefaultBranch = main\n")


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
    return done.stdout.decode("utf-8", "replace")


@pytest.fixture
def target(tmp_path: Path) -> Target:
    work = tmp_path / "work"
    work.mkdir()
    git(tmp_path, "init", "-q", "--bare", "remote.git")
    git(work, "init", "-q")
    (work / "notes.txt").write_text("of the editor")
    git(work, "add", ".")
    git(work, "commit", "-q", "-m", "Notes")
    git(work, "remote", "add", "origin", str(tmp_path / "remote.git"))
    return Target(work)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return written(tmp_path / "site", {"index.html": "<p>one</p>", "stories/a/index.html": "<p>a</p>"})


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def deployed(site: Path, target: Target) -> Change:
    with prepared(site, target) as change:
        if not change.nothing:
            push(target)
    return change


def remote(target: Target) -> Path:
    return target.folder.parent / "remote.git"


def published(target: Target) -> dict[str, str]:
    names = git(remote(target), "ls-tree", "-r", "--name-only", "gh-pages").split()
    return {name: git(remote(target), "show", f"gh-pages:{name}") for name in names}


def commits(target: Target) -> int:
    return int(git(remote(target), "rev-list", "--count", "gh-pages"))


def other(target: Target, files: dict[str, str]) -> None:
    """Somebody else pushes to the branch."""
    folder = target.folder.parent / "other"
    if not folder.exists():
        git(target.folder.parent, "clone", "-q", str(remote(target)), "other")
    git(folder, "fetch", "-q")
    git(folder, "checkout", "-q", "-B", "gh-pages", "origin/gh-pages")
    written(folder, files)
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "By hand")
    git(folder, "push", "-q", "origin", "gh-pages")


def test_the_first_push_makes_the_branch(site: Path, target: Target) -> None:
    """The branch holds the site's files and a .nojekyll, in one commit of ours."""
    change = deployed(site, target)
    assert (change.tip, change.new, change.changed, change.gone) == (None, 3, 0, 0)
    assert published(target) == {".nojekyll": "", "index.html": "<p>one</p>", "stories/a/index.html": "<p>a</p>"}
    assert commits(target) == 1
    assert deploying.MARK in git(remote(target), "log", "-1", "--format=%B", "gh-pages")


def test_nothing_is_pushed_when_nothing_changed(site: Path, target: Target) -> None:
    """The second push of the same files makes no commit."""
    deployed(site, target)
    tip = git(remote(target), "rev-parse", "gh-pages")
    assert deployed(site, target).nothing
    assert git(remote(target), "rev-parse", "gh-pages") == tip


def test_a_change_is_one_commit_on_top(site: Path, target: Target) -> None:
    """New, changed and dropped files are counted, and the history goes on."""
    deployed(site, target)
    (site / "stories/a/index.html").unlink()
    written(site, {"index.html": "<p>two</p>", "feed.xml": "<feed/>"})
    change = deployed(site, target)
    assert (change.new, change.changed, change.gone, change.foreign) == (1, 1, 1, ())
    assert set(published(target)) == {".nojekyll", "index.html", "feed.xml"}
    assert commits(target) == 2


def test_the_branchs_domain_is_kept(site: Path, target: Target) -> None:
    """A CNAME that GitHub put on the branch survives a site without one; a site's own goes before it."""
    deployed(site, target)
    other(target, {"CNAME": "news.example.org\n"})
    written(site, {"index.html": "<p>two</p>"})
    change = deployed(site, target)
    assert change.cname == "news.example.org"
    assert published(target)["CNAME"] == "news.example.org"
    assert deployed(site, target).nothing
    written(site, {"CNAME": "desk.example.org\n"})
    deployed(site, target)
    assert published(target)["CNAME"] == "desk.example.org\n"


def test_commits_of_others_are_told_and_kept(site: Path, target: Target) -> None:
    """What others put on the branch is named, and stays in its history when the site comes on top."""
    deployed(site, target)
    other(target, {"index.html": "<p>by hand</p>"})
    theirs = git(remote(target), "rev-parse", "gh-pages").strip()
    with prepared(site, target) as change:
        assert change.foreign == ("Desk: By hand",)
    assert git(remote(target), "rev-parse", "gh-pages").strip() == theirs
    deployed(site, target)
    assert published(target)["index.html"] == "<p>one</p>"
    assert theirs in git(remote(target), "rev-list", "gh-pages").split()


def test_a_branch_that_moves_meanwhile_is_not_overwritten(site: Path, target: Target) -> None:
    """A push that would need force fails with a line, and the branch stays as it is."""
    deployed(site, target)
    written(site, {"index.html": "<p>two</p>"})
    with prepared(site, target), pytest.raises(BuildFailed, match="run deploy again"):
        other(target, {"index.html": "<p>by hand</p>"})
        push(target)
    assert published(target)["index.html"] == "<p>by hand</p>"


def test_the_work_tree_and_its_branches_are_left_alone(site: Path, target: Target) -> None:
    """A local branch of the same name, the index and changed files are as before."""
    git(target.folder, "branch", "gh-pages")
    (target.folder / "notes.txt").write_text("changed")
    state = (("for-each-ref", "refs/heads", "refs/crossreport"), ("status", "--porcelain"))
    before = [git(target.folder, *arguments) for arguments in state]
    deployed(site, target)
    assert [git(target.folder, *arguments) for arguments in state] == before


def test_without_repository_remote_or_name_it_is_wrong_usage(site: Path, target: Target, tmp_path: Path) -> None:
    """Each is told in a line, before anything is done."""
    (tmp_path / "bare").mkdir()
    with pytest.raises(UsageError, match="not in a git repository"), prepared(site, Target(tmp_path / "bare")):
        pass
    with pytest.raises(UsageError, match="no remote 'elsewhere'"), prepared(site, Target(target.folder, "elsewhere")):
        pass
    (tmp_path / "gitconfig").write_text("[user]\nuseConfigOnly = true\n")
    with pytest.raises(UsageError, match="who you are"), prepared(site, target):
        pass


def test_a_remote_that_is_gone_is_told(site: Path, target: Target) -> None:
    """A failure of git's is one line with its words."""
    remote(target).rename(remote(target).with_name("gone.git"))
    with pytest.raises(BuildFailed, match="can't be read"), prepared(site, target):
        pass


@pytest.mark.parametrize(
    ("remote", "url"),
    [
        ("https://github.com/Desk/sound.git", "https://desk.github.io/sound/"),
        ("git@github.com:desk/sound.git", "https://desk.github.io/sound/"),
        ("ssh://git@github.com/desk/sound", "https://desk.github.io/sound/"),
        ("https://token@github.com/desk/desk.github.io.git", "https://desk.github.io/"),
        ("https://git.example.org/desk/sound.git", None),
        ("/srv/git/sound.git", None),
    ],
)
def test_the_address_of_the_pages_follows_from_the_remote(remote: str, url: str | None) -> None:
    """For repositories on GitHub, by owner and name."""
    assert pages_url(remote) == url


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site for the public in ``public/`` beside the articles in ``content/`` that it was made of."""
    folder = tmp_path_factory.mktemp("made")
    content = folder / "content"
    for annotated in digests.digest().articles:
        article = annotated.article
        path = content / "articles" / article.story / f"{article.id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(markdown.dump(markdown.settle(article)), "utf-8")
    (content / "digest.toml").write_text('[rights]\ndefault = "full"\n')
    project = Project.at(content, folder / "public", folder / "work").with_settings(profile="public")
    build([digests.digest()], project=project, output=project.output)
    return folder


@pytest.fixture
def ready(made: Path, target: Target) -> Path:
    """The same in the repository."""
    shutil.copytree(made, target.folder, dirs_exist_ok=True)
    return target.folder


def deploy(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    arguments = ["deploy", "--content", "content", "--output", "public", "--work", "work", *more]
    return subprocess.run(
        [sys.executable, str(ROOT / "publish.py"), *arguments],
        cwd=folder,
        input="",
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_dry_run_says_what_would_be_done_and_does_nothing(ready: Path, target: Target) -> None:
    """Then the push does it, and a second one nothing."""
    done = deploy(ready, "--dry-run")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("gh-pages of origin (first publication): ")
    assert done.stdout.endswith("dry run: nothing is pushed\n")
    assert git(remote(target), "for-each-ref") == ""
    assert deploy(ready).returncode == 0
    assert "rights.html" in git(remote(target), "ls-tree", "--name-only", "gh-pages")
    assert deploy(ready).stdout == "gh-pages of origin: nothing has changed, nothing is pushed\n"
    assert commits(target) == 1


def test_nothing_is_pushed_on_commits_of_others_without_an_answer(ready: Path, target: Target) -> None:
    """Without one it ends with status 1; --yes puts the site on top."""
    deploy(ready)
    other(target, {"index.html": "<p>by hand</p>"})
    done = deploy(ready)
    assert done.returncode == 1
    assert "not ours on the branch: Desk: By hand" in done.stdout
    assert git(remote(target), "show", "gh-pages:index.html") == "<p>by hand</p>"
    assert deploy(ready, "--yes").returncode == 0
    assert commits(target) == 3


def test_a_site_that_is_not_for_the_public_or_does_not_pass_is_not_pushed(ready: Path, target: Target) -> None:
    """Each is told, and the branch is not made."""
    page = ready / "public" / "index.html"
    text = page.read_text("utf-8")
    page.write_text(text.replace("</main>", '<a href="gone.html">x</a></main>'), "utf-8")
    done = deploy(ready)
    assert (done.returncode, done.stderr) == (1, "not published: correct these first\n")
    assert "leads nowhere" in done.stdout
    page.write_text(text, "utf-8")
    account = ready / "public" / "rights.json"
    account.write_text(account.read_text("utf-8").replace('"public"', '"local"'), "utf-8")
    done = deploy(ready)
    assert (done.returncode, done.stdout) == (2, "")
    assert "build it with --profile public" in done.stderr
    assert git(remote(target), "for-each-ref") == ""
