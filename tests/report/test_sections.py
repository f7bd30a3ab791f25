"""What sections say of sites as they are: many feeds, dead pictures, stand-ins, islands of pages."""

from __future__ import annotations

import json

import pytest
import sample_stores
from attrs import evolve
from sample_stores import HOME, metas, words

from smocrawl.checks.base import Severity
from smocrawl.extract import read_page
from smocrawl.report import render
from smocrawl.report.catalogue import installed
from smocrawl.report.crawl import Crawl, drawn_severity, rank
from smocrawl.report.percent import whole_percents
from smocrawl.report.sections import platforms
from smocrawl.report.sections.links import links
from smocrawl.store.facts import pack
from smocrawl.store.records import Record, page_record, save_asset, save_page, save_record

DEAD = f"{HOME}wp-content/plugins/of-somebody/images/default-user-picture.png"
LONG = "Flour, bread and the people who mill it: stories from a valley, a river and two old stones, told weekly"


def broken_feed(store, path, status=200):
    url = HOME + path
    save_record(store.frontier, Record(url=url, kind="feed", status=status, type="application/rss+xml"))
    save_asset(store.frontier, url, "feed", pack({"url": url, "format": "unknown", "items": [], "well_formed": False}))


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """report.json and the page of a blog with the habits of many."""
    folder = tmp_path_factory.mktemp("blog")
    store = sample_stores.Store(folder / "crawls.sqlite")
    store.image(DEAD.removeprefix(HOME), 1, status=404)
    store.page(
        "/",
        title=LONG,
        depth=0,
        head=metas(og_title=LONG, og_image=DEAD),
        main='<a href="/shop/">Shop</a><a href="/old/">Old</a>',
    )
    for number in range(12):
        store.page(
            f"/journal/{number}/", title=f"Day {number} at the weir",
            head=metas(og_type="article", og_title=f"Day {number}", og_image=f"{HOME}img/default-share.png")
            + '<meta property="article:published_time" content="2026-11-01T08:00:00+00:00">',
            main=f'<p>{words(f"day {number}")}</p><img src="/img/weir-{number}.jpg" width="1200" alt="The weir">'
            f'<a href="/journal/{(number + 1) % 12}/">On</a>',
        )  # fmt: skip
    store.image("img/default-share.png", 2)
    for number in range(9):
        store.feed(f"tag/{number}/feed/", ["One", "Two"])
        broken_feed(store, f"journal/{number}/feed/", status=404 if number else 200)
    store.page("/hidden/", title="Not for search", head='<meta name="robots" content="noindex">', main=words("stone"))
    store.page(
        "/thanks/", title="Thank you", head='<meta name="robots" content="noindex">', main="<p>We will write.</p>"
    )
    store.page("/old/", title="Moved", head='<meta http-equiv="refresh" content="0; url=/shop/">')
    store.feed("feed/", ["One", "Two"])
    store.robots("User-agent: *\nAllow: /\n")
    store.close()
    page = render(store.database, store.run, folder / "out")
    return json.loads((page.parent / "report.json").read_text()), page.read_text()


def section(told, name):
    return told[0]["sections"][name]


def test_of_many_feeds_that_of_the_site_comes_first_and_some_broken_ones_are_seen(told):
    feeds = section(told, "feeds")
    assert feeds["title"] == "9 of your 19 feeds cannot be read"
    assert len(feeds["feeds"]) == 19
    first = feeds["feeds"][:10]
    assert first[0]["address"] == "/feed/"
    assert [one["is_valid"] for one in first] == [True] * 6 + [False] * 4
    assert "9 more feeds" in told[1]


def test_a_feed_that_is_gone_is_not_called_badly_formed(told):
    states = {one["address"]: one["state"] for one in section(told, "feeds")["feeds"]}
    assert states["/journal/0/feed/"] == "broken: not well formed"
    assert states["/journal/1/feed/"] == "answers with status 404"


def test_a_page_that_moves_on_is_not_said_to_be_closed(told):
    row = next(one for one in section(told, "pages")["rows"] if one["page"]["path"] == "/old/")
    assert row["first"] == "The page only sends its readers on to /shop/"
    assert row["first_severity"] == "high", "what is only nearly a blocker bears no sign of one"


@pytest.mark.parametrize(("status", "praised"), [(200, True), (404, False)])
def test_pictures_are_a_strength_only_where_they_load(tmp_path, status, praised):
    store = sample_stores.Store(tmp_path / "crawls.sqlite")
    for number in range(4):
        image = store.image(f"/img/{number}.jpg", number + 1, status=status)
        title, place = f"Day {number} at the weir", f"journal/{number}/" if number else ""
        main = f'<p>{words(title)}</p><a href="/journal/{number + 1}/">On</a>'
        store.page(f"/{place}", title=title, head=metas(og_title=title, og_image=image), main=main, depth=number)
    store.close()
    page = render(store.database, store.run, tmp_path / "out")
    found = json.loads((page.parent / "report.json").read_text())["sections"]["summary"]["strengths"]
    assert any("page names a picture" in one["head"] for one in found) == praised


