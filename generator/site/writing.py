"""Pelican's way out: our writer. A template is given its page's model and nothing else; controls are taken out."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path
from typing import Any

from pelican.writers import Writer

from generator.errors import BuildFailed
from generator.site.legal import legal_bytes
from generator.site.reading import page_of
from generator.site.settings import RUN

_SPACE = re.compile(rb"\n\s+(?=\n|<)|\n[ \t]+")


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
        robots = run.robots(page.view.head)
        key = run.page_key(page.template, page.view, robots)
        if run.shelf.take(name, key):
            html: bytes | Path = output / name
        else:
            html = data = fit(template.render(view=page.view, site=run.site, robots=robots))
            write_new(output, name, data)
            run.shelf.put(name, key)
        run.wrote_page(name, html, page.view, key, mapped=not robots)


def fit(html: str) -> bytes:
    """``html`` with what no document may hold replaced, and the indentation of the templates taken out."""
    return _SPACE.sub(b"\n", legal_bytes(html)).lstrip()


def write_new(output: Path, name: str, data: bytes) -> None:
    """Write a file that must not exist, inside ``output``. Raises BuildFailed otherwise."""
    if name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise BuildFailed("would lie outside the output folder", path=name)
    path = f"{output}/{name}"
    try:
        _write(path, data)
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        _write(path, data)


def _write(path: str, data: bytes) -> None:
    try:
        with open(path, "xb", buffering=0) as file:  # noqa: PTH123 (twice as quick as by Path)
            if file.write(data) < len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
    except FileExistsError as error:
        raise BuildFailed("two pages have this address", path=Path(path)) from error
