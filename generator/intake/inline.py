"""Inline markup: the pieces of a line as Markdown, with links cleaned of tracking; nothing where there is no mark."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urljoin

from generator.commonmark import escape, plain_line
from generator.intake.addresses import clean_url
from generator.intake.pagelines import Piece

LONGEST = 4000  # characters of a line that is given markup


def markup_of(pieces: Sequence[Piece], base: str | None) -> str | None:
    """The line as inline Markdown; ``None`` where it has neither emphasis nor a link, or where what is written would
    not read as the line's own words.
    """
    if not any(p.mark or p.href for p in pieces):
        return None
    text = "".join(p.text for p in pieces)
    if len(text) > LONGEST:
        return None
    marked = "".join(_piece(p, base) for p in pieces)
    return marked if marked != text and plain_line(marked) == text else None


def _piece(piece: Piece, base: str | None) -> str:
    inner = piece.text.strip(" ")
    if not inner or not (piece.mark or piece.href):
        return escape(inner).join(_spaces(piece.text)) if inner else piece.text
    lead, trail = _spaces(piece.text)
    shown = f"{piece.mark}{escape(inner)}{piece.mark}"
    target = _target(piece.href, base)
    return (
        lead
        + (f"[{shown}](<{target}>)" if target and " " in target else f"[{shown}]({target})" if target else shown)
        + trail
    )


def _spaces(text: str) -> tuple[str, str]:
    inner = text.strip(" ")
    at = text.index(inner) if inner else 0
    return text[:at], text[at + len(inner) :]


def _target(href: str | None, base: str | None) -> str | None:
    """Where a link leads, absolute; ``None`` for anything but the web, and for places on the page itself."""
    if not href or href.startswith("#") or len(href) > 2000:
        return None
    try:
        url = clean_url(urljoin(base or "", href.strip()))
    except ValueError:
        return None
    return url and url.translate(
        {40: "%28", 41: "%29", 60: "%3C", 62: "%3E", 32: "%20", 92: "%5C", 10: None, 13: None, 9: None}
    )