def test_checks_of_a_tactic_are_counted_by_their_worst_answer(told):
    rows = section(told, "tactics")["rows"]
    assert all(row["clean"] + row["almost"] + row["faulty"] == row["checks"] for row in rows)
    accounts = next(row for row in rows if row["name"] == "Accounts linked")
    assert accounts["wins"]
    assert accounts["almost"] + accounts["faulty"] > 0


def test_summary_and_tactics_name_the_same_best_side(told):
    best = section(told, "tactics")["title"].partition("“")[2].partition("”")[0]
    strengths = [one["head"] for one in section(told, "summary")["strengths"]]
    assert f"Your best side: {best}" in strengths
    rows = {row["name"]: row for row in section(told, "tactics")["rows"] if row["score"] is not None}
    heaviest = max(row["weight"] for row in rows.values() if row["score"] == rows[best]["score"])
    assert (rows[best]["score"], rows[best]["weight"]) == (max(row["score"] for row in rows.values()), heaviest)


def test_pages_without_links_are_counted_among_those_that_the_bars_show(told):
    links = section(told, "links")
    paths = [one["path"] for one in links["orphans"]]
    assert "/hidden/" not in paths
    assert links["orphan_count"] <= next(int(bar["value"]) for bar in links["depths"] if bar["is_hatched"])


def test_margin_of_the_card_names_the_file_and_leaves_out_what_the_card_shows(told):
    notes = {note["part"]: note for note in section(told, "cover")["notes"]}
    assert notes["image"]["head"] == "Picture dropped: it does not load"
    assert notes["image"]["text"] == "The share image …/default-user-picture.png answers with status 404."
    assert LONG not in notes["title"]["text"]
    assert notes["title"]["head"] == "The share title is too long with 103 characters"
    assert notes["title"]["text"] == "20 to 70 work on every network."


def test_stand_in_is_struck_out_and_the_picture_of_the_text_proposed(told):
    fix = next(one for one in section(told, "fixes")["fixes"] if one["check"] == "og-image-generic")
    change = {line["text"]: line["change"] for line in fix["snippet"]}
    assert change[f'<meta property="og:image" content="{HOME}img/default-share.png">'] == "-"
    assert [text for text, sign in change.items() if sign == "+" and "/img/weir-" in text]


def test_pages_that_only_link_to_each_other_are_told_in_the_heading(told):
    assert section(told, "links")["title"] == "12 pages that nobody reaches by links from the home page"


def test_where_every_bot_is_free_the_table_folds_away(told):
    bots = section(told, "platforms")["bots"]
    assert bots["title"] == "Every preview bot can read what it needs"
    assert bots["rows"] == []
    assert f"What is known of {len(bots['others'])} bots" in told[1]


def test_where_all_fixes_are_small_that_is_said_once(told):
    story = section(told, "cover")["story"]
    fixes = section(told, "fixes")["fixes"]
    small = sum(fix["effort"] == "Small" for fix in fixes)
    assert ("all of them small" in story) == (small == len(fixes))
    assert f"{small} of them small" not in story or small < len(fixes)


def test_the_heaviest_cause_of_a_missing_card_is_why_it_is_missing(tmp_path):
    store = sample_stores.Store(tmp_path / "crawls.sqlite")
    for number in range(3):
        place = f"journal/{number}/" if number else ""
        main = f'<a href="/journal/{number + 1}/">On</a><a href="https://plus.google.com/+mill">Follow us</a>'
        store.page(f"/{place}", title="The mill", head=metas(og_title="The mill"), main=main, depth=number)
    store.close()
    page = render(store.database, store.run, tmp_path / "out")
    found = json.loads((page.parent / "report.json").read_text())["sections"]["platforms"]
    cells = {row["platform"]: row["cells"][0] for row in found["rows"]}
    notes = {note["letter"]: note["text"] for note in found["notes"]}
    assert cells["pinterest"]["band"] == "poor"
    assert notes[cells["pinterest"]["note"]] == "No card. It draws a card only with a picture, and none is declared."
    assert not notes[cells["facebook"]["note"]].startswith("No card.")


