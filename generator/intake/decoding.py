"""Bytes to text: BOM, then strict UTF-8, then a guess that is said to be one."""

from __future__ import annotations

import codecs
import re

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
SAMPLE = 65536


def looks_binary(data: bytes) -> bool:
    """Whether ``data`` is no text in any encoding that is read here."""
    if any(data.startswith(mark) for mark, _ in BOMS):
        return False
    if name16 := utf16_without_bom(data):
        text = data[:2000].decode(name16, "replace")
        return sum(c < " " and not c.isspace() for c in text) > len(text) // 50
    sample = data[:SAMPLE]
    if sample.startswith((b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b")):
        return True
    return len(_CONTROLS.findall(sample)) > max(1, len(sample) // 200) or b"\0" in sample


def utf16_without_bom(data: bytes) -> str | None:
    """The byte order of UTF-16 text that begins without a mark, for text whose spaces and letters show it."""
    sample = data[:2000]
    if len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.4 and even == 0:
        return "utf-16-le"
    if even > half * 0.4 and odd == 0:
        return "utf-16-be"
    return None


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text and the doubts about it. Never fails: what can't be decoded becomes U+FFFD, and that is a doubt."""
    for mark, name in BOMS:
        if data.startswith(mark):
            return _lenient(data, name)
    if name16 := utf16_without_bom(data):
        return _lenient(data, name16)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _guessed(data)


def _lenient(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as error:
        return data.decode(encoding, "replace"), (f"broken {encoding} at byte {error.start}",)


def _guessed(data: bytes) -> tuple[str, tuple[str, ...]]:
    if data.count(b"\xff") + data.count(b"\xfe") == 0 and _nearly_utf8(data):
        return data.decode("utf-8", "replace"), ("broken UTF-8: some characters are lost",)
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    encoding = best.encoding if best is not None else "cp1252"
    if encoding in LATIN and _all_decode(data, "cp1252"):
        encoding = "cp1252"
    return data.decode(encoding, "replace"), (f"encoding guessed: {encoding}",)


# Single-byte Western guesses that differ from windows-1252 only in what news text hardly has.
LATIN = frozenset(
    {
        "latin_1",
        "iso8859_15",
        "cp1252",
        "iso8859_9",
        "cp1254",
        "cp1250",
        "mac_roman",
        "cp437",
        "cp850",
        "cp858",
        "hp_roman8",
    }
)


def _all_decode(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _nearly_utf8(data: bytes) -> bool:
    """Whether well-formed multi-byte sequences outnumber the broken ones ten to one."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for c in text if c > "\x7f" and c != "\ufffd")
    return good > 10 * bad
