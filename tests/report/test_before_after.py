"""The card of today beside the one that the page could have."""

from __future__ import annotations

import json

import pytest
import sample_stores
from sample_stores import HOME, metas, words

from smocrawl.platforms.base import ImageFacts
from smocrawl.report import render
from smocrawl.store.records import Record, save_record

DEAD = "https://pictures.example/generated.png"


def shown(tmp_path, *, main, head):
    """What the report says of a site of one page that can be better."""
    store = sample_stores.Store(tmp_path / "crawls.sqlite")
    store.page("/", title="The mill on the river", depth=0, head=head, main=f"<p>{words('oat')}</p>{main}")
    save_record(store.frontier, Record(url=DEAD, kind="image", status=None, error="timeout after 0 bytes"))
    store.images[DEAD] = ImageFacts(url=DEAD, error="timeout after 0 bytes")
    store.close()
    made = render(store.database, store.run, tmp_path / "out")
    return json.loads((made.parent / "report.json").read_text())["sections"]["previews"]["change"], made.read_text()


def test_a_picture_that_gave_no_answer_is_on_neither_side(tmp_path):
    change, page = shown(tmp_path, main="", head=metas(og_image=DEAD))
    assert change["pairs"]
    assert not any(pair["after"]["image"] for pair in change["pairs"])
    assert "its frame is left grey" not in page


def test_a_picture_that_was_not_loaded_is_named_and_its_pairs_come_last(tmp_path):
    change, page = shown(tmp_path, main=f'<img src="{HOME}img/weir.jpg" width="1400" alt="The weir">', head="")
    unseen = [bool(pair["after"]["image"]) for pair in change["pairs"]]
    assert any(unseen)
    assert unseen == sorted(unseen)
    assert change["unseen"] == ["weir.jpg"]
    assert "The crawl did not load the picture weir.jpg: its frame is left grey." in page


@pytest.mark.parametrize("status", [200, 404])
def test_a_picture_that_was_loaded_is_drawn(tmp_path, status):
    store = sample_stores.Store(tmp_path / "crawls.sqlite")
    image = store.image("/img/weir.jpg", 1, status=status)
    main = f'<p>{words("oat")}</p><img src="{image}" width="1400" alt="The weir">'
    store.page("/", title="The mill on the river", depth=0, main=main)
    store.close()
    made = render(store.database, store.run, tmp_path / "out")
    change = json.loads((made.parent / "report.json").read_text())["sections"]["previews"]["change"]
    assert change["unseen"] == []
    assert any(pair["after"]["picture"] for pair in change["pairs"]) == (status == 200)


def test_a_headline_that_many_pages_share_is_no_share_title(tmp_path):
    store = sample_stores.Store(tmp_path / "crawls.sqlite")
    whole = sample_stores.PAGE.replace("{h1}", "The mill of the valley")
    for at in range(3):
        title = f"Day {at} at the weir - The mill of the valley"
        store.page(f"/{at or ''}", title=title, depth=0, main=f"<p>{words(str(at))}</p>", whole=whole)
    store.close()
    page = render(store.database, store.run, tmp_path / "out").read_text()
    assert 'og:title\\" content=\\"Day 1 at the weir' in page
    assert 'og:title\\" content=\\"The mill' not in page
