"""robots.txt in every state that hosts keep it in: what it forbids is not asked, and no state of it holds up the crawl."""

from __future__ import annotations

import contextlib
import gzip
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest
from running import Ran, run
from serving import Answer, RawSite, Trap, moved, page

RULES = "User-agent: *\nDisallow: /private/\n"
OPEN, SHUT = "/open.png", "/private/shut.png"


def text(body: str | bytes, **headers: str) -> Answer:
    return Answer(body, type="text/plain", headers={name.replace("_", "-"): value for name, value in headers.items()})


def hang(connection: socket.socket) -> None:
    connection.recv(1)


STATES: Mapping[str, tuple[Answer | None, tuple[str, ...]]] = {
    "missing": (None, (OPEN, SHUT)),
    "refused": (Answer("no", status=403), (OPEN, SHUT)),
    "html": (Answer("<!doctype html><title>x</title><p>Disallow: /"), (OPEN, SHUT)),
    "plain": (text(RULES), (OPEN,)),
    "everything": (text("User-agent: *\nDisallow: /\n"), ()),
    "own group": (text("User-agent: *\nDisallow: /\n\nUser-agent: smocrawl\nAllow: /private/shut\nDisallow: /\n"), (SHUT,)),
    "ten megabytes": (text(RULES + "# filler filler filler filler\n" * 330_000), (OPEN,)),
    "bomb": (text(gzip.compress(RULES.encode() + b"# " + b"A" * 60_000_000), Content_Encoding="gzip"), (OPEN,)),
    "dirty": (text(b"\xef\xbb\xbfUSER-AGENT : *\r\x00\rdisallow:/private/\r"), (OPEN,)),
    "moved": (moved("/robots-2"), (OPEN,)),
    "moved in circles": (moved("/robots.txt"), (OPEN, SHUT)),
    "moved nowhere": (moved("http://[::bad:99999/%zz ?"), (OPEN, SHUT)),
    "moved to no port": (moved("http://127.0.0.1:99999/"), (OPEN, SHUT)),
    "moved to silence": (moved("/robots-lost"), ()),
    "failing": (Answer("oops", status=500), ()),
    "failing once": (Answer("oops", status=503), (OPEN,)),
    "reset": (Answer(), ()),
    "hanging": (Answer(), ()),
    "moved to a private address": (Answer(), (OPEN, SHUT)),
}  # fmt: skip
"""robots.txt, and which of the two pictures may then be asked."""


def serving(name: str, trap: int) -> RawSite:
    """A host whose robots.txt is in the state *name*."""
    answer, _ = STATES[name]
    raw: dict[str, Callable[[socket.socket], object]] = {"/robots-lost": lambda connection: None}
    if name in ("reset", "hanging"):
        raw["/robots.txt"] = hang if name == "hanging" else lambda connection: None
    if name == "moved to a private address":
        answer = moved(f"http://127.0.0.2:{trap}/")
    pages = {"/robots-2": moved("/robots-3"), "/robots-3": text(RULES)}
    if answer is not None:
        pages["/robots.txt"] = answer
    site = RawSite(pages, raw)
    if name == "failing once":
        site.pages = lambda path: (answer if site.hits[path] == 1 else text(RULES)) if path == "/robots.txt" else None
    return site


@dataclass
class Crawled:
    ran: Ran
    hits: Mapping[str, Mapping[str, int]]
    """By state and path."""
    hosts: Mapping[str, str]
    visits: int


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    with contextlib.ExitStack() as stack:
        site = stack.enter_context(RawSite({}, {}))
        trap = stack.enter_context(Trap("127.0.0.2", site.port))
        others = {name: stack.enter_context(serving(name, site.port)) for name in STATES}
        shown = {
            f"/{name.replace(' ', '-')}": page(
                name, head="".join(f'<meta property="og:image" content="{other.url}{path}">' for path in (OPEN, SHUT))
            )
            for name, other in others.items()
        }
        site.pages = {"/": page("Home", *shown), **shown}
        environment = {"SMO_ALLOW_PRIVATE": ",".join(other.host for other in others.values())}
        ran = run(
            tmp_path_factory.mktemp("robots"), "smo-crawl", site.host, "-s", "DOWNLOAD_TIMEOUT=5", environment=environment
        )  # fmt: skip
        return Crawled(
            ran,
            {name: other.hits for name, other in others.items()},
            {n: o.url for n, o in others.items()},
            trap.visits,
        )


@pytest.mark.parametrize("name", STATES)
def test_only_what_may_be_asked_is(crawled: Crawled, name: str) -> None:
    asked = {path for path in (OPEN, SHUT) if crawled.hits[name][path]}
    assert asked == set(STATES[name][1])
    rows = crawled.ran.crawled()
    for path in (OPEN, SHUT):
        status, error = rows[crawled.hosts[name] + path]
        assert (status is not None) == (path in asked)
        assert (error is None) == (path in asked)


def test_it_ends_well(crawled: Crawled) -> None:
    assert crawled.ran.code in (0, 3), crawled.ran.said
    assert "Traceback" not in crawled.ran.said
    assert crawled.visits == 0
    assert crawled.hits["failing once"]["/robots.txt"] == 2
    assert all(hits["/robots.txt"] <= 6 for hits in crawled.hits.values())
