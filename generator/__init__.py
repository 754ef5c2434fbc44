"""Crossreport: who reports what, who said it, and who copied whom.

The steps, in the order in which an article passes through them::

    inbox file -- intake --> Capture -- converter --> Article -- markdown --> content/articles/<story>/<id>.md
    Article (read back) -- summarizer --> Digest -- site (Pelican) --> output/
"""

__version__ = "0.1.0"
