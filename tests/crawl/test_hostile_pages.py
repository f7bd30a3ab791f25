"""A site whose pages name what must not be asked, and say what must not be shown: nothing is asked, and all is text."""

from __future__ import annotations

import csv
import gzip
import html
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pages as reports
import pytest
from lxml import html as lxml_html
from running import Ran, run
from serving import Answer, RawSite, Trap, endless_picture, moved, page

from smocrawl.store.facts import unpack

PAYLOAD = "\"'><smo-bad x=1></smo-bad><script>BAD()</script><img src=x onerror=BAD()>{{7*192719}}"
ESCAPES = "\x1b[31m\x1b]0;title\x07\x08\x9b31m"
SECRET = "SECRETTOKEN"
INSIDE = "what stands in a file of this machine"


def named(**places: str) -> str:
    """Tags for the head: og_image="…" is ``og:image``."""
    return "".join(
        f'<meta property="{name.replace("_", ":")}" content="{html.escape(value)}">' for name, value in places.items()
    )


def spellings(port: int) -> Mapping[str, str]:
    """127.0.0.2, at the port of the audited site, as attackers write it."""
    hosts = {
        "plain": "127.0.0.2", "decimal": "2130706434", "hex": "0x7f000002", "octal": "0177.0.0.2", "short": "127.2",
        "mapped": "[::ffff:127.0.0.2]", "mapped-hex": "[::ffff:7f00:2]", "ideographic": "127\u30020\u30020\u30022",
        "circled": "\u2460\u2461\u2466.0.0.2", "escaped": "%31%32%37.0.0.2", "any": "0.0.0.0", "any-v6": "[::]",
        "v6": "[::1]", "name": "localhost", "dotted-name": "localhost.",
    }  # fmt: skip
    found = {name: f"http://{host}:{port}/{name}.png" for name, host in hosts.items()}
    return found | {
        "userinfo": f"http://127.0.0.1:{port}@127.0.0.2:{port}/u.png",
        "backslash": f"http:\\\\127.0.0.2:{port}\\@127.0.0.1:{port}/b.png",
        "line-break": f"ht\ntp://127.0.0.2\t:{port}/l.png",
        "no-scheme": f"//127.0.0.2:{port}/n.png",
        "metadata": "http://169.254.169.254/latest/",
        "nat64": "http://[64:ff9b::a9fe:a9fe]/x.png",
        "6to4": "http://[2002:7f00:2::]/x.png",
        "service": "http://127.0.0.1:22/x.png",
    }


SCHEMES = ("file", "ftp", "gopher", "dict", "smb", "s3", "ws", "ldap", "javascript", "data", "view-source:http")


def fields(trap: str) -> Mapping[str, str]:
    """A head for every field whose address somebody might fetch."""
    return {
        "icon": f'<link rel="icon" href="{trap}"><link rel="apple-touch-icon" href="{trap}">',
        "twitter": f'<meta name="twitter:image" content="{trap}"><meta name="twitter:player" content="{trap}">',
        "media": named(og_video=trap, og_audio=trap, og_image_secure_url=trap, og_url=trap),
        "relations": "".join(f'<link rel="{rel}" href="{trap}">' for rel in (
            "canonical", "next", "prev", "amphtml", "preload", "stylesheet", "pingback", "webmention", "manifest", "search")),
        "languages": f'<link rel="alternate" hreflang="de" href="{trap}">',
        "feeds": f'<link rel="alternate" type="application/rss+xml" href="{trap}">',
        "oembed": f'<link rel="alternate" type="application/json+oembed" href="{trap}">'
        '<link rel="alternate" type="application/json+oembed" href="/oembed-moved">'
        '<link rel="alternate" type="application/json+oembed" href="/oembed">',
        "refresh": f'<meta http-equiv="refresh" content="0;url={trap}">',
        "json-ld": f'<script type="application/ld+json">{{"@context":"{trap}","@type":"Article","image":"{trap}"}}</script>',
        "vocabulary": f'<base target="_self"><meta vocab="{trap}" typeof="Thing" property="name" content="x">',
        "frames": f'</head><body><iframe src="{trap}"></iframe><a ping="{trap}" href="{trap}">x</a><video src="{trap}"></video>'
        f'<form action="{trap}"></form><object data="{trap}"></object>',
    }  # fmt: skip


