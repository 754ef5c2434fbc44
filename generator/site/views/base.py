"""What every page has: its address, title, description, way up, and machine-readable description."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from generator.model import Article
from generator.project import Settings
from generator.site import addresses, wording
from generator.site.catalogue import _
from generator.site.desk import Desk
from generator.site.encoding import in_json
from generator.site.language import Said
from generator.text import one_line

LONGEST_TITLE = 90
NOWHERE = "https://crossreport.invalid/"
FRAGMENT = 4  # words at each end of a passage that a text fragment names


class Link(Struct, frozen=True, gc=False):
    """``href`` is relative to the site's root; ``None`` where there is nothing to link to."""

    text: Said
    href: str | None = None
    note: Said | None = None


class Head(Struct, frozen=True, gc=False):
    """``path``, ``image`` and ``feed`` are relative to the site's root. ``ld`` is JSON-LD, safe inside a script."""

    path: str
    title: str
    description: str
    ld: str
    kind: str = "website"
    crumbs: tuple[Link, ...] = ()
    image: str = "assets/card.png"
    feed: str = "feed.xml"
    indexed: bool = True

    @property
    def root(self) -> str:
        return addresses.root_of(self.path)


class View(Protocol):
    """A page's model; ``template`` is its template's name without ".html"."""

    @property
    def head(self) -> Head: ...


class Page(Struct, frozen=True, gc=False):
    """A view with the template that shows it."""

    template: str
    view: View

    @property
    def path(self) -> str:
        return self.view.head.path


def base_url(settings: Settings) -> str:
    """The absolute address of the site's root, with a closing slash; while it is not known, "" in public and at home
    one that can never be somebody's (RFC 2606), so that what needs an address can be looked at.
    """
    url = settings.url or ("" if settings.public else NOWHERE)
    return url.rstrip("/") + "/" if url else ""


def absolute(settings: Settings, path: str) -> str:
    """The absolute address of ``path``; "" while the site's is not known."""
    root = base_url(settings)
    return root + ("" if path == addresses.HOME else path) if root else ""


def ld(settings: Settings, kind: str, path: str, **fields: Any) -> str:
    """JSON-LD of schema.org's ``kind`` for the page at ``path``; unknown fields (``None``, empty) are left out."""
    table = {"@context": "https://schema.org", "@type": kind, "url": absolute(settings, path), **fields}
    return script_safe(pruned(table))


class Pruned(dict[str, Any]):
    """What has been through :func:`pruned`."""


def pruned(value: Any) -> Any:
    if isinstance(value, Pruned):
        return value
    if isinstance(value, dict):
        told = ((k, v) for k, v in value.items() if v or isinstance(v, int | float))
        return {k: v if type(v) is str else pruned(v) for k, v in told}
    return [pruned(v) for v in value] if isinstance(value, list | tuple) else value


def script_safe(value: Any) -> str:
    """JSON that can stand inside a script element whatever its strings hold."""
    text = in_json(value)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def short(text: str, longest: int = LONGEST_TITLE) -> str:
    """``text`` on one line, cut at a word, with an ellipsis."""
    text = one_line(text)
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[longest // 2 :] else cut).rstrip(" ,;:–-") + "…"


T = TypeVar("T")


def parts(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """``items`` by pages of ``size``; one page where there are none."""
    return [items[at : at + size] for at in range(0, len(items), size)] or [()]


def pages(of: int, address: Callable[[int], str]) -> tuple[Link, ...]:
    """A link to each of ``of`` pages; () where there is only one."""
    return tuple(Link(Said(str(n)), address(n)) for n in range(1, of + 1)) if of > 1 else ()


def numbered(number: int, of: int) -> str:
    """What a title says of the page it is on."""
    return _(", page %(number)s of %(of)s", number=number, of=of) if of > 1 else ""


def list_head(desk: Desk, path: str, title: str, description: str, settings: Settings) -> Head:
    """The head of a story's page that lists."""
    return Head(
        path=path,
        title=title,
        description=description,
        ld=ld(settings, "CollectionPage", path, name=title),
        crumbs=(home_crumb(), story_crumb(desk)),
        image=card(desk),
        feed=feed(desk),
    )


def home_crumb() -> Link:
    return Link(Said(_("Stories")), addresses.HOME)


def story_crumb(desk: Desk) -> Link:
    return Link(desk.said(desk.digest.title), addresses.story(desk.story))


def card(desk: Desk) -> str:
    """The picture of a story that other sites show beside a link to it."""
    return addresses.data(desk.story, "card.png")


def feed(desk: Desk) -> str:
    return addresses.data(desk.story, "feed.xml")


def titled(article: Article, desk: Desk) -> Said:
    key = f"title {article.id}"
    if key not in desk.lines:
        said = desk.said(short(article.label, 160), article.id)
        unnamed = not article.title and article.label in (article.source_file, article.id)
        desk.lines[key] = replace(said, ours=True) if unnamed else said
    found: Said = desk.lines[key]
    return found


def outlet_link(desk: Desk, name: str) -> Link:
    key = f"outlet {name}"
    if key not in desk.lines:
        desk.lines[key] = Link(desk.said(name), desk.outlet_path(name))
    found: Link = desk.lines[key]
    return found


def article_ld(desk: Desk, article: Article, settings: Settings) -> Pruned:
    """An article as schema.org has it, for lists."""
    key = f"ld {article.id}"
    if key not in desk.lines:
        desk.lines[key] = Pruned(pruned(_article_ld(desk, article, settings)))
    found: Pruned = desk.lines[key]
    return found


def _article_ld(desk: Desk, article: Article, settings: Settings) -> dict[str, Any]:
    return {
        "@type": "NewsArticle",
        "headline": short(article.label, 110),
        "url": absolute(settings, desk.article_path(article.id)),
        "isBasedOn": article.url,
        "datePublished": article.published,
        "inLanguage": article.language,
        "publisher": {"@type": "NewsMediaOrganization", "name": article.outlet} if article.outlet else None,
        "author": [{"@type": "Person", "name": name} for name in article.authors],
    }


def original(article: Article, text: str | None = None) -> str | None:
    """The address of an article at its publisher; with ``text`` of the place in it where these words stand, as a text
    fragment (WICG, URL Fragment Text Directives): a browser that knows it scrolls there, others show the page.
    """
    if not article.url or not article.url.startswith(("http://", "https://")):
        return None
    said = (text or "").split()
    if not said:
        return article.url
    ends = [said] if len(said) <= 2 * FRAGMENT else [said[:FRAGMENT], said[-FRAGMENT:]]
    directive = ",".join([_quoted(" ".join(part)) for part in ends])
    return f"{article.url}{'' if '#' in article.url else '#'}:~:text={directive}"


_UNQUOTED = re.compile(r"[A-Za-z0-9 _.~-]*")


def _quoted(text: str) -> str:
    """``text`` in a directive, where a hyphen has a meaning."""
    plain = _UNQUOTED.fullmatch(text)
    return (text.replace(" ", "%20") if plain else quote(text, safe="")).replace("-", "%2D")


def when(article: Article) -> wording.When:
    return wording.when(article.published)
