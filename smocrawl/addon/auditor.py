"""The one thread of a process in which pages are handed to workers and written to stores: never the host's own.

Everything it is told comes as a call in its inbox, so that its state belongs to one thread.  What waits is bounded in
pages and bytes: half of it waits in memory, what comes then is put by in the store, to be read when a report is asked for.
An answer that comes when the bound is reached all the same is not audited, and counted; the host never waits.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from queue import SimpleQueue
from typing import Any

from smocrawl.addon.audit import Audited, audit, get_ready
from smocrawl.addon.guests import POINTS, SCORED, TENTHS, Guest, Job
from smocrawl.addon.sites import LEFT_OUT, Site, options_of, origin_of, scope_of
from smocrawl.reading import AssetResult, read_asset
from smocrawl.workers import CPU_SECONDS, ENDINGS, WALL_SECONDS, Workers, stopped

logger = logging.getLogger(__name__)

MOST_SITES = 20
"""Stores that one process holds open; pages of further hosts are audited and counted, not stored."""


class Auditor:
    """Of all spiders of a process: one pool of workers, one store for each site."""

    def __init__(self, workers: Workers) -> None:
        self._inbox: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
        self._workers = workers
        self._at_once = 2 * max(1, workers.number)
        self._waiting: deque[Job] = deque()
        self._flying: set[Job] = set()
        self._sites: dict[str, Site | None] = {}
        self._guests: set[Guest] = set()
        self._told: set[str] = set()
        self._thread = threading.Thread(target=self._work, name="smocrawl", daemon=True)
        self._thread.start()

    # -- called by the host's thread --------------------------------------------------------------

    def enter(self, guest: Guest) -> None:
        self._inbox.put(partial(self._entered, guest))

    def offer(self, job: Job) -> bool:
        """Whether the answer is taken; it is not where too much waits already."""
        if not job.guest.takes(len(job.seen.body)):
            self._inbox.put(partial(self._left_out, job))
            return False
        self._inbox.put(partial(self._arrived, job))
        return True

    def leave(self, guest: Guest) -> Future[None]:
        """Done when every answer of *guest* is read and written."""
        left: Future[None] = Future()
        self._inbox.put(partial(self._leave, guest, left))
        return left

    def give_up(self, guest: Guest) -> None:
        """Time is up: what still waits is put by."""
        self._inbox.put(partial(self._give_up, guest))

    # -- its own thread ----------------------------------------------------------------------------

    def _work(self) -> None:
        while (call := self._inbox.get()) is not None:
            try:
                call()
                if self._inbox.empty():
                    self._commit()
            except Exception as error:  # noqa: BLE001 - nothing of ours may reach the host
                self._fault(error, "audit")

    def _entered(self, guest: Guest) -> None:
        is_first = not self._guests
        self._guests.add(guest)
        if is_first and not guest.terms.later:
            for _ in range(self._workers.number):
                self._workers.submit(get_ready)

    def _fault(self, error: Exception, where: str, guest: Guest | None = None) -> None:
        for one in [guest] if guest else self._guests:
            one.count(errors=1)
        if where not in self._told:
            self._told.add(where)
            logger.error("smocrawl: %s failed (said once; smo/errors counts): %s", where, error, exc_info=error)

    def _commit(self) -> None:
        for site in self._sites.values():
            if site is not None:
                site.commit()

    def _arrived(self, job: Job) -> None:
        try:
            job.site = self._site_of(job)
            if job.seen.kind == "robots":
                if job.site is not None and job.site.is_new(job.seen.url):
                    job.site.save_robots(job.seen)
                self._finished(job)
            elif job.seen.moved_to:
                self._record_alone(job, None)
            elif job.guest.terms.later or (job.site is not None and job.guest.is_half_full):
                self._put_by(job)
                self._finished(job)
            else:
                self._waiting.append(job)
                self._feed()
        except Exception as error:  # noqa: BLE001 - one answer, never the others
            self._fault(error, "store", job.guest)
            self._finished(job)

    def _feed(self) -> None:
        while self._waiting and len(self._flying) < self._at_once:
            job = self._waiting.popleft()
            try:
                future = self._submitted(job)
            except Exception as error:  # noqa: BLE001 - a pool that does not start must not stop the thread
                self._fault(error, "workers", job.guest)
                self._finished(job)
                continue
            self._flying.add(job)
            future.add_done_callback(partial(self._report, job))

    def _report(self, job: Job, future: Future[Any]) -> None:
        """Called by the pool's thread."""
        self._inbox.put(partial(self._landed, job, future))

    def _submitted(self, job: Job) -> Future[Any]:
        seen, terms = job.seen, job.guest.terms
        # What is not stored is judged as its own site all the same.
        site = job.site
        task = seen.task(site.spelled(seen.url) if site else seen.url, lean=job.too_much is not None)
        if seen.kind != "page":
            return self._workers.submit(read_asset, task)
        scope = site.scope if site else scope_of(seen.url)
        return self._workers.submit(audit, task, scope, terms.audience, site.now if site else None)

    def _landed(self, job: Job, future: Future[Any]) -> None:
        self._flying.discard(job)
        if not job.guest.given_up:
            self._settle_job(job, future)
        self._feed()

    def _settle_job(self, job: Job, future: Future[Any]) -> None:
        error = future.exception()
        if isinstance(error, ENDINGS) and job.seen.kind == "page" and job.too_much is None:
            # As in a crawl of our own: a page that is too much for a worker is read at its beginning alone.
            job.too_much = str(stopped(error, WALL_SECONDS, CPU_SECONDS))
            self._waiting.appendleft(job)
            return
        try:
            if error is not None:
                self._failed(job, error)
            else:
                self._save(job, future.result())
        except Exception as fault:  # noqa: BLE001 - a full disk takes the store, not the crawl
            self._fault(fault, "store", job.guest)
        self._finished(job)

    def _save(self, job: Job, result: Audited | AssetResult) -> None:
        if isinstance(result, Audited):
            self._count(job.guest, result)
            job.score.set_result(result.score)
        site = job.site
        if site is None or not site.is_new(site.spelled(job.seen.url)):
            return
        if isinstance(result, Audited):
            site.save_audited(job.seen, result, job.too_much)
        else:
            site.save_picture(job.seen, result)

    def _count(self, guest: Guest, audited: Audited) -> None:
        counted = {f"{check}/{outcome}": 1 for check, outcome in audited.outcomes.items()}
        counted["pages"] = 1
        if audited.score is not None:
            counted[SCORED], counted[POINTS] = 1, round(audited.score * TENTHS)
        guest.add(counted)

    def _failed(self, job: Job, error: BaseException) -> None:
        if isinstance(error, ENDINGS):
            job.guest.count(too_much=1)
            self._record_alone(job, str(stopped(error, WALL_SECONDS, CPU_SECONDS)), finish=False)
            return
        self._fault(error if isinstance(error, Exception) else RuntimeError(repr(error)), "reading", job.guest)
        self._record_alone(job, f"reading failed: {type(error).__name__}", finish=False)

    def _record_alone(self, job: Job, error: str | None, *, finish: bool = True) -> None:
        if job.site is not None and job.site.is_new(job.site.spelled(job.seen.url)):
            job.site.save_failed(job.seen, error)
        if finish:
            self._finished(job)

    def _put_by(self, job: Job) -> None:
        """Into the store as it came: the next command that asks for the site reads it."""
        try:
            if job.site is not None and job.site.put_by(job.seen):
                job.guest.count(kept=1)
                return
        except Exception as error:  # noqa: BLE001 - a full disk
            self._fault(error, "store", job.guest)
        self._left_out(job)

    def _left_out(self, job: Job) -> None:
        job.guest.count(not_audited=1)
        if (site := job.site or self._sites.get(origin_of(job.seen.url))) is not None:
            site.counts[LEFT_OUT] += 1
        if not job.score.done():
            job.score.set_result(None)

    def _finished(self, job: Job) -> None:
        if not job.score.done():
            job.score.set_result(None)
        job.guest.done(len(job.seen.body))
        self._settle(job.guest)

    # -- sites -------------------------------------------------------------------------------------

    def _site_of(self, job: Job) -> Site | None:
        """Its store, opened at the first page; None where it cannot be, which is said once for each host."""
        origin = origin_of(job.seen.url)
        if origin not in self._sites:
            self._sites[origin] = self._opened(origin, job.guest)
        site = self._sites[origin]
        if site is not None:
            site.users.add(job.guest)
            job.guest.sites.add(site.name)
        return site

    def _opened(self, origin: str, guest: Guest) -> Site | None:
        opened = {site.name: site for site in self._sites.values() if site is not None}
        try:
            options = options_of(origin)
            if options.folder in opened:
                return opened[options.folder]
            if len(opened) < MOST_SITES:
                return Site(options, guest.terms, origin, guest.spider)
            why = f"{MOST_SITES} sites have a store already"
        except Exception as error:  # noqa: BLE001 - whatever is wrong with a host's name or this machine's disk
            why = str(error)
        guest.count(sites_not_stored=1)
        logger.warning("smocrawl: the pages of %s are audited but not stored: %s", origin, why)
        return None

    # -- ending ------------------------------------------------------------------------------------

    def _leave(self, guest: Guest, left: Future[None]) -> None:
        guest.left = left
        self._settle(guest)

    def _give_up(self, guest: Guest) -> None:
        guest.given_up = True
        mine = [job for job in (*self._waiting, *self._flying) if job.guest is guest]
        self._waiting = deque(job for job in self._waiting if job.guest is not guest)
        for job in mine:
            self._put_by(job)
            if not job.score.done():
                job.score.set_result(None)
            job.guest.done(len(job.seen.body))
        self._farewell(guest)

    def _settle(self, guest: Guest) -> None:
        if guest.left is not None and (guest.given_up or guest.held == 0):
            self._farewell(guest)

    def _farewell(self, guest: Guest) -> None:
        """Stores that nobody else writes to are closed; after the last spider the thread ends."""
        if guest not in self._guests:
            return
        self._guests.discard(guest)
        for origin, site in list(self._sites.items()):
            if site is None:
                continue
            site.users.discard(guest)
            if not site.users:
                del self._sites[origin]
                self._close(site, guest)
        if not self._guests:
            self._end()
        if guest.left is not None and not guest.left.done():
            guest.left.set_result(None)

    def _end(self) -> None:
        try:
            self._workers.close()
        except Exception as error:  # noqa: BLE001 - the host is not to wait for it
            logger.warning("smocrawl: the workers did not end as they should: %s", error)
        self._inbox.put(None)

    def _close(self, site: Site, guest: Guest) -> None:
        try:
            if site.is_open:
                site.close()
        except Exception as error:  # noqa: BLE001 - a full disk
            self._fault(error, "store", guest)


# -- one for each process --------------------------------------------------------------------------

_door = threading.Lock()
_present: dict[Auditor, int] = {}


def enter(guest: Guest) -> Auditor:
    """The auditor of this process; the first guest's terms say how many workers it has."""
    with _door:
        auditor = next(iter(_present), None) or Auditor(Workers(guest.terms.workers, niceness=guest.terms.niceness))
        _present[auditor] = _present.get(auditor, 0) + 1
        auditor.enter(guest)
    return auditor


def leave(auditor: Auditor, guest: Guest) -> Future[None]:
    """Done when every page of *guest* is read and written; :meth:`Auditor.give_up` hastens it."""
    with _door:
        _present[auditor] -= 1
        if not _present[auditor]:
            # The next one that enters finds a new auditor: this one is on its way out.
            del _present[auditor]
    return auditor.leave(guest)
