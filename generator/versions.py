"""Earlier versions of an article: what was changed from one to the next, and how they stand in the article's file.

They are kept in one HTML comment that closes the Markdown file, each as it was saved::

    <!-- versions
    Earlier versions of this article, the oldest first.

    [version]
    file: monday.html
    title: Ferry late
    published: 2026-02-03

    The nine o'clock ferry left at ten.
    -->
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from generator.commonmark import escape_in_comment, plain_line
from generator.model import Change, Version
from generator.text import one_line

_HEAD = "<!-- versions"
_HELP = "Earlier versions of this article, the oldest first."
_ENTRY = "[version]"
_KEYS = {"file": "source_file", "title": "title", "published": "published", "updated": "updated"}
_NEAR = 3  # words between two changes that are shown as one
_LONGEST = 1200  # words of a changed stretch that are compared word by word


def changes(old: Sequence[str], new: Sequence[str]) -> tuple[Change, ...]:
    """What changed between two lists of paragraphs: word by word within paragraphs that stand for each other."""
    return tuple(_changes(list(old), list(new)))


def _changes(old: list[str], new: list[str]) -> Iterator[Change]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            continue
        paired = min(b - a, d - c)
        for n in range(paired):
            yield from _within(old[a + n], new[c + n], c + n)
        yield from (Change(text, "", min(d, max(0, len(new) - 1))) for text in old[a + paired : b])
        yield from (Change("", new[n], n) for n in range(c + paired, d))


def _within(old: str, new: str, paragraph: int) -> Iterator[Change]:
    before, after = old.split(), new.split()
    if len(before) + len(after) > _LONGEST:
        yield Change(old, new, paragraph)
        return
    stretch: tuple[int, int, int, int] | None = None
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if stretch and a - stretch[1] < _NEAR:
            stretch = (stretch[0], b, stretch[2], d)
            continue
        if stretch:
            yield _change(before, after, stretch, paragraph)
        stretch = (a, b, c, d)
    if stretch:
        yield _change(before, after, stretch, paragraph)


def _change(before: list[str], after: list[str], stretch: tuple[int, int, int, int], paragraph: int) -> Change:
    a, b, c, d = stretch
    return Change(" ".join(before[a:b]), " ".join(after[c:d]), paragraph)


def chained(versions: Sequence[Version], title: str | None, body: Sequence[str]) -> tuple[Version, ...]:
    """``versions``, the oldest first, each with what the one after it changed; the last is followed by the article
    itself, of which ``title`` and ``body`` are given.
    """
    titles = [*(v.title for v in versions), title]
    bodies = [*(v.body for v in versions), tuple(one_line(p) for p in body)]
    return tuple(
        replace(v, changes=_title(titles[n], titles[n + 1]) + changes(bodies[n], bodies[n + 1]))
        for n, v in enumerate(versions)
    )


def _title(old: str | None, new: str | None) -> tuple[Change, ...]:
    return () if old == new else (Change(old or "", new or "", None),)


# --- in the file ------------------------------------------------------------------------------------------------------


def settled(versions: Sequence[Version], title: str | None, body: Sequence[str]) -> tuple[Version, ...]:
    """``versions`` in the form in which they survive writing: white space single, nothing empty, changes worked out."""
    plain = (
        Version(
            one_line(v.source_file),
            one_line(v.title or "") or None,
            one_line(v.published or "") or None,
            one_line(v.updated or "") or None,
            tuple(t for p in v.body if (t := one_line(p))),
        )
        for v in versions
    )
    return chained([v for v in plain if v.source_file], title, body)


def dump(versions: Sequence[Version]) -> str:
    """The closing comment; "" where there are no versions."""
    if not versions:
        return ""
    lines = [_HEAD, _HELP]
    for v in versions:
        values = ((key, getattr(v, name)) for key, name in _KEYS.items())
        lines += ["", _ENTRY, *(f"{key}: {escape_in_comment(value)}" for key, value in values if value)]
        lines += [line for p in v.body for line in ("", escape_in_comment(p))]
    return "\n" + "\n".join(lines) + "\n-->\n"


def split(rest: str) -> tuple[str, str]:
    """A file's text without the comment of versions, and the comment."""
    at = rest.rfind("\n" + _HEAD)
    if at < 0:
        return rest, ""
    end = rest.find("-->", at)
    return (
        (rest[:at], rest[at + 1 :])
        if end < 0
        else (rest[:at] + "\n" + rest[end + 3 :].lstrip("\n"), rest[at + 1 : end])
    )


def load(comment: str) -> tuple[Version, ...]:
    """The versions in a comment, without what changed (:func:`chained`)."""
    entries: list[list[str]] = []
    for line in comment.splitlines()[2:]:
        if line == _ENTRY:
            entries.append([])
        elif entries:
            entries[-1].append(line)
    return tuple(v for entry in entries if (v := _version(entry)))


def _version(lines: list[str]) -> Version | None:
    values: dict[str, str] = {}
    at = 0
    while at < len(lines) and lines[at].strip():
        key, _, value = lines[at].partition(": ")
        if key in _KEYS:
            values[_KEYS[key]] = _plain(value)
        at += 1
    body = tuple(_plain(line) for line in lines[at:] if line.strip())
    return Version(body=body, **values) if values.get("source_file") else None  # type: ignore[arg-type]


def _plain(line: str) -> str:
    text = plain_line(line)
    return one_line(line) if text is None else text


def files(text: str) -> tuple[str, ...]:
    """The inbox files that a Markdown file says earlier versions were saved in."""
    return tuple(v.source_file for v in load(split(text)[1])) if _HEAD in text else ()
