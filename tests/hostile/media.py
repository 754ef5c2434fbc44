"""Broken and hostile feeds, tables, mails, archives, PDF; nesting and regular-expression bombs; odd files."""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.hostile.case import BUILT, CANARY, EITHER, PARTLY, REFUSED, Case, Words

RESERVED = (
    "con.txt",
    "PRN.txt",
    "aux",
    "nul.html",
    "COM1.txt",
    "lpt9.txt",
    "CONIN$.txt",
    "com\u00b9.txt",
    "clock$.txt",
)
ODD = ("-rf.txt", "--help.txt", "a b  c.txt", "tab\there.txt", "new\nline.txt", "quote'\".txt", "semi;colon&amp.txt", "$(reboot).txt", "`id`.txt", "%2e%2e%2f.txt", "..%c0%af.txt", "star*.txt", "what?.txt", "[ab].txt", "{x}.txt", "~.txt", "#hash.txt", "trailing .txt", "trailing..txt", "..txt.", "\u202etxt.exe", "e\u0301.txt", "\u00e9.txt", "UPPER.TXT", "upper.txt", "no-suffix", ".txt.txt", "x.md", "x.rst", "x.py", "x.json", "x.xml", "x.csv", "x.html.txt", "pelicanconf.py", "jinja2.py", "conftest.py", "index.html.txt", "x" * 251 + ".txt", "\u6e2f" * 83 + ".txt")  # fmt: skip

_ENTITY_BOMB = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(12))
    + "]>"
)


def cases(words: Words) -> Iterator[Case]:
    """All of them."""
    yield from _feeds(words)
    yield from _tables(words)
    yield from _mails(words)
    yield from _archives(words)
    yield from _nests(words)
    yield from _bombs(words)
    yield from _files(words)


def _one(
    kind: str, name: str, data: bytes | str, keep: tuple[str, ...] = (), fate: str = BUILT, **more: object
) -> Case:
    return Case(Path(name).stem, kind, ((name, data.encode() if isinstance(data, str) else data),), keep, fate, **more)  # type: ignore[arg-type]


def _rss(items: str, head: str = "") -> str:
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>Bench</title>{items}</channel></rss>'


def _item(words: Words, more: str = "") -> tuple[str, str]:
    text = words.paragraph().replace('"', "")
    return f"<item><title>{words.title()}</title><description>{text}{more}</description></item>", text


