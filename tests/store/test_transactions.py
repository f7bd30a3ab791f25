"""Transactions: all or nothing each, though several are committed as one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.frontier import Frontier, Wanted


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "crawls.sqlite")
    yield opened
    opened.close()


def begin(database: Database) -> Frontier:
    run = runs.begin(
        database, home="https://a.example/", options={}, version="1", ruleset="1", algorithm=1, audience="general"
    )
    return Frontier(database, run)


def seen_by_others(database: Database) -> int:
    """Rows of the queue that another program sees."""
    other = Database(database.path, read_only=True)
    try:
        return other.scalar("SELECT count(*) FROM frontier")
    finally:
        other.close()


def fail(database: Database, frontier: Frontier) -> None:
    with database.transaction():
        frontier.add([Wanted(url="https://a.example/lost")])
        raise ZeroDivisionError


def test_as_many_as_told_are_committed_together(database: Database) -> None:
    frontier = begin(database)
    called: list[int] = []
    database.gather(3, lambda: called.append(1))
    for number in range(2):
        frontier.add([Wanted(url=f"https://a.example/{number}")])
    assert (seen_by_others(database), database.gathered, len(called)) == (0, 2, 1)
    frontier.add([Wanted(url="https://a.example/2")])
    assert (seen_by_others(database), database.gathered) == (3, 0)
    frontier.add([Wanted(url="https://a.example/3")])
    database.commit()
    assert (seen_by_others(database), len(called)) == (4, 2)


def test_one_that_fails_takes_none_of_the_others_along(database: Database) -> None:
    frontier = begin(database)
    database.gather(10, lambda: None)
    frontier.add([Wanted(url="https://a.example/kept")])
    with pytest.raises(ZeroDivisionError):
        fail(database, frontier)
    frontier.add([Wanted(url="https://a.example/after")])
    database.commit()
    urls = [row[0] for row in database.rows("SELECT url.url FROM url JOIN frontier ON frontier.url = url.id")]
    assert sorted(urls) == ["https://a.example/after", "https://a.example/kept"]


def test_ids_of_what_was_undone_are_forgotten(database: Database) -> None:
    frontier = begin(database)
    with pytest.raises(ZeroDivisionError):
        fail(database, frontier)
    assert frontier.add([Wanted(url="https://a.example/other"), Wanted(url="https://a.example/lost")]) == 2
    assert frontier.url_id("https://a.example/other") != frontier.url_id("https://a.example/lost")
    assert database.scalar("SELECT count(*) FROM url") == 2


def test_what_was_gathered_is_written_at_the_end(tmp_path: Path) -> None:
    database = Database(tmp_path / "crawls.sqlite")
    frontier = begin(database)
    database.gather(10, lambda: None)
    frontier.add([Wanted(url="https://a.example/")])
    database.close()
    again = Database(tmp_path / "crawls.sqlite", read_only=True)
    assert again.scalar("SELECT count(*) FROM frontier") == 1
    again.close()


def test_a_known_link_is_not_queued_twice_but_a_sitemap_speaks_for_it(database: Database) -> None:
    frontier = begin(database)
    link = Wanted(url="https://a.example/page")
    assert (frontier.add([link]), frontier.add([link]), frontier.knows(link.url)) == (1, 0, True)
    assert frontier.add([Wanted(url=link.url, source="sitemap")]) == 0
    assert database.scalar("SELECT source = 'sitemap' FROM frontier") == 1
