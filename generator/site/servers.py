"""For crawlers and GitHub Pages: that nothing is to be processed, and a domain that is the site's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from generator.project import Settings
from generator.site import feeds


def files(mapped: Sequence[str], base: str, settings: Settings) -> Iterator[tuple[str, bytes]]:
    """The files with their addresses. ``mapped`` are the pages that a sitemap has, ``base`` the site's own address, ""
    while that is not known.
    """
    if base:
        for name, text in feeds.sitemaps(mapped, settings).items():
            yield name, text.encode()
    yield "robots.txt", f"User-agent: *\nAllow: /\n{f'Sitemap: {base}sitemap.xml' if base else ''}\n".encode()
    yield ".nojekyll", b""
    place = urlsplit(settings.url)
    if place.hostname and place.path in ("", "/") and not place.hostname.endswith(".github.io") and not place.port:
        yield "CNAME", place.hostname.encode() + b"\n"
