"""The theme's style and script, with a hash of their content in their names: a browser keeps them until they change."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.errors import BuildFailed
from generator.site import catalogue


@dataclass(frozen=True, slots=True)
class Assets:
    """Files by their plain name, with where each goes and what it holds."""

    entries: tuple[tuple[str, str, bytes], ...]

    def address(self, name: str) -> str:
        return next(address for plain, address, _ in self.entries if plain == name)

    def text(self, name: str) -> str:
        return next(data for plain, _, data in self.entries if plain == name).decode("utf-8")

    def files(self) -> Iterator[tuple[str, bytes]]:
        for _, address, data in self.entries:
            yield address, data


def assets(theme: Path) -> Assets:
    """The files of ``theme``/static, the script in the site's language. Raises BuildFailed where style or script
    are missing.
    """
    folder = theme / "static"
    paths = sorted(p for p in folder.iterdir() if p.is_file()) if folder.is_dir() else []
    missing = {"site.css", "site.js"} - {p.name for p in paths}
    if missing:
        raise BuildFailed(f"the theme has no {', '.join(sorted(missing))}", path=folder)
    read = {p.name: p.read_bytes() for p in paths}
    read["site.js"] = translated(read["site.js"].decode("utf-8"), catalogue.spoken()).encode()
    return Assets(tuple((name, hashed(name, data), data) for name, data in read.items()))


_SAID = re.compile(r"""\b_n?\("((?:[^"\\]|\\.)*)\"""")
_WORDS = "const WORDS = {};"
_FORM = "const form = n => Number(n !== 1);"


def translated(script: str, words: catalogue.Catalogue) -> str:
    """``script`` with the words of a catalogue that it says (``_("...")``, ``_n("...", "...", n)``) written into it."""
    said = {json.loads(f'"{m}"') for m in _SAID.findall(script)}
    table = {message: list(forms) for message, forms in words.texts if message in said}
    if not table:
        return script
    told = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    return script.replace(_WORDS, f"const WORDS = {told};", 1).replace(
        _FORM, f"const form = n => Number({words.plural});", 1
    )


def hashed(name: str, data: bytes) -> str:
    """assets/site.1a2b3c4d.css"""
    stem, _, suffix = name.rpartition(".")
    return f"assets/{stem}.{hashlib.sha256(data).hexdigest()[:8]}.{suffix}"
