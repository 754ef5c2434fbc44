"""``serve`` shows the site on this machine, and tells the open pages when it was built again."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = "A ferry ran aground\n\nThe ferry Osprey ran aground off Kell on Tuesday, the harbour master said.\n"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder of one article, and the address where its site is shown."""
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "one.txt").write_text(TEXT, encoding="utf-8")
    command = [sys.executable, "-u", str(ROOT / "publish.py"), "serve", str(folder), "--port", "0"]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ}
    )
    try:
        assert process.stdout is not None
        lines: list[str] = []
        for line in process.stdout:
            lines.append(line)
            if found := re.match(r"(http://\S+)", line):
                break
        else:
            pytest.fail("".join(lines))
        yield folder, found[1]
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)
        process.stdout.close()


def get(address: str, seconds: float = 60) -> str:
    with urllib.request.urlopen(address, timeout=seconds) as answer:
        text: str = answer.read().decode("utf-8")
    return text


def test_a_changed_file_is_built_again_and_the_open_page_is_told(served: tuple[Path, str]) -> None:
    folder, address = served
    page = get(address)
    count = int(re.findall(r'EventSource\("/-/reload\?(\d+)"\)', page)[0])
    with urllib.request.urlopen(f"{address}-/reload?{count - 1}", timeout=60) as late:  # opened before a build ended
        assert next(line for line in late if line.startswith(b"data:"))
    with urllib.request.urlopen(address + "-/reload", timeout=60) as waiting:
        (folder / "two.txt").write_text(TEXT.replace("Osprey", "Heron"), encoding="utf-8")
        told = next(line for line in waiting if line.startswith(b"data:"))
    assert told.strip() == b"data: built"
    pages = [p.read_text(encoding="utf-8") for p in (folder.parent / "output").rglob("*.html")]
    assert any("Heron" in page for page in pages)
    assert not any("EventSource" in page for page in pages)


def test_trouble_is_shown_in_the_page(served: tuple[Path, str]) -> None:
    folder, address = served
    with urllib.request.urlopen(address + "-/reload", timeout=60) as waiting:
        (folder / "empty.txt").write_bytes(b"")
        next(line for line in waiting if line.startswith(b"data:"))
    page = get(address)
    assert page.index("empty.txt:1: the file is empty") < page.index("<main")
