"""Bylines as a page prints them: between title and text, or as a signature under it; and what tells of the author."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from generator import lexicon
from generator.intake.pagelines import HEADINGS, PageLine
from generator.intake.persons import is_organisation, is_person, person_names

HEAD = 20  # lines before the text among which its byline can stand, where no heading begins them
LONGEST = 90  # characters of a byline
MOST = 6  # names
BIOS = 4  # lines at the end of the text among which its authors can be told of
_CALLED = re.compile(r"by-?_?line|author|autor|writer|reporter|penulis|signature|redakt|\bname\b")
_NOT_CALLED = re.compile(r"related|promo|recommend|comment|bio\b|most-|teaser|card")
_BY = re.compile(r"(?i)^\W*(?:by|von|par|por|di|door|av|af|oleh|autor|autorin|author|автор|texto|text|penulis)\b[\s:]+")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}:\d\d|年")


def printed_byline(lines: Sequence[PageLine], chosen: Sequence[bool]) -> tuple[str, ...]:
    """The names of the byline over the text: lines that their markup calls one, else one that begins with "By", else a
    lone name beside a date or right over the text.
    """
    head = _head(lines, chosen)
    called = [n for i in head if _is_called(lines[i]) for n in _names(lines[i])]
    if called:
        return tuple(dict.fromkeys(called))[:MOST]
    for i in head:
        if names := _after_by(lines[i].text):
            return names
    return next((_names(lines[i]) for i in head if _is_alone(lines[i]) and _beside(lines, chosen, i)), ())


def with_them(lines: Sequence[PageLine], chosen: Sequence[bool], authors: Sequence[str]) -> tuple[str, ...]:
    """``authors`` with those who stand in lines of their own, built just like the line that one of them stands in."""
    head = [i for i in _head(lines, chosen) if _is_called(lines[i])]
    kinds = {(lines[i].tag, lines[i].names) for i in head if lines[i].text in authors}
    alike = (lines[i].text for i in head if (lines[i].tag, lines[i].names) in kinds)
    names = tuple(dict.fromkeys(t for t in alike if t in authors or _is_lone_name(t)))
    return names if len(names) <= MOST and set(authors) < set(names) else tuple(authors)


def _names(line: PageLine) -> tuple[str, ...]:
    """The names in a line; a link's text is a part of its own."""
    return person_names(("\n".join(p.text for p in line.pieces),))


def _is_alone(line: PageLine) -> bool:
    return len(line.text) <= 40 and _is_lone_name(line.text)


def _is_lone_name(text: str) -> bool:
    """Whether a line that nothing calls a byline is a name: every word a capital's, and not all of them common."""
    parts = text.split()
    if not 2 <= len(parts) <= 4 or not is_person(text) or re.search(r"[?!:,’']", text):
        return False
    return all(p[:1].isupper() for p in parts) and not any(p.casefold() in _common() for p in parts)


@cache
def _common() -> frozenset[str]:
    """Words of the page's interface: no part of a name."""
    tables = lexicon.load("chrome")["phrases"]
    return frozenset(
        w for t in tables for key in ("whole", "starts") for p in t.get(key, ()) for w in p.split() if len(w) > 3
    )


def _head(lines: Sequence[PageLine], chosen: Sequence[bool]) -> list[int]:
    """The short lines from the title to the text's first paragraph."""
    text = next((i for i, c in enumerate(chosen) if c and len(lines[i].text) > LONGEST), None)
    if text is None:
        return []
    second = next((i for i in range(text + 1, len(lines)) if chosen[i] and len(lines[i].text) > LONGEST), text)
    end = second if second - text <= HEAD else text
    titles = [i for i in range(max(0, text - 4 * HEAD), text) if lines[i].tag == "h1"]
    start = titles[-1] + 1 if titles else max(0, text - HEAD)
    return [i for i in range(start, end) if len(lines[i].text) <= LONGEST and lines[i].tag not in HEADINGS]


def _is_called(line: PageLine) -> bool:
    near = line.names[-100:]
    if _NOT_CALLED.search(near) or line.tag == "figcaption" or "figure" in line.regions:
        return False
    return line.tag == "address" or _CALLED.search(near) is not None


def _after_by(text: str) -> tuple[str, ...]:
    match = _BY.match(text)
    if not match:
        return ()
    if names := person_names((text,)):
        return names
    handle = re.split(r"[,|•·]|\s[–—-]\s", text[match.end() :])[0].strip()
    one = re.fullmatch(r"[^\W\d_][\w.-]{2,29}", handle)
    return (handle,) if one and is_organisation(handle) else ()


def _beside(lines: Sequence[PageLine], chosen: Sequence[bool], i: int) -> bool:
    dated = any(len(lines[j].text) <= 60 and _DATE.search(lines[j].text) for j in (i - 1, i + 1) if 0 <= j < len(lines))
    return dated or (chosen[i] and i + 1 < len(lines) and chosen[i + 1])


def signature(lines: Sequence[PageLine], chosen: Sequence[bool]) -> int | None:
    """The line that closes the text with its writer's name: set off by emphasis, or the last and nothing but a name."""
    last = [i for i, c in enumerate(chosen) if c][-2:]
    for i in reversed(last):
        line = lines[i]
        if len(line.text) > 60 or line.tag in HEADINGS or line.tag == "li" or not person_names((line.text,)):
            continue
        marked = all(p.mark or not p.text.strip() for p in line.pieces)
        if marked or (i == last[-1] and _is_alone(line)):
            return i
    return None


_TELLS = r"\W*\s(?:is|was|has|covers|reports|writes|joined|works|ist|schreibt|arbeitet|est|es|è|é|jest|är|er)\s"


def about_authors(lines: Sequence[PageLine], chosen: Sequence[bool], authors: Sequence[str]) -> Iterator[int]:
    """The paragraphs at the end of the text that tell of its authors, by whole or first name; whom the text itself
    names is not told of there for having written it.
    """
    names = {n for a in authors for n in (a, a.partition(" ")[0]) if len(n) > 2}
    if not names:
        return
    opening = re.compile(rf"(?:{'|'.join(sorted(map(re.escape, names), reverse=True))}){_TELLS}")
    last = [i for i, c in enumerate(chosen) if c][-BIOS:]
    before = "\n".join(lines[i].text for i, c in enumerate(chosen) if c and i not in last)
    for i in last:
        match = opening.match(lines[i].text)
        if match and not any(n in before for n in names if match[0].startswith(n)):
            yield i
