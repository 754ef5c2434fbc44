"""The chain of an attribution: who is nearest the claim, who passes it on, in that order."""

from __future__ import annotations

from dataclasses import replace

from generator.model import Source, SourceKind
from generator.summarizer.attribution.coreference import Speakers
from generator.summarizer.attribution.frame import Frame, Range
from generator.summarizer.attribution.placing import Candidate, overlap
from generator.summarizer.attribution.sources import described, is_media, reason, tidy, trimmed
from generator.summarizer.attribution.stance import SPEECH, stance_class
from generator.summarizer.attribution.tree import SUBJECTS, Tree
from generator.summarizer.attribution.view import Paragraph

_CITING = frozenset({"cite", "quote"})
_TOLD = frozenset({"tell", "inform", "brief", "show", "give"})
_NEAR = ("dobj", "dative", "pobj", "obj", "iobj")


def chain(
    view: list[Paragraph], candidate: Candidate, speakers: Speakers, others: list[Candidate]
) -> tuple[Source, ...]:
    """Every voice from the one nearest the claim to the last relay. ``others`` are the other attributions and likely
    candidates of the paragraph, for a speaker inside the content.
    """
    tree = view[candidate.where].tree
    voices: list[Source] = []
    frame = candidate.frame
    if frame.source is not None and frame.source_head is not None and not _expletive(tree, frame):
        own = speakers.source(candidate.where, frame.source, frame.source_head)
        voices.append(_with_reason(tree, own, frame.source[0]))
    voices = [*_cited(tree, candidate), *voices, *_relays(tree, candidate)]
    inner = _inner(view, candidate, others)
    return _distinct([*inner, *voices])


def _expletive(tree: Tree, frame: Frame) -> bool:
    """As in "it was not clear why", "confirmed by last night": nobody speaks."""
    head = frame.source_head
    if head is not None and tree.lemmas[head] in ("night", "day", "week", "month", "year", "morning", "evening"):
        return True
    be = frame.key.startswith("be ") or frame.name.startswith("a:")
    return head is not None and be and tree.words[head].lower() in ("it", "there", "this", "that")


def names_a_voice(tree: Tree, frame: Frame) -> bool:
    """Whether a cue only names who is relied on ("citing two officials"): a link of a chain, not something claimed."""
    if tree.lemmas[frame.head] not in _CITING or not frame.name.startswith("dobj"):
        return False
    if tree.tags[frame.head] != "VBG" and tree.deps[frame.head] != "relcl":
        return False
    obj = tree.child(frame.head, "dobj")
    voices = (SourceKind.ANONYMOUS, SourceKind.PERSON, SourceKind.GROUP, SourceKind.AGENCY, SourceKind.OUTLET)
    return obj is not None and described(tree, tree.subtree(obj), obj).kind in voices


def _distinct(voices: list[Source]) -> tuple[Source, ...]:
    out: list[Source] = []
    for voice in voices:
        if voice.name and all(voice.id != known.id for known in out):
            out.append(voice)
    return tuple(out)


def _with_reason(tree: Tree, source: Source, first: int) -> Source:
    """With the stated reason for anonymity, sought to the end of the sentence."""
    stop = tree.bounds[tree.sentence[first]][1]
    why = reason(tidy(tree.words[first:stop]))
    if why is None:
        return source
    hidden = source.kind in (SourceKind.GROUP, SourceKind.UNKNOWN)
    return replace(source, reason=why, kind=SourceKind.ANONYMOUS if hidden else source.kind)


def _cited(tree: Tree, candidate: Candidate) -> list[Source]:
    """As in "X reported, citing Y"; "NYT, which cited Y"; "X cited Y as saying": Y is nearer the claim than X."""
    v, found = candidate.frame.head, []
    quoted = _as_saying(tree, candidate)
    if quoted is not None:
        return [_voice(tree, quoted)]
    if tree.lemmas[v] in _CITING and candidate.frame.name.split("/")[0] not in ("dobj", "prep:as"):
        obj = tree.child(v, "dobj")
        if obj is not None and _outside(tree, candidate, obj):
            return [_voice(tree, obj)]
    first, stop = tree.bounds[tree.sentence[v]]
    for i in range(first, stop):
        if tree.lemmas[i] in _CITING and i != v and _belongs(tree, i, candidate):
            obj = tree.child(i, "dobj")
            if obj is not None and _outside(tree, candidate, obj):
                found.append(_voice(tree, obj))
    return found[:2]


def _as_saying(tree: Tree, candidate: Candidate) -> int | None:
    """The object before "as saying" that opens the content or stands right before it."""
    first, stop = tree.bounds[tree.sentence[candidate.frame.head]]
    for i in range(first + 2, stop):
        if tree.words[i].lower() in ("saying", "telling") and tree.words[i - 1].lower() == "as":
            begins = candidate.content[0].start
            if not tree.starts[i] - 4 <= begins <= tree.ends[i] + 6:
                return None
            k = i - 2
            while k > first and tree.pos[k] not in ("NOUN", "PROPN", "PRON"):
                k -= 1
            return k if k > first and tree.deps[k] in ("dobj", "nsubj", "pobj", "conj", "npadvmod") else None
    return None


