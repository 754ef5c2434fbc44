"""Article -> mentions: the sentence or clause that carries one proposition.

Every word of the text is in at least one mention, but for headings inside it, which claim nothing. A clause keeps its
sentence's attribution; what it claims (:attr:`Mention.core`) is told apart from who says it, and a subject that stands
elsewhere is filled in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from generator.lexicon import load
from generator.model import Article, Attribution, DateRef, Mention, Role, Span, Status
from generator.summarizer import dates, framing, quantities, resolving, roles, status, stretches, tokens
from generator.summarizer.clauses import Clause, clauses, subject_of
from generator.summarizer.framing import CONTENT
from generator.summarizer.naming import Name, names
from generator.summarizer.normalise import fold, lemma
from generator.summarizer.propositions import VERBS
from generator.text import fingerprint, words

if TYPE_CHECKING:
    from generator.summarizer.parsing import Parsed
    from generator.summarizer.tokens import Token

_LIGHT = frozenset(
    ["be", "have", "make", "take", "give", "pay", "hold", "do", "get", "appear", "seem", "expect", "begin"]
)
_PERSONS = frozenset(["he", "she"])
_PRONOUNS = frozenset(
    ["i", "you", "we", "they", "it", "this", "that", "these", "those", "there", "what", "who", "which", "others"]
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
    """What is carried from clause to clause of one text: of whom it has told, and which mentions there are."""

    article: Article
    text: str
    attributions: Sequence[Attribution]
    headline: bool = False
    seen: Counter[str] = field(default_factory=Counter)
    reader: resolving.Reader = field(init=False)
    meant: Mapping[int, resolving.Referent] = field(default_factory=dict)  # by the tokens of the sentence
    reach: list[tuple[int, int, Attribution]] = field(init=False)

    def __post_init__(self) -> None:
        self.reach = framing.extents(self.attributions)
        self.reader = resolving.Reader(self.attributions)


def of(parsed: Parsed, attributions: Sequence[Attribution]) -> tuple[Mention, ...]:
    """The mentions of an article's text, in order."""
    reading = _Reading(parsed.article, parsed.article.text, attributions)
    parsed = _told(parsed)
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


def _told(parsed: Parsed) -> Parsed:
    """What was parsed without the headings inside the text."""
    article = parsed.article
    heads = [s for s, p in zip(article.paragraph_spans, article.body, strict=True) if p.role is Role.SUBHEAD]
    if not heads or len(heads) == len(article.body):
        return parsed
    return replace(
        parsed,
        sentences=tuple(s for s in parsed.sentences if not any(s in h for h in heads)),
        docs=tuple((at, doc) for at, doc in parsed.docs if not any(h.start <= at < h.end for h in heads)),
    )


def _parsed(reading: _Reading, parsed: Parsed) -> Iterator[Mention]:
    for offset, doc in parsed.docs:
        for sentence in tokens.sentences(doc):
            if not reading.text[offset + sentence.start_char : offset + sentence.end_char].strip():
                continue
            reading.meant = reading.reader.read(offset, sentence)
            found = [
                clause
                for clause in framing.with_claims(clauses(sentence), reading.attributions, offset)
                if any(t.is_alpha or t.like_num for t in clause.own)
            ]
            for clause, printed in stretches.in_pieces(found, reading.reach, offset):
                yield _mention(reading, clause, printed, offset)


def _uncovered(sentences: Sequence[Span], covered: Sequence[Span]) -> Iterator[Span]:
    """Sentences that no clause came from (the parser saw no word in them)."""
    starts = sorted((s.start, s.end) for s in covered)
    reach = list(accumulate((end for _, end in starts), max))  # how far those up to each go
    for sentence in sentences:
        before = bisect_left(starts, (sentence.end, 0))
        if not before or reach[before - 1] <= sentence.start:
            yield sentence


