"""Origins: which articles are not independent of each other, and why; told so that a reader can check it.

Two articles have one origin when they name the same agency as where the report is from, are by one outlet or one house
of outlets, when most of the text of one is shared with the other, or, for a claim, when both relay the same outlet or
agency ("YTN reported") or print the claim in a shared passage. What the files don't tell stays apart: the number of
origins is how many there are at most.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.model import Annotated, Article, Claim, Mention, Origin, Reuse, Role, Source, SourceKind, unique
from generator.summarizer import publishers
from generator.text import fingerprint

SHARE = 0.5  # of an article's words in shared passages, from which it is not independent of the other
LISTED = 4  # articles named in one reason, and articles whose shared text is told one by one
TOLD = 8  # reasons of one origin

_ONLY_HELPED = re.compile(
    r"\bcontribut|\badditional reporting|\bwith (?:reporting|inputs?|files|information|material) (?:by|from)|"
    r"\bmit (?:material|informationen)|\ba contribué|\bcon información|\bcontribuyó",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Node:
    """An article as far as it goes back to ``root``: an outlet or agency by its canonical name, or the article itself.

    ``how`` it does: "agency" (credited), "outlet" (published by it), "relay" (it reports that the other reported), or
    "itself". ``name`` is the root as printed, ``None`` for "itself".
    """

    article: str
    root: str
    name: str | None
    how: str


@dataclass(slots=True)
class _Joined:
    """The nodes, what joins them, and why."""

    nodes: list[_Node]
    above: dict[_Node, _Node] = field(default_factory=dict)
    reasons: list[tuple[_Node, str]] = field(default_factory=list)
    copies: list[tuple[_Node, _Node]] = field(default_factory=list)  # (who had it first, who has it from there)
    places: dict[_Node, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.places = {node: n for n, node in enumerate(self.nodes)}

    def top(self, node: _Node) -> _Node:
        while (up := self.above.get(node, node)) != node:
            self.above[node] = self.above.get(up, up)
            node = up
        return node

    def join(self, nodes: Sequence[_Node], reason: str | None) -> None:
        """One origin of all ``nodes``, those before it keeping the lead; ``reason`` is told where it is theirs."""
        tops = sorted({self.top(n) for n in nodes}, key=self.places.__getitem__)
        for other in tops[1:]:
            self.above[other] = tops[0]
        if reason:
            self.reasons.append((nodes[0], reason))

    def join_copy(self, source: _Node, target: _Node, reuse: Reuse, reason: str) -> None:
        """One origin of two articles by a text they share, the source's where it is known which that is."""
        self.join((target, source), reason)
        if reuse.direction != "open" or publishers.is_agency(source.name):
            self.copies.append((source, target))

    def groups(self) -> Iterator[list[_Node]]:
        by_top: dict[_Node, list[_Node]] = defaultdict(list)
        for node in self.nodes:
            by_top[self.top(node)].append(node)
        yield from by_top.values()


def of_story(articles: Sequence[Annotated], reuses: Sequence[Reuse]) -> tuple[Origin, ...]:
    """The independent origins behind the articles of a story, in their order; every article is in exactly one."""
    plain = {a.article.id: a.article for a in articles}
    copies = _copies(plain, reuses)
    joined = _Joined([_own(a, copy=a.id in copies) for a in plain.values()])
    _join_roots(joined, plain)
    _join_copies(joined, plain, reuses)
    _join_families(joined, plain)
    return tuple(_origin("story", joined, group) for group in joined.groups())


def of_claim(claim: Claim, articles: Sequence[Annotated], reuses: Sequence[Reuse]) -> tuple[Origin, ...]:
    """The independent origins behind the mentions of a claim; members are ids of articles.

    An article that relays two others stands under both; one that relays nobody stands for itself or its agency.
    """
    carrying = {m.article for m in claim.mentions}
    plain = {a.article.id: a.article for a in articles if a.article.id in carrying}
    copies = _copies(plain, reuses)
    nodes = {
        id_: _relayed(article, _body_mentions(claim, id_)) or [_own(article, copy=id_ in copies)]
        for id_, article in plain.items()
    }
    joined = _Joined([n for of_article in nodes.values() for n in of_article])
    _join_roots(joined, plain)
    _join_copies(joined, plain, reuses)
    _join_passages(joined, plain, claim, nodes, reuses)
    _join_families(joined, plain)
    return tuple(_origin(claim.id, joined, group) for group in joined.groups())


