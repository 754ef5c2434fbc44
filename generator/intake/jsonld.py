"""JSON-LD: the structured data that a page carries about its article (schema.org, JSON-LD 1.1)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from generator.intake.persons import is_organisation
from generator.text import one_line

ARTICLE_TYPES = frozenset(
    "article newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle backgroundnewsarticle"
    " reviewnewsarticle askpublicnewsarticle blogposting liveblogposting socialmediaposting techarticle"
    " scholarlyarticle report webpage advertisercontentarticle satiricalarticle review".split()
)
MAX_JSON = 2_000_000


def nodes(root: Any) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, outer ones first; a block that is no JSON is passed over."""
    for script in root.iter("script"):
        kind = (script.get("type") or "").partition(";")[0].strip().lower()
        text = script.text or ""
        if kind != "application/ld+json" or len(text) > MAX_JSON:
            continue
        yield from _objects(_parsed(text))


def _parsed(text: str) -> Any:
    text = re.sub(
        r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*$", "", text
    ).strip()
    for attempt in (text, text.rstrip(";, \n"), re.sub(r",\s*([}\]])", r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    queue: list[tuple[Any, int]] = [(value, 0)]
    while queue:
        value, depth = queue.pop(0)
        if isinstance(value, list) and depth < 8:
            queue[:0] = [(v, depth + 1) for v in value[:200]]
        elif isinstance(value, dict):
            yield value
            inner = [value.get(k) for k in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemReviewed")]
            queue.extend((v, depth + 1) for v in inner if depth < 8 and isinstance(v, dict | list))


def types(node: dict[str, Any]) -> set[str]:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return {str(k).rpartition("/")[2].rpartition(":")[2].lower() for k in kinds if k}


def article(nodes: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The object that describes the article: one of an article's type, with a headline before one without."""
    best: dict[str, Any] = {}
    rank = 0
    for node in nodes:
        kinds = types(node)
        if not kinds & ARTICLE_TYPES:
            continue
        own = 2 + bool(node.get("headline")) + bool(node.get("author")) if kinds - {"webpage"} else 1
        if own > rank:
            best, rank = node, own
    return best


def by_id(nodes: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {n["@id"]: n for n in nodes if isinstance(n.get("@id"), str) and n.get("name")}


def json_names(value: Any, by_id: dict[str, dict[str, Any]], *, any_type: bool = False) -> Iterator[str]:
    """The names in an author field; those of organisations only with ``any_type``."""
    if isinstance(value, list):
        for v in value[:20]:
            if not isinstance(v, list):
                yield from json_names(v, by_id, any_type=any_type)
    elif isinstance(value, dict):
        if not value.get("name") and value.get("@id") in by_id:
            value = by_id[value["@id"]]
        kinds = types(value)
        if kinds & {"organization", "newsmediaorganization", "corporation"} and not any_type:
            return
        name = value.get("name")
        for n in name if isinstance(name, list) else [name]:
            if printed := text(n):
                yield printed
    elif printed := text(value):
        yield printed


def text(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    import html

    return one_line(html.unescape(re.sub(r"<[^<>]{1,200}>", "", value))) or None


def organisations(value: Any, by_id: dict[str, dict[str, Any]]) -> tuple[str, ...]:
    """Who is named as the author and is no person: the outlet itself, a newsroom; agencies and "Staff" left out."""
    nodes = value if isinstance(value, list) else [value]
    found: list[str] = []
    for node in nodes[:5]:
        if isinstance(node, dict):
            node = by_id.get(str(node.get("@id")), node) if not node.get("name") else node
            name = text(node.get("name"))
        else:
            name = text(node)
        if name and is_organisation(name):
            found.append(name)
    return tuple(dict.fromkeys(found))
