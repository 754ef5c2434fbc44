"""The words of a parsed text say what the parser's own tokens say."""

from __future__ import annotations

import pytest

from generator.model import Article, Paragraph
from generator.summarizer import parsing, tokens

PLAIN = (
    "i idx text lower_ lemma_ pos_ tag_ dep_ whitespace_ text_with_ws is_punct is_left_punct is_space is_alpha is_stop "
    "like_num"
).split()
TEXT = (
    "“We will not sell the mill,” said Ada Quist, who has run it for 12 years. The council of Norvik, which met on "
    "Monday, had voted to close the bridge; nobody was hurt when it fell.",
    "Two.",
    "Prices (in crowns) rose by a third and, officials in Halvia said, will go on rising until spring.",
)


@pytest.fixture(scope="module")
def docs() -> list[object]:
    article = Article(id="a", story="s", title="t", body=tuple(Paragraph(text) for text in TEXT))
    return [doc for _, doc in parsing.parse(article).docs]


def test_each_says_of_itself_what_the_parser_says(docs: list) -> None:
    for doc in docs:
        for own, told in zip(tokens.sentences(doc), doc.sents, strict=True):
            assert (own.start, own.end, own.start_char, own.end_char) == (
                told.start, told.end, told.start_char, told.end_char,
            )  # fmt: skip
            assert own.root.i == told.root.i
            for one, other in zip(own, told, strict=True):
                assert [getattr(one, name) for name in PLAIN] == [getattr(other, name) for name in PLAIN]
                assert len(one) == len(other)


def test_each_knows_what_it_hangs_on_and_what_hangs_on_it(docs: list) -> None:
    for doc in docs:
        for own, told in zip(tokens.sentences(doc), doc.sents, strict=True):
            for one, other in zip(own, told, strict=True):
                ends = (one.head, one.left_edge, one.right_edge)
                assert [t.i for t in ends] == [t.i for t in (other.head, other.left_edge, other.right_edge)]
                for name in ("children", "subtree", "ancestors"):
                    assert [t.i for t in getattr(one, name)] == [t.i for t in getattr(other, name)], (one.text, name)
                assert one.sent is own


def test_neighbours_are_found_up_to_the_ends_of_the_text(docs: list) -> None:
    first = next(iter(tokens.sentences(docs[0])))
    assert first[1].nbor(-1) is first[0]
    assert first[0].nbor(1) is first[1]
    with pytest.raises(IndexError):
        first[0].nbor(-1)


def test_what_hangs_apart_is_put_in_the_order_of_its_branches() -> None:
    heads = [1, 4, 1, 1, 4]
    assert tokens.edges(heads) == ([0, 0, 2, 3, 0], [0, 3, 2, 3, 4])
