"""Builds the hostile corpus, each case alone (--each) or all together (--together), and says what did not hold.

    python tests/hostile/run.py [--each] [--together] [--seed N] [--only TEXT] [--full] [--keep FOLDER]

Alone, a case is built by the command line in a process of its own, forked from one that has the parser loaded already;
limits are on processor time and memory of that process. Exit status 1 where something did not hold.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).absolute().parents[2]
sys.path.insert(0, str(ROOT))

from tests.hostile import checks  # noqa: E402
from tests.hostile.case import BUILT, EITHER, PARTLY, REFUSED, Case  # noqa: E402
from tests.hostile.corpus import SEED, corpus, lay  # noqa: E402

SECONDS = 25.0
MEMORY = 400 << 20


@dataclass(frozen=True)
class Done:
    """How a command ended: status, what it printed, processor seconds, most memory."""

    status: int
    out: str
    err: str
    seconds: float
    memory: int


def command(root: Path, *arguments: str) -> Done:
    """The command line in a forked process, started in ``root``."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if not child:
        _become(root, arguments)
    _, status, usage = os.wait4(child, 0)
    out, err = ((root / name).read_text(errors="backslashreplace") for name in (".stdout", ".stderr"))
    code = os.waitstatus_to_exitcode(status)
    return Done(code, out, err, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def _become(root: Path, arguments: Sequence[str]) -> None:
    """In the child: never returns."""
    code = 99
    try:
        os.chdir(root)
        (root / "tmp").mkdir(exist_ok=True)
        os.environ["TMPDIR"] = tempfile.tempdir = str(root / "tmp")
        for name, number in ((".stdout", 1), (".stderr", 2)):
            handle = os.open(root / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(handle, number)
        sys.stdout, sys.stderr = (os.fdopen(n, "w", encoding="utf-8") for n in (1, 2))  # a test runner has its own
        from generator.cli import main

        main(list(arguments))
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 98
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def build(root: Path) -> Done:
    return command(root, "build", "pile", "--work", "work", "--output", "site", "--workers", "1")


def harmless(root: Path) -> set[str]:
    """The elements that a site of harmless articles is made of."""
    from tests.hostile.case import Words

    words = Words(1)
    root.mkdir(parents=True)
    texts = [words.article()[0] for _ in range(3)]
    page = words.page(
        "<ul><li>one of it</li></ul><blockquote><p>a quote</p></blockquote><h2>A head</h2><p><b>b</b> <i>i</i> <a href='http://example.com/'>l</a> and so on with words</p>"
    )[0]
    lay(
        [
            Case("a", "plain", tuple((f"{n}.txt", (t + texts[0]).encode()) for n, t in enumerate(texts))),
            Case("b", "plain", (("p.html", page.encode()),)),
        ],
        root,
    )
    _warm(root)
    found: set[str] = set()
    for path in (root / "site").rglob("*.html"):
        found |= checks.elements_of(path)
    return found | {
        "details",
        "summary",
        "time",
        "em",
        "strong",
        "sup",
        "ul",
        "li",
        "bdi",
        "mark",
        "s",
        "small",
        "table",
        "tbody",
        "thead",
        "tr",
        "td",
        "th",
        "q",
        "cite",
        "ins",
        "del",
        "text",
        "h3",
        "h4",
    }


def _warm(root: Path) -> None:
    """A build in this process, so that what is loaded once is there for every process forked from it."""
    from generator import pipeline
    from generator.project import Project

    pipeline.build(Project.at(Path("content"), root / "site", root / "work", root / "pile"))


def tree(root: Path) -> set[str]:
    """What lies in ``root`` but for what a build may write."""
    skip = {"site", "work", "tmp", ".stdout", ".stderr"}
    found: set[str] = set()
    stack = [str(root)]
    while stack:  # os.walk calls itself a level
        here = stack.pop()
        try:
            entries = [e for e in os.scandir(here) if here != str(root) or e.name not in skip]
        except OSError:  # not to be opened, or deeper than a path may be long
            continue
        found |= {e.path for e in entries}
        stack += [e.path for e in entries if e.is_dir(follow_symlinks=False)]
    return found


def clear(folder: Path) -> None:
    """Removes ``folder``, however deep it is."""
    subprocess.run(["rm", "-rf", "--", str(folder)], check=False)


def troubles(
    cases: Sequence[Case], root: Path, done: Done, before: set[str], home: set[str], sizes: int
) -> Iterator[tuple[str, str]]:
    """(case, what did not hold)."""
    alone = cases[0].name if len(cases) == 1 else "together"
    if "Traceback" in done.err or done.status not in (0, 1, 3):
        yield alone, f"status {done.status}: {done.err[-300:]}"
    yield from _named(cases, done, alone)
    if len(cases) == 1:
        if done.seconds > SECONDS:
            yield alone, f"{done.seconds:.0f} s"
        if done.memory > MEMORY + 40 * sizes:
            yield alone, f"{done.memory >> 20} MB"
    if extra := tree(root) - before:
        yield alone, f"written outside: {sorted(extra)[:3]}"
    if left := list((root / "tmp").iterdir()):
        yield alone, f"left behind: {left[:3]}"
    site = root / "site"
    for trouble in checks.broken_files(site):
        yield alone, trouble
    for page in site.rglob("*.html"):
        strict = len(cases) == 1 or "articles" in page.parts or page.parent.name in ("site", *(c.kind for c in cases))
        for trouble in set(checks.active_content(page, home, strict=strict)):
            yield alone, f"{page.relative_to(site)}: {trouble}"
    pages = [checks.shown_text(p) for p in checks.article_pages(site)]
    for case in cases:
        yield from _kept(case, pages, done)


def _named(cases: Sequence[Case], done: Done, alone: str) -> Iterator[tuple[str, str]]:
    lines = done.err.splitlines()
    must = {name: c for c in cases for name in c.named}
    may = {name for c in cases if c.fate == EITHER for name, _ in c.files} | {c.name for c in cases if c.fate == EITHER}
    for name, case in must.items():
        said = [line for line in lines if name in line]
        if not 1 <= len(said) <= 2:
            yield case.name, f"{name} named on {len(said)} lines"
    for line in lines:
        if line.startswith("no article found in ") and done.status == 1:
            continue
        if not any(name in line for name in must) and not any(_printable(name) in line for name in may):
            yield alone, f"said of what is sound: {line[:300]}"
    refused = bool(lines)
    made = any(c.fate in (BUILT, PARTLY) for c in cases)
    allowed = ({3} if made else {1}) if must else ({0, 3, 1} if refused else {0})
    if done.status not in allowed:
        yield alone, f"status {done.status}, not {allowed}: {done.err[-200:]}"


def _printable(name: str) -> str:
    return name.split("\n")[0].split("\t")[0]


def _kept(case: Case, pages: Sequence[str], done: Done) -> Iterator[tuple[str, str]]:
    if case.fate == REFUSED or (case.fate == EITHER and any(_printable(n) in done.err for n, _ in case.files)):
        return
    for text in case.keep:
        # A line is a line whatever ends it, and may be a paragraph of its own.
        for line in filter(None, map(checks.flat, re.split("[\n\r\v\f\x85\u2028\u2029]", text))):
            if not any(line in page for page in pages):
                yield case.name, f"not on its page: {line[:80]!r}"


def _size(path: str) -> int:
    return 0 if os.path.islink(path) else os.path.getsize(path)


def run_each(cases: Sequence[Case], home: set[str], base: Path) -> Iterator[tuple[str, str]]:
    figures: list[tuple[str, float, int, str]] = []
    for case in cases:
        root = base / "one"
        clear(root)
        root.mkdir()
        lay([case], root)
        before = tree(root)
        sizes = sum(map(_size, filter(os.path.isfile, tree(root))))
        done = build(root)
        figures.append((case.kind, done.seconds, done.memory >> 20, case.name))
        yield from troubles([case], root, done, before, home, sizes)
        refused.update([case.kind] if done.status else [])
    for kind in sorted({f[0] for f in figures}):
        own = [f for f in figures if f[0] == kind]
        _, slow, _, slowest = max(own, key=lambda f: f[1])
        _, _, large, largest = max(own, key=lambda f: f[2])
        print(f"{kind}: {len(own)} alone, {refused[kind]} refused; {slow:.1f} s {slowest}; {large} MB {largest}")


refused: Counter[str] = Counter()


def run_together(cases: Sequence[Case], home: set[str], base: Path) -> Iterator[tuple[str, str]]:
    root = base / "all"
    root.mkdir()
    lay(cases, root)
    before = tree(root)
    done = build(root)
    print(
        f"together: status {done.status}, {done.seconds:.0f} s, {done.memory >> 20} MB, {done.out.strip().splitlines()[:1]}"
    )
    yield from troubles(cases, root, done, before, home, 0)
    done = command(root, "check", "pile", "--work", "work", "--output", "site")
    print(f"its check: status {done.status}, {done.seconds:.0f} s, {done.memory >> 20} MB")
    yield from (("check", line) for line in done.out.splitlines()[:20])


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--each", action="store_true")
    options.add_argument("--together", action="store_true")
    options.add_argument("--seed", type=int, default=SEED)
    options.add_argument("--only", default="", help="cases of these kinds (a,b), or with this in their name")
    options.add_argument("--full", action="store_true", help="with the inputs of tens of megabytes")
    options.add_argument("--keep", type=Path, help="leave everything in this folder")
    given = options.parse_args()
    cases = [
        c
        for c in corpus(given.seed)
        if not given.only or any(c.kind == o or (o and o in c.name) for o in given.only.split(","))
    ]
    cases = [c for c in cases if given.full or not c.full]
    base = given.keep or Path(tempfile.mkdtemp(prefix="hostile-"))
    base.mkdir(exist_ok=True)
    started, found = time.monotonic(), []
    home = harmless(base / "harmless")
    parts: list[Callable[..., Iterator[tuple[str, str]]]] = []
    parts += [run_each] if given.each or not given.together else []
    parts += [run_together] if given.together or not given.each else []
    for part in parts:
        for name, trouble in part(cases, home, base):
            found.append((part.__name__, name))
            print(f"{part.__name__[4:]} {name}: {trouble}", flush=True)
    failed = {(p, n) for p, n in found}
    print(f"{len(cases)} cases, {len(failed)} failed, {time.monotonic() - started:.0f} s")
    if not given.keep:
        clear(base)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
