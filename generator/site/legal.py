"""Characters that no file of the site may hold: controls, lone surrogates, noncharacters. Each shows as U+FFFD. Marks
that turn the direction of the text after them go, or are closed where they were opened.
"""

from __future__ import annotations

import re

from generator.text import unturned

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Apart, because with them in one class every character costs ten times as much; few texts have any beyond U+FFFF.
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_UNFIT_BEYOND = re.compile(
    f"[{''.join(f'{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}' for plane in range(0x10000, 0x110000, 0x10000))}]"
)


_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_EDGE = re.compile('([<>"\n]+)')  # of the runs of text in HTML, CSV and JSON: what opens in one must close in it


# Bytes of UTF-8 without which none of the above is in a text: controls, and what begins surrogates, noncharacters and
# all beyond U+FFFF; C1 controls begin as "·" does. To look for bytes costs a twentieth of looking for characters.
_SUSPECT = bytes({*range(9), 0xB, 0xC, *range(0xE, 0x20), 0x7F, 0xED, 0xEF, *range(0xF0, 0x100)})
_C1 = re.compile(b"\xc2[\x80-\x9f]")
_TURNS = re.compile(b"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])")


def legal_bytes(text: str | bytes) -> bytes:
    """``text`` (or what it is in UTF-8) as HTML, XML and UTF-8 all allow it, in UTF-8."""
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if _is_legal(data):
        return data
    return _legal(text if isinstance(text, str) else data.decode("utf-8", "surrogatepass")).encode()


def legal(text: str) -> str:
    """``text`` as HTML, XML and UTF-8 all allow it."""
    return text if _is_legal(text.encode("utf-8", "surrogatepass")) else _legal(text)


def _is_legal(data: bytes) -> bool:
    return not (len(data.translate(None, _SUSPECT)) < len(data) or _C1.search(data) or _TURNS.search(data))


def _legal(text: str) -> str:
    text = _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)
    if _BEYOND.search(text):
        text = _UNFIT_BEYOND.sub("\N{REPLACEMENT CHARACTER}", text)
    return "".join(map(unturned, _EDGE.split(text))) if _TURNING.search(text) else text
