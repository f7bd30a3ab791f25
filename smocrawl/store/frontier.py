"""What is still to be asked: leased row by row, survives a kill, knows every URL of the run."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from attrs import frozen

from smocrawl.store.database import Database
from smocrawl.store.facts import from_json, to_json

QUEUED, LEASED, DONE = 0, 1, 2

REMEMBERED = 200_000
"""URL ids kept in memory; beyond that the table answers (about 200 bytes each)."""


@frozen(kw_only=True)
class Wanted:
    """A URL that something asked for."""

    url: str
    kind: str = "page"
    source: str = "link"
    depth: int = 0
    priority: int = 0
    parent: str | None = None
    chain: tuple[tuple[str, int], ...] = ()


@frozen(kw_only=True)
class Leased:
    """A row of the frontier that is in flight."""

    id: int
    url: str
    kind: str
    source: str
    depth: int
    chain: tuple[tuple[str, int], ...]
    attempts: int


class Frontier:
    """The queue of one run.  Everything joins the transaction of its caller."""

    def __init__(self, database: Database, run: int) -> None:
        self.database = database
        self.run = run
        self._ids: dict[str, int] = {}

    def url_id(self, url: str) -> int:
        """The id of *url*, made where it is new."""
        found = self._ids.get(url)
        if found is None:
            connection = self.database.connection
            row = connection.execute("SELECT id FROM url WHERE url = ?", (url,)).fetchone()
            if row is None:
                found = connection.execute("INSERT INTO url (url) VALUES (?)", (url,)).lastrowid or 0
            else:
                found = int(row[0])
            if len(self._ids) >= REMEMBERED:
                self._ids.clear()
            self._ids[url] = found
        return found

    def add(self, wanted: Iterable[Wanted]) -> int:
        """Queue what the run does not know yet; the number of new rows."""
        new = 0
        with self.database.transaction() as connection:
            for one in wanted:
                parent = self.url_id(one.parent) if one.parent else None
                cursor = connection.execute(
                    "INSERT OR IGNORE INTO frontier (run, url, kind, priority, depth, source, parent, chain)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        self.run, self.url_id(one.url), one.kind, one.priority, one.depth, one.source, parent,
                        to_json(one.chain),
                    ),
                )  # fmt: skip
                new += cursor.rowcount
        return new

    def lease(self, number: int, *, pages: bool = True) -> list[Leased]:
        """Take up to *number* queued rows, the most urgent first; without *pages* only other kinds."""
        with self.database.transaction() as connection:
            rows = connection.execute(
                "SELECT f.url AS id, u.url, f.kind, f.source, f.depth, f.chain, f.attempts"
                " FROM frontier f JOIN url u ON u.id = f.url WHERE f.run = ? AND f.state = 0 AND (? OR f.kind != 'page')"
                " ORDER BY f.priority DESC, f.depth, f.url LIMIT ?",
                (self.run, pages, number),
            ).fetchall()
            connection.executemany(
                "UPDATE frontier SET state = 1, attempts = attempts + 1 WHERE run = ? AND url = ?",
                [(self.run, row["id"]) for row in rows],
            )
        return [_leased(row) for row in rows]

    def give_back(self) -> int:
        """Queue again what was in flight when the process ended; how many."""
        with self.database.transaction() as connection:
            return connection.execute("UPDATE frontier SET state = 0 WHERE run = ? AND state = 1", (self.run,)).rowcount

    def done(self, url: int) -> None:
        self.database.connection.execute("UPDATE frontier SET state = 2 WHERE run = ? AND url = ?", (self.run, url))

    def queued(self) -> int:
        return self.database.scalar("SELECT count(*) FROM frontier WHERE run = ? AND state = 0", self.run)

    def open(self) -> bool:
        """Whether anything is queued or in flight."""
        return bool(
            self.database.scalar("SELECT EXISTS (SELECT 1 FROM frontier WHERE run = ? AND state < 2)", self.run)
        )

    def known(self) -> int:
        return self.database.scalar("SELECT count(*) FROM frontier WHERE run = ?", self.run)


def _leased(row: sqlite3.Row) -> Leased:
    chain = tuple((str(url), int(status)) for url, status in from_json(row["chain"]))
    return Leased(
        id=row["id"], url=row["url"], kind=row["kind"], source=row["source"], depth=row["depth"], chain=chain,
        attempts=row["attempts"] + 1,
    )  # fmt: skip
