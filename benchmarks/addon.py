"""What the add-on costs a host: a spider with eight connections, a server that takes a tenth of a second, one pipeline."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import scrapy
from itemadapter import ItemAdapter
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import DropItem

LATENCY = 0.1
"""Seconds that the server takes for each answer."""

CONNECTIONS = 8


@dataclass(frozen=True)
class Hosted:
    """One crawl of the host."""

    seconds: float
    """From the start of the crawl to its end, whatever is waited for at the end included."""
    cpu: float
    """Seconds of processor time of the host's own process, all its threads; not of the workers."""
    workers: float
    """The same of the workers."""
    pages: int
    left_out: int


class HostSpider(scrapy.Spider):
    """Takes what everybody takes."""

    name = "host"

    async def start(self):
        for number in range(int(self.count)):
            yield scrapy.Request(f"{self.origin}/{number}.html")

    def parse(self, response):
        yield {
            "url": response.url,
            "title": response.css("title::text").get(),
            "headline": response.css("h1::text").get(),
            "links": len(response.css("a::attr(href)").getall()),
        }


class Once:
    """The host's own pipeline."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def process_item(self, item):
        url = ItemAdapter(item)["url"]
        if url in self.seen:
            raise DropItem("twice")
        self.seen.add(url)
        return item


WITHOUT = ""
"""In place of a value of SMO_READ: the host alone."""

WAYS = (WITHOUT, "now", "later")


def compare(origin: str, count: int, rounds: int) -> list[tuple[Hosted, ...]]:
    """One crawl for each of :data:`WAYS` in each round, one after the other."""
    return [tuple(run(origin, count, read) for read in WAYS) for _ in range(rounds)]


def run(origin: str, count: int, read: str) -> Hosted:
    with tempfile.TemporaryDirectory(prefix="smocrawl-host-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", __name__, origin, str(count), read, folder],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    return Hosted(**json.loads(done.stdout))


def host(origin: str, count: int, read: str, folder: str) -> Hosted:
    """In a process of its own, which does nothing else."""
    settings = {
        "CONCURRENT_REQUESTS": CONNECTIONS, "CONCURRENT_REQUESTS_PER_DOMAIN": CONNECTIONS, "DOWNLOAD_DELAY": 0,
        "ITEM_PIPELINES": {Once: 100}, "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "SMO_REPORTS": folder,
        "ADDONS": {"smocrawl.addon.SmoAddon": 500} if read else {}, "SMO_READ": read or "now",
    }  # fmt: skip
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(HostSpider)
    began, used = time.monotonic(), time.process_time()
    process.crawl(crawler, origin=origin, count=count)
    process.start()
    stats = crawler.stats
    assert stats is not None
    pages = stats.get_value("item_scraped_count", 0)
    taken = sum(stats.get_value(f"smo/{name}", 0) for name in ("pages", "kept", "not_audited"))
    if read and taken != pages:
        raise RuntimeError(f"{pages} pages came, {taken} were taken")
    return Hosted(
        seconds=time.monotonic() - began, cpu=time.process_time() - used, pages=pages,
        workers=sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]),
        left_out=stats.get_value("smo/not_audited", 0),
    )  # fmt: skip


def table(found: Sequence[tuple[Hosted, ...]]) -> Iterator[str]:
    ways = ("without", "read now", "read later")
    yield f"{'':10}{'seconds: ' + ', '.join(ways):>44}{'CPU-ms a page':>22}{'of the workers':>18}"
    for number, ran in enumerate(found, 1):
        seconds, cost = (
            " ".join(map(form, ran)) for form in (lambda one: f"{one.seconds:.1f}", lambda one: f"{_a_page(one):.2f}")
        )
        yield f"{f'round {number}':10}{seconds:>44}{cost:>22}{ran[1].workers / ran[1].pages * 1e3:>18.2f}"


def _a_page(one: Hosted) -> float:
    return one.cpu / one.pages * 1e3


if __name__ == "__main__":
    origin, count, read, folder = sys.argv[1:]
    print(json.dumps(host(origin, int(count), read, folder).__dict__))
