"""What the log of a worker says of an outage: each time one line, and no traceback."""

from __future__ import annotations

import logging

import psycopg
import pytest
from procrastinate.exceptions import ConnectorException

from smocrawl.fleet.worker import TELLING, shorten, tell_in_short

REFUSED = (
    'connection to server at "10.0.0.1", port 5432 failed: Connection refused\n\tIs the server running on that host?'
)


def told(name: str, message: str, error: Exception) -> logging.LogRecord | None:
    """What becomes of the line that *name* logs with *error*; None = it is dropped."""
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, message, (), (type(error), error, None))
    return record if logging.getLogger(name).filter(record) else None


@pytest.fixture
def in_short() -> object:
    tell_in_short()
    yield
    for name in TELLING:
        logging.getLogger(name).removeFilter(shorten)
    logging.getLogger("psycopg.pool").setLevel(logging.NOTSET)


@pytest.mark.parametrize("name", [name for name in TELLING if name != "asyncio"])
def test_an_expected_end_is_one_line(in_short: object, name: str) -> None:
    record = told(name, "Side task deferrer failed: \n    Database error.\n    , stopping", ConnectorException())
    assert record is not None
    assert record.getMessage() == "Side task deferrer failed: Database error. , stopping: Database error."
    assert record.exc_info is None
    record = told(name, "Job ended", psycopg.OperationalError(REFUSED))
    assert record is not None
    assert record.getMessage() == f"Job ended: {REFUSED.splitlines()[0]}"


def test_what_was_told_is_not_told_again_nor_each_try_of_a_connection(in_short: object) -> None:
    assert told("asyncio", "Task exception was never retrieved", ConnectorException()) is None
    assert not logging.getLogger("psycopg.pool").isEnabledFor(logging.WARNING)


def test_a_fault_keeps_its_traceback(in_short: object) -> None:
    for name in TELLING:
        record = told(name, "Job ended", ValueError("ours"))
        assert record is not None
        assert record.exc_info is not None
