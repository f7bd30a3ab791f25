from __future__ import annotations

from pathlib import Path

import pytest
import sample_stores
from attrs import evolve
from receiving import certificate

from smocrawl.report import render
from smocrawl.report.message import Entry, Message, Turned, compose
from smocrawl.store import runs
from smocrawl.store.database import Database


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


FIXED = Turned(
    total=13,
    first=(
        Entry(check="og-image-generic", title="The share image is a stand-in", pages=6, example="https://a.example/x"),
        Entry(check="og-image-reuse", title="Many pages share one picture", pages=1),
    ),
)


@pytest.fixture(scope="module")
def message(composed: Message) -> Message:
    """With numbers that stay when checks come and go."""
    turned = {**composed.turned, "fixed": FIXED}
    return evolve(composed, score=73.04, before=70.1, comparable=True, why_not=(), turned=turned)


@pytest.fixture(scope="module")
def composed(crawled: Path) -> Message:
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
