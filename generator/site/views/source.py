"""A source's page: everything in the story that is attributed to it, outlet by outlet. And the list of all sources."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from generator.model import Mention, QuoteKind, Source, SourceKind, unique
from generator.project import Settings
from generator.site import addresses, catalogue, wording
from generator.site.catalogue import _, ngettext
from generator.site.desk import SOURCES_A_PAGE, Desk
from generator.site.language import Said
from generator.site.views import base
from generator.site.views.base import Head, Link
from generator.site.views.mentions import MentionView, mention_view
from generator.site.views.rows import AlteredRow, SourceRow, altered_row, source_rows

SHOWN = 80


class SourceView(Struct, frozen=True, gc=False):
    """``groups``: per outlet the mentions that lean on it. ``as_printed``: what is said of it beside its name."""

    head: Head
    name: Said
    kind: str
    as_printed: tuple[tuple[str, Said], ...]
    anonymous: bool
    groups: tuple[tuple[Link, tuple[MentionView, ...]], ...]
    more: int
    verbatim: int
    paraphrased: int
    altered: tuple[AlteredRow, ...]


def source_view(desk: Desk, key: str, settings: Settings) -> SourceView:
    source, mentions = desk.sources[key], desk.mentions_by_source[key]
    name = desk.said(wording.standing(source), mentions[0].article)
    verbatim = sum(1 for m in mentions if m.quote in (QuoteKind.DIRECT, QuoteKind.MIXED))
    shown = mentions[:SHOWN]
    outlets = unique(desk.outlet_of(m.article) for m in shown)
    return SourceView(
        head=_head(desk, source, mentions, settings),
        name=name,
        kind=wording.kind(source.kind),
        as_printed=_as_printed(desk, source),
        anonymous=source.kind is SourceKind.ANONYMOUS,
        groups=tuple(
            (base.outlet_link(desk, o), tuple(mention_view(desk, m) for m in shown if desk.outlet_of(m.article) == o))
            for o in outlets
        ),
        more=len(mentions) - len(shown),
        verbatim=verbatim,
        paraphrased=len(mentions) - verbatim,
        altered=tuple(altered_row(desk, q) for q in desk.digest.altered_quotes if q.speaker == source.name),
    )


def _head(desk: Desk, source: Source, mentions: tuple[Mention, ...], settings: Settings) -> Head:
    path, name = addresses.source(desk.story, source.id), wording.standing(source)
    outlets = len({desk.outlet_of(m.article) for m in mentions})
    kinds = {SourceKind.PERSON: "Person", SourceKind.ORGANISATION: "Organization", SourceKind.AGENCY: "Organization"}
    return Head(
        path=path,
        title=_(
            "%(name)s, a source%(mark)s – %(story)s",
            name=base.short(name, 60),
            mark=_mark(desk, source),
            story=base.short(desk.digest.title, 50),
        ),
        description=base.short(
            _(
                "What is attributed to %(name)s (%(kind)s) in %(outlets)s: %(statements)s, each with its sentence.",
                name=name,
                kind=wording.kind(source.kind),
                outlets=ngettext("%(n)s outlet", "%(n)s outlets", outlets),
                statements=ngettext("%(n)s statement", "%(n)s statements", len(mentions)),
            ),
            240,
        ),
        ld=base.ld(
            settings, "CollectionPage", path, name=name,
            about={"@type": kinds.get(source.kind, "Thing"), "name": name},
        ),
        crumbs=(base.home_crumb(), base.story_crumb(desk)),
        image=base.card(desk),
        feed=base.feed(desk),
    )  # fmt: skip


def _mark(desk: Desk, source: Source) -> str:
    """Two sources of one name ("a resident") are told apart by their ids."""
    return f" ({addresses.part(source.id)})" if desk.same_voices[wording.standing(source)] > 1 else ""


def _as_printed(desk: Desk, source: Source) -> tuple[tuple[str, Said], ...]:
    fields = (
        (_("Role"), source.role),
        (_("Rank"), source.rank),
        (_("Number"), source.number),
        (_("Country"), catalogue.country_name(source.country) if source.country else None),
        (_("Reason for anonymity"), source.reason),
    )
    return tuple((name, desk.said(value)) for name, value in fields if value)


class Voice(Struct, frozen=True, gc=False):
    """A source without a page of its own, with all that it says; ``id`` is its address on the page of all sources."""

    id: str
    name: Said
    kind: str
    as_printed: tuple[tuple[str, Said], ...]
    anonymous: bool
    mentions: tuple[MentionView, ...]


class SourcesView(Struct, frozen=True, gc=False):
    """The sources of a story, a part of them a page: a table, and those that have no page of their own."""

    head: Head
    sources: tuple[SourceRow, ...]
    voices: tuple[Voice, ...]
    pages: tuple[Link, ...]


def sources_views(desk: Desk, settings: Settings) -> Iterator[SourcesView]:
    parts = base.parts(desk.voices, SOURCES_A_PAGE)
    pages = base.pages(len(parts), partial(addresses.all_sources, desk.story))
    for n, part in enumerate(parts, 1):
        yield SourcesView(
            head=_sources_head(desk, n, len(parts), settings),
            sources=source_rows(desk, part),
            voices=tuple(_voice(desk, key) for key in part if not desk.source_has_page(key)),
            pages=pages,
        )


def _voice(desk: Desk, key: str) -> Voice:
    source, mentions, mark = desk.sources[key], desk.mentions_by_source[key], addresses.source_mark(key)
    shown = (mention_view(desk, m) for m in mentions)
    return Voice(
        id=mark,
        name=desk.said(wording.standing(source), mentions[0].article),
        kind=wording.kind(source.kind),
        as_printed=_as_printed(desk, source),
        anonymous=source.kind is SourceKind.ANONYMOUS,
        mentions=tuple(replace(m, id=f"{mark}-{m.id}") for m in shown),  # two voices may share a statement
    )


def _sources_head(desk: Desk, number: int, of: int, settings: Settings) -> Head:
    path = addresses.all_sources(desk.story, number)
    page = base.numbered(number, of)
    title = _("All sources%(page)s – %(story)s", page=page, story=base.short(desk.digest.title, 60))
    description = _(
        "Who speaks in which outlet, named and unnamed%(page)s: %(story)s",
        page=page,
        story=base.short(desk.digest.title, 120),
    )
    return base.list_head(desk, path, title, description, settings)
