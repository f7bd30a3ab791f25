"""One store for each site whose pages a host's spiders download: a run of it, written page by page."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from attrs import evolve, frozen

from smocrawl import __version__, scoring
from smocrawl.addon.audit import Audited
from smocrawl.addon.terms import Terms
from smocrawl.extract.robots import Robots
from smocrawl.reading import AssetResult
from smocrawl.spiders.opening import Lock, reports_folder, store_path
from smocrawl.spiders.options import Options, read_options
from smocrawl.spiders.scope import Scope
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.facts import pack
from smocrawl.store.frontier import Frontier
from smocrawl.store.records import Record, save_asset, save_page, save_record, save_uses
from smocrawl.store.reviews import Verdicts, save_verdicts

logger = logging.getLogger(__name__)

TOGETHER = 16
"""Pages that are committed as one, where they come faster than they are written."""

WATCHED = (
    "These are the pages that the spider {spider} downloaded, as it asked for them. Nothing was asked besides: pictures,"
    " link targets and other files are only measured where the spider downloaded them itself."
)
RENDERED = "Pages that came out of a browser, after their scripts: {number:,}. The networks' bots, which run none, may see less."
CACHED = "Pages that came out of the spider's HTTP cache: {number:,}. They may be older than this run."
LEFT_OUT = (
    "Pages that were not audited, because they came faster than they could be read: {number:,}"
    " (SMO_WORKERS, SMO_CLOSE_SECONDS)."
)


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

    @property
    def type(self) -> str | None:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower() or None


class Site:
    """The open store of one site; everything here runs in one thread."""

    def __init__(self, options: Options, terms: Terms, origin: str, spider: str) -> None:
        self.name = options.folder
        self.path = store_path(terms.places, options.folder)
        (reports_folder(terms.places) / options.folder).mkdir(parents=True, exist_ok=True)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.scope = Scope(options)
        self.scope.settle(f"{origin}/")
        self.lock = Lock(self.path.with_suffix(".lock"))
        self.counts = dict.fromkeys((RENDERED, CACHED, LEFT_OUT), 0)
        self.users: set[object] = set()
        self.is_open = True
        try:
            self.database = Database(self.path)
            self.run = self._begin(options, terms, f"{origin}/")
            self.frontier = Frontier(self.database, self.run)
            self.database.gather(TOGETHER, lambda: None)
            self.now = runs.load(self.database, self.run).started
        except BaseException:
            self.lock.release()
            raise
        self.spider = spider

    def _begin(self, options: Options, terms: Terms, home: str) -> int:
        stored = {**options.stored(), "sources": [runs.OTHERS], "audience": terms.audience_name}
        before = runs.unfinished(self.database)
        if before is not None:
            runs.update(self.database, before.id, state="abandoned")
        return runs.begin(
            self.database, home=home, options=stored, version=__version__, ruleset=scoring.RULESET,
            algorithm=scoring.ALGORITHM, audience=terms.audience.id,
        )  # fmt: skip

    def spelled(self, url: str) -> str:
        return self.scope.spelled(url) or url

    def is_new(self, url: str) -> bool:
        """Whether *url* has no record in this run yet."""
        return not self.database.rows(
            "SELECT 1 FROM fetch JOIN url ON url.id = fetch.url WHERE fetch.run = ? AND url.url = ?", self.run, url
        )

    # -- writing -----------------------------------------------------------------------------------

    def save_audited(self, seen: Seen, audited: Audited, error: str | None = None) -> None:
        """Record, facts and verdicts of one page: all or nothing."""
        with self.database.transaction():
            self._record(seen, error=error)
            save_page(self.frontier, audited.record, depth=seen.depth)
            save_uses(self.frontier, audited.record.url, audited.uses)
            place = (self.run, self.frontier.url_id(audited.record.url))
            findings = tuple((*place, *row) for row in audited.findings)
            save_verdicts(self.database, Verdicts(reviews=((*place, *audited.review),), findings=findings))
        self.counts[RENDERED] += seen.rendered
        self.counts[CACHED] += seen.cached

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

    # -- ending ------------------------------------------------------------------------------------

    def commit(self) -> None:
        self.database.commit()

    def close(self) -> None:
        """The run is whole, and waits to be analysed (:data:`smocrawl.store.runs.READ`)."""
        try:
            runs.note(self.database, self.run, WATCHED.format(spider=self.spider))
            for sentence, count in self.counts.items():
                if count:
                    runs.note(self.database, self.run, sentence.format(number=count))
            runs.update(self.database, self.run, state=runs.READ, ended=runs.now().isoformat())
        finally:
            self.is_open = False
            self.database.close()
            self.lock.release()


def options_of(origin: str) -> Options:
    """The site of *origin* as a crawl of it would name it; ``ArgumentError`` where none can be."""
    return read_options({"domain": f"{origin}/"})


def scope_of(url: str) -> Scope:
    """Of the site of *url*, where it has no store."""
    return Scope(options_of(origin_of(url)))


def origin_of(url: str) -> str:
    parts: Any = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
