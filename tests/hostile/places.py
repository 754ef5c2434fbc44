"""Names that become addresses: of stories' folders, outlets, sections, people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.case import MARK, Case, Words

FOLDERS = (
    "con", "aux.x", "index", "404", "a b", "a-b", "A_B", "!!!", "???", "\u6e2f\u53e3", "\u0645\u0631\u062d\u0628\u0627", "\U0001f600", "\u202egpj.txt",
    "assets", "stories", "articles", "data", "rights", "search", "feeds", "new\nline", f"<script>{MARK}<script>", "\"onload='x", "{{ 7*7 }}", "{static}", "%2e%2e",
    "x" * 255, "\u00e9" * 120, "e\u0301", "\u00e9", "UPPER", "upper", "trailing.", "trailing ", "-rf", "~", "$(id)", "a" * 60 + "b", "a" * 60 + "c", "page.html",
)  # fmt: skip

NAMES = (
    "index", "con", "404", "..", "../../x", "/", "\\", "!!!", "\u6e2f\u53e3\u65e5\u62a5", "x" * 300, f"<script>{MARK}</script>", "\u202eTimes", "The A", "the a", "A", "a\u0301", "\u00e1",
    "{attach}/etc/passwd", "=1+1", "@SUM(1)", "a/b", "a\nb", "a\u2028b", "\ud83d\ude00", "\u0430pple", "%2e", "</script>", "<!--<script>", "]]>", "&amp;", "'\"",
)  # fmt: skip


def cases(words: Words) -> Iterator[Case]:
    """Each name as a story's, an outlet's, a section's, an author's and a speaker's."""
    for n, name in enumerate(FOLDERS):
        text, keep = words.article()
        yield Case(f"story-{n:02}", "place", (), keep, lay=_Lay(name, text))
    for n, name in enumerate(NAMES):
        one = name.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        said = words.sentence()
        row = {
            "title": words.title(), "outlet": one, "section": one, "authors": [one, f"Ann {one}"], "language": one,
            "text": f'{said}\n\n"We closed it," said {one} on Monday. According to {one}, the ferry of {one} sailed.',
        }  # fmt: skip
        file = (f"place-{n:02}.jsonl", json.dumps(row).encode())
        yield Case(f"place-{n:02}", "place", (file,), (said,))


class _Lay:
    """Lays an article into a folder of a name beside the others."""

    def __init__(self, name: str, text: str) -> None:
        self._name, self._text = name, text

    def __call__(self, folder: Path) -> None:
        story = folder.parent / self._name
        story.mkdir(exist_ok=True)
        (story / "article.txt").write_text(self._text)
