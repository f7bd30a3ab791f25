"""Addresses that gave no page: what happened there, who links to them, and how a reader gets at that."""

from __future__ import annotations

import json

import pytest
import sample_stores
from sample_stores import HOME, words

from smocrawl.report import render
from smocrawl.report.sections import unread
from smocrawl.store.records import Record, save_record

BAD = "gone/%22%3E%3Cscript%3Ewindow.BAD=1%3C/script%3E/"
LINKS = "".join(f'<a href="/{path}">On</a>' for path in ("gone/", "old/", "secret/", "price-list.pdf", BAD, "journal/"))


def answer(store, path, **said):
    save_record(store.frontier, Record(url=HOME + path, kind="page", **said))


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The page of a small site with an address of each sort."""
    folder = tmp_path_factory.mktemp("unread")
    store = sample_stores.Store(folder / "crawls.sqlite")
    store.page("/", title="The mill on the river", depth=0, main=f"<p>{words('oat')}</p>{LINKS}")
    store.page("/journal/", title="Notes from the mill", main=f'<p>{words("rye")}</p><a href="/gone/">On</a>')
    answer(store, "gone/", status=404, type="text/html")
    answer(store, "slow/", status=None, error="timeout after 0 bytes")
    answer(store, "busy/", status=503, type="text/html")
    answer(store, BAD, status=410, type="text/html")
    answer(store, "secret/", status=None, error="robots")
    answer(store, "a/a/a/a/", status=None, error="budget: folders that repeat themselves")
    answer(store, "old/", status=301, redirect=f"{HOME}journal/")
    answer(store, "price-list.pdf", status=200, type="application/pdf")
    store.close()
    return render(store.database, store.run, folder / "out")


@pytest.fixture(scope="module")
def told(page):
    return json.loads((page.parent / "report.json").read_text())["sections"]["pages"]["unread"]


def test_each_address_says_what_happened_the_gravest_and_most_linked_first(told):
    assert [(one["page"]["path"], one["what"]) for one in told["addresses"]] == [
        ("/gone/", "is gone (status 404)"),
        ('/gone/"><script>window.BAD=1</script>/', "is gone (status 410)"),
        ("/busy/", "answers with status 503"),
        ("/slow/", "could not be read: timeout after 0 bytes"),
        ("/secret/", "was not read: robots.txt forbids it to our crawler"),
        ("/a/a/a/a/", "was not asked: folders that repeat themselves"),
        ("/old/", "leads on to /journal/"),
        ("/price-list.pdf", "is no page but a file (application/pdf)"),
    ]
    assert told["number"] == 8


def test_pages_that_link_there_are_counted_and_named(told):
    named = {
        one["page"]["path"]: (one["pages"], [source["path"] for source in one["sources"]]) for one in told["addresses"]
    }
    assert named["/gone/"] == (2, ["/", "/journal/"])
    assert named["/old/"] == (1, ["/"])
    assert named["/slow/"] == (0, [])


def test_number_is_what_the_cover_leaves_of_the_addresses(page, told):
    cover = json.loads((page.parent / "report.json").read_text())["sections"]["cover"]
    assert {"label": "Pages read", "value": f"2 of {2 + told['number']} addresses"} in cover["facts"]


def test_of_very_many_the_list_holds_the_first(tmp_path, monkeypatch):
    monkeypatch.setattr(unread, "SHOWN", 3)
    store = sample_stores.Store(tmp_path / "crawls.sqlite")
    store.page("/", title="The mill on the river", depth=0, main=words("oat"))
    for number in range(5):
        answer(store, f"gone/{number}/", status=404, type="text/html")
    store.close()
    made = render(store.database, store.run, tmp_path / "out")
    assert "5 more addresses gave no page" in made.read_text()
    assert "and 2 more, for which this list has no room" in made.read_text()
    listed = json.loads((made.parent / "report.json").read_text())["sections"]["pages"]["unread"]["addresses"]
    assert [one["page"]["path"] for one in listed] == ["/gone/0/", "/gone/1/", "/gone/2/"]


def test_where_each_address_gave_a_page_nothing_is_said(tmp_path):
    store = sample_stores.Store(tmp_path / "crawls.sqlite")
    store.page("/", title="The mill on the river", depth=0, main=words("oat"))
    store.close()
    made = render(store.database, store.run, tmp_path / "out")
    assert 'id="unread"' not in made.read_text()


@pytest.mark.browser
def test_such_an_address_opens_in_the_drawer_wherever_it_is_linked(browser, page):
    shown = browser.new_page()
    shown.goto(page.as_uri())
    shown.click("#unread summary")
    shown.locator("#unread tbody th a").first.click()
    drawer = shown.locator("#drawer")
    assert drawer.locator("h2").inner_text() == "/gone/"
    assert "is gone (status 404)" in drawer.inner_text()
    assert drawer.locator("ul a").all_inner_texts() == ["/", "/journal/"]
    drawer.locator("ul a").first.click()
    assert drawer.locator("h2").inner_text() == "The mill on the river"
    drawer.get_by_role("link", name="/old/", exact=True).click()
    assert "leads on to /journal/" in drawer.inner_text()
    shown.keyboard.press("Escape")
    assert not drawer.is_visible()
    shown.close()


@pytest.mark.browser
def test_a_shared_link_to_such_an_address_opens_it_as_text(browser, page):
    shown = browser.new_page()
    shown.goto(f"{page.as_uri()}#page=/gone/%22%3E%3Cscript%3Ewindow.BAD=1%3C/script%3E/")
    assert "is gone (status 410)" in shown.locator("#drawer").inner_text()
    assert shown.evaluate("window.BAD") is None
    assert shown.locator("#drawer script").count() == 0
    shown.close()


@pytest.mark.browser
def test_without_scripts_the_list_stands_there(browser, page):
    context = browser.new_context(java_script_enabled=False)
    shown = context.new_page()
    shown.goto(page.as_uri())
    shown.click("#unread summary")
    assert shown.locator("#unread tbody tr").first.inner_text().split("\t") == [
        "/gone/",
        "is gone (status 404)",
        "2",
        "/",
    ]
    context.close()
