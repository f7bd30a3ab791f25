"""Stores and reports in a shared place: never half written, never put back by a machine that was taken for dead."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from smocrawl.fleet import Lost
from smocrawl.fleet.place import Place, PlaceError, open_place
from smocrawl.spiders.options import ArgumentError

SITE = "example.com"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return open_place((tmp_path / "shared").as_uri())


def machine(tmp_path: Path, name: str, *words: str) -> Path:
    """A working folder, its store holding *words*."""
    home = tmp_path / name / SITE
    home.mkdir(parents=True, exist_ok=True)
    for word in words:
        write(home, word)
    return home


def write(home: Path, word: str) -> None:
    with contextlib.closing(sqlite3.connect(home / "crawls.sqlite")) as store, store:
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("CREATE TABLE IF NOT EXISTS said (word)")
        store.execute("INSERT INTO said VALUES (?)", (word,))


def words(home: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(home / "crawls.sqlite")) as store:
        return [row[0] for row in store.execute("SELECT word FROM said ORDER BY rowid")]


def test_a_store_goes_from_machine_to_machine(tmp_path: Path, place: Place) -> None:
    one, two = machine(tmp_path, "one", "first"), machine(tmp_path, "two")
    assert place.newest(SITE) == []
    place.push_store(SITE, one, 1)
    place.pull(SITE, two)
    write(two, "second")
    place.push_store(SITE, two, 2)
    place.pull(SITE, one)
    assert words(one) == ["first", "second"]
    assert place.token(SITE) == 2


def test_a_copy_holds_what_was_committed_while_another_writes(tmp_path: Path, place: Place) -> None:
    one, two = machine(tmp_path, "one", "committed"), machine(tmp_path, "two")
    with contextlib.closing(sqlite3.connect(one / "crawls.sqlite")) as store:
        store.execute("INSERT INTO said VALUES ('not committed')")
        place.push_store(SITE, one, 1)
    place.pull(SITE, two)
    assert words(two) == ["committed"]


def test_what_a_machine_taken_for_dead_writes_is_not_read(tmp_path: Path, place: Place) -> None:
    dead, heir = machine(tmp_path, "dead", "begun"), machine(tmp_path, "heir")
    place.push_store(SITE, dead, 1)
    place.pull(SITE, heir)
    write(heir, "went on")
    place.push_store(SITE, heir, 2)
    write(dead, "awake again")
    for _ in range(3):  # as often as it likes
        place.push_store(SITE, dead, 1)
    fresh = machine(tmp_path, "fresh")
    place.pull(SITE, fresh)
    assert words(fresh) == ["begun", "went on"]


def test_a_store_that_went_on_here_is_not_put_back(tmp_path: Path, place: Place) -> None:
    one = machine(tmp_path, "one", "copied")
    place.push_store(SITE, one, 1)
    write(one, "not copied any more")
    place.pull(SITE, one)
    assert words(one) == ["copied", "not copied any more"]


@pytest.mark.parametrize("damage", ["cut", "gone", "manifest"])
def test_a_damaged_copy_is_passed_over(tmp_path: Path, place: Place, damage: str) -> None:
    one, two = machine(tmp_path, "one", "whole"), machine(tmp_path, "two")
    place.push_store(SITE, one, 1)
    write(one, "damaged")
    place.push_store(SITE, one, 1)
    newest = tmp_path / "shared" / SITE / "store" / place.newest(SITE)[0]
    store, manifest = newest.with_name(newest.name + ".sqlite"), newest.with_name(newest.name + ".json")
    if damage == "cut":
        store.write_bytes(store.read_bytes()[:1000])
    elif damage == "gone":
        store.unlink()
    else:
        manifest.write_bytes(b'{"size": ')
    place.pull(SITE, two)
    assert words(two) == ["whole"]


def test_where_every_copy_is_damaged_nothing_here_is_touched(tmp_path: Path, place: Place) -> None:
    one, two = machine(tmp_path, "one", "there"), machine(tmp_path, "two", "here")
    place.push_store(SITE, one, 1)
    for store in (tmp_path / "shared" / SITE / "store").glob("*.sqlite"):
        store.write_bytes(b"")
    with pytest.raises(PlaceError, match=r"every copy of the store in .*example\.com/store is damaged"):
        place.pull(SITE, two)
    assert words(two) == ["here"]


def test_two_copies_stay(tmp_path: Path, place: Place) -> None:
    one = machine(tmp_path, "one", "a")
    for _ in range(5):
        place.push_store(SITE, one, 7)
    names = sorted(file.name for file in (tmp_path / "shared" / SITE / "store").iterdir())
    assert names == [f"{7:012}-{serial:06}.{ending}" for serial in (3, 4) for ending in ("json", "sqlite")]


def test_what_is_no_database_is_not_copied(tmp_path: Path, place: Place) -> None:
    one = machine(tmp_path, "one")
    (one / "crawls.sqlite").write_bytes(b"this is no database" * 1000)
    place.push_store(SITE, one, 1)
    assert place.newest(SITE) == []
    assert (one / "crawls.sqlite").read_bytes().startswith(b"this is no database")


def report(home: Path, name: str) -> Path:
    folder = home / name
    (folder / "pages").mkdir(parents=True)
    (folder / "index.html").write_text("<title>A report</title>")
    (folder / "report.json").write_text("{}")
    (folder / "pages" / "1.html").write_text("<title>A page</title>")
    return folder


def test_reports_reach_the_machine_that_lists_them(tmp_path: Path, place: Place) -> None:
    one, two = machine(tmp_path, "one"), machine(tmp_path, "two")
    report(one, "2026-11-21_060000")
    place.push_report(SITE, one, "2026-11-21_060000", lambda: None)
    place.pull(SITE, two)
    assert (two / "2026-11-21_060000" / "pages" / "1.html").read_text() == "<title>A page</title>"
    assert (two / "2026-11-21_060000" / "index.html").is_file()


def test_a_report_breaks_off_when_the_site_was_taken_over(tmp_path: Path, place: Place) -> None:
    one, two = machine(tmp_path, "one"), machine(tmp_path, "two")
    report(one, "2026-11-21_060000")
    left = [1, 1]

    def ours() -> None:
        if not left:
            raise Lost("taken over")
        left.pop()

    with pytest.raises(Lost, match="taken over"):
        place.push_report(SITE, one, "2026-11-21_060000", ours)
    # Its page comes last: without it nobody takes the folder for a report.
    assert not (tmp_path / "shared" / SITE / "2026-11-21_060000" / "index.html").exists()
    place.pull(SITE, two)
    assert not (two / "2026-11-21_060000").exists()


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "shared").write_text("a file, where a folder should be")
    one = machine(tmp_path, "one", "a")
    with pytest.raises(PlaceError, match=r"^the store of example\.com cannot be written there: "):
        open_place(str(tmp_path / "shared")).push_store(SITE, one, 1)
    assert words(one) == ["a"]
    assert not [file for file in one.iterdir() if file.name.endswith(".copy")]


def test_an_unknown_place_is_named() -> None:
    with pytest.raises(ArgumentError, match=r"^SMO_REPORTS='nowhere://a' is no place that fsspec knows: "):
        open_place("nowhere://a")
