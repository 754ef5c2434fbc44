"""Crossreport: who reports what, who said it, and who copied whom.

The steps, in the order in which an article passes through them::

    inbox file -- intake --> Capture -- converter --> Article -- markdown --> content/articles/<story>/<id>.md
    Article (read back) -- summarizer --> Digest -- site (Pelican) --> output/
"""

import os

# Read by numpy when it is first loaded: the matrices here are small, and threads that wait for one another take more
# time than they save. Work is shared out among processes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
