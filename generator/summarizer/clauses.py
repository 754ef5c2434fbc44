"""A sentence's tree -> clauses, each with one proposition; every token belongs to exactly one.

A clause is cut off where it has a verb of its own and says a thing of its own: coordinate and adverbial clauses,
relative clauses that add or close, "with X urging ...", "amid fears that ...", "for taking bribes ...", a second verb
of one subject.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.summarizer.tokens import Sentence, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
VERBS = frozenset({"VERB", "AUX"})
_CONDITIONS = frozenset({"if", "unless", "whether"})
_SHORTEST = 4  # words; what is shorter stays where it is
_RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$"})
_FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})
_REPORTS = frozenset({"say", "report", "tell", "write", "cite", "quote"})
_VOICES = frozenset(
    {"cite", "say", "add", "speak", "quote", "accord", "refer", "include", "tell", "note", "call", "insist", "write"}
)
_COMPLEMENTS = frozenset({"dobj", "ccomp", "xcomp", "prep", "agent", "attr", "oprd", "dative", "prt"})
_COMPANIONS = frozenset({"with", "amid", "amidst"})
_GROUNDS = frozenset({"for", "after", "by", "before", "despite", "without"})
_WHOM = frozenset({"them", "whom", "which", "it"})
_QUANTIFIERS = frozenset(
    ["all", "both", "each", "few", "half", "many", "most", "much", "neither", "none", "part", "several", "some"]
)
_PAUSES = frozenset({",", "–", "—", "(", ";"})
_QUOTES = frozenset('"“”«»')
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_STOPS = _PAUSES | {".", ")", ":", "!", "?"}
_ACTS = _FINITE_TAGS | {"VBN"}


@dataclass(frozen=True, slots=True)
class Clause:
    """``own`` are its tokens in order, ``head`` its verb (or noun), ``subject`` the token that heads its subject, which
    may stand in another clause; ``passing`` where it is a relative clause or another background.
    """

    own: tuple[Token, ...]
    head: Token
    subject: Token | None
    passing: bool


def clauses(sentence: Sentence) -> list[Clause]:
    """The clauses of a sentence in order of their first token; the first head is the sentence's root."""
    heads = {sentence.root.i: sentence.root} | {t.i: t for t in sentence if _carries_claim(t)}
    owners = _owners(sentence, heads)
    whole: dict[int, Token | None] = {}
    for part, tokens in _parts(sentence, owners):
        heads[part.i] = part
        whole[part.i] = next((t for t in reversed(list(sentence)) if t.i < tokens[0].i and t.dep_ in SUBJECTS), None)
        owners |= {t.i: part.i for t in tokens}
    _keep_whole(sentence, owners)
    own: dict[int, list[Token]] = {}
    for token in sentence:
        own.setdefault(owners[token.i], []).append(token)
    return [
        Clause(
            tuple(tokens),
            heads[i],
            whole[i] if i in whole else subject_of(heads[i]),
            i in whole or _is_background(heads[i], sentence.root),
        )
        for i, tokens in own.items()
    ]


def _parts(sentence: Sentence, owners: Mapping[int, int]) -> Iterator[tuple[Token, list[Token]]]:
    """What is said of some of those told of ("..., two of them in intensive care"), with the word that counts them. By
    the words alone: what has no verb has no sure place in the tree.
    """
    tokens = list(sentence)
    for at in range(2, len(tokens) - 2):
        counts = tokens[at - 1]
        if tokens[at].lower_ != "of" or tokens[at + 1].lower_ not in _WHOM:
            continue
        begin = next((n for n in range(at - 1, max(-1, at - 5), -1) if tokens[n].text in _PAUSES), None)
        end = next((n for n in range(at + 2, len(tokens)) if tokens[n].text in _STOPS), len(tokens))
        if begin is None or end - at < _SHORTEST or not any(_counts(t) for t in tokens[begin + 1 : at]):
            continue
        own = tokens[begin + 1 : end]
        if all(owners[t.i] == owners[counts.i] != t.i for t in own):
            last = all(t.is_punct for t in tokens[end:])
            yield counts, tokens[begin + 1 : len(tokens) if last else end + 1]


