"""Loose articles become stories: by what they report and when, and none that has a place ever leaves it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from generator import pipeline
from generator.model import Article, Paragraph
from generator.project import Project
from generator.summarizer import stories

STORIES = Path(__file__).parent / "corpus/stories"
SEEDS = Path(__file__).resolve().parents[2] / "shared/seeds"


def story(path: Path) -> list[Article]:
    """The articles of an invented story, each with the story as its section so that the truth goes along."""
    record = yaml.safe_load(path.read_text(encoding="utf-8"))
    made = []
    for entry in record["articles"]:
        body = entry["body"] if isinstance(entry["body"], list) else entry["body"].split("\n\n")
        paragraphs = tuple(Paragraph(" ".join(text.split())) for text in body)
        key = f"{path.stem}-{entry['id']}"
        made.append(Article(key, path.stem, title=entry["title"], body=paragraphs, outlet=entry["outlet"],
                            published=str(entry["published"]), language="en", source_file=key))  # fmt: skip
    return made


@pytest.fixture(scope="module")
def pile() -> list[Article]:
    return [a for path in sorted(STORIES.glob("*.yaml")) for a in story(path)]


def precision_and_recall(truth: Sequence[str], found: Sequence[str]) -> tuple[float, float]:
    pairs = list(combinations(range(len(truth)), 2))
    together = [truth[i] == truth[j] for i, j in pairs]
    joined = [found[i] == found[j] for i, j in pairs]
    right = sum(t and j for t, j in zip(together, joined, strict=True))
    return right / max(1, sum(joined)), right / max(1, sum(together))


def placed(pile: Sequence[Article], **kwargs: object) -> list[str]:
    return [p.story for p in stories.place(pile, {}, **kwargs)]  # type: ignore[arg-type]


def test_a_mixed_pile_falls_into_its_stories(pile):
    precision, recall = precision_and_recall([a.story for a in pile], placed(pile))
    assert precision >= 0.98
    assert recall >= 0.9


def test_a_pile_without_dates_falls_into_its_stories(pile):
    undated = [replace(a, published=None) for a in pile]
    precision, recall = precision_and_recall([a.story for a in pile], placed(undated))
    assert precision >= 0.98
    assert recall >= 0.9


def test_the_order_of_the_articles_changes_nothing(pile):
    shuffled = random.Random(4).sample(pile, len(pile))
    one = dict(zip((a.id for a in pile), stories.place(pile, {}), strict=True))
    other = dict(zip((a.id for a in shuffled), stories.place(shuffled, {}), strict=True))
    assert one == other


@pytest.mark.parametrize("seed", range(3))
def test_what_comes_later_finds_the_stories_that_stand(pile, seed):
    order = random.Random(seed).sample(pile, len(pile))
    standing: dict[str, list[Article]] = {}
    for start in range(0, len(order), 5):
        batch = order[start : start + 5]
        for article, told in zip(batch, stories.place(batch, standing), strict=True):
            standing.setdefault(told.story, []).append(article)
    found = {a.id: name for name, articles in standing.items() for a in articles}
    precision, recall = precision_and_recall([a.story for a in order], [found[a.id] for a in order])
    assert precision >= 0.98
    assert recall >= 0.8


def test_an_article_that_fits_nowhere_is_a_story_of_its_own(pile):
    text = "A whale sang for an hour beside the Nollen quay while the ferry waited."
    whale = Article("whale", "s", title="Whale sings at Nollen quay", published="2031-05-05", body=(Paragraph(text),))
    (told,) = stories.place([whale], {"harbour": pile[:5]})
    assert (told.story, told.likeness, told.doubtful) == ("whale-sings-at-nollen-quay", 0.0, False)


def test_the_same_event_a_year_later_is_another_story(pile):
    flood = [replace(a, published="2033-01-01") for a in pile if a.story == "storm-ottilie"]
    fresh = replace(flood[0], id="late", published="2034-02-01", title="Another year, another flood")
    (told,) = stories.place([fresh], {"flood": flood[1:]})
    assert told.likeness == 0.0 or told.doubtful


def test_a_new_story_takes_no_name_that_is_taken(pile):
    names = placed(pile[:1], reserved=(placed(pile[:1])[0],))
    assert names == [f"{placed(pile[:1])[0]}-{pile[0].published[:10]}"]


@pytest.mark.parametrize("title", ["con", "…", "Шлюз открылся", "a" * 300, "../../x", None])
def test_the_name_of_a_story_is_a_safe_name_of_a_folder(title):
    article = Article("x", "s", title=title, body=(Paragraph("Seven small words that say very little."),))
    (name,) = placed([article])
    assert 4 < len(name) <= 60
    assert all(c.isascii() and (c.isalnum() or c == "-") for c in name)


def test_a_story_is_called_by_the_headline_that_it_was_named_after(pile):
    name = placed(pile[:4])[0]
    assert stories.named_after(name, pile[:4]) in {a.title for a in pile[:4]}
    assert stories.named_after("harbour", pile[:4]) is None


@pytest.mark.parametrize("text", ["", "…", "12 34 56 78 90 12", "a b"])
def test_articles_that_tell_nothing_harm_nobody(pile, text):
    void = Article("void", "s", body=(Paragraph(text),) if text else ())
    found = stories.place([*pile, void, replace(void, id="other")], {})
    precision, _ = precision_and_recall([a.story for a in pile], [p.story for p in found[: len(pile)]])
    assert precision >= 0.98


def test_what_sits_doubtfully_is_told_with_words_that_tell(pile):
    standing = {"storm": [a for a in pile if a.story == "storm-ottilie"]}
    stray = next(a for a in pile if a.story == "sallow-verdict")
    told = stories.review({"storm": [*standing["storm"], stray]}, {stray.id})
    assert [p.article for p in told] == [stray.id]


# --- on disk -------------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "content/inbox").mkdir(parents=True)
    return Project.at(tmp_path / "content", tmp_path / "out", tmp_path / "work")


def drop(project: Project, article: Article, folder: str = "") -> None:
    place = project.inbox / folder
    place.mkdir(exist_ok=True)
    text = "\n\n".join([article.title or "", *(p.text for p in article.body)])
    (place / f"{article.id}.txt").write_text(text, encoding="utf-8")


def lying(project: Project) -> dict[str, str]:
    """Per inbox file the story in whose folder its Markdown lies."""
    pipeline.convert(project)
    paths = sorted(project.articles.glob("*/*.md"))
    found = {}
    for path in paths:
        line = next(x for x in path.read_text(encoding="utf-8").splitlines() if x.startswith("source_file:"))
        found[line.split(":", 1)[1].strip()] = path.parent.name
    assert len(found) == len(paths)
    return found


def test_loose_files_lie_in_the_folder_of_their_story_and_stay_there(project, pile):
    first = [a for a in pile if a.story in ("storm-ottilie", "sallow-verdict")]
    for article in first[:-2]:
        drop(project, article)
    before = lying(project)
    assert len(set(before.values())) == 2
    for article in first[-2:]:
        drop(project, article)
    after = lying(project)
    assert {name: after[name] for name in before} == before
    assert len(set(after.values())) == 2


def test_a_loose_file_finds_the_story_that_has_a_folder(project, pile):
    flood = [a for a in pile if a.story == "storm-ottilie"]
    for article in flood[1:]:
        drop(project, article, "Flood")
    drop(project, flood[0])
    assert set(lying(project).values()) == {"flood"}
    assert set(lying(project).values()) == {"flood"}


def test_coverage_says_where_a_loose_file_belongs_and_its_edits_go_along(project, pile):
    drop(project, pile[0])
    drop(project, pile[-1])
    pipeline.convert(project)
    path = next(p for p in project.articles.glob("*/*.md") if pile[0].id in p.read_text(encoding="utf-8"))
    path.write_text(path.read_text(encoding="utf-8") + "\nA line by hand.\n", encoding="utf-8")
    (project.inbox / "coverage.toml").write_text(f'[[article]]\nfile = "{pile[0].id}.txt"\nstory = "Cheese & Co"\n')
    assert lying(project)[f"{pile[0].id}.txt"] == "cheese-co"
    assert "A line by hand." in (project.articles / "cheese-co" / path.name).read_text(encoding="utf-8")
    assert not path.parent.exists()


def test_a_loose_file_that_moves_into_a_folder_leaves_no_copy(project, pile):
    drop(project, pile[0])
    pipeline.convert(project)
    drop(project, pile[0], "kept")
    (project.inbox / f"{pile[0].id}.txt").unlink()
    assert lying(project) == {f"{pile[0].id}.txt": "kept"}


def test_files_that_say_nothing_are_kept_together(project, pile):
    drop(project, pile[0])
    for n in range(3):
        (project.inbox / f"void-{n}.txt").write_text(f"{n}…", encoding="utf-8")
    stories_of_void = {story for name, story in lying(project).items() if name.startswith("void")}
    assert stories_of_void == {"unsorted"}


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the five real articles are not here")
def test_five_real_articles_among_invented_ones_are_one_story(project, pile):
    for path in SEEDS.glob("*.txt"):
        (project.inbox / path.name).write_bytes(path.read_bytes())
    for article in pile[:12]:
        drop(project, article)
    found = lying(project)
    names = {found[p.name] for p in SEEDS.glob("*.txt")}
    assert len(names) == 1
    assert sum(story in names for story in found.values()) == 5


def test_a_story_of_several_articles_is_named_by_the_headline_that_tells_what_they_share():
    titles = (
        "A long night on the quay",
        "Barge Nell sinks at Orrel",
        "What the harbour master heard",
        "Our man in Skarra: fog, again",
    )
    texts = [
        f"The barge Nell sank at Orrel in fog on Sunday with {n + 3} tonnes of salt. Orrel mourns." for n in range(4)
    ]
    made = [
        Article(f"a{n}", "", title=title, body=(Paragraph(text),), published=f"2031-03-0{n + 2}", source_file=f"a{n}")
        for n, (title, text) in enumerate(zip(titles, texts, strict=True))
    ]
    assert {p.story for p in stories.place(made, {})} == {"barge-nell-sinks-at-orrel"}
    assert {p.story for p in stories.place(made[:2], {})} == {"a-long-night-on-the-quay"}
