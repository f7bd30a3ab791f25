"""smo-run-all, smo-collect and smo-tell as a user calls them, where nothing needs to be crawled."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sample_stores
from receiving import Receiver
from scrapy.cmdline import execute

from smocrawl.clients import ledger, process
from smocrawl.clients.ledger import Tried
from smocrawl.clients.overview import of_folder
from smocrawl.report import render
from smocrawl.store import runs


@dataclass
class Said:
    code: int
    out: str
    err: str


Ask = Callable[..., Said]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Ask:
    """``scrapy WORDS…`` in this process, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    for name in ("SMO_WEBHOOK", "SMO_WEBHOOK_SECRET", "SMO_MAIL_TO", "SMO_REPORTS", "http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}

    def asked(*words: str) -> Said:
        with pytest.raises(SystemExit) as ended:
            execute(["scrapy", *words])
        for number, handler in handlers.items():
            signal.signal(number, handler)
        out, err = capfd.readouterr()
        return Said(int(ended.value.code or 0), out, err)

    return asked


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A domain's folder as two crawls leave it."""
    home = tmp_path_factory.mktemp("kept")
    store = sample_stores.twice(home / "crawls.sqlite")
    render(store.database, store.run, home / "2026-11-18_093000")
    runs.update(store.database, store.run, report="2026-11-18_093000")
    store.database.close()
    return home


LIST = '[[client]]\ndomain = "one.example"\nname = "One"\n[[client]]\ndomain = "two.example"\npaused = true\n'


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Name one list"),
        (("none.toml",), "none.toml cannot be read: No such file or directory."),
        (("clients.toml", "--jobs", "0"), "--jobs '0': a number from 1 to 64."),
        (("clients.toml", "--shard", "3"), "--shard '3': the number of this machine"),
        (("clients.toml", "--only", "x.example"), "--only 'x.example': no client of "),
        (("clients.toml", "--unknown"), "Unknown option --unknown"),
    ],
)
def test_bad_usage_is_one_line(ask: Ask, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    (tmp_path / "clients.toml").write_text(LIST)
    ran = ask("smo-run-all", *words)
    assert ran.code == 2
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1


def test_the_list_for_programs(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "clients.toml").write_text(LIST)
    ledger.write(tmp_path / "reports/one.example", Tried(at=datetime.now(UTC), code=4, said="time-out", failures=1))
    ran = ask("smo-run-all", "clients.toml", "--list", "--json")
    first, second = json.loads(ran.out)
    assert (first["due"], first["why"], first["period"]) == (False, "failed: time-out", "weekly")
    assert first["next"]
    assert (second["due"], second["why"]) == (False, "paused")


def test_nothing_is_due(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "clients.toml").write_text(LIST.replace('name = "One"', "paused = true"))
    ran = ask("smo-run-all", "clients.toml")
    assert ran.code == 0, ran.err
    assert "0 of 2 clients were due" in ran.out
    assert (tmp_path / "reports" / "index.html").is_file()


def test_a_page_that_cannot_be_written_is_said(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "clients.toml").write_text(LIST.replace('name = "One"', "paused = true"))
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "index.html").mkdir()
    ran = ask("smo-run-all", "clients.toml")
    assert ran.code == 5
    assert "The overview could not be written" in ran.err


def test_a_client_whose_folder_cannot_be_written_ends_alone(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "full").write_text("no folder")
    (tmp_path / "clients.toml").write_text(LIST.replace('name = "One"', 'reports = "full/one"'))
    ran = ask("smo-run-all", "clients.toml")
    assert ran.code == 5
    assert "one.example: failed: " in ran.err
    assert "Not a directory" in ran.err
    assert "Traceback" not in ran.err
    assert "1 of 2 clients were due; 0 with a new report." in ran.out


def test_folders_of_several_machines_on_one_page(ask: Ask, tmp_path: Path, kept: Path) -> None:
    for home in ("a/one.example", "a/two.example", "b/two.example"):
        shutil.copytree(kept, tmp_path / home)
    (tmp_path / "a" / "two.example" / "crawls.sqlite").write_bytes(b"spoiled" * 100)
    (tmp_path / "b" / "no domain").mkdir()
    ledger.write(tmp_path / "b" / "gone.example", Tried(at=datetime.now(UTC), code=4, said="time-out", failures=3))
    ran = ask("smo-collect", "a", "b", "--to", "joint")
    assert ran.code == 0, ran.err
    assert f"3 sites in {tmp_path}/joint/index.html" in ran.out
    told = {one["domain"]: one for one in json.loads((tmp_path / "joint" / "overview.json").read_text())["sites"]}
    assert list(told) == ["gone.example", "one.example", "two.example"]
    assert told["gone.example"]["problem"] == "time-out"
    assert (tmp_path / "joint" / told["two.example"]["report"]).resolve().is_relative_to(tmp_path / "b")
    assert told["one.example"]["moved"] > 0
    assert len(told["one.example"]["trend"]) == 2


def test_collecting_nothing(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert ask("smo-collect", "empty").code == 4
    ran = ask("smo-collect", "none")
    assert (ran.code, ran.err) == (2, "none is no folder. Name folders of reports.\n")
    assert ask("smo-collect").code == 2


def test_telling_again(ask: Ask, tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(kept, tmp_path / "reports" / "one.example")
    shown = ask("smo-tell", "one.example", "--show", "--name", "The One")
    assert shown.code == 0, shown.err
    assert shown.out.startswith("The One: ")
    assert ask("smo-tell", "one.example").err == (
        "Nobody wants to be told: set SMO_WEBHOOK in the environment, or SMO_MAIL_TO.\n"
    )
    with Receiver(204, 403) as receiver:
        monkeypatch.setenv("SMO_WEBHOOK", receiver.url)
        ran = ask("smo-tell", "one.example")
        assert (ran.code, ran.err) == (0, "")
        assert receiver.posted[0].json["type"] == "crawl.finished"
        refused = ask("smo-tell", "one.example")
        assert refused.code == 5
        assert "answered 403" in refused.err
    assert ask("smo-tell", "none.example").code == 4
    assert ask("smo-tell", "one.example", "-s", "SMO_WEBHOOK=https://x.example/").code == 2


def test_who_does_not_stop_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "GRACE", 0.1)
    deaf = "import signal, threading; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); threading.Event().wait(60)"
    with subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE) as child:
        assert child.stdout
        assert child.stdout.readline() == b"deaf\n"
        assert process._wait(child, 0.1)
        assert child.returncode == -signal.SIGKILL


def test_what_was_said_last_is_no_line_of_the_log(tmp_path: Path) -> None:
    log = tmp_path / "crawl.log"
    log.write_bytes(b"first\nThe site is down.\n2026-11-21 20:47:25 [scrapy.core.engine] INFO: Spider opened\n\n")
    assert process._last_line(log) == "The site is down."
    log.write_bytes(b"")
    assert process._last_line(log) == "it said nothing"
    log.write_bytes(b"x" * 40_000)
    assert len(process._last_line(log)) == process.SAID


def test_a_crawl_that_was_stopped_before_it_wrote_anything_says_why(tmp_path: Path) -> None:
    home = tmp_path / "slow.example"
    ledger.write(home, Tried(at=datetime.now(UTC), code=5, said="stopped after 1 second", failures=1))
    (home / "crawls.sqlite").touch()
    assert of_folder(home).problem == "stopped after 1 second"
