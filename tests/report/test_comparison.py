"""Several sites side by side, from stores as crawls leave them."""

from __future__ import annotations

import json

import pages
import pytest
import sample_stores

from smocrawl.report.catalogue import installed
from smocrawl.report.comparison import render_comparison
from smocrawl.report.comparison.grid import leaders
from smocrawl.report.crawl import Crawl
from smocrawl.report.language import load

SECTIONS = ["cover", "summary", "tactics", "cards", "platforms", "features", "kinds", "presence"]


def crawl_of(store, home, language="en"):
    with store.database.transaction() as connection:
        connection.execute("UPDATE run SET home = ? WHERE id = ?", (home, store.run))
    return Crawl(store.database, store.run, installed(), load(language))


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    """A shop, a site in Arabic, one page that says nothing, and a site whose every text is hostile."""
    folder = tmp_path_factory.mktemp("stores")
    names = ("rich", "arabic", "empty", "hostile")
    return {name: getattr(sample_stores, name)(folder / f"{name}.sqlite") for name in names}


@pytest.fixture(scope="module")
def compared(stores, tmp_path_factory):
    """(page, JSON) of a comparison of the stores of these names."""

    def comparison(*names, language="en"):
        folder = tmp_path_factory.mktemp("compared") / "it"
        crawls = [crawl_of(stores[name], f"https://www.{name}.example/", language) for name in names]
        page = render_comparison(crawls, names, folder)
        return page, json.loads((folder / "compare.json").read_bytes())

    return comparison


@pytest.fixture(scope="module")
def three(compared):
    return compared("arabic", "rich", "empty")


def row(told, section, key, rows="rows"):
    return next(one for one in told["sections"][section][rows] if one["key"] == key)


def test_page_is_well_formed_and_loads_nothing(three):
    page = pages.read(three[0])
    assert page.faults == []
    assert sorted(set(page.ids)) == sorted(page.ids)
    assert [one for one in page.ids if one in SECTIONS] == SECTIONS
    assert page.scripts == []
    assert page.styles == page.handlers == []
    assert all(source.startswith(("data:image/", "#")) for source in page.sources)
    assert pages.hash_of(page.sheets[0]) in page.policy
    assert {link for link in page.links if not link.startswith("#")} == {"compare.json"}
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_scores_are_those_of_the_stores(three, stores):
    _, told = three
    assert told["sites"] == ["arabic.example", "rich.example", "empty.example"]
    for at, name in enumerate(("arabic", "rich", "empty")):
        crawl = crawl_of(stores[name], f"https://www.{name}.example/")
        assert told["sections"]["cover"]["sites"][at]["score"] == round(crawl.score)
        cell = row(told, "tactics", "T3")["cells"][at]
        assert cell["score"] == round(crawl.scored("tactic", "T3").value, 1)


def test_the_best_of_each_row_is_marked_and_only_where_there_is_one(three):
    _, told = three
    for one in told["sections"]["tactics"]["rows"]:
        rated = [round(cell["score"]) for cell in one["cells"] if cell["score"] is not None]
        for cell in one["cells"]:
            assert cell["is_best"] is (
                cell["score"] is not None and len(set(rated)) > 1 and round(cell["score"]) == max(rated)
            )
    assert leaders([80.2, 79.9, None]) == (False, False, False)
    assert leaders([80.2, 60.0, None]) == (True, False, False)


def test_features_that_others_have_stand_apart_from_those_that_they_lack(three, compared):
    ahead = {one["key"] for one in three[1]["sections"]["features"]["ahead"]}
    assert {"og-image", "og-description"} <= ahead
    page, told = compared("empty", "rich")
    found = told["sections"]["features"]
    lacking = {one["key"] for one in found["lacking"]}
    assert {"og-image", "og-title"} <= lacking
    assert lacking.isdisjoint(one["key"] for one in found["ahead"])
    assert [cell["text"] for cell in row(told, "features", "og-image", "lacking")["cells"]] == ["nowhere", "86 %"]
    assert "Others have it, empty.example does not" in pages.read(page).text


def test_home_pages_are_drawn_with_their_own_pictures(three):
    page, told = three
    facebook = next(one for one in told["sections"]["cards"]["contests"] if one["platform"] == "facebook")
    assert [shown["site"] for shown in facebook["cards"]] == told["sites"]
    assert facebook["cards"][0]["card"]["title"] == sample_stores.ARABIC[0]
    drawn = [shown["card"]["picture"]["id"] for shown in facebook["cards"][:2]]
    assert len(set(drawn)) == 2
    assert set(drawn) <= {source.removeprefix("#") for source in pages.read(page).sources}
    assert facebook["cards"][2]["rank"] == "weakest"


def test_kinds_and_accounts_that_a_site_does_not_have_are_left_open(three):
    _, told = three
    assert [cell["is_missing"] for cell in row(told, "kinds", "product")["cells"]] == [True, False, True]
    assert row(told, "kinds", "product")["cells"][1]["note"] == "6 pages"
    assert row(told, "presence", "feeds")["cells"][1]["text"] == "1"
    assert row(told, "presence", "facebook", "accounts")["cells"][1]["text"] == "hollowmill"


def test_what_keeps_the_sites_from_a_fair_comparison_is_said(stores, tmp_path):
    crawls = [crawl_of(stores[name], f"https://{name}.example/") for name in ("rich", "empty")]
    with stores["empty"].database.transaction() as connection:
        connection.execute(
            "UPDATE run SET ruleset = '2020.01', audience = 'b2b', started = '2026-01-01T00:00:00+00:00'"
        )
    page = pages.read(render_comparison(crawls, ("rich", "empty"), tmp_path / "c"))
    assert "“scrapy smo-report empty.example --rejudge” judges it anew" in page.text
    assert "Judged for different audiences" in page.text
    assert "more than a month apart" in page.text
    assert "very different numbers of pages: rich.example 14 pages and empty.example 1 page" in page.text


def test_two_crawls_of_one_host_bear_the_names_that_were_given(stores, tmp_path):
    crawls = [crawl_of(stores[name], "https://shop.example/") for name in ("rich", "arabic")]
    render_comparison(crawls, ("shop.example", "shop.example_staging"), tmp_path / "c")
    told = json.loads((tmp_path / "c" / "compare.json").read_bytes())
    assert told["sites"] == ["shop.example", "shop.example_staging"]


def test_hostile_texts_stay_texts(compared):
    page, _ = compared("hostile", "rich")
    read = pages.read(page)
    assert read.faults == []
    assert read.scripts == read.handlers == []
    assert "SECRET1" not in page.read_text(encoding="utf-8")


def test_a_comparison_in_german(compared):
    page, _ = compared("rich", "arabic", language="de")
    read = pages.read(page)
    assert "Wie 2 Websites aussehen, wenn jemand sie teilt" in read.text
    assert "Leicht zu teilen" in read.text
    assert "14 Seiten" in read.text


def test_a_second_comparison_takes_the_place_of_the_first_and_leaves_other_files(stores, tmp_path):
    crawls = [crawl_of(stores[name], f"https://{name}.example/") for name in ("rich", "arabic")]
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "notes.txt").write_text("mine")
    for names in (("rich", "arabic"), ("rich", "arabic")):
        render_comparison(crawls, names, tmp_path / "c")
    assert sorted(file.name for file in (tmp_path / "c").iterdir()) == ["compare.json", "index.html", "notes.txt"]


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_no_barriers_and_no_sideways_scrolling(browser, three, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(three[0].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    found = axe.run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
