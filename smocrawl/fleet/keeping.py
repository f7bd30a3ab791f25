"""While a site is crawled: the database hears that we live, the shared place gets copies of the store."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

import psycopg
from attrs import define, field

from smocrawl.clients.process import Children
from smocrawl.fleet import Lost
from smocrawl.fleet.pace import Pace
from smocrawl.fleet.place import PlaceError

logger = logging.getLogger(__name__)


@define
class Keeping:
    """Two threads, from the claim of a site until its result is recorded."""

    pace: Pace
    holds: Callable[[], bool]
    """Tells the database that we live; whether the job is still ours."""
    copy: Callable[[], None]
    """Of the store, into the shared place."""
    children: Children
    lost: str = ""
    """Why the job is ours no more."""
    _heard: float = field(factory=time.monotonic)
    _over: threading.Event = field(factory=threading.Event)
    _crawled: threading.Event = field(factory=threading.Event)
    _threads: list[threading.Thread] = field(factory=list)

    def __enter__(self) -> Self:
        self._start(self._beat)
        return self

    def _start(self, work: Callable[[], None]) -> None:
        self._threads.append(threading.Thread(target=work, name="keeping", daemon=True))
        self._threads[-1].start()

    def save(self) -> None:
        """Copies from now on.  Not before the store was brought here: what lay here until then may be years old."""
        self._start(self._save)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.crawled()
        self._over.set()
        for thread in self._threads:
            thread.join()

    def crawled(self) -> None:
        """No further copies by the clock: the last one is made by who calls this."""
        self._crawled.set()
        for thread in self._threads[1:]:
            thread.join()

    def ours(self) -> None:
        """:class:`Lost` where the job is not."""
        if self.lost:
            raise Lost(self.lost)

    def _beat(self) -> None:
        while not self._over.wait(self.pace.beat):
            try:
                if not self.holds():
                    self._lose("another machine has taken the site over", signal.SIGKILL)
                    return
                self._heard = time.monotonic()
            except psycopg.Error as error:
                silent = time.monotonic() - self._heard
                logger.warning("The database is out of reach for %d seconds: %s", silent, type(error).__name__)
                if silent > self.pace.lease:
                    self._lose("the database is out of reach for too long; another machine may begin", signal.SIGKILL)
                    return

    def _lose(self, why: str, number: int) -> None:
        logger.warning("The crawl is stopped: %s", why)
        self.lost = why
        self.children.stop(number)

    def _save(self) -> None:
        """A copy that fails is made up for by the next: the crawl itself needs none."""
        while not self._crawled.wait(self.pace.checkpoint):
            if self.lost:
                return
            try:
                self.copy()
            except (PlaceError, OSError) as error:
                logger.warning("No copy of the store for now: %s", error)
