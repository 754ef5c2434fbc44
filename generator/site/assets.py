"""The theme's style and script, with a hash of their content in their names: a browser keeps them until they change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.errors import BuildFailed


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
    """The files of ``theme``/static. Raises BuildFailed where the style or the script is missing."""
    folder = theme / "static"
    paths = sorted(p for p in folder.iterdir() if p.is_file()) if folder.is_dir() else []
    missing = {"site.css", "site.js"} - {p.name for p in paths}
    if missing:
        raise BuildFailed(f"the theme has no {', '.join(sorted(missing))}", path=folder)
    return Assets(tuple((p.name, hashed(p.name, p.read_bytes()), p.read_bytes()) for p in paths))


def hashed(name: str, data: bytes) -> str:
    """assets/site.1a2b3c4d.css"""
    stem, _, suffix = name.rpartition(".")
    return f"assets/{stem}.{hashlib.sha256(data).hexdigest()[:8]}.{suffix}"
