"""Builds N articles of one title, and says what one costs beside one of 200; N pages must come out.

    python tests/hostile/equal.py [--articles 10000] [--together 10000]

Exit status 1 where pages are missing or an article costs more than twice as much.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).absolute().parents[2]
sys.path.insert(0, str(ROOT))

from tests.hostile.case import Words  # noqa: E402
from tests.hostile.checks import article_pages  # noqa: E402
from tests.hostile.run import build  # noqa: E402

TITLE = "The same title for all of them"


def cost(articles: int, together: int) -> tuple[int, float, int]:
    """How many pages came out, processor seconds, MB."""
    root = Path(tempfile.mkdtemp(prefix="equal-"))
    words = Words(11)
    for n in range(articles):
        path = root / "pile" / f"story-{n // together}" / f"{n}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{TITLE}\n\n{words.paragraph()}\n")
    done = build(root)
    pages = len(article_pages(root / "site"))
    print(
        f"{articles} articles: status {done.status}, {pages} pages, {done.seconds:.0f} s, {done.memory >> 20} MB",
        flush=True,
    )
    print(done.err[:500])
    shutil.rmtree(root)
    return pages, done.seconds, done.memory >> 20


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=10_000)
    options.add_argument("--together", type=int, default=10_000, help="articles in one story")
    given = options.parse_args()
    most: int = given.articles
    none, few, many = (cost(n, given.together) for n in (1, 200, most))
    each = [(some[1] - none[1]) / count for some, count in ((few, 199), (many, most - 1))]
    print(
        f"an article: {1000 * each[0]:.1f} ms of 200, {1000 * each[1]:.1f} ms of {most}: {each[1] / each[0]:.2f} times"
    )
    return 0 if (few[0], many[0]) == (200, most) and each[1] <= 2 * each[0] else 1


if __name__ == "__main__":
    sys.exit(main())
