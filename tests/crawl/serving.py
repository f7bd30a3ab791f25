"""A real web server on loopback for crawls: pages as data, every request written down."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


@dataclass
class Answer:
    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    type: str = "text/html; charset=utf-8"

    @property
    def bytes(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


Pages = Mapping[str, Answer | str]


def page(title: str, *links: str, head: str = "", body: str = "") -> str:
    """A plain page with links, words enough not to look empty."""
    anchors = "".join(f'<li><a href="{link}">to {link}</a></li>' for link in links)
    words = "Plain words about one thing and another, so that a reader finds something to read here. " * 6
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>{head}</head>'
        f"<body><main><h1>{title}</h1><p>{words}</p>{body}<ul>{anchors}</ul></main></body></html>"
    )


def moved(to: str, status: int = 301) -> Answer:
    return Answer(status=status, headers={"Location": to})


class Site:
    """Serves *pages* (a mapping, or a function of the path) until the block ends."""

    address = "127.0.0.1"

    def __init__(self, pages: Pages | Callable[[str], Answer | None], *, tls: ssl.SSLContext | None = None) -> None:
        self.pages = pages
        self.tls = tls
        self.hits: Counter[str] = Counter()
        self.requests: list[tuple[str, Mapping[str, str]]] = []
        self.moments: list[tuple[str, float]] = []
        self._lock = threading.Lock()

    def answer(self, path: str) -> Answer:
        found = self.pages(path) if callable(self.pages) else self.pages.get(path)
        if isinstance(found, str):
            return Answer(found)
        return found or Answer("<title>Not found</title><h1>Not found</h1>", status=404)

    def __enter__(self) -> Self:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                with site._lock:
                    site.hits[self.path] += 1
                    site.moments.append((self.path, time.monotonic()))
                    site.requests.append((self.path, dict(self.headers)))
                answer = site.answer(self.path)
                self.send_response(answer.status)
                headers = {"Content-Type": answer.type, **answer.headers}
                for name, value in headers.items():
                    if value:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.bytes)))
                self.end_headers()
                self.wfile.write(answer.bytes)

            def log_message(self, *arguments: object) -> None:
                """The test says what matters."""

        self.server = ThreadingHTTPServer((self.address, 0), Handler)
        self.server.daemon_threads = True
        if self.tls is not None:
            self.server.socket = self.tls.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def host(self) -> str:
        return f"{self.address}:{self.server.server_port}"

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://{self.host}"


Raw = Mapping[str, Callable[[socket.socket], object]]


class RawSite(Site):
    """Some paths are answered by functions that write to the socket themselves; then it is closed."""

    def __init__(self, pages: Pages | Callable[[str], Answer | None], raw: Raw) -> None:
        super().__init__(pages)
        self.raw = raw

    def __enter__(self) -> Self:
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self._socket.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *arguments: object) -> None:
        self._socket.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError, IndexError):
            head = connection.recv(16_384).decode("latin-1")
            path = head.split(" ", 2)[1]
            with self._lock:
                self.hits[path] += 1
                lines = (line.partition(": ") for line in head.split("\r\n")[1:] if line)
                self.requests.append((path, {name: value for name, _, value in lines}))
            found = self.raw.get(path)
            if found is not None:
                found(connection)
            else:
                connection.sendall(whole(self.answer(path)))

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"


def whole(answer: Answer) -> bytes:
    """*answer* as it goes over the wire, the connection closed behind it."""
    headers = {"Content-Type": answer.type, **answer.headers, "Content-Length": str(len(answer.bytes))}
    lines = [f"{name}: {value}" for name, value in headers.items() if value]
    return "\r\n".join((f"HTTP/1.1 {answer.status} -", *lines, "Connection: close", "", "")).encode() + answer.bytes


def endless_picture(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n\x1a\n")
    while True:
        connection.sendall(bytes(65_536))


class Trap:
    """Listens where nobody may connect, and counts who does."""

    def __init__(self, host: str, port: int) -> None:
        self.address = host, port
        self.visits = 0

    def __enter__(self) -> Self:
        self._socket = socket.create_server(self.address)
        threading.Thread(target=self._count, daemon=True).start()
        return self

    def __exit__(self, *arguments: object) -> None:
        self._socket.close()

    def _count(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                self._socket.accept()[0].close()
                self.visits += 1
