"""One installed Chromium that can open no connection: what its pages get is handed in by us, or they do without."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import re
import signal
import tempfile
import time
from collections.abc import Callable
from typing import Any

from playwright.async_api import Browser as Chromium
from playwright.async_api import Error, Page, Playwright, async_playwright

from smocrawl.network.errors import one_line
from smocrawl.rendering.memory import memory_of
from smocrawl.rendering.visit import Visit

logger = logging.getLogger(__name__)

NO_NETWORK = (
    # A proxy that no name leads to, for loopback as well, and a resolver that finds nothing, literals included:
    # whatever slips past the interception (sockets, prefetching, the browser's own errands) ends there.
    "--proxy-server=http://nowhere.invalid:9",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    # UDP knows no proxy.
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--dns-prefetch-disable",
    "--no-pings",
)
FRUGAL = ("--disable-gpu", "--mute-audio", "--js-flags=--max-old-space-size=512")
"""``max-old-space-size``: megabytes of a page's objects."""

WITHOUT = (
    "for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport']) delete globalThis[name];"
)
"""Taken from each page before its first script: what talks by UDP."""

MARKUP = """(() => {
    const read = (kind, name, of) => Object.getOwnPropertyDescriptor(kind.prototype, name).get.call(of);
    const root = read(Document, 'documentElement', document);
    const html = root ? read(Element, 'outerHTML', root) : '';
    return (read(Document, 'doctype', document) ? '<!doctype html>' : '') + html.slice(0, %d);
})()"""
"""The document as it stands.  By the prototypes' own readers: a form named «documentElement» hides the usual way."""

LONGEST = 5 * 1024 * 1024
"""Characters of a serialised document that are taken over."""

QUIET = 1.0
"""Seconds without a request after which a loaded page counts as finished."""

PATIENCE = 10.0
"""Seconds of a page's own work until it is read as it stands; waiting for files that we fetch does not count."""

READ_SECONDS = 5.0
"""Within which a page must let itself be read: one whose scripts never pause does not."""

WAIT_SECONDS = 60.0
"""Until it is read as it stands although it still waits for files."""

PAGE_SECONDS = 120.0
"""After which a page is given up, whatever it does."""

MEMORY = 1024**3
"""Bytes of its own that the browser with all its processes may hold."""

TICK = 0.1
"""Seconds between two looks at clock, memory and signals."""

START_SECONDS = 60.0


class RenderError(Exception):
    """A page was not rendered; the text is class and reason."""


