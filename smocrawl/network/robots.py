"""robots.txt by RFC 9309 for our own visits, kept in the store so that every preview bot can be judged by it later."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from attrs import evolve, field, frozen
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from smocrawl.extract.files.robots import Robots, RobotsFacts
from smocrawl.network.conditions import asked_as, conditions_for, validators_of
from smocrawl.network.errors import reason_of
from smocrawl.network.headers import headers_by_name, redirect_of
from smocrawl.network.politeness import Postponed, keep_delay
from smocrawl.store.earlier import Known, Validator, save_validator
from smocrawl.store.facts import pack, unpack_if_readable
from smocrawl.store.frontier import Wanted
from smocrawl.store.records import Record, save_asset, save_record

logger = logging.getLogger(__name__)

MOST_HOPS = 5
"""RFC 9309, 2.3.1.2: at least five consecutive redirects should be followed."""


MOST_BYTES = 600 * 1024
"""RFC 9309, 2.5: at least 500 KiB must be read; the rest of a larger file is not."""


class RobotsMiddleware:
    """Reads robots.txt of each origin once, before the first request to it."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.token = crawler.settings["ROBOTS_TOKEN"]
        self._files: dict[str, asyncio.Future[Robots]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        return cls(crawler)

    @property
    def crawl(self) -> Any:
        spider: Any = self.crawler.spider
        return spider.crawl

    async def process_request(self, request: Request) -> None:
        if request.meta.get("robots"):
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if self._is_below_the_root(request.url, origin):
            return
        robots = await self._robots(origin)
        own = self.crawl.same_site(self.crawl.scope.public(request.url))
        if own and self.crawl.options.ignore_robots:
            return
        if not robots.allowed(self.token, request.url).allowed:
            raise IgnoreRequest(self._reason(robots))
        if capped := keep_delay(request, robots, self.token):
            self.crawl.note(capped)

    def _is_below_the_root(self, url: str, origin: str) -> bool:
        """*url* is in a folder that will stand below the root of its host: the robots.txt there is not in it."""
        crawl = self.crawl
        if not crawl.options.site or not crawl.scope.is_built(url):
            return False
        return not crawl.scope.is_built(f"{origin}/robots.txt")

    def _reason(self, robots: Robots) -> str:
        """Where the host itself does not answer, its own reason; otherwise that of robots.txt."""
        if robots.unavailable is None:
            return "robots"
        return robots.unavailable if robots.facts.status is None else f"robots: {robots.unavailable}"

    async def _robots(self, origin: str) -> Robots:
        if origin not in self._files:
            waiting = self._files[origin] = asyncio.get_running_loop().create_future()
            try:
                waiting.set_result(await self._read(origin))
            except Exception as error:  # noqa: BLE001 - every request of the host waits here, and must not for ever
                waiting.set_exception(error)
        return await asyncio.shield(self._files[origin])

    async def _read(self, origin: str) -> Robots:
        """4xx = everything allowed; 5xx and no answer = nothing allowed (RFC 9309, 2.3.1.3 and 2.3.1.4)."""
        first = url = f"{origin}/robots.txt"
        known = self._known(first)
        asked = asked_as(self.crawler.settings, first, {})
        found = _Found()
        for _ in range(MOST_HOPS + 1):
            try:
                response = await self.crawler.engine.download_async(_request(url, conditions_for(known, asked)))
                if response.status == NOT_MODIFIED and known is not None:
                    if facts := self._stored(known):
                        return self._keep(first, Robots(facts), known.validator, known.size, taken_over="not modified")
                    response = await self.crawler.engine.download_async(_request(url, {}))
            except Postponed:
                raise
            except IgnoreRequest as refused:
                found = evolve(found, error=str(refused))
                break
            except Exception as failure:  # noqa: BLE001 - whatever the network does, the record says it
                found = _Found(error=reason_of(failure, url))
                break
            found = _Found(status=response.status, body=response.body, headers=headers_by_name(response))
            target = redirect_of(response)
            if target is None:
                break
            url, known = target, None
        return self._keep(first, *self._judged(first, found, asked), len(found.body))

    def _known(self, url: str) -> Known | None:
        crawl = self.crawl
        known: Known | None = crawl.known(crawl.frontier.url_id(crawl.scope.public(url)), "robots")
        return known

    def _stored(self, known: Known) -> RobotsFacts | None:
        stored = self.crawl.earlier.asset(known)
        return unpack_if_readable(stored.facts, RobotsFacts) if stored and stored.facts else None

    def _judged(self, url: str, found: _Found, asked: str) -> tuple[Robots, Validator | None]:
        """What the file says, and by what it will be recognised where it stands at its own address."""
        body = found.body if found.status == OK else b""
        robots = Robots.read(body, url=url, status=found.status, error=found.error)
        if found.status != OK or found.error:
            return robots, None
        given = validators_of(found.headers)
        return robots, Validator(
            reader=self.crawl.earlier.reader, asked=asked, etag=given.etag, modified=given.modified,
            digest=sha256(body).digest(),
        )  # fmt: skip

    def _keep(
        self, url: str, robots: Robots, validator: Validator | None, size: int | None, *, taken_over: str | None = None
    ) -> Robots:
        facts = robots.facts
        record = Record(
            url=self.crawl.scope.public(url), kind="robots", status=facts.status, error=facts.error, size=size,
            taken_over=taken_over,
        )  # fmt: skip
        try:
            self._save(record, robots, validator)
        except sqlite3.Error as fault:
            self.crawl.break_off(fault)
            return Robots.read(b"", url=url, status=None, error="the store cannot be written")
        if self.crawl.same_site(record.url) and robots.unavailable and facts.status is not None:
            self.crawl.problems.append(
                f"{url} does not answer properly ({robots.unavailable}), so nothing may be crawled (RFC 9309)."
                " For your own site: -a ignore_robots=1"
            )
        return robots

    def _save(self, record: Record, robots: Robots, validator: Validator | None) -> None:
        crawl, public = self.crawl, record.url
        with crawl.database.transaction():
            save_record(crawl.frontier, record)
            save_asset(crawl.frontier, public, "robots", pack(robots.facts))
            if validator is not None:
                save_validator(crawl.frontier, public, validator)
            if crawl.same_site(public) and "sitemaps" in crawl.options.sources and not crawl.options.sitemap:
                crawl.want(
                    Wanted(url=sitemap, kind="sitemap", source="robots", priority=50, parent=public)
                    for sitemap in crawl.spell_all(robots.sitemaps)
                    if crawl.same_site(sitemap)
                )


@frozen(kw_only=True)
class _Found:
    """The answer at the end of the redirects."""

    status: int | None = None
    error: str | None = None
    body: bytes = b""
    headers: Mapping[str, str] = field(factory=dict)


OK, NOT_MODIFIED = 200, 304


def _request(url: str, conditions: Mapping[str, str]) -> Request:
    """Raises ValueError where a redirect names what is no address."""
    return Request(
        url, headers=dict(conditions), callback=NO_CALLBACK, dont_filter=True, priority=1000, encoding="utf-8",
        meta={"robots": True, "handle_httpstatus_all": True, "smo_limit": MOST_BYTES},
    )  # fmt: skip
