"""Collections of invented news for the benchmarks: any number of articles, stories of about twenty, planted wire copy.

    python benchmarks/invented.py FOLDER ARTICLES [PER_STORY]

Every story has a pool of facts (who did or said what, with numbers and days); each article tells some of them in a
wording of its own, adds sentences that nobody else has, and one in six is a wire text that its outlet printed whole or
in part. People, places and outlets are invented; the same arguments give the same bytes on every machine.
"""

# ruff: noqa: E501 (lists of phrases)
from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WORDS = 750
PER_STORY = 20

FIRST = (
    "Mara Tomas Edda Joren Lise Pavel Nadia Oskar Ruta Simeon Tilda Viktor Wanda Yannis Zora Bruno Celia Dario".split()
)
LAST = (
    "Aldren Bescott Corvane Dellwig Estmar Farrow Gildane Hestrup Ilvane Jorrick Kessen Lothar Marrin Nolde Ostrava "
    "Pellerin Quist Ransome Sorvik Tallow Umbert Verrin Wolmar Yarrow Zeller"
).split()
PLACES = (
    "Ardwick Bellmere Corrin Dunmarsh Elverton Fennholm Garrow Halvia Istermouth Kessel Larkham Marrow Norvik".split()
)
OUTLETS = [f"{place} {kind}" for place in PLACES for kind in ("Gazette", "Herald", "Courier", "Standard")]
OFFICES = (
    "the harbour authority|the interior ministry|the city council|the water board|the prosecutor's office|the union of "
    "dockers|the regional hospital|the finance committee|the weather service|the railway company|the school board"
).split("|")
THINGS = (
    "bridge|ferry|reservoir|tunnel|stadium|railway line|power station|market hall|clinic|library|pier|archive|harbour "
    "wall|bus depot|grain store|observatory|customs house|court building|sea wall|tram line"
).split("|")
SAYS = "said|told reporters|said on {day}|announced|added|confirmed|insisted|warned".split("|")
DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday".split("|")
ADJECTIVES = "new old damaged unfinished long-delayed publicly funded disputed temporary northern eastern main".split()
VERBS = "close repair reopen inspect sell rebuild extend abandon survey lease fence widen".split()
REASONS = (
    "because of cracks found during an inspection|after three weeks of heavy rain|because the money had run out|after "
    "complaints from residents|because no contractor had made an offer|after a fire on the upper floor|because the "
    "permits had expired|after talks with the owners had failed"
).split("|")
# A sentence that tells no fact of the story is put together of these, so that two articles rarely share five words.
SUBJECTS = (
    "{person}, who runs a {trade} near the {thing},|two engineers from {place}|the {adjective} committee of {place}|a "
    "{trade} in {place}|the mayor of {place}|{person}|about {n} people from {place}|the company behind the {thing}|"
    "nobody at {office}|an old {trade} from {place2}|{person} and {person2}|the neighbours of the {thing}|most {trade}s|"
    "a letter of {n} pages|the archive of {place2}|{n} members of the {adjective} club|the crew of the {adjective} barge"
).split("|")
PREDICATES = (
    "spent {n} days on the {adjective} {thing}|counted {n} lorries before noon|had hoped for a {adjective} {thing} since "
    "{day}|lost {n} crowns in a single week|walked along the {thing} until dusk|wanted to {verb} the {thing} long ago|"
    "could not say who would {verb} it|showed {person2} a drawing of the {thing}|answered the telephone on {day}|talked "
    "for {n} minutes about the {adjective} {thing}|kept a notebook on the {thing} of {place2}|bought {n} tickets for the "
    "{thing}|remembered how the {thing} flooded|did not come to the meeting in {place2}|voted to {verb} the {thing}|asked "
    "{office} for {n} copies|found the {adjective} gate locked"
).split("|")
ENDINGS = (
    "{reason}|while {person2} waited outside|before the {trade} closed|although {office} had advised against it|on {day} "
    "morning|near the road to {place2}|without telling {person2}|as the rain went on|for the {n}th time|under the eyes of "
    "{n} visitors|in spite of the {adjective} rules|and went home to {place2}|with help from {office}|at a cost of {n} "
    "crowns|long before the {thing} was built|in the winter of {year}|to the surprise of every {trade}"
).split("|")
TRADES = (
    "baker cooper joiner tailor glazier painter chemist printer grocer fisher mason carrier weaver barber plumber miller "
    "florist optician brewer saddler potter".split()
)
FACTS = (
    "{office} will {verb} the {adjective} {thing} in {place} {reason}",
    "at least {n} people were hurt when part of the {thing} gave way",
    "the {thing} in {place} will cost {n} million crowns",
    "work on the {thing} had stopped in {place} {reason}",
    "{office} had been warned about the {thing} {n} times",
    "{n} families would have to leave their homes near the {thing}",
    "the {thing} would stay shut until {day}",
    "inspectors found {n} faults in the {thing} within a week",
    "{office} paid {n} million crowns for the {thing} without a vote",
    "the owner of the {thing} knew of the danger since {day}",
    "the {adjective} {thing} is safe and no one was in danger",
    "{person} had signed the order to {verb} the {thing}",
)


