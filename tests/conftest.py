"""What every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Nothing here is timed: a busy machine is no failure. Where main is judged, the examples are the same each time.
settings.register_profile("crossreport", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("crossreport")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles beside the checkout; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared here: real articles can't be tested")
    return SHARED
