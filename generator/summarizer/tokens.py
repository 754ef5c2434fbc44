"""The words of a parsed text as plain objects: what the parser's own tokens look up at every glance is looked up once.

Names and meanings are spaCy's (``token.lemma_``, ``token.head``, ``token.subtree``), so that what reads the one reads
the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc

_STRINGS: list[int | str] = ["ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP"]
_NUMBERS: list[int | str] = ["HEAD", "IDX", "SENT_START", "SPACY"]
_KINDS: list[int | str] = ["IS_PUNCT", "IS_LEFT_PUNCT", "IS_SPACE", "IS_ALPHA", "IS_STOP", "LIKE_NUM"]
_MOST = 200_000  # strings that are remembered


class Token:
    """A word or mark: its number in the text, the first of its characters, and what the parser says of it.

    ``head`` is itself at a root; ``children`` stand in order of the text; ``left_edge`` and ``right_edge`` are the
    first and last token of what hangs on it.
    """

    __slots__ = (
        "_below", "children", "dep_", "doc", "head", "i", "idx", "is_alpha", "is_left_punct", "is_punct", "is_space",
        "is_stop", "left_edge", "lemma_", "like_num", "lower_", "pos_", "right_edge", "sent", "tag_", "text",
        "whitespace_",
    )  # fmt: skip

    i: int
    idx: int
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    whitespace_: str
    is_punct: bool
    is_left_punct: bool
    is_space: bool
    is_alpha: bool
    is_stop: bool
    like_num: bool
    head: Token
    children: list[Token]
    left_edge: Token
    right_edge: Token
    doc: list[Token]
    sent: Sentence
    _below: list[Token] | None

    def __len__(self) -> int:
        return len(self.text)

    @property
    def text_with_ws(self) -> str:
        return self.text + self.whitespace_

    @property
    def subtree(self) -> list[Token]:
        """What hangs on the token, itself included."""
        if self._below is None:
            self._below = _hanging(self)
        return self._below

    @property
    def ancestors(self) -> Iterator[Token]:
        """What the token hangs on, the nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def nbor(self, distance: int) -> Token:
        """The token so far on. Raises IndexError where there is none."""
        if self.i + distance < 0:
            raise IndexError("before the text")
        return self.doc[self.i + distance]


class Sentence(Sequence[Token]):
    """A sentence's tokens, with the topmost of them."""

    __slots__ = ("_tokens", "start")

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self.start = tokens[0].i

    def __len__(self) -> int:
        return len(self._tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self._tokens)

    def __getitem__(self, place: Any) -> Any:
        return self._tokens[place]

    @property
    def end(self) -> int:
        """The number of the first token after it."""
        return self.start + len(self._tokens)

    @property
    def start_char(self) -> int:
        return self._tokens[0].idx

    @property
    def end_char(self) -> int:
        return self._tokens[-1].idx + len(self._tokens[-1])

    @property
    def root(self) -> Token:
        return next((t for t in self._tokens if t.head is t), self._tokens[0])


def sentences(doc: Doc) -> Iterator[Sentence]:
    """The sentences of a parsed text, which fall apart once all have been asked for."""
    tokens, begins = _read(doc)
    bounds = [i for i, begin in enumerate(begins) if begin or i == 0]
    for begin, end in zip(bounds, [*bounds[1:], len(tokens)], strict=True):
        sentence = Sentence(tokens[begin:end])
        for token in sentence:
            token.sent = sentence
    for begin in bounds:
        yield tokens[begin].sent
    for token in tokens:  # they hold one another
        del token.head, token.children, token.left_edge, token.right_edge, token.doc, token.sent, token._below


def _read(doc: Doc) -> tuple[list[Token], list[bool]]:
    """The tokens, and of each whether a sentence begins with it."""
    texts = [strings(doc, column) for column in doc.to_array(_STRINGS).T.tolist()]
    heads, places, begins, spaced = doc.to_array(_NUMBERS).view("int64").T.tolist()
    kinds = doc.to_array(_KINDS).astype(bool).T.tolist()
    tokens = [Token() for _ in heads]
    for i, (token, reach, at, space) in enumerate(zip(tokens, heads, places, spaced, strict=True)):
        token.i, token.idx, token.doc, token._below = i, at, tokens, None
        token.whitespace_, token.head, token.children = " " if space else "", tokens[i + reach], []
    for token, *said in zip(tokens, *texts, strict=True):
        token.text, token.lower_, token.lemma_, token.pos_, token.tag_, token.dep_ = said
    for token, *flags in zip(tokens, *kinds, strict=True):
        token.is_punct, token.is_left_punct, token.is_space, token.is_alpha, token.is_stop, token.like_num = flags
    for token in tokens:
        if token.head is not token:
            token.head.children.append(token)
    for token, left, right in zip(tokens, *edges([token.head.i for token in tokens]), strict=True):
        token.left_edge, token.right_edge = tokens[left], tokens[right]
    return tokens, [begin == 1 for begin in begins]


def strings(doc: Doc, numbers: Sequence[int]) -> tuple[str, ...]:
    """What the parser's numbers of strings, which are hashes of them, stand for."""
    known = _known()
    try:
        return tuple(map(known.__getitem__, numbers))
    except KeyError:
        if len(known) > _MOST:
            known.clear()
        known.update((number, doc.vocab.strings[number]) for number in set(numbers))
        return tuple(map(known.__getitem__, numbers))


@cache
def _known() -> dict[int, str]:
    return {}


def edges(heads: Sequence[int]) -> tuple[list[int], list[int]]:
    """First and last token of each subtree, in one pass from the leaves up."""
    lefts, rights = list(range(len(heads))), list(range(len(heads)))
    waiting = [0] * len(heads)
    for i, h in enumerate(heads):
        waiting[h] += h != i
    ready = [i for i, n in enumerate(waiting) if not n]
    while ready:
        i = ready.pop()
        h = heads[i]
        if h != i:
            lefts[h], rights[h] = min(lefts[h], lefts[i]), max(rights[h], rights[i])
            waiting[h] -= 1
            if not waiting[h]:
                ready.append(h)
    return lefts, rights


def _hanging(top: Token) -> list[Token]:
    """``top`` and all below it, those before each token first."""
    if not top.children:
        return [top]
    found: list[Token] = []
    waiting: list[tuple[Token, bool]] = [(top, False)]
    while waiting:
        token, opened = waiting.pop()
        if opened or not token.children:
            found.append(token)
            continue
        after = [(c, False) for c in reversed(token.children) if c.i > token.i]
        waiting += [*after, (token, True), *((c, False) for c in reversed(token.children) if c.i < token.i)]
    return found
