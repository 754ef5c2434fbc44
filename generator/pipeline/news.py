"""What is new since the site was built before: a record of each story in the work folder, compared and renewed.

No clock takes part. A build of the same articles finds the record as it left it and says the same news again, so that
two builds of one state are the same; what is new is new until something else is. Without a record (the first build, or
a work folder that was deleted) nothing is called new.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator import archive
from generator.model import Digest, News, reported_by
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


def since(before: Mapping[str, Record], made: Sequence[Digest]) -> dict[str, News]:
    """Per story what ``before`` did not have; a story that is new as a whole is news, unless there was no record."""
    return {d.story: _news(before.get(d.story), d) for d in made} if before else {}


def record(before: Mapping[str, Record], made: Sequence[Digest]) -> str:
    """What the next build is to compare with. Stories that were not built now are kept as they were."""
    news = since(before, made)
    now = {d.story: {**_state(d), "news": _told(news.get(d.story, News()))} for d in made}
    table = {"format": FORMAT, "stories": {**before, **now}}
    return json.dumps(table, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def keep(project: Project, before: Mapping[str, Record], made: Sequence[Digest]) -> None:
    archive.write_whole(place(project), record(before, made))


def _state(digest: Digest) -> Record:
    return {
        "articles": sorted(a.article.id for a in digest.articles),
        "mentions": sorted(m.id for c in digest.claims for m in c.mentions),
    }


def _news(before: Record | None, digest: Digest) -> News:
    state = _state(digest)
    if before and all(before.get(key) == value for key, value in state.items()):
        told = before.get("news", {})
        wider = tuple((claim, tuple(also)) for claim, also in told.get("wider", ()))
        return News(tuple(told.get("articles", ())), tuple(told.get("claims", ())), wider, told.get("gone", 0))
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
