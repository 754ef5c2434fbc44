"""Article -> mentions: the sentence or clause that carries one proposition.

Every word of the text is in at least one mention. A clause keeps its sentence's attribution; what it claims
(:attr:`Mention.core`) is told apart from who says it, and a subject that stands elsewhere is filled in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from generator.lexicon import load
from generator.model import Article, Attribution, DateRef, Mention, QuoteKind, Span
from generator.summarizer import dates, quantities, status
from generator.summarizer.clauses import SUBJECTS, Clause, clauses, subject_of
from generator.summarizer.naming import Name, names
from generator.summarizer.normalise import fold, lemma, speech
from generator.text import fingerprint, words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from generator.summarizer.parsing import Parsed

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"})
_LIGHT = frozenset(
    ["be", "have", "make", "take", "give", "pay", "hold", "do", "get", "appear", "seem", "expect", "begin"]
)
_NEUTRAL = frozenset(
    ["says", "reports", "tells", "adds", "announces", "quotes", "writes", "states", "confirms", "claims"]
)
_PERSONS = frozenset(["he", "she"])
_PRONOUNS = frozenset(
    ["i", "you", "we", "they", "it", "this", "that", "these", "those", "there", "what", "who", "which", "others"]
)
_DAYS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "earlier",
        "also",
        "yesterday",
        "later",
    ]
)
_MODALS = frozenset(["will", "'ll", "’ll", "would", "shall", "may", "might", "could", "wo"])
_AWAITING = frozenset(["expect", "await", "anticipate", "schedule", "plan", "head", "prepare", "arrange"])
_TO_COME = frozenset(
    [
        "due",
        "expect",
        "schedule",
        "set",
        "plan",
        "likely",
        "unlikely",
        "poise",
        "slate",
        "prepare",
        "intend",
        "want",
        "hope",
    ]
)


@dataclass(slots=True)
class _Reading:
    """What is carried from clause to clause of one text: who was spoken of last, and which mentions there are."""

    article: Article
    text: str
    attributions: Sequence[Attribution]
    headline: bool = False
    seen: Counter[str] = field(default_factory=Counter)
    person: str | None = None
    printed: str = ""


def of(parsed: Parsed, attributions: Sequence[Attribution]) -> tuple[Mention, ...]:
    """The mentions of an article's text, in order."""
    reading = _Reading(parsed.article, parsed.article.text, attributions)
    if not parsed.docs:
        return tuple(_plain(reading, span) for span in parsed.sentences)
    found = list(_parsed(reading, parsed))
    covered = [m.span for m in found]
    found.extend(_plain(reading, s) for s in _uncovered(parsed.sentences, covered))
    return tuple(sorted(found, key=lambda m: (m.span.start, m.span.end)))


def of_title(parsed: Parsed, attributions: Sequence[Attribution]) -> tuple[Mention, ...]:
    """The headline's mentions; spans point into the title."""
    reading = _Reading(parsed.article, parsed.article.title or "", attributions, headline=True)
    if not parsed.docs:
        return tuple(_plain(reading, span) for span in parsed.sentences)
    return tuple(_parsed(reading, parsed))


def _parsed(reading: _Reading, parsed: Parsed) -> Iterator[Mention]:
    for offset, doc in parsed.docs:
        for sentence in doc.sents:
            if not sentence.text.strip():
                continue
            for clause in _claims(clauses(sentence), reading.attributions, offset):
                if any(t.is_alpha or t.like_num for t in clause.own):
                    yield _mention(reading, clause, offset)


def _claims(found: Sequence[Clause], attributions: Sequence[Attribution], offset: int) -> Iterator[Clause]:
    """The clauses that claim something; one that only says who reports ("..., state media reported", "..., who refused
    to give his name") goes back to the clause it stands beside.
    """
    marks = [s for a in attributions for s in (a.source, a.cue) if s is not None]
    kept: list[Clause] = []
    waiting: list[Token] = []
    for clause in found:
        told = [t for t in clause.own if t.is_alpha and t.pos_ in _CONTENT and t.lower_ not in _DAYS]
        only_marks = all(any(m.start <= offset + t.idx < m.end for m in marks) for t in told)
        if len(found) > 1 and (only_marks or _only_reports(clause)):
            if kept:
                kept[-1] = replace(kept[-1], own=_ordered(kept[-1].own, clause.own))
            else:
                waiting.extend(clause.own)
        else:
            kept.append(replace(clause, own=_ordered(tuple(waiting), clause.own)))
            waiting = []
    if kept:
        yield from kept
    else:
        yield from found


