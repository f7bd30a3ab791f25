"""Retry-After in both forms, and what a host may ask for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from scrapy import Request

from smocrawl.extract.files.robots import Robots
from smocrawl.network.politeness import LONGEST_DELAY, keep_delay, retry_after

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
        (b"Mon, 01 Jan 99999999999999999999 00:00:00 GMT", None),
        (b"", None),
        (None, None),
    ],
)
def test_retry_after(value: bytes | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    ("asked", "kept", "said"),
    [("", None, None), ("0", None, None), ("1.5", 1.5, None), ("86400", LONGEST_DELAY, "86400"), ("-3", None, None)],
)
def test_a_crawl_delay_is_kept_up_to_a_cap_that_is_told(asked: str, kept: float | None, said: str | None) -> None:
    request = Request("https://example.com/page")
    robots = Robots.read(f"User-agent: *\nCrawl-delay: {asked}\n".encode())
    sentence = keep_delay(request, robots, "smocrawl")
    assert request.meta.get("crawl_delay") == kept
    assert (sentence is None) == (said is None)
    assert said is None or (said in str(sentence) and "example.com" in str(sentence))
