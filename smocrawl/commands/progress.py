"""A progress bar on a terminal, one log line every ten seconds elsewhere; both tell pages, pace, errors and findings."""

from __future__ import annotations

import logging
import sys
import time
from typing import TYPE_CHECKING, Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

logger = logging.getLogger(__name__)

EVERY_ON_TERMINAL, EVERY_IN_LOG = 0.25, 10.0
"""Seconds between two looks at the counts."""


class Progress:
    """The crawl's counts for the person who waits."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.began = time.monotonic()
        self.bar: Bar | None = None
        self.loop: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Progress:
        if not crawler.settings.getbool("SMO_PROGRESS"):
            raise NotConfigured
        self = cls(crawler)
        crawler.signals.connect(self.opened, signal=signals.spider_opened)
        crawler.signals.connect(self.closed, signal=signals.engine_stopped)
        return self

    def opened(self, spider: Spider) -> None:
        on_terminal = sys.stderr.isatty()
        if on_terminal:
            self._draw()
        self.loop = create_looping_call(self.tell)
        self.loop.start(EVERY_ON_TERMINAL if on_terminal else EVERY_IN_LOG, now=False)

    def _draw(self) -> None:
        # Only a terminal needs what is slow to import.
        from rich.console import Console  # noqa: PLC0415 - see above
        from rich.logging import RichHandler  # noqa: PLC0415 - see above
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - see above

        console = Console(stderr=True)
        # The log goes through the same console, or its lines and the bar overwrite each other.
        for handler in list(logging.root.handlers):
            if type(handler).__name__ == "StreamHandler":
                through = RichHandler(console=console, show_path=False, markup=False)
                through.setLevel(max(handler.level, logging.WARNING))
                for one in handler.filters:
                    through.addFilter(one)
                logging.root.removeHandler(handler)
                logging.root.addHandler(through)
        self.bar = Progress(
            TextColumn("{task.description}"), BarColumn(bar_width=24), TextColumn("{task.completed}/{task.total}"),
            TextColumn("{task.fields[rest]}"), TimeElapsedColumn(), console=console, transient=True,
        )  # fmt: skip
        self.task = self.bar.add_task("reading", total=1, rest="")
        self.bar.start()

    def tell(self) -> None:
        spider: Any = self.crawler.spider
        if spider is None:
            return
        crawl = spider.crawl
        counts = crawl.counts
        known = max(crawl.frontier.known(), counts["urls"])
        pace = counts["urls"] / max(time.monotonic() - self.began, 0.001)
        rest = f"{counts['pages']:,} pages · {pace:.0f}/s · {counts['errors']:,} errors"
        if self.bar is not None:
            self.bar.update(self.task, description=crawl.stage, completed=counts["urls"], total=known, rest=rest)
        else:
            logger.info("%s: %d of %d addresses, %s", crawl.stage, counts["urls"], known, rest)

    def closed(self) -> None:
        if self.loop is not None and self.loop.running:
            self.loop.stop()
        if self.bar is not None:
            self.bar.stop()
