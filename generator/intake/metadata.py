"""Metadata of an HTML page: JSON-LD, then meta elements, then what the page marks up; each value with evidence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from generator import lexicon
from generator.intake.persons import is_organisation, person_names
from generator.model import Hints
from generator.text import one_line

ARTICLE_TYPES = frozenset(
    "article newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle backgroundnewsarticle"
    " reviewnewsarticle askpublicnewsarticle blogposting liveblogposting socialmediaposting techarticle"
    " scholarlyarticle report webpage advertisercontentarticle satiricalarticle review".split()
)
MAX_JSON = 2_000_000


@dataclass
class Found:
    """What is known so far, and where each value came from."""

    values: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, str] = field(default_factory=dict)
    organisations: tuple[str, ...] = ()

    def offer(self, name: str, value: Any, source: str) -> None:
        """Takes ``value`` unless there is one already or it is empty."""
        if value and name not in self.values:
            self.values[name] = value
            self.evidence[name] = source


def hints_of(root: Any, *, guess_date: bool = True) -> Hints:
    """What the page under ``root`` says of itself. A date that had to be guessed says so in its evidence."""
    found = Found()
    metas = _metas(root)
    nodes = list(_nodes(root))
    article = _article(nodes)
    _from_json(found, article, nodes)
    _from_meta(found, metas)
    _title(found, root, metas, article)
    _url(found, root, metas)
    _outlet(found, metas, article, nodes)
    _from_markup(found, root)
    found.offer("authors", found.organisations, "JSON-LD author, an organisation")
    found.offer("authors", _organisations(metas.get("author", [])[:1], {}), "meta author, an organisation")
    if "published" not in found.values and guess_date:
        _guess_date(found, root)
    values = found.values
    return Hints(
        title=values.get("title"),
        outlet=values.get("outlet"),
        published=values.get("published"),
        updated=values.get("updated"),
        url=values.get("url"),
        language=values.get("language"),
        authors=tuple(values.get("authors", ())),
        section=values.get("section"),
        evidence=tuple(found.evidence.items()),
    )


# --- JSON-LD ----------------------------------------------------------------------------------------------------------


def _nodes(root: Any) -> Iterator[dict[str, Any]]:
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


def _types(node: dict[str, Any]) -> set[str]:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return {str(k).rpartition("/")[2].rpartition(":")[2].lower() for k in kinds if k}


def _article(nodes: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The object that describes the article: one of an article's type, with a headline before one without."""
    best: dict[str, Any] = {}
    rank = 0
    for node in nodes:
        kinds = _types(node)
        if not kinds & ARTICLE_TYPES:
            continue
        own = 2 + bool(node.get("headline")) + bool(node.get("author")) if kinds - {"webpage"} else 1
        if own > rank:
            best, rank = node, own
    return best


def _from_json(found: Found, article: dict[str, Any], nodes: list[dict[str, Any]]) -> None:
    found.offer("published", iso_date(article.get("datePublished")), "JSON-LD datePublished")
    found.offer("published", iso_date(article.get("dateCreated")), "JSON-LD dateCreated")
    found.offer("updated", iso_date(article.get("dateModified")), "JSON-LD dateModified")
    names = tuple(_json_names(article.get("author"), _by_id(nodes)))
    found.offer("authors", person_names(names), "JSON-LD author")
    found.organisations = _organisations(article.get("author"), _by_id(nodes))
    section = article.get("articleSection")
    found.offer(
        "section", _text(section[0] if isinstance(section, list) and section else section), "JSON-LD articleSection"
    )
    found.offer("language", _language(article.get("inLanguage")), "JSON-LD inLanguage")


