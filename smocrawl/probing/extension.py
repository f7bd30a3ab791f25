"""Scrapy's edge of the look-ups: they begin when nothing is left to crawl."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider

from smocrawl.spiders.crawl import Crawl

logger = logging.getLogger(__name__)


class Probing:
    """Holds the spider open while look-ups are made."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._task: asyncio.Task[None] | None = None
        self._is_done = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Probing:
        self = cls(crawler)
        crawler.signals.connect(self.idle, signal=signals.spider_idle)
        crawler.signals.connect(self.closed, signal=signals.spider_closed)
        return self

    def idle(self, spider: Spider) -> None:
        crawl: Crawl = spider.crawl  # type: ignore[attr-defined]
        if self._is_done or not crawl.options.probes or crawl.interrupted or crawl.fault:
            return
        if self._task is None:
            crawl.held += 1
            self._task = asyncio.ensure_future(self._run(crawl))
        raise DontCloseSpider

    async def closed(self, spider: Spider) -> None:
        """After a signal: what is being asked is let go before the store is closed."""
        if self._task is not None and not self._is_done:
            await asyncio.wait({self._task})

    async def _run(self, crawl: Crawl) -> None:
        from smocrawl.probing.asking import Asking  # noqa: PLC0415 - most crawls make no look-ups

        crawl.stage = "looking up"
        try:
            await Asking(self.crawler, crawl).run()
        except Exception:
            # What the crawl has read before is worth its report all the same.
            logger.exception("The look-ups ended early")
        finally:
            self._is_done = True
            crawl.held -= 1
        engine: Any = self.crawler.engine
        if not crawl.interrupted and not crawl.held and not crawl.has_work():
            # The engine by itself would look again in a few seconds only.
            await engine.close_spider_async(reason="finished")
