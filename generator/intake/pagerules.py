"""Page rules: what trafilatura chose, mended by what the page's markup tells.

Each rule takes the page and a choice (one truth value a line) and gives a new choice. They are applied in order of
:data:`RULES`; what they know is how pages are built, never one site.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from generator.intake.pagelines import HEADINGS, PageLine
from generator.intake.pageview import Choice, PageView
from generator.intake.pagewords import farewell, pointers
from generator.text import squeeze

_VEIL = re.compile(r"hidden|hideable|fade|truncat|blur|premium|locked|gated|paywall")
FOREIGN_SHARE = (
    0.3  # a container is taken for foreign to the article where less than this share of its words lies in it
)

_BODY = re.compile(
    r"article-?_?_?body|story-?_?_?body|post-?text|post-?content|entry-?content|body-?text|article-?text"
)


def like_the_text(page: PageView, chosen: Choice) -> Choice:
    """Paragraphs that are built just as the article's own are its own: those that a paywall hides, or that a name kept
    out.
    """
    own: Counter[tuple[str, str]] = Counter()
    for i, c in enumerate(chosen):
        if c and page.prose(i):
            own[page.kinds[i]] += 1
    if not own:
        return chosen
    missed: Counter[tuple[str, str]] = Counter(
        page.kinds[i] for i, c in enumerate(chosen) if not c and page.prose(i) and page.kinds[i] in own
    )
    kinds = {k for k, n in own.items() if k[1] and n >= 2 and missed[k] <= 3 * n}
    veiled = {k for k in own if _BODY.search(k[1])}
    names = {k[1] for k in kinds | veiled if k[1]}
    last = max(i for i, c in enumerate(chosen) if c)
    first = chosen.index(True)
    seen = {squeeze(page.lines[i].text) for i, c in enumerate(chosen) if c}
    out = list(chosen)
    for i, line in enumerate(page.lines):
        if out[i] or "aside" in line.regions or line.link_share >= 0.5 or squeeze(line.text) in seen:
            continue
        if is_caption(line):
            continue
        inner = first < i < last and (line.tag == "li" or line.tag in HEADINGS) and page.kinds[i][1] in names
        unveiled = page.kinds[i] in veiled and (line.hidden or _VEIL.search(line.names) is not None)
        if inner or unveiled or (page.kinds[i] in kinds and page.lengths[i] >= 5):
            out[i] = True
            seen.add(squeeze(line.text))
    return out


_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:img|image|photo|wp|media|pic|picture|figure|foto|bild|slide)?[-_]?caption"
    r"(?:[-_]?(?:text|wrap(?:per)?|inner|body|content))?(?:\s|$)"
    r"|(?:^|[\s_-])(?:img|image|photo|picture)[-_](?:desc(?:ription)?|credits?)(?:\s|$)"
)


def is_caption(line: PageLine) -> bool:
    """Whether a line is a picture's caption by its element, or by the name of one right around it."""
    return line.tag == "figcaption" or "figure" in line.regions or _CAPTION.search(line.names[-100:]) is not None


def captions(page: PageView, chosen: Choice) -> Choice:
    """Lines that a name right around them calls a caption."""
    apart = page.apart(chosen)
    return [c and not _CAPTION.search(apart(i)[-100:]) for i, c in enumerate(chosen)]


def gaps(page: PageView, chosen: Choice) -> Choice:
    """A heading right between two chosen lines, and a line right between two chosen ones that are built like it."""
    out = list(chosen)
    apart = page.apart(chosen)
    for i in range(1, len(chosen) - 1):
        line = page.lines[i]
        if chosen[i] or not (chosen[i - 1] and chosen[i + 1]) or line.link_share >= 0.5 or is_caption(line):
            continue
        alike = page.kinds[i - 1] == page.kinds[i] == page.kinds[i + 1] and bool(page.kinds[i][1])
        headed = line.tag in HEADINGS and page.prose(i + 1) and page.prose(i - 1)
        out[i] = (alike and page.lengths[i] >= 3) or (headed and not _FOREIGN.search(apart(i)))
    return out