def _feeds(words: Words) -> Iterator[Case]:
    item, text = _item(words, "&l;")
    yield _one(
        "feed", "feed-bomb.rss", _ENTITY_BOMB + f"<rss version='2.0'><channel>{item}</channel></rss>", fate=REFUSED
    )
    yield _one(
        "feed",
        "feed-bomb-named-xml.xml",
        _ENTITY_BOMB + f"<rss version='2.0'><channel>{item}</channel></rss>",
        fate=EITHER,
    )
    for n, where in enumerate(
        ("file:///etc/passwd", "outside/secret.txt", "../outside/secret.txt", "http://127.0.0.1:9/x")
    ):
        doc = f'<!DOCTYPE r [<!ENTITY l SYSTEM "{where}">]>'
        yield _one("feed", f"feed-external-{n}.rss", _rss(item, doc), fate=REFUSED)
        yield _one("feed", f"feed-external-sub-{n}.rss", _rss(item, f'<!DOCTYPE r SYSTEM "{where}">'), fate=EITHER)
    yield _one(
        "feed",
        "feed-parameter.rss",
        _rss(item, '<!DOCTYPE r [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]>'),
        fate=REFUSED,
    )
    doc = _rss(item, '<!DOCTYPE r [<!ENTITY l SYSTEM "file:///etc/passwd">]>')
    yield _one(
        "feed", "feed-utf16-entity.rss", doc.replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16"), fate=EITHER
    )
    yield _one(
        "feed", "feed-utf7-entity.rss", doc.replace('"1.0"', '"1.0" encoding="utf-7"').encode("utf-7"), fate=EITHER
    )
    item, text = _item(words)
    good = _rss(item)
    yield _one(
        "feed",
        "feed-xinclude.rss",
        good.replace(
            "<item>", '<item><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'
        ),
        (text,),
    )
    yield _one(
        "feed",
        "feed-stylesheet.rss",
        good.replace("<rss", '<?xml-stylesheet href="http://evil.example/x.xsl"?><rss'),
        (text,),
    )
    yield _one("feed", "feed-truncated.rss", good[: -len("</description></item></channel></rss>")], (text,), EITHER)
    yield _one("feed", "feed-unclosed.rss", good.replace("</title>", ""), (), EITHER)
    yield _one(
        "feed", "feed-control.rss", good.replace("</description>", "\x00\x01\x0b\ufffe</description>"), (text,), EITHER
    )
    yield _one(
        "feed",
        "feed-deep.rss",
        _rss("<item><title>t</title><description>" + "&lt;div&gt;" * 3000 + text + "</description></item>"),
        (text,),
        EITHER,
    )
    yield _one("feed", "feed-deep-xml.rss", _rss("<a>" * 20000 + item + "</a>" * 20000), (), EITHER)
    yield _one(
        "feed",
        "feed-attributes.rss",
        _rss(item.replace("<item>", "<item " + " ".join(f'a{n}="x"' for n in range(20000)) + ">")),
        (),
        EITHER,
    )
    yield _one(
        "feed",
        "feed-many.rss",
        _rss(
            "".join(
                f"<item><title>Entry {n}</title><description>Line {n} of it was said.</description></item>"
                for n in range(300)
            )
        ),
        ("Line 299 of it was said.",),
    )
    yield _one("feed", "feed-empty.rss", "", fate=REFUSED)
    yield _one("feed", "feed-no-items.rss", _rss(""), fate=REFUSED)
    yield _one("feed", "feed-not-xml.rss", "just words, no feed at all, in a file with a wrong name", fate=EITHER)
    yield _one("feed", "feed-page.rss", words.page()[0], fate=EITHER)
    yield _one(
        "feed",
        "feed-relative.rss",
        good.replace(
            "<item>", '<item xml:base="javascript:x/"><link>../../../etc/passwd</link><guid>javascript:1</guid>'
        ),
        (text,),
    )
    yield _one("feed", "feed-same-guid.rss", _rss((item.replace("<item>", "<item><guid>1</guid>")) * 5), (text,))
    yield _one(
        "feed",
        "feed-dates.rss",
        _rss(
            "".join(
                f"<item><title>D{n}</title><pubDate>{d}</pubDate><description>Dated entry {n} was kept.</description></item>"
                for n, d in enumerate(
                    (
                        "Mon, 99 Xxx 99999 99:99:99 +9999",
                        "0000-00-00",
                        "9999-12-31T23:59:59-12:00",
                        "1e999",
                        "-1",
                        "Thu, 01 Jan 1970 00:00:00 GMT",
                        "x" * 5000,
                    )
                )
            )
        ),
        ("Dated entry 3 was kept.",),
    )
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "B", "items": [{"id": 1, "content_text": text}]}
    yield _one("feed", "feed-json.json", json.dumps(feed), (text,))
    for n, bad in enumerate(
        (
            {"items": None},
            {"items": [1, None, "x"]},
            {
                "items": [
                    {
                        "title": {"a": 1},
                        "content_html": ["x"],
                        "url": 7,
                        "authors": "x",
                        "date_published": 5,
                        "language": 3,
                        "content_text": text,
                    }
                ]
            },
            {
                "items": [{"content_text": text, "authors": [None, 1, {"name": {"x": 1}}, {"name": None}]}],
                "title": [1],
                "language": {},
            },
        )
    ):
        yield _one(
            "feed",
            f"feed-json-bad-{n}.json",
            json.dumps({"version": "https://jsonfeed.org/version/1.1", **bad}),
            fate=EITHER,
        )
    yield _one(
        "feed",
        "feed-json-deep.json",
        '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 100000,
        fate=EITHER,
    )


