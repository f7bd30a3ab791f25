"""Serves the demo site on a free port of the loopback interface."""

from __future__ import annotations

import gzip
import re
import sys
import threading
from collections import Counter
from datetime import date
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from smocrawl.demo.model import Response
from smocrawl.demo.site import DemoSite, build

RANGE = re.compile(r"bytes=(\d*)-(\d*)$")
PACKED = ("text/", "application/json", "application/xml", "application/rss", "application/atom", "application/feed")
LOOPBACK = "127.0.0.1"


class DemoServer:
    """A context manager that serves one rendering of the site.

    Without *origin* the site speaks of itself under its loopback address; with one it is a copy
    of what would stand there, to be audited under that name.
    """

    def __init__(
        self,
        *,
        origin: str | None = None,
        port: int = 0,
        today: date | None = None,
        faults: bool = True,
        condition: str = "seeded",
    ) -> None:
        self.hits: Counter[str] = Counter()
        """Requests by path, the query included."""
        self._lock = threading.Lock()
        self._http = _Listener((LOOPBACK, port), _Handler)
        self.url = f"http://{LOOPBACK}:{self._http.server_address[1]}"
        self.site: DemoSite = build(origin or self.url, today=today, faults=faults, condition=condition)
        self._http.demo = self

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def count(self, target: str) -> None:
        with self._lock:
            self.hits[target] += 1


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    """A kept-alive connection would hold up the end of the server."""
    demo: DemoServer

    def handle_error(self, request: object, client_address: object) -> None:
        """A visitor who hangs up early is no fault; anything else is printed."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # object is wider than what typeshed names


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Listener
    timeout = 30
    server_version = "larkfold"
    sys_version = ""

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_POST(self) -> None:
        """Forms are for show."""
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.demo.count(self.path)
        self._send(405, {"Allow": "GET, HEAD"}, b"", with_body=True)

    def _answer(self, *, with_body: bool) -> None:
        demo = self.server.demo
        demo.count(self.path)
        if any(name in self.headers.get("User-Agent", "") for name in demo.site.shut_out):
            self._send(403, {}, b"", with_body=False)
            return
        response = demo.site.answer(self.path)
        status, extra, body = response.status, dict(response.headers), response.body
        if body:
            extra["Content-Type"] = response.type
        if self._is_packed(response):
            extra |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            body = _packed(body)
        else:
            status, extra, body = self._part(status, extra, body)
        self._send(status, extra, body, with_body=with_body)

    def _is_packed(self, response: Response) -> bool:
        asked = "gzip" in self.headers.get("Accept-Encoding", "").lower()
        return self.server.demo.site.packs and asked and response.type.startswith(PACKED)

    def _part(self, status: int, extra: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        """The requested range of a body, where one was asked for."""
        extra["Accept-Ranges"] = "bytes"
        asked = RANGE.match(self.headers.get("Range", ""))
        if status != 200 or not asked or not any(asked.groups()):
            return status, extra, body
        total = len(body)
        start = int(asked[1]) if asked[1] else max(0, total - int(asked[2]))
        end = min(int(asked[2]), total - 1) if asked[1] and asked[2] else total - 1
        if start > end:
            return 416, {**extra, "Content-Range": f"bytes */{total}"}, b""
        return 206, {**extra, "Content-Range": f"bytes {start}-{end}/{total}"}, body[start : end + 1]

    def _send(self, status: int, extra: dict[str, str], body: bytes, *, with_body: bool) -> None:
        self.send_response(status)
        for name, value in extra.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent: the crawler keeps the record."""


@lru_cache(maxsize=256)
def _packed(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=6, mtime=0)
