"""Proves laws 1, 2, 3 and 5 on every input of every set: nothing lost, read back as written, an edit kept, spans true.

    python tests/corpus/laws.py [FOLDER ...] [--every N]      (default: all of ../shared that is an input)

Each input is read and converted as ``convert`` does it; one that is refused, with its reason, is no failure. Printed:
how many inputs, articles and refusals each set has, and a line a failure. Exit status 1 on any.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from generator import archive, intake, markdown  # noqa: E402
from generator.converter import Converted, convert  # noqa: E402
from generator.converter.laws import REPAIRED  # noqa: E402
from generator.errors import InputRefused, LawBroken  # noqa: E402
from generator.model import Article  # noqa: E402
from generator.text import squeeze  # noqa: E402

SHARED = ROOT.parent / "shared"
INPUTS = frozenset({".txt", ".html", ".htm", ".xml", ".rss", ".atom", ".eml", ".pdf", ".jsonl", ".warc", ".gz"})
NO_INPUTS = frozenset({"gold.jsonl"})


def sets(shared: Path) -> dict[str, list[Path]]:
    """The inputs under ``shared`` by the folder that they lie in."""
    found: dict[str, list[Path]] = {}
    for part in ("pages", "polnear", "seeds"):
        for path in sorted((shared / part).rglob("*")):
            if path.is_file() and path.suffix.lower() in INPUTS and path.name not in NO_INPUTS:
                found.setdefault(path.parent.relative_to(shared).as_posix(), []).append(path)
    return found


def broken(path: Path) -> Iterator[str]:
    """The laws that the conversion of ``path`` breaks. Raises InputRefused where it can't be read."""
    try:
        for capture in intake.read(path, root=path.parent):
            made = convert(capture, story="laws")
            yield from _lost(capture.text, made)
            article = markdown.settle(replace(made.article, source_file=capture.name))
            text = markdown.dump(article, source="1")
            if markdown.load(text, id=article.id, story="laws") != article:
                yield "law 2, round trip: the file reads back as another article"
            yield from _overwritten(article)
    except LawBroken as error:
        yield error.message


def _lost(text: str, made: Converted) -> Iterator[str]:
    """Laws 1 and 5, worked out anew: the blocks in order are the capture's visible characters, each its span's."""
    blocks, article = made.blocks, made.article
    if "".join(squeeze(b.span.of(text)) for b in blocks) != squeeze(text):
        yield "law 1, conservation: the blocks are not the capture's visible characters"
    titles = [b.text for b in blocks if b.role.value == "title"][:1]
    held = [p.text for p in article.body] + [r.text for r in article.removed] + titles
    if sorted(held) != sorted(b.text for b in blocks):
        yield "law 1, conservation: a block is neither text nor title nor set aside"
    for b in blocks:
        if not b.rule.endswith(REPAIRED) and squeeze(b.span.of(text)) != squeeze(b.text):
            yield f"law 5, true spans: {b.rule} shows other words than its span {b.span}"


def _overwritten(article: Article) -> Iterator[str]:
    """Law 3: an edited file is left alone, by the same source and by another, and the new text is laid beside it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = archive.keep(article, folder, source="1").path
        edited = path.read_text(encoding="utf-8") + "\nA line by hand.\n"
        path.write_text(edited, encoding="utf-8")
        states = [archive.keep(article, folder, source=source).state for source in ("1", "2")]
        if states != ["edited", "conflict"] or path.read_text(encoding="utf-8") != edited:
            yield f"law 3, edits survive: {states}"


def check(paths: list[Path]) -> tuple[int, list[str]]:
    """How many of ``paths`` were refused, and a line for each law that another breaks."""
    refused, failures = 0, []
    for path in paths:
        try:
            failures += [f"{path}: {failure}" for failure in broken(path)]
        except InputRefused:
            refused += 1
    return refused, failures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--every", type=int, default=1, help="only each N-th input")
    options = parser.parse_args()
    given = {str(f): sorted(p for p in f.rglob("*") if p.suffix.lower() in INPUTS) for f in options.folders}
    total, failures = 0, []
    for name, paths in (given or sets(SHARED)).items():
        chosen = paths[:: options.every]
        refused, broken_here = check(chosen)
        total += len(chosen)
        failures += broken_here
        print(f"{name}: {len(chosen)} inputs, {refused} refused, {len(broken_here)} failures", flush=True)
    print(*failures, sep="\n", end="\n" if failures else "")
    print(f"{total} inputs, {len(failures)} failures")
    return 1 if failures or not total else 0


if __name__ == "__main__":
    sys.exit(main())
