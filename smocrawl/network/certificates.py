"""Bad certificates: a host of the audited site is read all the same, unverified and without credentials; no other host is."""

from __future__ import annotations

import copy
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Response

from smocrawl.network.errors import bad_certificate
from smocrawl.network.handler import HttpHandler


class HttpsHandler(BaseDownloadHandler):
    """Two handlers in one: the strict one for everybody, the lenient one for requests that say so."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._strict = HttpHandler(crawler)
        self._lenient: HttpHandler | None = None

    async def download_request(self, request: Request) -> Response:
        if "certificate" not in request.meta:
            return await self._strict.download_request(request)
        if self._lenient is None:
            # A handler knows no setting of a single request, so the lenient one sees a crawler with other settings.
            lenient = copy.copy(self.crawler)
            lenient.settings = self.crawler.settings.copy()
            lenient.settings.frozen = False
            lenient.settings.set("DOWNLOAD_VERIFY_CERTIFICATES", value=False, priority="cmdline")
            self._lenient = HttpHandler(lenient)
        return await self._lenient.download_request(request)

    async def close(self) -> None:
        await self._strict.close()
        if self._lenient is not None:
            await self._lenient.close()


class CertificateMiddleware:
    """Remembers which of the site's hosts cannot prove who they are, and asks them as a stranger would."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._refused: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CertificateMiddleware:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        reason = self._refused.get(urlsplit(request.url).netloc)
        if reason and request.url.startswith("https:"):
            request.meta["certificate"] = reason
            # Whoever answers there has not shown to be the audited host.
            request.headers.pop("Authorization", None)

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        if not isinstance(exception, DownloadFailedError) or "certificate" in request.meta:
            return None
        reason = bad_certificate(exception)
        if reason is None or not self._is_own(request.url):
            return None
        self._refused[urlsplit(request.url).netloc] = reason
        again = request.copy()
        again.dont_filter = True
        return again

    def _is_own(self, url: str) -> bool:
        spider: Any = self.crawler.spider
        crawl = getattr(spider, "crawl", None)
        return crawl is not None and crawl.same_site(crawl.scope.public(url))
