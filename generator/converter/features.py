"""Features: what the scorer weighs, named, so that the table of weights can be read (generator/lexicon/prose.toml).

A unit is described by *signs*: small tuples, the name of a group and what was found in steps. A sign stands for the
names of one or more features (:func:`named`); few different ones occur, so that what a sign weighs is summed up once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate, groupby

from generator.converter.letters import LONG, Sign, Step, marks, name_marks, name_shares, shares
from generator.converter.page import Look, Page
from generator.converter.rules import Rule
from generator.converter.title import find_title

_LENGTHS = (0, 1, 2, 4, 7, 11, 17, 25, 40, 70)
_YOU = frozenset(["you", "your", "yours", "we", "our", "us", "i", "my", "me"])
_HE = frozenset(["he", "she", "they", "his", "her", "their", "said", "says", "told", "was", "were", "had"])
ANCHOR = 4  # paragraphs after the title, whose words say what the article is about


def size(n: int) -> int:
    return bisect_right(_LENGTHS, n)


def features(page: Page, hits: list[Rule | None]) -> list[list[str]]:
    """Per unit the names of the features that it has."""
    return [[name for sign in unit for name in named(sign)] for unit in signs(page, hits)]


def signs(page: Page, hits: list[Rule | None]) -> list[list[Sign]]:
    """Per unit its signs."""
    title = find_title(page, hits, page.core[0])
    shapes = [(size(x.n), x.terminal, x.unit.bullet) for x in page.looks]
    rules = [None if hit is None else hit.name for hit in hits]
    columns = (
        _scales(page, title), _neighbours(shapes, rules), *_around(page, hits, title, shapes),
        _topic(page, hits, title),
    )  # fmt: skip
    out = [list(row) for row in zip(*columns, strict=True)]
    for i, row in enumerate(out):
        row += _own(page, i, rules[i], shapes[i])
    return out


@lru_cache(maxsize=200_000)
def named(sign: Sign) -> tuple[str, ...]:
    """The names of the features that ``sign`` stands for."""
    return tuple(_NAMES[sign[0]](*sign[1:]))


def _shape(s: int, terminal: bool, bullet: bool) -> str:
    return f"{s}{'.' if terminal else ''}{'*' if bullet else ''}"


# --- a unit by itself -------------------------------------------------------------------------------------------------


def _own(page: Page, i: int, rule: str | None, shape: tuple[int, bool, bool]) -> list[Sign]:
    """What the unit is by itself."""
    x = page.looks[i]
    n, s, long = x.n, shape[0], x.n >= LONG
    you, he = _few(x.vocabulary, _YOU), _few(x.vocabulary, _HE)
    out: list[Sign] = [("form", *shape, min(x.unit.gap, 3), x.unit.glued, rule, you, he, long)]
    out += (shares(x.text, min(s, 6)), ("signs", *marks(x.text, n)))
    repeated = page.repeated[i]
    if x.kind or x.consent or repeated:
        out.append(("kind", x.kind, x.how, s, min(x.consent, 6), repeated, n >= 12))
    if n >= 10 and (line := page.dateline(i)) is not None:
        out.append(("dateline", bool(line.agency)))
    return out


def _few(own: frozenset[str], listed: frozenset[str]) -> int:
    return 0 if own.isdisjoint(listed) else min(2, len(own & listed))


def _name_form(
    s: int, terminal: bool, bullet: bool, gap: int, glued: bool, rule: str | None, you: int, he: int, long: bool
) -> list[str]:
    out = ["bias", f"shape={_shape(s, terminal, bullet)}", f"gap={gap}", f"rule={rule or '-'}"]
    return out + [f"you={you}/{long}", f"he={he}/{long}"] + ["glued"] * glued


def _name_kind(kind: str | None, how: str, s: int, consent: int, repeated: bool, n12: bool) -> list[str]:
    out = [f"kind={kind}", f"kind={kind}/{how}", f"kind/size={kind}/{s}"] if kind else []
    return out + [f"consent={consent}"] * (consent > 0) + [f"repeated/{n12}"] * repeated


def _name_dateline(agency: bool) -> list[str]:
    return [f"dateline/{agency}"]


# --- a unit beside others ---------------------------------------------------------------------------------------------


def _neighbours(shapes: list[tuple[int, bool, bool]], rules: list[str | None]) -> list[Sign]:
    padded, ruled = [None, *shapes, None], [None, *rules, None]
    return [("beside", *row) for row in zip(padded, padded[2:], ruled, ruled[2:])]  # noqa: B905 - shifted


def _name_beside(
    before: tuple[int, bool, bool] | None,
    after: tuple[int, bool, bool] | None,
    rule: str | None,
    rule_after: str | None,
) -> list[str]:
    out = [f"before={_shape(*before) if before else 'edge'}", f"after={_shape(*after) if after else 'edge'}"]
    return out + [f"before.rule={rule}"] * bool(rule) + [f"after.rule={rule_after}"] * bool(rule_after)


def _scales(page: Page, title: int | None) -> list[Sign]:
    """Length and blank lines against what is usual for the page's prose; the stretch that each unit stands in; and how
    often a line of its kind has stood between lines of the same kinds since the title, as the parts of a list do.
    """
    start, end = page.core
    prose = [x for x in page.looks[start:end] if x.prose]
    lengths = sorted([x.n for x in prose])
    middle = lengths[len(lengths) // 2] if lengths else 30
    gaps = [x.unit.gap for x in prose]
    usual = max(sorted(set(gaps)), key=gaps.count) if gaps else 1
    kinds = [_kind(x) for x in page.looks]
    beside = zip(page.looks, _runs(kinds), _echoes(kinds, title or 0), strict=True)
    return [
        (
            "scale", bisect_right(_RELATIVE, x.n / middle), x.terminal, max(-1, min(2, x.unit.gap - usual)), x.prose,
            x.n >= LONG, *run, echo,
        )
        for x, run, echo in beside
    ]  # fmt: skip


_RELATIVE = (0.1, 0.25, 0.5, 0.8, 1.25, 2, 3)


def _name_scale(
    relative: int, terminal: bool, gap: int, prose: bool, long: bool, kind: str, run: int, echo: int
) -> list[str]:
    return [
        f"relative={relative}{'.' if terminal else ''}", f"gap-usual={gap}/{prose}", f"run={kind}/{run}",
        f"echo={echo}/{long}{terminal}",
    ]  # fmt: skip


def _kind(x: Look) -> str:
    if x.prose or x.unit.bullet or x.terminal:
        return "prose" if x.prose else "bullet" if x.unit.bullet else "sentence"
    return "word" if x.n <= 4 else "line" if x.n < LONG else "long"


_LISTED = frozenset(["bullet", "word", "line"])


def _runs(every: Sequence[str]) -> list[tuple[str, int]]:
    """How long the list of links, or the stretch of anything else, is that each unit stands in."""
    out: list[tuple[str, int]] = []
    for _, group in groupby(every, key=_LISTED.__contains__):
        kinds = list(group)
        length = bisect_right(_RUN, len(kinds))
        out += [(kind, length) for kind in kinds]
    return out


_RUN = (2, 3, 5, 9, 17)


def _echoes(kinds: Sequence[str], title: int) -> list[int]:
    """Per unit how often its kind has been printed between the same two kinds after ``title``, three at most."""
    seen: Counter[tuple[str, ...]] = Counter()
    out = []
    for i, pattern in enumerate(zip(["", *kinds], kinds, [*kinds[1:], ""])):  # noqa: B905 - shifted
        out.append(min(seen[pattern], 3))
        seen[pattern] += i > title
    return out


_CLOSERS = frozenset({"credit-line", "signoff-line", "about-author"})


def _place(i: int, start: int, end: int) -> str:
    if start <= i < end:
        return "in"
    return f"-{bisect_right(_AWAY, start - i)}" if i < start else f"+{bisect_right(_AWAY, i - end + 1)}"


_AWAY = (1, 2, 3, 5, 9, 20)


def _place_to(title: int | None, i: int) -> str:
    if title is None:
        return "-"
    if i <= title:
        return "at" if i == title else "before"
    return "near" if i < title + 9 else "after"


def _around(
    page: Page, hits: list[Rule | None], title: int | None, shapes: Sequence[tuple[int, bool, bool]]
) -> tuple[list[Sign], list[Sign]]:
    """Where a unit stands: to the core, the title, the prose before and after it, and to what ends articles."""
    looks, (start, end) = page.looks, page.core
    core_words = page.core_words
    prose = list(accumulate((x.prose for x in looks), initial=0))
    total = max(1, sum([x.n for x in looks if x.prose]))
    seen = ends = closed = 0
    last_prose, count = -99, len(looks)
    places: list[Sign] = []
    passed: list[Sign] = []
    for i, x in enumerate(looks):
        s = shapes[i][0]
        long = s >= 6
        near = prose[min(count, i + 4)] - prose[max(0, i - 3)] - x.prose
        own = x.terms
        kin = bisect_right(_KIN, len(own & core_words) / len(own)) if len(own) >= 3 else 0
        places.append(
            ("place", _place(i, start, end), min(s, 8), x.terminal, kin, _place_to(title, i), i if i < 4 else -1)
        )
        past, since, left = (
            bisect_right(_PASSED, seen / total),
            bisect_right(_NEAR, i - last_prose),
            bisect_right(_NEAR, count - i),
        )
        passed.append(("passed", near, long, past, min(ends, 2), since, min(closed, 2), left))
        if x.prose:
            seen, last_prose = seen + x.n, i
        if seen > 0.2 * total:
            ends += x.kind in ("end", "related")
            closed += (hit := hits[i]) is not None and hit.name in _CLOSERS
    return places, passed


_KIN, _PASSED, _NEAR = (0, 0.001, 0.15, 0.3, 0.5, 0.7), (0.001, 0.2, 0.5, 0.8, 0.95, 0.9999), (2, 3, 5, 9)


def _name_place(place: str, s: int, terminal: bool, kin: int, title: str, first: int) -> list[str]:
    return [
        f"place={place}", f"place/size={place[0]}/{s}{terminal}", f"kin={kin}/{place[0]}", f"title={title}",
        f"first={first if first >= 0 else '-'}",
    ]  # fmt: skip


def _name_passed(near: int, long: bool, past: int, ends: int, since: int, closed: int, left: int) -> list[str]:
    return [
        f"near={near}/{long}", f"passed={past}", f"ends={ends}/{long}", f"since={since}/{long}",
        f"closed={closed}/{long}", f"left={left}/{long}",
    ]  # fmt: skip


def _topic(page: Page, hits: list[Rule | None], title: int | None) -> list[Sign]:
    """Whether a unit is on the subject of the title and of what follows it, or another article has begun since."""
    looks, first = page.looks, page.core[0] if title is None else title
    opening = [x for x in looks[first + 1 :] if x.prose][:ANCHOR]
    anchor = looks[first].terms.union(*(x.terms for x in opening)) if looks else frozenset()
    prior: set[str] = set()
    heads = seen = short = 0
    out: list[Sign] = []
    for i, x in enumerate(looks):
        own = x.terms
        share = before = -1
        if len(own) >= 3:
            share = bisect_right(_ANCHORED, len(own & anchor) / len(own))
            before = bisect_right(_PRIOR, len(own & prior) / len(own)) if prior else -1
        out.append(
            ("topic", min(heads, 3), x.n >= LONG, x.terminal, bisect_right(_SHORTS, short), share, i < first, before)
        )
        if x.prose:
            short = 0
            if i >= first:
                seen += 1
                prior |= own
        elif x.n < LONG and not x.terminal:
            short += 1
        heads += seen >= 3 and (hit := hits[i]) is not None and hit.name in ("byline", "timestamp")
    return out


_ANCHORED, _PRIOR = (0.001, 0.08, 0.16, 0.3, 0.5), (0.001, 0.1, 0.2, 0.3, 0.45, 0.6)
_SHORTS = (1, 2, 4, 8, 16)


def _name_topic(heads: int, long: bool, terminal: bool, shorts: int, share: int, before: bool, prior: int) -> list[str]:
    out = [f"heads={heads}/{long}/{terminal}", f"shorts={shorts}/{long}{terminal}"]
    if share >= 0:
        out.append(f"anchor={share}/{long}/{'before' if before else 'after'}")
    return out + [f"prior={prior}/{long}"] * (prior >= 0)


_NAMES: dict[Step, Callable[..., list[str]]] = {
    "form": _name_form, "kind": _name_kind, "dateline": _name_dateline,
    "letters": name_shares, "signs": name_marks, "beside": _name_beside, "scale": _name_scale,
    "place": _name_place, "passed": _name_passed, "topic": _name_topic,
}  # fmt: skip
