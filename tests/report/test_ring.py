from __future__ import annotations

import re

import pages
import pytest
import sample_stores
from attrs import evolve

from smocrawl.report import render
from smocrawl.report.catalogue import installed
from smocrawl.report.crawl import Crawl
from smocrawl.report.sections.ring import HEIGHT, MOST, WIDTH, Place, places, ring
from smocrawl.store.database import Database

PLACE = Place(
    name="Mastodon", handle="mill", url=None, badge="Ma", is_domain=False, state="agrees", word="Agrees", pages=3
)


@pytest.fixture
def crawl(reports):
    """The rich sample, with the places of the owner as a test puts them."""
    store = Database(reports("rich").parent.parent / "crawls.sqlite", read_only=True)
    made = Crawl(store, 1, installed())

    def told(**places):
        whole = {"accounts": [], "closed": [], "domains": [], "ways": [], **places}
        total = made.scored("crosslink", "total")
        key = ("crosslink", "total")
        made.scores = {**made.scores, key: evolve(total, explanation={**total.explanation, "places": whole})}
        return made

    yield told
    store.close()


def account(platform, *, pages=0, named=0, rel_me=0):
    return {
        "platform": platform, "handle": "mill", "url": f"https://{platform}.example/mill", "pages": pages, "named": named,
        "rel_me": rel_me,
    }  # fmt: skip


def test_an_account_agrees_where_people_and_programs_are_told_of_it(crawl):
    found = places(
        crawl(
            accounts=[
                account("x", pages=9, named=1), account("mastodon", pages=9, rel_me=1), account("facebook", pages=9),
                account("youtube", named=1),
            ],
            closed=[{"platform": "googleplus", "pages": 9}],
        )
    )  # fmt: skip
    assert [(one.name, one.state) for one in found] == [
        ("X", "agrees"), ("Mastodon", "agrees"), ("Facebook", "unnamed"), ("YouTube", "unlinked"), ("Google+", "closed"),
    ]  # fmt: skip


def test_a_domain_may_link_both_ways_one_way_or_not_at_all(crawl):
    home = "hollow-mill.example"
    hosts = [home, f"shop.{home}", f"journal.{home}"]
    found = places(
        crawl(
            domains=[
                *({"host": host, "pages": 4, "linked": None} for host in hosts),
                {"host": "old-mill.example", "pages": 0, "linked": False},
            ],
            ways=[(home, hosts[1], 2), (hosts[1], home, 3), (hosts[2], home, 1)],
        )
    )
    assert [(one.name, one.state) for one in found] == [
        ("shop", "both"), ("journal", "oneway"), ("old-mill.example", "unlinked"),
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 2, 5, MOST, MOST + 7])
def test_ring_stays_within_its_frame_and_says_what_is_left_out(crawl, count):
    drawn = ring(crawl(), [evolve(PLACE, name=f"Place {at}") for at in range(count)])
    assert len(drawn.nodes) == min(count, MOST)
    assert drawn.left_out == max(0, count - MOST)
    assert all(0 < node.x < 100 and 0 < node.y < 100 for node in drawn.nodes)
    numbers = [float(one) for way in drawn.ways for one in re.findall(r"[\d.]+", way.line + way.heads)]
    assert max(numbers[0::2]) < WIDTH
    assert max(numbers[1::2]) < HEIGHT
    assert len({(node.x, node.y) for node in drawn.nodes}) == len(drawn.nodes)


def test_heads_stand_where_a_link_leads(crawl):
    states = ("both", "agrees", "unlinked")
    drawn = ring(crawl(), [evolve(PLACE, state=state) for state in states])
    assert [way.heads.count("M") for way in drawn.ways] == [2, 1, 0]


def test_ring_is_said_in_words_too(reports):
    page = reports("rich").read_text(encoding="utf-8")
    assert (
        'aria-label="3 places around hollow-mill.example. Agrees: Facebook. Only linked: X. Closed: Google+."' in page
    )
    assert "programs are not told that it is yours" in pages.read(reports("rich")).text


def test_a_site_without_other_places_draws_none(reports):
    assert 'class="ring"' not in reports("empty").read_text(encoding="utf-8")


def test_one_place_alone_is_told_in_a_sentence(tmp_path):
    store = sample_stores.Store(tmp_path / "crawls.sqlite")
    whole = sample_stores.PAGE.replace("https://x.com/hollowmill", "/").replace(
        "https://plus.google.com/+hollowmill", "/"
    )
    for path in ("/", "/journal/"):
        store.page(path, title="The mill", depth=0, main=sample_stores.words("oat"), whole=whole)
    store.close()
    page = render(store.database, store.run, tmp_path / "out").read_text(encoding="utf-8")
    assert 'class="ring' not in page
    assert (
        "Only linked: people find it; programs are not told that it is yours." in page
        or "Agrees: linked for people" in page
    )
