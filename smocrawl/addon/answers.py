"""From Scrapy's answer to ours: what of it is audited, and how it came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import HtmlResponse, Response

from smocrawl.addon.pages import Seen
from smocrawl.network.headers import headers_by_name, redirect_of
from smocrawl.network.limits import IMAGE_HEAD
from smocrawl.network.robots import MOST_BYTES as ROBOTS_BYTES
from smocrawl.spiders.scheduler import PAGE_BYTES
from smocrawl.spiders.urls import normalise

CUT_SHORT = frozenset({"dataloss", "partial", "truncated", "download_stopped"})
"""Flags of answers of which a part is missing."""

BROWSERS = ("playwright", "splash", "selenium", "puppeteer", "pyppeteer")
"""Names by which the usual rendering plugins mark a request in ``meta``, or an answer by a flag."""

LENGTHS = {"page": PAGE_BYTES, "image": IMAGE_HEAD, "robots": ROBOTS_BYTES}
"""Bytes of an answer that are looked at, by kind."""


def seen_of(response: Response, request: Request) -> Seen | None:
    """*response* as the audit keeps it; None where it is nothing that is audited."""
    url = normalise(response.url)
    kind = _kind(response)
    if url is None or kind is None:
        return None
    length, meta, flags = LENGTHS[kind], request.meta, set(response.flags)
    size = len(response.body)
    return Seen(
        url=url,
        kind=kind,
        status=response.status,
        headers=headers_by_name(response),
        body=response.body if size <= length else response.body[:length],
        size=size,
        latency=None if "cached" in flags else _seconds(meta.get("download_latency")),
        truncated=size > length or bool(flags & CUT_SHORT),
        hops=tuple(_hops(meta)),
        depth=_depth(meta),
        moved_to=_target(response),
        rendered=_is_rendered(response, meta, flags),
        cached="cached" in flags,
    )


def _kind(response: Response) -> str | None:
    """page, image or robots; None = something that is not audited (JSON, XML, a PDF)."""
    if urlsplit(response.url).path == "/robots.txt":
        return "robots"
    if isinstance(response, HtmlResponse):
        return "page"
    media = (response.headers.get("Content-Type") or b"").lower()
    return "image" if media.startswith(b"image/") and response.status == 200 else None


def _is_rendered(response: Response, meta: dict[str, Any], flags: set[str]) -> bool:
    if any(name in flags or meta.get(name) for name in BROWSERS):
        return True
    # scrapy-zyte-api keeps what the service answered; HTML out of its browser stands under this name.
    return "browserHtml" in (getattr(response, "raw_api_response", None) or ())


def _target(response: Response) -> str | None:
    target = redirect_of(response)
    return normalise(target) if target else None


def _hops(meta: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Redirects that Scrapy's middleware followed; those by a tag in the page are not of HTTP and have no status."""
    for address, reason in zip(meta.get("redirect_urls", ()), meta.get("redirect_reasons", ()), strict=False):
        url = normalise(str(address))
        if url and isinstance(reason, int):
            yield url, reason


def _depth(meta: dict[str, Any]) -> int:
    depth = meta.get("depth")
    return depth if isinstance(depth, int) else 0


def _seconds(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) else None
