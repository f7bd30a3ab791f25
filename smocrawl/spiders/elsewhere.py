"""Pictures and files on other hosts: asked beside the pages, so that no page waits for a host that is slow or gone."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from urllib.parse import urlsplit

from smocrawl.store.frontier import Leased

MOST_HELD = 256
"""Rows that wait here for their host to answer another one."""

EACH = 8
"""Rows of one host at the same time once it has answered; before that one, which reads its robots.txt."""


class Elsewhere:
    """The rows of other hosts that are leased: which of them may be asked now."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Leased]] = {}
        self._flying: Counter[str] = Counter()
        self._met: set[str] = set()
        self.held = 0
        """Rows that were put and not yet taken."""

    @property
    def flying(self) -> int:
        """Rows that were taken and have no record yet."""
        return self._flying.total()

    def put(self, rows: Iterable[Leased]) -> None:
        for row in rows:
            self._waiting.setdefault(_host(row), deque()).append(row)
            self.held += 1

    def take(self) -> Leased | None:
        """A row whose host is not busy; None where all of them are."""
        host = next((host for host in self._waiting if self._flying[host] < self._most(host)), None)
        if host is None:
            return None
        rows = self._waiting.pop(host)
        row = rows.popleft()
        if rows:
            # Behind the others: each host has its turn.
            self._waiting[host] = rows
        self._flying[host] += 1
        self.held -= 1
        return row

    def landed(self, row: Leased) -> None:
        """A row that was taken has its record."""
        host = _host(row)
        self._met.add(host)
        self._flying[host] -= 1
        if not self._flying[host]:
            del self._flying[host]

    def _most(self, host: str) -> int:
        return EACH if host in self._met else 1


def _host(row: Leased) -> str:
    return urlsplit(row.url).netloc
