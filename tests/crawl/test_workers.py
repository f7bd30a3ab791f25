"""A page that takes too much costs a worker at most, and the beginning of a page is read where the whole is too much."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from running import run
from serving import Site, page

from smocrawl.extract import read_page
from smocrawl.reading import within
from smocrawl.workers import CHUNK_SECONDS, CPU_SECONDS, MEMORY, Stopped, Workers


def greedy(number: int) -> int:
    return len(bytearray(number))


def test_a_task_that_wants_all_memory_is_stopped_and_the_next_one_runs() -> None:
    workers = Workers(1)
    try:
        with pytest.raises(Stopped, match="memory"):
            asyncio.run(workers.run(greedy, 2 * MEMORY))
        assert asyncio.run(workers.run(greedy, 1_000)) == 1_000
    finally:
        workers.close()


def words_of(body: bytes) -> int:
    return read_page("https://example.com/", body).text.words


def test_elements_that_their_classes_call_dates_are_told_from_others_in_one_pass() -> None:
    others, dates = 100_000 * "<i class=x>a</i>", (f'<i class="date d{number}">b</i>' for number in range(20_000))
    body = f"<p>{others}{''.join(dates)}".encode()
    workers = Workers(1)
    try:
        assert asyncio.run(workers.run(words_of, body)) == 1
    finally:
        workers.close()


NO_SHARED_MEMORY = """
import _multiprocessing

class SemLock(_multiprocessing.SemLock):
    def __new__(cls, *given, **named):
        raise PermissionError(13, "Permission denied")

_multiprocessing.SemLock = SemLock
"""


@pytest.mark.parametrize(("number", "code"), [("1", 5), ("0", 0)])
def test_a_machine_without_shared_memory_is_told_before_anything_is_asked(
    tmp_path: Path, number: str, code: int
) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_SHARED_MEMORY, encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH"))))
    with Site({"/": page("Home")}) as site:
        ran = run(tmp_path, "smo-crawl", site.host, environment={"SMO_WORKERS": number, "PYTHONPATH": path})
    assert ran.code == code, ran.said
    assert ("SMO_WORKERS=0: pages are then read" in ran.said) is (code == 5)
    assert "Traceback" not in ran.said
    assert bool(site.hits) is (code == 0)


def left(_: int) -> float:
    """Seconds of processor time that the worker may still use."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return resource.getrlimit(resource.RLIMIT_CPU)[0] - used.ru_utime - used.ru_stime


def test_the_limit_of_the_last_page_does_not_strike_a_chunk() -> None:
    workers = Workers(1)
    try:
        assert asyncio.run(workers.run(left, 0)) <= CPU_SECONDS + 1
        ((_, seconds),) = workers.map(left, [0])
        assert isinstance(seconds, float)
        assert seconds > CHUNK_SECONDS - 1
    finally:
        workers.close()


def test_workers_that_give_way_do_so_from_the_first_task_on() -> None:
    workers = Workers(1, niceness=7)
    try:
        assert asyncio.run(workers.run(os.nice, 0)) == min(19, os.nice(0) + 7)
    finally:
        workers.close()


def worker(_: int) -> int:
    return os.getpid()


def test_a_worker_gives_way_to_a_new_one_after_its_number_of_chunks() -> None:
    workers = Workers(1)
    workers.most_tasks = 2
    try:
        found = [process for _, process in workers.map(worker, range(5))]
    finally:
        workers.close()
    assert found[0] == found[1] != found[2] == found[3] != found[4]


def fragile(number: int) -> int:
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 10


def test_a_chunk_over_which_a_worker_dies_costs_the_others_nothing() -> None:
    workers = Workers(2)
    try:
        found = list(workers.map(fragile, range(6)))
    finally:
        workers.close()
    assert [chunk for chunk, _ in found] == list(range(6))
    assert [result for _, result in found if not isinstance(result, Stopped)] == [0, 10, 30, 40, 50]


CLOSING = """
from multiprocessing import active_children
from smocrawl.workers import Workers
workers = Workers(4)
workers._started()
active_children()[0].join(0.1)
workers.close()
"""


def test_workers_that_are_still_starting_end_without_a_word() -> None:
    done = subprocess.run([sys.executable, "-c", CLOSING], capture_output=True, text=True, timeout=600, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("most", [1, 2, 3, 10])
def test_a_page_is_cut_behind_so_many_tags(most: int) -> None:
    body = b"<p>one<p>two<p>three"
    cut = within(body, most)
    assert body.startswith(cut)
    assert cut.count(b"<") == min(most, 3)
