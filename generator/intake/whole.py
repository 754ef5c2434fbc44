"""Whole: a fragment of HTML that is an article as it is, without a page around it (a feed's entry, a mail's body)."""

from __future__ import annotations

from generator.intake.html import HIDDEN, UNREADABLE, bare_text, lines_of, tree_of
from generator.intake.inline import markup_of
from generator.intake.pagelines import HEADINGS, PageLine
from generator.model import Capture, Hints, Line, Role, Span


def whole_capture(html: str, name: str, hints: Hints, *, medium: str) -> Capture:
    """The capture of a fragment: its title, where ``hints`` give one, is the first line; every line is the article's,
    and the converter's rules look at those that the markup leaves open.
    """
    lines = lines_of(tree_of(f"<html><body>{html}</body></html>")) if html.strip() else []
    doubts: tuple[str, ...] = ()
    if not lines:
        # No tree, or all text within what isn't shown, as a drawing that is left open holds what follows it.
        read = [PageLine("p", t, [], frozenset(), "", 0) for t in bare_text(html).split("\n") if t]
        doubts = (UNREADABLE,) if lines is None else (HIDDEN,) if read else ()
        lines = read
    parts: list[str] = []
    marked: list[Line] = []
    at = 0
    if hints.title and not (lines and lines[0].text == hints.title):
        parts.append(hints.title)
        marked.append(Line(Span(0, len(hints.title)), Role.TITLE))
        at = len(hints.title) + 1
    for n, line in enumerate(lines):
        role = Role.TITLE if not n and line.text == hints.title else _role(line)
        markup = None if role is Role.TITLE else markup_of(line.pieces, hints.url)
        marked.append(Line(Span(at, at + len(line.text)), role, markup, _level(line, role)))
        parts.append(line.text)
        at += len(line.text) + 1
    return Capture(name, "\n".join(parts), hints, medium=medium, lines=tuple(marked), doubts=doubts)


def _role(line: PageLine) -> Role | None:
    if line.tag == "figcaption":
        return Role.CAPTION
    if line.tag in HEADINGS:
        return Role.SUBHEAD
    if line.tag == "li":
        return Role.LIST_ITEM
    return Role.QUOTE if "blockquote" in line.regions else None


def _level(line: PageLine, role: Role | None) -> int:
    if role is Role.SUBHEAD:
        return HEADINGS[line.tag]
    return max(0, line.depth - 1) if role is Role.LIST_ITEM else 0
