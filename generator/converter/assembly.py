"""Assembly: labelled units become blocks, and blocks become an article with metadata and their evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from generator.converter.agencies import credited
from generator.converter.dateline import dateline_of, signoff_of
from generator.converter.dates import day_first, printed_dates
from generator.converter.inner import Labelled
from generator.converter.language import language_of
from generator.converter.laws import REPAIRED
from generator.converter.layout import shown
from generator.converter.names import byline_names, names_in
from generator.converter.outlet import self_reference
from generator.model import IN_TEXT, Article, Block, Capture, Paragraph, Removed, Role, Span
from generator.text import squeeze_map

_LEADS = 3  # paragraphs that may begin with the dateline
_ENDS = 4  # paragraphs that may end with a sign-off


def blocks_of(capture: Capture, found: Sequence[Labelled], rules_off: Sequence[str] = ()) -> tuple[Block, ...]:
    """The blocks in order: units, with datelines and sign-offs cut off into blocks of their own."""
    out: list[Block] = []
    texts = [i for i, x in enumerate(found) if x.role is Role.BODY]
    leads, ends = set(texts[:_LEADS]), set(texts[-_ENDS:])
    lead_open = "dateline" not in rules_off
    for i, x in enumerate(found):
        whole = Block(x.unit.span, x.role, x.unit.text, x.rule, x.unit.markup, x.unit.level)
        pieces = [whole]
        if i in leads and lead_open and x.unit.markup is None:
            pieces = _cut_dateline(whole, capture.text)
            lead_open = len(pieces) == 1
        if i in ends and "signoff" not in rules_off and x.unit.markup is None:
            pieces[-1:] = _cut_signoff(pieces[-1], capture.text)
        out.extend(pieces)
    return tuple([_repaired(b) if not b.text.isascii() and _MOJIBAKE.search(b.text) else b for b in out])


# UTF-8 read as a Western single-byte encoding: a lead byte's letter and a continuation byte's sign.
_MOJIBAKE = re.compile("[ÂÃâÐÑÎÏ][\u0080-\u00bf€™ŒœŠšŸŽžƒˆ˜–-•…‰‹›]")


def _repaired(block: Block) -> Block:
    """``block`` with wrongly decoded text put right by ftfy, its rule saying so; as it is where ftfy isn't sure."""
    from ftfy import fix_encoding

    text = shown(fix_encoding(block.text))
    if text == block.text or not text:
        return block
    return replace(block, text=text, rule=block.rule + REPAIRED, markup=None)


def _cut_dateline(block: Block, text: str) -> list[Block]:
    dateline = dateline_of(block.text)
    if dateline is None:
        return [block]
    return _cut(block, dateline.span.end, text, (Role.DATELINE, "dateline"), (block.role, block.rule))


def _cut_signoff(block: Block, text: str) -> list[Block]:
    found = signoff_of(block.text)
    if found is None:
        return [block]
    return _cut(block, found.start, text, (block.role, block.rule), (Role.CREDIT, "signoff"))


def _cut(block: Block, at: int, text: str, left: tuple[Role, str], right: tuple[Role, str]) -> list[Block]:
    """``block`` in two, at the visible character that stands at ``at`` or after in its own text."""
    _, own = squeeze_map(block.text)
    _, printed = squeeze_map(block.span.of(text))
    n = sum(1 for offset in own if offset < at)
    if not 0 < n < len(own):
        return [block]
    cut = block.span.start + printed[n]
    end = block.span.start + printed[n - 1] + 1
    return [
        Block(Span(block.span.start, end), left[0], shown(block.text[:at]), left[1]),
        Block(Span(cut, block.span.end), right[0], shown(block.text[at:]), right[1]),
    ]


@dataclass
class Metadata:
    """What the blocks say of the article, while it is gathered; ``evidence`` per field."""

    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    updated: str | None = None
    dateline: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    evidence: dict[str, str] = field(default_factory=dict)


def assemble(capture: Capture, blocks: Sequence[Block], *, story: str, id: str) -> Article:
    """The article: text in order, everything else set aside with its place, metadata with evidence.

    What coverage.toml or the container says wins.
    """
    body: list[Paragraph] = []
    removed: list[Removed] = []
    title = next((b for b in blocks if b.role is Role.TITLE), None)
    for b in blocks:
        if b.role in IN_TEXT:
            body.append(Paragraph(b.text, b.role, b.markup, b.level))
        elif b is not title:
            removed.append(Removed(b.text, b.role, b.rule, len(body)))
    found = gather(blocks)
    hints = capture.hints
    evidence = {k: v for k, v in found.evidence.items() if not getattr(hints, k, None)} | dict(hints.evidence)
    if found.agency and hints.agency:  # what the article prints is the better evidence
        evidence["agency"] = found.evidence["agency"]
    return Article(
        id=id,
        story=story,
        title=hints.title or found.title,
        body=tuple(body),
        outlet=hints.outlet or found.outlet,
        published=hints.published or found.published,
        updated=hints.updated or found.updated,
        authors=hints.authors or found.authors,
        dateline=found.dateline,
        agency=found.agency or hints.agency,
        credits=found.credits,
        language=hints.language or found.language,
        url=hints.url,
        rights=hints.rights,
        source_file=capture.name,
        evidence=tuple(sorted(evidence.items())),
        removed=tuple(removed),
    )


