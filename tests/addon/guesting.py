"""The extension without a crawl: answers are shown to it one by one."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.http import HtmlResponse, Response
from scrapy.utils.test import get_crawler
from serving import page

from smocrawl.addon.watch import Watch
from smocrawl.store.database import Database

BODY = page("A page", "/b").encode()


def html(url: str = "https://site.example/a", body: bytes = BODY, **more: Any) -> HtmlResponse:
    return HtmlResponse(
        url, body=body, headers={"Content-Type": "text/html; charset=utf-8"}, request=Request(url), **more
    )


def watch(tmp_path: Path, **settings: Any) -> Watch:
    crawler = get_crawler(settings_dict={"SMO_REPORTS": str(tmp_path), "SMO_WORKERS": 0, **settings})
    return Watch.from_crawler(crawler)


def see(one: Watch, *responses: Response) -> None:
    for response in responses:
        assert response.request is not None
        one.received(response=response, request=response.request, spider=Spider(name="guest"))


def end(one: Watch, reason: str = "finished") -> dict[str, Any]:
    asyncio.run(one.closed(Spider(name="guest"), reason))
    assert one.crawler.stats is not None
    return {name.removeprefix("smo/"): value for name, value in one.crawler.stats.get_stats().items()}


def stored(path: Path) -> Database:
    return Database(path / "crawls.sqlite", read_only=True)
