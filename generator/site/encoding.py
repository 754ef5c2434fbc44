"""JSON as the site's files have it: what Python's own encoder writes, letter for letter, by one in C. And plain data
packed small, where much of it waits for its turn.
"""

from __future__ import annotations

import json
import re
import zlib
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
_LEVEL = 1  # of packing: a third is left of prose, a sixth of models, at 100 MB a second
_ODD = re.compile(rb'":-?+(?:0\.0000|\d[\d.]*+e)')  # numbers that Python writes with an exponent, or with another


def in_json(value: Any) -> str:
    """``value``, which has no fractions, without spaces."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:  # half a surrogate pair
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def laid_out(value: Any) -> bytes:
    """``value``, where fractions are keys' own values, a line a value, in UTF-8 that may hold half a surrogate pair.
    Python writes that twelve times as slowly.
    """
    try:
        data = msgspec.json.encode(value)
        if _ODD.search(data):
            data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return msgspec.json.format(data, indent=1) + b"\n"
    except UnicodeEncodeError:
        return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode("utf-8", "surrogatepass")


def pressed(value: T) -> bytes | T:
    """Plain data as few bytes; as it is where it holds half a surrogate pair."""
    try:
        return squeezed(msgspec.msgpack.encode(value))
    except UnicodeEncodeError:
        return value


def opened(data: bytes | T, kind: type[T]) -> T:
    """What :func:`pressed` was given, which is no bytes itself."""
    return msgspec.msgpack.decode(loosened(data), type=kind) if isinstance(data, bytes) else data


def squeezed(data: bytes) -> bytes:
    """Bytes as fewer bytes."""
    return zlib.compress(data, _LEVEL)


def loosened(data: bytes) -> bytes:
    """What :func:`squeezed` was given."""
    return zlib.decompress(data)
