"""Offset-keeping primitives: everything here returns spans into the text it was given, or maps between texts.

Two texts that differ only in invisible characters (spaces, line breaks, zero-width marks) are the same text here:
:func:`squeeze` drops those, and positions are carried over by counting the visible ones.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime

from generator.model import Span

# Never shown and never kept: C0 and C1 controls but white space, lone surrogates, noncharacters.
_CONTROLS = "\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f\\ud800-\\udfff\\ufdd0-\\ufdef\\ufffe\\uffff"
# Invisible: those, white space, soft hyphen, zero-width marks, word joiner, BOM, direction marks.
_INVISIBLE = re.compile(f"[\\s{_CONTROLS}\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufeff]+")
_CONTROL = re.compile(f"[{_CONTROLS}]+")
_WORD = re.compile(r"\w+(?:[’'`\-‑]\w+)*")

# Characters of an article that are read for claims and voices; no article of a newspaper is a fifth as long.
MOST_READ = 120_000


def squeeze(text: str) -> str:
    """The visible characters of ``text``, in order."""
    return _INVISIBLE.sub("", text)


def squeeze_map(text: str) -> tuple[str, list[int]]:
    """The visible characters and, for each, its offset in ``text``."""
    kept: list[str] = []
    offsets: list[int] = []
    at = 0
    for gap in _INVISIBLE.finditer(text):
        kept.append(text[at : gap.start()])
        offsets.extend(range(at, gap.start()))
        at = gap.end()
    kept.append(text[at:])
    offsets.extend(range(at, len(text)))
    return "".join(kept), offsets


def words(text: str) -> Iterator[Span]:
    """Spans of the words: letters and digits, with inner apostrophes and hyphens."""
    for match in _WORD.finditer(text):
        yield Span(match.start(), match.end())


def one_line(text: str) -> str:
    """The text with every run of white space made one space, without control characters and what turns others' text."""
    if text.isprintable():  # has neither, nor any white space but the space
        return " ".join(text.split()) if "  " in text else text.strip(" ")
    return " ".join(unturned(_CONTROL.sub("", text)).split())


_OVERRIDES = re.compile("[\u202a-\u202e]+")
_ISOLATES = re.compile("[\u2066-\u2069]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def unturned(text: str) -> str:
    """``text`` without the marks that turn the direction of what stands after it (Unicode TR 36, "bidi spoofing"):
    embeddings and overrides go, isolates stay where each that opens is closed.
    """
    if text.isascii() or not _BIDI.search(text):
        return text
    text = _OVERRIDES.sub("", text)
    depth = 0
    for mark in _ISOLATES.findall(text):
        depth += -1 if mark == "\u2069" else 1
        if depth < 0:
            break
    return _ISOLATES.sub("", text) if depth else text


_HOST = re.compile(r"(?i)\A(?P<before>https?://(?:[^/?#@]*@)?)(?P<host>[^/?#:@]+)")


def in_ascii(url: str) -> str:
    """``url`` with its host as it is looked up: labels of letters beyond ASCII in Punycode (RFC 3492, 5890), so that
    none passes for another.
    """
    match = None if url.isascii() else _HOST.match(url)
    if match is None or match["host"].isascii() or len(match["host"]) > 253:
        return url
    labels = re.split("[.\u3002]", unicodedata.normalize("NFKC", match["host"].lower()))
    host = ".".join(n if n.isascii() else "xn--" + n.encode("punycode").decode("ascii") for n in labels)
    return match["before"] + host + url[match.end() :]


def fingerprint(*parts: str, length: int = 8) -> str:
    """A short hexadecimal hash of ``parts``, the same on every machine."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return digest[:length]


class Alignment:
    """Carries positions between an article's paragraphs and the text they were printed in.

    The paragraphs are sought in order; one that is not found (edited by hand, repaired) has no place, and the others
    keep theirs. Cost is linear in the printed text.
    """

    def __init__(self, printed: str, paragraphs: Sequence[str], starts: Sequence[int]) -> None:
        flat, self._offsets = squeeze_map(printed)
        self._starts = list(starts)
        self._lengths = [len(p) for p in paragraphs]
        self._places: list[tuple[int, list[int]] | None] = []
        at = 0
        for paragraph in paragraphs:
            text, own = squeeze_map(paragraph)
            found = flat.find(text, at) if text else -1
            if found < 0 and text:
                found = flat.find(text)
            if found < 0:
                self._places.append(None)
                continue
            self._places.append((found, own))
            at = found + len(text)

    def printed_span(self, span: Span) -> Span | None:
        """Where ``span`` of the article text was printed; ``None`` where its paragraph was not found or it has no
        visible character or crosses paragraphs that are not both found.
        """
        first = self._position(span.start, forward=True)
        last = self._position(span.end - 1, forward=False)
        if first is None or last is None or last < first:
            return None
        return Span(self._offsets[first], self._offsets[last] + 1)

    def _position(self, offset: int, *, forward: bool) -> int | None:
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or self._places[index] is None:
            return None
        place = self._places[index]
        assert place is not None
        found, own = place
        inner = offset - self._starts[index]
        if forward:
            place_in = bisect_left(own, inner)
            low = place_in if place_in < len(own) else None
        else:
            high = bisect_right(own, inner) - 1
            low = high if high >= 0 else None
        return None if low is None else found + low


def runs(places: Iterable[int]) -> Iterator[range]:
    """The runs of consecutive numbers among ``places``, in order: 1 2 3 7 8 -> 1..3, 7..8."""
    run = range(0)
    for at in sorted(places):
        if run and run.stop == at:
            run = range(run.start, at + 1)
            continue
        if run:
            yield run
        run = range(at, at + 1)
    if run:
        yield run


def day_of(iso: str | None) -> date | None:
    """The day of an ISO 8601 date or time; ``None`` where it is none."""
    try:
        return date.fromisoformat(iso[:10]) if iso else None
    except ValueError:
        return None


def moment_of(iso: str | None) -> datetime | None:
    """The moment of an ISO 8601 time, in UTC where it has a zone, else without one; ``None`` where it is none."""
    try:
        moment = datetime.fromisoformat(iso or "")
    except ValueError:
        return None
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment
    except OverflowError:  # in the year 1 or 9999 the zone leads out of the calendar
        return moment.replace(tzinfo=UTC)
