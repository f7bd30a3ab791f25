"""A real Scrapyd runs the installed package: scheduled over its API, seen to its end, the report found."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import Answer, Site, page

EXAMPLE = Path(__file__).parents[2] / "deploy" / "scrapyd" / "scrapy.cfg"
PATIENCE = 120
"""Seconds in which something must have happened, however busy the machine."""


def until(found: Callable[[], Any], what: str) -> Any:
    """The first answer of *found* that is one; asks again a moment later."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if (answer := found()) is not None:
            return answer
        threading.Event().wait(0.1)
    pytest.fail(f"{what}: not within {PATIENCE} s")


class Scrapyd:
    """Its JSON API."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open

    def get(self, name: str, **query: str) -> dict[str, Any]:
        with self._open(f"{self.address}/{name}?{urllib.parse.urlencode(query)}", timeout=60) as answer:
            return json.load(answer)

    def post(self, name: str, **form: str | list[str]) -> dict[str, Any]:
        data = urllib.parse.urlencode(form, doseq=True).encode()
        with self._open(f"{self.address}/{name}", data, timeout=60) as answer:
            return json.load(answer)

    def is_up(self) -> bool | None:
        try:
            return self.get("daemonstatus.json")["status"] == "ok" or None
        except (urllib.error.URLError, ConnectionError):
            return None

    def ended(self, job: str) -> dict[str, Any] | None:
        jobs = self.get("listjobs.json", project="smocrawl")
        return next((one for one in jobs["finished"] if one["id"] == job), None)


@pytest.fixture
def scrapyd(tmp_path: Path) -> Iterator[Scrapyd]:
    if importlib.util.find_spec("scrapyd") is None:
        pytest.skip("scrapyd is not installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    text = re.sub(r"(http_port\s*=).*", rf"\1 {port}", EXAMPLE.read_text())
    (tmp_path / "scrapy.cfg").write_text(re.sub(r"(poll_interval\s*=).*", r"\1 0.1", text))
    clean = {
        name: value for name, value in os.environ.items() if "proxy" not in name.lower() and not name.startswith("SMO_")
    }
    with (tmp_path / "scrapyd.log").open("wb") as log:
        daemon = subprocess.Popen(
            [Path(sys.executable).with_name("scrapyd")], cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            env={**clean, "SMO_REPORTS": str(tmp_path / "reports"), "SMO_WORKERS": "0"},
        )  # fmt: skip
        try:
            api = Scrapyd(port)
            until(api.is_up, "Scrapyd starts")
            yield api
        finally:
            daemon.terminate()
            daemon.wait(60)


def test_a_scheduled_crawl_ends_with_a_report(scrapyd: Scrapyd, tmp_path: Path) -> None:
    assert scrapyd.get("listprojects.json")["projects"] == ["smocrawl"]
    pages: dict[str, Answer | str] = {"/": page("Home", "/a"), "/a": page("A", "/")}
    with Site(pages) as site:
        settings = ["SMO_LANGUAGE=de", "STATS_DUMP=1"]
        form = {"project": "smocrawl", "spider": "smo", "domain": site.url, "setting": settings}
        assert scrapyd.post("schedule.json", jobid="first", **form)["status"] == "ok"
        until(lambda: scrapyd.ended("first"), "the crawl ends")
        assert site.hits["/a"] == 1
    (report,) = (tmp_path / "reports").glob("127.0.0.1_*/*/index.html")
    assert '<html lang="de"' in report.read_text(encoding="utf-8")
    log = (tmp_path / "logs/smocrawl/smo/first.log").read_text()
    assert re.search(r"'smo/exit_code': [03],\n *'smo/pages': 2,\n *'smo/score': \d", log)
    assert "Traceback" not in log + (tmp_path / "scrapyd.log").read_text()
