"""Article <-> Markdown file, both ways.

A converted article is YAML front matter, the text with one paragraph a line, and one closing HTML comment that keeps
what was set aside::

    ---
    title: …
    generated: source=… text=…
    ---

    The first paragraph.

    ## A subheading

    <!-- note -->
    Correction: …

    <!-- removed
    …
    [chrome · subscribe-call · after 2]
    Subscribe to our newsletter
    -->

Text is escaped so that any CommonMark renderer shows it letter for letter; moving a line out of the comment restores
it. Laws held here: ``load(dump(article)) == article`` (checked before anything is returned), and a file that a person
touched is recognised (:func:`is_untouched`).
"""

from __future__ import annotations

from generator import versions
from generator.errors import LawBroken
from generator.markdown import front_matter, paragraphs, removed, stamps
from generator.markdown.settling import settle
from generator.markdown.stamps import is_untouched, source_file, source_files, source_stamp
from generator.model import Article

__all__ = [
    "below",
    "dump",
    "is_untouched",
    "load",
    "settle",
    "source_file",
    "source_files",
    "source_stamp",
    "without_front_matter",
]


def dump(article: Article, *, source: str = "") -> str:
    """The Markdown file of ``article``. ``source`` is a hash of what it was converted from.

    Raises LawBroken where reading it back would not give the same article (law 2); see :func:`settle`.
    """
    text = front_matter.dump(article) + below(article)
    back = load(text, id=article.id, story=article.story)
    if back != article:
        raise LawBroken(
            f"law 2 (round trip): {_first_change(article, back)} would not survive", path=article.id + ".md"
        )
    return stamps.stamped(text, source)


def below(article: Article) -> str:
    """What stands below the front matter in the file of ``article``."""
    kept = removed.dump(article.removed) + versions.dump(article.versions)
    return "\n" + paragraphs.dump(article.body) + kept


def without_front_matter(text: str) -> str:
    """What stands below the front matter of a file."""
    end = text.find("\n---\n", 3) if text.startswith("---\n") else -1
    return text[end + 5 :] if end > 0 else text


def _first_change(article: Article, back: Article) -> str:
    for key in ("title", "outlet", "published", "authors", "body", "removed", "evidence", "versions"):
        if getattr(article, key) != getattr(back, key):
            return key
    return "metadata"


def load(text: str, *, id: str, story: str, path: str | None = None) -> Article:
    """The article in a Markdown file. Raises InputRefused, with the line, for front matter that can't be read."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    table, rest = front_matter.split(text, path)
    rest, earlier = versions.split(rest)
    body, comment = removed.split(rest)
    fields = front_matter.fields(table, path, text)
    fields.pop("story", None)
    told = tuple(paragraphs.load(body))
    older = versions.chained(versions.load(earlier), fields.get("title"), [p.text for p in told])
    return Article(id=id, story=story, body=told, removed=tuple(removed.load(comment)), versions=older, **fields)
