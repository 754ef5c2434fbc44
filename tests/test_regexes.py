"""No regular expression of the program does more than linear work on a text that was made to be hard for it.

The texts are made of each expression: what comes before an open repetition, then what the repetition takes, over and
over, then what nothing goes on with; and all of that in turn over and over. Work is processor time of this thread, and
what counts is how it grows: what is slow at one length is measured at a quarter of it, side by side.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from functools import _lru_cache_wrapper, cache
from pathlib import Path
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import generator

LENGTH = 5000
SUSPECT = 0.006  # seconds for that length: 1.2 µs a letter
HOPELESS = 0.05  # seconds for a short text
GROWS = 9  # times the work at four times the length: 4 where it is linear, 16 where it is quadratic
OPEN = 40  # a repetition that may go on for longer counts as one without end
ANYWHERE = "finditer"
END = "\x01"  # what no expression goes on with, if it was not made to
_REPEATS = {code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT}
_LOOKS = {code.ASSERT, code.ASSERT_NOT}
# Asked from a loop over several, so that their module doesn't show it.
HOW = {
    "generator.site.reasons._REASONS": "fullmatch",
    "generator.summarizer.attribution.titles._LABEL": "fullmatch",
    "generator.summarizer.attribution.titles._SIGNED": "fullmatch",
}
AT_MOST = {"generator.summarizer.quotes._NAME_BEFORE": 120}  # letters that it is given
# Asked of pages that we wrote, where each of these tags stands once and all text is escaped.
ONCE = {"generator.site.searching._MAIN", "generator.site.searching._ARTICLE"}
# Not imported: they set up the site's builder.
_APART = ("generator.site.pelican_run", "generator.site.reading", "generator.site.writing")


# --- the expressions of the program -----------------------------------------------------------------------------------


def expressions() -> Iterator[tuple[str, re.Pattern[Any], str]]:
    """Every expression with where it is and how it is asked: globals and what they hold, what cached builders without
    arguments give, and what stands in a call of ``re`` in a function.
    """
    for found in pkgutil.walk_packages(generator.__path__, "generator."):
        if found.name in _APART:
            continue
        module = importlib.import_module(found.name)
        text = Path(str(module.__file__)).read_text(encoding="utf-8")
        for key, value in vars(module).items():
            if isinstance(value, re.Pattern) or getattr(value, "__module__", found.name) == found.name:
                how = _asked(found.name, key, text) if isinstance(value, (re.Pattern, tuple)) else ANYWHERE
                yield from ((f"{found.name}.{key}", p, how) for p in _held(_built(value), 3))
        yield from _written(found.name, text)


def _asked(module: str, key: str, text: str) -> str:
    """The one method that a module asks its expression by, where that starts at a text's beginning."""
    if (where := f"{module}.{key}") in HOW:
        return HOW[where]
    uses = set(re.findall(rf"\b{re.escape(key)}\b(?!\s*=|\s*:)(?:\.(\w+)\()?", text))
    return uses.pop() if len(uses) == 1 and uses <= {"match", "fullmatch"} else ANYWHERE


def _built(value: object) -> object:
    if not isinstance(value, _lru_cache_wrapper):
        return value
    function = value.__wrapped__
    says = str(function.__annotations__.get("return", ""))
    return value() if "Pattern" in says and not function.__code__.co_argcount else None


