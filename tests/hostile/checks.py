"""What must hold of a site made of hostile inputs: text kept, nothing active, nothing from outside, well-formed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.parsers import expat

from tests.hostile.case import CANARY

# White space, what no document may hold, and marks that show nothing; U+FFFD stands for what was no character.
_UNSEEN = re.compile(
    "[\\s\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffd"
    "\ud800-\udfff" + "".join(f"{chr(p + 0xFFFE)}{chr(p + 0xFFFF)}" for p in range(0, 0x110000, 0x10000)) + "]+"
)
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e]")
_OPENS, _CLOSES = "\u2066\u2067\u2068", "\u2069"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ADDRESSES = frozenset(
    "href src srcset action formaction data poster background cite longdesc xlink:href ping manifest".split()
)
_NEVER = frozenset(
    "iframe frame frameset object embed applet base form input button textarea select audio video source track template"
    " noscript portal math foreignobject animate set marquee isindex link style plaintext xmp".split()
)
_OURS = {  # what our own templates put where: element -> attributes that tell it
    "link": {"rel", "href", "type", "title"},
    "style": set(),
    "input": {"id", "type", "name"},
    "form": {"id", "role"},
}


def flat(text: str) -> str:
    """What is seen of ``text``."""
    return _UNSEEN.sub("", text)


def article_pages(site: Path) -> list[Path]:
    return sorted(site.glob("stories/*/articles/*.html"))


def shown_text(page: Path) -> str:
    """What is seen of the article on its page, without what we added."""
    from lxml import html

    root = html.fromstring(page.read_text(encoding="utf-8"), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    main = root.get_element_by_id("main")
    for added in main.xpath(".//*[@data-generated]"):
        added.drop_tree()
    return flat(main.text_content())


def active_content(page: Path, home: set[str], *, strict: bool = True) -> Iterator[str]:
    """What could run, load or submit something on ``page``; ``home`` are the elements that a harmless page has.

    ``strict``: read as a browser reads it (html5lib); else by lxml, ten times as fast.
    """
    import html5lib
    from lxml import html

    data = page.read_bytes()
    if strict:
        tree = html5lib.parse(data, treebuilder="lxml", namespaceHTMLElements=False, transport_encoding="utf-8")
    else:
        tree = html.fromstring(data, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.rpartition("}")[2].lower()
        if tag not in home:
            yield f"element {tag}"
        if tag == "script":
            yield from _script(element)
        for key, value in element.attrib.items():
            yield from _attribute(tag, str(key).rpartition("}")[2].lower(), value, element)


def _script(element: object) -> Iterator[str]:
    kind, source, text = element.get("type"), element.get("src"), element.text or ""  # type: ignore[attr-defined]
    if kind == "application/ld+json" and source is None:
        try:
            json.loads(text)
        except ValueError:
            yield "JSON-LD that is no JSON"
    elif source is None or text.strip() or not re.fullmatch(r"(?:\.\./)*[a-z]+[./][\w./-]*\.js", source):
        yield f"script {source} {text[:60]!r}"


def _attribute(tag: str, key: str, value: str, element: object) -> Iterator[str]:
    if key.startswith("on"):
        yield f"{tag} {key}"
    if key == "http-equiv" and value.lower() != "content-security-policy":
        yield f"meta {value}"
    if key == "style" and re.search(r"url|expression|@import|position|behavio|\\", value, re.IGNORECASE):
        yield f"style {value[:60]}"
    if key == "srcdoc":
        yield "srcdoc"
    if key in _ADDRESSES:
        scheme = _SCHEME.match(value.strip())
        remote = scheme is not None or value.strip().startswith(("//", "\\\\"))
        link = tag == "a" or (tag == "link" and element.get("rel") == "canonical")  # type: ignore[attr-defined]
        if (
            (link and scheme and scheme.group().lower() not in ("http:", "https:", "mailto:"))
            or (not link and remote and not (tag == "link" and value.startswith(("data:image/svg+xml,", "data:,"))))
            or (link and value.strip().startswith(("//", "\\\\")))
        ):
            yield f"{tag} {key}={value[:60]}"


@cache
def elements_of(page: Path) -> frozenset[str]:
    """The elements of a harmless page."""
    import html5lib

    tree = html5lib.parse(
        page.read_bytes(), treebuilder="lxml", namespaceHTMLElements=False, transport_encoding="utf-8"
    )
    return frozenset(e.tag.rpartition("}")[2].lower() for e in tree.iter() if isinstance(e.tag, str))


_ISOLATE = re.compile("[\u2066-\u2069]")


def unfit_text(text: str) -> Iterator[str]:
    """Characters that no page may hold, and isolates that are not closed where they were opened."""
    if found := _UNFIT.search(text):
        yield f"character U+{ord(found.group()):04X}"
    for run in (r for r in re.split("[<>]", text) if _ISOLATE.search(r)):
        depth = 0
        for letter in run:
            depth += (letter in _OPENS) - (letter in _CLOSES)
            if depth < 0:
                break
        if depth:
            yield "isolates that are not balanced"


def broken_files(site: Path) -> Iterator[str]:
    """Feeds, tables and lists that can't be read, and any file that holds words of outside the input."""
    canary = CANARY.encode()
    for path in sorted(p for p in site.rglob("*") if p.is_file()):
        data, name = path.read_bytes(), path.relative_to(site)
        if canary in data:
            yield f"{name}: words of a file outside the input"
        try:
            if path.suffix == ".xml":
                expat.ParserCreate().Parse(data, True)
            elif path.suffix == ".json":
                json.loads(data)
            elif path.suffix in (".html", ".csv", ".txt"):
                for trouble in unfit_text(data.decode("utf-8")):
                    yield f"{name}: {trouble}"
        except (expat.ExpatError, ValueError) as error:
            yield f"{name}: {error}"
        if path.suffix == ".csv":
            yield from (f"{name}: a formula" for cell in _cells(data) if re.match(r"[=+@\t\r-]\D", cell))


def _cells(data: bytes) -> Iterator[str]:
    import csv
    import io

    csv.field_size_limit(1 << 30)
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        yield from row
