"""The store's own form: what an older version has written stays readable."""

from __future__ import annotations

import json
import sqlite3
import zlib
from importlib import resources
from pathlib import Path

import attrs
import pytest

from smocrawl.closing import Closing, judge_site
from smocrawl.extract import read_page
from smocrawl.page import FACTS_VERSION, Kind, Page
from smocrawl.spiders.options import read_options
from smocrawl.spiders.scope import Scope
from smocrawl.store import facts, runs
from smocrawl.store.database import APPLICATION, SCHEMA, Database
from smocrawl.store.facts import UnreadableError, from_json, pack, unpack, unpack_only, unpack_without
from smocrawl.store.frontier import Frontier
from smocrawl.store.records import page_record, save_page
from smocrawl.workers import Workers


def old_store(path: Path) -> None:
    """A store as version 1 made it, with one run."""
    first = resources.files("smocrawl.store").joinpath("schema.sql").read_text(encoding="utf-8")
    connection = sqlite3.connect(path)
    connection.executescript(
        f"{first} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = 1;"
        " INSERT INTO run (id, started, home, options, version, ruleset, algorithm, audience)"
        " VALUES (1, '2026-01-02T03:04:05+00:00', 'https://old.example/', '{}', '0.0', '2026.01', 1, 'general');"
    )
    connection.close()


def test_an_older_store_grows_after_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "crawls.sqlite"
    old_store(path)
    database = Database(path)
    assert database.scalar("PRAGMA user_version") == SCHEMA
    assert database.scalar("SELECT count(*) FROM rendering") == 0
    assert runs.load(database, 1).home == "https://old.example/"
    database.close()
    copy = sqlite3.connect(tmp_path / "crawls.sqlite.schema-1")
    assert copy.execute("PRAGMA user_version").fetchone() == (1,)
    assert copy.execute("SELECT home FROM run").fetchone() == ("https://old.example/",)
    copy.close()


def test_a_reader_finds_the_older_store_grown(tmp_path: Path) -> None:
    path = tmp_path / "crawls.sqlite"
    old_store(path)
    database = Database(path, read_only=True)
    assert database.scalar("SELECT count(*) FROM rendered_field") == 0
    database.close()


def test_facts_of_the_first_version_are_read_and_judged(tmp_path: Path) -> None:
    """A page as it was stored before versions were counted: what it lacks has its default."""
    path = tmp_path / "crawls.sqlite"
    old_store(path)
    facts = (Path(__file__).parent / "store" / "page_facts_1.json").read_bytes()
    connection = sqlite3.connect(path)
    connection.executescript(
        "INSERT INTO url VALUES (1, 'https://mill.example/oats');"
        "INSERT INTO fetch (run, url, kind, status, at) VALUES (1, 1, 'page', 200, '2026-01-02T03:04:05+00:00');"
        "UPDATE run SET home = 'https://mill.example/oats', state = 'done';"
    )
    connection.execute(
        "INSERT INTO page (run, url, status, kind, template, shareable, indexable, self_canonical, facts)"
        " VALUES (1, 1, 200, 'article', 't', 1, 1, 1, ?)",
        (zlib.compress(facts),),
    )
    connection.commit()
    connection.close()
    database = Database(path)
    (row,) = database.rows("SELECT facts FROM page")
    page = unpack(row["facts"], Page)
    assert (page.title, page.kind, page.main_entity and page.main_entity.text("headline")) == (
        "Oats from the weir", Kind.ARTICLE, "Oats from the weir",
    )  # fmt: skip
    assert page == Page(**{name: getattr(page, name) for name in from_json(facts)})
    scope = Scope(read_options({"domain": "mill.example"}))
    closing = Closing(path=path, run=1, folder=tmp_path, scope=scope, home="https://mill.example/oats")
    judge_site(database, closing, Workers(0), lambda: False)
    (said,) = database.rows("SELECT facts_version, description, score FROM pages")
    assert (said["facts_version"], said["description"]) == (1, None)
    assert 0 < said["score"] <= 100
    assert database.scalar("SELECT count(*) FROM findings") > 0
    database.close()


def test_todays_facts_keep_their_version(tmp_path: Path) -> None:
    database = Database(tmp_path / "crawls.sqlite")
    save_page(Frontier(database, 1), page_record(Page(url="https://mill.example/"), {}, shareable=True), depth=0)
    assert database.scalar("SELECT facts_version FROM page") == FACTS_VERSION > 1
    database.close()


def test_facts_are_stored_by_their_fields_alone() -> None:
    page = read_page("https://example.com/", b"<title>T</title><meta property=og:title content=O><a href=/x>x</a>")
    assert page.meta("og:title") == "O"  # which fills cached properties
    blob = pack(page)
    assert set(json.loads(zlib.decompress(blob))) == set(attrs.fields_dict(Page))
    lean = unpack_without(blob, Page, {"links", "text"})
    assert (lean.meta("og:title"), lean.title, lean.links) == ("O", "T", ())
    assert unpack(blob, Page).links == page.links
    with pytest.raises(UnreadableError):
        unpack_without(b"damaged", Page, {"links"})
    few = unpack_only(blob, Page, ("url", "title", "links"))
    assert few is not None
    assert (few.title, few.links, few.metas) == ("T", page.links, ())
    assert unpack_only(b"damaged", Page, ("url",)) is None


@pytest.mark.parametrize("quick", [True, False])
def test_facts_are_zlib_whoever_packs_them(quick: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the quicker packer is not installed; neither reads what is cut off."""
    if not quick:
        monkeypatch.setattr(facts, "isal_zlib", None)
    links = "".join(f"<a href=/{number}>page {number}</a>" for number in range(100))
    page = read_page("https://example.com/", links.encode())
    blob = pack(page)
    assert len(zlib.decompress(blob)) > facts.LARGE
    assert unpack(blob, Page) == page
    with pytest.raises(UnreadableError):
        unpack(blob[:-20], Page)
