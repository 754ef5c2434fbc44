"""What a build costs by stage and size, beside plain Pelican and Hugo with as many pages and a like theme.

    python benchmarks/run.py [ARTICLES ...]                      # default: 100 400

CPU time is user and system of a process of its own, so that other work on the machine disturbs it least; what passed is
told too; peak memory is that process's. The collections are those of benchmarks/invented.py, twenty articles of
750 words a story. The table goes into docs/performance.md between its two marks, but only when all was measured.

The comparison is that of benchmarks/like.py: plain Pelican and Hugo with as many pages of the same words. The site
alone, at sizes that would take hours to annotate, is measured by benchmarks/site.py.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from like import hugo, like, plain_pelican
from measuring import ROOT, Found, answer, child, cpu, ratio, row, write

sys.path[:0] = [str(ROOT)]
SIZES = (100, 400)
ADDED = "One more Gazette\n\nA late report\n\n9 March 2023\n\nThe ferry office said that the pier would stay shut.\n"


# --- each of these runs in a process of its own -----------------------------------------------------------------------


def project(folder: Path) -> Any:
    from generator.project import Project

    return Project.at(folder / "none", folder / "output", folder / "work", folder / "inbox")


def whole(folder: Path) -> Found:
    """A build, by stage."""
    from generator import pipeline, site
    from generator.pipeline import standing

    spent: dict[str, float] = {}
    for module, name, stage in ((standing, "convert", "convert"), (standing, "compared", "annotate and compare"),
                                (site, "build", "site")):  # fmt: skip
        setattr(module, name, _timed(getattr(module, name), stage, spent))
    report = _timed(pipeline.build, "whole", spent)(project(folder))
    return {**spent, "pages": report.pages}


def _timed(function: Callable[..., Any], stage: str, spent: dict[str, float]) -> Callable[..., Any]:
    def timed(*args: Any, **kwargs: Any) -> Any:
        before, started = cpu(), time.perf_counter()
        result = function(*args, **kwargs)
        result = list(result) if stage.startswith("annotate") else result
        spent[stage] = spent.get(stage, 0) + cpu() - before
        spent[f"{stage}, wall"] = spent.get(f"{stage}, wall", 0) + time.perf_counter() - started
        return result

    return timed


def bare_parse(folder: Path) -> Found:
    """The parser alone, as spaCy has it, over every paragraph, each distinct one once."""
    import spacy

    from generator.pipeline import Report, stories
    from generator.summarizer import parsing

    nlp = spacy.load(parsing.MODEL, exclude=["ner"])  # our own multiplies its matrices faster
    texts = {p.text: None for _, articles in stories(project(folder), Report()) for a in articles for p in a.body}
    before = cpu()
    with nlp.select_pipes(enable=["tok2vec", "tagger", "parser"]):
        for _ in nlp.pipe(texts, batch_size=64):
            pass
    return {"whole": cpu() - before}


CHILDREN = {f.__name__: f for f in (whole, bare_parse, plain_pelican, hugo)}


# --- the table --------------------------------------------------------------------------------------------------------


def measure(articles: int, folder: Path) -> dict[str, Found]:
    """Everything at one size."""
    import invented

    def run(name: str) -> Found:
        return child(__file__, name, folder)

    invented.write(folder / "inbox", articles)
    found = {"cold": run("whole"), "nothing changed": run("whole")}
    story = min(p for p in (folder / "inbox").iterdir())
    (story / "one more.txt").write_text(ADDED, encoding="utf-8")
    found |= {"one article added": run("whole"), "bare parse": run("bare_parse")}
    like(folder)
    return {**found, "plain Pelican": run("plain_pelican"), "Hugo": run("hugo")}


STAGES = ("convert", "annotate and compare", "site", "whole")
AGAIN = ("nothing changed", "one article added")


def rows(sizes: list[int], found: list[dict[str, Found]]) -> list[tuple[str, ...]]:
    """The table: a column a size."""

    def of(run: str, key: str) -> list[float | None]:
        return [f[run].get(key) for f in found]

    def line(name: str, values: list[float | None], form: str = "{:.1f}", grows: bool = True) -> tuple[str, ...]:
        return row(name, sizes, values, form, grows)

    cold, pelican, theirs = of("cold", "whole"), of("plain Pelican", "whole"), of("Hugo", "wall")
    table = [line("pages", of("cold", "pages"), "{:,.0f}")]
    for run in ("cold", *AGAIN):
        name = "cold build" if run == "cold" else run
        for stage in STAGES:
            if any(v is not None for v in of(run, stage)):
                table.append(line(f"{name}: {stage}, CPU s", of(run, stage), "{:.2f}"))
                table.append(line(f"{name}: {stage}, s", of(run, f"{stage}, wall"), "{:.2f}"))
    table.append(line("cold build, peak MiB", of("cold", "peak"), "{:.0f}", grows=False))
    table += [line(f"{n}, CPU s", of(n, "whole")) for n in ("bare parse", "plain Pelican", "Hugo")]
    table += [line(f"{n}, s", of(n, "wall")) for n in ("plain Pelican", "Hugo")]
    ratios = [
        ("cold, whole : bare parse", ratio(cold, of("bare parse", "whole"))),
        *((f"{n} : cold", ratio(of(n, "whole"), cold)) for n in AGAIN),
        ("site : plain Pelican, as many pages, CPU", ratio(of("cold", "site"), pelican)),
        ("site : Hugo, as many pages, time", ratio(of("cold", "site, wall"), theirs)),
        *((f"site, {n} : plain Pelican", ratio(of(n, "site"), pelican)) for n in AGAIN),
    ]
    return table + [line(name, values, "{:.3f}", grows=False) for name, values in ratios]


def main(sizes: list[int]) -> None:
    found = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            found.append(measure(size, Path(folder)))
            print(size, json.dumps(found[-1]), flush=True)
    write(f"python benchmarks/run.py {' '.join(map(str, sizes))}", sizes, rows(sizes, found), "figures")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        answer(CHILDREN, sys.argv[2:])
    else:
        main([int(a) for a in sys.argv[1:]] or list(SIZES))
