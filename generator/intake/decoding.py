"""Bytes to text: byte order mark, shifting encodings, strict UTF-8, what was declared, then a guess said to be one."""

from __future__ import annotations

import codecs
import re

from generator.intake.codepages import EAST_ASIAN, best_codepage, best_east_asian, east_fit

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PACKED = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b")
SAMPLE = 65536

Decoded = tuple[str, tuple[str, ...]]


def looks_binary(data: bytes) -> bool:
    """Whether ``data`` is no text in any encoding that is read here."""
    if data.startswith(_PACKED):
        return True
    if any(data.startswith(mark) for mark, _ in BOMS) or wide_without_bom(data) or shifting(data):
        return False
    sample = data[:SAMPLE]
    return len(_CONTROLS.findall(sample)) > max(1, len(sample) // 200) or b"\0" in sample


def wide_without_bom(data: bytes) -> str | None:
    """UTF-32 or UTF-16 that begins without a mark; told by its zero bytes, and by spaces and line ends."""
    sample = data[:4000]
    if len(sample) < 8 or b"\0" not in sample:
        return None
    sample = sample[: len(sample) // 4 * 4]
    for name in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        text = sample.decode(name, "replace")
        spaces = sum(text.count(c) for c in " \n\r\t。、，")
        odd = sum((c < " " and c not in "\t\n\r\f") or c == "\ufffd" or "\ue000" <= c < "\uf900" for c in text)
        if spaces and odd <= len(text) // 100 and spaces * 400 >= len(text) and _one_script(text):
            return name
    return None


def _one_script(text: str) -> bool:
    """Whether the letters come from a few neighbouring blocks, as in any language: swapped bytes scatter them."""
    blocks = [ord(c) >> 8 if ord(c) < 0x2E80 else 0x2E if ord(c) < 0xAC00 else 0xAC for c in text if c.isalpha()]
    common = sorted((blocks.count(b) for b in set(blocks)), reverse=True)[:4]
    return sum(common) >= 0.97 * len(blocks)


_SHIFTS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
    (re.compile(rb"\x1b(?:\$[@B]|\$\(D|\([IJ])"), "iso2022_jp_ext"),
    (re.compile(rb"~\{[!-~]{2,2000}~\}"), "hz"),
    (re.compile(rb"(?:[A-Za-z]\+[A-Za-z0-9+/]{3,400}-(?s:.){0,2000}?){3}"), "utf-7"),
)


def shifting(data: bytes) -> Decoded | None:
    """Text in seven bits that shifts between alphabets: ISO 2022 (RFC 1468, 1557), HZ (RFC 1843), UTF-7 (RFC 2152)."""
    for pattern, name in _SHIFTS:
        if not pattern.search(data[:SAMPLE]):
            continue
        try:
            text = data.decode(name)
        except UnicodeError:
            continue
        beyond = [c for c in text if c > "\x7f"]
        if beyond and sum(c.isalpha() for c in beyond) >= 0.6 * len(beyond):
            return text, () if name.startswith("iso") else (f"encoding guessed: {name}",)
    return None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text and the doubts about it. ``declared`` is the name that the file itself gives its encoding.

    Never fails: what can't be decoded becomes U+FFFD, and that is a doubt.
    """
    for mark, name in BOMS:
        if data.startswith(mark):
            return _lenient(data, name)
    if wide := wide_without_bom(data):
        return _lenient(data, wide)
    if found := shifting(data):
        return found
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    codec = _CODECS.get((declared or "").strip().lower())
    if codec and codec != "utf-8":
        text = data.decode(codec, "replace")
        lost = text.count("\ufffd")
        if lost * 200 <= len(text):
            return text, (f"broken {codec}: some characters are lost",) if lost else ()
    return _guessed(data)


_DECLARED = re.compile(
    rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})"""
)


