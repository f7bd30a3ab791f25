"""Limits while reading: what is too large or too slow is cut, and what came is kept."""

from __future__ import annotations

import time
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Headers

SECONDS = 20
"""From the headers to the last byte; below DOWNLOAD_TIMEOUT, which loses what came.  An idle timeout alone lets a
server that drips hold a slot for ever."""

IMAGE_HEAD = 64 * 1024
"""Bytes of an image that tell its type and size (all formats but pictures with large EXIF or ICC blocks)."""


class ReadLimits:
    """Watches ``headers_received`` and ``bytes_received``; keeps what came (``StopDownload(fail=False)``)."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ReadLimits:
        self = cls(crawler)
        crawler.signals.connect(self.headers, signal=signals.headers_received)
        crawler.signals.connect(self.bytes, signal=signals.bytes_received)
        return self

    def headers(self, headers: Headers, body_length: int | str | None, request: Request, spider: Any) -> None:
        """The announced size: an image above its limit is read for its head alone."""
        request.meta["began"] = time.monotonic()
        limit = request.meta.get("smo_limit")
        if limit is None:
            return
        # Where the header names no length, Twisted gives a word in place of a number.
        if isinstance(body_length, int) and body_length > limit:
            request.meta["whole_size"] = body_length
            request.meta["smo_limit"] = IMAGE_HEAD if _is_picture(request) else limit

    def bytes(self, data: bytes, request: Request, spider: Any) -> None:
        limit = request.meta.get("smo_limit")
        if limit is None:
            return
        got = request.meta["smo_got"] = request.meta.get("smo_got", 0) + len(data)
        slow = time.monotonic() - request.meta.get("began", time.monotonic()) > SECONDS
        if slow or got > limit:
            raise StopDownload(fail=False)


def _is_picture(request: Request) -> bool:
    leased = request.meta.get("leased")
    return leased is not None and leased.kind == "image"
