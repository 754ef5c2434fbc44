"""Random paragraphs written as Markdown and read back, through a renderer that is not ours to be lenient with.

    python tests/hostile/fuzz.py [--paragraphs 20000] [--seed 7]

Each must read back as it was, and show itself letter for letter. Exit status 1 where one doesn't.
"""

from __future__ import annotations

import argparse
import html
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).absolute().parents[2]
sys.path.insert(0, str(ROOT))

from generator import markdown  # noqa: E402
from generator.commonmark import escape, render_inline  # noqa: E402
from generator.model import Article, Paragraph, Removed, Role  # noqa: E402
from generator.text import one_line  # noqa: E402
from tests.hostile.texts import DATES, FRONT, MARKDOWN, TITLES, UNICODE  # noqa: E402

MARKS = "\\`*_{}[]()#+-.!|<>~&^$=:;,?@%/\"'"
WORDS = "the ferry Orrel said 12 5,000 2023 a b x1 \u00e9t\u00e9 \u6e2f\u53e3 \u05e9\u05dc\u05d5\u05dd e\u0301 \U0001f600 save_as template Title: --- ... 1. 2) - > #".split()
PIECES = (*MARKDOWN, *(p for text in FRONT.values() for p in text.split("\n")), *TITLES.values(), *UNICODE.values(), *DATES)  # fmt: skip


def paragraphs(seed: int) -> Iterator[str]:
    """Words, marks, and pieces of what looks like markup, in any order; without end."""
    pick = random.Random(seed)
    while True:
        parts = []
        for _ in range(pick.randint(1, 12)):
            kind = pick.random()
            if kind < 0.4:
                parts.append(pick.choice(WORDS))
            elif kind < 0.75:
                parts.append("".join(pick.choices(MARKS, k=pick.randint(1, 6))))
            elif kind < 0.95:
                parts.append(pick.choice(PIECES))
            else:
                parts.append("".join(chr(pick.randrange(0x110000)) for _ in range(3)))
        text = one_line(pick.choice((" ", "")).join(parts))
        if text:
            yield text


ROLES = (Role.BODY, Role.BODY, Role.SUBHEAD, Role.QUOTE, Role.LIST_ITEM, Role.NOTE, Role.STANDFIRST)


def lost(texts: list[str], seed: int) -> Iterator[str]:
    """What does not come back of one article of ``texts``, in any roles, and what doesn't show itself."""
    pick = random.Random(seed)
    title, *rest = texts
    body = tuple(Paragraph(t, pick.choice(ROLES)) for t in rest[2:])
    removed = tuple(Removed(t, Role.CHROME, "rule", 0) for t in rest[:2])
    article = markdown.settle(Article("a", "s", title=title, outlet=title, body=body, removed=removed))
    back = markdown.load(markdown.dump(article), id="a", story="s")  # dump itself raises where it would not come back
    if [p.text for p in back.body] != [p.text for p in body]:
        yield "the text of an article"
    if (back.title, back.removed) != (title, removed):
        yield f"a title or what was set aside: {title!r}"
    for text in texts:
        shown = html.unescape(re.sub(r"</?(?:em|strong|code|a|br)\b[^<>]*>", "", render_inline(escape(text))))
        if shown != text:
            yield f"{text!r} shows {shown!r}"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--paragraphs", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=7)
    given = options.parse_args()
    source = paragraphs(given.seed)
    found = 0
    for n in range(given.paragraphs // 20):
        for trouble in lost([next(source) for _ in range(20)], n):
            found += 1
            print(trouble)
    print(f"{given.paragraphs} paragraphs, {found} altered")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
