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

    [[hide]]
    mentions = ["c0de..."]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.model import Annotated
from generator.summarizer.normalise import name_key

KINDS = ("merge", "split", "alias", "hide")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: its kind, what it points at (ids of mentions, or names for an alias), who took it and why."""

    kind: str
    of: tuple[str, ...]
    by: str | None = None
    why: str | None = None


def parse(data: Mapping[str, Any] | None) -> tuple[Decision, ...]:
    """The decisions in the data of an editor's file, in their order by kind. Raises ValueError for one that points at
    nothing at all.
    """
    found = []
    for kind in KINDS:
        for entry in (data or {}).get(kind, ()):
            targets = entry.get("names" if kind == "alias" else "mentions", entry.get("claims", ()))
            if not targets or isinstance(targets, str):
                raise ValueError(
                    f"a {kind} that names no {'names' if kind == 'alias' else 'mentions'}: {dict(entry)!r}"
                )
            found.append(Decision(kind, tuple(str(t) for t in targets), entry.get("by"), entry.get("why")))
    return tuple(found)


def dead(decisions: Iterable[Decision], articles: Sequence[Annotated]) -> tuple[Decision, ...]:
    """The decisions of which something that they point at is not in the articles any more."""
    ids = {m.id for a in articles for m in a.mentions}
    names = {n for a in articles for m in a.mentions for n in m.names}
    return tuple(
        d
        for d in decisions
        if any((name_key(t.split()) not in names) if d.kind == "alias" else (t not in ids) for t in d.of)
    )


def pairs(decisions: Iterable[Decision], kind: str) -> list[tuple[str, str]]:
    """Neighbours in the lists of all decisions of a kind."""
    return [pair for d in decisions if d.kind == kind for pair in zip(d.of, d.of[1:], strict=False)]


def aliases(decisions: Iterable[Decision]) -> list[tuple[str, str]]:
    """Pairs of name keys, the second standing for the first."""
    return [
        (name_key(a.split()), name_key(d.of[-1].split())) for d in decisions if d.kind == "alias" for a in d.of[:-1]
    ]


def hidden(decisions: Iterable[Decision]) -> frozenset[str]:
    """The ids of mentions whose claims are not shown."""
    return frozenset(i for d in decisions if d.kind == "hide" for i in d.of)
