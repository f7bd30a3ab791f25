"""Every URL ends in exactly one record, and the server saw what the records say."""

from __future__ import annotations

import gzip
import itertools
import json
from pathlib import Path

import pytest
from running import run
from serving import Answer, Site, moved, page

from smocrawl.commands.running import own_settings
from smocrawl.pipelines import somebody_reads

ROBOTS = "User-agent: *\nDisallow: /private/\n"


def sitemap(host: str, *paths: str) -> str:
    entries = "".join(f"<url><loc>http://{host}{path}</loc></url>" for path in paths)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def index(host: str, *paths: str) -> str:
    entries = "".join(f"<sitemap><loc>http://{host}{path}</loc></sitemap>" for path in paths)
    return f'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>'


def pages(site: Site) -> dict[str, Answer | str]:
    host = site.host
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title><link>http://{host}/</link><description>d</description><item><title>i</title><link>http://{host}/from-feed</link></item></channel></rss>'
    return {
        "/robots.txt": Answer(ROBOTS, type="text/plain"),
        "/": page(
            "Home", "/a", "/a#part", "/a?utm_source=x", "/moved", "/loop-a", "/gone", "/private/x", "/file.pdf",
            "/self", "mailto:a@b.example", "https://elsewhere.example/", "//127.0.0.1:1/", "/deep/../b", "javascript:void(0)",
            head='<link rel="alternate" type="application/rss+xml" href="/feed.xml"><meta property="og:image" content="/pic.png">',
        ),
        "/a": page("A", "/", "/b"),
        "/b": page("B", "/a"),
        "/moved": moved("/moved-twice", 302),
        "/moved-twice": moved("/target"),
        "/target": page("Target"),
        "/loop-a": moved("/loop-b"),
        "/loop-b": moved("/loop-a"),
        "/self": moved("/self"),
        "/file.pdf": Answer(b"%PDF", type="application/pdf"),
        "/feed.xml": Answer(feed, type="application/rss+xml"),
        "/from-feed": page("From the feed"),
        "/sitemap.xml": Answer(index(host, "/sitemap-1.xml.gz"), type="application/xml"),
        "/sitemap-1.xml.gz": Answer(gzip.compress(sitemap(host, "/from-sitemap", "/a").encode()), type="application/gzip"),
        "/from-sitemap": page("From the sitemap"),
    }  # fmt: skip


def test_a_small_site_whole(tmp_path: Path) -> None:
    with Site({}) as site:
        site.pages = pages(site)
        ran = run(tmp_path, "smo-crawl", site.host, "-O", "items.jsonl")
        host = site.url
        crawled = ran.crawled()
        asked = {f"{host}{path}" for path in site.hits}
    assert ran.code in (0, 3), ran.said
    read = {url.removeprefix(host) for url, (status, _) in crawled.items() if status == 200}
    assert {"/", "/a", "/b", "/target", "/from-feed", "/from-sitemap", "/feed.xml", "/sitemap.xml"} <= read
    assert crawled[f"{host}/gone"] == (404, None)
    assert crawled[f"{host}/moved"] == (302, None)
    assert crawled[f"{host}/self"] == (301, "redirect loop")
    assert crawled[f"{host}/loop-b"] == (301, "redirect loop")
    assert crawled[f"{host}/private/x"] == (None, "robots")
    assert not any("elsewhere" in url or ":1/" in url for url in crawled)
    # Every request that the server saw has its row, and every answered row was one request.
    answered = {url for url, (status, _) in crawled.items() if status is not None}
    assert asked == answered
    assert set(site.hits.values()) == {1}
    items = [json.loads(line) for line in (tmp_path / "items.jsonl").read_text().splitlines()]
    assert sorted(item["url"] for item in items) == sorted(set(crawled) - {f"{host}/robots.txt"})
    # A feed reads them, so pages are judged as they come.
    home = next(item for item in items if item["url"] == f"{host}/")
    assert home["score"] is not None
    assert "og-title" in home["findings"]


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("LOG_LEVEL", "ERROR", False),
        ("FEEDS", {"items.jsonl": {"format": "jsonlines"}}, True),
        ("ITEM_PIPELINES", {"theirs.Pipeline": 300}, True),
        ("EXTENSIONS", {"theirs.Extension": 1}, True),
    ],
)
def test_pages_are_judged_at_once_for_whoever_reads_items(name: str, value: object, read: bool) -> None:
    settings = own_settings(environment={})
    settings.set(name, value if isinstance(value, str) else {**settings.getdict(name), **value}, priority="cmdline")
    assert somebody_reads(settings) is read


def test_the_same_command_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with Site(
        {"/": page("Home", *(f"/{n}" for n in range(30))), **{f"/{n}": page(f"Page {n}") for n in range(30)}}
    ) as site:
        first = run(tmp_path, "smo-crawl", site.host, "-a", "max_pages=5")
        assert len([1 for status, _ in first.crawled().values() if status == 200]) == 5
        budget = [error for _, error in first.crawled().values() if error]
        assert budget
        assert set(budget) == {"budget: 5 pages"}