BLOB = 150  # words: a line this long may be the whole text over again


def doubled(page: PageView, chosen: Choice) -> Choice:
    """A long line that only says again what other lines say, as pages hold that print their text twice."""
    out = list(chosen)
    for i, c in enumerate(chosen):
        if c and page.lengths[i] >= BLOB:
            own = _runs(page.lines[i].text)
            others = set().union(*(_runs(page.lines[j].text) for j, d in enumerate(out) if d and j != i))
            out[i] = len(own & others) < 0.6 * len(own)
    return out


def _runs(text: str) -> set[tuple[str, ...]]:
    tokens = text.split()
    return {tuple(tokens[i : i + 4]) for i in range(len(tokens) - 3)}


_FOREIGN = re.compile(
    r"related|recommend|promo(?!te)|newsletter|sign-?up|subscri(?:be|ption)|affiliate|disclaimer|fact-?box|info-?box|infokasten|access-wall|paywall|byline|author[-_]?(?:bio|box|info|card)|"
    r"about-?author|share|social|twitter-tweet|instagram-media|tiktok-embed|bluesky-embed|fb-post|sponsor|advert|teaser|more-on|read-?more|most-?read|popular|\bpoll\b|comment|cookie|consent|"
    r"\btags?\b|tag-list|breadcrumb|display-?date|timestamp|pubdate|ai-?summary|aicontent|image-caption|img-caption|photo-caption|caption-text|media-caption|credit|copyright|trending|see-also|"
    r"also-read|further-reading|slideshow|gallery|carousel|survey|donat|callout|report(?:er)?r-?box|correction-form|feedback|error-report|hidden-print|screen-reader|sr-only|visually-?hidden|wp-caption|modal|lightbox|line-clamp|grade-c|popup|pop-up|disclosure|interstitial|bookmark|registration-wall|"
    r"recirc|boilerplate|source-?origin|toc-(?:block|list)|table-of-contents|post-?card|link-to-sharing|accessibility-|"
    r"article-?date|date-?time|publish(?:ed)?-?date|article__date|__date\b|unsupported|browser-|breadcrumbs?-|noscript"
)


def foreign_containers(page: PageView, chosen: Choice) -> Choice:
    """Lines in a container that its name gives away as something else, unless it holds much of what was chosen."""
    total = sum(n for n, c in zip(page.lengths, chosen, strict=True) if c)
    held: Counter[str] = Counter()
    marks: dict[int, set[str]] = {}
    for i, c in enumerate(chosen):
        if c:
            marks[i] = {m[0] for m in _FOREIGN.finditer(" ".join(page.tokens[page.lines[i].names]))}
            held.update(dict.fromkeys(marks[i], page.lengths[i]))
    out = list(chosen)
    opened = False
    for i, found in marks.items():
        # The first paragraphs of a text stand in what is called a teaser where the rest is for subscribers.
        counting = found if opened or not page.prose(i) else found - {"teaser"}
        if any(held[m] < FOREIGN_SHARE * total for m in counting):
            out[i] = False
        elif "teaser" not in found:
            opened = opened or page.prose(i)
    return out


def link_lists(page: PageView, chosen: Choice) -> Choice:
    """Lists whose items are mostly links lead elsewhere."""
    lists: dict[int, list[int]] = defaultdict(list)
    for i, c in enumerate(chosen):
        if c and page.lines[i].tag in ("li", "dd", "dt"):
            lists[page.lines[i].parent].append(i)
    out = list(chosen)
    for items in lists.values():
        linked = sum(page.lines[i].linked for i in items)
        if linked >= 0.5 * sum(len(page.lines[i].text) for i in items):
            for i in items:
                out[i] = False
    return out


def linked_lines(page: PageView, chosen: Choice) -> Choice:
    """A line that is all link, with at most a few words before it, and no sentence, points elsewhere."""
    return [
        c
        and not (
            x.link_share > 0.85 and page.lengths[i] >= 3 and x.tag not in HEADINGS and not _within_text(page, chosen, i)
        )
        for i, (x, c) in enumerate(zip(page.lines, chosen, strict=True))
    ]


