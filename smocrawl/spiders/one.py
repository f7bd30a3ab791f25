"""Fetches one page, as a person's click would, with the share image and the oEmbed answer that it names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import scrapy
from attrs import field, frozen
from scrapy.http import Response
from twisted.python.failure import Failure

from smocrawl.network.errors import reason_of
from smocrawl.network.headers import redirect_of
from smocrawl.spiders.scheduler import LIMITS, PAGE_BYTES
from smocrawl.spiders.smo import headers_of
from smocrawl.spiders.urls import normalise

MOST_HOPS = 10
OEMBED = {"for": "oembed"}
"""Marks the request for the oEmbed answer, which has a limit of its own."""


@frozen(kw_only=True)
class Got:
    """One answer."""

    url: str
    status: int | None = None
    headers: dict[str, str] = field(factory=dict)
    body: bytes = b""
    error: str | None = None
    hops: tuple[tuple[str, int], ...] = ()


class OneSpider(scrapy.Spider):
    """No frontier, no store, no robots.txt: one address that a person typed, its picture and its oEmbed answer."""

    name = "one"

    def __init__(self, address: str, pictures_of: Any, oembed_of: Any) -> None:
        super().__init__()
        self.address = address
        self.origin = urlsplit(normalise(address) or address)[:2]
        """Scheme and host with port: credentials go there and nowhere else."""
        self.pictures_of, self.oembed_of = pictures_of, oembed_of
        self.page: Got | None = None
        self.images: dict[str, Got] = {}
        self.oembed: Got | None = None

    async def start(self) -> AsyncIterator[Any]:
        yield self._ask(self.address, self.page_answered, ())

    def _ask(self, url: str, callback: Any, hops: tuple[tuple[str, int], ...], **kept: Any) -> scrapy.Request:
        limit = LIMITS.get(str(kept.get("for")), PAGE_BYTES)
        return scrapy.Request(
            url, callback=callback, errback=self.failed, dont_filter=True, encoding="utf-8",
            meta={"handle_httpstatus_all": True, "hops": hops, "smo_limit": limit, **kept},
        )  # fmt: skip

    def page_answered(self, response: Response) -> Any:
        hops = response.meta["hops"]
        if target := _next_hop(response):
            yield self._ask(target, self.page_answered, (*hops, (response.url, response.status)))
            return
        self.page = _got(response)
        for image in self.pictures_of(self.page):
            if spelled := normalise(image):
                yield self._ask(spelled, self.image_answered, (), image=image)
        if (address := self.oembed_of(self.page)) and (spelled := normalise(address)):
            yield self._ask(spelled, self.oembed_answered, (), **OEMBED)

    def image_answered(self, response: Response) -> Any:
        hops = response.meta["hops"]
        image = response.meta["image"]
        if target := _next_hop(response):
            yield self._ask(target, self.image_answered, (*hops, (response.url, response.status)), image=image)
            return
        self.images[image] = _got(response)

    def oembed_answered(self, response: Response) -> Any:
        if target := _next_hop(response):
            hops = (*response.meta["hops"], (response.url, response.status))
            yield self._ask(target, self.oembed_answered, hops, **OEMBED)
            return
        self.oembed = _got(response)

    def failed(self, failure: Failure) -> None:
        error = failure.value or RuntimeError()
        request: Any = failure.request  # type: ignore[attr-defined]  # Scrapy puts it there
        refused = isinstance(error, scrapy.exceptions.IgnoreRequest)
        got = Got(
            url=request.url, error=str(error) if refused else reason_of(error, request.url), hops=request.meta["hops"]
        )
        if "image" in request.meta:
            self.images[request.meta["image"]] = got
        elif request.meta.get("for") == OEMBED["for"]:
            self.oembed = got
        else:
            self.page = got


def _got(response: Response) -> Got:
    return Got(
        url=response.url, status=response.status, headers=headers_of(response), body=response.body,
        hops=response.meta["hops"],
    )  # fmt: skip


def _next_hop(response: Response) -> str | None:
    """Where to ask next; None = this is the answer."""
    target = redirect_of(response) if len(response.meta["hops"]) < MOST_HOPS else None
    return normalise(target) if target else None
