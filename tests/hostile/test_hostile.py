"""A sample of the hostile corpus, built together by the command line: everything that must hold of it holds.

The whole corpus is for ``python tests/hostile/run.py``; which cases are in the sample is settled by the seed.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from generator import commonmark
from generator.markdown import paragraphs
from tests.hostile import checks, fuzz
from tests.hostile.corpus import corpus, lay
from tests.hostile.run import Done, build, harmless, tree, troubles

EVERY = 90  # one case in so many


def test_the_corpus_is_the_same_for_the_same_seed_and_names_every_class() -> None:
    one, two = corpus(), corpus()
    assert [(c.name, c.files, c.keep) for c in one] == [(c.name, c.files, c.keep) for c in two]
    assert {c.kind for c in one} >= {
        "unicode", "title", "date", "front", "markdown", "encoding", "active", "active-text", "feed", "table", "mail",
        "archive", "nest", "bomb", "file", "name", "link", "big", "crowd", "place",
    }  # fmt: skip
    assert len(one) > 2000


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here: the sample can't be built")
def test_a_sample_of_hostile_inputs_makes_a_whole_and_harmless_site(tmp_path: Path) -> None:
    cases = [c for c in corpus() if not c.full][::EVERY]
    home = harmless(tmp_path / "harmless")
    root = tmp_path / "all"
    root.mkdir()
    lay(cases, root)
    before = tree(root)
    done = build(root)
    assert list(troubles(cases, root, done, before, home, 0)) == []


def test_the_checks_find_what_they_are_for(tmp_path: Path) -> None:
    """A check that never fails would prove nothing."""
    page = tmp_path / "stories" / "s" / "articles" / "a.html"
    page.parent.mkdir(parents=True)
    page.write_text(
        "<main id=main><script>x</script><p onclick=x>a</p><a href='javascript:x'>b</a><iframe srcdoc=x></iframe>"
        "<img src='http://evil.example/x'>\u202e\u2067</main>"
    )
    assert len(set(checks.active_content(page, {"html", "head", "body", "main", "p", "a", "img"}))) >= 6
    assert len(list(checks.unfit_text(page.read_text()))) == 2
    assert checks.shown_text(page) == "xab"
    (tmp_path / "feed.xml").write_text("<feed>\x01</feed>")
    assert list(checks.broken_files(tmp_path))
    assert Done(0, "", "", 0, 0).status == 0


def test_random_paragraphs_of_words_and_marks_read_back_as_they_were() -> None:
    """What looks like front matter, lists, tables, references or markup is text, in whatever role."""
    source = fuzz.paragraphs(3)
    for n in range(20):
        assert list(fuzz.lost([next(source) for _ in range(20)], n)) == []


_BITS = (
    'a|Word|né|"|(|“|1|1.|-|*|#|>|~| |  |\n|\n\n|\n\n\n|    |\t|<!-- note -->\n|<!-- note -->\n\n|<b>|```|~~~|***|---|'
    "&amp;|[a]: b|[x](y)|`c`|\\|\u2028|\x0b|\xa0|%|.|,|—|/|_|\u2067|\u202e|- x|> q|a!b\n-!-"
).split("|")


def test_a_body_read_in_parts_has_the_paragraphs_of_one_read_at_once() -> None:
    """What a fence, HTML or a mark may reach over is read at once; so a body of many paragraphs takes little memory."""
    source = random.Random(5)
    for _ in range(4000):
        body = "".join(source.choices(_BITS, k=source.randint(1, 12))).replace("!", "|")
        assert list(paragraphs.load(body)) == list(paragraphs._parsed_paragraphs(body))


def test_a_line_that_is_called_plain_is_what_the_parser_makes_of_it() -> None:
    source, plain = random.Random(6), 0
    for _ in range(4000):
        line = "".join(source.choices([b for b in _BITS if "\n" not in b], k=source.randint(1, 5)))
        if commonmark.is_plain(line):
            plain += 1
            tokens = commonmark._inline_parser().parse(line)
            assert [t.type for t in tokens] == ["paragraph_open", "inline", "paragraph_close"]
            assert commonmark.plain(tokens[1]) == commonmark.plain_line(line)
    assert plain > 50
