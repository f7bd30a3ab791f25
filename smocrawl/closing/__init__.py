"""The closing pass: once nothing is left to ask, every page is judged with the whole context and the report is written."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from attrs import frozen

from smocrawl import audience, scoring, site
from smocrawl.closing.copies import mark_copies
from smocrawl.closing.judging import Chunk, chunks, few_and_known, forget_verdicts, judge_chunk
from smocrawl.closing.site_facts import read_site_facts
from smocrawl.closing.unchanged import compare, judged_by, take_over_verdicts
from smocrawl.spiders.options import SOURCES
from smocrawl.spiders.scope import Scope
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.reviews import save_verdicts
from smocrawl.workers import Stopped, Workers, trim

logger = logging.getLogger(__name__)


@frozen(kw_only=True)
class Closing:
    """What the closing pass needs."""

    path: Path
    run: int
    folder: Path
    scope: Scope
    home: str | None
    brand: str = ""
    language: str = "en"
    form: str = "auto"


class Interrupted(Exception):  # noqa: N818 - not a fault
    """A signal came; what is judged so far is kept, and the same command goes on."""


def close(closing: Closing, workers: Workers, *, stop: Callable[[], bool] = lambda: False) -> Path:
    """Judge, analyse, render; the folder of the report.  Runs in a thread of its own, with its own connection."""
    database = Database(closing.path)
    try:
        runs.update(database, closing.run, state="closing")
        database.stop_when(stop)
        judge_site(database, closing, workers, stop)
        return render(database, closing, workers)
    except sqlite3.OperationalError as error:
        if stop():
            raise Interrupted from error
        raise
    finally:
        database.close()


def judge_site(database: Database, closing: Closing, workers: Workers, stop: Callable[[], bool]) -> None:
    """Derive every verdict of the run from its facts."""
    run = runs.load(database, closing.run)
    runs.update(database, closing.run, ruleset=scoring.RULESET, algorithm=scoring.ALGORITHM)
    profile = audience.load(closing.scope.options.audience)
    # Tables that an analysis which was broken off has left bear names of the store's own.
    site.clear(database)
    forget_verdicts(database, closing.run)
    mark_copies(database, closing.run, closing.scope)
    is_large = database.scalar("SELECT count(*) FROM page WHERE run = ?", closing.run) > LARGE
    if is_large:
        # The graph of its links is held in memory by one process alone; the others start anew with the first chunk.
        workers.close()
        workers.most_tasks = MOST_CHUNKS
        trim()
    site.measure(database, closing.run)
    facts = read_site_facts(
        database, closing.run, home=closing.home, scope=closing.scope, now=run.started, audience=profile,
        links_followed=_links_followed(run.options),
    )  # fmt: skip
    mark = judged_by(closing.scope, closing.home, profile)
    before = compare(database, closing.run, facts, mark)
    if before is not None:
        take_over_verdicts(database, closing.run, before.run, before.sure)
    pages = chunks(database, closing.run, facts, before, site.begin(database, closing.run))
    unreadable = _judge_pages(database, closing.run, pages, workers, stop)
    if unreadable:
        runs.note(database, closing.run, UNREADABLE.format(number=unreadable))
    runs.update(database, closing.run, judged_by=mark)
    if is_large:
        # What follows is done by one process alone: the memory of the others is better used by it.
        workers.close()
    same_as = before.run if before and before.is_all_the_same else None
    site.analyse(database, closing.run, profile, run.started, begun=True, same_as=same_as)
    if stop():
        # A check that was broken off has no answer; its analysis is made anew.
        raise Interrupted


def _judge_pages(
    database: Database, run: int, pages: Iterable[Chunk], workers: Workers, stop: Callable[[], bool]
) -> int:
    """All pages that have no verdict yet, laid out for the analysis on the way; the number of those that cannot be read."""
    unreadable = 0
    # Starting processes costs more than judging what others like them have judged before without harm.
    judges = Workers(0) if few_and_known(database, run) else workers
    for chunk, found in judges.map(judge_chunk, pages):
        # Where a worker died over a chunk, one page was too much: the others are judged one by one.
        tried = judges.map(judge_chunk, chunk.singly()) if isinstance(found, Stopped) else ((chunk, found),)
        for _, judged in tried:
            if isinstance(judged, Stopped):
                unreadable += 1
                continue
            with database.transaction():
                save_verdicts(database, judged.verdicts)
                site.write(database, judged.rows)
            if chunk.before is not None and judged.verdicts.held:
                take_over_verdicts(database, run, chunk.before.run, judged.verdicts.held)
            unreadable += judged.verdicts.unreadable
        if stop():
            raise Interrupted
    return unreadable


UNREADABLE = "{number:,} stored pages cannot be read and were not judged; a new crawl reads them again (-a fresh=1)."


def _links_followed(options: Mapping[str, Any]) -> bool:
    return "links" in (options.get("sources") or SOURCES) and not options.get("urls")


LARGE = 5_000
"""Pages from which on memory is scarcer than time: the report's own process holds some kilobytes of each."""

MOST_CHUNKS = 250
"""Chunks that one worker judges of a large site, 10,000 pages: those of 50,000 leave it a tenth larger."""

AHEAD = 40
"""Parts of the details that are given out while the tables are written: of 2,000 pages, some 10 MB."""


def render(database: Database, closing: Closing, workers: Workers | None = None) -> Path:
    """*workers*: where they run, they make the details of the pages."""
    from smocrawl import report  # noqa: PLC0415 - who judges in a worker shall not hold it in memory

    run = runs.load(database, closing.run)
    folder = closing.folder / run.started.strftime("%Y-%m-%d_%H%M%S")
    report.render(
        database, closing.run, folder, brand=closing.brand or None, language=closing.language, form=closing.form,
        spelled=closing.scope.spelled,
        share=partial(workers.map, ahead=AHEAD) if workers and workers.is_running else None,
    )  # fmt: skip
    runs.update(database, closing.run, report=folder.name)
    report.render_domain_index(closing.folder)
    return folder