def _tables(words: Words) -> Iterator[Case]:
    text = words.paragraph()
    good = json.dumps({"title": "T", "text": text})
    yield _one("table", "table-good.jsonl", good + "\n\n" + good + "\n", (text,))
    for n, bad in enumerate(
        (
            "{",
            "[]",
            "1",
            "null",
            '"x"',
            "{}",
            '{"text": 1}',
            '{"text": ""}',
            '{"text": null}',
            "[" * 100000,
            '{"a":' * 50000,
            "1" * 100000,
            '{"text": "\\ud800 lone surrogate said the warden"}',
            '{"text": "x\\u0000y said the warden here"}',
            "NaN",
            '{"text": NaN}',
            "\xff",
            "{'text': 'x'}",
            '{"text": "a"}{"text": "b"}',
            "not json at all",
        )
    ):
        fate = BUILT if "warden" in bad else REFUSED
        yield _one("table", f"table-bad-{n:02}.jsonl", bad, fate=EITHER if fate == BUILT else fate)
    yield _one("table", "table-one-bad.jsonl", good + "\n{broken\n" + good + "\n", (text,), PARTLY)
    yield _one("table", "table-many-bad.jsonl", "{broken\n" * 500 + good + "\n[]\n" * 500, (text,), PARTLY)
    odd = {
        "title": ["x"],
        "text": text,
        "authors": [{"a": 1}, None, 5, "Ann Quill"],
        "published": 20230911,
        "url": ["http://x"],
        "outlet": {"n": 1},
        "language": 5,
        "html": 3,
    }
    yield _one("table", "table-odd-types.jsonl", json.dumps(odd), (text,), EITHER)
    yield _one(
        "table",
        "table-keys.jsonl",
        json.dumps(
            {
                "text": text,
                "save_as": "../../x",
                "__class__": "x",
                "slug": "..",
                "id": "../../x",
                "story": "../../../x",
                "source_file": "/etc/passwd",
            }
        ),
        (text,),
    )
    yield _one("table", "table-bom.jsonl", b"\xef\xbb\xbf" + good.encode(), (text,))


def _mails(words: Words) -> Iterator[Case]:
    text = words.paragraph()
    head = "From: Ann <ann@example.com>\r\nSubject: News\r\nMessage-ID: <1@x>\r\nMIME-Version: 1.0\r\n"
    yield _one("mail", "mail-plain.eml", head + f"Content-Type: text/plain\r\n\r\n{text}\r\n", (text,))
    yield _one("mail", "mail-no-body.eml", head + "\r\n", fate=REFUSED)
    yield _one("mail", "mail-no-head.eml", text, (), EITHER)
    yield _one(
        "mail",
        "mail-charset.eml",
        head + f"Content-Type: text/plain; charset=no-such-charset\r\n\r\n{text}\r\n",
        (text,),
    )
    yield _one(
        "mail",
        "mail-charset-escape.eml",
        head + f"Content-Type: text/plain; charset=unicode_escape\r\n\r\n{text}\r\n",
        (),
        EITHER,
    )
    yield _one(
        "mail",
        "mail-base64.eml",
        head + "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!not base64!!!\r\n",
        fate=EITHER,
    )
    yield _one(
        "mail",
        "mail-quoted.eml",
        head + f"Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{text} =ZZ =\r\n",
        (text,),
    )
    yield _one(
        "mail",
        "mail-header-bomb.eml",
        head.replace("News", "=?utf-8?q?" + "=41" * 50000 + "?=") + f"\r\n{text}",
        (),
        EITHER,
    )
    yield _one("mail", "mail-header-long.eml", head.replace("News", "x" * 200000) + f"\r\n{text}", (), EITHER)
    yield _one(
        "mail", "mail-header-folds.eml", head.replace("News", "a" + "\r\n b" * 20000) + f"\r\n{text}", (), EITHER
    )
    yield _one(
        "mail",
        "mail-address-bomb.eml",
        head.replace("Ann <ann@example.com>", "(" * 20000 + "a@b") + f"\r\n{text}",
        (),
        EITHER,
    )
    yield _one(
        "mail",
        "mail-many-headers.eml",
        head + "".join(f"X-{n}: y\r\n" for n in range(20000)) + f"\r\n{text}",
        (),
        EITHER,
    )
    parts = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(300))
    yield _one("mail", "mail-nested.eml", head + parts + f"Content-Type: text/plain\r\n\r\n{text}\r\n", (), EITHER)
    yield _one("mail", "mail-no-boundary.eml", head + f"Content-Type: multipart/mixed\r\n\r\n{text}\r\n", (), EITHER)
    yield _one(
        "mail",
        "mail-attachment.eml",
        head
        + f"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n{text}\r\n--b\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename=../../x.html\r\n\r\n<script>zzfired</script>\r\n--b--\r\n",
        (text,),
    )
    yield _one(
        "mail",
        "mail-newline-subject.eml",
        head.replace("News", "=?utf-8?q?a=0D=0Asave=5Fas:_x?=") + f"\r\n{text}",
        (text,),
    )
    yield _one("mail", "mail-zone.eml", head + f"Date: Fri, 31 Dec 9999 23:59:59 -2359\r\n\r\n{text}", (text,))
    yield _one("mail", "mail-zone-bad.eml", head + f"Date: Fri, 31 Dec 99999 23:59:59 +999999\r\n\r\n{text}", (text,))


