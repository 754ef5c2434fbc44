"""HTML: a saved page. The whole page's visible text is kept, and each line is marked with what the page says of it.

trafilatura (https://github.com/adbar/trafilatura) decides which lines are the article's; :mod:`.pagerules` mends its
choice by what the markup tells. Depth and size are limited before anything recursive sees the tree; external entities
don't exist in HTML and are never fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from generator.errors import InputRefused
from generator.intake.bylines import about_authors, printed_byline, signature, with_them
from generator.intake.decoding import declared_in, decode, looks_binary
from generator.intake.extraction import article_lines, article_tree
from generator.intake.foreign import let_out
from generator.intake.inline import markup_of
from generator.intake.metadata import description_of, hints_of, likeness
from generator.intake.pagelines import BLOCKS, CELLS, HEADINGS, PageLine, TooDeep, page_lines
from generator.intake.pagerules import NOT_EXTRACTED, is_caption, mended
from generator.intake.pageview import covers
from generator.intake.persons import person_names
from generator.intake.tables import data_tables, is_kept
from generator.model import Capture, Hints, Line, Role, Span
from generator.text import squeeze

SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
UNREADABLE = "the page's markup is too deep or too large: read as plain text"
HIDDEN = "all text stands in markup that hides it: read as plain text"
MAX_TREE = 12 << 20  # characters of a page that extraction is tried on
MAX_TAGS = 50_000  # of a page; a long one has a fifth of it
HEAD = 1 << 18  # characters in which a page says what it is
CERTAIN = 160  # characters of a sentence that no rule of the converter need look at
_START = re.compile(
    rb"(?is)\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:[^-]|-(?!->)){0,2000}-->\s*)*<(?:!doctype\s+html|html|head|body)\b"
)
_FEW_ZEROS = 50
_ENCODING = re.compile(r"\A\s*<\?xml[^>]*\?>")


class Html:
    """Reads pages that were saved as HTML."""

    name = "html"

    def detects(self, path: Path, head: bytes) -> bool:
        """By suffix, else by a first tag that only a page begins with."""
        return path.suffix.lower() in SUFFIXES or _START.match(head) is not None

    def read(self, path: Path, data: bytes, name: str) -> tuple[Capture, ...]:
        """One capture a page. Raises InputRefused for a page without a visible character."""
        if 0 < data.count(b"\0") <= _FEW_ZEROS and _START.match(data):
            data = data.replace(b"\0", b"")  # as a browser does; a page in UTF-16 has as many as it has letters
        if looks_binary(data):
            raise InputRefused("a binary file, not a page", path=path)
        source, doubts = decoded(data)
        capture = capture_of(source, name)
        if not squeeze(capture.text):
            raise InputRefused("the page holds no text", path=path)
        return (replace(capture, doubts=doubts + capture.doubts),)


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The page's text: by BOM or strict UTF-8, then by the charset it declares, then as any text."""
    return decode(data, declared_in(data))


def capture_of(source: str, name: str, *, hints: Hints | None = None, medium: str = "html") -> Capture:
    """The capture of one page or fragment of HTML; ``hints`` (of a feed's entry, say) win over the page's own."""
    root = tree_of(source)
    lines = lines_of(root)
    if root is None or lines is None:
        text = bare_text(source)
        return Capture(name, text, hints or _told_in_head(source), medium="text", doubts=(UNREADABLE,))
    found = hints_of(root) if hints is None else hints
    chosen, left = _chosen(root, lines)
    signed = None
    if hints is None:
        found, signed = _signed(found, lines, chosen)
    text, marked = _marked(lines, chosen, left, found, signed)
    doubts = (
        ()
        if marked is None or any(x.role is None or x.role is not Role.CHROME for x in marked)
        else ("no article was found on the page",)
    )
    return Capture(name, text, found, medium=medium, lines=tuple(marked or ()), doubts=doubts)


def _told_in_head(source: str) -> Hints:
    """What a page that can't be read as a tree says of itself in its head."""
    end = _BODY.search(source, 0, HEAD)
    head = tree_of(source[: end.start()]) if end else None
    return Hints() if head is None else hints_of(head, guess_date=False)


_BODY = re.compile(r"(?i)</head\b|<body\b")
_WEAK = ("markup", "an organisation")  # of the evidence of authors: what the page prints beside its text goes before it


