"""The words that each clause of a sentence is printed by: one stretch a clause, no two with the same words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.model import Attribution
from generator.summarizer import framing
from generator.summarizer.clauses import Clause, subject_of
from generator.summarizer.propositions import PAUSES, SUBJECTS

if TYPE_CHECKING:
    from generator.summarizer.tokens import Token

_SHORTEST_OWN = 3  # words of a verb and what belongs to it, apart from its subject
_COMPLEMENTS = frozenset({"dobj", "prep", "agent", "acomp", "attr", "xcomp", "ccomp"})


def in_pieces(
    found: Sequence[Clause], reach: Sequence[tuple[int, int, Attribution]], offset: int
) -> list[tuple[Clause, tuple[Token, ...]]]:
    """Each clause with the words it is printed by, in one stretch, so that no two have the same: of a clause that
    others interrupt the stretch in which its verb stands. What is left of it ("The captain, |") goes with the clause it
    leads to or closes; where that tells something by itself, it is a clause too.
    """
    stretches: list[tuple[Clause | None, bool, tuple[Token, ...]]] = []  # its clause, whether it leads, its words
    for clause in found:
        runs = [tuple(r) for r in framing.runs(clause.own)]
        core = framing.core_of(clause, framing.near(reach, clause, offset), offset) if len(runs) > 1 else ()
        head = framing.head_of(core) or clause.head
        main = next((r for r in runs if any(t.i == head.i for t in r)), max(runs, key=len))
        told = {t.i for t in core}
        apart = [r for r in runs if r is not main and _tells(r, told, leads=r[0].i < main[0].i)]
        gone = {t.i for r in apart for t in r}
        rest = replace(clause, own=tuple(t for t in clause.own if t.i not in gone))
        rest = replace(rest, head=head) if clause.head.i in gone else rest
        for run in runs:
            if run in apart:
                verb = framing.head_of(run) or run[0]
                stretches.append((Clause(run, verb, subject_of(verb), clause.passing), False, run))
            else:
                stretches.append((rest if run is main else None, run[0].i < main[0].i, run))
    return _joined(sorted(stretches, key=lambda s: s[2][0].i))


def _joined(
    stretches: Sequence[tuple[Clause | None, bool, tuple[Token, ...]]],
) -> list[tuple[Clause, tuple[Token, ...]]]:
    """The stretches that are a clause's, each with those beside it that are none's."""
    kept: list[tuple[Clause, tuple[Token, ...]]] = []
    waiting: tuple[Token, ...] = ()
    for clause, leads, run in stretches:
        if clause is not None and kept and _closes(clause, run, kept[-1][0]):
            before, printed = kept.pop()
            kept.append((replace(clause, own=framing.ordered(before.own, clause.own)), printed + waiting + run))
            waiting = ()
        elif clause is not None:
            kept.append((clause, waiting + run))
            waiting = ()
        elif kept and not leads and not _leads_on(run, stretches):
            kept[-1] = (kept[-1][0], kept[-1][1] + run)
        else:
            waiting += run
    return kept


def _leads_on(run: Sequence[Token], stretches: Sequence[tuple[Clause | None, bool, tuple[Token, ...]]]) -> bool:
    """Whether a stretch is the second of two of which something is told: "..., | and the town, | which has no work"."""
    inside = {t.i for t in run}
    told = (c for c, _, _ in stretches if c is not None and c.head.dep_ == "relcl")
    return run[0].dep_ == "cc" and any(c.head.head.i in inside and c.own[0].i > run[-1].i for c in told)


def _closes(clause: Clause, run: Sequence[Token], aside: Clause) -> bool:
    """Whether a stretch is too short to stand without its subject, from which an aside parts it: "The crew of 18, most
    of them from Harn, | are unharmed".
    """
    short = sum(t.is_alpha or t.like_num for t in run) < _SHORTEST_OWN
    return short and aside.passing and clause.own[0].i < aside.own[0].i


def _tells(run: Sequence[Token], told: Collection[int], *, leads: bool) -> bool:
    """Whether a stretch claims something by itself: what leads a verb with its subject ("Clinton won the north, |"),
    what closes, after a comma, a verb with what belongs to it ("|, to thank him for his help").
    """
    inside = {t.i for t in run}
    if (
        len(run) <= framing.SHORTEST_REST
        or any(t.dep_ == "mark" for t in run)
        or (not leads and run[0].nbor(-1).text not in PAUSES)
    ):
        return False
    return any(
        t.pos_ in ("VERB", "AUX")
        and t.i in told
        and t.dep_ not in ("amod", "compound")
        and any(c.i in inside and (c.dep_ in SUBJECTS if leads else c.dep_ in _COMPLEMENTS) for c in t.children)
        for t in run
    )
