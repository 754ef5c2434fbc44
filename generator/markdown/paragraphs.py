"""The paragraphs of an article's text as Markdown, both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.commonmark import escape, is_plain, plain, table_text
from generator.model import Paragraph, Role
from generator.text import one_line

_MARKED = {Role.STANDFIRST, Role.NOTE}


def dump(paragraphs: Sequence[Paragraph]) -> str:
    """``paragraphs`` as Markdown, one a line."""
    parts: list[str] = []
    before: Paragraph | None = None
    for paragraph in paragraphs:
        if before is not None:
            parts.append(_between(before, paragraph))
        parts.append(_paragraph(paragraph))
        before = paragraph
    return "".join(parts) + ("\n" if parts else "")


def _between(before: Paragraph, after: Paragraph) -> str:
    if before.role is after.role is Role.LIST_ITEM:
        return "\n"
    if before.role is after.role is Role.QUOTE:
        return "\n>\n"
    return "\n\n"


def _paragraph(paragraph: Paragraph) -> str:
    inline = paragraph.markup if paragraph.markup is not None else escape(paragraph.text)
    match paragraph.role:
        case Role.SUBHEAD:
            return "#" * max(paragraph.level, 2) + " " + _shut_heading(inline)
        case Role.QUOTE:
            return "> " + inline
        case Role.LIST_ITEM:
            return "  " * paragraph.level + "- " + inline
        case role if role in _MARKED:
            return f"<!-- {role.value} -->\n{inline}"
        case _:
            return inline


def _shut_heading(inline: str) -> str:
    """A heading's trailing "#" would be dropped by CommonMark."""
    return re.sub(r"#$", r"\\#", inline) if not inline.endswith("\\#") else inline


def load(body: str) -> Iterator[Paragraph]:
    """The paragraphs of a Markdown body, whatever a person wrote there; no text of it is dropped. What is read at once
    ends before a line that is a paragraph for certain: the parser takes a hundred times the memory of what it reads.
    """
    if _OPEN.search(body):
        yield from _parsed_paragraphs(body)
        return
    waiting: list[str] = []
    for block in body.split("\n\n"):
        line = block.strip("\n")
        if _SURE_LINE.fullmatch(line) is None:
            waiting.append(block)
            continue
        yield from _parsed_paragraphs("\n\n".join(waiting)) if waiting else ()
        waiting = []
        yield from (Paragraph(one_line(line)),) if is_plain(line) else _parsed_paragraphs(line)
    yield from _parsed_paragraphs("\n\n".join(waiting)) if waiting else ()


# What may reach over an empty line: a fence, HTML, a mark that isn't right over its paragraph.
_OPEN = re.compile(r"""(?m)^[ \t]*+(?:```|~~~|<(?!!-- \w++ -->\n(?:[^\W\d_]|["'(“‘])))|[^\n\\]<!-- \w++ -->\n""")


_SURE_LINE = re.compile(r"""(?:[^\W\d_]|["'(“‘])[^\n\r]*+""")  # begins with what begins no block


def _parsed_paragraphs(body: str) -> Iterator[Paragraph]:
    # Comments are ours (roles of the next paragraph), so HTML blocks are recognised here and nowhere else.
    tokens = _block_parser().parse(body)
    lines = body.splitlines()
    if max((t.level for t in tokens), default=0) >= _DEEPEST - 2:  # the parser leaves out what is deeper
        yield from (Paragraph(one_line(line)) for line in lines if one_line(line))
        return
    role, quotes, lists, skip = Role.BODY, 0, 0, -1
    for index, token in enumerate(tokens):
        if index <= skip:
            continue
        match token.type:
            case "blockquote_open" | "blockquote_close":
                quotes += token.nesting
            case "bullet_list_open" | "ordered_list_open" | "bullet_list_close" | "ordered_list_close":
                lists += token.nesting
            case "html_block":
                named = re.fullmatch(r"<!-- (\w+) -->", token.content.strip())
                if named and named[1] in {r.value for r in _MARKED}:
                    role = Role(named[1])
                elif not token.content.lstrip().startswith("<!--"):
                    yield Paragraph(one_line(token.content))
            case "table_open":
                skip = next(i for i in range(index, len(tokens)) if tokens[i].type == "table_close")
                yield _table(tokens[index:skip], lines)
            case "fence" | "code_block":
                yield Paragraph(one_line(token.content))
            case "inline":
                yield from _inline_paragraph(token, tokens[index - 1], role, quotes, lists)
                role = Role.BODY


_DEEPEST = 100


@cache
def _block_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST}).enable("table")
    return parser.disable(["html_inline", "code", "reference", "lheading"])


def _inline_paragraph(token: Token, opening: Token, role: Role, quotes: int, lists: int) -> Iterator[Paragraph]:
    text = plain(token)
    if not text:
        return
    source = one_line(token.content)
    level = 0
    if opening.type == "heading_open":
        role, level = Role.SUBHEAD, max(int(opening.tag[1:]), 2)
    elif lists:
        role, level = Role.LIST_ITEM, min(lists - 1, 6)
    elif quotes:
        role = Role.QUOTE
    words_only = all(child.type in ("text", "softbreak", "hardbreak") for child in token.children or ())
    yield Paragraph(text, role, None if words_only else source, level)


def _table(tokens: Sequence[Token], lines: Sequence[str]) -> Paragraph:
    first, last = tokens[0].map or [0, 0]
    markup = "\n".join(line.strip() for line in lines[first:last]).strip()
    return Paragraph(table_text(tokens), Role.TABLE, markup)
