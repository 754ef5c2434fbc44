"""Browser tests run on Debian's Chromium; Playwright's own download is not used. Without one they are skipped."""

from __future__ import annotations

import functools
import http.server
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SUB_PATH = "/repo/"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """pytest-playwright's fixture: which browser to start, and how."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here: the site can't be tested in a browser")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ["--no-sandbox", "--disable-gpu"]}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the invented story."""
    import digests
    import test_site

    folder = tmp_path_factory.mktemp("browser")
    test_site.build([digests.digest()], project=test_site.project(folder), output=folder / "out" / "repo")
    return folder / "out"


@pytest.fixture(scope="session")
def sharded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site with its search index cut into shards, as a collection of thousands has it."""
    import digests
    import test_site

    from generator.site import searching

    folder = tmp_path_factory.mktemp("sharded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching.Index.__init__, "__defaults__", (3,))
        patch.setattr(searching, "CHUNK", 5)
        test_site.build([digests.digest()], project=test_site.project(folder), output=folder / "out")
    return folder / "out"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served, under a sub-path as on GitHub Pages."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def noise(page: Any) -> list[str]:
    """What the page complains of and what it asks of others; must be empty at the end of a test."""
    heard: list[str] = []
    page.on("console", lambda m: heard.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: heard.append(str(e)))
    page.on("response", lambda r: heard.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    own = ("http://127.0.0.1", "file:", "data:")
    page.on("request", lambda r: None if r.url.startswith(own) else heard.append(f"asked {r.url}"))
    return heard
