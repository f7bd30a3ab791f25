"""The files under deploy/, as systemd, cron and run-all read them."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cronsim import CronSim

from smocrawl.clients import read_clients
from smocrawl.commands.console import main

DEPLOY = Path(__file__).parents[2] / "deploy"
INSTALLED = "/opt/smocrawl/bin/smocrawl"


def unit(name: str) -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str
    parser.read(DEPLOY / "systemd" / name)
    return parser


def test_the_example_of_a_list_is_read() -> None:
    listed = read_clients(DEPLOY / "clients.toml", Path("reports"))
    assert [one.domain for one in listed.clients] == ["example.com", "other.example"]
    assert listed.clients[0].arguments == {"max_pages": "500"}


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    names = ("smocrawl.service", "smocrawl.timer", "smocrawl-fleet@.service")
    for name in names:
        # The program stands elsewhere here; systemd would call a path without a file an error.
        text = (DEPLOY / "systemd" / name).read_text().replace(INSTALLED, sys.executable)
        (tmp_path / name.replace("@", "@1")).write_text(text)
    done = subprocess.run(
        [program, "verify", "--man=no", *(str(tmp_path / name.replace("@", "@1")) for name in names)],
        capture_output=True, text=True, timeout=60, check=False, env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"},
    )  # fmt: skip
    ours = [line for line in (done.stdout + done.stderr).splitlines() if "smocrawl" in line]
    assert done.returncode == 0, done.stderr
    assert ours == []


def test_the_service_leaves_the_crawls_time_to_end() -> None:
    service = unit("smocrawl.service")["Service"]
    assert service["KillMode"] == "mixed"
    assert service["TimeoutStopSec"] == "12min"  # more than smocrawl.clients.process.GRACE
    assert service["SuccessExitStatus"] == "3"


def test_the_commands_of_units_and_cron_are_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    line = (DEPLOY / "cron" / "smocrawl").read_text().splitlines()[-1]
    *times, user, command = line.split(None, 6)
    assert user == "smocrawl"
    first = next(CronSim(" ".join(times), datetime(2026, 11, 21, 12, 30, tzinfo=UTC)))
    assert first == datetime(2026, 11, 21, 13, 7, tzinfo=UTC)
    assert "%" not in command  # cron would take it for a line break
    started = unit("smocrawl.service")["Service"]["ExecStart"]
    assert command.partition(" >")[0] == started
    program, *words = shlex.split(started.replace("/etc/smocrawl", str(DEPLOY)))
    assert program == INSTALLED
    monkeypatch.setenv("SMO_REPORTS", str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        main([*words, "--list"])
    assert ended.value.code == 0
    assert "2 of 2 clients are due." in capfd.readouterr().out


def test_the_timer_comes_as_often_as_cron() -> None:
    assert unit("smocrawl.timer")["Timer"]["OnCalendar"] == "hourly"
    moments = CronSim("7 * * * *", datetime(2026, 1, 1, tzinfo=UTC))
    assert next(moments) + timedelta(hours=1) == next(moments)


def test_the_project_of_scrapyd_is_the_package() -> None:
    parser = configparser.ConfigParser()
    parser.read(DEPLOY / "scrapyd" / "scrapy.cfg")
    assert dict(parser["settings"]) == {"smocrawl": "smocrawl.settings"}
    assert re.fullmatch(r"127\.0\.0\.1", parser["scrapyd"]["bind_address"])
