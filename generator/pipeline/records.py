"""What ``inspect`` and ``export`` tell: the articles as they were read, the digests as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator import export, markdown
from generator.errors import BuildFailed, InputRefused
from generator.model import Article, Capture, Digest
from generator.pipeline.building import nothing_found, require_folder
from generator.pipeline.converting import convert, inbox
from generator.pipeline.digesting import annotate_one, digests
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
    report = Report()
    require_folder(project)
    convert(project, means, report)
    made = digests(project, means, report)
    if not made:
        raise BuildFailed(nothing_found(project, report))
    printed = printed_texts(project, made)
    return {"stories": [export.digest_record(d, printed) for d in made]}, made, report


def printed_texts(project: Project, made: Iterable[Digest]) -> dict[str, export.Printed]:
    """For each article whose inbox file is there, the way back to it."""
    from generator import intake

    captures: dict[tuple[str, str], Capture] = {}
    for story, root, paths in inbox(project):
        for path in paths:
            try:
                read = intake.read(path, root=root, max_bytes=project.settings.max_file_mb << 20)
            except InputRefused:
                continue  # said already when it was converted
            captures |= {(story, c.name): c for c in read}
    found: dict[str, export.Printed] = {}
    for digest in made:
        for annotated in digest.articles:
            capture = captures.get((digest.story, annotated.article.source_file or ""))
            if capture is not None:
                found[annotated.article.id] = export.Printed.of(annotated.article, capture.text)
    return found
