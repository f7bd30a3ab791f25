"""How many requests one host gets at the same time, counted where they begin."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler

from smocrawl.network.politeness import Postponed, slot_of


class Turns:
    """Keeps the concurrency of Scrapy's slots.

    Scrapy 2.19 counts a request once its task runs, which is after the loop that starts whatever waits: a slot for one
    with eight waiting sends all eight.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._flying: Counter[str] = Counter()
        self._waiting: defaultdict[str, deque[asyncio.Future[None]]] = defaultdict(deque)

    @asynccontextmanager
    async def turn(self, request: Request) -> AsyncIterator[None]:
        """Waits until the host has a place; raises Postponed where the crawl is asked to stop before."""
        key = request.meta["download_slot"]
        slot = slot_of(self._crawler, request)
        while self._flying[key] >= slot.concurrency:
            place = asyncio.get_running_loop().create_future()
            self._waiting[key].append(place)
            await place
            if self._is_stopped():
                # Whoever waits behind must hear of it as well.
                self._wake(key, slot.concurrency)
                raise Postponed
        self._flying[key] += 1
        try:
            yield
        finally:
            self._flying[key] -= 1
            self._wake(key, slot.concurrency)

    def _is_stopped(self) -> bool:
        spider: Any = self._crawler.spider
        crawl = getattr(spider, "crawl", None)
        return crawl is not None and bool(crawl.interrupted or crawl.fault)

    def _wake(self, key: str, most: int) -> None:
        waiting = self._waiting[key]
        for _ in range(min(most - self._flying[key], len(waiting))):
            place = waiting.popleft()
            if not place.done():
                place.set_result(None)
