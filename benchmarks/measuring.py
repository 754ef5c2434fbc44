"""What the benchmarks share: a measurement in a process of its own, how it grows, and the table in the docs."""

from __future__ import annotations

import json
import math
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "performance.md"
Found = dict[str, float]


def cpu() -> float:
    """CPU seconds, user and system, of this process and of those it has ended."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def child(script: str, name: str, *arguments: object) -> Found:
    """What the function ``name`` of ``script`` measured, run alone; with the time that passed in all ("passed") and the
    peak memory of its largest process in MiB ("peak"). Ends the benchmark where it failed: no table is written then.
    """
    command = [sys.executable, script, "--child", name, *map(str, arguments)]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        lines = done.stderr.decode(errors="replace").splitlines()
        sys.exit("\n".join([*lines[-8:], f"{name} failed; nothing was written"]))
    return {**json.loads(done.stdout.decode().splitlines()[-1]), "passed": time.perf_counter() - started}


def answer(functions: dict[str, Callable[..., Found]], arguments: list[str]) -> None:
    """The other side of :func:`child`."""
    found = functions[arguments[0]](*map(Path, arguments[1:]))
    peak = max(resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    print(json.dumps({"peak": peak, **found}))


Values = Sequence[float | None]


def ratio(a: Values, b: Values) -> list[float | None]:
    return [x / y if x is not None and y else None for x, y in zip(a, b, strict=True)]


def row(name: str, sizes: Sequence[int], values: Values, form: str = "{:.1f}", grows: bool = True) -> tuple[str, ...]:
    """A line of the table; the last cell is the exponent with which the last two sizes grow."""
    told = ["–" if v is None else form.format(v) for v in values]
    exponent = "–"
    for (a, b), (small, large) in zip(pairwise(values), pairwise(sizes), strict=True):
        if grows and a and b:
            exponent = f"{math.log(b / a) / math.log(large / small):.2f}"
    return (name, *told, exponent)


def write(command: str, sizes: Sequence[int], rows: list[tuple[str, ...]], part: str) -> None:
    """The table, on the screen and in docs/performance.md between the marks of ``part``."""
    head = ("", *(f"{size:,} articles" for size in sizes), "grows with exponent")
    lines = [head, ("---", *("--:" for _ in head[1:])), *rows]
    told = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    print(told)
    loads = ", ".join(f"{x:.0f}" for x in os.getloadavg())
    made = f"`{command}`, Python {sys.version.split()[0]}, {os.cpu_count()} cores, load at the end {loads}"
    marks = f"<!-- {part} -->", f"<!-- end of {part} -->"
    text = TABLE.read_text(encoding="utf-8")
    start, end = text.index(marks[0]) + len(marks[0]), text.index(marks[1])
    TABLE.write_text(f"{text[:start]}\n{made}\n\n{told}\n{text[end:]}", encoding="utf-8")
