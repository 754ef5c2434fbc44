"""Once and for all: an article that was saved twice is kept once, and an updated one with its earlier versions.

Two captures of one story hold the same article where they come from one address, or have one outlet's text (or a whole
page's) in common; they are versions of it where the text of one outlet's piece, or of one address, has changed.
The same words in another outlet are another article: that is reuse, and shown as such. So is a text of which nobody
knows where it stood, where an agency wrote it. What is decided depends on what the captures say, never on their order.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cached_property
from itertools import combinations, count, pairwise
from urllib.parse import urlsplit

from generator import markdown
from generator.model import Article, Version
from generator.text import day_of, fingerprint, moment_of, squeeze, words

SAME = 0.95  # of all runs of four words: what parts two saves of one text is a line of the page's
REWRITTEN = 0.15  # of one address and title, too; less, and a feed gives all its entries one link
CHANGED = 0.5  # of the shorter text's runs: an update of a text holds so much of it
CROPPED = 0.8  # of the shorter text's runs: what two kinds of file of one page have in common at least
REWORDED = 0.3  # of a line's runs: two lines with so many in common say one thing in other words
STUB = 0.25  # of the other's length: the summary that a feed gives
SKETCH = 12  # hashes of paragraphs by which candidates find each other
LONG = 60  # characters of a paragraph that hardly stands in two articles by chance
CROWD = 60  # candidates under one key that are all compared with each other
APART = 3  # days between two pieces of one title and outlet, at different addresses, that are no versions


# An article, the hash of its capture (of several that hold it: theirs, joined by +), and doubts about its conversion.
Converted = tuple[Article, str, tuple[str, ...]]


@dataclass(frozen=True)
class Save:
    """A converted capture: its article, the hash of its source, the doubts about it."""

    article: Article
    source: str
    doubts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.article.source_file or self.article.id

    @property
    def kind(self) -> str:
        """The kind of file, by its suffix."""
        suffix = re.search(r"\.(\w+)(?:#|$)", self.name.lower())
        return suffix[1].removeprefix("x")[:3] if suffix else ""

    @cached_property
    def address(self) -> str | None:
        """Where it was published, as one page's addresses are all written; ``None`` for a front page."""
        try:
            parts = urlsplit(self.article.url or "")
        except ValueError:
            return None
        path = re.sub(r"(?:/amp|/index\.\w+)$", "", parts.path.rstrip("/"))
        query = "&".join(sorted(q for q in parts.query.split("&") if q and q not in ("amp", "amp=1", "outputType=amp")))
        return f"{self.host}{path}?{query}" if self.host and (path or query) else None

    @cached_property
    def host(self) -> str:
        try:
            host = (urlsplit(self.article.url or "").hostname or "").lower()
        except ValueError:
            return ""
        return re.sub(r"^(?:www|amp|m|mobile)\.", "", host)

    @cached_property
    def outlet(self) -> str:
        return re.sub(r"^the(?=\w{4})|\W", "", (self.article.outlet or "").casefold())

    @cached_property
    def title(self) -> str:
        return re.sub(r"\W+", "", (self.article.title or "").casefold())

    @cached_property
    def runs(self) -> frozenset[str]:
        """The runs of four words of the text."""
        return _runs(self.article.text)

    @cached_property
    def sketch(self) -> tuple[int, ...]:
        """Hashes of a few long paragraphs, by their plain letters: damage by a wrong encoding leaves them alone."""
        letters = (_letters(p.text) for p in self.article.body if len(p.text) >= LONG)
        return tuple(sorted({zlib.crc32(t.encode("utf-8", "surrogatepass")) for t in letters}))[:SKETCH]

    @cached_property
    def page(self) -> frozenset[str]:
        """Those of everything that was saved."""
        parts = (self.article.title or "", self.article.text, *(r.text for r in self.article.removed))
        return _runs("\n".join(parts))

    @cached_property
    def everything(self) -> str:
        """A hash of every visible character of what was saved, whatever its order."""
        parts = (
            self.article.title or "",
            *(p.text for p in self.article.body),
            *(r.text for r in self.article.removed),
        )
        return fingerprint("".join(sorted(squeeze("".join(parts)).casefold())), length=16)

    @cached_property
    def known(self) -> int:
        """How much is known of the article."""
        a = self.article
        values = (a.title, a.outlet, a.url, a.published, a.updated, a.authors, a.language, a.dateline)
        return sum(bool(v) for v in values)


_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def _letters(text: str) -> str:
    low = text.lower()
    plain = _NOT_PLAIN.sub("", low)
    return plain if len(plain) > len(low) // 3 else squeeze(low)


