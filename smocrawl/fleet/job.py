"""One job: a site's store is brought here, crawled into, taken back; what became of it is recorded once."""

from __future__ import annotations

import logging
import os
import shutil
import socket
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
from attrs import define, evolve, field

from smocrawl.clients import ledger, process
from smocrawl.clients.client import Client, ClientList
from smocrawl.clients.due import last_run
from smocrawl.clients.ledger import Tried
from smocrawl.clients.overview import STORE
from smocrawl.clients.process import Children, Ended
from smocrawl.clients.run_all import FINISHED, Job, hidden_of, tell
from smocrawl.closing.ending import DONE, INCOMPLETE, NOTHING
from smocrawl.fleet.joint import result_of, write_page
from smocrawl.fleet.keeping import Keeping
from smocrawl.fleet.pace import Pace
from smocrawl.fleet.place import Place, PlaceError
from smocrawl.fleet.queue import Held
from smocrawl.fleet.register import DATABASE, Register, Row
from smocrawl.store.database import Database

logger = logging.getLogger(__name__)

STORAGE_KEYS = ("AWS_", "FSSPEC_", "GOOGLE_", "AZURE_", "PG")
"""How the names of the environment begin that no crawl may see."""

PATIENCE = 600.0
"""Seconds that a finished crawl waits for a shared place that is out of reach, before the job is tried anew."""

BOUND = ("setpriv", "--pdeathsig", "KILL", "--")
"""util-linux: the crawl dies with the worker, which nobody could stop otherwise when another machine begins."""


ENDED = {"done": DONE, "incomplete": INCOMPLETE, "nothing": NOTHING}
"""States of a run from which nothing goes on."""


class Again(Exception):  # noqa: N818 - no fault: the job goes back into the queue
    """The job cannot be done here and now."""


@define
class Fleet:
    """This worker: what it works by, and the crawl that runs."""

    listed: ClientList
    register: Register
    place: Place
    pace: Pace
    stopping: bool = False
    patience: float = PATIENCE
    _children: Children = field(factory=Children)

    def stop(self, number: int) -> None:
        """The crawl stores what it has; its job goes back into the queue."""
        self.stopping = True
        self._children.stop(number)

    def crawl(self, job: Held, folder: str) -> str:
        """What Procrastinate calls; the answer goes into its log."""
        client = next((one for one in self.listed.clients if one.folder == folder), None)
        if client is None:
            raise Again(f"{folder} is not in {self.listed.file} of this machine")
        holder = f"{socket.gethostname()}, process {os.getpid()}"
        row = self.register.claim(folder, job.origin, holder=holder, newest=self.place.token(folder))
        if row is None:
            write_page(self.listed, self.register, self.place)  # which may be why the job is tried once more
            return "done before"
        with ledger.held(client.home) as free:
            if not free or (crawler := ledger.crawler_of(client.home)):
                raise Again(f"{folder} is in hand on this machine already" + (f", by {crawler}" if free else ""))
            return self._claimed(client, row, job)

    def _claimed(self, client: Client, row: Row, job: Held) -> str:
        self._children = children = Children(stopping=self.stopping)
        keeping = Keeping(
            pace=self.pace,
            holds=lambda: self.register.holds(row, job.id, job.worker),
            copy=lambda: self.place.push_store(client.folder, client.home, row.token),
            children=children,
        )
        with keeping:
            self.place.pull(client.folder, client.home)
            finished = last_finished(client.home)
            if row.baseline is None:
                self.register.begin(row, finished)
                row = evolve(row, baseline=finished)
            keeping.save()
            ended = self._ended(client, row, finished, children)
            keeping.crawled()
            keeping.ours()
            if self.stopping and ended.code not in FINISHED:
                keeping.copy()
                raise Again(f"{client.folder}: this worker was stopped; the crawl goes on elsewhere")
            self._deliver(client, keeping)
            return self._recorded(client, row, job, ended)

    def _ended(self, client: Client, row: Row, finished: int, children: Children) -> Ended:
        if finished > (row.baseline or 0):
            # The machine that had it before died between the last copy and the record.
            run = last_run(client)
            code = ENDED.get(run.state, NOTHING) if run else NOTHING
            return Ended(code=code, said="crawled by another machine, recorded by this one")
        bound = BOUND if shutil.which(BOUND[0]) else ()
        return process.crawl(
            client, self.listed.file.parent, children, hidden=self._hidden(), workers=os.cpu_count() or 1, before=bound
        )

    def _hidden(self) -> frozenset[str]:
        return hidden_of(self.listed.clients) | {
            DATABASE,
            *(name for name in os.environ if name.startswith(STORAGE_KEYS)),
        }

    def _deliver(self, client: Client, keeping: Keeping) -> None:
        """Into the shared place, however long that is out of reach, within reason."""
        began, tries = time.monotonic(), 0
        while True:
            keeping.ours()
            try:
                keeping.copy()
                run = last_run(client)
                self.place.push_report(client.folder, client.home, run.report if run else None, keeping.ours)
            except PlaceError as error:
                if self.stopping or time.monotonic() - began > self.patience:
                    raise
                logger.warning("%s; it is tried again", error)
                time.sleep(self.pace.wait(tries))
                tries += 1
            else:
                return

    def _recorded(self, client: Client, row: Row, job: Held, ended: Ended) -> str:
        # The crawl knows its working folder alone; who looks for the report looks in the shared place.
        ended = evolve(ended, said=ended.said.replace(str(client.home.absolute()), self.place.address(client.folder)))
        done = ended.code in FINISHED
        failures = 0 if done else (row.tried.failures if row.tried else 0) + 1
        tried = Tried(at=ledger.now(), code=ended.code, said=ended.said, failures=failures)

        def record(tried: Tried) -> None:
            ledger.write(client.home, tried)
            self.register.record(row, job.origin, last_run(client), tried, result_of(client))

        self._persist(lambda: record(tried))
        self._tell_about(client, ended, tried, record)
        write_page(self.listed, self.register, self.place)
        return f"{client.domain}: {ended.said}"

    def _tell_about(self, client: Client, ended: Ended, tried: Tried, again: Callable[[Tried], None]) -> None:
        """After the record: who is told twice of one crawl believes in none."""
        telling = Job(listed=self.listed, children=self._children, workers=1, began=tried.at)
        told = tell(telling, client, ended, tried.failures, self._hidden())
        if told and told.code:
            again(evolve(tried, not_told=told.said))

    def _persist(self, record: Callable[[], None]) -> None:
        """The database may be just starting anew."""
        for tries in range(8):
            try:
                return record()
            except psycopg.OperationalError as error:
                logger.warning("The result waits for the database: %s", type(error).__name__)
                time.sleep(self.pace.wait(min(tries, 3)))
        return record()


def last_finished(home: Path) -> int:
    """Id of the last run of the store that came to its end; 0 where there is none, or the store cannot be read."""
    if not (home / STORE).is_file():
        return 0
    try:
        with closing(Database(home / STORE, read_only=True)) as database:
            rows = database.rows("SELECT id, state FROM run")
            return max((int(row["id"]) for row in rows if row["state"] in ENDED), default=0)
    except Exception as error:  # noqa: BLE001 - the crawl itself will say what is wrong with the store
        logger.warning("%s cannot be read: %s", home / STORE, error)
        return 0
