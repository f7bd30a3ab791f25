"""One crawl of one site: its options, scope, store and what it still has to do.  Shared by spider, scheduler and pipelines."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from smocrawl.spiders.options import Options
from smocrawl.spiders.scope import Scope
from smocrawl.spiders.urls import bare_host, looks_like_a_page, normalise
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.frontier import Frontier, Leased, Wanted

logger = logging.getLogger(__name__)

FIRST, SOON, PAGES, ASSETS = 100, 50, 0, 10
"""Priorities: robots and home, sitemaps and feeds, pages, the pictures and files that pages name."""

WELL_KNOWN = (("/favicon.ico", "icon"), ("/apple-touch-icon.png", "icon"))


class Crawl:
    """The state of a crawl outside Scrapy's objects."""

    def __init__(self, options: Options, database: Database, run: int, folder: Path) -> None:
        self.lock: Any = None
        self.options = options
        self.database = database
        self.run = run
        self.folder = folder
        self.frontier = Frontier(database, run)
        self.scope = Scope(options)
        self.origin: tuple[str, str] = urlsplit(options.candidates()[0])[:2]
        """(scheme, host:port) that is really asked: the only one that credentials go to."""
        self.home: str | None = None
        """The home page once it has answered, as audited."""
        self.home_tries = list(options.candidates())
        self.problems: list[str] = []
        """What ended the crawl before it began, in one line each."""
        self.counts: Counter[str] = Counter()
        self.now = datetime.now(UTC)
        self.stage = "reading"
        self.fault: str | None = None
        """What of this machine, or of us, ended the crawl."""
        self.workers: Any = None
        self.interrupted: int | None = None
        """Number of the signal that asked the crawl to stop."""
        self.ending: object = None
        """How it ended, once the closing pass is through (smocrawl.closing)."""
        self._open = True
        self._pages_leased = 0

    # -- beginning -------------------------------------------------------------------------------

    def begin(self) -> None:
        """Queue the first URLs of a new run, or take back what an interrupted one had in flight."""
        back = self.frontier.give_back()
        if self.frontier.known():
            done = self.database.scalar("SELECT count(*) FROM fetch WHERE run = ?", self.run)
            run = runs.load(self.database, self.run)
            self.settle_home(run.home)
            logger.info("Resuming the crawl of %s: %d URLs done, %d were in flight", self.options.domain, done, back)
            self._pages_leased = self.database.scalar(
                "SELECT count(*) FROM frontier WHERE run = ? AND kind = 'page' AND state = 2", self.run
            )
        elif self.options.urls:
            self.want(Wanted(url=url, source="list", priority=FIRST) for url in self.options.urls)
        elif self.options.seeds:
            self.want(Wanted(url=url, source="seed", priority=FIRST) for url in self.options.seeds)
        else:
            self.try_home()
        if self.options.sitemap:
            self.want(Wanted(url=url, kind="sitemap", source="argument", priority=SOON) for url in self.options.sitemap)

    def try_home(self) -> bool:
        """Queue the next address under which the home page may answer; False = there is none left."""
        if not self.home_tries:
            return False
        url = normalise(self.home_tries.pop(0))
        if url is None:
            return self.try_home()
        self.scope = Scope(self.options, url)
        self.origin = urlsplit(url)[:2]
        url = self.scope.public(url)
        self.want([Wanted(url=url, source="home", priority=FIRST)])
        return True

    def settle_home(self, url: str) -> None:
        """The home page answered at *url*: ask what a site keeps at fixed places."""
        self.home = url
        self.scope.settle(url)
        runs.update(self.database, self.run, home=url)
        if self.options.urls:
            return
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        wanted = [
            Wanted(url=origin + path, kind=kind, source="well-known", priority=ASSETS) for path, kind in WELL_KNOWN
        ]
        if "sitemaps" in self.options.sources and not self.options.sitemap:
            wanted.append(Wanted(url=f"{origin}/sitemap.xml", kind="sitemap", source="well-known", priority=SOON))
        self.want(wanted)

    # -- the frontier -----------------------------------------------------------------------------

    def want(self, wanted: Iterable[Wanted]) -> int:
        """Queue URLs; those already known to the run are passed over."""
        new = self.frontier.add(wanted)
        if new:
            self._open = True
        return new

    def lease(self, number: int) -> list[Leased]:
        room = self.options.max_pages - self._pages_leased if self.options.max_pages else number
        leased = self.frontier.lease(min(number, room) if room > 0 else number, pages=room > 0)
        self._pages_leased += sum(one.kind == "page" for one in leased)
        if not leased and self.counts["in flight"] == 0:
            self._open = False
        return leased

    def not_a_page_after_all(self) -> None:
        """A leased page turned out to be a redirect or no HTML: it does not count towards max_pages."""
        self._pages_leased -= 1

    def has_work(self) -> bool:
        if not self._open:
            return False
        if self.options.max_pages and self._pages_leased >= self.options.max_pages:
            rest = (
                "SELECT EXISTS (SELECT 1 FROM frontier WHERE run = ? AND (state = 1 OR (state = 0 AND kind != 'page')))"
            )
            self._open = bool(self.database.scalar(rest, self.run))
        else:
            self._open = self.frontier.open()
        return self._open

    def page_wanted(self, url: str, *, source: str, depth: int, parent: str, priority: int = PAGES) -> Wanted | None:
        """*url* (normalised, as audited) as a page to ask, where it is in scope."""
        if not self.scope.covers(url) or not looks_like_a_page(url):
            return None
        return Wanted(url=url, source=source, depth=depth, parent=parent, priority=priority)

    def same_site(self, url: str) -> bool:
        return self.scope.owns(url)

    def redirect_target(self, url: str, location: str) -> str | None:
        return normalise(self.scope.public(urljoin(url, location)))

    def spell_all(self, urls: Iterable[str]) -> list[str]:
        """*urls* as the crawl spells them, audited; what is no web address is left out."""
        spelled = (self.scope.spelled(url) for url in urls)
        return [url for url in spelled if url]

    def is_home(self, url: str) -> bool:
        if self.home is None:
            return False
        ours, other = urlsplit(self.home), urlsplit(url)
        return bare_host(ours.netloc) == bare_host(other.netloc) and ours.path == other.path and not other.query

    def note(self, sentence: str) -> None:
        runs.note(self.database, self.run, sentence)
