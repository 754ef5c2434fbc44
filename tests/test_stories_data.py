"""The invented, annotated stories under tests/corpus/stories are consistent with themselves."""

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parent / "corpus" / "stories"
PATHS = sorted(FOLDER.glob("*.yaml"))
SENTENCE_END = re.compile(r"[a-z]{3}[.!?][\"'”’]? [A-Z“\"]")


def load(path: Path) -> dict[str, Any]:
    story: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return story


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def story(request: pytest.FixtureRequest) -> dict[str, Any]:
    return load(request.param)


def pieces(story: dict[str, Any]) -> list[tuple[str, str]]:
    told = [(who, piece) for claim in story["claims"] for who, piece in claim["mentions"]]
    apart = [side for a, left, b, right in story["apart"] for side in ((a, left), (b, right))]
    return told + apart


def place(story: dict[str, Any], who: str, piece: str) -> tuple[str, int, int]:
    body = next("\n\n".join(one["body"]) for one in story["articles"] if one["id"] == who)
    start = body.find(piece)
    return who, start, start + len(piece)


def overlap(a: tuple[str, int, int], b: tuple[str, int, int]) -> bool:
    return a[0] == b[0] and a[1] < b[2] and b[1] < a[2]


def test_there_are_stories() -> None:
    """The folder is not empty."""
    assert PATHS


def test_every_piece_is_printed_exactly_once_in_its_article(story: dict[str, Any]) -> None:
    """A mention or an apart piece names one place in the body of the article it cites."""
    bodies = {one["id"]: "\n\n".join(one["body"]) for one in story["articles"]}
    wrong = [(who, piece) for who, piece in pieces(story) if bodies[who].count(piece) != 1]
    assert wrong == []


def test_no_piece_runs_over_the_end_of_a_sentence(story: dict[str, Any]) -> None:
    """A piece lies within one sentence."""
    assert [piece for _, piece in pieces(story) if SENTENCE_END.search(piece)] == []


def test_every_claim_is_told_by_two_articles(story: dict[str, Any]) -> None:
    """A claim that one outlet alone carries is not a group."""
    lonely = [c["id"] for c in story["claims"] if len({who for who, _ in c["mentions"]}) < 2]
    assert lonely == []


def test_names_and_mentions_are_unique(story: dict[str, Any]) -> None:
    """No two articles or claims share an id, and no claim lists a mention twice."""
    ids = [one["id"] for one in story["articles"]] + [claim["id"] for claim in story["claims"]]
    assert [name for name, times in Counter(ids).items() if times > 1] == []
    for claim in story["claims"]:
        spans = [place(story, *mention) for mention in claim["mentions"]]
        twice = [(a, b) for i, a in enumerate(spans) for b in spans[:i] if overlap(a, b)]
        assert twice == [], claim["id"]


def test_no_claim_joins_what_is_marked_apart(story: dict[str, Any]) -> None:
    """The two sides of an apart pair never meet in one claim."""
    joined = []
    for a, left, b, right in story["apart"]:
        sides = place(story, a, left), place(story, b, right)
        for claim in story["claims"]:
            spans = [place(story, *mention) for mention in claim["mentions"]]
            if all(any(overlap(side, span) for span in spans) for side in sides):
                joined.append((claim["id"], left, right))
    assert joined == []


def test_every_article_says_who_printed_it_and_when(story: dict[str, Any]) -> None:
    """Outlet, title and an ISO date are given, and the body has paragraphs."""
    for one in story["articles"]:
        assert not any(paragraph.startswith((">", "|", "-")) for paragraph in one["body"])
        assert one["outlet"] and one["title"] and len(one["body"]) > 3
        date.fromisoformat(one["published"])
    assert all(claim["says"] for claim in story["claims"])
