"""Altered quotations: one utterance of one speaker, printed in different words between quotation marks.

What counts as the words: letters and digits without regard to case, accents, quotation marks, hyphens, British or
American spelling, contractions ("he'll", "he will") and small numbers in figures. Quoting less of an utterance alters
nothing; words left out in its middle are a "cut", with the ellipsis in the change where one is printed; words in
brackets are marked by the printer as his own. Anything else is "changed".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations, pairwise

from generator.model import AlteredQuote, Annotated, Attribution, QuoteKind, QuoteVariant, Source, SourceKind, Span
from generator.summarizer.alignment import WORD, weight
from generator.summarizer.attribution.quotations import quotations
from generator.summarizer.normalise import fold

WORDS = 5  # a quotation shorter than this is a phrase that anybody may use
ALIKE = 0.7  # share of the words that must agree where the speaker is known to be the same
ALIKE_UNKNOWN = 0.8  # and where one of the speakers is not known
WORDS_UNKNOWN = 8
WORTH = 3.0  # weighted words that must agree
WORTH_UNKNOWN = 4.5  # and where one of the speakers is not known
WORTH_AROUND_CUT = 5.0  # the same, around a long cut
WORTH_AROUND_CUT_UNKNOWN = 8.0
COVERED = 0.4  # share of the shorter quotation that must agree: a turn of phrase in two long ones is no utterance
COVERED_UNKNOWN = 0.6
GAP = 0.4  # what a differing word takes from what agrees
CUT = 5  # words: a longer cut takes no more than this
SHARED = 3  # pairs of neighbouring words that make two quotations worth comparing
FREQUENT = 300  # quotations: a pair of words in more of them says nothing
_STRETCH = 512  # characters
LAST_WORDS = 3  # words: a difference at the very end is a change if it is no longer than this, else one quotes less

_ELLIPSIS = re.compile(r"\.\s?\.\s?\.|…")
_MARKED = re.compile(r"\[[^\][]{0,200}\]|\([^()]{0,200}\)")
_BARE_CUE = r"(?:said|says|say|told|tells|added|adds|wrote|warned|explained|insisted|declared|stated|recalled|asked)"
_NAME = r"[^\s,.;:\"“”]{1,40}(?: [^\s,.;:\"“”]{1,40}){0,7}"
_CUE_AND_NAME = re.compile(rf"[,.!?]?\W{{0,3}}{_BARE_CUE} ({_NAME})")
_NAME_AND_CUE = re.compile(rf"[,.!?]?\W{{0,3}}({_NAME}?) {_BARE_CUE}\b")
_NAME_BEFORE = re.compile(rf"({_NAME}) {_BARE_CUE}[^.\"“”]{{0,40}}[,:]? ?$")
_NOBODY = frozenset({"he", "she", "they", "we", "i", "it", "but", "and", "who", "this", "that", "the", "a", "an"})
_CONTRACTIONS = {"ll": "will", "re": "are", "ve": "have", "m": "am", "d": "would"}
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_SAME = {
    **_CONTRACTIONS,
    **{str(n): word for n, word in enumerate(_NUMBERS)},
    "cannot": "can not",
    "percent": "per cent",
}


_Near = dict[int, list[tuple[int, Attribution]]]
_Code = tuple[str, int, int, int, int]  # of difflib: tag, words i to j of the one, k to m of the other


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Who speaks, as far as told; persons are told apart by ``last``, the last capitalised word of the name."""

    name: str
    id: str | None
    last: str | None
    person: bool


@dataclass(frozen=True, slots=True)
class _Quote:
    """A quotation as printed: ``words`` are (folded word, span in the article's text)."""

    article: str
    order: int
    span: Span
    text: str
    words: tuple[tuple[str, Span], ...]
    speaker: _Speaker | None

    @property
    def folded(self) -> list[str]:
        return [w for w, _ in self.words]


