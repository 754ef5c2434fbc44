"""Feeds: RSS, Atom and JSON Feed files; an article an entry, with a doubt where the feed gives only a summary.

XML is read by feedparser (https://github.com/kurtmckee/feedparser). A file that declares entities is refused before any
parser sees it: that shuts out entity bombs and external entities alike, and no feed needs them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any

from generator.errors import InputRefused
from generator.intake.addresses import clean_url, outlet_at, outlet_named
from generator.intake.decoding import declared_in, decode
from generator.intake.html import bare_text
from generator.intake.isodates import iso_date
from generator.intake.persons import person_names
from generator.intake.whole import whole_capture
from generator.model import Capture, Hints
from generator.text import one_line, squeeze

SUFFIXES = frozenset({".rss", ".atom"})
MAX_ENTRIES = 2000
MORE = f"only the first {MAX_ENTRIES} entries of the feed are read"
BREAKS_OFF = "the feed breaks off before its end"
TOLD = 0.7  # of the runs of an entry's summary: the content says it too; what cuts it short is not there
SUMMARY_ONLY = "summary only: the feed does not give the whole text"
_ROOT = re.compile(rb"<(?:rss\b|feed\b[^>]{0,500}Atom|rdf:RDF\b)", re.IGNORECASE)
_ENTITIES = re.compile(r"<!ENTITY|<!DOCTYPE[^>]{0,500}\[", re.IGNORECASE)
# What XML keeps apart (comments, character data, instructions), where a declaration is words about one.
_PASSED_OVER = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_ENTRY_ENDS = re.compile(rf"{_PASSED_OVER.pattern}|(</(?:[\w.-]+:)?(?:item|entry)\s*>)", re.DOTALL)
_TAG = re.compile(r"<(/?)([A-Za-z_][\w:.-]*)[^<>]*?(/?)>")
_END = re.compile(r"</(?:rss|feed|rdf:RDF)\s*>\s*\Z", re.IGNORECASE)
_JSON_FEED = re.compile(rb"jsonfeed\.org/version")


class Feed:
    """Reads feed files."""

    name = "feed"

    def detects(self, path: Path, head: bytes) -> bool:
        """By suffix, or by the root element, or by the version that a JSON feed states."""
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
        marked = (start[:1] == b"<" and _ROOT.search(head)) or (start[:1] == b"{" and _JSON_FEED.search(head))
        return path.suffix.lower() in SUFFIXES or bool(marked)

    def read(self, path: Path, data: bytes, name: str) -> tuple[Capture, ...]:
        """A capture an entry, of the first 2,000. Raises InputRefused for a feed with entities of its own, or without
        text.
        """
        entries = _json_entries if data.lstrip()[:1] == b"{" else _xml_entries
        captures = entries(path, data, name)
        found = tuple(c for c in captures if squeeze(c.text))
        if not found:
            raise InputRefused("the feed has no entry with text", path=path)
        return found


def _xml_entries(path: Path, data: bytes, name: str) -> Iterable[Capture]:
    import feedparser

    text, doubts = decode(data, declared_in(data))
    if _ENTITIES.search(_PASSED_OVER.sub(" ", text)):
        raise InputRefused("the feed declares entities, which are not read", path=path)
    # A str is not decoded again; feedparser would fetch what looks like an address, hence bytes in a known encoding.
    declared = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"))
    enough = _enough(declared)
    whole = _ended(enough)
    doubts += () if whole == enough or enough != declared else (BREAKS_OFF,)
    parsed = feedparser.parse(
        whole.encode("utf-8", "replace"), response_headers={"content-type": "application/xml; charset=utf-8"}
    )
    if not parsed.entries:
        raise InputRefused("no entries could be read from the feed", path=path)
    source = parsed.feed.get("title")
    language = parsed.feed.get("language")
    unread = (MORE, None) if len(parsed.entries) > MAX_ENTRIES else None
    for n, entry in enumerate(parsed.entries[:MAX_ENTRIES]):
        capture = _of_entry(entry, n, name, source, language)
        yield replace(capture, doubts=doubts + capture.doubts + _summary_doubt(entry), unread=unread)


def _enough(text: str) -> str:
    """``text`` up to the end of one entry more than are read: the rest need not be parsed."""
    ends = (m.end() for m in _ENTRY_ENDS.finditer(text) if m[1])
    return text[: next(islice(ends, MAX_ENTRIES, None), len(text))]


def _ended(text: str) -> str:
    """A feed that breaks off, with what is open closed: what stands in an element without an end would be lost."""
    if _END.search(text[-200:].rstrip()):
        return text
    cut = "]]>" if text.rfind("<![CDATA[") > text.rfind("]]>") else ""
    opened: list[str] = []
    held: Counter[str] = Counter()
    for tag in _TAG.finditer(_PASSED_OVER.sub(" ", text)):
        name = tag[2]
        if tag[1] and held[name]:
            while opened[-1] != name:
                held[opened.pop()] -= 1
            held[opened.pop()] -= 1
        elif not tag[1] and not tag[3]:
            opened.append(name)
            held[name] += 1
    return text + cut + "".join(f"</{name}>" for name in reversed(opened))


def _summary_doubt(entry: Any) -> tuple[str, ...]:
    return () if entry.get("content") else (SUMMARY_ONLY,)


def _with_summary(content: str, summary: str) -> str:
    """The content of an entry; a summary that says something else stands before it, as the deck that it is."""
    if not (content and summary):
        return content or summary
    told, deck = (_runs(bare_text(part)) for part in (content, summary))
    if len(deck & told) >= TOLD * len(deck):
        return content
    return "".join(f"<p>{escape(line)}</p>\n" for line in bare_text(summary).split("\n")) + content


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of three words."""
    found = text.casefold().split()
    return frozenset(zip(found, found[1:], found[2:], strict=False))


