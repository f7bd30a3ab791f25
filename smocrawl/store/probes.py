"""Writes and reads the answers to look-ups that were made on demand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.facts import from_json, to_json
from smocrawl.store.frontier import Frontier


@frozen(kw_only=True)
class ProbeRecord:
    """One answer: the columns of the table ``probe``, addresses written out."""

    url: str
    topic: str
    agent: str = ""
    about: str | None = None
    status: int | None = None
    error: str | None = None
    target: str | None = None
    hops: int = 0
    coding: str | None = None
    size: int | None = None
    facts: Mapping[str, Any] = field(factory=dict)


def save_probe(frontier: Frontier, record: ProbeRecord) -> None:
    with frontier.database.transaction() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO probe"
            " (run, url, agent, topic, about, status, error, target, hops, coding, size, facts, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                frontier.run, frontier.url_id(record.url), record.agent, record.topic,
                frontier.url_id(record.about) if record.about else None, record.status, record.error, record.target,
                record.hops, record.coding, record.size, to_json(record.facts), runs.now().isoformat(),
            ),
        )  # fmt: skip


def read_probes(database: Database, run: int, *topics: str) -> Iterator[ProbeRecord]:
    """The answers on *topics*, in the order of their addresses."""
    for row in database.rows(
        "SELECT url.url, topic, agent, about.url AS about, status, error, target, hops, coding, size, facts"
        " FROM probe JOIN url ON url.id = probe.url LEFT JOIN url AS about ON about.id = probe.about"
        " WHERE run = ? AND topic IN (SELECT value FROM json_each(?)) ORDER BY url.url, agent",
        run, to_json(topics),
    ):  # fmt: skip
        yield ProbeRecord(**{**dict(row), "facts": from_json(row["facts"])})


def asked_already(database: Database, run: int) -> set[tuple[str, str]]:
    """(address, agent) of every look-up that has its answer."""
    rows = database.rows("SELECT url.url, agent FROM probe JOIN url ON url.id = probe.url WHERE run = ?", run)
    return {(row[0], row[1]) for row in rows}
