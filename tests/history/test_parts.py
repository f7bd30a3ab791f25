"""The parts of a difference: they add up, and each thing that happens lands in its own."""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from crawls import HOME, Crawls, html, site

from smocrawl.history import compare
from smocrawl.history.turns import Step, Turn
from smocrawl.store.database import Database
from smocrawl.store.facts import outcomes_of, to_json


@pytest.fixture
def crawls(tmp_path):
    return Crawls(tmp_path)


def moved(difference):
    """The steps that moved the score."""
    return {step for step, points in difference.parts.terms.items() if abs(points) > 1e-9}


def turned(difference, turn, check):
    return [one.url.removeprefix(HOME) for one in difference.of(turn) if one.check == check]


def test_a_crawl_compared_with_itself_says_nothing(crawls):
    run = crawls.crawl(site())
    found = compare(crawls.database, run, run)
    assert moved(found) == set()
    assert (found.changes, found.cards, found.images, found.new_pages) == ((), (), (), ())
    assert found.comparable
    assert found.is_same


def test_the_first_and_last_stage_are_the_stored_scores(crawls):
    """Nothing is left over for the rules when both crawls were judged by today's."""
    before = crawls.crawl(site())
    now = crawls.crawl(site(a1=html("Other words", image=None), a2=None, a8=html("The eighth article of them")))
    found = compare(crawls.database, before, now)
    assert found.parts.before == crawls.score(before)
    assert found.parts.now == crawls.score(now)
    assert found.parts.terms[Step.RULES] == pytest.approx(0, abs=1e-9)


def test_what_was_mended_and_what_got_worse(crawls):
    before = crawls.crawl(site(a1=html("First", og=False), a2=html("Second")))
    now = crawls.crawl(site(a1=html("First"), a2=html("Second", image=None)))
    found = compare(crawls.database, before, now)
    assert turned(found, Turn.FIXED, "og-image") == ["a1"]
    assert turned(found, Turn.REGRESSED, "og-image") == ["a2"]
    assert found.parts.terms[Step.FIXED] > 0 > found.parts.terms[Step.REGRESSED]
    assert moved(found) <= {Step.FIXED, Step.REGRESSED, Step.COVERAGE}


def test_a_fault_of_a_picture_that_is_gone_is_not_mended(crawls):
    """Without its picture a page no longer lacks the picture's description, and nobody has written one."""
    before = crawls.crawl(site())
    now = crawls.crawl(site(a2=html("Oat flour number a2", image=None, links=["/"])))
    found = compare(crawls.database, before, now)
    assert turned(found, Turn.FIXED, "og-image-alt") == []
    assert turned(found, Turn.UNSEEN, "og-image-alt") == ["a2"]


def test_a_fault_of_a_page_s_first_picture_is_new_and_no_regression(crawls):
    before = crawls.crawl(site(a2=html("Oat flour number a2", image=None, links=["/"])))
    now = crawls.crawl(site(a2=html("Oat flour number a2", links=["/"])))
    found = compare(crawls.database, before, now)
    assert turned(found, Turn.FIXED, "og-image") == ["a2"]
    assert turned(found, Turn.NEW, "og-image-alt") == ["a2"]
    assert found.of(Turn.REGRESSED) == ()
    assert found.parts.terms[Step.FIXED] > 0


def test_what_stayed_is_named_by_check_and_page(crawls):
    pages = site(3)
    found = compare(crawls.database, crawls.crawl(pages), crawls.crawl(pages))
    assert set(found.still["og-site-name"]) == {HOME, f"{HOME}a0", f"{HOME}a1", f"{HOME}a2"}


def test_pages_that_come_and_go_are_parts_of_their_own(crawls):
    links = [f"/a{n}" for n in range(8)] + ["/"]
    bad = html("bad", og=False, links=["/"])
    before = crawls.crawl(site(a6=html("Seventh of the articles", links=links)))
    now = crawls.crawl(site(a7=bad))
    found = compare(crawls.database, before, now)
    assert found.new_pages == (f"{HOME}a7",)
    assert found.gone_pages == (f"{HOME}a6",)
    assert found.parts.terms[Step.NEW] < 0
    assert found.parts.terms[Step.REMOVED] != 0
    assert turned(found, Turn.NEW, "og-image") == ["a7"]
    assert found.of(Turn.REGRESSED) == ()


def test_a_page_that_answers_404_is_gone_and_breaks_links(crawls):
    before = crawls.crawl(site())
    now = crawls.crawl(site(a2=("<title>Not found</title><h1>Not found</h1>", 404)))
    found = compare(crawls.database, before, now)
    assert found.gone_pages == (f"{HOME}a2",)
    assert turned(found, Turn.REGRESSED, "internal-link-broken") == ["", "a0", "a1", "a3", "a4", "a5"]


