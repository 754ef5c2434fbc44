"""Sentence embeddings, where the optional package is installed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    Embedder = Callable[[Sequence[str]], np.ndarray]
else:
    Embedder = Callable


def installed() -> Embedder | None:
    """The embedder of the optional package, ``None`` where it is not installed."""
    return None
