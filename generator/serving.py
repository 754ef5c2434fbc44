"""``serve``: build, show the site on this machine, build again when something changes, and reload the open pages.

The page that is served gets one line of script that the site itself doesn't have: it listens for the next build.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from generator import pipeline
from generator.errors import BuildFailed, CrossreportError
from generator.project import Project

RELOAD = "/-/reload"
_SCRIPT = '<script>new EventSource("{reload}?{count}").onmessage = () => location.reload()</script>'
_NOTICE = (
    '<aside role="alert" style="position:sticky;top:0;z-index:99;max-height:50vh;overflow:auto;padding:.6rem 1rem;'
    'background:#8f1019;color:#fff;font:600 .95rem/1.4 system-ui,sans-serif">{trouble}</aside>'
)
_BODY = re.compile(rb"<body[^>]*>")
_NOTHING_YET = b"<!doctype html><html lang=en><meta charset=utf-8><title>Not built</title><body></body></html>"


class _Builds:
    """Counts the builds and holds the last one's trouble, for the pages that wait for the next."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0
        self.trouble: tuple[str, ...] = ()

    def done(self, trouble: tuple[str, ...]) -> None:
        with self._changed:
            self.trouble = trouble
            self._count += 1
            self._changed.notify_all()

    @property
    def count(self) -> int:
        return self._count

    def wait(self, seen: int, seconds: float) -> bool:
        """Whether a build after the ``seen``-th has ended, within ``seconds``."""
        with self._changed:
            return self._changed.wait_for(lambda: self._count != seen, seconds)


class _Pages(SimpleHTTPRequestHandler):
    """The files of the site, as GitHub Pages answers, with the reloading script in every page."""

    def __init__(self, *args: object, builds: _Builds, **kwargs: object) -> None:
        self._builds = builds
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path == RELOAD:
            self._tell_of_the_next_build(int(query) if query.isdecimal() else self._builds.count)
            return
        file = Path(self.translate_path(path))
        if file.is_dir():
            file /= "index.html"
        if file.suffix == ".html" and file.is_file():
            self._page(file.read_bytes())
        elif file.suffix == ".html" and self._builds.trouble:
            self._page(_NOTHING_YET)
        else:
            super().do_GET()

    def _page(self, html: bytes) -> None:
        trouble = "".join(
            f'<p style="margin:.2rem 0;max-width:none">{_escaped(line)}</p>' for line in self._builds.trouble
        )
        notice = _NOTICE.format(trouble=trouble) if trouble else ""
        script = _SCRIPT.format(reload=RELOAD, count=self._builds.count)
        body = _BODY.sub(lambda tag: tag.group() + notice.encode(), html, count=1)
        body = body.replace(b"</body>", script.encode() + b"</body>", 1)
        # The site allows no script in its pages; on this machine only, ours is let in.
        body = body.replace(b'http-equiv="Content-Security-Policy"', b'name="served-without-policy"', 1)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def _tell_of_the_next_build(self, seen: int) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            while not self._builds.wait(seen, 15):
                self.wfile.write(b": still here\n\n")
                self.wfile.flush()
            self.wfile.write(b"data: built\n\n")
        except OSError:
            return  # the page was closed

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: the terminal is for the builds."""


def serve(
    project: Project, *, port: int, say: Callable[[str], None], complain: Callable[[CrossreportError], None]
) -> None:
    """Serves until interrupted. The first build's errors are shown and waited on like every other's."""
    builds = _Builds()
    _build(project, builds, say, complain)
    project.output.mkdir(parents=True, exist_ok=True)
    pages = partial(_Pages, builds=builds, directory=str(project.output))
    with ThreadingHTTPServer(("127.0.0.1", port), pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        say(f"http://127.0.0.1:{server.server_address[1]}/  (Ctrl-C ends)")
        _watch(project, lambda: _build(project, builds, say, complain))
        server.shutdown()


def _build(
    project: Project, builds: _Builds, say: Callable[[str], None], complain: Callable[[CrossreportError], None]
) -> None:
    try:
        report = pipeline.build(project)
    except CrossreportError as error:
        complain(error)
        builds.done((str(error),))
        return
    except Exception as error:
        # A fault of ours must not end the session of a person who is editing.
        complain(BuildFailed(f"{type(error).__name__}: {error}"))
        builds.done((f"{type(error).__name__}: {error}",))
        return
    for problem in report.problems:
        complain(problem)
    say(f"built: {report.articles} articles, {report.claims} claims")
    builds.done(tuple(str(p) for p in report.problems))


def _watch(project: Project, rebuild: Callable[[], None]) -> None:
    from watchfiles import watch

    folders = [
        p for p in (project.inbox, project.articles, project.stories, project.pages, project.theme) if p.is_dir()
    ]
    for changes in watch(*folders, raise_interrupt=False):
        if any(not Path(path).name.startswith(".") and not path.endswith(".part") for _, path in changes):
            rebuild()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
