"""Article <-> Markdown file, both ways.

A converted article is YAML front matter, the text with one paragraph a line, and one closing HTML comment that keeps
what was set aside::

    ---
    title: …
    generated: source=… text=…
    ---

    The first paragraph.

    ## A subheading

    <!-- note -->
    Correction: …

    <!-- removed
    …
    [chrome · subscribe-call · after 2]
    Subscribe to our newsletter
    -->

Text is escaped so that any CommonMark renderer shows it letter for letter; moving a line out of the comment restores
it. Laws held here: ``load(dump(article)) == article`` (checked before anything is returned), and a file that a person
touched is recognised (:func:`is_untouched`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator import versions
from generator.commonmark import escape, is_plain, plain, plain_line, table_text
from generator.errors import InputRefused, LawBroken
from generator.model import Article, Paragraph, Removed, Role
from generator.text import one_line

# Front matter keys that are lists, and single values, in the order in which they are written.
_KEYS = (
    "title",
    "outlet",
    "published",
    "updated",
    "authors",
    "dateline",
    "agency",
    "credits",
    "language",
    "url",
    "rights",
    "story",
    "source_file",
    "also",
    "evidence",
    "generated",
)
_LISTS = frozenset({"authors", "agency", "credits", "also"})
_MARKED = {Role.STANDFIRST, Role.NOTE}
_REMOVED_HEAD = "<!-- removed"
_REMOVED_HELP = "Set aside by the converter. To restore a line, move it up into the text."
_REMOVED_ENTRY = re.compile(r"^\[(?P<role>[a-z]+) · (?P<rule>[^\]]*) · after (?P<after>\d{1,9})\]$")
_GENERATED_LINE = re.compile(r"^generated: .*\n", re.MULTILINE)


# --- writing ----------------------------------------------------------------------------------------------------------


def dump(article: Article, *, source: str = "") -> str:
    """The Markdown file of ``article``. ``source`` is a hash of what it was converted from.

    Raises LawBroken where reading it back would not give the same article (law 2); see :func:`settle`.
    """
    text = (
        _front_matter(article)
        + "\n"
        + _body(article.body)
        + _removed(article.removed)
        + versions.dump(article.versions)
    )
    back = load(text, id=article.id, story=article.story)
    if back != article:
        raise LawBroken(
            f"law 2 (round trip): {_first_change(article, back)} would not survive", path=article.id + ".md"
        )
    stamp = f"generated: source={source or '-'} text={_text_hash(text)}\n"
    return text.replace("\n---\n", f"\n{stamp}---\n", 1)


def settle(article: Article) -> Article:
    """``article`` in the form in which it survives writing: white space single, inline markup only where it reads back
    as the same words.
    """
    body = (replace(p, text=_settled_text(p)) for p in article.body)
    removed = (replace(r, text=one_line(r.text)) for r in article.removed)
    names = ("title", "outlet", "published", "updated", "dateline", "language", "url", "rights", "source_file")
    fields: dict[str, Any] = {name: one_line(getattr(article, name) or "") or None for name in names}
    fields |= {name: tuple(filter(None, map(one_line, getattr(article, name)))) for name in sorted(_LISTS)}
    kept = _settle_levels([p for p in map(_settle_paragraph, body) if p.text])
    return replace(
        article,
        body=kept,
        versions=versions.settled(article.versions, fields["title"], [p.text for p in kept]),
        removed=tuple(r for r in removed if r.text),
        evidence=tuple((one_line(k), one_line(v)) for k, v in article.evidence),
        **fields,
    )


def _settled_text(paragraph: Paragraph) -> str:
    return paragraph.text if paragraph.role is Role.TABLE and paragraph.markup else one_line(paragraph.text)


def _settle_paragraph(paragraph: Paragraph) -> Paragraph:
    level = paragraph.level
    if paragraph.role is Role.SUBHEAD:
        level = min(max(level, 2), 6)
    elif paragraph.role is not Role.LIST_ITEM:
        level = 0
    settled = replace(paragraph, level=min(level, 6))
    alone = replace(settled, level=0) if settled.role is Role.LIST_ITEM else settled
    if (is_plain(alone.text) and alone == Paragraph(one_line(alone.text))) or list(_paragraphs(_body([alone]))) == [
        alone
    ]:
        return settled
    role = Role.BODY if settled.role is Role.TABLE else settled.role
    return replace(settled, role=role, markup=None, text=one_line(settled.text))


def _settle_levels(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """A list item is at most one level deeper than the one right before it."""
    settled: list[Paragraph] = []
    depth = 0
    for paragraph in paragraphs:
        level = min(paragraph.level, depth) if paragraph.role is Role.LIST_ITEM else paragraph.level
        depth = level + 1 if paragraph.role is Role.LIST_ITEM else 0
        settled.append(replace(paragraph, level=level))
    return tuple(settled)


def _front_matter(article: Article) -> str:
    values = {key: getattr(article, key) for key in _KEYS if key not in ("evidence", "generated")}
    table: dict[str, Any] = {k: list(v) if k in _LISTS else v for k, v in values.items() if v not in (None, ())}
    if article.evidence:
        table["evidence"] = dict(article.evidence)
    dumped: str = yaml.dump(table, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1 << 30)
    return f"---\n{dumped}---\n"


class _Dumper(yaml.SafeDumper):
    """Writes ISO dates plain; everything that another reader could take for a number or a null stays quoted."""


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if not tag.endswith(":timestamp")]
    for first, pairs in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def _body(paragraphs: Sequence[Paragraph]) -> str:
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


def _removed(blocks: Sequence[Removed]) -> str:
    if not blocks:
        return ""
    lines = [_REMOVED_HEAD, _REMOVED_HELP]
    for block in blocks:
        rule = block.rule.replace("]", ")").replace("\n", " ")
        lines += ["", f"[{block.role.value} · {rule} · after {block.after}]", _escape_in_comment(block.text)]
    return "\n" + "\n".join(lines) + "\n-->\n"


def _escape_in_comment(text: str) -> str:
    # Every ">" is escaped, so nothing in the text can close the comment.
    return re.sub(r"(?<!\\)>", r"\\>", escape(text))


def _text_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _first_change(article: Article, back: Article) -> str:
    for key in ("title", "outlet", "published", "authors", "body", "removed", "evidence", "versions"):
        if getattr(article, key) != getattr(back, key):
            return key
    return "metadata"


# --- reading ----------------------------------------------------------------------------------------------------------


def load(text: str, *, id: str, story: str, path: str | None = None) -> Article:
    """The article in a Markdown file. Raises InputRefused, with the line, for front matter that can't be read."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    table, rest = _split_front_matter(text, path)
    rest, earlier = versions.split(rest)
    body, comment = _split_removed(rest)
    fields = _fields(table, path, text)
    fields.pop("story", None)
    removed = tuple(_removed_entries(comment))
    paragraphs = tuple(_paragraphs(body))
    older = versions.chained(versions.load(earlier), fields.get("title"), [p.text for p in paragraphs])
    return Article(id=id, story=story, body=paragraphs, removed=removed, versions=older, **fields)