def _signed(found: Hints, lines: list[PageLine], chosen: list[bool]) -> tuple[Hints, int | None]:
    """``found`` with the authors that the page prints, where it names none for certain, or fewer; and the signature's
    line.
    """
    source = dict(found.evidence).get("authors", "")
    weak = not found.authors or any(w in source for w in _WEAK)
    printed = printed_byline(lines, chosen) if weak else with_them(lines, chosen, found.authors)
    if printed and printed != found.authors:
        return _by(found, printed, "printed byline"), None
    signed = signature(lines, chosen) if weak and "markup" not in source else None
    if signed is None:
        return found, None
    return _by(found, person_names((lines[signed].text,)), "signature under the text"), signed


def _by(found: Hints, authors: tuple[str, ...], source: str) -> Hints:
    evidence = dict(found.evidence) | {"authors": source}
    return replace(found, authors=authors, evidence=tuple(evidence.items()))


def lines_of(root: Any) -> list[PageLine] | None:
    """The lines of a tree; ``None`` where there is no tree or it is too deep."""
    try:
        return None if root is None else page_lines(root)
    except TooDeep:
        return None


def tree_of(source: str) -> Any:
    """The tree of a page; ``None`` where it is too large, or nested beyond the parser's own limit (2048), which would
    lose the rest in silence.
    """
    if len(source) > MAX_TREE or _tags(source) > MAX_TAGS:
        return None
    from lxml import etree, html

    source = _ENCODING.sub("", source.replace("\0", ""))
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None if _cut(parser) else html.document_fromstring("<html><body></body></html>")
    if _cut(parser):
        return None
    let_out(root)
    return root


def _tags(source: str) -> int:
    """How many tags a page has; what scripts hold is counted only where there are many without it."""
    count = source.count("<")
    return count if count <= MAX_TAGS else sum(1 for _ in _TAG.finditer(_without_hidden(source)))


_TAG = re.compile("<[a-zA-Z]")


def _cut(parser: Any) -> bool:
    return any(e.type_name == "ERR_RESOURCE_LIMIT" for e in parser.error_log)


_TAG_END = re.compile(r"(?<=\w)[^<>]{0,200}>")
_OPENS = re.compile(r"(?i)<(script|style|template|title)\b|<!--")


def _without_hidden(source: str) -> str:
    """``source`` without comments and the elements that are never shown; one left open hides nothing. Linear: what is
    not closed once is not looked for again.
    """
    low = source.lower()
    kept: list[str] = []
    at = 0
    open_ended: set[str] = set()
    for match in _OPENS.finditer(source):
        close = "-->" if match[0] == "<!--" else f"</{match[1].lower()}"
        if match.start() < at or close in open_ended:
            continue
        end = low.find(close, match.end())
        if end < 0:
            open_ended.add(close)
            continue
        kept.append(source[at : match.start()])
        tail = _TAG_END.match(source, end + len(close))
        at = tail.end() if tail else end + len(close)
    kept.append(source[at:])
    return "".join(kept)


_BREAK = re.compile(rf"(?i)</?(?:{'|'.join(sorted(BLOCKS - CELLS))})\b[^<>]{{0,2000}}>")
_CELL = re.compile(r"(?i)<t[dh]\b")


def bare_text(source: str) -> str:
    """The text of a page that can't be read as a tree: tags gone, blocks on lines of their own."""
    from html import unescape

    text = _CELL.sub(r" \g<0>", _BREAK.sub("\n", _without_hidden(source)))
    text = unescape(re.sub(r"<[/!?a-zA-Z][^<>]*>?", "", text))
    return "\n".join(line for raw in text.split("\n") if (line := " ".join(raw.split())))


def _chosen(root: Any, lines: list[PageLine]) -> tuple[list[bool], list[str | None]]:
    """Trafilatura's own choice, mended; where that holds little of the page's prose, what it finds with the help of
    readability and jusText, which costs as much again. For each line, too, the rule that left it out.
    """
    description = description_of(root)
    best, left = [False] * len(lines), [cast(str | None, NOT_EXTRACTED)] * len(lines)
    for fast in (True, False):
        body = article_tree(root, fast=fast)
        if body is not None:
            best, left = mended(lines, article_lines(lines, body), description)
        if covers(lines, best):
            break
    return best, left