def _runs(text: str) -> frozenset[str]:
    tokens = [s.of(text).casefold() for s in words(text)]
    if tokens and sum(map(len, tokens)) > 12 * len(tokens):  # a script without spaces
        tokens = list("".join(tokens))
    return frozenset("\x1f".join(tokens[i : i + 4]) for i in range(max(1, len(tokens) - 3))) if tokens else frozenset()


def once(converted: Iterable[Converted], ids: Mapping[str, str], others: Mapping[str, str]) -> tuple[Converted, ...]:
    """What was converted for one story with each article once, in order of their names; the other captures are told of
    in its ``also``, and in its ``versions``.

    ``ids`` are the ids that articles have already, by the capture that they were made of, ``others`` by the captures
    that they tell of besides: whichever capture an article is made of now, its id stays.
    """
    ordered = sorted((Save(*c) for c in converted), key=lambda s: s.name)
    groups = _groups(ordered)
    held = {ids[s.name] for s in ordered if s.name in ids}
    kept = [(save, _known_id(group, ids, others, held)) for group in groups for save in (_kept(group),)]
    taken = {*ids.values(), *others.values()}
    found: list[Converted] = []
    for save, known in sorted(kept, key=lambda k: k[0].name):
        id_ = known or _free_id(save, taken)
        taken.add(id_)
        found.append((replace(save.article, id=id_), save.source, save.doubts))
    return tuple(found)


def _known_id(
    group: Sequence[Save], ids: Mapping[str, str], others: Mapping[str, str], held: Collection[str]
) -> str | None:
    names = [state.name for states in _states(group) for state in states]
    own = (ids[n] for n in names if n in ids)
    told = (others[n] for n in names if n in others and others[n] not in held)
    return next(own, None) or next(told, None)


def _free_id(save: Save, taken: Collection[str]) -> str:
    """The id that the article was given, or its like where another has it: of thousands of one title, two hashes of
    six digits are the same, and one article would be written over the other.
    """
    own = save.article.id
    likes = (f"{own[:-6]}{fingerprint(save.article.story, save.name, str(n), length=6)}" for n in count(1))
    return own if own not in taken else next(like for like in likes if like not in taken)


# --- which belong together --------------------------------------------------------------------------------------------


def _groups(saves: Sequence[Save]) -> list[list[Save]]:
    links = [(a, b) for a, b in sorted(_candidates(saves)) if relation(saves[a], saves[b])]
    if not links:
        return [[save] for save in saves]
    of = list(range(len(saves)))

    def top(n: int) -> int:
        while of[n] != n:
            of[n] = of[of[n]]
            n = of[n]
        return n

    for a, b in _unambiguous(saves, links):
        low, high = sorted((top(a), top(b)))
        of[high] = low
    groups: dict[int, list[Save]] = defaultdict(list)
    for n, save in enumerate(saves):
        groups[top(n)].append(save)
    return list(groups.values())


