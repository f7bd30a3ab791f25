"""Fetches for the browser through the crawl's own downloader: gate, robots.txt, politeness and limits hold for each hop."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any
from urllib.parse import urldefrag

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from smocrawl.network.errors import reason_of
from smocrawl.network.headers import redirect_of
from smocrawl.network.politeness import Postponed
from smocrawl.rendering.given import Denied, Given
from smocrawl.spiders.crawl import Crawl
from smocrawl.spiders.smo import headers_of
from smocrawl.spiders.urls import normalise
from smocrawl.store.records import Record
from smocrawl.store.renderings import save_asked

MOST_HOPS = 5

FILE_BYTES = 5 * 1024 * 1024
"""Bytes of one file; a script that was cut would only break."""

REMEMBERED = 40 * 1024 * 1024
"""Bytes of scripts that are kept for the next pages."""

KIND = "rendering"
"""Kind of the records of what only scripts asked for."""


class Fetcher:
    """What the pages of one crawl are given."""

    def __init__(self, crawler: Crawler, crawl: Crawl) -> None:
        self.crawler = crawler
        self.crawl = crawl
        self._scripts: dict[str, Given | str] = {}
        """What came of a script, or why it was denied: most pages of a site load the same ones."""
        self._size = 0

    async def __call__(self, url: str, kind: str, headers: Mapping[str, str]) -> Given:
        """What *url* answers in the end; :class:`Denied` where it is refused, unreachable or too large."""
        url = urldefrag(url).url
        if kind != "script":
            return await self._follow(url, headers)
        known = self._scripts.get(url)
        if isinstance(known, str):
            raise Denied(known)
        return known or await self._script(url, headers)

    async def _script(self, url: str, headers: Mapping[str, str]) -> Given:
        try:
            given = await self._follow(url, headers)
        except Denied as denied:
            self._scripts[url] = str(denied)
            raise
        if self._size + len(given.body) <= REMEMBERED:
            self._scripts[url] = given
            self._size += len(given.body)
        return given

    async def _follow(self, url: str, headers: Mapping[str, str]) -> Given:
        for _ in range(MOST_HOPS + 1):
            response = await self._ask(url, headers)
            target = redirect_of(response)
            if target is None:
                return Given(url=url, status=response.status, headers=headers_of(response), body=response.body)
            url = urldefrag(self.crawl.scope.public(target)).url
        raise Denied(f"redirect: more than {MOST_HOPS} hops")

    async def _ask(self, url: str, headers: Mapping[str, str]) -> Response:
        """One request, one record."""
        if self.crawl.interrupted or self.crawl.fault:
            raise Denied("stopped")
        spelled = normalise(url)
        if spelled is None:
            raise Denied("no valid address")
        request = Request(
            self.crawl.scope.fetched(url), headers=dict(headers), callback=NO_CALLBACK, dont_filter=True,
            encoding="utf-8", meta={"handle_httpstatus_all": True, "smo_limit": FILE_BYTES},
        )  # fmt: skip
        engine: Any = self.crawler.engine
        try:
            response: Response = await engine.download_async(request)
        except Postponed:
            raise Denied("stopped") from None
        except IgnoreRequest as refused:
            reason = str(refused)
        except Exception as error:  # noqa: BLE001 - whatever the network does, the record says it
            reason = reason_of(error, request.url)
        else:
            if not {"download_stopped", "truncated", "dataloss"} & set(response.flags):
                self._record(Record(url=spelled, kind=KIND, status=response.status, size=len(response.body)))
                return response
            reason = f"too large, or cut off after {len(response.body):,} bytes"
        self._record(Record(url=spelled, kind=KIND, error=reason))
        raise Denied(reason)

    def _record(self, record: Record) -> None:
        try:
            save_asked(self.crawl.frontier, record)
        except sqlite3.Error as fault:
            self.crawl.break_off(fault)
            raise Denied("stopped") from fault
