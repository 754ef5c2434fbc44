"""E-mail: a saved message (.eml), read by the standard library; every part that is shown, of alternatives the HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import parseaddr
from html import escape
from pathlib import Path

from generator.errors import InputRefused
from generator.intake.addresses import outlet_at, outlet_named
from generator.intake.decoding import decode
from generator.intake.html import capture_of
from generator.intake.isodates import iso_date
from generator.intake.whole import whole_capture
from generator.model import Capture, Hints
from generator.text import one_line, squeeze

_HEADERS = re.compile(rb"\A(?:(?:From |[A-Za-z][A-Za-z0-9-]{1,60}:)[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){3,}")
_TELLING = re.compile(rb"(?im)^(?:MIME-Version|Received|Return-Path|DKIM-Signature):")  # what no person types
_FORWARD = re.compile(r"^\s*(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs)\s*:\s*)+", re.IGNORECASE)


class Mail:
    """Reads saved messages."""

    name = "mail"

    def detects(self, path: Path, head: bytes) -> bool:
        """By suffix, else by a head of header lines that only messages have."""
        if path.suffix.lower() in (".eml", ".mht", ".mhtml"):
            return True
        found = _HEADERS.match(head)
        return found is not None and _TELLING.search(found[0]) is not None and b"\nSubject:" in head

    def read(self, path: Path, data: bytes, name: str) -> tuple[Capture, ...]:
        """One capture a message. Raises InputRefused for a message without text."""
        try:
            message = BytesParser(policy=policy.default).parsebytes(data)
            assert isinstance(message, EmailMessage)
            capture = _body(message, name, _hints(message))
        except RecursionError as error:
            raise InputRefused("the message holds others, too many one in the other", path=path) from error
        if capture is None or not squeeze(capture.text):
            raise InputRefused("the message holds no text", path=path)
        return (capture,)


def _header(message: EmailMessage, name: str) -> str:
    """A header's value in one line; "" where it is missing or can't be decoded."""
    try:
        return one_line(str(message.get(name, "")))
    except (ValueError, LookupError, AttributeError, IndexError, TypeError):
        return ""


def _hints(message: EmailMessage) -> Hints:
    sender, address = parseaddr(_header(message, "From"))
    title = _FORWARD.sub("", _header(message, "Subject")) or None
    outlet = outlet_at("https://" + address.rpartition("@")[2]) or outlet_named(sender)
    published = iso_date(_header(message, "Date"))
    found = [("title", title, "mail subject"), ("outlet", outlet, "mail sender"), ("published", published, "mail date")]
    return Hints(title=title, outlet=outlet, published=published, evidence=tuple((k, why) for k, v, why in found if v))


def _body(message: EmailMessage, name: str, hints: Hints) -> Capture | None:
    saved_page = message.get_content_type() == "multipart/related" and "Snapshot-Content-Location" in message
    parts = list(_parts(message))
    if saved_page and (page := next((text for kind, text in parts if kind == "html"), None)):
        return capture_of(page, name)
    plain = [text for kind, text in parts if kind == "plain"]
    if len(plain) == len(parts):
        return Capture(name, "\n\n".join(plain).replace("\r\n", "\n"), hints, medium="text") if parts else None
    whole = "\n".join(text if kind == "html" else _as_html(text) for kind, text in parts)
    return whole_capture(whole, name, hints, medium="mail")


def _as_html(text: str) -> str:
    return "".join(f"<p>{escape(p)}</p>" for p in re.split(r"\n+", text.replace("\r\n", "\n")) if p.strip())


def _parts(message: Message) -> Iterator[tuple[str, str]]:
    """The parts that are read one after the other, decoded, each "html" or "plain"; of alternatives the one that shows
    most. Depth doesn't matter: no call is made a level.
    """
    stack: list[Message] = [message]
    while stack:
        part = stack.pop()
        if part.is_multipart():
            inner = [p for p in part.get_payload() if isinstance(p, Message)]
            if part.get_content_type() == "multipart/alternative":
                inner = _best(inner)
            stack.extend(reversed(inner))
        elif part.get_content_disposition() != "attachment" and part.get_content_type() in _READ:
            text = _decoded(part)
            if text and squeeze(text):
                yield _READ[part.get_content_type()], text


_READ = {"text/html": "html", "text/plain": "plain"}


def _best(alternatives: list[Message]) -> list[Message]:
    """The last that holds a page with words, as RFC 2046 (5.1.4) has it, else the last with text."""
    told = [(a, {_READ[p.get_content_type()] for p in a.walk() if _shows(p)}) for a in alternatives]
    for kind in ("html", "plain"):
        if chosen := [a for a, kinds in told if kind in kinds][-1:]:
            return chosen
    return []


def _shows(part: Message) -> bool:
    if part.is_multipart() or part.get_content_type() not in _READ:
        return False
    return bool(squeeze(re.sub(r"<[^<>]*>", "", _decoded(part) or "")))


def _decoded(part: Message) -> str | None:
    """A part's text; of a damaged one as far as it can be read."""
    try:
        assert isinstance(part, EmailMessage)
        return str(part.get_content())
    except (AssertionError, LookupError, ValueError, UnicodeError, KeyError):
        payload = part.get_payload(decode=True)
        return decode(payload)[0] if isinstance(payload, bytes) else None


READER = Mail()
__all__ = ["READER", "Mail"]
