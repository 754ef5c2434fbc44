"""One speaker, one :class:`Source`, over all articles of a story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from generator.model import Annotated, Source
from generator.summarizer.attribution.sources import canonical_ids
from generator.summarizer.normalise import name_key


def united(articles: Sequence[Annotated], told: Iterable[tuple[str, str]] = ()) -> tuple[Annotated, ...]:
    """The articles with every speaker under the id, and a surname alone under the name, that stands for it in the
    story. ``told`` are pairs of name keys of which a person said that the second stands for the first (itself: that it
    is nobody else). Articles in which nothing changes are returned as they are.
    """
    voices = list(dict.fromkeys(_voices(articles)))
    known = {s.id: s for s in reversed(voices)}
    standing = {alone: full for alone, full in canonical_ids(voices).items() if alone != full}
    by_key: dict[str, list[str]] = {}
    for source in known.values():
        by_key.setdefault(name_key(source.name.split()), []).append(source.id)
    for key, stands in told:
        for id_ in by_key.get(key, ()):
            standing.pop(id_, None)
            target = min(by_key.get(stands, ()), default=id_)
            if target != id_:
                standing[id_] = target
    return tuple(_renamed(a, {alone: known[full] for alone, full in standing.items()}) for a in articles)


def _voices(articles: Iterable[Annotated]) -> Iterable[Source]:
    for article in articles:
        yield from (s for a in article.attributions for s in a.chain)
        yield from (s for m in article.mentions for s in m.chain)


def _renamed(article: Annotated, full: Mapping[str, Source]) -> Annotated:
    if not any(s.id in full for s in _voices([article])):
        return article

    def chain(sources: tuple[Source, ...]) -> tuple[Source, ...]:
        named = (
            replace(s, id=full[s.id].id, name=full[s.id].name, role=s.role or full[s.id].role) if s.id in full else s
            for s in sources
        )
        return tuple({s.id: s for s in reversed(list(named))}.values())[::-1]

    return replace(
        article,
        attributions=tuple(replace(a, chain=chain(a.chain)) for a in article.attributions),
        mentions=tuple(replace(m, chain=chain(m.chain)) for m in article.mentions),
    )
