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

from attrs import define
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError, DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response
from twisted.internet.error import ConnectError

from smocrawl.extract.files.robots import Robots

logger = logging.getLogger(__name__)

LONGEST_DELAY = 10.0
"""Seconds between two requests that a Crawl-delay may ask for; more is capped, and the report says so."""

SLOW_DOWN = frozenset({429, 503})
LONGEST_WAIT = 60.0
"""Seconds that one Retry-After may cost; who asks for more gets no second visit in this crawl."""

PATIENCE = 300.0
"""Seconds that all waits for one host may cost; then its answers are records like any other."""

FIRST_WAIT = 2.0
"""Seconds of the first wait where a host names none; doubled while it refuses everything."""

MOST_TRIES = 5
"""Times that one address is asked again where the host says when."""

MOST_GUESSES = 3
"""Times that it is asked again where the host does not."""

FIRST_GAP, WIDEST_GAP = 0.25, 5.0
"""Seconds between two requests to a host that has said «slow down» once; doubled each time it says so again."""

LOOK_UP = 0.5
"""Seconds between two looks whether the crawl was asked to stop."""

BACK_OFF = 1.0
"""Seconds before the first repetition of a failed request; twice as long before the second."""

CALM = 5
"""Good answers after which a host that dropped connections gets one more at the same time."""

PACES = ((1.0, 1.0), (3.0, 0.5))
"""(seconds until a host's answers begin, share of the usual connections that it then gets); slower ones get FEWEST."""

FORGIVEN = 20
"""Good answers after which a host that asked us to wait is asked twice as often again."""

FEWEST = 2
"""Connections that every host bears that drops none."""

DROPPED = (DownloadFailedError, ConnectError)
"""Connections that ended without an answer, or before the request (Scrapy leaves Twisted's ConnectError as it is)."""

FLAKY = 3
RETRIES_OF_THE_FLAKY = 4
"""Addresses after which it is the host that drops connections, not the address; and how often those behind them are
asked again: where every second connection ends, half of what is left comes through each time."""

RETRIES_OF_THE_SLOW = 1
"""A host that let us wait for the whole DOWNLOAD_TIMEOUT is asked once more, not twice."""

RETRIES_OF_OTHERS = 1
"""Pages name many hosts that are gone: the robots.txt of another site is asked for once more, after a second."""


class Postponed(IgnoreRequest):
    """Not asked in this session: no record, so that the next one takes it up."""


@define
class Host:
    """What a host has let us know."""

    until: float = 0.0
    """Nothing is asked before this moment (monotonic clock)."""
    waited: float = 0.0
    refusals: int = 0
    """Pauses since it last answered well."""
    gap: float = 0.0
    next: float = 0.0
    """When the last request that waits for its turn may go (monotonic clock)."""
    latency: float = 0.0
    """Seconds until an answer begins: a mean in which the last five weigh as much as all before."""
    dropped: int = 0
    """Addresses whose first connection it dropped."""
    good: int = 0
    """Good answers since it last dropped a connection or asked us to wait."""


