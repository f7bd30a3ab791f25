"""Which client is due, and why: by its period, by what its store says, by how the last tries ended."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta, tzinfo

from attrs import frozen

from smocrawl.clients import ledger
from smocrawl.clients.client import Client
from smocrawl.clients.ledger import Tried
from smocrawl.closing.ending import NOTHING, USAGE
from smocrawl.store import runs
from smocrawl.store.database import Database, StoreError
from smocrawl.store.runs import UNFINISHED, Run

FIRST_WAIT = timedelta(hours=1)
LONGEST_WAIT = timedelta(days=1)
"""After a failure a site is asked again, each time after twice as long."""


@frozen(kw_only=True)
class Due:
    """*next*: when it will be; None where that is now, or never."""

    now: bool
    why: str
    next: datetime | None = None


def last_run(client: Client) -> Run | None:
    """The latest crawl of its store; None where there is none or it cannot be read (the crawl itself will say why)."""
    path = client.home / "crawls.sqlite"
    if not path.is_file():
        return None
    try:
        database = Database(path, read_only=True)
        try:
            return runs.latest(database)
        finally:
            database.close()
    except (StoreError, OSError, sqlite3.Error):
        return None


def due(client: Client, zone: tzinfo, moment: datetime) -> Due:
    """Whether *client* is to be crawled at *moment*."""
    if client.paused:
        return Due(now=False, why="paused")
    if crawler := ledger.crawler_of(client.home):
        return Due(now=False, why=f"being crawled by {crawler}")
    return decide(client, last_run(client), ledger.read(client.home), zone, moment)


def decide(client: Client, run: Run | None, tried: Tried | None, zone: tzinfo, moment: datetime) -> Due:
    """The same by what is known alone."""
    next_time = client.period.after(run.started, zone) if run else None
    by_period = run is not None and next_time is not None and next_time <= moment
    if tried and tried.failures and not by_period:
        return _again(tried, run, moment)
    if run is None:
        return Due(now=True, why="never crawled")
    if run.state in UNFINISHED:
        return Due(now=True, why=f"the crawl of {run.started:%Y-%m-%d %H:%M} UTC was interrupted and goes on")
    last = f"last crawled {run.started:%Y-%m-%d %H:%M} UTC, {client.period.text}"
    return Due(now=by_period, why=last, next=None if by_period else next_time)


def _again(tried: Tried, run: Run | None, moment: datetime) -> Due:
    """After a failure.  What a user mends, and what was interrupted once, need no wait."""
    waits = tried.failures - (0 if tried.code == NOTHING else 1)
    if tried.code == USAGE or waits <= 0:
        interrupted = run is not None and run.state in UNFINISHED
        return Due(
            now=True, why="the last crawl was interrupted and goes on" if interrupted else f"failed: {tried.said}"
        )
    wait = min(FIRST_WAIT * 2 ** min(waits - 1, 10), LONGEST_WAIT)
    return Due(
        now=tried.at + wait <= moment, why=f"failed {tried.failures} times: {tried.said}" if tried.failures > 1
        else f"failed: {tried.said}", next=tried.at + wait if tried.at + wait > moment else None,
    )  # fmt: skip
