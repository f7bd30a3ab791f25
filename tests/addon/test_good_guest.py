"""What a guest must not do: fetch, block, grow, or break its host."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from guesting import end, html, see, stored, watch
from hosting import script
from scrapy import Request
from scrapy.http import HtmlResponse, Response, TextResponse
from scrapy.settings import Settings
from scrapy.utils.spider import DefaultSpider
from serving import Site, page

from smocrawl.addon import auditor
from smocrawl.addon.answers import seen_of
from smocrawl.addon.guests import Guest
from smocrawl.commands.running import own_settings
from smocrawl.commands.stored import analyse_watched
from smocrawl.spiders.opening import Lock
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.workers import Workers

# -- what is audited -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (html(), "page"),
        (TextResponse("https://site.example/x.json", body=b"{}", headers={"Content-Type": "application/json"}), None),
        (Response("https://site.example/x.pdf", headers={"Content-Type": "application/pdf"}), None),
        (TextResponse("https://site.example/robots.txt", body=b"User-agent: *"), "robots"),
        (Response("https://site.example/x.png", headers={"Content-Type": "image/png"}), "image"),
        (Response("https://site.example/x.png", status=404, headers={"Content-Type": "image/png"}), None),
        (HtmlResponse("data:text/html,x", body=b"x"), None),
    ],
)
def test_pages_and_what_belongs_to_them(response: Response, kind: str | None) -> None:
    seen = seen_of(response, Request("https://site.example/"))
    assert (seen.kind if seen else None) == kind


def test_how_an_answer_came_is_kept() -> None:
    meta = {
        "redirect_urls": ["http://site.example/a", "https://site.example/refreshed"], "redirect_reasons": [301, "meta refresh"],
        "download_latency": 0.2, "depth": 3, "playwright": True,
    }  # fmt: skip
    seen = seen_of(html(flags=["partial"]), Request("https://site.example/a", meta=meta))
    assert seen is not None
    assert (seen.hops, seen.latency, seen.depth) == ((("http://site.example/a", 301),), 0.2, 3)
    assert (seen.rendered, seen.cached, seen.truncated) == (True, False, True)
    assert seen_of(html(flags=["cached"]), Request("https://site.example/a", meta=meta)).latency is None  # type: ignore[union-attr]  # a page is always seen


def test_rendered_pages_are_said_to_be(tmp_path: Path) -> None:
    one = watch(tmp_path)
    see(one, html(flags=["playwright"]), html("https://www.site.example/b"))
    assert end(one)["pages"] == 2
    database = stored(tmp_path / "site.example")
    (run,) = runs.all_runs(database)
    database.close()
    assert run.state == runs.READ
    assert any(note.startswith("Pages that came out of a browser, after their scripts: 1.") for note in run.notes)


def test_each_host_has_its_store(tmp_path: Path) -> None:
    one = watch(tmp_path)
    see(one, *(html(f"http://{host}/") for host in ("a.example", "b.example:8080", "www.a.example")))
    end(one)
    assert {path.parent.name for path in tmp_path.glob("*/crawls.sqlite")} == {"a.example", "b.example_8080"}


def test_more_hosts_than_stores_are_still_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auditor, "MOST_SITES", 1)
    one = watch(tmp_path)
    see(one, html("http://a.example/"), html("http://b.example/"))
    stats = end(one)
    assert (stats["pages"], stats["sites_not_stored"]) == (2, 1)
    assert {path.parent.name for path in tmp_path.glob("*/crawls.sqlite")} == {"a.example"}


# -- faults ----------------------------------------------------------------------------------------


def test_a_fault_of_ours_is_counted_and_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*arguments: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("smocrawl.addon.watch.seen_of", broken)
    one = watch(tmp_path)
    see(one, html(), html("https://site.example/b"))
    assert end(one)["errors"] == 2
    assert caplog.text.count("RuntimeError: broken") == 1


def test_a_fault_in_the_other_thread_is_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*arguments: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(auditor, "audit", broken)
    one = watch(tmp_path)
    see(one, html(), html("https://site.example/b"))
    assert end(one)["errors"] == 2
    assert caplog.text.count("RuntimeError: broken") == 1
    database = stored(tmp_path / "site.example")
    assert [row[0] for row in database.rows("SELECT error FROM crawled")] == ["reading failed: RuntimeError"] * 2
    database.close()


def test_a_folder_that_cannot_be_written_costs_the_store_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "reports").write_text("a file where a folder should be")
    one = watch(tmp_path / "reports")
    see(one, html())
    stats = end(one)
    assert (stats["pages"], stats["sites_not_stored"]) == (1, 1)
    assert "audited but not stored" in caplog.text


def test_a_store_in_use_is_left_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "site.example").mkdir()
    lock = Lock(tmp_path / "site.example" / "crawls.lock")
    one = watch(tmp_path)
    see(one, html())
    assert end(one)["pages"] == 1
    lock.release()
    assert "is being crawled already" in caplog.text


# -- bounds ----------------------------------------------------------------------------------------


class Stuck(Workers):
    """Never done with anything."""

    def submit(self, task: Any, *arguments: Any) -> Future[Any]:
        return Future()


@pytest.fixture
def stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auditor, "Workers", Stuck)


def test_what_does_not_fit_is_put_by_or_left_out_and_counted(tmp_path: Path, stuck: None) -> None:
    one = watch(tmp_path, SMO_CLOSE_SECONDS=0)
    most = one.terms.most_pages
    see(one, *(html(f"https://site.example/{number}") for number in range(most + 5)))
    stats = end(one)
    left_out = stats.get("not_audited", 0)
    assert stats["kept"] + left_out == most + 5
    # The other thread may have written some before the last of them came: then there was room for those.
    assert left_out <= 5
    database = stored(tmp_path / "site.example")
    (run,) = runs.all_runs(database)
    kept = database.scalar("SELECT count(*) FROM unread")
    database.close()
    assert kept == stats["kept"]
    assert (f"because they came faster than they could be read: {left_out:,}" in " ".join(run.notes)) == bool(left_out)


def test_large_pages_fill_the_room_sooner(tmp_path: Path, stuck: None) -> None:
    guest = Guest(spider="guest", terms=watch(tmp_path).terms)
    assert guest.takes(guest.terms.most_bytes)
    assert not guest.takes(1)
    guest.done(guest.terms.most_bytes)
    assert guest.takes(1)


def test_the_end_comes_in_time_whatever_a_worker_does(tmp_path: Path, stuck: None) -> None:
    one = watch(tmp_path, SMO_CLOSE_SECONDS=0)
    see(one, html(), html("https://site.example/b"))
    stats = end(one)
    assert stats["kept"] == 2
    assert "pages" not in stats
    assert not auditor._present


def test_a_page_that_was_seen_is_not_audited_again(tmp_path: Path) -> None:
    one = watch(tmp_path)
    see(one, html(), html("https://site.example/a?utm_source=x"), html())
    stats = end(one)
    assert (stats["pages"], stats["repeated"]) == (1, 2)


def test_what_is_tried_in_the_shell_is_nobody_s_crawl(tmp_path: Path) -> None:
    one = watch(tmp_path)
    one.received(response=html(), request=Request("https://site.example/a"), spider=DefaultSpider())
    assert end(one) == {"pages": 0}


def test_addresses_are_remembered_up_to_a_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smocrawl.addon.watch.MOST_KNOWN", 2)
    one = watch(tmp_path)
    see(one, *(html(f"https://site.example/{name}") for name in "abca"))
    assert end(one)["pages"] == 4
    database = stored(tmp_path / "site.example")
    assert database.scalar("SELECT count(*) FROM page") == 3
    assert database.scalar("SELECT count(*) FROM finding WHERE check_id = 'og-image'") == 3
    database.close()


def test_a_killed_host_leaves_what_was_written(tmp_path: Path) -> None:
    one = watch(tmp_path)
    see(one, html())
    end(one)
    path = tmp_path / "site.example" / "crawls.sqlite"
    database = Database(path)
    runs.update(database, 1, state="crawling")
    database.close()
    analyse_watched(path, own_settings(Settings({"SMO_WORKERS": 0, "SMO_REPORTS": str(tmp_path)})))
    database = stored(path.parent)
    assert database.scalar("SELECT count(*) FROM site_score WHERE scope = 'site'") == 1
    assert [run.state for run in runs.all_runs(database)] == ["crawling"]
    database.close()


def test_a_host_that_saw_nothing_leaves_nothing(tmp_path: Path) -> None:
    one = watch(tmp_path)
    assert end(one) == {"pages": 0}
    assert not list(tmp_path.iterdir())


# -- a program without a project -------------------------------------------------------------------

TWO_SPIDERS = """
import json, logging, sys
import scrapy
from scrapy.crawler import CrawlerProcess

