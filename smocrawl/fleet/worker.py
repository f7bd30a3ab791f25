"""A worker: takes one job after the other until it is stopped, through restarts of the database too."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal

import psycopg
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition

from smocrawl.fleet import Lost
from smocrawl.fleet.job import Again, Fleet
from smocrawl.fleet.place import PlaceError
from smocrawl.fleet.queue import QUEUE, add, connected, equip, prepare

logger = logging.getLogger(__name__)

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


EXPECTED = (Again, ConnectorException, Lost, PlaceError, psycopg.OperationalError)
"""Ends of a job, or of what runs beside it, that say in one line what is the matter."""

TELLING = ("procrastinate.worker", "procrastinate.worker.worker", "procrastinate.utils", "asyncio")
"""Loggers through which they come: a filter hears its own logger alone, none below it."""


def shorten(record: logging.LogRecord) -> bool:
    """Such an end needs no traceback."""
    error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    if not isinstance(error, EXPECTED):
        return True
    # psycopg's own text has many lines, each with the host's name and the same trouble.
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = f"{' '.join(record.getMessage().split())}: {(lines or [type(error).__name__])[0]}"
    record.msg, record.args, record.exc_info = said, (), None
    # Of a task whose end nobody waited for asyncio tells once more what was told already.
    return record.name != "asyncio"


def tell_in_short() -> None:
    """An outage is some lines in the log of a worker, not pages of it."""
    for name in TELLING:
        logging.getLogger(name).addFilter(shorten)
    # It warns of each try of each connection; smocrawl.fleet says that the database is out of reach, and since when.
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)


async def work(fleet: Fleet, *, until_empty: bool = False) -> int:
    """Until a signal, whose number is given (0 = none: *until_empty*, and no job is left)."""
    caught: list[int] = []
    tell_in_short()
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()

    def stop(number: int) -> None:
        caught.append(number)
        fleet.stop(signal.SIGTERM)
        stopped.set()

    for number in SIGNALS:
        loop.add_signal_handler(number, stop, number)
    tries = 0
    while not caught:
        try:
            await _until_stopped(fleet, stopped, until_empty=until_empty)
            tries = 0
            if until_empty:
                break
        except (ConnectorException, psycopg.Error) as error:
            logger.warning("The database is out of reach (%s); it is tried again", type(error).__name__)
            tries += 1
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), min(fleet.pace.wait(tries), 30))
    return caught[0] if caught else 0


async def _until_stopped(fleet: Fleet, stopped: asyncio.Event, *, until_empty: bool) -> None:
    """One registration with the database: after an outage the worker is a new one, and jobs of the old one are free."""
    app = connected(fleet.register)
    equip(app, fleet.listed, fleet.register, fleet.pace, fleet.crawl)
    async with app.open_async():
        await prepare(app, fleet.register)
        # What is due now need not wait for the first look; and a worker that ends when no job waits has no second one.
        await add(app, fleet.listed.clients, fleet.listed, fleet.register)
        running = asyncio.ensure_future(
            app.run_worker_async(
                queues=[QUEUE], concurrency=1, wait=not until_empty, install_signal_handlers=False,
                # Of a site one notice in some seconds is enough; a connection that listens would fall with the database.
                listen_notify=False, fetch_job_polling_interval=min(5.0, fleet.pace.beat),
                update_heartbeat_interval=fleet.pace.beat, stalled_worker_timeout=fleet.pace.stalled,
                delete_jobs=DeleteJobCondition.SUCCESSFUL,
            )
        )  # fmt: skip
        stop = asyncio.ensure_future(stopped.wait())
        await asyncio.wait({running, stop}, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if not running.done():
            running.cancel()  # it waits for its job all the same, which ends soon: its crawl was asked to stop
        with contextlib.suppress(asyncio.CancelledError):
            await running
