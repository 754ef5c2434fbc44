"""ISO dates: a date of metadata as ISO 8601, or none."""

from __future__ import annotations

import re
from typing import Any

_ISO = re.compile(
    r"\s*(\d{4})-?(\d\d)-?(\d\d)(?:[T ]+(\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d|UTC|GMT)?)?"
)


def iso_date(value: Any) -> str | None:
    """``value`` as an ISO 8601 date or time, with its zone where it has one; ``None`` where it is neither."""
    if not isinstance(value, str):
        return None
    match = _ISO.match(value)
    if not match:
        return _from_mail_date(value)
    year, month, day, hour, minute, second, zone = match.groups()
    from datetime import date

    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return None
    if not 1600 <= int(year) <= 2200:
        return None
    if hour is None or int(hour) > 23 or int(minute) > 59:
        return f"{year}-{month}-{day}"
    offset = "+00:00" if zone in ("Z", "UTC", "GMT") else f"{zone[:3]}:{zone[-2:]}" if zone else ""
    return f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{offset}"


def _from_mail_date(value: str) -> str | None:
    """A date as mails and HTTP write it ("Mon, 11 Sep 2023 08:30:00 +0100"), or with an English month's name."""
    from email.utils import parsedate_to_datetime

    try:
        printed = parsedate_to_datetime(value)
        return printed.isoformat() if 1600 <= printed.year <= 2200 else None
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    match = re.search(
        r"\b(?:(\d{1,2})\s+)?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+(?:(\d{1,2}),?\s+)?(\d{4})\b",
        value[:80],
    )
    if not match or not (match[1] or match[3]):
        return None
    month = "jan feb mar apr may jun jul aug sep oct nov dec".split().index(match[2].lower()) + 1
    return iso_date(f"{match[4]}-{month:02}-{int(match[1] or match[3]):02}")
