"""What is installed and what runs on other machines: hashes, wheels, and the workflows' rights."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
LOCKED = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("path", LOCKED, ids=lambda p: p.name)
def test_every_package_has_its_hashes_and_none_runs_when_installed(path: Path) -> None:
    """A lock file takes wheels only, and nothing whose hash it doesn't name."""
    text = path.read_text("utf-8")
    assert text.startswith("--only-binary :all:\n")
    entries = re.split(r"\n(?=[a-z0-9])", text.partition("\n\n")[2])
    assert len(entries) > 50
    assert [e.split()[0] for e in entries if not re.match(r"[\w.-]+==\S+.*\\\n\s+--hash=sha256:[0-9a-f]{64}", e)] == []


def test_what_is_tested_is_what_is_used() -> None:
    """The lock files for tests and development have every package of the site in its versions."""
    site, *more = [versions(ROOT / "requirements" / f"{name}.txt") for name in ("site", "test", "dev")]
    assert all(site.items() <= other.items() for other in more)


def versions(path: Path) -> dict[str, tuple[str, ...]]:
    """Some packages have two, for older and newer Python."""
    found: dict[str, tuple[str, ...]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", path.read_text("utf-8"), re.MULTILINE):
        found[name] = (*found.get(name, ()), version)
    return found


def workflow(name: str) -> dict[Any, Any]:
    loaded = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_a_workflow_has_no_right_but_those_of_its_jobs(path: Path) -> None:
    """Nothing for the whole; a job that checks out leaves no credentials behind; GitHub's own actions alone."""
    loaded = workflow(path.name)
    assert loaded["permissions"] == {}
    for job in loaded["jobs"].values():
        assert job["permissions"]
        assert job["timeout-minutes"]
        for step in job["steps"]:
            assert re.fullmatch(r"actions/[\w-]+@v\d+", step.get("uses", "actions/none@v1"))
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False
            assert "${{" not in step.get("run", "")


def test_pages_are_built_for_the_public_checked_and_then_deployed() -> None:
    """By two jobs, the second alone with the right to publish; one at a time, and what has begun is finished."""
    loaded = workflow("pages.yml")
    assert loaded["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    build, deploy = loaded["jobs"]["build"], loaded["jobs"]["deploy"]
    assert build["permissions"] == {"contents": "read", "pages": "read"}
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"}
    assert (deploy["needs"], deploy["environment"]["name"]) == ("build", "github-pages")
    steps = [s.get("uses", s.get("run", "")).partition("@")[0] for s in build["steps"]]
    assert steps == [
        "actions/checkout", "actions/setup-python", "actions/configure-pages", "make public",
        "actions/upload-pages-artifact",
    ]  # fmt: skip
    assert next(s for s in build["steps"] if "run" in s)["env"] == {"SITEURL": "${{ steps.pages.outputs.base_url }}"}
    rule = re.search(r"^public:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert rule
    assert [line.split("publish.py ")[1] for line in rule[1].splitlines()] == ["build --profile public", "check"]
