"""Opens the store, migrates it, and hands out the one connection that writes."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path

SCHEMAS = (
    "schema.sql",
    "schema_2.sql",
    "schema_3.sql",
    "schema_4.sql",
    "schema_5.sql",
    "schema_6.sql",
    "schema_7.sql",
    "schema_8.sql",
    "schema_9.sql",
    "schema_10.sql",
    "schema_11.sql",
    "schema_12.sql",
)
"""The first makes an empty store, each further one adds to what those before it made."""

SCHEMA = len(SCHEMAS)
"""Number of today's schema; kept in PRAGMA user_version."""

APPLICATION = 0x534D4F43
"""PRAGMA application_id: ``SMOC``; keeps us from writing into somebody else's database."""

BUSY_SECONDS = 30
"""How long a locked database is waited for before the crawl stops with a message."""

STEPS = 100_000
"""Instructions of SQLite between two looks whether it shall stop: some milliseconds."""

PAGE_SIZE = 16_384
"""Bytes of SQLite's pages in a new store: of 4,096 the rows of a page (about 3 kB) leave a quarter empty."""

MINIMUM_FREE = 20 * 1024 * 1024
"""Bytes that must be free on the disk of the store when a crawl begins."""


class StoreError(Exception):
    """The store cannot be used as it is; the text names the file and the remedy."""


class EmptyStoreError(StoreError):
    """There is a file, but the crawl that made it ended before it wrote anything."""


class Database:
    """A connection with the store's own settings; every write goes through :meth:`transaction`."""

    def __init__(self, path: Path | str, *, read_only: bool = False) -> None:
        self.path = Path(path)
        self.undone = 0
        """Transactions that were rolled back: what somebody remembers of ids may be wrong after one."""
        self._inside = False
        self._most = 1
        self.gathered = 0
        """Transactions that are not committed yet."""
        self._soon: Callable[[], object] = lambda: None
        try:
            self.connection = _connect(self.path, read_only=read_only)
            self._prepare(read_only=read_only)
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"{self.path} cannot be used as a store: {error}. Move it away or name another SMO_STORE."
            ) from error

    def _prepare(self, *, read_only: bool) -> None:
        version = self.scalar("PRAGMA user_version")
        if version == 0 and not self.scalar("SELECT count(*) FROM sqlite_master"):
            if read_only:
                raise EmptyStoreError(f"{self.path} holds no crawl yet. Run a crawl first.")
            self._grow(0)
        elif self.scalar("PRAGMA application_id") != APPLICATION:
            raise StoreError(f"{self.path} is a database of another program. Name another SMO_STORE.")
        elif version > SCHEMA:
            raise StoreError(
                f"{self.path} was written by a newer smocrawl (schema {version}, this one knows {SCHEMA}). Update smocrawl."
            )
        elif version < SCHEMA:
            self._migrate(version, read_only=read_only)

    def _migrate(self, version: int, *, read_only: bool) -> None:
        """An older store in today's form, in one transaction, after a copy of it was laid beside it."""
        if read_only:
            Database(self.path).close()
            return
        copy = sqlite3.connect(self.path.with_name(f"{self.path.name}.schema-{version}"))
        try:
            self.connection.backup(copy)
        finally:
            copy.close()
        self._grow(version)

    def _grow(self, version: int) -> None:
        """From schema *version* (0 = empty) to today's, all or nothing."""
        folder = resources.files("smocrawl.store")
        steps = "".join(folder.joinpath(name).read_text(encoding="utf-8") for name in SCHEMAS[version:])
        self.connection.executescript(
            f"BEGIN IMMEDIATE; {steps} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {SCHEMA}; COMMIT;"
        )

    def gather(self, most: int, soon: Callable[[], object]) -> None:
        """From now on up to *most* transactions are committed as one, which costs as much as one does.

        *soon* is called when the first of them begins; it must see to it that :meth:`commit` is called in a moment.
        """
        self._most, self._soon = most, soon

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; nested use joins the outer transaction."""
        if self._inside:
            yield self.connection
            return
        first = not self.connection.in_transaction
        self.connection.execute("BEGIN IMMEDIATE" if first else "SAVEPOINT one")
        self._inside = True
        try:
            if first:
                self._soon()
            yield self.connection
        except BaseException:
            self._undo(whole=first)
            raise
        finally:
            self._inside = False
        if not first:
            self.connection.execute("RELEASE one")
        self.gathered += 1
        if self.gathered >= self._most:
            self.commit()

    def _undo(self, *, whole: bool) -> None:
        self.undone += 1
        if whole or not self.connection.in_transaction:  # a full disk undoes everything by itself
            self.connection.rollback()
        else:
            self.connection.execute("ROLLBACK TO one")
            self.connection.execute("RELEASE one")

    def commit(self) -> None:
        """Write what was gathered; nothing to do where nothing was."""
        self.gathered = 0
        if self.connection.in_transaction and not self._inside:
            self.connection.commit()

    def stop_when(self, stop: Callable[[], bool]) -> None:
        """End any statement soon after *stop* turns true, with ``sqlite3.OperationalError``; what is open is undone."""
        self.connection.set_progress_handler(lambda: int(stop()), STEPS)

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        return self.connection.execute(sql, values).fetchall()

    def scalar(self, sql: str, *values: object) -> int:
        row = self.connection.execute(sql, values).fetchone()
        return row[0] if row else 0

    def close(self) -> None:
        """What was gathered is written first, where it can be."""
        with contextlib.suppress(sqlite3.Error):
            self.commit()
        self.connection.close()

    def __del__(self) -> None:
        # A store that nobody closed (an error on the way) gives its file back; Python 3.13 warns of it otherwise.
        with contextlib.suppress(AttributeError, sqlite3.Error):
            self.connection.close()


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if read_only:
        if not path.is_file():
            raise StoreError(f"{path} does not exist. Run a crawl first, or name the store with SMO_STORE.")
        address = f"{path.absolute().as_uri()}?mode=ro"
        connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    else:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        connection.execute("PRAGMA journal_mode = WAL")
        # A commit survives a crash of the program; only a power cut may lose the last ones, and then they are fetched again.
        connection.execute("PRAGMA synchronous = NORMAL")
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection
