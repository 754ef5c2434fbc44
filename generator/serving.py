"""``serve``: build, show the site on this machine, build again when something changes, and reload the open pages.

The page that is served gets one line of script that the site itself doesn't have: it listens for the next build.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from generator import pipeline
from generator.errors import BuildFailed, CrossreportError
from generator.project import Project

RELOAD = "/-/reload"
_SCRIPT = f'<script>new EventSource("{RELOAD}").onmessage = () => location.reload()</script>'


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

    def wait(self, seconds: float) -> bool:
        """Whether another build ended within ``seconds``."""
        with self._changed:
            seen = self._count
            return self._changed.wait_for(lambda: self._count != seen, seconds)


class _Pages(SimpleHTTPRequestHandler):
    """The files of the site, as GitHub Pages answers, with the reloading script in every page."""

    def __init__(self, *args: object, builds: _Builds, **kwargs: object) -> None:
        self._builds = builds
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if self.path == RELOAD:
            self._tell_of_the_next_build()
            return
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if path.suffix == ".html" and path.is_file():
            self._page(path.read_bytes())
        else:
            super().do_GET()

    def _page(self, html: bytes) -> None:
        trouble = "".join(f"<p>{_escaped(line)}</p>" for line in self._builds.trouble)
        notice = f'<aside role="alert">{trouble}</aside>' if trouble else ""
        body = html.replace(b"</body>", (notice + _SCRIPT + "</body>").encode(), 1)
        # The site allows no script in its pages; on this machine only, ours is let in.
        body = body.replace(b'http-equiv="Content-Security-Policy"', b'name="served-without-policy"', 1)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def _tell_of_the_next_build(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            while not self._builds.wait(15):
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
