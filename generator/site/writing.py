"""Pelican's way out: our writer. A template is given its page's model and nothing else; controls are taken out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pelican.writers import Writer

from generator.errors import BuildFailed
from generator.site.legal import legal
from generator.site.reading import page_of
from generator.site.settings import RUN

_SPACE = re.compile(r"\n\s+(?=\n|<)|\n[ \t]+")


class PageWriter(Writer):  # type: ignore[misc]
    """Writes pages below the output folder, each once, and tells ``run`` what it wrote."""

    def write_file(
        self,
        name: str,
        template: Any,
        context: dict[str, Any],
        relative_urls: bool = False,
        *_: Any,
        **kwargs: Any,
    ) -> None:
        """Pelican's interface; of ``context`` only our run is used."""
        run, output = context[RUN], Path(self.output_path)
        content = kwargs.get("article") or kwargs.get("page")
        page = kwargs["page_model"] if content is None else page_of(run, content)
        key = run.page_key(page.template, page.view)
        if run.shelf.take(name, key):
            html = (output / name).read_text(encoding="utf-8")
        else:
            html = fit(template.render(view=page.view, site=run.site, robots=run.robots(page.view.head)))
            write_new(output, name, html.encode())
            run.shelf.put(name, key)
        run.wrote_page(name, html, page.view, key)


def fit(html: str) -> str:
    """``html`` with what no document may hold replaced, and the indentation of the templates taken out."""
    return _SPACE.sub("\n", legal(html)).lstrip()


def write_new(output: Path, name: str, data: bytes) -> None:
    """Write a file that must not exist, inside ``output``. Raises BuildFailed otherwise."""
    if name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise BuildFailed("would lie outside the output folder", path=name)
    path = output / name
    try:
        _write(path, data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, data)


def _write(path: Path, data: bytes) -> None:
    try:
        with path.open("xb", buffering=0) as file:
            file.write(data)
    except FileExistsError as error:
        raise BuildFailed("two pages have this address", path=path) from error
