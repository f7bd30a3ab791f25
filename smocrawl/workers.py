"""Worker processes: reading and judging a page happens there, bounded in time and memory, never in the event loop."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import ctypes
import gc
import logging
import multiprocessing
import os
import resource
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import islice
from multiprocessing import context, popen_spawn_posix, resource_tracker, spawn
from pathlib import Path
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool
from pebble.common.types import CONSTS

from smocrawl.garbage import search_seldom

logger = logging.getLogger(__name__)

T = TypeVar("T")
U = TypeVar("U")

WALL_SECONDS = 30
"""A page that is not read by then costs its worker its life, and is recorded with the reason."""

CPU_SECONDS = 10
"""Processor time of one task (``RLIMIT_CPU``, set anew for each)."""

CHUNK_SECONDS = 600
"""For a chunk of the closing pass."""

MEMORY = 512 * 1024**2
"""Address space that the tasks of a worker may add to what it had at its first: an element bomb ends as MemoryError
there, not in the crawl."""

MOST_TASKS = 2_000
"""Pages that one worker reads."""

LARGE = 500_000
"""Bytes of an answer whose tree leaves megabytes behind that the C library would keep."""

PR_SET_PDEATHSIG = 1
M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
LIBC = ctypes.CDLL(None)

NOT_FOR_WORKERS = frozenset({signal.SIGINT, signal.SIGHUP, signal.SIGTERM})
"""A terminal sends its signals to every process: the crawl decides what they mean, and ends its workers itself."""

CONSTS.term_timeout = 0.2
"""Seconds that pebble waits for a worker to obey SIGTERM before it kills it; ours never do."""


class Stopped(Exception):  # noqa: N818 - the word of the record
    """A task that did not come back; the text is the reason."""


class WorkersError(OSError):
    """This machine lets no worker process start; the text is the line for the user."""


NO_WORKERS = (
    "Worker processes cannot be started here: {reason}. Mend that (they need shared memory, on Linux /dev/shm), or set"
    " SMO_WORKERS=0: pages are then read by the crawl's own process, without a bound on the time and memory of each."
)


GIVING_WAY = 5
"""Added to the niceness of workers that give way: beside a process that wants all of a core they have a quarter of it."""


def start_worker(parent: int, niceness: int = 0) -> None:
    """Runs once in each worker: ignores the keyboard, dies with its parent, cannot take all memory."""
    os.nice(niceness)
    for name in NOT_FOR_WORKERS:
        signal.signal(name, signal.SIG_IGN)
    # A busy worker gives no heed to a closed pipe: without this it outlives a killed parent.
    if sys.platform == "linux":
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    search_seldom()
    # Of a plugin that cannot be loaded the crawl itself tells, once.
    logging.getLogger("smocrawl.registry").setLevel(logging.CRITICAL)
    keep_memory_small()
    _load_libraries()


def _load_libraries() -> None:
    """Before the first task, while the crawl still prepares; what modules make is never garbage, and not searched for any."""
    gc.disable()
    import_module("smocrawl.review")
    gc.freeze()
    gc.enable()


@contextlib.contextmanager
def _signals_held() -> Iterator[None]:
    """A worker inherits the mask of the thread that starts it: no signal meets it before it can ignore it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, NOT_FOR_WORKERS)
    # Python's tracker, which starts with the first worker, lets SIGINT and SIGTERM through again; SIGHUP would kill it.
    resource_tracker.ensure_running()
    signal.pthread_sigmask(signal.SIG_BLOCK, NOT_FOR_WORKERS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """What a system without shared memory answers (a closed /dev/shm, some serverless hosts), in our words."""
    try:
        yield
    except OSError as error:
        raise WorkersError(NO_WORKERS.format(reason=error)) from error


class _WithoutMain(popen_spawn_posix.Popen):
    """A new interpreter that does not run the program's main module again.

    Nothing that we hand over lives there; it may be a script that begins a crawl as soon as it is imported.
    """

    def _launch(self, process_obj: Any) -> None:
        _here.ours = True
        try:
            super()._launch(process_obj)  # type: ignore[misc]  # multiprocessing tells no types of it
        finally:
            _here.ours = False


_here = threading.local()
_preparation = spawn.get_preparation_data


def _prepared(name: str) -> dict[str, Any]:
    """What multiprocessing tells a new interpreter, without the main module where it is to be one of ours."""
    told: dict[str, Any] = _preparation(name)
    if getattr(_here, "ours", False):
        told = {key: value for key, value in told.items() if not key.startswith("init_main")}
    return told


spawn.get_preparation_data = _prepared


class _Process(context.SpawnProcess):
    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802 - multiprocessing's own name
        return _WithoutMain(process_obj)


class _Context(context.SpawnContext):
    Process = _Process


def _watch(parent: int) -> None:
    """For systems without a parent-death signal, and for a parent that died before it was set."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def bounded(task: Callable[..., T], *arguments: Any) -> T:
    """*task* under the limits of one page."""
    _limit_processor(CPU_SECONDS)
    _limit_memory()
    try:
        return task(*arguments)
    finally:
        if arguments and len(getattr(arguments[0], "body", b"")) > LARGE:
            trim()


def bounded_chunk(task: Callable[[U], T], chunk: U) -> T:
    """*task* under the limit of a chunk: that of the worker's last page holds on, and would soon strike."""
    _limit_processor(CHUNK_SECONDS)
    try:
        return task(chunk)
    finally:
        trim()


def _limit_processor(seconds: int) -> None:
    """Processor time counted from now."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def trim() -> None:
    """Give freed memory back to the system; glibc keeps it for later, and a crawl lasts long."""
    if sys.platform == "linux" and hasattr(LIBC, "malloc_trim"):
        LIBC.malloc_trim(0)


def keep_memory_small() -> None:
    """Let glibc hand back large buffers as soon as they are freed: by default it raises its threshold to 32 MB."""
    if sys.platform == "linux" and hasattr(LIBC, "mallopt"):
        LIBC.mallopt(M_MMAP_THRESHOLD, 256 * 1024)
        LIBC.mallopt(M_ARENA_MAX, 2)


def _limit_memory() -> None:
    """Once, when the libraries are loaded: they take most of the address space and none of the memory."""
    if resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY:
        return
    with contextlib.suppress(ValueError, OSError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


ENDINGS = (TimeoutError, concurrent.futures.TimeoutError, ProcessExpired, MemoryError)
"""How a task ends that asks for too much."""


def stopped(error: BaseException, wall: int, processor: int) -> Stopped:
    """The reason in words, for limits of so many seconds."""
    if isinstance(error, ProcessExpired):
        return Stopped(f"reading used up {processor} seconds of processor time or its memory")
    if isinstance(error, MemoryError):
        return Stopped("reading used up its memory")
    return Stopped(f"reading stopped after {wall} seconds")


def _landed(future: concurrent.futures.Future[Any]) -> Any:
    """Its result, or why there is none."""
    try:
        return future.result()
    except ENDINGS as error:
        return stopped(error, CHUNK_SECONDS, CHUNK_SECONDS)


def _in_order(
    given: Iterator[tuple[U, concurrent.futures.Future[T]]], waiting: deque[tuple[U, concurrent.futures.Future[T]]]
) -> Iterator[tuple[U, T | Stopped]]:
    """Results of what was given out; for each one the next chunk is."""
    while waiting:
        chunk, future = waiting.popleft()
        found = _landed(future)
        waiting.extend(islice(given, 1))
        yield chunk, found


class Workers:
    """A pool of processes, or with *number* = 0 the process itself (tests, debugging)."""

    def __init__(self, number: int, *, niceness: int = 0) -> None:
        self.number, self.niceness = number, niceness
        self.most_tasks = MOST_TASKS
        """After so many tasks a worker gives way to a new one; holds for those that start from then on."""
        self._pool: ProcessPool | None = None

    def start(self) -> None:
        """Now, not with the first task: the processes load their libraries while this one still prepares."""
        if self.number:
            self._started()

    def make_sure(self) -> None:
        """:class:`WorkersError` where processes cannot be started: before the crawl begins, not in the midst of it."""
        if self.number:
            with _told():
                # One that leaves nothing behind; a spawned process's would start Python's tracker of resources.
                multiprocessing.get_context("fork").Lock()

    def _started(self) -> ProcessPool:
        if self._pool is None:
            pool = ProcessPool(
                max_workers=self.number,
                # Leaks of C libraries end with the worker, and holes in its memory.
                max_tasks=self.most_tasks,
                initializer=start_worker,
                initargs=(os.getpid(), self.niceness),
                context=_Context(),
            )
            # Asking for the state starts the workers, and the thread that replaces them and inherits the mask as well.
            with _signals_held(), _told():
                if not pool.active:
                    raise RuntimeError("The worker processes did not start.")
            self._pool = pool
        return self._pool

    def submit(self, task: Callable[..., T], *arguments: Any) -> concurrent.futures.Future[T]:
        """*task* in a worker; what it raises by asking for too much is one of :data:`ENDINGS`."""
        if self.number:
            scheduled: concurrent.futures.Future[T]
            scheduled = self._started().schedule(bounded, args=[task, *arguments], timeout=WALL_SECONDS)
            return scheduled
        future: concurrent.futures.Future[T] = concurrent.futures.Future()
        try:
            future.set_result(task(*arguments))
        except Exception as error:  # noqa: BLE001 - whoever asks for the result gets it
            future.set_exception(error)
        return future

    async def run(self, task: Callable[..., T], *arguments: Any) -> T:
        """The result of *task*, or :class:`Stopped` with the reason why there is none."""
        if self.number == 0:
            return task(*arguments)
        try:
            result = await asyncio.wrap_future(self.submit(task, *arguments))
        except ENDINGS as error:
            raise stopped(error, WALL_SECONDS, CPU_SECONDS) from error
        return result

    @property
    def is_running(self) -> bool:
        """There are processes that wait for work."""
        return self._pool is not None

    def map(
        self, task: Callable[[U], T], chunks: Iterable[U], *, ahead: int | None = None
    ) -> Iterator[tuple[U, T | Stopped]]:
        """Each of *chunks* with its result, in order, for the closing pass; few of either are held at a time.

        *ahead*: chunks that are given out at once, before the first result is asked for.
        """
        if self.number == 0:
            return ((chunk, task(chunk)) for chunk in chunks)
        given = ((chunk, self._given(task, chunk)) for chunk in chunks)
        return _in_order(given, deque(islice(given, ahead or 2 * self.number + 1)))

    def _given(self, task: Callable[[U], T], chunk: U) -> concurrent.futures.Future[T]:
        scheduled: concurrent.futures.Future[T]
        scheduled = self._started().schedule(bounded_chunk, args=[task, chunk], timeout=CHUNK_SECONDS)
        return scheduled

    def kill(self) -> None:
        """End every worker now, whatever it does."""
        if self._pool is not None:
            for worker in multiprocessing.active_children():
                worker.kill()

    def close(self) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]  # pebble has no types
            # First, for a worker that is still starting would look in vain for the pool's locks, and say so at length.
            self.kill()
            self._pool.join(timeout=5)
            self._pool = None


def default_number() -> int:
    """One worker a core, at most eight: politeness bounds one site long before that."""
    return min(8, max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1))
