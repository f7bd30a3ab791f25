"""What two crawls say of cards, pictures and each other; how crawls are named; how it all reads."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from crawls import HOME, Crawls, html, site

from smocrawl.history import RunError, compare, find, finished, name_of
from smocrawl.history.formats import difference_json
from smocrawl.history.telling import as_lines, as_markdown, moved
from smocrawl.store.facts import from_json
from smocrawl.store.frontier import Frontier
from smocrawl.store.renderings import RenderingRecord, save_rendering


@pytest.fixture
def crawls(tmp_path):
    return Crawls(tmp_path)


def codes(found):
    return [why.code for why in found.why_not]


# -- cards and pictures -------------------------------------------------------------------------------


def test_cards_that_changed_name_platform_field_and_both_values(crawls):
    before = crawls.crawl(site())
    now = crawls.crawl(site(a1=html("Barley", links=["/"])))
    found = compare(crawls.database, before, now)
    changed = {(one.platform, one.field): (one.before, one.now) for one in found.cards}
    assert changed["facebook", "title"] == ("Oat flour number a1", "Barley")
    assert {one.url for one in found.cards} == {f"{HOME}a1"}


def test_a_card_that_is_no_longer_drawn_says_so(crawls):
    before = crawls.crawl(site())
    now = crawls.crawl(site(a1=html("", og=False, links=["/"])))
    found = compare(crawls.database, before, now)
    layouts = {one.platform: one.now for one in found.cards if one.field == "layout"}
    assert "no card" in layouts.values()


def test_a_picture_that_changed_under_its_address(crawls):
    before = crawls.crawl(site())
    now = crawls.crawl(site(), images={"pic.jpg": {"size": 70_000}})
    (image,) = compare(crawls.database, before, now).images
    assert image.url == f"{HOME}pic.jpg"
    assert (image.before, image.now) == ("image/jpeg, 1200×630, 90,000 bytes", "image/jpeg, 1200×630, 70,000 bytes")
    assert image.page_count == 7


def test_a_picture_of_the_same_size_is_told_by_its_look(crawls):
    before = crawls.crawl(site(), images={"pic.jpg": {"thumb": b"one"}})
    now = crawls.crawl(site(), images={"pic.jpg": {"thumb": b"other"}})
    assert len(compare(crawls.database, before, now).images) == 1


def test_how_fast_a_picture_came_is_no_change(crawls):
    before = crawls.crawl(site(), images={"pic.jpg": {"latency": 0.1}})
    now = crawls.crawl(site(), images={"pic.jpg": {"latency": 0.4}})
    assert compare(crawls.database, before, now).images == ()


# -- told as themselves -----------------------------------------------------------------------------


def test_words_that_broke_in_a_wrong_encoding(crawls):
    before = crawls.crawl(site(a1=html("Grütze und Brot", links=["/"]), a2=html("Ã¼ber alles", links=["/"])))
    now = crawls.crawl(
        site(
            a1=html("GrÃ¼tze und Brot", links=["/"]),
            a2=html("Ã¼ber allem", links=["/"]),
            a3=html("Groats", links=["/"]),
        )
    )
    found = compare(crawls.database, before, now)
    assert found.garbled_pages == (f"{HOME}a1",)
    assert "Pages whose title or description broke in a wrong encoding: 1" in as_lines(found)


def test_a_character_that_could_not_be_read(crawls):
    before = crawls.crawl(site(a1=html("Müsli", links=["/"])))
    now = crawls.crawl(site(a1=html("M\ufffdsli", links=["/"])))
    assert compare(crawls.database, before, now).garbled_pages == (f"{HOME}a1",)


def test_pages_that_open_and_close_to_search_engines(crawls):
    hidden = html("Rye", links=["/"], head='<meta name="robots" content="noindex">')
    before = crawls.crawl(site(a1=hidden, a2=html("Oats", links=["/"]), a3=hidden))
    now = crawls.crawl(site(a1=html("Rye", links=["/"]), a2=hidden, a3=hidden))
    found = compare(crawls.database, before, now)
    assert (found.opened_pages, found.closed_pages) == ((f"{HOME}a1",), (f"{HOME}a2",))
    assert "Pages that search engines may list again (noindex is gone): 1" in as_lines(found)


def test_feeds_that_are_gone(crawls):
    before = crawls.crawl(
        site(), files={"feed.xml": 200, "news.xml": 200, "a5/feed": 200, "old.xml": 200, "slow.xml": 200}
    )
    now = crawls.crawl(site(a5=None), files={"feed.xml": 200, "news.xml": 404, "slow.xml": 503})
    found = compare(crawls.database, before, now)
    # The feed of a page that is gone went with it, and a server's fault says nothing of its feed.
    assert found.lost_feeds == (f"{HOME}news.xml", f"{HOME}old.xml")
    assert "### Feeds that are gone, or that nothing leads to any more: 2" in as_markdown(found)


# -- comparable or not ----------------------------------------------------------------------------------


def test_crawls_of_different_pages_are_not_compared(crawls):
    before, now = crawls.crawl(site(4)), crawls.crawl(site(8))
    found = compare(crawls.database, before, now)
    assert codes(found) == ["pages"]
    assert str(found.why_not[0]) == "The crawls read different pages: 4 only now, 0 only before, of 9."


def test_crawls_with_many_failures_are_not_compared(crawls):
    failing = {f"b{number}": "timeout after 0 bytes" for number in range(2)}
    before, now = crawls.crawl(site()), crawls.crawl(site(), failing=failing)
    assert codes(compare(crawls.database, before, now)) == ["errors"]


def test_other_arguments_are_named(crawls):
    before, now = crawls.crawl(site()), crawls.crawl(site(), arguments={"max_pages": "50", "exclude": "/x/"})
    found = compare(crawls.database, before, now)
    assert str(found.why_not[0]) == "The crawls were started with other arguments: exclude, max_pages."


def test_a_staging_copy_may_stand_at_another_port(crawls):
    copies = [{"domain": f"127.0.0.1:{port}", "as_url": "https://mill.example/"} for port in (8001, 8002)]
    before, now = (crawls.crawl(site(), arguments=one) for one in copies)
    assert compare(crawls.database, before, now).comparable


def test_pages_that_robots_txt_forbids_now_are_said(crawls):
    pages = site(20)
    before = crawls.crawl(pages)
    now = crawls.crawl({name: body for name, body in pages.items() if name != "a3"}, failing={"a3": "robots"})
    found = compare(crawls.database, before, now)
    assert codes(found) == ["robots"]
    assert found.unreached_pages == (f"{HOME}a3",)


def test_a_crawl_that_rendered_pages_is_not_compared_with_one_that_did_not(crawls):
    before, now, later = (crawls.crawl(site()) for _ in range(3))
    for run in (now, later):
        save_rendering(Frontier(crawls.database, run), RenderingRecord(url=HOME, facts=b"read"))
    assert codes(compare(crawls.database, before, now)) == ["rendering"]
    assert compare(crawls.database, now, later).comparable


# -- names ------------------------------------------------------------------------------------------------


def test_crawls_are_named_by_folder_day_number_and_from_the_end(crawls):
    runs = [crawls.crawl(site(1)) for _ in range(3)]
    known = finished(crawls.database)
    assert find(known, "-1").id == find(known, "2026-10-31_093000").id == find(known, "2026-10-31").id == runs[2]
    assert find(known, "1").id == find(known, "-3").id == find(known, name_of(known[0])).id == runs[0]


@pytest.mark.parametrize("name", ["9", "-9", "-0", "yesterday", "2019-01-01", "", "2", "20"])
def test_a_crawl_that_is_not_there_is_refused_with_those_that_are(crawls, name):
    crawls.crawl(site(1))
    with pytest.raises(RunError, match=r"1 \(2026-09-01_093000\)"):
        find(finished(crawls.database), name)


def test_an_interrupted_crawl_is_not_compared(crawls):
    crawls.crawl(site(1), state="stopped")
    assert finished(crawls.database) == []
    with pytest.raises(RunError, match="none has finished"):
        find([], "-1")


# -- words ------------------------------------------------------------------------------------------------


def difference(crawls):
    before = crawls.crawl(site(10, a1=html("First")))
    links = ["/", *(f"/a{number}" for number in range(10))]
    worse = {f"a{number}": html("Without", og=False, links=links) for number in range(4)}
    return compare(crawls.database, before, crawls.crawl(site(10, **worse)))


def test_the_lines_say_score_parts_and_checks(crawls):
    said = "\n".join(as_lines(difference(crawls)))
    assert said.startswith("2026-09-01_093000 → 2026-10-01_093000\nScore ")
    assert "got worse" in said
    assert "(og-image): 4 pages" in said
    assert "Cards that changed" in said
    assert "Sharing Debugger" in said or "developers.facebook.com" in said


def test_markdown_is_inert(crawls):
    evil = "![x](https://evil.example/) @everyone <script>|\n# head `tick`"
    before = crawls.crawl(site())
    now = crawls.crawl(site(a1=html("x", og=False), **{"a9/<b>`|": html(evil)}))
    said = "\n".join(as_markdown(compare(crawls.database, before, now)))
    assert "<script>" not in said
    assert "\n# head" not in said
    assert "![x](" not in said
    assert "`https://mill.example/a9/<b>'|`" in said


def test_json_holds_everything(crawls):
    found = difference(crawls)
    said = from_json(difference_json(found))
    assert sum(said["score"]["parts"].values()) == pytest.approx(said["score"]["now"] - said["score"]["before"])
    assert {"og-image"} <= {one["check"] for one in said["changes"] if one["turn"] == "regressed"}
    assert said["cards"][0].keys() == {"platform", "url", "field", "before", "now"}
    assert said["before"]["name"] == "2026-09-01_093000"


@pytest.mark.parametrize(
    ("points", "said"), [(3.14, "+3.1"), (-0.26, "−0.3"), (0.04, "0.0"), (-0.04, "0.0"), (0.0, "0.0")]
)
def test_points_have_their_sign(points, said):
    assert moved(points) == said
