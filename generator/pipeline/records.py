"""What ``inspect`` and ``export`` tell: the articles as they were read, the digests as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator import export, markdown
from generator.cache import Cache
from generator.errors import BuildFailed
from generator.model import Article, Digest
from generator.pipeline.building import nothing_found, require_folder
from generator.pipeline.converting import Made, convert
from generator.pipeline.digesting import annotate_one, compared, finish
from generator.pipeline.means import ALONE, LOOSE, Means, Report
from generator.project import Project


def inspect(path: Path) -> Iterator[dict[str, Any]]:
    """How ``path`` is read: one record per article in it. Raises InputRefused."""
    from generator import intake
    from generator.converter import convert as convert_capture
    from generator.intake.coverage import read_coverage

    hints = read_coverage(path.parent).hints_for(path.name)
    for capture in intake.read(path, root=path.parent, hints=hints):
        made = convert_capture(capture, story=LOOSE)
        article = markdown.settle(replace(made.article, source_file=capture.name))
        annotated = annotate_one(article)
        printed = export.Printed.of(article, capture.text)
        records = (export.attribution_record(a, printed) for a in annotated.attributions)
        yield {
            "file": str(path) + (f"#{capture.part}" if capture.part else ""),
            "metadata": _metadata(article),
            "evidence": dict(article.evidence),
            "doubts": list(made.doubts),
            "blocks": [{"span": [b.span.start, b.span.end], "role": b.role.value, "rule": b.rule} for b in made.blocks],
            "attributions": [r for r in records if r],
            **({} if capture.medium == "text" else {"text": capture.text}),
        }


def _metadata(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published,
        "updated": article.updated,
        "byline": ", ".join(article.authors) or None,
        "authors": list(article.authors),
        "dateline": article.dateline,
        "agency": list(article.agency),
        "credits": list(article.credits),
        "language": article.language,
        "url": article.url,
    }


def export_records(project: Project, means: Means = ALONE) -> tuple[dict[str, Any], list[Digest], Report]:
    """The JSON of ``export``, the digests it was made of, and what happened on the way."""
    report, memo = Report(), Cache(project.cache)
    require_folder(project)
    captures: dict[tuple[str, str], str] = {}

    def see(made: Made) -> None:
        captures.update(
            ((made.story, a.source_file or ""), text) for (a, _, _), text in zip(made.results, made.texts, strict=True)
        )

    convert(project, means, report, memo=memo, seen=see)
    made = [one.load() for one in compared(project, memo, means, report)]
    finish(memo, report)
    report.stories = len(made)
    report.claims = sum(len(d.claims) for d in made)
    if not made:
        raise BuildFailed(nothing_found(project, report))
    printed = printed_texts(captures, made)
    return {"stories": [export.digest_record(d, printed, _silences(d)) for d in made]}, made, report


def _silences(digest: Digest) -> dict[str, tuple[tuple[str, str], ...]]:
    """Per claim the outlets that lack it, each with why, so far as dates and completeness show it."""
    from generator.summarizer import silence

    cut = {a.article.id for a in digest.articles if silence.is_cut_short(a)}
    return {c.id: silence.of_outlets(c, digest.articles, cut) for c in digest.claims}


def printed_texts(captures: Mapping[tuple[str, str], str], made: Iterable[Digest]) -> dict[str, export.Printed]:
    """For each article whose inbox file is there, the way back to it: ``captures`` are the texts of the inbox by story
    and file.
    """
    found: dict[str, export.Printed] = {}
    for digest in made:
        for annotated in digest.articles:
            name = annotated.article.source_file or ""
            text = captures.get((digest.story, name)) or captures.get((LOOSE, name))
            if text is not None:
                found[annotated.article.id] = export.Printed.of(annotated.article, text)
    return found
