"""Pelican's classes as we use them: its run without touching the module search path, and our generator of pages."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct
from pelican import Pelican
from pelican.generators import Generator
from pelican.settings import read_settings
from pelican.writers import Writer

from generator.site import forking
from generator.site.compiling import CompiledOnce, Compiler
from generator.site.reading import MarkdownReader
from generator.site.run import Part
from generator.site.settings import RUN
from generator.site.staging import Staged
from generator.site.views.base import Page
from generator.site.writing import PageWriter

# The key under which the articles that Pelican has read wait in its context.
READ = "CROSSREPORT_READ"
# Pelican's own lists of them.
_LISTS = ("articles", "translations", "dates", "categories", "authors")
STORY_TEMPLATES = ("article", "story", "brief", "claims", "sources", "claim", "source", "compare")


class Read(Struct, frozen=True, gc=False):
    """An article that Pelican has read."""

    slug: str
    save_as: str
    source_path: str
    staged: Staged
    said: str


class NoPathPelican(Pelican):  # type: ignore[misc]
    """Pelican puts the current folder on the module search path, where a jinja2.py would be run. This one doesn't."""

    def init_path(self) -> None:
        """Leave ``sys.path`` alone."""

    @classmethod
    def of(cls, settings: dict[str, Any]) -> NoPathPelican:
        return cls(read_settings(override=settings))


class DigestGenerator(Generator):  # type: ignore[misc]
    """Writes the articles that Pelican has read and the pages that come from the digests, story by story, then those of
    the whole site. The editor's pages are Pelican's own generator's.
    """

    def generate_output(self, writer: Writer) -> None:
        """Pelican's interface."""
        run = self.settings[RUN]
        stories = list(_by_story(self.context).items())
        for name in (*STORY_TEMPLATES, "layout", "parts") if len(stories) > 1 else ():
            self.get_template(name)  # once, for all processes
        made = forking.each(stories, partial(self._told, writer), run.workers)
        if made is None:
            for story, articles in stories:
                self._story(writer, story, articles)
        else:
            for (story, _), (part, files) in zip(stories, made, strict=True):
                run.adopt(story, part, files)
        for page in run.site_pages(Path(self.output_path)):
            self._write(writer, [page])
            gc.collect(0)  # Jinja2's contexts are cycles, and each holds its page's model

    def _story(self, writer: Writer, story: str, articles: Iterable[Read]) -> Part:
        """Writes all that a story has."""
        run = self.settings[RUN]
        for article in articles:
            writer.write_file(article.save_as, self.get_template("article"), self.context, article=article)
        self._write(writer, run.story_pages(run.open(story)))
        part: Part = run.close(Path(self.output_path))
        gc.collect(0)  # what this story left; not what lives on
        return part

    def _told(self, writer: Writer, story: tuple[str, Iterable[Read]]) -> tuple[Part, dict[str, Any]]:
        """The same, with what the shelf has of it: for the process that asked."""
        part = self._story(writer, *story)
        return part, self.settings[RUN].shelf.of(part.names)

    def _write(self, writer: Writer, pages: Iterable[Page]) -> None:
        for page in pages:
            writer.write_file(page.path, self.get_template(page.template), self.context, page_model=page)


def _by_story(context: dict[str, Any]) -> dict[str, list[Read]]:
    found: dict[str, list[Read]] = {}
    for article in sorted(context.pop(READ), key=lambda a: a.slug):
        found.setdefault(article.staged.story, []).append(article)
    return found


def _put_by(generator: Any) -> None:
    """The articles are written with their stories, by our generator. Of what Pelican has read of each (6 KB without its
    text) no more is kept than that takes.
    """
    generator.context[READ] = [Read(a.slug, a.save_as, a.source_path, a.staged, a.said) for a in generator.articles]
    for name in _LISTS:
        setattr(generator, name, [])
        generator.context[name] = []
    generator.context["generated_content"].clear()


def receivers() -> dict[str, Callable[..., object]]:
    """What we connect to Pelican's signals, by the signal's name."""
    return {"get_generators": _generators, "get_writer": _writer, "readers_init": _only_our_reader,
            "generator_init": _prepared, "article_generator_finalized": _put_by}  # fmt: skip


def _generators(_: object) -> type[DigestGenerator]:
    return DigestGenerator


def _writer(_: object) -> type[PageWriter]:
    return PageWriter


def _only_our_reader(readers: Any) -> None:
    """Markdown by our reader alone; nothing else is read."""
    readers.reader_classes = {"md": MarkdownReader}


def _prepared(generator: Any) -> None:
    """Pelican's own Markdown reader lacks its library here, and would be complained of for each of our files. Templates
    are compiled once for all generators, by our compiler.
    """
    generator.readers.disabled_readers.clear()
    run = generator.settings[RUN]
    if run.environment is None:
        run.environment = generator.env
        generator.env.code_generator_class = Compiler
        generator.env.auto_reload = False
        generator.env.bytecode_cache = CompiledOnce(run.memo)
    generator.env = run.environment
