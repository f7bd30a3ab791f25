"""How addresses answered in a crawl: looked up for a whole page at a time, its redirects followed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from smocrawl.checks.base import Fetched
from smocrawl.spiders.scope import Scope
from smocrawl.spiders.urls import written_origin
from smocrawl.store.database import Database
from smocrawl.store.facts import to_json

LONGEST_CHAIN = 12
MOST = 50_000
"""Addresses whose answers are kept at hand: the pages of one template name the same ones."""

# The planner would walk through the answers of the whole crawl for a list whose length it does not know.
MANY = """
SELECT url.url AS address, fetch.status, fetch.error, fetch.redirect, fetch.type
FROM json_each(?) AS asked CROSS JOIN url ON url.url = asked.value CROSS JOIN fetch ON fetch.url = url.id
WHERE fetch.run = ?
"""
ONE = """
SELECT url.url AS address, fetch.status, fetch.error, fetch.redirect, fetch.type
FROM fetch JOIN url ON url.id = fetch.url WHERE fetch.run = ? AND fetch.url = ?
"""


class Answered:
    """The answers of one run."""

    def __init__(self, database: Database, run: int, scope: Scope, foreign_origins: frozenset[str]) -> None:
        """*foreign_origins*: those of other sites that were asked for anything."""
        self.database, self.run = database, run
        self.scope, self.foreign_origins = scope, foreign_origins
        self._spelled: dict[str, str | None] = {}
        self._elsewhere: dict[str, bool] = {}
        self._known: dict[str, Fetched | None] = {}

    def to(self, addresses: Iterable[str]) -> Mapping[str, Fetched]:
        """How each of *addresses* answered that was asked, under its own spelling and in their order."""
        self._make_room()
        spelled = [(address, known) for address in addresses if (known := self.spelled(address)) is not None]
        self._learn({url for _, url in spelled if url not in self._known})
        return {address: found for address, url in spelled if (found := self._known[url]) is not None}

    def one(self, url: str) -> Fetched | None:
        """How *url*, spelled as the crawl does, answered."""
        if url not in self._known:
            self._learn({url})
        return self._known[url]

    def spelled(self, address: str) -> str | None:
        """*address* as the crawl spells it, where it may have asked it."""
        if address in self._spelled:
            return self._spelled[address]
        origin = written_origin(address)
        if origin is not None and origin not in self._elsewhere:
            self._elsewhere[origin] = self.scope.is_foreign(origin) and origin not in self.foreign_origins
        found = None if origin is not None and self._elsewhere[origin] else self.scope.spelled(address)
        self._spelled[address] = found
        return found

    def _make_room(self) -> None:
        if len(self._spelled) > MOST or len(self._elsewhere) > MOST or len(self._known) > MOST:
            self._spelled.clear()
            self._elsewhere.clear()
            self._known.clear()

    def _learn(self, urls: set[str]) -> None:
        if not urls:
            return
        self._known.update(dict.fromkeys(urls))
        for row in self.database.rows(MANY, to_json(list(urls)), self.run):
            self._known[row["address"]] = self._followed(row)

    def _followed(self, row: sqlite3.Row) -> Fetched | None:
        current: sqlite3.Row | None = row
        for hops in range(LONGEST_CHAIN):
            if current is None:
                return None
            if current["redirect"] is None or current["error"]:
                return Fetched(
                    status=current["status"], error=current["error"], hops=hops, final_url=current["address"],
                    type=current["type"],
                )  # fmt: skip
            current = next(iter(self.database.rows(ONE, self.run, current["redirect"])), None)
        return Fetched(error="redirect loop", hops=LONGEST_CHAIN, final_url=row["address"])
