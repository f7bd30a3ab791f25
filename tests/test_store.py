"""The store's own form: what an older version has written stays readable."""

from __future__ import annotations

import sqlite3
from importlib import resources
from pathlib import Path

from smocrawl.store import runs
from smocrawl.store.database import APPLICATION, SCHEMA, Database


def old_store(path: Path) -> None:
    """A store as version 1 made it, with one run."""
    first = resources.files("smocrawl.store").joinpath("schema.sql").read_text(encoding="utf-8")
    connection = sqlite3.connect(path)
    connection.executescript(
        f"{first} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = 1;"
        " INSERT INTO run (id, started, home, options, version, ruleset, algorithm, audience)"
        " VALUES (1, '2026-01-02T03:04:05+00:00', 'https://old.example/', '{}', '0.0', '2026.01', 1, 'general');"
    )
    connection.close()


def test_an_older_store_grows_after_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "crawls.sqlite"
    old_store(path)
    database = Database(path)
    assert database.scalar("PRAGMA user_version") == SCHEMA
    assert database.scalar("SELECT count(*) FROM rendering") == 0
    assert runs.load(database, 1).home == "https://old.example/"
    database.close()
    copy = sqlite3.connect(tmp_path / "crawls.sqlite.schema-1")
    assert copy.execute("PRAGMA user_version").fetchone() == (1,)
    assert copy.execute("SELECT home FROM run").fetchone() == ("https://old.example/",)
    copy.close()


def test_a_reader_finds_the_older_store_grown(tmp_path: Path) -> None:
    path = tmp_path / "crawls.sqlite"
    old_store(path)
    database = Database(path, read_only=True)
    assert database.scalar("SELECT count(*) FROM rendered_field") == 0
    database.close()
