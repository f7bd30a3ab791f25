"""Waits in Scrapy's own way, with asyncio or without, for what another thread does."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime
from typing import TypeVar

from scrapy.utils.asyncio import is_asyncio_available, run_in_thread

T = TypeVar("T")


async def settled(future: Future[T], seconds: float) -> bool:
    """Whether *future* is done within so many seconds; the event loop goes on meanwhile.

    Where there is a loop no thread waits: one that did would hold up the end of a program that is told to stop at once.
    """
    if future.done():
        return True
    if is_asyncio_available():
        await asyncio.wait([asyncio.wrap_future(future)], timeout=seconds)
        return future.done()
    try:
        await run_in_thread(future.result, seconds)
    except NotInTime:
        return False
    return True