def _copies(articles: Mapping[str, Article], reuses: Sequence[Reuse]) -> frozenset[str]:
    """The articles most of whose text another of ``articles`` had first: they go back to it, not to their outlet."""
    return frozenset(
        r.target for r in reuses if r.share >= SHARE and r.direction != "open" and {r.source, r.target} <= set(articles)
    )


def _own(article: Article, *, copy: bool = False) -> _Node:
    """The agency that an article is credited to, else its outlet, else (as a copy is) itself."""
    agencies = unique(a for a in article.agency if not _only_helped(article, a))
    if agencies:
        root = "+".join(sorted(publishers.canonical(a) for a in agencies))
        own = article.outlet is not None and publishers.canonical(article.outlet) == root
        return _Node(article.id, root, " and ".join(agencies), "outlet" if own else "agency")
    if article.outlet and not copy:
        return _Node(article.id, publishers.canonical(article.outlet), article.outlet, "outlet")
    return _Node(article.id, f"article {article.id}", None, "itself")


def _only_helped(article: Article, agency: str) -> bool:
    """Whether an agency is only credited with a contribution: "AFP contributed to this report"."""
    if dict(article.evidence).get("agency") == "dateline":
        return False
    root = publishers.canonical(agency)
    lines = [*article.credits, *(r.text for r in article.removed if r.role in (Role.CREDIT, Role.BYLINE, Role.NOTE))]
    naming = [line for line in lines if root in {publishers.canonical(n) for n in publishers.named_in(line)}]
    return bool(naming) and all(_ONLY_HELPED.search(line) for line in naming)


def _body_mentions(claim: Claim, article: str) -> list[Mention]:
    mentions = [m for m in claim.mentions if m.article == article]
    return [m for m in mentions if not m.headline] or mentions


def _relayed(article: Article, mentions: Sequence[Mention]) -> list[_Node]:
    """The outlets and agencies that an article has a claim from, each the one nearest to the claim."""
    own = {_own(article).root, publishers.canonical(article.outlet) if article.outlet else None}
    nodes: dict[str, _Node] = {}
    for mention in mentions:
        voice = next((s for s in mention.chain if s.kind in (SourceKind.OUTLET, SourceKind.AGENCY)), None)
        if voice is not None:
            root, name = _voice(voice)
            if root not in own:
                nodes.setdefault(root, _Node(article.id, root, name, "relay"))
    return list(nodes.values())


def _voice(source: Source) -> tuple[str, str]:
    """The root that a relayed voice is, and its name.

    "State media" is nobody in particular: there, only the same source of the same story is the same voice.
    """
    name = publishers.named(source.name)
    return (publishers.canonical(name), name) if name else (f"source {source.id}", source.name)


def _join_roots(joined: _Joined, articles: Mapping[str, Article]) -> None:
    by_root: dict[str, list[_Node]] = defaultdict(list)
    for node in joined.nodes:
        by_root[node.root].append(node)
    for nodes in by_root.values():
        joined.join(nodes, None)
        for how, told in (("agency", _credits), ("relay", _relays)):
            those = [n for n in nodes if n.how == how]
            if those:
                names = [_called(articles[n.article]) for n in those]
                joined.reasons.append((nodes[0], told(names, those[0].name or "")))


def _credits(names: list[str], root: str) -> str:
    return f"{_listed(names)} {'credits' if len(names) == 1 else 'credit'} {root}"


def _relays(names: list[str], root: str) -> str:
    if len(names) == 1:
        return f"{names[0]} relays {root}"
    return f"{'both' if len(names) == 2 else 'all'} relay {root}: {_listed(names)}"


def _join_copies(joined: _Joined, articles: Mapping[str, Article], reuses: Sequence[Reuse]) -> None:
    own = {n.article: n for n in joined.nodes if n.how != "relay"}
    told = more = 0
    last = None
    for reuse in reuses:
        if reuse.share < SHARE or reuse.source not in own or reuse.target not in own:
            continue
        source, target = own[reuse.source], own[reuse.target]
        apart = joined.top(source) != joined.top(target)
        if told < LISTED or apart:
            joined.join_copy(source, target, reuse, _shared_text(reuse, articles))
            told += 1
        else:
            more, last = more + 1, target
    if last is not None:
        joined.reasons.append((last, f"{more} more pairs of articles share most of a text"))


