# ruff: noqa: E501
"""Feeds, mails, tables of articles, PDF files and web archives: each is read by its own reader, or refused with a reason."""

from __future__ import annotations

import gzip
import json
import sys
from io import BytesIO
from pathlib import Path

import pytest

from generator import intake
from generator.errors import InputRefused
from generator.intake.feed import BREAKS_OFF, MAX_ENTRIES, MORE, SUMMARY_ONLY
from generator.intake.html import HIDDEN

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Lindvik Courier</title>
<item><title>Boat strikes pier</title><link>https://lindvik.example/a?utm_source=rss</link>
<pubDate>Tue, 12 Sep 2023 08:30:00 +0200</pubDate><description>In short.</description>
<content:encoded><![CDATA[<p>The harbour was <b>closed</b> for six hours.</p><ul><li>Nobody was hurt.</li></ul>]]></content:encoded></item>
<item><title>Fog again</title><description>Only this much.</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Lindvik Courier</title><entry><title>Boat strikes pier</title>
<author><name>Mara Ilves</name></author><published>2023-09-12T08:30:00Z</published>
<content type="html">&lt;p&gt;The harbour was closed.&lt;/p&gt;</content></entry></feed>"""
MAIL = b"""From: Lindvik Courier <news@lindvik.example>
To: a@b.example
Subject: Fwd: Boat strikes pier
Date: Tue, 12 Sep 2023 08:30:00 +0200
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/plain; charset=utf-8

The harbour was closed.
--x
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<p>The harbour was closed for six=20hours.</p>
--x--
"""


def read(folder: Path, name: str, data: bytes | str) -> tuple[intake.Capture, ...]:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return intake.read(path, root=folder)


def test_a_feed_gives_an_article_an_entry(tmp_path):
    """Entries become captures of one file, told apart by their part, with the feed's metadata and cleaned addresses."""
    first, second = read(tmp_path, "a.xml", RSS)
    assert (first.name, second.name) == ("a.xml#1", "a.xml#2")
    assert first.hints.title == "Boat strikes pier"
    assert first.hints.url == "https://lindvik.example/a"
    assert first.hints.published == "2023-09-12T06:30:00+00:00"
    assert first.hints.outlet == "Lindvik Courier"
    assert first.lines[1].markup == "The harbour was **closed** for six hours."
    assert first.doubts == ()


def test_an_entry_with_a_summary_only_says_so(tmp_path):
    """A stub is marked as one."""
    assert read(tmp_path, "a.xml", RSS)[1].doubts == (SUMMARY_ONLY,)


@pytest.mark.parametrize(
    ("summary", "lines"),
    [
        ("Two ferries met in the fog, and nobody saw it coming.", 3),
        ("The pier was shut for six hours on Monday, the harbour said [...]", 2),
    ],
)
def test_a_summary_that_says_something_else_stands_before_the_content(tmp_path, summary, lines):
    """A deck is kept; the beginning of the content is not told twice."""
    body = (
        "<content:encoded>The pier was shut for six hours on Monday, the harbour said on the radio.</content:encoded>"
    )
    start = RSS[: RSS.index("<item>")]
    item = f"<item><title>Fog</title><description>{summary}</description>{body}</item>"
    (only,) = read(tmp_path, "a.xml", start + item + RSS[RSS.rindex("</item>") + 7 :])
    assert only.text.count("\n") + 1 == lines
    assert (summary in only.text) == (lines == 3)


def test_the_words_behind_a_drawing_that_is_left_open_are_kept(tmp_path):
    """Where all that an entry says stands in what a browser hides, it is read as plain text, with a doubt."""
    entry = (
        RSS[: RSS.index("<item>")]
        + "<item><title>Fog</title><description>&lt;svg&gt;The pier was shut.</description></item>"
    )
    (only,) = read(tmp_path, "a.xml", entry + RSS[RSS.rindex("</item>") + 7 :])
    assert "The pier was shut." in only.text
    assert HIDDEN in only.doubts


