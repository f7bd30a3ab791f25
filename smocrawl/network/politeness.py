"""How a host wishes to be asked: its crawl delay, and its Retry-After; a host that says «slow down» is slowed as a whole."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from smocrawl.extract.robots import Robots

logger = logging.getLogger(__name__)

LONGEST_DELAY = 10.0
"""Seconds between two requests that a Crawl-delay may ask for; more is capped, and the report says so."""

SLOW_DOWN = frozenset({429, 503})
LONGEST_WAIT = 60.0
"""Seconds that one Retry-After may cost."""

PATIENCE = 300.0
"""Seconds that all waits for one host may cost; then its answers are records like any other."""

FIRST_WAIT = 2.0
"""Seconds of the first wait where a host names none; doubled each time."""

MOST_TRIES = 5


class PolitenessMiddleware:
    """Between robots.txt and the download: waits where the host asked for it."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._until: dict[str, float] = {}
        self._waited: defaultdict[str, float] = defaultdict(float)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PolitenessMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        host = urlsplit(request.url).netloc
        # A loop, for the host may ask again while we wait.
        while (rest := self._until.get(host, 0.0) - time.monotonic()) > 0:  # noqa: ASYNC110 - a time, not an event
            await asyncio.sleep(rest)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status not in SLOW_DOWN:
            return response
        host = urlsplit(request.url).netloc
        tries = int(request.meta.get("slowed", 0)) + 1
        asked = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        if response.status == 503 and asked is None:
            return response
        wait = min(asked if asked is not None else FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)
        if tries > MOST_TRIES or self._waited[host] + wait > PATIENCE:
            return response
        if self._until.get(host, 0.0) < time.monotonic() + wait:
            self._waited[host] += wait
            self._until[host] = time.monotonic() + wait
            logger.info("%s asks us to wait: %.0f s", host, wait)
        again = request.copy()
        again.meta["slowed"] = tries
        again.dont_filter = True
        return again


def retry_after(value: bytes | None, now: datetime) -> float | None:
    """Seconds of a Retry-After header, which is a number or a date (RFC 9110, 10.2.3); junk = None."""
    text = (value or b"").decode("latin-1").strip()
    if text.isdecimal():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def keep_delay(crawler: Crawler, request: Request, robots: Robots, token: str) -> str | None:
    """Hold the slot of *request* to the Crawl-delay of its robots.txt; a sentence for the report where it was capped."""
    asked = robots.delay(token)
    if not asked:
        return None
    request.meta["autothrottle_dont_adjust_delay"] = True
    engine: Any = crawler.engine
    slot = engine.downloader.slots.get(engine.downloader.get_slot_key(request))
    delay = min(asked, LONGEST_DELAY)
    if slot is not None and slot.delay < delay:
        slot.delay = delay
        slot.jitter = 0.0
    if asked > LONGEST_DELAY:
        host = urlsplit(request.url).netloc
        return f"robots.txt of {host} asks for {asked:g} seconds between two requests; we kept {LONGEST_DELAY:g}."
    return None
