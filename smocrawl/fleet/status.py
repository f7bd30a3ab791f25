"""What each site of a fleet is doing, for people and programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from attrs import frozen
from procrastinate.jobs import Job, Status

from smocrawl.clients.client import Client, ClientList
from smocrawl.clients.due import Due
from smocrawl.fleet.queue import connected, prepare, state_of, waiting
from smocrawl.fleet.register import Register, Row


@frozen(kw_only=True)
class State:
    """One site."""

    client: Client
    state: str
    """A key of :data:`SUMMED`."""
    holder: str
    due: Due
    row: Row | None
    tries: int
    """How often its job came to nothing so far."""

    def told(self) -> dict[str, Any]:
        tried = self.row.tried if self.row else None
        return {
            "domain": self.client.domain, "name": self.client.name, "state": self.state, "holder": self.holder or None,
            "tries": self.tries, "why": self.due.why, "next": self.due.next, "tried": tried.at if tried else None,
            "code": tried.code if tried else None, "said": tried.said if tried else None,
            "score": (self.row.result or {}).get("score") if self.row else None,
        }  # fmt: skip


async def states(listed: ClientList, register: Register) -> list[State]:
    """All sites of the list."""
    register.prepare()
    app = connected(register)
    async with app.open_async():
        await prepare(app, register)
        jobs, rows = await waiting(app), register.rows()
    return [
        _state(client, jobs.get(client.folder), rows.get(client.folder), state_of(client, rows, listed))
        for client in listed.clients
    ]


def _state(client: Client, job: Job | None, row: Row | None, due: Due) -> State:
    running = job is not None and job.status == Status.DOING.value
    state = "crawled" if running else "waits" if job else "paused" if client.paused else "due" if due.now else "idle"
    return State(
        client=client, state=state, holder=row.holder if row and running else "", due=due, row=row,
        tries=job.attempts if job else 0,
    )  # fmt: skip


def lines(found: Sequence[State], listed: ClientList) -> Iterator[str]:
    width = max((len(one.client.domain) for one in found), default=0)
    for one in found:
        yield f"{one.client.domain:{width}}  {_words(one, listed)}"
    counted = Counter(one.state for one in found)
    yield ", ".join(f"{counted[name]:,} {words}" for name, words in SUMMED.items() if counted[name]) + "."


SUMMED = {
    "crawled": "being crawled",
    "waits": "waiting for a worker",
    "due": "due",
    "idle": "not due",
    "paused": "paused",
}


def _words(one: State, listed: ClientList) -> str:
    if one.state == "crawled":
        return f"is crawled by {one.holder or 'a worker'}"
    if one.state == "waits":
        again = f", {one.tries} tries came to nothing" if one.tries else ""
        return f"waits for a worker{again}"
    return f"{'due: ' if one.state == 'due' else ''}{one.due.why}{_next(one.due.next, listed)}"


def _next(moment: datetime | None, listed: ClientList) -> str:
    return f"; next {moment.astimezone(listed.zone):%Y-%m-%d %H:%M %Z}" if moment else ""
