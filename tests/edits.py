"""Edits that a person makes between two builds, at random: used by the test and by benchmarks/incremental.py, which ask
whether the site that was brought up to date is the one that would be built from nothing.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from generator import pipeline
from generator.project import Project, Settings, theme_folder

STORIES = ("ferry-strike", "mill-fire", "quarry-sale")
OUTLETS = ("Ostby Courier", "Ostby Herald", "Farholm Gazette", "Northwire")
SENTENCES = (
    "The ferry to Farholm will not sail on {day}, the harbour office said.",
    "“Nobody told us anything,” said Mirel Tandy, who lives on the island.",
    "About {n} people waited at the pier in Ostby.",
    "The mill burned for {n} hours, the fire service said.",
    "According to the council, the quarry was sold for {n} million crowns.",
    "Joss Ember denied that the quarry had been sold.",
    "The harbour office did not answer on {day}.",
)
DAYS = ("Monday", "Tuesday", "Friday")


def project(folder: Path) -> Project:
    """An empty project with a theme of its own, so that the theme can be edited too."""
    theme = folder / "theme"
    if not theme.is_dir():
        shutil.copytree(theme_folder(), theme)
        (folder / "content" / "inbox").mkdir(parents=True)
    made = Project.at(folder / "content", folder / "output", folder / "work")
    return replace(made, theme=theme)


def article(rng: random.Random) -> str:
    lines = [rng.choice(SENTENCES).format(day=rng.choice(DAYS), n=rng.randint(2, 60)) for _ in range(rng.randint(2, 5))]
    outlet, title = rng.choice(OUTLETS), rng.choice(SENTENCES).format(day=rng.choice(DAYS), n=rng.randint(2, 60))
    return f"{outlet}\n\n{title.rstrip('.')}\n\n{rng.randint(1, 28)} March 2023\n\n" + "\n\n".join(lines) + "\n"


def inbox_files(of: Project) -> list[Path]:
    return sorted(p for p in of.inbox.rglob("*.txt") if p.is_file())


def add(rng: random.Random, of: Project) -> None:
    place = of.inbox / rng.choice(STORIES)
    place.mkdir(exist_ok=True)
    (place / f"saved {rng.randint(0, 999)}.txt").write_text(article(rng), "utf-8")


def change(rng: random.Random, of: Project) -> None:
    for path in _one(rng, inbox_files(of)):
        path.write_text(article(rng), "utf-8")


def take_away(rng: random.Random, of: Project) -> None:
    files = inbox_files(of)
    if len(files) > 1:
        rng.choice(files).unlink()


def rename(rng: random.Random, of: Project) -> None:
    for path in _one(rng, inbox_files(of)):
        path.rename(path.with_name(f"renamed {rng.randint(0, 999)}.txt"))


def edit_by_hand(rng: random.Random, of: Project) -> None:
    for path in _one(rng, sorted(of.articles.rglob("*.md"))):
        path.write_text(path.read_text("utf-8").replace("Ostby", rng.choice(("Ostby", "Vestby"))), "utf-8")


def edit_template(rng: random.Random, of: Project) -> None:
    for path in _one(rng, sorted((of.theme / "templates").glob("*.html"))):
        path.write_text(path.read_text("utf-8").replace("</h1>", f"</h1><!-- {rng.randint(0, 9)} -->", 1), "utf-8")


def edit_style(rng: random.Random, of: Project) -> None:
    with (of.theme / "static" / "site.css").open("a", encoding="utf-8") as file:
        file.write(f"/* {rng.randint(0, 9)} */\n")


def edit_settings(rng: random.Random, of: Project) -> None:
    title = rng.choice(("Ostby digest", "What Ostby reads"))
    url = rng.choice(("", "https://ostby.example/"))
    (of.content / "digest.toml").write_text(f'title = "{title}"\nurl = "{url}"\n', "utf-8")


def edit_page(rng: random.Random, of: Project) -> None:
    of.pages.mkdir(exist_ok=True)
    text = f"---\ntitle: {rng.choice(('About', 'On this'))}\n---\n\nText {rng.randint(0, 9)}.\n"
    (of.pages / "about.md").write_text(text, "utf-8")


def tell_of_a_story(rng: random.Random, of: Project) -> None:
    of.stories.mkdir(exist_ok=True)
    text = f"---\ntitle: The affair, part {rng.randint(1, 3)}\n---\n\nAn introduction.\n"
    (of.stories / f"{rng.choice(STORIES)}.md").write_text(text, "utf-8")


def say_of_files(rng: random.Random, of: Project) -> None:
    for path in _one(rng, inbox_files(of)):
        entry = f'[[article]]\nfile = "{path.name}"\noutlet = "{rng.choice(OUTLETS)}"\n'
        (path.parent / "coverage.toml").write_text(entry, "utf-8")


def remove_on_request(rng: random.Random, of: Project) -> None:
    path = of.content / "removed.toml"
    files = inbox_files(of)
    if path.exists() or len(files) < 3:
        path.unlink(missing_ok=True)
        return
    name = rng.choice(files).relative_to(of.inbox).as_posix()
    path.write_text(f'[[removed]]\nsource_file = "{name}"\ndate = 2024-01-02\nwho = "its author"\n', "utf-8")


def spoil_the_site(rng: random.Random, of: Project) -> None:
    """What lies in the output is changed, or goes."""
    for path in _one(rng, sorted(p for p in of.output.rglob("*.*") if p.is_file() and p.suffix)):
        path.unlink() if rng.random() < 0.5 else path.write_text("spoilt", "utf-8")


def spoil_the_cache(rng: random.Random, of: Project) -> None:
    """Entries are damaged, or go; so may the list of what was written."""
    entries = sorted(p for p in of.cache.parent.rglob("*") if p.is_file() and p.name != "last-build.json")
    for path in rng.sample(entries, len(entries) // 4):
        path.unlink() if rng.random() < 0.5 else path.write_bytes(path.read_bytes()[:-3] + b"abc")


EDITS: tuple[Callable[[random.Random, Project], None], ...] = (
    add, add, change, take_away, rename, edit_by_hand, edit_template, edit_style, edit_settings, edit_page,
    tell_of_a_story, say_of_files, remove_on_request, spoil_the_site, spoil_the_cache,
)  # fmt: skip


def _one(rng: random.Random, paths: list[Path]) -> Iterator[Path]:
    if paths:
        yield rng.choice(paths)


def build(of: Project) -> pipeline.Report:
    """Builds with the settings as they are now."""
    now = Project.at(of.content, of.output, of.cache.parent)
    return pipeline.build(replace(of, settings=now.settings))


def from_nothing(of: Project, folder: Path) -> Path:
    """The same project built elsewhere without cache and without a site before; gives its output."""
    shutil.rmtree(folder, ignore_errors=True)
    for part in ("content", "theme"):
        shutil.copytree((of.content if part == "content" else of.theme), folder / part)
    (folder / "work").mkdir()
    shutil.copy(of.cache.parent / "last-build.json", folder / "work")
    cold = replace(project(folder), settings=Settings())
    build(cold)
    return cold.output


def different(one: Path, other: Path) -> list[str]:
    """The files in which two folders differ."""
    a, b = ({p.relative_to(f).as_posix(): p.read_bytes() for p in f.rglob("*") if p.is_file()} for f in (one, other))
    return sorted(name for name in {*a, *b} if a.get(name) != b.get(name))
