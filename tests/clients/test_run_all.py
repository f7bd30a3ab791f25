"""Ten sites of a list, crawled side by side by two calls at once: none disturbs another, none is crawled twice."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from receiving import Receiver
from running import SCRAPY
from serving import Answer, Site, page

from smocrawl.clients import read_clients
from smocrawl.clients.due import due

GOOD = 6
SECRET = "a secret of sixteen letters or more"


def pages(name: str) -> dict[str, Answer | str]:
    return {"/": page(name, "/a", "/b"), "/a": page(f"{name}: a", "/"), "/b": page(f"{name}: b", "/")}


class Gated(Site):
    """Answers its home page, and nothing else until it is let."""

    def __init__(self, name: str, *, shut: frozenset[str]) -> None:
        self.known = pages(name)
        super().__init__(self._answer)
        self.shut = shut
        self.asked = threading.Event()
        self.let = threading.Event()

    def _answer(self, path: str) -> Answer | None:
        if path in self.shut and not self.let.is_set():
            self.asked.set()
            self.let.wait(120)
        found = self.known.get(path)
        return Answer(found) if isinstance(found, str) else found


@dataclass
class Town:
    folder: Path
    good: list[Site]
    killed: Gated
    hanging: Gated
    gone: str
    spoiled: Site
    hears: Receiver
    deaf: Receiver

    def home(self, host: str) -> Path:
        return self.folder / "reports" / host.replace(":", "_")

    def write(self, *, hours: float, paused: bool = False) -> None:
        rest = "paused = true\n" if paused else ""
        (self.folder / "clients.toml").write_text(
            '[defaults]\nsettings = { DOWNLOAD_TIMEOUT = 5 }\nwebhook_secret_env = "TOWN_SECRET"\n'
            + "".join(self._table(number, site) for number, site in enumerate(self.good))
            + f'[[client]]\ndomain = "http://{self.killed.host}"\nname = "Killed"\n'
            + f'[[client]]\ndomain = "http://{self.hanging.host}"\nname = "Hanging"\nhours = {hours}\n{rest}'
            + f'[[client]]\ndomain = "http://{self.gone}"\nname = "Gone"\n'
            + f'[[client]]\ndomain = "http://{self.spoiled.host}"\nname = "Spoiled"\n{rest}'
        )

    def _table(self, number: int, site: Site) -> str:
        told = {0: f'webhook = "{self.hears.url}"\n', 1: 'webhook_env = "DEAF_HOOK"\n'}
        return f'[[client]]\ndomain = "http://{site.host}"\nname = "Good {number}"\n{told.get(number, "")}'

    @property
    def environment(self) -> dict[str, str]:
        clean = {
            name: value
            for name, value in os.environ.items()
            if "proxy" not in name.lower() and not name.startswith("SMO_")
        }
        hooks = {"DEAF_HOOK": self.deaf.url, "TOWN_SECRET": SECRET}
        return {**clean, **hooks, "SMO_WORKERS": "0", "SMO_REPORTS": str(self.folder / "reports")}

    def overview(self) -> dict[str, dict]:
        told = json.loads((self.folder / "reports" / "overview.json").read_text())
        return {site["name"]: site for site in told["sites"]}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with contextlib.ExitStack() as stack:
        enter = stack.enter_context
        with socket.create_server(("127.0.0.1", 0)) as closed:
            gone = f"127.0.0.1:{closed.getsockname()[1]}"
        found = Town(
            folder=tmp_path,
            good=[enter(Site(pages(f"Good {number}"))) for number in range(GOOD)],
            killed=enter(Gated("Killed", shut=frozenset({"/a"}))),
            hanging=enter(Gated("Hanging", shut=frozenset({"/"}))),
            gone=gone,
            spoiled=enter(Site(pages("Spoiled"))),
            hears=enter(Receiver()),
            deaf=enter(Receiver(404)),
        )
        store = found.home(found.spoiled.host) / "crawls.sqlite"
        store.parent.mkdir(parents=True)
        store.write_bytes(b"this is no database" * 1000)
        yield found
        found.killed.let.set()
        found.hanging.let.set()


def begin(town: Town, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [SCRAPY, "smo-run-all", "clients.toml", *words], cwd=town.folder, env=town.environment, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def rows(store: Path, sql: str) -> list[tuple]:
    connection = sqlite3.connect(store)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_ten_sites_side_by_side(town: Town) -> None:
    town.write(hours=0.0003)
    calls = [begin(town, "--jobs", "3"), begin(town, "--jobs", "3")]
    # The crawl of one site is killed in the middle of its work.
    assert town.killed.asked.wait(120)
    holder = (town.home(town.killed.host) / "crawls.lock").read_text()
    os.kill(int(re.search(r"process (\d+)", holder)[1]), signal.SIGKILL)
    said = [call.communicate(timeout=180)[0] for call in calls]
    assert {call.returncode for call in calls} <= {0, 3, 4, 5}, said
    whole = "\n".join(said)
    assert "Traceback" not in whole, whole
    _good_ones_are_done(town, whole)
    _others_say_why(town, whole)
    _who_wanted_to_know_was_told(town, whole)

    # The next call goes on with what was interrupted, and leaves alone what is done.
    town.killed.let.set()
    town.write(hours=1, paused=True)
    before = [dict(site.hits) for site in town.good]
    third = begin(town)
    said_then = third.communicate(timeout=180)[0]
    assert third.returncode == 0, said_then
    assert "1 of 10 clients were due; 1 with a new report." in said_then
    assert [dict(site.hits) for site in town.good] == before
    store = town.home(town.killed.host) / "crawls.sqlite"
    assert rows(store, "SELECT count(*), max(state) FROM run") == [(1, "done")]
    assert rows(store, "SELECT count(*) FROM page WHERE status = 200") == [(3,)]
    assert rows(store, "PRAGMA integrity_check") == [("ok",)]
    told = town.overview()
    assert {name for name, site in told.items() if site["problem"]} == {"Gone", "Hanging", "Spoiled"}
    assert sum(site["report"] is not None for site in told.values()) == 7


def _good_ones_are_done(town: Town, said: str) -> None:
    told = town.overview()
    for number, site in enumerate(town.good):
        assert [site.hits[path] for path in ("/", "/a", "/b")] == [1, 1, 1], said
        one = told[f"Good {number}"]
        assert one["complete"], said
        assert (one["pages"], one["problem"]) == (3, None)
        assert (town.folder / "reports" / one["report"]).is_file()


def _others_say_why(town: Town, said: str) -> None:
    told = town.overview()
    assert told["Killed"]["problem"] == "killed by SIGKILL; it goes on when it is next due"
    assert told["Hanging"]["problem"].startswith("stopped after ")
    assert told["Gone"]["problem"] == f"http://{town.gone}/ cannot be reached: connection refused"
    assert "cannot be used as a store" in told["Spoiled"]["problem"]
    page_over_all = (town.folder / "reports" / "index.html").read_text()
    assert "10 sites, 4 of them could not be crawled" in page_over_all
    assert f"http://{town.gone}: nothing could be crawled: " in said


def _who_wanted_to_know_was_told(town: Town, said: str) -> None:
    (posted,) = town.hears.posted
    assert posted.json["data"]["name"] == "Good 0"
    assert posted.json["data"]["score"] > 0
    assert "webhook-signature" in {name.lower() for name in posted.headers}
    assert len(town.deaf.posted) == 1
    assert f"Not told of http://{town.good[1].host}: The webhook was not told: 127.0.0.1" in said
    assert town.overview()["Good 1"]["not_told"].endswith("answered 404.")
    # Neither secret nor secret address is anywhere in what was written or said.
    assert SECRET not in said
    assert "T0-secret" not in said
    for file in (town.folder / "reports").rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert SECRET.encode() not in content, file
            assert b"T0-secret" not in content, file


def test_a_signal_stops_all_and_the_next_call_goes_on(town: Town) -> None:
    (town.folder / "clients.toml").write_text(f'[[client]]\ndomain = "http://{town.killed.host}"\n')
    call = begin(town)
    assert town.killed.asked.wait(120)
    call.send_signal(signal.SIGTERM)
    town.killed.let.set()
    said = call.communicate(timeout=120)[0]
    assert call.returncode == 143, said
    assert "interrupted" in said
    (client,) = read_clients(town.folder / "clients.toml", town.folder / "reports").clients
    assert "was interrupted and goes on" in due(client, UTC, datetime.now(UTC)).why
