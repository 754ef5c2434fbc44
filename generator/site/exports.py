"""The data behind a story's pages as files: CSV tables, the digest as JSON, and citations of the articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from generator.export import digest_record
from generator.model import Article
from generator.project import Settings
from generator.site import addresses, wording
from generator.site.desk import Desk
from generator.site.encoding import laid_out
from generator.site.legal import legal_bytes
from generator.site.views.base import absolute, base_url

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f]")
_FORMULA_SIGNS = frozenset("=+-@\t\r")
_FORMULA = tuple(sorted(_FORMULA_SIGNS))


def files(desk: Desk, settings: Settings) -> dict[str, bytes]:
    """Each file by its name; a table without rows is left out."""
    made: dict[str, str | bytes] = {
        "claims.csv": _csv(_CLAIM_HEAD, _claim_rows(desk, settings)),
        "mentions.csv": _csv(_MENTION_HEAD, _mention_rows(desk, settings)),
        "reuse.csv": _csv(_REUSE_HEAD, _reuse_rows(desk)),
        "digest.json": laid_out(digest_record(desk.digest, {})),
    }
    if desk.digest.articles:
        articles = [a.article for a in desk.digest.articles]
        made["cite.bib"] = "\n".join(_bibtex(a) for a in articles)
        made["cite.ris"] = "\n".join(_ris(a) for a in articles)
        csl = [_csl(a, absolute(settings, desk.article_path(a.id))) for a in articles]
        made["cite.csl.json"] = laid_out(csl)
    return {name: legal_bytes(text) for name, text in made.items() if text}


# --- tables -----------------------------------------------------------------------------------------------------------

_CLAIM_HEAD = ("claim", "number", "text", "outlets", "outlet_names", "mentions", "differs_in", "origins", "page")
_MENTION_HEAD = (
    "mention", "claim", "article", "outlet", "published", "text", "start", "end", "headline", "chain", "stance",
    "hedge", "status", "quotation", "page", "authors", "original",
)  # fmt: skip
_REUSE_HEAD = ("source", "source_outlet", "target", "target_outlet", "share_of_target", "share_of_source", "passages",
               "direction", "credited")  # fmt: skip


def _claim_rows(desk: Desk, settings: Settings) -> Iterable[Sequence[object]]:
    for claim in desk.claims:
        yield (
            claim.id, desk.numbers[claim.id], desk.wording(claim).text, desk.spread(claim),
            "; ".join(desk.holders(claim)), len(claim.mentions), "; ".join(d.aspect for d in claim.differences),
            len(desk.origins_of.get(claim.id, ())), _page(settings, desk.claim_path(claim)),
        )  # fmt: skip


def _mention_rows(desk: Desk, settings: Settings) -> Iterable[Sequence[object]]:
    root = base_url(settings)
    of = {
        a.article.id: (
            a.article.outlet or "",
            a.article.published or "",
            "; ".join(a.article.authors),
            a.article.url or "",
        )
        for a in desk.digest.articles
    }
    for claim in desk.claims:
        for m in claim.mentions:
            outlet, published, authors, url = of[m.article]
            yield (
                m.id, claim.id, m.article, outlet, published, m.text, m.span.start, m.span.end, int(m.headline),
                " < ".join([wording.voice(s) for s in m.chain]), m.stance, m.hedge or "", m.status.value,
                m.quote.value if m.quote else "", root + desk.sentence_path(m), authors, url,
            )  # fmt: skip


def _reuse_rows(desk: Desk) -> Iterable[Sequence[object]]:
    for r in desk.digest.reuses:
        yield (
            r.source, desk.article(r.source).outlet or "", r.target, desk.article(r.target).outlet or "",
            f"{r.share:.4f}", f"{r.source_share:.4f}", len(r.passages), r.direction, int(r.credited),
        )  # fmt: skip


def _page(settings: Settings, path: str) -> str:
    """The address of a page: from the site's root while that of the site is not known."""
    return absolute(settings, path) or path


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as RFC 4180 has it; "" without rows. Python's own writer asks of every letter if it needs a quote."""
    lines = [_line(row) for row in rows]
    return "\r\n".join([",".join(head), *lines, ""]) if lines else ""


def _line(row: Sequence[object]) -> str:
    """A row for a spreadsheet (see :func:`cell`); most need nothing done to them."""
    cells = [value if type(value) is str else str(value) for value in row]
    line = ",".join(cells)
    if not line.isprintable() or not _FORMULA_SIGNS.isdisjoint([text[:1] for text in cells]):
        cells = [cell(value) for value in row]
        line = ",".join(cells)
    if '"' not in line and "\n" not in line and "\r" not in line and line.count(",") == len(cells) - 1:
        return line
    return ",".join([_quoted(text) for text in cells])


def _quoted(text: str) -> str:
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def cell(value: object) -> str:
    """A value for a spreadsheet: a text that a program would take for a formula begins with an apostrophe."""
    text = str(value)
    if not text.isprintable():
        text = _CONTROLS.sub("", text)
    is_text = not isinstance(value, int | float)
    return "'" + text if is_text and text.startswith(_FORMULA) else text


def citations(article: Article, page: str) -> tuple[tuple[str, str], ...]:
    """An article in each of the forms that programs for references read; ``page`` is its page here."""
    return (
        ("BibTeX", _bibtex(article)),
        ("RIS", _ris(article)),
        ("CSL-JSON", laid_out(_csl(article, page)).decode("utf-8", "surrogatepass")),
    )


# --- citations --------------------------------------------------------------------------------------------------------

_TEX = str.maketrans({
    "\\": r"\textbackslash ", "{": "(", "}": ")", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\~", "^": r"\^", **{chr(control): None for control in range(0x20)},
})  # fmt: skip


def _bibtex(article: Article) -> str:
    fields = {
        "title": article.label,
        "author": " and ".join(article.authors),
        "journal": article.outlet,
        "date": article.published and article.published[:10],
        "url": article.url,
        "langid": article.language,
    }
    body = "".join(f"  {name} = {{{_tex(value)}}},\n" for name, value in fields.items() if value)
    return f"@article{{{addresses.part(article.id)},\n{body}}}\n"


def _tex(text: str) -> str:
    return text.translate(_TEX)


def _ris(article: Article) -> str:
    """RIS, one tag a line, as reference managers read it."""
    lines = [("TY", "NEWS"), ("TI", article.label), *(("AU", a) for a in article.authors), ("T2", article.outlet or "")]
    lines += [("DA", (article.published or "")[:10].replace("-", "/")), ("LA", article.language or "")]
    lines += [("UR", article.url or "")]
    kept = [f"{tag}  - {' '.join(value.split())}" for tag, value in lines if value]
    return "\n".join([*kept, "ER  - "]) + "\n"


def _csl(article: Article, page: str) -> dict[str, Any]:
    """CSL-JSON 1.0.2."""
    item: dict[str, Any] = {"id": article.id, "type": "article-newspaper", "title": article.label}
    if article.url or page:
        item["URL"] = article.url or page
    if article.authors:
        item["author"] = [{"literal": name} for name in article.authors]
    if article.outlet:
        item["container-title"] = article.outlet
    if article.language:
        item["language"] = article.language
    date = (article.published or "")[:10].split("-")
    if all(p.isdigit() for p in date):
        item["issued"] = {"date-parts": [[int(p) for p in date]]}
    return item
