"""What is claimed, told apart from who says it: which attribution a clause stands under, and the words of its claim.

By the attributions that were found; by the tree where none was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.lexicon import load
from generator.model import Attribution, QuoteKind, Span
from generator.summarizer.clauses import Clause
from generator.summarizer.normalise import fold, lemma, speech
from generator.summarizer.propositions import PAUSES, RELATIVE_TAGS, SUBJECTS
from generator.text import words

if TYPE_CHECKING:
    from generator.summarizer.tokens import Token

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"})
_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday"])
SHORTEST_REST = 4  # words
_LONGEST_FRAME = 16  # words of who said it, when and where
# What a voice does so as to speak at all: "who asked not to be named", "who was briefed on the talks".
_ON_TERMS = frozenset("ask be brief decline demand familiarise give insist know name refuse request speak want".split())
_FILLERS = _DAYS | {"earlier", "later", "also"}
_CONTRASTS = frozenset({"while", "whereas", "although", "though"})


def with_claims(found: Sequence[Clause], attributions: Sequence[Attribution], offset: int) -> Iterator[Clause]:
    """The clauses that claim something; one that only says who reports ("..., state media reported", "..., who refused
    to give his name") goes back to the clause it stands beside.
    """
    marks = [s for a in attributions for s in (a.source, a.cue) if s is not None]
    found = _told_last(_handed_back(found, marks, offset), marks, offset)
    kept: list[Clause] = []
    waiting: list[Token] = []
    for clause in found:
        if len(found) > 1 and _says_nothing(clause, marks, offset):
            if kept:
                kept[-1] = replace(kept[-1], own=ordered(kept[-1].own, clause.own))
            else:
                waiting.extend(clause.own)
        else:
            kept.append(replace(clause, own=ordered(tuple(waiting), clause.own)))
            waiting = []
    if kept:
        yield from kept
    else:
        yield from found


def _says_nothing(clause: Clause, marks: Sequence[Span], offset: int) -> bool:
    """Whether a clause only says who reports; what the voice did ("..., who flew to the site, ...") is told of it."""
    if _only_reports(clause):
        return True
    return _only_marks(clause.own, marks, offset) and not _tells_of_voice(clause)


def _tells_of_voice(clause: Clause) -> bool:
    head = clause.head
    if head.dep_ != "relcl" or lemma(head) in _ON_TERMS or lemma(head) in load("hedges")["relay"]["words"]:
        return False
    told = ("VBD", "VBZ", "VBP")
    finite = head.tag_ in told or any(c.dep_ in ("aux", "auxpass") and c.tag_ in told for c in head.children)
    return finite and any(c.dep_ in ("dobj", "prep", "xcomp", "ccomp", "agent", "npadvmod") for c in head.children)


def _told_last(found: Sequence[Clause], marks: Sequence[Span], offset: int) -> list[Clause]:
    """The clauses, each "..., officials said" with the clause it directly follows: else the first clause of a sentence
    would reach over all the others to its end.
    """
    owner = {t.i: n for n, clause in enumerate(found) for t in clause.own}
    own: list[list[Token]] = [[] for _ in found]
    for n, clause in enumerate(found):
        for run in runs(clause.own):
            before = owner.get(run[0].i - 1, n)
            last = run[-1].i == clause.own[-1].i and run[0].i != clause.own[0].i
            framing = last and (_only_marks(run, marks, offset) or _only_says(run))
            own[before if framing else n].extend(run)
    return [replace(c, own=ordered(tuple(tokens), ())) for c, tokens in zip(found, own, strict=True)]


def _handed_back(found: Sequence[Clause], marks: Sequence[Span], offset: int) -> list[Clause]:
    """The clauses, "..., state media reported on Tuesday, |" in the midst of a sentence with what was reported."""
    kept: list[Clause] = []
    for clause in found:
        own = clause.own
        end = next((n for n, t in enumerate(own) if n and t.text == ","), 0) + 1
        told, rest = own[:end], own[end:]
        follows = bool(kept) and kept[-1].own[-1].i == own[0].i - 1
        goes_on = sum(t.is_alpha for t in rest) >= SHORTEST_REST and any(t.pos_ in ("VERB", "AUX") for t in rest)
        if follows and goes_on and _names_who(told, marks, offset):
            kept[-1] = replace(kept[-1], own=ordered(kept[-1].own, told))
            clause = replace(clause, own=rest)
        kept.append(clause)
    return kept


def _names_who(told: Sequence[Token], marks: Sequence[Span], offset: int) -> bool:
    """Whether the words are who said it and the verb of saying, and no more."""
    inside = {t.i for t in told}
    verb = next((t for t in told if t.pos_ == "VERB" and lemma(t) in load("hedges")["relay"]["words"]), None)
    if verb is None or len(told) > _LONGEST_FRAME:
        return False
    subject = any(c.dep_ in SUBJECTS and c.i in inside for c in verb.children)
    if not subject and not (verb.dep_ == "acl" and verb.head.i in inside):  # "a paper reported": the tree errs there
        return False
    more = {c.dep_ for c in verb.children if c.i in inside} & {"ccomp", "xcomp", "dobj", "acomp", "attr"}
    return not more and (_only_marks(told, marks, offset) or told[-2].lower_ in (*_FILLERS, verb.lower_))


def runs(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens in stretches that nothing interrupts."""
    found: list[list[Token]] = []
    for token in tokens:
        if found and found[-1][-1].i == token.i - 1:
            found[-1].append(token)
        else:
            found.append([token])
    return found


def _only_marks(tokens: Sequence[Token], marks: Sequence[Span], offset: int) -> bool:
    """Whether the words say no more than who says it, and when."""
    told = [t for t in tokens if t.is_alpha and t.pos_ in CONTENT and t.lower_ not in _FILLERS]
    return all(any(m.start <= offset + t.idx < m.end for m in marks) for t in told)


def _only_says(run: Sequence[Token]) -> bool:
    """Whether the words are no more than "police chief Bram Oster told reporters on Monday" after what was told."""
    inside = {t.i for t in run}
    verb = next((t for t in run if t.head.i not in inside or t.head.i == t.i), None)
    if verb is None or verb.lemma_.lower() not in load("hedges")["relay"]["words"] or len(run) > _LONGEST_FRAME:
        return False
    told = any(c.i not in inside and c.i < verb.i and not c.is_punct for c in verb.children)
    more = {c.dep_ for c in verb.children if c.i in inside} & {"ccomp", "xcomp", "acomp", "attr"}
    return told and not more and any(c.dep_ in SUBJECTS and c.i in inside for c in verb.children)


def _only_reports(clause: Clause) -> bool:
    """Whether a clause is no more than "..., state media reported on Monday"."""
    if clause.head.lemma_.lower() not in load("hedges")["relay"]["words"] or len(clause.own) > 14:
        return False
    return not any(c.dep_ in ("ccomp", "xcomp", "dobj", "acomp") for c in clause.head.children)


def ordered(one: Sequence[Token], other: Sequence[Token]) -> tuple[Token, ...]:
    return tuple(sorted((*one, *other), key=lambda t: t.i))


def extents(attributions: Sequence[Attribution]) -> list[tuple[int, int, Attribution]]:
    """From where to where each attribution reaches, with source, cue and content."""
    found = []
    for attribution in attributions:
        spans = [*attribution.content, *(s for s in (attribution.source, attribution.cue) if s is not None)]
        if spans:
            found.append((min(s.start for s in spans), max(s.end for s in spans), attribution))
    return found


def near(reach: Sequence[tuple[int, int, Attribution]], clause: Clause, offset: int) -> list[Attribution]:
    """The attributions that reach into the clause: of a long article most don't."""
    first, last = offset + clause.own[0].idx, offset + clause.own[-1].idx
    return [attribution for start, end, attribution in reach if start <= last and first < end]


def attribution_of(attributions: Sequence[Attribution], clause: Clause, offset: int) -> Attribution | None:
    """The attribution whose content covers most of the clause, of those that cover a third of it."""
    places = [offset + t.idx for t in clause.own if not t.is_punct]
    best, most = None, max(1, len(places) // 3)
    for attribution in (a for a in attributions if not _describes_a_source(a, attributions)):
        inside = sum(any(c.start <= p < c.end for c in attribution.content) for p in places)
        if (
            attribution.source is not None
            and inside
            and any(attribution.source.start <= p < attribution.source.end for p in places)
        ):
            inside += len(places) // 3
        if inside >= most:
            best, most = attribution, inside + 1
    return best


def _describes_a_source(attribution: Attribution, attributions: Sequence[Attribution]) -> bool:
    """Whether an attribution is told only so as to say who another's source is: "Two brokers, who asked not to be
    named, said ...".
    """
    cue = attribution.cue
    return cue is not None and any(
        a.source is not None and cue in a.source for a in attributions if a is not attribution
    )


def held(attribution: Attribution | None, clause: Clause, offset: int) -> Attribution | None:
    """The attribution, but for a relative clause after a comma that names no voice itself: that is the reporter's own
    background ("... denied it, said the ministry, which has ..."), unless it is quoted, or who says so comes after it.
    """
    if attribution is None or _is_contrast(attribution, clause, offset) or _is_granted(attribution, clause):
        return None
    if clause.head.dep_ != "relcl" or attribution.kind is QuoteKind.DIRECT:
        return attribution
    marks = [s for s in (attribution.source, attribution.cue) if s is not None]
    first, last = clause.own[0], clause.own[-1]
    apart = first.i > 0 and first.nbor(-1).text in PAUSES
    if not apart or all(m.start > offset + last.idx for m in marks) or _quoted(first):
        return attribution
    inside = any(m.start <= offset + t.idx < m.end for m in marks for t in clause.own)
    return attribution if inside else None


def _is_contrast(attribution: Attribution, clause: Clause, offset: int) -> bool:
    """Whether the reporter goes on after who said so: "..., it said, while the owners put it at four tonnes"; or holds
    two reports beside each other: "a day after the paper reported it and two days after he had called it false".
    """
    head, cue = clause.head, attribution.cue
    if cue is None or cue.start > offset + clause.own[0].idx or not any(c.dep_ in SUBJECTS for c in head.children):
        return False
    if _quoted(clause.own[0]):
        return False
    marks = {c.lower_ for c in head.children if c.dep_ == "mark"}
    if head.dep_ == "advcl" and marks & _CONTRASTS:
        return any(c.start < cue.start for c in attribution.content)
    beside = head.dep_ == "conj" and cue.start <= offset + head.head.idx < cue.end
    return beside and bool(marks & {m.lower_ for m in head.head.children if m.dep_ == "mark"})


def _is_granted(attribution: Attribution, clause: Clause) -> bool:
    """Whether a relative clause stands in what is denied: "denied that no pilot was on the ship that hit the bridge"
    leaves it that the ship did.
    """
    if clause.head.dep_ != "relcl" or attribution.stance != "denies" or _quoted(clause.own[0]):
        return False
    return any(c.dep_ in SUBJECTS and c.tag_ in RELATIVE_TAGS for c in clause.head.children)


def _quoted(token: Token) -> bool:
    """Whether a token stands inside a quotation of its sentence."""
    before = [t.text for t in token.sent if t.i < token.i]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def only_acts(attribution: Attribution, text: str) -> bool:
    """Whether the "source" only does or wants something ("is seeking", "plans to"): then nobody is held to it but
    the outlet itself.
    """
    if attribution.cue is None or attribution.kind is QuoteKind.DIRECT:
        return False
    cue = attribution.cue.of(text)
    return not any(_is_speech(fold(w.of(cue))) for w in words(cue))


def _is_speech(word: str) -> bool:
    """Whether a cue's word is one of saying, in any of its forms."""
    stems = {word, *(word.removesuffix(end) + add for end in ("s", "es", "ed", "ing", "d") for add in ("", "e"))}
    stems |= {word[: -len("ied")] + "y"} if word.endswith("ied") else set()
    stems |= {s[:-1] for s in stems if s[-1:] == s[-2:-1]}  # "admitting"
    return bool(stems & speech()) or word in ("said", "told", "wrote", "according", "meant", "swore", "thought")


def core_of(clause: Clause, attributions: Sequence[Attribution], offset: int) -> tuple[Token, ...]:
    """The tokens of what is claimed: without source and cue where the cue only relays."""
    own = [t for t in clause.own if not t.is_space]
    relays = [a for a in attributions if _only_relays(a, own, offset)]
    contents = [c for a in relays for c in a.content]
    frames = [s for a in relays for s in (a.source, a.cue) if s is not None]
    inside = [t for t in own if any(c.start <= offset + t.idx < c.end for c in contents)]
    inside = [t for t in inside if not any(s.start <= offset + t.idx < s.end for s in frames)]
    said = [t for t in inside if t.is_alpha or t.like_num]
    kept = inside if len(said) >= 3 and len(said) * 4 >= sum(t.is_alpha for t in own) else _unframed(clause, own)
    relayed = {t.i for w in kept if w.lower_ in ("citing", "according") for t in w.subtree}
    shorter = [t for t in kept if t.i not in relayed]
    return tuple(shorter) if any(t.pos_ in CONTENT for t in shorter) else tuple(kept)


def _unframed(clause: Clause, own: list[Token]) -> list[Token]:
    """The same by the tree, where no attribution was found: what a verb of reporting governs, and nothing of one that
    stands beside the claim.
    """
    relaying = load("hedges")["relay"]["words"]
    for verb in own:
        if verb.pos_ != "VERB" or lemma(verb) not in relaying or not any(c.dep_ in SUBJECTS for c in verb.children):
            continue
        told = next((c for c in verb.children if c.dep_ == "ccomp"), None)
        below = {t.i for t in (told or verb).subtree}
        kept = [t for t in own if (t.i in below) == (told is not None)]
        if sum(t.pos_ in CONTENT for t in kept) >= 2:
            return kept
    return own


def _only_relays(attribution: Attribution, own: Sequence[Token], offset: int) -> bool:
    """Whether source or cue stand in the clause and say no more than that something was said; "accused" and "denied"
    are part of the claim.
    """
    marks = [s for s in (attribution.source, attribution.cue) if s is not None]
    inside = [t for t in own if any(m.start <= offset + t.idx < m.end for m in marks)]
    cue = attribution.cue or Span(0, 0)
    said = [t for t in inside if cue.start <= offset + t.idx < cue.end and t.pos_ in ("VERB", "NOUN")]
    return bool(inside) and all(lemma(t) in load("hedges")["relay"]["words"] for t in said)


def head_of(core: Sequence[Token]) -> Token | None:
    """The verb on which the claim hangs: the topmost token of the core, through "appears to" and the like."""
    inside = {t.i for t in core}
    tops = [t for t in core if t.head.i not in inside or t.head.i == t.i]
    every = [t for t in core if t.pos_ in ("VERB", "AUX")]
    verbs = [t for t in tops if t.pos_ in ("VERB", "AUX")] or every
    if verbs and verbs[0].dep_ == "relcl" and every[0].i < verbs[0].left_edge.i:
        return every[0]  # "with X urging Y to take what ...": the tree hangs the last clause somewhere else
    return verbs[0] if verbs else (tops[0] if tops else None)