def _by_id(nodes: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {n["@id"]: n for n in nodes if isinstance(n.get("@id"), str) and n.get("name")}


def _json_names(value: Any, by_id: dict[str, dict[str, Any]]) -> Iterator[str]:
    if isinstance(value, list):
        for v in value[:20]:
            if not isinstance(v, list):
                yield from _json_names(v, by_id)
    elif isinstance(value, dict):
        if not value.get("name") and value.get("@id") in by_id:
            value = by_id[value["@id"]]
        kinds = _types(value)
        if kinds & {"organization", "newsmediaorganization", "corporation"}:
            return
        name = value.get("name")
        for n in name if isinstance(name, list) else [name]:
            if text := _text(n):
                yield text
    elif text := _text(value):
        yield text


def _organisations(value: Any, by_id: dict[str, dict[str, Any]]) -> tuple[str, ...]:
    """Who is named as the author and is no person: the outlet itself, a newsroom; agencies and "Staff" left out."""
    nodes = value if isinstance(value, list) else [value]
    found: list[str] = []
    for node in nodes[:5]:
        if isinstance(node, dict):
            node = by_id.get(str(node.get("@id")), node) if not node.get("name") else node
            name = _text(node.get("name"))
        else:
            name = _text(node)
        if name and is_organisation(name):
            found.append(name)
    return tuple(dict.fromkeys(found))


def _text(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    import html

    return one_line(html.unescape(re.sub(r"<[^<>]{1,200}>", "", value))) or None


# --- meta elements ----------------------------------------------------------------------------------------------------


def _metas(root: Any) -> dict[str, list[str]]:
    """The content of meta elements by lower-case name, property or itemprop."""
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        content = meta.get("content")
        if not content or not content.strip():
            continue
        for key in ("property", "name", "itemprop"):
            if name := meta.get(key):
                found.setdefault(name.strip().lower(), []).append(content.strip())
    return found


PUBLISHED = tuple(
    "article:published_time og:article:published_time datepublished article:published og:published_time "
    "parsely-pub-date sailthru.date dc.date.issued dcterms.created dcterms.issued dc.date.created publishdate "
    "publish-date publish_date pubdate publication_date date.published published_at article.published "
    "cxenseparse:recs:publishtime cxenseparse:publishtime rnews:datepublished ptime published_time_telegram "
    "originalpublicationdate article_date_original dc.date dcterms.date citation_publication_date "
    "iso-8601-publish-date dc.issued displaydate date last-published".split()
)
UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "article:updated",
    "modified",
)
AUTHORS = tuple(
    "author article:author article:author_name parsely-author sailthru.author byl dc.creator dcterms.creator "
    "cxenseparse:author citation_author article.author article_author authors creator og:article:author byline "
    "mrf:authors".split()
)
SECTIONS = (
    "article:section",
    "parsely-section",
    "section",
    "og:article:section",
    "cxenseparse:section",
    "articlesection",
)


def _from_meta(found: Found, metas: dict[str, list[str]]) -> None:
    for name in PUBLISHED:
        found.offer("published", iso_date(next(iter(metas.get(name, ())), None)), f"meta {name}")
    for name in UPDATED:
        found.offer("updated", iso_date(next(iter(metas.get(name, ())), None)), f"meta {name}")
    for name in AUTHORS:
        values = [v for v in metas.get(name, ()) if not v.startswith(("http:", "https:", "//"))]
        found.offer("authors", person_names(tuple(values)), f"meta {name}")
    for name in SECTIONS:
        found.offer("section", _text(next(iter(metas.get(name, ())), None)), f"meta {name}")


def description_of(root: Any) -> str:
    """The page's own summary of itself, "" where it gives none."""
    metas = _metas(root)
    for name in ("og:description", "description", "twitter:description"):
        for value in metas.get(name, ()):
            return one_line(value)
    return ""


def _from_markup(found: Found, root: Any) -> None:
    """Bylines, times and the language that elements of the page carry."""
    found.offer("language", _language(root.get("lang") or root.get("xml:lang")), "html lang")
    if "authors" not in found.values:
        for element in root.xpath(_AUTHOR_XPATH)[:12]:
            text = "\n".join(t for part in element.itertext() if (t := one_line(part)))
            if 3 < len(text) <= 120:
                found.offer("authors", person_names((text,)), "markup of the byline")
    if "published" not in found.values:
        for element in root.xpath(_DATE_XPATH)[:4]:
            value = element.get("datetime") or element.get("content") or element.text
            found.offer("published", iso_date(value), "markup of the date")


_AUTHOR_NAMES = "author-name author_name authorName byline-name byline__name article-author article__author".split()
_AUTHOR_XPATH = (
    '//*[@rel="author"] | //*[@class="author" or @class="authors"]'
    ' | //*[@itemprop="author"]//*[@itemprop="name"] | //*[@itemprop="author"]'
    " | //*[" + " or ".join(f'contains(@class, "{name}")' for name in _AUTHOR_NAMES) + "]"
    " | //*[self::a or self::span or self::p or self::div or self::address]"
    '[contains(@class, "byline") or contains(@class, "Byline")]'
)
_DATE_XPATH = (
    '//*[@itemprop="datePublished"] | //time[@pubdate] | //article//header//time[@datetime]'
    " | //h1/following::time[@datetime][1]"
)


# --- title ------------------------------------------------------------------------------------------------------------


def _title(found: Found, root: Any, metas: dict[str, list[str]], article: dict[str, Any]) -> None:
    """The h1 where it is close to what the page calls itself elsewhere, else JSON-LD, og:title, the title element."""
    json_title = _text(article.get("headline"))
    og = _text(next(iter(metas.get("og:title", ())), None)) or _text(next(iter(metas.get("twitter:title", ())), None))
    element = root.find(".//title")
    own = one_line("".join(element.itertext())) if element is not None else None
    heads = [t for h in root.iter("h1") if (t := one_line("".join(h.itertext()))) and len(t) <= 400]
    others = [t for t in (json_title, without_outlet(og, metas), without_outlet(own, metas)) if t]
    close = max(heads, key=lambda h: max((likeness(h, t) for t in others), default=0.0), default=None)
    if close and max((likeness(close, t) for t in others), default=0.0) >= 0.5:
        found.offer("title", _without_kicker(close, others), "h1")
    if len(heads) == 1 and len(heads[0].split()) >= 4 and not others:
        found.offer("title", heads[0], "h1")
    found.offer("title", json_title, "JSON-LD headline")
    found.offer("title", without_outlet(og, metas), "og:title")
    found.offer("title", without_outlet(own, metas), "title element")
    if len(heads) == 1:
        found.offer("title", heads[0], "h1")


def _without_kicker(head: str, others: Iterable[str]) -> str:
    """``head`` without the few words before the title proper, where the page names itself without them elsewhere."""
    for other in others:
        if 20 < len(other) < len(head) <= len(other) + 60 and head.casefold().endswith(other.casefold()):
            return head[-len(other) :]
    return head


def likeness(a: str, b: str) -> float:
    """How alike two titles are, in [0, 1]: the share of the shorter one's words that the other has, less where the
    lengths part; for scripts without spaces, the same over characters.
    """
    first, second = _units(a), _units(b)
    if not first or not second:
        return 0.0
    common = len(set(first) & set(second))
    return (
        common
        / min(len(set(first)), len(set(second)))
        * min(1.0, 0.2 + min(len(first), len(second)) / max(len(first), len(second)))
    )


def _units(text: str) -> list[str]:
    tokens = re.findall(r"\w+", text.casefold())
    return tokens if len(tokens) > 2 or text.isascii() else list("".join(tokens))


_BAR = re.compile(r"\s+[|–—·•»:-]\s+|\s*\|\s*|\s+::\s+")


def without_outlet(title: str | None, metas: dict[str, list[str]]) -> str | None:
    """``title`` without the outlet's name (and section) behind a bar or dash."""
    if not title:
        return None
    parts = _BAR.split(title)
    if len(parts) == 1:
        return title
    names = {n.casefold() for n in metas.get("og:site_name", ())} | {
        n.casefold() for n in metas.get("application-name", ())
    }
    end = title
    for part in reversed(parts[1:]):
        key = part.strip().casefold()
        if (
            key in names
            or outlet_named(part.strip())
            or (len(part.split()) <= 3 and len(end) - len(part) > 30 and "|" in end[len(end) - len(part) - 3 :])
        ):
            end = (
                _BAR.sub("", end[: end.rindex(part)] + " ", count=0)
                if False
                else end[: end.rindex(part)].rstrip(" |–—·•»:-")
            )
        else:
            break
    return end or title


# --- address and outlet -----------------------------------------------------------------------------------------------

_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|ref|ref_src|ref_url|referrer|cmpid|cmp|ncid|ito|smid|s_cid|xtor|wt_mc|wt\.mc|trk|share|sh|at_\w+|ns_\w+|_ga|_gl|icid|ocid|cid|guccounter|guce_\w+|taid|soc_\w+|source|feature)$",
    re.IGNORECASE,
)


