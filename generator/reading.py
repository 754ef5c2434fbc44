"""An inspected article as text for a terminal: roles and rules in the margin, then who said what, with its chain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.text import one_line

_MARGIN = 24


def margin(record: dict[str, Any], path: Path) -> Iterator[str]:
    """The lines that show ``record`` (of ``inspect``), whose spans point into the text of the file ``path``."""
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
        label = f"{block['role']} · {block['rule']}"
        yield f"{label[:_MARGIN]:<{_MARGIN}} {one_line(text[slice(*block['span'])])}"
    yield ""
    for found in record["attributions"]:
        said = " … ".join(one_line(text[slice(*s)]) for s in found["content"])
        chain = " < ".join(found["chain"]) or "?"
        yield f"{chain} [{found['stance']}, {found['kind']}]: {said}"


def _text_of(path: Path) -> str:
    from generator import intake

    return intake.read(path, root=path.parent)[0].text
