"""The jobs: Procrastinate gives each to one worker, and gives it again when that worker falls silent."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta

import procrastinate
from attrs import frozen
from procrastinate import RetryDecision
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job, JobDeferrer, Status

from smocrawl.clients.client import Client, ClientList
from smocrawl.clients.due import FIRST_WAIT, Due, decide
from smocrawl.clients.ledger import now
from smocrawl.closing.ending import USAGE
from smocrawl.fleet.pace import Pace
from smocrawl.fleet.register import Register, Row

logger = logging.getLogger(__name__)

QUEUE = "smocrawl"
CRAWL = "smocrawl.crawl"
LOOK = "smocrawl.look"


@frozen(kw_only=True)
class Held:
    """A job in the hands of a worker."""

    id: int
    worker: int
    origin: int
    """The first of the jobs that a site was given for the same crawl; each further one took over from a dead worker."""

    @classmethod
    def of(cls, job: Job, origin: int | None) -> Held:
        return cls(id=job.id or 0, worker=job.worker_id or 0, origin=origin or job.id or 0)


@frozen
class Waits(procrastinate.BaseRetryStrategy):
    """A job fails only for what is wrong with a machine, the database or the storage: it is tried until that is well."""

    pace: Pace

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=self.pace.wait(job.attempts)))


def connected(register: Register) -> procrastinate.App:
    """Procrastinate on the same database."""
    connector = procrastinate.PsycopgConnector(conninfo=register.address, min_size=1, max_size=4)
    return procrastinate.App(connector=connector)


def equip(
    app: procrastinate.App, listed: ClientList, register: Register, pace: Pace, crawl: Callable[[Held, str], str]
) -> None:
    """The tasks of a worker: one site's crawl, and the look for what is due and what is stalled."""

    @app.task(name=CRAWL, queue=QUEUE, retry=Waits(pace), pass_context=True)
    def one(context: procrastinate.JobContext, folder: str, origin: int | None = None) -> str:
        return crawl(Held.of(context.job, origin), folder)

    @app.periodic(cron=pace.cron)
    @app.task(name=LOOK, queue=QUEUE, queueing_lock=LOOK, priority=1)
    async def look(timestamp: int) -> None:
        await requeue(app, register, pace)
        await add(app, listed.clients, listed, register)


async def prepare(app: procrastinate.App, register: Register) -> None:
    """Tables, where they are not there yet; two machines may begin at the same moment."""

    def make() -> None:
        with register.alone() as connection:
            there = connection.execute("SELECT to_regclass('procrastinate_jobs') AS it").fetchone()
            if there and there["it"] is None:
                connection.execute(app.schema_manager.get_schema().encode())

    await asyncio.to_thread(make)
    await asyncio.to_thread(register.prepare)


async def add(
    app: procrastinate.App, clients: Iterable[Client], listed: ClientList, register: Register, *, anyway: bool = False
) -> list[Client]:
    """A job for each site that is due and has none; gives those."""
    rows, busy = await asyncio.to_thread(register.rows), await waiting(app)
    added = []
    for client in clients:
        due = state_of(client, rows, listed)
        if client.folder in busy or client.paused or not (due.now or anyway):
            continue
        with contextlib.suppress(AlreadyEnqueued):
            await _task(app, client.folder).defer_async(folder=client.folder)
            added.append(client)
    return added


def _task(app: procrastinate.App, folder: str) -> JobDeferrer:
    """One job a site runs, and one waits."""
    return app.configure_task(CRAWL, queue=QUEUE, lock=folder, queueing_lock=folder)


def state_of(client: Client, rows: Mapping[str, Row], listed: ClientList) -> Due:
    row = rows.get(client.folder)
    if client.paused:
        return Due(now=False, why="paused")
    due, tried = (
        decide(client, row.run if row else None, row.tried if row else None, listed.zone, now()),
        row and row.tried,
    )
    if due.now and tried and tried.code == USAGE and (again := tried.at + FIRST_WAIT) > now():
        # A mistake in the list: who calls by hand is told at once again, a fleet that looks every minute is not.
        return Due(now=False, why=due.why, next=again)
    return due


async def waiting(app: procrastinate.App) -> dict[str, Job]:
    """Jobs that wait or run, by the folder of their site."""
    found: dict[str, Job] = {}
    for status in (Status.TODO, Status.DOING):
        for job in await app.job_manager.list_jobs_async(queue=QUEUE, task=CRAWL, status=status.value):
            found[str(job.lock)] = job
    return found


async def requeue(app: procrastinate.App, register: Register, pace: Pace) -> None:
    """Sites of workers that fell silent get a new job, which any machine takes.

    The old one goes: a worker that wakes up late can end no job but its own, and that is not there any more.
    """
    if await asyncio.to_thread(register.just_started, pace.stalled):
        return
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=pace.stalled):
        if job.task_name == CRAWL:
            logger.warning("The worker of %s fell silent: any machine may go on with it", job.lock)
            said = job.task_kwargs
            # First the new one, which waits for the lock of the old: nothing is lost in between.
            with contextlib.suppress(AlreadyEnqueued):
                await _task(app, str(said["folder"])).defer_async(
                    folder=said["folder"], origin=said.get("origin") or job.id
                )
        with contextlib.suppress(ConnectorException):  # another machine was quicker
            await manager.finish_job_by_id_async(job.id or 0, status=Status.FAILED, delete_job=True)
