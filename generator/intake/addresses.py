"""Addresses: web addresses without what tracks, and the outlets that the lexicon knows by domain or name."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit, urlunsplit

from generator import lexicon
from generator.text import in_ascii

_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|ref|ref_src|ref_url|referrer|cmpid|cmp|ncid|ito|smid|s_cid|xtor|wt_mc|wt\.mc|trk|share|sh|at_\w+|ns_\w+|_ga|_gl|icid|ocid|cid|guccounter|guce_\w+|taid|soc_\w+|source|feature)$",
    re.IGNORECASE,
)


def clean_url(url: str) -> str | None:
    """``url`` without fragment and tracking parameters; ``None`` for what is no address of the web."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # half an IPv6 address, letters that turn into a "/"
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    query = "&".join(p for p in parts.query.split("&") if p and not _TRACKING.match(p.partition("=")[0]))
    return in_ascii(urlunsplit((parts.scheme, parts.netloc, parts.path, query, "")))


@cache
def _outlets() -> tuple[dict[str, str], dict[str, str]]:
    """Outlets by domain, and by casefolded name or alias; agencies too."""
    domains: dict[str, str] = {}
    names: dict[str, str] = {}
    for entry in [*lexicon.load("outlets")["outlet"], *lexicon.load("agencies")["agency"]]:
        for domain in entry.get("domains", ()):
            domains.setdefault(domain, entry["name"])
        for name in (entry["name"], *entry.get("aliases", ())):
            names.setdefault(_name_key(name), entry["name"])
    return domains, names


def _name_key(name: str) -> str:
    return re.sub(r"^the", "", re.sub(r"\W+", "", name.casefold()))


def outlet_named(name: str | None) -> str | None:
    """The outlet that the lexicon knows under ``name``."""
    return _outlets()[1].get(_name_key(name)) if name else None


def outlet_at(url: str | None) -> str | None:
    """The outlet that the lexicon knows under the host of ``url``, or under a domain that it belongs to."""
    try:
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return None
    labels = host.split(".")
    for start in range(max(0, len(labels) - 1)):
        if name := _outlets()[0].get(".".join(labels[start:])):
            return name
    return None
