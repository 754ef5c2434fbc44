"""``check``: what a finished site must hold, read back from its files alone, as a stranger would.

It shares no step with the build: pages are parsed, words counted and links followed anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator.model import Article
from generator.project import RightsRules
from generator.site import addresses
from generator.site.checking import activity, excerpts, formats, links, quotations
from generator.site.checking.findings import Finding
from generator.site.checking.pages import Page, parsed
from generator.site.checking.texts import Text, texts_of

__all__ = ["Finding", "check", "profile_of"]


def check(
    output: Path,
    articles: Sequence[Article],
    *,
    removed: Sequence[Article] = (),
    rules: RightsRules | None = None,
    url: str = "",
) -> list[Finding]:
    """What is wrong with the site in ``output``, by file and line.

    ``articles`` are those it was made of, as printed; ``removed`` those that may not be in it; with ``rules`` the
    limits on excerpts are held too; ``url`` is its address, where it doesn't say it itself.
    """
    files = sorted(p for p in output.rglob("*") if p.is_file() and not p.name.startswith("."))
    raw = {p.relative_to(output).as_posix(): p.read_bytes() for p in files}
    pages = {name: parsed(name, data) for name, data in raw.items() if name.endswith(".html")}
    found = [
        *links.broken(pages, raw, url or _own_address(pages)),
        *activity.foreign(pages, raw),
        *formats.invalid(raw),
        *quotations.false(pages, raw, articles),
        *excerpts.over(_texts(raw, pages), articles, rules, removed),
    ]
    return sorted(set(found))


def _own_address(pages: dict[str, Page]) -> str:
    """Where the site says that it lies."""
    home = pages.get(addresses.HOME)
    links = (e for e in (home.elements if home else ()) if e.tag == "link" and e.get("rel") == "canonical")
    return next((e.get("href") for e in links), "")


def _texts(raw: dict[str, bytes], pages: dict[str, Page]) -> Iterator[tuple[str, Iterable[Text]]]:
    for name, data in raw.items():
        yield name, pages[name].texts if name in pages else texts_of(name, data)


def profile_of(output: Path) -> str | None:
    """For whom the site in ``output`` was made ("local", "public"); ``None`` where it doesn't say."""
    try:
        account = json.loads((output / addresses.ACCOUNT).read_bytes())
    except (OSError, ValueError):
        return None
    profile = account.get("profile") if isinstance(account, dict) else None
    return profile if isinstance(profile, str) else None
