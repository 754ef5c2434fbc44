"""What is active in an input does nothing in a real browser; ``tests/hostile/browse.py`` visits all of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright", reason="no Playwright here: the site can't be tested in a browser")

from tests.hostile import browse
from tests.hostile.active import DRESSES
from tests.hostile.case import Case, Words
from tests.hostile.corpus import corpus, lay
from tests.hostile.kill import start

# Of pytest-playwright, not of ours.
pytestmark = pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning")

FIELDS = {"active-" + name for name in ("ld", "meta", "rss", "mail", "coverage", "file-name", "json-0-0")}


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of what is active in every field, and of every dress as markup and as text."""
    root = tmp_path_factory.mktemp("hostile")
    words = Words(13)
    dresses = [d.replace("\0", "") for d in DRESSES]
    cases = [c for c in corpus() if c.name in FIELDS]
    # What is never closed swallows the rest of a page: hence one by one, as a feed's entries.
    shut = [d for d in dresses if "]]>" not in d]
    entries = (f"<p>{words.paragraph()}</p>{d}" for d in shut[::2])
    items = "".join(f"<item><description><![CDATA[{entry}]]></description></item>" for entry in entries)
    cases.append(Case("dresses", "plain", (("dresses.rss", f"<rss><channel>{items}</channel></rss>".encode()),)))
    text = "\n\n".join(d.replace("\n", " ") for d in dresses)
    cases.append(Case("text", "plain", (("text.txt", words.article(text)[0].encode()),)))
    lay(cases, root)
    run = start(root)
    _, err = run.communicate()
    assert (run.returncode, err) == (0, "")
    return root / "site"


def test_nothing_of_an_input_runs_asks_or_leads_away(page: Any, hostile: Path) -> None:
    """On the articles' pages and a sample of the others: no dialogue, no request, nothing that our policy refuses."""
    names = browse.html_pages(hostile, 30)
    assert len(names) == 30
    with browse.served(hostile) as address:
        assert list(browse.visited(page, address, names)) == []


def test_what_a_page_does_that_it_should_not_is_seen(page: Any, tmp_path: Path) -> None:
    """A check that never fails would prove nothing."""
    (tmp_path / "a.html").write_text(
        "<title>a</title><script>alert(1)</script><img src=http://evil.invalid/x.png><iframe></iframe>"
    )
    (tmp_path / "b.html").write_text("<meta http-equiv=refresh content='0;url=a.html'>")
    with browse.served(tmp_path) as address:
        seen = list(browse.visited(page, address, ["a.html"]))
    assert any("dialogue 1" in s for s in seen)
    assert any("asked http://evil.invalid" in s for s in seen)
    assert any(s.endswith("element") for s in seen)