class PolitenessMiddleware:
    """Between robots.txt and the download: waits where the host asked for it."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.most = crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self._hosts: defaultdict[str, Host] = defaultdict(Host)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PolitenessMiddleware:
        return cls(crawler)

    def _host(self, request: Request) -> Host:
        return self._hosts[urlsplit(request.url).netloc]

    async def process_request(self, request: Request) -> None:
        """Scrapy's own delay goes by the wall clock, which may jump; this one does not."""
        if tries := int(request.meta.get("retry_times", 0)):
            await self._wait(BACK_OFF * tries)
        host = self._host(request)
        gap = max(host.gap, float(request.meta.get("crawl_delay", 0.0)))
        if gap:
            turn = host.next = max(host.next + gap, time.monotonic())
            await self._wait(turn - time.monotonic())
        # A loop, for the host may ask again while we wait.
        while (rest := host.until - time.monotonic()) > 0:
            await self._wait(rest)

    async def _wait(self, seconds: float) -> None:
        """Until then, or until the crawl is asked to stop: what has not been sent stays in the queue."""
        end = time.monotonic() + seconds
        while (rest := end - time.monotonic()) > 0:
            spider: Any = self.crawler.spider
            crawl = getattr(spider, "crawl", None)
            if crawl is not None and (crawl.interrupted or crawl.fault):
                raise Postponed
            await asyncio.sleep(min(rest, LOOK_UP))

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        host = self._host(request)
        if "dataloss" in response.flags and "lost" not in request.meta:
            return _again(request, lost=True)
        if response.status not in SLOW_DOWN:
            self._answered(request, host)
            return response
        asked = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        tries = int(request.meta.get("slowed", 0)) + 1
        if tries > (MOST_TRIES if asked is not None else MOST_GUESSES) or (response.status == 503 and asked is None):
            return response
        if not self._pause(request, host, asked):
            return response
        return _again(request, slowed=tries)

    def _pause(self, request: Request, host: Host, asked: float | None) -> bool:
        """Let the whole host rest and ask it more slowly from then on; False = it asks for more than we wait."""
        now = time.monotonic()
        if now < host.until:
            return True
        wait = asked if asked is not None else FIRST_WAIT * 2**host.refusals
        if wait > LONGEST_WAIT or host.waited + wait > PATIENCE:
            return False
        host.until = now + wait
        host.waited += wait
        host.refusals += 1
        # One address may be refused where the rest of the host answers: then asking less often changes nothing.
        host.gap = FIRST_GAP if host.good >= CALM else min(max(2 * host.gap, FIRST_GAP), WIDEST_GAP)
        host.good = 0
        logger.info("%s asks us to wait: %.0f s", urlsplit(request.url).netloc, wait)
        return True

    def _answered(self, request: Request, host: Host) -> None:
        host.refusals = 0
        host.good += 1
        host.latency += (float(request.meta.get("download_latency", 0.0)) - host.latency) / CALM
        slot = slot_of(self.crawler, request)
        if slot is None or host.good % CALM:
            return
        slot.concurrency = min(slot.concurrency + 1, self._most(host))
        if host.gap and host.good % FORGIVEN == 0:
            host.gap = host.gap / 2 if host.gap > FIRST_GAP / 2 else 0.0

    def _most(self, host: Host) -> int:
        """Connections at the same time: fewer where the host is slow to answer."""
        for slowest, share in PACES:
            if host.latency <= slowest:
                return max(FEWEST, int(self.most * share))
        return FEWEST

    def process_exception(self, request: Request, exception: Exception) -> None:
        """A host that drops connections may bear fewer at the same time: half as many, then one more now and then."""
        if isinstance(exception, DownloadTimeoutError):
            # Every page of the host waits for its robots.txt.
            request.meta["max_retry_times"] = 0 if request.meta.get("robots") else RETRIES_OF_THE_SLOW
        elif request.meta.get("robots") and self._is_foreign(request):
            request.meta["max_retry_times"] = RETRIES_OF_OTHERS
        if isinstance(exception, DROPPED):
            self._dropped(request, self._host(request))

    def _is_foreign(self, request: Request) -> bool:
        spider: Any = self.crawler.spider
        crawl = getattr(spider, "crawl", None)
        return crawl is not None and not crawl.same_site(crawl.scope.public(request.url))

    def _dropped(self, request: Request, host: Host) -> None:
        # An address that fails again by itself says nothing about the host.
        if "retry_times" not in request.meta:
            host.good = 0
            host.dropped += 1
            if slot := slot_of(self.crawler, request):
                slot.concurrency = max(1, slot.concurrency // 2)
        if host.dropped >= FLAKY:
            request.meta["max_retry_times"] = RETRIES_OF_THE_FLAKY


def _again(request: Request, **meta: object) -> Request:
    again = request.copy()
    again.meta.update(meta)
    again.meta.pop("smo_got", None)
    again.dont_filter = True
    return again


def slot_of(crawler: Crawler, request: Request) -> Any:
    """Scrapy's queue of the host of *request*; None before its first download."""
    engine: Any = crawler.engine
    return engine.downloader.slots.get(engine.downloader.get_slot_key(request))


def retry_after(value: bytes | None, now: datetime) -> float | None:
    """Seconds of a Retry-After header, which is a number or a date (RFC 9110, 10.2.3); junk = None."""
    text = (value or b"").decode("latin-1").strip()
    if text.isdecimal():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def keep_delay(request: Request, robots: Robots, token: str) -> str | None:
    """Hold *request* to the Crawl-delay of its robots.txt; a sentence for the report where it was capped."""
    asked = robots.delay(token)
    if not asked:
        return None
    request.meta["crawl_delay"] = min(asked, LONGEST_DELAY)
    if asked <= LONGEST_DELAY:
        return None
    return CAPPED.format(host=urlsplit(request.url).netloc, asked=asked, kept=LONGEST_DELAY)


CAPPED = "robots.txt of {host} asks for {asked:g} seconds between two requests; we kept {kept:g}."
