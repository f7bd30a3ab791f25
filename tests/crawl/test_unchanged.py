"""What has not changed since the crawl before is not sent or read again, and is judged all the same."""

from __future__ import annotations

import hashlib
import io
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image
from running import Ran, run
from serving import Answer, Site, page


class Keeper(Site):
    """A server that knows what it has sent by a weak ETag, and says «304 Not Modified» where nothing has changed."""

    def __init__(self, pages: dict[str, Answer | str], *, by: str = "etag") -> None:
        super().__init__(pages)
        self.by = by
        self.extra: dict[str, Mapping[str, str]] = {}
        """Path -> further headers, of a 304 as well."""

    def answer(self, path: str) -> Answer:
        found = super().answer(path)
        extra = {**found.headers, **self.extra.get(path, {})}
        if found.status != 200 or self.by == "nothing":
            return Answer(found.bytes, found.status, extra, found.type)
        etag = f'W/"{hashlib.md5(found.bytes).hexdigest()}"'
        if dict(self.requests[-1][1]).get("If-None-Match") == etag:
            return Answer(b"", 304, {"ETag": etag, **extra}, "")
        return Answer(found.bytes, 200, {"ETag": etag, **extra}, found.type)

    def conditional(self) -> set[str]:
        return {path for path, headers in self.requests if {"If-None-Match", "If-Modified-Since"} & headers.keys()}

    def again(self) -> None:
        self.requests.clear()
        self.hits.clear()


def picture(colour: str = "#336699") -> Answer:
    out = io.BytesIO()
    Image.new("RGB", (1200, 630), colour).save(out, "PNG")
    return Answer(out.getvalue(), type="image/png")


