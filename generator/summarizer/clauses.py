"""A sentence's tree -> clauses, each with one proposition; every token belongs to exactly one.

Which words head one is told by :mod:`generator.summarizer.propositions`; every word goes with the nearest of them above
it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.summarizer.propositions import QUOTES, RELATIVE_TAGS, SHORTEST, SUBJECTS, VERBS, carries_claim

if TYPE_CHECKING:
    from generator.summarizer.tokens import Sentence, Token

_WHOM = frozenset({"them", "whom", "which", "it"})
_QUANTIFIERS = frozenset(
    ["all", "both", "each", "few", "half", "many", "most", "much", "neither", "none", "part", "several", "some"]
)
_PAUSES = frozenset({",", "–", "—", "(", ";"})
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_STOPS = _PAUSES | {".", ")", ":", "!", "?"}


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
    heads = {sentence.root.i: sentence.root} | {t.i: t for t in sentence if carries_claim(t)}
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
        if begin is None or end - at < SHORTEST or not any(_counts(t) for t in tokens[begin + 1 : at]):
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
    return verb.head if verb.dep_ == "relcl" and subject.tag_ in RELATIVE_TAGS else subject


def _is_background(head: Token, root: Token) -> bool:
    return head.i != root.i and head.dep_ in ("relcl", "acl", "advcl", "appos", "prep")


def _owners(sentence: Sentence, heads: dict[int, Token]) -> dict[int, int]:
    """Per token the head of its clause. "and" goes with what follows it, a comma or stop with what it closes."""
    owners: dict[int, int] = {}
    for token in sentence:
        owners[token.i] = _nearest(token, heads)
    for token, _, after in _neighbours(sentence):
        if token.dep_ == "cc" and token.i > token.head.i and after is not None:
            joined = any(c.dep_ == "conj" and c.i in heads and c.i > token.i for c in token.head.children)
            owners[token.i] = owners[after.i] if joined else owners[token.i]
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
        opens = token.text in QUOTES and _opens(token)
        if before is not None and owners[token.i] != owners[before.i]:
            torn = token.text in _POSSESSIVES and not before.whitespace_
            resumed = quoted and not opens and any(owners[t.i] == owners[token.i] for t in sentence if t.i < before.i)
            resumed = resumed and not _adds_one(token)
            if torn or resumed:
                _hand_over(token, owners, owners[before.i], inside=resumed)
        quoted = opens or (quoted and token.text not in QUOTES)
        before = token


def _adds_one(token: Token) -> bool:
    """As in "..., | and the town, which has no work": the second of two of which something is told."""
    told = (c for c in token.head.children if c.dep_ == "conj" and c.pos_ not in VERBS)
    return token.dep_ == "cc" and any(r.dep_ == "relcl" for c in told for r in c.children)


def _hand_over(token: Token, owners: dict[int, int], owner: int, *, inside: bool) -> None:
    """Gives ``owner`` the words from ``token`` on that one other clause has: to the end of the quotation ``inside``
    which they stand, else to the next mark or verb.
    """
    other = owners[token.i]
    for at in range(token.i, token.sent.end):
        following = token.doc[at]
        acts = following.pos_ in VERBS and following.dep_ != "amod"
        ends = following.text in QUOTES if inside else at > token.i and (following.is_punct or acts)
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
