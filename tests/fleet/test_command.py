"""``scrapy smo-fleet``: what is wrong is said in one line, and no line holds a secret."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from scrapy.settings import Settings

from smocrawl.commands.smo_fleet import Command
from smocrawl.fleet.pace import CONNECTING, LEAST_STALLED, Pace, read_pace
from smocrawl.spiders.options import ArgumentError

LIST = '[[client]]\ndomain = "example.com"\n'


def call(*words: str) -> int:
    command = Command()
    command.settings = Settings()
    parser = argparse.ArgumentParser(conflict_handler="resolve")
    command.add_options(parser)
    options, args = parser.parse_known_args(list(words))
    command.run(args, options)
    return command.exitcode


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "clients.toml").write_text(LIST)
    monkeypatch.delenv("SMO_FLEET_DATABASE", raising=False)
    monkeypatch.chdir(tmp_path)
    return "clients.toml"


@pytest.mark.parametrize("words", [(), ("worker",), ("dance", "clients.toml"), ("status", "a", "b")])
def test_what_to_do_has_to_be_said(words: tuple[str, ...], capfd: pytest.CaptureFixture[str]) -> None:
    assert call(*words) == 2
    assert capfd.readouterr().err == "Say what to do, and the list: smo-fleet status clients.toml\n"


def test_an_unknown_option_is_named(listed: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert call("add", listed, "--soon") == 2
    assert capfd.readouterr().err == "Unknown option --soon.\n"


def test_without_a_database_nothing_begins(listed: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert call("worker", listed) == 2
    assert capfd.readouterr().err.startswith("SMO_FLEET_DATABASE is not set. Name the database there: ")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me:hush-hush@host:port:8/x",
        "hush-hush",
        "postgresql://me:hush/hush@h/x",
        "postgresql://%zz:hush-hush@h",
    ],
)
def test_a_wrong_address_is_not_quoted(
    listed: str, address: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SMO_FLEET_DATABASE", address)
    assert call("status", listed) == 2
    said = capfd.readouterr().err
    assert said.startswith("SMO_FLEET_DATABASE is no address of a PostgreSQL database")
    assert "hush" not in said


def test_a_database_that_is_not_there_is_said_in_one_line(
    listed: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SMO_FLEET_DATABASE", "postgresql://me:hush-hush@127.0.0.1:1/x")
    assert call("add", listed) == 5
    said = capfd.readouterr().err
    assert said.startswith("The database of SMO_FLEET_DATABASE cannot be used: ")
    assert said.count("\n") == 1
    assert "hush" not in said


def test_reports_of_the_list_have_no_meaning(
    listed: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SMO_FLEET_DATABASE", "postgresql://me@127.0.0.1:1/x")
    Path(listed).write_text(LIST + 'reports = "elsewhere"\n')
    assert call("status", listed) == 2
    assert capfd.readouterr().err == (
        "clients.toml:1: reports has no meaning for smo-fleet; leave it out: SMO_REPORTS is one.\n"
    )


@pytest.mark.parametrize("name", ["SMO_FLEET_STALLED", "SMO_FLEET_CHECKPOINT"])
def test_seconds_that_are_none_are_named(name: str) -> None:
    with pytest.raises(ArgumentError, match=rf"^{name}='soon': a whole number of seconds from "):
        read_pace({"SMO_FLEET_STALLED": 60, "SMO_FLEET_CHECKPOINT": 300, name: "soon"})


def test_a_crawl_stops_before_another_machine_begins_it() -> None:
    for stalled in (LEAST_STALLED, 60, 3600):
        pace = Pace(stalled=stalled)
        # Even when the silence begins just after a sign of life, and is noticed one beat and one vain call later.
        assert pace.lease + pace.beat + CONNECTING <= pace.stalled


def test_waits_grow_up_to_ten_minutes() -> None:
    waits = [Pace().wait(attempts) for attempts in range(12)]
    assert waits[:4] == [5, 10, 20, 40]
    assert waits[-1] == 600
