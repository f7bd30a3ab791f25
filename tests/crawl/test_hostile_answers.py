"""Whatever a server sends, each address ends in one record with its reason, and the pages behind it are read."""

from __future__ import annotations

import contextlib
import gzip
import socket
import struct
import time
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import pytest
from running import Ran, run
from serving import Answer, RawSite, moved, page, whole

HEADERS = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def endless(connection: socket.socket) -> None:
    connection.sendall(HEADERS + b"\r\n" + page("Endless").encode())
    with contextlib.suppress(OSError):
        while True:
            connection.sendall(b"<p>and on</p>" * 5_000)


def drip(connection: socket.socket) -> None:
    connection.sendall(HEADERS + b"\r\n" + page("Slow").encode())
    with contextlib.suppress(OSError):
        for _ in range(600):
            connection.sendall(b"<p>on</p>")
            time.sleep(0.1)


def slow_headers(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.sendall(HEADERS + b"X-Slow: ")
        for _ in range(600):
            connection.sendall(b"a")
            time.sleep(0.1)


def large(connection: socket.socket) -> None:
    """150 MB announced, and sent as long as anybody reads."""
    connection.sendall(HEADERS + b"Content-Length: 150000000\r\n\r\n" + page("Large").encode())
    with contextlib.suppress(OSError):
        for _ in range(150):
            connection.sendall(b"x" * 1_000_000)


def send(connection: socket.socket, *, head: bytes = HEADERS, body: bytes = b"") -> None:
    connection.sendall(head + b"\r\n" + body)


def chunked(body: bytes, size: bytes | None = None) -> bytes:
    return (size or b"%x" % len(body)) + b"\r\n" + body + b"\r\n"


def length(number: int) -> bytes:
    return HEADERS + b"Content-Length: %d\r\n" % number


CHUNKED = HEADERS + b"Transfer-Encoding: chunked\r\n"
SMALL = page("Small", "/behind").encode()
RAW = {
    "/reset": reset,
    "/nothing": lambda connection: None,
    "/no-http": lambda connection: connection.sendall(b"HTTP/9.9 abc \xff\x00\r\n\r\n"),
    "/no-status": partial(send, head=b"", body=SMALL),
    "/endless": endless,
    "/large": large,
    "/drip": drip,
    "/slow-headers": slow_headers,
    "/lost": partial(send, head=length(5_000), body=b"<title>lo"),
    "/nearly-whole": partial(send, head=length(len(SMALL) + 200), body=SMALL),
    "/too-short": partial(send, head=length(len(SMALL) - 40), body=SMALL),
    "/both-framings": partial(send, head=length(5) + CHUNKED[len(HEADERS) :], body=chunked(SMALL) + b"0\r\n\r\n"),
    "/bad-chunk": partial(send, head=CHUNKED, body=chunked(SMALL, b"ZZZ")),
    "/cut-chunks": partial(send, head=CHUNKED, body=chunked(SMALL)),
    "/many-headers": partial(send, head=HEADERS + b"X-More: %s\r\n" % (b"h" * 10_000) * 300, body=SMALL),
    "/long-header": partial(send, head=HEADERS + b"X-Long: %s\r\n" % (b"h" * 1_000_000), body=SMALL),
    "/odd-headers": partial(
        send, head=length(len(SMALL)) + b"X-Nul: a\0b\r\nX-Latin: \xe9\xff\r\n folded\r\nno colon\r\n", body=SMALL
    ),
    "/cookies": partial(send, head=length(len(SMALL)) + b"Set-Cookie: a=%s\r\n" % (b"b" * 50) * 1_000, body=SMALL),
    "/second-answer": lambda connection: connection.sendall(
        whole(Answer(SMALL)) + whole(Answer(page("Not asked for")))
    ),
    "/early-hints": lambda connection: connection.sendall(
        b"HTTP/1.1 103 Early Hints\r\nLink: </x.css>; rel=preload\r\n\r\n" + whole(Answer(SMALL))
    ),
}
"""Answers that a socket sends by itself, by path."""


def bomb(name: str, filler: bytes, number: int) -> Answer:
    return Answer(gzip.compress(page(name).encode() + filler * number), headers={"Content-Encoding": "gzip"})


PACKED = gzip.compress(page("Packed").encode() * 20)
CODED = {
    "/bomb": bomb("Bomb", b"A", 60_000_000),
    "/tags": bomb("Tags", b"<p>", 5_000_000),
    "/deflated": Answer(zlib.compress(page("Deflated").encode() + b"A" * 60_000_000), headers={"Content-Encoding": "deflate"}),
    "/cut-gzip": Answer(PACKED[:-12], headers={"Content-Encoding": "gzip"}),
    "/broken-gzip": Answer(PACKED[:80] + bytes(20) + PACKED[100:], headers={"Content-Encoding": "gzip"}),
    "/not-gzip": Answer(page("Not packed"), headers={"Content-Encoding": "gzip"}),
    "/unknown-coding": Answer(page("Unknown"), headers={"Content-Encoding": "x-own"}),
    "/many-codings": Answer(gzip.compress(b"x"), headers={"Content-Encoding": ", ".join(["gzip"] * 200)}),
}  # fmt: skip

MOVES = {
    "/bad-target": moved("http://[::bad:99999/%zz ?"),
    "/bad-port": moved("http://127.0.0.1:99999/"),
    "/to-private": moved("http://169.254.169.254/latest/"),
    "/to-loopback": moved("http://[::1]:9/"),
    "/to-file": moved("file:///etc/hostname"),
    "/to-ftp": moved("ftp://127.0.0.1:9/"),
    "/to-script": moved("javascript:alert(1)"),
    "/to-nowhere": Answer(status=302),
    "/to-disallowed": moved("/private/page"),
    "/header-break": moved("/after%0d%0aX-Injected:%20yes"),
    "/kept": moved("/target-308", 308),
    "/see-other": moved("/target-303", 303),
    "/loop-a": moved("/loop-b"),
    "/loop-b": moved("/loop-a"),
    "/wall": Answer(status=302, headers={"Location": "/wall", "Set-Cookie": "seen=1"}),
    **{f"/count/{number}": moved(f"/count/{number + 1}") for number in range(20)},
}

STATES = {
    "/500": Answer("oops", status=500),
    "/wait-a-day": Answer("busy", status=503, headers={"Retry-After": "86400"}),
    "/wait-till-2099": Answer("busy", status=429, headers={"Retry-After": "Fri, 20 Nov 2099 10:00:00 GMT"}),
    "/401": Answer("who", status=401, headers={"WWW-Authenticate": 'Basic realm="<script>"'}),
    "/204": Answer(status=204),
    "/206": Answer(page("A part"), status=206),
    "/300": Answer("several", status=300),
    "/304": Answer(status=304),
    "/999": Answer("go away", status=999),
}

HELLO = "Привет"
TYPES = {
    "/wide": Answer(page("UTF-16").encode("utf-16"), type="text/html; charset=utf-16"),
    "/wide-by-header": Answer(page(HELLO, "/behind").encode("utf-16-be"), type="text/html; charset=utf-16be"),
    "/python-codec": Answer(page("Codec", head='<meta charset="unicode_escape">'), type="text/html; charset=zlib_codec"),
    "/utf-7": Answer(page("+ADw-script+AD4-"), type="text/html; charset=utf-7"),
    "/wrong-charset": Answer(page(HELLO).encode("cp1251"), type="text/html; charset=utf-8"),
    "/surrogate": Answer(page("a&#xD800;b").encode() + b"\xed\xa0\x80\xff\xfe\xc0\x80\x00"),
    "/no-type": Answer(page("No type"), type=""),
    "/octets": Answer(page("Octets"), type="application/octet-stream"),
    "/odd-type": Answer(page("Odd type"), type='te\x01xt/ht ml;;;charset="'),
    "/long-title": Answer(page("T" * 2_000_000)),
}  # fmt: skip

WAYS = (
    *RAW,
    *CODED,
    *STATES,
    *TYPES,
    *(way for way in MOVES if way != "/loop-b" and "/count/" not in way),
    "/count/0",
)
PAGES = {
    "/robots.txt": Answer("User-agent: *\nDisallow: /private/\n", type="text/plain"),
    "/": page("Home", *WAYS, "/seite-ü", "/good", head='<meta property="og:image" content="http://127.0.0.1:9/x.png">'),
    "/seite-%C3%BC": moved("/weiter-ü"),
    "/weiter-%C3%BC": page("Next"),
    "/target-308": page("308"),
    "/target-303": page("303"),
    "/behind": page("Behind"),
    "/good": page("Good"),
    **CODED,
    **MOVES,
    **STATES,
    **TYPES,
}  # fmt: skip


@dataclass
class Crawled:
    ran: Ran
    url: str
    hits: Mapping[str, int]
    requests: Sequence[tuple[str, Mapping[str, str]]]
    rows: Mapping[str, tuple[int | None, str | None]]
    """Status and error by path or, of other sites, by address."""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    with RawSite(PAGES, RAW) as site:
        ran = run(
            tmp_path_factory.mktemp("hostile"), "smo-crawl", site.host, "-s", "DOWNLOAD_TIMEOUT=10",
            environment={"SMO_WORKERS": "1"}, timeout=600,
        )  # fmt: skip
        rows = {url.removeprefix(site.url): row for url, row in ran.crawled().items()}
        return Crawled(ran, site.url, site.hits, site.requests, rows)


def test_it_ends_and_says_what_is_missing(crawled: Crawled) -> None:
    assert crawled.ran.code == 3, crawled.ran.said
    assert "Traceback" not in crawled.ran.said
    assert "connection lost" in crawled.ran.said


def test_every_request_has_its_row_and_every_row_was_asked_or_says_why_not(crawled: Crawled) -> None:
    asked = set(crawled.hits)
    refused = {
        path for path, (status, error) in crawled.rows.items() if (error or "").startswith(("refused", "robots"))
    }
    assert refused == {"/private/page", "http://127.0.0.1:9/x.png"}
    assert asked | refused == set(crawled.rows)
    assert not asked & refused
    assert len(asked) + len(refused) == crawled.ran.rows("SELECT count(*) FROM fetch")[0][0]


LOST = {
    "/reset": (None, "connection lost"),
    "/nothing": (None, "connection lost"),
    "/long-header": (None, "connection lost"),
    "/many-headers": (None, "failed: headers of more than 256 KiB"),
    "/no-http": (None, "failed: the answer is no HTTP"),
    "/no-status": (None, "failed: the answer is no HTTP"),
    "/lost": (200, "connection lost after 9 bytes"),
    "/bad-chunk": (200, "connection lost after 0 bytes"),
    "/drip": (None, "timeout after"),
    "/slow-headers": (None, "timeout after 0 bytes"),
    "/broken-gzip": (200, "coding: gzip could not be undone"),
    "/not-gzip": (200, "coding: gzip could not be undone"),
    "/unknown-coding": (200, "coding: x-own could not be undone"),
    "/many-codings": (200, "coding: gzip,gzip,gzip"),
    "/bad-target": (301, "redirect without a usable address"),
    "/bad-port": (301, "redirect without a usable address"),
    "/to-file": (301, "redirect without a usable address"),
    "/to-ftp": (301, "redirect without a usable address"),
    "/to-script": (301, "redirect without a usable address"),
    "/to-nowhere": (302, "redirect without a usable address"),
    "/to-private": (301, "redirect refused: private address"),
    "/to-loopback": (301, "redirect refused: port 9"),
    "/private/page": (None, "robots"),
    "/wall": (302, "redirect loop"),
    "/loop-a": (301, "redirect loop"),
    "/loop-b": (301, "redirect loop"),
    "/count/0": (301, "redirect: more than 10 hops"),
}


@pytest.mark.parametrize("path", LOST)
def test_what_is_no_answer_says_why(crawled: Crawled, path: str) -> None:
    status, error = crawled.rows[path]
    assert status == LOST[path][0]
    assert (error or "").startswith(LOST[path][1])


@pytest.mark.parametrize("path", STATES)
def test_a_status_is_recorded_as_it_is(crawled: Crawled, path: str) -> None:
    assert crawled.rows[path] == (STATES[path].status, None)
    assert crawled.hits[path] <= 3


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/endless", "Endless"),
        ("/large", "Large"),
        ("/bomb", "Bomb"),
        ("/tags", "Tags"),
        ("/deflated", "Deflated"),
        ("/cut-gzip", "Packed"),
        ("/nearly-whole", "Small"),
        ("/too-short", "Small"),
        ("/cut-chunks", "Small"),
        ("/both-framings", "Small"),
        ("/odd-headers", "Small"),
        ("/cookies", "Small"),
        ("/second-answer", "Small"),
        ("/early-hints", "Small"),
        ("/206", "A part"),
        ("/wide", "UTF-16"),
        ("/wide-by-header", HELLO),
        ("/python-codec", "Codec"),
        ("/utf-7", "+ADw-script+AD4-"),
        ("/wrong-charset", "\ufffd" * 6),
        ("/surrogate", "a\ufffdb"),
        ("/no-type", "No type"),
        ("/long-title", "T" * 100),
        ("/target-308", "308"),
        ("/target-303", "303"),
        ("/weiter-%C3%BC", "Next"),
        ("/behind", "Behind"),
        ("/good", "Good"),
    ],
)
def test_what_came_is_read(crawled: Crawled, path: str, title: str) -> None:
    assert crawled.rows[path][1] is None
    read = dict(crawled.ran.rows("SELECT u.url, p.title FROM page p JOIN url u ON u.id = p.url"))
    assert read[crawled.url + path].startswith(title)
    assert len(read[crawled.url + path]) <= 5_000


def test_what_is_named_html_by_nobody_is_no_page(crawled: Crawled) -> None:
    read = {url for (url,) in crawled.ran.rows("SELECT u.url FROM page p JOIN url u ON u.id = p.url")}
    assert not read & {crawled.url + path for path in ("/octets", "/odd-type")}
    assert crawled.rows["/octets"] == crawled.rows["/odd-type"] == (200, None)


def test_no_server_gets_a_header_from_another_or_a_cookie_back(crawled: Crawled) -> None:
    names = {name for _, headers in crawled.requests for name in headers}
    assert not names & {"X-Injected", "Cookie", "Referer", "Authorization"}
