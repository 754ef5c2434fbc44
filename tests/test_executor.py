"""One map for all: serial, process pool and Dask give the same results in the same order."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from functools import partial
from pathlib import Path

import pytest

from generator import executor
from generator.errors import BuildFailed, CrossreportError, InputRefused, UsageError

REPO = Path(__file__).resolve().parent.parent


def square(n: int) -> int:
    return n * n


def square_late(n: int) -> int:
    """The earlier the item, the later it is done."""
    time.sleep(0.002 * (20 - n))
    return n * n


def refuse_seven(n: int) -> int:
    if n == 7:
        raise InputRefused("seven is not read", path="inbox/seven.txt", line=7)
    return n


class Unpicklable(Exception):
    def __init__(self) -> None:
        super().__init__(lambda: None)


def fail_oddly(n: int) -> int:
    raise Unpicklable


def die_once(n: int, marker: str) -> int:
    if n == 5 and not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return n


def die_always(n: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return n


@pytest.fixture(scope="module")
def cluster():
    distributed = pytest.importorskip("distributed", reason="Dask is not installed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, protocol="tcp") as cluster:
        yield cluster


@pytest.fixture(params=["serial", "pool", "dask"])
def mapped(request):
    """The map over each of its three implementations."""
    if request.param == "dask":
        return partial(executor.map, scheduler=request.getfixturevalue("cluster").scheduler_address, batch=3)
    return partial(executor.map, workers=1 if request.param == "serial" else 2, batch=3)


def test_results_come_in_the_order_of_the_items(mapped):
    assert list(mapped(square_late, range(20))) == [n * n for n in range(20)]


def test_nothing_in_nothing_out(mapped):
    assert list(mapped(square, [])) == []


def test_an_exception_of_ours_comes_at_its_place_with_path_and_line(mapped):
    seen = []
    with pytest.raises(InputRefused) as caught:
        seen.extend(mapped(refuse_seven, range(20)))
    assert seen == list(range(7))
    assert (caught.value.path, caught.value.line, caught.value.message) == ("inbox/seven.txt", 7, "seven is not read")


def test_an_exception_that_cannot_be_pickled_is_told_in_words():
    with pytest.raises(RuntimeError, match="Unpicklable"):
        list(executor.map(fail_oddly, [1], workers=2))


def test_items_are_read_only_as_far_as_they_are_needed():
    read = []

    def items():
        for n in range(10_000):
            read.append(n)
            yield n

    results = executor.map(square, items(), workers=2, batch=5)
    assert next(results) == 0
    results.close()
    assert len(read) <= 2 * executor.BATCHES_PER_WORKER * 5 + 5


def test_a_killed_pool_worker_costs_its_batch_not_the_run(tmp_path):
    work = partial(die_once, marker=str(tmp_path / "died"))
    assert list(executor.map(work, range(20), workers=2, batch=2)) == list(range(20))
    assert (tmp_path / "died").exists()


def test_a_killed_dask_worker_costs_its_batch_not_the_run(cluster, tmp_path):
    work = partial(die_once, marker=str(tmp_path / "died"))
    results = executor.map(work, range(20), scheduler=cluster.scheduler_address, batch=2)
    assert list(results) == list(range(20))
    assert (tmp_path / "died").exists()


def test_a_batch_that_kills_every_worker_fails_the_build_in_one_line():
    with pytest.raises(BuildFailed, match="died 3 times") as caught:
        list(executor.map(die_always, range(4), workers=2, batch=2))
    assert "\n" not in str(caught.value)


def test_a_dead_scheduler_address_is_one_clear_line(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(executor, "SECONDS_TO_ANSWER", 1)
    with pytest.raises(BuildFailed, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        list(executor.map(square, [1], scheduler="tcp://127.0.0.1:9"))


def test_an_address_that_is_none_is_one_clear_line():
    pytest.importorskip("distributed")
    with pytest.raises(CrossreportError, match="no Dask scheduler answers at nonsense"):
        list(executor.map(square, [1], scheduler="nonsense://x"))


@pytest.mark.parametrize("wrong", [{"workers": 0}, {"batch": 0}])
def test_no_workers_and_empty_batches_are_refused(wrong):
    with pytest.raises(UsageError, match="1 or more"):
        executor.map(square, [1], **wrong)


def test_heavy_parts_are_not_loaded_by_the_import():
    done = subprocess.run(
        [sys.executable, "-c", "import sys, generator.executor; print('distributed' in sys.modules)"],
        cwd=REPO, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "False"


def test_an_interrupt_ends_the_run_at_once_and_leaves_no_worker(tmp_path):
    script = tmp_path / "run.py"
    script.write_text(
        textwrap.dedent(
            """
            import os, sys, time
            from pathlib import Path
            from generator import executor

            def slow(n):
                Path(sys.argv[1], str(os.getpid())).touch()
                time.sleep(60)

            if __name__ == "__main__":
                try:
                    list(executor.map(slow, range(8), workers=2, batch=1))
                except KeyboardInterrupt:
                    sys.exit(130)
            """
        )
    )
    pids = tmp_path / "pids"
    pids.mkdir()
    run = subprocess.Popen(
        [sys.executable, script, pids], env={**os.environ, "PYTHONPATH": str(REPO)}, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    while len(list(pids.iterdir())) < 2:
        assert run.poll() is None, run.stderr.read()
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGINT)
    _, stderr = run.communicate(timeout=30)
    assert run.returncode == 130
    assert "Traceback" not in stderr
    assert not [p for p in pids.iterdir() if Path("/proc", p.name).exists()]