def _counts(token: Token) -> bool:
    return token.pos_ == "NUM" or token.lower_ in _QUANTIFIERS


def subject_of(head: Token) -> Token | None:
    """The subject of a verb: its own, or that of the verb it is joined to, or the noun it describes."""
    seen = 0
    while seen < 12:
        own = next((c for c in head.children if c.dep_ in SUBJECTS and c.dep_ != "expl"), None)
        if own is not None:
            return _antecedent(own, head)
        if head.dep_ in ("relcl", "acl") or head.head.i == head.i:
            return head.head if head.dep_ in ("relcl", "acl") else None
        head, seen = head.head, seen + 1
    return None


def _antecedent(subject: Token, verb: Token) -> Token:
    """A relative pronoun stands for the noun it follows."""
    return verb.head if verb.dep_ == "relcl" and subject.tag_ in _RELATIVE_TAGS else subject


def _carries_claim(token: Token) -> bool:
    if token.dep_ == "prep":
        return _is_companion(token) or _is_ground(token)
    if _is_outcome(token) or _is_told_of(token) or _is_aside(token):
        return True
    if token.pos_ not in VERBS or _inside_companion(token):
        return False
    subject = next((c for c in token.children if c.dep_ in SUBJECTS), None)
    if _size(token) < _SHORTEST - (token.dep_ == "conj" and subject is not None):
        return False
    if token.dep_ in ("ccomp", "parataxis"):
        return subject is not None and _is_finite(token) and _is_beside(token)
    if token.dep_ == "conj":
        return token.head.pos_ in VERBS and (subject is not None or _after_but(token) or _acts_too(token))
    if token.dep_ == "advcl":
        return subject is not None and not any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in token.children)
    return token.dep_ == "relcl" and subject is not None and _stands_alone(token, subject)


def _is_beside(token: Token) -> bool:
    """Whether a clause that the tree hangs under another only stands beside it: "...; the vote was unanimous"."""
    if token.i > token.head.i:
        return token.left_edge.i > 0 and token.left_edge.nbor(-1).text == ";"
    after = token.right_edge.i + 1
    return after < len(token.doc) and token.doc[after].text in (";", ":") and token.head.lemma_ not in _REPORTS


def _is_companion(token: Token) -> bool:
    """As in "with X urging ..." or "amid fears that ...": as good as a clause where a verb is in it."""
    if token.lower_ not in _COMPANIONS or _size(token) <= _SHORTEST or not any(t.pos_ == "VERB" for t in token.subtree):
        return False
    return token.lower_ != "with" or _follows_comma(token)


def _is_ground(token: Token) -> bool:
    """As in "was jailed for taking bribes" or "after testing positive": an event of its own, told by a gerund."""
    if token.lower_ not in _GROUNDS or token.head.pos_ not in VERBS or token.i < token.head.i:
        return False
    verb = next((c for c in token.children if c.dep_ == "pcomp" and c.tag_ == "VBG"), None)
    carries = verb is not None and any(c.dep_ in _COMPLEMENTS | {"acomp"} for c in verb.children)
    return carries and _size(token) > _SHORTEST and token.left_edge.i - token.sent.start >= _SHORTEST


def _is_told_of(token: Token) -> bool:
    """An apposition with a story of its own at the end of a clause: "..., the ferry that took 212 to the bottom"."""
    if token.dep_ != "appos" or not _follows_comma(token):
        return False
    verb = next((c for c in token.children if c.dep_ == "relcl"), None)
    if verb is not None and _size(token) > _SHORTEST and _closes(token) and _has_happened(verb):
        return True
    verb = next((c for c in token.children if c.dep_ == "acl"), None)
    return verb is not None and verb.tag_ in ("VBN", "VBG") and _size(token) > _SHORTEST and _complete(verb)


