#!/usr/bin/env python3
"""Build the digest: ``python publish.py --help`` tells what it can do."""

from generator import stopping

stopping.install()  # before the rest is loaded: a signal may come at any time

from generator.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