def _only_reports(clause: Clause) -> bool:
    """Whether a clause is no more than "..., state media reported on Monday"."""
    if clause.head.lemma_.lower() not in load("hedges")["relay"]["words"] or len(clause.own) > 14:
        return False
    return not any(c.dep_ in ("ccomp", "xcomp", "dobj", "acomp") for c in clause.head.children)


def _ordered(one: Sequence[Token], other: Sequence[Token]) -> tuple[Token, ...]:
    return tuple(sorted((*one, *other), key=lambda t: t.i))


def _uncovered(sentences: Sequence[Span], covered: Sequence[Span]) -> Iterator[Span]:
    """Sentences that no clause came from (the parser saw no word in them)."""
    starts = sorted(covered, key=lambda s: s.start)
    for sentence in sentences:
        if not any(c.overlaps(sentence) for c in starts):
            yield sentence


def _plain(reading: _Reading, span: Span) -> Mention:
    """A mention of a text that has no parser: its words alone."""
    text = span.of(reading.text)
    terms = tuple(fold(w.of(text)) for w in words(text))
    return Mention(
        id=_id(reading, text),
        article=reading.article.id,
        span=span,
        text=text,
        headline=reading.headline,
        quantities=quantities.find(text, start=span.start),
        terms=tuple(t for t in terms if len(t) > 3),
        core=" ".join(terms),
    )


def _id(reading: _Reading, text: str) -> str:
    """The same for the same words in the same article, wherever they stand and whatever stands around them."""
    key = " ".join(fold(w.of(text)) for w in words(text))
    reading.seen[key] += 1
    kind = "title" if reading.headline else "text"
    return fingerprint(reading.article.id, kind, key, str(reading.seen[key]), length=12)


def _mention(reading: _Reading, clause: Clause, offset: int) -> Mention:
    span = Span(offset + clause.own[0].idx, offset + clause.own[-1].idx + len(clause.own[-1]))
    text = span.of(reading.text)
    attribution = _held(_attribution(reading.attributions, clause, offset), clause, offset)
    core = _core(clause, reading.attributions, offset)
    own_names = names(clause.own)
    core_names = names(core)
    head = _head(core) or clause.head
    subject = subject_of(head) or clause.subject
    spoken = attribution is not None and attribution.kind is QuoteKind.DIRECT
    if subject is not None:
        _remember(reading, [n for n in own_names if n.tokens[-1].i < subject.i])
    subject_name, subject_text = _subject(reading, subject, core_names or own_names, spoken=spoken)
    _remember(reading, core_names)
    stance = attribution.stance if attribution else "says"
    firmness = status.read(
        text, _softening(clause, head, attribution, offset), stance, attributed=attribution is not None
    )
    own = " ".join(t.text for t in clause.own)
    ahead = _is_ahead(head, core)
    found_dates = dates.find(text, reading.article.published, ahead=ahead, start=span.start)
    return Mention(
        id=_id(reading, text),
        article=reading.article.id,
        span=span,
        text=text,
        chain=attribution.chain if attribution and not _is_self(attribution, reading.text) else (),
        stance=stance,
        hedge=(attribution.hedge if attribution else None) or firmness.words,
        status=firmness.status,
        quote=attribution.kind if attribution else None,
        quantities=quantities.find(text, [d.span for d in found_dates], start=span.start),
        dates=found_dates,
        when=_own_dates(found_dates, core, head, offset),
        headline=reading.headline,
        passing=clause.passing,
        subjects=(subject_name,) if subject_name else (),
        predicates=_predicates(head),
        terms=_terms(core, core_names),
        names=_keys(core_names, own_names, subject_name, reading.person),
        beside=tuple((n.epithet, n.key) for n in own_names if n.epithet),
        core=_written(core, clause, subject, subject_text),
        negated=status.negated(own),
        ahead=ahead,
    )


