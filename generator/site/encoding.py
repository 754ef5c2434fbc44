"""JSON as the site's files have it: what Python's own encoder writes, letter for letter, by one in C."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

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
