"""The interface's words: every one goes through the catalogue, and the catalogue of the second language lacks none."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from xml.etree import ElementTree

import digests
import pytest
import test_site
from babel.dates import get_month_names
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from generator.errors import UsageError
from generator.project import theme_folder
from generator.site import catalogue, reasons, wording

ROOT = Path(__file__).resolve().parents[1]
LOCALE = theme_folder() / "locale"
PLACES = (
    ("python", "generator/site", "*.py"),
    ("jinja2", "theme/templates", "*.html"),
    ("javascript", "theme/static", "*.js"),
)
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "_n": (1, 2), "gettext": None}


@pytest.fixture(scope="module")
def said() -> set[str]:
    """Every message of code, templates and script; of a plural the first form."""
    found = set()
    for method, folder, pattern in PLACES:
        for path in sorted((ROOT / folder).rglob(pattern)):
            for _, message, _, _ in extract_from_file(method, path, KEYWORDS):
                found.add(message if isinstance(message, str) else message[0])
    return found


@pytest.fixture(scope="module")
def german() -> Catalog:
    with (LOCALE / "de.po").open("rb") as file:
        return read_po(file, locale="de")


def key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def test_the_second_language_has_every_message_and_no_dead_one(said: set[str], german: Catalog) -> None:
    has = {key(m) for m in german if m.id and all(forms(m)) and not m.fuzzy}
    assert sorted(said - has) == [], "run `make words` and translate these in theme/locale/de.po"
    assert sorted(has - said) == []


def test_both_plural_forms_are_there_and_name_the_same_values(german: Catalog) -> None:
    values = re.compile(r"%\((\w+)\)s")
    plurals = 0
    for message in german:
        if not message.id:
            continue
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        assert len(forms(message)) == (1 if isinstance(message.id, str) else 2), ids
        plurals += len(ids) == 2
        for form in forms(message):
            assert set(values.findall(form)) == set(values.findall(ids[-1])), ids
            assert "%" not in values.sub("", form)
    assert plurals > 30


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("en", 1, "1 outlet"),
        ("en", 0, "0 outlets"),
        ("en", 1200, "1,200 outlets"),
        ("de", 1, "1 Medium"),
        ("de", 1200, "1.200 Medien"),
    ],
)  # fmt: skip
def test_a_number_takes_its_form(language: str, number: int, words: str) -> None:
    with catalogue.speaking(catalogue.catalogue(language, LOCALE)):
        assert catalogue.ngettext("%(n)s outlet", "%(n)s outlets", number) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["6 May 2031, 07:05", "5–6 May 2031", "a, b and c", "76%", "under 1%", "German", "07:05"]),
        ("en-US", ["May 6, 2031, 7:05\u202fAM", "May 5\u2009–\u20096, 2031", "a, b, and c", "76%", "under 1%", "German",
                   "7:05\u202fAM"]),
        ("de", ["6. Mai 2031, 07:05 Uhr", "5.–6. Mai 2031", "a, b und c", "76\xa0%", "unter 1\xa0%", "Deutsch",
                "07:05"]),
    ],
)  # fmt: skip
def test_days_lists_and_shares_are_written_as_the_language_does(language: str, words: list[str]) -> None:
    with catalogue.speaking(catalogue.catalogue(language, LOCALE)):
        assert [
            wording.when("2031-05-06T07:05+02:00").label,
            catalogue.days(date(2031, 5, 5), date(2031, 5, 6)),
            catalogue.listed(["a", "b", "c"]),
            catalogue.percent(0.76),
            catalogue.percent(0.001),
            catalogue.language_name("de-AT"),
            catalogue.clock(time(7, 5)),
        ] == words


@pytest.mark.parametrize("language", ["xx", "tlh", "fr", "../de", ""])
def test_a_language_without_a_catalogue_is_refused_by_name(language: str) -> None:
    with pytest.raises(UsageError, match="language ="):
        catalogue.catalogue(language, LOCALE)


@pytest.mark.parametrize(
    ("english", "told"),
    [
        ("A credits B", "A nennt B als Quelle"),
        ("A, B and C credit D", "A, B und C nennen D als Quelle"),
        ("A: text shared word for word with B (76 %), no credit in this file",
         "76\xa0% des Textes von A ist der von B, Wort für Wort; in dieser Datei ohne Quellenangabe"),
        ("the same day", "derselbe Tag"),
        ("for a reason of its own", "for a reason of its own"),
    ],
)  # fmt: skip
def test_the_reasons_of_the_comparison_are_told_in_the_language(english: str, told: str) -> None:
    with catalogue.speaking(catalogue.catalogue("de", LOCALE)):
        assert reasons.reason(english) == told


# --- whole sites ------------------------------------------------------------------------------------------------------


def marked(folder: Path) -> Path:
    """A theme whose catalogue of Esperanto is English in brackets: what stands outside never went through it."""
    theme = folder / "theme"
    shutil.copytree(theme_folder(), theme, ignore=shutil.ignore_patterns("pages"))
    with (LOCALE / "de.po").open("rb") as file:
        messages = [m for m in read_po(file, locale="de") if m.id]
    catalog = Catalog(locale="eo")
    for m in messages:
        catalog.add(m.id, f"⟦{m.id}⟧" if isinstance(m.id, str) else tuple(f"⟦{text}⟧" for text in m.id))
    with (theme / "locale" / "eo.po").open("wb") as file:
        write_po(file, catalog)
    return theme


SHOWN = ("aria-label", "title", "alt", "placeholder")
SILENT = {test_site.XHTML + tag for tag in ("script", "style", "pre", "time")}
# Names of formats and files, which no language changes.
NAMES = "atom json feed bibtex ris csl csv bib claims mentions reuse digest cite html".split()


def visible(element: ElementTree.Element) -> Iterator[str]:
    """What a page says, in order; what its attributes say is put before its text."""
    if element.tag not in SILENT and element.get("translate") != "no":
        yield from (value for name in SHOWN if (value := element.get(name)))
        if element.get("name") == "description":
            yield element.get("content") or ""
        yield element.text or ""
        for child in element:
            yield from visible(child)
            yield child.tail or ""


def outside(text: str) -> list[str]:
    """The words that stand in no brackets, whole ones only."""
    while (less := re.sub(r"⟦[^⟦⟧]*⟧", " ", text)) != text:
        text = less
    return re.findall(r"(?<!\w)[^\W\d_]{2,}(?![\w…])", text)


def test_every_word_that_a_page_says_went_through_the_catalogue(tmp_path: Path) -> None:
    project = replace(test_site.project(tmp_path, language="eo", tagline="Tagline"), theme=marked(tmp_path))
    test_site.build([digests.digest()], project=project, output=tmp_path / "out")
    months = [*get_month_names(locale="eo").values(), *get_month_names("abbreviated", locale="eo").values()]
    data = f"{digests.digest()!r} Crossreport Tagline How this is read Limits About {months} {NAMES}"
    known = set(re.findall(r"[^\W\d_]+", data.lower()))
    strange: dict[str, set[str]] = {}
    for path in sorted((tmp_path / "out").rglob("*.html")):
        for word in outside(" ".join(visible(test_site.parsed(path)))):
            if word.lower() not in known:
                strange.setdefault(word, set()).add(path.name)
    assert strange == {}


def test_a_site_in_the_second_language_says_so_and_speaks_it(tmp_path: Path) -> None:
    test_site.build([digests.digest()], project=test_site.project(tmp_path, language="de"), output=tmp_path / "out")
    page = test_site.parsed(tmp_path / "out" / test_site.STORY / "index.html")
    assert page.get("lang") == "de"
    text = " ".join(test_site.text_of(page).split())
    assert "5.–6. Mai 2031" in text
    assert "6 Artikel" in text
    assert "Zitat Dalla Brennock" in text
    script = next((tmp_path / "out" / "assets").glob("site.*.js")).read_text("utf-8")
    assert '"any outlet":["jedem Medium"]' in script
    assert "const WORDS = {};" not in script
    article = (tmp_path / "out" / test_site.STORY / "articles" / "vale-observer-town.html").read_text("utf-8")
    assert '<p class="printed body" id="p1" lang="en">' in article
