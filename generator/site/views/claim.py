"""A claim's page: every wording of it side by side, with the way it came, and why they were taken for one claim.
And the pages that list all claims of a story.
"""

from __future__ import annotations

from functools import partial

from msgspec import Struct

from generator.model import Claim, Join, Mention, Span, Step
from generator.project import Settings
from generator.site import addresses, catalogue, reasons, wording
from generator.site.catalogue import _, ngettext
from generator.site.desk import Desk
from generator.site.language import Said
from generator.site.views import base
from generator.site.views.base import Head, Link
from generator.site.views.figures import Timeline, timeline
from generator.site.views.mentions import ClaimLine, MentionView, claim_line, mention_view, outlets_of
from generator.site.views.rows import DifferenceRow, StepRow, difference_row, history, step_row

CLAIMS_A_PAGE = 200
MENTIONS_SHOWN = 60
ABSENT = 12
FIRSTS = 4


class JoinRow(Struct, frozen=True, gc=False):
    a: Link
    b: Link
    score: str
    reasons: tuple[str, ...]


class OriginRow(Struct, frozen=True, gc=False):
    name: Said
    members: tuple[Link, ...]
    reasons: tuple[str, ...]


class ClaimView(Struct, frozen=True, gc=False):
    head: Head
    number: int
    text: Said
    spread: int
    of: int
    alone: Link | None
    mentions: tuple[MentionView, ...]
    more: int
    differences: DifferenceRow | None
    history: tuple[StepRow, ...]
    figure: Timeline | None
    origins: tuple[OriginRow, ...]
    joins: tuple[JoinRow, ...]
    first: tuple[StepRow, ...]
    absent: tuple[tuple[Link, str | None], ...]
    more_absent: int
    previous: Link | None
    next: Link | None


def claim_view(desk: Desk, claim: Claim, settings: Settings) -> ClaimView:
    marked = _differing(claim)
    steps = history(desk, claim)
    holders = desk.holders(claim)
    absent = [n for n in desk.known_outlets if n not in holders]
    return ClaimView(
        head=_head(desk, claim, settings),
        number=desk.numbers[claim.id],
        text=desk.wording(claim),
        spread=desk.spread(claim),
        of=outlets_of(desk),
        alone=base.outlet_link(desk, holders[0]) if desk.spread(claim) == 1 else None,
        mentions=tuple(mention_view(desk, m, marked.get(m.id, ())) for m in _ordered(desk, claim)[:MENTIONS_SHOWN]),
        more=max(0, len(claim.mentions) - MENTIONS_SHOWN),
        differences=difference_row(desk, claim),
        history=steps if len({s.status for s in steps}) > 1 else (),
        figure=timeline(desk, claim),
        origins=_origins(desk, claim),
        joins=tuple(_join(desk, j) for j in claim.joins[:MENTIONS_SHOWN]),
        first=_first(desk, claim) if len(claim.mentions) > 1 else (),
        absent=tuple((base.outlet_link(desk, n), _silence(desk, claim, n)) for n in absent[:ABSENT]),
        more_absent=max(0, len(absent) - ABSENT),
        previous=_neighbour(desk, claim, -1),
        next=_neighbour(desk, claim, 1),
    )


def _first(desk: Desk, claim: Claim) -> tuple[StepRow, ...]:
    """The mentions that were published first, background or not, one an outlet; () where no article is dated. Of those
    published on one day a copy was not the first.
    """
    told = {m.id: when for m in claim.mentions if not m.headline and (when := desk.article(m.article).published)}
    earliest = min(told.values(), default="")
    hour = "T" in earliest
    tied = [m for m in claim.mentions if m.id in told and (told[m.id] if hour else told[m.id][:10]) == earliest]
    articles = {m.article for m in tied}
    copies = {a for a in articles for r in desk.reuses_of[a]
              if r.target == a and r.source in articles and r.direction != "open"}  # fmt: skip
    firsts = {desk.outlet_of(m.article): m for m in reversed(tied) if m.article not in copies}
    steps = (Step(told[m.id], m.article, m.id, m.status) for m in reversed(firsts.values()))
    return tuple(step_row(desk, s) for s in steps)[:FIRSTS]