def _plain(reading: _Reading, span: Span) -> Mention:
    """A mention of a text that has no parser: its words, and the attribution that holds most of it, where one was
    found without.
    """
    text = span.of(reading.text)
    terms = tuple(fold(w.of(text)) for w in words(text))
    held = max(reading.attributions, key=lambda a: _shared(a, span), default=None)
    held = held if held is not None and _shared(held, span) * 2 >= len(span) else None
    return Mention(
        id=_id(reading, text),
        article=reading.article.id,
        span=span,
        text=text,
        chain=held.chain if held else (),
        stance=held.stance if held else "says",
        hedge=held.hedge if held else None,
        status=status.read("", None, held.stance, attributed=True).status if held else Status.HAPPENED,
        quote=held.kind if held else None,
        headline=reading.headline,
        quantities=quantities.find(text, start=span.start),
        terms=tuple(t for t in terms if len(t) > 3),
        core=" ".join(terms),
    )


def _shared(attribution: Attribution, span: Span) -> int:
    """How many characters of ``span`` are said in an attribution, cue and source with them."""
    marks = (attribution.source, attribution.cue)
    told = [*attribution.content, *(s for s in marks if s is not None)]
    return sum(max(0, min(t.end, span.end) - max(t.start, span.start)) for t in told)


def _id(reading: _Reading, text: str) -> str:
    """The same for the same words in the same article, wherever they stand and whatever stands around them."""
    key = " ".join(fold(w.of(text)) for w in words(text))
    reading.seen[key] += 1
    kind = "title" if reading.headline else "text"
    return fingerprint(reading.article.id, kind, key, str(reading.seen[key]), length=12)


def _mention(reading: _Reading, clause: Clause, printed: Sequence[Token], offset: int) -> Mention:
    span = Span(offset + printed[0].idx, offset + printed[-1].idx + len(printed[-1]))
    text = span.of(reading.text)
    near = framing.near(reading.reach, clause, offset)
    attribution = framing.held(framing.attribution_of(near, clause, offset), clause, offset)
    if attribution is not None and framing.only_acts(attribution, reading.text):
        attribution = None
    core = framing.core_of(clause, near, offset)
    own_names = names(clause.own)
    core_names = names(core)
    head = framing.head_of(core) or clause.head
    subject = (subject_of(head) if head.pos_ in VERBS else None) or clause.subject
    subject_name, subject_text = _subject(reading, subject, core_names or own_names)
    lead = subject_text if subject is not None and all(t.i != subject.i for t in core) else ""
    meant = _meant(reading, core, [*(n.key for n in core_names), *((subject_name or "", lead) if lead else ())])
    stance = attribution.stance if attribution else "says"
    firmness = status.read(
        text, _softening(clause, head, attribution, offset), stance, attributed=attribution is not None
    )
    own = " ".join(t.text for t in clause.own)
    ahead = _is_ahead(head, core)
    agents, patients = roles.read(head, own_names, subject_name)
    found_dates = dates.find(text, reading.article.published, ahead=ahead, start=span.start)
    return Mention(
        id=_id(reading, text),
        article=reading.article.id,
        span=span,
        text=text,
        chain=attribution.chain if attribution else (),
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
        terms=(*_terms(core, core_names), *_terms_meant(subject if lead else None, meant.values())),
        names=_keys(core_names, own_names, subject_name, meant.values()),
        beside=tuple((n.epithet, n.key) for n in own_names if n.epithet),
        core=_written(core, lead, meant),
        negated=status.negated(own),
        ahead=ahead,
        agents=agents,
        patients=patients,
    )


def _meant(reading: _Reading, core: Sequence[Token], named: Iterable[str]) -> dict[int, resolving.Referent]:
    """What the words of a claim point at that isn't told in it."""
    inside = {t.i for t in core}
    told = {fold(name.split()[-1]) for name in named if name}
    found: dict[int, resolving.Referent] = {}
    for token in core:
        referent = reading.meant.get(token.i)
        if referent is None or referent.at in inside:
            continue
        name = (referent.key or fold(referent.head)).split()[-1]
        if name not in told:  # once is enough
            found[token.i] = referent
            told.add(name)
    return found


def _keys(
    core: Sequence[Name], own: Sequence[Name], subject: str | None, meant: Iterable[resolving.Referent]
) -> tuple[str, ...]:
    """The names of the claim, with its subject where that is a name, and those of whom it points at."""
    keys = [n.key for n in core]
    keys.extend(r.key for r in meant if r.key)
    if subject is not None and (" " in subject or any(n.key == subject for n in own)):
        keys.append(subject)
    return tuple(dict.fromkeys(keys))