def _complete(verb: Token) -> bool:
    return any(c.dep_ in ("dobj", "prep", "agent", "oprd") and c.i > verb.i for c in verb.children)


def _is_aside(token: Token) -> bool:
    """As in "the gate at Dorn, shut for seven years after the killing of a guard,"."""
    aside = token.dep_ == "acl" and token.tag_ in ("VBN", "VBG") and _follows_comma(token)
    # Where no verb stands above, the "participle" is the sentence's own verb, misread.
    aside = aside and any(t.pos_ in VERBS for t in token.ancestors)
    return aside and _size(token) > _SHORTEST and _complete(token) and token.lemma_ not in _VOICES


def _is_outcome(token: Token) -> bool:
    """As in "..., killing two people and cutting the island off": what else happened, told in participles."""
    if token.tag_ != "VBG" or _size(token) < _SHORTEST - 1 or any(c.dep_ == "mark" for c in token.children):
        return False
    if token.dep_ == "conj" and token.head.tag_ == "VBG":
        return _is_outcome(token.head)
    return token.dep_ == "advcl" and token.i > token.head.i and _follows_comma(token) and token.lemma_ not in _VOICES


def _stands_alone(token: Token, subject: Token) -> bool:
    """A relative clause that adds something, rather than say which one is meant: after a comma, with a subject of
    its own ("that the minister fears could ..."), or at the end, of what has happened ("an infection that has claimed
    three lives"). One that names who reported is no claim.
    """
    reports = token.lemma_ in _REPORTS and not any(c.dep_ in ("ccomp", "xcomp") for c in token.children)
    if reports or not _is_finite(token) or _is_told_of(token.head):
        return False
    if subject.tag_ in _RELATIVE_TAGS:
        return _follows_comma(token) or (_closes(token) and _has_happened(token))
    return subject.pos_ != "PRON" or _follows_comma(token)


def _is_finite(verb: Token) -> bool:
    return any(t.tag_ in _FINITE_TAGS for t in _with_auxiliaries(verb))


def _has_happened(verb: Token) -> bool:
    """Told as a fact, with what it did: no "could be used", no "is"."""
    auxiliaries = _with_auxiliaries(verb)
    past = any(t.tag_ == "VBD" or (t.lemma_ == "have" and verb.tag_ == "VBN") for t in auxiliaries)
    return past and verb.pos_ == "VERB" and any(c.dep_ in ("dobj", "prep", "ccomp", "xcomp") for c in verb.children)


def _with_auxiliaries(verb: Token) -> list[Token]:
    return [verb, *(c for c in verb.children if c.dep_ in ("aux", "auxpass"))]


def _closes(token: Token) -> bool:
    """Whether nothing of the clause above follows, and enough of it stands before."""
    up = token.head
    while up.dep_ not in ("ROOT", "ccomp", "conj", "advcl", "relcl") and up.head.i != up.i:
        up = up.head
    last = max((t.i for t in up.subtree if not t.is_punct), default=token.i)
    return token.right_edge.i >= last and token.left_edge.i - up.left_edge.i >= _SHORTEST


def _follows_comma(token: Token) -> bool:
    first = token.left_edge
    return first.i > 0 and first.nbor(-1).text in (",", "–", "—", "-", "(", ";")


def _acts_too(token: Token) -> bool:
    """A second verb of one subject that says a thing of its own: "visited the town and promised ten million in aid",
    "must repay 800 and can't stand again until spring".
    """
    first, own = token.head, {t.i for t in token.subtree}
    alike = token.tag_ in _ACTS and first.tag_ in _ACTS
    if not (alike or _both_modal(first, token)) or token.i < first.i:
        return False
    if not any(c.dep_ in _COMPLEMENTS and c.i > token.i for c in token.children):
        return False
    alone = sum(1 for t in first.subtree if t.i not in own and not t.is_punct)
    return alone >= _SHORTEST and (first.dep_ == "xcomp" or any(c.dep_ in SUBJECTS for c in first.children))


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


