"""Scrapy's edge of rendering: when nothing is left to ask, a sample of pages is read a second time."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider, NotConfigured

from smocrawl.rendering.wanted import Wish, read_wish
from smocrawl.spiders.crawl import Crawl

logger = logging.getLogger(__name__)


class Rendering:
    """Holds the spider open while pages are rendered."""

    def __init__(self, crawler: Crawler, wish: Wish) -> None:
        self.crawler = crawler
        self.wish = wish
        self._task: asyncio.Task[None] | None = None
        self._is_done = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Rendering:
        wish = read_wish(crawler.settings)
        if not wish.pages:
            raise NotConfigured
        self = cls(crawler, wish)
        crawler.signals.connect(self.idle, signal=signals.spider_idle)
        crawler.signals.connect(self.closed, signal=signals.spider_closed)
        return self

    def idle(self, spider: Spider) -> None:
        crawl: Crawl = spider.crawl  # type: ignore[attr-defined]
        if self._is_done or crawl.interrupted or crawl.fault:
            return
        if self._task is None:
            crawl.held += 1
            self._task = asyncio.ensure_future(self._run(crawl))
        raise DontCloseSpider

    async def closed(self, spider: Spider) -> None:
        """After a signal: the page in the browser is given up, and the browser ends before the process does."""
        if self._task is not None and not self._is_done:
            await asyncio.wait({self._task})

    async def _run(self, crawl: Crawl) -> None:
        from smocrawl.rendering.rounds import Rounds  # noqa: PLC0415 - playwright, which the extra «render» brings

        crawl.stage = "rendering"
        try:
            await Rounds(self.crawler, crawl, self.wish).run()
        except Exception:
            # What the crawl has read before is worth its report all the same.
            logger.exception("Rendering ended early")
        finally:
            self._is_done = True
            crawl.held -= 1
        engine: Any = self.crawler.engine
        if not crawl.interrupted and not crawl.held and not crawl.has_work():
            # The engine by itself would look again in a few seconds only.
            await engine.close_spider_async(reason="finished")