@dataclass(frozen=True, slots=True)
class _Alteration:
    kind: str
    changes: tuple[tuple[str, str], ...]


def altered(articles: Sequence[Annotated]) -> tuple[AlteredQuote, ...]:
    """The utterances whose printed forms differ in their words, not only in their typography.

    The first variant is the one that stands first in ``articles``; each change is told from it to another.
    """
    quotes = [q for n, a in enumerate(articles) for q in _quotes(a, n)]
    found: dict[int, list[tuple[int, _Alteration]]] = defaultdict(list)
    taken: set[int] = set()
    for first, second in _candidates(quotes):
        alteration = _compared(quotes[first], quotes[second])
        if alteration and second not in taken:
            if first in taken:
                continue
            found[first].append((second, alteration))
            taken.add(second)
    return tuple(_told(quotes, first, others) for first, others in sorted(found.items()))


def _told(quotes: list[_Quote], first: int, others: list[tuple[int, _Alteration]]) -> AlteredQuote:
    members = [quotes[first], *(quotes[n] for n, _ in others)]
    forms = {tuple(m.folded) for m in members}
    seen = {m.article for m in members}
    for quote in quotes:  # who prints one of the forms without change is told as well
        if tuple(quote.folded) in forms and quote.article not in seen and not _apart(quotes[first], quote):
            members.append(quote)
            seen.add(quote.article)
    speaker = next((m.speaker for m in members if m.speaker and m.speaker.id), None)
    speaker = speaker or next((m.speaker for m in members if m.speaker), None)
    return AlteredQuote(
        speaker=speaker.name if speaker else None,
        kind="changed" if any(a.kind == "changed" for _, a in others) else "cut",
        variants=tuple(
            QuoteVariant(m.article, m.span, m.text) for m in sorted(members, key=lambda m: (m.order, m.span))
        ),
        changes=tuple(dict.fromkeys(c for _, a in others for c in a.changes)),
    )


def _quotes(annotated: Annotated, order: int) -> Iterator[_Quote]:
    article = annotated.article
    text = article.text
    near = _by_place(annotated.attributions)
    for paragraph in article.paragraph_spans:
        before: _Speaker | None = None
        for quotation in quotations(paragraph.of(text), paragraph.start):
            span = _inside(text, quotation.span)
            words = tuple(_words(text, span))
            speaker = _attributed(near, span) or _beside(text, quotation.span, paragraph) or before
            before = speaker
            if len(words) >= WORDS:
                yield _Quote(article.id, order, span, span.of(text), words, speaker)


def _inside(text: str, span: Span) -> Span:
    """``span`` without its quotation marks and the space beside them."""
    start, end = span.start, span.end
    while start < end and not text[start].isalnum() and text[start] not in "[($€£#…":
        start += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in "])%…!?.":
        end -= 1
    return Span(start, end)


