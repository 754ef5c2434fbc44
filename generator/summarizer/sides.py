"""The sides of a difference: which mentions agree with which, and what each side is called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from generator.model import Mention, Span, Value

T = TypeVar("T")


def was_read(mention: Mention) -> bool:
    """Whether a parser read the mention: of any other no more is known than its words."""
    return bool(mention.predicates)


def clusters(items: Sequence[tuple[Mention, T]], same: Callable[[T, T], bool]) -> list[list[tuple[Mention, T]]]:
    """Items that agree with one of the cluster, in order of appearance."""
    found: list[list[tuple[Mention, T]]] = []
    for item in items:
        fitting = [c for c in found if any(same(item[1], own) for _, own in c)]
        if not fitting:
            found.append([item])
            continue
        fitting[0].append(item)
        for other in fitting[1:]:
            fitting[0].extend(other)
            found.remove(other)
    return found


def value(cluster: Sequence[tuple[Mention, T]], spans: Callable[[Mention, T], Sequence[Span]]) -> Value:
    """A side of a difference, named by what its first mention prints."""
    shown = [(m, s) for m, own in cluster for s in spans(m, own)]
    first = cluster[0][0]
    told = [printed(m, s) for m, s in shown if m.id == first.id]
    return Value(", ".join(dict.fromkeys(told)), tuple(m.id for m, _ in cluster), tuple((m.id, s) for m, s in shown))


def printed(mention: Mention, span: Span) -> str:
    """The words of a mention at a place of its article."""
    return span.shift(-mention.span.start).of(mention.text)
