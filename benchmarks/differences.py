"""How well the differences between two mentions of one claim are told: over pairs that a person annotated.

    python benchmarks/differences.py GOLD.json ARTICLES SCORER.py [-v]

GOLD.json holds "mentions" ({"id", "article", "kind", "text"}), "pairs" of one claim ({"a", "b", "labels"}) and
"negatives" ({"a", "b", "label"}); ARTICLES is the folder of their files; SCORER.py reads GOLD.json and the lines that
this writes. Each annotated mention stands for ours that overlaps it most, so that only the comparison is measured,
neither grouping nor, as far as may be, the cut into mentions. With -v the pairs that are told otherwise are listed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from generator import intake, summarizer  # noqa: E402
from generator.converter import convert  # noqa: E402
from generator.intake.coverage import read_coverage  # noqa: E402
from generator.model import Annotated, Mention  # noqa: E402
from generator.summarizer import differences, similarity, speakers  # noqa: E402
from generator.summarizer.naming import Aliases  # noqa: E402
from generator.text import squeeze_map  # noqa: E402

SCORED = frozenset({"number", "date", "hedge", "attribution", "polarity", "contradict"})


def read(folder: Path) -> dict[str, Annotated]:
    """The articles of a folder by file name, annotated, their speakers united."""
    paths = sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".html"))
    coverage = read_coverage(folder)
    captures = [intake.read(p, root=folder, hints=coverage.hints_for(p.name))[0] for p in paths]
    made = [convert(c, story="s").article for c in captures]
    annotated = speakers.united(summarizer.annotate_many(made))
    return {p.name: a for p, a in zip(paths, annotated, strict=True)}


def find(gold: Mapping[str, Any], article: Annotated) -> Mention | None:
    """Our mention for an annotated one; ``None`` where its words are not in the article. One that is almost
    the same goes first; of those that hold most of it or lie mostly in it, one that is no background; then the one that
    overlaps most.
    """
    headline = gold["kind"] == "headline"
    flat, offsets = squeeze_map((article.article.title or "") if headline else article.article.text)
    sought = squeeze_map(gold["text"])[0]
    at = flat.find(sought)
    if at < 0:
        return None
    start, end = offsets[at], offsets[at + len(sought) - 1] + 1

    def fit(mention: Mention) -> tuple[bool, bool, bool, float]:
        shared = min(end, mention.span.end) - max(start, mention.span.start)
        mostly = shared > 0.5 * min(end - start, len(mention.span))
        whole = max(end, mention.span.end) - min(start, mention.span.start)
        return shared >= 0.75 * whole, mostly, mostly and not mention.passing, shared / whole

    return max((m for m in article.mentions if m.headline == headline), key=fit, default=None)


def labels(a: Mention, b: Mention, aliases: Aliases) -> list[str]:
    """The labels of a pair, in the scorer's words."""
    found = {{"sources": "number"}.get(d.aspect, d.aspect) for d in differences.between(a, b, aliases)}
    found -= {"wording", "polarity"}
    return sorted(found | ({"polarity"} if differences.contradict(a, b) else set()))


def told(gold: Mapping[str, Any], articles: Mapping[str, Annotated]) -> Iterable[dict[str, Any]]:
    """A record per annotated pair, with our labels, the annotated ones, and the mentions compared."""
    aliases = similarity.settle([m for a in articles.values() for m in a.mentions])
    by_id = {m["id"]: m for m in gold["mentions"]}
    for pair in [*gold["pairs"], *gold["negatives"]]:
        own = [find(by_id[pair[k]], articles[by_id[pair[k]]["article"]]) for k in ("a", "b")]
        if own[0] is None or own[1] is None:
            print("not found:", pair, file=sys.stderr)
            continue
        wanted = set(pair.get("labels") or [pair["label"]])
        same = {"labels": labels(own[0], own[1], aliases), "wanted": sorted(wanted), "mentions": own}
        yield {"a": pair["a"], "b": pair["b"], **same}


def main() -> None:
    gold_path, folder, scorer = map(Path, sys.argv[1:4])
    records = list(told(json.loads(gold_path.read_text(encoding="utf-8")), read(folder)))
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        for r in records:
            print(json.dumps({"a": r["a"], "b": r["b"], "labels": r["labels"]}), file=out)
        out.flush()
        subprocess.run([sys.executable, str(scorer), str(gold_path), out.name], check=True)
    if "-v" in sys.argv:
        for r in records:
            wanted = {"polarity" if w == "contradict" else w for w in r["wanted"]} & SCORED
            if wanted != set(r["labels"]) & SCORED:
                print("\nwanted", r["wanted"], "told", r["labels"], r["a"], r["b"])
                for m in r["mentions"]:
                    print("   ", m.text, "|", m.status.value, m.hedge, [s.name for s in m.chain], m.stance, m.subjects)
                    print("        ", [(d.start, d.end) for d in m.when], [(q.value, q.unit) for q in m.quantities],
                          "neg" * m.negated, "ahead" * m.ahead, "passing" * m.passing)  # fmt: skip


if __name__ == "__main__":
    main()
