"""A thing that is wrong with a site, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """``path`` is relative to the site; ``minor`` ones count with ``--strict`` alone."""

    path: str
    line: int
    message: str
    minor: bool = False
