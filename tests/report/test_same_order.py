"""Pages arrive in another order with each crawl; what the report tells of the same site stays the same."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing

import pytest
import sample_stores

from smocrawl.report import render
from smocrawl.store.database import Database


def met_in_another_order(source, target):
    """The same store, with other ids of the addresses and with the rows written in another order."""
    shutil.copy(source, target)
    chance = random.Random(7)
    with closing(sqlite3.connect(target)) as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM url")]
        other = dict(zip(ids, chance.sample(ids, len(ids)), strict=True))
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        for (table,) in names.fetchall():
            _shuffle(connection, table, other, chance)
        connection.commit()
    return target


def _shuffle(connection, table, other, chance):
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    ids = {row[3] for row in connection.execute(f"PRAGMA foreign_key_list({table})") if row[2] == "url"}
    ids |= {"id"} if table == "url" else set()
    if not ids:
        return
    rows = [
        [other.get(value, value) if name in ids else value for name, value in zip(columns, row, strict=True)]
        for row in connection.execute(f"SELECT * FROM {table}")
    ]
    chance.shuffle(rows)
    connection.execute(f"DELETE FROM {table}")
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", rows)


def files(folder):
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("form", ["file", "folder"])
def test_report_does_not_tell_in_which_order_pages_came(tmp_path, form):
    store = sample_stores.twice(tmp_path / "one.sqlite")
    run = store.run
    store.database.close()
    told = []
    for name in (tmp_path / "one.sqlite", met_in_another_order(tmp_path / "one.sqlite", tmp_path / "two.sqlite")):
        with closing(Database(name)) as database:
            told.append(files(render(database, run, tmp_path / name.stem, form=form).parent))
    first, second = told
    assert len(first) >= 7
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []
