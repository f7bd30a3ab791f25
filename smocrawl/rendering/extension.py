"""Scrapy's edge of rendering: when nothing is left to ask, a sample of pages is read a second time."""

from __future__ import annotations

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from smocrawl.rendering.wanted import Wish, read_wish
from smocrawl.spiders.afterwards import Afterwards
from smocrawl.spiders.crawl import Crawl


class Rendering(Afterwards):
    """Renders the pages that SMO_RENDER asks for."""

    stage = "rendering"

    def __init__(self, crawler: Crawler, wish: Wish) -> None:
        super().__init__(crawler)
        self.wish = wish

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Rendering:
        wish = read_wish(crawler.settings)
        if not wish.pages:
            raise NotConfigured
        return cls(crawler, wish)

    async def work(self, crawl: Crawl) -> None:
        from smocrawl.rendering.rounds import Rounds  # noqa: PLC0415 - playwright, which the extra «render» brings

        await Rounds(self.crawler, crawl, self.wish).run()
