"""Characters that no file of the site may hold: controls, lone surrogates, noncharacters. Each shows as U+FFFD."""

from __future__ import annotations

import re

_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)


def legal(text: str) -> str:
    """``text`` as HTML, XML and UTF-8 all allow it."""
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)
