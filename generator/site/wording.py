"""The words that the site puts on things: how firmly, by which voice, when. One place, so that all pages agree.

All of them go through :mod:`generator.site.catalogue`, also those that the summarizer hands on in English (what a
difference lies in): they are few patterns, and what fits none is shown as it is. Why it says so is told by
:mod:`generator.site.reasons`.
"""

from __future__ import annotations

import re
from datetime import date, time

from msgspec import Struct

from generator.model import CUT, Difference, Mention, QuoteKind, Source, SourceKind, Status
from generator.site import catalogue
from generator.site.catalogue import N_, _
from generator.summarizer import publishers
from generator.summarizer.differences import NO_DAY, OUTLET_ITSELF


class Firmness(Struct, frozen=True, gc=False):
    """How firmly a mention puts its claim: ``key`` chooses the sign, ``word`` says it."""

    key: str
    word: str


class When(Struct, frozen=True, gc=False):
    """A time as printed on the site; ``iso`` is ``None`` where it is not known."""

    iso: str | None
    label: str


_BY_STATUS = {
    Status.DENIED: ("denied", N_("denied")),
    Status.NO_COMMENT: ("nocomment", N_("no comment")),
    Status.POSSIBLE: ("hedged", N_("possible")),
    Status.EXPECTED: ("hedged", N_("expected")),
    Status.APPEARS: ("hedged", N_("apparent")),
    Status.CONFIRMED: ("confirmed", N_("confirmed")),
}

# In the order of the legend, firmest first, with what each means.
_LEGEND = (
    ("confirmed", N_("confirmed"), N_("a source confirms it")),
    ("stated", N_("stated"), N_("the outlet says it in its own voice")),
    ("quoted", N_("quoted"), N_("in a source’s own words")),
    ("reported", N_("reported"), N_("attributed to a source")),
    ("hedged", N_("hedged"), N_("possible, expected or apparent")),
    ("nocomment", N_("no comment"), N_("a source was asked and said nothing")),
    ("denied", N_("denied"), N_("a source denies it")),
    ("absent", N_("absent"), N_("the outlet does not have it")),
)


def legend() -> tuple[tuple[Firmness, str], ...]:
    """The signs, firmest first, with what each means."""
    return tuple((Firmness(key, _(word)), _(meaning)) for key, word, meaning in _LEGEND)


def absent() -> Firmness:
    return Firmness("absent", _("absent"))


def firmness(mention: Mention) -> Firmness:
    """Denials and hedges come before the form of the quotation: they matter more to what is said."""
    return _firmness(mention.status, bool(mention.hedge), mention.quote, bool(mention.chain))


@catalogue.in_each_language
def _firmness(status: Status, hedged: bool, quote: QuoteKind | None, attributed: bool) -> Firmness:
    if status in _BY_STATUS:
        key, word = _BY_STATUS[status]
        return Firmness(key, _(word))
    if hedged:
        return Firmness("hedged", _("hedged"))
    if quote in (QuoteKind.DIRECT, QuoteKind.MIXED):
        return Firmness("quoted", _("quoted"))
    reported = attributed or status is Status.REPORTED
    return Firmness("reported", _("reported")) if reported else Firmness("stated", _("stated"))


_SIGNED = frozenset({Status.DENIED, Status.NO_COMMENT, Status.CONFIRMED})
STEM = 5  # letters that a stance and the word it was read off have in common


def hedge(mention: Mention) -> str | None:
    """The printed words that make a mention less firm; ``None`` where its sign says as much ("denied") or its stance
    does (it "promises", as “promised” shows).
    """
    words = mention.hedge
    if not words or mention.status in _SIGNED or words[:STEM].lower() == mention.stance[:STEM]:
        return None
    return words


def looks_ahead(mention: Mention) -> bool:
    """Whether its hedge only says that the thing is to come ("will", "is due to"): that softens nothing."""
    return mention.status is Status.EXPECTED


_STATUS_WORDS = {
    Status.DENIED: N_("denied"),
    Status.NO_COMMENT: N_("no comment"),
    Status.POSSIBLE: N_("possible"),
    Status.EXPECTED: N_("expected"),
    Status.REPORTED: N_("reported"),
    Status.APPEARS: N_("apparent"),
    Status.CONFIRMED: N_("confirmed"),
    Status.HAPPENED: N_("stated as fact"),
}