def _words(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    """The folded words of a quotation with their places; one printed word may count as two ("cannot")."""
    for match in WORD.finditer(text, span.start, span.end):
        word = fold(match.group().replace(",", ""))
        if word == "t" and match.start() and text[match.start() - 1] in "'’":
            word = "not"
        for part in _SAME.get(word, word).split():
            yield part, Span(match.start(), match.end())


def _by_place(attributions: Sequence[Attribution]) -> _Near:
    """By stretches of the text: the attributions with a source whose content reaches into each, with their places in
    the order, so that a quotation isn't held against all of a long article's.
    """
    found: _Near = defaultdict(list)
    for n, attribution in enumerate(attributions):
        if attribution.chain and attribution.kind is not QuoteKind.INDIRECT:
            for place in sorted({p for span in attribution.content for p in _places(span)}):
                found[place].append((n, attribution))
    return found


def _places(span: Span) -> range:
    return range(span.start // _STRETCH, max(span.start, span.end - 1) // _STRETCH + 1)


def _attributed(near: _Near, span: Span) -> _Speaker | None:
    def covers(attribution: Attribution) -> bool:
        shared = sum(max(0, min(p.end, span.end) - max(p.start, span.start)) for p in attribution.content)
        return 0 < len(span) <= shared * 2

    beside = {n: a for place in _places(span) for n, a in near.get(place, ())}
    best = next((a for _, a in sorted(beside.items()) if covers(a)), None)
    return _speaker(best.chain[0]) if best else None


def _speaker(source: Source) -> _Speaker:
    return _Speaker(source.name, source.id, _last_name(source.name), source.kind is SourceKind.PERSON)


def _beside(text: str, span: Span, paragraph: Span) -> _Speaker | None:
    """The speaker by the bare grammar of news, where no attribution was found: a name and "said" beside it."""
    after = _CUE_AND_NAME.match(text, span.end, paragraph.end) or _NAME_AND_CUE.match(text, span.end, paragraph.end)
    found = after or _NAME_BEFORE.search(text, max(paragraph.start, span.start - 120), span.start)
    words = found.group(1).split() if found else []
    capitals = [n for n, w in enumerate(words) if w[:1].isupper() and w.lower() not in _NOBODY]
    if not capitals:
        return None
    name = " ".join(words[0 if after else capitals[0] : capitals[-1] + 1])
    return _Speaker(name, None, _last_name(name), True)


def _last_name(name: str) -> str | None:
    capitalised = [w for w in WORD.findall(name) if w[:1].isupper() and len(w) > 1]
    return fold(capitalised[-1]) if capitalised else None


def _apart(a: _Quote, b: _Quote) -> bool:
    """Whether the two are known to be said by different speakers."""
    if a.speaker is None or b.speaker is None or a.speaker.id == b.speaker.id is not None:
        return False
    return (
        a.speaker.person and b.speaker.person and a.speaker.last is not None and b.speaker.last is not None
    ) and a.speaker.last != b.speaker.last


def _together(a: _Quote, b: _Quote) -> bool:
    """Whether the two are known to be said by the same speaker."""
    if a.speaker is None or b.speaker is None:
        return False
    if a.speaker.id == b.speaker.id is not None:
        return True
    return a.speaker.last == b.speaker.last is not None


def _candidates(quotes: list[_Quote]) -> list[tuple[int, int]]:
    """The pairs of quotations from different articles that share enough pairs of neighbouring words, in order."""
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    forms: set[tuple[str, tuple[str, ...]]] = set()
    for n, quote in enumerate(quotes):
        words = quote.folded
        form = (quote.speaker.last or "" if quote.speaker else "", tuple(words))
        if form in forms:  # printed like this before: it is told with the first that prints it so
            continue
        forms.add(form)
        for pair in dict.fromkeys(pairwise(words)):
            if weight(pair[0]) + weight(pair[1]) >= 1:
                index[pair].append(n)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for holders in index.values():
        if len(holders) <= FREQUENT:
            for a, b in combinations(holders, 2):
                shared[a, b] += 1
    return sorted(p for p, n in shared.items() if n >= SHARED and quotes[p[0]].article != quotes[p[1]].article)


def _compared(a: _Quote, b: _Quote) -> _Alteration | None:
    """How ``b`` prints differently what ``a`` prints, ``None`` where it does not, or is not the same utterance."""
    if _apart(a, b):
        return None
    left, right = a.folded, b.folded
    codes = _core(SequenceMatcher(None, left, right, autojunk=False).get_opcodes(), left)
    same = [left[n] for tag, i, j, _, _ in codes if tag == "equal" for n in range(i, j)]
    known = _together(a, b)
    if len(same) < (COVERED if known else COVERED_UNKNOWN) * min(len(left), len(right)):
        return None
    if not _same_utterance(same, codes, known=known):
        return None
    changes = [c for code in codes if (c := _change(a, b, code)) is not None]
    if not changes:
        return None
    whole = all("" in (x, y) or "…" in (x, y) for x, y in changes)
    return _Alteration("cut" if whole else "changed", tuple(changes))


def _same_utterance(same: list[str], codes: Sequence[_Code], *, known: bool) -> bool:
    """Whether enough words agree; one long cut is forgiven where much agrees around it."""
    worth = sum(map(weight, same))
    if len(same) < (WORDS - 1 if known else WORDS_UNKNOWN) or worth < (WORTH if known else WORTH_UNKNOWN):
        return False
    cut = max((_size(c) for c in codes if c[0] in ("delete", "insert")), default=0)
    around = WORTH_AROUND_CUT if known else WORTH_AROUND_CUT_UNKNOWN
    differing = sum(_size(c) for c in codes if c[0] != "equal") - (cut if worth >= around else 0)
    return len(same) >= (ALIKE if known else ALIKE_UNKNOWN) * (len(same) + differing)


def _size(code: _Code) -> int:
    return max(code[2] - code[1], code[4] - code[3])


def _core(codes: Sequence[_Code], left: list[str]) -> list[_Code]:
    """The part that both print: the stretch where what agrees most outweighs what differs.

    What one quotes beyond the other, before or after, is no difference, unless both end there within a few words.
    """
    best, start, core, at = 0.0, 0, (0, 0), 0.0
    for n, (tag, i, j, _, _) in enumerate(codes):
        at += sum(map(weight, left[i:j])) if tag == "equal" else -_price(codes[n])
        if at > best:
            best, core = at, (start, n + 1)
        elif at <= 0:
            at, start = 0.0, n + 1
    first, last = core
    return [*_edge(codes[:first]), *codes[first:last], *_edge(codes[: last - 1 : -1])[::-1]]


def _price(code: _Code) -> float:
    """What a difference takes from what agrees around it; a cut is one step of the printer, however long."""
    return GAP * (_size(code) if code[0] == "replace" else min(_size(code), CUT))


def _edge(codes: Sequence[_Code]) -> list[_Code]:
    """What lies between the core and the end of the shorter quotation, if only a few words differ there."""
    rest = list(codes)
    while rest and rest[0][0] in ("delete", "insert"):
        rest.pop(0)
    return rest if sum(_size(c) for c in rest if c[0] != "equal") <= LAST_WORDS else []


def _change(a: _Quote, b: _Quote, code: _Code) -> tuple[str, str] | None:
    """The words on both sides of a difference as printed; an ellipsis printed for left-out words is told as "…"."""
    tag, i, j, k, m = code
    if tag == "equal":
        return None
    left, right = _printed(a, i, j), _printed(b, k, m)
    if _marked(a, i, j) or _marked(b, k, m):
        return None
    return (left or _gap(a, i), right or _gap(b, k))


def _printed(quote: _Quote, start: int, end: int) -> str:
    if start == end:
        return ""
    place = Span(quote.words[start][1].start - quote.span.start, quote.words[end - 1][1].end - quote.span.start)
    return " ".join(place.of(quote.text).split())


def _gap(quote: _Quote, at: int) -> str:
    """What stands where words are left out: "…" for an ellipsis, else nothing."""
    start = quote.words[at - 1][1].end if at else quote.span.start
    end = quote.words[at][1].start if at < len(quote.words) else quote.span.end
    return "…" if _ELLIPSIS.search(quote.text, start - quote.span.start, end - quote.span.start) else ""


def _marked(quote: _Quote, start: int, end: int) -> bool:
    """Whether all these words stand in brackets: the printer's own, and said to be."""
    if start == end:
        return False
    base = quote.span.start
    places = [Span(quote.words[n][1].start - base, quote.words[n][1].end - base) for n in range(start, end)]
    brackets = [Span(m.start(), m.end()) for m in _MARKED.finditer(quote.text)]
    return all(any(p in bracket for bracket in brackets) for p in places)
