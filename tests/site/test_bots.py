"""How far preview bots get, over stores built by hand: robots.txt, the part of a page that is read, and patience."""

import pytest
from attrs import evolve
from build import Built, at

from smocrawl.extract.files.feeds import FeedFacts
from smocrawl.extract.files.robots import Robots
from smocrawl.page import Kind, Meta
from smocrawl.site.bots import TEMPLATES
from smocrawl.store.facts import from_json
from smocrawl.store.records import Record, save_record

LATE = 40_000
"""Bytes behind Slack's first 32 kB."""


@pytest.fixture
def store(tmp_path):
    return Built(tmp_path / "crawls.sqlite", whole=False)


def robots(store, text, host=""):
    address = at(f"{host}robots.txt") if not host else f"https://{host}/robots.txt"
    store.file(address, "robots", Robots.read(text.encode(), url=address).facts)


def article(store, path, *, template="t1", picture="", **facts):
    if picture:
        facts["metas"] = (Meta(prop="og:image", content=picture),)
    return store.page(path, template=template, **facts)


def reach(store, platform, what, template="t1"):
    """(pages, stopped, worst, most, example, line)"""
    rows = store.database.rows(
        "SELECT pages, stopped, worst, most, example, line FROM bots WHERE platform = ? AND what = ? AND template = ?",
        platform,
        what,
        template,
    )
    return tuple(rows[0]) if rows else None


def test_every_page_of_a_template_is_held_against_robots_txt(store):
    store.page("", kind=Kind.HOME, template="home")
    for path in ("blog/a", "blog/b", "shop/c"):
        article(store, path)
    robots(store, "User-agent: Twitterbot\nDisallow: /shop/\n\nUser-agent: *\nDisallow: /blog/a")
    store.ask()
    assert reach(store, "x", "page") == (3, 1, None, None, at("shop/c"), 2)
    assert reach(store, "linkedin", "page") == (3, 1, None, None, at("blog/a"), 5)
    assert reach(store, "x", "page", "home") == (1, 0, None, None, None, None)


def test_bots_that_pass_over_robots_txt_have_their_row_with_the_same_verdict(store):
    article(store, "a")
    robots(store, "User-agent: *\nDisallow: /")
    store.ask()
    assert reach(store, "mastodon", "page") == (1, 1, None, None, at("a"), 2)
    heeds = dict(map(tuple, store.database.rows("SELECT platform, heeds_robots FROM bots WHERE what = 'page'")))
    assert (heeds["mastodon"], heeds["x"], heeds["telegram"]) == (0, 1, None)


def test_pictures_oembed_answers_and_feeds_are_asked_for_at_their_own_hosts(store):
    article(store, "a", picture="https://img.example/p.png")
    store.file("oembed?url=a", "oembed", used_by=["a"])
    store.file("feed.xml", "feed", FeedFacts(url=at("feed.xml"), format="rss"), used_by=["a"])
    robots(store, "User-agent: *\nDisallow: /feed.xml\nDisallow: /oembed")
    robots(store, "User-agent: Twitterbot\nDisallow: /p.png", "img.example")
    store.ask()
    assert reach(store, "x", "page")[:2] == (1, 0)
    assert reach(store, "x", "image") == (1, 1, None, None, "https://img.example/p.png", 2)
    assert reach(store, "slack", "image")[:2] == (1, 0)
    assert reach(store, "slack", "oembed") == (1, 1, None, None, at("oembed?url=a"), 3)
    assert reach(store, "slack", "feed") == (1, 1, None, None, at("feed.xml"), 2)


def test_a_picture_may_be_named_without_its_host(store):
    article(store, "a", picture="/p.png")
    robots(store, "User-agent: *\nDisallow: /p.png")
    store.ask()
    assert reach(store, "x", "image") == (1, 1, None, None, at("p.png"), 2)


def test_what_no_robots_txt_was_read_for_is_not_told(store):
    article(store, "a", picture="https://img.example/p.png")
    robots(store, "")
    store.ask()
    assert reach(store, "x", "page")[:2] == (1, 0)
    assert reach(store, "x", "image") is None


