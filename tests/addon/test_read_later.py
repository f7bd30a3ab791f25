"""Pages that a host's spider leaves unread are put by, and read when a report is asked for."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from guesting import BODY, end, html, see, stored, watch
from scrapy import Request
from scrapy.http import Response
from scrapy.settings import Settings

from smocrawl.addon import auditor
from smocrawl.addon.later import read_unread
from smocrawl.addon.terms import TermsError, read_terms
from smocrawl.commands.stored import analyse_watched
from smocrawl.spiders.opening import Lock
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.workers import Workers

PAGES = ("https://site.example/a", "https://site.example/b", "https://site.example/c")

SAID = {
    "pages": "SELECT url, title, kind, words, shareable, text_sha1 FROM page ORDER BY url",
    "verdicts": "SELECT url, score, coverage, tactics, platforms FROM review ORDER BY url",
    "findings": "SELECT url, check_id, outcome, severity, evidence FROM finding ORDER BY 1, 2, 5",
    "records": "SELECT url, kind, status, error, size, type FROM fetch ORDER BY url",
    "assets": "SELECT url, kind FROM asset ORDER BY url",
}


def robots() -> Response:
    return Response(
        "https://site.example/robots.txt",
        body=b"User-agent: *\nDisallow: /no\n",
        request=Request("https://site.example/robots.txt"),
    )


def audited(folder: Path, **settings: Any) -> dict[str, Any]:
    one = watch(folder, **settings)
    see(one, robots(), *map(html, PAGES))
    return end(one)


def said(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    database = stored(folder / "site.example")
    try:
        return {name: [tuple(row) for row in database.rows(sql)] for name, sql in SAID.items()}
    finally:
        database.close()


def waiting(folder: Path) -> list[str]:
    database = stored(folder / "site.example")
    try:
        return [row[0] for row in database.rows("SELECT url FROM unread ORDER BY url")]
    finally:
        database.close()


def read(folder: Path) -> None:
    settings = Settings({"SMO_WORKERS": 0, "SMO_REPORTS": str(folder)})
    analyse_watched(folder / "site.example" / "crawls.sqlite", settings)


def unanalysed(folder: Path) -> int:
    database = Database(folder / "site.example" / "crawls.sqlite")
    try:
        run = runs.latest(database)
        assert run is not None
        return read_unread(database, run, Workers(0))
    finally:
        database.close()


def test_what_is_read_later_is_read_as_it_would_have_been(tmp_path: Path) -> None:
    now, later = tmp_path / "now", tmp_path / "later"
    stats = audited(now)
    assert stats["pages"] == 3
    stats = audited(later, SMO_READ="later")
    assert stats["kept"] == 3
    assert not {"pages", "not_audited", "errors"} & stats.keys()
    assert waiting(later) == list(PAGES)
    assert not said(later)["pages"]
    assert unanalysed(later) == 3
    ours, theirs = said(now), said(later)
    # Ids are given as pages are met, the robots.txt first in both.
    assert ours == theirs
    assert len(theirs["pages"]) == 3
    assert waiting(later) == []


def test_a_command_that_asks_for_the_site_reads_what_waits(tmp_path: Path) -> None:
    audited(tmp_path, SMO_READ="later")
    read(tmp_path)
    assert waiting(tmp_path) == []
    database = stored(tmp_path / "site.example")
    (run,) = runs.all_runs(database)
    outcomes = database.scalar("SELECT count(*) FROM site_outcome WHERE run = ?", run.id)
    database.close()
    assert run.state == "done"
    assert outcomes > 50


def test_nothing_is_read_while_the_spider_is_at_it(tmp_path: Path) -> None:
    audited(tmp_path, SMO_READ="later")
    lock = Lock(tmp_path / "site.example" / "crawls.lock")
    read(tmp_path)
    lock.release()
    assert waiting(tmp_path) == list(PAGES)


class Stuck(Workers):
    """Never done with anything."""

    def submit(self, task: Any, *arguments: Any) -> Future[Any]:
        return Future()


def test_what_was_not_read_in_time_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auditor, "Workers", Stuck)
    stats = audited(tmp_path, SMO_CLOSE_SECONDS=0)
    assert stats["kept"] == 3
    monkeypatch.undo()
    assert unanalysed(tmp_path) == 3
    assert len(said(tmp_path)["verdicts"]) == 3


def test_damaged_bytes_cost_their_page_alone(tmp_path: Path) -> None:
    audited(tmp_path, SMO_READ="later")
    database = Database(tmp_path / "site.example" / "crawls.sqlite")
    database.connection.execute("UPDATE unread SET body = x'00' WHERE url = ?", (PAGES[0],))
    database.connection.execute("UPDATE unread SET told = x'00' WHERE url = ?", (PAGES[1],))
    database.close()
    unanalysed(tmp_path)
    assert waiting(tmp_path) == []
    assert len(said(tmp_path)["pages"]) == 1


def test_what_nobody_asked_for_goes_with_the_next_run(tmp_path: Path) -> None:
    audited(tmp_path, SMO_READ="later")
    audited(tmp_path, SMO_READ="later")
    database = stored(tmp_path / "site.example")
    kept = {tuple(row) for row in database.rows("SELECT run, count(*) FROM unread GROUP BY run")}
    database.close()
    assert kept == {(2, 3)}


def test_a_full_store_leaves_pages_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smocrawl.addon.sites.MOST_KEPT", len(BODY) // 8)
    stats = audited(tmp_path, SMO_READ="later")
    assert (stats["kept"], stats["not_audited"]) == (1, 2)


def test_a_score_cannot_be_had_later() -> None:
    with pytest.raises(TermsError, match="SMO_READ=later"):
        read_terms(Settings({"SMO_READ": "later", "SMO_ITEM_SCORE": 1}))
    with pytest.raises(TermsError, match="SMO_READ='soon': say now or later"):
        read_terms(Settings({"SMO_READ": "soon"}))
