"""Runs of a domain: begun, resumed, ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from attrs import frozen

from smocrawl.store.database import Database
from smocrawl.store.facts import from_json, to_json

UNFINISHED = ("crawling", "closing", "stopped")
"""States from which the same command goes on."""

OTHERS = "spider"
"""Source of the pages of a run that another project's spiders downloaded (:mod:`smocrawl.addon`), in its options."""

READ = "read"
"""State of such a run until it is analysed: its pages are stored, each judged by itself."""


@frozen(kw_only=True)
class Run:
    """One crawl as the store knows it."""

    id: int
    started: datetime
    state: str
    home: str
    options: Mapping[str, Any]
    audience: str
    notes: tuple[str, ...]
    report: str | None = None
    ended: datetime | None = None


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def begin(
    database: Database,
    *,
    home: str,
    options: Mapping[str, Any],
    version: str,
    ruleset: str,
    algorithm: int,
    audience: str,
) -> int:
    with database.transaction() as connection:
        cursor = connection.execute(
            "INSERT INTO run (started, home, options, version, ruleset, algorithm, audience) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (now().isoformat(), home, to_json(options), version, ruleset, algorithm, audience),
        )
    return int(cursor.lastrowid or 0)


def unfinished(database: Database) -> Run | None:
    """The latest run, where it was interrupted."""
    run = latest(database)
    return run if run and run.state in UNFINISHED else None


def latest(database: Database) -> Run | None:
    rows = database.rows("SELECT * FROM run ORDER BY id DESC LIMIT 1")
    return _run(rows[0]) if rows else None


def load(database: Database, run: int) -> Run:
    return _run(database.rows("SELECT * FROM run WHERE id = ?", run)[0])


def all_runs(database: Database) -> list[Run]:
    return [_run(row) for row in database.rows("SELECT * FROM run ORDER BY id")]


def update(database: Database, run: int, **values: Any) -> None:
    """Set columns of a run by name (``state``, ``home``, ``report``, ``ended``)."""
    names = ", ".join(f"{name} = ?" for name in values)
    with database.transaction() as connection:
        connection.execute(f"UPDATE run SET {names} WHERE id = ?", (*values.values(), run))  # noqa: S608 - our own column names


def note(database: Database, run: int, sentence: str) -> None:
    """Add a sentence to the scope box: what was not seen, and why; the same sentence once."""
    with database.transaction() as connection:
        said = from_json(connection.execute("SELECT notes FROM run WHERE id = ?", (run,)).fetchone()[0])
        if sentence not in said:
            connection.execute("UPDATE run SET notes = ? WHERE id = ?", (to_json([*said, sentence]), run))


def _run(row: Any) -> Run:
    return Run(
        id=row["id"],
        started=datetime.fromisoformat(row["started"]),
        ended=datetime.fromisoformat(row["ended"]) if row["ended"] else None,
        state=row["state"],
        home=row["home"],
        options=from_json(row["options"]),
        audience=row["audience"],
        notes=tuple(from_json(row["notes"])),
        report=row["report"],
    )
