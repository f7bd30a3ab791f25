"""When the browser itself fails: the crawl ends as always, and says what it did not see."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from running import run
from serving import Site, page

BREAKS_LATER = """#!/bin/sh
case "$*" in
  *--dump-dom*) echo '<html></html>';;
  *) echo 'no display, no luck' >&2; exit 7;;
esac
"""


@pytest.mark.browser
def test_a_browser_that_breaks_later_costs_no_crawl(tmp_path: Path) -> None:
    pytest.importorskip("playwright.async_api", reason="playwright is not installed")
    program = tmp_path / "breaks-later"
    program.write_text(BREAKS_LATER, encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    pages = {
        "/": page("Home", *(f"/{number}" for number in range(5))),
        **{f"/{n}": page(f"Page {n}") for n in range(5)},
    }
    wish = {"SMO_RENDER": "9", "SMO_CHROMIUM": str(program), "SMO_CHROMIUM_SANDBOX": str(int(os.geteuid() != 0))}
    with Site(pages) as site:
        ran = run(tmp_path, "smo-crawl", site.host, environment=wish, timeout=240)
    assert ran.code == 0, ran.said
    assert ran.rows("SELECT count(*), count(facts), min(error LIKE 'browser: %') FROM rendering") == [(3, 0, 1)]
    (notes,) = ran.rows("SELECT notes FROM run")[0]
    assert "3 more pages were to be read after their scripts" in notes
