"""Pages of a host's spiders as they are written into a run of their site's store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from attrs import evolve, frozen

from smocrawl.addon.audit import Audited
from smocrawl.extract.files.robots import Robots
from smocrawl.reading import AssetResult, Task
from smocrawl.spiders.scope import Scope
from smocrawl.store.database import Database
from smocrawl.store.facts import pack
from smocrawl.store.frontier import Frontier
from smocrawl.store.records import Record, save_asset, save_page, save_record, save_uses
from smocrawl.store.reviews import Verdicts, save_verdicts


@frozen(kw_only=True)
class Seen:
    """One answer that a host's spider got."""

    url: str
    """As it was answered, normalised."""
    kind: str
    """page, image or robots."""
    status: int
    headers: Mapping[str, str]
    body: bytes
    size: int
    latency: float | None = None
    truncated: bool = False
    hops: tuple[tuple[str, int], ...] = ()
    """(URL, status) of the redirects that led here."""
    depth: int = 0
    moved_to: str | None = None
    """Where a redirect points that the host did not follow."""
    rendered: bool = False
    cached: bool = False

    def task(self, url: str, *, lean: bool = False) -> Task:
        """What a worker is asked to read; *url*: its address as the store spells it."""
        return Task(
            url=url, kind=self.kind, status=self.status, headers=self.headers, body=self.body, latency=self.latency,
            truncated=self.truncated, whole_size=self.size, hops=self.hops, whole=self.kind == "page", lean=lean,
        )  # fmt: skip

    @property
    def type(self) -> str | None:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower() or None


class Pages:
    """Writes what was read of a host's answers; everything here runs in one thread."""

    def __init__(self, database: Database, run: int, scope: Scope, now: datetime) -> None:
        self.database, self.run, self.scope, self.now = database, run, scope, now
        self.frontier = Frontier(database, run)

    def spelled(self, url: str) -> str:
        return self.scope.spelled(url) or url

    def is_new(self, url: str) -> bool:
        """Whether *url* has no record in this run yet."""
        return not self.database.rows(
            "SELECT 1 FROM fetch JOIN url ON url.id = fetch.url WHERE fetch.run = ? AND url.url = ?", self.run, url
        )

    def save_audited(self, seen: Seen, audited: Audited, error: str | None = None) -> None:
        """Record, facts and verdicts of one page: all or nothing."""
        with self.database.transaction():
            self._record(seen, error=error)
            save_page(self.frontier, audited.record, depth=seen.depth)
            save_uses(self.frontier, audited.record.url, audited.uses)
            place = (self.run, self.frontier.url_id(audited.record.url))
            findings = tuple((*place, *row) for row in audited.findings)
            save_verdicts(self.database, Verdicts(reviews=((*place, *audited.review),), findings=findings))

    def save_failed(self, seen: Seen, error: str | None) -> None:
        """The record of an answer that gave no page."""
        with self.database.transaction():
            self._record(seen, error=error)

    def save_picture(self, seen: Seen, picture: AssetResult) -> None:
        with self.database.transaction():
            self._record(seen)
            save_asset(self.frontier, self.spelled(seen.url), seen.kind, picture.facts, picture=picture.picture)

    def save_robots(self, seen: Seen) -> None:
        """For the verdicts of every preview bot."""
        robots = Robots.read(seen.body if seen.status == 200 else b"", url=seen.url, status=seen.status, error=None)
        with self.database.transaction():
            self._record(seen)
            save_asset(self.frontier, seen.url, "robots", pack(robots.facts))

    def _record(self, seen: Seen, *, error: str | None = None) -> None:
        """The answer, and each redirect before it as a record of its own."""
        url = seen.url if seen.kind == "robots" else self.spelled(seen.url)
        addresses = [*(self.spelled(hop) for hop, _ in seen.hops), url]
        for number, ((_, status), address) in enumerate(zip(seen.hops, addresses, strict=False)):
            if self.is_new(address):
                target = addresses[number + 1]
                hop = Record(url=address, kind=seen.kind, status=status, redirect=target, hops=number)
                save_record(self.frontier, hop)
        record = Record(
            url=url, kind=seen.kind, status=seen.status, error=error, hops=len(seen.hops), type=seen.type,
            size=seen.size, latency=seen.latency,
        )  # fmt: skip
        save_record(self.frontier, evolve(record, redirect=self.spelled(seen.moved_to)) if seen.moved_to else record)
