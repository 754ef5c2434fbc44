"""The pages that the editor writes (about, method, ...): Markdown with a title, as HTML with an address a block."""

from __future__ import annotations

import re
from pathlib import Path

from generator import files
from generator.commonmark import render_page
from generator.errors import InputRefused
from generator.site import measured

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_TITLE = re.compile(r"^title:[ \t]*(.+)$", re.MULTILINE)
_HEADING = re.compile(r"\A\s*# (.+)$", re.MULTILINE)
_BLOCK = re.compile(r"^<(p|h[2-6]|blockquote|ul|ol|table)>", re.MULTILINE)
_WORD = re.compile(r"[a-z0-9]+")


def own_page(text: str) -> tuple[str, str]:
    """Title and HTML. The title is that of the front matter, else the first heading; all else of the front matter is
    left alone.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    front = _FRONT_MATTER.match(text)
    title = _TITLE.search(front.group(1)) if front else None
    body = text[front.end() :] if front else text
    heading = None if title else _HEADING.match(body)
    if heading:
        body = body[heading.end() :]
    found = title or heading
    return (found.group(1).strip().strip("\"'") if found else "Page"), addressed(render_page(measured.filled(body)))


def introduction(stories: Path, story: str) -> str:
    """What the editor says of a story before anything else: the text of ``stories``/<story>.md as HTML, "" for none."""
    path = stories / f"{story}.md"
    if not path.exists():
        return ""
    try:
        text = files.read_text(path, within=stories)
    except InputRefused:
        return ""  # told when the story's title is read
    front = _FRONT_MATTER.match(text)
    return addressed(render_page(text[front.end() :] if front else text), "intro-")


def addressed(html: str, prefix: str = "") -> str:
    """Each block with an id, so that it can be linked to: a heading by its words, another block by its number."""
    taken: set[str] = set()

    def name(match: re.Match[str]) -> str:
        tag = match.group(1)
        line = html[match.end() : html.find("\n", match.end())]
        words = "-".join(_WORD.findall(re.sub(r"<[^<>]*>", "", line).lower())[:6]) if tag.startswith("h") else ""
        key = words if words and words not in taken else f"b{len(taken) + 1}"
        taken.add(key)
        return f'<{tag} id="{prefix}{key}">'

    return _TABLE_HEAD.sub('<th scope="col"', _BLOCK.sub(name, html))


_TABLE_HEAD = re.compile(r"<th(?=[ >])")


def pages(own: Path, theme: Path, language: str, reserved: frozenset[str]) -> tuple[Path, ...]:
    """The editor's pages in ``own``, and those of the theme in the site's language that the editor has not replaced."""
    names = (language, language.partition("-")[0], "en")
    given = next((theme / "pages" / name for name in names if (theme / "pages" / name).is_dir()), None)
    folders = (given, own) if given else (own,)
    found = {p.stem: p for folder in folders if folder.is_dir() for p in folder.glob("*.md") if not p.is_dir()}
    return tuple(path for stem, path in sorted(found.items()) if stem not in reserved)
