"""The annotations of tests/corpus/real fit the real articles they point into, which stay beside the repository."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).parent / "corpus"
sys.path.append(str(CORPUS))

import real  # noqa: E402

SENTENCE_END = re.compile(r"[a-z]{3}[.!?][\"'”’]{0,2} [A-Z“\"]|\n")


@pytest.fixture(scope="module")
def printed(shared: Path) -> dict[str, str]:
    if not real.available(shared):
        pytest.skip("no ../shared/polnear here: the texts of the real stories can't be read")
    return {name: text for name, (_, text) in real.texts(shared).items()}


@pytest.fixture(params=real.files(), ids=lambda path: path.stem)
def record(request: pytest.FixtureRequest) -> dict[str, Any]:
    return json.loads(request.param.read_text(encoding="utf-8"))


def pieces(record: dict[str, Any]) -> list[list[Any]]:
    told = [p for kind in ("claims", "passing") for places in record[kind].values() for p in places]
    return told + [p for pair in record["apart"] for p in pair]


def overlap(a: list[Any], b: list[Any]) -> bool:
    return a[0] == b[0] and a[1] < b[2] and b[1] < a[2]


def test_every_claim_is_told_by_two_articles(record):
    """A claim that one article alone carries is not a group."""
    assert [name for name, places in record["claims"].items() if len({p[0] for p in places}) < 2] == []


def test_only_numbers_and_neutral_names_are_kept(record):
    """Documents and claims go by ids that say nothing, and a piece is a document and two numbers."""
    assert all(re.fullmatch(r"[0-9a-f]{12}", one["id"]) for one in record["documents"])
    assert all(re.fullmatch(r"c\d\d", name) for name in record["claims"] | record["passing"])
    known = {one["id"] for one in record["documents"]}
    assert all(who in known and type(start) is type(end) is int for who, start, end in pieces(record))


def test_no_claim_lists_a_piece_twice_or_joins_what_is_apart(record):
    """Pieces of a claim don't overlap, and the sides of an apart pair never meet in one claim."""
    for name in record["claims"] | record["passing"]:
        places = record["claims"].get(name, []) + record["passing"].get(name, [])
        assert [(a, b) for i, a in enumerate(places) for b in places[:i] if overlap(a, b)] == [], name
        met = [pair for pair in record["apart"] if all(any(overlap(side, p) for p in places) for side in pair)]
        assert met == [], name


def test_every_piece_lies_in_the_text_and_in_one_sentence(record, printed):
    """Offsets fall within the body of the document, on whole words, and no piece runs over the end of a sentence."""
    heads = {one["id"]: one["body"] for one in record["documents"]}
    for who, start, end in pieces(record):
        text = printed[who]
        assert heads[who] <= start < end <= len(text)
        assert text[start - 1 : start + 1].isalnum() is False and text[end - 1 : end + 1].isalnum() is False
        assert SENTENCE_END.search(text[start:end]) is None, (who, start, end)


def test_pieces_are_found_again_in_the_articles(record, printed, shared):
    """Counted in visible characters, a piece is the same words as in the printed text."""
    stem = next(path for path in real.files() if json.loads(path.read_text(encoding="utf-8")) == record)
    told = real.read(stem, shared)
    flat = {article.id: real.squeeze(article.text) for article in told.articles}
    found = [flat[who][a:b] for places in told.claims.values() for who, a, b in places]
    wanted = [
        real.squeeze(real.cleaned(printed[who][a:b])) for places in record["claims"].values() for who, a, b in places
    ]
    assert found == wanted