def _of_entry(entry: Any, n: int, name: str, source: str | None, language: str | None) -> Capture:
    content = _with_summary("\n".join(c.get("value", "") for c in entry.get("content", ())), entry.get("summary") or "")
    url = entry.get("link") or None
    authors = [a.get("name", "") for a in entry.get("authors", ()) if a.get("name")] or [entry.get("author", "")]
    return _capture(
        name,
        part=str(n + 1),
        title=entry.get("title"),
        html=content,
        url=url,
        published=_time(entry.get("published_parsed")) or iso_date(entry.get("published")),
        updated=_time(entry.get("updated_parsed")) or iso_date(entry.get("updated")),
        authors=authors,
        outlet=(entry.get("source") or {}).get("title") or source,
        language=language,
    )


def _time(value: Any) -> str | None:
    """A parsed time of feedparser, which is in UTC."""
    if not value or not 1600 <= value[0] <= 2200:
        return None
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+00:00".format(*value[:6])


def _json_entries(path: Path, data: bytes, name: str) -> Iterable[Capture]:
    text, doubts = decode(data)
    try:
        feed = json.loads(text)
        items = [i for i in feed["items"] if isinstance(i, dict)]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputRefused("the JSON feed can't be read", path=path) from error
    unread = (MORE, None) if len(items) > MAX_ENTRIES else None
    for n, item in enumerate(items[:MAX_ENTRIES]):
        html = item.get("content_html") or _escaped(item.get("content_text")) or _escaped(item.get("summary"))
        people = item.get("authors") or feed.get("authors") or [item.get("author") or {}]
        capture = _capture(
            name,
            part=str(n + 1),
            title=item.get("title"),
            html=html or "",
            url=item.get("url"),
            published=iso_date(item.get("date_published")),
            updated=iso_date(item.get("date_modified")),
            authors=[a.get("name") or "" for a in people if isinstance(a, dict)],
            outlet=feed.get("title"),
            language=item.get("language") or feed.get("language"),
        )
        full = item.get("content_html") or item.get("content_text")
        yield replace(capture, doubts=doubts + capture.doubts + (() if full else (SUMMARY_ONLY,)), unread=unread)


def _escaped(text: Any) -> str:
    import html

    return (
        "".join(f"<p>{html.escape(p)}</p>" for p in re.split(r"\n+", text) if p.strip())
        if isinstance(text, str)
        else ""
    )


def _capture(
    name: str,
    *,
    part: str,
    title: Any,
    html: str,
    url: Any,
    published: str | None,
    updated: str | None,
    authors: Iterable[str],
    outlet: Any,
    language: Any,
) -> Capture:
    """One entry as a capture: its title as the first line, its content as HTML of which nothing is furniture."""
    address = clean_url(url) if isinstance(url, str) else None
    printed = one_line(outlet) if isinstance(outlet, str) else None
    code = language.strip()[:2].lower() if isinstance(language, str) and len(language.strip()) >= 2 else None
    values = {
        "title": one_line(title) if isinstance(title, str) and title.strip() else None,
        "outlet": outlet_at(address) or outlet_named(printed) or printed,
        "published": published,
        "updated": updated if updated != published else None,
        "url": address,
        "language": code,
        "authors": person_names(authors),
    }
    evidence = tuple(
        (k, "feed entry" if k != "outlet" or outlet_at(address) is None else "domain of the address")
        for k, v in values.items()
        if v
    )
    return replace(whole_capture(html, name, Hints(evidence=evidence, **values), medium="feed"), part=part)  # type: ignore[arg-type]


READER = Feed()
__all__ = ["READER", "Feed"]
