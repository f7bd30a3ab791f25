"""The end of a crawl: what was never asked gets its record, the site is judged, the report written, the ending said."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from smocrawl.closing import Closing, close
from smocrawl.closing.ending import Ending, ended, home_problems, missing_pages, nothing, shows_nothing
from smocrawl.closing.folder_notes import folder_notes
from smocrawl.spiders.crawl import Crawl
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.workers import Workers

logger = logging.getLogger(__name__)


def finish(crawl: Crawl, workers: Workers, settings: Mapping[str, Any]) -> Ending:
    """Runs in a thread while Scrapy waits; has a connection of its own."""
    database = Database(crawl.database.path)
    try:
        if crawl.interrupted is None:
            _never_asked(database, crawl)
            _cut_patterns(database, crawl.run)
            _pictures_by_their_heads(database, crawl.run)
            _taken_over(database, crawl)
            if crawl.options.site:
                for sentence in folder_notes(database, crawl):
                    runs.note(database, crawl.run, sentence)
        pages = database.scalar("SELECT count(*) FROM page WHERE run = ? AND status = 200", crawl.run)
        found = home_problems(database, crawl.run, str(settings["USER_AGENT"]))
        problems = [*found, *crawl.problems] if found or not pages else list(crawl.problems)
        if not pages or (pages == 1 and shows_nothing(found)):
            state = "stopped" if crawl.interrupted else "nothing"
            runs.update(database, crawl.run, state=state, ended=runs.now().isoformat())
            # Of a crawl that began at seeds or a list no home page says why.
            return nothing(problems or missing_pages(database, crawl.run))
        crawl.stage = "judging"
        missing = [*found, *missing_pages(database, crawl.run)]
        for sentence in missing:
            runs.note(database, crawl.run, sentence)
        if crawl.interrupted:
            # For the user's eyes alone: the notes stay with the run, which will go on.
            missing = [STOPPED.format(number=still_to_ask(database, crawl.run)), *missing]
        closing = Closing(
            path=database.path, run=crawl.run, folder=crawl.folder, scope=crawl.scope, home=crawl.home,
            brand=str(settings.get("SMO_BRAND") or ""), language=str(settings.get("SMO_LANGUAGE") or "en"),
            form=str(settings.get("SMO_REPORT_FORM") or "auto"),
        )  # fmt: skip
        # A crawl that was stopped is judged as far as it came; a signal that comes while it is judged ends that.
        stopped_before = crawl.interrupted is not None
        report = close(closing, workers, stop=lambda: crawl.interrupted is not None and not stopped_before)
        state = "stopped" if crawl.interrupted else "incomplete" if missing else "done"
        runs.update(database, crawl.run, state=state, ended=runs.now().isoformat())
        return ended(database, crawl.run, report, interrupted=crawl.interrupted, missing=missing)
    finally:
        database.close()


STOPPED = "The crawl was stopped with {number:,} addresses still to be asked; the same command goes on."


def still_to_ask(database: Database, run: int) -> int:
    return database.scalar("SELECT count(*) FROM frontier WHERE run = ? AND state < 2", run)


def _never_asked(database: Database, crawl: Crawl) -> None:
    """Rows that a budget left in the queue: a record each, so that nothing is lost in silence."""
    if not crawl.options.max_pages:
        return
    reason = f"budget: {crawl.options.max_pages:,} pages"
    with database.transaction() as connection:
        cursor = connection.execute(
            "INSERT OR IGNORE INTO fetch (run, url, kind, status, error, at)"
            " SELECT run, url, kind, NULL, ?, ? FROM frontier WHERE run = ? AND state = 0",
            (reason, runs.now().isoformat(), crawl.run),
        )
        connection.execute("UPDATE frontier SET state = 2 WHERE run = ? AND state = 0", (crawl.run,))
    if cursor.rowcount > 0:
        runs.note(
            database, crawl.run,
            f"The crawl was told to read {crawl.options.max_pages:,} pages; {cursor.rowcount:,} more addresses were found and not asked.",
        )  # fmt: skip


MOST_PATTERNS = 10
"""Patterns that are named one by one."""


def _cut_patterns(database: Database, run: int) -> None:
    """One sentence for each kind of address that was cut, with their number."""
    rows = database.rows(
        "SELECT substr(error, 9) AS what, count(*) AS number FROM fetch WHERE run = ? AND status IS NULL"
        " AND error LIKE 'budget: %' AND error NOT LIKE 'budget: % pages' GROUP BY error ORDER BY number DESC, what",
        run,
    )  # fmt: skip
    for row in rows[:MOST_PATTERNS]:
        sentence = ENDLESS if row["what"].startswith("/") else TOO_FAR
        runs.note(database, run, sentence.format(number=row["number"], what=row["what"]))
    if rest := sum(row["number"] for row in rows[MOST_PATTERNS:]):
        runs.note(database, run, MORE_ENDLESS.format(number=rest, kinds=len(rows) - MOST_PATTERNS))


def _pictures_by_their_heads(database: Database, run: int) -> None:
    """One sentence on the pictures that were not unpacked."""
    number = database.scalar(
        "SELECT count(*) FROM picture JOIN asset ON asset.run = picture.run AND asset.url = picture.url"
        " WHERE picture.run = ? AND picture.type IS NOT NULL AND asset.kind = 'image' AND picture.sha256 IS NULL",
        run,
    )
    if number:
        runs.note(database, run, BY_THEIR_HEADS.format(number=number))


def _taken_over(database: Database, crawl: Crawl) -> None:
    """One sentence on the pages that were not read again."""
    rows = database.rows(
        "SELECT taken_over, count(*) FROM fetch WHERE run = ? AND kind = 'page' AND status = 200 GROUP BY taken_over",
        crawl.run,
    )
    pages = {row[0]: row[1] for row in rows}
    taken = sum(pages.values()) - pages.get(None, 0)
    if taken:
        before = runs.load(database, crawl.earlier.run)
        said = TAKEN_OVER.format(taken=taken, pages=sum(pages.values()), when=f"{before.started:%Y-%m-%d %H:%M} UTC")
        runs.note(database, crawl.run, said)


TAKEN_OVER = (
    "{taken:,} of {pages:,} pages were as in the crawl of {when}: what they say was taken over from there and judged by"
    " today's rules (-a full=1 reads everything anew)."
)
BY_THEIR_HEADS = (
    "{number:,} share pictures were read by their first 64 kB alone, being more than SMO_WHOLE_IMAGES or larger than 5 MB:"
    " the report cannot show them, nor tell whether they look like others."
)
ENDLESS = (
    "{number:,} addresses like {what} were not asked: those that were go on without end, repeat each other or are gone."
)
TOO_FAR = "Addresses that were not asked: {number:,} ({what})."
MORE_ENDLESS = "{number:,} more addresses of {kinds} other endless kinds were not asked."
