"""The crawls that ours is measured against: ``python -m benchmarks.crawlers bare|uvloop|naive|advertools URLS``."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import HtmlResponse, Response
from scrapy.linkextractors import LinkExtractor


class Bare(scrapy.Spider):
    """Fetches the pages and does nothing with them: what Scrapy itself costs."""

    name = "bare"
    urls: list[str]

    async def start(self) -> AsyncIterator[Any]:
        for url in self.urls:
            yield scrapy.Request(url, dont_filter=True)

    def parse(self, response: Response) -> Iterator[Any]:
        return iter(())


class Naive(Bare):
    """The design that first comes to mind: extruct with all syntaxes, LinkExtractor, a commit for each page."""

    name = "naive"

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.links = LinkExtractor()
        self.wanted = set(self.urls)
        self.store = sqlite3.connect(":memory:" if sys.platform == "win32" else "")
        self.store.execute("CREATE TABLE page (url TEXT PRIMARY KEY, facts TEXT)")

    async def start(self) -> AsyncIterator[Any]:
        for url in self.urls:
            yield scrapy.Request(url)

    def parse(self, response: Response) -> Iterator[Any]:
        import extruct  # noqa: PLC0415 - the bare crawl shall not pay for it

        if not isinstance(response, HtmlResponse):
            return
        facts = extruct.extract(response.text, base_url=response.url, errors="ignore")
        self.store.execute("INSERT OR IGNORE INTO page VALUES (?, ?)", (response.url, repr(facts)))
        self.store.commit()
        for link in self.links.extract_links(response):
            request = scrapy.Request(link.url)
            if link.url in self.wanted:
                yield request


def advertools(urls: list[str]) -> None:
    """The same pages by the crawler of the package advertools, with what it takes from a page by default."""
    from advertools import crawl  # noqa: PLC0415 - only where it is installed

    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "pages.jl"
        # With a port in the address it crawls nothing unless the domain is named.
        settings = {"LOG_LEVEL": "ERROR", "CONCURRENT_REQUESTS_PER_DOMAIN": 16}
        crawl(urls, str(output), allowed_domains=["127.0.0.1"], custom_settings=settings)
        fetched = len(output.read_text("utf-8").splitlines()) if output.is_file() else 0
    if fetched < len(urls):
        raise SystemExit(f"{fetched} of {len(urls)} pages were fetched.")


def main(sort: str, listed: str) -> None:
    settings: dict[str, Any] = {
        "LOG_LEVEL": "ERROR",
        "TELNETCONSOLE_ENABLED": False,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    }
    if sort == "uvloop":
        settings["ASYNCIO_EVENT_LOOP"] = "uvloop.Loop"
    urls = Path(listed).read_text("utf-8").split()
    if sort == "advertools":
        advertools(urls)
        return
    process = CrawlerProcess(settings)
    process.crawl(Naive if sort == "naive" else Bare, urls=urls)
    crawler = next(iter(process.crawlers))
    process.start()
    fetched = crawler.stats.get_value("response_received_count", 0) if crawler.stats else 0
    if fetched < len(urls):
        raise SystemExit(f"{fetched} of {len(urls)} pages were fetched.")


if __name__ == "__main__":
    main(*sys.argv[1:3])
