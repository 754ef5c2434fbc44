"""A site is the same bytes on any machine: nothing of the clock, the place or the surroundings is in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.case import Words
from tests.hostile.kill import ROOT, same


def laid(root: Path, *, late: bool) -> Path:
    """Two stories with dates, a page and a table; the files are of today, or of long ago and in another order."""
    words = Words(9)
    texts = {f"quay/{n}.txt": f"{words.article()[0]}\nPublished 2023-09-1{n} 08:30\n" for n in range(3)}
    texts["ferry/a.html"] = words.page("<p>It was 5 May 2024, 10:00.</p>")[0]
    texts["ferry/b.jsonl"] = (
        '{"title": "A", "text": "The ferry of Orrel sailed.", "published": "2024-05-05T10:00:00"}\n'
    )
    for name in sorted(texts, reverse=late):
        path = root / "pile" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts[name], "utf-8")
        if late:
            os.utime(path, (1, 1))
            path.chmod(0o400)
    return root


def build(root: Path, home: Path, **env: str) -> None:
    command = [sys.executable, str(ROOT / "publish.py"), "build", str(root / "pile"), "--workers", "1"]
    command += ["--work", str(root / "work"), "--output", str(root / "site")]
    path = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(home)}
    done = subprocess.run(command, cwd=home, env=path | env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are set")
def test_another_clock_zone_language_home_folder_and_mask_change_no_byte(tmp_path: Path) -> None:
    one = laid(tmp_path / "one", late=False)
    other = laid(tmp_path / "an other place" / "d\u00e9p\u00f4t", late=True)
    build(one, tmp_path, TZ="UTC", LANG="C")
    before = os.umask(0o077)
    try:
        home = other / "home"
        home.mkdir()
        for name in ("pelicanconf.py", "jinja2.py", "markdown_it.py", "sitecustomize_.py"):
            (home / name).write_text("raise SystemExit('executed')")
        surroundings = {"LANG": "tr_TR.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "77", "SOURCE_DATE_EPOCH": "1"}
        build(other, home, TZ="Pacific/Kiritimati", USER="somebody", **surroundings)
    finally:
        os.umask(before)
    assert same(one / "site", other / "site")
    everything = b"".join(p.read_bytes() for p in (one / "site").rglob("*") if p.is_file())
    assert not [word for word in (str(tmp_path), str(ROOT), os.uname().nodename) if word.encode() in everything]
    shutil.rmtree(other)