def _shared_text(reuse: Reuse, articles: Mapping[str, Article]) -> str:
    exactly = "word for word" if all(p.exact for p in reuse.passages) else "almost word for word"
    source, target = _called(articles[reuse.source]), _called(articles[reuse.target])
    return f"{target}: text shared {exactly} with {source} ({reuse.share:.0%})".replace("%", " %") + _uncredited(reuse)


def _uncredited(reuse: Reuse) -> str:
    return "" if reuse.credited else ", no credit in this file"


def _join_passages(
    joined: _Joined,
    articles: Mapping[str, Article],
    claim: Claim,
    nodes: Mapping[str, Sequence[_Node]],
    reuses: Sequence[Reuse],
) -> None:
    """Two articles that print the claim inside a passage they share have it from one origin."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in claim.mentions:
        if not mention.headline:
            mentions[mention.article].append(mention)
    for reuse in reuses:
        if reuse.source not in mentions or reuse.target not in mentions:
            continue
        if _share_a_mention(reuse, mentions[reuse.source], mentions[reuse.target]):
            source, target = nodes[reuse.source][0], nodes[reuse.target][0]
            if joined.top(source) != joined.top(target):
                names = _called(articles[reuse.target]), _called(articles[reuse.source])
                reason = f"{names[0]} prints it in a passage shared with {names[1]}{_uncredited(reuse)}"
                joined.join_copy(source, target, reuse, reason)


def _share_a_mention(reuse: Reuse, source: Sequence[Mention], target: Sequence[Mention]) -> bool:
    def inside(mention: Mention, start: int, end: int) -> bool:
        shared = min(mention.span.end, end) - max(mention.span.start, start)
        return shared * 2 > len(mention.span)

    return any(
        any(inside(m, p.source.start, p.source.end) for m in source)
        and any(inside(m, p.target.start, p.target.end) for m in target)
        for p in reuse.passages
    )


def _join_families(joined: _Joined, articles: Mapping[str, Article]) -> None:
    by_family: dict[str, list[_Node]] = defaultdict(list)
    for node in joined.nodes:
        family = publishers.family(node.name) if node.name else None
        if family:
            by_family[family].append(node)
    for family, nodes in by_family.items():
        if len({n.root for n in nodes}) > 1:
            houses = unique(n.name for n in nodes if n.name)
            joined.join(nodes, f"{_listed(list(houses))} belong to {family}")


def _origin(scope: str, joined: _Joined, group: list[_Node]) -> Origin:
    members = unique(n.article for n in group)
    tops = {joined.top(n) for n in group}
    by = Counter(n.root for n in group if n.how == "outlet")
    names = {n.root: n.name for n in reversed(group)}
    reasons = unique(
        (
            *(reason for node, reason in joined.reasons if joined.top(node) in tops),
            *(f"{n} articles are by {names[root]}" for root, n in by.items() if n > 1),
        )
    )
    return Origin(
        id=fingerprint("origin", scope, group[0].root),
        name=_root_name(joined, group),
        members=members,
        reasons=reasons if len(reasons) <= TOLD else (*reasons[: TOLD - 1], f"and {len(reasons) - TOLD + 1} more"),
    )


def _root_name(joined: _Joined, group: list[_Node]) -> str | None:
    """What a group goes back to: what it credits or relays, else the outlet whose text it shares, else its outlet."""
    named = [n for n in group if n.how in ("agency", "relay")] or [n for n in group if n.name]
    if len({n.root for n in named}) == 1 and (named[0].how != "outlet" or len(group) == len(named)):
        return named[0].name
    copied = {target for _, target in joined.copies}
    first = [source for source, _ in joined.copies if source in group and source not in copied]
    if len({n.root for n in first}) == 1:
        return first[0].name
    houses = {publishers.family(n.name) if n.name else None for n in group}
    return houses.pop() if len(houses) == 1 else None


def _called(article: Article) -> str:
    return article.outlet or f"“{article.label}”"


def _listed(names: Sequence[str]) -> str:
    """Names in one phrase; many are counted."""
    known = unique(names)
    if len(known) > LISTED:
        return f"{', '.join(known[:LISTED])} and {len(known) - LISTED} more"
    return " and ".join(filter(None, [", ".join(known[:-1]), known[-1]]))
