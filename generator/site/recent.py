"""What the build before had of each story, where the program goes on running: it is neither read nor unpacked again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from generator.cache import Cache

T = TypeVar("T")
_before: dict[str, Any] = {}


class Recent:
    """One build's view of ``memo``; what it found or stored is there for the next one when it ends well."""

    def __init__(self, memo: Cache) -> None:
        self._memo = memo
        self._now: dict[str, Any] = {}

    def find(self, function: Callable[..., T], key: str | None) -> T | None:
        """What ``function`` gave under ``key``. The key holds all that it depends on, so it can't be out of date."""
        if key is None:
            return None
        if key in _before and self._memo.has(key):
            found: T = _before[key]
        else:
            hit = self._memo.find(function, key)
            if hit is None:
                return None
            found = hit.value
        self._now[key] = found
        return found

    def store(self, function: Callable[..., T], key: str | None, value: T) -> None:
        """Remembers ``value`` for later builds."""
        self._memo.store(function, key, value)
        self.keep(key, value)

    def keep(self, key: str | None, value: Any) -> None:
        """The same, where another process has stored it."""
        if key is not None:
            self._now[key] = value

    def end(self) -> None:
        """The build has ended well."""
        _before.clear()
        _before.update(self._now)