@dataclass(frozen=True, slots=True)
class Told:
    """One saved article: the file's name and what it holds."""

    story: str
    name: str
    text: str


def collection(articles: int, *, per_story: int = PER_STORY, words: int = WORDS, seed: int = 7) -> Iterator[Told]:
    """``articles`` articles, story by story."""
    for number in range((articles + per_story - 1) // per_story):
        yield from story(number, min(per_story, articles - number * per_story), words=words, seed=seed)


def story(number: int, articles: int, *, words: int = WORDS, seed: int = 7) -> Iterator[Told]:
    """The articles of one story."""
    rng = random.Random(f"{seed}/{number}")
    name = f"{rng.choice(THINGS).replace(' ', '-')}-{rng.choice(PLACES).lower()}-{number:05d}"
    facts = [_filled(rng, rng.choice(FACTS)) for _ in range(60)]
    people = [(f"{rng.choice(FIRST)} {rng.choice(LAST)}", rng.choice(OFFICES)) for _ in range(8)]
    wire = _paragraphs(rng, facts, people, words)
    for n in range(articles):
        yield article(rng, name, n, facts, people, wire, words)


def article(
    rng: random.Random,
    story_name: str,
    n: int,
    facts: list[str],
    people: list[tuple[str, str]],
    wire: list[str],
    words: int,
) -> Told:
    """The ``n``-th article of a story: its own, or the wire's text whole or in part."""
    outlet = rng.choice(OUTLETS)
    day = f"{1 + n % 28} March 2023"
    title = _sentence(rng.choice(facts)).rstrip(".")
    if n % 6 == 5:
        body = wire if n % 12 == 5 else wire[: len(wire) // 2] + _paragraphs(rng, facts, people, words // 2)
        byline = "Estwire"
    else:
        body, byline = _paragraphs(rng, facts, people, words), f"By {rng.choice(FIRST)} {rng.choice(LAST)}"
    text = "\n\n".join([outlet, title, f"{byline}\n{day}", *body]) + "\n"
    return Told(story_name, f"{n:05d} {outlet}.txt", text)


def _paragraphs(rng: random.Random, facts: list[str], people: list[tuple[str, str]], words: int) -> list[str]:
    found: list[str] = []
    count = 0
    while count < words:
        sentences = [_one(rng, facts, people) for _ in range(rng.randint(1, 3))]
        found.append(" ".join(sentences))
        count += len(found[-1].split())
    return found


def _one(rng: random.Random, facts: list[str], people: list[tuple[str, str]]) -> str:
    draw = rng.random()
    if draw < 0.6:
        parts = (rng.choice(SUBJECTS), rng.choice(PREDICATES), rng.choice(ENDINGS))
        return _sentence(_filled(rng, " ".join(parts)))
    fact = rng.choice(facts) if draw < 0.8 else _filled(rng, rng.choice(FACTS))
    person, office = rng.choice(people)
    says = rng.choice(SAYS).format(day=rng.choice(DAYS))
    form = rng.randrange(5)
    if form == 0:
        return f"“{_sentence(fact).rstrip('.')},” {says.split(' on ')[0]} {person}, a spokeswoman for {office}."
    if form == 1:
        return f"{person} of {office} {says} that {fact}."
    if form == 2:
        return f"According to {office}, {fact}."
    if form == 3:
        return f"{_sentence(fact)}"
    return f"{_sentence(office)[:-1]} denied that {fact}, {person} {says.split(' on ')[0]}."


def _filled(rng: random.Random, form: str) -> str:
    return form.format(
        place=rng.choice(PLACES), place2=rng.choice(PLACES), thing=rng.choice(THINGS), adjective=rng.choice(ADJECTIVES),
        verb=rng.choice(VERBS), office=rng.choice(OFFICES), reason=rng.choice(REASONS), day=rng.choice(DAYS),
        n=rng.randint(2, 900), person=f"{rng.choice(FIRST)} {rng.choice(LAST)}", trade=rng.choice(TRADES),
        person2=f"{rng.choice(FIRST)} {rng.choice(LAST)}", year=rng.randint(1950, 2022),
    )  # fmt: skip


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + "."


def write(folder: Path, articles: int, *, per_story: int = PER_STORY, words: int = WORDS) -> None:
    """The collection as files: a folder a story."""
    for told in collection(articles, per_story=per_story, words=words):
        place = folder / told.story
        place.mkdir(parents=True, exist_ok=True)
        (place / told.name).write_text(told.text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), per_story=int(sys.argv[3]) if sys.argv[3:] else PER_STORY)
