"""An inspected article as text for a terminal: roles and rules in the margin, what is attributed marked where it stands
and told apart by colour, with the chain of voices below each block.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from generator.text import one_line

_MARGIN = 24


Paint = Callable[[str, str], str]


def plain(text: str, kind: str) -> str:
    """No colour."""
    return text


def margin(record: dict[str, Any], path: Path, paint: Paint = plain) -> Iterator[str]:
    """The lines that show ``record`` (of ``inspect``), whose spans point into the text of the file ``path``.

    ``paint`` colours a text by its kind: margin, source, cue, content.
    """
    text = record.get("text") or _text_of(path)
    yield f"== {record['file']}"
    for key, value in record["metadata"].items():
        if value:
            shown = ", ".join(value) if isinstance(value, list) else value
            why = record["evidence"].get(key)
            yield f"{key:>12}: {shown}" + (f"   ({why})" if why else "")
    for doubt in record["doubts"]:
        yield f"{'doubt':>12}: {doubt}"
    yield ""
    for block in record["blocks"]:
        yield from _block(block, record["attributions"], text, paint)


def _block(block: dict[str, Any], attributions: list[dict[str, Any]], text: str, paint: Paint) -> Iterator[str]:
    start, end = block["span"]
    label = f"{block['role']} · {block['rule']}"
    held = [a for a in attributions if start <= a["content"][0][0] < end]
    yield paint(f"{label[:_MARGIN]:<{_MARGIN}} ", "margin") + _marked(start, end, held, text, paint)
    for found in held:
        chain = " < ".join(found["chain"]) or "nobody named"
        said = one_line(text[slice(*found["content"][0])])
        line = f"{chain} [{found['stance']}, {found['kind']}]: {said[:60]}{'…' if len(said) > 60 else ''}"
        yield " " * (_MARGIN + 3) + paint(line, "source")


def _marked(start: int, end: int, held: list[dict[str, Any]], text: str, paint: Paint) -> str:
    """The words of a block, each stretch painted as what it is."""
    kinds = ["text"] * (end - start)
    for found in held:
        marks = [("content", span) for span in found["content"]]
        marks += [(name, found[name]) for name in ("cue", "source") if found[name]]
        for kind, (first, last) in marks:
            for at in range(max(first, start), min(last, end)):
                kinds[at - start] = kind
    out, at = [], 0
    while at < len(kinds):
        stop = next((i for i in range(at, len(kinds)) if kinds[i] != kinds[at]), len(kinds))
        words = re.sub(r"\s+", " ", text[start + at : start + stop])
        out.append(words if kinds[at] == "text" else paint(words, kinds[at]))
        at = stop
    return "".join(out).strip()


def _text_of(path: Path) -> str:
    from generator import intake

    return intake.read(path, root=path.parent)[0].text
