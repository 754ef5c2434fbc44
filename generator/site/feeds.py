"""Atom (RFC 4287), JSON Feed 1.1 and the sitemap. No clock: a feed is as new as its newest article."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from html import escape

from msgspec import Struct
from msgspec.structs import replace

from generator.model import Article
from generator.project import Settings
from generator.site import addresses, wording
from generator.site.catalogue import _, ngettext
from generator.site.desk import Desk
from generator.site.encoding import laid_out
from generator.site.views.base import absolute, short

_NOT_XML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?")
NEVER = "1970-01-01T00:00:00Z"
ENTRIES = 100
URLS = 50_000  # of a sitemap, by its protocol


class Entry(Struct, frozen=True, gc=False):
    """``url`` is relative to the site's root."""

    id: str
    title: str
    url: str
    updated: str
    summary: str
    author: str


def of_site(entries: Sequence[Entry], settings: Settings) -> dict[str, str]:
    """The feed of all stories (:func:`story_entry` of each), in both forms."""
    return _both(settings.title, addresses.HOME, entries, settings, "")


def story_entry(desk: Desk, settings: Settings) -> Entry:
    """A story in the feed of all."""
    return Entry(
        _urn(f"story/{desk.story}"),
        desk.digest.title,
        addresses.story(desk.story),
        timestamp(desk.times()[-1] if desk.times() else None),
        _(
            "%(articles)s from %(outlets)s; %(claims)s shared.",
            articles=ngettext("%(n)s article", "%(n)s articles", len(desk.digest.articles)),
            outlets=ngettext("%(n)s outlet", "%(n)s outlets", len(desk.digest.outlets)),
            claims=ngettext("%(n)s claim", "%(n)s claims", len(desk.shared)),
        ),
        settings.title,
    )


def of_story(desk: Desk, settings: Settings) -> dict[str, str]:
    """The feed of a story's articles, newest first."""
    entries = [_article_entry(desk, a.article, settings) for a in desk.digest.articles]
    return _both(desk.digest.title, addresses.story(desk.story), entries, settings, addresses.data(desk.story, ""))


def of_outlet(name: str, path: str, entries: Sequence[Entry], settings: Settings) -> dict[str, str]:
    """The feed of an outlet's articles over all stories (:func:`outlet_entries` of each), newest first; ``path`` is
    the address of its page.
    """
    title = f"{name} – {settings.title}"
    return _both(title, path, entries, settings, path.removesuffix("html"))


def outlet_entries(desk: Desk, name: str, settings: Settings) -> tuple[Entry, ...]:
    """An outlet's articles on a story: as many of the newest as a feed holds."""
    entries = [_article_entry(desk, a, settings) for a in desk.articles_by_outlet[name]]
    return tuple(sorted(entries, key=lambda e: e.updated, reverse=True)[:ENTRIES])


def _article_entry(desk: Desk, article: Article, settings: Settings) -> Entry:
    claims = len({c.id for _, c in desk.claims_by_article[article.id]})
    outlet = desk.outlet_of(article.id)
    return Entry(
        _urn(f"article/{desk.story}/{article.id}"),
        short(article.label, 160),
        desk.article_path(article.id),
        timestamp(article.published),
        _(
            "%(outlet)s, %(when)s: %(claims)s marked.",
            outlet=outlet,
            when=wording.when(article.published).label,
            claims=ngettext("%(n)s claim", "%(n)s claims", claims),
        ),
        outlet,
    )


def _both(title: str, home: str, entries: Sequence[Entry], settings: Settings, where: str) -> dict[str, str]:
    """Both forms by their address; ``where`` is what their names begin with."""
    newest = sorted(entries, key=lambda e: e.updated, reverse=True)[:ENTRIES]
    xml_path, json_path = where + "feed.xml", where + "feed.json"

    def linked(path: str) -> str:
        """Whole, or, while the site's address is not known, from where the feed lies."""
        return absolute(settings, path) or addresses.root_of(xml_path) + path

    placed = [replace(e, url=linked(e.url)) for e in newest]
    return {
        xml_path: _atom(title, _urn("feed/" + where), linked(home), linked(xml_path), placed),
        json_path: _json(title, linked(home), linked(json_path), placed),
    }


def _atom(title: str, key: str, home: str, own: str, entries: Sequence[Entry]) -> str:
    updated = max((e.updated for e in entries), default=NEVER)
    head = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n<id>{key}</id>\n'
        f"<title>{xml(title)}</title>\n<updated>{updated}</updated>\n"
        f'<link href="{xml(home)}"/>\n<link rel="self" href="{xml(own)}"/>\n'
    )
    body = "".join(
        f"<entry>\n<id>{e.id}</id>\n<title>{xml(e.title)}</title>\n<updated>{e.updated}</updated>\n"
        f"<author><name>{xml(e.author)}</name></author>\n"
        f'<link href="{xml(e.url)}"/>\n<summary>{xml(e.summary)}</summary>\n</entry>\n'
        for e in entries
    )
    return f"{head}{body}</feed>\n"


def _json(title: str, home: str, own: str, entries: Sequence[Entry]) -> str:
    table = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": home,
        "feed_url": own,
        "items": [
            {"id": e.id, "url": e.url, "title": e.title, "content_text": e.summary, "authors": [{"name": e.author}]}
            | ({"date_published": e.updated} if e.updated != NEVER else {})
            for e in entries
        ],
    }
    return laid_out(table).decode("utf-8", "surrogatepass")


def timestamp(iso: str | None) -> str:
    """An ISO date as RFC 3339 wants it; what is not a date is as old as can be."""
    if not iso or not _TIME.fullmatch(iso):
        return NEVER
    date, _, time = iso.partition("T")
    if not time:
        return f"{date}T00:00:00Z"
    zone = re.search(r"(Z|[+-]\d{2}:\d{2})$", time)
    clock = time[: zone.start()] if zone else time
    return f"{date}T{clock if len(clock) == 8 else clock + ':00'}{zone.group() if zone else 'Z'}"


def xml(text: str) -> str:
    return escape(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text))


def _urn(name: str) -> str:
    """The same for the same thing wherever the site lies."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'crossreport:' + name)}"


def sitemaps(pages: Sequence[str], settings: Settings, most: int = URLS) -> dict[str, str]:
    """Every page but "not found" (sitemaps.org 0.9): one file, or an index of files of at most ``most`` addresses."""
    mapped = [p for p in sorted(pages) if p != addresses.NOT_FOUND]
    parts = [mapped[at : at + most] for at in range(0, len(mapped), most)] or [[]]
    if len(parts) == 1:
        return {"sitemap.xml": _addresses("urlset", "url", parts[0], settings)}
    files = {f"sitemap-{n}.xml": _addresses("urlset", "url", part, settings) for n, part in enumerate(parts, 1)}
    return {"sitemap.xml": _addresses("sitemapindex", "sitemap", list(files), settings), **files}


def _addresses(whole: str, each: str, paths: Sequence[str], settings: Settings) -> str:
    listed = "".join(f"<{each}><loc>{xml(absolute(settings, p))}</loc></{each}>\n" for p in paths)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<{whole} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{listed}</{whole}>\n'
    )
