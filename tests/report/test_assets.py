"""Pictures of a report are found by what pages call them, not only by the address that answered."""

from __future__ import annotations

import pytest
import sample_stores

from smocrawl.platforms.base import ImageFacts
from smocrawl.report.assets import Assets
from smocrawl.store.facts import pack
from smocrawl.store.records import Record, save_asset, save_record

ASKED = "https://pics.example/the%20mill.jpg"
MOVED = "https://cdn.example/mill.jpg"


@pytest.fixture
def store(tmp_path):
    """One picture behind a redirect."""
    store = sample_stores.Store(tmp_path / "crawls.sqlite")
    save_record(store.frontier, Record(url=ASKED, kind="image", status=301, redirect=MOVED, hops=1))
    save_record(store.frontier, Record(url=MOVED, kind="image", status=200, type="image/jpeg"))
    facts = ImageFacts(url=MOVED, status=200, type="image/jpeg", size=9, width=1200, height=630)
    save_asset(store.frontier, MOVED, "image", pack(facts), sample_stores.picture(1))
    return store


def test_a_picture_is_found_through_spelling_and_redirect(store):
    assets = Assets(store.database, store.run, lambda url: url.replace(" ", "%20"))
    for address in (MOVED, ASKED, "https://pics.example/the mill.jpg"):
        assert assets[address].width == 1200
        assert assets.thumb(address) == sample_stores.picture(1)
    assert list(assets) == [MOVED]


def test_what_was_never_fetched_is_not_there(store):
    assets = Assets(store.database, store.run)
    assert "https://pics.example/the mill.jpg" not in assets
    assert assets.thumb("https://other.example/a.jpg") is None


def test_redirects_in_a_circle_come_to_an_end(store):
    save_record(store.frontier, Record(url=MOVED, kind="image", status=301, redirect=ASKED, hops=1))
    store.database.connection.execute("UPDATE asset SET facts = NULL, thumb = NULL")
    assets = Assets(store.database, store.run)
    assert ASKED not in assets
    assert assets.thumb(ASKED) is None


def test_what_was_asked_and_gave_no_answer_is_known_as_no_picture(store):
    dead = "https://dead.example/mill.png"
    save_record(store.frontier, Record(url=dead, kind="image", status=None, error="timeout after 0 bytes"))
    assets = Assets(store.database, store.run)
    assert (assets[dead].is_fine, assets[dead].error) == (False, "timeout after 0 bytes")
    assert assets[MOVED].is_fine
