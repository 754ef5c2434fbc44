"""The invented sets of wordings under tests/corpus/wordings are well formed; wordings of one claim share few words."""

import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parent / "corpus" / "wordings"
PATHS = sorted(FOLDER.glob("*.yaml"))
SHORT = 3  # Letters: words up to this length carry little content.
FUNCTION_WORDS = frozenset(
    "about after again against also been before being between could does during first from have here into more most "
    "much only other over said says should some such than that their them then there these they this those under were "
    "what when where which while will with would your".split()
)
WORDS_IN_A_WORDING = range(4, 46)
COVERAGE = sorted(FOLDER.glob("coverage-*.yaml"))  # A file is one event; the others are topics.
CLAIMS_OF_AN_EVENT = range(12, 17)


def load(path: Path) -> list[dict[str, Any]]:
    sets: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return sets


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def sets(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    return load(request.param)


def content(wording: str) -> frozenset[str]:
    words = re.findall(r"[^\W_]+", wording.lower())
    return frozenset(word for word in words if len(word) > SHORT and word not in FUNCTION_WORDS)


def overlap(left: str, right: str) -> float:
    """The share of the shorter wording's content words that the other one has too."""
    a, b = content(left), content(right)
    return len(a & b) / max(1, min(len(a), len(b)))


def mean_overlap(sets: list[dict[str, Any]]) -> float:
    pairs = [overlap(left, right) for one in sets for left, right in combinations(one["same"], 2)]
    return sum(pairs) / len(pairs)


def test_there_are_wordings() -> None:
    """The folder is not empty."""
    assert PATHS


def test_a_set_has_three_fields_of_text(sets: list[dict[str, Any]]) -> None:
    """A set holds a neutral line and two lists of strings, and nothing else."""
    assert [one for one in sets if set(one) != {"says", "same", "apart"}] == []
    texts = [text for one in sets for text in (one["says"], *one["same"], *one["apart"])]
    assert [text for text in texts if not isinstance(text, str) or text != " ".join(text.split())] == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_list_is_neither_short_nor_long(path: Path) -> None:
    """Both lists of a set hold four to six wordings; beside an event's many claims two or three look-alikes do."""
    allowed = {"same": range(4, 7), "apart": range(2, 4) if path in COVERAGE else range(4, 7)}
    assert [one["says"] for one in load(path) for side in allowed if len(one[side]) not in allowed[side]] == []


@pytest.mark.parametrize("path", COVERAGE, ids=lambda path: path.stem)
def test_an_event_has_a_dozen_claims_or_more(path: Path) -> None:
    """A file of coverage holds twelve to sixteen claims of its event."""
    assert len(load(path)) in CLAIMS_OF_AN_EVENT


def test_a_wording_is_neither_a_word_nor_a_paragraph(sets: list[dict[str, Any]]) -> None:
    """A wording is between a short headline and a long sentence."""
    wordings = [text for one in sets for text in (*one["same"], *one["apart"])]
    assert [text for text in wordings if len(text.split()) not in WORDS_IN_A_WORDING] == []


def test_no_wording_is_printed_twice() -> None:
    """A wording occurs once in the whole folder."""
    told = Counter(
        text.casefold() for path in PATHS for one in load(path) for text in (one["says"], *one["same"], *one["apart"])
    )
    assert [text for text, times in told.items() if times > 1] == []


def test_the_same_claim_shares_few_words(sets: list[dict[str, Any]]) -> None:
    """On average, less than a quarter of a wording's content words are in another wording of the claim."""
    assert mean_overlap(sets) < 0.25
