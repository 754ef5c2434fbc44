"""E-mail: a saved message (.eml), read by the standard library; the HTML part where there is one, else the text."""

from __future__ import annotations

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from pathlib import Path

from generator.errors import InputRefused
from generator.intake.addresses import outlet_at, outlet_named
from generator.intake.html import capture_of
from generator.intake.isodates import iso_date
from generator.intake.whole import whole_capture
from generator.model import Capture, Hints
from generator.text import one_line, squeeze

_HEADERS = re.compile(rb"\A(?:(?:From |[A-Za-z][A-Za-z0-9-]{1,60}:)[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){3,}")
_TELLING = re.compile(rb"(?im)^(?:Message-ID|MIME-Version|Received|Return-Path|Content-Type):")
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
        message = BytesParser(policy=policy.default).parsebytes(data)
        assert isinstance(message, EmailMessage)
        hints = _hints(message)
        capture = _body(message, name, hints)
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
    html, text = _part(message, "html"), _part(message, "plain")
    if saved_page and html:
        return capture_of(html, name)
    if html and squeeze(html):
        capture = whole_capture(html, name, hints, medium="mail")
        if squeeze(capture.text):
            return capture
    if text is None:
        return None
    return Capture(name, text.replace("\r\n", "\n"), hints, medium="text")


def _part(message: EmailMessage, kind: str) -> str | None:
    """The first part of a kind, decoded; damaged parts as far as they can be read."""
    for part in message.walk():
        if part.get_content_type() != f"text/{kind}" or part.get_content_disposition() == "attachment":
            continue
        try:
            return str(part.get_content())
        except (LookupError, ValueError, UnicodeError, KeyError):
            payload = part.get_payload(decode=True)
            return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else None
    return None


READER = Mail()
__all__ = ["READER", "Mail"]