def is_untouched(text: str) -> bool:
    """Whether a Markdown file is still as it was generated, by its checksum. A file without one is a person's."""
    line = _GENERATED_LINE.search(text)
    if line is None:
        return False
    stamped = re.search(r"text=([0-9a-f]{16})$", line.group(0).strip())
    without = text[: line.start()] + text[line.end() :]
    return stamped is not None and stamped.group(1) == _text_hash(without)


def source_stamp(text: str) -> str | None:
    """The hash of the source that a file was generated from; ``None`` for a file that was not generated."""
    line = _GENERATED_LINE.search(text)
    found = re.search(r"source=(\S+)", line.group(0)) if line else None
    return found.group(1) if found else None


def source_file(text: str) -> str | None:
    """The inbox file that a Markdown file says it was made of."""
    return next(iter(source_files(text)), None)


def source_files(text: str) -> tuple[str, ...]:
    """The inbox files that a Markdown file says it was made of: the one, the others that hold the same article, and
    those of earlier versions; () where it names none.
    """
    table, rest = _split_front_matter(text, None)
    value, also = table.get("source_file"), table.get("also")
    if not isinstance(value, str) or not value:
        return ()
    return (value, *(also if isinstance(also, list) else ()), *versions.files(rest))


def _split_front_matter(text: str, path: str | None) -> tuple[dict[str, Any], str]:
    if not text.startswith("---\n"):
        return {}, text
    end = text.find("\n---\n", 3)
    if end < 0:
        raise InputRefused("the front matter is not closed by a line ---", path=path, line=1)
    try:
        # BaseLoader: every scalar is a string, so that a title "2023" or "no" stays what was printed.
        table = yaml.load(_without_aliases(text[4 : end + 1]), Loader=_Loader)  # noqa: S506 (no objects are made)
    except RecursionError as error:
        raise InputRefused("front matter: nested too deep", path=path, line=2) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not readable"
        raise InputRefused(f"front matter: {problem}", path=path, line=mark.line + 2 if mark else 1) from error
    if table is None or table == "":
        table = {}
    if not isinstance(table, dict):
        raise InputRefused("the front matter must be keys and values", path=path, line=2)
    return table, text[end + 5 :]