def test_of_a_feed_without_end_the_first_entries_are_read_whatever_follows(tmp_path):
    """An entry's end in character data or a comment is words; what isn't read costs nothing, and that is said."""
    trap = "<item><title>Trap</title><description><![CDATA[</item></item>]]><!-- </item> --></description></item>"
    items = trap + "".join(f"<item><title>Entry {n}</title></item>" for n in range(2, MAX_ENTRIES + 1))
    rest = "<item><title>Never" * 1000
    captures = read(tmp_path, "a.rss", f"<rss version='2.0'><channel><title>B</title>{items}{rest}</channel></rss>")
    assert [c.hints.title for c in captures[:: MAX_ENTRIES - 1]] == ["Trap", f"Entry {MAX_ENTRIES}"]
    whole = read(tmp_path, "b.rss", f"<rss version='2.0'><channel><title>B</title>{items}</channel></rss>")
    assert len(whole) == MAX_ENTRIES
    assert (captures[0].unread, whole[0].unread) == ((MORE, None), None)


def test_atom_and_json_feeds_are_read(tmp_path):
    """The other two kinds of feed give the same."""
    (atom,) = read(tmp_path, "a.atom", ATOM)
    assert (atom.hints.authors, atom.text) == (("Mara Ilves",), "Boat strikes pier\nThe harbour was closed.")
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Lindvik Courier",
        "items": [{"title": "Fog", "content_text": "Fog & more."}],
    }
    (item,) = read(tmp_path, "a.json", json.dumps(feed))
    assert (item.hints.title, item.text) == ("Fog", "Fog\nFog & more.")


@pytest.mark.parametrize(
    "bomb",
    [
        '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>',
    ],
)
def test_a_feed_with_entities_is_refused(tmp_path, bomb):
    """Neither entity bombs nor external entities reach a parser."""
    with pytest.raises(InputRefused, match="entities"):
        read(tmp_path, "a.rss", bomb)


@pytest.mark.parametrize(
    "hidden",
    [
        "<!-- <![CDATA[ -->{} <!-- ]]> -->", "<?x <!-- ?>{}<?y --> ?>", "<!-- <a> -->{}", "<!--->-->{}",
    ],
)  # fmt: skip
def test_entities_are_found_whatever_stands_around_them_and_words_about_them_are_words(tmp_path, hidden):
    """A declaration in character data declares nothing."""
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">]>'
    with pytest.raises(InputRefused, match="entities"):
        read(tmp_path, "a.rss", hidden.format(bomb) + "<rss><channel><item><title>&a;</title></item></channel></rss>")
    about = f"<rss><channel><item><description><![CDATA[<p>It says {bomb.replace('<', '&lt;')}</p>]]></description></item></channel></rss>"
    assert "<!ENTITY a" in read(tmp_path, "b.rss", about)[0].text
    assert read(tmp_path, "c.rss", about.replace("&lt;", "<"))


def test_text_about_feeds_is_no_feed(tmp_path):
    """A text that mentions a feed's tag is plain text."""
    assert read(tmp_path, "a.txt", "The tag <rss version> begins a feed.\n")[0].medium == "text"


def test_a_mail_gives_its_html_with_subject_and_date(tmp_path):
    """The HTML part is read; forwarding marks are not part of the title."""
    (capture,) = read(tmp_path, "a.eml", MAIL)
    assert capture.hints.title == "Boat strikes pier"
    assert capture.hints.published == "2023-09-12T08:30:00+02:00"
    assert capture.text == "Boat strikes pier\nThe harbour was closed for six hours."


def test_a_mail_is_known_by_its_head_and_a_text_with_colons_is_not(tmp_path):
    """Three header lines of which one is a mail's make a mail; "Title: x" does not."""
    assert read(tmp_path, "saved.txt", MAIL)[0].medium == "mail"
    assert read(tmp_path, "b.txt", "Title: x\nDate: today\nAuthor: y\n\nText.\n")[0].medium == "text"


