"""Scrapy's scheduler interface over the store's frontier: nothing waits in memory alone, so nothing is lost."""

from __future__ import annotations

import logging
from collections import deque
from typing import Any

from scrapy import Request, Spider
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler

from smocrawl.network.conditions import asked_as, conditions_for
from smocrawl.network.limits import IMAGE_HEAD
from smocrawl.spiders.crawl import Crawl
from smocrawl.store.frontier import TWIN, Leased

logger = logging.getLogger(__name__)

AHEAD = 8
"""Rows leased at once."""

IN_FLIGHT = 16
"""Requests between lease and record: what a killed crawl asks for again, and the bodies that wait for a worker."""


class FrontierScheduler(BaseScheduler):
    """Leases rows and turns them into requests; what comes back in (retries) is kept in front of the rows."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._crawl: Crawl | None = None
        self._again: deque[Request] = deque()
        self._leased: deque[Leased] = deque()
        # Each may bring the request for its host's robots.txt along; a third is left to the site.
        self._most_elsewhere = max(1, crawler.settings.getint("CONCURRENT_REQUESTS") // 3)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FrontierScheduler:
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        self._crawl = spider.crawl  # type: ignore[attr-defined]  # Scrapy knows no spider of ours

    @property
    def crawl(self) -> Crawl:
        assert self._crawl is not None
        return self._crawl

    def close(self, reason: str) -> None:
        del reason

    def has_pending_requests(self) -> bool:
        return bool(self._again) or bool(self._leased) or self.crawl.has_work()

    def enqueue_request(self, request: Request) -> bool:
        """A request that came back from a middleware (a retry); new URLs enter through the frontier alone."""
        self._again.append(request)
        return True

    def next_request(self) -> Request | None:
        if self._again:
            return self._again.popleft()
        if not self._leased and (room := IN_FLIGHT - self.crawl.in_flight()) > 0:
            self._leased.extend(self.crawl.lease(min(AHEAD, room)))
        if self._leased:
            return self.request(self._leased.popleft())
        if self.crawl.elsewhere.flying < self._most_elsewhere and (row := self.crawl.lease_elsewhere()):
            return self.request(row)
        self.crawl.nothing_to_lease()
        return None

    def request(self, leased: Leased) -> Request:
        spider: Any = self.crawler.spider
        known = self.crawl.known(leased.id, leased.kind)
        kept = known is not None and known.validator.whole and self.crawl.keeps_whole
        head = leased.kind == "image" and not kept and not self.crawl.one_more_whole()
        address = self.crawl.scope.fetched(leased.url)
        asked = asked_as(self.crawler.settings, address, HEADERS.get(leased.kind, {}))
        conditions = conditions_for(known, asked, head=head)
        return Request(
            address,
            callback=spider.answered,
            errback=spider.failed,
            headers={**(HEAD_OF_AN_IMAGE if head else HEADERS.get(leased.kind, {})), **conditions},
            meta={
                "leased": leased,
                "known": known,
                "asked": asked,
                "conditions": tuple(conditions),
                "handle_httpstatus_all": True,
                "smo_limit": IMAGE_HEAD if head else LIMITS.get(leased.kind, PAGE_BYTES),
                "head": head,
                **(BRIEFLY if leased.kind == TWIN else {}),
            },
            # The page's own encoding would otherwise spell the Referer header (UTF-16 pages).
            encoding="utf-8",
            dont_filter=True,
        )


PAGE_BYTES = 10 * 1024 * 1024
"""Bytes of an HTML page: as many as the platforms read that read most (Misskey, Matrix)."""

LIMITS = {
    "image": 5 * 1024 * 1024,
    "icon": 1024 * 1024,
    "manifest": 1024 * 1024,
    "oembed": 1024 * 1024,
    "feed": 10 * 1024 * 1024,
    "sitemap": 24 * 1024 * 1024,
    "robots": 1024 * 1024,
    TWIN: 64 * 1024,
}
"""Bytes at the most, by kind (LinkedIn and X: pictures of 5 MB; sitemaps.org allows 50 MB, but 50,000 addresses of a
usual length take a quarter of that, and every byte is held four times on its way to a worker)."""

BRIEFLY = {"download_timeout": 10, "max_retry_times": 0}
"""Many hosts let nobody in at http, in silence: that is not worth half a minute."""

HEADERS = {
    "page": {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"},
    "image": {"Accept": "*/*"},
    "icon": {"Accept": "*/*"},
}

HEAD_OF_AN_IMAGE = {"Accept": "*/*", "Range": f"bytes=0-{IMAGE_HEAD - 1}", "Accept-Encoding": "identity"}
"""A part of packed bytes could not be unpacked; a server that knows no ranges sends all, and is stopped."""
