"""One store for each site whose pages a host's spiders download: a run of it, written page by page."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

from attrs import evolve

from smocrawl import __version__, scoring
from smocrawl.addon.audit import Audited
from smocrawl.addon.pages import Pages, Seen
from smocrawl.addon.terms import Terms
from smocrawl.spiders.opening import Lock, reports_folder, store_path
from smocrawl.spiders.options import Options, read_options
from smocrawl.spiders.scope import Scope
from smocrawl.store import runs, unread
from smocrawl.store.database import Database

logger = logging.getLogger(__name__)

TOGETHER = 16
"""Pages that are committed as one, where they come faster than they are written."""

MOST_KEPT = 1024**3
"""Bytes, packed, that one run puts by to be read later."""

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


class Site(Pages):
    """The open store of one site, which no other process writes to meanwhile."""

    def __init__(self, options: Options, terms: Terms, origin: str, spider: str) -> None:
        self.name = options.folder
        self.path = store_path(terms.places, options.folder)
        (reports_folder(terms.places) / options.folder).mkdir(parents=True, exist_ok=True)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        scope = Scope(options)
        scope.settle(f"{origin}/")
        self.lock = Lock(self.path.with_suffix(".lock"))
        self.kept_bytes = 0
        self.counts = dict.fromkeys((RENDERED, CACHED, LEFT_OUT), 0)
        self.users: set[object] = set()
        self.is_open = True
        try:
            database = Database(self.path)
            run = self._begin(database, options, terms, f"{origin}/")
            database.gather(TOGETHER, lambda: None)
            super().__init__(database, run, scope, runs.load(database, run).started)
        except BaseException:
            self.lock.release()
            raise
        self.spider = spider

    @staticmethod
    def _begin(database: Database, options: Options, terms: Terms, home: str) -> int:
        stored = {**options.stored(), "sources": [runs.OTHERS], "audience": terms.audience_name}
        before = runs.unfinished(database)
        if before is not None:
            runs.update(database, before.id, state="abandoned")
        run = runs.begin(
            database, home=home, options=stored, version=__version__, ruleset=scoring.RULESET,
            algorithm=scoring.ALGORITHM, audience=terms.audience.id,
        )  # fmt: skip
        unread.forget_before(database, run)
        return run

    # -- writing -----------------------------------------------------------------------------------

    def save_audited(self, seen: Seen, audited: Audited, error: str | None = None) -> None:
        super().save_audited(seen, audited, error)
        self._tally(seen)

    def put_by(self, seen: Seen) -> bool:
        """Keep *seen* as it came, to be read when a report is asked for; False where there is no more room."""
        if self.kept_bytes >= MOST_KEPT:
            return False
        if self.is_new(self.spelled(seen.url)):
            self.kept_bytes += unread.put_by(self.database, self.run, seen.url, evolve(seen, body=b""), seen.body)
            self._tally(seen)
        return True

    def _tally(self, seen: Seen) -> None:
        self.counts[RENDERED] += seen.rendered
        self.counts[CACHED] += seen.cached

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
