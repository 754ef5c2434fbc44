"""Rows that several pages show: copies, sources, differences, altered quotations, claims that moved."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from generator.model import CUT, AlteredQuote, Claim, Digest, QuoteKind, Reuse, SourceKind, Step, Value, unique
from generator.site import addresses, catalogue, reasons, wording
from generator.site.catalogue import _
from generator.site.desk import Desk
from generator.site.language import Said
from generator.site.views import base
from generator.site.views.base import Link
from generator.site.views.figures import Timeline, timeline
from generator.site.views.mentions import ClaimLine, claim_line


class ReuseRow(Struct, frozen=True, gc=False):
    target: Link
    target_article: Link
    source: Link
    source_article: Link
    share: str
    source_share: str
    direction: str
    open: bool
    credited: bool
    href: str | None


class SourceRow(Struct, frozen=True, gc=False):
    """``mark`` is the row's address, for a source that has a page; the others' address is that of what they said."""

    name: Link
    kind: str
    named: bool
    outlets: tuple[Link, ...]
    verbatim: int
    paraphrased: int
    mark: str | None


class DifferenceRow(Struct, frozen=True, gc=False):
    """Where one claim's mentions part: per aspect the values, each with the outlets that have it, and whether
    they part there in substance.
    """

    claim: ClaimLine
    aspects: tuple[tuple[str, tuple[tuple[Said, tuple[Link, ...]], ...], bool], ...]


class AlteredRow(Struct, frozen=True, gc=False):
    speaker: Said
    kind: str
    variants: tuple[tuple[Link, Said, str], ...]
    changes: tuple[tuple[Said, Said], ...]


class StepRow(Struct, frozen=True, gc=False):
    """One step of a claim's history."""

    when: wording.When
    outlet: Link
    status: str
    href: str


class Moved(Struct, frozen=True, gc=False):
    """A claim whose status changed over time, step by step."""

    claim: ClaimLine
    steps: tuple[StepRow, ...]
    figure: Timeline | None


def reuse_row(desk: Desk, reuse: Reuse) -> ReuseRow:
    source, target = desk.article(reuse.source), desk.article(reuse.target)
    return ReuseRow(
        target=base.outlet_link(desk, desk.outlet_of(target.id)),
        target_article=Link(base.titled(target, desk), desk.article_path(target.id)),
        source=base.outlet_link(desk, desk.outlet_of(source.id)),
        source_article=Link(base.titled(source, desk), desk.article_path(source.id)),
        share=catalogue.percent(reuse.share),
        source_share=catalogue.percent(reuse.source_share),
        direction=reasons.direction(reuse),
        open=reuse.direction == "open" and not reuse.credited,
        credited=reuse.credited,
        href=desk.compare_path(reuse),
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
            rows.append((desk.said(origin.name or _("Origin unknown")), links, reasons.reasons(origin.reasons)))
    return tuple(rows)


def source_rows(desk: Desk, keys: Sequence[str]) -> tuple[SourceRow, ...]:
    """Some of the voices, as rows of a table."""
    rows = []
    for key in keys:
        source, mentions = desk.sources[key], desk.mentions_by_source[key]
        first = mentions[0].article
        verbatim = sum(1 for m in mentions if m.quote in (QuoteKind.DIRECT, QuoteKind.MIXED))
        rows.append(
            SourceRow(
                name=Link(
                    desk.said(wording.standing(source), first),
                    desk.source_path(key),
                    desk.said(source.role, first) if source.role else None,
                ),
                kind=wording.kind(source.kind),
                named=source.kind not in (SourceKind.ANONYMOUS, SourceKind.GROUP, SourceKind.UNKNOWN),
                outlets=tuple(base.outlet_link(desk, o) for o in unique(desk.outlet_of(m.article) for m in mentions)),
                verbatim=verbatim,
                paraphrased=len(mentions) - verbatim,
                mark=addresses.source_mark(key) if desk.source_has_page(key) else None,
            )
        )
    return tuple(rows)


def difference_row(desk: Desk, claim: Claim) -> DifferenceRow | None:
    """Differences in substance first."""
    if not claim.differences:
        return None
    ordered = sorted(claim.differences, key=lambda d: not wording.in_substance(d))
    return DifferenceRow(
        claim_line(desk, claim),
        tuple((wording.parted(d), tuple(_value(desk, v) for v in d.values), wording.in_substance(d)) for d in ordered),
    )


def _value(desk: Desk, value: Value) -> tuple[Said, tuple[Link, ...]]:
    known = [desk.mentions[m].article for m in value.mentions if m in desk.mentions]
    outlets = unique(desk.outlet_of(a) for a in known)
    return desk.said(wording.value(value.value), known[0] if known else None), tuple(
        base.outlet_link(desk, o) for o in outlets
    )


def altered_row(desk: Desk, quote: AlteredQuote) -> AlteredRow:
    variants = tuple(
        (base.outlet_link(desk, desk.outlet_of(v.article)), desk.said(v.text or CUT, v.article),
         desk.place_path(v.article, v.span.start))
        for v in quote.variants
    )  # fmt: skip
    where = quote.variants[0].article
    changes = tuple((desk.said(a, where), desk.said(b, where)) for a, b in quote.changes)
    return AlteredRow(
        desk.said(quote.speaker or _("Speaker not named"), where if quote.speaker else None),
        reasons.alteration(quote),
        variants,
        changes,
    )


def moved_row(desk: Desk, claim: Claim) -> Moved:
    return Moved(claim_line(desk, claim), history(desk, claim), timeline(desk, claim))


def history(desk: Desk, claim: Claim) -> tuple[StepRow, ...]:
    return tuple(step_row(desk, s) for s in claim.history if s.mention in desk.mentions)


def step_row(desk: Desk, step: Step) -> StepRow:
    return StepRow(
        wording.when(step.when),
        base.outlet_link(desk, desk.outlet_of(step.article)),
        wording.status(step.status),
        desk.sentence_path(desk.mentions[step.mention]),
    )
