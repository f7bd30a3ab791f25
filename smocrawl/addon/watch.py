"""The extension: looks at every answer that the host's spider gets, hands it on, and is gone again."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse, Response
from scrapy.utils.spider import DefaultSpider

from smocrawl.addon import auditor
from smocrawl.addon.answers import seen_of
from smocrawl.addon.auditor import Auditor
from smocrawl.addon.guests import POINTS, SCORED, TENTHS, Guest, Job
from smocrawl.addon.terms import read_terms
from smocrawl.addon.waiting import settled
from smocrawl.spiders.urls import normalise

logger = logging.getLogger(__name__)

REMEMBERED = 1_000
"""Pages whose score can still be asked for: an item follows its page at once."""

IN_A_HURRY = 5
"""Seconds for what waits when the host was told to stop (a signal); containers are killed after ten."""


GRACE = 10
"""Seconds in which a store that is being written must be closed (a commit on a slow disk)."""

MOST_KNOWN = 200_000
"""Addresses that are remembered as audited (some 70 bytes each); beyond that one that comes again is read again."""


class Watch:
    """Listens to ``response_received``; whatever goes wrong here is counted and said once, and never reaches the host."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        try:
            self.terms = read_terms(crawler.settings)
        except Exception as error:
            raise NotConfigured(f"smocrawl cannot audit here: {error}") from error
        self._auditor: Auditor | None = None
        self._guest: Guest | None = None
        self._known: set[int] = set()
        self._scores: OrderedDict[int, Future[float | None]] = OrderedDict()
        self._has_failed = False
        self._is_idle = True
        """Nothing came that is to be audited."""
        self._points = self._scored = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Watch:
        self = cls(crawler)
        crawler.signals.connect(self.opened, signal=signals.spider_opened)
        crawler.signals.connect(self.received, signal=signals.response_received)
        crawler.signals.connect(self.closed, signal=signals.spider_closed)
        return self

    @contextmanager
    def _guarded(self, where: str) -> Iterator[None]:
        try:
            yield
        except Exception:
            self._stat("errors", 1)
            if not self._has_failed:
                logger.exception("smocrawl: %s failed; the crawl goes on (said once, smo/errors counts)", where)
            self._has_failed = True

    def opened(self, spider: Spider) -> None:
        """The workers load their libraries while the first pages are on their way: a short crawl would wait for them."""
        with self._guarded("beginning the audit"):
            self._begun(spider)

    def _begun(self, spider: Spider) -> tuple[Auditor, Guest] | None:
        """At the first call; None = nothing is audited."""
        if isinstance(spider, DefaultSpider):
            # That of «scrapy shell» and «scrapy fetch»: somebody tries something.
            return None
        if self._auditor is None or self._guest is None:
            self._guest = Guest(spider=spider.name, terms=self.terms)
            self._auditor = auditor.enter(self._guest)
        return self._auditor, self._guest

    def received(self, response: Response, request: Request, spider: Spider) -> None:
        """About 0.1 ms of the host's thread; the bytes are handed on, not copied."""
        with self._guarded("looking at an answer"):
            self._received(response, request, spider)

    def _received(self, response: Response, request: Request, spider: Spider) -> None:
        if request.method != "GET" or (begun := self._begun(spider)) is None:
            return
        seen = seen_of(response, request)
        if seen is None:
            return
        number = hash(seen.url)
        if number in self._known:
            self._stat("repeated", 1)
            return
        self._is_idle = False
        auditing, guest = begun
        job = Job(guest=guest, seen=seen)
        if auditing.offer(job):
            # A page that was left out for want of room is taken when it comes again.
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known.add(number)
            if isinstance(response, HtmlResponse):
                self._remember(number, job.score)
        self._publish()

    def _remember(self, number: int, score: Future[float | None]) -> None:
        self._scores[number] = score
        while len(self._scores) > REMEMBERED:
            self._scores.popitem(last=False)

    def score_of(self, response: Response) -> Future[float | None] | None:
        """Of the page *response*, when it is read; None = it is not audited."""
        url = normalise(response.url)
        return self._scores.get(hash(url)) if url else None

    async def closed(self, spider: Spider, reason: str) -> None:
        """Waits in a thread until what came is read, for a bounded time."""
        with self._guarded("ending the audit"):
            if self._is_idle:
                self._stat("pages", 0)
            if self._auditor is None or self._guest is None:
                return
            left = auditor.leave(self._auditor, self._guest)
            seconds = min(self.terms.close_seconds, IN_A_HURRY) if reason == "shutdown" else self.terms.close_seconds
            if not await settled(left, seconds):
                self._auditor.give_up(self._guest)
                await settled(left, GRACE)
            if not self._is_idle:
                self._publish()
                self._say()

    # -- what the host reads -----------------------------------------------------------------------

    def _publish(self) -> None:
        """Counts of the other thread into the host's stats, in the host's thread."""
        if self._guest is None:
            return
        counted = self._guest.take()
        self._points += counted.pop(POINTS, 0)
        self._scored += counted.pop(SCORED, 0)
        for name, number in counted.items():
            self._stat(name, number)

    def _stat(self, name: str, number: int) -> None:
        if self.crawler.stats is not None:
            self.crawler.stats.inc_value(f"smo/{name}", number)

    def _say(self) -> None:
        """The mean score into the stats, and one line into the log."""
        stats = self.crawler.stats
        if stats is None or self._guest is None:
            return
        if self._scored:
            stats.set_value("smo/score", round(self._points / TENTHS / self._scored, 1))
        left_out, kept = stats.get_value("smo/not_audited", 0), stats.get_value("smo/kept", 0)
        more = (f", {kept} kept for the report to read" if kept else "") + (
            f", {left_out} left out" if left_out else ""
        )
        logger.info(
            "smocrawl: %d pages audited%s; mean score %s. Report: scrapy smo-report %s",
            stats.get_value("smo/pages", 0), more,
            stats.get_value("smo/score", "–"), " ".join(sorted(self._guest.sites)) or "(nothing was stored)",
        )  # fmt: skip
