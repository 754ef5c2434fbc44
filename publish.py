#!/usr/bin/env python3
"""Build the digest: ``python publish.py --help`` tells what it can do."""

from generator.cli import main

if __name__ == "__main__":
    main()
