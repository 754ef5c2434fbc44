"""CommonMark: text -> source that renders as that very text, source -> text, source -> HTML; all by markdown-it-py."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.text import in_ascii, one_line

_INLINE = re.compile(
    r"""\\(?=[!-/:-@\[-`{-~]|$)   # a backslash that would escape something
      | `
      | (?<![\s])\*|\*(?![\s])    # an asterisk that could open or close emphasis
      | (?<!\w)_(?!\s)|(?<!\s)_(?!\w)
      | \[
      | ~(?=~)|(?<=~)~
      | <(?=[A-Za-z/!?])
      | &(?=\#?\w+;)
    """,
    re.VERBOSE,
)
_LINE_START = re.compile(r"^(#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|[-=*_](?=[-=*_\s]*$)|\d{1,9}(?=[.)](?:\s|$)))")
# Words and marks that mean nothing in CommonMark, beginning with what begins no block: nothing to be parsed.
_PLAIN = re.compile(r"""(?:[^\W\d_]|["'(“‘])[\w ,.;:?'"()“”‘’–—/$€£%]*+""")  # and no "_"
_EVERY_MARK = re.compile(r"([!-/:-@\[-`{-~])")


@cache
def _inline_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 100}).enable("table")
    # Links to files of the site are written by us; an article's "{filename}x" is a word, not a link.
    parser.normalizeLink = in_ascii  # type: ignore[method-assign]
    return parser


def escape(text: str) -> str:
    """One line of ``text`` as CommonMark that renders as that very text, with as few backslashes as that takes."""
    if is_plain(text) and one_line(text) == text:
        return text
    line = escape_inline(text)
    line = _LINE_START.sub(_escape_start, line)
    if plain_line(line) == text:
        return line
    return _EVERY_MARK.sub(r"\\\1", text)


def escape_in_comment(text: str) -> str:
    """:func:`escape` for a line within an HTML comment: every ">" is escaped, so nothing in the text can close it."""
    return re.sub(r"(?<!\\)>", r"\\>", escape(text))


def escape_inline(text: str) -> str:
    """``text`` as inline CommonMark that stands within a line, where nothing can begin a block."""
    return _INLINE.sub(lambda m: "\\" + m.group(0), text)


def _escape_start(match: re.Match[str]) -> str:
    # "1." is kept from being a list by escaping the mark after the digits.
    return match.group(0) + "\\" if match.group(0).isdigit() else "\\" + match.group(0)


def is_plain(line: str) -> bool:
    """Whether ``line`` is for certain one paragraph without any markup: it renders as it stands."""
    return "_" not in line and _PLAIN.fullmatch(line) is not None


def plain_line(line: str) -> str | None:
    """What a single paragraph line renders as; ``None`` where it isn't a single paragraph."""
    if is_plain(line):
        return one_line(line)
    tokens = _inline_parser().parse(line)
    if len(tokens) != 3 or tokens[0].type != "paragraph_open":
        return None if line.strip() else line
    return plain(tokens[1])


def table_source(rows: Sequence[Sequence[str]]) -> str:
    """A table (GitHub Flavored Markdown, 4.10) of cells that are inline Markdown; the first row is its head."""
    width = max(map(len, rows))
    filled = [[_PIPE.sub(r"\\|", cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in filled]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


_PIPE = re.compile(r"(?<!\\)\|")


def table_text(tokens: Sequence[Token]) -> str:
    """The text of a table: a row a line, cells parted by tabs."""
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(plain(token))
    return "\n".join("\t".join(row) for row in rows)


def plain_table(source: str) -> str | None:
    """What the source of a table reads as; ``None`` where it isn't a single table."""
    tokens = _inline_parser().parse(source)
    whole = len(tokens) > 1 and tokens[0].type == "table_open" and tokens[-1].type == "table_close"
    return table_text(tokens) if whole else None


def plain(inline: Token) -> str:
    """The text of an inline token, marks gone."""
    return one_line("".join(_plain_parts(inline.children or ())))


def _plain_parts(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special", "html_inline"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "image":
            yield token.content


def render_inline(markup: str) -> str:
    """Inline Markdown as HTML; raw HTML in it shows as text."""
    return _harmless(_inline_parser().renderInline(markup), _INLINE_TAGS)


def render_page(markdown: str) -> str:
    """A page of our own or the editor's Markdown (about, method, introductions) as HTML; raw HTML shows as text."""
    return _harmless(_inline_parser().render(markdown), _INLINE_TAGS | _BLOCK_TAGS)


_INLINE_TAGS = frozenset({"a", "br", "code", "em", "strong"})
_BLOCK_TAGS = frozenset(
    "blockquote h1 h2 h3 h4 h5 h6 hr li ol p pre table tbody td th thead tr ul".split()  # what CommonMark makes
)


def _harmless(html: str, tags: frozenset[str]) -> str:
    """A second line of defence behind the parser: known tags, no attribute but a link's target, no picture."""
    import nh3

    schemes = {"http", "https", "mailto"}
    return nh3.clean(html, tags=set(tags), attributes={"a": {"href"}, "*": set()}, url_schemes=schemes, link_rel=None)
