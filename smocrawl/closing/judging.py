"""Judges stored pages with the whole context, chunk by chunk in the workers; the one writer stores what they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from smocrawl import site as whole_site
from smocrawl.closing.clock import Clock
from smocrawl.closing.contexts import Contexts
from smocrawl.closing.site_facts import SiteFacts
from smocrawl.closing.unchanged import Before
from smocrawl.page import Page
from smocrawl.review import judge
from smocrawl.store.database import Database
from smocrawl.store.facts import pack, unpack_if_readable
from smocrawl.store.reviews import Verdicts, finding_rows, review_row

CHUNK = 40
"""Pages a worker judges before it reports back: about 0.2 s of work."""

OK = 200
"""Pages of any other status are judged, but are none of the site's."""


@frozen(kw_only=True)
class Chunk:
    """Pages to judge."""

    path: str
    run: int
    urls: tuple[int, ...]
    site: SiteFacts
    before: Before | None = None
    """The crawl before, where its verdicts may hold."""
    home: int | None = None
    """The home page where it was read."""
    known: frozenset[int] = frozenset()
    """Pages that have their verdict: of them the site's analysis alone wants to know something."""

    def singly(self) -> Iterator[Chunk]:
        """Its pages, each a chunk of its own."""
        return (evolve(self, urls=(url,)) for url in self.urls)


Laid = tuple[str, tuple[Any, ...]]
"""(table, row)"""


@frozen(kw_only=True)
class Judged:
    """What a worker found in a chunk of pages."""

    verdicts: Verdicts
    rows: tuple[Laid, ...]
    """What the pages say that the checks of the site ask for: taken while their facts are at hand, for to read those
    once more would cost the one process that analyses the site more than all the rest of it."""


def judge_chunk(chunk: Chunk) -> Judged:
    """Runs in a worker: reads the facts, judges, gives back rows."""
    database = Database(chunk.path, read_only=True)
    try:
        contexts = Contexts(database, chunk.run, chunk.site)
        reviews: list[tuple[Any, ...]] = []
        findings: list[tuple[Any, ...]] = []
        held: list[int] = []
        rows: list[Laid] = []
        unreadable = 0
        for url in chunk.urls:
            # The home page says more than others: what was kept of it, were it of a time when it was none, is too little.
            taken = url in chunk.known and url != chunk.home
            if taken and (laid := _laid_out(database, chunk.run, url)) is not None:
                rows.extend(laid)
                continue
            blob, status = database.rows("SELECT facts, status FROM page WHERE run = ? AND url = ?", chunk.run, url)[0]
            page = unpack_if_readable(blob, Page)
            if page is None:
                unreadable += url not in chunk.known
                continue
            said = tuple(whole_site.page_rows(url, page, chunk.home)) if status == OK else ()
            rows.extend(said)
            if url in chunk.known:
                continue
            if chunk.before and url in chunk.before.doubtful and chunk.before.holds(page, contexts):
                held.append(url)
                continue
            clock = Clock.at(chunk.site.now)
            review = judge(page, evolve(contexts.of(page, url), now=clock))
            laid_out = None if url == chunk.home else pack(said)
            reviews.append(review_row(chunk.run, url, review, clock.note.until, laid_out))
            findings.extend(finding_rows(chunk.run, url, review))
    finally:
        database.close()
    verdicts = Verdicts(reviews=tuple(reviews), findings=tuple(findings), held=tuple(held), unreadable=unreadable)
    return Judged(verdicts=verdicts, rows=tuple(rows))


def _laid_out(database: Database, run: int, url: int) -> list[Laid] | None:
    """What a page whose verdict was taken over says to the checks of the site, where that is stored and can be read."""
    stored = database.rows("SELECT laid_out FROM review WHERE run = ? AND url = ?", run, url)[0][0]
    return unpack_if_readable(stored, list[Laid]) if stored else None


def chunks(database: Database, run: int, site: SiteFacts, before: Before | None, home: int | None) -> Iterator[Chunk]:
    """All pages of the run, in the order of their ids."""
    ids = [row[0] for row in database.rows("SELECT url FROM page WHERE run = ? ORDER BY url", run)]
    judged = {row[0] for row in database.rows("SELECT url FROM review WHERE run = ?", run)}
    for start in range(0, len(ids), CHUNK):
        urls = ids[start : start + CHUNK]
        yield Chunk(
            path=str(database.path), run=run, urls=tuple(urls), site=site, before=before, home=home,
            known=frozenset(judged.intersection(urls)),
        )  # fmt: skip


FEW = 1_000
"""Pages that one process judges in some seconds."""


def few_and_known(database: Database, run: int) -> bool:
    """Whether every page of the run was taken over from the crawl before, which judged it by the same rules."""
    row = database.rows(
        "SELECT count(*), coalesce(sum(fetch.taken_over IS NULL), 0) FROM page"
        " JOIN fetch ON fetch.run = page.run AND fetch.url = page.url WHERE page.run = ? AND page.status = 200",
        run,
    )[0]
    return 0 < row[0] <= FEW and not row[1]


def forget_verdicts(database: Database, run: int) -> None:
    """Everything that was derived from the facts of *run*: it will be derived anew."""
    with database.transaction() as connection:
        for table in ("review", "finding", "site_outcome", "site_score", "measure", "fix", "bot_reach", "agreement"):
            connection.execute(f"DELETE FROM {table} WHERE run = ?", (run,))  # noqa: S608 - our own table names
        connection.execute("UPDATE run SET judged_by = '' WHERE id = ?", (run,))
