"""The same digests by one process, a pool, a Dask cluster of processes, and one of which a worker is killed midway.

    python benchmarks/cluster.py [ARTICLES]        (default: 40)

Each way starts with an empty cache. Printed: whether the digests are the same byte for byte, and the time that passed.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
PER_STORY = 5
WORDS = 150


def digests(project: Any, means: Any) -> bytes:
    """Every digest of the project as one text, made with an empty cache."""
    import msgspec

    from generator import pipeline

    shutil.rmtree(project.cache, ignore_errors=True)
    return msgspec.json.encode(pipeline.digests(project, means))


def kill_one(cluster: Any, progress: threading.Event) -> None:
    """A worker process dies once the first stories are done."""
    progress.wait()
    pid = next(iter(cluster.workers.values())).pid
    os.kill(pid, signal.SIGKILL)
    print(f"  killed worker {pid}")


def main(articles: int) -> None:
    import invented
    from distributed import LocalCluster

    from generator.pipeline import Means, convert
    from generator.project import Project

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        invented.write(folder / "inbox", articles, per_story=PER_STORY, words=WORDS)
        project = Project.at(folder / "none", folder / "output", folder / "work", folder / "inbox")
        convert(project)
        told: dict[str, bytes] = {}
        begun = threading.Event()

        def progress(stage: str, done: int, total: int) -> None:
            if done:
                begun.set()

        def run(way: str, means: Means) -> None:
            started = time.perf_counter()
            told[way] = digests(project, means)
            same = "the same" if told[way] == told["one process"] else "DIFFERENT"
            print(f"{way}: {time.perf_counter() - started:.1f} s, {len(told[way]):,} bytes, {same}", flush=True)

        run("one process", Means())
        run("pool of two", Means(workers=2))
        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, protocol="tcp") as cluster:
            run("Dask, two processes", Means(scheduler=cluster.scheduler_address))
            threading.Thread(target=kill_one, args=(cluster, begun), daemon=True).start()
            run("Dask, a worker killed", Means(scheduler=cluster.scheduler_address, progress=progress))
        sys.exit(len(set(told.values())) != 1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 40)
