"""Texts that try to be something else: Unicode, titles, dates, front matter, Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.case import Case, Words

UNICODE = {
    "rlo": "The file was called exe.\u202egpj.exe by the clerk of the town.",
    "lro": "The number \u202d12345\u202c was read from right to left.",
    "unclosed-isolate": "The name \u2067\u2066\u2068 was never closed by its writer.",
    "unclosed-embedding": "The name \u202a\u202b\u202a\u202b was never closed.",
    "stray-pdi": "Here \u2069\u2069\u202c\u202c something ends that never began.",
    "balanced-isolate": "The word \u2067\u05e9\u05dc\u05d5\u05dd\u2069 stands in its isolate.",
    "zero-width": "The pa\u200bss\u200cwo\u200drd was sp\u2060lit by ma\ufeffrks that nobody sees.",
    "zwj-emoji": "The family \U0001f468\u200d\U0001f469\u200d\U0001f467 waved and \U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f flew.",
    "zwnj-persian": "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 is a word that needs its joiner.",
    "soft-hyphen": "The Donau\u00addampf\u00adschiff sailed past the quay.",
    "homoglyphs": "\u0420\u0430\u0443\u0440\u0430l and \u0430pple.com are not what they seem to be.",
    "fullwidth": "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e was printed in wide letters.",
    "combining-flood": "The word Z" + "\u0336\u0321\u0322\u0489" * 400 + "algo was stacked high.",
    "combining-start": "\u0301\u0308 begins a paragraph that has no letter to stand on.",
    "many-combining": " ".join("a" + "\u0301" * n for n in range(60)) + " rise step by step.",
    "noncharacters": "Here \ufdd0 and \uffff and \ufffe and \U0001fffe and \U0010ffff stand.",
    "private-use": "Here \ue000 and \uf8ff and \U000f0000 stand for nobody.",
    "c0": "Bells \x07 and \x08 backspaces \x0b and \x0c and \x1b[31mred\x1b[0m escapes rang.",
    "c1": "Next \x85 line, string \x98 terminator \x9c and \x90 device control.",
    "delete": "Rub\x7fout was pressed.",
    "line-separators": "One\u2028two\u2029three were said in a row by the warden.",
    "tags-block": "Hidden \U000e0061\U000e0062\U000e0063 tags stand here.",
    "variation-selectors": "A heart \u2764\ufe0f and one \u2764\ufe0e without colour, "
    + "\ufe0f" * 300
    + " and a flood.",
    "ligature": "\ufb01sh and \ufdfa and \u2167 stay as they were printed.",
    "decomposed": "Cafe\u0301 and Am\u0325sterdam keep their marks as printed.",
    "astral": "\U0001d4d7\U0001d4ee\U0001d4fb\U0001d4f8 and \U00020000\U0002a6d6 are letters.",
    "interlinear": "Here \ufff9base\ufffatext\ufffb annotations stand.",
    "object-replacement": "An object \ufffc stood here, and a \ufffd too.",
    "hangul-filler": "\u3164\u115f\u1160 look like nothing at all.",
    "braille-blank": "\u2800\u2800\u2800 is not a space and shows nothing.",
    "nbsp": "12\u00a0000\u202f000 crowns were paid for the harbour.",
    "turkish": "I\u0307stanbul and \u0131\u0130 and \u00df\u1e9e fold in odd ways.",
    "final-sigma": "\u039f\u0394\u03a5\u03a3\u03a3\u0395\u03a5\u03a3 \u1fb3\u0345 and \u0390 fold oddly too.",
    "bom-inside": "A mark \ufeff in the midst of a line.",
    "only-marks-line": "\u200b\u200b\u200b\u200b",
}

TITLES = {
    "300-characters": "word " * 59 + "words",
    "300-letters": "x" * 300,
    "3000-characters": "Very long headline " * 160,
    "empty-slug": "!!! ??? ...",
    "only-dashes": "--- ---",
    "only-emoji": "\U0001f600\U0001f601\U0001f602",
    "chinese": "\u6e2f\u53e3\u59d4\u5458\u4f1a\u6295\u7968\u5173\u95ed\u65e7\u7801\u5934",
    "arabic": "\u0645\u062c\u0644\u0633 \u0627\u0644\u0645\u064a\u0646\u0627\u0621 \u064a\u063a\u0644\u0642 \u0627\u0644\u0631\u0635\u064a\u0641",
    "thai": "\u0e2a\u0e20\u0e32\u0e17\u0e48\u0e32\u0e40\u0e23\u0e37\u0e2d\u0e1b\u0e34\u0e14\u0e17\u0e48\u0e32",
    "cuneiform": "\U00012000\U00012001\U00012002 \U00012003",
    "con": "CON",
    "aux-txt": "aux.txt",
    "index": "index",
    "404": "404",
    "dots": "../../../../etc/passwd",
    "slash": "a/b\\c:d*e?f",
    "dot": ".",
    "percent": "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "nul-like": "title%00.html",
    "braces": "{{ 7*7 }} {% include '/etc/passwd' %}",
    "jinja": "{{ config.__class__.__init__.__globals__ }}",
    "script": "<script>alert('zzfired')</script>",
    "img": "\"><img src=x onerror=alert('zzfired')>",
    "end-title": "</title></head><body onload=alert('zzfired')>",
    "rlo": "Report \u202etxt.exe of the harbour",
    "quotes": '"It\'s" `fine` \u2018so\u2019 \u201cto\u201d \u00absay\u00bb',
    "entities": "Fish &amp; Chips &lt;b&gt; &#60;script&#62;",
    "static": "{static}/../../secret.txt and {attach}../../secret.txt",
    "yaml": "key: [value, {a: b}] # comment",
    "yaml-tag": "!!python/object/apply:os.system ['true']",
    "yaml-anchor": "&a *a : - ? | >",
    "number": "1e309",
    "null": "null",
    "date": "2023-09-11",
    "tabs": "A\ttitle\twith\ttabs in it",
    "formula": '=HYPERLINK("http://example.com","click")',
    "formula-at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "backticks": "`rm -rf` and $(reboot) at noon",
    "newline-escape": "One \\n two \\u0000 three",
    "combining": "a" + "\u0301" * 300,
    "cdata": "]]> <![CDATA[ x ]]>",
    "comment": "<!-- removed --> and -->",
}

DATES = (
    "0000-00-00", "0000-01-01", "0001-01-01", "9999-12-31", "9999-12-31T23:59:59+14:00", "9999-12-31T23:59:59-12:00",
    "10000-01-01", "2023-02-30", "2023-13-01", "1900-02-29", "99/99/9999", "31 February 2023", "February 31, 2023",
    "Monday, 0 January 0", "1 Jan 0000", "31 Dec 9999", "December 31, 9999", "Updated 9999-12-31 23:59", "-0001-01-01",
    "2023-09-11T25:61:61Z", "2023-09-11T23:59:60Z", "2023-09-11T08:30:00+99:99", "2023-09-11 08:30 XYZ", "1e9",
    "Published 12/31/9999", "now", "tomorrow", "12 hours ago", "99999999999 hours ago", "Sept. 31, 2023, 25:00 GMT",
    "\u0661\u0662/\u0660\u0669/\u0662\u0660\u0662\u0663", "\uff12\uff10\uff12\uff13\u5e74\uff19\u6708\uff11\uff11\u65e5", "2100-01-01", "1066-10-14",
    "in 99999999999999999999 days", "for 999999999999999999999999 years", "on the 99th of Never 2023",
)  # fmt: skip

FRONT = {
    "yaml": "---\ntitle: Stolen\nsave_as: ../../x.html\nslug: ../../x\nstatus: draft\n---",
    "yaml-open": "---\ntitle: never closed",
    "dashes": "---\n---\n---",
    "dots": "...\n---\ntitle: x\n...",
    "pelican": "Title: Stolen\nDate: 2010-12-03 10:20\nSave_as: ../../x.html\nStatus: draft\nTemplate: ../x",
    "status-draft": "Status: draft",
    "status-hidden": "Status: hidden\nSlug: index\nLang: ru",
    "setattr": "Is_valid: no\n_get_content: x\nTemplate: y\nUrl: http://example.com/\nSettings: z\n__class__: q",
    "rst": ".. include:: /etc/passwd\n\n.. raw:: html\n   :file: /etc/passwd",
    "include": "{include} ../../secret.txt {% include '../../secret.txt' %}",
    "attach": "{attach}../../secret.txt {static}../../secret.txt {filename}../../secret.txt |static|/etc/passwd",
    "attach-link": '[x]({attach}../../secret.txt) ![y]({static}/../../secret.txt) <a href="{attach}/etc/passwd">z</a>',
    "ours": "generated: source=deadbeef text=deadbeefdeadbeef",
    "ours-removed": "<!-- removed\nSet aside by the converter.\n\n[chrome \u00b7 x \u00b7 after 0]\nGone with it\n-->",
    "note": "<!-- note -->\nThis is no note.",
    "toml": '+++\ntitle = "x"\ndraft = true\n+++',
    "json": '{"title": "x", "save_as": "../../x"}',
    "org": "#+TITLE: x\n#+INCLUDE: /etc/passwd",
    "mmd": "{{TOC}}\n{{../../secret.txt}}",
    "jinja": "{% extends '/etc/passwd' %}{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "mail": "From: a@example.com\nSubject: x\nMessage-ID: <1@x>\n\nThe body.",
    "coverage": '[[article]]\nfile = "*"\noutlet = "Stolen"',
    "summary": "PELICAN_END_SUMMARY <!-- PELICAN_END_SUMMARY --> <!--more-->",
    "shebang": "#!/bin/sh\nrm -rf /",
    "vim": "vim: set modeline: let x=1",
}

MARKDOWN = (
    "# Not a heading", "#hashtag stays", "1. Not a list", "1) nor this", "- a dash - in - a row", "* a star", "+ a plus",
    "> quoted?", "    four spaces before", "\tone tab before", "```not a fence```", "~~~ tilde", "`code` and ``more``",
    "*stars* and **more** and ***most***", "_under_ __score__ snake_case_word", "~~struck~~", "[link](http://example.com)",
    "[ref][1]", "[1]: http://example.com 'title'", "![image](x.png)", "<http://example.com>", "<b>bold</b>", "a<br>b",
    "&amp; &lt; &copy; &#65; &#x41; &nosuch;", "\\* \\_ \\\\ \\", "line with two spaces  ", "back\\slash at end\\",
    "|a|b|\n|-|-|\n|c|d|", "a | b\n--- | ---\nc | d", "Setext\n======", "Setext too\n------", "***", "* * *", "___",
    "- [ ] task", "[^1] footnote", "[^1]: note", "$x^2$ and $$y$$", "H~2~O and x^2^", "==marked==", ":smile: :+1:",
    "::: warning", "{#id .class}", "term\n: definition", "*[HTML]: abbreviation", "http://example.com/*x*_y_", "www.a_b_c.org",
    "a@b.c", "---", "--", "...", "\u2014 dash", "(c) (tm) 1/2", "\"quotes\" 'single'", "****", "____", "``", "`", "<", ">", "&", "\\",
    "[", "]", "[]", "[]()", "![]()", "<>", "</p>", "<p>", "<!-- x -->", "<?php x ?>", "<![CDATA[x]]>", "<!DOCTYPE x>",
    "*a_b*c_", "**a*b**c*", "_a*b_c*", "`a*b`c*", "[a*b](c*d)", "a\\\nb", "1986\\. A year", "1986. A year", "#", "##", "- ", "+", "0)",
    "[a](<b c>)", "[a](b 'c')", "<a@b.cd>", "\u00a0\u00a0nbsp before", "a  b   c", "* item\n  * nested\n    * deeper", "> a\n> > b\nc",
    "1. a\n2. b\n7. c", "{: .x}", "%%% comment", "<<<", ">>>", "-->", "<!--", "]]>", "@import url(x)", "/* x */", "// y",
)  # fmt: skip


def cases(words: Words) -> Iterator[Case]:
    """Every text of this module, each in an article of its own."""
    for name, piece in UNICODE.items():
        yield _article(words, "unicode", name, piece)
        if name != "only-marks-line":
            yield _titled(words, "unicode", "title-" + name, piece)
    for name, title in TITLES.items():
        yield _titled(words, "title", name, title)
        yield _page_titled(words, name, title)
    for n in range(12):
        yield _titled(words, "title", f"equal-{n}", "The same title for all of them")
    for n, date in enumerate(DATES):
        yield _dated(words, n, date)
        yield _page_dated(words, n, date)
    for name, piece in FRONT.items():
        yield _article(words, "front", name, piece)
        yield _headed(words, name, piece)
    for n, piece in enumerate(MARKDOWN):
        yield _article(words, "markdown", f"{n:03}", piece)


def _article(words: Words, kind: str, name: str, piece: str) -> Case:
    text, keep = words.article(piece)
    return Case(f"{kind}-{name}", kind, ((f"{kind}-{name}.txt", _bytes(text)),), keep)


def _titled(words: Words, kind: str, name: str, title: str) -> Case:
    one, two = words.paragraph(), words.paragraph()
    return Case(
        f"{kind}-{name}", kind, ((f"{kind}-{name}.txt", _bytes(f"{title}\n\n{one}\n\n{two}\n")),), (title, one, two)
    )


def _page_titled(words: Words, name: str, title: str) -> Case:
    import html

    text, keep = words.page(title=html.escape(title))
    return Case(f"title-page-{name}", "title", ((f"title-page-{name}.html", _bytes(text)),), (title, *keep))


def _dated(words: Words, n: int, date: str) -> Case:
    title, one, two = words.title(), words.paragraph(), words.paragraph()
    text = f"{title}\n\n{date}\n\n{one} It happened on {date}, or {date} later.\n\n{two}\n"
    return Case(f"date-{n:02}", "date", ((f"date-{n:02}.txt", text.encode()),), (title, date, one, two))


def _page_dated(words: Words, n: int, date: str) -> Case:
    head = (
        f'<meta property="article:published_time" content="{date}"><meta name="date" content="{date}">'
        f'<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"{date}","dateModified":"{date}"}}</script>'
    )
    text, keep = words.page(f'<time datetime="{date}">{date}</time>', head=head)
    return Case(f"date-page-{n:02}", "date", ((f"date-page-{n:02}.html", text.encode()),), keep)


def _headed(words: Words, name: str, piece: str) -> Case:
    """The look-alike at the very beginning, where front matter would stand."""
    one, two = words.paragraph(), words.paragraph()
    return Case(
        f"front-head-{name}",
        "front",
        ((f"front-head-{name}.md", _bytes(f"{piece}\n\n{one}\n\n{two}\n")),),
        (piece, one, two),
    )


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
