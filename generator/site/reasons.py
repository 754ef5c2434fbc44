"""Why the site says what it says of copies, origins, joins and gaps: the words for what the summarizer found."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.model import AlteredQuote, Reuse
from generator.site import catalogue
from generator.site.catalogue import N_, _, listed
from generator.summarizer.silence import Silence

_DIRECTIONS = {
    "credit": N_("the copy credits it"),
    "date": N_("the copy was published later"),
    "longer": N_("the copy is the shorter of the two"),
    "open": N_("which came first is open"),
}


def direction(reuse: Reuse) -> str:
    """What tells who had the words first."""
    return _(_DIRECTIONS[reuse.direction]) if reuse.direction in _DIRECTIONS else reuse.direction


def alteration(quote: AlteredQuote) -> str:
    return _("shortened") if quote.kind == "cut" else _("reworded")


_UNCREDITED = r"(?P<silent>, no credit in this file)?"
_REASONS = tuple(
    (re.compile(pattern), message)
    for pattern, message in (
        (rf"(?P<who>.+): text shared word for word with (?P<whom>.+) \((?P<share>\d+) %\){_UNCREDITED}",
         N_("%(share)s of the text of %(who)s is that of %(whom)s, word for word")),
        (rf"(?P<who>.+): text shared almost word for word with (?P<whom>.+) \((?P<share>\d+) %\){_UNCREDITED}",
         N_("%(share)s of the text of %(who)s is that of %(whom)s, with small changes")),
        (rf"(?P<who>.+?) prints it in a passage shared with (?P<whom>.+?){_UNCREDITED}",
         N_("%(who)s prints it in a passage that it shares with %(whom)s")),
        (r"(?:both|all) relay (?P<whom>.+?): (?P<many>.+)", N_("%(many)s relay %(whom)s")),
        (r"(?P<who>.+?) relays (?P<whom>.+)", N_("%(who)s relays %(whom)s")),
        (r"(?P<who>.+?) credits (?P<whom>.+)", N_("%(who)s credits %(whom)s")),
        (r"(?P<many>.+?) credit (?P<whom>.+)", N_("%(many)s credit %(whom)s")),
        (r"(?P<many>.+) belong to (?P<whom>.+)", N_("%(many)s belong to %(whom)s")),
        (r"(?P<n>\d+) articles are by (?P<whom>.+)", N_("%(n)s articles are by %(whom)s")),
        (r"(?P<n>\d+) more pairs of articles share most of a text",
         N_("%(n)s more pairs of articles share most of a text")),
        (r"and (?P<n>\d+) more", N_("and %(n)s more")),
    )
)  # fmt: skip
_SAME = {
    "the same quotation": N_("the same quotation"), "the same figure": N_("the same figure"),
    "nearly the same words": N_("nearly the same words"), "alike in meaning": N_("alike in meaning"),
    "the same subject": N_("the same subject"), "the same event": N_("the same event"),
    "the same names": N_("the same names"), "one says what the other says": N_("one says what the other says"),
    "the same day": N_("the same day"), "the same source": N_("the same source"),
    "each the other's nearest": N_("each is the nearest to the other"),
}  # fmt: skip


@catalogue.in_each_language
def reason(text: str) -> str:
    """Why two things were taken to hang together, as the summarizer says it, in the site's language."""
    if text in _SAME:
        return _(_SAME[text])
    for pattern, message in _REASONS:
        found = pattern.fullmatch(text)
        if found:
            parts = {k: v for k, v in found.groupdict().items() if v is not None}
            if "share" in parts:
                parts["share"] = catalogue.percent(int(parts["share"]) / 100)
            if "many" in parts:
                parts["many"] = listed(re.split(r", | and ", parts["many"]))
            said = _(message, **parts)
            return _("%(reason)s; no credit in this file", reason=said) if parts.pop("silent", None) else said
    return text


def reasons(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(reason(t) for t in texts)


_SILENCES = {
    Silence.EARLIER: N_("published earlier"),
    Silence.CUT_SHORT: N_("its text is cut short"),
    Silence.LEFT_OUT: N_("left out"),
    Silence.UNDATED: N_("undated"),
}


def silence(why: Silence) -> str:
    """Why an outlet lacks a claim."""
    return _(_SILENCES[why])


def method(name: str, what: str) -> str:
    """How a digest was made, one part at work."""
    if name != "embeddings":
        return f"{name}: {what}"
    if what == "none":
        return _("wordings were compared by their words alone")
    return _("likeness of meaning was measured with %(model)s", model=what)