def _head(desk: Desk, claim: Claim, settings: Settings) -> Head:
    path, text = desk.claim_path(claim), base.short(desk.wording(claim).text, 200)
    appearances = [
        {
            "@type": "Quotation",
            "text": m.text,
            "url": base.absolute(settings, desk.sentence_path(m)),
            "isPartOf": base.article_ld(desk, desk.article(m.article), settings),
            "spokenByCharacter": {"@type": "Thing", "name": wording.voice(m.chain[0])} if m.chain else None,
        }
        for m in claim.mentions[:12]
    ]
    return Head(
        path=path,
        title=_(
            "Claim %(number)s: %(claim)s – %(story)s",
            number=desk.numbers[claim.id],
            claim=base.short(text, 70),
            story=base.short(desk.digest.title, 40),
        ),
        description=base.short(
            _(
                "In %(outlets)s: %(names)s. Every wording side by side, with its source and the sentence it stands in.",
                outlets=ngettext("%(n)s outlet", "%(n)s outlets", desk.spread(claim)),
                names=catalogue.listed(desk.holders(claim)[:6]),
            ),
            240,
        ),
        ld=base.ld(settings, "Claim", path, name=text, text=text, appearance=appearances),
        kind="article",
        crumbs=(base.home_crumb(), base.story_crumb(desk)),
        image=base.card(desk),
        feed=base.feed(desk),
    )  # fmt: skip


def _ordered(desk: Desk, claim: Claim) -> list[Mention]:
    """By outlet in order of appearance, body before headline; the digest's order breaks ties."""
    place = {name: n for n, name in enumerate(desk.outlet_names)}
    return sorted(claim.mentions, key=lambda m: (place[desk.outlet_of(m.article)], m.headline, m.passing))


def _differing(claim: Claim) -> dict[str, list[Span]]:
    marked: dict[str, list[Span]] = {}
    for difference in claim.differences:
        for value in difference.values:
            for mention, span in value.spans:
                marked.setdefault(mention, []).append(span)
    return marked


def _silence(desk: Desk, claim: Claim, outlet: str) -> str | None:
    why = desk.silence(claim, outlet)
    return reasons.silence(why) if why else None


def _origins(desk: Desk, claim: Claim) -> tuple[OriginRow, ...]:
    rows = []
    for origin in desk.origins_of.get(claim.id, ()):
        articles = [desk.mentions[m].article if m in desk.mentions else m for m in origin.members]
        links = tuple(
            Link(base.titled(desk.article(a), desk), desk.article_path(a), desk.outlet_name(a))
            for a in dict.fromkeys(articles)
            if a in desk.articles
        )
        rows.append(OriginRow(desk.said(origin.name or _("Origin unknown")), links, reasons.reasons(origin.reasons)))
    return tuple(rows)


def _join(desk: Desk, join: Join) -> JoinRow:
    ends = []
    for key in (join.a, join.b):
        mention = desk.mentions.get(key)
        name = desk.outlet_of(mention.article) if mention else key
        ends.append(Link(desk.said(name), desk.sentence_path(mention) if mention else None))
    return JoinRow(ends[0], ends[1], f"{join.score:.2f}", reasons.reasons(join.reasons))


def _neighbour(desk: Desk, claim: Claim, step: int) -> Link | None:
    """The claim before or after it that has a page too."""
    index = desk.claim_pages[claim.id] + step
    if not 0 <= index < len(desk.claim_pages):
        return None
    other = desk.claims_with_page[index]
    text = desk.wording(other)
    whole = f"{text.lead} {text.after}" if text.lead else text.text
    return Link(Said(base.short(whole, 120), text.lang, text.dir), desk.claim_path(other))


class ClaimsView(Struct, frozen=True, gc=False):
    """All claims of a story, a part of them a page."""

    head: Head
    story: Link
    shared: tuple[ClaimLine, ...]
    alone: tuple[ClaimLine, ...]
    total: int
    pages: tuple[Link, ...]


def claims_views(desk: Desk, settings: Settings) -> tuple[ClaimsView, ...]:
    parts = base.parts(desk.claims, CLAIMS_A_PAGE)
    pages = base.pages(len(parts), partial(addresses.all_claims, desk.story))
    return tuple(
        ClaimsView(
            head=_claims_head(desk, n, len(parts), settings),
            story=base.story_crumb(desk),
            shared=tuple(claim_line(desk, c) for c in part if desk.spread(c) > 1),
            alone=tuple(claim_line(desk, c) for c in part if desk.spread(c) == 1),
            total=len(desk.claims),
            pages=pages,
        )
        for n, part in enumerate(parts, 1)
    )


def _claims_head(desk: Desk, number: int, of: int, settings: Settings) -> Head:
    path = addresses.all_claims(desk.story, number)
    page = base.numbered(number, of)
    title = _("All claims%(page)s – %(story)s", page=page, story=base.short(desk.digest.title, 60))
    description = _(
        "Every claim in the coverage, widest reported first%(page)s: %(story)s",
        page=page,
        story=base.short(desk.digest.title, 120),
    )
    return base.list_head(desk, path, title, description, settings)