def test_cards_that_lose_their_picture_are_not_blamed_on_a_smaller_fault(tmp_path):
    """Readiness of 84 is the most that a card without its picture can have: that is the cause, whatever else is wrong."""
    store = sample_stores.Store(tmp_path / "crawls.sqlite")
    heavy = store.image("/img/heavy.jpg", 1, weight=9_000_000)
    for number in range(3):
        place, title = f"journal/{number}/" if number else "", f"Day {number} at the weir"
        head = metas(og_title=title, og_image=heavy, og_type="article", og_url=HOME + place)
        store.page(f"/{place}", title=title, head=head, main=f"<p>{words(title)}</p>", depth=number)
    store.close()
    page = render(store.database, store.run, tmp_path / "out")
    found = json.loads((page.parent / "report.json").read_text())["sections"]["platforms"]
    cells = {row["platform"]: row["cells"][0] for row in found["rows"]}
    notes = {note["letter"]: note["text"] for note in found["notes"]}
    assert cells["whatsapp"]["score"] == 84
    assert notes[cells["whatsapp"]["note"]] in ("The share image is too heavy", "Picture dropped: it weighs 9 MB")


def test_cover_draws_the_card_as_the_gallery_does(told, tmp_path):
    cover = told[1].split('id="cover"')[1].split("</section>")[0]
    assert "no picture" in cover
    assert "nopic" not in cover
    store = sample_stores.Store(tmp_path / "crawls.sqlite")
    store.page("/", title=LONG, head=metas(og_title=LONG, og_image=f"{HOME}img/mill-wheel.png"), depth=0)
    store.close()
    cover = (
        render(store.database, store.run, tmp_path / "out").read_text().split('id="cover"')[1].split("</section>")[0]
    )
    assert "mill-wheel.png</small>" in cover
    assert "no picture" not in cover


def test_parts_of_the_link_score_and_of_the_score_add_up(told):
    links = section(told, "links")
    rated = [part for part in links["parts"] if part["value"] != "not rated"]
    weights = [int(part["weight"].split()[1]) for part in rated]
    assert sum(weights) == 100
    mean = sum(weight * int(part["value"]) for weight, part in zip(weights, rated, strict=True)) / 100
    assert abs(mean - links["score"]) <= 2
    score = section(told, "score")
    assert float(score["earned"]) + float(score["lost"]) == pytest.approx(100, abs=0.2)


def test_bars_by_clicks_say_which_pages_they_leave_out(told):
    links = section(told, "links")
    left = len(section(told, "pages")["rows"]) - sum(int(bar["value"]) for bar in links["depths"])
    assert left > 0
    assert links["counted"].startswith(f"{left} page")


def test_pages_without_links_are_as_many_as_their_fix_says(tmp_path):
    """A page that is not for sharing counts as well: the sitemap lists it, and no link leads there."""
    store = sample_stores.Store(tmp_path / "crawls.sqlite")
    store.page("/", title="The mill", depth=0, main=f"<p>{words('mill')}</p>")
    with store.database.transaction() as connection:
        for number, path in enumerate(("search/", "notes/1/", "notes/2/", "notes/3/")):
            store.page(f"/{path}", title=f"Page {path}", depth=1, main=f"<p>{words(path)}</p>")
            listed = store.frontier.url_id(f"{HOME}sitemap.xml"), store.frontier.url_id(HOME + path)
            connection.execute(
                "INSERT INTO listed (run, source, url, kind) VALUES (?, ?, ?, 'sitemap')", (store.run, *listed)
            )
            if not number:
                connection.execute("UPDATE page SET shareable = 0 WHERE url = ?", (listed[1],))
    store.close()
    page = render(store.database, store.run, tmp_path / "out")
    told = json.loads((page.parent / "report.json").read_text())["sections"]
    fix = next(one for one in told["fixes"]["fixes"] if one["check"] == "orphan-pages")
    assert fix["evidence"].startswith("4 of 4 addresses")
    assert told["links"]["orphan_count"] == 4
    assert told["links"]["title"].startswith("4 pages")
    assert [bar["value"] for bar in told["links"]["depths"] if bar["is_hatched"]] == ["4"]


@pytest.fixture(scope="module")
def untitled(tmp_path_factory):
    """report.json of a site whose pages have no title at all, but for the home page, which answers with and without ``www.``."""
    folder = tmp_path_factory.mktemp("untitled")
    store = sample_stores.Store(folder / "crawls.sqlite")
    store.page("/", title="The mill", main=f"<p>{words('mill')}</p>", depth=0)
    for number in range(6):
        store.page(f"/works/{number}/", title="", main=f"<p>{words(str(number))}</p>", depth=1)
    twin = read_page(
        HOME.replace("://www.", "://"),
        f"<title>The mill</title><p>{words('mill')}</p>".encode(),
        headers={"content-type": "text/html"},
    )
    save_page(store.frontier, page_record(twin, {}, shareable=True), depth=1)
    save_record(store.frontier, Record(url=twin.url, kind="page", status=200, type="text/html"))
    store.pages.append(twin)
    store.close()
    page = render(store.database, store.run, folder / "out")
    return json.loads((page.parent / "report.json").read_text())


