"""The overview of a story: what is agreed, what differs, who is alone, how many really know."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import AlteredQuote, Claim, Digest, Mention, QuoteKind, Reuse, SourceKind, Status, Value, unique
from generator.project import Settings
from generator.site import addresses, wording
from generator.site.desk import Desk
from generator.site.language import Said
from generator.site.views import base, figures
from generator.site.views.base import Head, Link
from generator.site.views.mentions import ClaimLine, claim_line, differs
from generator.site.wording import Firmness

# The overview stays one page that opens at once: of long lists it shows the head and links to the whole.
CELLS = 150
ALONE = 4
LISTED = 12
FEW = 8
LONGEST_VOICE = 48  # characters, in a cell


@dataclass(frozen=True, slots=True)
class Cell:
    """What one outlet has on one claim. ``href`` leads to the sentence; absent cells have none."""

    outlet: str
    firmness: Firmness
    href: str | None = None
    citing: str | None = None
    more: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    claim: ClaimLine
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Claims by outlets; ``hidden`` claims are on the page of all claims."""

    outlets: tuple[Link, ...]
    rows: tuple[Row, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class OutletGroup:
    name: Link
    articles: tuple[tuple[Link, wording.When], ...]
    more_articles: int
    shares: int
    differing: int
    wire: int
    words: str
    alone: tuple[ClaimLine, ...]
    more_alone: int


@dataclass(frozen=True, slots=True)
class ReuseRow:
    target: Link
    target_article: Link
    source: Link
    source_article: Link
    share: str
    source_share: str
    direction: str
    credited: bool
    href: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    name: Link
    kind: str
    named: bool
    outlets: tuple[Link, ...]
    verbatim: int
    paraphrased: int


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """Where one claim's mentions part: per aspect the values, each with the outlets that have it."""

    claim: ClaimLine
    aspects: tuple[tuple[str, tuple[tuple[Said, tuple[Link, ...]], ...]], ...]


@dataclass(frozen=True, slots=True)
class AlteredRow:
    speaker: Said
    kind: str
    variants: tuple[tuple[Link, Said, str], ...]
    changes: tuple[tuple[Said, Said], ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A claim whose status changed over time, step by step."""

    claim: ClaimLine
    steps: tuple[tuple[wording.When, Link, str, str], ...]


@dataclass(frozen=True, slots=True)
class Fact:
    number: int
    words: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class StoryView:
    head: Head
    title: Said
    days: str
    facts: tuple[Fact, ...]
    summary: tuple[Link, ...]
    matrix: Matrix
    claims_href: str
    claims: int
    groups: tuple[OutletGroup, ...]
    more_outlets: int
    reuses: tuple[ReuseRow, ...]
    more_reuses: int
    graph: figures.Graph | None
    origins: tuple[tuple[Said, tuple[Link, ...], tuple[str, ...]], ...]
    sources: tuple[SourceRow, ...]
    more_sources: int
    differences: tuple[DifferenceRow, ...]
    more_differences: int
    altered: tuple[AlteredRow, ...]
    more_altered: int
    moved: tuple[Moved, ...]
    more_moved: int
    exports: tuple[tuple[str, str], ...]
    method: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]


def story_view(desk: Desk, settings: Settings, exports: tuple[tuple[str, str], ...] = ()) -> StoryView:
    digest = desk.digest
    groups = [outlet_group(desk, name) for name in desk.outlet_names[:LISTED]]
    parting = [c for c in desk.claims if differs(c)]
    moved = [c for c in desk.claims if len({s.status for s in c.history}) > 1]
    sources = source_rows(desk)
    return StoryView(
        head=_head(desk, settings),
        title=desk.said(digest.title),
        days=wording.span_of_days(desk.times()),
        facts=facts(desk),
        summary=_summary(desk),
        matrix=matrix(desk),
        claims_href=addresses.all_claims(desk.story),
        claims=len(desk.claims),
        groups=tuple(groups),
        more_outlets=max(0, len(desk.outlet_names) - LISTED),
        reuses=tuple(reuse_row(desk, r) for r in digest.reuses[:LISTED]),
        more_reuses=max(0, len(digest.reuses) - LISTED),
        graph=figures.who_copied_whom(desk),
        origins=origin_rows(desk, digest),
        sources=sources[:LISTED],
        more_sources=max(0, len(sources) - LISTED),
        differences=tuple(d for c in parting[:FEW] if (d := difference_row(desk, c))),
        more_differences=max(0, len(parting) - FEW),
        altered=tuple(altered_row(desk, q) for q in digest.altered_quotes[:FEW]),
        more_altered=max(0, len(digest.altered_quotes) - FEW),
        moved=tuple(moved_row(desk, c) for c in moved[: FEW // 2]),
        more_moved=max(0, len(moved) - FEW // 2),
        exports=exports,
        method=digest.method,
        changed=desk.changed,
    )


def _head(desk: Desk, settings: Settings) -> Head:
    digest, path = desk.digest, addresses.story(desk.story)
    items = [
        {"@type": "ListItem", "position": n, "item": base.article_ld(desk, a.article, settings)}
        for n, a in enumerate(digest.articles[:LISTED], 1)
    ]
    return Head(
        path=path,
        title=base.short(digest.title),
        description=(
            f"{wording.count(len(digest.articles), 'article')} from {wording.count(len(digest.outlets), 'outlet')}, "
            f"claim by claim: who reports what, who said it, who copied whom."
        ),
        ld=base.ld(
            settings,
            "CollectionPage",
            path,
            name=digest.title,
            mainEntity={"@type": "ItemList", "numberOfItems": len(digest.articles), "itemListElement": items},
        ),
        crumbs=(base.home_crumb(),),
        image=base.card(desk),
        feed=base.feed(desk),
    )


def facts(desk: Desk) -> tuple[Fact, ...]:
    alone = len(desk.claims) - len(desk.shared)
    return (
        Fact(len(desk.digest.articles), "article" if len(desk.digest.articles) == 1 else "articles", "outlets"),
        Fact(len(desk.digest.outlets), "outlet" if len(desk.digest.outlets) == 1 else "outlets", "outlets"),
        Fact(
            independent(desk.digest),
            "independent origin" if independent(desk.digest) == 1 else "independent origins",
            "origins" if origin_rows(desk, desk.digest) else None,
        ),
        Fact(len(desk.shared), "claims shared", "claims" if desk.claims else None),
        Fact(alone, "in one outlet only", "outlets"),
        Fact(
            sum(1 for c in desk.claims if differs(c)),
            "where they differ",
            "differences" if any(map(differs, desk.claims)) else None,
        ),
    )


def independent(digest: Digest) -> int:
    """How many articles, or groups of articles that hang together, stand on their own."""
    return len(digest.articles) - sum(len(o.members) - 1 for o in digest.origins)


def _summary(desk: Desk) -> tuple[Link, ...]:
    chosen = [desk.mentions[m] for m in desk.digest.summary if m in desk.mentions] or [
        desk.best(c) for c in desk.claims[:3]
    ]
    return tuple(
        Link(desk.said(m.text, m.article), desk.sentence_path(m), desk.outlet_name(m.article)) for m in chosen[:5]
    )


def matrix(desk: Desk) -> Matrix:
    """The shared claims, as many as fit; where nothing is shared, the weightiest."""
    names = desk.outlet_names[:LISTED]
    rows = desk.shared or desk.claims
    room = max(6, CELLS // max(1, len(names)))
    return Matrix(
        tuple(base.outlet_link(desk, name) for name in names),
        tuple(Row(claim_line(desk, c), cells(desk, c, names)) for c in rows[:room]),
        len(desk.claims) - min(len(rows), room),
    )


_FIRM = (Status.DENIED, Status.CONFIRMED, Status.HAPPENED, Status.REPORTED)


def cells(desk: Desk, claim: Claim, names: tuple[str, ...]) -> tuple[Cell, ...]:
    by_outlet: dict[str, list[Mention]] = {}
    for mention in claim.mentions:
        by_outlet.setdefault(desk.outlet_of(mention.article), []).append(mention)
    return tuple(_cell(desk, name, by_outlet.get(name, [])) for name in names)


def _cell(desk: Desk, name: str, mentions: list[Mention]) -> Cell:
    if not mentions:
        return Cell(name, wording.ABSENT)
    rank = {status: n for n, status in enumerate(_FIRM)}
    lead = min(mentions, key=lambda m: (m.headline, m.passing, rank.get(m.status, len(_FIRM))))
    return Cell(name, wording.firmness(lead), desk.sentence_path(lead), _cited(lead), len(mentions) - 1)


def _cited(mention: Mention) -> str | None:
    """Whom a mention leans on, short enough for a cell."""
    voice = wording.citing(mention)
    return base.short(voice, LONGEST_VOICE) if voice else None


def outlet_group(desk: Desk, name: str) -> OutletGroup:
    articles = desk.articles_by_outlet[name]
    own = {a.id for a in articles}
    has = {c.id for a in articles for _, c in desk.claims_by_article[a.id]}
    alone = desk.alone[name]
    shared = [c for c in desk.shared if c.id in has]
    wire = sum(1 for a in articles if a.agency)
    differing = sum(1 for c in shared if differs(c) and _takes_part(desk, c, own))
    return OutletGroup(
        name=base.outlet_link(desk, name),
        articles=tuple((Link(base.titled(a, desk), desk.article_path(a.id)), base.when(a)) for a in articles[:LISTED]),
        more_articles=max(0, len(articles) - LISTED),
        shares=len(shared),
        differing=differing,
        wire=wire,
        words=_in_words(len(shared), differing, wire, len(articles)),
        alone=tuple(claim_line(desk, c) for c in alone[:ALONE]),
        more_alone=max(0, len(alone) - ALONE),
    )


def _in_words(shared: int, differing: int, wire: int, articles: int) -> str:
    """What an outlet shares, as a sentence or two."""
    if not shared:
        said = "Shares no claim with another."
    else:
        apart = f"; on {differing} of them the outlets differ" if differing else ""
        said = f"Shares {wording.count(shared, 'claim')} with others{apart}."
    if not wire:
        return said
    return f"{said} {'It names' if articles == 1 else f'{wire} of {articles} articles name'} an agency."


def _takes_part(desk: Desk, claim: Claim, own: set[str]) -> bool:
    """Whether one of an outlet's ``own`` articles stands on a side of a difference in substance."""
    sides = (m for d in claim.differences if d.aspect in wording.SUBSTANCE for v in d.values for m in v.mentions)
    return any(m in desk.mentions and desk.mentions[m].article in own for m in sides)


def reuse_row(desk: Desk, reuse: Reuse) -> ReuseRow:
    source, target = desk.article(reuse.source), desk.article(reuse.target)
    return ReuseRow(
        target=base.outlet_link(desk, desk.outlet_of(target.id)),
        target_article=Link(base.titled(target, desk), desk.article_path(target.id)),
        source=base.outlet_link(desk, desk.outlet_of(source.id)),
        source_article=Link(base.titled(source, desk), desk.article_path(source.id)),
        share=wording.percent(reuse.share),
        source_share=wording.percent(reuse.source_share),
        direction=wording.direction(reuse),
        credited=reuse.credited,
        href=addresses.compare(desk.story, source.id, target.id),
    )


def origin_rows(desk: Desk, digest: Digest) -> tuple[tuple[Said, tuple[Link, ...], tuple[str, ...]], ...]:
    """The groups of articles that are not independent of each other."""
    rows = []
    for origin in digest.origins:
        members = [a for a in origin.members if a in desk.articles]
        if len(members) > 1:
            links = tuple(
                Link(base.titled(desk.article(a), desk), desk.article_path(a), desk.outlet_name(a)) for a in members
            )
            rows.append((desk.said(origin.name or "Origin unknown"), links, origin.reasons))
    return tuple(rows)


def source_rows(desk: Desk) -> tuple[SourceRow, ...]:
    """The voices, most quoted first."""
    rows = []
    for key, source in desk.sources.items():
        mentions = desk.mentions_by_source[key]
        first = mentions[0].article
        verbatim = sum(1 for m in mentions if m.quote in (QuoteKind.DIRECT, QuoteKind.MIXED))
        rows.append(
            SourceRow(
                name=Link(
                    desk.said(wording.voice(source), first),
                    addresses.source(desk.story, key),
                    desk.said(source.role, first) if source.role else None,
                ),
                kind=wording.KIND_WORDS[source.kind],
                named=source.kind not in (SourceKind.ANONYMOUS, SourceKind.GROUP, SourceKind.UNKNOWN),
                outlets=tuple(base.outlet_link(desk, o) for o in unique(desk.outlet_of(m.article) for m in mentions)),
                verbatim=verbatim,
                paraphrased=len(mentions) - verbatim,
            )
        )
    return tuple(sorted(rows, key=lambda r: (-len(r.outlets), -(r.verbatim + r.paraphrased), r.name.text.text)))


def difference_row(desk: Desk, claim: Claim) -> DifferenceRow | None:
    """Differences in substance first."""
    if not claim.differences:
        return None
    ordered = sorted(claim.differences, key=lambda d: d.aspect not in wording.SUBSTANCE)
    return DifferenceRow(
        claim_line(desk, claim),
        tuple((wording.aspect(d.aspect), tuple(_value(desk, v) for v in d.values)) for d in ordered),
    )


def _value(desk: Desk, value: Value) -> tuple[Said, tuple[Link, ...]]:
    known = [desk.mentions[m].article for m in value.mentions if m in desk.mentions]
    outlets = unique(desk.outlet_of(a) for a in known)
    return desk.said(value.value, known[0] if known else None), tuple(base.outlet_link(desk, o) for o in outlets)


def altered_row(desk: Desk, quote: AlteredQuote) -> AlteredRow:
    variants = tuple(
        (base.outlet_link(desk, desk.outlet_of(v.article)), desk.said(v.text, v.article),
         desk.place_path(v.article, v.span.start))
        for v in quote.variants
    )  # fmt: skip
    where = quote.variants[0].article
    changes = tuple((desk.said(a, where), desk.said(b, where)) for a, b in quote.changes)
    return AlteredRow(
        desk.said(quote.speaker or "Speaker not named", where if quote.speaker else None),
        wording.alteration(quote),
        variants,
        changes,
    )


def moved_row(desk: Desk, claim: Claim) -> Moved:
    return Moved(
        claim_line(desk, claim),
        tuple(
            (
                wording.when(s.when),
                base.outlet_link(desk, desk.outlet_of(s.article)),
                wording.STATUS_WORDS[s.status],
                desk.sentence_path(desk.mentions[s.mention]),
            )
            for s in claim.history
            if s.mention in desk.mentions
        ),
    )
