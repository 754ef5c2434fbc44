"""The interface's words in the site's language: GNU gettext catalogues (``theme/locale/<language>.po``), read by Babel.

English stands in the code itself, so it needs no file. A language is chosen for the length of a build with
:func:`speaking`; the pages' words, dates, numbers and lists then come out in it. It is the one thing here that isn't an
argument: some two hundred small functions say a word each, and none of them decides by the language.
Values are named, ``%(name)s``, since another language may want them in another order.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache, wraps
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any, TypeVar

from markupsafe import Markup

from generator.errors import UsageError

F = TypeVar("F", bound=Callable[..., Any])
ENGLISH = "en"
# What plain "en" means for dates: the day before the month, as everywhere but in the United States ("en-US").
_WRITTEN = {"en": "en_GB"}
_PLURAL = re.compile(r"plural=(.+?);?$")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One language: its gettext catalogue, the name under which Babel knows how it writes dates and numbers, and which
    plural form a number ``n`` takes, as a C expression.
    """

    language: str
    locale: str
    words: GNUTranslations | NullTranslations
    plural: str = "n != 1"
    texts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    said: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    known: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)


_IN_CODE = Catalogue("en", "en_GB", NullTranslations())
_active: ContextVar[Catalogue] = ContextVar("catalogue", default=_IN_CODE)


@lru_cache(maxsize=16)
def catalogue(language: str, folder: Path) -> Catalogue:
    """The catalogue of ``language`` ("de", "pt-BR") in ``folder``. Raises UsageError where there is none."""
    from babel import Locale, UnknownLocaleError

    code = language.replace("-", "_")
    try:
        locale = str(Locale.parse(_WRITTEN.get(code, code)))
    except (UnknownLocaleError, ValueError) as error:
        raise UsageError(
            f"language = {language!r} is no language that is known: write it as in 'de' or 'en-US'"
        ) from error
    for name in (code, code.partition("_")[0]):
        if (folder / f"{name}.po").is_file():
            return _read(folder / f"{name}.po", language, locale)
    if code.partition("_")[0] == ENGLISH:
        return Catalogue(language, locale, NullTranslations())
    known = ", ".join(sorted({ENGLISH, *(p.stem for p in folder.glob("*.po"))}))
    raise UsageError(f"the interface has no catalogue for language = {language!r}; there are {known}")


def _read(path: Path, language: str, locale: str) -> Catalogue:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with path.open("rb") as file:
        read = read_po(file, locale=locale)
    write_mo(compiled, read)
    texts = {m.id if isinstance(m.id, str) else m.id[0]: m.string for m in read if m.id and m.string}
    told = tuple((k, (v,) if isinstance(v, str) else tuple(v)) for k, v in sorted(texts.items()))
    return Catalogue(language, locale, GNUTranslations(io.BytesIO(compiled.getvalue())), read.plural_expr, told)


@contextmanager
def speaking(chosen: Catalogue) -> Iterator[None]:
    """Everything said inside is said in this language."""
    before = _active.set(chosen)
    try:
        yield
    finally:
        _active.reset(before)


def spoken() -> Catalogue:
    return _active.get()


def in_each_language(function: F) -> F:
    """Keeps what a function of plain values gives, for each language apart."""

    @wraps(function)
    def call(*values: Any) -> Any:
        known = _active.get().known
        kept = known.get(function)
        if kept is None:
            kept = known[function] = lru_cache(maxsize=1 << 13)(function)
        return kept(*values)

    return call  # type: ignore[return-value]


# --- words ------------------------------------------------------------------------------------------------------------


def _(message: str, /, **values: object) -> str:
    """``message`` in the site's language, with its values put in."""
    spoken = _active.get()
    said = spoken.said.get(message)
    if said is None:
        said = spoken.said[message] = spoken.words.gettext(message)
    return said % values if values else said


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """The form that number ``n`` takes; ``%(n)s`` is the number as the language writes it."""
    return _active.get().words.ngettext(one, many, n) % {"n": number(n), **values}


