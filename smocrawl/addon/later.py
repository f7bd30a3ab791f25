"""Reads what a host's spider left unread: the command that asks for the site's report has the time that the spider had not."""

from __future__ import annotations

import logging
from collections import deque
from concurrent.futures import Future
from typing import Any

from attrs import evolve

from smocrawl import audience
from smocrawl.addon.audit import Audited, audit
from smocrawl.addon.pages import Pages, Seen
from smocrawl.reading import AssetResult, read_asset
from smocrawl.spiders.options import stored_options
from smocrawl.spiders.scope import Scope
from smocrawl.store import runs, unread
from smocrawl.store.database import Database
from smocrawl.workers import CPU_SECONDS, ENDINGS, WALL_SECONDS, Workers, stopped

logger = logging.getLogger(__name__)

AHEAD = 3
"""Answers for each worker that are given out before the first of them is written."""


def read_unread(database: Database, run: runs.Run, workers: Workers) -> int:
    """How many answers were read into *run*; what is broken off goes on the next time, from where it was."""
    reader = _Reader(database, run, workers)
    waiting: deque[tuple[str, Seen, Future[Any]]] = deque()
    number = 0
    for url, seen, body in unread.all_unread(database, run.id, Seen):
        number += 1
        if seen is None:
            unread.forget(database, run.id, url)
            continue
        whole = evolve(seen, body=body)
        waiting.append((url, whole, reader.submitted(whole)))
        if len(waiting) > AHEAD * workers.number:
            reader.land(*waiting.popleft())
    while waiting:
        reader.land(*waiting.popleft())
    return number


class _Reader:
    """One run, its pages read by *workers*, each by itself, as the add-on would have while the spider ran."""

    def __init__(self, database: Database, run: runs.Run, workers: Workers) -> None:
        scope = Scope(stored_options(run.options))
        scope.settle(run.home)
        self.pages = Pages(database, run.id, scope, run.started)
        self.audience = audience.load(str(run.options.get("audience") or "general"))
        self.workers = workers

    def submitted(self, seen: Seen, *, lean: bool = False) -> Future[Any]:
        task = seen.task(self.pages.spelled(seen.url), lean=lean)
        if seen.kind != "page":
            return self.workers.submit(read_asset, task)
        return self.workers.submit(audit, task, self.pages.scope, self.audience, self.pages.now)

    def land(self, url: str, seen: Seen, future: Future[Any]) -> None:
        """Write what was found, and forget the bytes: both or neither."""
        found, error = self._result(seen, future)
        with self.pages.database.transaction():
            if self.pages.is_new(self.pages.spelled(seen.url)):
                self._write(seen, found, error)
            unread.forget(self.pages.database, self.pages.run, url)

    def _write(self, seen: Seen, found: Audited | AssetResult | None, error: str | None) -> None:
        if isinstance(found, Audited):
            self.pages.save_audited(seen, found, error)
        elif found is not None:
            self.pages.save_picture(seen, found)
        else:
            self.pages.save_failed(seen, error)

    def _result(self, seen: Seen, future: Future[Any]) -> tuple[Audited | AssetResult | None, str | None]:
        """What a worker made of it, and what was wrong; a page that is too much is read at its beginning alone."""
        why: str | None = None
        for attempt in (future, None):
            try:
                return (attempt or self.submitted(seen, lean=True)).result(), why
            except ENDINGS as ending:
                why = str(stopped(ending, WALL_SECONDS, CPU_SECONDS))
                if seen.kind != "page":
                    break
            except Exception as fault:
                logger.exception("Reading %s failed", seen.url)
                return None, f"reading failed: {type(fault).__name__}"
        return None, why
