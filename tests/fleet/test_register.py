"""The table of the sites in a real PostgreSQL: who may write, and what a late worker can no more."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status
from servers import PostgreSQL

from smocrawl.clients import ClientList, read_clients
from smocrawl.clients.ledger import Tried, now
from smocrawl.fleet import Lost
from smocrawl.fleet.pace import Pace
from smocrawl.fleet.queue import CRAWL, QUEUE, Held, add, connected, equip, prepare, requeue, waiting
from smocrawl.fleet.register import Register, Row, read_address
from smocrawl.fleet.status import State, lines, states
from smocrawl.store.runs import Run

SITE = "example.com"


@pytest.fixture
def register(fresh: PostgreSQL) -> Register:
    found = Register(read_address(fresh.address))
    found.prepare()
    return found


@pytest.fixture
def listed(tmp_path: Path) -> ClientList:
    (tmp_path / "clients.toml").write_text(
        '[[client]]\ndomain = "example.com"\n[[client]]\ndomain = "other.example"\npaused = true\n'
    )
    return read_clients(tmp_path / "clients.toml", tmp_path)


def run(state: str = "done", *, days: int = 0) -> Run:
    started = datetime.now(UTC) - timedelta(days=days)
    return Run(id=1, started=started, state=state, home="", options={}, audience="", notes=())


def claim(register: Register, job: int, newest: int = 0) -> Row:
    row = register.claim(SITE, job, holder="a machine", newest=newest)
    assert row is not None
    return row


def test_the_last_to_claim_records_and_no_other(register: Register) -> None:
    late, heir = claim(register, 1), claim(register, 1)
    assert heir.token > late.token
    with pytest.raises(Lost, match=r"^example\.com was taken over by another machine$"):
        register.record(late, 1, run(), Tried(at=now()), {})
    with pytest.raises(Lost):
        register.begin(late, 3)
    register.record(heir, 1, run(), Tried(at=now(), said="Report: \0there"), {"score": 71.5})
    known = register.rows()[SITE]
    assert known.tried is not None
    assert (known.tried.said, known.result) == ("Report: there", {"score": 71.5})


def test_what_is_done_is_not_given_again(register: Register) -> None:
    register.record(claim(register, 5), 5, run(), Tried(at=now()), {})
    assert register.claim(SITE, 5, holder="another", newest=0) is None
    assert claim(register, 6).job == 5


def test_where_a_crawl_began_is_kept_for_who_takes_it_over(register: Register) -> None:
    first = claim(register, 1)
    assert first.baseline is None
    register.begin(first, 4)
    assert claim(register, 1).baseline == 4
    assert claim(register, 2).baseline is None


def test_an_older_database_goes_on_above_what_the_shared_place_knows(register: Register) -> None:
    assert claim(register, 1, newest=40).token == 41
    assert claim(register, 1, newest=7).token == 42


def test_one_job_a_site_and_none_for_what_is_paused_or_not_due(register: Register, listed: ClientList) -> None:
    async def play() -> list[list[str]]:
        app = connected(register)
        async with app.open_async():
            await prepare(app, register)
            await prepare(app, register)  # a second machine

            async def added(**how: bool) -> list[str]:
                return [one.domain for one in await add(app, listed.clients, listed, register, **how)]

            found = [await added(), await added(), await added(anyway=True)]
            for job in (await waiting(app)).values():
                await app.job_manager.cancel_job_by_id_async(job.id, delete_job=True)
            register.record(claim(register, 1), 1, run(), Tried(at=now()), {})
            found.append(await added())
            mistake = Tried(at=now(), code=2, said="-a include=( is no pattern.", failures=1)
            register.record(claim(register, 2), 2, run(days=8), mistake, {})
            found.append(await added())
            register.record(claim(register, 3), 3, run(days=8), Tried(at=now()), {})
            return [*found, await added()]

    assert asyncio.run(play()) == [["example.com"], [], [], [], [], ["example.com"]]


def test_a_silent_worker_loses_its_site_and_can_end_no_job_of_another(register: Register, listed: ClientList) -> None:
    pace = Pace(stalled=3600)  # the server was started a shorter time ago

    async def play() -> None:
        app = connected(register)
        equip(app, listed, register, pace, lambda job, folder: "")
        async with app.open_async():
            await prepare(app, register)
            manager = app.job_manager
            await add(app, listed.clients, listed, register)
            silent = await manager.register_worker()
            job = await manager.fetch_job(queues=[QUEUE], worker_id=silent)
            assert job is not None
            row = claim(register, job.id)
            assert register.holds(row, job.id, silent)
            await requeue(app, _old(register), pace)
            assert register.holds(row, job.id, silent), "it was heard of a moment ago"
            _silence(register, silent)
            await requeue(app, register, pace)
            assert register.holds(row, job.id, silent), "the database came up a moment ago: nobody is silent yet"
            _silence(register, silent)
            await requeue(app, _old(register), pace)
            assert not register.holds(row, job.id, silent)

            heir = await manager.register_worker()
            taken = await manager.fetch_job(queues=[QUEUE], worker_id=heir)
            assert taken is not None
            assert taken.task_name == CRAWL
            assert Held.of(taken, taken.task_kwargs["origin"]) == Held(id=taken.id, worker=heir, origin=job.id)
            with pytest.raises(ConnectorException) as refused:
                await manager.retry_job(job)
            assert "Job was not found" in str(refused.value.__cause__)
            with pytest.raises(ConnectorException):
                await manager.finish_job(job, status=Status.SUCCEEDED, delete_job=True)
            assert (await waiting(app))[SITE].id == taken.id
            # Taken over a second time it is still known by the first.
            _silence(register, heir)
            await requeue(app, _old(register), pace)
            again = await manager.fetch_job(queues=[QUEUE], worker_id=await manager.register_worker())
            assert again is not None
            assert again.task_kwargs["origin"] == job.id

    asyncio.run(play())


class _Old(Register):
    """As if the database had been up for long."""

    def just_started(self, seconds: float) -> bool:
        return False


def _old(register: Register) -> Register:
    return _Old(register.address)


def _silence(register: Register, worker: int) -> None:
    with register.alone() as connection:
        connection.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '10 hours' WHERE id = %s", (worker,)
        )


def test_the_rows_make_the_joint_page(register: Register, listed: ClientList, tmp_path: Path) -> None:
    from smocrawl.fleet.joint import write_page
    from smocrawl.fleet.place import open_place

    result = {"score": 71.5, "pages": 12, "crawled": "2026-11-20T06:00:00+00:00", "worst": "og-image-size", "moved": None,
              "incomplete": False, "trend": [["2026-11-20T06:00:00+00:00", 71.5]], "report": "2026-11-20_060000"}  # fmt: skip
    register.record(claim(register, 1), 1, run(), Tried(at=now()), result)
    shared = tmp_path / "shared"
    shared.mkdir()
    write_page(listed, register, open_place(str(shared)))
    # A host's name may break at its dots.
    page = (shared / "index.html").read_text().replace("<wbr>", "")
    assert 'href="example.com/2026-11-20_060000/index.html"' in page
    assert 'href="example.com/index.html"' in page
    assert "other.example" in page
    assert sorted(file.name for file in shared.iterdir()) == ["index.html", "overview.json"]


def test_the_status_says_what_each_site_does(register: Register, listed: ClientList) -> None:
    async def play() -> list[list[str]]:
        found = [said(await states(listed, register))]
        app = connected(register)
        async with app.open_async():
            await add(app, listed.clients, listed, register)
            found.append(said(await states(listed, register)))
            job = await app.job_manager.fetch_job(queues=[QUEUE], worker_id=await app.job_manager.register_worker())
            assert job is not None
            register.record(claim(register, job.id), job.id, run(), Tried(at=now()), {"score": 71.5})
            found.append(said(await states(listed, register)))
            await app.job_manager.finish_job(job, status=Status.SUCCEEDED, delete_job=True)
        last = await states(listed, register)
        assert [one.told()["score"] for one in last] == [71.5, None]
        return [*found, said(last)]

    def said(found: list[State]) -> list[str]:
        return [line.split("; next")[0].rstrip() for line in lines(found, listed)]

    waits, runs, crawled, idle = asyncio.run(play())
    assert waits == ["example.com    due: never crawled", "other.example  paused", "1 due, 1 paused."]
    assert runs == ["example.com    waits for a worker", "other.example  paused", "1 waiting for a worker, 1 paused."]
    assert crawled[0] == "example.com    is crawled by a machine"
    assert re.fullmatch(r"example\.com    last crawled \d{4}-\d\d-\d\d \d\d:\d\d UTC, weekly", idle[0])
    assert idle[-1] == "1 not due, 1 paused."
