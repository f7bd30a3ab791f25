"""The opt-in field: with SMO_ITEM_SCORE each item bears, as ``smo_score``, the score of the page it came from."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from typing import Any

from itemadapter import ItemAdapter
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from smocrawl.addon.waiting import settled
from smocrawl.addon.watch import Watch

logger = logging.getLogger(__name__)

FIELD = "smo_score"

PATIENCE = 30
"""Seconds that an item waits for the score of its page at the most."""


class ItemScore:
    """Lets requests through at once; items wait for the score of their page."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._has_told = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ItemScore:
        return cls(crawler)

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        async for one in result:
            if not isinstance(one, Request):
                await self._mark(one, response)
            yield one

    async def _mark(self, item: Any, response: Response) -> None:
        """The item as it was, where anything is wrong with ours."""
        try:
            watch = self.crawler.get_extension(Watch)
            score = watch.score_of(response) if watch else None
            value = score.result() if score is not None and await settled(score, PATIENCE) else None
            ItemAdapter(item)[FIELD] = None if value is None else round(value, 1)
        except Exception as error:  # noqa: BLE001 - a class of items without the field, a slow machine
            if self.crawler.stats is not None:
                self.crawler.stats.inc_value("smo/items_without_score")
            if not self._has_told:
                logger.warning("smocrawl: an item of %s has no %s: %s (said once)", type(item).__name__, FIELD, error)
            self._has_told = True