class Browser:
    """Chromium, started when the first page wants it and anew after it was killed."""

    def __init__(self, path: str, *, user_agent: str, sandbox: bool = True) -> None:
        self.path = path
        self.user_agent = user_agent
        self.sandbox = sandbox
        self._playwright: Playwright | None = None
        self._chromium: Chromium | None = None
        self._process: int | None = None
        self._home: tempfile.TemporaryDirectory[str] | None = None

    async def render(self, visit: Visit, stopped: Callable[[], bool]) -> str:
        """The markup of *visit*'s page after its scripts; :class:`RenderError` where it cannot be had."""
        try:
            chromium = await asyncio.wait_for(self._started(), START_SECONDS)
        except (Error, OSError, TimeoutError) as error:
            await self.close()
            raise RenderError(f"browser: {one_line(str(error)) or type(error).__name__}") from error
        task = asyncio.ensure_future(self._read(chromium, visit))
        began = time.monotonic()
        while not task.done():
            await asyncio.wait({task}, timeout=TICK)
            if not task.done() and (reason := self._too_much(began, stopped)):
                task.cancel()
                await self.kill()
                raise RenderError(reason)
        try:
            return task.result()
        except (Error, TimeoutError) as error:
            await self.kill()
            if visit.trouble:
                raise RenderError(visit.trouble) from error
            raise RenderError(_reason(error)) from error

    def _too_much(self, began: float, stopped: Callable[[], bool]) -> str | None:
        if stopped():
            return "stopped"
        if time.monotonic() - began > PAGE_SECONDS:
            return f"timeout: not finished after {PAGE_SECONDS:.0f} seconds"
        if self._process is not None and memory_of(self._process) > MEMORY:
            return f"memory: the page wants more than {MEMORY // 1024**2:,} MB"
        return None

    async def _started(self) -> Chromium:
        if self._playwright is None:
            try:
                self._playwright = await async_playwright().start()
            except Exception as error:
                # Playwright has no class for a driver that ends at once.
                raise RenderError(f"browser: {one_line(str(error))}") from error
        if self._chromium is None or not self._chromium.is_connected():
            self._home = tempfile.TemporaryDirectory(prefix="smocrawl-", ignore_cleanup_errors=True)
            self._chromium = await self._playwright.chromium.launch(
                executable_path=self.path,
                args=[*NO_NETWORK, *FRUGAL],
                chromium_sandbox=self.sandbox,
                # None of our environment: it may hold credentials.
                env={"HOME": self._home.name, "PATH": os.defpath},
                # The crawl decides what a signal means.
                handle_sigint=False, handle_sigterm=False, handle_sighup=False,
            )  # fmt: skip
            self._process = await _process_of(self._chromium)
        return self._chromium

    async def _read(self, chromium: Chromium, visit: Visit) -> str:
        """A context of its own for each page: no cookie, cache or worker of another."""
        context = await chromium.new_context(
            user_agent=self.user_agent, accept_downloads=False, service_workers="block", permissions=[]
        )
        try:
            await context.add_init_script(WITHOUT)
            page = await context.new_page()
            visit.page = page
            await context.route("**/*", visit.route)
            await context.route_web_socket(re.compile(""), visit.socket)
            context.on("page", visit.another_page)
            page.on("load", visit.loaded)
            await page.goto(visit.url, wait_until="commit", timeout=0)
            await _settle(visit)
            return await asyncio.wait_for(_markup(page), READ_SECONDS)
        finally:
            with contextlib.suppress(Error, TimeoutError):
                await asyncio.wait_for(context.close(), READ_SECONDS)

    async def kill(self) -> None:
        """End Chromium with all its processes, whatever they do; the next page gets a new one."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                group = os.getpgid(self._process)
                # Playwright starts it as the head of a process group; never our own.
                if group != os.getpgrp():
                    os.killpg(group, signal.SIGKILL)
                os.kill(self._process, signal.SIGKILL)
        await self._forget()

    async def _forget(self) -> None:
        if self._chromium is not None:
            with contextlib.suppress(Error, TimeoutError):
                await asyncio.wait_for(self._chromium.close(), READ_SECONDS)
        self._chromium = self._process = None
        if self._home is not None:
            self._home.cleanup()
            self._home = None

    async def close(self) -> None:
        await self._forget()
        if self._playwright is not None:
            with contextlib.suppress(Error, TimeoutError):
                await asyncio.wait_for(self._playwright.stop(), READ_SECONDS)
            self._playwright = None


async def _settle(visit: Visit) -> None:
    """Until the page has loaded and asks for nothing more, or has had its time."""
    worked, began = 0.0, time.monotonic()
    before = began
    while worked < PATIENCE and before - began < WAIT_SECONDS:
        await asyncio.sleep(TICK)
        now = time.monotonic()
        if not visit.flying:
            worked += now - before
            if visit.is_loaded and now - visit.last >= QUIET:
                return
        before = now


async def _markup(page: Page) -> str:
    """In a world of its own, where the page's scripts cannot stand in for the browser's functions."""
    session = await page.context.new_cdp_session(page)
    tree = await session.send("Page.getFrameTree")
    world = await session.send("Page.createIsolatedWorld", {"frameId": tree["frameTree"]["frame"]["id"]})
    answer: dict[str, Any] = await session.send(
        "Runtime.evaluate",
        {
            "expression": MARKUP % LONGEST,
            "contextId": world["executionContextId"],
            "returnByValue": True,
            "timeout": READ_SECONDS * 1000,
        },
    )
    value = answer["result"].get("value")
    return value if isinstance(value, str) else ""


async def _process_of(chromium: Chromium) -> int | None:
    session = await chromium.new_browser_cdp_session()
    answer = await session.send("SystemInfo.getProcessInfo")
    await session.detach()
    return next((int(one["id"]) for one in answer["processInfo"] if one["type"] == "browser"), None)


def _reason(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return "timeout: its scripts never pause"
    return f"browser: {one_line(str(error).partition('Call log')[0])}"
