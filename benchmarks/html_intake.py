"""What reading a saved page costs: our intake and conversion against trafilatura's own extraction, page by page.

    python benchmarks/html_intake.py [FOLDER ...] [--repeat N]     (default: the saved pages beside the repository)

Each page is read by both, one after the other and in turns first, so that what else runs on the machine weighs alike on
both; CPU seconds of this process count, and of the repeats the fastest. trafilatura runs with the settings that we run
it with and with its metadata, as whoever used it alone would. Printed: seconds a page of each, and the ratio, that of
the sums and the median page's. Exit status 1 where the ratio of the sums is above 1.5.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SETS = ("html-aed", "html-fut")
BAR = 1.5


def pages(folders: list[Path]) -> list[Path]:
    """The saved pages under ``folders``, in order."""
    return [p for folder in folders for p in sorted(folder.rglob("*.html"))]


def ours(path: Path) -> None:
    """Reading and converting, to the article; nothing is written."""
    from generator.converter import convert
    from generator.intake import read

    for capture in read(path, root=path.parent):
        convert(capture, story="benchmark")


def theirs(path: Path) -> None:
    """What whoever used trafilatura alone would run: extraction with metadata."""
    import trafilatura

    options = {"favor_precision": True, "include_comments": False, "deduplicate": False, "with_metadata": True}
    trafilatura.extract(path.read_bytes(), output_format="markdown", include_formatting=True, **options)


def seconds(function: Callable[[Path], None], path: Path) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    function(path)
    return time.process_time() - start


def measure(found: list[Path], repeat: int) -> list[tuple[float, float]]:
    """For each page, the seconds of ours and of theirs."""
    for warm in found[:3]:
        ours(warm), theirs(warm)
    times = []
    for n, path in enumerate(found):
        order = (ours, theirs) if n % 2 else (theirs, ours)
        best = {f: min(seconds(f, path) for _ in range(repeat)) for f in order}
        times.append((best[ours], best[theirs]))
    return times


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--repeat", type=int, default=2)
    options = parser.parse_args()
    folders = options.folders or [ROOT.parent / "shared" / "pages" / name / "in" for name in SETS]
    found = pages(folders)
    if not found:
        print("no saved pages found; give a folder of them")
        return 2
    logging.disable(logging.CRITICAL)
    times = measure(found, options.repeat)
    mine, other = (sum(t[k] for t in times) for k in (0, 1))
    print(f"{len(found)} pages: ours {mine / len(found):.4f} s, trafilatura {other / len(found):.4f} s a page (CPU)")
    print(f"ratio {mine / other:.2f}; of the median page {median(a / b for a, b in times):.2f}; at most {BAR}")
    return 0 if mine <= BAR * other else 1


if __name__ == "__main__":
    sys.exit(main())
