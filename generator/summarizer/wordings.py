"""Which of a claim's wordings stands best by itself and says best what the others say: to call it by, to tell it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import islice

from generator.model import Difference, Mention

SHORT = 6  # words: a sentence of fewer that says "it" tells nothing by itself
READABLE = 18  # words
STANDS = 0.1  # what a step of standing alone is worth beside saying what the others say
BACK = 0.2  # what a wording loses that looks back
FRAME = 0.3  # what it would lose that says nothing but who said so
MANY = 3  # articles
WORDINGS = 60  # other wordings that each is held against
# What leans on the sentence before: a connective, or a subject that only was named there.
_LEANS = re.compile(
    r"(?:and|but|or|so|yet|nor|because|which|who|that|this|these|those(?! who| living| still| in| with)|"
    r"such|it|he|she|they|we|i|his|her|their|its|there|here|then|also|however|meanwhile|instead|still|thus|others?|another|both|neither|either|"
    r"one of (?:the|them)|the (?:latter|former|same)|asked|in return|in turn|according to (?:him|her|them|it))\b",
    re.IGNORECASE,
)
# Somebody is spoken of before any word says who: "Local media named him as Jan Moll".
_UNTOLD = re.compile(r"\W*[\w’'-]+(?: [a-z][\w’'-]*){0,3} (?:him|them)\b")
_LEADS_ON = re.compile(r"\W*(?:where|when|while|as|whom|whose)\b", re.IGNORECASE)
# What points at something told before: "In a display of those ties", "denied these claims"; not "those who".
_POINTS = re.compile(
    r"\b(?:these|those)\b(?!\s+(?:who|of|with|in|that|which|whose|at|from|on|already|still|being)\b)"
    r"(?!\s+\w+(?:ed|ing) (?:in|by|at|to|on|from|with|under|the)\b)|"
    r"\b(?:the|\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten) others\b|"
    r"^(?:in|at|on|amid|after|with|for|during|by|under) (?:\w+ ){0,5}(?:this|that|such) "
    r"(?!year|month|week|morning|afternoon|evening|time|summer|winter|spring|autumn)\w+,",
    re.IGNORECASE,
)
# What is said to a reader, or answers somebody.
_ASIDE = re.compile(
    r"\b(?:by the way|of course|after all|as I|I am|I was|I have|you|your|readers?|stands? by|this newspaper|our)\b|"
    r"\?$",
    re.IGNORECASE,
)
_BACK = re.compile(r"\b(?:previously|formerly|in the past|last time|once again|already|earlier)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\b(?:it|so|that|this|them|did|do)\b", re.IGNORECASE)


def best(mentions: Sequence[Mention], foreign: Collection[str] = (), differences: Sequence[Difference] = ()) -> Mention:
    """The wording that a claim is called by: no clause that leads on from another, one that stands by itself, says what
    the others say, and is of a readable length. Wordings of ``foreign`` articles, in another language than most, come
    last, and those that by the claim's ``differences`` are alone with their figure.
    """
    typical = typicality(mentions)
    odd = outvoted(mentions, differences)
    return min(mentions, key=lambda m: (m.article in foreign or m.id in odd, _plainness(m, typical[m.id])))


def outvoted(mentions: Sequence[Mention], differences: Sequence[Difference]) -> frozenset[str]:
    """The mentions of an article that is alone with its figure where :data:`MANY` others have another."""
    article = {m.id: m.article for m in mentions}
    sides = [v.mentions for d in differences if d.aspect == "number" for v in d.values]
    counts = [len({article.get(m) for m in side}) for side in sides]
    return frozenset(m for side, n in zip(sides, counts, strict=True) if n == 1 and max(counts) >= MANY for m in side)


def _plainness(mention: Mention, typical: float) -> tuple[bool, bool, int, float, bool, int, str]:
    leads_on = not _is_whole(mention.text) and (_leans(mention.text) or _LEADS_ON.match(mention.text) is not None)
    length = abs(len(mention.text.split()) - READABLE)
    aside = mention.passing or not _begins(mention.text)
    alone = independence(mention)
    fit = round(fitness(mention, typical), 1)
    return (leads_on, aside, -min(alone, 3), -fit, not mention.subjects, length, mention.id)


def fitness(mention: Mention, typical: float) -> float:
    """How well a wording says what the others of its claim say (``typical``), and stands alone; less, if it tells it
    as something of the past, on the way to something else, or is for a great part about who said so.
    """
    claimed = len(mention.core.split()) / max(1, len(mention.text.split())) if mention.core else 1.0
    back = BACK if _BACK.search(mention.text) else 0.0
    return typical + STANDS * independence(mention) - back - FRAME * (1 - min(1.0, claimed))


def independence(mention: Mention) -> int:
    """How well a wording stands by itself: 4 for a whole sentence that names what it is about, 3 for the beginning of
    one that does, 2 for one that doesn't lead on from another, 1 for another beginning or a quotation, 0 for what needs
    the words before it.
    """
    text = mention.text.strip()
    short = len(text.split()) < SHORT
    if _UNTOLD.match(text):
        return 0
    if not _begins(text) or _leans(text) or _POINTS.search(text) or _ASIDE.search(text) or _torn(text):
        return 0
    named = bool(mention.subjects and mention.names)
    if not _is_whole(text) or not text[0].isalnum():
        return 0 if short else 3 if named and text[0].isalnum() else 1
    if short and _POINTS_BACK.search(text):
        return 0
    return 4 if named else 2


def typicality(mentions: Sequence[Mention]) -> dict[str, float]:
    """Per mention how much of its words other articles' wordings share, in [0, 1]: what only one says in its own way
    has 0. Equal wordings are compared once.
    """
    said = {m.id: frozenset((*m.terms, *m.names)) for m in mentions}
    held: dict[frozenset[str], Counter[str]] = {}
    for mention in mentions:
        held.setdefault(said[mention.id], Counter())[mention.article] += 1
    most = dict(islice(held.items(), WORDINGS))
    shared = {own: {other: len(own & other) / max(1, len(own | other)) for other in most} for own in held}
    made = {}
    for mention in mentions:
        pairs = [(like, most[w].total() - most[w][mention.article]) for w, like in shared[said[mention.id]].items()]
        made[mention.id] = sum(like * n for like, n in pairs) / max(1, sum(n for _, n in pairs))
    return made


def _leans(text: str) -> bool:
    return _LEANS.match(text.lstrip("\"“”'‘’ ")) is not None


def _begins(text: str) -> bool:
    """Whether it begins as a sentence does, a quotation mark or not before it."""
    first = next((c for c in text if c.isalnum()), "")
    return first.isupper() or first.isdigit()


def _is_whole(text: str) -> bool:
    return _begins(text) and text.rstrip("”’\"') ")[-1:] in (".", "!", "?")


def _torn(text: str) -> bool:
    """Whether a quotation begins or ends outside."""
    return text.count('"') % 2 == 1 or text.count("“") != text.count("”")