def _without_aliases(front: str) -> str:
    """``front``, which repeats nothing by name: a few such lines unfold to more than fits anywhere. Raises YAMLError
    where it does.
    """
    if _ALIAS.search(front):
        for token in yaml.scan(front, Loader=_Loader):
            if isinstance(token, yaml.AliasToken):
                raise yaml.MarkedYAMLError(problem="aliases are not read", problem_mark=token.start_mark)
    return front


_ALIAS = re.compile(r"(?m)(?:^|[\s\[,:{?-])\*[^\s,\]}]")
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _fields(table: dict[str, Any], path: str | None, text: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for key, value in table.items():
        line = next((n for n, row in enumerate(text.splitlines(), 1) if row.startswith(f"{key}:")), 2)
        if key not in _KEYS:
            raise InputRefused(f"unknown key {key!r} in the front matter", path=path, line=line)
        if key == "generated" or value in ("", [], {}):
            continue
        if key == "evidence":
            fields[key] = _pairs(value, path, line)
        elif key in _LISTS:
            fields[key] = tuple(str(v) for v in (value if isinstance(value, list) else [value]))
        elif isinstance(value, str):
            fields[key] = value
        else:
            raise InputRefused(f"{key} must be a single value", path=path, line=line)
    return fields


def _pairs(value: Any, path: str | None, line: int) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise InputRefused("evidence must be keys and values", path=path, line=line)
    return tuple((str(k), str(v)) for k, v in value.items())


def _split_removed(rest: str) -> tuple[str, str]:
    at = rest.rfind("\n" + _REMOVED_HEAD)
    if at < 0:
        return rest, ""
    end = rest.find("-->", at)
    if end < 0:
        return rest[:at], rest[at + 1 :]
    return rest[:at] + "\n" + rest[end + 3 :], rest[at + 1 : end]


def _removed_entries(comment: str) -> Iterator[Removed]:
    entry: re.Match[str] | None = None
    for line in comment.splitlines()[2:]:
        head = _REMOVED_ENTRY.match(line)
        if head:
            entry = head
        elif entry and line.strip():
            role = Role(entry["role"]) if entry["role"] in Role._value2member_map_ else Role.CHROME
            text = plain_line(line)
            yield Removed(one_line(line) if text is None else text, role, entry["rule"], int(entry["after"]))


def _paragraphs(body: str) -> Iterator[Paragraph]:
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