def _warc(page: str) -> bytes:
    """A record of a page that was answered."""
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.com/a\r\nWARC-Date: 2023-09-11T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def _endless(size: int) -> bytes:
    """Gzip of about ``size`` bytes that unpacks to a thousand times as many; made without unpacking it."""
    packer = zlib.compressobj(9, wbits=31)
    piece = packer.compress(b"WARC/1.0\r\n" + b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return piece + block * (size // len(block))


def _pdf(stream: bytes, dictionary: str) -> bytes:
    """A PDF file of one page whose content is ``stream``."""
    parts = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj", b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj",
        f"4 0 obj<</Length {len(stream)}{dictionary}>>stream\n".encode() + stream + b"\nendstream endobj",
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for part in parts:
        places.append(len(out))
        out += part + b"\n"
    table = "".join(f"{p:010} 00000 n \n" for p in places)
    return (
        out
        + f"xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF".encode()
    )


def _pdfs(words: Words) -> Iterator[Case]:
    text = words.paragraph().replace("(", "").replace(")", "")
    line = f"BT /F 12 Tf 20 700 Td ({text}) Tj ET\n".encode()
    yield _one("archive", "pdf-good.pdf", _pdf(line, ""), (text,))
    yield _one("archive", "pdf-packed.pdf", _pdf(zlib.compress(line), "/Filter/FlateDecode"), (text,))
    yield _one("archive", "pdf-cut.pdf", _pdf(line, "")[:400], fate=EITHER)
    bomb = zlib.compressobj(9)
    packed = b"".join([bomb.compress(line), *(bomb.compress(b" " * (16 << 20)) for _ in range(64)), bomb.flush()])
    yield _one("archive", "pdf-bomb.pdf", _pdf(packed, "/Filter/FlateDecode"), fate=EITHER)
    twice = zlib.compress(packed, 9)
    yield _one("archive", "pdf-bomb-twice.pdf", _pdf(twice, "/Filter[/FlateDecode/FlateDecode]"), fate=EITHER)
    yield _one("archive", "pdf-letters.pdf", _pdf(zlib.compress(line * 40000), "/Filter/FlateDecode"), fate=EITHER)
    yield _one("archive", "pdf-open.pdf", _pdf(b"BT /F 12 Tf " + b"[" * 200000 + b"q " * 200000, ""), fate=REFUSED)
    script = b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/Pages 2 0 R>>endobj\n"
    yield _one("archive", "pdf-script.pdf", script + _pdf(line, "")[9:], fate=EITHER)


def _archives(words: Words) -> Iterator[Case]:
    page, keep = words.page()
    record = _warc(page)
    body = record[record.index(b"HTTP/") : -4]
    yield from _pdfs(words)
    yield _one("archive", "warc-good.warc", record, keep)
    yield _one("archive", "warc-packed.warc.gz", gzip.compress(record, mtime=0), keep)
    yield _one("archive", "warc-cut.warc.gz", gzip.compress(record, mtime=0)[:-30], (), EITHER)
    yield _one("archive", "warc-truncated.warc", record[:300], (), EITHER)
    yield _one("archive", "warc-length.warc", record.replace(str(len(body)).encode(), b"99999999999"), (), EITHER)
    yield _one("archive", "warc-negative.warc", record.replace(str(len(body)).encode(), b"-5"), (), EITHER)
    many = record.replace(b"urn:uuid:1", b"urn:uuid:2").replace(b"example.com/a", b"example.com/b")
    for name, uri in {
        "none": b"", "script": b"javascript:alert('zzfired')", "half": b"http://[::1", "file": b"file:///etc/passwd",
        "spaces": b"http://a b c/ d", "bytes": b"http://\xff\xfe/", "up": b"../../../x", "long": b"http://x/" + b"y" * 50000,
    }.items():  # fmt: skip
        bad = record.replace(b"WARC-Target-URI: http://example.com/a\r\n", b"WARC-Target-URI: " + uri + b"\r\n")
        yield _one("archive", f"warc-uri-{name}.warc", bad, keep)
    yield _one("archive", "warc-no-uri.warc", record.replace(b"WARC-Target-URI: http://example.com/a\r\n", b""), keep)
    yield _one("archive", "warc-same-uri.warc", record + _warc(words.page()[0]), keep)
    yield _one("archive", "warc-sound-then-garbage.warc", record + b"garbage\r\n" * 20 + many, keep, PARTLY)
    yield _one("archive", "warc-endless.warc.gz", _endless(6 << 20), fate=REFUSED)
    yield _one("archive", "warc-many-members.warc.gz", gzip.compress(record, mtime=0) * 3000, keep)
    yield _one("archive", "warc-garbage.warc", b"WARC/1.0\r\n" + bytes(range(256)) * 50, fate=REFUSED)
    yield _one(
        "archive",
        "warc-uri.warc",
        record.replace(b"http://example.com/a", b"javascript:alert('zzfired')"),
        keep,
    )
    bomb = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(
        b"<p>" + b"a " * (12 << 20) + b"</p>", mtime=0
    )
    head = record[: record.index(b"\r\n\r\n") + 4].replace(str(len(body)).encode(), str(len(bomb)).encode())
    yield _one("archive", "warc-bomb.warc", head + bomb + b"\r\n\r\n", fate=EITHER)
    yield _one("archive", "warc-gzip-bomb.warc.gz", gzip.compress(b"\0" * (24 << 20), mtime=0), fate=REFUSED)
    yield _one("archive", "gzip.txt", gzip.compress(b"words " * 1000, mtime=0), fate=REFUSED)
    yield _one("archive", "zlib.txt", zlib.compress(b"words " * 10000), fate=EITHER)
    yield _one("archive", "zip.docx", b"PK\x03\x04" + bytes(range(200)) * 20, fate=REFUSED)
    for n, pdf in enumerate(
        (
            b"%PDF-1.7\n",
            b"%PDF-1.7\n" + bytes(range(256)) * 40,
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 99999999>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
            b"%PDF-1.4\n1 0 obj" + b"<<" * 50000 + b"\ntrailer<</Root 1 0 R>>",
            b"  %PDF-x",
        )
    ):
        yield _one("archive", f"pdf-{n}.pdf", pdf, fate=REFUSED)
    for name, data in {
        "png.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
        "elf": b"\x7fELF\x02\x01\x01" + bytes(500),
        "jpeg.jpg": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4,
        "gif.html": b"GIF89a" + bytes(400),
        "sqlite.db": b"SQLite format 3\0" + bytes(2000),
        "pickle.pkl": b"\x80\x04\x95" + bytes(range(250)) * 3,
        "wav.txt": b"RIFF\x00\x00\x00\x00WAVEfmt " + bytes(range(256)) * 9,
        "zeros.txt": bytes(5000),
        "ones.txt": b"\xff" * 5000,
    }.items():
        yield _one("archive", f"binary-{name}", data, fate=EITHER if name == "ones.txt" else REFUSED)


def _nests(words: Words) -> Iterator[Case]:
    deep = words.paragraph()
    for tag in (
        "div",
        "p",
        "b",
        "i",
        "a href=x",
        "table",
        "ul><li",
        "blockquote",
        "span",
        "font",
        "svg",
        "math",
        "template",
        "form",
        "section",
        "details",
        "em",
        "x-y",
    ):
        for depth in (300, 5000):
            page, keep = words.page(f"<{tag}>" * depth + deep)
            visible = tag not in ("svg", "math", "template")
            yield _one(
                "nest", f"nest-{tag[:4].strip('>')}-{depth}.html", page, (*keep[:1], *((deep,) if visible else ()))
            )
    yield _one("nest", "nest-100000.html", words.page("<div>" * 100000 + deep)[0], (deep,))
    yield _one(
        "nest", "nest-formatting.html", words.page("<b><i><u><font><a href=x>" * 400 + "<p>" * 400 + deep)[0], (deep,)
    )
    yield _one(
        "nest",
        "nest-attributes.html",
        words.page("<p " + " ".join(f"a{n}=b" for n in range(20000)) + f">{deep}</p>")[0],
        (deep,),
    )
    yield _one("nest", "nest-class.html", words.page(f'<p class="{"c " * 100000}">{deep}</p>')[0], (deep,))
    yield _one("nest", "nest-comments.html", words.page("<!--" * 30000 + f"--><p>{deep}</p>")[0], ())
    yield _one("nest", "nest-open-tags.html", words.page("<" * 50000 + f"<p>{deep}</p>")[0], ())
    yield _one("nest", "nest-open-scripts.html", words.page("<script><style>" * 20000)[0], ())
    yield _one("nest", "nest-entities.html", words.page("<p>" + "&amp;" * 50000 + f"</p><p>{deep}</p>")[0], (deep,))
    yield _one(
        "nest",
        "nest-ld.html",
        words.page(head='<script type="application/ld+json">' + "[" * 50000 + "</script>")[0],
        (),
    )
    yield _one(
        "nest",
        "nest-ld-objects.html",
        words.page(head='<script type="application/ld+json">' + '{"@graph":[' * 5000 + "]}" * 5000 + "</script>")[0],
        (),
    )
    for name, piece in {
        "quotes": "> " * 3000,
        "lists": "- " * 3000,
        "brackets": "[" * 5000,
        "parens": "(" * 5000,
        "stars": "*a " * 5000,
        "under": "_a " * 5000,
        "ticks": "`" * 5000,
        "images": "![" * 3000,
        "links": "[a](" * 3000,
        "angles": "<" * 5000,
        "backslashes": "\\" * 5001,
        "emphasis": "*_" * 3000,
        "both": "**a *b " * 2000,
    }.items():
        text, keep = words.article(piece.strip() + " the warden said")
        yield _one("nest", f"nest-md-{name}.txt", text, keep)


def _bombs(words: Words) -> Iterator[Case]:
    bombs = {
        "a": "a" * 50000 + "!", "spaces": "x" + " " * 50000 + "y", "tabs": "x" + "\t " * 25000 + "y", "newlines": "\n" * 50000, "dots": "." * 50000, "dots-spaced": ". " * 20000,
        "commas": "a, " * 15000, "quotes": '"' * 20000, "quote-words": '"a ' * 10000, "curly": "\u201c" * 20000, "curly-mixed": "\u201ca\u201d " * 8000, "apostrophes": "'" * 20000,
        "capitals": "Aa " * 15000, "initials": "A. " * 15000, "names": "Ann Quill " * 8000, "numbers": "1 " * 15000, "digits": "9" * 50000, "thousands": "1," * 20000, "dates": "1 May 2023 " * 5000,
        "slashes": "1/1/1" * 10000, "said": "said " * 12000, "he-said": "he said that " * 6000, "dashes": "- " * 20000, "hyphens": "-" * 50000, "long-hyphen": "a-" * 25000, "em": "\u2014" * 20000,
        "ats": "@" * 30000, "mail": "a@" * 20000, "urls": "http://" * 8000, "url-long": "http://example.com/" + "a/" * 20000, "percent": "%" * 30000, "by": "By " * 15000, "by-names": "By Ann Quill, " * 4000,
        "semicolons": "a; " * 15000, "colons": "a: " * 15000, "parens": "(a) " * 12000, "open": "(" * 30000, "brackets": "[a " * 12000, "reuters": "(Reuters) - " * 4000, "and": "and " * 12000,
        "photo": "Photo: " * 6000, "share": "Share " * 9000, "ellipsis": "\u2026" * 20000, "cjk": "\u6e2f" * 20000, "combining": "a" + "\u0301" * 20000, "zwsp": "\u200b" * 30000, "mixed-case": "aB" * 20000,
        "hash": "# " * 20000, "pipe": "|" * 20000, "pipes": "a | " * 10000, "amp": "&" * 30000, "lt": "<a" * 15000, "equals": "=" * 30000, "tilde": "~" * 30000, "underscore": "_a" * 15000, "year": "2023" * 10000, "months": "January " * 6000,
        "percentages": "5 percent of " * 5000, "million": "$5 million " * 5000, "that": "that " * 12000, "long-lines": ("word " * 2000 + "\n") * 10, "short-lines": "a\n" * 15000, "short-paragraphs": "Aa bb.\n\n" * 3000,
        "alternating": "a b\n\n" * 3000, "crs": "a\r" * 15000, "vt": "a\x0b" * 15000, "ls": "a\u2028" * 15000, "uhr": "12:30 Uhr " * 5000, "glue": "endOf" * 10000, "glued-sentences": 'end."A start' * 4000, "mojibake": "\u00c3\u00a9" * 10000,
    }  # fmt: skip
    for name, bomb in bombs.items():
        title, one = words.title(), words.paragraph()
        yield _one("bomb", f"bomb-{name}.txt", f"{title}\n\n{one}\n\n{bomb}\n", (one,))
    for name in ("a", "spaces", "quotes", "capitals", "names", "dates", "by-names", "photo"):
        one = words.paragraph()
        yield _one("bomb", f"bomb-first-{name}.txt", f"{bombs[name]}\n\n{one}\n", (one,))
        yield _one(
            "bomb", f"bomb-page-{name}.html", words.page(f"<p>{bombs[name]}</p>", title=bombs[name][:20000])[0], ()
        )


def _files(words: Words) -> Iterator[Case]:
    text, keep = words.article()
    yield _one("file", "empty.txt", b"", fate=REFUSED)
    yield _one("file", "spaces.txt", b" \n\t\r\n " * 500, fate=REFUSED)
    yield _one("file", "invisible.txt", "\u200b\ufeff\u2060 \u00ad" * 50, fate=REFUSED)
    yield _one("file", "empty-page.html", "<html><body></body></html>", fate=REFUSED)
    yield _one("file", "script-page.html", "<html><body><script>x='zzfired'</script></body></html>", fate=REFUSED)
    yield _one("file", "one-letter.txt", "x", ("x",))
    yield _one("file", "one-mark.txt", "!", ("!",))
    yield _one("file", "nul.txt", text[:50].encode() + b"\0" * 3 + text[50:].encode(), (), EITHER)
    for n, name in enumerate((*RESERVED, *ODD)):
        text, keep = words.article()
        data = (words.page()[0] if name.endswith(".html") else text).encode()
        hidden = name.startswith(".")
        yield Case(
            f"name-{n:02}",
            "name",
            ((name, data),),
            () if hidden or name.endswith(".html") else keep,
            EITHER if hidden else BUILT,
        )
    yield from _links(words)


def _links(words: Words) -> Iterator[Case]:
    def case(name: str, lay: Callable[[Path], None], refused: tuple[str, ...] = (), keep: tuple[str, ...] = ()) -> Case:
        text, own = words.article()
        return Case(name, "link", ((f"{name}-good.txt", text.encode()),), (*own, *keep), refused=refused, lay=lay)

    def outside(folder: Path) -> Path:
        return folder.parents[1] / "outside"

    yield case("link-out", lambda f: (f / "link-out.txt").symlink_to(outside(f) / "secret.txt"), ("link-out.txt",))
    yield case(
        "link-relative",
        lambda f: (f / "link-relative.txt").symlink_to("../../outside/secret.txt"),
        ("link-relative.txt",),
    )
    yield case("link-system", lambda f: (f / "link-system.txt").symlink_to("/etc/passwd"), ("link-system.txt",))
    yield case("link-device", lambda f: (f / "link-device.txt").symlink_to("/dev/zero"), ("link-device.txt",))
    yield case(
        "link-folder",
        lambda f: (f / "link-to-outside").symlink_to(outside(f), target_is_directory=True),
        ("link-to-outside",),
    )
    yield case("link-root", lambda f: (f / "link-to-root").symlink_to("/", target_is_directory=True), ("link-to-root",))
    yield case(
        "link-story",
        lambda f: (f.parent / "story-outside").symlink_to(outside(f), target_is_directory=True),
        ("story-outside",),
    )
    yield case("link-same", lambda f: (f / "link-same").symlink_to(".", target_is_directory=True))
    yield case("link-hard", lambda f: (f / "link-hard.txt").hardlink_to(f / "link-hard-good.txt"))
    yield case("link-self", lambda f: (f / "link-self.txt").symlink_to("link-self.txt"), ("link-self.txt",))
    yield case(
        "link-loop",
        lambda f: ((f / "loop-a.txt").symlink_to("loop-b.txt"), (f / "loop-b.txt").symlink_to("loop-a.txt"))[0],
        ("loop-a.txt", "loop-b.txt"),
    )
    yield case("link-up", lambda f: (f / "link-up").symlink_to("..", target_is_directory=True))
    yield case("link-dangling", lambda f: (f / "link-dangling.txt").symlink_to("nowhere.txt"), ("link-dangling.txt",))
    yield case("link-inside", lambda f: (f / "link-inside.txt").symlink_to("link-inside-good.txt"))
    yield case(
        "link-coverage",
        lambda f: (
            None if (f / "coverage.toml").exists() else (f / "coverage.toml").symlink_to(outside(f) / "secret.toml")
        ),
        ("link-link-coverage/coverage.toml",),
    )
    yield case("pipe", lambda f: os.mkfifo(f / "pipe.txt"), ("pipe.txt",))
    yield case("pipe-page", lambda f: os.mkfifo(f / "pipe.html"), ("pipe.html",))
    yield case("pipe-coverage", _pipe_coverage, ("link-pipe-coverage/coverage.toml",))
    yield case("folder-coverage", lambda f: (f / "coverage.toml").mkdir(), ("link-folder-coverage/coverage.toml",))
    yield case(
        "sparse-coverage", lambda f: _sparse(f / "coverage.toml", 3 << 30), ("link-sparse-coverage/coverage.toml",)
    )
    yield case(
        "deep-coverage",
        lambda f: (f / "coverage.toml").write_text("a=" + "[" * 50000) and None,
        ("link-deep-coverage/coverage.toml",),
    )
    yield case("socket", _socket, ("socket.txt",))
    yield case("folder-named-txt", lambda f: (f / "folder.txt").mkdir())
    yield case("empty-folders", lambda f: (f / "a" / "b" / "c").mkdir(parents=True))
    yield case("deep-folders", _deep_folders, keep=("The deep file was read.",))
    yield case("endless-folders", _endless_folders, ("y" * 200,))
    yield case("dates-1", lambda f: _dated(f, "dates-1-good.txt", "0001-01-01", "0001-01-01T00:00:00+14:00") and None)
    yield case(
        "dates-9999", lambda f: _dated(f, "dates-9999-good.txt", "9999-12-31T23:59:59-12:00", '"9999-12-31"') and None
    )
    yield case("sparse", lambda f: _sparse(f / "sparse.txt", 200 << 20), ("sparse.txt",))
    yield case("sparse-page", lambda f: _sparse(f / "sparse-page.html", 3 << 30), ("sparse-page.html",))
    yield case(
        "bytes-name",
        lambda f: Path(os.fsdecode(os.fsencode(f) + b"/bad-\xff\xfe.txt")).write_text(
            "A file with a broken name was read."
        ),
        keep=("A file with a broken name was read.",),
    )
    if os.geteuid() != 0:
        yield case(
            "unreadable",
            lambda f: ((f / "unreadable.txt").write_text(CANARY), (f / "unreadable.txt").chmod(0))[0],
            ("unreadable.txt",),
        )
        yield case("unreadable-folder", lambda f: ((f / "shut").mkdir(), (f / "shut").chmod(0))[0], ("shut",))
    paragraphs = [words.paragraph() for _ in range(200)]
    for name, make in {
        "big-line.txt": lambda: "A head\n\n" + "word " * (10 << 20),
        "big-sentences.txt": lambda: "A head\n\n" + "A sentence of five words. " * (2 << 20),
        "big-one-sentence.txt": lambda: "A head\n\n" + "word " * 400_000,
        "big-paragraphs.txt": lambda: "\n\n".join(paragraphs * 40),
        "big-page.html": lambda: words.page("".join(f"<p>{p}</p>" for p in paragraphs * 40))[0],
        "big-cells.html": lambda: words.page("<table>" + "<tr><td>a<td>b" * 100_000 + "</table>")[0],
        "big-lines.txt": lambda: "short line\n" * 500_000,
        "big-page-line.html": lambda: words.page("<p>" + "word " * (10 << 20) + "</p>")[0],
        "big-table.jsonl": lambda: "".join(json.dumps({"text": p}) + "\n" for p in paragraphs * 100),
    }.items():
        yield _big(name, make)


def _big(name: str, make: Callable[[], str]) -> Case:
    """Made only when it is laid: tens of megabytes."""

    def write(folder: Path) -> None:
        (folder / name).write_text(make())

    return Case(Path(name).stem, "big", (), (), EITHER, (), write, full=True)


def _pipe_coverage(folder: Path) -> None:
    if not (folder / "coverage.toml").exists():
        os.mkfifo(folder / "coverage.toml")


def _socket(folder: Path) -> None:
    import socket

    here = Path.cwd()
    os.chdir(folder)  # the address of a socket may have 108 bytes
    try:
        socket.socket(socket.AF_UNIX).bind("socket.txt")
    finally:
        os.chdir(here)


def _deep_folders(folder: Path) -> None:
    deep = folder.joinpath(*(f"d{n}" for n in range(60)))
    deep.mkdir(parents=True)
    (deep / "deep.txt").write_text("The deep file was read.")


def _endless_folders(folder: Path) -> None:
    """Deeper than any path may be long."""
    here = os.getcwd()
    os.chdir(folder)
    try:
        for _ in range(30):
            os.mkdir("y" * 200)
            os.chdir("y" * 200)
    finally:
        os.chdir(here)


def _dated(folder: Path, file: str, published: str, updated: str) -> int:
    entry = f'[[article]]\nfile = "{file}"\npublished = {published}\nupdated = {updated}\n'
    return (folder / "coverage.toml").write_text(entry)


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)