def gather(blocks: Sequence[Block]) -> Metadata:
    """The metadata that the blocks print."""
    m = Metadata()
    text = " ".join(b.text for b in blocks if b.role is Role.BODY)[:500]
    m.language = language_of(text)
    if m.language:
        m.evidence["language"] = "text"
    _title(m, blocks)
    _dateline(m, blocks)
    _credits(m, blocks)
    _authors(m, blocks)
    _dates(m, blocks)
    if m.outlet in (None, *_by_shape(m)) and (own := self_reference(blocks)):
        m.outlet, m.evidence["outlet"] = own
    return m


def _by_shape(m: Metadata) -> tuple[str, ...]:
    """Agencies that only a dateline's shape tells of: what the page says of itself is the better evidence."""
    return m.agency[:1] if m.evidence.get("agency") == "dateline" and m.agency[:1] != ("Reuters",) else ()


def _title(m: Metadata, blocks: Sequence[Block]) -> None:
    title = next((b for b in blocks if b.role is Role.TITLE), None)
    if title:
        m.title, m.evidence["title"] = title.text, "printed"


def _dateline(m: Metadata, blocks: Sequence[Block]) -> None:
    block = next((b for b in blocks if b.role is Role.DATELINE), None)
    parsed = dateline_of(block.text + " x") if block else None
    if parsed is None:
        return
    m.dateline, m.agency = parsed.place, parsed.agency
    if parsed.place:
        m.evidence["dateline"] = "printed"
    if parsed.agency:
        m.evidence["agency"] = "dateline"
        if parsed.agency == ("Reuters",) or not parsed.known:
            m.evidence["outlet"], m.outlet = "dateline", parsed.agency[0]


_EDGE = " ()[]*_-–—•\t"


def _credits(m: Metadata, blocks: Sequence[Block]) -> None:
    lines = [b for b in blocks if b.role is Role.CREDIT]
    m.credits = tuple(dict.fromkeys(t for b in lines if (t := _unbracketed(b.text))))
    agencies = dict.fromkeys(m.agency)
    for b in lines:
        agencies.update(dict.fromkeys(credited(b.text)))
    if agencies and not m.agency:
        m.evidence["agency"] = "credit line"
    m.agency = tuple(agencies)


def _unbracketed(text: str) -> str:
    stripped = text.strip(" \t*_•")
    if stripped[:1] in "([" and stripped[-1:] in ")]":
        return stripped[1:-1].strip()
    return stripped.strip(" -–—")


def _zones(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """The blocks around the article's head, and those right after its text: where bylines and dates are its own."""
    text = [i for i, b in enumerate(blocks) if b.role in IN_TEXT]
    last = text[-1] if text else len(blocks)
    long = [i for i in text if len(blocks[i].text) > 120] or text or [0]
    title = next((i for i, b in enumerate(blocks) if b.role is Role.TITLE), long[0])
    after = [i for i in long if i > title]
    end = after[1] if len(after) > 1 else after[0] if after else title  # a standfirst may stand before the byline
    return blocks[max(0, min(title, long[0]) - 8) : end + 1], blocks[last + 1 : last + 8]


def _authors(m: Metadata, blocks: Sequence[Block]) -> None:
    for zone in _zones(blocks):
        names: dict[str, None] = {}
        for b in zone:
            if b.role in (Role.BYLINE, Role.TIMESTAMP):
                found = byline_names(b.text) or (names_in(b.text) if b.role is Role.BYLINE else ())
                names.update(dict.fromkeys(found))
        if names:
            m.authors, m.evidence["authors"] = tuple(names), "byline line"
            return


_UPDATED = re.compile(
    r"(?i)\b(?:updated?|modified|aktualisiert|mis à jour|actualizado|atualizado|aggiornato|bijgewerkt|обновлено)\b"
    r"|更新|最終"
)


def _dates(m: Metadata, blocks: Sequence[Block]) -> None:
    """The first printed date of the head, else of the lines after the text; one that is said to be an update's stands
    for both where it is the only one.
    """
    dated = (Role.TIMESTAMP, Role.BYLINE)
    habit = day_first(" ".join(b.text for b in blocks if b.role in dated), m.language)
    for zone in _zones(blocks):
        for b in zone:
            if b.role in dated:
                _take_dates(m, b.text, habit)
        if m.published or m.updated:
            break
    if m.updated and not m.published:
        m.published, m.evidence["published"] = m.updated, "printed, as an update"


def _take_dates(m: Metadata, text: str, habit: bool | None) -> None:
    for d in printed_dates(text):
        iso = d.settled(habit)
        updated = _UPDATED.search(text[max(0, d.span.start - 30) : d.span.start])
        if iso and updated and not m.updated:
            m.updated, m.evidence["updated"] = iso, "printed"
        elif iso and not updated and not m.published:
            m.published, m.evidence["published"] = iso, "printed"