PAYLOADS = {
    "fields": named(og_title=PAYLOAD, og_description=PAYLOAD, og_site_name=PAYLOAD, og_type=PAYLOAD)
    + f'<meta name="twitter:title" content="{html.escape(PAYLOAD)}"><meta property="{html.escape(PAYLOAD)}" content="x">',
    "addresses": named(og_image=f"/x.png?{PAYLOAD}", og_url=f"/?{PAYLOAD}")
    + '<link rel="icon" href="javascript:BAD()">',
    "json-ld": '<script type="application/ld+json">'
    + json.dumps({"@type": "Article", "headline": PAYLOAD, PAYLOAD: PAYLOAD}).replace("</", "<\\/")
    + "</script>",
    "terminal": named(og_title=ESCAPES, og_description="a\n2026-11-20 00:00:00 [smocrawl] INFO: forged"),
    "formula": named(og_title='=HYPERLINK("http://x")', og_description="+1+cmd|x", og_site_name="@SUM(1)"),
    "format": named(og_title="%s %n {0} {x.__class__} ${y}", og_description="'; DROP TABLE page; --"),
    "secrets": named(og_image=f"/x.png?token={SECRET}", og_url=f"/?api_key={SECRET}"),
}
TITLES = {"formula": "=1+1", "terminal": ESCAPES, "fields": PAYLOAD, "format": "../../../etc/x"}

ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
CHANNEL = (
    "<rss version='2.0'><channel><title>{title}</title><link>/</link><description>d</description>{more}</channel></rss>"
)


