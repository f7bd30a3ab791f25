"""Settings that cannot hold, and stores that cannot be read: one line that names them, before anything starts."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import run
from scrapy.settings import Settings
from serving import page

from smocrawl.commands.running import own_settings
from smocrawl.spiders.options import ArgumentError
from smocrawl.store.database import Database


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("SMO_WORKERS", "many", "SMO_WORKERS='many': a number from 0 to 1,000 is wanted."),
        ("SMO_WORKERS", "-1", "a number from 0"),
        ("SMO_WORKERS", "1001", "a number from 0"),
        ("SMO_WORKERS", "9" * 5000, "a number from 0"),
        ("SMO_TELL", "maybe", "SMO_TELL='maybe': say 1 or 0."),
        ("SMO_LANGUAGE", "fr", "SMO_LANGUAGE='fr' is not there; known are en, de."),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL='LOUD': known are DEBUG"),
        ("CONCURRENT_REQUESTS", "x", "CONCURRENT_REQUESTS='x': a number from 1 is wanted."),
        ("CONCURRENT_REQUESTS_PER_DOMAIN", "0", "a number from 1"),
        ("DOWNLOAD_DELAY", "1e3", "a number from 0"),
        ("RETRY_TIMES", "1.5", "a number from 0"),
        ("SMO_REPORT", "here", "There is no setting 'SMO_REPORT'. Did you mean SMO_REPORTS?"),
    ],
)
def test_a_value_that_a_setting_cannot_have(name: str, value: str, line: str) -> None:
    with pytest.raises(ArgumentError) as refused:
        own_settings(on_the_command_line(name, value), {})
    assert line in str(refused.value)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("name", "value"), [("DOWNLOAD_DELAY", "0.5"), ("SMO_WORKERS", ""), ("SMO_WORKERS", "0"), ("SMO_PROGRESS", "0")]
)
def test_a_value_that_it_can_have(name: str, value: str) -> None:
    settings = own_settings(on_the_command_line(name, value), {})
    assert settings.getfloat(name) >= 0


def test_the_environment_is_looked_at_as_well_but_may_hold_names_of_others() -> None:
    with pytest.raises(ArgumentError, match="SMO_WORKERS='x'"):
        own_settings(Settings(), {"SMO_WORKERS": "x"})
    assert own_settings(Settings({"SMO_ENABLED": True}), {"SMO_PLUGIN_OF_OTHERS": "x"})["SMO_LANGUAGE"] == "en"


def on_the_command_line(name: str, value: str) -> Settings:
    settings = Settings()
    settings.set(name, value, priority="cmdline")
    return settings


def test_a_damaged_store_is_said_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "a.example"
    folder.mkdir(parents=True)
    store = folder / "crawls.sqlite"
    database = Database(store)
    database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = database.scalar("PRAGMA page_size")
    database.close()
    whole = store.read_bytes()
    store.write_bytes(whole[:size] + b"\xaa" * (len(whole) - size))
    ran = run(tmp_path, "smo-report", "a.example")
    assert ran.code == 5
    assert ran.err.splitlines() == [
        "The store cannot be read: database disk image is malformed. Bring back a copy of it, or name another SMO_STORE."
    ]


def test_a_crawl_without_a_page_has_no_report(tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "a.example"
    folder.mkdir(parents=True)
    database = Database(folder / "crawls.sqlite")
    with database.transaction() as connection:
        connection.execute(
            "INSERT INTO run (started, home, options, version, ruleset, algorithm, audience)"
            " VALUES ('2026-01-01T00:00:00+00:00', 'https://a.example/', '{}', '1', '1', 1, 'general')"
        )
    database.close()
    ran = run(tmp_path, "smo-report", "a.example")
    assert ran.code == 4
    assert "read no page. Crawl again: scrapy smo-crawl a.example" in ran.err
    assert not list(folder.glob("*/index.html"))


def test_a_terminal_that_knows_few_characters(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page("Grüße – eine Seite"), encoding="utf-8")
    ran = run(tmp_path, "smo-check", "page.html", environment={"PYTHONIOENCODING": "ascii"})
    assert ran.code == 0
    assert r"title: Gr\xfc\xdfe \u2013 eine Seite" in ran.out
    assert ran.err == ""
