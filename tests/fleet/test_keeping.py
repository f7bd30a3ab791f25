"""What goes on beside a crawl: signs of life, copies, and the end when the site is another machine's."""

from __future__ import annotations

import psycopg
import pytest
from servers import until

from smocrawl.clients.process import Children
from smocrawl.fleet import Lost
from smocrawl.fleet.keeping import Keeping
from smocrawl.fleet.pace import Pace
from smocrawl.fleet.place import PlaceError

QUICK = Pace(stalled=0.06, checkpoint=0.01)


class Watched:
    """Counts what is asked of it."""

    def __init__(self, *, ours: bool = True, database: bool = True, storage: bool = True) -> None:
        self.ours, self.database, self.storage = ours, database, storage
        self.beats = self.copies = 0

    def holds(self) -> bool:
        self.beats += 1
        if not self.database:
            raise psycopg.OperationalError("connection refused")
        return self.ours

    def copy(self) -> None:
        self.copies += 1
        if not self.storage:
            raise PlaceError("out of reach")

    def keeping(self) -> Keeping:
        return Keeping(pace=QUICK, holds=self.holds, copy=self.copy, children=Children())


def test_nothing_is_copied_before_the_store_is_here_nor_after_the_crawl() -> None:
    watched = Watched()
    with watched.keeping() as keeping:
        until(lambda: watched.beats > 3, "signs of life")
        assert watched.copies == 0
        keeping.save()
        until(lambda: watched.copies > 1, "copies")
        keeping.crawled()
        copies, beats = watched.copies, watched.beats
        until(lambda: watched.beats > beats + 3, "signs of life until the result is recorded")
        assert watched.copies == copies
        keeping.ours()
    assert not keeping.children.stopping


def test_copies_that_fail_are_tried_again() -> None:
    watched = Watched(storage=False)
    with watched.keeping() as keeping:
        keeping.save()
        until(lambda: watched.copies > 3, "copies")
        keeping.ours()


@pytest.mark.parametrize(
    ("watched", "why"),
    [
        (Watched(ours=False), "another machine has taken the site over"),
        (Watched(database=False), "the database is out of reach for too long"),
    ],
)
def test_the_crawl_ends_when_the_site_is_not_ours(watched: Watched, why: str) -> None:
    with watched.keeping() as keeping:
        until(lambda: keeping.children.stopping, "the crawl is told to end")
        with pytest.raises(Lost, match=why):
            keeping.ours()