class Pages(scrapy.Spider):
    def parse(self, response):
        yield {{"title": response.css("title::text").get()}}
        yield from response.follow_all(css="a")

class One(Pages):
    name = "one"
    start_urls = ["{one}/"]

class Two(Pages):
    name = "two"
    start_urls = ["{two}/", "{one}/"]
    custom_settings = {{"SMO_ITEM_SCORE": True}}

process = CrawlerProcess({{"ADDONS": {{"smocrawl.addon.SmoAddon": 500}}, "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False{more}}})
crawlers = [process.create_crawler(one) for one in (One, Two)]
items = []
for crawler in crawlers:
    process.crawl(crawler)
    crawler.signals.connect(lambda item: items.append(item), scrapy.signals.item_scraped, weak=False)
process.start()
print(json.dumps([[crawler.stats.get_value("smo/pages") for crawler in crawlers], items]))
"""
"""No guard for the main module: a worker that ran it again would begin the crawl anew."""


@pytest.mark.parametrize(
    "more", ["", ', "TWISTED_REACTOR": "twisted.internet.selectreactor.SelectReactor", "SMO_WORKERS": 0']
)
def test_two_spiders_of_one_unguarded_program_share_workers_and_stores(tmp_path: Path, more: str) -> None:
    first, second = ({"/": page("Home", "/a", "/b"), "/a": page("A"), "/b": page("B")} for _ in "12")
    with Site(first) as one, Site(second) as two:
        done = script(
            tmp_path,
            TWO_SPIDERS.format(one=one.url, two=two.url, more=more),
            env={"SMO_WORKERS": "1"} if not more else {},
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        assert one.hits == Counter({"/": 2, "/a": 2, "/b": 2})
        assert two.hits == Counter({"/": 1, "/a": 1, "/b": 1})
    pages, items = json.loads(done.stdout)
    assert pages == [3, 6]
    scored = [item for item in items if item.get("smo_score") is not None]
    assert (len(items), len(scored)) == (9, 6)
    for site in (one, two):
        database = stored(tmp_path / "reports" / site.host.replace(":", "_"))
        assert database.scalar("SELECT count(*) FROM page") == 3
        assert [run.state for run in runs.all_runs(database)] == [runs.READ]
        database.close()


def test_a_store_that_breaks_on_the_way_costs_what_it_would_have_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*arguments: Any) -> bool:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("smocrawl.addon.sites.Site.is_new", full)
    one = watch(tmp_path)
    see(one, html(), html("https://site.example/b"))
    stats = end(one)
    assert (stats["pages"], stats["errors"]) == (2, 2)
    assert caplog.text.count("smocrawl: store failed (said once; smo/errors counts): database or disk is full") == 1


class Hungry(Workers):
    """Whole pages are too much for it."""

    def submit(self, task: Any, *arguments: Any) -> Future[Any]:
        if arguments[0].lean:
            return super().submit(task, *arguments)
        future: Future[Any] = Future()
        future.set_exception(MemoryError())
        return future


def test_a_page_that_is_too_much_is_read_at_its_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auditor, "Workers", Hungry)
    one = watch(tmp_path)
    see(one, html())
    assert end(one)["pages"] == 1
    database = stored(tmp_path / "site.example")
    ((status, error),) = [tuple(row) for row in database.rows("SELECT status, error FROM crawled")]
    database.close()
    assert status == 200
    assert error == "reading used up its memory"
