"""The cache: what is read back equals what would be computed, and nothing that happens to its folder fails a run."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cache import Cache
from generator.model import Article, Paragraph, Role, Span

REPO = Path(__file__).resolve().parent.parent
CALLS: list[tuple] = []


@dataclass(frozen=True, slots=True)
class Parsed:
    text: str
    spans: tuple[Span, ...] = ()
    role: Role | None = None


def parse(text: str, size: int = 1) -> Parsed:
    CALLS.append((text, size))
    return Parsed(text, (Span(0, len(text) * size),), Role.BODY)


def title_of(article: Article) -> str | None:
    CALLS.append((article,))
    return article.title


def parse_again(text: str, size: int = 1) -> Parsed:
    return Parsed(text + "!", (), None)


def misannotated(text: str) -> tuple[str, ...]:
    CALLS.append((text,))
    return [text]  # a list where a tuple is promised


@pytest.fixture
def cache(tmp_path):
    CALLS.clear()
    return Cache(tmp_path / "cache")


def entries(cache: Cache) -> list[Path]:
    return sorted(p for p in cache.folder.rglob("*") if p.is_file())


def test_the_second_call_reads_what_the_first_computed(cache):
    first = cache.memo(parse, "1", "a storm", 2)
    assert cache.memo(parse, "1", "a storm", 2) == first == Parsed("a storm", (Span(0, 14),), Role.BODY)
    assert CALLS == [("a storm", 2)]
    assert sum(cache.hits.values()) == sum(cache.misses.values()) == 1


def test_hits_and_misses_are_counted_by_function(cache):
    for _ in range(3):
        cache.memo(parse, "1", "x")
    cache.memo(parse_again, "1", "x")
    assert {k.rpartition(".")[2]: v for k, v in cache.hits.items()} == {"parse": 2}
    assert {k.rpartition(".")[2]: v for k, v in cache.misses.items()} == {"parse": 1, "parse_again": 1}


def test_a_stored_none_is_not_a_miss(cache):
    article = Article("a", "s", body=(Paragraph("One."),))
    assert [cache.memo(title_of, "1", article) for _ in range(2)] == [None, None]
    assert len(CALLS) == 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param((parse, "2", "x", 1), id="version"),
        pytest.param((parse, "1", "y", 1), id="argument"),
        pytest.param((parse, "1", "x", 2), id="second argument"),
        pytest.param((parse, "1", "x"), id="number of arguments"),
        pytest.param((parse_again, "1", "x", 1), id="function"),
    ],
)
def test_another_version_argument_or_function_is_another_entry(cache, other):
    assert cache.key(parse, "1", "x", 1) != cache.key(*other)


def test_the_key_is_the_same_under_every_hash_seed(cache):
    code = "from generator.cache import Cache; print(Cache(None).key(Cache, '1', {'b': 1, 'a': 2}, frozenset('xyz')))"
    keys = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=REPO, env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }  # fmt: skip
    assert len(keys) == 1


@pytest.mark.parametrize("damage", [b"", b"\0" * 40, b"{}", "truncate", "flip"])
def test_a_damaged_entry_is_a_miss_and_is_mended(cache, damage):
    cache.memo(parse, "1", "a storm")
    (path,) = entries(cache)
    good = path.read_bytes()
    bad = {"truncate": good[:-3], "flip": good[:-5] + bytes([good[-5] ^ 1]) + good[-4:]}.get(damage, damage)
    path.write_bytes(bad)
    assert cache.memo(parse, "1", "a storm").text == "a storm"
    assert len(CALLS) == 2
    assert path.read_bytes() == good


def test_what_would_be_read_back_differently_is_not_stored(cache):
    assert [cache.memo(misannotated, "1", "x") for _ in range(2)] == [["x"], ["x"]]
    assert entries(cache) == []


def test_an_argument_that_is_no_text_of_any_encoding_is_computed_each_time(cache):
    assert [cache.memo(parse, "1", "\ud800").text for _ in range(2)] == ["\ud800"] * 2
    assert len(CALLS) == 2


def test_a_function_without_a_name_is_refused(cache):
    with pytest.raises(ValueError, match="no name of its own"):
        cache.memo(lambda text: text, "1", "x")


def test_a_folder_that_is_a_file_is_said_once_and_works_without(tmp_path):
    (tmp_path / "cache").write_text("mine")
    cache = Cache(tmp_path / "cache")
    assert [cache.memo(parse, "1", "x").text for _ in range(2)] == ["x", "x"]
    assert len(cache.notes) == 1
    assert "can't be used" in cache.notes[0]
    assert (tmp_path / "cache").read_text() == "mine"


def test_a_folder_that_becomes_unusable_is_said_once_and_works_without(cache):
    cache.memo(parse, "1", "x")
    for path in entries(cache):
        path.unlink()
        path.parent.rmdir()
    cache.folder.rmdir()
    cache.folder.write_text("in the way")
    assert [cache.memo(parse, "1", t).text for t in "yz"] == ["y", "z"]
    assert len(cache.notes) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_folder_is_said_once_and_works_without(tmp_path):
    (tmp_path / "cache").mkdir(mode=0o500)
    cache = Cache(tmp_path / "cache")
    assert [cache.memo(parse, "1", t).text for t in "yz"] == ["y", "z"]
    assert len(cache.notes) == 1


def test_no_folder_remembers_nothing_and_says_nothing():
    CALLS.clear()
    cache = Cache(None)
    assert [cache.memo(parse, "1", "x").text for _ in range(2)] == ["x", "x"]
    assert len(CALLS) == 2
    assert cache.notes == []


def test_pruning_deletes_the_longest_unused_first(cache):
    for text in "abc":
        cache.memo(parse, "1", text)
    sizes = {p: p.stat().st_size for p in entries(cache)}
    for age, text in enumerate("abc"):
        path = cache._place(cache.key(parse, "1", text))
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    cache.memo(parse, "1", "c")  # the oldest is used again
    assert cache.prune(sum(sizes.values()) - 1) == 1
    left = [text for text in "abc" if cache._place(cache.key(parse, "1", text)).exists()]
    assert left == ["a", "c"]


def test_pruning_spares_what_this_run_used(cache):
    for text in "ab":
        cache.memo(parse, "1", text)
    os.utime(cache._place(cache.key(parse, "1", "a")), (0, 0))
    assert cache.prune(0) == 1
    assert len(entries(cache)) == 1
    assert Cache(cache.folder, started=cache.started + 3600).prune(0) == 1
    assert entries(cache) == []


def test_pruning_sweeps_what_a_killed_run_left_half_written(cache):
    cache.memo(parse, "1", "x")
    (entry,) = entries(cache)
    old, new = entry.with_name("old.part"), entry.with_name("new.part")
    for path in (old, new):
        path.write_text("half")
    os.utime(old, (0, 0))
    cache.prune(10**9)
    assert [p.exists() for p in (entry, old, new)] == [True, False, True]


def test_two_processes_may_share_a_folder(tmp_path):
    code = """
import sys; sys.path.insert(0, "tests")
from pathlib import Path
from generator.cache import Cache
from test_cache import Parsed, Role, Span, parse
cache = Cache(Path(sys.argv[1]))
texts = [str(n) for n in range(300)]
same = all(cache.memo(parse, "1", t) == Parsed(t, (Span(0, len(t)),), Role.BODY) for t in texts)
print(same, cache.notes)
"""
    runs = [
        subprocess.Popen([sys.executable, "-c", code, tmp_path], cwd=REPO, stdout=subprocess.PIPE, text=True)
        for _ in "ab"
    ]
    assert [r.communicate(timeout=60)[0].strip() for r in runs] == ["True []"] * 2
    assert len([p for p in tmp_path.rglob("*") if p.is_file()]) == 300


@given(st.text(), st.integers(-5, 5))
def test_cached_equals_fresh_for_any_text(tmp_path_factory, text, size):
    cache = Cache(tmp_path_factory.getbasetemp() / "shared")
    fresh = parse(text, size)
    assert cache.memo(parse, "1", text, size) == cache.memo(parse, "1", text, size) == fresh
