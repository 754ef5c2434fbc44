"""Where each page lies, relative to the site's root; always a file name with ".html", so that links work from file://.

Ids and names come from other people's text. Whatever they are, an address is lower-case ASCII, at most 60 characters a
part, never empty, never a name that Windows reserves, and two different ids never share one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from slugify import slugify

from generator.text import fingerprint

_SAFE = re.compile(r"[a-z0-9]+(?:-{1,2}[a-z0-9]+)*")
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))})
_HOME = re.compile(r"stories-\d+\.html")
LONGEST = 60

HOME = "index.html"
SEARCH = "search.html"
NOT_FOUND = "404.html"
FEEDS = "feeds.html"
RIGHTS = "rights.html"
ACCOUNT = "rights.json"


@lru_cache(maxsize=1 << 13)  # as many as a large story has
def part(name: str) -> str:
    """``name`` as one part of an address: itself where it is safe already, else a slug with a hash of it."""
    if len(name) <= LONGEST and _SAFE.fullmatch(name) and name not in _RESERVED and name != "index":
        return name
    mark = fingerprint(name)
    slug = slugify(name, max_length=LONGEST - len(mark) - 1, word_boundary=True)
    return f"{slug}-{mark}" if slug else mark


def parts_of_names(names: Iterable[str]) -> dict[str, str]:
    """An address part for each of ``names`` (outlets): the plain slug where no other name has it, else with a hash."""
    slugs: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        slugs.setdefault(slugify(name, max_length=LONGEST - 9, word_boundary=True), []).append(name)
    alone = {s: n[0] for s, n in slugs.items() if len(n) == 1 and _SAFE.fullmatch(s) and s not in _RESERVED}
    taken = {name: s for s, name in alone.items()}
    return {name: taken.get(name) or part(f"{name} ") for names in slugs.values() for name in names}


def page(first: str, number: int) -> str:
    """The ``number``-th page of a list whose first page is ``first``."""
    return first if number == 1 else f"{first.removesuffix('.html')}-{number}.html"


def home(number: int = 1) -> str:
    return HOME if number == 1 else f"stories-{number}.html"


def is_home(path: str) -> bool:
    return path == HOME or _HOME.fullmatch(path) is not None


def story(story_id: str) -> str:
    return f"stories/{part(story_id)}/index.html"


def all_claims(story_id: str, number: int = 1) -> str:
    return page(f"stories/{part(story_id)}/claims.html", number)


def article(story_id: str, article_id: str) -> str:
    return f"stories/{part(story_id)}/articles/{part(article_id)}.html"


def claim(story_id: str, claim_id: str) -> str:
    return f"stories/{part(story_id)}/claims/{part(claim_id)}.html"


def claim_mark(claim_id: str) -> str:
    """Where a claim stands on an article's page."""
    return f"c-{part(claim_id)}"


def all_sources(story_id: str, number: int = 1) -> str:
    return page(f"stories/{part(story_id)}/sources.html", number)


def source_mark(source_id: str) -> str:
    """Where a source stands on the page of all sources."""
    return f"v-{part(source_id)}"


def source(story_id: str, source_id: str) -> str:
    return f"stories/{part(story_id)}/sources/{part(source_id)}.html"


def compare(story_id: str, first: str, second: str) -> str:
    return f"stories/{part(story_id)}/compare/{part(first + ' ' + second)}.html"


def data(story_id: str, file: str) -> str:
    return f"stories/{part(story_id)}/data/{file}"


def outlet(outlet_part: str) -> str:
    return f"outlets/{outlet_part}.html"


def more_of_outlet(first: str, number: int) -> str:
    """The ``number``-th page of an outlet; no outlet's part has two hyphens and a number at its end."""
    return first if number == 1 else f"{first.removesuffix('.html')}--{number}.html"


def root_of(path: str) -> str:
    """What leads from the page ``path`` to the root: "" or "../" as often as needed."""
    return "../" * path.count("/")
