"""One page in the browser: decides for each of its requests what it gets."""

from __future__ import annotations

import asyncio
import contextlib
import time

from playwright.async_api import Error, Page, Request, Route, WebSocketRoute

from smocrawl.rendering.given import Denied, Fetch, Given, NotWanted

HANDED = frozenset({"script", "fetch", "xhr"})
"""Kinds of requests that are fetched: what can change the document.  Pictures, fonts, frames and media cannot."""

MOST_REQUESTS = 150
"""Files that one page is given (half of all pages load fewer than 25 scripts: Web Almanac 2024, JavaScript)."""

MOST_BYTES = 20 * 1024 * 1024
"""Bytes of all of them."""

AT_ONCE = 6
"""Files of one page that are fetched at the same time, as browsers do of one host."""

MOST_REFUSED = 50
"""Refusals of one page that are kept."""

KEPT = ("content-type", "content-security-policy", "x-content-type-options", "referrer-policy")
"""Headers of an answer that the browser sees: no cookies, no reports to send, nothing to load beforehand."""

NOBODY = "https://nobody.invalid"
"""An origin that no page has: what a server did not open to other origins stays closed to them."""

SENT = ("accept", "origin", "x-requested-with")
"""Headers of a page's request that go out; its own inventions do not."""


class Visit:
    """What one page asked for and got."""

    def __init__(self, url: str, fetch: Fetch) -> None:
        self.url = url
        self.fetch = fetch
        self.page: Page | None = None
        self.document: Given | None = None
        self.trouble: str | None = None
        """Why there is no document."""
        self.is_loaded = False
        self.flying = 0
        """Requests that wait for us."""
        self.last = time.monotonic()
        """When the last of them was answered."""
        self.requests = 0
        self.size = 0
        self.refused: list[tuple[str, str]] = []
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._closing: set[asyncio.Task[None]] = set()

    def loaded(self, page: Page) -> None:
        self.is_loaded = True
        self.last = time.monotonic()

    def another_page(self, page: Page) -> None:
        """A window that a script opened."""
        self._refuse(page.url if page.url.startswith("http") else "about:blank", "window")
        task = asyncio.ensure_future(_close(page))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def socket(self, socket: WebSocketRoute) -> None:
        self._refuse(socket.url, "websocket")
        with contextlib.suppress(Error):
            await socket.close()

    async def route(self, route: Route) -> None:
        """Fulfils or aborts; nothing is ever let through to the browser's own network."""
        request = route.request
        self.flying += 1
        try:
            given = await self._answer(request)
            await route.fulfill(status=given.status, headers=_headers(given), body=given.body)
        except Denied as denied:
            if not isinstance(denied, NotWanted):
                self._refuse(request.url, str(denied))
            with contextlib.suppress(Error):
                await route.abort("blockedbyclient")
        except Error:
            # The page is gone.
            return
        finally:
            self.flying -= 1
            self.last = time.monotonic()

    async def _answer(self, request: Request) -> Given:
        if request.is_navigation_request():
            return await self._navigated(request)
        if request.method != "GET":
            # Whoever only reads changes nothing on the site.
            raise Denied(f"method {request.method[:20]}")
        if request.resource_type == "stylesheet":
            # Scripts may wait for it; what it says changes no document.
            return Given(url=request.url, status=200, headers={"content-type": "text/css"})
        if request.resource_type not in HANDED:
            raise NotWanted(request.resource_type)
        async with self._turns:
            if self.requests >= MOST_REQUESTS:
                raise Denied(f"budget: {MOST_REQUESTS:,} files")
            if self.size >= MOST_BYTES:
                raise Denied(f"budget: {MOST_BYTES // 1024**2:,} MB")
            self.requests += 1
            given = await self.fetch(request.url, request.resource_type, _sent(request))
            self.size += len(given.body)
            return given

    async def _navigated(self, request: Request) -> Given:
        """The page itself, once; its frames, forms and further ways stay closed."""
        if not self._is_main(request):
            raise NotWanted("frame")
        if self.document is not None or self.trouble:
            # «No content»: the browser stays where it is, without an error page in the place of the document.
            self._refuse(request.url, "leads away from the page")
            return Given(url=request.url, status=204)
        try:
            given = await self.fetch(self.url, "document", {})
        except Denied as denied:
            self.trouble = str(denied)
            raise
        if given.status != 200 or given.url != self.url:
            self.trouble = "redirected" if given.url != self.url else f"answered {given.status}"
            raise Denied(self.trouble)
        self.document = given
        return given

    def _is_main(self, request: Request) -> bool:
        try:
            return self.page is not None and request.frame == self.page.main_frame
        except Error:
            # A window that has no frame yet.
            return False

    def _refuse(self, url: str, reason: str) -> None:
        if len(self.refused) < MOST_REFUSED:
            self.refused.append((url[:500], reason))


def _sent(request: Request) -> dict[str, str]:
    return {name: request.headers[name] for name in SENT if name in request.headers}


def _headers(given: Given) -> dict[str, str]:
    kept = {name: given.headers[name] for name in KEPT if name in given.headers}
    # Playwright opens what names no origin to everybody.
    kept["access-control-allow-origin"] = given.headers.get("access-control-allow-origin", NOBODY)
    return kept


async def _close(page: Page) -> None:
    with contextlib.suppress(Error):
        await page.close()
