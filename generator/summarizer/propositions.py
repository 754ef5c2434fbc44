"""Which words of a sentence's tree head a clause that says a thing of its own.

Coordinate and adverbial clauses, relative clauses that add or close, "with X urging ...", "amid fears that ...", "for
taking bribes ...", a second verb of one subject: by the tree, and the marks around them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.summarizer.normalise import speech

if TYPE_CHECKING:
    from generator.summarizer.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
VERBS = frozenset({"VERB", "AUX"})
_CONDITIONS = frozenset({"if", "unless", "whether"})
SHORTEST = 4  # words; what is shorter stays where it is
RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$"})
_FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})
_REPORTS = frozenset({"say", "report", "tell", "write", "cite", "quote"})
_VOICES = frozenset(
    {"cite", "say", "add", "speak", "quote", "accord", "refer", "include", "tell", "note", "call", "insist", "write"}
)
_COMPLEMENTS = frozenset({"dobj", "ccomp", "xcomp", "prep", "agent", "attr", "oprd", "dative", "prt"})
_COMPANIONS = frozenset({"with", "amid", "amidst"})
_GROUNDS = frozenset({"for", "after", "by", "before", "despite", "without"})
QUOTES = frozenset('"“”«»')
PAUSES = frozenset({",", "–", "—", "-", "(", ";"})
_OCCASIONS = frozenset({"after", "despite", "following"})
_FIGURES = frozenset({"against", "on"})
_WHILE = frozenset({"while", "after", "before", "when", "since"})
_ACTS = _FINITE_TAGS | {"VBN"}
_CHOICES = frozenset({"or", "nor"})
_TO_WHOM = frozenset({"tell", "inform", "warn", "remind", "assure", "notify"})
_POINTERS = frozenset({"those", "few", "many", "some", "all", "any", "one", "ones"})


def carries_claim(token: Token) -> bool:
    """Whether a clause of its own hangs on the token, which may be cut off from the one above."""
    if token.dep_ == "prep":
        return _is_companion(token) or _is_ground(token) or _is_occasion(token)
    if _is_outcome(token) or _is_told_of(token) or _is_aside(token) or _is_opening(token):
        return True
    if token.pos_ not in VERBS or _inside_companion(token):
        return False
    subject = next((c for c in token.children if c.dep_ in SUBJECTS), None)
    if _size(token) < SHORTEST - (token.dep_ == "conj"):
        return False
    if token.dep_ in ("ccomp", "parataxis"):
        return subject is not None and _is_finite(token) and _is_beside(token)
    if token.dep_ == "conj":
        if any(c.dep_ == "cc" and c.lower_ in _CHOICES for c in token.head.children):
            return False  # of "will resign or call a vote" neither is claimed
        if token.head.pos_ not in VERBS:
            return subject is not None and _is_finite(token) and _size(token) >= SHORTEST
        return subject is not None or _after_but(token) or _acts_too(token)
    if token.dep_ == "advcl":
        marks = {c.lower_ for c in token.children if c.dep_ == "mark"}
        wished = "for" in marks and token.tag_ == "VB"  # "asked for the pilot to leave"
        return _is_meanwhile(token) or (subject is not None and not wished and not marks & _CONDITIONS)
    return token.dep_ == "relcl" and subject is not None and _stands_alone(token, subject)


def _is_beside(token: Token) -> bool:
    """Whether a clause that the tree hangs under another only stands beside it: "...; the vote was unanimous"."""
    if token.i > token.head.i:
        return token.left_edge.i > 0 and token.left_edge.nbor(-1).text == ";"
    after = token.right_edge.i + 1
    mark = token.doc[after].text if after < len(token.doc) else ""
    if mark in (";", ":"):
        return mark == ";" or token.head.lemma_ not in _REPORTS
    if mark != "," or _size(token) <= SHORTEST or any(t.text in QUOTES for t in token.sent):
        return False  # what is spoken flows
    follows = any(c.dep_ in SUBJECTS and c.i > after for c in token.head.children)
    return follows and token.head.lemma_.lower() not in speech() and not any(c.dep_ == "mark" for c in token.children)


def _is_companion(token: Token) -> bool:
    """As in "with X urging ..." or "amid fears that ...": as good as a clause where a verb is in it."""
    if token.lower_ not in _COMPANIONS:
        return False
    acts = any(t.pos_ == "VERB" for t in token.subtree) and _size(token) > SHORTEST
    counts = any(t.like_num for t in token.subtree) and _size(token) >= SHORTEST - 1
    if token.lower_ == "with":
        return (acts or counts) and (_follows_comma(token) or _opens_sentence(token))
    return acts


def _opens_sentence(token: Token) -> bool:
    """As in "With inflation at 4.8%, the bank ...": before all, a comma after it."""
    after = token.right_edge.i + 1
    return token.left_edge.i == token.sent.start and after < token.sent.end and token.doc[after].text == ","


def _is_occasion(token: Token) -> bool:
    """An event or a figure added after a comma: "..., after a stroke last winter", "..., against 47% before"."""
    if token.lower_ not in _OCCASIONS | _FIGURES or token.head.pos_ not in VERBS or token.i < token.head.i:
        return False
    counts = token.lower_ in _OCCASIONS or any(t.like_num for t in token.subtree)
    return counts and _follows_comma(token) and _size(token) >= SHORTEST


def _is_opening(token: Token) -> bool:
    """As in "Making the rounds of the studios, Corran said ...": what else its subject does, told first."""
    if token.dep_ != "advcl" or token.tag_ not in ("VBG", "VBN") or token.i > token.head.i or _size(token) <= SHORTEST:
        return False
    plain = not any(c.dep_ in SUBJECTS or c.dep_ == "mark" for c in token.children) and token.lemma_ not in _VOICES
    return plain and _opens_sentence(token) and _complete(token)


def _is_meanwhile(token: Token) -> bool:
    """As in "while renewing the pact with one of them", "only to vanish an hour later"."""
    if token.i < token.head.i or not any(
        c.dep_ in _COMPLEMENTS | {"advmod", "npadvmod"} and c.i > token.i for c in token.children
    ):
        return False
    if token.tag_ == "VBG":
        return any(c.lower_ in _WHILE for c in token.children if c.dep_ in ("mark", "advmod"))
    return token.tag_ == "VB" and _follows_comma(token) and any(c.lower_ == "to" for c in token.children)


def _is_ground(token: Token) -> bool:
    """As in "was jailed for taking bribes" or "after testing positive": an event of its own, told by a gerund."""
    if token.lower_ not in _GROUNDS or token.head.pos_ not in VERBS or token.i < token.head.i:
        return False
    verb = next((c for c in token.children if c.dep_ == "pcomp" and c.tag_ == "VBG"), None)
    carries = verb is not None and any(c.dep_ in _COMPLEMENTS | {"acomp"} for c in verb.children)
    return carries and _size(token) > SHORTEST and token.left_edge.i - token.sent.start >= SHORTEST


def _is_told_of(token: Token) -> bool:
    """An apposition with a story of its own at the end of a clause: "..., the ferry that took 212 to the bottom"."""
    if token.dep_ != "appos" or not _follows_comma(token):
        return False
    verb = next((c for c in token.children if c.dep_ == "relcl"), None)
    if verb is not None and _size(token) > SHORTEST and _is_finite(verb) and (_closes(token) or _is_enclosed(token)):
        return True
    verb = next((c for c in token.children if c.dep_ == "acl"), None)
    return verb is not None and verb.tag_ in ("VBN", "VBG") and _size(token) > SHORTEST and _complete(verb)


def _is_enclosed(token: Token) -> bool:
    after = token.right_edge.i + 1
    return _follows_comma(token) and after < len(token.doc) and token.doc[after].text in (",", "–", "—", "-", ")")


def _complete(verb: Token) -> bool:
    return any(c.dep_ in ("dobj", "prep", "agent", "oprd") and c.i > verb.i for c in verb.children)


def _is_aside(token: Token) -> bool:
    """As in "the gate at Dorn, shut for seven years after the killing of a guard,"."""
    aside = token.dep_ == "acl" and token.tag_ in ("VBN", "VBG") and _follows_comma(token)
    # Where no verb stands above, the "participle" is the sentence's own verb, misread.
    aside = aside and any(t.pos_ in VERBS for t in token.ancestors)
    return aside and _size(token) > SHORTEST and _complete(token) and token.lemma_ not in _VOICES


def _is_outcome(token: Token) -> bool:
    """As in "..., killing two people and cutting the island off": what else happened, told in participles."""
    if token.tag_ != "VBG" or _size(token) < SHORTEST - 1 or any(c.dep_ == "mark" for c in token.children):
        return False
    if token.dep_ == "conj" and token.head.tag_ == "VBG":
        return _is_outcome(token.head)
    return (
        token.dep_ == "advcl"
        and token.i > token.head.i
        and _follows_comma(token)
        and (token.lemma_ not in _VOICES or any(_has_subject(c) for c in token.children if c.dep_ == "ccomp"))
    )


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in SUBJECTS for c in verb.children)


def _stands_alone(token: Token, subject: Token) -> bool:
    """A relative clause that adds something, rather than say which one is meant: after a comma, with a subject of
    its own ("that the minister fears could ..."), or at the end, of what has happened ("an infection that has claimed
    three lives"). One that names who reported is no claim.
    """
    reports = token.lemma_ in _REPORTS and not any(c.dep_ in ("ccomp", "xcomp") for c in token.children)
    misread = (
        token.tag_ == "VBN"
        and any(c.tag_ in RELATIVE_TAGS for c in token.children)
        and subject.tag_ not in RELATIVE_TAGS
    )
    if reports or not (_is_finite(token) or misread) or _is_told_of(token.head) or _belongs(token):
        return False
    if subject.tag_ in RELATIVE_TAGS:
        return _follows_comma(token) or (_closes(token) and (_has_happened(token) or _is_new(token)))
    return subject.pos_ != "PRON" or _follows_comma(token)


def _belongs(token: Token) -> bool:
    """Whether a relative clause can't be told apart from its noun: "those who had queued", "the summit of Harn, which
    ..., and Dorn", or where it is what somebody told somebody, misread; or from a clause that leads to another's
    subject: "Rumours grew that Kim, who ..., would come".
    """
    noun, verb = token.head, token.head.head
    beside = [c for c in noun.children if c.dep_ == "conj" and c.i > token.i]
    if beside and not any(c.dep_ == "relcl" for b in beside for c in b.children):
        return True
    if noun.dep_ in SUBJECTS and verb.dep_ == "ccomp" and verb.head.i < noun.i:
        return True
    if _follows_comma(token):
        return False
    return noun.pos_ == "PRON" or noun.lower_ in _POINTERS or _was_told(token)


def _was_told(token: Token) -> bool:
    """As in "told a crowd on the quay that a ferry would sail", where the tree has the quay be what sails."""
    first = token.left_edge
    verb = next((t for t in token.ancestors if t.pos_ in VERBS), None)
    if first.lower_ != "that" or verb is None or verb.lemma_.lower() not in _TO_WHOM:
        return False
    heard = any(c.dep_ in ("dobj", "dative") for c in verb.children)
    return heard and not any(c.dep_ in ("ccomp", "xcomp") for c in verb.children) and _says_all(token, first)


def _says_all(token: Token, that: Token) -> bool:
    """Whether a clause with "that" lacks nothing for which "that" would stand."""
    return that.dep_ not in SUBJECTS and (
        that.dep_ != "dobj" or any(c.dep_ == "dobj" and c.i > token.i for c in token.children)
    )


def _is_finite(verb: Token) -> bool:
    return any(t.tag_ in _FINITE_TAGS for t in _with_auxiliaries(verb))


def _has_happened(verb: Token) -> bool:
    """Told as a fact, with what it did: no "could be used", no "is"."""
    auxiliaries = _with_auxiliaries(verb)
    past = any(t.tag_ == "VBD" or (t.lemma_ == "have" and verb.tag_ == "VBN") for t in auxiliaries)
    return past and verb.pos_ == "VERB" and any(c.dep_ in ("dobj", "prep", "ccomp", "xcomp") for c in verb.children)


def _is_new(verb: Token) -> bool:
    """Whether what a relative clause describes is told of for the first time: "a pipeline that carries crude to ...";
    "the man who drove the bus" only says which one.
    """
    noun = verb.head
    fresh = any(c.dep_ == "det" and c.lower_ in ("a", "an") for c in noun.children)
    return (
        fresh and verb.pos_ == "VERB" and _size(verb) > SHORTEST and any(c.dep_ in _COMPLEMENTS for c in verb.children)
    )


def _with_auxiliaries(verb: Token) -> list[Token]:
    return [verb, *(c for c in verb.children if c.dep_ in ("aux", "auxpass"))]


def _closes(token: Token) -> bool:
    """Whether nothing of the clause above follows, and enough of it stands before."""
    up = token.head
    while up.dep_ not in ("ROOT", "ccomp", "conj", "advcl", "relcl") and up.head.i != up.i:
        up = up.head
    last = max((t.i for t in up.subtree if not t.is_punct), default=token.i)
    return token.right_edge.i >= last and token.left_edge.i - up.left_edge.i >= SHORTEST


def _follows_comma(token: Token) -> bool:
    first = token.left_edge
    return first.i > 0 and first.nbor(-1).text in PAUSES


def _acts_too(token: Token) -> bool:
    """A second verb of one subject that says a thing of its own: "visited the town and promised ten million in aid",
    "must repay 800 and can't stand again until spring".
    """
    first, own = token.head, {t.i for t in token.subtree}
    alike = token.tag_ in _ACTS and first.tag_ in _ACTS
    if _is_finite(token) and _is_finite(first) and not any(t.text in QUOTES for t in token.sent):
        alike = True
    if not (alike or _both_modal(first, token)) or token.i < first.i:
        return False
    if not any(c.dep_ in _COMPLEMENTS and c.i > token.i for c in token.children):
        return False
    alone = sum(1 for t in first.subtree if t.i not in own and not t.is_punct)
    while first.dep_ == "conj" and first.head.pos_ in VERBS and not _has_subject(first):
        first = first.head
    return alone >= SHORTEST - 1 and (first.dep_ == "xcomp" or _has_subject(first))


def _both_modal(first: Token, second: Token) -> bool:
    """Or both infinitives of one verb: "are to free the prisoners and lift the barriers at noon"."""
    if second.tag_ == "VB" and first.dep_ == "xcomp" and first.tag_ == "VB":
        return any(c.dep_ == "dobj" for c in first.children) and any(c.dep_ == "dobj" for c in second.children)
    return any(c.tag_ == "MD" for c in first.children) and any(c.tag_ == "MD" for c in second.children)


def _after_but(token: Token) -> bool:
    return any(c.dep_ == "cc" and c.lower_ == "but" for c in token.head.children)


def _inside_companion(token: Token) -> bool:
    """The verb of "with X urging ..." goes with its preposition."""
    up = token.head
    return (up.dep_ == "pobj" and up.head.lower_ in _COMPANIONS) or (up.dep_ == "prep" and up.lower_ in _COMPANIONS)


def _size(token: Token) -> int:
    return sum(1 for t in token.subtree if not t.is_punct and not t.is_space)