def _within_text(page: PageView, chosen: Choice, i: int) -> bool:
    """Whether a linked line is cut out of a paragraph by a line break, or is one of the text's own cells."""
    line = page.lines[i]
    return line.tag in ("td", "th") or line.tag == "li" or (page.lengths[i] < 5 and line.tag == "div")


def standfirst(page: PageView, chosen: Choice) -> Choice:
    """The paragraph between the heading and the text: what its name or the page's own description says is the lead."""
    first = next((i for i, c in enumerate(chosen) if c and page.prose(i)), None)
    if first is None:
        return chosen
    head = max((i for i in range(first) if page.lines[i].tag == "h1"), default=None)
    out = list(chosen)
    apart = page.apart(chosen)
    for i in range(first if head is None else head + 1, first):
        line = page.lines[i]
        if out[i] or line.tag in ("figcaption", "li", "button", "h1") or "nav" in line.regions or is_caption(line):
            continue
        names = apart(i)
        if (
            6 <= page.lengths[i] <= 120
            and line.link_share < 0.4
            and (_LEAD.search(names) or described(page, line.text))
            and not _OTHER.search(names)
        ):
            out[i] = True
    return out


_LEAD = re.compile(
    r"lead(?!er|ing)|intro|standfirst|sub-?title|sub-?head|description|summary|dek\b|deck|teaser|epigraph|entradilla|chapeau|perex|sommario|lede|excerpt|abstract|vorspann|bajada|ingress"
)
_OTHER = re.compile(
    r"caption|byline|author|date|time|share|promo|related|newsletter|breadcrumb|image|photo|ai-?summary|comment|advert|carousel|slide|action-?bar|toolbar|source-?origin|sharing"
)


def described(page: PageView, text: str) -> bool:
    """Whether ``text`` is what the page gives as its description, or the beginning of one of them is the other's."""
    a, b = _key(text), _key(page.description)
    return len(b) >= 40 and len(a) >= 30 and (b[:50] in a or a[:50] in b)


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


def edges(page: PageView, chosen: Choice) -> Choice:
    """Headings with nothing of the text under them: the last lines chosen, and those before another of the same rank
    whose paragraphs were left out.
    """
    out = list(chosen)
    after = False
    for i in range(len(out) - 1, -1, -1):
        if not out[i]:
            continue
        if page.lines[i].tag in HEADINGS and not after:
            out[i] = False
        else:
            after = True
    return out


RULES: tuple[Callable[[PageView, Choice], Choice], ...] = (
    like_the_text,
    gaps,
    doubled,
    captions,
    foreign_containers,
    link_lists,
    linked_lines,
    pointers,
    standfirst,
    farewell,
    edges,
)


NOT_EXTRACTED = "not-extracted"


def mended(
    lines: Sequence[PageLine], chosen: Sequence[bool], description: str = ""
) -> tuple[list[bool], list[str | None]]:
    """The choice after every rule, in order, and for each line the name of the rule that left it out; the choice as it
    was where a rule would leave no prose.
    """
    page = PageView(lines, description)
    current = list(chosen)
    left: list[str | None] = [None if c else NOT_EXTRACTED for c in chosen]
    for rule in RULES:
        after = rule(page, current)
        if sum(page.lengths[i] for i, c in enumerate(after) if c) >= 0.4 * sum(
            page.lengths[i] for i, c in enumerate(current) if c
        ):
            left = [
                None if c else name_of(rule) if was else before
                for was, c, before in zip(current, after, left, strict=True)
            ]
            current = after
    return current, left


def name_of(rule: Callable[[PageView, Choice], Choice]) -> str:
    """What a rule is called in the list of what was set aside, and in ``rules_off``."""
    return rule.__name__.replace("_", "-")


# What a page's lines are set aside by, beside the rules of the converter.
RULE_NAMES = frozenset({NOT_EXTRACTED, "page-caption", "title-again", "author-told", *map(name_of, RULES)})
