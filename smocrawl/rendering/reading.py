"""What a worker does with a rendered page: the same reader as for the first time, then field by field."""

from __future__ import annotations

from attrs import frozen

from smocrawl.extract import read_page
from smocrawl.page import Page
from smocrawl.page.rendered import Compared, compare
from smocrawl.reading import MOST_TAGS, within
from smocrawl.store.facts import pack, unpack


@frozen(kw_only=True)
class Second:
    """A page to read for the second time."""

    body: bytes
    """UTF-8, as the browser serialised it."""
    first: bytes
    """Packed facts of the first reading."""


@frozen(kw_only=True)
class SecondResult:
    facts: bytes
    fields: tuple[Compared, ...]


def read_second(task: Second) -> SecondResult:
    first = unpack(task.first, Page)
    body = within(task.body, MOST_TAGS)
    second = read_page(
        first.url,
        body,
        headers={**first.headers, "content-type": "text/html; charset=utf-8"},
        requested_url=first.requested_url,
        truncated=len(body) < len(task.body),
    )
    return SecondResult(facts=pack(second), fields=compare(first, second))
