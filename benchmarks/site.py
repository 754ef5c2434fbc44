"""What the site alone costs at sizes that would take hours to annotate, beside plain Pelican and Hugo.

    python benchmarks/site.py [ARTICLES ...] [--alone ARTICLES ...]        # default: 500 1000 --alone 5000 10000

The digests are those of benchmarks/digests.py, laid into a cache as a build leaves them; what is measured is all that
`build` does after that: opening them, rendering, the switch. Processor time is that of one process; the time that
passes is compared with Hugo's, which takes all cores, where we take them too. At the sizes after ``--alone`` the others
are not run. The table goes into docs/performance.md. The comparison is that of benchmarks/like.py.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from like import EDITS, hugo, hugo_live, like, plain_pelican
from measuring import ROOT, Found, answer, child, cpu, ratio, row, write

sys.path[:0] = [str(ROOT)]
SIZES, ALONE = (500, 1000), (5000, 10000)
PER_STORY = 20
AGAIN = ("nothing changed", "one article changed")


def laid(folder: Path, count: int) -> Found:
    """The digests of ``count`` stories, kept as a build keeps them, and a list of their keys."""
    import digests

    from generator.cache import Cache

    memo = Cache(folder / "work" / "cache")
    keys = []
    for number in range(count):
        digest = digests.story(number, PER_STORY)
        keys.append((digest.story, digests.put(memo, _articles(folder), digest)))
    (folder / "keys.json").write_text(json.dumps(keys), encoding="utf-8")
    return {}


def changed(folder: Path, edits: int = 1) -> Found:
    """One article of the first story says something else."""
    import digests

    from generator.cache import Cache

    keys = json.loads((folder / "keys.json").read_text(encoding="utf-8"))
    digest = digests.story(0, PER_STORY, edited=edits)
    keys[0] = (digest.story, digests.put(Cache(folder / "work" / "cache"), _articles(folder), digest))
    (folder / "keys.json").write_text(json.dumps(keys), encoding="utf-8")
    return {}


def _articles(folder: Path) -> Path:
    return folder / "content" / "articles"


def both(folder: Path) -> Found:
    """The site of what was laid out, by as many processes as the machine has cores: for the time that passes."""
    return site(folder, workers=os.cpu_count() or 1)


def resident(folder: Path) -> Found:
    """One edit where the program goes on running, as in ``serve``: the middle one of some."""
    spent = []
    for edit in range(2, EDITS + 3):
        changed(folder, edit)
        spent.append(site(folder)["whole"])
    return {"whole": sorted(spent[1:])[EDITS // 2]}


def site(folder: Path, workers: int = 1) -> Found:
    """The site of what was laid out."""
    from generator import site as stage
    from generator import switch
    from generator.cache import Cache
    from generator.pipeline.digesting import digest_of
    from generator.project import Project

    project = Project.at(folder / "content", folder / "output", folder / "work")
    memo = Cache(project.cache)
    keys = json.loads((folder / "keys.json").read_text(encoding="utf-8"))

    def load(key: str) -> object:
        hit = memo.find(digest_of, key)
        assert hit is not None
        return hit.value

    told = [stage.Told(story, key, partial(load, key)) for story, key in keys]
    before, started = cpu(), time.perf_counter()
    with switch.replacing(project.output, apart_from=[]) as fresh:
        report = stage.build(told, project=project, output=fresh, memo=memo, workers=workers)
    spent = {"whole": cpu() - before, "wall": time.perf_counter() - started}
    return {**spent, "pages": report.pages, "taken": report.taken}


CHILDREN = {f.__name__: f for f in (laid, changed, site, both, resident, plain_pelican, hugo, hugo_live)}


def measure(articles: int, folder: Path, alone: bool) -> dict[str, Found]:
    """Everything at one size."""

    def run(name: str, *more: object) -> Found:
        return child(__file__, name, folder, *more)

    run("laid", articles // PER_STORY)
    found = {"cold": run("site"), "nothing changed": run("site")}
    run("changed")
    found["one article changed"] = run("site")
    found["one edit, resident"] = run("resident")
    if alone:
        return {**found, "cold, all cores": {}, "plain Pelican": {}, "Hugo": {}, "Hugo, live": {}}
    like(folder)
    for name, other in (("plain Pelican", "plain_pelican"), ("Hugo", "hugo"), ("Hugo, live", "hugo_live")):
        found[name] = run(other)
    (folder / "output").rename(folder / "output-before")  # not taken away: see docs/performance.md
    found["cold, all cores"] = run("both")
    return found


def rows(sizes: list[int], found: list[dict[str, Found]]) -> list[tuple[str, ...]]:
    """The table: a column a size."""

    def of(run: str, key: str) -> list[float | None]:
        return [f[run].get(key) for f in found]

    def line(name: str, values: list[float | None], form: str = "{:.1f}", grows: bool = True) -> tuple[str, ...]:
        return row(name, sizes, values, form, grows)

    cold, pelican = of("cold", "whole"), of("plain Pelican", "whole")
    pages = [n / 1000 if n else None for n in of("cold", "pages")]
    table = [line("pages", of("cold", "pages"), "{:,.0f}")]
    for name in ("cold", *AGAIN):
        table += [line(f"{name}, CPU s", of(name, "whole"), "{:.2f}"), line(f"{name}, s", of(name, "wall"), "{:.2f}")]
    table += [line("cold, CPU ms a page", ratio(cold, pages), "{:.2f}", grows=False)]
    table += [line(f"{name}, peak MiB", of(name, "peak"), "{:.0f}", grows=False) for name in ("cold", *AGAIN)]
    table += [line("cold, all cores, s", of("cold, all cores", "wall"), "{:.2f}")]
    table += [line("one edit where it goes on running, CPU s", of("one edit, resident", "whole"), "{:.2f}")]
    for name in ("plain Pelican", "Hugo"):
        table += [line(f"{name}, CPU s", of(name, "whole")), line(f"{name}, s", of(name, "wall"))]
    table += [line("Hugo's server, one edit, CPU s", of("Hugo, live", "whole"), "{:.2f}")]
    ratios = [
        ("cold : plain Pelican, CPU", ratio(cold, pelican)),
        ("cold : Hugo, CPU", ratio(cold, of("Hugo", "whole"))),
        ("cold, all cores : Hugo, time", ratio(of("cold, all cores", "wall"), of("Hugo", "wall"))),
        *((f"{n} : plain Pelican, cold, CPU", ratio(of(n, "whole"), pelican)) for n in AGAIN),
        ("one edit : Hugo's server, CPU", ratio(of("one edit, resident", "whole"), of("Hugo, live", "whole"))),
    ]
    return table + [line(name, values, "{:.3f}", grows=False) for name, values in ratios]


def main(sizes: list[int], alone: list[int]) -> None:
    found = []
    with tempfile.TemporaryDirectory() as folder:  # taken away at the end: making files is slow after that
        for size in [*sizes, *alone]:
            place = Path(folder) / str(size)
            place.mkdir()
            found.append(measure(size, place, size in alone))
            print(size, json.dumps(found[-1]), flush=True)
    told = " ".join(map(str, sizes)) + (f" --alone {' '.join(map(str, alone))}" if alone else "")
    write(f"python benchmarks/site.py {told}", [*sizes, *alone], rows([*sizes, *alone], found), "site")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        if sys.argv[2] == "laid":
            print(json.dumps(laid(Path(sys.argv[3]), int(sys.argv[4]))))
        else:
            answer(CHILDREN, sys.argv[2:])
    else:
        given = " ".join(sys.argv[1:]).split("--alone")
        both = [[int(n) for n in part.split()] for part in (*given, "")][:2]
        main(*(both if sys.argv[1:] else (list(SIZES), list(ALONE))))
