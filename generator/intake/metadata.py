"""Metadata of an HTML page: JSON-LD, then meta elements, then what the page marks up; each value with evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from generator.intake.addresses import clean_url, outlet_at, outlet_named
from generator.intake.isodates import iso_date
from generator.intake.jsonld import article as article_of
from generator.intake.jsonld import by_id, json_names, nodes, organisations, text
from generator.intake.persons import agency_names, person_names
from generator.model import Hints
from generator.text import one_line


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
    objects = list(nodes(root))
    article = article_of(objects)
    _from_json(found, article, objects)
    _from_meta(found, metas)
    _title(found, root, metas, article)
    _url(found, root, metas)
    _outlet(found, metas, article, objects)
    _from_markup(found, root)
    found.offer("authors", found.organisations, "JSON-LD author, an organisation")
    found.offer("authors", organisations(metas.get("author", [])[:1], {}), "meta author, an organisation")
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
        agency=values.get("agency", ()),
        evidence=tuple(found.evidence.items()),
    )


def _from_json(found: Found, article: dict[str, Any], nodes: list[dict[str, Any]]) -> None:
    found.offer("published", iso_date(article.get("datePublished")), "JSON-LD datePublished")
    found.offer("published", iso_date(article.get("dateCreated")), "JSON-LD dateCreated")
    found.offer("updated", iso_date(article.get("dateModified")), "JSON-LD dateModified")
    names = tuple(json_names(article.get("author"), by_id(nodes)))
    found.offer("authors", person_names(names), "JSON-LD author")
    found.organisations = organisations(article.get("author"), by_id(nodes))
    found.offer(
        "agency", agency_names(json_names(article.get("author"), by_id(nodes), any_type=True)), "JSON-LD author"
    )
    section = article.get("articleSection")
    found.offer(
        "section", text(section[0] if isinstance(section, list) and section else section), "JSON-LD articleSection"
    )
    found.offer("language", _language(article.get("inLanguage")), "JSON-LD inLanguage")


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
        found.offer("agency", agency_names(values), f"meta {name}")
    for name in SECTIONS:
        found.offer("section", text(next(iter(metas.get(name, ())), None)), f"meta {name}")


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
    json_title = text(article.get("headline"))
    og = text(next(iter(metas.get("og:title", ())), None)) or text(next(iter(metas.get("twitter:title", ())), None))
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


_BAR = re.compile(r"(?<!\s)\s+(?:[|–—·•»:-]|::)\s+|(?:(?<!\s)\s+)?\|\s*")


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
            end = end[: end.rindex(part)].rstrip(" |–—·•»:-")
        else:
            break
    return end or title


def _url(found: Found, root: Any, metas: dict[str, list[str]]) -> None:
    canonical = [link.get("href") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    for url, source in [*((u, "link canonical") for u in canonical), *((u, "og:url") for u in metas.get("og:url", ()))]:
        if len(url or "") < 2000:
            found.offer("url", clean_url(url or ""), source)


def _outlet(found: Found, metas: dict[str, list[str]], article: dict[str, Any], nodes: list[dict[str, Any]]) -> None:
    site = text(next(iter(metas.get("og:site_name", ())), None))
    publisher = article.get("publisher")
    publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
    if isinstance(publisher, dict) and not publisher.get("name"):
        publisher = by_id(nodes).get(str(publisher.get("@id")), publisher)
    name = text(publisher.get("name") if isinstance(publisher, dict) else publisher)
    found.offer("outlet", outlet_at(found.values.get("url")), "domain of the address")
    found.offer("outlet", outlet_named(site), "og:site_name")
    found.offer("outlet", outlet_named(name), "JSON-LD publisher")
    for value, source in (
        (site, "og:site_name"),
        (name, "JSON-LD publisher"),
        (text(next(iter(metas.get("application-name", ())), None)), "application-name"),
    ):
        found.offer("outlet", value if value and len(value) <= 60 and not value.startswith("http") else None, source)


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
