"""Projects of other people: the same items and the same requests with the add-on as without, and their pages audited."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hosting import Run, crawl, environment
from serving import Answer, Site
from worlds import news, quotes, shop

INLINE = ("-s", "SMO_WORKERS=0")
WITHOUT_REACTOR = ("-s", "TWISTED_REACTOR_ENABLED=False")


class Late(Site):
    """Pages that name their own address are made when it is known."""

    def __init__(self, make: Callable[[str], Mapping[str, Answer | str]]) -> None:
        super().__init__(lambda path: None)
        self.make = make

    def answer(self, path: str) -> Answer:
        found = self.make(self.host).get(path, Answer("<title>Gone</title>", status=404))
        return Answer(found) if isinstance(found, str) else found


def both(tmp_path: Path, project: str, spider: str, site: Site, *options: str) -> Run:
    """With the add-on, after a look that neither items nor requests differ from those without."""
    plain = crawl(tmp_path / "plain", project, spider, site.url, *_foreign(options), addon=False)
    asked, site.hits = site.hits, type(site.hits)()
    audited = crawl(tmp_path / "audited", project, spider, site.url, *options)
    assert audited.items == plain.items
    assert site.hits == asked
    for name in (
        "item_scraped_count",
        "item_dropped_count",
        "downloader/request_count",
        "log_count/ERROR",
        "dupefilter/filtered",
    ):
        assert audited.stats.get(name) == plain.stats.get(name)
    assert "smo/errors" not in audited.stats
    assert not list((tmp_path / "plain").rglob("crawls.sqlite"))
    return audited


def _foreign(options: tuple[str, ...]) -> tuple[str, ...]:
    """Those that have nothing to do with us."""
    pairs = zip(options[::2], options[1::2], strict=True)
    return tuple(word for pair in pairs if not pair[1].startswith("SMO_") for word in pair)


def test_a_plain_spider_without_a_reactor(tmp_path: Path) -> None:
    with Site(quotes()) as site:
        run = both(tmp_path, "quotes", "list", site, *INLINE, *WITHOUT_REACTOR)
        folder = site.host.replace(":", "_")
    assert run.stats["smo/pages"] == 3  # not the answer to the form, and the first page once
    assert run.stats["smo/mobile-viewport/failed"] == 3
    assert run.stats["smo/repeated"] == 1
    assert 0 <= run.stats["smo/score"] <= 100
    assert (run.folder / "reports" / folder / "crawls.sqlite").is_file()
    assert run.rows("SELECT count(*) FROM review") == [(3,)]
    assert run.rows("SELECT url, status FROM crawled WHERE url NOT LIKE '%robots%' ORDER BY url") == [
        (f"{site.url}/", 200), (f"{site.url}/page/2/", 200), (f"{site.url}/page/3/", 200),
    ]  # fmt: skip


def test_stats_and_store_say_the_same(tmp_path: Path) -> None:
    with Site(quotes()) as site:
        run = crawl(tmp_path, "quotes", "list", site.url, "-s", "SMO_WORKERS=1")
    found = dict(run.rows("SELECT check_id || '/' || outcome, count(*) FROM finding GROUP BY 1"))
    counted = {
        name.removeprefix("smo/"): number for name, number in run.stats.items() if name.endswith(("/failed", "/warned"))
    }
    assert counted == found
    outcomes = [name for name in run.stats if name.startswith("smo/og-image-fetchable/")]
    assert outcomes  # what would need a fetch has its outcome too
    assert run.stats["smo/status-ok/passed"] == 3
    assert "3 pages audited" in run.log


@pytest.fixture(scope="module")
def shopping(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Site]:
    with Site(shop()) as site:
        return both(
            tmp_path_factory.mktemp("shop"), "shop", "catalogue", site, *INLINE, "-s", "SMO_REPORTS=audits"
        ), site


def test_a_crawl_spider_with_pictures_items_and_middlewares_of_its_own(shopping: tuple[Run, Site]) -> None:
    run, site = shopping
    assert all(headers["X-Basket"] == "empty" for path, headers in site.requests if path != "/robots.txt")
    assert [item["number"] for item in run.items] == [1, 2, 3, 4, 5]
    assert run.stats["smo/pages"] == 8
    # Pictures and robots.txt that the host fetched itself are measured; nobody else's are.
    assert run.rows("SELECT count(*) FROM picture WHERE width = 600") == [(6,)]
    assert run.rows("SELECT count(*) FROM fetch WHERE kind = 'robots'") == [(1,)]


def test_the_report_is_written_afterwards(shopping: tuple[Run, Site]) -> None:
    run, site = shopping
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "smo-report", site.host, "-s", "SMO_REPORTS=audits", "-s", "SMO_WORKERS=0"],
        cwd=run.folder, env=environment(), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (report,) = (run.folder / "audits" / site.host.replace(":", "_")).glob("2*/index.html")
    assert "that the spider catalogue downloaded" in report.read_text(encoding="utf-8")
    assert run.rows("SELECT state FROM run") == [("done",)]
    # Of pages that the spider picked, nobody can say what is missing or orphaned.
    outcomes = dict(run.rows("SELECT check_id, outcome FROM site_outcome"))
    assert {outcomes[name] for name in ("orphan-pages", "sitemap-coverage", "favicon-present")} == {"not-measured"}


def test_a_sitemap_spider_with_a_cache_redirects_and_a_field_for_the_score(tmp_path: Path) -> None:
    with Late(news) as site:
        first = crawl(tmp_path, "news", "stories", site.url, *INLINE, "-s", "SMO_ITEM_SCORE=1")
        asked = sum(site.hits.values())
        again = crawl(tmp_path, "news", "stories", site.url, *INLINE, *WITHOUT_REACTOR)
        assert sum(site.hits.values()) == asked
    scores = {item["url"].rpartition("/")[2]: item["smo_score"] for item in first.items}
    assert set(scores) == {"a", "b", "c", "gone"}
    assert all(isinstance(scores[name], float) for name in "abc")
    assert all(item["stamped"] for item in first.items)
    assert all(item["smo_score"] is None for item in again.items)
    assert again.stats["smo/pages"] == first.stats["smo/pages"] == 4
    assert again.rows("SELECT status, redirect IS NOT NULL FROM fetch WHERE run = 2 AND status != 200 ORDER BY status") == [
        (301, 1), (404, 0),
    ]  # fmt: skip
    (notes,) = again.rows("SELECT notes FROM run WHERE id = 2")[0]
    assert "HTTP cache: 4." in notes
    assert "that the spider stories downloaded" in notes