def pages(url: str) -> dict[str, Answer | str]:
    head = (
        f'<meta property="og:title" content="Oats"><meta property="og:image" content="{url}/pic.png">'
        '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    )
    return {
        "/": page("Home", "/a", "/b", "/c", head=head),
        "/a": page("First", "/", "/b", head=head),
        "/b": page("Second", "/", "/only-from-b", head=head),
        "/c": page("Third", "/", head=head),
        "/only-from-b": page("Deep", "/"),
        "/listed": page("Listed", "/"),
        "/fed": page("Fed", "/"),
        "/pic.png": picture(),
        "/robots.txt": Answer(f"User-agent: *\nDisallow: /no\nSitemap: {url}/map.xml\n", type="text/plain"),
        "/map.xml": Answer(
            f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{url}/inner.xml</loc></sitemap></sitemapindex>',
            type="application/xml",
        ),
        "/inner.xml": Answer(
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{url}/listed</loc><lastmod>2026-05-05</lastmod></url></urlset>',
            type="application/xml",
        ),
        "/feed.xml": Answer(
            f'<rss version="2.0"><channel><title>Mill</title><link>{url}/</link><item><title>Fed</title><link>{url}/fed</link></item></channel></rss>',
            type="application/rss+xml",
        ),
    }


def crawl(folder: Path, site: Site, *words: str) -> Ran:
    ran = run(folder, "smo-crawl", site.url, *words)
    assert ran.code in (0, 3), ran.said
    assert "Traceback" not in ran.said
    return ran


def come_by(ran: Ran, site: Site) -> dict[str, str | None]:
    """Path -> how the last crawl came by it, of all that answered 200."""
    rows = ran.rows(
        "SELECT url.url, fetch.taken_over FROM fetch JOIN url ON url.id = fetch.url"
        " WHERE fetch.run = (SELECT max(id) FROM run) AND fetch.status = 200"
    )
    return {url.removeprefix(site.url): how for url, how in rows}


def stored(ran: Ran, run_id: int) -> dict[str, object]:
    """Everything that a crawl stored of the site, but for moments and speeds."""
    found: dict[str, object] = {}
    for name, sql in {
        "pages": "SELECT url, status, kind, template, title, og_title, og_image, canonical, words, text_sha1, simhash, depth, shareable FROM page WHERE run = ?",
        "links": "SELECT src, dst, areas, in_main, nofollow FROM link WHERE run = ?",
        "social": "SELECT page, sort, platform, handle, url, area FROM social WHERE run = ?",
        "uses": "SELECT page, asset, role FROM asset_use WHERE run = ?",
        "listed": "SELECT url, source, kind, date FROM listed WHERE run = ?",
        "pictures": "SELECT url, type, width, height, size FROM picture WHERE run = ?",
        "records": "SELECT url, kind, status, error, redirect, hops, type, size FROM fetch WHERE run = ?",
        "findings": "SELECT url, check_id, outcome, severity, evidence FROM finding WHERE run = ? AND check_id != 'bot-latency'",
        "scores": "SELECT scope, key, round(value, 6) FROM site_score WHERE run = ?",
    }.items():
        found[name] = sorted(ran.rows(sql, run_id), key=repr)
    return found


def edit(folder: Path, *statements: str) -> None:
    (store,) = folder.glob("reports/*/crawls.sqlite")
    connection = sqlite3.connect(store)
    with connection:
        for sql in statements:
            connection.execute(sql)
    connection.close()


OF = "url = (SELECT id FROM url WHERE url LIKE '%{path}') AND run = 3"


@dataclass
class Told:
    """Five crawls of one site, and what each asked and how it came by what it stored."""

    ran: Ran
    url: str
    known: dict[int, dict[str, str | None]] = field(default_factory=dict)
    conditional: dict[int, set[str]] = field(default_factory=dict)
    hits: dict[int, Counter[str]] = field(default_factory=dict)

    def found(self, run_id: int) -> set[tuple[str, str]]:
        rows = self.ran.rows(
            "SELECT url.url, check_id FROM finding JOIN url ON url.id = finding.url WHERE run = ?", run_id
        )
        return {(url.removeprefix(self.url), check) for url, check in rows}

    def indexable(self, path: str, run_id: int) -> int:
        sql = "SELECT indexable FROM page JOIN url ON url.id = page.url WHERE url.url = ? AND run = ?"
        return self.ran.rows(sql, self.url + path, run_id)[0][0]


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("unchanged")
    with Keeper({}) as site:
        first = site.pages = pages(site.url)
        told = Told(None, site.url)  # type: ignore[arg-type]  # set by the first crawl

        def once_more(*words: str) -> None:
            site.again()
            told.ran = crawl(folder, site, *words)
            number = len(told.known) + 1
            told.known[number] = come_by(told.ran, site)
            told.conditional[number], told.hits[number] = site.conditional(), Counter(site.hits)

        once_more("-s", "SMO_WHOLE_IMAGES=0")
        once_more()
        # 3: some things change, and some answers «not modified» say more than that.
        site.pages = {
            **first,
            "/b": page("Second, revised", "/", "/new"),
            "/new": page("New", "/"),
            "/pic.png": picture("#c33"),
        }
        for path in ("/c", "/only-from-b"):
            del site.pages[path]
        site.extra = {
            "/a": {"X-Robots-Tag": "noindex"}, "/listed": {"Content-Language": "de"}, "/fed": {"ETag": '"of another version"'},
        }  # fmt: skip
        once_more()
        # 4: nothing changes, but of some pages what is stored does not hold any more.
        site.extra = {"/a": {"X-Robots-Tag": "noindex"}, "/listed": {"Content-Language": "de"}}
        edit(
            folder,
            f"UPDATE validator SET reader = 'an older one' WHERE {OF.format(path='/a')}",
            f"UPDATE validator SET asked = 'in another name' WHERE {OF.format(path='/b')}",
            f"UPDATE page SET facts = x'00' WHERE {OF.format(path='/new')}",
        )
        once_more()
        once_more("-a", "full=1")
    return told


READ = ("/", "/a", "/b", "/c", "/only-from-b", "/listed", "/fed", "/map.xml", "/inner.xml", "/feed.xml", "/robots.txt")


def test_nothing_is_known_of_a_site_that_was_never_crawled(crawls: Told) -> None:
    assert crawls.conditional[1] == set()
    assert set(crawls.known[1].values()) == {None}


def test_an_unchanged_site_is_known_by_what_is_stored(crawls: Told) -> None:
    assert {path: crawls.known[2][path] for path in READ} == dict.fromkeys(READ, "not modified")
    assert crawls.conditional[2] >= set(READ)
    before, now = (stored(crawls.ran, number) for number in (1, 2))
    assert before == now
    assert "7 of 7 pages were as in the crawl of" in crawls.ran.rows("SELECT notes FROM run WHERE id = 2")[0][0]


def test_a_picture_of_which_the_head_was_read_is_asked_for_whole_where_it_may_be(crawls: Told) -> None:
    assert "/pic.png" not in crawls.conditional[2]
    assert crawls.known[2]["/pic.png"] is None
    assert "/pic.png" in crawls.conditional[3]
    whole = crawls.ran.rows("SELECT thumb IS NOT NULL FROM asset WHERE kind = 'image' ORDER BY run")
    assert [row[0] for row in whole] == [0, 1, 1, 1, 1]


def test_what_changed_is_read(crawls: Told) -> None:
    known = crawls.known[3]
    assert {path: known[path] for path in ("/b", "/new", "/pic.png")} == dict.fromkeys(("/b", "/new", "/pic.png"))
    assert "/only-from-b" not in known
    sql = "SELECT DISTINCT sha256 FROM picture JOIN url ON url.id = picture.url WHERE url.url LIKE '%/pic.png' AND run IN (2, 3)"
    assert len(crawls.ran.rows(sql)) == 2


def test_a_page_that_did_not_change_is_judged_by_what_changed_around_it(crawls: Told) -> None:
    assert crawls.known[3]["/"] == "not modified"
    assert ("/", "internal-link-broken") not in crawls.found(2)
    assert ("/", "internal-link-broken") in crawls.found(3)


def test_todays_headers_hold_for_facts_that_were_taken_over(crawls: Told) -> None:
    assert crawls.known[3]["/a"] == "not modified"
    assert (crawls.indexable("/a", 2), crawls.indexable("/a", 3)) == (1, 0)


def test_a_304_that_contradicts_itself_is_not_believed(crawls: Told) -> None:
    assert crawls.hits[3]["/listed"] == crawls.hits[3]["/fed"] == 2
    assert crawls.known[3]["/listed"] is None
    assert crawls.known[3]["/fed"] == "same bytes"


def test_what_was_read_otherwise_is_read_anew(crawls: Told) -> None:
    known = crawls.known[4]
    assert known["/a"] is None
    assert "/a" not in crawls.conditional[4]


def test_what_was_asked_in_another_name_is_known_by_its_bytes_alone(crawls: Told) -> None:
    assert crawls.known[4]["/b"] == "same bytes"
    assert "/b" not in crawls.conditional[4]


def test_what_is_stored_and_cannot_be_read_is_asked_for_whole(crawls: Told) -> None:
    assert crawls.known[4]["/new"] is None
    assert crawls.hits[4]["/new"] == 2


def test_full_asks_for_everything(crawls: Told) -> None:
    assert crawls.conditional[5] == set()
    assert set(crawls.known[5].values()) == {None}
    four, five = (stored(crawls.ran, number) for number in (4, 5))
    assert four == five


def test_without_validators_equal_bytes_are_not_read_again(tmp_path: Path) -> None:
    with Keeper({}, by="nothing") as site:
        site.pages = pages(site.url)
        crawl(tmp_path, site)
        ran = crawl(tmp_path, site)
        known = come_by(ran, site)
        assert not site.conditional()
    named = {path for path in site.pages if path != "/robots.txt"}
    assert {path: known[path] for path in named} == dict.fromkeys(named, "same bytes")
    assert stored(ran, 1) == stored(ran, 2)
    assert {row[0] for row in ran.rows("SELECT come_by FROM pages WHERE status = 200")} == {"same bytes"}
