"""Downloader middlewares: the gate before every request, credentials for one origin."""

from __future__ import annotations

import base64
import os
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured

from smocrawl.network import resolver
from smocrawl.network.gate import Refused


class GateMiddleware:
    """Refuses what the gate refuses by its spelling; addresses are the resolver's part."""

    def process_request(self, request: Request) -> None:
        try:
            resolver.gate.check(request.url)
        except Refused as refused:
            raise IgnoreRequest(f"refused: {refused}") from refused


class AuthMiddleware:
    """``SMO_AUTH=user:password`` for the audited origin alone; never stored, never shown."""

    def __init__(self, crawler: Crawler, credentials: str) -> None:
        self.crawler = crawler
        self._header = b"Basic " + base64.b64encode(credentials.encode())

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AuthMiddleware:
        credentials = os.environ.get("SMO_AUTH", "")
        if not credentials:
            raise NotConfigured
        return cls(crawler, credentials)

    def process_request(self, request: Request) -> None:
        spider: Any = self.crawler.spider
        origin = getattr(spider.crawl, "origin", None)
        parts = urlsplit(request.url)
        if origin and (parts.scheme, parts.netloc) == origin:
            request.headers["Authorization"] = self._header