def _is_background(head: Token, root: Token) -> bool:
    return head.i != root.i and head.dep_ in ("relcl", "acl", "advcl", "appos", "prep")


def _owners(sentence: Sentence, heads: dict[int, Token]) -> dict[int, int]:
    """Per token the head of its clause. "and" goes with what follows it, a comma or stop with what it closes."""
    owners: dict[int, int] = {}
    for token in sentence:
        owners[token.i] = _nearest(token, heads)
    for token in sentence:
        if token.dep_ == "cc" and token.i > token.head.i:
            joined = [c for c in token.head.children if c.dep_ == "conj" and c.i in heads and c.i > token.i]
            if joined:
                owners[token.i] = joined[0].i
    for token, before, after in _neighbours(sentence):
        if token.is_punct or token.is_space:
            opens = _opens(token)
            side = after if opens and after is not None else before if before is not None else after
            owners[token.i] = owners[side.i] if side is not None else owners[token.i]
    return owners


def _keep_whole(sentence: Sentence, owners: dict[int, int]) -> None:
    """Undoes what tears a word from its possessor ("the island | 's shut mills") or a clause apart inside a quotation,
    where the tree has what follows hang far away: ``owners`` is changed.
    """
    before: Token | None = None
    quoted = False
    for token in sentence:
        opens = token.text in _QUOTES and _opens(token)
        if before is not None and owners[token.i] != owners[before.i]:
            torn = token.text in _POSSESSIVES and not before.whitespace_
            resumed = quoted and not opens and any(owners[t.i] == owners[token.i] for t in sentence if t.i < before.i)
            if torn or resumed:
                _hand_over(token, owners, owners[before.i], inside=resumed)
        quoted = opens or (quoted and token.text not in _QUOTES)
        before = token


def _hand_over(token: Token, owners: dict[int, int], owner: int, *, inside: bool) -> None:
    """Gives ``owner`` the words from ``token`` on that one other clause has: to the end of the quotation ``inside``
    which they stand, else to the next mark or verb.
    """
    other = owners[token.i]
    for at in range(token.i, token.sent.end):
        following = token.doc[at]
        acts = following.pos_ in VERBS and following.dep_ != "amod"
        ends = following.text in _QUOTES if inside else at > token.i and (following.is_punct or acts)
        if owners[at] != other or (ends and not inside):
            break
        owners[at] = owner
        if ends:
            break


def _opens(mark: Token) -> bool:
    """Whether a mark goes with the word after it; a straight one by the white space around it."""
    if mark.text not in ('"', "'", "''", "``"):
        return mark.is_left_punct
    return not mark.whitespace_ and (mark.i == 0 or bool(mark.nbor(-1).whitespace_) or mark.nbor(-1).is_left_punct)


def _nearest(token: Token, heads: dict[int, Token]) -> int:
    for _ in range(200):
        if token.i in heads:
            return token.i
        token = token.head
    return next(iter(heads))  # a chain of words without end goes with the root


def _neighbours(sentence: Sentence) -> Iterator[tuple[Token, Token | None, Token | None]]:
    """Each token with the nearest words before and after it in the sentence."""
    tokens = list(sentence)
    words = [not (t.is_punct or t.is_space) for t in tokens]
    before: list[Token | None] = []
    last: Token | None = None
    for token, word in zip(tokens, words, strict=True):
        before.append(last)
        last = token if word else last
    following: Token | None = None
    after: list[Token | None] = []
    for token, word in zip(reversed(tokens), reversed(words), strict=True):
        after.append(following)
        following = token if word else following
    return zip(tokens, before, reversed(after), strict=True)
