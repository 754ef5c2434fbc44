"""What was set aside, kept in the comment that closes an article's file: both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.commonmark import escape_in_comment, plain_line
from generator.model import Removed, Role
from generator.text import one_line

_REMOVED_HEAD = "<!-- removed"
_REMOVED_HELP = "Set aside by the converter. To restore a line, move it up into the text."
_REMOVED_ENTRY = re.compile(r"^\[(?P<role>[a-z]+) · (?P<rule>[^\]]*) · after (?P<after>\d{1,9})\]$")


def dump(blocks: Sequence[Removed]) -> str:
    """The comment that keeps ``blocks``; "" where there are none."""
    if not blocks:
        return ""
    lines = [_REMOVED_HEAD, _REMOVED_HELP]
    for block in blocks:
        rule = block.rule.replace("]", ")").replace("\n", " ")
        lines += ["", f"[{block.role.value} · {rule} · after {block.after}]", escape_in_comment(block.text)]
    return "\n" + "\n".join(lines) + "\n-->\n"


def split(rest: str) -> tuple[str, str]:
    """A file's text without the comment, and the comment."""
    at = rest.rfind("\n" + _REMOVED_HEAD)
    if at < 0:
        return rest, ""
    end = rest.find("-->", at)
    if end < 0:
        return rest[:at], rest[at + 1 :]
    return rest[:at] + "\n" + rest[end + 3 :], rest[at + 1 : end]


def load(comment: str) -> Iterator[Removed]:
    """The blocks that the comment keeps."""
    entry: re.Match[str] | None = None
    for line in comment.splitlines()[2:]:
        head = _REMOVED_ENTRY.match(line)
        if head:
            entry = head
        elif entry and line.strip():
            role = Role(entry["role"]) if entry["role"] in Role._value2member_map_ else Role.CHROME
            text = plain_line(line)
            yield Removed(one_line(line) if text is None else text, role, entry["rule"], int(entry["after"]))
