"""Every regular expression of the program takes time linear in a hostile text: measured in work, not on a clock."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from functools import _lru_cache_wrapper

import pytest

import generator

SKIP = ("generator.site.pelican_run", "generator.site.reading", "generator.site.writing")
# What makes a careless expression go back over what it has read: runs, near misses, marks that open and don't close.
BOMBS = (
    *("a", " ", "\n", ".", ". ", "Aa ", "A. ", "1", "1,", "1/1/", '"a ', "’", "“", "(a ", "[", "<a", "<!--", "&", "- "),
    *("a-", "_", "|"),
    *("a: ", "a@", "http://a", "a/", "é", "港", "By ", "1 May ", "\\", "<meta ", "+AA-", "~{", "\r", "a,b "),
)
SIZE = 1500


def modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(generator.__path__, "generator."):
        if found.name not in SKIP:
            yield found.name


def patterns(name: str) -> Iterator[tuple[str, re.Pattern]]:
    """The compiled expressions of a module: its globals, what they hold, and what its cached builders without arguments
    give.
    """
    module = importlib.import_module(name)
    for key, value in vars(module).items():
        if (
            isinstance(value, _lru_cache_wrapper)
            and value.__module__ == name
            and not value.__wrapped__.__code__.co_argcount
        ):
            try:
                value = value()
            except Exception:  # what needs more than is here, a parser or a model, holds no expressions
                continue
        for n, pattern in enumerate(_inside(value, 3)):
            yield f"{key}[{n}]", pattern


def _inside(value: object, depth: int) -> Iterator[re.Pattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        for inner in value.values():
            yield from _inside(inner, depth - 1)
    elif depth and isinstance(value, (tuple, list)):
        for inner in value:
            yield from _inside(inner, depth - 1)


def cost(pattern: re.Pattern, text: str | bytes) -> float:
    """Processor seconds to find all matches; the least of three tries."""
    best = 9e9
    for _ in range(3):
        start = time.process_time()
        for _ in pattern.finditer(text):
            pass
        best = min(best, time.process_time() - start)
        if best < 0.002:
            break
    return best


@pytest.mark.parametrize("name", sorted(modules()))
def test_no_expression_takes_more_than_linear_time(name: str) -> None:
    slow = []
    for key, pattern in patterns(name):
        kind = bytes if isinstance(pattern.pattern, bytes) else str
        for bomb in BOMBS:
            unit = bomb if kind is str else bomb.encode()
            text = unit * (SIZE // len(unit))
            # Eight times the text: eight times the work where it is linear, sixty-four where it is quadratic.
            if cost(pattern, text) > 0.01 and cost(pattern, text * 8) > 30 * cost(pattern, text):
                slow.append((key, bomb))
    assert slow == []
