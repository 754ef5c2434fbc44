"""The front matter of an article's file: YAML with what is known of the article, both ways."""

from __future__ import annotations

import re
from typing import Any

import yaml

from generator.errors import InputRefused
from generator.model import Article

# Front matter keys that are lists, and single values, in the order in which they are written.
KEYS = (
    "title",
    "outlet",
    "published",
    "updated",
    "authors",
    "dateline",
    "agency",
    "credits",
    "language",
    "url",
    "rights",
    "story",
    "source_file",
    "also",
    "evidence",
    "generated",
)
LISTS = frozenset({"authors", "agency", "credits", "also"})


def dump(article: Article) -> str:
    """The front matter of ``article``, between its lines of dashes; what is unknown is left out."""
    values = {key: getattr(article, key) for key in KEYS if key not in ("evidence", "generated")}
    table: dict[str, Any] = {k: list(v) if k in LISTS else v for k, v in values.items() if v not in (None, ())}
    if article.evidence:
        table["evidence"] = dict(article.evidence)
    dumped: str = yaml.dump(table, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1 << 30)
    return f"---\n{dumped}---\n"


class _Dumper(yaml.SafeDumper):
    """Writes ISO dates plain; everything that another reader could take for a number or a null stays quoted."""


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if not tag.endswith(":timestamp")]
    for first, pairs in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def split(text: str, path: str | None) -> tuple[dict[str, Any], str]:
    """The front matter of a file as a table, and the rest of it. Raises InputRefused, with the line."""
    if not text.startswith("---\n"):
        return {}, text
    end = text.find("\n---\n", 3)
    if end < 0:
        raise InputRefused("the front matter is not closed by a line ---", path=path, line=1)
    try:
        # BaseLoader: every scalar is a string, so that a title "2023" or "no" stays what was printed.
        table = yaml.load(_without_aliases(text[4 : end + 1]), Loader=_Loader)  # noqa: S506 (no objects are made)
    except RecursionError as error:
        raise InputRefused("front matter: nested too deep", path=path, line=2) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not readable"
        raise InputRefused(f"front matter: {problem}", path=path, line=mark.line + 2 if mark else 1) from error
    if table is None or table == "":
        table = {}
    if not isinstance(table, dict):
        raise InputRefused("the front matter must be keys and values", path=path, line=2)
    return table, text[end + 5 :]


def _without_aliases(front: str) -> str:
    """``front``, which repeats nothing by name: a few such lines unfold to more than fits anywhere. Raises YAMLError
    where it does.
    """
    if _ALIAS.search(front):
        for token in yaml.scan(front, Loader=_Loader):
            if isinstance(token, yaml.AliasToken):
                raise yaml.MarkedYAMLError(problem="aliases are not read", problem_mark=token.start_mark)
    return front


_ALIAS = re.compile(r"(?m)(?:^|[\s\[,:{?-])\*[^\s,\]}]")


_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def fields(table: dict[str, Any], path: str | None, text: str) -> dict[str, Any]:
    """The fields of an article in ``table``, the front matter of ``text``. Raises InputRefused, with the line."""
    fields: dict[str, Any] = {}
    for key, value in table.items():
        line = next((n for n, row in enumerate(text.splitlines(), 1) if row.startswith(f"{key}:")), 2)
        if key not in KEYS:
            raise InputRefused(f"unknown key {key!r} in the front matter", path=path, line=line)
        if key == "generated" or value in ("", [], {}):
            continue
        if key == "evidence":
            fields[key] = _pairs(value, path, line)
        elif key in LISTS:
            fields[key] = tuple(str(v) for v in (value if isinstance(value, list) else [value]))
        elif isinstance(value, str):
            fields[key] = value
        else:
            raise InputRefused(f"{key} must be a single value", path=path, line=line)
    return fields


def _pairs(value: Any, path: str | None, line: int) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise InputRefused("evidence must be keys and values", path=path, line=line)
    return tuple((str(k), str(v)) for k, v in value.items())
