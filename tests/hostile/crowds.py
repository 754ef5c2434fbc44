"""Too much of one thing: entries, parts, tags, attributes, marks, in texts, pages, feeds and mails."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

from tests.hostile.case import BUILT, EITHER, PARTLY, REFUSED, Case, Words

_HEAD = "From: Ann <ann@example.com>\r\nSubject: News\r\nMIME-Version: 1.0\r\n"

# Pieces of a page that parsers were slow at, or lost the rest to; each stands before the words that must be kept.
PAGES = {
    "open-attributes": "<a " * 30000 + ">",
    "open-quotes": '<a title="' * 10000 + '">',
    "ends": "</p>" * 40000,
    "ends-of-nothing": "</x>" * 40000,
    "brs": "<br>" * 60000,
    "cdata": "<![CDATA[" * 20000 + "]]>",
    "open-comments": "<!-" * 30000 + ">",
    "comments": "<!---->" * 30000,
    "processing": "<?x " * 20000 + "?>",
    "entities-open": "&#" * 30000,
    "entities-long": "&#x" + "0" * 60000 + "41;",
    "entities-names": "&amp" * 40000,
    "tables-in-cells": "<table><tr><td>" * 200 + "</table>" * 200,
    "foster": "<table>" + "<b>x" * 3000 + "</table>",
    "formatting": "<b><i>" * 200 + "</p><p>" * 2000,
    "adoption": "<a><p>" * 1000 + "</a>" * 1000,
    "selects": "<select>" * 2000 + "<option>" * 5000 + "</select>",
    "lists": "<ul><li>" * 400 + "</ul>" * 400,
    "images": "<img src=x alt=y>" * 10000,
    "links": "<a href=http://example.com/>l</a> " * 5000,
    "data-image": "<img src='data:image/png;base64," + base64.b64encode(bytes(2_000_000)).decode() + "'>",
    "srcset": "<img srcset='" + "x 1w, " * 50000 + "'>",
    "classes": "".join(f"<p class='c{n}'></p>" for n in range(20000)),
    "same-ids": "<p id=main></p>" * 20000,
    "attributes-same": "<p " + "a=b " * 50000 + "></p>",
    "style": "<style>" + "a{b:c}" * 50000 + "</style>",
    "script": "<script>" + "var x;" * 50000 + "</script>",
    "svg": "<svg>" + "<path d='M0 0'/>" * 20000 + "</svg>",
    "template": "<template>" * 300 + "x" + "</template>" * 300,
    "nobr": "<nobr>" * 2000,
    "ruby": "<ruby>x<rt>y" * 3000 + "</ruby>",
    "spans": "<span>a</span>" * 20000,
    "nulls": "<p>" + "\0" * 40 + "</p>",
    "headings": "<h2>A heading of it</h2>" * 3000,
}

TEXTS = {
    "title-only": "A" * 60000,
    "isolates": "\u2067a" * 20000,
    "combining": "e\u0301\u0302\u0303\u0304" * 10000,
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467 " * 5000,
    "surrogate-pairs": "\U0010ffff" * 20000,
    "urls": "see http://\u0430pple.example/x and " * 2000,
    "footnotes": "[^1] " * 5000,
    "references": "[a]: http://example.com 'b'\n\n" * 1000,
    "fences": "```\n\n" * 2000,
    "rules": "---\n\n" * 3000,
    "table": "|a|b|\n|-|-|\n" + "|c|d|\n" * 3000,
    "headings": "# a\n\n" * 2000,
    "setext": "a\n=\n\n" * 2000,
    "quotes": ">" * 5000,
    "html": "<div>\n\n" * 2000,
    "escapes": "\\*" * 20000,
    "autolinks": "<http://a.example>" * 3000,
    "emails": "a@b.example, " * 4000,
    "names": "Ann Quill of the Bench Union said so. " * 1500,
    "quoted": '"We closed it," said Ann Quill. ' * 1500,
    "open-quotes": '"We closed it, said Ann Quill. ' * 1500,
    "numbers": "It cost 5 million or 6 percent of 7,000 crowns in 2023. " * 1000,
    "dates": "On 11 September 2023, a Monday, last week and next year. " * 1000,
    "one-paragraph": "The ferry of Orrel sailed and came back. " * 4000,
    "jinja": "{{ x }}{% for a in b %}{# c #}" * 3000,
    "static": "{static}/etc/passwd {attach}../x " * 3000,
}


def cases(words: Words) -> Iterator[Case]:
    """All of them."""
    for name, piece in PAGES.items():
        page, keep = words.page(piece)
        kept = keep[:1] if name in ("open-quotes", "selects") else keep
        yield _one("crowd", f"crowd-page-{name}.html", page.encode(), kept)
    for name, piece in TEXTS.items():
        text, keep = words.article(piece)
        yield _one("crowd", f"crowd-{name}.txt", text.encode(), (keep[0], keep[1], keep[-1]))
    yield from _heads(words)
    yield from _feeds(words)
    yield from _mails(words)


def _one(kind: str, name: str, data: bytes, keep: tuple[str, ...] = (), fate: str = BUILT) -> Case:
    return Case(name.rpartition(".")[0], kind, ((name, data),), keep, fate)


def _heads(words: Words) -> Iterator[Case]:
    """Metadata without end."""
    ld = json.dumps({"@type": "NewsArticle", "author": [{"@type": "Person", "name": f"Ann {n}"} for n in range(20000)]})
    for name, head in {
        "metas": "<meta property=og:title content=x>" * 10000,
        "meta-long": f"<meta property=og:title content='{'x ' * 500_000}'>",
        "ld": f"<script type=application/ld+json>{ld}</script>",
        "lds": "<script type=application/ld+json>{}</script>" * 5000,
        "ld-numbers": '<script type=application/ld+json>{"@type":"NewsArticle","datePublished":'
        + "9" * 100_000
        + "}</script>",
        "canonicals": "<link rel=canonical href=http://example.com/>" * 5000,
    }.items():
        page, keep = words.page(head=head)
        yield _one("crowd", f"crowd-head-{name}.html", page.encode(), keep)


def _feeds(words: Words) -> Iterator[Case]:
    items = "".join(f"<item><title>Entry {n}</title></item>" for n in range(100_000))
    feed = f"<rss version='2.0'><channel><title>B</title>{items}</channel></rss>"
    yield _one(
        "crowd", "crowd-feed-100000.rss", feed.encode(), ("Entry 7", "Entry 12", "Entry 21", "Entry 1999"), PARTLY
    )
    rows = "".join(json.dumps({"title": f"Row {n}", "text": f"Row {n} was read."}) + "\n" for n in range(1000))
    yield _one(
        "crowd", "crowd-rows.jsonl", rows.encode(), tuple(f"Row {n} was read." for n in (12, 21, 102, 120, 201, 999))
    )
    text = words.paragraph()
    item = f"<item><title>T</title><description>{text}</description></item>"
    for name, more in {
        "namespaces": " ".join(f'xmlns:n{n}="u{n}"' for n in range(5000)),
        "categories": "",
    }.items():
        inner = "".join(f"<category>c{n}</category>" for n in range(5000)) if name == "categories" else ""
        feed = f"<rss version='2.0' {more}><channel><title>B</title>{inner}{item}</channel></rss>"
        yield _one("crowd", f"crowd-feed-{name}.rss", feed.encode(), (text,), EITHER)


def _mails(words: Words) -> Iterator[Case]:
    text, other = words.paragraph(), words.paragraph()

    def nested(kind: str, depth: int) -> bytes:
        opening = "".join(f"Content-Type: multipart/{kind}; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(depth))
        closing = "".join(f"\r\n--b{n}--" for n in reversed(range(depth)))
        return (_HEAD + opening + f"Content-Type: text/plain\r\n\r\n{text}" + closing).encode()

    yield _one("crowd", "crowd-mail-mixed.eml", nested("mixed", 60), (text,))
    yield _one("crowd", "crowd-mail-alternatives.eml", nested("alternative", 60), (text,))
    yield _one("crowd", "crowd-mail-deep.eml", nested("mixed", 3000), (), EITHER)
    yield _one("crowd", "crowd-mail-deep-alternatives.eml", nested("alternative", 3000), (), EITHER)
    parts = f"--b\r\nContent-Type: text/plain\r\n\r\n{text}\r\n" * 3000
    many = f"{_HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{parts}--b--"
    yield _one("crowd", "crowd-mail-parts.eml", many.encode(), (text,))
    mixed = (
        f"{_HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n{text}\r\n"
        f"--b\r\nContent-Type: text/html\r\n\r\n<p>{other}</p>\r\n--b--"
    )
    yield _one("crowd", "crowd-mail-both.eml", mixed.encode(), (text, other))
    inner = "".join("Content-Type: message/rfc822\r\n\r\nSubject: x\r\nMIME-Version: 1.0\r\n" for _ in range(200))
    yield _one("crowd", "crowd-mail-forwarded.eml", f"{_HEAD}{inner}\r\n{text}".encode(), (text,), EITHER)
    saved = (
        "MIME-Version: 1.0\r\nSnapshot-Content-Location: http://example.com/\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
        f"--b\r\nContent-Type: text/html\r\n\r\n{words.page(f'<p>{text}</p>')[0]}\r\n"
        "--b\r\nContent-Type: application/javascript\r\n\r\nalert('zzfired')\r\n--b--"
    )
    yield _one("crowd", "crowd-saved.mht", saved.encode(), (text,))
    yield _one(
        "crowd", "crowd-saved-empty.mhtml", b"MIME-Version: 1.0\r\nSnapshot-Content-Location: x\r\n\r\n", fate=REFUSED
    )
