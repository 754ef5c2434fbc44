"""The digest as plain data: the JSON that ``export`` writes, and tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.model import Annotated, Article, Attribution, Claim, DateRef, Digest, Mention, Quantity, Span, Value
from generator.text import Alignment


@dataclass(frozen=True, slots=True)
class Printed:
    """Carries spans of an article back to the inbox file that it was made of."""

    text: Alignment
    title: Alignment

    @classmethod
    def of(cls, article: Article, capture_text: str) -> Printed:
        starts = [s.start for s in article.paragraph_spans]
        return cls(
            Alignment(capture_text, [p.text for p in article.body], starts),
            Alignment(capture_text, [article.title or ""], [0]),
        )

    def span(self, span: Span, *, headline: bool = False) -> list[int] | None:
        found = (self.title if headline else self.text).printed_span(span)
        return None if found is None else [found.start, found.end]


def digest_record(
    digest: Digest, printed: Mapping[str, Printed], silent: Mapping[str, Sequence[tuple[str, str]]] | None = None
) -> dict[str, Any]:
    """One story as DESIGN's JSON. ``printed`` maps article ids to their inbox text; spans are ``null`` without it.
    ``silent`` gives per claim the outlets that lack it, each with why.
    """
    origins = dict(digest.claim_origins)
    return {
        "id": digest.story,
        "title": digest.title,
        "articles": [_article(a) for a in digest.articles],
        "claims": [_claim(c, len(origins.get(c.id, ())), printed, (silent or {}).get(c.id, ())) for c in digest.claims],
        "reuses": [
            {
                "source": r.source,
                "target": r.target,
                "share": round(r.share, 4),
                "source_share": round(r.source_share, 4),
                "direction": r.direction,
                "credited": r.credited,
                "passages": [
                    {"source": _span(p.source), "target": _span(p.target), "exact": p.exact} for p in r.passages
                ],
            }
            for r in digest.reuses
        ],
        "origins": [
            {"id": o.id, "name": o.name, "articles": list(o.members), "reasons": list(o.reasons)}
            for o in digest.origins
        ],
        "altered_quotes": [
            {
                "speaker": q.speaker,
                "kind": q.kind,
                "variants": [{"article": v.article, "span": _span(v.span), "text": v.text} for v in q.variants],
                "changes": [list(change) for change in q.changes],
            }
            for q in digest.altered_quotes
        ],
        "summary": list(digest.summary),
        "method": dict(digest.method),
    }


def attribution_record(attribution: Attribution, printed: Printed) -> dict[str, Any] | None:
    """One attribution of ``inspect --json``; ``None`` where its content can't be shown in the file."""
    content = [s for s in (printed.span(c) for c in attribution.content) if s]
    if not content:
        return None
    return {
        "source": attribution.source and printed.span(attribution.source),
        "cue": attribution.cue and printed.span(attribution.cue),
        "content": content,
        "kind": attribution.kind.value,
        "chain": [s.name for s in attribution.chain],
        "stance": attribution.stance,
        "hedge": attribution.hedge,
    }


def tables(digests: Sequence[Digest]) -> dict[str, str]:
    """CSV texts by file name: articles, mentions (a row each, with its claim), reuse."""
    return {
        "articles.csv": _csv(
            ["story", "id", "title", "outlet", "published", "authors", "agency", "language", "url", "file"],
            (
                [
                    d.story,
                    a.article.id,
                    a.article.title,
                    a.article.outlet,
                    a.article.published,
                    "; ".join(a.article.authors),
                    "; ".join(a.article.agency),
                    a.article.language,
                    a.article.url,
                    a.article.source_file,
                ]
                for d in digests
                for a in d.articles
            ),
        ),
        "mentions.csv": _csv(
            ["story", "claim", "article", "mention", "text", "chain", "stance", "hedge", "status", "headline"],
            (
                [
                    d.story,
                    c.id,
                    m.article,
                    m.id,
                    m.text,
                    " < ".join(s.name for s in m.chain),
                    m.stance,
                    m.hedge,
                    m.status.value,
                    "yes" if m.headline else "",
                ]
                for d in digests
                for c in d.claims
                for m in c.mentions
            ),
        ),
        "reuse.csv": _csv(
            ["story", "source", "target", "share", "source_share", "direction", "credited"],
            (
                [d.story, r.source, r.target, f"{r.share:.4f}", f"{r.source_share:.4f}", r.direction, r.credited]
                for d in digests
                for r in d.reuses
            ),
        ),
    }


def _article(annotated: Annotated) -> dict[str, Any]:
    a = annotated.article
    return {
        "id": a.id,
        "file": a.source_file,
        "title": a.title,
        "outlet": a.outlet,
        "published": a.published,
        "updated": a.updated,
        "authors": list(a.authors),
        "dateline": a.dateline,
        "agency": list(a.agency),
        "credits": list(a.credits),
        "language": a.language,
        "url": a.url,
    }


def _claim(
    claim: Claim, origins: int, printed: Mapping[str, Printed], silent: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    return {
        "id": claim.id,
        "text": claim.text,
        "mentions": [_mention(m, printed.get(m.article)) for m in claim.mentions],
        "differences": [
            {
                "aspect": d.aspect,
                "superseded": d.superseded,
                "compatible": d.compatible,
                "values": [_value(v) for v in d.values],
            }
            for d in claim.differences
        ],
        "history": [
            {"when": s.when, "article": s.article, "mention": s.mention, "status": s.status.value}
            for s in claim.history
        ],
        "joins": [{"a": j.a, "b": j.b, "score": round(j.score, 4), "reasons": list(j.reasons)} for j in claim.joins],
        "origins": origins,
        "silent": [{"outlet": outlet, "why": why} for outlet, why in silent],
    }


def _value(value: Value) -> dict[str, Any]:
    spans = [{"mention": mention, "span": _span(span)} for mention, span in value.spans]
    return {"value": value.value, "mentions": list(value.mentions), "spans": spans}


def _mention(mention: Mention, printed: Printed | None) -> dict[str, Any]:
    return {
        "id": mention.id,
        "article": mention.article,
        "text": mention.text,
        "span": _span(mention.span),
        "source_span": printed.span(mention.span, headline=mention.headline) if printed else None,
        "headline": mention.headline,
        "passing": mention.passing,
        "chain": [s.name for s in mention.chain],
        "stance": mention.stance,
        "hedge": mention.hedge,
        "status": mention.status.value,
        "quantities": [_quantity(q) for q in mention.quantities],
        "dates": [_date(d) for d in mention.dates],
    }


def _quantity(q: Quantity) -> dict[str, Any]:
    return {"span": _span(q.span), "value": q.value, "unit": q.unit, "bound": q.bound, "high": q.high}


def _date(d: DateRef) -> dict[str, Any]:
    return {"span": _span(d.span), "start": d.start, "end": d.end}


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _csv(head: Sequence[str], rows: Any) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
