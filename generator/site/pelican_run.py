"""Pelican's classes as we use them: its run without touching the module search path, and our generator of pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pelican import Pelican
from pelican.generators import Generator
from pelican.settings import read_settings
from pelican.writers import Writer

from generator.site.reading import MarkdownReader
from generator.site.settings import RUN
from generator.site.writing import PageWriter


class NoPathPelican(Pelican):  # type: ignore[misc]
    """Pelican puts the current folder on the module search path, where a jinja2.py would be run. This one doesn't."""

    def init_path(self) -> None:
        """Leave ``sys.path`` alone."""

    @classmethod
    def of(cls, settings: dict[str, Any]) -> NoPathPelican:
        return cls(read_settings(override=settings))


class DigestGenerator(Generator):  # type: ignore[misc]
    """Writes the pages that come from the digests; articles and the editor's pages are Pelican's own generators'."""

    def generate_output(self, writer: Writer) -> None:
        """Pelican's interface."""
        for page in self.settings[RUN].digest_pages():
            writer.write_file(page.path, self.get_template(page.template), self.context, view=page.view)


def receivers() -> dict[str, Callable[..., object]]:
    """What we connect to Pelican's signals, by the signal's name."""
    return {"get_generators": _generators, "get_writer": _writer, "readers_init": _only_our_reader,
            "generator_init": _none_missing}  # fmt: skip


def _generators(_: object) -> type[DigestGenerator]:
    return DigestGenerator


def _writer(_: object) -> type[PageWriter]:
    return PageWriter


def _only_our_reader(readers: Any) -> None:
    """Markdown by our reader alone; nothing else is read."""
    readers.reader_classes = {"md": MarkdownReader}


def _none_missing(generator: Any) -> None:
    """Pelican's own Markdown reader lacks its library here, and would be complained of for each of our files."""
    generator.readers.disabled_readers.clear()