def status(value: Status) -> str:
    return _(_STATUS_WORDS[value])


_STANCES = {
    "accuses": N_("accuses"), "admits": N_("admits"), "announces": N_("announces"), "asks": N_("asks"),
    "believes": N_("believes"), "claims": N_("claims"), "confirms": N_("confirms"), "declines": N_("declines"),
    "demands": N_("demands"), "denies": N_("denies"), "does not expect": N_("does not expect"),
    "does not say": N_("does not say"), "does not want": N_("does not want"), "estimates": N_("estimates"),
    "expects": N_("expects"), "finds": N_("finds"), "praises": N_("praises"), "promises": N_("promises"),
    "reports": N_("reports"), "says": N_("says"), "wants": N_("wants"), "warns": N_("warns"),
}  # fmt: skip


def stance(name: str) -> str:
    """How the source put it, in the site's language."""
    return _(_STANCES[name]) if name in _STANCES else name


_ASPECTS = {
    "number": N_("the number"),
    "date": N_("the date"),
    "place": N_("the place"),
    "hedge": N_("how sure they are"),
    "attribution": N_("who said it"),
    "sources": N_("how many said it"),
    "polarity": N_("whether it is so"),
    "stance": N_("how it was said"),
    "wording": N_("the wording"),
}

# What is said differently; the other aspects are merely told differently.
_SUBSTANCE = ("number", "date", "place", "polarity", "stance")


def aspect(name: str) -> str:
    return _(_ASPECTS[name]) if name in _ASPECTS else name


def lies_in(difference: Difference) -> str:
    """What a difference lies in; a day that some leave out is no other day."""
    days = [v.value for v in difference.values] if difference.aspect == "date" else []
    if NO_DAY in days and len(days) == 2:
        return _("whether a day is given")
    return _("how exactly the day is given") if days and difference.compatible else aspect(difference.aspect)


def parted(difference: Difference) -> str:
    """What a difference lies in, and whether only the later report is out of step with the earlier."""
    name = lies_in(difference)
    return _("%(aspect)s, as time went on", aspect=name) if difference.superseded else name


def in_substance(difference: Difference) -> bool:
    """Whether the outlets contradict each other there; one that gives no day contradicts nobody, nor does one that was
    out of date when another wrote, or that is only less exact.
    """
    if difference.superseded or difference.compatible:
        return False
    return difference.aspect in _SUBSTANCE and sum(v.value != NO_DAY for v in difference.values) > 1


_VALUES = {
    OUTLET_ITSELF: N_("the outlet itself"),
    NO_DAY: N_("no day given"),
    "said to be so": N_("said to be so"),
    **{word: word for word in _STATUS_WORDS.values()},
}
_DATED = re.compile(r"(?P<what>.+) \((?P<day>\d{4}-\d\d-\d\d)\)")
_TOLD_BY = re.compile(r"(?P<what>.+), as told by (?P<who>.+)")


def value(text: str) -> str:
    """One side of a difference: printed words as they are, ours in the site's language."""
    told = _TOLD_BY.fullmatch(text)
    if told:
        return _("%(what)s, as told by %(who)s", **told.groupdict())
    dated = _DATED.fullmatch(text)
    if dated and (on := _date(dated["day"])):
        return f"{dated['what']} ({catalogue.day(on)})"
    return _(_VALUES[text]) if text in _VALUES else text


_KINDS = {
    SourceKind.PERSON: N_("person"),
    SourceKind.OFFICE: N_("office"),
    SourceKind.ORGANISATION: N_("organisation"),
    SourceKind.AGENCY: N_("news agency"),
    SourceKind.OUTLET: N_("outlet"),
    SourceKind.GROUP: N_("group"),
    SourceKind.DOCUMENT: N_("document"),
    SourceKind.ANONYMOUS: N_("unnamed"),
    SourceKind.UNKNOWN: N_("kind unknown"),
}


def kind(value: SourceKind) -> str:
    return _(_KINDS[value])


