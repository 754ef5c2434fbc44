"""The claim matrix: claims down, outlets across, and what each outlet has on each claim."""

from __future__ import annotations

from msgspec import Struct

from generator.model import Claim, Mention, Status
from generator.site import reasons, wording
from generator.site.desk import Desk
from generator.site.views import base
from generator.site.views.base import Link
from generator.site.views.mentions import ClaimLine, claim_line
from generator.site.wording import Firmness
from generator.summarizer.silence import Silence

# The overview stays one page that opens at once: of a long matrix it shows the head and links to the whole.
CELLS = 150
OUTLETS = 12
LONGEST_VOICE = 48  # characters, in a cell


class Cell(Struct, frozen=True, gc=False):
    """What one outlet has on one claim. ``href`` leads to the sentence; absent cells have none, and
    say ``why`` where dates show it.
    """

    outlet: str
    firmness: Firmness
    href: str | None = None
    citing: str | None = None
    more: int = 0
    why: str | None = None


class Row(Struct, frozen=True, gc=False):
    claim: ClaimLine
    cells: tuple[Cell, ...]


class Matrix(Struct, frozen=True, gc=False):
    """Claims by outlets; ``hidden`` claims are on the page of all claims."""

    outlets: tuple[Link, ...]
    rows: tuple[Row, ...]
    hidden: int


def matrix(desk: Desk) -> Matrix:
    """The shared claims, as many as fit; where nothing is shared, the weightiest."""
    if "matrix" not in desk.lines:
        desk.lines["matrix"] = _matrix(desk)
    found: Matrix = desk.lines["matrix"]
    return found


def _matrix(desk: Desk) -> Matrix:
    names = desk.outlet_names[:OUTLETS]
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
    return tuple(_cell(desk, claim, name, by_outlet.get(name, [])) for name in names)


_TELLING = (Silence.EARLIER,)  # a text that is cut short is said once, on the page of the claim


def _cell(desk: Desk, claim: Claim, name: str, mentions: list[Mention]) -> Cell:
    if not mentions:
        why = desk.silence(claim, name)
        return Cell(name, wording.absent(), why=reasons.silence(why) if why and why in _TELLING else None)
    rank = {status: n for n, status in enumerate(_FIRM)}
    lead = min(mentions, key=lambda m: (m.headline, m.passing, rank.get(m.status, len(_FIRM))))
    return Cell(name, wording.firmness(lead), desk.sentence_path(lead), _cited(lead), len(mentions) - 1)


def _cited(mention: Mention) -> str | None:
    """Whom a mention leans on, short enough for a cell."""
    voice = wording.citing(mention)
    return base.short(voice, LONGEST_VOICE) if voice else None
