"""Renders the chosen pages one after the other and stores what came of each."""

from __future__ import annotations

import logging
import time

from scrapy.crawler import Crawler

from smocrawl.network.errors import one_line
from smocrawl.rendering.browser import Browser, RenderError
from smocrawl.rendering.fetching import Fetcher
from smocrawl.rendering.reading import Second, SecondResult, read_second
from smocrawl.rendering.sample import Chosen, choose
from smocrawl.rendering.visit import Visit
from smocrawl.rendering.wanted import Wish
from smocrawl.spiders.crawl import Crawl
from smocrawl.store.renderings import RenderingRecord, save_rendering
from smocrawl.workers import Stopped

logger = logging.getLogger(__name__)


class Rounds:
    """The second readings of one crawl."""

    def __init__(self, crawler: Crawler, crawl: Crawl, wish: Wish) -> None:
        self.crawl = crawl
        self.wish = wish
        self.browser = Browser(wish.chromium, user_agent=crawler.settings["USER_AGENT"], sandbox=wish.sandbox)
        self.fetcher = Fetcher(crawler, crawl)

    async def run(self) -> None:
        """All that are still to be read; the browser is ended whatever happens."""
        try:
            await self._all()
        finally:
            await self.browser.close()

    async def _all(self) -> None:
        crawl, began = self.crawl, time.monotonic()
        waiting = choose(crawl.database, crawl.run, self.wish.pages)
        failures: list[str] = []
        falls = 0
        while waiting and falls < MOST_FALLS and time.monotonic() - began < ALL_SECONDS:
            record = await self._one(waiting.pop(0))
            if self._is_over():
                # Without a record: the same command renders the page when the crawl goes on.
                return
            save_rendering(crawl.frontier, record)
            falls = falls + 1 if (record.error or "").startswith("browser:") else 0
            if record.error:
                logger.info("%s was not rendered: %s", one_line(record.url), record.error)
                failures.append(record.error)
        if failures:
            crawl.note(FAILED.format(number=len(failures), reason=failures[0]))
        if waiting:
            crawl.note(LEFT.format(number=len(waiting)))

    def _is_over(self) -> bool:
        return bool(self.crawl.interrupted or self.crawl.fault)

    async def _one(self, chosen: Chosen) -> RenderingRecord:
        began = time.monotonic()
        visit = Visit(chosen.url, self.fetcher)
        second: SecondResult | None = None
        error: str | None = None
        try:
            second = await self._read(chosen, await self.browser.render(visit, self._is_over))
        except (RenderError, Stopped) as problem:
            error = str(problem)
        except Exception as problem:
            # A fault of ours on one page must not lose the others.
            logger.exception("Rendering %s failed", chosen.url)
            error = f"fault: {type(problem).__name__}"
        return RenderingRecord(
            url=chosen.url,
            error=error,
            seconds=round(time.monotonic() - began, 3),
            requests=visit.requests,
            refused=tuple(visit.refused),
            facts=second.facts if second else None,
            fields=second.fields if second else (),
        )

    async def _read(self, chosen: Chosen, html: str) -> SecondResult:
        (row,) = self.crawl.database.rows("SELECT facts FROM page WHERE run = ? AND url = ?", self.crawl.run, chosen.id)
        task = Second(body=html.encode("utf-8", "replace"), first=row["facts"])
        result: SecondResult = await self.crawl.workers.run(read_second, task)
        return result


ALL_SECONDS = 1_200.0
"""For all pages together: one that is slow on purpose takes its two minutes, sixty of them are too many."""

MOST_FALLS = 3
"""Pages in a row on which the browser itself fails; then it is not asked again."""

FAILED = "{number:,} of the pages that were to be read after their scripts could not be; the first: {reason}."
LEFT = "{number:,} more pages were to be read after their scripts; the browser failed, or the time for it was over."
