"""Builds a site of everything active in one pile and visits its pages in a real Chromium, from a server and from disk.

    python tests/hostile/browse.py [--only active,active-text,title] [--pages 400] [--seed 7]

Nothing of an input may run, open a dialogue, ask anyone for anything, send the reader elsewhere, or be refused by our
own Content-Security-Policy (what was taken out need not be refused). Exit status 1 where something was seen.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import random
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).absolute().parents[2]
sys.path.insert(0, str(ROOT))

from tests.hostile.case import MARK, Case  # noqa: E402
from tests.hostile.corpus import SEED, corpus, lay  # noqa: E402
from tests.hostile.run import build  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# What an input could do that no page of ours does; looked at when the page has settled.
ASKED = f"""() => [document.title.includes('{MARK}') && document.title === '{MARK}' ? 'title' : '',
  typeof window.{MARK} === 'undefined' ? '' : 'variable',
  document.querySelectorAll('iframe,object,embed,base,frame,form:not(.find),audio,video').length ? 'element' : ''].join('')"""


def site_of(cases: Sequence[Case], root: Path) -> Path:
    """A built site of ``cases``."""
    lay(cases, root)
    done = build(root)
    assert done.status in (0, 3), done.err
    return root / "site"


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Where ``site`` is served."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def visited(page: Any, base: str, names: Sequence[str]) -> Iterator[str]:
    """What is seen of the pages ``names`` under ``base`` that should not be."""
    heard: list[str] = []
    page.on("dialog", lambda d: (heard.append(f"dialogue {d.message}"), d.dismiss()))
    page.on("console", lambda m: heard.append(m.text) if m.type == "error" or MARK in m.text else None)
    page.on("pageerror", lambda e: heard.append(str(e)))
    page.on("popup", lambda _: heard.append("a window"))
    page.on("request", lambda r: None if r.url.startswith((base, "data:")) else heard.append(f"asked {r.url}"))
    page.on("response", lambda r: heard.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    for name in names:
        page.goto(base + name, wait_until="load")
        page.mouse.move(200, 300)  # what waits for a pointer or the focus
        page.keyboard.press("Tab")
        if found := page.evaluate(ASKED):
            heard.append(found)
        if page.url.split("#")[0] != base + name:
            heard.append(f"went to {page.url}")
        yield from (f"{name}: {what}" for what in heard)
        heard.clear()


def html_pages(site: Path, most: int, seed: int = SEED) -> list[str]:
    """Articles first, then others, by chance; at most ``most``."""
    names = sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html") if p.name != "404.html")
    random.Random(seed).shuffle(names)
    return sorted(names, key=lambda n: "/articles/" not in n)[:most]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", default="active,active-text,own-folder,title,place")
    options.add_argument("--pages", type=int, default=400)
    options.add_argument("--seed", type=int, default=SEED)
    given = options.parse_args()
    from playwright.sync_api import sync_playwright

    root = Path(tempfile.mkdtemp(prefix="browse-"))
    site = site_of([c for c in corpus(given.seed) if c.kind in given.only.split(",") and not c.full], root)
    names, found = html_pages(site, given.pages), 0
    with sync_playwright() as play, served(site) as address:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for base, some in ((address, names), (f"{site.as_uri()}/", names[::10])):
            for trouble in visited(browser.new_page(), base, some):
                found += 1
                print(trouble, flush=True)
            print(f"{len(some)} pages of {base}, {found} troubles", flush=True)
        browser.close()
    shutil.rmtree(root)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