def N_(message: str, /) -> str:
    """Marks a message that is said later."""
    return message


def markup(message: str, /, **values: object) -> Markup:
    """:func:`_` for templates: what is put in is escaped unless it is markup already."""
    said = Markup(_(message))  # noqa: S704 (our own catalogue)
    return said % values if values else said


def nmarkup(one: str, many: str, n: int, /, **values: object) -> Markup:
    """:func:`ngettext` for templates."""
    return _counted(one, many, n) if not values else _forms(one, many, n) % {"n": number(n), **values}


def _forms(one: str, many: str, n: int) -> Markup:
    return Markup(_active.get().words.ngettext(one, many, n))  # noqa: S704 (our own catalogue)


@in_each_language
def _counted(one: str, many: str, n: int) -> Markup:
    return _forms(one, many, n) % {"n": number(n)}


# --- numbers, lists, days ---------------------------------------------------------------------------------------------


def number(value: int) -> str:
    from babel.numbers import format_decimal

    return str(value) if 0 <= value < 1000 else format_decimal(value, locale=_active.get().locale)


def percent(share: float) -> str:
    """A share in [0, 1]; never rounded up to all or down to nothing."""
    value = round(share * 100)
    if value == 0 and share > 0:
        return _("under %(share)s", share=_percent(1, _active.get().locale))
    return _percent(99 if value == 100 and share < 1 else value, _active.get().locale)


@lru_cache(maxsize=1 << 10)
def _percent(value: int, locale: str) -> str:
    from babel.numbers import format_percent

    return format_percent(value / 100, locale=locale)


def listed(names: Sequence[str]) -> str:
    """a; a and b; a, b and c."""
    return _listed(tuple(names), _active.get().locale) if len(names) > 1 else "".join(names)


@lru_cache(maxsize=1 << 12)
def _listed(names: tuple[str, ...], locale: str) -> str:
    from babel.lists import format_list

    return str(format_list(list(names), locale=locale))


def day(value: date) -> str:
    return _day(value, _active.get().locale)


@lru_cache(maxsize=1 << 12)
def _day(value: date, locale: str) -> str:
    from babel.dates import format_date

    return format_date(value, "long", locale)


def short_day(value: date) -> str:
    return _short_day(value, _active.get().locale)


@lru_cache(maxsize=1 << 12)
def _short_day(value: date, locale: str) -> str:
    from babel.dates import format_skeleton

    return str(format_skeleton("MMMd", value, locale=locale))


def clock(value: time) -> str:
    return _clock(value, _active.get().locale)


@lru_cache(maxsize=1 << 11)
def _clock(value: time, locale: str) -> str:
    from babel.dates import format_time

    return str(format_time(value, "short", locale=locale))


def days(first: date, last: date) -> str:
    """The days from one to another; what they have in common is written once: 11–13 September 2023."""
    from babel import Locale

    locale = Locale.parse(_active.get().locale)
    if first == last:
        return day(first)
    differing = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    parts = locale.interval_formats.get("yMMMd", {}).get(differing)
    if not parts:
        return f"{day(first)} – {day(last)}"
    from babel.dates import format_date

    whole = [part.replace("MMM", "MMMM") for part in parts]
    return "".join(format_date(at, part, locale) for at, part in zip((first, last), whole, strict=False))


def country_name(code: str) -> str:
    """What the country of an ISO 3166-1 code is called: "South Korea"; its code where that is not known."""
    from babel import Locale

    return Locale.parse(_active.get().locale).territories.get(code.upper()) or code


def language_name(code: str) -> str:
    """What a language is called: "German"; its code where that is not known."""
    from babel import Locale

    name = Locale.parse(_active.get().locale).languages.get(code.replace("-", "_").partition("_")[0].lower())
    return name or code
