"""Every link leads to a file of the site, every anchor to an element of it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from generator.site.checking.findings import Finding
from generator.site.checking.pages import LINKING, Page

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_DIRECTIVE = re.compile(r":~:.*", re.DOTALL)  # a text fragment is for the reader's browser
NOT_FOUND = "404.html"


def broken(pages: Mapping[str, Page], files: Mapping[str, bytes], url: str) -> Iterator[Finding]:
    """``url`` is the site's address: links that begin with it lead into the site, too."""
    base = url.rstrip("/") + "/" if url else ""
    for page in pages.values():
        for line, key in page.twice:
            yield Finding(page.path, line, f"the anchor #{key} stands twice on this page")
        for element in page.elements:
            for name, value in element.attributes:
                if name not in LINKING or (element.tag == "meta" and name == "data"):
                    continue
                for target in _targets(name, value):
                    message = _fault(page, target, pages, files, base)
                    if message:
                        yield Finding(page.path, element.line, message)


def _targets(name: str, value: str) -> list[str]:
    value = value.strip()
    return [part.split()[0] for part in value.split(",") if part.split()] if name == "srcset" else [value]


def _fault(page: Page, value: str, pages: Mapping[str, Page], files: Mapping[str, bytes], base: str) -> str | None:
    if base and value.startswith(base):
        value = "/" + value[len(base) :]
        page_folder = ""
    elif _SCHEME.match(value) or value.startswith("//"):
        return None
    else:
        page_folder = posixpath.dirname(page.path)
    target = resolved(page_folder, page.path, value, urlsplit(base).path)
    if target is None:
        return f"the link {value!r} leads out of the site"
    if target not in files:
        return f"the link {value!r} leads nowhere: there is no {target}"
    fragment = _DIRECTIVE.sub("", unquote(value.partition("#")[2]))
    if fragment and fragment != "top" and target in pages and fragment not in pages[target].ids:
        return f"the link {value!r} leads nowhere: {target} has no anchor #{fragment}"
    return None


def resolved(folder: str, own: str, value: str, root: str = "/") -> str | None:
    """The file that a link leads to; ``None`` where it leaves the site. ``root`` is the path that the site lies at."""
    path = unquote(value.partition("#")[0].partition("?")[0])
    if not path:
        return own
    if path.startswith("/"):
        path = path.removeprefix(root.rstrip("/")).lstrip("/") if path.startswith(root.rstrip("/") + "/") else path
        folder, path = "", path.lstrip("/")
    joined = posixpath.normpath(posixpath.join(folder, path)) if path else "index.html"
    if joined.startswith(".."):
        return None
    return posixpath.join(joined, "index.html") if path.endswith("/") else joined
