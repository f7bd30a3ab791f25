"""One crawl of one site: its options, scope, store and what it still has to do.  Shared by spider, scheduler and pipelines."""

from __future__ import annotations

import logging
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import attrs

from smocrawl.network import resolver
from smocrawl.network.folder import OUTSIDE
from smocrawl.network.gate import Refused
from smocrawl.spiders.elsewhere import MOST_HELD, Elsewhere
from smocrawl.spiders.options import Options
from smocrawl.spiders.patterns import fixed_start
from smocrawl.spiders.reader import reader
from smocrawl.spiders.scope import Scope
from smocrawl.spiders.traps import FEW_WORDS, TRUSTED, Seen, Traps
from smocrawl.spiders.urls import LONGEST, bare_host, looks_like_a_page, normalise
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.earlier import Earlier, Known
from smocrawl.store.frontier import TWIN, Frontier, Leased, Wanted

logger = logging.getLogger(__name__)

FIRST, SOON, ASSETS, PAGES, SUSPECTS = 100, 50, 10, 0, -10
"""Priorities: robots and home, sitemaps and feeds, the pictures and files that pages name, pages, pages of endless kinds."""

FOREIGN = -20
"""Pictures and files on other hosts: a queue of their own, which is asked beside that of the site."""

OWN_LANE, FOREIGN_LANE = range(SUSPECTS, FIRST + 1), range(FOREIGN, FOREIGN + 1)

NEVER_FOREIGN = ("page", "sitemap", "twin")

RESUMED = "The crawl of {domain} goes on: {done:,} addresses are done, {back:,} that were taken up are asked again."