def test_what_a_fix_found_is_true_of_the_page_whose_head_stands_beside_it(untitled):
    fix = next(one for one in section([untitled], "fixes")["fixes"] if one["check"] == "og-title")
    nothing = fix["evidence"].startswith("The page offers no title for a card")
    assert nothing == fix["examples"][0]["path"].startswith("/works/")


def test_that_nothing_blocks_a_page_is_not_said_where_pages_have_no_card(untitled):
    assert "Nothing blocks a whole page" not in [one["head"] for one in section([untitled], "summary")["strengths"]]


def test_a_page_of_the_other_host_is_told_by_its_host(untitled):
    paths = [row["page"]["path"] for row in section([untitled], "pages")["rows"]]
    assert paths.count("/") == 1
    assert HOME.removeprefix("https://www.") in paths


@pytest.mark.parametrize(
    ("mean", "band", "shown"), [(84.6, "partial", 84), (85.4, "ready", 85), (59.7, "poor", 59), (0, "blocked", 0)]
)
def test_a_number_of_the_matrix_belongs_to_its_band(mean, band, shown):
    assert platforms.in_band(mean, band) == shown


def test_faults_stand_in_the_order_of_the_signs_that_people_see():
    every = [(severity.value, outcome) for severity in Severity for outcome in ("failed", "warned")]
    signs = [drawn_severity(*one) for one in sorted(every, key=lambda one: rank(*one))]
    assert signs == sorted(signs, key=[severity.value for severity in Severity].index)
    assert drawn_severity("blocker", "warned") == "high"


def test_whole_percents_add_up():
    assert whole_percents({"reach": 0.625, "near": 0.375}) == {"reach": 63, "near": 37}
    thirds = whole_percents(dict.fromkeys("abc", 1 / 3))
    assert sorted(thirds.values()) == [33, 33, 34]
    assert whole_percents({"a": 0.004, "b": 0.996}) == {"a": 0, "b": 100}
    assert whole_percents({}) == {}


def test_weights_of_the_tactics_add_up_to_a_hundred(told):
    rows = section(told, "tactics")["rows"]
    assert sum(row["weight"] for row in rows) == 100
    parts = section(told, "score")["parts"]
    assert {part["name"]: part["weight"] for part in parts} == {
        row["name"]: row["weight"] for row in rows if row["weight"]
    }


def test_a_site_without_accounts_is_not_said_to_lead_to_them(tmp_path):
    store = sample_stores.Store(tmp_path / "crawls.sqlite")
    store.page("/", title="Mill", main='<a href="/a/">A</a><a href="/b/">B</a>', depth=0)
    for name, other in (("a", "b"), ("b", "a")):
        store.page(
            f"/{name}/",
            title=f"Page {name}",
            main=f'<p>{words(name)}</p><a href="/{other}/">On</a><a href="/">Home</a>',
        )
    store.close()
    crawl, key = Crawl(store.database, store.run, installed()), ("crosslink", "total")
    total = crawl.scored(*key)
    for accounts, title in (
        ([], "Your pages lead to one another well, but to no account of yours"),
        ([{"platform": "x", "handle": "mill", "url": "", "pages": 3, "named": 0, "rel_me": 0}],
         "Your pages and accounts lead to one another well"),
    ):  # fmt: skip
        kept = {"accounts": accounts, "closed": [{"platform": "googleplus", "pages": 3}], "domains": [], "ways": []}
        crawl.scores = {**crawl.scores, key: evolve(total, explanation={**total.explanation, "places": kept})}
        assert links(crawl).title == title
    page = render(store.database, store.run, tmp_path / "out")
    assert "No page states its date for programs" in page.read_text()


def test_what_is_told_twice_is_told_with_the_numbers_of_its_own_page(tmp_path):
    store = sample_stores.Store(tmp_path / "crawls.sqlite")
    for number, title in enumerate(("Mill", "Weir", "Mill")):
        store.page(f"/{number}/", title=title, main=f"<p>{words(title)}</p>", depth=number)
    store.close()
    crawl = Crawl(store.database, store.run, installed())
    found = list(crawl.all_found())
    told = [crawl.sentence(one) for one in found]
    assert told == [crawl.sentence(one) for one in found]
    assert told == [crawl.catalogue.sentence(one.check, one.outcome, one.evidence, crawl.language) for one in found]
    assert len({(one.check, one.written) for one in found}) < len(found), "some pages have the same fault"
    short = [said for one, said in zip(found, told, strict=True) if one.check == "title-length"]
    assert len(short) == 3
    assert len(set(short)) == 2
