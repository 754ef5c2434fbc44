"""Pelican's settings, built in code from its own defaults: nothing is read from the current folder."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

from generator.project import Project
from generator.site import catalogue

# The key under which our own objects travel through Pelican's settings to our reader, generator and writer.
RUN = "CROSSREPORT"

# What Pelican would write besides what we ask for. Each is an address or a list of templates; empty means none.
_OFF = (
    "FEED_ATOM", "FEED_RSS", "FEED_ALL_ATOM", "FEED_ALL_RSS", "CATEGORY_FEED_ATOM", "CATEGORY_FEED_RSS",
    "AUTHOR_FEED_ATOM", "AUTHOR_FEED_RSS", "TAG_FEED_ATOM", "TAG_FEED_RSS", "TRANSLATION_FEED_ATOM",
    "TRANSLATION_FEED_RSS", "CATEGORY_SAVE_AS", "TAG_SAVE_AS", "AUTHOR_SAVE_AS", "YEAR_ARCHIVE_SAVE_AS",
    "MONTH_ARCHIVE_SAVE_AS", "DAY_ARCHIVE_SAVE_AS", "ARCHIVES_SAVE_AS", "DRAFT_SAVE_AS", "DRAFT_PAGE_SAVE_AS",
)  # fmt: skip
NEVER = r"(?!)"  # a regular expression that matches nothing


_FIXED: dict[str, Any] = {
    **dict.fromkeys(_OFF, ""),
    "ARTICLE_PATHS": ["articles"],
    "PAGE_PATHS": ["pages"],
    "THEME_STATIC_PATHS": [],  # we write the theme's files ourselves, with a hash in their names
    "THEME_TEMPLATES_OVERRIDES": [],
    "STATIC_PATHS": [],
    "DIRECT_TEMPLATES": [],
    "TEMPLATE_PAGES": {},
    "PAGINATED_TEMPLATES": {},
    "PLUGINS": [],  # None would load every plugin that happens to be installed
    "PLUGIN_PATHS": [],
    "READERS": {"html": None, "htm": None, "rst": None},
    "SITEURL": "",
    "RELATIVE_URLS": False,  # pages link by their own relative paths
    "INTRASITE_LINK_REGEX": f"{NEVER}(?P<what>)",
    "FILENAME_METADATA": NEVER,
    "PATH_METADATA": NEVER,
    "FORMATTED_FIELDS": [],
    "SLUGIFY_SOURCE": "basename",
    "ARTICLE_SAVE_AS": "{address}",
    "ARTICLE_URL": "{address}",
    "ARTICLE_LANG_SAVE_AS": "{address}",
    "ARTICLE_LANG_URL": "{address}",
    "ARTICLE_ORDER_BY": "slug",
    "ARTICLE_TRANSLATION_ID": None,
    "PAGE_SAVE_AS": "{address}",
    "PAGE_URL": "{address}",
    "PAGE_LANG_SAVE_AS": "{address}",
    "PAGE_LANG_URL": "{address}",
    "PAGE_TRANSLATION_ID": None,
    "CACHE_CONTENT": False,
    "LOAD_CONTENT_CACHE": False,
    "DEFAULT_LANG": "en",
    "TIMEZONE": "UTC",
    "LOCALE": ["C"],
    "DEFAULT_PAGINATION": False,
    "DELETE_OUTPUT_DIRECTORY": False,
    "USE_FOLDER_AS_CATEGORY": False,
    "TYPOGRIFY": False,
    "CSS_FILE": "",
    "JINJA_GLOBALS": {"_": catalogue.markup, "ngettext": catalogue.nmarkup},
}


def pelican_settings(project: Project, *, staged: Path, output: Path, run: object) -> dict[str, Any]:
    """The settings of one run. ``staged`` is the folder that we wrote for Pelican to read."""
    from jinja2 import StrictUndefined

    return {
        **deepcopy(_FIXED),
        RUN: run,
        "PATH": str(staged),
        "OUTPUT_PATH": str(output),
        "THEME": str(project.theme),
        "SITENAME": project.settings.title,
        "JINJA_ENVIRONMENT": {
            "autoescape": True,
            "undefined": StrictUndefined,
            "trim_blocks": True,
            "lstrip_blocks": True,
            "extensions": [],
        },
    }
