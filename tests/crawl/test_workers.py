"""A page that takes too much costs a worker at most, and the beginning of a page is read where the whole is too much."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest

from smocrawl.reading import within
from smocrawl.workers import MEMORY, Stopped, Workers


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


CLOSING = """
from multiprocessing import active_children
from smocrawl.workers import Workers
workers = Workers(4)
workers._started()
active_children()[0].join(0.1)
workers.close()
"""


def test_workers_that_are_still_starting_end_without_a_word() -> None:
    done = subprocess.run([sys.executable, "-c", CLOSING], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("most", [1, 2, 3, 10])
def test_a_page_is_cut_behind_so_many_tags(most: int) -> None:
    body = b"<p>one<p>two<p>three"
    cut = within(body, most)
    assert body.startswith(cut)
    assert cut.count(b"<") == min(most, 3)
