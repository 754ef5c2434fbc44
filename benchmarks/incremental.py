"""Random edits (articles, names, hand edits, theme, settings, decisions, damage), a build after each, and after every
tenth the question whether the site is byte for byte the one that would be built from nothing.

    python benchmarks/incremental.py [EDITS] [ARTICLES] [SEED]      (default: 200 edits, 40 articles, seed 1)

Sentences are taken as mentions as they stand, without the parser: what is asked is what depends on what.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

EVERY = 10


def main(count: int = 200, articles: int = 40, seed: int = 1) -> None:
    import edits
    from test_incremental import annotate_simply

    from generator import summarizer
    from generator.summarizer import embedding

    summarizer.annotate = annotate_simply
    embedding.installed = lambda: None  # type: ignore[assignment]
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        project = edits.project(Path(folder) / "kept")
        for _ in range(articles):
            edits.add(rng, project)
        edits.build(project)
        spent, wrong = 0.0, 0
        for number in range(1, count + 1):
            edit = rng.choice(edits.EDITS)
            edit(rng, project)
            before = time.process_time()
            edits.build(project)
            spent += time.process_time() - before
            if number % EVERY == 0 or number == count:
                found = edits.different(project.output, edits.from_nothing(project, Path(folder) / "cold"))
                wrong += bool(found)
                print(f"{number} edits, the last {edit.__name__}: {len(found)} files differ {found[:3]}", flush=True)
        print(f"{count} edits, seed {seed}: {wrong} comparisons failed; {spent / count:.2f} CPU s a build")
        sys.exit(bool(wrong))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