def _subject(reading: _Reading, subject: Token | None, own: Sequence[Name]) -> tuple[str | None, str]:
    """The key of a subject and how it is written in the core; of a pronoun that of whom it points at."""
    if subject is None:
        return None, ""
    meant = reading.meant.get(subject.i)
    if meant is not None:
        return meant.key or fold(meant.head), meant.text
    if subject.lower_ in _PRONOUNS or subject.lower_ in _PERSONS:
        return None, ""
    phrase = [t for t in subject.subtree if t.dep_ not in ("relcl", "acl", "advcl", "appos", "punct", "prep")]
    near = [*own, *names([t for t in subject.subtree if t.i <= subject.i])]
    for name in near:
        if any(t.i == subject.i for t in name.tokens):
            return name.key, " ".join(t.text for t in name.tokens)
    close = [t for t in phrase if abs(t.i - subject.i) < 6 and t.i <= subject.i]
    return lemma(subject), " ".join(t.text for t in close)


def _own_dates(found: Sequence[DateRef], core: Sequence[Token], head: Token, offset: int) -> tuple[DateRef, ...]:
    """The dates of what is claimed: not the day on which somebody said so, nor one that belongs to an aside."""
    relaying = load("hedges")["relay"]["words"]

    def is_own(day: DateRef) -> bool:
        inside = [t for t in core if day.span.start <= offset + t.idx < day.span.end]
        return any(_is_direct(t, head) and _governor(t).lemma_.lower() not in relaying for t in inside)

    return tuple(day for day in found if is_own(day))


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
            c
            for c in at.children
            if c.dep_ == "oprd" or (c.dep_ in ("xcomp", "acomp", "attr", "dobj", "nsubjpass") and at.lemma_ in _LIGHT)
        ]
        following = [c for c in at.children if c.dep_ == "xcomp"]
        found.extend(lemma(c) for c in (*carried, *following) if c.pos_ in ("VERB", "NOUN", "ADJ", "AUX"))
        at = following[0] if following else carried[0] if carried and carried[0].dep_ in ("acomp", "xcomp") else None
    found.extend(lemma(c) for c in head.children if c.dep_ == "conj" and c.pos_ == "VERB" and c.i > head.i)
    found.extend(_with_particles(head))
    return tuple(dict.fromkeys(found))


def _with_particles(verb: Token) -> list[str]:
    """As in "step-down", "call-off"."""
    return [f"{lemma(verb)}-{c.lower_}" for c in verb.children if c.dep_ == "prt"]


def _terms(core: Iterable[Token], found: Sequence[Name]) -> tuple[str, ...]:
    """The content words as lemmas; names stand in a list of their own."""
    named = {t.i for n in found for t in n.tokens}
    core = list(core)
    kept = [lemma(t) for t in core if t.pos_ in CONTENT and t.i not in named and (not t.is_stop or t.pos_ == "NUM")]
    kept.extend(w for t in core if t.pos_ == "VERB" for w in _with_particles(t))
    return tuple(w for w in kept if any(c.isalnum() for c in w))


def _terms_meant(subject: Token | None, meant: Iterable[resolving.Referent]) -> Iterator[str]:
    """The nouns that the claim is about and that stand elsewhere."""
    if subject is not None and subject.pos_ == "NOUN":
        yield lemma(subject)
    yield from (quantities.singular(fold(r.head)) for r in meant if not r.key)


def _written(core: Sequence[Token], lead: str, meant: Mapping[int, resolving.Referent]) -> str:
    """The claim as text for the comparison."""
    inside = {t.i for t in core}
    parts = [lead]
    for token in core:
        if token.i - 1 not in inside:
            parts.append(" ")
        if token.i in meant:
            parts.append(meant[token.i].text + token.whitespace_)
        elif not (token.is_punct and token.text in '"“”‘’'):
            parts.append(token.text_with_ws)
    return " ".join("".join(parts).split()).strip(" ,;:-–—")
