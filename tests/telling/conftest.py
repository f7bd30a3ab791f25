from __future__ import annotations

from pathlib import Path

import pytest
import sample_stores
from receiving import certificate

from smocrawl.report import render
from smocrawl.report.message import Message, compose
from smocrawl.store import runs


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a domain that was crawled twice, with a report."""
    folder = tmp_path_factory.mktemp("reports") / "hollow-mill.example"
    folder.mkdir()
    store = sample_stores.twice(folder / "crawls.sqlite")
    render(store.database, store.run, folder / "2026-11-18_093000")
    runs.update(store.database, store.run, report="2026-11-18_093000")
    store.database.close()
    return folder


@pytest.fixture(scope="module")
def message(crawled: Path) -> Message:
    from smocrawl.store.database import Database

    database = Database(crawled / "crawls.sqlite", read_only=True)
    try:
        found = compose(database, crawled, name="The Hollow Mill", report_url="https://reports.example/x/")
    finally:
        database.close()
    assert found is not None
    return found


@pytest.fixture(scope="session")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy of the machine stands between the tests and loopback."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
