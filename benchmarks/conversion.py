"""What conversion costs: CPU time from Capture to Article, beside a fixed baseline in the same run.

    python benchmarks/conversion.py [FOLDER] [--rounds 5]        (default: ../shared/pages/crop-aed/in)

The baseline is a loop of 1,000,000 squarings in plain Python, timed before and after each round: a machine that is busy
or slow slows both. Printed: articles a second of CPU time, baseline loops an article, and, where FOLDER has HTML files,
the time against trafilatura's own for the same files. One process, warm, the best of the rounds.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from generator.converter import convert  # noqa: E402
from generator.intake import read  # noqa: E402


def baseline() -> float:
    start = time.process_time()
    sum(i * i for i in range(1_000_000))
    return time.process_time() - start


def cost(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """CPU seconds of the best round, and the least number of baselines a round."""
    seconds, ratio = [], []
    for _ in range(rounds):
        before = baseline()
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
        ratio.append(seconds[-1] / ((before + baseline()) / 2))
    return min(seconds), min(ratio)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = ROOT.parent / "shared" / "pages" / "crop-aed" / "in"
    parser.add_argument("folder", type=Path, nargs="?", default=default)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    files = sorted(args.folder.iterdir())
    captures = [c for path in files for c in read(path, root=args.folder)]
    for capture in captures:  # warm: lexicons and patterns are loaded once
        convert(capture, story="s")
    seconds, ratio = cost(lambda: [convert(c, story="s") for c in captures], args.rounds)
    n = len(captures)
    print(f"{n} captures: {n / seconds:.0f} a second of CPU time, {ratio / n:.4f} baselines each")
    pages = [path.read_text(encoding="utf-8", errors="replace") for path in files if path.suffix == ".html"]
    if pages:
        from trafilatura import extract

        whole = cost(lambda: [convert(c, story="s") for p in files for c in read(p, root=args.folder)], args.rounds)
        own = cost(
            lambda: [extract(p, favor_precision=True, include_comments=False, deduplicate=False) for p in pages],
            args.rounds,
        )
        print(f"read and converted: {whole[1] / own[1]:.2f} times trafilatura's own time")


if __name__ == "__main__":
    main()