_ROLES = {
    "chrome": N_("page furniture"),
    "related": N_("links to other articles"),
    "bio": N_("about the author"),
    "timestamp": N_("time"),
    "credit": N_("credit"),
    "dateline": N_("dateline"),
    "byline": N_("byline"),
    "caption": N_("caption"),
    "title": N_("headline"),
}


def role(name: str) -> str:
    return _(_ROLES[name]) if name in _ROLES else name


_EVIDENCE = {
    "printed": N_("as printed"),
    "printed, as an update": N_("as printed, for the last change"),
    "text": N_("inferred from the text"),
    "h1": N_("the page’s heading"),
    "dateline": N_("from the dateline"),
    "credit line": N_("from the credit line"),
    "byline line": N_("from the byline"),
    "signature under the text": N_("from the signature under the text"),
}
_PLACE = re.compile(r"(\S+\.toml):(\d+)")


def evidence(where: str | None) -> str | None:
    """Where a fact about an article was found, for people: "coverage.toml, line 6"."""
    if where is None:
        return None
    place = _PLACE.fullmatch(where)
    if place:
        return _("%(file)s, line %(line)s", file=place[1], line=place[2])
    return _(_EVIDENCE[where]) if where in _EVIDENCE else where


_SEVERAL = re.compile(r",| and ")
_FORMS = {
    QuoteKind.DIRECT: N_("in the source’s words"),
    QuoteKind.MIXED: N_("partly in the source’s words"),
    QuoteKind.INDIRECT: N_("in the outlet’s words"),
}


def form(quote: QuoteKind) -> str:
    """Whether the words are the source's or the outlet's."""
    return _(_FORMS[quote])


def standing(source: Source) -> str:
    """What a source is called where no sentence of one article is shown: an outlet or agency by its name alone, others
    as they are printed first.
    """
    media = source.kind in (SourceKind.AGENCY, SourceKind.OUTLET) and not _SEVERAL.search(source.name)
    return (publishers.named(source.name) if media else None) or voice(source)


def voice(source: Source) -> str:
    """A source as the site names it; one without a printed name is called what it is."""
    return source.name or (_("an unnamed source") if source.kind is SourceKind.ANONYMOUS else _("an unknown source"))


def withheld(mention: Mention, outlet: str) -> str:
    """What stands for a mention whose words may not be shown: who says it, and where."""
    if mention.chain:
        return _("%(voice)s, in %(outlet)s: %(cut)s", voice=voice(mention.chain[0]), outlet=outlet, cut=CUT)
    return _("%(outlet)s: %(cut)s", outlet=outlet, cut=CUT)


def citing(mention: Mention) -> str | None:
    """Whom a mention leans on: the voice nearest the claim."""
    return voice(mention.chain[0]) if mention.chain else None


# --- times ------------------------------------------------------------------------------------------------------------


@catalogue.in_each_language
def when(iso: str | None) -> When:
    """An ISO time in words (11 September 2023, 08:30); what can't be read as one is shown as it stands."""
    if not iso:
        return When(None, _("undated"))
    on = _date(iso)
    if on is None:
        return When(None, iso)
    at = _time(iso)
    label = catalogue.day(on)
    return When(iso, _("%(day)s, %(clock)s", day=label, clock=catalogue.clock(at)) if at else label)


def _date(iso: str) -> date | None:
    on = iso.partition("T")[0]
    try:
        return date.fromisoformat(on) if len(on) == 10 else None
    except ValueError:
        return None


def _time(iso: str) -> time | None:
    """The hour and minute; midnight is what a date without a time is stored as."""
    try:
        at = time.fromisoformat(iso.partition("T")[2][:5])
    except ValueError:
        return None
    return at if at != time(0, 0) else None


def hour(iso: str) -> str | None:
    """Only the time of day, where there is one."""
    at = _time(iso)
    return catalogue.clock(at) if at else None


def short_day(iso: str) -> str | None:
    """The day and month in few letters, for drawings: "11 Sept"."""
    on = _date(iso)
    return catalogue.short_day(on) if on else None


def span_of_days(times: list[str]) -> str:
    """The first and last day of ISO ``times``: "11–13 September 2023"."""
    known = sorted(d for d in map(_date, times) if d)
    return catalogue.days(known[0], known[-1]) if known else _("undated")