def test_json_lines_give_an_article_a_line(tmp_path):
    """Each object's fields are hints, its text is the capture; the part is the line."""
    row = {
        "title": "Fog",
        "text": "The harbour was closed.",
        "published": "2023-09-12",
        "outlet": "Lindvik Courier",
        "authors": ["Mara Ilves", "Staff"],
    }
    first, second = read(tmp_path, "a.jsonl", json.dumps(row) + "\n\n" + json.dumps({"text": "More."}) + "\n")
    assert (first.text, first.part, second.part) == ("Fog\n\nThe harbour was closed.", "1", "3")
    assert (first.hints.outlet, first.hints.authors, first.hints.published) == (
        "Lindvik Courier",
        ("Mara Ilves",),
        "2023-09-12",
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [("{", "the line is not JSON"), ("[1]", "the line is not a JSON object"), ('{"a": 1}', 'the object has no "text"')],
)
def test_a_line_that_is_no_article_is_told_with_its_number_and_the_others_are_read(tmp_path, line, reason):
    """Of several the first is named; a file of such lines alone is refused."""
    (capture,) = read(tmp_path, "a.jsonl", '{"text": "Fog."}\n' + line)
    assert (capture.text, capture.unread) == ("Fog.", (reason, 2))
    first, last = read(tmp_path, "b.jsonl", f'{line}\n{{"text": "Fog."}}\n{line}\n{line}\n{{"title": "x"}}')
    assert (first.unread, last.unread) == ((f"{reason}; 2 more lines can't be read", 1),) * 2
    with pytest.raises(InputRefused, match=reason) as caught:
        read(tmp_path, "c.jsonl", "\n" + line)
    assert caught.value.line == 2


def test_every_part_of_a_mail_that_is_shown_is_read(tmp_path):
    """One after the other, of alternatives the one that shows most, of attachments none; damaged ones as far as it goes."""
    head = b"From: a@b.example\nSubject: Fog\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=o\n\n"
    inner = MAIL[MAIL.index(b"Content-Type: multipart") :]
    parts = [
        b"Content-Type: text/plain\n\nThe fog came first.\nIt stayed.", inner,
        b"Content-Type: text/html; charset=no-such\n\n<p>The boat came last.</p>",
        b"Content-Type: text/plain\nContent-Disposition: attachment\n\nThe bill.",
    ]  # fmt: skip
    (capture,) = read(tmp_path, "a.eml", head + b"".join(b"--o\n" + p + b"\n" for p in parts) + b"--o--\n")
    said = ["Fog", "The fog came first.", "It stayed.", "The harbour was closed for six hours.", "The boat came last."]
    assert capture.text.split("\n") == said


def test_an_address_that_is_none_costs_itself_alone(tmp_path):
    """Half an address, or one of a file, is not taken for where an article stood."""
    for url in ("http://[::1", "file:///etc/passwd", "javascript:alert(1)", "x" * 9):
        (row,) = read(tmp_path, "a.jsonl", json.dumps({"text": "Fog.", "url": url}))
        (item,) = read(
            tmp_path, "a.rss", f"<rss><channel><item><title>Fog</title><link>{url}</link></item></channel></rss>"
        )
        assert (row.hints.url, item.hints.url) == (None, None)


@pytest.mark.parametrize("opened", ["<description>", "<description><![CDATA[", "<description><p>"])
def test_a_feed_that_breaks_off_keeps_what_it_had_and_says_so(tmp_path, opened):
    """What is open where the file ends is closed there."""
    data = f"<rss version='2.0'><channel><item><title>Pier shut</title>{opened}Nobody was hurt at the pier."
    (found,) = read(tmp_path, "cut.rss", data)
    assert "Nobody was hurt at the pier." in found.text
    assert BREAKS_OFF in found.doubts


def test_of_a_feed_without_end_the_rest_is_told(tmp_path):
    """2,000 entries are read."""
    items = "".join(f"<item><title>Fog {n}</title></item>" for n in range(2001))
    captures = read(tmp_path, "a.rss", f"<rss><channel>{items}</channel></rss>")
    assert len(captures) == 2000
    assert {c.unread for c in captures} == {("only the first 2000 entries of the feed are read", None)}