def _marked(
    lines: list[PageLine], chosen: list[bool], left: list[str | None], hints: Hints, signed: int | None
) -> tuple[str, list[Line] | None]:
    """The capture text and its lines; no lines where no article was found, so that the converter's rules decide."""
    parts: list[str] = []
    marked: list[Line] = []
    at = 0
    title = _title_line(lines, chosen, hints)
    named = dict.fromkeys(about_authors(lines, chosen, hints.authors), Role.BIO)
    told = dict.fromkeys(named, "author-told")
    again = dict.fromkeys(_titles_again(lines, chosen, hints.title), Role.CHROME)
    named |= again
    told |= dict.fromkeys(again, "title-again")
    named |= {title: Role.TITLE} if title is not None else {}
    named |= {signed: Role.BYLINE} if signed is not None else {}
    tables = {t.start: t for t in data_tables(lines, hints.url) if is_kept(t, chosen)}
    named |= {t.start - 1: Role.CAPTION for t in tables.values() if t.start and lines[t.start - 1].tag == "caption"}
    i = 0
    while i < len(lines):
        line, table = lines[i], tables.get(i)
        text = table.text if table else line.text
        span = Span(at, at + len(text))
        parts.append(text)
        at += len(text) + 1
        role = Role.TABLE if table else named.get(i) or _role(line, chosen[i])
        keep = role not in (Role.CHROME, Role.TITLE)
        markup = table.markup if table else markup_of(line.pieces, hints.url) if keep else None
        rule = told.get(i) or (left[i] if role is Role.CHROME else "page-caption" if role is Role.CAPTION else None)
        marked.append(Line(span, role, markup, _level(line, role), rule))
        i = table.end if table else i + 1
    return "\n".join(parts), marked if any(chosen) else None


def _titles_again(lines: list[PageLine], chosen: list[bool], title: str | None) -> Iterator[int]:
    """Headings before the text's second paragraph that say the title over again, as a whole or with a kicker."""
    if not title:
        return
    limit = [i for i, c in enumerate(chosen) if c and lines[i].tag not in HEADINGS][:2]
    key = squeeze(title).casefold()
    for i, line in enumerate(lines[: limit[-1] if limit else 0]):
        own = squeeze(line.text).casefold()
        if line.tag in HEADINGS and chosen[i] and (own == key or (len(key) >= 20 and own.endswith(key))):
            yield i


def _title_line(lines: list[PageLine], chosen: list[bool], hints: Hints) -> int | None:
    """The heading that is the title: the first line, before the text's second paragraph, that is like the title."""
    if not hints.title:
        return None
    first = [i for i, c in enumerate(chosen) if c][:3]
    limit = first[-1] + 1 if first else len(lines)
    best = [i for i, line in enumerate(lines[:limit]) if squeeze(line.text) == squeeze(hints.title)]
    headed = [i for i in best if lines[i].tag == "h1"]
    if headed or best:
        return (headed or best)[-1]
    return next(
        (i for i, line in enumerate(lines[:limit]) if line.tag == "h1" and likeness(line.text, hints.title) > 0.6), None
    )


def _role(line: PageLine, chosen: bool) -> Role | None:
    """What the markup settles; ``None`` for a paragraph of the article, which the converter's rules look at."""
    if is_caption(line) and not (chosen and line.tag != "figcaption" and "figure" not in line.regions):
        return Role.CAPTION if line.tag not in ("td", "th") and not chosen else None if chosen else Role.CHROME
    if not chosen:
        return Role.CHROME
    if line.tag in HEADINGS:
        return Role.SUBHEAD
    if line.tag == "li":
        return Role.LIST_ITEM
    if "blockquote" in line.regions:
        return Role.QUOTE
    # A long sentence that the page marks up as text is text; what is shorter is left to the converter's rules.
    return Role.BODY if len(line.text) >= CERTAIN and line.text.rstrip("\"'”’»)]")[-1:] in ".!?…。！？" else None


def _level(line: PageLine, role: Role | None) -> int:
    if role is Role.SUBHEAD:
        return HEADINGS[line.tag]
    return max(0, line.depth - 1) if role is Role.LIST_ITEM else 0


READER = Html()
