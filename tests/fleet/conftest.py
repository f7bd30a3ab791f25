"""The servers of a fleet, for the tests of this folder."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from servers import PostgreSQL, Storage, postgresql_programs

PROGRAMS = postgresql_programs()


@pytest.fixture(scope="module")
def database() -> Iterator[PostgreSQL]:
    if PROGRAMS is None:
        pytest.skip("PostgreSQL is not installed")
    # Not in pytest's own folder, which lets nobody pass but its owner: the server may have to be another user.
    with tempfile.TemporaryDirectory(prefix="smocrawl-postgresql-") as folder:
        found = PostgreSQL(PROGRAMS, Path(folder))
        found.start()
        yield found
        found.stop()


@pytest.fixture
def fresh(database: PostgreSQL) -> PostgreSQL:
    """The same without what an earlier test left in it."""
    with psycopg.connect(database.address) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return database


@pytest.fixture
def storage() -> Iterator[Storage]:
    found = Storage()
    yield found
    found.stop()