def _belongs(tree: Tree, i: int, candidate: Candidate) -> bool:
    """Whether "citing" at ``i`` tells of this attribution: outside its content, and below its cue or source."""
    at = tree.starts[i]
    if any(s.start <= at < s.end for s in candidate.content):
        return False
    frame = candidate.frame
    near = frame.source is not None and frame.source[0] <= i <= frame.source[1]
    return near or (not _before_clause(tree, frame.head, i) and (tree.tags[i] == "VBG" or tree.deps[i] == "relcl"))


def _before_clause(tree: Tree, v: int, i: int) -> bool:
    """As in "A wrote so, citing B, and C said ...": "citing" stands before C's own clause and tells nothing of it."""
    joined = tree.deps[v] == "conj" and any(tree.deps[c] in SUBJECTS for c in tree.children[v])
    return joined and i < tree.lefts[v]


def _outside(tree: Tree, candidate: Candidate, i: int) -> bool:
    return not any(s.start <= tree.starts[i] < s.end for s in candidate.content)


def _voice(tree: Tree, head: int) -> Source:
    phrase: Range = (tree.lefts[head], tree.rights[head])
    source = described(tree, phrase, head)
    hidden = source.kind in (SourceKind.UNKNOWN, SourceKind.GROUP) and tree.lemmas[head] in ("official", "source")
    return replace(source, kind=SourceKind.ANONYMOUS) if hidden else source


def _relays(tree: Tree, candidate: Candidate) -> list[Source]:
    """As in "told X", "in an interview with X", "quoted as saying by X", "..., according to X" beside another cue."""
    frame, found = candidate.frame, []
    v = frame.head
    first, stop = tree.bounds[tree.sentence[v]]
    for i in range(first, stop):
        if _closes(tree, i, candidate):
            found.append(described(tree, (tree.lefts[i], tree.rights[i]), i))
            continue
        if not _outside(tree, candidate, i) or (frame.source is not None and frame.source[0] <= i <= frame.source[1]):
            continue
        if _receives(tree, v, i) or _passes_on(tree, i, candidate):
            found.append(described(tree, (tree.lefts[i], tree.rights[i]), i))
    return found[:2]


def _closes(tree: Tree, i: int, candidate: Candidate) -> bool:
    """Whether ", according to X" ends the content: X passes all of it on."""
    if not _passes_on(tree, i, candidate) or candidate.frame.head > i:
        return False
    to = tree.heads[i]
    if to < 3 or tree.words[to - 2] != ",":
        return False
    return candidate.content[-1].end in range(tree.starts[to - 3], tree.ends[tree.rights[i]] + 3)


def _receives(tree: Tree, v: int, i: int) -> bool:
    """Whether ``i`` is the outlet that was told: object of the cue, or of "to", "with", "by" below it."""
    if tree.pos[i] not in ("PROPN", "NOUN"):
        return False
    head, dep = tree.heads[i], tree.deps[i]
    if dep not in _NEAR or not _media_phrase(tree, i):
        return False
    if head == v:
        return tree.lemmas[v] in _TOLD or dep == "dative"
    steps = 0
    while head != v and tree.heads[head] != head and steps < 4:
        if tree.lemmas[head] in ("on", "of", "in") and tree.deps[head] == "prep" and steps == 0:
            return False
        head, steps = tree.heads[head], steps + 1
    return head == v


def _media_phrase(tree: Tree, i: int) -> bool:
    first, last = trimmed(tree, (tree.lefts[i], tree.rights[i]), i)
    return is_media(tree.words[first : last + 1]) is not None


def _passes_on(tree: Tree, i: int, candidate: Candidate) -> bool:
    """Whether ``i`` is the X of an "according to X" that stands beside another cue."""
    if candidate.frame.key == "according to" or tree.deps[i] != "pobj" or tree.pos[i] not in ("PROPN", "NOUN"):
        return False
    to = tree.heads[i]
    return tree.words[to].lower() == "to" and to > 0 and tree.words[to - 1].lower() == "according"


def _inner(view: list[Paragraph], candidate: Candidate, others: list[Candidate]) -> list[Source]:
    """The speaker inside the content: of "X reported that Y said Z", Y, where Z is most of what X reported."""
    tree = view[candidate.where].tree
    size = sum(len(s) for s in candidate.content)
    for other in others:
        frame = other.frame
        if (
            other.where != candidate.where
            or frame.head == candidate.frame.head
            or frame.source is None
            or frame.source_head is None
        ):
            continue
        named = tree.pos[frame.source_head] in ("PROPN", "NOUN") and stance_class(frame.key) in SPEECH
        if named and (_spoken_inside(candidate, other, size) or _passed_on(candidate, other)):
            return [described(tree, frame.source, frame.source_head)]
    return []


def _spoken_inside(candidate: Candidate, other: Candidate, size: int) -> bool:
    """As in "X reported that Y said Z": Y, cue and Z stand in the content, and Z is most of it."""
    inside = all(any(s in c for c in candidate.content) for s in (other.cue, *other.content[:1]))
    named = any(other.source in c for c in candidate.content if other.source is not None)
    return inside and named and sum(len(s) for s in other.content) >= 0.6 * size


def _passed_on(candidate: Candidate, other: Candidate) -> bool:
    """As in "Y said Z, according to X": the same content, and X only passes it on."""
    same = overlap(candidate.content, other.content) >= 0.8
    return same and candidate.frame.key == "according to" and other.frame.key != "according to"
