"""Answers become facts: each is read in a worker, and awaited here."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from typing import Any

import attrs
from attrs import frozen
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.settings import BaseSettings

from smocrawl import audience
from smocrawl.closing import Interrupted
from smocrawl.closing.ending import Ending
from smocrawl.closing.finishing import finish
from smocrawl.network.errors import one_line
from smocrawl.reading import AssetResult, PageResult, Task, read_asset, read_html
from smocrawl.spiders.crawl import Crawl
from smocrawl.spiders.items import Answer
from smocrawl.store.database import StoreError
from smocrawl.store.frontier import TWIN
from smocrawl.taking_over import take_over
from smocrawl.workers import Stopped, Workers

logger = logging.getLogger(__name__)

MOVED = (301, 302, 303, 307, 308)

MOST_AT_ONCE = 2_000_000
"""Bytes of an answer above which it is read alone: a tree takes many times as much."""


@frozen(kw_only=True)
class Read:
    """An answer with what a worker made of it."""

    answer: Answer
    page: PageResult | None = None
    asset: AssetResult | None = None
    error: str | None = None
    taken_over: str | None = None
    """How it is known that the facts of the crawl before still hold; None = it was read."""


class ReadPipeline:
    """Facts of each answer, and a first judgement where its item is read, made in a worker and awaited here: never detached."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.settings = crawler.settings
        self._large = asyncio.Lock()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ReadPipeline:
        return cls(crawler)

    async def open_spider(self) -> None:
        spider: Any = self.crawler.spider
        self.crawl: Crawl = spider.crawl
        self.workers: Workers = self.crawl.workers or Workers(self.settings.getint("SMO_WORKERS"))
        self.crawl.workers = self.workers
        self.audience = audience.load(self.crawl.options.audience) if somebody_reads(self.settings) else None

    async def process_item(self, item: Any) -> Any:
        if not isinstance(item, Answer):
            return item
        if item.status is None or item.status in MOVED or item.leased.kind == TWIN:
            return Read(answer=item)
        if taken := take_over(item, self.crawl.earlier, self.crawl.scope, judged=self.audience is not None):
            return Read(answer=item, page=taken.page, asset=taken.asset, taken_over=taken.how)
        if item.unchanged:
            self.crawl.ask_anew(item.leased)
            raise DropItem("What is stored of it cannot be read.")
        task = Task(
            url=item.url, kind=item.leased.kind, status=item.status, headers=item.headers, body=item.body,
            latency=item.latency, truncated=item.truncated, whole_size=item.whole_size, whole=item.whole, hops=item.leased.chain,
            certificate=item.certificate,
        )  # fmt: skip
        try:
            if item.leased.kind == "sitemap" or len(item.body) > MOST_AT_ONCE:
                async with self._large:
                    return await self._read(item, task)
            return await self._read(item, task)
        except Stopped as stopped:
            if self.crawl.interrupted:
                # The worker fell with the crawl: the page is asked again when it goes on.
                self.crawl.landed(item.leased)
                raise DropItem("The crawl was stopped.") from stopped
            return Read(answer=item, error=str(stopped))
        except Exception as error:
            # A fault of ours on one page must not lose the page: it is recorded, and the log says where.
            logger.exception("Reading %s failed", item.url)
            return Read(answer=item, error=f"reading failed: {type(error).__name__}")

    async def _read(self, item: Answer, task: Task) -> Read:
        if item.leased.kind != "page":
            return Read(answer=item, asset=await self.workers.run(read_asset, task) if item.body else None)
        return await self._read_page(item, task) if item.is_html else Read(answer=item)

    async def _read_page(self, item: Answer, task: Task) -> Read:
        """The page; where it was too much for a worker, its beginning alone, with the reason."""
        try:
            return Read(answer=item, page=await self.workers.run(read_html, task, self.crawl.scope, self.audience))
        except Stopped as stopped:
            logger.warning("%s: %s; its beginning is read alone", one_line(item.url), stopped)
            lean = attrs.evolve(task, lean=True)
            page = await self.workers.run(read_html, lean, self.crawl.scope, self.audience)
            return Read(answer=item, page=page, error=str(stopped))

    async def close_spider(self) -> None:
        self.crawl.commit()
        if self.crawl.fault is not None:
            self.workers.close()
            return
        try:
            ending = await asyncio.to_thread(finish, self.crawl, self.workers, self.settings)
            self.crawl.ending = ending
            self._count(ending)
        except Interrupted:
            logger.info("Stopped while judging; the same command goes on")
        except (OSError, sqlite3.Error, StoreError) as error:
            self.crawl.fault = f"{self.crawl.folder}: {error}. Mend it, and run the same command again: it goes on."
        finally:
            self.workers.close()

    def _count(self, ending: Ending) -> None:
        """How it ended, as stats: what monitors read (docs/notifications.md)."""
        if (stats := self.crawler.stats) is not None:
            stats.set_value("smo/exit_code", ending.code)
            stats.set_value("smo/pages", ending.pages)
            if ending.score is not None:
                stats.set_value("smo/score", round(ending.score, 1))


def somebody_reads(settings: BaseSettings) -> bool:
    """Whether items reach anybody: without a feed, a pipeline or an extension of the user's, judging a page twice is vain."""
    named = [*settings.getwithbase("ITEM_PIPELINES"), *settings.getwithbase("EXTENSIONS")]
    return bool(settings.getdict("FEEDS")) or not all(str(one).startswith(("smocrawl.", "scrapy.")) for one in named)
