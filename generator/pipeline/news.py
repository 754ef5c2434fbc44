"""What is new since the site was built before: a record of each story in the work folder, compared and renewed.

No clock takes part. A build of the same articles finds the record as it left it and says the same news again, so that
two builds of one state are the same; what is new is new until something else is. Without a record (the first build, or
a work folder that was deleted) nothing is called new.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from generator import archive
from generator.model import Digest, News, reported_by
from generator.pipeline.means import Compared
from generator.project import Project

Record = dict[str, Any]
FORMAT = 1


def place(project: Project) -> Path:
    return project.cache.parent / "last-build.json"


def read(path: Path) -> Mapping[str, Record]:
    """The record of the last build; one that can't be read counts as none."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return table["stories"] if table["format"] == FORMAT else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def renewed(before: Mapping[str, Record], made: Iterable[Compared]) -> tuple[dict[str, News], dict[str, Record]]:
    """Per story what ``before`` did not have, and the record for the next build to compare with; stories that were not
    built now are kept in it as they were. A story that is new as a whole is news, unless there was no record. One whose
    digest is the one on record is not opened.
    """
    news: dict[str, News] = {}
    now: dict[str, Record] = {}
    for one in made:
        known = before.get(one.story)
        if known and one.key and known.get("digest") == one.key:
            news[one.story], now[one.story] = _again(known), known
            continue
        digest = one.load()
        news[one.story] = _news(known, digest) if before else News()
        now[one.story] = {**_state(digest), "news": _told(news[one.story]), "digest": one.key}
    return news, {**before, **now}


def keep(project: Project, stories: Mapping[str, Record]) -> None:
    """Lays the record down for the next build."""
    table = {"format": FORMAT, "stories": stories}
    text = json.dumps(table, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    archive.write_whole(place(project), text)
    archive.drop_abandoned(place(project).parent)


def _again(known: Record) -> News:
    """The same news as the last time."""
    told = known.get("news", {})
    wider = tuple((claim, tuple(also)) for claim, also in told.get("wider", ()))
    return News(tuple(told.get("articles", ())), tuple(told.get("claims", ())), wider, told.get("gone", 0))


def _state(digest: Digest) -> Record:
    return {
        "articles": sorted(a.article.id for a in digest.articles),
        "mentions": sorted(m.id for c in digest.claims for m in c.mentions),
    }


def _news(before: Record | None, digest: Digest) -> News:
    state = _state(digest)
    if before and all(before.get(key) == value for key, value in state.items()):
        return _again(before)
    old, known = set((before or {}).get("articles", ())), set((before or {}).get("mentions", ()))
    fresh = {a.article.id for a in digest.articles} - old
    seen = {c.id: any(m.id in known for m in c.mentions) for c in digest.claims}
    also = ((c.id, tuple(a for a in reported_by(c) if a in fresh)) for c in digest.claims if seen[c.id])
    return News(
        articles=tuple(a.article.id for a in digest.articles if a.article.id in fresh),
        claims=tuple(c.id for c in digest.claims if not seen[c.id]),
        wider=tuple((claim, articles) for claim, articles in also if articles),
        gone=len(old - {a.article.id for a in digest.articles}),
    )


def _told(news: News) -> Record:
    return {"articles": news.articles, "claims": news.claims, "wider": news.wider, "gone": news.gone}
