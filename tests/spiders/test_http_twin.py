"""The home page's address under http: asked once beside https, recorded, never taken for a page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from smocrawl.audience import load
from smocrawl.checks.base import Outcome
from smocrawl.closing.contexts import Contexts
from smocrawl.closing.site_facts import read_site_facts
from smocrawl.page import Page
from smocrawl.pipelines import Read, StorePipeline
from smocrawl.review import judge
from smocrawl.spiders.crawl import Crawl
from smocrawl.spiders.items import Answer
from smocrawl.spiders.options import read_options
from smocrawl.store import runs
from smocrawl.store.database import Database

HOME = "https://www.site.example/"
TWIN = "http://www.site.example/"


def settled(tmp_path: Path, home: str = HOME, **options: str) -> Crawl:
    """A crawl whose home page has answered at *home*."""
    database = Database(tmp_path / "crawls.sqlite")
    run = runs.begin(database, home=home, options={}, version="0", ruleset="r", algorithm=1, audience="general")
    crawl = Crawl(read_options({"domain": home, **options}), database, run, tmp_path)
    crawl.settle_home(home)
    return crawl


def queued(crawl: Crawl) -> set[str]:
    rows = crawl.database.rows("SELECT url.url FROM frontier JOIN url ON url.id = frontier.url WHERE kind = 'twin'")
    return {row[0] for row in rows}


def answered(crawl: Crawl, **how: object) -> None:
    """The twin's answer, on its way through the pipeline."""
    pipeline = StorePipeline(crawler=None)  # type: ignore[arg-type]  # it asks nothing of the crawler here
    pipeline.crawl = crawl
    (leased,) = [one for one in crawl.lease(20) if one.kind == "twin"]
    pipeline.process_item(Read(answer=Answer(leased=leased, url=leased.url, **how)))  # type: ignore[arg-type]  # fields of several types


def outcome(crawl: Crawl) -> str:
    site = read_site_facts(
        crawl.database, crawl.run, home=HOME, scope=crawl.scope, now=datetime(2026, 11, 21, tzinfo=UTC),
        audience=load("general"), links_followed=True,
    )  # fmt: skip
    page = Page(url=HOME, status=200)
    return judge(page, Contexts(crawl.database, crawl.run, site).of(page, crawl.frontier.url_id(HOME))).outcomes[
        "https-valid"
    ]


def test_a_twin_that_answers_by_itself_is_told(tmp_path: Path) -> None:
    crawl = settled(tmp_path)
    assert queued(crawl) == {TWIN}
    assert outcome(crawl) == Outcome.PASSED
    answered(crawl, status=200, body=b"<title>Home</title>", headers={"content-type": "text/html"})
    assert outcome(crawl) == Outcome.WARNED
    assert crawl.database.scalar("SELECT count(*) FROM page") == 0
    assert crawl.counts["errors"] == 0


@pytest.mark.parametrize("target", [HOME, "https://www.site.example/en/"])
def test_a_twin_that_leads_on_is_a_record_and_nothing_more(tmp_path: Path, target: str) -> None:
    crawl = settled(tmp_path)
    before = crawl.frontier.known()
    answered(crawl, status=301, headers={"location": target})
    assert outcome(crawl) == Outcome.PASSED
    assert crawl.frontier.known() == before
    row = crawl.database.rows("SELECT status, redirect FROM fetch")[0]
    assert tuple(row) == (301, crawl.frontier.url_id(target))


def test_nobody_at_http_is_no_fault(tmp_path: Path) -> None:
    crawl = settled(tmp_path)
    answered(crawl, error="timeout: no answer")
    assert outcome(crawl) == Outcome.PASSED
    assert crawl.counts["errors"] == 0


@pytest.mark.parametrize(
    ("home", "options"),
    [(TWIN, {}), ("https://site.example:8443/", {}), (HOME, {"as_url": "https://site.example/"})],
)
def test_no_twin_where_there_can_be_none(tmp_path: Path, home: str, options: dict[str, str]) -> None:
    assert queued(settled(tmp_path, home, **options)) == set()
