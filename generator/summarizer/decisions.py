"""A person's decisions about a story's claims: merges, splits, names that are one, claims not to be shown.

They come from the editor's file as plain data and point at mentions by id (a claim's id is its first mention's). One
that points at nothing any more is dead and is told, never silently dropped::

    [[merge]]
    mentions = ["3f2a...", "9b01..."]
    by = "A. Editor"
    why = "the same crossing"

    [[split]]            # these mentions make a claim of their own
    mentions = ["77aa..."]

    [[alias]]
    names = ["the Maid", "Maid of Orrel"]

    [[apart]]            # these names are not one person
    names = ["Roe", "Anders Roe"]

    [[hide]]
    mentions = ["c0de..."]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from generator.model import Annotated
from generator.summarizer.normalise import name_key

KINDS = ("merge", "split", "alias", "apart", "hide")
OF_NAMES = frozenset({"alias", "apart"})
_HEADER = re.compile(r"^\s*\[\[\s*(\w+)\s*\]\]")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: its kind, what it points at (ids of mentions, or names), who took it and why. ``number`` is its
    place among those of its kind.
    """

    kind: str
    of: tuple[str, ...]
    by: str | None = None
    why: str | None = None
    number: int = 0


def parse(data: Mapping[str, Any] | None) -> tuple[Decision, ...]:
    """The decisions in the data of an editor's file, in their order by kind. Raises ValueError for one that points at
    nothing at all.
    """
    found = []
    for kind in KINDS:
        entries = (data or {}).get(kind, ())
        if not isinstance(entries, list) and entries != ():
            raise ValueError(f"write [[{kind}]], with two brackets")
        for number, entry in enumerate(entries):
            what = "names" if kind in OF_NAMES else "mentions"
            targets = entry.get(what, entry.get("claims", ())) if isinstance(entry, Mapping) else ()
            if not targets or not isinstance(targets, list):
                raise ValueError(f"a {kind} that names no {what}: {entry!r}")
            found.append(Decision(kind, tuple(map(str, targets)), entry.get("by"), entry.get("why"), number))
    return tuple(found)


def line(text: str, decision: Decision) -> int:
    """The line of an editor's file (from 1) on which a decision begins."""
    heads = (n for n, own in enumerate(text.splitlines(), 1) if (m := _HEADER.match(own)) and m[1] == decision.kind)
    return next(islice(heads, decision.number, None), 1)


def dead(decisions: Iterable[Decision], articles: Sequence[Annotated]) -> tuple[Decision, ...]:
    """The decisions of which something that they point at is not in the articles any more."""
    ids = {m.id for a in articles for m in a.mentions}
    names = {n for a in articles for m in a.mentions for n in m.names}
    names |= {name_key(s.name.split()) for a in articles for x in a.attributions for s in x.chain}
    names |= {name.split()[-1] for name in names if name}  # a surname alone is known under the full name by now
    return tuple(
        d
        for d in decisions
        if any((name_key(t.split()) not in names) if d.kind in OF_NAMES else (t not in ids) for t in d.of)
    )


def pairs(decisions: Iterable[Decision], kind: str) -> list[tuple[str, str]]:
    """Neighbours in the lists of all decisions of a kind."""
    return [pair for d in decisions if d.kind == kind for pair in zip(d.of, d.of[1:], strict=False)]


def aliases(decisions: Iterable[Decision]) -> list[tuple[str, str]]:
    """Pairs of name keys, the second standing for the first; names told apart stand for themselves."""
    return [
        (name_key(name.split()), name_key((d.of[-1] if d.kind == "alias" else name).split()))
        for d in decisions
        if d.kind in OF_NAMES
        for name in (d.of[:-1] if d.kind == "alias" else d.of)
    ]


def hidden(decisions: Iterable[Decision]) -> frozenset[str]:
    """The ids of mentions whose claims are not shown."""
    return frozenset(i for d in decisions if d.kind == "hide" for i in d.of)