def pdf(*texts: str) -> bytes:
    """A PDF file with a page a text, in a built-in font."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(texts)}/Kids[{' '.join(f'{4 + 2 * n} 0 R' for n in range(len(texts)))}]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for n, text in enumerate(texts):
        lines = " ".join(f"({line}) Tj 0 -16 Td" for line in text.split("\n")) if text else ""
        stream = f"BT /F1 12 Tf 72 700 Td {lines} ET"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * n} 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
        )
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    out, offsets = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{n} 0 obj{body}endobj\n".encode()
    table = "".join(f"{o:010} 00000 n \n" for o in offsets)
    return (
        out
        + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF".encode()
    )


def test_a_pdf_gives_its_text_layer(tmp_path):
    """The text of all pages is read in order."""
    pytest.importorskip("pypdfium2", reason="the extra pdf is not installed")
    (capture,) = read(
        tmp_path, "a.pdf", pdf("The harbour of Lindvik was closed\nfor six hours.", "Nobody was hurt in the fog.")
    )
    assert (
        capture.text.split() == "The harbour of Lindvik was closed for six hours. Nobody was hurt in the fog.".split()
    )


def columns_pdf(left: list[str], right: list[str]) -> bytes:
    """One page with two columns, printed line by line across both, as many programs write them."""
    rows = []
    for n, (a, b) in enumerate(zip(left, right, strict=True)):
        y = 780 - 20 * n
        rows += [f"BT /F1 9 Tf 40 {y} Td ({a}) Tj ET", f"BT /F1 9 Tf 320 {y} Td ({b}) Tj ET"]
    stream = " ".join(rows)
    page = pdf("x")
    start, end = page.index(b"<</Length"), page.index(b"endstream")
    return page[:start] + f"<</Length {len(stream)}>>stream\n{stream}\n".encode() + page[end:]


def test_the_columns_of_a_pdf_are_read_one_after_the_other(tmp_path):
    """Lines that stand side by side belong to their columns, not to each other."""
    pytest.importorskip("pypdfium2", reason="the extra pdf is not installed")
    left = [f"left line {n} of the harbour report" for n in range(14)]
    right = [f"right line {n} of the museum report" for n in range(14)]
    (capture,) = read(tmp_path, "a.pdf", columns_pdf(left, right))
    lines = [line.strip() for line in capture.text.splitlines() if line.strip()]
    assert lines == left + right


@pytest.mark.parametrize(("charset", "encoding"), [("iso-8859-1", "latin-1"), ("utf-8", "utf-8"), ("koi8-r", "koi8-r")])
def test_a_mail_of_text_alone_is_read_in_its_charset(tmp_path, charset, encoding):
    """A message without HTML gives its text, decoded as its head says; header lines are no text."""
    word = "Порт" if charset == "koi8-r" else "Größe"
    head = "From: Lindvik Courier <news@lindvik.example>\nSubject: Fog\nDate: Tue, 12 Sep 2023 08:30:00 -0400\n"
    body = f"MIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n\n{word} was closed.\n".encode(encoding)
    (capture,) = read(tmp_path, "a.eml", head.encode() + body)
    assert capture.text.strip() == f"{word} was closed."
    assert capture.hints.published == "2023-09-12T08:30:00-04:00"


def test_a_mail_without_text_is_refused(tmp_path):
    """A message that is nothing but an attachment has no article."""
    with pytest.raises(InputRefused, match="no text"):
        read(tmp_path, "a.eml", "Subject: x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBO\n")


def test_a_scanned_and_a_damaged_pdf_are_refused_with_the_reason(tmp_path):
    """A page without a text layer and a file that is cut off are told apart."""
    pytest.importorskip("pypdfium2", reason="the extra pdf is not installed")
    with pytest.raises(InputRefused, match="scanned"):
        read(tmp_path, "a.pdf", pdf(""))
    with pytest.raises(InputRefused, match="damaged"):
        read(tmp_path, "b.pdf", b"%PDF-1.4\nnothing more")


def test_a_pdf_that_takes_too_much_ends_a_process_of_its_own(tmp_path, monkeypatch):
    """Whatever happens to what reads it is a refusal."""
    pytest.importorskip("pypdfium2", reason="the extra pdf is not installed")
    for code in ("import os; os.abort()", "print(1 / 0)", "while True: pass"):
        script = tmp_path / "script.py"
        script.write_text(f"import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 1))\n{code}\n")
        monkeypatch.setattr("generator.intake.pdftext.__file__", str(script))
        with pytest.raises(InputRefused, match="takes too much to read"):
            read(tmp_path, "a.pdf", pdf("The harbour was closed."))


def warc(html: bytes) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    for url, status in (
        ("https://lindvik.example/a?utm_source=x", "200 OK"),
        ("https://lindvik.example/gone", "404 Not Found"),
    ):
        headers = StatusAndHeaders(status, [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=BytesIO(html), http_headers=headers))
    return out.getvalue()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the writer leaves spooled files open
def test_a_web_archive_gives_the_pages_that_were_found(tmp_path):
    """A page with status 200 becomes a capture with its address; an error page doesn't."""
    pytest.importorskip("warcio", reason="the extra warc is not installed")
    (capture,) = read(tmp_path, "a.warc.gz", warc(b"<html><body><p>The harbour was closed.</p></body></html>"))
    assert (capture.text, capture.hints.url, capture.part) == (
        "The harbour was closed.",
        "https://lindvik.example/a",
        "1",
    )


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_page_of_a_web_archive_is_read_wherever_it_came_from_as_far_as_the_archive_is_sound(tmp_path):
    """A page at no address of the web, or at the same one again, is a page; what follows a damage is told."""
    pytest.importorskip("warcio", reason="the extra warc is not installed")
    page = gzip.decompress(warc(b"<html><body><p>The harbour was closed.</p></body></html>"))
    page = page[: page.index(b"WARC/1.0", 9)]
    again = page.replace(b"was closed", b"is opened")
    for uri in (b"javascript:alert(1)", b"http://[::1", b""):
        data = page.replace(b"https://lindvik.example/a?utm_source=x", uri) + again
        first, second = read(tmp_path, "a.warc", data)
        assert (first.text, first.hints.url, second.text) == ("The harbour was closed.", None, "The harbour is opened.")
    first, second = read(tmp_path, "b.warc", page + again + b"no record\r\n\r\n" + page)
    assert {first.unread, second.unread} == {("only the first 2 pages of the web archive could be read", None)}