def test_only_the_named_folder_and_pattern(tmp_path: Path) -> None:
    tree = {
        "/shop/": page("Shop", "/shop/a", "/shop/b", "/blog/"),
        "/shop/a": page("A"),
        "/shop/b": page("B"),
        "/blog/": page("Blog"),
    }
    with Site(tree) as site:
        ran = run(tmp_path, "smo-crawl", f"{site.url}/shop/", "-a", "exclude=/b$")
        assert ran.code in (0, 3), ran.said
        assert site.hits["/shop/a"] == 1
        assert not site.hits["/shop/b"]
        assert not site.hits["/blog/"]


def test_a_crawl_of_one_corner_does_not_spread_by_a_wrong_canonical(tmp_path: Path) -> None:
    tree = {
        "/": page("Home", "/elsewhere"),
        "/corner/": page("Corner", "/corner/a", head='<link rel="canonical" href="/">'),
        "/corner/a": page("A", head='<link rel="canonical" href="/corner/b">'),
        "/corner/b": page("B"),
    }
    with Site(tree) as site:
        ran = run(tmp_path, "smo-crawl", site.host, "-a", f"seeds={site.url}/corner/", "-a", "sources=links")
    assert ran.code in (0, 3), ran.said
    assert {path for path in tree if site.hits[path]} == {"/corner/", "/corner/a", "/corner/b"}


def test_a_staging_copy_is_audited_under_its_future_address(tmp_path: Path) -> None:
    tree = {
        "/": page(
            "Home", "/a", "https://www.shop.example/b", head='<link rel="canonical" href="https://www.shop.example/">'
        ),
        "/a": page("A"),
        "/b": page("B"),
    }
    with Site(tree) as site:
        ran = run(tmp_path, "smo-crawl", site.host, "-a", "as_url=https://www.shop.example")
        assert ran.code in (0, 3), ran.said
        assert site.hits["/b"] == 1
    assert ("https://www.shop.example/b", 200) in [(url, status) for url, (status, _) in ran.crawled().items()]
    assert (ran.reports / "shop.example_staging").is_dir()


def test_credentials_go_to_the_audited_origin_alone(tmp_path: Path) -> None:
    with Site({"/x.png": Answer(b"no picture", type="image/png")}) as other:
        home = page("Home", head=f'<meta property="og:image" content="{other.url}/x.png">')
        with Site({"/": home}) as site:
            environment = {"SMO_AUTH": "user:very-secret", "SMO_ALLOW_PRIVATE": other.host}
            ran = run(tmp_path, "smo-crawl", site.host, environment=environment)
            assert all("Authorization" in headers for _, headers in site.requests)
        assert other.hits["/x.png"] == 1
        assert not any("Authorization" in headers for _, headers in other.requests)
    assert "very-secret" not in ran.said
    (store,) = ran.reports.glob("*/crawls.sqlite")
    assert b"very-secret" not in store.read_bytes()


def test_a_host_that_asks_us_to_wait_is_waited_for(tmp_path: Path) -> None:
    tree = {"/": page("Home", *(f"/{n}" for n in range(6))), **{f"/{n}": page(f"Page {n}") for n in range(6)}}
    with Site({}) as site:
        refused = set()

        def answer(path: str) -> Answer | None:
            if path in tree and path != "/" and path not in refused and len(refused) < 3:
                refused.add(path)
                return Answer("slow down", status=429, headers={"Retry-After": "1"})
            found = tree.get(path)
            return Answer(found) if found else None

        site.pages = answer
        ran = run(tmp_path, "smo-crawl", site.host)
    assert ran.code == 0, ran.said
    assert {status for url, (status, _) in ran.crawled().items() if "/" + url.rpartition("/")[2] in tree} == {200}


def test_a_crawl_delay_is_kept(tmp_path: Path) -> None:
    tree = {"/": page("Home", "/1", "/2"), "/1": page("1"), "/2": page("2")}
    robots = Answer("User-agent: *\nCrawl-delay: 1\n", type="text/plain")
    with Site({**tree, "/robots.txt": robots}) as site:
        ran = run(tmp_path, "smo-crawl", site.host, "-a", "sources=links")
    assert ran.code == 0, ran.said
    pages = [moment for path, moment in site.moments if path in tree]
    gaps = [after - before for before, after in itertools.pairwise(pages)]
    assert min(gaps) > 0.9


def test_an_address_that_is_too_long_is_not_asked_but_recorded(tmp_path: Path) -> None:
    path = f"/{'long' * 600}"
    with Site({"/": page("Home", path, "/a"), "/a": page("A")}) as site:
        ran = run(tmp_path, "smo-crawl", site.host)
        refused = {url: error for url, (_, error) in ran.crawled().items() if (error or "").startswith("refused")}
        assert list(refused.values()) == ["refused: an address of 2,083 characters or more"]
        assert all(f"{site.url}{path}".startswith(url) for url in refused)
        assert not any("long" in asked for asked in site.hits)
