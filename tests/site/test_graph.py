"""Measures of the link graph: what counts as a link, how redirects and copies are taken, and the measures themselves."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from build import HOME, Built, words

from smocrawl.page import Area, Kind, Relation
from smocrawl.site import measure
from smocrawl.site.graph import dead_ends, islands, read_graph
from smocrawl.store.facts import from_json


@pytest.fixture
def built(tmp_path):
    return Built(tmp_path / "crawls.sqlite")


def measured(built):
    measure(built.database, built.run)
    return built.measures()


def test_clicks_are_counted_from_home(built):
    built.page("", links=["a"])
    built.page("a", links=["b"])
    built.page("b", links=[""])
    built.page("lost", links=["a"])
    found = measured(built)
    assert {path: row["depth"] for path, row in found.items()} == {"": 0, "a": 1, "b": 2, "lost": None}


def test_clicks_are_counted_from_the_home_page_of_the_same_language(built):
    built.page("", kind=Kind.HOME, links=["a"])
    built.page("a", links=["b"])
    built.page("b", links=["de/"])
    built.page("de/", kind=Kind.HOME, links=["de/a"])
    built.page("de/a")
    found = measured(built)
    assert (found["b"]["depth"], found["de/"]["depth"], found["de/a"]["depth"]) == (2, 0, 1)


def test_a_page_is_never_its_own_neighbour_and_each_page_counts_once(built):
    built.page("", links=["", "a", ("a", Area.NAV)])
    built.page("a", links=["a"])
    found = measured(built)
    assert (found["a"]["inlinks"], found["a"]["outlinks"]) == (1, 0)
    assert found[""]["outlinks"] == 1


@pytest.mark.parametrize("area", Area)
def test_links_from_every_area_count(built, area):
    built.page("", links=[("a", area)])
    built.page("a")
    found = measured(built)
    assert (found["a"]["inlinks"], found["a"]["depth"]) == (1, 1)
    assert found[""]["outlinks"] == (area is Area.MAIN), "only links of the text lead on"


def test_a_redirect_leads_to_its_end(built):
    built.page("", links=["old"])
    built.redirect("old", "older")
    built.redirect("older", "new")
    built.page("new")
    assert measured(built)["new"]["inlinks"] == 1


def test_a_redirect_loop_leads_nowhere(built):
    built.page("", links=["one"])
    built.redirect("one", "two")
    built.redirect("two", "one")
    assert measured(built)[""]["outlinks"] == 0


def test_a_copy_counts_for_the_page_it_copies(built):
    canonical = Relation(rel=("canonical",), href=f"{HOME}docs/index.html")
    built.page("", links=["docs/"])
    built.page("docs/", relations=(canonical,), text=words(50))
    built.page("docs/index.html", relations=(canonical,), text=words(50), links=["deep"])
    built.page("deep")
    found = measured(built)
    assert (found["docs/index.html"]["inlinks"], found["docs/index.html"]["depth"]) == (1, 1)
    assert (found["docs/"]["inlinks"], found["docs/"]["depth"]) == (1, 1)
    assert found["deep"]["depth"] == 2


def test_a_wrong_canonical_makes_no_copy(built):
    to_home = Relation(rel=("canonical",), href=HOME)
    built.page("", links=["a"], text=words(50))
    built.page("a", relations=(to_home,), text=words(50, start=900), links=["b"])
    built.page("b")
    found = measured(built)
    assert (found["a"]["depth"], found["b"]["depth"]) == (1, 2)


def test_ranks_sum_to_one_and_follow_the_links(built):
    built.page("", links=["a", "b"])
    built.page("a", links=["b"])
    built.page("b")
    found = measured(built)
    assert sum(row["rank"] for row in found.values()) == pytest.approx(1)
    assert found["b"]["rank"] > found["a"]["rank"] > found[""]["rank"]


def test_a_hub_has_three_links_in_and_three_out(built):
    built.page("", links=["hub", "a", "b", "c"])
    for path in ("a", "b", "c"):
        built.page(path, links=["hub"])
    built.page("hub", links=["a", "b", "c"])
    found = measured(built)
    assert [path for path, row in found.items() if row["hub"]] == ["hub"]


def test_what_leads_to_a_page_and_how_it_answered_is_counted_with_the_links(built):
    built.page("", links=["a", "old", "gone"])
    built.redirect("old", "new")
    built.page("new")
    built.page("a", links=["a"])
    built.page("gone", status=404, links=["lost"])
    built.page("lost", links=["gone"])
    graph = read_graph(built.database, built.run)
    addresses = {row["id"]: row["url"].removeprefix(HOME) for row in built.database.rows("SELECT id, url FROM url")}
    assert {addresses[url] for url in graph.ids[graph.linked].tolist()} == {"a", "new", "lost"}
    row = built.database.rows(
        "SELECT count(*), sum(fetch.status >= 400) FROM link JOIN fetch ON fetch.run = link.run AND fetch.url = link.dst"
        " WHERE fetch.status IS NOT NULL"
    )[0]
    assert (graph.answered, graph.broken) == tuple(row) == (6, 2)


def test_islands_and_dead_ends(built):
    built.page("", links=["a"])
    built.page("a")
    built.page("x", links=["y"])
    built.page("y", links=["x"])
    graph = read_graph(built.database, built.run)
    assert (islands(graph), dead_ends(graph), len(graph)) == (2, 1, 4)


def test_an_empty_run_has_no_measures(built):
    assert measured(built) == {}


def test_ways_back_from_articles(tmp_path):
    store = Built(tmp_path / "crawls.sqlite")
    store.page("", kind=Kind.HOME, links=["list", "a", "b"])
    store.page("list", kind=Kind.LISTING, links=["a", "b"])
    store.page("a", links=[("", Area.HEADER), ("list", Area.NAV), "b"])
    store.page("b", links=[("", Area.HEADER), ("a", Area.FOOTER)])
    store.ask()
    (row,) = store.database.rows("SELECT explanation FROM site_score WHERE scope = 'crosslink' AND key = 'total'")
    assert from_json(row[0])["graph"]["ways_back"] == {"home": 1.0, "section": 0.5, "related": 0.5}
    (part,) = store.database.rows("SELECT * FROM site_score WHERE scope = 'crosslink' AND key = 'ways_back'")
    told = from_json(part["explanation"])
    assert part["value"] == sum(way["points"] for way in told["ways"].values()) == 62.5
    total = store.score("crosslink", "total")
    rows = store.database.rows("SELECT explanation FROM site_score WHERE scope = 'crosslink' AND key != 'total'")
    assert sum(from_json(row[0])["points"] for row in rows) == pytest.approx(total)


def test_a_way_to_what_the_site_lacks_is_not_missed(tmp_path):
    store = Built(tmp_path / "crawls.sqlite")
    store.page("", kind=Kind.HOME, links=["a"])
    store.page("a", links=[("", Area.HEADER)])
    store.ask()
    assert store.score("crosslink", "ways_back") == 100
