"""Kills a rebuild at random moments while a reader polls the site, and says how often it was met broken or missing.

    python tests/hostile/kill.py [--times 100] [--signal KILL|INT|TERM] [--cold] [--seed N]
    python tests/hostile/kill.py --disk

Then builds once more and compares with a clean build, byte for byte. With ``--cold`` the cache is gone each time, so that
all of the work is done anew. ``--disk`` fills a disk of a few megabytes (a tmpfs, for which one must be root) by a bit
more at each build. Exit status 1 where anything did not hold.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).absolute().parents[2]
sys.path.insert(0, str(ROOT))

from tests.hostile.case import Words  # noqa: E402


def pile(root: Path, articles: int = 4) -> Path:
    """A folder of two stories of harmless articles."""
    words = Words(3)
    for n in range(articles):
        path = root / "pile" / f"story-{n % 2}" / f"{n}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words.article()[0])
    return root / "pile"


def start(root: Path, *more: str) -> subprocess.Popen[str]:
    """A build of ``root``/pile into ``root``/site."""
    return subprocess.Popen(
        [sys.executable, str(ROOT / "publish.py"), "build", "pile", "--work", "work", "--output", "site", "--workers", "1", *more],
        cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def same(a: Path, b: Path) -> bool:
    """Whether two folders hold the same files, byte for byte."""
    files = [sorted(p.relative_to(x) for p in x.rglob("*") if p.is_file()) for x in (a, b)]
    return files[0] == files[1] and not any(filecmp.cmpfiles(a, b, [str(f) for f in files[0]], shallow=False)[1:])


class Poll(threading.Thread):
    """Reads the site over and over: its first page, and the file that every page is styled by."""

    def __init__(self, site: Path) -> None:
        super().__init__(daemon=True)
        self.site, self.reads, self.missing, self.broken = site, 0, 0, 0
        self.stopped = threading.Event()

    def run(self) -> None:
        """Until stopped."""
        while not self.stopped.is_set():
            self.reads += 1
            try:
                page = (self.site / "index.html").read_text()
            except OSError:
                self.missing += 1
                continue
            self.broken += not page.rstrip().endswith("</html>")
            time.sleep(0.001)


def fill() -> int:
    """Builds on a disk with more and more room; what doesn't fit is one line, and the site stays."""
    base = Path(tempfile.mkdtemp(prefix="disk-"))
    root = base / "disk"
    root.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o"]
    subprocess.run([*mount, "size=64m", "tmpfs", str(root)], check=True)
    wrong, full = 0, 0
    try:
        pile(root)
        start(root).wait()
        shutil.copytree(root / "site", base / "clean")
        used = shutil.disk_usage(root).used
        for room in (0, 4, 12, 40, 100, 200, 300, 400, 600, 900, 1200, 2000):
            late = root / "pile" / "story-0" / "late.txt"
            late.write_text("A late report\n\nThe ferry of Orrel sailed on Monday, the master said.\n")
            subprocess.run(["mount", "-o", f"remount,size={used + 4096 + 1024 * room}", str(root)], check=True)
            run = start(root)
            out, err = run.communicate()
            full += run.returncode != 0
            late.unlink()
            if run.returncode and (
                run.returncode != 1 or len(err.splitlines()) != 1 or not same(root / "site", base / "clean")
            ):
                wrong += 1
                print(f"{room} kB: status {run.returncode}: {out} {err!r}")
            subprocess.run(["mount", "-o", "remount,size=64m", str(root)], check=True)
            last = start(root)
            _, err = last.communicate()
            # After a build that did fit, the next one says what is gone since.
            if last.returncode or (run.returncode and not same(root / "site", base / "clean")):
                wrong += 1
                print(f"{room} kB: the next build differs, status {last.returncode}: {err!r}")
            shutil.rmtree(root / "site")
            shutil.rmtree(root / "work")
            start(root).wait()
        left = sorted(p for p in os.listdir(root) if p not in ("pile", "work", "site"))
    finally:
        subprocess.run(["umount", str(root)], check=False)
    shutil.rmtree(base)
    print(f"12 sizes of a disk, {full} too small; {wrong} wrong; left behind: {left}")
    return 1 if wrong or left or not full else 0


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--times", type=int, default=100)
    options.add_argument("--signal", default="KILL", choices=["KILL", "INT", "TERM"])
    options.add_argument("--cold", action="store_true", help="without the cache")
    options.add_argument("--disk", action="store_true", help="fill a small disk instead")
    options.add_argument("--seed", type=int, default=7)
    given = options.parse_args()
    if given.disk:
        return fill()
    number, pick = getattr(signal, f"SIG{given.signal}"), random.Random(given.seed)
    root = Path(tempfile.mkdtemp(prefix="kill-"))
    pile(root)
    began = time.monotonic()
    start(root).wait()
    shutil.copytree(root / "site", root / "clean")
    started = time.monotonic()
    if given.cold:
        shutil.rmtree(root / "work", ignore_errors=True)
    start(root).wait()
    length = time.monotonic() - started
    reader = Poll(root / "site")
    reader.start()
    wrong, hit = 0, 0
    for _ in range(given.times):
        if given.cold:  # which is not there where the last one was killed at once
            shutil.rmtree(root / "work", ignore_errors=True)
        run = start(root)
        time.sleep(pick.uniform(0.02, 1.1 * length))
        run.send_signal(number)
        out, err = run.communicate()
        hit += run.returncode != 0
        if not same(root / "site", root / "clean"):
            wrong += 1
            print("the site is not the old one")
        if given.signal != "KILL" and run.returncode not in (0, 1):
            wrong += 1
            print(f"status {run.returncode}: {out} {err}")
        if given.signal != "KILL" and run.returncode == 1 and len(err.splitlines()) != 1:
            wrong += 1
            print(f"not one line: {err!r}")
    reader.stopped.set()
    last = start(root)
    last.communicate()
    whole = last.returncode == 0 and same(root / "site", root / "clean")
    left = sorted(p for p in os.listdir(root) if p not in ("pile", "work", "site", "clean"))
    parts = list((root / "work").rglob("*.part"))
    print(
        f"{given.times} times SIG{given.signal}, {hit} while it ran ({time.monotonic() - began:.0f} s): {reader.reads} reads, {reader.missing} missing, {reader.broken} broken; {wrong} wrong; next build {'the same' if whole else 'DIFFERS'}; left behind: {left + parts}"
    )
    shutil.rmtree(root)
    return 1 if reader.missing or reader.broken or wrong or not whole or left else 0


if __name__ == "__main__":
    sys.exit(main())
