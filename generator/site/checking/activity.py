"""Nothing runs in a page but the theme's own scripts, and no page asks anyone else for anything."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping

from generator.site.checking.findings import Finding
from generator.site.checking.links import NOT_FOUND, resolved
from generator.site.checking.pages import LINKING, Element, Page

_REMOTE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_LIVE_SCHEME = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)
_SPACES = re.compile(r"[\x00-\x20]+")
_PICTURE = re.compile(r"data:(?:image/(?:png|svg\+xml|gif|jpeg|webp)[;,]|,$)", re.IGNORECASE)
_FORBIDDEN = frozenset("iframe frame frameset object embed applet base portal".split())
_FETCHED_RELS = frozenset(
    "stylesheet icon preload prefetch preconnect dns-prefetch modulepreload manifest prerender".split()
)
_CSS_FETCH = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"])\s*((?:[a-z][a-z0-9+.-]*:)?//[^'\")\s]*)", re.IGNORECASE)
_HASHED = re.compile(r"\.([0-9a-f]{8})\.(?:js|css)$")
_DATA_TYPES = ("application/ld+json", "application/json")


def foreign(pages: Mapping[str, Page], files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Scripts that aren't ours, elements and attributes that run something, requests to others."""
    for page in pages.values():
        yield from _scripts(page, files)
        for element in page.elements:
            yield from (Finding(page.path, element.line, m) for m in _element(element))
        for line, css in page.styles:
            yield from _css(page.path, line, css)
        if page.path != NOT_FOUND and not any(_is_policy(e) for e in page.elements):
            yield Finding(page.path, 1, "the page has no Content-Security-Policy", minor=True)
    for name, data in files.items():
        if name.endswith(".css"):
            yield from _css(name, 1, data.decode("utf-8", "replace"))
        if name.endswith((".js", ".css")) and not _is_own(name, data):
            yield Finding(name, 1, "not as it was built: its name is not that of its content")


def _is_policy(element: Element) -> bool:
    return element.tag == "meta" and element.get("http-equiv").lower() == "content-security-policy"


def _is_own(name: str, data: bytes) -> bool:
    """Whether a script or style has the hash in its name that the build gave it."""
    mark = _HASHED.search(name)
    return bool(mark) and hashlib.sha256(data).hexdigest()[:8] == mark[1] if mark else False


def _scripts(page: Page, files: Mapping[str, bytes]) -> Iterator[Finding]:
    for script in page.scripts:
        if script.src is None:
            if script.type not in _DATA_TYPES:
                yield Finding(page.path, script.line, "a script stands in the page; the site's own are files")
            continue
        target = None if _REMOTE.match(script.src) else resolved(
            posixpath.dirname(page.path), page.path, script.src
        )  # fmt: skip
        if target is None or not target.startswith("assets/") or target not in files:
            yield Finding(page.path, script.line, f"a foreign script: {script.src}")


def _element(element: Element) -> Iterator[str]:
    if element.tag in _FORBIDDEN:
        yield f"<{element.tag}> is not allowed"
    if element.tag == "meta" and element.get("http-equiv").lower() == "refresh":
        yield "the page sends its reader elsewhere by itself"
    fetches = _fetches(element)
    for name, value in element.attributes:
        if name.startswith("on") or name == "srcdoc":
            yield f"the attribute {name} runs a script"
        elif name == "style" and _CSS_FETCH.search(value):
            yield f"asks another server: {value.strip()[:80]}"
        elif name in LINKING:
            if _LIVE_SCHEME.match(_SPACES.sub("", value)) and not _PICTURE.match(value.strip()):
                yield f"a link that runs something: {value.strip()[:80]}"
            elif fetches and any(_REMOTE.match(part) for part in value.split(",")):
                yield f"asks another server: {value.strip()[:80]}"


def _fetches(element: Element) -> bool:
    """Whether a browser asks for what the element names without being told to."""
    if element.tag == "link":
        return bool(_FETCHED_RELS & set(element.get("rel").lower().split()))
    return element.tag not in ("a", "area", "script", "blockquote", "q", "del", "ins")


def _css(name: str, line: int, css: str) -> Iterator[Finding]:
    for match in _CSS_FETCH.finditer(css):
        yield Finding(name, line + css.count("\n", 0, match.start()), f"asks another server: {match[1][:80]}")