def declared_in(data: bytes) -> str | None:
    """The encoding that a page or an XML file names in its head."""
    found = _DECLARED.search(data[:8192])
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def _lenient(data: bytes, encoding: str) -> Decoded:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as error:
        return data.decode(encoding, "replace"), (f"broken {encoding} at byte {error.start}",)


def _guessed(data: bytes) -> Decoded:
    if data.count(b"\xff") + data.count(b"\xfe") == 0 and _nearly_utf8(data):
        return data.decode("utf-8", "replace"), ("broken UTF-8: some characters are lost",)
    encoding = ebcdic(data) or best_east_asian(data) or _east_asian_guess(data) or best_codepage(data)[0]
    text = data.decode(encoding, "replace")
    lost = ("some characters are lost",) if "\ufffd" in text else ()
    return text, (f"encoding guessed: {encoding}", *lost)


_EBCDIC = ("cp1140", "cp500")
_UNUSUAL = "|\u00a2\u00ac\u00a6[]{}^~\\"  # in prose; what parts the two


def ebcdic(data: bytes) -> str | None:
    """The EBCDIC page of a mainframe's text, told by its spaces (0x40), vowels and lack of ASCII; else ``None``."""
    sample = data[:SAMPLE]
    letters = sum(sample.count(b) for b in b"\x81\x85\x89\x96\xa4\x95\x99\xa3\xa2")  # a e i o u n r t s
    if sample.count(b"\x40") * 20 < len(sample) or letters * 4 < len(sample) or sample.count(b" ") * 100 > len(sample):
        return None
    return min(_EBCDIC, key=lambda name: sum(sample.decode(name).count(c) for c in _UNUSUAL))


def _east_asian_guess(data: bytes) -> str | None:
    """What charset-normalizer takes damaged East Asian text for; ``None`` for any other text."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    kin = {"shift_jis": "cp932", "euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
    name = kin.get(best.encoding, best.encoding) if best is not None else None
    return name if name in EAST_ASIAN and east_fit(data, name) >= 0.5 else None


def _nearly_utf8(data: bytes) -> bool:
    """Whether well-formed multi-byte sequences outnumber the broken ones ten to one."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for c in text if c > "\x7f" and c != "\ufffd")
    return good > 10 * bad


def _codecs() -> dict[str, str]:
    """Names that files give their encoding, as browsers understand them (WHATWG Encoding Standard), and no others:
    Python knows "encodings" that unescape, unpack or run backwards.
    """
    table = {
        "utf-8": "utf8 unicode-1-1-utf-8",
        "cp1252": "windows-1252 iso-8859-1 iso8859-1 latin1 latin-1 l1 us-ascii ascii iso-8859-14",
        "cp874": "windows-874 tis-620 iso-8859-11",
        "cp1254": "windows-1254 iso-8859-9 latin5 l5",
        "cp932": "shift_jis shift-jis sjis x-sjis windows-31j ms_kanji csshiftjis",
        "euc_jp": "euc-jp x-euc-jp cseucpkdfmtjapanese",
        "gb18030": "gbk gb2312 gb_2312-80 x-gbk chinese csgb2312 iso-ir-58",
        "big5hkscs": "big5 big5-hkscs cn-big5 x-x-big5 csbig5 cp950",
        "cp949": "euc-kr ks_c_5601-1987 korean ksc5601 windows-949 cseuckr",
        "johab": "cp1361",
        "koi8-r": "koi8 koi koi8_r cskoi8r",
        "koi8-u": "koi8-ru",
        "mac-roman": "macintosh mac x-mac-roman",
        "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
        "cp866": "ibm866 csibm866 866",
        "cp437": "ibm437",
        "cp850": "ibm850",
        "cp852": "ibm852",
        **{f"cp125{n}": f"windows-125{n} x-cp125{n}" for n in (0, 1, 3, 5, 6, 7, 8)},
        **{f"iso8859-{n}": f"iso-8859-{n} iso_8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 15, 16)},
    }
    return {name: codec for codec, names in table.items() for name in (codec, codec.replace("-", "_"), *names.split())}


_CODECS = _codecs()
