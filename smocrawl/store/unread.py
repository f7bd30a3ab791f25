"""Answers that are put by as they came, to be read later."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from typing import TypeVar

from smocrawl.store.database import Database
from smocrawl.store.facts import FAST, pack, unpack_if_readable

logger = logging.getLogger(__name__)

T = TypeVar("T")


def put_by(database: Database, run: int, url: str, told: object, body: bytes) -> int:
    """Bytes that it takes; an address that is put by already stays as it is."""
    packed = pack(told), zlib.compress(body, FAST)
    with database.transaction() as connection:
        connection.execute(
            "INSERT OR IGNORE INTO unread (run, url, told, body) VALUES (?, ?, ?, ?)", (run, url, *packed)
        )
    return sum(map(len, packed))


def all_unread(database: Database, run: int, shape: type[T]) -> Iterator[tuple[str, T | None, bytes]]:
    """(address, how it came, bytes) of what *run* put by, in the order in which it came; None = it is damaged."""
    for row in database.rows("SELECT rowid, url FROM unread WHERE run = ? ORDER BY rowid", run):
        for told, body in database.rows("SELECT told, body FROM unread WHERE rowid = ?", row["rowid"]):
            try:
                yield row["url"], unpack_if_readable(told, shape), zlib.decompress(body)
            except zlib.error as error:
                logger.warning("What was put by of %s cannot be read: %s", row["url"], error)
                yield row["url"], None, b""


def is_any_unread(database: Database, run: int) -> bool:
    return bool(database.scalar("SELECT EXISTS (SELECT 1 FROM unread WHERE run = ?)", run))


def forget(database: Database, run: int, url: str) -> None:
    """It is read."""
    with database.transaction() as connection:
        connection.execute("DELETE FROM unread WHERE run = ? AND url = ?", (run, url))


def forget_before(database: Database, run: int) -> None:
    """What earlier runs put by and nobody has asked for."""
    with database.transaction() as connection:
        connection.execute("DELETE FROM unread WHERE run < ?", (run,))
