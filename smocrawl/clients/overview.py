"""What is known of several sites, read out of their stores: for one page over all of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from smocrawl.clients import ledger
from smocrawl.clients.client import Client, ClientList
from smocrawl.clients.due import due
from smocrawl.report.overview import Site
from smocrawl.store.database import Database, EmptyStoreError, StoreError

CRAWLS = 12
"""Of the trend."""

STORE = "crawls.sqlite"


def of_client(client: Client, listed: ClientList, moment: datetime) -> Site:
    """One client: its store, its last try, when it is next due."""
    state = due(client, listed.zone, moment)
    known = of_folder(client.home, name=client.name)
    next_time = None if client.paused else moment if state.now else state.next
    return known.with_schedule(period=client.period.text, next=next_time, paused=client.paused)


def of_folder(home: Path, *, name: str = "") -> Site:
    """One domain's folder, whether or not anything was crawled into it yet."""
    tried = ledger.read(home)
    problem = tried.said if tried and tried.failures else ""
    not_told = tried.not_told if tried else ""
    values: dict[str, Any] = {"domain": home.name, "name": name or home.name, "home": home, "not_told": not_told}
    try:
        return Site(**values, **{"problem": problem, **_read(home)})
    except (StoreError, OSError, sqlite3.Error) as error:
        return Site(**values, problem=str(error))


def _read(home: Path) -> dict[str, Any]:
    path = home / STORE
    if not path.is_file():
        return {}
    try:
        database = Database(path, read_only=True)
    except EmptyStoreError:
        return {}  # why the crawl came to nothing, the last try tells
    try:
        return _facts(database, home)
    finally:
        database.close()


def _facts(database: Database, home: Path) -> dict[str, Any]:
    rows = database.rows(
        "SELECT run.id, run.started, run.state, run.report, run.ruleset, run.algorithm, run.audience, site_score.value AS score"
        " FROM run LEFT JOIN site_score ON site_score.run = run.id AND site_score.scope = 'site'"
        " WHERE run.state IN ('done', 'incomplete') ORDER BY run.id DESC LIMIT ?",
        CRAWLS,
    )  # fmt: skip
    if not rows:
        return {}
    last = rows[0]
    report = home / last["report"] if last["report"] else None
    return {
        "crawled": datetime.fromisoformat(last["started"]),
        "incomplete": last["state"] == "incomplete",
        "score": last["score"],
        "moved": _moved(rows),
        "trend": tuple((datetime.fromisoformat(row["started"]), row["score"]) for row in reversed(rows) if row["score"] is not None),
        "pages": database.scalar("SELECT count(*) FROM page WHERE run = ? AND status = 200", last["id"]),
        "worst": next(iter(_worst(database, last["id"])), ""),
        "report": report if report and (report / "index.html").is_file() else None,
    }  # fmt: skip


def _moved(rows: list[Any]) -> float | None:
    """Points since the crawl before; None where that had other rules or weights, or there was none."""
    if len(rows) < 2 or rows[0]["score"] is None or rows[1]["score"] is None:
        return None
    rules = ("ruleset", "algorithm", "audience")
    return rows[0]["score"] - rows[1]["score"] if all(rows[0][key] == rows[1][key] for key in rules) else None


def _worst(database: Database, run: int) -> Iterator[str]:
    """The check whose fix is worth most."""
    for row in database.rows("SELECT check_id FROM fix WHERE run = ? ORDER BY rank LIMIT 1", run):
        yield row["check_id"]


def domains_of(folder: Path) -> Iterator[Path]:
    """Folders of domains below a folder of reports."""
    for home in sorted(folder.iterdir()):
        if (home / STORE).is_file() or (home / ledger.FILE).is_file():
            yield home


def collected(folders: Iterable[Path]) -> list[Site]:
    """The sites of several folders of reports; of a site that lies in two, the one crawled last."""
    found: dict[str, Site] = {}
    for folder in folders:
        for home in domains_of(folder):
            site = of_folder(home)
            other = found.get(home.name)
            if other is None or (site.crawled and (not other.crawled or site.crawled > other.crawled)):
                found[home.name] = site
    return [found[name] for name in sorted(found)]