def _unambiguous(saves: Sequence[Save], links: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """``links`` without those of a text of no known outlet that two outlets print: it may be either's."""
    outlets: dict[int, set[str]] = defaultdict(set)
    for a, b in links:
        for one, other in ((a, b), (b, a)):
            if not saves[one].outlet and saves[other].outlet:
                outlets[one].add(saves[other].outlet)
    torn = {n for n, found in outlets.items() if len(found) > 1}
    for a, b in links:
        if saves[a].outlet == saves[b].outlet or not {a, b} & torn:
            yield a, b


def _candidates(saves: Sequence[Save]) -> set[tuple[int, int]]:
    """Pairs with something in common: the address, outlet and title, or a long paragraph."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, save in enumerate(saves):
        keys = [("everything", save.everything)]
        keys += [("address", save.address)] if save.address else []
        keys += [("title", f"{save.outlet} {save.title}")] if save.title and save.outlet else []
        keys += [("paragraph", str(h)) for h in save.sketch]
        for key in keys:
            places[key].append(n)
    return {pair for found in places.values() for pair in _pairs(found)}


def _pairs(found: Sequence[int]) -> Iterable[tuple[int, int]]:
    """All pairs; of a crowd those of neighbours only, so that what a whole story has in common costs no more."""
    return combinations(found, 2) if len(found) <= CROWD else pairwise(found)


def relation(a: Save, b: Save) -> str | None:
    """How two saves belong together: "same", "version", or ``None``: two articles."""
    if a.outlet and b.outlet and a.outlet != b.outlet:
        return None
    if a.address and a.address == b.address:
        return _at_one_address(a, b)
    if a.host and b.host and a.host != b.host:
        return None
    wire = a.article.agency or b.article.agency
    if a.everything == b.everything and alike(a.page, b.page) >= CHANGED and (a.outlet == b.outlet or not wire):
        return "same"  # the same letters in other words ("12", "21") are another text
    titles = a.title == b.title or not (a.title and b.title)
    if a.outlet and a.outlet == b.outlet:
        if alike(a.runs, b.runs) >= SAME or _cropped(a, b):
            return "same" if titles or a.kind != b.kind else "version"
        again = a.title and a.title == b.title and not _apart(a, b)
        return "version" if again and held(a.runs, b.runs) >= CHANGED else None
    if wire or not titles:
        return None
    shared = alike(a.runs, b.runs) if a.outlet or b.outlet else alike(a.page, b.page)
    return "same" if shared >= SAME else None


def _cropped(a: Save, b: Save) -> bool:
    """Whether two saves of different kinds of file part in whole lines only, at most every fifth: more of the page was
    kept with the one. Of one kind, lines that came or went are an update.
    """
    if a.kind == b.kind or held(a.runs, b.runs) < CROPPED:
        return False
    mine, theirs = ({squeeze(p.text) for p in s.article.body} for s in (a, b))
    odd = [_runs(p.text) for p in a.article.body if squeeze(p.text) not in theirs]
    others = [_runs(p.text) for p in b.article.body if squeeze(p.text) not in mine]
    return not any(held(x, y) >= REWORDED for x in odd for y in others)


def _apart(a: Save, b: Save) -> bool:
    """Whether two pieces are of different days and addresses, as one that comes out every week under one title is."""
    one, other = day_of(a.article.published), day_of(b.article.published)
    if not (a.address and b.address and one and other):
        return False
    return abs((one - other).days) > APART


def _at_one_address(a: Save, b: Save) -> str | None:
    if alike(a.runs, b.runs) >= SAME or _cropped(a, b):
        titles = a.title == b.title or not (a.title and b.title)
        return "same" if titles or a.kind != b.kind else "version"
    short, long = sorted((len(a.runs), len(b.runs)))
    if short <= STUB * long:
        return "same"
    least = REWRITTEN if a.title and a.title == b.title else STUB
    return "version" if held(a.runs, b.runs) >= least else None


def alike(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of all runs that both have."""
    return len(a & b) / len(a | b) if a and b else 0.0


def held(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the shorter one's runs that the other has."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


# --- which of them is kept --------------------------------------------------------------------------------------------


def _kept(group: Sequence[Save]) -> Save:
    if len(group) == 1:
        return group[0]
    states = _states(group)
    newest, *older = reversed(states)
    kept = newest[0]
    earlier = tuple(_version(state[0].article) for state in reversed(older))
    copies = [s for state in states for s in state[1:]]
    also = tuple(sorted(s.name for s in copies))
    why = [("also", "; ".join(f"{s.name}: {_why(s, kept)}" for s in copies))] if copies else []
    why += [("versions", "; ".join(f"{s[0].name}: {_why(s[0], kept)}" for s in reversed(older)))] if older else []
    evidence = tuple(sorted((*kept.article.evidence, *why)))
    # The sources are the newest text's own: a copy that is added changes nothing for whoever edited the article.
    article = markdown.settle(replace(kept.article, also=also, versions=earlier, evidence=evidence))
    return Save(article, "+".join((kept.source, *sorted(s.source for s in newest[1:]))), kept.doubts)


def _states(group: Sequence[Save]) -> list[list[Save]]:
    """The group's texts in order of time, each with the saves that hold it, the one that tells most first."""
    states: list[list[Save]] = []
    for save in sorted(group, key=lambda s: (-s.known, s.kind != "htm", -len(s.runs), s.name)):
        home = next((state for state in states if relation(state[0], save) == "same"), None)
        if home is None:
            states.append([save])
        else:
            home.append(save)
    dated = all(_time(s[0].article) for s in states)
    return sorted(states, key=lambda s: (_time(s[0].article) if dated else "", len(s[0].runs), s[0].name))


def _time(article: Article) -> str:
    """When a text was last touched, in UTC where its zone is known; "" where that is not known."""
    moment = moment_of(article.updated or article.published)
    return moment.replace(tzinfo=UTC).isoformat() if moment else ""


def _version(article: Article) -> Version:
    body = tuple(p.text for p in article.body)
    return Version(article.source_file or article.id, article.title, article.published, article.updated, body)


def _why(save: Save, kept: Save) -> str:
    same = relation(save, kept) == "same"
    address = bool(save.address) and save.address == kept.address
    if not same:
        return "same address, text changed" if address else "same outlet and title, text changed"
    return "same address" if address else "same text"
