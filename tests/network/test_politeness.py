"""Retry-After in both forms, and what a host may ask for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from smocrawl.network.politeness import retry_after

NOW = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"7", 7.0),
        (b" 120 ", 120.0),
        (b"Sat, 21 Nov 2026 12:00:30 GMT", 30.0),
        (b"Sat, 21 Nov 2026 11:00:00 GMT", 0.0),
        (b"soon", None),
        (b"-5", None),
        (b"", None),
        (None, None),
    ],
)
def test_retry_after(value: bytes | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds
