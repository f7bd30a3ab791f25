"""The matrix of preview bots: what a reader of the report is told, over small stores with one fault each."""

import json
import re

import pytest
import sample_stores
from lxml import html

from smocrawl.report import render


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The page of a site whose robots.txt shuts some bots out, and what report.json says of it."""
    folder = tmp_path_factory.mktemp("bots")
    store = sample_stores.bots_shut_out(folder / "crawls.sqlite")
    path = render(store.database, store.run, folder / "2026-11-18_093000", language="en")
    told = json.loads((path.parent / "report.json").read_text(encoding="utf-8"))
    return html.fromstring(path.read_text(encoding="utf-8")), told["sections"]["platforms"]["bots"]


def row(page, bot):
    (found,) = page.xpath(f'//table[contains(@class, "bots")]//tr[th/span = "{bot}"]')
    return [re.sub(r"\s+", " ", cell.text_content()).strip() for cell in found]


def test_a_bot_that_is_shut_out_says_where_and_by_which_line(report):
    page, _ = report
    cells = row(page, "Twitterbot")
    assert "obeys robots.txt" in cells[0]
    assert cells[1:] == ["kept outb", "kept outb"]
    assert row(page, "LinkedInBot")[1:] == ["free", "kept outa"]
    notes = [re.sub(r"\s+", " ", one.text_content()).strip() for one in page.xpath('//h3[@id="bots"]/following::li')]
    assert "brobots.txt forbids pages in line 2. First: /" in notes


def test_a_bot_that_passes_over_robots_txt_is_free_and_that_is_said(report):
    page, _ = report
    (bot,) = {one for one in page.xpath('//table[contains(@class, "bots")]//th/span/text()') if one == "Mastodon"}
    assert row(page, bot)[1].startswith("free")
    assert "this reader does not ask it" in page.text_content()


def test_where_nobody_knows_whether_a_bot_obeys_that_is_said(report):
    page, _ = report
    assert [cell[:9] for cell in row(page, "TelegramBot")[1:]] == ["not known", "not known"]


def test_a_slow_page_hinders_the_impatient_alone(report):
    page, _ = report
    assert "waits 2 s" in row(page, "Ghost")[0]
    assert row(page, "Ghost")[1] == "free"
    assert row(page, "Ghost")[2].startswith("hindered")
    assert "Waits 2 seconds; the slowest page took 3.5." in page.text_content()
    assert row(page, "Discordbot")[1:] == ["free", "free"]


def test_platforms_with_one_bot_share_a_row(report):
    _, told = report
    (facebook,) = [one for one in told["rows"] if "Facebook" in one["platforms"]]
    assert facebook["platforms"] == ["Facebook", "Instagram", "Messenger", "Threads"]


def test_the_heading_counts_who_is_kept_out(report):
    page, told = report
    assert told["title"] == page.xpath('//h3[@id="bots"]/text()')[0] == "2 preview bots are kept out of your pages"
