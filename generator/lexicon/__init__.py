"""Word lists as data: TOML files beside this module, each beginning with where its facts come from."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The lexicon ``name`` as a dict. Raises FileNotFoundError for one that doesn't exist."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def fingerprint() -> str:
    """A hash over all lexicons: part of the key of everything that was computed with them."""
    import hashlib

    digest = hashlib.sha256()
    for entry in sorted(files(__name__).iterdir(), key=lambda e: e.name):
        if entry.name.endswith((".toml", ".tsv", ".txt", ".npz")):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")
    return digest.hexdigest()
