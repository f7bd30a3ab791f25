"""Three workers, a PostgreSQL, an S3-compatible server: one worker is killed in mid-crawl, the database is started anew,
the storage is out of reach for a while.  Every site is done, none twice, no store is damaged."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import re
import signal
import sqlite3
import subprocess
import threading
from pathlib import Path

import psycopg
from servers import DEADLINE, SCRAPY, PostgreSQL, Storage, Worker, until
from serving import Answer, Site, page

from smocrawl.clients import read_clients
from smocrawl.fleet.register import Register, read_address
from smocrawl.fleet.status import states

SECRETS = ("a-password-nobody-may-see", "a-key-nobody-may-see")


class Gated(Site):
    """Answers all but */late*, until it is let."""

    def __init__(self, name: str, *, shut: bool = False) -> None:
        self.known = {
            "/": page(name, "/a", "/late"),
            "/a": page(f"{name}: a", "/"),
            "/late": page(f"{name}: late", "/"),
        }
        super().__init__(self._answer)
        self.asked, self.let = threading.Event(), threading.Event()
        if not shut:
            self.let.set()

    def _answer(self, path: str) -> Answer | None:
        if path == "/late" and not self.let.is_set():
            self.asked.set()
            self.let.wait(300)
        found = self.known.get(path)
        return Answer(found) if found else None


class Town:
    """Sites, a list of them, and what the workers need to know."""

    def __init__(
        self, folder: Path, database: PostgreSQL, sites: list[Gated], reports: str, more: dict[str, str]
    ) -> None:
        self.folder, self.sites, self.listed = folder, sites, folder / "clients.toml"
        self.listed.write_text(
            "".join(f'[[client]]\ndomain = "http://{one.host}"\nname = "Site {at}"\n' for at, one in enumerate(sites))
        )
        clean = {
            name: value for name, value in os.environ.items()
            if "proxy" not in name.lower() and not name.startswith(("SMO_", "AWS_"))
        }  # fmt: skip
        self.environment = {
            **clean, "SMO_WORKERS": "0", "SMO_FLEET_DATABASE": database.address, "SMO_REPORTS": reports,
            "SMO_FLEET_STALLED": "30", "SMO_FLEET_CHECKPOINT": "2", **more,
        }  # fmt: skip

    def worker(self, name: str, *words: str) -> Worker:
        return Worker(self.folder / name, self.listed, self.environment, *words)

    def run(self, *words: str, code: int = 0, **environment: str) -> str:
        done = subprocess.run(
            [SCRAPY, "smo-fleet", *words], cwd=self.folder, env={**self.environment, **environment}, text=True,
            stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        return done.stdout + done.stderr

    def status(self) -> dict[str, dict]:
        register = Register(read_address(self.environment["SMO_FLEET_DATABASE"]))
        listed = read_clients(self.listed, self.folder)
        return {one.client.name: one.told() for one in asyncio.run(states(listed, register))}

    def home(self, site: Site) -> str:
        return site.host.replace(":", "_")


def newest(root: Path, folder: str) -> Path:
    """The newest copy of a store, which is as its manifest says."""
    manifest = max((root / folder / "store").glob("*.json"))
    told, store = json.loads(manifest.read_bytes()), manifest.with_suffix(".sqlite")
    assert hashlib.sha256(store.read_bytes()).hexdigest() == told["sha256"]
    return store


def rows(store: Path, sql: str) -> list[tuple]:
    with contextlib.closing(sqlite3.connect(store)) as connection:
        return connection.execute(sql).fetchall()


def brought(storage: Storage, folder: Path) -> Path:
    """All objects of the bucket as files."""
    for name in objects(storage, ""):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        storage.client.download_file("reports", name, str(target))
    return folder


def objects(storage: Storage, prefix: str) -> set[str]:
    pages = storage.client.get_paginator("list_objects_v2").paginate(Bucket="reports", Prefix=prefix)
    return {one["Key"] for found in pages for one in found.get("Contents", ())}


def test_every_site_is_done_and_none_twice(tmp_path: Path, fresh: PostgreSQL, storage: Storage) -> None:
    with contextlib.ExitStack() as stack:
        sites = [stack.enter_context(Gated(f"Site {at}", shut=at < 3)) for at in range(4)]
        town = Town(tmp_path, fresh, sites, "s3://reports/all", storage.environment)
        assert "4 of 4 sites were added." in town.run("add", str(town.listed))
        workers = [town.worker(name) for name in ("one", "two", "three")]
        try:
            _troubled(town, sites, workers, fresh, storage)
            until(lambda: _recorded(fresh) == (4, 0), "every site is recorded, no job is left", 400)
            told = town.status()
            assert {one["state"] for one in told.values()} == {"idle"}
            assert all(one["score"] > 0 and one["next"] and one["code"] == 0 for one in told.values())
        finally:
            for site in sites:
                site.let.set()
            codes = [one.stop() for one in workers if one.process.poll() is None]
        said = "\n".join(one.said() for one in workers)
        assert codes == [143, 143], said
        # The one that was killed said nothing of its last crawl.
        assert len(re.findall(r"Report: s3://reports/all/[\w.]+/[\w-]+/index\.html", said)) >= 3, said
        _done_once(brought(storage, tmp_path / "brought") / "all", town, said)


def _troubled(town: Town, sites: list[Gated], workers: list[Worker], database: PostgreSQL, storage: Storage) -> None:
    # The first three sites are given out first; each worker hangs in one of them.
    for site in sites[:3]:
        until(site.asked.is_set, "the three gated sites are being crawled")
    holders = {name: one["holder"] for name, one in town.status().items() if one["state"] == "crawled"}
    assert sorted(holders) == ["Site 0", "Site 1", "Site 2"]
    dead = next(one for one in workers if holders["Site 0"].endswith(f"process {one.process.pid}"))
    # What was read so far lies in the shared place before its worker dies.
    prefix = f"all/{town.home(sites[0])}/store/"
    until(lambda: any(name.endswith(".json") for name in objects(storage, prefix)), "a copy in mid-crawl")
    read = set(objects(storage, prefix))
    until(lambda: objects(storage, prefix) - read, "one more copy, made after the page that hangs was asked for")
    dead.kill()
    database.stop()
    storage.shut()
    sites[1].let.set()  # finds neither the database nor the storage
    until(lambda: any("it is tried again" in one.said() for one in workers if one is not dead), "a push has failed")
    database.start()
    storage.open()
    sites[0].let.set()
    sites[2].let.set()


def _recorded(database: PostgreSQL) -> tuple[int, int]:
    """Sites with a result, and jobs that wait or run."""
    with psycopg.connect(database.address) as connection:
        sites = connection.execute("SELECT count(*) FROM smocrawl_site WHERE tried IS NOT NULL").fetchone()
        jobs = connection.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'smocrawl.crawl'"
        ).fetchone()
    return sites[0], jobs[0]


def _done_once(root: Path, town: Town, said: str) -> None:
    for site in town.sites:
        store = newest(root, town.home(site))
        assert rows(store, "PRAGMA integrity_check") == [("ok",)]
        assert rows(store, "SELECT id, state FROM run") == [(1, "done")], said
        assert rows(store, "SELECT count(*) FROM page WHERE status = 200") == [(3,)]
        # One page hung when its worker was killed: it alone is asked for again.
        assert (site.hits["/"], site.hits["/a"]) == (1, 1), said
    assert [site.hits["/late"] for site in town.sites[3:]] == [1], said
    assert town.sites[0].hits["/late"] == 2
    told = {one["name"]: one for one in json.loads((root / "overview.json").read_text())["sites"]}
    for one in told.values():
        assert (one["pages"], one["problem"], one["complete"]) == (3, None, True)
        assert (root / one["report"]).is_file()
    assert "Site 3" in (root / "index.html").read_text()
    assert "Traceback" not in "\n".join(file.read_text() for file in root.rglob("crawl.log"))
    for secret in SECRETS:
        assert secret not in said
        for file in root.rglob("*"):
            assert not file.is_file() or secret.encode() not in file.read_bytes(), file


def test_a_worker_that_is_stopped_hands_its_site_on(tmp_path: Path, fresh: PostgreSQL) -> None:
    """In a mounted folder, which the second machine continues from."""
    with Gated("Site", shut=True) as site:
        town = Town(tmp_path, fresh, [site], str(tmp_path / "shared"), {"SMO_FLEET_CHECKPOINT": "3600"})
        one, two = town.worker("one"), None
        try:
            until(site.asked.is_set, "the first worker adds what is due and begins")
            one.process.send_signal(signal.SIGTERM)
            until(lambda: "Stop requested" in one.said(), "the signal is passed on")
            site.let.set()
            assert one.process.wait(DEADLINE) == 143, one.said()
            two = town.worker("two")
            until(lambda: _recorded(fresh)[0] == 1, "the second worker has ended it")
        finally:
            site.let.set()
            said = one.said() + (two.said() if two else "")
            codes = [each.stop() for each in (one, two) if each and each.process.poll() is None]
    assert codes == [143], said
    assert "Traceback" not in said, said
    store = newest(tmp_path / "shared", town.home(site))
    assert rows(store, "SELECT id, state FROM run") == [(1, "done")], said
    assert (site.hits["/"], site.hits["/a"]) == (1, 1), said
