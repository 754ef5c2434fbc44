"""One speaker, one :class:`Source`, over all articles of a story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from generator.model import Annotated, Source, SourceKind
from generator.summarizer import publishers
from generator.summarizer.attribution.sources import canonical_ids
from generator.summarizer.normalise import name_key

_NOBODY = frozenset(
    {"nobody", "no one", "no-one", "none", "everybody", "everyone", "anybody", "anyone", "somebody", "someone"}
)
_PRONOUNS = frozenset("he she it they that this these those who which what we i you".split())
_THIS = re.compile(
    r"(?:this|our) (?:newspaper|paper|news agency|agency|website|outlet|channel|magazine)", re.IGNORECASE
)


def united(articles: Sequence[Annotated], told: Iterable[tuple[str, str]] = ()) -> tuple[Annotated, ...]:
    """The articles with every speaker under the id, and a surname alone under the name, that stands for it in the
    story, and with the role that another article gives; without the outlet's own voice ("told this newspaper") and
    without a "he" of whom nothing tells who it is: two of them are not one.
    ``told`` are pairs of name keys of which a person said that the second stands for the first (itself: that it is
    nobody else). Articles in which nothing changes are returned as they are.
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
    full = {alone: known[whole] for alone, whole in standing.items()}
    roles = {s.id: s.role for s in reversed(voices) if s.role and s.kind is SourceKind.PERSON}
    roles = {full[i].id if i in full else i: role for i, role in roles.items()}
    return tuple(_renamed(a, full, roles) for a in articles)


def _voices(articles: Iterable[Annotated]) -> Iterable[Source]:
    for article in articles:
        yield from (s for a in article.attributions for s in a.chain)
        yield from (s for m in article.mentions for s in m.chain)


def _renamed(article: Annotated, full: Mapping[str, Source], roles: Mapping[str, str]) -> Annotated:
    own = publishers.canonical(article.article.outlet) if article.article.outlet else None

    def is_own(source: Source) -> bool:
        media = source.kind in (SourceKind.OUTLET, SourceKind.AGENCY)
        return _THIS.fullmatch(source.name) is not None or (media and publishers.canonical(source.name) == own)

    def is_nobody(source: Source) -> bool:
        name = source.name.lower()
        return name in _NOBODY or (source.kind is SourceKind.UNKNOWN and name in _PRONOUNS)

    def chain(sources: tuple[Source, ...]) -> tuple[Source, ...]:
        named = []
        for source in sources:
            if is_own(source) or is_nobody(source):
                continue
            whole = full.get(source.id)
            if whole is not None:
                source = replace(source, id=whole.id, name=whole.name, role=source.role or whole.role)
            if source.role is None and source.kind is SourceKind.PERSON and source.id in roles:
                source = replace(source, role=roles[source.id])
            named.append(source)
        return tuple({s.id: s for s in reversed(named)}.values())[::-1]

    attributions = tuple(
        a if (now := chain(a.chain)) == a.chain else replace(a, chain=now) for a in article.attributions
    )
    mentions = tuple(
        m
        if (now := chain(m.chain)) == m.chain
        else replace(m, chain=now, nameless=not now and any(map(is_nobody, m.chain)))
        for m in article.mentions
    )
    if attributions == article.attributions and mentions == article.mentions:
        return article
    return replace(article, attributions=attributions, mentions=mentions)