def clean_url(url: str) -> str:
    """``url`` without fragment and tracking parameters."""
    parts = urlsplit(url)
    query = "&".join(p for p in parts.query.split("&") if p and not _TRACKING.match(p.partition("=")[0]))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _url(found: Found, root: Any, metas: dict[str, list[str]]) -> None:
    canonical = [link.get("href") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    for url, source in [*((u, "link canonical") for u in canonical), *((u, "og:url") for u in metas.get("og:url", ()))]:
        try:
            parts = urlsplit((url or "").strip())
            if parts.scheme in ("http", "https") and parts.hostname and len(url) < 2000:
                found.offer("url", clean_url(url.strip()), source)
        except ValueError:
            continue


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


def _outlet(found: Found, metas: dict[str, list[str]], article: dict[str, Any], nodes: list[dict[str, Any]]) -> None:
    site = _text(next(iter(metas.get("og:site_name", ())), None))
    publisher = article.get("publisher")
    publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
    if isinstance(publisher, dict) and not publisher.get("name"):
        publisher = _by_id(nodes).get(str(publisher.get("@id")), publisher)
    name = _text(publisher.get("name") if isinstance(publisher, dict) else publisher)
    found.offer("outlet", outlet_at(found.values.get("url")), "domain of the address")
    found.offer("outlet", outlet_named(site), "og:site_name")
    found.offer("outlet", outlet_named(name), "JSON-LD publisher")
    for value, source in (
        (site, "og:site_name"),
        (name, "JSON-LD publisher"),
        (_text(next(iter(metas.get("application-name", ())), None)), "application-name"),
    ):
        found.offer("outlet", value if value and len(value) <= 60 and not value.startswith("http") else None, source)


# --- dates and language -----------------------------------------------------------------------------------------------

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
        return parsedate_to_datetime(value).isoformat()
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


def _guess_date(found: Found, root: Any) -> None:
    """The guess of htmldate from the page's markup and text; said to be one."""
    import logging

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    from htmldate import find_date

    try:
        guess = find_date(root, original_date=True, extensive_search=True, url=found.values.get("url"))
    except (ValueError, TypeError, RecursionError, OverflowError):
        return
    found.offer("published", iso_date(guess), "guessed from the page")


def _language(value: Any) -> str | None:
    text = value.get("alternateName") or value.get("name") if isinstance(value, dict) else value
    match = re.match(r"\s*([A-Za-z]{2})(?:[-_]|\s*$)", text) if isinstance(text, str) else None
    return {"nb": "no", "nn": "no", "iw": "he", "in": "id"}.get(match[1].lower(), match[1].lower()) if match else None
