"""How much of a text stands anywhere in a folder, by plain search of every file: nothing of the program takes part."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

RUN = 6  # words; a shorter run of the same words is anyone's
_TAG = re.compile(r"<[^<>]*>")
_GENERATED = re.compile(r"<(sup|ul|span)[^<>]*data-generated[^<>]*>.*?</\1>", re.DOTALL)


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def readings(path: Path) -> Iterator[str]:
    """Every way in which the words of a file may be hidden in it."""
    raw = path.read_bytes().decode("utf-8", "replace")
    yield raw
    yield unquote(raw)
    yield html.unescape(raw)
    if path.suffix == ".html":
        yield html.unescape(_TAG.sub("", raw))
        yield html.unescape(_TAG.sub("", _GENERATED.sub("", raw)))
        yield html.unescape(_TAG.sub(" ", _GENERATED.sub("", raw)))
    if path.suffix in (".js", ".json"):
        yield re.sub(r"\\u[0-9a-fA-F]{4}", lambda m: json.loads(f'"{m[0]}"'), raw).replace("\\n", " ")


def found_in(folder: Path, texts: dict[str, str]) -> dict[str, tuple[int, int]]:
    """Per text: how many of its words stand in the folder in runs of :data:`RUN` or more, and its longest run."""
    return found(("\n".join(readings(p)) for p in sorted(folder.rglob("*")) if p.is_file()), texts)


def found(places: Iterable[str], texts: dict[str, str]) -> dict[str, tuple[int, int]]:
    own = {name: words(text) for name, text in texts.items()}
    where: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    for name, said in own.items():
        for at in range(len(said) - RUN + 1):
            where.setdefault(tuple(said[at : at + RUN]), []).append((name, at))
    shown: dict[str, set[int]] = {name: set() for name in texts}
    longest = dict.fromkeys(texts, 0)
    for place in places:
        here: dict[str, set[int]] = {}
        said = words(place)
        for at in range(len(said) - RUN + 1):
            for name, start in where.get(tuple(said[at : at + RUN]), ()):
                here.setdefault(name, set()).update(range(start, start + RUN))
        for name, tokens in here.items():
            shown[name] |= tokens
            longest[name] = max(longest[name], _run(tokens))
    return {name: (len(shown[name]), longest[name]) for name in texts}


def _run(tokens: set[int]) -> int:
    best = at = 0
    for token in sorted(tokens):
        at = at + 1 if token - 1 in tokens else 1
        best = max(best, at)
    return best
