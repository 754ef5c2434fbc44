"""The annotated stories of tests/corpus/real: offsets into real articles that stay beside the repository."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.model import Article, Paragraph
from generator.text import squeeze

POST = re.compile(r"<tweet [^>]*>|<tweet/>\.?|</tweet>\.?")  # with the full stop that ends every paragraph there
FOLDER = Path(__file__).resolve().parent / "real"

Piece = tuple[str, int, int]  # document, first and last character: of the printed text, or of its visible characters


@dataclass(frozen=True)
class Told:
    """Articles, and pieces counted in the visible characters of their text."""

    articles: tuple[Article, ...]
    claims: dict[str, tuple[Piece, ...]]
    passing: dict[str, tuple[Piece, ...]]  # what alludes to a claim: neither asked for nor wrong
    apart: tuple[tuple[Piece, Piece], ...]


def files() -> list[Path]:
    return sorted(FOLDER.glob("*.json"))


def available(shared: Path) -> bool:
    return (shared / "polnear" / "train.jsonl").exists()


def texts(shared: Path) -> dict[str, tuple[str, str]]:
    """By document id the title and the text as printed; where a text was annotated twice, the first."""
    path = shared / "polnear"
    titles = {row["filename"]: row.get("title") or "" for row in _rows(path / "metadata.jsonl")}
    found: dict[str, tuple[str, str]] = {}
    for row in _rows(path / "train.jsonl"):
        found.setdefault(document_id(row["file"]), (titles.get(row["file"], ""), row["text"]))
    return found


def document_id(file: str) -> str:
    """The id of a document by its name in the collection."""
    return hashlib.sha256(file.encode()).hexdigest()[:12]


def read(path: Path, shared: Path) -> Told:
    """A story of this folder with its texts; ``KeyError`` where one isn't there."""
    record, printed = json.loads(path.read_text(encoding="utf-8")), texts(shared)
    heads = {one["id"]: one["body"] for one in record["documents"]}

    def piece(place: list[Any]) -> Piece:
        who, start, end = place
        text = printed[who][1]
        begin, last = (len(squeeze(cleaned(text[heads[who] : at]))) for at in (start, end))
        return who, begin, last

    return Told(
        tuple(_article(one, path.stem, *printed[one["id"]]) for one in record["documents"]),
        *({name: tuple(map(piece, places)) for name, places in record[kind].items()} for kind in ("claims", "passing")),
        tuple((piece(a), piece(b)) for a, b in record["apart"]),
    )


def _article(record: dict[str, Any], story: str, title: str, text: str) -> Article:
    lines = (line.strip() for line in cleaned(text[record["body"] :]).split("\n"))
    body = tuple(Paragraph(line) for line in lines if line)
    return Article(record["id"], story, title=title, body=body, outlet=record["outlet"], published=record["published"])


def cleaned(text: str) -> str:
    """Without the marks around a post; two apostrophes, as one outlet's archive has them, made a quotation mark."""
    return POST.sub("", text).replace("''", '"')


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