def test_a_page_that_did_not_answer_once_is_no_regression(crawls):
    pages = site()
    before = crawls.crawl(pages)
    now = crawls.crawl({name: body for name, body in pages.items() if name != "a2"}, failing={"a2": "timeout"})
    found = compare(crawls.database, before, now)
    assert found.unreached_pages == (f"{HOME}a2",)
    assert found.gone_pages == ()
    assert found.parts.terms[Step.REMOVED] == found.parts.terms[Step.REGRESSED] == 0
    assert found.parts.terms[Step.COVERAGE] != 0


def test_a_page_that_did_not_answer_twice_counts(crawls):
    pages = site()
    without = {name: body for name, body in pages.items() if name != "a2"}
    before = crawls.crawl(pages)
    crawls.crawl(without, failing={"a2": "connection refused"})
    now = crawls.crawl(without, failing={"a2": 503})
    found = compare(crawls.database, before, now)
    assert found.parts.terms[Step.REGRESSED] != 0
    assert found.parts.terms[Step.COVERAGE] == 0


BROKEN = {"status": 500, "type": None, "size": None, "width": None, "height": None}


def test_a_picture_that_failed_once_waits_for_a_second_crawl(crawls):
    pages = site(a2=html("Second", image=f"{HOME}other.jpg"))
    fine = {"pic.jpg": {}, "other.jpg": {}}
    broken = {"pic.jpg": {}, "other.jpg": BROKEN}
    before = crawls.crawl(pages, images=fine)
    once = crawls.crawl(pages, images=broken)
    twice = crawls.crawl(pages, images=broken)
    found = compare(crawls.database, before, once)
    assert turned(found, Turn.UNCONFIRMED, "og-image-fetchable") == ["a2"]
    assert found.parts.terms[Step.REGRESSED] == 0 > found.parts.terms[Step.COVERAGE]
    found = compare(crawls.database, before, twice)
    assert turned(found, Turn.REGRESSED, "og-image-fetchable") == ["a2"]
    assert found.parts.terms[Step.REGRESSED] < 0


def test_a_picture_that_is_gone_for_good_counts_at_once(crawls):
    pages = site(a2=html("Second", image=f"{HOME}other.jpg"))
    before = crawls.crawl(pages, images={"pic.jpg": {}, "other.jpg": {}})
    now = crawls.crawl(pages, images={"pic.jpg": {}, "other.jpg": {**BROKEN, "status": 404}})
    found = compare(crawls.database, before, now)
    assert turned(found, Turn.REGRESSED, "og-image-fetchable") == ["a2"]


OFFER = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Product", "name": "Rye flour",
"image": "https://mill.example/pic.jpg", "offers": {"@type": "Offer", "price": "4.20", "priceCurrency": "EUR",
"availability": "https://schema.org/InStock", "priceValidUntil": "2026-01-31"}}</script>"""


def test_time_that_passes_is_nobodys_mistake(crawls):
    pages = site(a2=html("Rye flour", links=["/"], head=OFFER, body="<p>4.20 EUR</p>"))
    before = crawls.crawl(pages, started=datetime(2026, 1, 1, tzinfo=UTC))
    now = crawls.crawl(pages, started=datetime(2027, 1, 1, tzinfo=UTC))
    found = compare(crawls.database, before, now)
    assert turned(found, Turn.AGED, "expired-data") == ["a2"]
    assert found.parts.terms[Step.AGEING] < 0
    assert found.of(Turn.REGRESSED) == ()


def test_what_is_old_on_the_day_that_it_is_put_there_is_a_mistake(crawls):
    """The texts of both pages are as they were: a closed network's icon and an offer that is over came into their templates."""
    icon = '<footer><a href="https://plus.google.com/+mill">Google+</a></footer>'
    flour = html("Rye flour", links=["/"], head=OFFER.replace("2026-01-31", "2028-01-31"), body="<p>4.20 EUR</p>")
    before = crawls.crawl(site(a1=html("First"), a2=flour), started=datetime(2027, 1, 1, tzinfo=UTC))
    late = flour.replace("2028-01-31", "2026-01-31")
    linked = html("First").replace("</body>", f"{icon}</body>")
    now = crawls.crawl(site(a1=linked, a2=late), started=datetime(2027, 2, 1, tzinfo=UTC))
    found = compare(crawls.database, before, now)
    assert turned(found, Turn.REGRESSED, "dead-platform-link") == ["a1"]
    assert turned(found, Turn.REGRESSED, "expired-data") == ["a2"]
    assert found.of(Turn.AGED) == ()


