"""Work that begins when nothing is left to crawl, and is part of the crawl all the same."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider

from smocrawl.spiders.crawl import Crawl

logger = logging.getLogger(__name__)


class Afterwards(ABC):
    """A Scrapy extension that holds the spider open while :meth:`work` goes on."""

    stage: str
    """What the progress calls it."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._task: asyncio.Task[None] | None = None
        self._is_done = False
        crawler.signals.connect(self.idle, signal=signals.spider_idle)
        crawler.signals.connect(self.closed, signal=signals.spider_closed)

    @abstractmethod
    async def work(self, crawl: Crawl) -> None:
        """Called once.  What it raises is logged, and ends it alone."""

    def is_wanted(self, crawl: Crawl) -> bool:
        """Whether *crawl* asks for it."""
        return True

    def idle(self, spider: Spider) -> None:
        crawl: Crawl = spider.crawl  # type: ignore[attr-defined]  # Scrapy knows no spider of ours
        if self._is_done or not self.is_wanted(crawl) or crawl.interrupted or crawl.fault:
            return
        if self._task is None:
            crawl.held += 1
            self._task = asyncio.ensure_future(self._run(crawl))
        raise DontCloseSpider

    async def closed(self, spider: Spider) -> None:
        """After a signal: the work sees it and lets go of what it holds, before the store is closed."""
        if self._task is not None and not self._is_done:
            await asyncio.wait({self._task})

    async def _run(self, crawl: Crawl) -> None:
        crawl.stage = self.stage
        try:
            await self.work(crawl)
        except Exception:
            # What the crawl has read before is worth its report all the same.
            logger.exception("%s ended early", self.stage.capitalize())
        finally:
            self._is_done = True
            crawl.held -= 1
        engine: Any = self.crawler.engine
        if not crawl.interrupted and not crawl.held and not crawl.has_work():
            # The engine by itself would look again in a few seconds only.
            await engine.close_spider_async(reason="finished")