def feeds(trap: str, inside: str) -> Mapping[str, str]:
    def feed(document_type: str, title: str = "x", more: str = "") -> str:
        return f"<?xml version='1.0'?>{document_type}" + CHANNEL.format(title=title, more=more)

    include = "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' parse='text' href='{}'/>"
    return {
        "laughs": feed(f'<!DOCTYPE r [<!ENTITY a0 "lol">{ENTITIES}]>', "&a9;"),
        "file": feed(f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{inside}">]>', "&x;"),
        "http": feed(f'<!DOCTYPE r [<!ENTITY x SYSTEM "{trap}">]>', "&x;"),
        "dtd": feed(f'<!DOCTYPE rss SYSTEM "{trap}">'),
        "parameter": feed(f'<!DOCTYPE r [<!ENTITY % p SYSTEM "{trap}"> %p;]>'),
        "include": feed("", more=include.format(f"file://{inside}") + include.format(trap)),
        "items": feed("", more=f"<item><link>{trap}</link><enclosure url='{trap}' type='image/png'/></item>"),
        "deep": "<a>" * 50_000,
    }


def urlset(*addresses: str) -> str:
    locs = "".join(f"<url><loc>{html.escape(one)}</loc></url>" for one in addresses)
    return f"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{locs}</urlset>"


def index(*addresses: str) -> str:
    locs = "".join(f"<sitemap><loc>{html.escape(one)}</loc></sitemap>" for one in addresses)
    return (
        f"<?xml version='1.0'?><sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{locs}</sitemapindex>"
    )


def sitemaps(site: str, trap: str, inside: str) -> Mapping[str, str | bytes]:
    return {
        "itself": index(f"{site}/sitemap-itself"),
        "one": index(f"{site}/sitemap-other"),
        "other": index(f"{site}/sitemap-one"),
        **{f"chain-{n}": index(f"{site}/sitemap-chain-{n + 1}") for n in range(10)},
        "foreign": index(trap),
        "foreign-pages": urlset(trap, f"file://{inside}", "javascript:1", "http://169.254.169.254/x"),
        "entities": f"<!DOCTYPE u [<!ENTITY f SYSTEM 'file://{inside}'><!ENTITY h SYSTEM '{trap}'>]>"
        + urlset(f"{site}/x-").replace("x-", "x-&f;&h;"),
        "bomb": gzip.compress(urlset(f"{site}/x").encode() + b" " * 60_000_000),
        "packed": gzip.compress(urlset(f"{site}/listed").encode()),
        "odd": urlset("\n /relative", "http://[", "", f" {site}/listed-oddly\n"),
        "html": page("No sitemap"),
        "text": f"\ufeff{site}/listed-as-text\r\nno address\r\n",
    }


BEGINNINGS = tuple(f"/sitemap-{name}" for name in (
    "itself", "one", "chain-0", "foreign", "foreign-pages", "entities", "bomb", "packed", "odd", "html", "text",
))  # fmt: skip
"""Sitemaps that robots.txt names; the others are named by these."""

LISTED = ("/listed", "/listed-oddly", "/listed-as-text")
PICTURES: Mapping[str, Answer] = {
    "/loop.png": moved("/loop.png"),
    "/gone.png": Answer("no", status=404),
    "/page.png": Answer(page("Log in")),
    "/script.png": Answer(PAYLOAD, type="image/png"),
    "/cut.png": Answer(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x01\x86\xa0\0\x01\x86\xa0\x08\2\0\0\0", type="image/png"),
}


def tree(site: RawSite, trap: str, inside: str) -> Mapping[str, Answer | str]:
    drawn = f"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' onload='BAD()'><image href='{trap}'/></svg>"
    spelled = {f"/at-{name}": page(name, head=named(og_image=url)) for name, url in spellings(site.port).items()}
    schemes = {
        f"/by-{n}": page(scheme, head=named(og_image=f"{scheme}://127.0.0.2:{site.port}/x"))
        for n, scheme in enumerate(SCHEMES)
    }
    named_in = {f"/in-{name}": page(name, head=head) for name, head in fields(trap).items()}
    said = {f"/says-{name}": page(html.escape(TITLES.get(name, name)), head=head) for name, head in PAYLOADS.items()}
    shown = {
        f"/shows-{path[1:-4]}": page(path, head=named(og_image=path))
        for path in (*PICTURES, "/moved.png", "/a.svg", "/endless.png")
    }
    feeding = {f"/feed-{name}": Answer(text, type="application/rss+xml") for name, text in feeds(trap, inside).items()}
    hub = "".join(f'<link rel="alternate" type="application/rss+xml" href="{path}">' for path in feeding)
    listing = {
        f"/sitemap-{name}": Answer(text, type="application/xml")
        for name, text in sitemaps(site.url, trap, inside).items()
    }
    ways = (*spelled, *schemes, *named_in, *said, *shown)
    odd = [
        f"/x?q={PAYLOAD}",
        f"/y?token={SECRET}",
        "/%0a2026-11-20 00:00:00 smocrawl INFO: forged",
        "/..%2f..%2fetc",
        "/z?q=\x1b[31m",
    ]
    return {
        "/robots.txt": Answer("User-agent: *\nDisallow:\n" + "".join(f"Sitemap: {site.url}{path}\n" for path in BEGINNINGS), type="text/plain"),
        "/": page("Home", *ways, *(html.escape(one) for one in odd), head=hub),
        "/moved.png": moved(f"{trap}x.png"),
        "/a.svg": Answer(drawn, type="image/svg+xml"),
        "/oembed-moved": moved(trap),
        "/oembed": Answer(json.dumps({"version": "1.0", "type": "rich", "html": PAYLOAD, "thumbnail_url": trap}), type="application/json"),
        **{path: page(path) for path in LISTED},
        **spelled, **schemes, **named_in, **said, **shown, **PICTURES, **feeding, **listing,
    }  # fmt: skip


@dataclass
class Crawled:
    ran: Ran
    url: str
    port: int
    visits: int
    hits: Mapping[str, int]
    rows: Mapping[str, tuple[int | None, str | None]]
    pages: frozenset[str]

    def facts(self, *kinds: str) -> list[str]:
        """Stored facts of files, as text."""
        return [
            str(unpack(facts, dict))
            for kind in kinds
            for (facts,) in self.ran.rows("SELECT facts FROM asset WHERE kind = ?", kind)
            if facts
        ]

    @property
    def report(self) -> Path:
        (found,) = self.ran.reports.glob("*/*/index.html")
        return found


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    folder = tmp_path_factory.mktemp("hostile-pages")
    (folder / "inside").write_text(INSIDE)
    with RawSite({}, {"/endless.png": endless_picture}) as site, Trap("127.0.0.2", site.port) as trap:
        site.pages = tree(site, f"http://127.0.0.2:{site.port}/", str(folder / "inside"))
        ran = run(folder, "smo-crawl", site.host, environment={"SMO_WORKERS": "1"}, timeout=600)
        rows = {url.removeprefix(site.url): row for url, row in ran.crawled().items()}
        served = frozenset(path for path, served in site.pages.items() if isinstance(served, str))
        return Crawled(ran, site.url, site.port, trap.visits, site.hits, rows, served)


def test_it_ends_well(crawled: Crawled) -> None:
    assert crawled.ran.code in (0, 3), crawled.ran.said
    assert {path for path in crawled.pages if crawled.rows[path] != (200, None)} == set()


def test_nothing_of_a_private_network_is_asked(crawled: Crawled) -> None:
    elsewhere = {url: row for url, row in crawled.rows.items() if not url.startswith("/")}
    assert crawled.visits == 0
    assert len(elsewhere) >= len(spellings(crawled.port)) - 2
    assert {status for status, _ in elsewhere.values()} == {None}
    assert all((error or "").startswith("refused: ") for _, error in elsewhere.values())
    assert crawled.rows["/moved.png"] == (301, None)
    assert (200, None) not in elsewhere.values()


def test_every_request_has_its_row_and_every_row_was_asked_or_says_why_not(crawled: Crawled) -> None:
    refused = {url for url, (_, error) in crawled.rows.items() if (error or "").startswith(("refused", "budget"))}
    assert set(crawled.hits) == set(crawled.rows) - refused
    assert set(crawled.hits.values()) == {1}


def test_no_file_of_this_machine_is_read(crawled: Crawled) -> None:
    (store,) = crawled.ran.reports.glob("*/crawls.sqlite")
    assert INSIDE.encode() not in store.read_bytes()
    assert all(INSIDE not in facts for facts in crawled.facts("feed", "sitemap", "oembed"))


def test_sitemaps_that_name_each_other_end(crawled: Crawled) -> None:
    asked = {path.removeprefix("/sitemap-") for path in crawled.hits if path.startswith("/sitemap-")}
    assert {"itself", "one", "other", "chain-2", "bomb"} <= asked
    assert "chain-4" not in asked
    assert {crawled.rows[path] for path in LISTED} == {(200, None)}


def test_pictures_that_are_none_are_recorded(crawled: Crawled) -> None:
    assert crawled.rows["/loop.png"] == (301, "redirect loop")
    assert crawled.rows["/gone.png"] == (404, None)
    assert {crawled.rows[path] for path in ("/page.png", "/script.png", "/cut.png", "/endless.png", "/a.svg")} == {
        (200, None)
    }


def test_the_report_shows_it_as_text(crawled: Crawled) -> None:
    read = reports.read(crawled.report)
    text = crawled.report.read_text(encoding="utf-8")
    assert "<smo-bad x=1>" in json.dumps(read.data)
    assert not lxml_html.fromstring(text.encode()).xpath("//smo-bad")
    assert read.handlers == []
    assert all(source.startswith("#") for source in read.sources)
    assert not [link for link in read.links if re.match(r"\s*(javascript|data|file):", link, re.IGNORECASE)]
    assert "BAD()" not in read.code
    assert str(7 * 192719) not in text
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", text)


def texts(folder: Path) -> Iterator[str]:
    """All that the files of a report say; a workbook is a packed folder."""
    for file in filter(Path.is_file, folder.iterdir()):
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as packed:
                yield from (packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
        else:
            yield file.read_text(encoding="utf-8")


def test_no_table_holds_a_formula(crawled: Crawled) -> None:
    for file in crawled.report.parent.glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert not [cell for cell in cells if re.match(r"[=+@\t\r]|-(?!\d+(\.\d+)?$)", cell)]
    assert not [
        text for text in texts(crawled.report.parent) if text.startswith("<?xml") and re.search(r"<f[ >]", text)
    ]


def test_terminal_and_report_keep_secrets_and_lines(crawled: Crawled) -> None:
    said = crawled.ran.said
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", said)
    assert not re.search(r"^2026-11-20 00:00:00", said, re.MULTILINE)
    assert "Traceback" not in said
    for text in (said, *texts(crawled.report.parent)):
        assert SECRET not in text


def test_no_file_outside_the_folder_is_made(crawled: Crawled) -> None:
    names = [file.name for file in crawled.ran.reports.rglob("*")]
    assert max(len(name.encode()) for name in names) < 200
    assert not any("passwd" in name or "etc" in name for name in names)
