"""Scrapy's edge of the look-ups: they begin when nothing is left to crawl."""

from __future__ import annotations

from scrapy.crawler import Crawler

from smocrawl.spiders.afterwards import Afterwards
from smocrawl.spiders.crawl import Crawl


class Probing(Afterwards):
    """Makes the look-ups that ``-a probes=`` names."""

    stage = "looking up"

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Probing:
        return cls(crawler)

    def is_wanted(self, crawl: Crawl) -> bool:
        return bool(crawl.options.probes)

    async def work(self, crawl: Crawl) -> None:
        from smocrawl.probing.asking import Asking  # noqa: PLC0415 - most crawls make no look-ups

        await Asking(self.crawler, crawl).run()
