"""The same picture under several addresses: by its bytes, and by how it looks."""

from __future__ import annotations

import io

import pytest
from build import HOME, Built, at
from PIL import Image, ImageDraw, ImageFont

from smocrawl.closing.site_facts import read_site_facts
from smocrawl.page import Kind, Meta
from smocrawl.reading import Task, read_asset
from smocrawl.site.pictures import same_pictures
from smocrawl.spiders.options import read_options
from smocrawl.spiders.scope import Scope
from smocrawl.store.records import Record, save_asset, save_record, save_uses


def poster(words: str) -> Image.Image:
    drawn = Image.new("RGB", (1200, 630), (250, 250, 250))
    pen = ImageDraw.Draw(drawn)
    pen.text((80, 220), words, font=ImageFont.load_default(size=64), fill=(20, 20, 20))
    pen.rectangle((0, 500, 1200, 630), fill=(30, 60, 160))
    return drawn


def saved(image: Image.Image, kind: str = "JPEG", **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@pytest.fixture
def store(tmp_path):
    return Built(tmp_path / "crawls.sqlite")


def shares(store, path: str, picture: str, data: bytes | None, *, whole: bool = True) -> None:
    """An article with its share picture, read as a crawl reads it."""
    store.page(path, kind=Kind.ARTICLE, metas=(Meta(prop="og:image", content=at(picture)),))
    save_uses(store.frontier, at(path), [(at(picture), "og:image")])
    if data is None:
        return
    read = read_asset(Task(url=at(picture), kind="image", status=200, headers={}, body=data, whole=whole))
    save_record(store.frontier, Record(url=at(picture), kind="image", status=200))
    save_asset(store.frontier, at(picture), "image", read.facts, read.thumb, picture=read.picture)


def image_uses(store) -> dict[str, int]:
    scope = Scope(read_options({"domain": HOME}), HOME)
    now = store.database.rows("SELECT started FROM run")[0][0]
    facts = read_site_facts(
        store.database, store.run, home=HOME, scope=scope, now=now, audience=None, links_followed=True
    )
    return {url.removeprefix(HOME): number for url, number in facts.image_uses.items()}


def test_copies_in_other_sizes_and_formats_are_one_picture(store):
    whole = poster("The bindery in winter")
    copies = [
        saved(whole, quality=90), saved(whole, "WEBP", quality=50), saved(whole.resize((600, 315)), quality=70),
        saved(whole, "PNG"), saved(whole.resize((900, 472)), "AVIF"), saved(whole, "GIF"),
    ]  # fmt: skip
    for number, data in enumerate(copies):
        shares(store, f"{number}", f"pictures/{number}", data)
    assert image_uses(store) == {f"pictures/{number}": 6 for number in range(6)}
    store.ask()
    assert store.outcome("og-image-reuse") == "failed"
    assert store.evidence("og-image-reuse") == [{"image": at("pictures/0"), "pages": 6, "percent": 100}]


def test_one_layout_with_other_words_is_as_many_pictures(store):
    for number, words in enumerate(
        ["Why stone milling", "Why stone grinding", "Why stone filling", "Oats", "Rye", "A"]
    ):
        shares(store, f"{number}", f"pictures/{number}", saved(poster(words)))
    assert same_pictures(store.database, store.run) == {}
    assert image_uses(store) == {}
    store.ask()
    assert store.outcome("og-image-reuse") == "passed"


def test_equal_bytes_are_one_picture_though_nothing_was_unpacked(store):
    data = saved(poster("The house"))
    for number in range(5):
        shares(store, f"{number}", f"pictures/{number}?v={number}", data, whole=False)
    store.ask()
    assert store.outcome("og-image-reuse") == "failed"


def test_even_surfaces_and_pictures_read_by_their_heads_are_equal_to_nothing(store):
    for number, colour in enumerate(("white", "navy", "maroon", "teal", "gray", "black")):
        shares(store, f"{number}", f"pictures/{number}", saved(Image.new("RGB", (1200, 630), colour)))
    shares(store, "unmeasured", "pictures/unmeasured", None)
    store.ask()
    assert store.outcome("og-image-reuse") == "passed"


def test_a_redirect_leads_to_the_same_picture(store):
    data = saved(poster("The house"))
    for number in range(4):
        shares(store, f"{number}", f"pictures/{number}", data)
    shares(store, "moved", "old/picture", None)
    save_record(store.frontier, Record(url=at("old/picture"), kind="image", status=301, redirect=at("pictures/1")))
    assert image_uses(store)["old/picture"] == 5
