"""The words that the site puts on things: how firmly, by which voice, when. One place, so that all pages agree."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.model import AlteredQuote, Difference, Mention, QuoteKind, Reuse, Source, SourceKind, Status
from generator.summarizer.differences import NO_DAY

UNDATED = "undated"
UNKNOWN_OUTLET = "outlet unknown"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Firmness:
    """How firmly a mention puts its claim: ``key`` chooses the sign, ``word`` says it."""

    key: str
    word: str


@dataclass(frozen=True, slots=True)
class When:
    """A time as printed on the site; ``iso`` is ``None`` where it is not known."""

    iso: str | None
    label: str


_BY_STATUS = {
    Status.DENIED: Firmness("denied", "denied"),
    Status.NO_COMMENT: Firmness("nocomment", "no comment"),
    Status.POSSIBLE: Firmness("hedged", "possible"),
    Status.EXPECTED: Firmness("hedged", "expected"),
    Status.APPEARS: Firmness("hedged", "apparent"),
    Status.CONFIRMED: Firmness("confirmed", "confirmed"),
}
_REPORTED = Firmness("reported", "reported")
_QUOTED = Firmness("quoted", "quoted")
_STATED = Firmness("stated", "stated")
ABSENT = Firmness("absent", "absent")

# In the order of the legend, firmest first, with what each means.
LEGEND = (
    (_BY_STATUS[Status.CONFIRMED], "a source confirms it"),
    (_STATED, "the outlet says it in its own voice"),
    (_QUOTED, "in a source’s own words"),
    (_REPORTED, "attributed to a source"),
    (Firmness("hedged", "hedged"), "possible, expected or apparent"),
    (_BY_STATUS[Status.NO_COMMENT], "a source was asked and said nothing"),
    (_BY_STATUS[Status.DENIED], "a source denies it"),
    (ABSENT, "the outlet does not have it"),
)


def firmness(mention: Mention) -> Firmness:
    """Denials and hedges come before the form of the quotation: they matter more to what is said."""
    if mention.status in _BY_STATUS:
        return _BY_STATUS[mention.status]
    if mention.hedge:
        return Firmness("hedged", "hedged")
    if mention.quote in (QuoteKind.DIRECT, QuoteKind.MIXED):
        return _QUOTED
    return _REPORTED if mention.chain or mention.status is Status.REPORTED else _STATED


STATUS_WORDS = {
    Status.DENIED: "denied",
    Status.NO_COMMENT: "no comment",
    Status.POSSIBLE: "possible",
    Status.EXPECTED: "expected",
    Status.REPORTED: "reported",
    Status.APPEARS: "apparent",
    Status.CONFIRMED: "confirmed",
    Status.HAPPENED: "stated as fact",
}

ASPECT_WORDS = {
    "number": "the number",
    "date": "the date",
    "place": "the place",
    "hedge": "how sure they are",
    "attribution": "who said it",
    "sources": "who said it",
    "polarity": "whether it is so",
    "stance": "how it was said",
    "wording": "the wording",
}

# What is said differently; the other aspects are merely told differently.
_SUBSTANCE = ("number", "date", "place", "polarity", "stance")


def in_substance(difference: Difference) -> bool:
    """Whether the outlets contradict each other there; one that gives no day contradicts nobody."""
    return difference.aspect in _SUBSTANCE and sum(v.value != NO_DAY for v in difference.values) > 1


KIND_WORDS = {
    SourceKind.PERSON: "person",
    SourceKind.OFFICE: "office",
    SourceKind.ORGANISATION: "organisation",
    SourceKind.AGENCY: "news agency",
    SourceKind.OUTLET: "outlet",
    SourceKind.GROUP: "group",
    SourceKind.DOCUMENT: "document",
    SourceKind.ANONYMOUS: "unnamed",
    SourceKind.UNKNOWN: "kind unknown",
}

ROLE_WORDS = {"chrome": "page furniture", "related": "links to other articles", "bio": "about the author"}
LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian",
    "lv": "Latvian", "nb": "Norwegian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sr": "Serbian", "sv": "Swedish", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
_EVIDENCE = {"printed": "as printed", "text": "inferred from the text", "h1": "the page’s heading"}
_PLACE = re.compile(r"(\S+\.toml):(\d+)")


def evidence(where: str | None) -> str | None:
    """Where a fact about an article was found, for people: "coverage.toml, line 6"."""
    if where is None:
        return None
    place = _PLACE.fullmatch(where)
    return f"{place[1]}, line {place[2]}" if place else _EVIDENCE.get(where, where)


def language(code: str) -> str:
    return LANGUAGES.get(code.split("-")[0].lower(), code)


def aspect(name: str) -> str:
    return ASPECT_WORDS.get(name, name)


def voice(source: Source) -> str:
    """A source as the site names it; one without a printed name is called what it is."""
    return source.name or ("an unnamed source" if source.kind is SourceKind.ANONYMOUS else "an unknown source")


def citing(mention: Mention) -> str | None:
    """Whom a mention leans on: the voice nearest the claim."""
    return voice(mention.chain[0]) if mention.chain else None


def when(iso: str | None) -> When:
    """An ISO time in words (11 September 2023, 08:30); what can't be read as one is shown as it stands."""
    if not iso:
        return When(None, UNDATED)
    date, _, time = iso.partition("T")
    pieces = date.split("-")
    try:
        year, month, day = int(pieces[0]), int(pieces[1]), int(pieces[2])
        label = f"{day} {MONTHS[month - 1]} {year:04d}"
    except (ValueError, IndexError):
        return When(None, iso)
    clock = time[:5]
    return When(iso, f"{label}, {clock}" if len(clock) == 5 and clock != "00:00" else label)


def span_of_days(times: list[str]) -> str:
    """The first and last day of ISO ``times``: "11–13 September 2023"."""
    days = sorted({t[:10] for t in times})
    if not days:
        return UNDATED
    first, last = when(days[0]).label.split(" "), when(days[-1]).label.split(" ")
    if first == last or len(first) != 3 or len(last) != 3:
        return " ".join(first)
    same = next((n for n in (1, 2) if first[n:] == last[n:]), 3)
    return f"{' '.join(first[:same])}–{' '.join(last)}" if same == 1 else f"{' '.join(first[:same])} – {' '.join(last)}"


def count(number: int, one: str, many: str | None = None) -> str:
    """1 article, 2 articles, no articles."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def listed(names: list[str]) -> str:
    """a; a and b; a, b and c."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def percent(share: float) -> str:
    """A share in [0, 1]; never rounded up to all or down to nothing."""
    value = round(share * 100)
    if value == 100 and share < 1:
        return "99%"
    return "under 1%" if value == 0 and share > 0 else f"{value}%"


def direction(reuse: Reuse) -> str:
    """What tells who had the words first."""
    known = {
        "credit": "the copy credits it",
        "date": "the copy was published later",
        "longer": "the copy is the shorter of the two",
    }
    return known.get(reuse.direction, "which came first is open" if reuse.direction == "open" else reuse.direction)


def alteration(quote: AlteredQuote) -> str:
    return "shortened" if quote.kind == "cut" else "reworded"
