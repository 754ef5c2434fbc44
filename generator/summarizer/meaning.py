"""What the mentions of a story mean, as vectors: each claim, its words read within their sentence, and the sentence.

All vectors of a story share a direction, what the story is about; it is taken out, so that what is left tells its
claims apart (Mu and Viswanath, 2018: a common mean hides likeness). Word by word, each finds its best counterpart in
the other mention, the rare ones counting for more (Zhang et al., 2020: BERTScore with idf weights).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.model import Annotated, Mention, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generator.summarizer.embedding import Embedded, Embedder

    Vectors = NDArray[np.float32]

_FEW = 20  # mentions: of a story with fewer, only a part of the mean is taken out
_EXACT = 5  # decimals that are kept: the rest is the machine's
_AT_ONCE = 4096  # pairs
_FUNCTION = frozenset(
    "the a an of to in on at and or but for with by from that which who whom it its his her their he she they is are "
    "was were be been has have had will would as this these those not no s".split()
)


@dataclass(frozen=True, slots=True)
class Meanings:
    """Per mention its vectors of unit length: the claim as it is (``plain``) and with the story's mean taken out
    (``alone``), its words read within their printed sentence (``inside``, the mean out as well), the claims of that
    sentence together (``around``); and those of its ``words`` with their weights.
    """

    plain: Vectors
    alone: Vectors
    inside: Vectors
    around: Vectors
    words: tuple[Vectors, ...]
    weights: tuple[Vectors, ...]


def of(articles: Sequence[Annotated], sentences: Sequence[int], embed: Embedder) -> Meanings:
    """The meanings of the mentions of a story; ``sentences`` numbers the sentence that each stands in."""
    import numpy as np

    mentions = [m for a in articles for m in a.mentions]
    printed = [place for a in articles for place in _printed(a)]
    cores = [m.core or m.text for m in mentions]
    # All at once: what is the same text in several roles is read once.
    embedded = embed([*cores, *(text for text, _ in printed), *_together(mentions, sentences)])
    read, whole, together = (embedded[start : start + len(cores)] for start in range(0, len(embedded), len(cores)))
    inside = [_part(e, span) for e, (_, span) in zip(whole, printed, strict=True)]
    plain = [_mean(e.vectors) for e in read]
    kept = [_content(e) for e in read]
    vectors = [e.vectors[k] / _lengths(e.vectors[k]) for e, k in zip(read, kept, strict=True)]
    middle = np.concatenate(vectors).mean(axis=0) * _share(len(mentions))
    rarity = _rarity([e.words for e in read])
    return Meanings(
        plain=np.stack(plain),
        alone=_apart(plain),
        inside=_apart(inside),
        around=np.stack([_mean(e.vectors) for e in together]),
        words=tuple((v - middle) / _lengths(v - middle) for v in vectors),
        weights=tuple(np.array([rarity[e.words[i]] for i in k], np.float32) for e, k in zip(read, kept, strict=True)),
    )


def _together(mentions: Sequence[Mention], sentences: Sequence[int]) -> list[str]:
    """Per mention the claims of its sentence, without who says them."""
    claims: dict[int, list[str]] = defaultdict(list)
    for mention, number in zip(mentions, sentences, strict=True):
        claims[number].append(mention.core or mention.text)
    return [", ".join(claims[number]) for number in sentences]


def _printed(annotated: Annotated) -> Iterator[tuple[str, Span]]:
    """Per mention the sentence that it stands in and its place there; a headline is a sentence."""
    text = annotated.article.text
    starts = [s.start for s in annotated.sentences]
    for mention in annotated.mentions:
        at = bisect_right(starts, mention.span.start) - 1
        if mention.headline or at < 0:
            yield (annotated.article.title or "") if mention.headline else mention.text, mention.span
            continue
        begin, end = starts[at], max(annotated.sentences[at].end, mention.span.end)
        yield text[begin:end], mention.span.shift(-begin)


def _part(embedded: Embedded, span: Span) -> Vectors:
    """The mean of the words that are printed within the span."""
    kept = [i for i, (begin, end) in enumerate(embedded.spans) if span.start <= begin and end <= span.end]
    return _mean(embedded.vectors[kept] if kept else embedded.vectors)


def _content(embedded: Embedded) -> list[int]:
    """The places of the words that carry meaning, else of all."""
    kept = [i for i, w in enumerate(embedded.words) if w not in _FUNCTION and any(c.isalnum() for c in w)]
    return kept or list(range(len(embedded.words)))


def _rarity(texts: Sequence[Sequence[str]]) -> dict[str, float]:
    counts = Counter(w for words in texts for w in set(words))
    return {w: math.log((1 + len(texts)) / (1 + n)) + 0.5 for w, n in counts.items()}


def _mean(vectors: Vectors) -> Vectors:
    import numpy as np

    mean: Vectors = vectors.mean(axis=0) if len(vectors) else np.zeros(vectors.shape[1], np.float32)
    unit: Vectors = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return unit


def _apart(rows: Sequence[Vectors]) -> Vectors:
    """The rows without what they have in common."""
    import numpy as np

    table = np.stack(rows)
    table = table - table.mean(axis=0) * _share(len(rows))
    unit: Vectors = table / _lengths(table)
    return unit


def _share(mentions: int) -> float:
    return mentions / (mentions + _FEW)


def _lengths(vectors: Vectors) -> Vectors:
    import numpy as np

    lengths: Vectors = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-9))
    return lengths


def features(meanings: Meanings, pairs: Sequence[tuple[int, int]]) -> dict[str, NDArray[np.float64]]:
    """How alike the two mentions of each pair are in meaning: a column a feature."""
    import numpy as np

    ends = np.array(pairs).T
    there, back = _word_by_word(meanings, ends)
    return {
        "meaning": _likeness(meanings.plain, ends),
        "alone": _likeness(meanings.alone, ends),
        "inside": _likeness(meanings.inside, ends),
        "context": _likeness(meanings.around, ends),
        "wording": _rounded((there + back) / 2),
        "wording_most": _rounded(np.maximum(there, back)),
        "wording_least": _rounded(np.minimum(there, back)),
    }


def _likeness(vectors: Vectors, ends: NDArray[np.int64]) -> NDArray[np.float64]:
    import numpy as np

    parts = [ends[:, start : start + _AT_ONCE] for start in range(0, ends.shape[1], _AT_ONCE)]
    found = np.concatenate([np.einsum("ij,ij->i", vectors[one], vectors[other]) for one, other in parts])
    return _rounded(found.astype(np.float64))


def _rounded(values: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    kept: NDArray[np.float64] = np.round(values, _EXACT)
    return kept


def _word_by_word(meanings: Meanings, ends: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How well the first's words are found in the second, and the second's in the first, for each pair."""
    import numpy as np

    there, back = np.empty(ends.shape[1]), np.empty(ends.shape[1])
    order = np.argsort(ends[0], kind="stable")
    for run in np.split(order, np.flatnonzero(np.diff(ends[0][order])) + 1):
        a, others = int(ends[0][run[0]]), ends[1][run].tolist()
        sizes = [len(meanings.words[b]) for b in others]
        starts = np.cumsum([0, *sizes[:-1]])
        likeness = meanings.words[a] @ np.concatenate([meanings.words[b] for b in others]).T
        weights = np.concatenate([meanings.weights[b] for b in others])
        own = meanings.weights[a]
        there[run] = own @ np.maximum.reduceat(likeness, starts, axis=1) / own.sum()
        back[run] = np.add.reduceat(likeness.max(axis=0) * weights, starts) / np.add.reduceat(weights, starts)
    return there, back
