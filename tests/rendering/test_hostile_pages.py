"""What a page's scripts may not do: reach anything by the browser, hold it, or fill this machine's memory."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
from collections.abc import Mapping
from pathlib import Path

import pytest
from canary import Canary
from knocking import knocking
from running import run
from serving import Answer, Site, moved, page

pytest.importorskip("playwright.async_api", reason="playwright is not installed")

from smocrawl.rendering import browser as browsing
from smocrawl.rendering.browser import Browser, RenderError
from smocrawl.rendering.given import Denied, Given
from smocrawl.rendering.memory import memory_of
from smocrawl.rendering.visit import Visit

pytestmark = pytest.mark.browser
URL = "https://site.example/page"


def test_no_way_out(tmp_path: Path, rendering: dict[str, str]) -> None:
    with Canary() as canary, Site({}) as site:
        site.pages = {
            "/robots.txt": Answer("", type="text/plain"),
            "/": page("Home", "/knocking"),
            "/knocking": Answer(
                knocking(canary.host, canary.udp, site.url),
                headers={"Link": f"<http://{canary.host}/link.js>; rel=preload; as=script",
                         "Refresh": f"1; url=http://{canary.host}/refresh", "Set-Cookie": "a=b",
                         "NEL": '{"report_to":"x","max_age":9}',
                         "Report-To": json.dumps({"group": "x", "max_age": 9, "endpoints": [{"url": f"http://{canary.host}/"}]})},
            ),
            "/to-the-canary": moved(f"http://{canary.host}/moved"),
            "/to-the-canary.js": moved(f"http://{canary.host}/moved.js"),
            "/worker.js": Answer(f"fetch('http://{canary.host}/service')", type="text/javascript"),
        }  # fmt: skip
        ran = run(tmp_path, "smo-crawl", site.host, environment=rendering, timeout=240)
        heard = list(canary.heard)
        refusal = f"refused: port {canary.host.partition(':')[2]}"
    assert ran.code == 0, ran.said
    assert heard == []
    # It had its turn: its scripts ran to their end, and stayed on their page.
    (after,) = ran.rows("SELECT rendered FROM rendered_field WHERE field = 'title' AND state = 'changed'")
    assert after == ("Scripts have run",)
    # The site itself was asked for what only reads; never for frames, nor by POST, nor for what was to come next.
    asked = {path for path in site.hits if "canary" not in path}
    assert asked <= {"/", "/knocking", "/robots.txt", "/sitemap.xml", "/favicon.ico", "/apple-touch-icon.png"}
    crawled = ran.crawled()
    assert crawled["http://169.254.169.254/latest/meta-data/"] == (None, "refused: private address")
    for path in ("/script.js", "/fetch", "/worker", "/moved", "/moved.js"):
        assert crawled[f"http://{canary.host}{path}"] == (None, refusal)
    refused = dict(json.loads(ran.rows("SELECT refused FROM rendering WHERE refused != '[]'")[0][0]))
    assert refused[f"http://{canary.host}/leave"] == "leads away from the page"
    assert refused[f"ws://{canary.host}/socket"] == "websocket"
    assert refused[f"{site.url}/post"] == "method POST"


async def rendered(chromium: str, html: str, *, url: str = URL, visits: type[Visit] = Visit) -> str:
    """*html* after its scripts, in a browser whose every other request is denied."""

    async def fetch(asked: str, kind: str, headers: Mapping[str, str]) -> Given:
        if kind != "document":
            raise Denied("a test")
        return Given(url=asked, status=200, headers={"content-type": "text/html; charset=utf-8"}, body=html.encode())

    browser = Browser(chromium, user_agent="smocrawl", sandbox=os.geteuid() != 0)
    try:
        return await browser.render(visits(url, fetch), lambda: False)
    finally:
        await browser.close()


def test_the_browser_alone_opens_nothing_either(chromium: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the interception and with what speaks UDP left in its place: the flags hold by themselves."""
    monkeypatch.setattr(browsing, "WITHOUT", "")

    class Open(Visit):
        async def route(self, route):
            if route.request.is_navigation_request() and self.document is None:
                await super().route(route)
            else:
                await route.continue_()

        async def socket(self, socket):
            socket.connect_to_server()

    with Canary() as canary:
        html = knocking(canary.host, canary.udp, "https://site.example")
        asyncio.run(rendered(chromium, html, visits=Open))
        heard = list(canary.heard)
    assert heard == []


def test_an_endless_script_costs_its_page_only(chromium: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browsing, "PATIENCE", 1.0)
    monkeypatch.setattr(browsing, "READ_SECONDS", 1.0)
    with pytest.raises(RenderError, match="timeout: its scripts never pause"):
        asyncio.run(rendered(chromium, "<title>x</title><script>for (;;);</script>"))


