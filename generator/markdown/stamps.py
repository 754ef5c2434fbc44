"""What an article's file says of itself: what it was made of, and whether a person has touched it since."""

from __future__ import annotations

import hashlib
import re

from generator import versions
from generator.markdown import front_matter

_GENERATED_LINE = re.compile(r"^generated: .*\n", re.MULTILINE)


def stamped(text: str, source: str) -> str:
    """A file as it is generated, with its checksum and the hash of its ``source`` in the front matter."""
    stamp = f"generated: source={source or '-'} text={_text_hash(text)}\n"
    return text.replace("\n---\n", f"\n{stamp}---\n", 1)


def _text_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def is_untouched(text: str) -> bool:
    """Whether a Markdown file is still as it was generated, by its checksum. A file without one is a person's."""
    line = _GENERATED_LINE.search(text)
    if line is None:
        return False
    found = re.search(r"text=([0-9a-f]{16})$", line.group(0).strip())
    without = text[: line.start()] + text[line.end() :]
    return found is not None and found.group(1) == _text_hash(without)


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
    table, rest = front_matter.split(text, None)
    value, also = table.get("source_file"), table.get("also")
    if not isinstance(value, str) or not value:
        return ()
    return (value, *(also if isinstance(also, list) else ()), *versions.files(rest))
