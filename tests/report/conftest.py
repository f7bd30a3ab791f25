from __future__ import annotations

import pytest
import sample_stores

from smocrawl.report import render
from smocrawl.report.paper import PaperError, chromium


def pytest_configure(config):
    config.addinivalue_line("markers", "browser: needs Chromium")


@pytest.fixture(scope="session")
def reports(tmp_path_factory):
    """Renders a sample once and gives the path of its page."""
    done = {}

    def rendered(name):
        if name not in done:
            folder = tmp_path_factory.mktemp(name)
            store = getattr(sample_stores, name)(folder / "crawls.sqlite")
            done[name] = render(store.database, store.run, folder / "2026-11-18_093000")
        return done[name]

    return rendered


@pytest.fixture(scope="session")
def program():
    """Path of an installed Chromium; without it the tests that look at the page are skipped."""
    try:
        return chromium()
    except PaperError:
        pytest.skip("no Chromium is installed")


@pytest.fixture(scope="module")
def browser(program):
    """Chromium, steered by Playwright; a module's own, for while it is open no other test can start an event loop."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()
