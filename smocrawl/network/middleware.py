"""Downloader middlewares: the gate before every request, a folder in place of a server, credentials for one origin."""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from smocrawl.network import resolver
from smocrawl.network.folder import OUTSIDE, Folder, Served, UnservedError
from smocrawl.network.gate import Refused
from smocrawl.network.limits import IMAGE_HEAD


class GateMiddleware:
    """Refuses what the gate refuses by its spelling; addresses are the resolver's part."""

    def process_request(self, request: Request) -> None:
        try:
            resolver.gate.check(request.url)
        except Refused as refused:
            raise IgnoreRequest(f"refused: {refused}") from refused


class FolderMiddleware:
    """``site=FOLDER``: what belongs to the folder is read from it, and what does not is asked only with ``outside=1``."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._folder: Folder | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FolderMiddleware:
        return cls(crawler)

    def process_request(self, request: Request) -> Response | None:
        spider: Any = self.crawler.spider
        crawl = spider.crawl
        options = crawl.options
        if not options.site:
            return None
        if self._folder is None:
            self._folder = Folder(Path(options.site), options.as_url)
        if crawl.scope.is_built(request.url):
            return _served(self._folder, request)
        if options.outside:
            return None
        raise IgnoreRequest(OUTSIDE)


def _served(folder: Folder, request: Request) -> Response:
    most = int(request.meta.get("smo_limit") or 0) or MOST
    try:
        served = folder.serve(request.url, most)
    except UnservedError as error:
        raise IgnoreRequest(str(error)) from error
    body = served.body
    flags = []
    if served.size > len(body):
        # As smocrawl.network.limits does it: a picture above its limit is read for its head alone.
        leased = request.meta.get("leased")
        body = body[:IMAGE_HEAD] if leased is not None and leased.kind == "image" else body
        request.meta["whole_size"] = served.size
        flags.append("truncated")
    return _response(request.url, served, body, flags)


MOST = 10 * 1024 * 1024
"""Bytes of a file where nobody set a limit."""


def _response(url: str, served: Served, body: bytes, flags: list[str]) -> Response:
    headers = Headers({name.title(): value for name, value in served.headers.items()})
    kind: type[Response] = responsetypes.from_args(headers=headers, url=url, body=body[:4096])
    return kind(url, status=served.status, headers=headers, body=body, flags=flags)


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
        # That of a crawl is known once its home page is asked; who reads one page alone (smo-check) has no crawl.
        origin = getattr(spider, "crawl", spider).origin
        parts = urlsplit(request.url)
        if origin and (parts.scheme, parts.netloc) == origin:
            request.headers["Authorization"] = self._header
