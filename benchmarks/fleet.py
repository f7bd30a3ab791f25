"""Many small domains over one worker and over three: ``SMO_FLEET_DATABASE=… python -m benchmarks.fleet --domains 200``.

Every answer takes *--latency* seconds, so that waiting is the limit and not the processor.  The database must be one that
holds nothing else: its fleet is forgotten before each round.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import psycopg

from benchmarks import small
from benchmarks.server import TYPES, Connection, answer

GOAL = 2.5
"""Times the throughput of one worker that three have at least."""

MOST_AT_ONCE = 8
"""Requests of one crawl that a host answers at a time."""


class Host:
    """One domain: counts how often its home page was asked for, and how much was asked at a time."""

    def __init__(self, pages: int) -> None:
        self.pages, self.port, self.waiting, self.most = pages, 0, 0, 0
        self.asked: Counter[str] = Counter()

    def find(self, path: str) -> bytes | None:
        self.asked[path] += 1
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        body = small.page(path, self.pages)
        return answer(200, TYPES[".html"], body) if body else answer(404, "text/plain", b"not here")


class Slow(Connection):
    """Says its answers late, and that one was given."""

    def __init__(self, host: Host, latency: float) -> None:
        super().__init__(host.find, latency)
        self.host = host

    def data_received(self, data: bytes) -> None:
        before = self.host.waiting
        super().data_received(data)
        for _ in range(self.host.waiting - before):
            asyncio.get_running_loop().call_later(self.latency, self._given)

    def _given(self) -> None:
        self.host.waiting -= 1


def serve(hosts: list[Host], latency: float) -> None:
    """All hosts in one thread, each on a port of its own."""
    ready = threading.Event()

    async def listen() -> None:
        loop = asyncio.get_running_loop()
        for host in hosts:
            server = await loop.create_server(lambda host=host: Slow(host, latency), "127.0.0.1", 0)
            host.port = server.sockets[0].getsockname()[1]
        ready.set()
        await asyncio.Event().wait()

    threading.Thread(target=asyncio.run, args=(listen(),), daemon=True).start()
    ready.wait()


def forget(address: str) -> None:
    with psycopg.connect(address) as connection:
        for table in ("smocrawl_site", "procrastinate_periodic_defers", "procrastinate_events", "procrastinate_jobs"):
            there = connection.execute("SELECT to_regclass(%s)", (table,)).fetchone()
            if there and there[0]:
                connection.execute(f"DELETE FROM {table}")


def measure(hosts: list[Host], workers: int, folder: Path) -> float:
    """Seconds until every domain is done, the start of the workers included; processor time is told beside it."""
    forget(os.environ["SMO_FLEET_DATABASE"])
    folder.mkdir()
    (folder / "clients.toml").write_text(
        "".join(f'[[client]]\ndomain = "http://127.0.0.1:{one.port}"\n' for one in hosts)
    )
    environment = {**os.environ, "SMO_REPORTS": str(folder / "shared"), "SMO_WORKERS": "0"}
    program = [sys.executable, "-m", "scrapy", "smo-fleet"]
    for one in hosts:
        one.asked.clear()
        one.most = 0
    subprocess.run(
        [*program, "add", "clients.toml"], cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL
    )
    began, used = time.monotonic(), _children()
    running = []
    for number in range(workers):
        words = ["worker", "clients.toml", "--until-empty", "--work", f"work-{number}"]
        with (folder / f"worker-{number}.log").open("wb") as said:
            running.append(subprocess.Popen([*program, *words], cwd=folder, env=environment, stdout=said, stderr=said))
    codes = [one.wait() for one in running]
    taken = time.monotonic() - began
    assert not any(codes), codes
    done = len(list((folder / "shared").glob("*/*/report.json")))
    twice = sum(one.asked["/"] != 1 for one in hosts)
    most = max(one.most for one in hosts)
    print(
        f"{workers} workers: {taken:.0f} s, {done} of {len(hosts)} domains done, {twice} twice, at most {most} requests"
        f" at a host; {(_children() - used) / len(hosts):.1f} s of processor time a domain",
        flush=True,
    )
    assert (done, twice) == (len(hosts), 0)
    assert most <= MOST_AT_ONCE
    return taken


def _children() -> float:
    """Seconds of processor time of all processes that have ended, and of theirs."""
    return sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--domains", type=int, default=200)
    parser.add_argument("--pages", type=int, default=6, help="of each domain")
    parser.add_argument("--alone", type=int, help="how many of them the one worker is given; default: all")
    parser.add_argument("--latency", type=float, default=2.0, help="seconds before each answer")
    options = parser.parse_args()
    hosts = [Host(options.pages) for _ in range(options.domains)]
    serve(hosts, options.latency)
    with tempfile.TemporaryDirectory(prefix="smocrawl-bench-") as made:
        alone = hosts[: options.alone]
        one = len(alone) / measure(alone, 1, Path(made) / "one")
        three = len(hosts) / measure(hosts, 3, Path(made) / "three")
    print(
        f"three workers are {three / one:.2f} times as fast; wanted: {GOAL} — {'met' if three / one >= GOAL else 'NOT met'}"
    )


if __name__ == "__main__":
    main()