def _attribution(attributions: Sequence[Attribution], clause: Clause, offset: int) -> Attribution | None:
    """The attribution whose content covers most of the clause, of those that cover a third of it."""
    places = [offset + t.idx for t in clause.own if not t.is_punct]
    best, most = None, max(1, len(places) // 3)
    for attribution in attributions:
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


def _held(attribution: Attribution | None, clause: Clause, offset: int) -> Attribution | None:
    """The attribution, but for a relative clause after a comma that names no voice itself: that is the reporter's own
    background ("... denied it, said the ministry, which has ..."), unless it is quoted.
    """
    if attribution is None or clause.head.dep_ != "relcl" or attribution.kind is QuoteKind.DIRECT:
        return attribution
    marks = [s for s in (attribution.source, attribution.cue) if s is not None]
    inside = any(m.start <= offset + t.idx < m.end for m in marks for t in clause.own)
    return attribution if inside else None


def _is_self(attribution: Attribution, text: str) -> bool:
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
    return bool(stems & speech()) or word in ("said", "told", "wrote", "according", "meant", "swore", "thought")


def _core(clause: Clause, attributions: Sequence[Attribution], offset: int) -> tuple[Token, ...]:
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
    return tuple(shorter) if any(t.pos_ in _CONTENT for t in shorter) else tuple(kept)


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
        if sum(t.pos_ in _CONTENT for t in kept) >= 2:
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


def _head(core: Sequence[Token]) -> Token | None:
    """The verb on which the claim hangs: the topmost token of the core, through "appears to" and the like."""
    inside = {t.i for t in core}
    tops = [t for t in core if t.head.i not in inside or t.head.i == t.i]
    verbs = [t for t in tops if t.pos_ in ("VERB", "AUX")] or [t for t in core if t.pos_ in ("VERB", "AUX")]
    return verbs[0] if verbs else (tops[0] if tops else None)


def _keys(core: Sequence[Name], own: Sequence[Name], subject: str | None, person: str | None) -> tuple[str, ...]:
    """The names of the claim, with its subject where that is a name."""
    keys = [n.key for n in core]
    if subject is not None and (subject == person or " " in subject or any(n.key == subject for n in own)):
        keys.append(subject)
    return tuple(dict.fromkeys(keys))


def _subject(reading: _Reading, subject: Token | None, own: Sequence[Name], *, spoken: bool) -> tuple[str | None, str]:
    """The key of a subject and how it is written in the core; "he" and "she" are who was spoken of last, but for what
    is spoken by somebody.
    """
    if subject is None or subject.lower_ in _PRONOUNS or (spoken and subject.lower_ in _PERSONS):
        return None, ""
    if subject.lower_ in _PERSONS:
        return reading.person, reading.printed or subject.text
    phrase = [t for t in subject.subtree if t.dep_ not in ("relcl", "acl", "advcl", "appos", "punct", "prep")]
    near = [*own, *names([t for t in subject.subtree if t.i <= subject.i])]
    for name in near:
        if any(t.i == subject.i for t in name.tokens):
            return name.key, " ".join(t.text for t in name.tokens)
    close = [t for t in phrase if abs(t.i - subject.i) < 6 and t.i <= subject.i]
    return lemma(subject), " ".join(t.text for t in close)


def _remember(reading: _Reading, found: Sequence[Name]) -> None:
    """Who "he" would be now: the last subject that is a name of its own and no country."""
    for name in found:
        head = name.tokens[-1]
        if name.key.split()[-1] in load("hedges")["relay"]["outlets"]:
            continue
        subject = head.dep_ in SUBJECTS or (head.dep_ == "appos" and head.head.dep_ in SUBJECTS)
        role = (
            name.epithet or " " in name.key or any(t.lower_.rstrip(".") in ("mr", "mrs", "ms") for t in head.children)
        )
        if subject and not name.key.startswith("=") and (role or reading.person in (None, name.key)):
            reading.person, reading.printed = name.key, " ".join(t.text for t in name.tokens)


def _own_dates(found: Sequence[DateRef], core: Sequence[Token], head: Token, offset: int) -> tuple[DateRef, ...]:
    """The dates of what is claimed: not the day on which somebody said so, nor one that belongs to an aside."""
    relaying = load("hedges")["relay"]["words"]
    own = [t for t in core if _is_direct(t, head) and _governor(t).lemma_.lower() not in relaying]
    places = {offset + t.idx for t in own}
    return tuple(d for d in found if any(d.span.start <= p < d.span.end for p in places))


def _is_direct(token: Token, head: Token) -> bool:
    """Whether no clause of its own stands between a token and the head of the claim."""
    for _ in range(60):
        if token.i == head.i or token.head.i == token.i:
            return True
        carries = token.dep_ == "relcl" and token.head.head.i == head.i and head.lemma_ in ("have", "be")
        if token.dep_ in ("relcl", "acl", "advcl", "appos") and not carries:
            return False
        token = token.head
    return True


def _governor(token: Token) -> Token:
    """What a date belongs to: up through its preposition and its own words."""
    for _ in range(6):
        if token.dep_ not in ("pobj", "prep", "compound", "amod", "npadvmod", "nummod", "advmod", "det", "tmod"):
            break
        token = token.head
    return token


def _softening(clause: Clause, head: Token, attribution: Attribution | None, offset: int) -> str:
    """The words of a clause in which a hedge bears on the claim: none of an aside's, nor who says so."""
    marks = [s for s in (attribution.source, attribution.cue) if s is not None] if attribution else []
    relaying = load("hedges")["relay"]["words"]
    said = {t.i for t in clause.own if lemma(t) in relaying and any(m.start <= offset + t.idx < m.end for m in marks)}
    bearing = [t for t in clause.own if _is_direct(t, head) or t.lower_ == "if" or t.head.dep_ == "advcl"]
    return " ".join(t.text for t in bearing if t.i not in said)


def _is_ahead(head: Token, core: Sequence[Token]) -> bool:
    """Whether the claim is about what is to come: "will visit", "is due to visit", "could meet"; "appears to have left"
    is not.
    """
    inside = {t.i for t in core}
    for verb in (head, *(t for t in core if t.dep_ in ("xcomp", "ccomp", "conj") and t.head.i == head.i)):
        aux = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
        perfect = any(c.lemma_ == "have" for c in aux)
        if not perfect and any(c.lower_ in _MODALS for c in aux):
            return True
        led = verb.lemma_.lower() in _TO_COME or any(c.lower_ in _TO_COME for c in verb.children if c.dep_ == "acomp")
        to = [t for t in core if t.tag_ == "VB" and any(c.lower_ == "to" for c in t.children) and t.head.i in inside]
        if led and to and not any(c.lemma_ == "have" for t in to for c in t.children if c.dep_ == "aux"):
            return True
        if not to and verb.lemma_.lower() in _AWAITING and verb.pos_ == "VERB":
            return True
    return False


def _predicates(head: Token) -> tuple[str, ...]:
    """The lemmas of the verb, of the verbs it leads to and of what a light verb carries ("pay a visit")."""
    found = [lemma(head)]
    at: Token | None = head
    for _ in range(5):
        if at is None:
            break
        carried = [
            c for c in at.children if c.dep_ in ("xcomp", "acomp", "attr", "dobj", "nsubjpass") and at.lemma_ in _LIGHT
        ]
        following = [c for c in at.children if c.dep_ == "xcomp"]
        found.extend(lemma(c) for c in (*carried, *following) if c.pos_ in ("VERB", "NOUN", "ADJ", "AUX"))
        at = following[0] if following else carried[0] if carried and carried[0].dep_ in ("acomp", "xcomp") else None
    found.extend(lemma(c) for c in head.children if c.dep_ == "conj" and c.pos_ == "VERB" and c.i > head.i)
    return tuple(dict.fromkeys(found))


def _terms(core: Iterable[Token], found: Sequence[Name]) -> tuple[str, ...]:
    """The content words as lemmas; names stand in a list of their own."""
    named = {t.i for n in found for t in n.tokens}
    kept = [lemma(t) for t in core if t.pos_ in _CONTENT and t.i not in named and (not t.is_stop or t.pos_ == "NUM")]
    return tuple(w for w in kept if any(c.isalnum() for c in w))


def _written(core: Sequence[Token], clause: Clause, subject: Token | None, subject_text: str) -> str:
    """The claim as text for the comparison."""
    inside = {t.i for t in core}
    parts = []
    for token in core:
        if token.i - 1 not in inside:
            parts.append(" ")
        if subject is not None and token.i == subject.i and token.lower_ in _PERSONS:
            parts.append(subject_text + token.whitespace_)
        elif not (token.is_punct and token.text in '"“”‘’'):
            parts.append(token.text_with_ws)
    lead = "" if subject is None or subject.i in inside or not subject_text else subject_text + " "
    return " ".join((lead + "".join(parts)).split()).strip(" ,;:-–—")
