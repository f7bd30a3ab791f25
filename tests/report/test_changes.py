from __future__ import annotations

import json

import pages
import pytest
import sample_stores
from attrs import evolve

from smocrawl.history.comparable import SENTENCES, Why
from smocrawl.history.difference import ScoreChange
from smocrawl.history.steps import Parts
from smocrawl.history.turns import Step, Turn
from smocrawl.report import render
from smocrawl.report.card_view import Drawer
from smocrawl.report.catalogue import installed
from smocrawl.report.crawl import Crawl
from smocrawl.report.language import load
from smocrawl.report.pictures import Pictures
from smocrawl.report.sections.before_after import seen
from smocrawl.report.sections.changes import changes, why_not
from smocrawl.report.sections.cover import cover
from smocrawl.report.sections.waterfall import adding_up, step_names, waterfall
from smocrawl.store.database import Database


@pytest.fixture
def crawl(reports):
    """The second crawl of the shop."""
    store = Database(reports("twice").parent.parent / "crawls.sqlite", read_only=True)
    yield Crawl(store, 2, installed())
    store.close()


def told(page):
    return json.loads((page.parent / "report.json").read_text(encoding="utf-8"))["sections"]


def test_terms_of_the_waterfall_add_up_to_what_is_shown(crawl):
    rows = waterfall(crawl).rows
    points = [float(row.value.replace("−", "-").replace("+", "")) for row in rows]
    assert rows[0].is_score
    assert rows[-1].is_score
    assert points[0] + sum(points[1:-1]) == pytest.approx(points[-1])
    assert {row.label for row in rows} >= {"Mended", "Pages that are gone"}
    assert all(0 <= row.start <= row.start + row.length <= 100 for row in rows)


def test_nothing_is_drawn_where_nothing_moved(crawl):
    still = Parts(before=70.0, now=70.02, terms={step: 0.02 * (step is Step.FIXED) for step in Step})
    crawl.difference = evolve(crawl.difference, parts=still)
    assert waterfall(crawl) is None


@pytest.mark.parametrize(
    ("terms", "whole"),
    [([0.04] * 5, 2), ([1.26, -0.34, 0.05], 10), ([0.149, 0.149, 0.149], 5), ([-2.55, 2.55], 0), ([0.05], 1)],
)
def test_rounded_terms_add_up(terms, whole):
    rounded = adding_up(terms, whole)
    assert sum(rounded) == whole
    assert all(abs(one - 10 * term) <= 1 for one, term in zip(rounded, terms, strict=True))


def test_section_tells_what_the_comparison_found(reports):
    found = told(reports("twice"))["changes"]
    turned = {one["id"]: one for one in found["turned"]}
    assert {"title": "The share image is too small", "text": "6 pages"} in turned["fixed"]["changes"]
    assert turned["new"]["changes"][0]["text"] == "/journal/a-new-wheel/"
    assert [(one["name"], one["pages"][0]["path"]) for one in found["pages"]] == [
        ("1 new page", "/journal/a-new-wheel/"), ("1 page is gone", "/journal/the-miller-s-cat/"),
    ]  # fmt: skip
    assert f"{float(found['now']) - float(found['before']):.1f}" in found["title"]


def test_cards_are_drawn_as_they_were_and_as_they_are(reports):
    cards = told(reports("twice"))["changes"]["cards"]
    pair = next(pair for one in cards["drawn"] for pair in one["pairs"] if pair["before"]["platform"] == "linkedin")
    assert (pair["before"]["layout"], pair["after"]["layout"]) == ("small", "large")
    assert pair["before"]["picture"] != pair["after"]["picture"]
    assert "until they read the page anew" in pages.read(reports("twice")).text


def test_another_picture_under_the_same_address_is_told(tmp_path):
    before = sample_stores.rich(tmp_path / "crawls.sqlite", started=sample_stores.NOW - sample_stores.timedelta(days=9))
    after = sample_stores.Store(None, database=before.database)
    after.image("/img/mill.jpg", 5, size=(1600, 840))
    after.page("/", title="Hollow Mill", depth=0)
    after.close()
    text = pages.read(render(after.database, after.run, tmp_path / "r")).text
    assert "Most networks notice only a new address" in text
    assert "1600×840" in text


def test_a_crawl_of_other_pages_shows_numbers_without_an_arrow(tmp_path):
    before = sample_stores.rich(tmp_path / "crawls.sqlite", started=sample_stores.NOW - sample_stores.timedelta(days=9))
    after = sample_stores.Store(None, database=before.database)
    after.page("/", title="Hollow Mill", depth=0)
    after.close()
    page = pages.read(render(after.database, after.run, tmp_path / "r"))
    assert "The two crawls cannot be compared by their score" in page.text
    assert "The crawls read different pages: 0 only now, 13 only before, of 14." in page.text
    assert "→" not in page.text.split("What changed")[-1]


def test_every_cause_is_said_in_every_language(crawl):
    values = dict.fromkeys(("before", "now", "names", "new", "gone", "pages", "when", "failed", "asked"), 7)
    english = {code: why_not(crawl, Why(code=code, detail=values)) for code in SENTENCES}
    german = Crawl(crawl.database, crawl.id, crawl.catalogue, load("de"))
    assert all(why_not(german, Why(code=code, detail=values)) != text for code, text in english.items())
    assert set(step_names(german)) == set(Step)


def compared(crawl, **values):
    crawl.difference = evolve(crawl.difference, **values)
    return changes(crawl, Drawer(crawl, Pictures(lambda _: None)))


def test_the_score_of_the_site_is_not_told_as_that_of_its_links(crawl):
    moved = (
        ScoreChange(scope="site", key="total", before=70.0, now=80.0),
        ScoreChange(scope="crosslink", key="total", before=76.0, now=79.0),
    )
    told = [(one.label, one.before, one.now) for one in compared(crawl, scores=moved).scores]
    assert told == [("Cross-link score", "76", "79")]


def test_where_only_the_rules_moved_the_score_that_is_said(crawl):
    rules = Parts(before=81.84, now=86.66, terms={step: 4.82 * (step is Step.RULES) for step in Step})
    section = compared(crawl, parts=rules, why_not=(Why(code="rules"),))
    assert section.rules == "Other rules or weights moved the score by +4.9 points, nothing on the site did."
    assert section.has_other_rules
    assert "By the rules of today it was 87 on" in cover(crawl, Drawer(crawl, Pictures(lambda _: None))).story


def test_cards_are_drawn_of_the_platforms_on_which_they_changed(crawl):
    found = [one for one in crawl.difference.cards if one.platform == "mattermost"]
    assert found
    drawn = compared(crawl, cards=tuple(found)).cards.drawn
    assert {pair.before.platform for one in drawn for pair in one.pairs} == {"mattermost"}


@pytest.mark.parametrize(("platform", "differs"), [("facebook", True), ("linkedin", False), ("pinterest", False)])
def test_cards_differ_only_in_what_the_platform_draws(crawl, platform, differs):
    view = Drawer(crawl, Pictures(lambda _: None)).views(crawl.home)[platform]
    assert (seen(view) != seen(evolve(view, description="Something else"))) == differs
    assert seen(view) != seen(evolve(view, title="Something else"))


def test_every_turn_but_those_that_stayed_has_a_heading(crawl):
    section = changes(crawl, Drawer(crawl, Pictures(lambda _: None)))
    assert {one.id for one in section.turned} <= {turn.value for turn in Turn} - {Turn.STILL.value}
    assert section.still
