"""Two articles that have words in common, passage beside passage, with what was changed and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import islice

from msgspec import Struct

from generator.model import CUT, Article, Passage, Reuse, Span
from generator.project import Settings
from generator.site import addresses, catalogue, reasons, wording
from generator.site.catalogue import _
from generator.site.desk import Desk
from generator.site.language import Said
from generator.site.views import base
from generator.site.views.base import Head, Link
from generator.site.weaving import Run
from generator.text import words

FEWEST = 3  # words of a piece that is shown as left out
LONGEST_DIFF = 400  # words; a longer passage is shown without marks


class Side(Struct, frozen=True, gc=False):
    outlet: Link
    article: Link
    when: wording.When
    lang: str | None
    dir: str | None


class PassageRow(Struct, frozen=True, gc=False):
    """The same passage in both; ``exact`` where not a word was changed. Hrefs lead to the sentences."""

    source: tuple[Run, ...]
    target: tuple[Run, ...]
    source_href: str
    target_href: str
    exact: bool


class CompareView(Struct, frozen=True, gc=False):
    head: Head
    source: Side
    target: Side
    share: str
    source_share: str
    direction: str
    open: bool
    credited: bool
    rows: tuple[PassageRow, ...]
    left_out: tuple[Said, ...]
    added: tuple[Said, ...]


def compare_view(desk: Desk, reuse: Reuse, settings: Settings) -> CompareView:
    source, target = desk.article(reuse.source), desk.article(reuse.target)
    ordered = sorted(reuse.passages, key=lambda p: p.target)
    whole = not any(p.withheld for p in ordered)
    return CompareView(
        head=_head(desk, reuse, settings),
        source=_side(desk, source),
        target=_side(desk, target),
        share=catalogue.percent(reuse.share),
        source_share=catalogue.percent(reuse.source_share),
        direction=reasons.direction(reuse),
        open=reuse.direction == "open" and not reuse.credited,
        credited=reuse.credited,
        rows=tuple(_row(desk, source, target, p) for p in ordered),
        left_out=tuple(desk.said(t, source.id) for t in _outside(source, (p.source for p in ordered)) if whole),
        added=tuple(desk.said(t, target.id) for t in _outside(target, (p.target for p in ordered)) if whole),
    )


def _head(desk: Desk, reuse: Reuse, settings: Settings) -> Head:
    path = addresses.compare(desk.story, reuse.source, reuse.target)
    names = catalogue.listed((desk.outlet_of(reuse.source), desk.outlet_of(reuse.target)))
    places = catalogue.listed((str(desk.places[reuse.source] + 1), str(desk.places[reuse.target] + 1)))
    called = _("%(names)s compared", names=names)
    return Head(
        path=path,
        title=_(
            "%(names)s compared – %(story)s (articles %(places)s)",
            names=names,
            story=base.short(desk.digest.title, 50),
            places=places,
        ),
        description=_(
            "The words that %(names)s have in common, side by side: %(share)s of the copy.",
            names=names,
            share=catalogue.percent(reuse.share),
        ),
        ld=base.ld(settings, "WebPage", path, name=called),
        crumbs=(base.home_crumb(), base.story_crumb(desk)),
        image=base.card(desk),
        feed=base.feed(desk),
    )


def _side(desk: Desk, article: Article) -> Side:
    title = base.titled(article, desk)
    body = desk.said(article.text[:400], article.id)
    return Side(
        base.outlet_link(desk, desk.outlet_of(article.id)),
        Link(title, desk.article_path(article.id)),
        base.when(article),
        body.lang,
        body.dir,
    )


def _row(desk: Desk, source: Article, target: Article, passage: Passage) -> PassageRow:
    a, b = passage.source.of(source.text), passage.target.of(target.text)
    comparable = not passage.exact and not passage.withheld
    left, right = marked_changes(a, b) if comparable else ((Run(a or CUT),), (Run(b or CUT),))
    return PassageRow(
        left,
        right,
        desk.place_path(source.id, passage.source.start),
        desk.place_path(target.id, passage.target.start),
        passage.exact,
    )


def marked_changes(a: str, b: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Two wordings with the words marked that the other does not have at that place."""
    left, right = list(words(a)), list(words(b))
    if max(len(left), len(right)) > LONGEST_DIFF:
        return (Run(a),), (Run(b),)
    same = SequenceMatcher(None, [s.of(a) for s in left], [s.of(b) for s in right], autojunk=False)
    changed: tuple[list[Span], list[Span]] = ([], [])
    for tag, a1, a2, b1, b2 in same.get_opcodes():
        if tag != "equal":
            changed[0].extend([Span(left[a1].start, left[a2 - 1].end)] if a2 > a1 else [])
            changed[1].extend([Span(right[b1].start, right[b2 - 1].end)] if b2 > b1 else [])
    return tuple(_marked(a, changed[0])), tuple(_marked(b, changed[1]))


def _marked(text: str, spans: Iterable[Span]) -> Iterator[Run]:
    at = 0
    for span in spans:
        if span.start > at:
            yield Run(text[at : span.start])
        yield Run(span.of(text), marked=True)
        at = span.end
    if at < len(text):
        yield Run(text[at:])


def _outside(article: Article, passages: Iterable[Span]) -> list[str]:
    """The sentences and pieces of an article that lie in no passage, longest enough to say something."""
    text, at, out = article.text, 0, []
    for span in [*sorted(passages), Span(len(text), len(text))]:
        gap = text[at : span.start] if span.start > at else ""
        out += [piece.strip() for piece in gap.split("\n\n") if len(list(islice(words(piece), FEWEST))) == FEWEST]
        at = max(at, span.end)
    return out