def test_a_web_archive_that_unpacks_to_no_end_is_refused(tmp_path, monkeypatch):
    """It is unpacked once, piece by piece, before anything is made of it."""
    pytest.importorskip("warcio", reason="the extra warc is not installed")
    monkeypatch.setattr("generator.intake.warc.MAX_TOTAL", 1 << 20)
    with pytest.raises(InputRefused, match="unpacks to more than 1 MB"):
        read(tmp_path, "a.warc.gz", gzip.compress(b"WARC/1.0\r\n") + gzip.compress(b" " * (2 << 20)))


def test_a_damaged_web_archive_is_refused(tmp_path):
    """A file that is no archive but is called one is refused."""
    pytest.importorskip("warcio", reason="the extra warc is not installed")
    with pytest.raises(InputRefused, match="web archive"):
        read(tmp_path, "a.warc", b"WARC/1.0\r\nnothing\r\n")


@pytest.mark.parametrize(
    ("name", "data", "module", "extra"),
    [("a.pdf", b"%PDF-1.4", "pypdfium2", "pdf"), ("a.warc", b"WARC/1.0\r\n", "warcio.archiveiterator", "warc")],
)
def test_a_missing_extra_is_named(tmp_path, monkeypatch, name, data, module, extra):
    """Where a heavy reader is not installed, the refusal says what to install."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputRefused, match=rf"crossreport\[{extra}\]"):
        read(tmp_path, name, data)
