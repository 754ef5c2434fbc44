"""A mention as the pages show it: who printed what, whose word it is, how firmly, and where to read it in place."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from generator.model import CUT, Claim, Difference, Mention, Source, SourceKind, Span, unique
from generator.site import addresses, catalogue, wording
from generator.site.catalogue import _
from generator.site.desk import Desk
from generator.site.language import Said
from generator.site.views.base import Link, original, outlet_link, titled
from generator.site.weaving import Run, weave


class MentionView(Struct, frozen=True, gc=False):
    """``runs`` joined are the printed words; ``cut`` names where they are a part of a longer sentence (taken
    "from" its middle, going "on"); ``chain`` leads from the voice nearest the claim to the outlet.
    """

    id: str
    outlet: Link
    article: Link
    authors: str
    when: wording.When
    runs: tuple[Run, ...]
    lang: str | None
    dir: str | None
    firmness: wording.Firmness
    stance: str | None
    hedge: Said | None
    ahead: bool
    form: str
    chain: tuple[Link, ...]
    href: str
    original: str | None
    headline: bool
    cut: str


def mention_view(desk: Desk, mention: Mention, marked: Iterable[Span] = ()) -> MentionView:
    """``marked`` are spans of the article text to set off (what differs)."""
    key = f"mention {mention.id}"
    if key not in desk.lines:
        desk.lines[key] = _mention_view(desk, mention)
    found: MentionView = desk.lines[key]
    inside = [s.shift(-mention.span.start) for s in marked if s in mention.span]
    if not inside:
        return found
    words = mention.text or CUT
    woven = weave((Run(words),), [(Span(0, len(words)), mention.id)], marked=inside)
    return replace(found, runs=tuple(i for s in woven for i in s.items if isinstance(i, Run)) or found.runs)


def _mention_view(desk: Desk, mention: Mention) -> MentionView:
    article = desk.article(mention.article)
    text = desk.said(mention.text, mention.article)
    return MentionView(
        id=addresses.part(mention.id),
        outlet=outlet_link(desk, desk.outlet_of(mention.article)),
        article=Link(titled(article, desk), desk.article_path(article.id)),
        authors=catalogue.listed(article.authors),
        when=wording.when(article.published),
        runs=(Run(mention.text or CUT),),
        lang=text.lang,
        dir=text.dir,
        firmness=wording.firmness(mention),
        stance=wording.stance(mention.stance) if mention.stance != "says" else None,
        hedge=desk.said(hedge, mention.article) if (hedge := wording.hedge(mention)) else None,
        ahead=wording.looks_ahead(mention),
        form=form(mention),
        chain=chain(desk, mention),
        href=desk.sentence_path(mention),
        original=original(article, mention.text),
        headline=mention.headline,
        cut=" ".join(name for name, is_so in zip(("from", "on"), desk.cuts(mention), strict=True) if is_so),
    )


def form(mention: Mention) -> str:
    """Whether the words are the source's or the outlet's."""
    if mention.quote:
        return wording.form(mention.quote)
    return _("in the outlet’s words") if mention.chain else _("in the outlet’s own voice")


def chain(desk: Desk, mention: Mention) -> tuple[Link, ...]:
    """The voices from the one nearest the claim to the last relay; the outlet itself is not among them."""
    return tuple([_voice(desk, s, mention.article) for s in mention.chain])


_EXPLAINED = frozenset({SourceKind.ANONYMOUS, SourceKind.AGENCY, SourceKind.OUTLET})


def _voice(desk: Desk, source: Source, article_id: str) -> Link:
    key = source.id, source.name, source.kind, desk.article(article_id).language
    found: Link | None = desk.lines.get(key)
    if found is None:
        found = desk.lines[key] = Link(
            desk.said(wording.voice(source), article_id),
            desk.source_path(source.id),
            Said(wording.kind(source.kind)) if source.kind in _EXPLAINED else None,
        )
    return found


class ClaimLine(Struct, frozen=True, gc=False):
    """A claim in a list: its number, its words, who has it, and in what they part."""

    number: int
    text: Said
    href: str
    spread: int
    of: int
    outlets: tuple[Link, ...]
    firmness: wording.Firmness
    differs: str | None = None
    told: str | None = None


def claim_line(desk: Desk, claim: Claim) -> ClaimLine:
    key = f"claim {claim.id}"
    if key not in desk.lines:
        desk.lines[key] = _claim_line(desk, claim)
    found: ClaimLine = desk.lines[key]
    return found


def _claim_line(desk: Desk, claim: Claim) -> ClaimLine:
    return ClaimLine(
        number=desk.numbers[claim.id],
        text=desk.wording(claim),
        href=desk.claim_path(claim),
        spread=desk.spread(claim),
        of=outlets_of(desk),
        outlets=tuple(outlet_link(desk, name) for name in desk.holders(claim)),
        firmness=wording.firmness(desk.best(claim)),
        differs=differs(claim),
        told=told_differently(claim),
    )


def outlets_of(desk: Desk) -> int:
    """How many outlets there are; articles of unknown outlet count one each."""
    return len(desk.known_outlets) + unknown_articles(desk)


def unknown_articles(desk: Desk) -> int:
    return len(desk.articles_by_outlet.get(desk.unknown, ()))


def differs(claim: Claim) -> str | None:
    """In what the outlets part on a claim, in words: the number, the date, whether it is so."""
    if not claim.differences:
        return None
    return _aspects(d for d in claim.differences if wording.in_substance(d))


def told_differently(claim: Claim) -> str | None:
    """In what they tell the same thing differently: who said it, how sure they are, the wording."""
    if not claim.differences:
        return None
    return _aspects(d for d in claim.differences if not wording.in_substance(d))


def _aspects(differences: Iterable[Difference]) -> str | None:
    return catalogue.listed(unique(wording.lies_in(d) for d in differences)) or None
