"""The program, in the order in which it runs: convert the inbox, read the Markdown back, summarize, build the site.

Nothing else knows of the cache and the executor. Every function takes a :class:`Project` and returns what it did;
trouble with single inputs is collected in ``problems`` and the rest goes on.
"""

from generator.pipeline.building import build
from generator.pipeline.checking import check
from generator.pipeline.converting import convert, convert_file, convert_input, inbox
from generator.pipeline.digesting import annotate, annotate_one, digests, stories
from generator.pipeline.means import Means, Report
from generator.pipeline.publishing import for_public, require_public
from generator.pipeline.records import export_records, inspect, printed_texts

__all__ = [
    "Means",
    "Report",
    "annotate",
    "annotate_one",
    "build",
    "check",
    "convert",
    "convert_file",
    "convert_input",
    "digests",
    "export_records",
    "for_public",
    "inbox",
    "inspect",
    "printed_texts",
    "require_public",
    "stories",
]
