"""What became of each address is written in one transaction, with what it names."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from typing import Any

import attrs
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from smocrawl.network import resolver
from smocrawl.network.gate import Refused
from smocrawl.pipelines.reading import MOVED, Read
from smocrawl.reading import AssetResult, PageResult
from smocrawl.spiders.crawl import ASSETS, PAGES, SOON, Crawl, heads_of, text_of
from smocrawl.spiders.items import Answer, Item
from smocrawl.spiders.traps import Seen
from smocrawl.store.earlier import save_validator
from smocrawl.store.frontier import TWIN, Wanted
from smocrawl.store.records import Record, save_asset, save_error, save_listed, save_page, save_record, save_uses
from smocrawl.taking_over import validator_of
from smocrawl.workers import LARGE, trim

logger = logging.getLogger(__name__)

MOST_HOPS = 10
"""Redirects that are followed (Googlebot follows 10; Lemmy one, Mastodon three)."""


TOGETHER = 4
"""Transactions that are committed as one: a commit costs half as much as a page, and a kill loses what is not committed."""

AT_THE_LATEST = 0.02
"""Seconds until they are, however few."""


class StorePipeline:
    """Writes what became of each URL in one transaction and queues what it names."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StorePipeline:
        return cls(crawler)

    def open_spider(self) -> None:
        spider: Any = self.crawler.spider
        self.crawl: Crawl = spider.crawl
        loop = asyncio.get_running_loop()
        self.crawl.database.gather(TOGETHER, lambda: loop.call_later(AT_THE_LATEST, self.crawl.commit))

    def process_item(self, item: Any) -> Any:
        if not isinstance(item, Read):
            return item
        try:
            record = self._store(item)
        except sqlite3.Error as error:
            self.crawl.break_off(error)
            raise DropItem("The store cannot be written.") from error
        except Exception as error:
            # A fault of ours on one page must not lose the page: it is recorded, and the log says where.
            logger.exception("Storing %s failed", item.answer.url)
            item = Read(answer=item.answer, error=f"storing failed: {type(error).__name__}")
            record = self._bare_record(item)
            save_record(self.crawl.frontier, record)
        self.crawl.landed(item.answer.leased)
        if len(item.answer.body) > LARGE or (item.asset and item.asset.count > LONG_LIST):
            trim()
        self._count(item, record)
        return _item(item, record)

    def _store(self, item: Read) -> Record:
        """Record, facts, links and what is still to be asked: all or nothing."""
        with self.crawl.database.transaction():
            record = self._record(item)
            new: list[Wanted] = []
            if item.page is not None:
                new = self._page(item.answer, item.page)
            elif item.asset is not None:
                self._asset(item.answer, item.asset)
            save_record(self.crawl.frontier, record)
            if not item.error and (item.page or item.asset):
                self._remember(item.answer)
            self._seen(item, record, new)
        return record

    # -- records ---------------------------------------------------------------------------------

    def _bare_record(self, item: Read) -> Record:
        answer = item.answer
        leased = answer.leased
        return Record(
            url=answer.url,
            kind=leased.kind,
            status=answer.status,
            error=item.error or answer.error,
            hops=len(leased.chain),
            type=answer.type or None,
            size=answer.whole_size if answer.whole_size is not None else len(answer.body),
            latency=answer.latency,
            taken_over=item.taken_over,
        )

    def _remember(self, answer: Answer) -> None:
        """By what the next crawl recognises it."""
        if validator := validator_of(answer, self.crawl.earlier.reader):
            save_validator(self.crawl.frontier, answer.url, validator)

    def _record(self, item: Read) -> Record:
        answer = item.answer
        leased = answer.leased
        record = self._bare_record(item)
        if answer.status in MOVED:
            return self._moved(answer, record)
        if leased.kind == "page" and leased.source in ("home", "redirect-home"):
            self._home_answered(answer)
        if leased.kind == "page" and item.page is None:
            self.crawl.not_a_page_after_all()
        return record

    def _moved(self, answer: Answer, record: Record) -> Record:
        """A redirect is a record of its own; its target is a new row that remembers the chain."""
        leased = answer.leased
        if leased.kind == "page":
            self.crawl.not_a_page_after_all()
        target = self.crawl.redirect_target(answer.url, answer.headers.get("location", ""))
        chain = (*leased.chain, (answer.url, int(answer.status or 0)))
        if not answer.headers.get("location") or target is None:
            return attrs.evolve(record, error="redirect without a usable address")
        if leased.kind == TWIN:
            return attrs.evolve(record, redirect=target)
        if error := self._nowhere(target, chain):
            # Whoever follows a link to the first address ends here: the record of that address says so as well.
            save_error(self.crawl.frontier, chain[0][0], error)
            return attrs.evolve(record, error=error, redirect=target)
        if leased.kind == "page" and not self.crawl.same_site(target):
            return self._left(answer, record, target)
        source = "redirect-home" if leased.source in ("home", "redirect-home") else "redirect"
        self.crawl.want(
            [
                Wanted(
                    url=target, kind=leased.kind, source=source, depth=leased.depth, parent=answer.url, chain=chain,
                    priority=SOON if leased.kind == "page" else ASSETS,
                )
            ]
        )  # fmt: skip
        return attrs.evolve(record, redirect=target)

    def _nowhere(self, target: str, chain: tuple[tuple[str, int], ...]) -> str | None:
        """Why a chain of redirects ends without an answer."""
        if any(url == target for url, _ in chain):
            return "redirect loop"
        return f"redirect: more than {MOST_HOPS} hops" if len(chain) > MOST_HOPS else None

    def _left(self, answer: Answer, record: Record, target: str) -> Record:
        """A page that redirects off the site is not followed; where nobody could follow it, that is its fault."""
        if answer.leased.source in ("home", "redirect-home"):
            self.crawl.problems.append(f"{answer.url} redirects to another site: {target}")
        try:
            resolver.gate.check(target)
        except Refused as refused:
            return attrs.evolve(record, redirect=target, error=f"redirect refused: {refused}")
        return attrs.evolve(record, redirect=target)

    def _home_answered(self, answer: Answer) -> None:
        if answer.status is None:
            # Unreachable under this scheme: the next candidate; the last one's reason is what the user reads.
            self.crawl.problems.append(f"{answer.url} cannot be reached: {answer.error}")
            self.crawl.try_home()
        elif self.crawl.home is None:
            self.crawl.settle_home(answer.url)

    def _seen(self, item: Read, record: Record, new: list[Wanted]) -> None:
        """What this address says about the others of its pattern."""
        leased, page = item.answer.leased, item.page
        if leased.kind not in ("page", "sitemap") or (record.error or "").startswith(NEVER_ASKED):
            return
        columns = page.record.columns if page else {}
        seen = Seen(
            url=record.url, source=leased.source, depth=leased.depth, parent=leased.parent, status=record.status,
            heads=heads_of(columns.get("title"), columns.get("h1")),
            text=text_of(columns.get("words", 0), columns.get("text_sha1")),
            led_on=self.crawl.traps.leads_on(record.url, (one.url for one in new if one.kind == "page")),
        )  # fmt: skip
        self.crawl.saw(seen, leased.kind)

    # -- pages and files ---------------------------------------------------------------------------

    def _page(self, answer: Answer, page: PageResult) -> list[Wanted]:
        """Facts, links and assets; the addresses that nobody had named before."""
        crawl, leased = self.crawl, answer.leased
        save_page(crawl.frontier, page.record, depth=leased.depth)
        save_uses(crawl.frontier, answer.url, ((url, role) for url, _, role in page.assets))
        if (answer.status or 0) >= 400:
            return []
        # What is known already is not weighed again: a site's icons and feeds stand on each of its pages.
        wanted = [Wanted(url=url, kind=kind, source="page", parent=answer.url, priority=_urgency(kind))
                  for url, kind, _ in page.assets
                  if not crawl.frontier.knows(url) and (kind != "feed" or "feeds" in crawl.options.sources)]  # fmt: skip
        if "links" in crawl.options.sources and not crawl.options.urls:
            for url, source in page.pages:
                if crawl.frontier.knows(url):
                    continue
                if one := crawl.page_wanted(url, source=source, depth=leased.depth + 1, parent=answer.url):
                    wanted.append(one)
        return crawl.want(wanted)

    def _asset(self, answer: Answer, asset: AssetResult) -> None:
        crawl = self.crawl
        kind = answer.leased.kind
        save_asset(crawl.frontier, answer.url, kind, asset.facts, asset.thumb, picture=asset.picture)
        if answer.status != 200 or kind not in ("sitemap", "feed"):
            return
        crawl.want(
            Wanted(url=url, kind="sitemap", source="sitemap", parent=answer.url, priority=SOON, depth=answer.leased.depth + 1)
            for url in asset.sitemaps
            if crawl.same_site(crawl.scope.public(url)) and answer.leased.depth < DEEPEST_INDEX
        )  # fmt: skip
        for start in range(0, len(asset.pages), SLICE):
            self._listed(answer.url, kind, asset.pages[start : start + SLICE])

    def _listed(self, source: str, kind: str, entries: tuple[tuple[str, str | None], ...]) -> None:
        """A slice of what a sitemap or feed lists: a whole one as rows would take tens of megabytes."""
        crawl = self.crawl
        listed = [(spelled, date) for url, date in entries if (spelled := crawl.scope.spelled(url))]
        save_listed(crawl.frontier, source, kind, listed)
        if crawl.options.urls or f"{kind}s" not in crawl.options.sources:
            return
        named = (
            crawl.page_wanted(url, source=kind, depth=LISTED_DEPTH, parent=source, priority=PAGES) for url, _ in listed
        )
        crawl.want(one for one in named if one)

    def _count(self, item: Read, record: Record) -> None:
        counts = self.crawl.counts
        counts["urls"] += 1
        counts["pages"] += item.page is not None and record.status == 200
        counts["errors"] += record.kind != TWIN and (record.status is None or record.status >= 400)


NEVER_ASKED = ("robots", "refused")
"""Classes of errors of addresses that were not asked, and so say nothing about others of their pattern."""

DEEPEST_INDEX = 2
"""Sitemap indexes below each other that are followed (sitemaps.org allows one)."""

SLICE = 1_000

LONG_LIST = 5_000
"""Entries of a sitemap whose rows leave megabytes behind."""

LISTED_DEPTH = 3
"""Depth under which a page that only a sitemap or feed names is queued: behind the first two levels of links."""


def _urgency(kind: str) -> int:
    return SOON if kind == "feed" else ASSETS


def _item(item: Read, record: Record) -> Item:
    page = item.page
    judged = page.judgement if page else None
    return Item(
        url=record.url,
        final_url=record.redirect or record.url,
        kind=record.kind,
        status=record.status,
        error=record.error,
        title=page.title if page else None,
        score=judged.score if judged else None,
        tactics=dict(judged.tactics) if judged else {},
        platforms=dict(judged.platforms) if judged else {},
        findings=list(judged.findings) if judged else [],
    )
