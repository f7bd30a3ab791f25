from __future__ import annotations

import json
import re

import pages
import pytest
import sample_stores

from smocrawl.report import FormError, forms, render
from smocrawl.report.sections import details
from smocrawl.workers import Stopped, Workers


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The rich sample with two pages to a file of details."""
    place = tmp_path_factory.mktemp("form")
    store = sample_stores.rich(place / "crawls.sqlite")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forms, "SHARD", 2)
        return render(store.database, store.run, place / "r", form="folder")


def data(page):
    return json.loads(next(text for kind, text in pages.read(page).scripts if kind == "application/json"))


def test_a_small_report_is_one_file_with_the_details_of_all_pages(reports):
    found = data(reports("rich"))
    assert len(found["details"]) == len(found["rows"]) == 14
    assert found["shard"] == 0
    assert not (reports("rich").parent / "data").exists()


def test_links_to_a_copy_of_a_page_are_named_as_they_are_counted(tmp_path):
    store = sample_stores.Store(tmp_path / "crawls.sqlite")
    body = f"<p>{sample_stores.words('stone')}</p>"
    store.page("/", title="Hollow Mill", main='<a href="/stone/?print=1">The stone</a>', depth=0)
    for address in ("/stone/", "/stone/?print=1"):
        store.page(
            address, title="The stone", main=body, head=f'<link rel="canonical" href="{sample_stores.HOME}stone/">'
        )
    store.close()
    found = data(render(store.database, store.run, tmp_path / "out"))
    number, row = next((at, row) for at, row in enumerate(found["rows"]) if row[0] == "/stone/")
    assert row[8] == 1
    assert [path for path, _ in found["details"][str(number)]["from"]] == ["/"]


def test_a_folder_holds_the_details_of_all_pages_beside_it(folder, reports):
    found = data(folder)
    assert (found["details"], found["shard"], len(found["rows"])) == ({}, 2, 14)
    beside = {}
    for number in range(7):
        text = (folder.parent / "data" / f"details-{number}.js").read_text(encoding="utf-8")
        beside.update(json.loads(re.fullmatch(r"addDetails\((.*)\)\n", text, re.DOTALL)[1]))
    assert beside == data(reports("rich"))["details"]
    assert "script-src 'self' 'sha256-" in pages.read(folder).policy
    assert "'self'" not in pages.read(reports("rich")).policy


def test_too_many_details_make_a_folder_unless_a_file_is_wanted(tmp_path, monkeypatch):
    monkeypatch.setattr(forms, "DETAILS", 30_000)
    store = sample_stores.rich(tmp_path / "crawls.sqlite")
    assert (render(store.database, store.run, tmp_path / "r").parent / "data").is_dir()
    found = data(render(store.database, store.run, tmp_path / "r", form="file"))
    assert 0 < len(found["details"]) < 14
    assert not (tmp_path / "r" / "data").exists()


def test_hostile_details_end_no_script(tmp_path):
    store = sample_stores.hostile(tmp_path / "crawls.sqlite")
    page = render(store.database, store.run, tmp_path / "r", form="folder")
    text = (page.parent / "data" / "details-0.js").read_text(encoding="utf-8")
    assert "<" not in text
    assert "SECRET1" not in text


def test_an_unknown_form_is_refused():
    with pytest.raises(FormError, match=r"SMO_REPORT_FORM='zip': known are auto, file, folder"):
        forms.known_form("zip")


@pytest.mark.browser
def test_drawer_reads_the_details_that_stand_beside_the_page(browser, folder):
    page = browser.new_page()
    page.goto(f"{folder.as_uri()}#page=/shop/rye-flour/")
    page.wait_for_selector("#drawer pre")
    assert page.locator("#drawer h3").all_inner_texts() == [
        "To mend on this page", "Cards today", "A head to paste", "This page by tactic", "Pages that link here",
        "Pages that it links to",
    ]  # fmt: skip
    page.close()


@pytest.mark.browser
def test_a_page_that_left_its_folder_behind_says_so(browser, folder, tmp_path):
    alone = tmp_path / "index.html"
    alone.write_text(folder.read_text(encoding="utf-8"), encoding="utf-8")
    page = browser.new_page()
    page.goto(f"{alone.as_uri()}#page=/shop/rye-flour/")
    page.wait_for_selector("#drawer [role=status]:has-text('must stand beside this file')")
    page.close()


def written(folder):
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.suffix != ".xlsx"
    }


@pytest.mark.parametrize("form", ["file", "folder"])
def test_other_processes_make_the_same_details(form, tmp_path, monkeypatch):
    monkeypatch.setattr(details, "TOGETHER", 5)
    store = sample_stores.rich(tmp_path / "crawls.sqlite")
    alone = render(store.database, store.run, tmp_path / "alone", form=form, language="de").parent
    workers, asked = Workers(1), []

    def share(task, parts):
        parts = list(parts)
        asked.extend(page.url for part in parts for page, _ in part.pages)
        return workers.map(task, parts, ahead=2)

    try:
        shared = render(store.database, store.run, tmp_path / "shared", form=form, language="de", share=share).parent
    finally:
        workers.close()
    assert written(shared) == written(alone)
    assert len(asked) == 14
    assert not list(tmp_path.glob(".*"))


def test_details_that_cost_a_worker_its_life_are_made_all_the_same(tmp_path):
    store = sample_stores.rich(tmp_path / "crawls.sqlite")
    alone = render(store.database, store.run, tmp_path / "alone").parent
    given_up = render(
        store.database, store.run, tmp_path / "given-up", share=lambda _, parts: ((part, Stopped("")) for part in parts)
    )
    assert written(given_up.parent) == written(alone)
