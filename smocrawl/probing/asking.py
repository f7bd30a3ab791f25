"""Asks what was planned: through the gate, robots.txt and the politeness of the crawl, a host at a time."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from typing import Any

from attrs import evolve, frozen
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from smocrawl.network.errors import one_line, reason_of
from smocrawl.network.headers import header_text, redirect_of
from smocrawl.network.politeness import Postponed
from smocrawl.probing.answers import Heard, read_answer
from smocrawl.probing.plan import Ask, plan
from smocrawl.spiders.crawl import Crawl
from smocrawl.spiders.urls import normalise
from smocrawl.store.database import Database
from smocrawl.store.probes import ProbeRecord, save_probe
from smocrawl.workers import Stopped

logger = logging.getLogger(__name__)

HOSTS_AT_ONCE = 8
"""Each of them is asked one thing at a time."""

ALL_SECONDS = 900.0
"""For all look-ups of a crawl together."""

MOST_HOPS = 5

READ_BYTES = 1024 * 1024
"""Of an answer that is read: link previews of Facebook, Mastodon and Lemmy read no more."""

GLANCED_BYTES = 16 * 1024
"""Of one that counts by its status alone."""

BRIEFLY = {"download_timeout": 15, "max_retry_times": 1}

NO_HEAD = frozenset({400, 403, 404, 405, 406, 410, 429, 500, 501, 503})
"""Answers to HEAD that servers give although they would answer GET: asked again before anything is said."""

FINAL = ("dns", "refused", "robots", "redirect", "connection refused")
"""Beginnings of errors that another method would not change."""

CODINGS = "gzip, deflate"
"""What Facebook's crawler offers; who sends anything else shuts it out."""

LEFT = "{number:,} look-ups (-a probes=…) were not made: the time for them was over."


@frozen
class _Answer:
    """The last answer to one question."""

    url: str
    hops: int = 0
    response: Response | None = None
    error: str | None = None


class Asking:
    """The look-ups of one crawl."""

    def __init__(self, crawler: Crawler, crawl: Crawl) -> None:
        self.crawler = crawler
        self.crawl = crawl
        self.end = time.monotonic() + ALL_SECONDS
        self.left = 0
        """Questions for which the time did not suffice."""

    async def run(self) -> None:
        hosts: defaultdict[str, list[Ask]] = defaultdict(list)
        self.crawl.commit()
        for ask in await asyncio.to_thread(self._planned):
            hosts[ask.url.split("/", 3)[2]].append(ask)
        room = asyncio.Semaphore(HOSTS_AT_ONCE)
        await asyncio.gather(*(self._host(asks, room) for asks in hosts.values()))
        if self.left and not self._is_over():
            self.crawl.note(LEFT.format(number=self.left))

    def _planned(self) -> list[Ask]:
        """Read through a connection of its own: the facts of many pages take seconds."""
        crawl = self.crawl
        database = Database(crawl.database.path, read_only=True)
        try:
            return list(plan(database, crawl.run, crawl.scope, crawl.options.probes, crawl.home))
        finally:
            database.close()

    def _is_over(self) -> bool:
        return bool(self.crawl.interrupted or self.crawl.fault)

    async def _host(self, asks: list[Ask], room: asyncio.Semaphore) -> None:
        async with room:
            for number, ask in enumerate(asks):
                if self._is_over():
                    return
                if time.monotonic() > self.end:
                    self.left += len(asks) - number
                    return
                await self._one(ask)

    async def _one(self, ask: Ask) -> None:
        try:
            record = await self._record(ask, await self._answer(ask))
        except Postponed:
            # Without a record: the same command asks when the crawl goes on.
            return
        except Exception as fault:
            # A fault of ours on one answer must not lose the others.
            logger.exception("Looking up %s failed", one_line(ask.url))
            record = ProbeRecord(url=ask.url, topic=ask.topic, error=f"fault: {type(fault).__name__}")
        save_probe(self.crawl.frontier, evolve(record, agent=ask.agent, about=ask.about))

    # -- the network ---------------------------------------------------------------------------

    async def _answer(self, ask: Ask) -> _Answer:
        answer = await self._followed(ask, "HEAD" if ask.head else "GET")
        status = answer.response.status if answer.response else None
        if ask.head and (status is None or status in NO_HEAD) and not (answer.error or "").startswith(FINAL):
            return await self._followed(ask, "GET")
        return answer

    async def _followed(self, ask: Ask, method: str) -> _Answer:
        url = ask.url
        for hops in range(MOST_HOPS + 1):
            try:
                response = await self._download(url, ask, method)
            except Postponed:
                raise
            except IgnoreRequest as refused:
                return _Answer(url, hops, error=str(refused) or "refused")
            except Exception as failure:  # noqa: BLE001 - whatever the network does, the record says it
                return _Answer(url, hops, error=reason_of(failure, url))
            target = redirect_of(response)
            target = normalise(target) if target else None
            if target is None or not ask.follow:
                return _Answer(url, hops, response)
            url = target
        return _Answer(url, MOST_HOPS, error=f"redirect: more than {MOST_HOPS} hops")

    async def _download(self, url: str, ask: Ask, method: str) -> Response:
        headers = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"}
        if ask.agent:
            headers |= {"User-Agent": ask.agent, "Accept-Encoding": CODINGS}
        limit = READ_BYTES if ask.reads else GLANCED_BYTES
        request = Request(
            self.crawl.scope.fetched(url), method=method, headers=headers, callback=NO_CALLBACK, dont_filter=True,
            encoding="utf-8", meta={"handle_httpstatus_all": True, "smo_limit": limit, **BRIEFLY},
        )  # fmt: skip
        engine: Any = self.crawler.engine
        response: Response = await engine.download_async(request)
        return response

    # -- what came ---------------------------------------------------------------------------------

    async def _record(self, ask: Ask, answer: _Answer) -> ProbeRecord:
        record = ProbeRecord(
            url=ask.url, topic=ask.topic, error=answer.error, hops=answer.hops,
            target=answer.url if answer.hops else None,
        )  # fmt: skip
        response = answer.response
        if response is None:
            return record
        headers = {name.decode("latin-1").lower(): header_text(values[-1]) for name, values in response.headers.items()}
        coding = headers.pop("x-smo-coding", None) or headers.get("content-encoding")
        target = redirect_of(response)
        record = evolve(
            record,
            status=response.status,
            coding=one_line(coding).lower()[:40] if coding else None,
            size=len(response.body),
            target=normalise(target) if target else record.target,
        )
        if not ask.reads or response.status != OK or not response.body:
            return record
        heard = Heard(
            url=answer.url, topic=ask.topic, headers=headers, body=response.body,
            hosts=tuple(sorted(self.crawl.scope.hosts)),
        )  # fmt: skip
        try:
            return evolve(record, facts=await self.crawl.workers.run(read_answer, heard))
        except Stopped as stopped:
            return evolve(record, error=str(stopped))


OK = 200
