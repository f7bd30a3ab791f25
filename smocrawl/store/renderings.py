"""Writes and reads what pages said after their scripts had run, and what those scripts asked for."""

from __future__ import annotations

from attrs import frozen

from smocrawl.page import Page
from smocrawl.page.rendered import Compared
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.facts import to_json, unpack
from smocrawl.store.frontier import Frontier
from smocrawl.store.records import Record


@frozen(kw_only=True)
class RenderingRecord:
    """The second reading of one page as rows."""

    url: str
    error: str | None = None
    """Class and reason in one line; None = it was read."""
    seconds: float = 0.0
    requests: int = 0
    """Files that its scripts were given."""
    refused: tuple[tuple[str, str], ...] = ()
    """(URL, reason) of the first that they were not given."""
    facts: bytes | None = None
    """Packed :class:`Page`."""
    fields: tuple[Compared, ...] = ()


def save_rendering(frontier: Frontier, record: RenderingRecord) -> None:
    """One page's second reading; an earlier one of the same run goes."""
    with frontier.database.transaction() as connection:
        url = frontier.url_id(record.url)
        connection.execute(
            "INSERT OR REPLACE INTO rendering (run, url, error, seconds, requests, refused, facts)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                frontier.run, url, record.error, record.seconds, record.requests, to_json(record.refused), record.facts,
            ),
        )  # fmt: skip
        connection.execute("DELETE FROM rendered_field WHERE run = ? AND url = ?", (frontier.run, url))
        connection.executemany(
            "INSERT INTO rendered_field (run, url, field, state, raw, rendered) VALUES (?, ?, ?, ?, ?, ?)",
            [(frontier.run, url, one.field, one.state.value, one.raw, one.rendered) for one in record.fields],
        )


def save_asked(frontier: Frontier, record: Record) -> None:
    """A file that a script asked for: its record, unless the crawl has one for that address already."""
    with frontier.database.transaction() as connection:
        connection.execute(
            "INSERT OR IGNORE INTO fetch (run, url, kind, status, error, type, size, latency, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                frontier.run, frontier.url_id(record.url), record.kind, record.status, record.error,
                record.type, record.size, record.latency, runs.now().isoformat(),
            ),
        )  # fmt: skip


def rendered_page(database: Database, run: int, url: int) -> Page | None:
    """The facts of the second reading of the page with the id *url*; None = there is none."""
    rows = database.rows("SELECT facts FROM rendering WHERE run = ? AND url = ? AND facts IS NOT NULL", run, url)
    return unpack(rows[0][0], Page) if rows else None


@frozen
class Rendered:
    """How many pages were read a second time."""

    read: int
    failed: int


def count(database: Database, run: int) -> Rendered:
    (row,) = database.rows("SELECT count(facts), count(*) - count(facts) FROM rendering WHERE run = ?", run)
    return Rendered(row[0], row[1])
