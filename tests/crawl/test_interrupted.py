"""A crawl that is killed or stopped loses nothing: the same command goes on, and asks little twice."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import SCRAPY, Ran, run
from serving import Answer, Site, page

NUMBER = 120
IN_FLIGHT = 16


class SlowSite(Site):
    """A tree of pages, fan-out 4; tells when so many have been asked."""

    def __init__(self) -> None:
        super().__init__(self.slowly)
        self.reached = threading.Event()
        self.mark = 0

    def slowly(self, path: str) -> Answer | None:
        time.sleep(0.02)
        if self.mark and sum(self.hits.values()) >= self.mark:
            self.reached.set()
        number = 0 if path == "/" else int(path[2:]) if path[2:].isdecimal() else -1
        if not 0 <= number < NUMBER:
            return None
        links = [f"/p{child}" for child in range(4 * number + 1, 4 * number + 5) if child < NUMBER]
        return Answer(page(f"Page {number}", *links))


@pytest.fixture
def site() -> Iterator[SlowSite]:
    with SlowSite() as served:
        yield served


def begin(folder: Path, site: SlowSite, *, until: int) -> subprocess.Popen[str]:
    """The crawl in a process group of its own, up to the moment when *until* requests have come."""
    clean = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    site.reached.clear()
    site.mark = sum(site.hits.values()) + until
    process = subprocess.Popen(
        [SCRAPY, "smo-crawl", site.host], cwd=folder, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        env={**clean, "SMO_REPORTS": str(folder / "reports"), "SMO_WORKERS": "0"},
    )  # fmt: skip
    assert site.reached.wait(60)
    return process


def whole(ran: Ran, site: SlowSite) -> None:
    """Every page is there, once, and the store is sound."""
    assert ran.code == 0, ran.said
    read = {url for url, (status, _) in ran.crawled().items() if status == 200}
    assert {f"{site.url}/p{number}" for number in range(1, NUMBER)} <= read
    assert ran.rows("PRAGMA integrity_check") == [("ok",)]
    assert ran.rows("SELECT count(*) FROM run") == [(1,)]


def test_killed_at_any_moment(tmp_path: Path, site: SlowSite) -> None:
    for until in (7, 40):
        process = begin(tmp_path, site, until=until)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=240)
        assert process.returncode == -signal.SIGKILL
    ran = run(tmp_path, "smo-crawl", site.host)
    assert "that were taken up are asked again" in ran.said
    whole(ran, site)
    again = sum(hits - 1 for path, hits in site.hits.items() if path.startswith("/p") and hits > 1)
    assert again <= 2 * IN_FLIGHT


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)], ids=str)
def test_asked_to_stop(tmp_path: Path, site: SlowSite, name: str, code: int) -> None:
    process = begin(tmp_path, site, until=20)
    os.kill(process.pid, getattr(signal, name))
    said, _ = process.communicate(timeout=240)
    assert process.returncode == code, said
    assert "Traceback" not in said
    before = dict(site.hits)
    whole(run(tmp_path, "smo-crawl", site.host), site)
    twice = [path for path, hits in site.hits.items() if path.startswith("/p") and hits > before.get(path, 0) > 0]
    assert not twice


def test_asked_to_stop_twice(tmp_path: Path, site: SlowSite) -> None:
    process = begin(tmp_path, site, until=20)
    os.kill(process.pid, signal.SIGINT)
    os.kill(process.pid, signal.SIGINT)
    process.communicate(timeout=240)
    assert process.returncode == 130
    whole(run(tmp_path, "smo-crawl", site.host), site)


def test_a_store_that_another_program_holds_is_waited_for(tmp_path: Path, site: SlowSite) -> None:
    process = begin(tmp_path, site, until=10)
    (store,) = (tmp_path / "reports").glob("*/crawls.sqlite")
    holder = sqlite3.connect(store, isolation_level=None, timeout=5)
    holder.execute("BEGIN IMMEDIATE")
    release = threading.Timer(1.5, lambda: None)
    release.start()
    release.join()
    holder.execute("ROLLBACK")
    holder.close()
    said, _ = process.communicate(timeout=240)
    assert process.returncode == 0, said
    assert "Traceback" not in said
