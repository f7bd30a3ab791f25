"""The spider: walks one site and hands every answer, good or bad, to the pipelines."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from smocrawl.network.conditions import Validators, contradicts, is_the_same
from smocrawl.network.errors import one_line, reason_of
from smocrawl.network.headers import headers_by_name
from smocrawl.network.politeness import Postponed
from smocrawl.network.unpacking import UNDECODABLE
from smocrawl.spiders.crawl import Crawl
from smocrawl.spiders.items import Answer
from smocrawl.store.earlier import Known
from smocrawl.store.frontier import Leased


class SmoSpider(scrapy.Spider):
    """``scrapy crawl smo -a domain=example.com``: the arguments are those of :mod:`smocrawl.spiders.options`."""

    name = "smo"
    crawl: Crawl

    def __init__(self, crawl: Crawl | None = None, **arguments: str) -> None:
        # None of the arguments reaches Spider.__init__: «start» is a method of it and «name» an attribute.
        super().__init__()
        self.arguments = arguments
        if crawl is not None:
            self.crawl = crawl

    async def start(self) -> AsyncIterator[Any]:
        """Nothing to yield: the frontier, which the scheduler reads, holds the first URLs."""
        return
        yield

    def answered(self, response: Response) -> Iterator[Answer | scrapy.Request]:
        leased: Leased = response.meta["leased"]
        if response.status == UNSATISFIABLE and response.request and "Range" in response.request.headers:
            yield without_range(response.request)
            return
        headers = headers_of(response)
        if response.status == NOT_MODIFIED and response.meta.get("conditions"):
            yield self._not_modified(response, headers)
            return
        flags = set(response.flags)
        head = bool(response.meta.get("head"))
        part = response.status == PARTIAL and head
        yield Answer(
            leased=leased,
            url=leased.url,
            # A part that was asked for is the answer 200 to who asks for all.
            status=OK if part else response.status,
            error=_unreadable(response, headers),
            headers=headers,
            body=response.body,
            latency=response.meta.get("download_latency"),
            truncated="dataloss" in flags or "truncated" in flags or "download_stopped" in flags,
            whole_size=size_in(headers.get("content-range", "")) if part else response.meta.get("whole_size"),
            whole=not head,
            certificate=response.meta.get("certificate"),
            known=response.meta.get("known"),
            asked=response.meta.get("asked", ""),
        )

    def _not_modified(self, response: Response, headers: dict[str, str]) -> Answer | scrapy.Request:
        """The answer of the crawl before; where the server speaks of another one, the question for all of it."""
        known: Known = response.meta["known"]
        validator = known.validator
        given = Validators(etag=validator.etag, modified=validator.modified)
        if not is_the_same(given, headers) or contradicts(validator.headers, headers):
            request: Any = response.request
            return without_conditions(request)
        leased: Leased = response.meta["leased"]
        return Answer(
            leased=leased, url=leased.url, status=OK, headers={**validator.headers, **headers}, latency=known.latency,
            whole_size=known.size, whole=validator.whole, certificate=response.meta.get("certificate"), known=known,
            unchanged=True, asked=response.meta["asked"],
        )  # fmt: skip

    def failed(self, failure: Failure) -> Iterator[Answer]:
        error = failure.value or RuntimeError()
        request: Any = failure.request  # type: ignore[attr-defined]  # Scrapy puts it there
        leased: Leased = request.meta["leased"]
        if isinstance(error, Postponed):
            self.crawl.landed(leased)
            return
        refused = isinstance(error, IgnoreRequest)
        reason = (
            (str(error) or "refused") if refused else reason_of(error, request.url, got=request.meta.get("smo_got", 0))
        )
        yield Answer(leased=leased, url=leased.url, error=reason)


OK, PARTIAL, NOT_MODIFIED, UNSATISFIABLE = 200, 206, 304, 416


def without_range(request: scrapy.Request) -> scrapy.Request:
    """Again for all of it: the refusal speaks of the part that we asked for, not of the file."""
    again = request.copy()
    del again.headers["Range"]
    again.meta.pop("smo_got", None)
    return again


def without_conditions(request: scrapy.Request) -> scrapy.Request:
    """Again, whatever it is like."""
    again = request.copy()
    for name in again.meta.pop("conditions"):
        del again.headers[name]
    again.meta.pop("smo_got", None)
    return again


def size_in(content_range: str) -> int | None:
    """Bytes of the whole file by a Content-Range header (RFC 9110, 14.4); None = not stated."""
    found = CONTENT_RANGE.fullmatch(content_range.strip())
    return int(found[1]) if found else None


CONTENT_RANGE = re.compile(r"bytes [0-9]{1,15}-[0-9]{1,15}/([0-9]{1,15})")


def _unreadable(response: Response, headers: dict[str, str]) -> str | None:
    """Why an answer is none, although it began like one."""
    if UNDECODABLE in response.flags:
        return f"coding: {one_line(headers.get('content-encoding', ''))[:40]} could not be undone"
    return _lost(response, headers) if "dataloss" in response.flags else None


def _lost(response: Response, headers: dict[str, str]) -> str | None:
    """A page of which the better part never came is no answer; one that lacks its end is merely truncated."""
    announced = headers.get("content-length", "")
    if not response.body or (announced.isdecimal() and len(response.body) * 2 < int(announced[:15])):
        return f"connection lost after {len(response.body):,} bytes"
    return None


def headers_of(response: Response) -> dict[str, str]:
    found = headers_by_name(response)
    if "x-smo-coding" in found:
        # Undone by our middleware; a check looks at how the page was sent.
        found["content-encoding"] = found.pop("x-smo-coding")
    return found
