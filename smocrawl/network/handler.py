"""Scrapy's download handler with two limits that it lacks: bytes of headers, and requests to one host at the same time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from smocrawl.network.turns import Turns

MOST_HEADER_BYTES = 256 * 1024
"""Bytes of one answer's header lines: as many as Chromium reads (kMaxHeaderBufSize); Twisted limits single lines alone."""


class HeadersTooLarge(Exception):  # noqa: N818 - the word that the record carries
    """Twisted closes the connection and fails the request with it."""


class HttpHandler(HTTP11DownloadHandler):
    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # Twisted offers no other place; Scrapy puts a factory of its own there as well.
        pool: Any = self._pool
        pool._factory = _limited(pool._factory)  # noqa: SLF001
        self._turns = Turns(crawler)

    async def download_request(self, request: Request) -> Response:
        async with self._turns.turn(request):
            return await super().download_request(request)


def _limited(factory: Callable[..., Any]) -> Callable[..., Any]:
    """*factory* makes Twisted's factories of connections; each of these connections counts header lines."""

    def make(*arguments: Any) -> Any:
        made = factory(*arguments)
        build = made.buildProtocol
        made.buildProtocol = lambda address: _counting(build(address))
        return made

    return make


def _counting(connection: Any) -> Any:
    ask = connection.request

    def request(one: Any) -> Any:
        answer = ask(one)
        # Each request makes its own parser, and Twisted hands it to nobody.
        parser = connection._parser  # noqa: SLF001
        parser.lineReceived = _within(MOST_HEADER_BYTES, parser.lineReceived)
        return answer

    connection.request = request
    return connection


def _within(most: int, receive: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """*receive* for the lines of the headers alone; the body does not come line by line."""
    size = 0

    def line_received(line: bytes) -> None:
        nonlocal size
        size += len(line)
        if size > most:
            raise HeadersTooLarge(f"headers of more than {most // 1024} KiB")
        receive(line)

    return line_received