AHEAD_ELSEWHERE = 16
"""Rows of other hosts that are leased at once."""

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
        self.earlier = Earlier(database, run, reader())
        self.scope = Scope(options)
        self.traps = Traps()
        self.origin: tuple[str, str] = urlsplit(options.candidates()[0])[:2]
        """(scheme, host:port) that is really asked: the only one that credentials go to."""
        self.home: str | None = None
        """The home page once it has answered, as audited."""
        self.home_tries = list(options.candidates())
        self.problems: list[str] = []
        """What ended the crawl before it began, in one line each."""
        self.resumed: str | None = None
        """The line that says what an interrupted crawl goes on from."""
        self.counts: Counter[str] = Counter()
        self.now = datetime.now(UTC)
        self.stage = "reading"
        self.fault: str | None = None
        """What of this machine, or of us, ended the crawl."""
        self.workers: Any = None
        self.stop: Callable[[], None] | None = None
        """Ends Scrapy's part; set by the command that runs the crawl."""
        self.interrupted: int | None = None
        """Number of the signal that asked the crawl to stop."""
        self.ending: object = None
        """How it ended, once the closing pass is through (smocrawl.closing)."""
        self.held = 0
        """What still goes on when nothing is left to ask: the second readings of pages, the look-ups."""
        self.flying = 0
        """Rows of the site that are leased and have no record yet."""
        self.elsewhere = Elsewhere()
        self.whole_images = 0
        """Pictures that may still be read to their end."""
        self.keeps_whole = False
        """Pictures that the crawl before read to their end are read so again."""
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
            self.resumed = RESUMED.format(domain=self.options.domain, done=done, back=back)
            self._remember()
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
        if url.startswith("https:") and not urlsplit(url).port and not self.options.as_url:
            # Whether http leads on to https (https-valid); under a port of its own there is no such twin.
            wanted.append(Wanted(url=f"http:{url[6:]}", kind=TWIN, source="well-known", priority=ASSETS))
        self.want(wanted)

    def _remember(self) -> None:
        """Count again what the patterns of an interrupted crawl had shown."""
        led_on = {parent for parent, url in self.frontier.found_by() if self.traps.leads_on(parent, [url])}
        for row in self.frontier.asked():
            self.saw(
                Seen(
                    url=row["url"], source=row["source"], depth=row["depth"], parent=row["parent"],
                    status=row["status"], heads=heads_of(row["title"], row["h1"]),
                    text=text_of(row["words"] or 0, row["text_sha1"]), led_on=row["url"] in led_on,
                ),
                row["kind"],
            )  # fmt: skip

    # -- the frontier -----------------------------------------------------------------------------

    def want(self, wanted: Iterable[Wanted]) -> list[Wanted]:
        """Queue URLs; those already known to the run are passed over.  Those that were new and will be asked."""
        new = self.frontier.add_new(self._weighed(one) for one in wanted)
        if new:
            self._open = True
        return new

    def _weighed(self, wanted: Wanted) -> Wanted:
        """*wanted* with the reason why it is not asked, or behind the others where it may be one of endlessly many."""
        if len(wanted.url) >= LONGEST:
            return attrs.evolve(wanted, refused=f"refused: an address of {LONGEST:,} characters or more")
        if self.options.site and not self.options.outside and not self.scope.is_built(wanted.url):
            return attrs.evolve(wanted, refused=OUTSIDE)
        if reason := self.traps.refusal(wanted.url, wanted.kind, wanted.source, wanted.depth):
            return attrs.evolve(wanted, refused=reason)
        if wanted.kind not in NEVER_FOREIGN and not self.scope.owns(wanted.url):
            return attrs.evolve(wanted, priority=FOREIGN, refused=barred(wanted.url))
        links_alone = wanted.kind == "page" and wanted.priority == PAGES and wanted.source not in TRUSTED
        if links_alone and self.traps.is_suspect(wanted.url, wanted.parent):
            return attrs.evolve(wanted, priority=SUSPECTS)
        return wanted

    def saw(self, seen: Seen, kind: str = "page") -> None:
        """Count what was seen towards its pattern; a pattern that is used up leaves the queue."""
        for pattern in self.traps.saw(seen, kind):
            start = seen.url[: seen.url.index("/", len("https://")) + len(fixed_start(pattern))]
            reason = f"budget: {pattern}"
            gone = self.frontier.cut(start, self.traps.refuses, reason)
            logger.info("%s is asked no more: %d addresses left the queue", pattern, gone)

    def lease(self, number: int) -> list[Leased]:
        """Rows of the site to ask now; none where the store cannot be written, which ends the crawl."""
        try:
            return self._lease(number)
        except sqlite3.Error as error:
            self.break_off(error)
            return []

    def lease_elsewhere(self) -> Leased | None:
        """A row of another host that can be asked now."""
        try:
            while (row := self.elsewhere.take()) is None and (room := MOST_HELD - self.elsewhere.held) > 0:
                rows = self.frontier.lease(min(AHEAD_ELSEWHERE, room), lane=FOREIGN_LANE)
                if not rows:
                    return None
                self.elsewhere.put(rows)
        except sqlite3.Error as error:
            self.break_off(error)
            return None
        return row

    def _lease(self, number: int) -> list[Leased]:
        room = self.options.max_pages - self._pages_leased if self.options.max_pages else number
        number = min(number, room) if room > 0 else number
        leased: list[Leased] = []
        while not leased and (rows := self.frontier.lease(number, pages=room > 0, lane=OWN_LANE)):
            leased = [one for one in rows if not self._refused(one)]
        self._pages_leased += sum(one.kind == "page" for one in leased)
        self.flying += len(leased)
        return leased

    def nothing_to_lease(self) -> None:
        """Neither queue gave a row; where none is in flight either, none will come."""
        if not self.flying and not self.elsewhere.flying:
            self._open = False

    def _refused(self, one: Leased) -> bool:
        """Whether its pattern was cut after it had been queued."""
        reason = self.traps.refusal(one.url, one.kind, one.source, one.depth)
        if reason:
            self.frontier.never_ask([(one.id, one.kind)], reason)
        return reason is not None

    def one_more_whole(self) -> bool:
        """Whether the next picture is read to its end, for its small copy and its look; of the others the head says enough."""
        self.whole_images -= 1
        return self.whole_images >= 0

    def known(self, url: int, kind: str) -> Known | None:
        """What the crawl before keeps of an address (by its id), where that may be taken over."""
        return None if self.options.full or kind == TWIN else self.earlier.known(url, kind)

    def ask_anew(self, leased: Leased) -> None:
        """What is stored of it cannot be read: it goes back to the queue, to be asked for all of it."""
        self.earlier.forget(leased.id)
        self.frontier.give_back(leased.id)
        self._open = True
        self.landed(leased)

    def landed(self, leased: Leased) -> None:
        """A leased row has its record."""
        if leased.priority == FOREIGN:
            self.elsewhere.landed(leased)
        else:
            self.flying -= 1

    def commit(self) -> None:
        """Write what was gathered; a store that cannot be written ends the crawl."""
        try:
            self.database.commit()
        except sqlite3.Error as error:
            self.break_off(error)

    def in_flight(self) -> int:
        """Rows of the site that a crawl killed now would ask again: without a record, or with one that is not committed."""
        return self.flying + self.database.gathered

    def not_a_page_after_all(self) -> None:
        """A leased page turned out to be a redirect or no HTML: it does not count towards max_pages."""
        self._pages_leased -= 1

    def has_work(self) -> bool:
        try:
            return self._open and self._has_work()
        except sqlite3.Error as error:
            self.break_off(error)
            return False

    def _has_work(self) -> bool:
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
        if source == "canonical" and self.options.seeds and urlsplit(url).path == "/":
            # A page that wrongly names the home page must not make a crawl of one corner one of the whole site.
            return None
        return Wanted(url=url, source=source, depth=depth, parent=parent, priority=priority)

    def same_site(self, url: str) -> bool:
        return self.scope.owns(url)

    def redirect_target(self, url: str, location: str) -> str | None:
        try:
            target = normalise(urljoin(url, location))
        except ValueError:
            return None
        return target and normalise(self.scope.public(target))

    def spell_all(self, urls: Iterable[str]) -> list[str]:
        """*urls* as the crawl spells them, audited; what is no web address is left out."""
        spelled = (self.scope.spelled(url) for url in urls)
        return [url for url in spelled if url]

    def is_home(self, url: str) -> bool:
        if self.home is None:
            return False
        ours, other = urlsplit(self.home), urlsplit(url)
        return bare_host(ours.netloc) == bare_host(other.netloc) and ours.path == other.path and not other.query

    def break_off(self, error: Exception) -> None:
        """This machine stands in the way (a full disk, a store that is held): the crawl stops where it is, whole."""
        if self.fault is None:
            self.fault = f"{self.folder}: {error}. Mend it, and run the same command again: it goes on."
            logger.error("The store cannot be written: %s", error)
        self._open = False
        if self.stop is not None:
            self.stop()

    def note(self, sentence: str) -> None:
        runs.note(self.database, self.run, sentence)


def barred(url: str) -> str | None:
    """Why *url* may not be asked, as its spelling alone tells: no request is built for it."""
    try:
        resolver.gate.check(url)
    except Refused as refused:
        return f"refused: {refused}"
    return None


def heads_of(title: str | None, h1: str | None) -> int:
    """What the patterns remember of a page's title and headline; 0 = it has none."""
    return hash((title, h1)) if title or h1 else 0


def text_of(words: int, sha1: str | None) -> int:
    """What the patterns remember of a main text; 0 = too short to mean anything."""
    return hash(sha1) if sha1 and words >= FEW_WORDS else 0