def test_a_page_that_moves_deeper_is_a_part_of_its_own(crawls):
    def chain(links):
        return {
            path: html(f"Oat flour number {path or 'home'}", og=path != "d", links=[*links.get(path, ()), "/"])
            for path in ("", "a", "b", "c", "d")
        }

    before = crawls.crawl(chain({"": ["/a", "/b", "/c", "/d"]}))
    now = crawls.crawl(chain({"": ["/a"], "a": ["/b"], "b": ["/c"], "c": ["/d"]}))
    found = compare(crawls.database, before, now)
    assert found.parts.terms[Step.MOVED] != 0


def test_other_weights_are_the_rules_part(crawls):
    pages = site()
    before = crawls.crawl(pages)
    now = crawls.crawl(pages, audience="news")
    found = compare(crawls.database, before, now)
    assert found.parts.terms[Step.RULES] != 0
    assert not found.comparable


def test_a_crawl_of_older_rules_is_compared_by_todays(crawls, tmp_path):
    """What was stored then differs from what today's rules say of the same facts; the arrow shows the latter."""
    pages = site()
    before = crawls.crawl(pages, ruleset="2020.01")
    changed = [
        (to_json({**outcomes_of(outcomes), "og-image": "failed", "long-gone": "failed"}), before, url)
        for url, outcomes in crawls.database.rows("SELECT url, outcomes FROM review_outcomes WHERE run = ?", before)
    ]
    with crawls.database.transaction() as connection:
        connection.executemany("UPDATE review SET outcomes = ? WHERE run = ? AND url = ?", changed)
        connection.execute("UPDATE site_score SET value = value - 9 WHERE run = ? AND scope = 'site'", (before,))
    now = crawls.crawl(pages)
    stored = compare(crawls.database, before, now)
    assert [why.code for why in stored.why_not] == ["rules"]
    anew = Database(tmp_path / "anew.sqlite")
    crawls.database.connection.backup(anew.connection)
    crawls.judge(before, anew)
    found = compare(crawls.database, before, now, anew=anew)
    assert found.comparable
    assert found.parts.terms[Step.RULES] == pytest.approx(9)
    assert found.parts.moved == pytest.approx(0)
    assert found.is_same
    assert found.changes == ()


def test_a_crawl_without_a_score_has_no_parts(crawls):
    before = crawls.crawl({"": ("<title>Gone</title>", 404)})
    found = compare(crawls.database, before, crawls.crawl(site()))
    assert found.parts is None
    assert "no-score" in [why.code for why in found.why_not]


PAGE = st.one_of(
    st.none(),
    st.builds(
        html,
        st.sampled_from(["Oats", "A fairly long title about oats and mills and rivers 2024", "x"]),
        image=st.sampled_from([None, "/pic.jpg", "/gone.jpg"]),
        og=st.booleans(),
        links=st.lists(st.sampled_from(["/", "/a0", "/a1", "/a2", "/a3"]), max_size=3),
        head=st.sampled_from(
            ["", '<link rel="canonical" href="/a0">', '<meta name="robots" content="noindex">',
             '<meta property="og:type" content="product">']
        ),
    ),
    st.just(("<title>Not found</title>", 404)),
    st.just(("<title>Down</title>", 503)),
)  # fmt: skip
SITE = st.fixed_dictionaries(dict.fromkeys(("", "a0", "a1", "a2"), PAGE))
IMAGES = st.fixed_dictionaries({"pic.jpg": st.just({}), "gone.jpg": st.sampled_from([{}, BROKEN])})


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.tuples(SITE, IMAGES), st.tuples(SITE, IMAGES))
def test_the_parts_always_add_up(before, now):
    with tempfile.TemporaryDirectory() as folder:
        crawls = Crawls(Path(folder))
        runs = []
        for pages, images in (before, now):
            read = {name: body for name, body in pages.items() if body is not None}
            runs.append(
                crawls.crawl(read, images=images, failing={n: "timeout" for n, b in pages.items() if b is None})
            )
        found = compare(crawls.database, *runs)
        scores = [crawls.score(run) for run in runs]
        crawls.database.close()
    if None in scores:
        assert found.parts is None
        return
    assert sum(found.parts.terms.values()) == pytest.approx(scores[1] - scores[0], abs=1e-9)
    assert found.parts.terms[Step.RULES] == pytest.approx(0, abs=1e-9)
