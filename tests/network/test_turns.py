"""A host gets as many requests at the same time as its slot allows, however many wait."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request

from smocrawl.network.politeness import Postponed
from smocrawl.network.turns import Turns

HOST = "a.example"


def crawler(slot: Any, crawl: Any = None) -> Any:
    downloader = SimpleNamespace(slots={HOST: slot}, get_slot_key=lambda request: HOST)
    return SimpleNamespace(engine=SimpleNamespace(downloader=downloader), spider=SimpleNamespace(crawl=crawl))


def asked(number: int) -> Request:
    return Request(f"https://{HOST}/{number}", meta={"download_slot": HOST})


@pytest.mark.parametrize("most", [1, 2, 8])
def test_no_more_than_the_slot_allows(most: int) -> None:
    slot = SimpleNamespace(concurrency=most)
    open_now, peak, done = 0, 0, 0

    async def ask(turns: Turns, number: int) -> None:
        nonlocal open_now, peak, done
        async with turns.turn(asked(number)):
            open_now += 1
            peak = max(peak, open_now)
            await asyncio.sleep(0)
            open_now -= 1
            done += 1

    async def all_at_once() -> None:
        turns = Turns(crawler(slot))
        await asyncio.gather(*(ask(turns, number) for number in range(40)))

    asyncio.run(all_at_once())
    assert (peak, done) == (most, 40)


def test_a_slot_that_grows_or_shrinks_is_obeyed() -> None:
    slot = SimpleNamespace(concurrency=8)
    order: list[int] = []

    async def ask(turns: Turns, number: int) -> None:
        async with turns.turn(asked(number)):
            slot.concurrency = 1 if number < 8 else 3
            await asyncio.sleep(0)
            order.append(number)
            if number == 3:
                raise OSError

    async def all_at_once() -> list[Any]:
        turns = Turns(crawler(slot))
        return await asyncio.gather(*(ask(turns, number) for number in range(30)), return_exceptions=True)

    failed = [one for one in asyncio.run(all_at_once()) if one is not None]
    assert [type(one) for one in failed] == [OSError]
    assert sorted(order) == list(range(30))


def test_who_waits_when_the_crawl_is_stopped_is_not_sent() -> None:
    crawl = SimpleNamespace(interrupted=None, fault=None)
    sent = 0

    async def ask(turns: Turns, number: int) -> None:
        nonlocal sent
        async with turns.turn(asked(number)):
            sent += 1
            await asyncio.sleep(0)
            crawl.interrupted = 2

    async def all_at_once() -> list[Any]:
        turns = Turns(crawler(SimpleNamespace(concurrency=2), crawl))
        return await asyncio.gather(*(ask(turns, number) for number in range(20)), return_exceptions=True)

    ends = asyncio.run(all_at_once())
    assert sent == 2
    assert sum(isinstance(one, Postponed) for one in ends) == 18
