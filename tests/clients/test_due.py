"""When a client is due: by the calendar, after failures, after an interruption."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from smocrawl.clients import ledger
from smocrawl.clients.client import Client
from smocrawl.clients.due import decide
from smocrawl.clients.ledger import Tried
from smocrawl.clients.periods import read_period
from smocrawl.store.runs import Run

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def client(period: str = "weekly") -> Client:
    return Client(domain="a.example", name="A", folder="a.example", reports=Path("/r"), period=read_period(period))


def run(started: str, state: str = "done") -> Run:
    return Run(
        id=1, started=at(started), state=state, home="https://a.example/", options={}, audience="general", notes=()
    )


@pytest.mark.parametrize(
    ("period", "last", "next_time"),
    [
        ("daily", "2026-11-20T03:00", "2026-11-20T23:00"),  # midnight in Berlin
        ("weekly", "2026-11-16T03:00:10", "2026-11-22T23:00"),
        ("every 10 days", "2026-11-16T03:00", "2026-11-25T23:00"),
        ("monthly", "2026-01-31T12:00", "2026-02-27T23:00"),  # the 28th, the last of that month
        ("quarterly", "2026-11-30T12:00", "2027-02-27T23:00"),
        ("0 6 * * mon", "2026-11-16T06:00", "2026-11-23T05:00"),
        ("30 2 * * *", "2026-03-28T12:00", "2026-03-29T01:00"),  # 02:30 does not exist on that day
        ("0 0 29 2 *", "2026-11-16T06:00", "2028-02-28T23:00"),
    ],
)
def test_periods(period: str, last: str, next_time: str) -> None:
    found = decide(client(period), run(last), None, BERLIN, at(last))
    assert found.next == at(next_time)
    assert not found.now
    second = timedelta(seconds=1)
    assert not decide(client(period), run(last), None, BERLIN, at(next_time) - second).now
    assert decide(client(period), run(last), None, BERLIN, at(next_time)).now


def test_a_timer_that_fires_a_moment_earlier_than_last_week() -> None:
    assert decide(client("weekly"), run("2026-11-16T03:00:10"), None, UTC, at("2026-11-23T03:00:05")).now


@pytest.mark.parametrize(
    "text", ["", "now", "every 0 days", "every x days", "60 * * * *", "* * * *", "0 0 31 2 * x y z"]
)
def test_periods_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match="is no period"):
        read_period(text)


def test_never_crawled() -> None:
    assert decide(client(), None, None, UTC, at("2026-11-21T00:00")).why == "never crawled"


def test_an_interrupted_crawl_goes_on_at_once() -> None:
    found = decide(client(), run("2026-11-20T00:00", "crawling"), None, UTC, at("2026-11-20T00:01"))
    assert found.now
    assert "goes on" in found.why


def tried(code: int, failures: int) -> Tried:
    return Tried(at=at("2026-11-21T00:00"), code=code, said="it broke", failures=failures)


@pytest.mark.parametrize(
    ("code", "failures", "hours"),
    [(4, 1, 1), (4, 2, 2), (4, 3, 4), (4, 9, 24), (4, 4000, 24), (-9, 1, 0), (-9, 2, 1), (5, 3, 2), (2, 7, 0)],
)
def test_after_failures_a_site_is_asked_less_and_less(code: int, failures: int, hours: int) -> None:
    last = run("2026-11-20T23:00", "nothing")
    moment = at("2026-11-21T00:00") + timedelta(hours=hours)
    assert decide(client("monthly"), last, tried(code, failures), UTC, moment).now
    if hours:
        found = decide(client("monthly"), last, tried(code, failures), UTC, moment - timedelta(seconds=1))
        assert not found.now
        assert found.next == moment
        assert "it broke" in found.why


def test_the_period_comes_before_the_wait_after_a_failure() -> None:
    last = run("2026-11-20T00:00", "nothing")
    assert decide(client("daily"), last, tried(4, 9), UTC, at("2026-11-21T00:00")).now


def test_the_ledger_is_read_back_and_a_broken_one_is_none(tmp_path: Path) -> None:
    assert ledger.read(tmp_path) is None
    kept = Tried(at=ledger.now(), code=4, said='no "answer"\n', failures=2, not_told="x")
    ledger.write(tmp_path / "new", kept)
    assert ledger.read(tmp_path / "new") == kept
    for broken in (
        b"",
        b"{",
        b"[]",
        b'{"at": 1}',
        b"\xff",
        b'{"at":"x","code":1,"said":"","failures":0,"not_told":""}',
    ):
        (tmp_path / "schedule.json").write_bytes(broken)
        assert ledger.read(tmp_path) is None


def test_one_process_at_a_time(tmp_path: Path) -> None:
    with ledger.held(tmp_path) as first, ledger.held(tmp_path) as second:
        assert (first, second) == (True, False)
    with ledger.held(tmp_path) as third:
        assert third