def test_the_last_tag_needed_is_held_against_what_is_read(store):
    late = Meta(prop="og:image", content=at("p.png"), offset=LATE)
    title = Meta(prop="og:title", content="Title", offset=300)
    article(store, "late", metas=(title, late), size=50_000)
    article(store, "early", metas=(title, evolve(late, offset=900)), size=50_000)
    article(store, "short", metas=(title,), size=2_000)
    store.ask()
    assert reach(store, "slack", "tags") == (3, 1, LATE, 32_768, at("late"), None)
    assert reach(store, "whatsapp", "tags") == (3, 0, None, 300_000, None, None)
    assert reach(store, "x", "tags") is None


def test_a_page_that_is_refused_for_its_length_is_behind_the_limit_as_a_whole(store):
    article(store, "huge", metas=(Meta(prop="og:title", content="Title", offset=300),), size=11 * 1024 * 1024)
    store.ask()
    assert reach(store, "misskey", "tags")[:3] == (1, 1, 11 * 1024 * 1024)


def test_the_slowest_page_is_held_against_the_patience_of_each_bot(store):
    for path, latency in (("a", 0.2), ("b", 3.5)):
        article(store, path)
        save_record(store.frontier, Record(url=at(path), kind="page", status=200, type="text/html", latency=latency))
    store.ask()
    assert reach(store, "ghost", "time") == (2, 1, 3.5, 2, at("b"), None)
    assert reach(store, "discord", "time") == (2, 0, 3.5, 5, None, None)
    assert reach(store, "x", "time") is None


def test_rare_templates_stand_together(store):
    for number in range(TEMPLATES + 3):
        article(store, f"a{number:02}", template=f"t{number:02}")
    robots(store, "")
    store.ask()
    templates = store.database.rows("SELECT template, pages FROM bots WHERE platform = 'x' AND what = 'page'")
    assert len(templates) == TEMPLATES + 1
    assert dict(map(tuple, templates))[""] == 3


def test_a_second_analysis_puts_its_rows_in_place_of_the_first(store):
    article(store, "a")
    robots(store, "")
    store.ask()
    before = store.database.scalar("SELECT count(*) FROM bot_reach")
    store.ask()
    assert store.database.scalar("SELECT count(*) FROM bot_reach") == before > 0


@pytest.mark.parametrize(
    ("shut", "severity"), [(1, "low"), (3, "medium"), (10, "high"), (20, "blocker"), ("home", "blocker")]
)
def test_a_few_pages_that_bots_may_not_read_block_no_site(store, shut, severity):
    store.page("", kind=Kind.HOME)
    for number in range(59):
        article(store, f"{'shut' if shut != 'home' and number < shut else 'open'}/{number}")
    robots(store, "User-agent: LinkedInBot\nDisallow: " + ("/$" if shut == "home" else "/shut/"))
    store.ask()
    assert store.outcome("social-bots-robots") == "failed"
    (found,) = store.evidence("social-bots-robots")
    assert (found["pages"], found["of"]) == (1 if shut == "home" else shut, 60)
    (said,) = store.database.rows("SELECT severity FROM finding WHERE check_id = 'social-bots-robots'")
    assert said["severity"] == severity


def test_a_stray_page_kept_from_bots_costs_and_gains_a_tenth_of_a_shut_home_page(tmp_path):
    def gain(name, line):
        store = Built(tmp_path / f"{name}.sqlite", whole=False)
        store.page("", kind=Kind.HOME)
        for number in range(59):
            article(store, f"journal/{number}")
        robots(store, f"User-agent: LinkedInBot\nDisallow: {line}")
        store.analyse()
        rows = store.database.rows("SELECT gain, evidence FROM fix WHERE check_id = 'social-bots-robots'")
        return rows[0]["gain"], from_json(rows[0]["evidence"])["severity"]

    (stray, low), (home, blocker) = gain("stray", "/journal/7"), gain("home", "/$")
    assert (low, blocker) == ("low", "blocker")
    assert stray == pytest.approx(home / 10, rel=0.01)
