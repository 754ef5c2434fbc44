"""``deploy``: a finished site to a branch of the repository's remote, as one commit on top of what lies there.

Built on ghp-import. Nothing is ever forced: commits of others on the branch stay in its history, and are asked about
before their files are replaced. The branch's CNAME (the site's own domain) is kept. Nothing of the work tree, the index
or a local branch is touched.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator import __version__
from generator.errors import BuildFailed, UsageError

MARK = "Published-by: crossreport"
_MESSAGE = f"Publish the site\n\n{MARK} {__version__}\n"
_THEIRS = "refs/crossreport/published"
_OURS = "crossreport-publishing"  # a branch while it lasts: ghp-import writes to branches only
_GITHUB = re.compile(r"(?:https://(?:[^@/]+@)?|ssh://git@|git@)github\.com[:/]([^/]+)/(.+?)(?:\.git)?/?")


@dataclass(frozen=True, slots=True)
class Target:
    """Where the site goes: a branch of a remote of the repository that ``folder`` lies in."""

    folder: Path
    remote: str = "origin"
    branch: str = "gh-pages"


@dataclass(frozen=True, slots=True)
class Change:
    """What a deployment would change. ``tip`` is the branch's last commit, ``None`` where there is no branch;
    ``foreign`` are the subjects of the commits since ours that are not ours, newest first.
    """

    tip: str | None
    new: int = 0
    changed: int = 0
    gone: int = 0
    foreign: tuple[str, ...] = ()
    cname: str | None = None

    @property
    def nothing(self) -> bool:
        return self.tip is not None and not (self.new or self.changed or self.gone)


def remote_url(target: Target) -> str:
    """The remote's address. Raises UsageError where there is no repository or no such remote."""
    _git(target, "rev-parse", "--git-dir", wrong="not in a git repository; see docs/deploy.md")
    return _git(
        target, "remote", "get-url", target.remote, wrong=f"git knows no remote {target.remote!r}; see docs/deploy.md"
    ).strip()


def pages_url(remote: str) -> str | None:
    """Where GitHub Pages shows the site of a repository; ``None`` for a remote that is not on GitHub."""
    found = _GITHUB.fullmatch(remote)
    if not found:
        return None
    owner, name = found[1].lower(), found[2]
    return f"https://{owner}.github.io/" + ("" if name.lower() == f"{owner}.github.io" else f"{name}/")


@contextlib.contextmanager
def prepared(site: Path, target: Target) -> Iterator[Change]:
    """The commit that would publish ``site``, as long as the context lasts, and what it would change; :func:`push`
    sends it. Raises UsageError and BuildFailed.
    """
    remote_url(target)
    _git(target, "var", "GIT_COMMITTER_IDENT", wrong="git doesn't know who you are: set user.name and user.email")
    tip = _fetched(target)
    try:
        cname = _kept_cname(site, target, tip)
        _commit(site, target, tip, cname)
        yield Change(tip, *_counts(target, tip), _foreign(target, tip), cname)
    finally:
        for ref in (_THEIRS, f"refs/heads/{_OURS}"):
            _run(target, "update-ref", "-d", ref)


def push(target: Target) -> str:
    """Sends what is prepared; gives the commit. Raises BuildFailed where the remote refuses."""
    _git(
        target, "push", "--quiet", target.remote, f"{_OURS}:refs/heads/{target.branch}",
        failed=f"{target.remote} took nothing; where somebody else published meanwhile, run deploy again",
    )  # fmt: skip
    return _git(target, "rev-parse", "--short", _OURS).strip()


def _fetched(target: Target) -> str | None:
    listed = _git(
        target, "ls-remote", "--heads", target.remote, f"refs/heads/{target.branch}", failed="the remote can't be read"
    )
    if not listed.strip():
        return None
    _git(target, "fetch", "--quiet", target.remote, f"+refs/heads/{target.branch}:{_THEIRS}", failed="can't be fetched")
    return _git(target, "rev-parse", _THEIRS).strip()


def _kept_cname(site: Path, target: Target, tip: str | None) -> str | None:
    """The branch's CNAME, where the site has none of its own."""
    if tip is None or (site / "CNAME").exists():
        return None
    shown = _run(target, "show", f"{tip}:CNAME")
    return shown.stdout.strip() or None if shown.returncode == 0 else None


def _commit(site: Path, target: Target, tip: str | None, cname: str | None) -> None:
    import ghp_import

    if tip is None:
        _run(target, "update-ref", "-d", f"refs/heads/{_OURS}")
    else:
        _git(target, "update-ref", f"refs/heads/{_OURS}", tip)
    before = _run(target, "rev-parse", "--verify", "--quiet", f"refs/heads/{_OURS}").stdout
    try:
        with contextlib.chdir(target.folder):
            ghp_import.ghp_import(
                str(site.resolve()), branch=_OURS, remote=target.remote, mesg=_MESSAGE, nojekyll=True, cname=cname
            )
    except (ghp_import.GhpError, OSError, TypeError) as error:
        raise BuildFailed(f"the site can't be made a commit: {error}", path=site) from error
    if _run(target, "rev-parse", "--verify", "--quiet", f"refs/heads/{_OURS}").stdout == before:
        raise BuildFailed("the site can't be made a commit", path=site)


def _counts(target: Target, tip: str | None) -> tuple[int, int, int]:
    """Files that are new, changed and gone."""
    if tip is None:
        return len(_git(target, "ls-tree", "-r", "--name-only", "-z", _OURS).split("\0")) - 1, 0, 0
    fields = _git(target, "diff-tree", "-r", "-z", "--no-renames", "--name-status", tip, _OURS).split("\0")
    kinds = fields[:-1:2]
    return kinds.count("A"), kinds.count("M") + kinds.count("T"), kinds.count("D")


def _foreign(target: Target, tip: str | None) -> tuple[str, ...]:
    if tip is None:
        return ()
    found: list[str] = []
    for entry in _git(target, "log", "--first-parent", "-z", "--format=%an: %s%n%B", tip).split("\0"):
        head, _, message = entry.partition("\n")
        if MARK in message:
            break
        found.append(head)
    return tuple(f for f in found if f)


def _run(target: Target, *arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 (no shell; our own arguments)
            ["git", *arguments],  # noqa: S607 (the user's git)
            cwd=target.folder,
            env={**os.environ, "LC_ALL": "C"},
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
        )
    except FileNotFoundError as error:
        raise UsageError("git is not installed") from error


def _git(target: Target, *arguments: str, wrong: str = "", failed: str = "") -> str:
    """What git prints. Raises UsageError (with ``wrong``) or BuildFailed (with ``failed``) where it can't."""
    done = _run(target, *arguments)
    if done.returncode == 0:
        return done.stdout
    if wrong:
        raise UsageError(wrong)
    told = " ".join(done.stderr.split()) or f"exit status {done.returncode}"
    raise BuildFailed(f"{failed or 'git ' + arguments[0]}: {told}")
