"""A site that is brought up to date is the one that would be built from nothing, and costs what has changed."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from pathlib import Path

import edits
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from generator import executor, pipeline, summarizer
from generator.cache import Cache
from generator.errors import BuildFailed
from generator.model import Annotated, Article, Mention, Paragraph, Span
from generator.pipeline import Means
from generator.summarizer import embedding, parsing
from generator.text import fingerprint


def annotate_simply(article: Article) -> Annotated:
    """Every sentence is a mention, nobody is quoted: what the parser would find is not what is asked here."""
    spans = [
        span
        for paragraph, place in zip(article.body, article.paragraph_spans, strict=True)
        for span in parsing.sentence_spans(paragraph.text, place.start)
    ]
    return Annotated(article, tuple(spans), (), tuple(_mention(article, span) for span in spans))


def _mention(article: Article, span: Span) -> Mention:
    text = span.of(article.text)
    terms = tuple(dict.fromkeys(w.strip(".,“”").lower() for w in text.split()))
    return Mention(fingerprint(article.id, str(span)), article.id, span, text, terms=terms, core=text)


@pytest.fixture(scope="module", autouse=True)
def without_parser():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summarizer, "annotate", annotate_simply)
        patch.setattr(summarizer, "annotate_many", lambda articles: [annotate_simply(a) for a in articles])
        patch.setattr(embedding, "installed", lambda: None)
        yield


class Edited(RuleBasedStateMachine):
    """Edits one after the other, a build after each."""

    @initialize(seed=st.integers(0, 1 << 30))
    def start(self, seed: int) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="crossreport-test-"))
        self.rng = random.Random(seed)
        self.project = edits.project(self.folder / "kept")
        for _ in range(3):
            edits.add(self.rng, self.project)
        edits.build(self.project)

    @rule(edit=st.sampled_from(edits.EDITS))
    def edit(self, edit) -> None:
        edit(self.rng, self.project)
        edits.build(self.project)

    def teardown(self) -> None:
        if hasattr(self, "project"):
            cold = edits.from_nothing(self.project, self.folder / "cold")
            assert edits.different(self.project.output, cold) == []
            shutil.rmtree(self.folder)


Edited.TestCase.settings = settings(
    max_examples=3, stateful_step_count=5, deadline=None, suppress_health_check=list(HealthCheck)
)
TestEdited = Edited.TestCase


@pytest.fixture
def built(tmp_path):
    rng = random.Random(5)
    project = edits.project(tmp_path)
    for _ in range(6):
        edits.add(rng, project)
    edits.build(project)
    return project


def times(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        p.relative_to(folder).as_posix(): (p.stat().st_mtime_ns, p.stat().st_ino)
        for p in folder.rglob("*")
        if p.is_file()
    }


def test_nothing_changed_writes_nothing_and_compares_nothing(built, monkeypatch):
    before = times(built.output)
    monkeypatch.setattr(summarizer, "summarize", lambda *_, **__: pytest.fail("compared again"))
    for name in ("annotate", "annotate_many"):
        monkeypatch.setattr(summarizer, name, lambda *_: pytest.fail("annotated again"))
    report = edits.build(built)
    after = times(built.output)
    assert {n: t for n, t in after.items() if n != ".crossreport"} == {
        n: t for n, t in before.items() if n != ".crossreport"
    }
    assert report.done == {"stories": 0, "files": 0, "convert": 0} or not any(report.done.values())
    assert report.articles == 6


def test_one_article_more_leaves_the_other_stories_as_they_lie(built):
    before = times(built.output)
    story = min(p.name for p in built.inbox.iterdir())
    (built.inbox / story / "one more.txt").write_text(edits.article(random.Random(9)), "utf-8")
    report = edits.build(built)
    after = times(built.output)
    mine = f"stories/{story}/"
    others = [n for n in before if n.startswith("stories/") and not n.startswith(mine)]
    assert others
    assert [n for n in others if after[n] != before[n]] == []
    assert report.done["stories"] == 1
    assert report.computed == 1


def test_an_edited_template_renews_its_own_pages_alone(built):
    before = times(built.output)
    path = built.theme / "templates" / "brief.html"
    path.write_text(path.read_text("utf-8") + "<!-- new -->", "utf-8")
    edits.build(built)
    after = times(built.output)
    changed = {n.rpartition("/")[2] for n in before if n.endswith(".html") and after[n] != before[n]}
    assert changed == {"brief.html"}


def test_what_was_changed_in_the_output_is_written_anew(built):
    page = built.output / "index.html"
    good = page.read_bytes()
    page.write_text("spoilt", "utf-8")
    edits.build(built)
    assert page.read_bytes() == good


def test_a_cache_that_is_a_file_is_said_in_one_line_and_the_site_is_made(built):
    cold = built.output.with_name("first")
    shutil.copytree(built.output, cold)
    shutil.rmtree(built.cache)
    built.cache.write_text("in the way", "utf-8")
    report = edits.build(built)
    assert len(report.notes) == 1
    assert "can't be used" in report.notes[0]
    assert edits.different(cold, built.output) == []


def test_a_dead_scheduler_leaves_the_last_site_as_it_was(built, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(executor, "SECONDS_TO_ANSWER", 1)
    before = times(built.output)
    edits.add(random.Random(3), built)
    from generator import pipeline

    with pytest.raises(BuildFailed, match="no Dask scheduler answers") as caught:
        pipeline.build(built, Means(scheduler="tcp://127.0.0.1:9"))
    assert "\n" not in str(caught.value)
    assert times(built.output) == before


def test_two_builds_of_one_content_into_two_places_share_a_cache(built):
    other = edits.replace(built, output=built.output.with_name("other"))
    edits.build(other)
    assert edits.different(built.output, other.output) == []
    if os.name == "posix":
        assert edits.build(built).done["files"] == 0


def test_an_article_that_can_not_be_annotated_costs_no_other(monkeypatch):
    def refusing(article: Article) -> Annotated:
        if article.id == "two":
            raise ValueError("too odd")
        return annotate_simply(article)

    monkeypatch.setattr(summarizer, "annotate", refusing)
    monkeypatch.setattr(summarizer, "annotate_many", lambda articles: [refusing(a) for a in articles])
    articles = [Article(id=name, story="s", body=(Paragraph("The ferry sank."),)) for name in ("one", "two", "three")]
    report = pipeline.Report()
    made = list(pipeline.annotate(Cache(None), articles, pipeline.Means(), report))
    assert [a.article.id for a in made] == ["one", "three"]
    assert [str(p.path) for p in report.problems] == ["two.md"]