def _held(value: object, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, (dict, tuple, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _held(inner, depth - 1)


def _written(name: str, text: str) -> Iterator[tuple[str, re.Pattern[Any], str]]:
    module = ast.parse(text)
    for node in (
        n for function in ast.walk(module) if isinstance(function, ast.FunctionDef) for n in ast.walk(function)
    ):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            first, how = (node.args or [None])[0], ast.unparse(node.func)[3:]
            if isinstance(first, ast.Constant) and how != "escape":
                flags = (
                    ast.unparse(node.args[2]) if len(node.args) > 2 and how in ("match", "fullmatch", "search") else ""
                )
                flags = flags or next((ast.unparse(k.value) for k in node.keywords if k.arg == "flags"), "0")
                known = how if how in ("match", "fullmatch") else ANYWHERE
                yield f"{name}:{node.lineno}", re.compile(first.value, eval(flags, {"re": re})), known


# --- texts that are hard for one --------------------------------------------------------------------------------------


def hard(pattern: re.Pattern[Any]) -> Iterator[str]:
    """Units of text: each is for being written over and over, with ``END`` after it."""
    tree = parser.parse(
        pattern.pattern, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    )
    units: dict[str, None] = {}
    for before, body in _repeats(tree, ""):
        for unit in (body, before + body * 3, before + body * 3 + END, before + END):
            if unit.strip(END):
                units[unit] = None
    yield from units


def _repeats(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """(what leads to it, what it takes once) of each open repetition."""
    for op, value in tree:
        if op in _REPEATS:
            low, high, inner = value
            yield from _repeats(inner, before)
            if high >= OPEN:
                for body in _samples(inner):
                    yield before[-60:], body
            before += _sample(inner) * min(low, 3)
        elif op is code.BRANCH:
            for branch in value[1]:
                yield from _repeats(branch, before)
            before += _sample(value[1][0])
        elif op is code.SUBPATTERN:
            yield from _repeats(value[-1], before)
            before += _sample(value[-1])
        elif op in _LOOKS:
            yield from _repeats(value[1], before)
        elif op is code.ATOMIC_GROUP:
            yield from _repeats(value, before)
            before += _sample(value)
        else:
            before += _one(op, value)


def _samples(tree: Any) -> set[str]:
    """A few texts that ``tree`` takes: of a choice each of the first branches, of a class white space and a letter."""
    if len(tree) == 1 and tree[0][0] is code.BRANCH:
        return {_sample(b) for b in tree[0][1][1][:4]} - {""}
    if len(tree) == 1 and tree[0][0] is code.SUBPATTERN:
        return _samples(tree[0][1][-1])
    if len(tree) == 1 and tree[0][0] in (code.IN, code.ANY, code.NOT_LITERAL):
        taken = re.compile(".", re.DOTALL) if tree[0][0] is code.ANY else None
        return {c for c in "a 1\n.A" if (taken or _class(tree[0])).match(c)} or {_sample(tree)}
    return {_sample(tree)} - {""}


def _sample(tree: Any) -> str:
    out = ""
    for op, value in tree:
        if op in _REPEATS:
            out += _sample(value[2]) * (min(value[0], 3) or (value[1] >= OPEN))
        elif op is code.BRANCH:
            out += _sample(value[1][0])
        elif op is code.SUBPATTERN:
            out += _sample(value[-1])
        elif op is code.ATOMIC_GROUP:
            out += _sample(value)
        else:
            out += _one(op, value)
    return out


def _one(op: Any, value: Any) -> str:
    if op is code.LITERAL:
        return chr(value)
    if op is code.ANY:
        return "a"
    if op in (code.IN, code.NOT_LITERAL):
        return _letter(repr((op, value)), (op, value))
    return ""


_letters: dict[str, str] = {}


def _letter(key: str, item: tuple[Any, Any]) -> str:
    if key not in _letters:
        taken = _class(item)
        first = (chr(n) for n in (97, 65, 32, 49, *range(33, 0x3000)))
        _letters[key] = next((c for c in first if taken.match(c)), "")
    return _letters[key]


def _class(item: tuple[Any, Any]) -> re.Pattern[str]:
    """An expression for one class alone."""
    from re import _compiler  # type: ignore[attr-defined]

    return _compiler.compile(_tree(item))  # type: ignore[no-any-return]


def _tree(item: tuple[Any, Any]) -> Any:
    state = parser.State()
    state.str, state.flags = "", re.UNICODE
    return parser.SubPattern(state, [item])


# --- how the work grows -----------------------------------------------------------------------------------------------


def work(pattern: re.Pattern[Any], unit: str, length: int, how: str) -> float:
    """Processor seconds to find all there is in ``length`` letters, or to match them (``how``: the method)."""
    text: Any = (unit * (length // len(unit) + 1))[:length] + END
    if isinstance(pattern.pattern, bytes):
        text = text.encode("utf-8")
    start = time.thread_time()
    found = getattr(pattern, how)(text)
    if how == ANYWHERE:
        for _ in found:
            pass
    return time.thread_time() - start


def superlinear(pattern: re.Pattern[Any], unit: str, how: str = ANYWHERE, most: int = LENGTH) -> bool:
    # What doubles with each letter is met while it can still be waited for.
    for length in (n for n in (18, 22, 24, 26, 30, 60, 120, 250, 1000) if n <= most):
        if work(pattern, unit, length, how) > HOPELESS:
            return min(work(pattern, unit, length, how) for _ in range(2)) > HOPELESS
    if most < LENGTH or work(pattern, unit, LENGTH, how) < SUSPECT:
        return False
    pairs = [(work(pattern, unit, LENGTH, how), work(pattern, unit, LENGTH // 4, how)) for _ in range(4)]
    return min(long for long, _ in pairs) > max(SUSPECT, GROWS * min(short for _, short in pairs))


@cache
def slow() -> tuple[tuple[str, str, str], ...]:
    """(where, expression, unit) of those that grow faster than the text."""
    seen: set[tuple[Any, int, str]] = set()
    found = []
    for where, pattern, how in expressions():
        if where in ONCE or (pattern.pattern, pattern.flags, how) in seen:
            continue
        seen.add((pattern.pattern, pattern.flags, how))
        most = AT_MOST.get(where, LENGTH)
        unit = next((u for u in hard(pattern) if superlinear(pattern, u, how, most)), None)
        if unit is not None:
            found.append((where, str(pattern.pattern)[:100], unit))
    return tuple(found)


def test_no_expression_does_more_than_linear_work() -> None:
    assert slow() == ()


@pytest.mark.parametrize("bad", [r"\s+$", r"(a+)+b", r"<a.*?>x", r"(?:a|aa)+$", r"[^,]*,x", r"(\w+\s?)*:", r"a*a*b"])
def test_an_expression_that_grows_faster_is_met(bad: str) -> None:
    pattern = re.compile(bad)
    assert any(superlinear(pattern, unit) for unit in hard(pattern))


@pytest.mark.parametrize("good", [r"\s{1,20}$", r"a+", r"<[a-z]{1,20}>", r"\d{1,4}-\d{1,4}", r"[^,\n]{0,80},"])
def test_an_expression_that_grows_with_the_text_is_let_pass(good: str) -> None:
    pattern = re.compile(good)
    assert not any(superlinear(pattern, unit) for unit in hard(pattern))