# Playwright lets go of a driver that has ended without closing its pipes; they are collected here, not in a later test.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_driver_that_ends_at_once_is_told_as_the_browser_s_fault(
    chromium: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", "/bin/false")
    with pytest.raises(RenderError, match=r"^browser: "):
        asyncio.run(rendered(chromium, "<title>Never seen</title>"))
    gc.collect()


def test_a_browser_that_dies_costs_one_page(chromium: str) -> None:
    async def two() -> tuple[str, str]:
        browser = Browser(chromium, user_agent="smocrawl", sandbox=os.geteuid() != 0)

        async def fetch(asked: str, kind: str, headers: Mapping[str, str]) -> Given:
            if kind == "script":
                os.kill(browser._process or 0, signal.SIGKILL)
            body = (
                b"<title>x</title><script src=/deadly.js></script>" if asked.endswith("deadly") else b"<title>y</title>"
            )
            return Given(url=asked, status=200, headers={"content-type": "text/html"}, body=body)

        try:
            with pytest.raises(RenderError) as died:
                await browser.render(Visit(f"{URL}/deadly", fetch), lambda: False)
            return str(died.value), await browser.render(Visit(URL, fetch), lambda: False)
        finally:
            await browser.close()

    reason, read = asyncio.run(two())
    assert reason.startswith("browser: ")
    assert "<title>y</title>" in read


def test_a_page_that_never_rests_is_read_as_it_stands(chromium: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browsing, "PATIENCE", 2.0)
    html = "<title>x</title><script>setInterval(() => { fetch('/again').catch(() => 0); document.title = 'y' }, 50)</script>"
    assert "<title>y</title>" in asyncio.run(rendered(chromium, html))


def test_the_browser_s_memory_is_bounded(chromium: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browsing, "MEMORY", 1024**2)
    with pytest.raises(RenderError, match="memory: the page wants more than 1 MB"):
        asyncio.run(rendered(chromium, "<title>x</title><p>y"))


def test_memory_counts_what_a_process_started() -> None:
    assert memory_of(os.getpid()) > 1024**2
    assert memory_of(2**30) == 0


def test_the_document_cannot_be_hidden(chromium: str) -> None:
    """By elements or functions named like those that the reader uses."""
    html = (
        "<!doctype html><title>x</title><form name=documentElement></form><form name=doctype></form>"
        "<script>Object.defineProperty(Element.prototype, 'outerHTML', {get: () => 'forged'});"
        "Document.prototype.toString = null; String.prototype.slice = () => 'forged';</script><p>Here I am"
    )
    read = asyncio.run(rendered(chromium, html))
    assert read.startswith("<!doctype html><html>")
    assert "Here I am" in read


def test_a_huge_document_is_cut(chromium: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browsing, "LONGEST", 5_000)
    html = "<title>x</title><script>document.body.append('y'.repeat(1e6))</script>"
    assert len(asyncio.run(rendered(chromium, html))) <= 5_000 + len("<!doctype html>")


def test_what_a_server_did_not_open_stays_closed(chromium: str) -> None:
    """A page reads nothing of other origins that a browser with a network would not let it read."""

    async def both() -> str:
        async def fetch(asked: str, kind: str, headers: Mapping[str, str]) -> Given:
            open_to = {"https://open.example/": {"access-control-allow-origin": "*"}}.get(asked, {})
            body = html if kind == "document" else "told to all" if open_to else "secret"
            return Given(url=asked, status=200, headers={"content-type": "text/html", **open_to}, body=body.encode())

        html = (
            "<title>x</title><script>for (const name of ['open', 'closed']) fetch(`https://${name}.example/`)"
            ".then(a => a.text()).then(text => document.body.append(text), () => document.body.append('…'))</script>"
        )
        browser = Browser(chromium, user_agent="smocrawl", sandbox=os.geteuid() != 0)
        try:
            return await browser.render(Visit(URL, fetch), lambda: False)
        finally:
            await browser.close()

    read = asyncio.run(both())
    assert "told to all" in read
    assert "secret" not in read


def test_a_page_that_waits_for_ever_is_read_as_it_stands(chromium: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browsing, "WAIT_SECONDS", 2.0)

    async def waiting() -> str:
        async def fetch(asked: str, kind: str, headers: Mapping[str, str]) -> Given:
            if kind == "fetch":
                await asyncio.Event().wait()
            html = b"<title>x</title><script>document.title = 'y'; fetch('/never')</script>"
            return Given(url=asked, status=200, headers={"content-type": "text/html"}, body=html)

        browser = Browser(chromium, user_agent="smocrawl", sandbox=os.geteuid() != 0)
        try:
            return await browser.render(Visit(URL, fetch), lambda: False)
        finally:
            await browser.close()

    assert "<title>y</title>" in asyncio.run(waiting())
