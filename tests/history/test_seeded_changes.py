"""A real site is crawled, changed in one-and-twenty places, and crawled again: the comparison names these changes and no other."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from running import run

sys.path.insert(0, str(Path(__file__).parent))
from seeded import CHANGES, COPTIC, FILM, ORIGIN, PAPER, PICTURE, TODAY, site

from smocrawl.demo.server import DemoServer
from smocrawl.history import Difference, compare
from smocrawl.history.rescrape import stale
from smocrawl.history.turns import Step, Turn
from smocrawl.store.database import Database

LINKS = "SELECT source.url FROM link JOIN url source ON source.id = link.src JOIN url target ON target.id = link.dst WHERE link.run = ? AND target.url = ?"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Database:
    folder = tmp_path_factory.mktemp("seeded")
    with DemoServer(origin=ORIGIN, today=TODAY, faults=False) as server:
        for edits in ([one.before for one in CHANGES], [one.now for one in CHANGES]):
            server.site = site(*edits)
            ran = run(folder, "smo-crawl", server.url, "-a", f"as_url={ORIGIN}", timeout=240)
            assert ran.code in (0, 3), ran.said
    (path,) = folder.glob("reports/*/crawls.sqlite")
    return Database(path, read_only=True)


@pytest.fixture(scope="module")
def found(store: Database) -> Difference:
    return compare(store, 1, 2)


def linking(store: Database, run_id: int, path: str) -> set[str]:
    return {row[0].removeprefix(ORIGIN) for row in store.rows(LINKS, run_id, ORIGIN + path)}


def test_there_are_twenty_changes_of_every_kind() -> None:
    assert len(CHANGES) >= 20
    assert len({one.name for one in CHANGES}) == len(CHANGES)


def test_exactly_these_faults_came_and_went(found: Difference, store: Database) -> None:
    expected = set().union(*(one.expected for one in CHANGES))
    broken, mended = linking(store, 2, FILM), linking(store, 1, PAPER)
    assert len(broken) > 3
    assert len(mended) > 3
    assert not broken & mended
    # What a page that is gone says of itself is not judged.
    broken, mended = broken - {FILM}, mended - {PAPER}
    expected |= {("internal-link-broken", path, Turn.REGRESSED) for path in broken}
    expected |= {("internal-link-broken", path, Turn.FIXED) for path in mended}
    told = {(one.check, one.url.removeprefix(ORIGIN), one.turn) for one in found.changes}
    assert told - expected == set()
    assert expected - told == set()


def test_exactly_these_pages_came_went_or_were_silent(found: Difference) -> None:
    assert found.new_pages == (ORIGIN + PAPER,)
    assert found.gone_pages == (ORIGIN + FILM,)
    assert found.unreached_pages == (f"{ORIGIN}/imprint/",)


def test_exactly_these_cards_changed(found: Difference) -> None:
    expected = set().union(*(one.cards for one in CHANGES))
    assert {one.url.removeprefix(ORIGIN) for one in found.cards} == expected


def test_exactly_this_picture_is_another_one(found: Difference, store: Database) -> None:
    assert [one.url for one in found.images] == [ORIGIN + PICTURE]
    facebook = next(tool for tool in stale(store, found).tools if tool.id == "facebook")
    assert ORIGIN + COPTIC in facebook.urls


def test_the_crawls_can_be_compared_and_the_parts_add_up(found: Difference) -> None:
    assert found.comparable
    assert found.parts is not None
    assert sum(found.parts.terms.values()) == pytest.approx(found.parts.now - found.parts.before, abs=1e-9)
    moved = {step for step, points in found.parts.terms.items() if abs(points) > 1e-9}
    assert moved >= {Step.FIXED, Step.REGRESSED, Step.REMOVED, Step.NEW, Step.COVERAGE}
    assert Step.RULES not in moved
    assert Step.AGEING not in moved
