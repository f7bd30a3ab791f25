"""Crawls all clients that are due, several at a time, each in a process of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime

from attrs import frozen

from smocrawl.clients import ledger, process
from smocrawl.clients.client import Client, ClientList
from smocrawl.clients.due import Due, due
from smocrawl.clients.ledger import Tried
from smocrawl.clients.process import Children, Ended
from smocrawl.closing.ending import DONE, FAULT, INCOMPLETE, USAGE

logger = logging.getLogger(__name__)

FINISHED = (DONE, INCOMPLETE)
INTERRUPTED = (129, 130, 143)


@frozen(kw_only=True)
class Outcome:
    """What became of one client that was due.  code: None = it was not crawled after all."""

    client: Client
    code: int | None
    said: str
    not_told: str = ""


@frozen(kw_only=True)
class Job:
    """How the due clients are crawled."""

    listed: ClientList
    children: Children
    workers: int
    began: datetime
    """When the call looked what is due; whom another call has tried since then is left to its next one."""
    anyway: bool = False
    """Crawl them whether they are due or not."""


def crawl_all(job: Job, clients: Sequence[Client], jobs: int, ended: Callable[[Outcome], None]) -> list[Outcome]:
    """Crawl *clients*, *jobs* at a time; *ended* is called after each, in this thread."""
    outcomes = []
    with ThreadPoolExecutor(jobs, thread_name_prefix="client") as pool:
        waiting: set[Future[Outcome]] = {pool.submit(_one, job, client) for client in clients}
        while waiting:
            done, waiting = wait(waiting, return_when="FIRST_COMPLETED")
            for future in done:
                outcomes.append(future.result())
                ended(outcomes[-1])
    return outcomes


def _one(job: Job, client: Client) -> Outcome:
    """One client, from the lock to the telling; whatever goes wrong stays with it."""
    try:
        with ledger.held(client.home) as ours:
            if not ours:
                return Outcome(client=client, code=None, said="another smo-run-all has it in hand")
            return _locked(job, client)
    except OSError as error:  # a disk that is full or may not be written; the others may lie elsewhere
        return Outcome(client=client, code=FAULT, said=f"{client.home}: {error.strerror or error}")
    except Exception as error:  # a fault of ours must not end the others
        logger.exception("%s", client.domain)
        return Outcome(client=client, code=FAULT, said=f"a fault of smocrawl: {error}")


def _locked(job: Job, client: Client) -> Outcome:
    # Looked at again: while this one waited for its turn, another process may have crawled it.
    state = due(client, job.listed.zone, ledger.now())
    crawler = ledger.crawler_of(client.home)
    if job.children.stopping or crawler or not (state.now or job.anyway):
        why = (
            "stopped before its turn"
            if job.children.stopping
            else f"being crawled by {crawler}"
            if crawler
            else state.why
        )
        return Outcome(client=client, code=None, said=why)
    before = ledger.read(client.home)
    hidden = hidden_of(job.listed.clients)
    folder = job.listed.file.parent
    ended = process.crawl(client, folder, job.children, hidden=hidden, workers=job.workers)
    failures = 0 if ended.code in FINISHED else (before.failures if before else 0) + 1
    told = None if job.children.stopping else tell(job, client, ended, failures, hidden)
    not_told = told.said if told and told.code else ""
    if not (job.children.stopping and ended.code in INTERRUPTED):
        tried = Tried(at=ledger.now(), code=ended.code, said=ended.said, failures=failures, not_told=not_told)
        ledger.write(client.home, tried)
    return Outcome(client=client, code=ended.code, said=ended.said, not_told=not_told)


def _not_now(job: Job, client: Client, tried: Tried | None) -> str:
    """Why not, empty = now.  Looked at again: while this client waited for its turn, another call may have had it."""
    if job.children.stopping:
        return "stopped before its turn"
    if crawler := ledger.crawler_of(client.home):
        return f"being crawled by {crawler}"
    if tried and tried.at >= job.began:
        return "tried by another call a moment ago"
    state = due(client, job.listed.zone, ledger.now())
    return "" if state.now or job.anyway else state.why


def tell(job: Job, client: Client, ended: Ended, failures: int, hidden: Iterable[str]) -> Ended | None:
    """Tell of each crawl that has a report, and of the first failure in a row; a mistake in the list is for who wrote it."""
    if failures > 1 or ended.code == USAGE or not process.wants_to_be_told(client):
        return None
    problem = "" if ended.code in FINISHED else ended.said
    return process.tell(client, job.listed.file.parent, job.children, hidden=hidden, problem=problem)


def hidden_of(clients: Iterable[Client]) -> frozenset[str]:
    """Environment variables that no process but a client's own may see."""
    return frozenset(name for client in clients for name in client.secrets)


def states(listed: ClientList, clients: Iterable[Client], moment: datetime) -> list[tuple[Client, Due]]:
    return [(client, due(client, listed.zone, moment)) for client in clients]


def exit_code(outcomes: Iterable[Outcome]) -> int:
    """That of the one crawl; of several, 0 where all are done, the common one where they agree, else 3: incomplete."""
    codes = {one.code if one.code >= 0 else FAULT for one in outcomes if one.code is not None}
    return codes.pop() if len(codes) == 1 else INCOMPLETE if codes else DONE
