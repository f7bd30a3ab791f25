"""What is still to be asked: leased row by row, survives a kill, knows every URL of the run."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator

from attrs import frozen

from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.facts import from_json, to_json

QUEUED, LEASED, DONE = 0, 1, 2

TWIN = "twin"
"""Kind of the home page's address under http: how it answers is recorded, what it answers is not read."""

EVERY = range(-1_000, 1_000)
"""All priorities."""

REMEMBERED = 20_000
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
    refused: str | None = None
    """Why it is not asked: it gets its record at once."""


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
    parent: str | None = None
    priority: int = 0


class Frontier:
    """The queue of one run.  Everything joins the transaction of its caller."""

    def __init__(self, database: Database, run: int) -> None:
        self.database = database
        self.run = run
        self._ids: dict[str, int] = {}
        self._queued: set[str] = set()
        """URLs that certainly have their row: most links of a page lead where others led before."""
        self._undone = database.undone

    def _forget(self, *, undone: bool = False) -> None:
        """Nothing that a rolled back transaction made, and never more than fits."""
        if undone or len(self._ids) >= REMEMBERED:
            self._ids.clear()
            self._queued.clear()
        self._undone = self.database.undone

    def knows(self, url: str) -> bool:
        """Whether *url* is remembered as queued or done; False = perhaps."""
        return url in self._queued and self._undone == self.database.undone

    def url_id(self, url: str) -> int:
        """The id of *url*, made where it is new."""
        if self._undone != self.database.undone:
            self._forget(undone=True)
        found = self._ids.get(url)
        if found is None:
            connection = self.database.connection
            row = connection.execute("SELECT id FROM url WHERE url = ?", (url,)).fetchone()
            if row is None:
                found = connection.execute("INSERT INTO url (url) VALUES (?)", (url,)).lastrowid or 0
            else:
                found = int(row[0])
            self._forget()
            self._ids[url] = found
        return found

    def add(self, wanted: Iterable[Wanted]) -> int:
        """Queue what the run does not know yet; the number of new rows."""
        return len(self.add_new(wanted))

    def add_new(self, wanted: Iterable[Wanted]) -> list[Wanted]:
        """Queue what the run does not know yet; those that were new and are going to be asked."""
        new = []
        with self.database.transaction() as connection:
            for one in wanted:
                by_intent = one.source in ("sitemap", "feed")
                if not by_intent and self.knows(one.url):
                    continue
                url = self.url_id(one.url)
                cursor = connection.execute(
                    "INSERT OR IGNORE INTO frontier (run, url, kind, state, priority, depth, source, parent, chain)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        self.run, url, one.kind, DONE if one.refused else QUEUED, one.priority, one.depth, one.source,
                        self.url_id(one.parent) if one.parent else None, to_json(one.chain),
                    ),
                )  # fmt: skip
                if cursor.rowcount and one.refused:
                    self.never_ask([(url, one.kind)], one.refused)
                elif cursor.rowcount:
                    new.append(one)
                elif by_intent:
                    # Named by intent after all: no budget for links cuts it.
                    connection.execute(
                        "UPDATE frontier SET source = ? WHERE run = ? AND url = ? AND state = 0 AND source = 'link'",
                        (one.source, self.run, url),
                    )
                self._queued.add(one.url)
        return new

    def never_ask(self, rows: Iterable[tuple[int, str]], reason: str) -> int:
        """Records for (URL id, kind) that will not be asked; how many."""
        with self.database.transaction() as connection:
            found = list(rows)
            connection.executemany(
                "INSERT OR IGNORE INTO fetch (run, url, kind, status, error, at) VALUES (?, ?, ?, NULL, ?, ?)",
                [(self.run, url, kind, reason, runs.now().isoformat()) for url, kind in found],
            )
            connection.executemany(
                f"UPDATE frontier SET state = {DONE} WHERE run = ? AND url = ?",  # noqa: S608 - our own number
                [(self.run, url) for url, _ in found],
            )
        return len(found)

    def cut(self, start: str, covers: Callable[[str, str, str], bool], reason: str) -> int:
        """Take out of the queue what begins with *start* and *covers* says (URL, kind, source) of; how many."""
        rows = self.database.rows(
            "SELECT f.url, u.url AS address, f.kind, f.source FROM url u JOIN frontier f ON f.run = ? AND f.url = u.id"
            " WHERE u.url >= ? AND u.url < ? AND f.state = 0",
            self.run, start, start + "\U0010ffff",
        )  # fmt: skip
        return self.never_ask(
            ((row["url"], row["kind"]) for row in rows if covers(row["address"], row["kind"], row["source"])), reason
        )

    def lease(self, number: int, *, pages: bool = True, lane: range = EVERY) -> list[Leased]:
        """Take up to *number* queued rows of the priorities *lane*, the most urgent first; without *pages* only other kinds."""
        with self.database.transaction() as connection:
            rows = connection.execute(
                "SELECT f.url AS id, u.url, f.kind, f.source, f.depth, f.chain, f.attempts, f.priority, p.url AS parent"
                " FROM frontier f JOIN url u ON u.id = f.url LEFT JOIN url p ON p.id = f.parent WHERE f.run = ? AND f.state = 0"
                " AND f.priority BETWEEN ? AND ? AND (? OR f.kind != 'page')"
                " ORDER BY f.priority DESC, f.depth, f.url LIMIT ?",
                (self.run, lane.start, lane.stop - 1, pages, number),
            ).fetchall()
            connection.executemany(
                "UPDATE frontier SET state = 1, attempts = attempts + 1 WHERE run = ? AND url = ?",
                [(self.run, row["id"]) for row in rows],
            )
        return [_leased(row) for row in rows]

    def give_back(self, url: int | None = None) -> int:
        """Queue again what was in flight when the process ended, or one row (the id of its URL); how many."""
        with self.database.transaction() as connection:
            return connection.execute(
                "UPDATE frontier SET state = 0 WHERE run = ? AND state = 1 AND (? IS NULL OR url = ?)",
                (self.run, url, url),
            ).rowcount

    def done(self, url: int) -> None:
        self.database.connection.execute("UPDATE frontier SET state = 2 WHERE run = ? AND url = ?", (self.run, url))

    def queued(self) -> int:
        return self.database.scalar("SELECT count(*) FROM frontier WHERE run = ? AND state = 0", self.run)

    def open(self) -> bool:
        """Whether anything is queued or in flight."""
        return bool(
            self.database.scalar("SELECT EXISTS (SELECT 1 FROM frontier WHERE run = ? AND state < 2)", self.run)
        )

    def asked(self) -> Iterator[sqlite3.Row]:
        """Every page and sitemap that was asked, nearest first, with what its pattern is judged by."""
        yield from self.database.connection.execute(
            "SELECT u.url, f.kind, f.source, f.depth, p.url AS parent, t.status, g.title, g.h1, g.words, g.text_sha1"
            " FROM frontier f JOIN fetch t ON t.run = f.run AND t.url = f.url JOIN url u ON u.id = f.url"
            " LEFT JOIN url p ON p.id = f.parent LEFT JOIN page g ON g.run = f.run AND g.url = f.url"
            " WHERE f.run = ? AND f.kind IN ('page', 'sitemap') AND (t.error IS NULL OR t.error NOT LIKE 'budget: %')"
            " ORDER BY f.depth, f.url",
            (self.run,),
        )

    def found_by(self) -> Iterator[tuple[str, str]]:
        """(page, address that it was the first to name) of all pages of the run."""
        yield from self.database.connection.execute(
            "SELECT p.url, u.url FROM frontier f JOIN url u ON u.id = f.url JOIN url p ON p.id = f.parent"
            " WHERE f.run = ? AND f.kind = 'page'",
            (self.run,),
        )

    def known(self) -> int:
        return self.database.scalar("SELECT count(*) FROM frontier WHERE run = ?", self.run)


def _leased(row: sqlite3.Row) -> Leased:
    chain = tuple((str(url), int(status)) for url, status in from_json(row["chain"]))
    return Leased(
        id=row["id"], url=row["url"], kind=row["kind"], source=row["source"], depth=row["depth"], chain=chain,
        attempts=row["attempts"] + 1, parent=row["parent"], priority=row["priority"],
    )  # fmt: skip
