"""Project: where things lie, and the settings (digest.toml). Frozen and typed; passed down, never looked up."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from generator import files
from generator.errors import InputRefused, UsageError

SETTINGS = "digest.toml"
CHECKOUT = Path(__file__).resolve().parent.parent


PROFILES = ("local", "public")
RIGHTS = ("full", "excerpts", "none")


@dataclass(frozen=True, slots=True)
class RightsRules:
    """What may be shown in public, the table [rights]. ``default`` goes for articles of which nothing else is said,
    ``outlets`` for those of one outlet. Excerpts: each one sentence of at most ``excerpt_words`` words, an article in
    all at most ``article_percent`` of its words and at most ``article_words``.
    """

    default: str = "excerpts"
    excerpt_words: int = 40
    article_percent: int = 10
    article_words: int = 150
    outlets: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """What digest.toml may say. Unknown keys are refused, with their line.

    ``title``, ``tagline`` of the site; ``url``: its absolute address, for feeds and canonical links ("" while unknown);
    ``language`` of the interface; ``max_file_mb``: larger inputs are refused; ``profile``: "local" shows all,
    "public" what ``rights`` allow.
    """

    title: str = "Crossreport"
    tagline: str = "Who reports what, who said it, and who copied whom"
    url: str = ""
    language: str = "en"
    max_file_mb: int = 50
    profile: str = "local"
    rights: RightsRules = RightsRules()

    @property
    def public(self) -> bool:
        return self.profile == "public"


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of one run. ``inbox`` is only read; ``articles`` is generated and hand-editable; ``output`` is the
    site; ``cache`` may be deleted at any time.
    """

    content: Path
    inbox: Path
    articles: Path
    output: Path
    cache: Path
    theme: Path
    settings: Settings = Settings()

    def with_settings(self, *, profile: str | None = None, url: str | None = None) -> Project:
        """With what a command says in the place of what digest.toml does; ``None`` and "" say nothing."""
        own = self.settings
        return replace(self, settings=replace(own, profile=profile or own.profile, url=url or own.url))

    @property
    def stories(self) -> Path:
        return self.content / "stories"

    @property
    def pages(self) -> Path:
        return self.content / "pages"

    @classmethod
    def at(cls, content: Path, output: Path, work: Path | None = None, folder: Path | None = None) -> Project:
        """The project of ``content``; with ``folder`` (a pile of saved articles, which nobody vouches for) Markdown and
        cache go to ``work``, where settings may lie, and ``content`` gives nothing. Raises UsageError for a digest.toml
        that can't be read, and for a link among the folders of ``content`` that leads out of it: what is written there
        would be, too.
        """
        base = work if folder is not None and work is not None else content
        _refuse_links(base)
        return cls(
            content=base,
            inbox=folder if folder is not None else content / "inbox",
            articles=base / "articles",
            output=output,
            cache=(work or content.parent / "work") / "cache",
            theme=theme_folder(),
            settings=read_settings(base / SETTINGS),
        )


def _refuse_links(content: Path) -> None:
    places = [content / name for name in ("articles", "stories", "pages")]
    if places[0].is_dir():
        places += sorted(Path(entry) for entry in os.scandir(places[0]) if entry.is_symlink())
    for place in places:
        if files.leads_out(place, content):
            raise UsageError("a link that leads out of the folder", path=place)


def theme_folder() -> Path:
    """The theme beside a checkout, else the one packed into the wheel."""
    beside = CHECKOUT / "theme"
    return beside if beside.is_dir() else Path(__file__).resolve().parent / "site" / "theme"


def read_settings(path: Path) -> Settings:
    """The settings in ``path``, the defaults where it doesn't exist. Raises UsageError naming file and key."""
    if not path.exists() and not path.is_symlink():
        return Settings()
    try:
        text = files.read_text(path, within=path.parent)
        table = tomllib.loads(text)
    except InputRefused as refused:
        raise UsageError(refused.message, path=path) from refused
    except (ValueError, RecursionError) as error:
        raise UsageError(f"not readable as TOML: {error}", path=path) from error
    return replace(Settings(), **_checked(table, text.splitlines(), path))


def _checked(table: dict[str, Any], lines: list[str], path: Path) -> dict[str, Any]:
    kinds = {f.name: type(getattr(Settings(), f.name)) for f in fields(Settings)}
    for key, value in table.items():
        line = _line(lines, key)
        if key not in kinds:
            raise UsageError(f"unknown setting {key!r}; known: {', '.join(kinds)}", path=path, line=line)
        if key == "rights":
            table = table | {key: _rights(value, lines, path)}
        elif type(value) is not kinds[key]:
            raise UsageError(f"{key} must be a {kinds[key].__name__}", path=path, line=line)
    if table.get("profile", PROFILES[0]) not in PROFILES:
        raise UsageError(f"profile is one of {', '.join(PROFILES)}", path=path, line=_line(lines, "profile"))
    return table


def _line(lines: list[str], key: str) -> int:
    return next((n for n, text in enumerate(lines, 1) if text.strip().lstrip("[\"'").startswith(key)), 1)


def _rights(table: Any, lines: list[str], path: Path) -> RightsRules:
    """The table [rights]. Raises UsageError naming file and key."""
    if not isinstance(table, dict):
        raise UsageError("rights must be a table: [rights]", path=path, line=_line(lines, "rights"))
    known = {f.name: type(getattr(RightsRules(), f.name)) for f in fields(RightsRules)}
    made: dict[str, Any] = {}
    for key, value in table.items():
        line = _line(lines, key)
        if key not in known:
            raise UsageError(f"unknown key {key!r} in [rights]; known: {', '.join(known)}", path=path, line=line)
        if key == "outlets" and isinstance(value, dict):
            made[key] = tuple((outlet, _right(said, lines, outlet, path)) for outlet, said in value.items())
        elif type(value) is not known[key] or (isinstance(value, int) and value < 0):
            raise UsageError(f"{key} can't be {value!r}", path=path, line=line)
        else:
            made[key] = _right(value, lines, key, path) if key == "default" else value
    return RightsRules(**made)


def _right(said: object, lines: list[str], key: str, path: Path) -> str:
    if said not in RIGHTS:
        raise UsageError(f"the rights of {key} are one of {', '.join(RIGHTS)}", path=path, line=_line(lines, key))
    return str(said)
